//! Outside text is hostile: whatever comes in, a clear message or a report comes out, and never a panic.

use std::io::Write;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;
use twicetold::{Config, Corpus, Profile, detect};

use crate::cli::{stderr, stdout, twicetold_in};
use crate::pipeline::fixture;

fn naughty_strings() -> Vec<String> {
    let text = std::fs::read_to_string(fixture("tests/data/blns.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn naughty_strings_are_reported_in_every_format_without_a_control_character() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = naughty_strings().join("\n");
    lines.push('\n');
    let twice = lines.repeat(2);
    for format in ["text", "json", "jsonl", "html"] {
        let words = ["detect", "--input-format", "lines", "--format", format, "--top", "0"];
        let output = twicetold_in(folder.path(), &words, twice.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = stdout(&output);
        let bad = |c: &char| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
        };
        if format == "text" {
            assert_eq!(text.chars().find(bad), None);
        }
    }
}

#[test]
fn every_profile_takes_naughty_strings() {
    let strings = naughty_strings();
    for &profile in Profile::ALL {
        detect(&Corpus::from_texts(&strings), &Config { profile, ..Config::default() }).unwrap();
    }
}

#[test]
fn a_truncated_archive_is_an_error_and_a_counted_skip_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for i in 0..5_000 {
        writeln!(packer, "Line {i} of a file that will lose its end to a bad network.").unwrap();
    }
    let whole = packer.finish().unwrap();
    std::fs::write(folder.path().join("cut.txt.gz"), &whole[..whole.len() / 2]).unwrap();
    let output = twicetold_in(folder.path(), &["detect", "cut.txt.gz"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cut.txt.gz"), "{}", stderr(&output));
    let output = twicetold_in(folder.path(), &["detect", "cut.txt.gz", "--keep-going"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("cut.txt.gz"));
}

#[test]
fn a_bomb_is_refused_by_its_ratio() {
    let folder = tempfile::tempdir().unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..150 {
        packer.write_all(&zeros).unwrap();
    }
    std::fs::write(folder.path().join("bomb.txt.gz"), packer.finish().unwrap()).unwrap();
    let output = twicetold_in(folder.path(), &["detect", "bomb.txt.gz"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--max-ratio"), "{}", stderr(&output));
}

#[test]
fn a_giant_line_is_cut_flagged_and_loses_nothing() {
    let line = "One more sentence of a line that never seems to end. ".repeat(60_000);
    let folder = tempfile::tempdir().unwrap();
    let words = ["detect", "--format", "json"];
    let output = twicetold_in(folder.path(), &words, line.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("over 1 MB"), "{}", stderr(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["clusters"][0]["places"].as_u64().unwrap() >= 59_900);
}

#[test]
fn an_empty_file_and_random_bytes_are_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.txt"), b"").unwrap();
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..300_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state.to_le_bytes()[7] | 1
        })
        .collect();
    std::fs::write(folder.path().join("noise.txt"), noise).unwrap();
    for name in ["empty.txt", "noise.txt"] {
        let output = twicetold_in(folder.path(), &["detect", name], b"");
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    }
}

#[test]
fn a_mixed_folder_is_read_and_what_is_no_text_is_skipped_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("a.txt", b"The council of the town met twice in the same week to hear the same report.");
    put("b.jsonl", b"{\"text\": \"The council of the town met twice in the same week to hear the same report!\"}\nnot json\n");
    put("c.csv", b"id,text\n1,\"The council of the town met twice, in the same week, to hear the same report.\"\n");
    put("d.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    put(".hidden.txt", b"Hidden words.");
    let output = twicetold_in(folder.path(), &["detect", ".", "--format", "json"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["clusters"][0]["places"], 3);
    assert_eq!(report["input"]["skipped_total"], 2);
    let strict = twicetold_in(folder.path(), &["detect", ".", "--strict"], b"");
    assert_eq!(strict.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.txt");
    std::fs::write(&file, b"words").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&file).is_ok() {
        return; // The superuser reads everything.
    }
    let output = twicetold_in(folder.path(), &["detect", "secret.txt"], b"");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn an_output_folder_that_does_not_exist_is_an_error() {
    let output =
        twicetold_in(Path::new("."), &["detect", "-o", "no/such/folder/out.json"], b"words");
    assert_eq!(output.status.code(), Some(2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_main_job_panic(texts in proptest::collection::vec("\\PC{0,120}|[ -~\\n\\t'\"«»。！]{0,200}", 0..12)) {
        for &profile in Profile::ALL {
            detect(&Corpus::from_texts(&texts), &Config { profile, ..Config::default() }).unwrap();
        }
    }
}
