//! Nothing is lost, and nothing is half written.

use super::{dedup, folder, names, refused, text};

const LINES: &str = "The ferry left the harbour at dawn on Friday.\nThe ferry left the harbour at dawn on Friday.\nIt came back at night.\n";
const CLEAN: &str = "The ferry left the harbour at dawn on Friday.\nIt came back at night.\n";

#[test]
fn a_dry_run_writes_nothing_but_a_ledger_that_is_named() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "--dry-run"]);
    assert_eq!(names(folder.path()), ["in.lines"]);
    dedup(folder.path(), &["in.lines", "--dry-run", "--ledger", "l.jsonl"]);
    assert_eq!(text(&folder, "l.jsonl").lines().count(), 3);
}

#[test]
fn inputs_are_never_written_over() {
    let folder = folder(&[("in.lines", LINES), ("full/x", "")]);
    for words in [
        &["in.lines", "-o", "in.lines"][..],
        &["in.lines", "-o", "./in.lines"],
        &["in.lines", "-o", "out", "--ledger", "in.lines"],
        &["in.lines", "-o", "same", "--ledger", "same"],
        &["in.lines", "full", "-o", "full"],
        &["in.lines"],
        &["in.lines", "-o", "-"],
        &["in.lines", "-", "-o", "out"],
        &["in.lines", "--dry-run", "--ledger", "in.lines"],
        &["in.lines", "--dry-run", "--review", "in.lines"],
        &["in.lines", "-o", "out", "--review", "out"],
        &["in.lines", "-o", "out", "--protect", "full/x", "--ledger", "./full/x"],
        &["full", "in.lines", "-o", "new", "--ledger", "new/l.jsonl"],
        &["in.lines", "--against", ".", "-o", "out"],
    ] {
        refused(folder.path(), words);
    }
    assert_eq!(text(&folder, "in.lines"), LINES);
    assert_eq!(names(folder.path()), ["full/x", "in.lines"]);
}

#[test]
fn in_place_keeps_a_backup_and_does_not_lose_an_older_one() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "--in-place", "-q"]);
    assert_eq!(text(&folder, "in.lines"), CLEAN);
    assert_eq!(text(&folder, "in.lines.bak"), LINES);
    let error = refused(folder.path(), &["in.lines", "--in-place", "--ledger", "l.jsonl"]);
    assert!(error.contains("in.lines.bak is there already"), "{error}");
    std::fs::remove_file(folder.path().join("in.lines.bak")).unwrap();
    let error = refused(folder.path(), &["in.lines", "--in-place"]);
    assert!(error.contains("in.lines.removed.jsonl is there already"), "{error}");
    let words = ["--restore", "in.lines.removed.jsonl", "in.lines", "-o", "back.lines", "-q"];
    dedup(folder.path(), &words);
    assert_eq!(text(&folder, "back.lines"), LINES);
}

