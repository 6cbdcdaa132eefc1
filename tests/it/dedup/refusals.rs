//! What a run cannot mean: it is said, and not taken for a result.

use super::{dedup, folder, refused, text};
use crate::cli::{stderr, stdout, twicetold_in};

const LINE: &str = "The ferry left the harbour of Velmark at dawn.\n";
const RECORD: &str = "{\"text\": \"The ferry left the harbour of Velmark at dawn.\"}\n";

#[test]
fn a_reference_that_gives_nothing_is_an_error() {
    let folder =
        folder(&[("in.lines", &LINE.repeat(2)), ("old.lines", LINE), ("blank.txt", " \n")]);
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "-q"]);
    let ledger = text(&folder, "out.lines.removed.jsonl");
    std::fs::write(folder.path().join("cut.jsonl"), &ledger.as_bytes()[..300]).unwrap();
    let run = ledger.lines().next().unwrap();
    std::fs::write(folder.path().join("nothing.jsonl"), format!("{run}\n")).unwrap();
    for (reference, expected) in [
        (&["cut.jsonl"][..], "cut.jsonl:1: expected a line of twicetold.removed/1"),
        (&["empty"], "empty: no files in this folder"),
        (&["old.lines", "empty"], "empty: no files in this folder"),
        (&["blank.txt"], "`against` must be inputs with text, found none in blank.txt"),
    ] {
        for verb in ["dedup", "detect"] {
            let against = reference.iter().flat_map(|name| ["--against", name]);
            let more: &[&str] = if verb == "dedup" { &["--dry-run"] } else { &[] };
            let words: Vec<&str> = [verb, "in.lines"].into_iter().chain(against).collect();
            let output = twicetold_in(folder.path(), &[&words, more].concat(), b"");
            assert_eq!(output.status.code(), Some(2), "{reference:?}: {}", stdout(&output));
            assert!(stderr(&output).contains(expected), "{}", stderr(&output));
        }
    }
    // A run that removed nothing left a whole ledger; and there are references with text.
    for reference in ["nothing.jsonl", "out.lines.removed.jsonl", "old.lines"] {
        dedup(folder.path(), &["in.lines", "--against", reference, "--dry-run"]);
    }
}

#[test]
fn records_of_which_none_has_a_text_are_an_error_that_names_their_fields() {
    let deep = "{\"id\": 1, \"page\": {\"body\": \"The ferry left.\", \"lang\": \"en\"}}\n";
    let folder = folder(&[
        ("deep.jsonl", &deep.repeat(2)),
        ("deep.json", &format!("[{deep}, {deep}]")),
        ("mixed/a.jsonl", deep),
        ("mixed/b.jsonl", RECORD),
        ("empty.jsonl", ""),
        ("null.jsonl", "{\"text\": null}\n"),
    ]);
    for name in ["deep.jsonl", "deep.json"] {
        let error = refused(folder.path(), &[name, "--dry-run"]);
        assert!(error.contains("expected a field \"text\" (or content, "), "{error}");
        assert!(error.contains("found id, page.body, page.lang in the first"), "{error}");
        let output = twicetold_in(folder.path(), &["detect", name], b"");
        assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    }
    let output = twicetold_in(folder.path(), &["dedup", "-", "--dry-run"], deep.as_bytes());
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    for words in [
        &["deep.jsonl", "--text-field", "page.body", "--dry-run"][..],
        &["mixed", "--dry-run"],
        &["empty.jsonl", "--dry-run"],
        &["null.jsonl", "--dry-run"],
        &["deep.jsonl", "--keep-going", "--dry-run"],
    ] {
        dedup(folder.path(), words);
    }
}
