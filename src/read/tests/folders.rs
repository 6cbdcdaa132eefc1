//! Folders: what is found in them, in which order, and what is left out.

use super::*;

fn names(folder: &Folder, corpus: &Corpus) -> Vec<String> {
    let root = format!("{}/", folder.0.path().display());
    corpus.files().iter().map(|file| file.path.strip_prefix(&root).unwrap().to_owned()).collect()
}

#[test]
fn a_folder_is_walked_in_the_order_of_path_bytes() {
    let folder = Folder::new();
    for name in ["b.txt", "a/z.txt", "a.txt", "a-b/c.txt", "B.txt", "a/b/c.txt"] {
        folder.write(name, "Text.");
    }
    let corpus = folder.read(&InputConfig::default()).unwrap();
    let expected = ["B.txt", "a-b/c.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt"];
    assert_eq!(names(&folder, &corpus), expected);
}

#[test]
fn a_mixed_folder_gives_what_is_text_and_counts_what_is_not() {
    let folder = Folder::with("a.jsonl", "{\"text\": \"One.\"}\n");
    folder.write("b.txt", "Two.");
    folder.write("c.bin", b"\x7fELF\x00\x00");
    folder.write("d.unknown", "Three.");
    folder.write("e.txt", b"F\x00o\x00u\x00r\x00");
    folder.write("empty.txt", "");
    let corpus = folder.read(&InputConfig::default()).unwrap();
    assert_eq!(texts(&corpus), ["One.", "Two.", "Three."]);
    assert_eq!(corpus.skipped_total(), 2);
    assert!(corpus.skipped()[0].path.ends_with("/c.bin"));
    assert_eq!(reasons(&corpus)[0], (None, "binary file"));
    assert!(corpus.skipped()[1].reason.contains("UTF-16"));
    assert_eq!(names(&folder, &corpus), ["a.jsonl", "b.txt", "d.unknown", "empty.txt"]);
}

#[test]
fn hidden_and_ignored_files_are_left_out_without_a_repository() {
    let folder = Folder::with(".gitignore", "*.tmp\nbuild/\n");
    for name in ["a.txt", "b.tmp", "build/c.txt", ".hidden/d.txt", ".e.txt"] {
        folder.write(name, "Text.");
    }
    let corpus = folder.read(&InputConfig::default()).unwrap();
    assert_eq!(names(&folder, &corpus), ["a.txt"]);
    let corpus = read(&[&folder.path("b.tmp")], &InputConfig::default()).unwrap();
    assert_eq!(texts(&corpus), ["Text."], "a file that is named is read");
}

#[test]
fn ignore_files_above_a_named_folder_do_not_count() {
    let folder = Folder::with(".gitignore", "*.txt\ndata/\n");
    folder.write("data/a.txt", "Text.");
    let corpus = read(&[&folder.path("data")], &InputConfig::default()).unwrap();
    assert_eq!(corpus.documents().len(), 1);
}

#[test]
fn the_source_defaults_to_the_top_folder() {
    let folder = Folder::with("daily/2024/a.lines", "one\n");
    folder.write("b.txt", "Two.");
    folder.write("times/c.jsonl", "{\"text\": \"Three.\", \"url\": \"http://web.example\"}\n");
    let corpus = folder.read(&InputConfig::default()).unwrap();
    let source = |index| metadata(&corpus, index).source;
    assert_eq!(source(0), None);
    assert_eq!(source(1).as_deref(), Some("daily"));
    assert_eq!(source(2).as_deref(), Some("web.example"));
}

#[test]
fn folders_that_are_named_are_sources() {
    let folder = Folder::with("daily/2024/a.lines", "one\n");
    folder.write("times/b.txt", "Two.");
    let named = [&*folder.path("daily"), &folder.path("times/b.txt")];
    let corpus = read(&named, &InputConfig::default()).unwrap();
    assert_eq!(metadata(&corpus, 0).source.as_deref(), Some("daily"));
    assert_eq!(metadata(&corpus, 1).source.as_deref(), Some("times"));
}

