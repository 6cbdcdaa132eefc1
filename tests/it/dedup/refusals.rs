//! What a run cannot mean: it is said, and not taken for a result.

use serde_json::{Value, json};

use super::{dedup, folder, names, refused, text};
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

#[test]
fn a_page_in_a_folder_goes_out_annotated_and_the_rest_as_it_was() {
    let page = "<html><head><title>Ferry</title></head><body><article><p>The ferry left the harbour of Velmark at dawn.</p>\
                <p>Nobody was hurt in the storm, the police of the island said on Monday.</p></article></body></html>";
    let folder = folder(&[("mix/z.html", page), ("mix/a.lines", LINE), ("mix/d/b.jsonl", RECORD)]);
    let output = twicetold_in(folder.path(), &["dedup", "mix", "-o", "out"], b"");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("written annotated (NAME.jsonl)"), "{}", stderr(&output));
    assert_eq!(names(&folder.path().join("out")), ["a.lines", "z.html.jsonl"]);
    let record: Value = serde_json::from_str(&text(&folder, "out/z.html.jsonl")).unwrap();
    assert_eq!(record["path"], json!("mix/z.html"));
    assert_eq!(record["twicetold"]["removed"].as_array().map(Vec::len), Some(1));
    let ledger = text(&folder, "out.removed.jsonl");
    assert!(!ledger.contains("\"file\":\"mix/z.html\",\"line\""), "{ledger}");
    // What was cut is restored; what was not stays where it is.
    dedup(folder.path(), &["--restore", "out.removed.jsonl", "out", "-o", "back", "-q"]);
    assert_eq!(names(&folder.path().join("back")), ["a.lines", "d/b.jsonl"]);
    assert_eq!(text(&folder, "back/d/b.jsonl"), RECORD);
    let error = refused(folder.path(), &["mix", "--in-place"]);
    assert!(error.contains("mix/z.html cannot be written back (see --annotate)"), "{error}");
}

#[test]
fn a_name_that_says_another_format_is_refused() {
    let csv = "text\nThe ferry left the harbour of Velmark at dawn.\n";
    let folder = folder(&[
        ("in.jsonl", RECORD),
        ("in.csv", csv),
        ("in.txt", LINE),
        ("in.data", RECORD),
        ("in.json", &format!("[{RECORD}]")),
    ]);
    for (input, output) in [
        ("in.jsonl", "k9.csv"),
        ("in.jsonl", "k9.csv.gz"),
        ("in.jsonl", "k9.tsv"),
        ("in.data", "k9.parquet"),
        ("in.csv", "k9.jsonl"),
        ("in.txt", "k9.jsonl"),
        ("in.json", "k9.jsonl"),
    ] {
        let error = refused(folder.path(), &[input, "-o", output]);
        assert!(error.contains("a name for the input's format"), "{input} {output}: {error}");
        assert!(!folder.path().join(output).exists());
    }
    for (input, output) in [
        ("in.jsonl", "k.json"),
        ("in.jsonl", "k.jsonl.gz"),
        ("in.data", "k.data"),
        ("in.csv", "k.csv"),
        ("in.txt", "k"),
    ] {
        dedup(folder.path(), &[input, "-o", output, "-q"]);
    }
    // Who read a file of this name so may write one of it.
    let words = ["in.csv", "--input-format", "lines", "-o", "lines.csv", "-q"];
    dedup(folder.path(), &words);
}

#[test]
fn words_that_mean_nothing_here_are_said() {
    let folder = folder(&[
        ("in.jsonl", "{\"text\": \"It rained.\", \"source\": \"a\"}\n"),
        ("in.csv", "text;source\nIt rained.;a\n"),
    ]);
    let said = |words: &[&str]| {
        let output = twicetold_in(folder.path(), &[&["dedup", "--dry-run"], words].concat(), b"");
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output)
    };
    assert!(said(&["in.jsonl", "--delimiter", ";"]).contains("no input is CSV"));
    assert!(!said(&["in.csv", "--delimiter", ";"]).contains("no input is CSV"));
    let nope = said(&["in.jsonl", "--keep", "source:nope"]);
    assert!(nope.contains("--keep source:nope: no document has this source"), "{nope}");
    assert!(!said(&["in.jsonl", "--keep", "source:a"]).contains("no document"));
    let detected = twicetold_in(folder.path(), &["detect", "in.jsonl", "--keep", "source:b"], b"");
    assert!(stderr(&detected).contains("--keep source:b"), "{}", stderr(&detected));
}

#[test]
fn words_of_scripts_without_blanks_are_their_characters() {
    let words = |line: &str| {
        let folder = folder(&[("in.lines", line)]);
        let said = dedup(folder.path(), &["in.lines", "--dry-run", "--format", "json", "-q"]);
        serde_json::from_str::<Value>(&said).unwrap()["all"]["words"].clone()
    };
    for (line, count) in [
        ("渡轮在黎明时分离开了港口。", 12),
        ("フェリーは夜明けに港を出た。", 13),
        ("เรือออก", 7),
        ("渡轮 left the 港口", 6),
        ("東京2020年", 4),
        ("The ferry left - at dawn.", 6),
        ("페리가 새벽에 떠났다.", 3),
    ] {
        assert_eq!(words(line), json!(count), "{line}");
    }
}
