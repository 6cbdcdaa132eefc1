//! What is broken: files, encodings, limits.

use proptest::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::config::Format;
use crate::error::ErrorKind;

use super::super::streams::tests::{bzip2, gzip, lzma_file, xz};
use super::super::zstd::tests::zstd;
use super::*;

fn patient() -> InputConfig {
    InputConfig { keep_going: true, ..InputConfig::default() }
}

fn strict() -> InputConfig {
    InputConfig { strict: true, ..InputConfig::default() }
}

/// Records that do not compress to nothing.
fn records(count: usize) -> String {
    let record = |n: usize| format!("{{\"text\": \"{:x}\"}}", xxh3_64(n.to_string().as_bytes()));
    let records: Vec<_> = (0..count).map(record).collect();
    records.join("\n") + "\n"
}

#[test]
fn a_missing_file_is_an_error_or_a_skip() {
    let folder = Folder::with("a.txt", "Text.");
    let (missing, present) = (folder.path("missing.txt"), folder.path("a.txt"));
    let error = read(&[&missing, &present], &InputConfig::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io(_)));
    assert_eq!(error.place().unwrap().path, missing);
    let corpus = read(&[&missing, &present], &patient()).unwrap();
    assert_eq!(texts(&corpus), ["Text."]);
    assert_eq!(corpus.skipped()[0].path, missing.to_str().unwrap());
    assert!(!corpus.skipped()[0].reason.contains("missing.txt"), "the path is not said twice");
}

#[test]
fn a_truncated_file_is_an_error_or_keeps_what_was_read() {
    let json = records(20_000);
    for (name, stored) in [
        ("a.jsonl.gz", gzip(json.as_bytes())),
        ("a.jsonl.zst", zstd(json.as_bytes())),
        ("a.jsonl.bz2", bzip2(json.as_bytes())),
        ("a.jsonl.xz", xz(json.as_bytes())),
    ] {
        let cut = &stored[..stored.len() - 20];
        let error = read_file(name, cut, &InputConfig::default()).unwrap_err();
        assert!(error.to_string().contains("ends early"), "{error}");
        let corpus = read_file(name, cut, &patient()).unwrap();
        assert!(corpus.documents().len() > 1000, "{}", corpus.documents().len());
        assert!(json.contains(texts(&corpus).last().unwrap()));
        assert_eq!(reasons(&corpus), [(None, "ends early: the compressed data is cut off")]);
        let file = &corpus.files()[0];
        assert_eq!((file.bytes, file.xxh3), (cut.len() as u64, xxh3_64(cut)));
    }
    let small = gzip(records(20).as_bytes());
    let corpus = read_file("a.jsonl.gz", &small[..small.len() - 9], &patient()).unwrap();
    assert!(corpus.documents().len() > 10, "{}", corpus.documents().len());
    assert_eq!(corpus.skipped_total(), 1);
    let error = read_file("a.jsonl.gz", "", &InputConfig::default()).unwrap_err();
    assert!(error.to_string().contains("ends early"), "{error}");
}

#[test]
fn a_bomb_is_refused_in_every_format() {
    let bomb = gzip(&vec![0; 100 << 20]);
    let config = |format| InputConfig { format: Some(format), ..InputConfig::default() };
    for format in [Format::Lines, Format::Json, Format::Jsonl, Format::Csv, Format::Text] {
        let mut config = InputConfig { encoding: Some("utf-8".into()), ..config(format) };
        let error = read_file("bomb.gz", &bomb, &config).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{error}");
        assert!(error.to_string().contains("more than 200 times its size"), "{error}");
        config.keep_going = true;
        let corpus = read_file("bomb.gz", &bomb, &config).unwrap();
        assert_eq!(corpus.files()[0].bytes, bomb.len() as u64);
        assert!(corpus.text_bytes() == 0 && corpus.skipped_total() == 1);
    }
}

#[test]
fn a_huge_record_is_skipped_and_the_next_one_read() {
    let small = InputConfig { max_record: 60, ..InputConfig::default() };
    let long = "x".repeat(100_000);
    let json = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Two.\"}}\n");
    let line = format!("{long}\nTwo.\n");
    let csv = format!("text,id\n{long},1\nTwo.,2\n");
    let array = format!("[\n{}]", json.replace("}\n{", "},\n{"));
    for (name, content, line) in
        [("a.jsonl", json, 1), ("a.json", array, 2), ("a.lines", line, 1), ("a.csv", csv, 2)]
    {
        let corpus = read_file(name, &content, &small).unwrap();
        assert_eq!(texts(&corpus), ["Two."], "{name}");
        assert_eq!(corpus.skipped()[0].line, Some(line));
        assert!(corpus.skipped()[0].reason.starts_with("longer than 60 bytes"));
        let error = read_file(name, &content, &InputConfig { strict: true, ..small.clone() });
        assert!(matches!(error.unwrap_err().kind(), ErrorKind::Limit { .. }));
    }
}

#[test]
fn a_text_over_the_limit_of_a_document_is_an_error_or_a_skip() {
    let small = InputConfig { max_document: 10, ..InputConfig::default() };
    let error = read_file("a.txt", "More than ten bytes.", &small).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Limit { .. }));
    let small = InputConfig { keep_going: true, ..small };
    let corpus = read_file("a.txt", "More than ten bytes.", &small).unwrap();
    assert_eq!((corpus.documents().len(), corpus.skipped_total()), (0, 1));
    assert_eq!(corpus.files()[0].bytes, 20);
}

