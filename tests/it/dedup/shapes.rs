//! What is written has the shape of what was read: arrays of JSON, fields that are reached or joined, compressions.

use std::io::Write as _;
use std::path::Path;

use lzma_rust2::{LzmaOptions, LzmaWriter, XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};

use super::{dedup, folder, text};

const FERRY: &str = "The ferry left the harbour of Velmark at dawn.";
const STORM: &str = "Nobody was hurt in the storm, the police of the island said on Monday.";
const MAYOR: &str = "The mayor of the town thanked everybody who had helped that night.";

/// Writes and restores a file, whose bytes must come back; gives what was written.
fn there_and_back(name: &str, body: &str, words: &[&str]) -> String {
    let folder = folder(&[(name, body)]);
    let out = format!("out-{name}");
    dedup(folder.path(), &[&[name, "-o", &out, "-q"], words].concat());
    let ledger = format!("{out}.removed.jsonl");
    let written = text(&folder, &out);
    dedup(folder.path(), &["--restore", &ledger, &out, "-o", "back", "-q"]);
    assert_eq!(text(&folder, "back"), body);
    written
}

#[test]
fn an_array_stays_one_whichever_of_its_elements_go() {
    let record = |text: &str| json!({ "text": text }).to_string();
    let (ferry, storm, mayor) = (record(FERRY), record(STORM), record(MAYOR));
    for (before, expected) in [
        // The last, two in the middle, all but the first, the first of an array behind another one.
        (format!("[{ferry}, {storm}, {ferry}]\n"), format!("[{ferry}, {storm}]\n")),
        (
            format!("[\n  {ferry},\n  {ferry},\n  {ferry},\n  {storm}\n]"),
            format!("[\n  {ferry},\n  {storm}\n]"),
        ),
        (format!("[{ferry}\n, {ferry}\n, {ferry}\n]"), format!("[{ferry}\n]")),
        (format!("[{ferry}]\n[{ferry}, {storm}]\n"), format!("[{ferry}]\n[{storm}]\n")),
        (format!("[{ferry}]\n[{ferry}]\n"), format!("[{ferry}]\n[]\n")),
        // What is no record stays, and keeps its comma.
        (format!("[{ferry}, {ferry}, {{\"n\": 5}}]"), format!("[{ferry}, {{\"n\": 5}}]")),
        (format!("[{ferry}, {{\"n\": 5}}, {ferry}, {ferry}]"), format!("[{ferry}, {{\"n\": 5}}]")),
        // Objects without an array.
        (
            format!("{ferry}\n{storm}\n{ferry}\n{mayor}\n{mayor}\n"),
            format!("{ferry}\n{storm}\n{mayor}\n"),
        ),
    ] {
        assert_eq!(there_and_back("a.json", &before, &["--input-format", "json"]), expected);
    }
}

#[test]
fn of_an_array_everything_may_go_and_what_is_left_is_an_array() {
    let record = json!({ "text": FERRY }).to_string();
    let before = format!("[{record} , {record},\n{record}\n]\n");
    let written = there_and_back("a.json", &before, &["--drop-all-copies"]);
    assert_eq!(written, "[]\n");
    let records = there_and_back("a.json", &before, &["--empty", "keep"]);
    let records: Vec<Value> = serde_json::from_str(&records).unwrap();
    assert_eq!(records, [json!({ "text": FERRY }), json!({ "text": "" }), json!({ "text": "" })]);
}