#[test]
fn in_place_leaves_alone_what_loses_nothing_and_comes_back_by_its_ledger() {
    const OTHER: &str = "Nobody knew why.\n";
    let folder = folder(&[("d/a.lines", LINES), ("d/sub/b.lines", CLEAN), ("d/c.lines", OTHER)]);
    dedup(folder.path(), &["./d", "--in-place", "-q"]);
    let expected = ["a.lines", "a.lines.bak", "c.lines", "sub/b.lines", "sub/b.lines.bak"];
    assert_eq!(names(&folder.path().join("d")), expected);
    dedup(folder.path(), &["--restore", "d.removed.jsonl", "d", "-o", "back", "-q"]);
    for (name, before) in [("a.lines", LINES), ("c.lines", OTHER), ("sub/b.lines", CLEAN)] {
        assert_eq!(text(&folder, &format!("back/{name}")), before);
    }
    let bytes = b"The caf\xe9 by the harbour was closed.\n".repeat(2);
    std::fs::write(folder.path().join("l1.lines"), bytes).unwrap();
    assert!(refused(folder.path(), &["l1.lines", "--in-place"]).contains("of files in UTF-8"));
    assert!(!folder.path().join("l1.lines.bak").exists());
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_what_it_leads_to_is_replaced() {
    let folder = folder(&[("d/a.lines", LINES)]);
    std::os::unix::fs::symlink("d/a.lines", folder.path().join("link.lines")).unwrap();
    dedup(folder.path(), &["link.lines", "--in-place", "-q"]);
    assert!(folder.path().join("link.lines").is_symlink());
    assert_eq!(text(&folder, "d/a.lines"), CLEAN);
    assert_eq!(text(&folder, "d/a.lines.bak"), LINES);
}

#[cfg(unix)]
#[test]
fn what_links_in_a_folder_lead_to_is_not_replaced() {
    let folder = folder(&[("d/a.lines", LINES), ("other/b.lines", LINES)]);
    std::os::unix::fs::symlink("../other", folder.path().join("d/other")).unwrap();
    std::os::unix::fs::symlink("../other/b.lines", folder.path().join("d/b.lines")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("d/c.lines")).unwrap();
    dedup(folder.path(), &["d", "--in-place", "-q"]);
    assert_eq!(text(&folder, "d/a.lines"), CLEAN);
    assert_eq!(text(&folder, "other/b.lines"), LINES);
    assert!(!folder.path().join("other/b.lines.bak").exists());
}

#[test]
fn names_that_would_meet_when_restored_are_refused() {
    let folder = folder(&[("in/a.lines", LINES), ("in/a.lines.gz", LINES)]);
    dedup(folder.path(), &["in", "-o", "out", "-q"]);
    let error = refused(folder.path(), &["--restore", "out.removed.jsonl", "out", "-o", "back"]);
    assert!(error.contains("two would be a.lines"), "{error}");
    assert!(!folder.path().join("back").exists());
    let ledger = ["--restore", "out.removed.jsonl", "out", "-o", "./out.removed.jsonl"];
    assert!(refused(folder.path(), &ledger).contains("another path than what is read"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = folder(&[("in.lines", LINES)]);
    let error = refused(folder.path(), &["in.lines", "-o", "/dev/full", "--ledger", "l.jsonl"]);
    assert!(error.contains("/dev/full"), "{error}");
    refused(folder.path(), &["in.lines", "-o", "out.lines", "--ledger", "/dev/full"]);
    assert_eq!(names(folder.path()), ["in.lines"]);
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::copy(folder.path().join("in.lines"), folder.path().join("in/a.lines")).unwrap();
    refused(folder.path(), &["in", "-o", "out", "--ledger", "/dev/full"]);
    refused(folder.path(), &["in", "--in-place", "--ledger", "/dev/full"]);
    assert_eq!(text(&folder, "in/a.lines"), LINES);
    assert_eq!(names(folder.path()), ["in.lines", "in/a.lines"]);
}

#[test]
fn a_folder_appears_whole_or_not_at_all() {
    let folder = folder(&[("in/a.lines", LINES), ("in/b.lines", LINES), ("file", "")]);
    refused(folder.path(), &["in", "-o", "out", "--ledger", "no/such/folder/l.jsonl"]);
    refused(folder.path(), &["in", "-o", "file"]);
    assert_eq!(names(folder.path()), ["file", "in/a.lines", "in/b.lines"]);
    assert!(!folder.path().join("out").exists());
    std::fs::create_dir(folder.path().join("out")).unwrap();
    dedup(folder.path(), &["in", "-o", "out/", "-q"]);
    assert_eq!(text(&folder, "out/a.lines"), CLEAN);
    assert!(refused(folder.path(), &["in", "-o", "out"]).contains("a new or empty folder"));
}

#[test]
fn whoever_restores_from_something_else_is_told() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "-q"]);
    let ledger = text(&folder, "out.lines.removed.jsonl");
    let restore = ["--restore", "l.jsonl", "out.lines", "-o", "back.lines"];
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let without_last = ledger.trim_end().rsplit_once('\n').unwrap().0;
    for (damaged, expected) in [
        (without_last.to_owned(), "cut off"),
        (
            ledger.replacen("twicetold.removed/1", "twicetold.removed/9", 1),
            "found twicetold.removed/9",
        ),
        (
            ledger.replacen("\"start\":", "\"begin\":", 1),
            "l.jsonl:2: expected a line of twicetold.removed/1",
        ),
        (ledger.replacen("at dawn", "at noon", 2), "changed since"),
        (ledger.split_once('\n').unwrap().1.to_owned(), "begins with a line on the run"),
        (String::new(), "begins with a line on the run"),
        (format!("{ledger}{}\n", ledger.lines().last().unwrap()), "speaks of each file once"),
    ] {
        write("l.jsonl", &damaged);
        let error = refused(folder.path(), &restore);
        assert!(error.contains(expected), "{expected}: {error}");
    }
    write("l.jsonl", &ledger);
    write("out.lines", &CLEAN.replace("night", "day"));
    assert!(refused(folder.path(), &restore).contains("changed since"));
    assert!(!folder.path().join("back.lines").exists());
    // A ledger must not lead out of the folder.
    write("out.lines", CLEAN);
    let outside = ledger
        .replace("\"one_file\":true", "\"one_file\":false")
        .replace("\"output\":null", "\"output\":\"../x\"");
    write("l.jsonl", &outside);
    assert!(refused(folder.path(), &restore).contains("a path inside the folder"));
}

