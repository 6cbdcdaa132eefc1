//! `--annotate`: the same records, and what would go of each.

use serde_json::{Value, json};

use super::{NEWS, dedup, folder, refused, text};

#[test]
fn a_record_of_json_lines_gets_one_field_more_and_keeps_all_others_byte_for_byte() {
    let lines = format!("{NEWS}{{}}\nnot json\n{{\"text\": \"Nobody knew.\"}}");
    let folder = folder(&[("news.jsonl", &lines)]);
    dedup(folder.path(), &["news.jsonl", "--annotate", "-o", "out.jsonl"]);
    let out = text(&folder, "out.jsonl");
    assert_eq!(out.lines().count(), lines.lines().count());
    for (before, after) in lines.lines().zip(out.lines()) {
        if before.contains("\"text\"") {
            assert!(after.starts_with(before.strip_suffix('}').unwrap()), "{after}");
            assert!(after.contains(",\"twicetold\":{\"sentences\":"), "{after}");
        } else {
            assert_eq!(after, before);
        }
    }
    let second: Value = serde_json::from_str(out.lines().nth(1).unwrap()).unwrap();
    let removed = &second["twicetold"]["removed"][0];
    let text = second["text"].as_str().unwrap();
    let at = |name: &str| usize::try_from(removed[name].as_u64().unwrap()).unwrap();
    assert_eq!(
        text.get(at("start")..at("end")).unwrap(),
        "The ferry left the harbour of Velmark at dawn!"
    );
    assert_eq!((&removed["reason"], &removed["relation"]), (&json!("repeat"), &json!("exact")));
    assert_eq!(removed["kept"]["document"], "1");
}

#[test]
fn what_an_earlier_run_said_is_replaced_wherever_it_stands() {
    let folder = folder(&[("news.jsonl", NEWS)]);
    dedup(folder.path(), &["news.jsonl", "--annotate", "-o", "once.jsonl"]);
    dedup(folder.path(), &["once.jsonl", "--annotate", "-o", "twice.jsonl"]);
    let once = text(&folder, "once.jsonl").replace("news.jsonl", "once.jsonl");
    assert_eq!(text(&folder, "twice.jsonl"), once);
    for (before, expected) in [
        (
            "{\"twicetold\" : {\"sentences\":1,\"removed\":[{}]} , \"text\":\"It rained.\"}",
            "{ \"text\":\"It rained.\",\"twicetold\":{",
        ),
        (
            "{\"text\":\"It rained.\",\"twicetold\":{\"removed\":[\"}\"], \"sentences\": 2} }",
            "{\"text\":\"It rained.\" ,\"twicetold\":{",
        ),
        (
            "{\"a\":{\"twicetold\":1},\"text\":\"It rained.\"}",
            "{\"a\":{\"twicetold\":1},\"text\":\"It rained.\",\"twicetold\":{",
        ),
    ] {
        std::fs::write(folder.path().join("in.jsonl"), before).unwrap();
        dedup(folder.path(), &["in.jsonl", "--annotate", "-o", "out.jsonl"]);
        let out = text(&folder, "out.jsonl");
        assert!(out.starts_with(expected), "{out}");
        assert!(serde_json::from_str::<Value>(&out).is_ok(), "{out}");
    }
}

#[test]
fn documents_of_other_formats_become_records_with_places_in_bytes_and_characters() {
    let line = "Schöne Grüße! The ferry left the harbour of Velmark at dawn.";
    let folder = folder(&[
        ("a.lines", &format!("The ferry left the harbour of Velmark at dawn.\n{line}\n")),
        ("b.txt", "Nobody knew why."),
    ]);
    dedup(folder.path(), &["a.lines", "b.txt", "--annotate", "-o", "out.jsonl", "-q"]);
    let out = text(&folder, "out.jsonl");
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(
        (&records[1]["path"], &records[1]["line"], &records[1]["text"]),
        (&json!("a.lines"), &json!(2), &json!(line))
    );
    let removed = &records[1]["twicetold"]["removed"][0];
    assert_eq!((&removed["start"], &removed["start_character"]), (&json!(17), &json!(14)));
    assert_eq!(records[2]["twicetold"]["removed"], json!([]));
    assert!(refused(folder.path(), &["a.lines", "--annotate"]).contains("`output` must be a path"));
}

