//! `twicetold explain`: what its two words name, and which settings judge them.

use std::path::Path;

use serde_json::Value;

use crate::cli::{stderr, stdout, twicetold_in};

const BRIDGE: &str = "The old bridge over the river was closed on Monday after heavy rain.";
const CLOSED: &str = "The old bridge over the river has been closed since Monday after heavy rain.";

fn explained(folder: &Path, words: &[&str]) -> (Value, String) {
    let output = twicetold_in(folder, &[&["explain", "--format", "json"], words].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    (serde_json::from_slice(&output.stdout).unwrap(), stderr(&output))
}

fn texts(explanation: &Value) -> [&str; 2] {
    ["a", "b"].map(|side| explanation[side]["text"].as_str().unwrap())
}

#[test]
fn a_line_of_a_file_is_read_in_the_format_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    put(
        "a.jsonl",
        format!("{{\"text\": \"Other words.\"}}\n{{\"id\": 1, \"text\": \"{BRIDGE}\"}}\n"),
    );
    put("b.csv", format!("id,text\n1,\"Two\nlines.\"\n2,\"{CLOSED}\"\n"));
    put("c.txt", BRIDGE.replace("river was", "river\nwas"));
    let (explanation, said) = explained(folder.path(), &["a.jsonl:2", "b.csv:4"]);
    assert_eq!((texts(&explanation), said.as_str()), ([BRIDGE, CLOSED], ""));
    let (explanation, _) = explained(folder.path(), &["c.txt:2", "a.jsonl:2", "--quotes", "whole"]);
    assert_eq!(texts(&explanation)[1], BRIDGE);
    let output = twicetold_in(folder.path(), &["explain", "a.jsonl:3", "b.csv:4"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "twicetold: a.jsonl: no text on line 3\n");
}

#[test]
fn a_line_of_a_member_of_an_archive_is_found_by_the_place_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = tar::Builder::new(Vec::new());
    for (name, text) in [("a.txt", "Other words.\n"), ("b.txt", BRIDGE), ("c.txt", CLOSED)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        archive.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    std::fs::write(folder.path().join("news.tar"), archive.into_inner().unwrap()).unwrap();
    let detect = ["detect", "news.tar", "--format", "json", "-o", "report.json"];
    assert_eq!(twicetold_in(folder.path(), &detect, b"").status.code(), Some(0));
    let report = std::fs::read(folder.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    crate::cli::assert_valid(&report);
    assert_eq!(report["documents"][0]["path"], "news.tar!/b.txt");
    let words = ["news.tar!/b.txt:1", "news.tar!/c.txt:1"];
    let (explanation, said) = explained(folder.path(), &words);
    assert_eq!((texts(&explanation), said.as_str()), ([BRIDGE, CLOSED], ""));
    let members = report["clusters"][0]["members"].as_array().unwrap();
    let ids: Vec<_> = members.iter().map(|id| id.as_str().unwrap()).collect();
    let (explanation, said) =
        explained(folder.path(), &[ids[0], ids[1], "--report", "report.json"]);
    assert_eq!(said, "");
    assert_eq!(explanation["weights_from"], "3 distinct sentences of the inputs of report.json");
}

#[test]
fn a_name_that_is_taken_as_a_text_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (_, said) = explained(folder.path(), &["nowhere.txt:7", "s0123456789abcdef"]);
    assert!(said.contains("nowhere.txt: no such file; nowhere.txt:7 is taken as text"), "{said}");
    assert!(said.contains("s0123456789abcdef: looks like a sentence's id"), "{said}");
    let (_, said) = explained(folder.path(), &["See chapter 3:16", "Words."]);
    assert_eq!(said, "");
}

/// A folder with an input and its report, and the ids of its one cluster.
fn reported(words: &[&str]) -> (tempfile::TempDir, [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.lines"), format!("{BRIDGE}\n{CLOSED}\n")).unwrap();
    let detect = ["detect", "in.lines", "--format", "json", "-o", "report.json"];
    let output = twicetold_in(folder.path(), &[&detect, words].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report = std::fs::read(folder.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    let members = report["clusters"][0]["members"].as_array().unwrap();
    let id = |index: usize| members[index].as_str().unwrap().to_owned();
    let ids = [id(0), id(1)];
    (folder, ids)
}

#[test]
fn the_settings_of_the_report_judge_unless_others_are_typed() {
    let (folder, [a, b]) = reported(&["--threshold", "0.45", "--evalue", "off"]);
    let threshold = |words: &[&str]| {
        let words = [&[a.as_str(), &b, "--report", "report.json"], words].concat();
        explained(folder.path(), &words).0["threshold"].as_f64().unwrap()
    };
    assert!((threshold(&[]) - 0.45).abs() < 1e-9);
    assert!((threshold(&["--threshold", "0.6"]) - 0.6).abs() < 1e-9);
    assert!((threshold(&["--profile", "near"]) - 0.8).abs() < 1e-9);
}

#[test]
fn an_input_that_changed_since_the_report_is_said() {
    let (folder, [a, b]) = reported(&[]);
    let words = ["explain", &a, &b, "--report", "report.json"];
    let output = twicetold_in(folder.path(), &words, b"");
    assert_eq!((stderr(&output).as_str(), output.status.code()), ("", Some(0)));
    assert!(stdout(&output).contains("bridge"));
    std::fs::write(folder.path().join("in.lines"), format!("{BRIDGE}\n")).unwrap();
    let output = twicetold_in(folder.path(), &words, b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).starts_with("twicetold: in.lines: changed since report.json was written"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn two_long_records_are_explained_by_the_two_sentences_that_are_most_alike() {
    let folder = tempfile::tempdir().unwrap();
    let record = |own: &str, at: usize, others: &str| {
        let sentences =
            (0..300).map(|i| if i == at { own.to_owned() } else { format!("Again {i} {others}.") });
        let text = sentences.collect::<Vec<_>>().join(" ");
        serde_json::json!({ "text": text }).to_string()
    };
    std::fs::write(
        folder.path().join("a.jsonl"),
        record(BRIDGE, 200, "gulls of the first tale flew home"),
    )
    .unwrap();
    std::fs::write(
        folder.path().join("b.jsonl"),
        record(CLOSED, 7, "sailors drank cold tea below deck"),
    )
    .unwrap();
    let begun = std::time::Instant::now();
    let (explanation, _) = explained(folder.path(), &["a.jsonl:1", "b.jsonl:1"]);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    assert_eq!(texts(&explanation), [BRIDGE, CLOSED]);
}

#[test]
fn a_sentence_beside_one_that_says_the_rest_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put(
        "one.jsonl",
        "{\"text\": \"The council closed the old ferry terminal, and the fishermen want a stone bridge built by spring.\"}\n",
    );
    put(
        "two.jsonl",
        "{\"text\": \"The council closed the old ferry terminal. The fishermen want a stone bridge built by spring.\"}\n",
    );
    put(
        "half.jsonl",
        "{\"text\": \"Nobody had expected such a storm. The council closed the old ferry terminal.\"}\n",
    );
    for words in [["two.jsonl:1", "one.jsonl:1"], ["one.jsonl:1", "two.jsonl:1"]] {
        let (explanation, _) = explained(folder.path(), &words);
        assert!(
            explanation["flags"].as_array().unwrap().contains(&"split".into()),
            "{explanation}"
        );
        assert!(explanation["split"]["similarity"].as_f64().unwrap() > 0.9, "{explanation}");
    }
    for words in [
        ["half.jsonl:1", "one.jsonl:1"],
        ["one.jsonl:1", "one.jsonl:1"],
        ["two.jsonl:1", "half.jsonl:1"],
    ] {
        let (explanation, _) = explained(folder.path(), &words);
        assert!(explanation.get("split").is_none(), "{explanation}");
    }
}