#[test]
fn fields_that_are_reached_or_joined_are_cut_where_they_stand() {
    let text = format!("{FERRY} {STORM}");
    let first = json!({ "page": { "body": text }, "title": MAYOR }).to_string();
    for (second, names, expected) in [
        (
            json!({ "page": { "body": format!("{MAYOR} {FERRY}"), "lead": FERRY }, "title": FERRY }),
            "title+page.body",
            json!({ "page": { "body": "", "lead": FERRY }, "title": "" }),
        ),
        (
            json!({ "n": FERRY, "page": { "body": [FERRY, STORM, "Something else was said then."] } }),
            "page.body",
            json!({ "n": FERRY, "page": { "body": ["Something else was said then."] } }),
        ),
        // The title is said after the body, and read before it.
        (
            json!({ "page": { "body": "Something else was said then." }, "title": STORM }),
            "title+page.body",
            json!({ "page": { "body": "Something else was said then." }, "title": "" }),
        ),
    ] {
        let before = format!("{first}\n{second}\n");
        // With names that do not reach the first record's title, the second may keep it.
        let words = ["--text-field", names, "--empty", "keep", "--keep", "first"];
        let written = there_and_back("a.jsonl", &before, &words);
        let mut lines = written.lines();
        assert_eq!(lines.next(), Some(first.as_str()));
        assert_eq!(serde_json::from_str::<Value>(lines.next().unwrap()).unwrap(), expected);
    }
}

#[test]
fn a_record_goes_whole_when_nothing_is_left_of_the_fields_that_were_joined() {
    let first = json!({ "b": STORM, "a": FERRY }).to_string();
    let second = json!({ "n": 7, "b": FERRY, "a": STORM }).to_string();
    let before = format!("{first}\n{second}\n");
    let written = there_and_back("a.jsonl", &before, &["--text-field", "a+b", "--keep", "first"]);
    assert_eq!(written, format!("{first}\n"));
}

fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("zst") => compress_to_vec(bytes, CompressionLevel::Fastest),
        Some("bz2") => {
            let level = bzip2::Compression::default();
            let mut writer = bzip2::write::BzEncoder::new(Vec::new(), level);
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap()
        }
        Some("xz") => {
            let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(1)).unwrap();
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap()
        }
        _ => {
            let options = LzmaOptions::with_preset(1);
            let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, None).unwrap();
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap()
        }
    }
}

#[test]
fn what_was_compressed_is_written_so_and_restored_as_it_was_inside() {
    let body = format!("{FERRY}\n{STORM}\n{FERRY}\n");
    for name in ["a.lines.zst", "a.lines.bz2", "a.lines.xz", "a.lines.lzma"] {
        let folder = folder(&[("in/b.lines", STORM)]);
        let path = folder.path().join("in").join(name);
        std::fs::write(&path, packed(name, body.as_bytes())).unwrap();
        dedup(folder.path(), &["in", "-o", "out", "-q"]);
        let written = std::fs::read(folder.path().join("out").join(name)).unwrap();
        assert_eq!(written[..3], packed(name, b"")[..3], "{name} is compressed as its name says");
        // What was written is read again by its name.
        let again = dedup(folder.path(), &[&format!("out/{name}"), "--dry-run"]);
        assert!(again.contains("removed  0 sentences"), "{again}");
        dedup(folder.path(), &["--restore", "out.removed.jsonl", "out", "-o", "back", "-q"]);
        assert_eq!(text(&folder, "back/a.lines"), body, "{name}");

        dedup(folder.path(), &[&format!("in/{name}"), "--in-place", "-q"]);
        let backup = std::fs::read(format!("{}.bak", path.display())).unwrap();
        assert_eq!(backup, packed(name, body.as_bytes()));
        assert_ne!(std::fs::read(&path).unwrap(), backup);
    }
}

#[test]
fn more_text_than_a_frame_holds_comes_back() {
    let body = format!("{FERRY}\n{}{FERRY}\n", " \n".repeat(3 << 20));
    let folder = folder(&[]);
    std::fs::write(folder.path().join("a.lines.zst"), packed("a.zst", body.as_bytes())).unwrap();
    dedup(folder.path(), &["a.lines.zst", "-o", "out.lines.zst", "-q"]);
    let ledger = ["--restore", "out.lines.zst.removed.jsonl", "out.lines.zst", "-o", "back", "-q"];
    dedup(folder.path(), &ledger);
    assert!(text(&folder, "back") == body);
}