#[test]
fn pages_and_members_of_archives_go_out_annotated_and_are_not_written_back() {
    let page = "<html><head><title>Ferry</title></head><body><article><p>The ferry left the harbour of Velmark at dawn.</p>\
                <p>Nobody was hurt in the storm, the police of the island said on Monday.</p></article></body></html>";
    let folder = folder(&[
        ("in/a.html", page),
        ("in/b.lines", "The ferry left the harbour of Velmark at dawn.\n"),
    ]);
    let mut tar = tar::Builder::new(Vec::new());
    let line = b"{\"text\": \"The ferry left the harbour of Velmark at dawn.\"}\n";
    let mut header = tar::Header::new_gnu();
    header.set_size(line.len() as u64);
    tar.append_data(&mut header, "c.jsonl", &line[..]).unwrap();
    std::fs::write(folder.path().join("in/d.tar"), tar.into_inner().unwrap()).unwrap();
    dedup(folder.path(), &["in", "--annotate", "-o", "out.jsonl", "-q"]);
    let out = text(&folder, "out.jsonl");
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<&str> = records.iter().map(|record| record["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["in/a.html", "in/b.lines", "in/d.tar!/c.jsonl"]);
    let removed = |record: &Value| record["twicetold"]["removed"].as_array().unwrap().len();
    assert_eq!(records.iter().map(removed).collect::<Vec<_>>(), [0, 1, 1]);
    for input in ["in/a.html", "in/d.tar"] {
        let error = refused(folder.path(), &[input, "-o", "out"]);
        assert!(error.contains("cannot be written back (see --annotate)"), "{error}");
    }
}

#[test]
fn a_field_of_the_same_name_that_no_run_wrote_is_not_replaced() {
    let line = "{\"text\": \"It rained.\"}\n";
    for own in [
        "{\"text\":\"It rained.\",\"twicetold\":{\"mine\":1}}",
        "{\"twicetold\":7,\"text\":\"It rained.\"}",
        "{\"text\":\"It rained.\",\"twicetold\":null,\"twicetold\":null}",
    ] {
        let folder = folder(&[("in.jsonl", &format!("{line}{own}\n"))]);
        let error = refused(folder.path(), &["in.jsonl", "--annotate", "-o", "out.jsonl"]);
        assert!(error.contains("in.jsonl:2: expected no field \"twicetold\""), "{error}");
        assert!(!folder.path().join("out.jsonl").exists());
    }
    let folder = folder(&[("in.csv", "text,twicetold\nIt rained.,once\n")]);
    let error = refused(folder.path(), &["in.csv", "--annotate", "-o", "out.jsonl"]);
    assert!(error.contains("in.csv:2: expected no field \"twicetold\""), "{error}");
}

#[test]
fn rows_and_elements_keep_all_their_fields() {
    let line = "The ferry left the harbour of Velmark at dawn.";
    let folder = folder(&[
        ("q.csv", &format!("id,text,note\r\n1,{line},\"a \"\"b\"\"\"\r\n2,{line},\"c\r\nd\"\r\n")),
        ("q.tsv", &format!("n\ttext\n1.50\t{line}\n")),
        (
            "arr.json",
            &format!(
                "[\n  {{\"k\": 1.50,\n   \"text\": \"{line}\", \"x\": {{\"y\": []}}}},\n  {{\"k\": 2}}\n]\n"
            ),
        ),
    ]);
    let words = ["q.csv", "q.tsv", "arr.json", "--annotate", "-o", "out.jsonl", "-q"];
    dedup(folder.path(), &words);
    let out = text(&folder, "out.jsonl");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 5, "{out}");
    let begins = [
        format!("{{\"id\":\"1\",\"text\":\"{line}\",\"note\":\"a \\\"b\\\"\",\"twicetold\":{{"),
        format!("{{\"id\":\"2\",\"text\":\"{line}\",\"note\":\"c\\r\\nd\",\"twicetold\":{{"),
        format!("{{\"n\":\"1.50\",\"text\":\"{line}\",\"twicetold\":{{"),
        format!("{{\"k\": 1.50,\"text\": \"{line}\", \"x\": {{\"y\": []}},\"twicetold\":{{"),
        "{\"k\": 2}".to_owned(),
    ];
    for (line, begins) in lines.iter().zip(&begins) {
        assert!(line.starts_with(begins), "{line}\n{begins}");
        serde_json::from_str::<Value>(line).unwrap();
    }
    let packed = crate::cli::twicetold_in(
        folder.path(),
        &["dedup", "-", "--input-format", "csv", "--annotate", "-o", "-"],
        text(&folder, "q.csv").as_bytes(),
    );
    assert!(crate::cli::stdout(&packed).starts_with(&begins[0]));
}