#[test]
fn bad_bytes_are_replaced_and_told_once_a_file() {
    let corpus = read_plainly("a.lines", b"one\n\ntwo \xff\xfe\nthree \xff\n");
    assert_eq!(texts(&corpus)[1], "two \u{fffd}\u{fffd}");
    assert_eq!(corpus.warnings().len(), 1);
    let warning = &corpus.warnings()[0];
    assert!(
        warning.ends_with("a.lines: 3 invalid byte sequences replaced (first in line 3)"),
        "{warning}"
    );
    let error = read_file("a.lines", b"one\n\ntwo \xff\n", &strict()).unwrap_err();
    assert!(error.to_string().contains("a.lines:3: expected valid UTF-8 (at byte 9,"), "{error}");
    let late = [&vec![b'a'; 100_000][..], b"\n\xe2\x82x"].concat();
    let error = read_file("a.lines", late, &strict()).unwrap_err().to_string();
    assert!(error.contains("a.lines:2: expected valid UTF-8 (at byte 100001,"), "{error}");
    let both = InputConfig { keep_going: true, ..strict() };
    assert!(read_file("a.lines", b"\xff", &both).is_err());
}

#[test]
fn utf_16_and_declared_encodings_are_read_in_record_formats_too() {
    let json = "{\"text\": \"naïve 😀\"}\r\n{\"text\": \"b\"}";
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(json.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for name in ["a.jsonl", "unnamed"] {
        assert_eq!(texts(&read_plainly(name, &wide)), ["naïve 😀", "b"]);
    }
    let western = InputConfig { encoding: Some("windows-1252".into()), ..InputConfig::default() };
    let corpus = read_file("a.csv", b"text\ncaf\xe9 \x80\n", &western).unwrap();
    assert_eq!(texts(&corpus), ["café €"]);
    let unknown = InputConfig { encoding: Some("klingon".into()), ..InputConfig::default() };
    let error = read_file("a.txt", "x", &unknown).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Config { setting: "encoding", .. }));
}

#[test]
fn a_binary_file_that_was_named_is_a_skip_or_an_error() {
    let corpus = read_plainly("photo.bin", b"GIF89a\x00\x01");
    assert_eq!(reasons(&corpus), [(None, "binary file")]);
    let error = read_file("photo.bin", b"GIF89a\x00\x01", &strict()).unwrap_err();
    assert!(error.to_string().ends_with("expected text, found a binary file"), "{error}");
}

#[test]
fn a_stray_zero_in_text_is_kept() {
    assert_eq!(texts(&read_plainly("a.txt", "One\0 two three.")), ["One\0 two three."]);
    let late = format!("{}\0", "x".repeat(9000));
    assert_eq!(texts(&read_plainly("unnamed", &late)), [late.as_str()]);
}

#[test]
fn what_follows_compressed_data_and_is_none_is_named() {
    let stored = [&gzip(b"{\"text\": \"One.\"}\n")[..], b"garbage"].concat();
    let error = read_file("a.jsonl.gz", &stored, &InputConfig::default()).unwrap_err().to_string();
    assert!(error.ends_with("a.jsonl.gz: something else follows the gzip data"), "{error}");
    assert_eq!(texts(&read_file("a.jsonl.gz", &stored, &patient()).unwrap()), ["One."]);
}

#[test]
fn a_compression_that_is_not_opened_is_a_counted_skip_in_a_folder_and_an_error_by_itself() {
    let folder = Folder::with("a.txt", "Text.");
    folder.write("b.7z", b"7z\xbc\xaf\x27\x1c\x00\x04");
    let corpus = folder.read(&InputConfig::default()).unwrap();
    assert_eq!((texts(&corpus), corpus.skipped_total()), (vec!["Text."], 1));
    assert_eq!(reasons(&corpus)[0].1, "7z is not supported; unpack the file first");
    assert!(folder.read(&strict()).is_err());
    let error = read(&[&folder.path("b.7z")], &InputConfig::default()).unwrap_err();
    assert!(error.to_string().contains("7z is not supported; unpack"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any damage to a compressed file is an error or other text, never a panic, and all of the file is hashed.
    #[test]
    fn any_damage_to_a_compressed_file_is_survived(
        packed in prop::sample::select(&[gzip as fn(&[u8]) -> Vec<u8>, zstd, bzip2, xz, lzma_file][..]),
        position in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let json = records(100);
        let mut stored = packed(json.as_bytes());
        let position = position.index(stored.len());
        stored[position] = byte;
        let config = InputConfig { format: Some(Format::Lines), ..patient() };
        let corpus = read_file("a.lzma", &stored, &config).unwrap();
        for file in corpus.files() {
            prop_assert_eq!((file.bytes, file.xxh3), (stored.len() as u64, xxh3_64(&stored)));
        }
    }

    #[test]
    fn any_bytes_are_read_in_any_format_without_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        format in prop::sample::select(Format::ALL),
    ) {
        let config = InputConfig { format: Some(format), ..patient() };
        read_stdin(&bytes, &config).unwrap();
    }
}
