//! `dedup`: what goes, what stays, what is written, and the way back.

mod annotate;
mod back;
mod choice;
mod delimiters;
mod doubts;
mod refusals;
mod review;
mod safety;
mod shapes;
mod tables;

use std::path::Path;

use crate::cli::{stderr, stdout, twicetold_in};

/// Runs `dedup` in a folder; gives what it said.
pub(crate) fn dedup(folder: &Path, words: &[&str]) -> String {
    let output = twicetold_in(folder, &[&["dedup"], words].concat(), b"");
    assert!(output.status.success(), "{words:?}: {}", stderr(&output));
    stdout(&output)
}

/// Runs `dedup` where it must fail; gives the error.
fn refused(folder: &Path, words: &[&str]) -> String {
    let output = twicetold_in(folder, &[&["dedup"], words].concat(), b"");
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", stdout(&output));
    stderr(&output)
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn text(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

/// Everything below a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.push(path.strip_prefix(folder).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    names.sort();
    names
}

const NEWS: &str = r#"{"id": 1, "text": "The ferry left the harbour of Velmark at dawn. Nobody was hurt in the \"storm\", police said.", "x": [1,  2]}
{"id": 2, "text": "Prices rose by 5 per cent in May, the council said. The ferry left the harbour of Velmark at dawn!", "y": null}
{"id": 3, "text": "Prices rose by 6 per cent in May, the council said."}
{"id":4,"text":"The ferry left the harbour of Velmark at dawn."}
"#;

#[test]
fn a_record_loses_what_repeats_and_nothing_else_of_it_changes() {
    let folder = folder(&[("news.jsonl", NEWS)]);
    let said = dedup(folder.path(), &["news.jsonl", "-o", "clean.jsonl"]);
    insta::assert_snapshot!("dedup_summary", said);
    insta::assert_snapshot!("dedup_clean", text(&folder, "clean.jsonl"));
    let ledger = text(&folder, "clean.jsonl.removed.jsonl");
    let removed: Vec<&str> =
        ledger.lines().filter(|line| line.contains("\"type\":\"removed\"")).collect();
    insta::assert_snapshot!("dedup_removed", removed.join("\n"));
}

#[test]
fn the_summary_is_json_too_and_goes_to_standard_error_where_output_is_taken() {
    let folder = folder(&[("news.jsonl", NEWS)]);
    let said = dedup(folder.path(), &["news.jsonl", "--dry-run", "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(summary["schema"], "twicetold.dedup/1");
    assert_eq!(summary["removed"]["sentences"], 2);
    assert_eq!(summary["by_relation"]["exact"], 2);
    assert_eq!(summary["strongest_kept"][0]["flags"][0], "numbers_differ");
    let words = ["dedup", "-", "-o", "-", "--ledger", "l.jsonl"];
    let output = twicetold_in(folder.path(), &words, NEWS.as_bytes());
    assert!(output.status.success(), "{}", stderr(&output));
    dedup(folder.path(), &["news.jsonl", "-o", "clean.jsonl", "--quiet"]);
    assert_eq!(stdout(&output), text(&folder, "clean.jsonl"));
    assert!(stderr(&output).starts_with("read "), "{}", stderr(&output));
}

#[test]
fn blank_lines_and_order_stay_and_a_file_of_which_nothing_is_left_is_not_written() {
    let folder = folder(&[
        (
            "in/a.txt",
            "The tide was out at noon on Friday.\n\nThe ferry left at dawn with forty people.\n\nNobody knew why.\n",
        ),
        ("in/b.txt", "The ferry left at dawn with forty people."),
        (
            "in/sub/c.txt",
            "The ferry left at dawn with forty people. It came back at night with none of them.\n",
        ),
    ]);
    dedup(folder.path(), &["in", "-o", "out", "-q"]);
    assert_eq!(names(&folder.path().join("out")), ["a.txt", "sub/c.txt"]);
    assert_eq!(text(&folder, "out/a.txt"), text(&folder, "in/a.txt"));
    assert_eq!(text(&folder, "out/sub/c.txt"), "It came back at night with none of them.\n");
    dedup(folder.path(), &["in", "-o", "out2", "-q", "--empty", "keep"]);
    assert_eq!(text(&folder, "out2/b.txt"), "");
}

#[test]
fn the_same_bytes_for_one_and_two_threads() {
    let folder = folder(&[("news.jsonl", NEWS)]);
    for threads in ["1", "2"] {
        let output = format!("{threads}.jsonl");
        dedup(
            folder.path(),
            &[
                "news.jsonl",
                "-q",
                "--threads",
                threads,
                "-o",
                &output,
                "--ledger",
                &format!("{threads}.l"),
            ],
        );
    }
    assert_eq!(text(&folder, "1.jsonl"), text(&folder, "2.jsonl"));
    assert_eq!(text(&folder, "1.l"), text(&folder, "2.l"));
}

#[test]
fn quiet_json_is_json_and_nothing_else() {
    let folder = folder(&[("news.jsonl", &format!("{NEWS}not json\n"))]);
    let words = ["dedup", "news.jsonl", "--dry-run", "-q", "--format", "json"];
    let output = twicetold_in(folder.path(), &words, b"");
    let summary: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(summary["schema"], "twicetold.dedup/1");
    assert_eq!(stderr(&output), "");
}

#[test]
fn help_and_errors_speak_of_this_verb() {
    let folder = folder(&[("in.lines", "It rained.\n")]);
    let help = dedup(folder.path(), &["--help"]);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "What is compared: sentence, passage, line, document [default: sentence]",
        "[default: near; paraphrase where --relations",
        "Which of those that repeat each other stays",
        "Output: --format <FORMAT> The summary [default: text] [possible values: text, json]",
    ] {
        assert!(help.contains(part), "{part}\n{help}");
    }
    for (words, expected) in [
        (&["--unit", "word"][..], "`unit` must be one of sentence, passage, line, document"),
        (&["--passage-sentences", "4"], "`passage-sentences` must be given with --unit passage"),
        (
            &["--passage-sentences", "0", "--unit", "passage"],
            "`passage-sentences` must be at least 1",
        ),
        (&["--only-language", "xx"], "`only-language` must be the code of a language"),
    ] {
        let error = refused(folder.path(), &[&["in.lines", "--dry-run"], words].concat());
        assert!(error.contains(expected), "{error}");
    }
}