#[test]
fn a_file_that_is_not_utf_8_is_written_and_restored_as_text() {
    let folder = folder(&[]);
    let bytes = b"The caf\xe9 by the harbour was closed on Friday.\nThe caf\xe9 by the harbour was closed on Friday.\n";
    std::fs::write(folder.path().join("in.lines"), bytes).unwrap();
    dedup(folder.path(), &["in.lines", "--encoding", "windows-1252", "-o", "out.lines", "-q"]);
    assert_eq!(text(&folder, "out.lines"), "The café by the harbour was closed on Friday.\n");
    dedup(
        folder.path(),
        &["--restore", "out.lines.removed.jsonl", "out.lines", "-o", "back", "-q"],
    );
    assert_eq!(text(&folder, "back"), "The café by the harbour was closed on Friday.\n".repeat(2));
}

/// Lines that a stream of one byte after the other makes large.
fn packed(lines: &str) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(lines.as_bytes()).unwrap();
    packed.finish().unwrap()
}

#[test]
fn what_could_be_read_of_a_file_that_is_cut_short_is_not_written_as_if_it_were_whole() {
    let folder = folder(&[("in/b.lines", LINES)]);
    let mut bytes = packed(LINES);
    bytes.truncate(bytes.len() - 8);
    std::fs::write(folder.path().join("in/a.lines.gz"), &bytes).unwrap();
    let error = refused(folder.path(), &["in/a.lines.gz", "-o", "out.lines"]);
    assert!(error.contains("ends early"), "{error}");
    let error = refused(folder.path(), &["in/a.lines.gz", "-o", "out.lines", "--keep-going"]);
    assert!(error.contains("in/a.lines.gz could not be read to its end"), "{error}");
    let words = ["dedup", "in", "-o", "out", "--keep-going"];
    let output = crate::cli::twicetold_in(folder.path(), &words, b"");
    let said = crate::cli::stderr(&output);
    assert!(
        said.contains("in/a.lines.gz: could not be read to its end; copied as it is"),
        "{said}"
    );
    assert_eq!(std::fs::read(folder.path().join("out/a.lines.gz")).unwrap(), bytes);
    let ledger = text(&folder, "out.removed.jsonl");
    assert!(!ledger.contains("\"path\":\"in/a.lines.gz\""), "{ledger}");
    dedup(folder.path(), &["in", "--in-place", "--keep-going", "-q"]);
    assert_eq!(std::fs::read(folder.path().join("in/a.lines.gz")).unwrap(), bytes);
}