#[test]
fn a_file_given_twice_is_read_once() {
    let folder = Folder::with("a/b.txt", "Text.");
    let (root, file) = (folder.0.path().to_owned(), folder.path("a/b.txt"));
    let winding = folder.path("a/../a/b.txt");
    let corpus = read(&[&file, &root, &winding], &InputConfig::default()).unwrap();
    assert_eq!(corpus.documents().len(), 1);
    assert_eq!(corpus.files()[0].path, file.to_str().unwrap());
    assert_eq!(corpus.warnings().len(), 2);
    assert!(corpus.warnings()[0].ends_with("given twice, read once"));
}

#[test]
fn a_folder_without_files_is_empty_and_said_to_be() {
    let folder = Folder::new();
    let corpus = folder.read(&InputConfig::default()).unwrap();
    assert!(corpus.documents().is_empty() && corpus.files().is_empty());
    assert!(corpus.warnings()[0].ends_with("no files in this folder"));
    assert!(read(&[], &InputConfig::default()).unwrap().warnings().is_empty());
}

#[test]
fn a_pattern_stands_for_what_it_matches_and_matching_nothing_is_an_error_or_a_skip() {
    let folder = Folder::with("b.txt", "Two.");
    folder.write("a.txt", "One.");
    folder.write("c/d.lines", "three\n");
    let corpus = read(&[&folder.path("*"), &folder.path("a.*")], &InputConfig::default()).unwrap();
    assert_eq!(texts(&corpus), ["One.", "Two.", "three"]);
    assert!(corpus.warnings()[0].ends_with("a.txt: given twice, read once"));
    let error = read(&[&folder.path("*.csv")], &InputConfig::default()).unwrap_err();
    assert!(error.to_string().ends_with("*.csv: matches no file"), "{error}");
    let patient = InputConfig { keep_going: true, ..InputConfig::default() };
    let corpus = read(&[&folder.path("*.csv")], &patient).unwrap();
    assert_eq!(reasons(&corpus), [(None, "matches no file")]);
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_not_followed_and_one_that_is_named_is() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with("a/b.txt", "Text.");
    let elsewhere = Folder::with("far.txt", "Far.");
    symlink(folder.path("a"), folder.path("a/again")).unwrap();
    symlink(elsewhere.path("far.txt"), folder.path("near.txt")).unwrap();
    symlink(elsewhere.path(""), folder.path("there")).unwrap();
    symlink("nowhere", folder.path("nothing.txt")).unwrap();
    let usual = InputConfig::default();
    let corpus = folder.read(&usual).unwrap();
    assert_eq!(texts(&corpus), ["Text."]);
    assert_eq!(reasons(&corpus), [(None, "a symbolic link, not followed"); 4]);
    // Nor does a pattern go through one while it looks for folders.
    assert_eq!(texts(&read(&[&folder.path("**/*.txt")], &usual).unwrap()), ["Text."]);
    let (near, a) = (folder.path("near.txt"), folder.path("a"));
    assert_eq!(texts(&read(&[&near, &a], &usual).unwrap()), ["Far.", "Text."]);
    assert_eq!(texts(&read(&[&folder.path("there")], &usual).unwrap()), ["Far."]);
    // What a shell would name.
    assert_eq!(texts(&read(&[&folder.path("n*r.txt")], &usual).unwrap()), ["Far."]);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_opened() {
    let folder = Folder::with("a.txt", "Text.");
    let socket = std::os::unix::net::UnixListener::bind(folder.path("socket.txt")).unwrap();
    let corpus = folder.read(&InputConfig::default()).unwrap();
    drop(socket);
    assert_eq!(reasons(&corpus), [(None, "not a regular file")]);
    assert_eq!(corpus.documents().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_dangling_link_that_is_named_is_an_error_or_a_skip() {
    let folder = Folder::with("a.txt", "Text.");
    std::os::unix::fs::symlink("nowhere", folder.path("b.txt")).unwrap();
    let link = folder.path("b.txt");
    let error = read(&[&link], &InputConfig::default()).unwrap_err();
    assert!(error.to_string().contains("b.txt: "), "{error}");
    let patient = InputConfig { keep_going: true, ..InputConfig::default() };
    let corpus = read(&[&link], &patient).unwrap();
    assert_eq!((corpus.documents().len(), corpus.skipped_total()), (0, 1));
}
