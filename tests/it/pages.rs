//! Pages and web archives, as the installed program reads them.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{assert_valid, stderr, stdout, twicetold_in};
use crate::pipeline::fixture;

fn data(name: &str) -> Vec<u8> {
    std::fs::read(fixture("tests/data/pages").join(name)).unwrap()
}

/// A record as one member of a compressed archive.
fn member(kind: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let header =
        format!("WARC/1.1\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(&[header.as_bytes(), body, b"\r\n\r\n"].concat()).unwrap();
    member.finish().unwrap()
}

/// A folder with two pages and an archive, which holds a third one and a text.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path: &Path = &folder.path().join("news").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("pages/harbour.html", &data("harbour.html"));
    write("pages/tides.xhtml", &data("tides.xhtml"));
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let uri = "WARC-Target-URI: https://islander.example/2024/bridge-open\r\n";
    let text = "Fishermen, who had to take the long way round by the eastern lock, were the first to cross on foot.\n";
    let archive = [
        member("warcinfo", "", b"software: none\r\n"),
        member("request", uri, b"GET /2024/bridge-open HTTP/1.1\r\n\r\n"),
        member("response", uri, &[http, data("islander.htm").as_slice()].concat()),
        member("conversion", "Content-Type: text/plain\r\n", text.as_bytes()),
    ];
    write("crawl.warc.gz", &archive.concat());
    folder
}

#[test]
fn a_folder_of_pages_and_an_archive_is_reported_as_text() {
    let output = twicetold_in(folder().path(), &["detect", "news"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    insta::assert_snapshot!("pages", format!("{}\n{}", stdout(&output), stderr(&output)));
}

#[test]
fn kinds_formats_and_places_of_pages_stand_in_the_report() {
    let words = ["detect", "news", "--format", "json", "--all-sentences"];
    let output = twicetold_in(folder().path(), &words, b"");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_valid(&report);
    let formats: Vec<_> = report["input"]["files"].as_array().unwrap().iter().collect();
    assert!(formats.iter().any(|file| file["format"] == "warc" && file["documents"] == 2));
    let kind = |start: &str| {
        let sentences = report["sentences"].as_array().unwrap();
        let starts = |sentence: &&Value| sentence["text"].as_str().unwrap().starts_with(start);
        sentences.iter().find(starts).unwrap()["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(kind("The first tram crosses"), "caption");
    assert_eq!(kind("Sign up to our evening"), "boilerplate");
    assert_eq!(kind("Steel"), "table");
    assert_eq!(kind("The engineers say"), "body");
}

#[test]
fn records_are_chosen_on_the_command_line_and_wrong_words_are_refused() {
    let folder = folder();
    let documents = |words: &[&str]| {
        let words = [&["detect", "news/crawl.warc.gz", "--format", "json"], words].concat();
        let output = twicetold_in(folder.path(), &words, b"");
        assert!(output.status.success(), "{}", stderr(&output));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["input"]["documents"].as_u64().unwrap()
    };
    assert_eq!(documents(&[]), 2);
    assert_eq!(documents(&["--warc-type", "conversion"]), 1);
    assert_eq!(documents(&["--warc-type=response,resource", "--warc-status", "200,203"]), 1);
    assert_eq!(documents(&["--warc-status", "404"]), 1);
    let output = twicetold_in(folder.path(), &["detect", "news", "--warc-type", "request"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("one of response, conversion, resource"),
        "{}",
        stderr(&output)
    );
}