#[test]
fn a_ledger_in_a_folder_is_no_corpus_and_no_output_goes_where_the_next_run_would_read_it() {
    let folder = folder(&[("in/a.lines", LINES), ("b.lines", LINES)]);
    dedup(folder.path(), &["in/a.lines", "-o", "in/c.lines", "-q"]);
    let output = crate::cli::twicetold_in(folder.path(), &["dedup", "in", "-o", "out"], b"");
    let said = crate::cli::stderr(&output);
    let expected = "in/c.lines.removed.jsonl: a ledger of `twicetold dedup`; skipped";
    assert!(said.contains(expected), "{said}");
    assert!(!folder.path().join("out/c.lines.removed.jsonl").exists());
    for output in ["in/out", "in/deep/er", "./in/x.jsonl", "in"] {
        for more in [&[][..], &["--annotate"]] {
            let words = [&["in", "b.lines", "-o", output], more].concat();
            let error = refused(folder.path(), &words);
            assert!(error.contains("a path outside the inputs"), "{error}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_only_some_may_read_is_written_for_no_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("in/a.lines", LINES), ("in/b.lines", LINES), ("old.csv", "")]);
    let at = |name: &str| folder.path().join(name);
    let mode = |name: &str| at(name).metadata().unwrap().permissions().mode() & 0o777;
    let set = |name: &str, mode| {
        std::fs::set_permissions(at(name), PermissionsExt::from_mode(mode)).unwrap();
    };
    let usual = mode("in/b.lines");
    set("in/a.lines", 0o600);
    set("old.csv", 0o666);
    let words = ["in/a.lines", "-o", "one.lines", "--review", "old.csv", "-q"];
    dedup(folder.path(), &words);
    for name in ["one.lines", "one.lines.removed.jsonl", "old.csv"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    dedup(folder.path(), &["in", "-o", "out", "-q", "--empty", "keep"]);
    assert_eq!((mode("out/a.lines"), mode("out/b.lines")), (0o600, usual));
    assert_eq!(mode("out.removed.jsonl"), 0o600);
    dedup(folder.path(), &["in", "--annotate", "-o", "all.jsonl"]);
    dedup(folder.path(), &["--restore", "one.lines.removed.jsonl", "one.lines", "-o", "back"]);
    dedup(folder.path(), &["in/a.lines", "--in-place", "-q"]);
    for name in ["all.jsonl", "back", "in/a.lines", "in/a.lines.bak", "in/a.lines.removed.jsonl"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
}

#[test]
fn the_ledger_of_an_earlier_run_stays() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "-q"]);
    let before = text(&folder, "out.lines.removed.jsonl");
    // Whoever runs a command twice replaces both.
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "-q"]);
    assert_eq!(text(&folder, "out.lines.removed.jsonl"), before);
    std::fs::rename(folder.path().join("out.lines"), folder.path().join("kept.lines")).unwrap();
    for words in [
        &["in.lines", "-o", "out.lines"][..],
        &["in.lines", "-o", "x.lines", "--ledger", "out.lines.removed.jsonl"],
        &["in.lines", "--dry-run", "--ledger", "out.lines.removed.jsonl"],
    ] {
        let error = refused(folder.path(), words);
        let expected = "a new file: out.lines.removed.jsonl is there already";
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(text(&folder, "out.lines.removed.jsonl"), before);
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_read() {
    let folder = folder(&[("in.lines", LINES)]);
    for (words, expected) in [
        (&["-o", "no/x.lines"][..], "no/x.lines: its folder does not exist"),
        (&["-o", "x", "--ledger", "no/l.jsonl"], "no/l.jsonl: its folder does not exist"),
        (&["-o", "x", "--review", "no/r.csv"], "no/r.csv: its folder does not exist"),
        (&["--annotate", "-o", "no/x.jsonl"], "no/x.jsonl: its folder does not exist"),
        (&[], "`output` must be a path"),
    ] {
        // Had it been read, that would be the error.
        std::fs::write(folder.path().join("in.gz"), "no gzip").unwrap();
        let error = refused(folder.path(), &[&["in.gz"], words].concat());
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn what_is_restored_is_compressed_as_its_name_says() {
    use std::io::Read;
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "-q"]);
    let words = ["--restore", "out.lines.removed.jsonl", "out.lines", "-o", "back.lines.gz"];
    dedup(folder.path(), &words);
    let bytes = std::fs::read(folder.path().join("back.lines.gz")).unwrap();
    let mut back = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut back).unwrap();
    assert_eq!(back, LINES);
}

#[test]
fn restoring_reads_what_is_packed_as_tightly_as_it_is_told() {
    // Past 64 MB, where the ratio counts.
    let line = "a".repeat((1 << 20) - 1) + "\n";
    let folder = folder(&[("in.lines", &(LINES.to_owned() + &line.repeat(70)))]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines.gz", "-q"]);
    let words = ["--restore", "out.lines.gz.removed.jsonl", "out.lines.gz", "-o", "back", "-q"];
    let error = refused(folder.path(), &words);
    assert!(error.contains("max-ratio") || error.contains("ratio"), "{error}");
    dedup(folder.path(), &[&words[..], &["--max-ratio", "5000"]].concat());
    assert_eq!(text(&folder, "back").len(), LINES.len() + 70 * line.len());
}

#[test]
fn a_single_input_without_text_makes_no_folder() {
    let folder = folder(&[("bin.dat", "a\0b\0"), ("a.txt", "One sentence.\n")]);
    assert!(refused(folder.path(), &["bin.dat", "-o", "out"]).contains("bin.dat was passed over"));
    assert!(!folder.path().join("out").exists());
    dedup(folder.path(), &["a.txt", "-o", "out"]);
    dedup(folder.path(), &["bin.dat", "a.txt", "-o", "both"]);
}

#[test]
fn a_most_below_the_least_names_what_was_typed() {
    let folder = folder(&[("a.txt", "One sentence.\n")]);
    let said = |words: &[&str]| refused(folder.path(), &[&["a.txt", "-o", "out"], words].concat());
    assert!(said(&["--max-words=3"]).contains("at least 5, or --min-words no more than it"));
    assert!(said(&["--max-words=3", "--min-words=4"]).contains("at least 4, which is --min-words"));
    dedup(folder.path(), &["a.txt", "-o", "out", "--max-words=3", "--min-words=2"]);
}
