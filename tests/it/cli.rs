//! The installed program: words in, words and exit codes out.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::pipeline::fixture;

pub(crate) fn twicetold(words: &[&str]) -> Output {
    twicetold_in(Path::new(env!("CARGO_MANIFEST_DIR")), words, b"")
}

pub(crate) fn twicetold_in(folder: &Path, words: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_twicetold"))
        .args(words)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that fails early closes its input; that is not this test's failure.
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(words: &[&str]) -> Value {
    let output = twicetold(words);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The published schema accepts the report.
pub(crate) fn assert_valid(report: &Value) {
    let schema = std::fs::read_to_string(fixture("docs/report.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_article_is_reported_as_text() {
    let output = twicetold(&["detect", "examples/article.txt"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("article", stdout(&output));
}

#[test]
fn the_article_is_reported_as_json_that_its_schema_accepts() {
    let report = json(&["detect", "examples/article.txt", "--format", "json"]);
    assert_valid(&report);
    assert_eq!(report["schema"], "twicetold.report/1");
    assert_eq!(report["clusters"].as_array().unwrap().len(), 7);
}

#[test]
fn timings_stand_in_the_json_report_and_change_nothing_else() {
    let words = ["detect", "examples/article.txt", "--format", "json"];
    let (mut timed, plain) =
        (json(&[&words[..], &["--timings", "--threads=1"]].concat()), json(&words));
    assert_valid(&timed);
    let timings = timed.as_object_mut().unwrap().remove("timings").unwrap();
    assert_eq!(timed, plain);
    let stages = timings["stages"].as_object().unwrap();
    for stage in ["reading", "segmenting", "weighing", "noting", "clustering", "proving"] {
        assert!(stages.contains_key(stage), "{stage} is not in {stages:?}");
    }
    let sum: f64 = stages.values().map(|seconds| seconds.as_f64().unwrap()).sum();
    assert!(sum <= timings["seconds"].as_f64().unwrap() + 0.02, "{timings}");
    assert_eq!(timings["threads"], 1);
    assert!(timings["candidates"].as_u64().unwrap() >= 8);
}

#[test]
fn timings_of_other_formats_go_to_standard_error_and_only_on_request() {
    let words = ["detect", "examples/article.txt"];
    let (timed, plain) = (twicetold(&[&words[..], &["--timings"]].concat()), twicetold(&words));
    assert_eq!((timed.stdout.clone(), stderr(&plain).as_str()), (plain.stdout, ""));
    let said = stderr(&timed);
    assert!(said.starts_with("reading  ") && said.ends_with(" pairs compared\n"), "{said}");
}

#[test]
fn places_name_the_line_and_the_bytes_of_the_raw_text() {
    let report = json(&["detect", "examples/article.txt", "--format", "json"]);
    let raw = std::fs::read(fixture("examples/article.txt")).unwrap();
    for sentence in report["sentences"].as_array().unwrap() {
        for place in sentence["places"].as_array().unwrap() {
            let at = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
            let text = place.get("text").unwrap_or(&sentence["text"]).as_str().unwrap();
            assert_eq!(&raw[at("start")..at("end")], text.as_bytes());
            let line = memchr::memchr_iter(b'\n', &raw[..at("start")]).count() + 1;
            assert_eq!(at("line"), line);
        }
    }
}

#[test]
fn standard_input_is_read_when_no_input_or_a_dash_is_given() {
    let text = std::fs::read(fixture("examples/article.txt")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for words in [&["detect", "--format", "jsonl"][..], &["detect", "-", "--format", "jsonl"]] {
        let output = twicetold_in(folder.path(), words, &text);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let clusters = stdout(&output)
            .lines()
            .filter(|line| line.starts_with("{\"type\":\"cluster\""))
            .count();
        assert_eq!(clusters, 7);
    }
}

#[test]
fn exit_code_one_says_that_something_was_found() {
    assert_eq!(
        twicetold(&["detect", "examples/article.txt", "--exit-code"]).status.code(),
        Some(1)
    );
    let folder = tempfile::tempdir().unwrap();
    let output =
        twicetold_in(folder.path(), &["detect", "--exit-code"], b"Nothing is said twice here.\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_missing_file_is_an_error_with_its_name_and_leaves_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let output = twicetold_in(folder.path(), &["detect", "nowhere.txt", "-o", "out.txt"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("twicetold: nowhere.txt: "), "{}", stderr(&output));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_bad_setting_is_named_with_its_range() {
    let output = twicetold(&["detect", "examples/article.txt", "--threshold", "0"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "twicetold: `threshold` must be more than 0, at most 1\n");
    let output = twicetold(&["detect", "examples/article.txt", "--threads", "9999999"]);
    assert_eq!(stderr(&output), "twicetold: `threads` must be at most 1024, or 0 for one a core\n");
    let output = twicetold(&["detect", "examples/article.txt", "--evalue", "-1"]);
    assert_eq!(stderr(&output), "twicetold: `evalue` must be more than 0, or off\n");
    let output = twicetold(&["detect", "examples/article.txt", "--profile", "loose"]);
    assert_eq!(stderr(&output), "twicetold: `profile` must be one of paraphrase, noisy, near\n");
}

#[test]
fn a_settings_file_has_every_option_by_name_and_the_command_line_wins() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    std::fs::write(
        &file,
        "profile = \"near\"\nthreshold = 0.9\nno-runs = true\nformat = \"json\"\n",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let report = json(&["detect", "examples/article.txt", "--config", file, "--threshold", "0.85"]);
    assert_eq!(report["config"]["profile"], "near");
    assert_eq!(report["config"]["threshold"], 0.85);
    assert_eq!(report["config"]["runs"], false);
}

#[test]
fn an_unknown_setting_in_a_file_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.toml"), "treshold = 0.9\n").unwrap();
    let output = twicetold_in(folder.path(), &["detect", "--config", "bad.toml"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("bad.toml:1: expected the name of a setting, not \"treshold\""),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_setting_that_says_nothing_or_two_things_is_refused() {
    let refused = |words: &[&str]| {
        let output = twicetold(&[&["detect", "examples/article.txt"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        stderr(&output)
    };
    assert!(refused(&["--lang=xx"]).contains("`lang` must be the code of a language"));
    assert!(refused(&["--abbreviation="]).contains("`abbreviation` must be a word"));
    let twice = "`with-rule` must be a rule once, and";
    assert!(refused(&["--with-rule=diacritics", "--with-rule=diacritics"]).contains(twice));
    assert!(refused(&["--with-rule=case", "--without-rule=case"]).contains(twice));
}

#[test]
fn a_file_that_is_skipped_is_no_record() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.png"), b"\x89PNG\0\0").unwrap();
    std::fs::write(folder.path().join("b.jsonl"), b"1\n2\n").unwrap();
    let said = |name: &str| {
        let text = stdout(&twicetold_in(folder.path(), &["detect", name], b""));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(said("a.png").ends_with("; 1 file skipped"));
    assert!(said(".").ends_with("; 2 records and 1 file skipped"));
}

#[test]
fn places_that_would_look_alike_are_told_with_their_files() {
    let folder = tempfile::tempdir().unwrap();
    let record = "{\"title\": \"Storm\", \"date\": \"2024\", \"text\": \"The storm came at night and took the roofs.\"}\n";
    for name in ["a.jsonl", "b.jsonl"] {
        std::fs::write(folder.path().join(name), record).unwrap();
    }
    let text = stdout(&twicetold_in(folder.path(), &["detect", "a.jsonl", "b.jsonl"], b""));
    for place in ["Storm · 2024 · line 1 · a.jsonl:1", "Storm · 2024 · line 1 · b.jsonl:1"] {
        assert!(text.contains(place), "{text}");
    }
}

#[test]
fn csv_goes_into_a_folder_as_two_tables() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("tables");
    let output = twicetold(&[
        "detect",
        "examples/article.txt",
        "--format",
        "csv",
        "-o",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let rows = |name: &str| csv::Reader::from_path(out.join(name)).unwrap().into_records().count();
    assert_eq!(rows("pairs.csv"), 8);
    assert!(rows("clusters.csv") >= 15);
    let file = out.join("pairs.csv");
    let words = ["detect", "examples/article.txt", "--format", "csv", "-o"];
    let output = twicetold(&[&words[..], &[file.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`output` must be a folder"), "{}", stderr(&output));
}

#[test]
fn of_two_tables_both_are_written_or_neither() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("tables");
    std::fs::create_dir_all(out.join("clusters.csv/in the way")).unwrap();
    std::fs::write(out.join("pairs.csv"), "old").unwrap();
    let article = fixture("examples/article.txt");
    let words = ["detect", article.to_str().unwrap(), "--format", "csv", "-o", "tables"];
    let output = twicetold_in(folder.path(), &words, b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("clusters.csv: "), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(out.join("pairs.csv")).unwrap(), "old");
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 2);
}

#[test]
fn an_input_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    for name in ["in/a.txt", "in/pairs.csv"] {
        std::fs::write(folder.path().join(name), "text\nSome words that stand here once.\n")
            .unwrap();
    }
    for words in [
        &["detect", "in/a.txt", "-o", "in/../in/a.txt"][..],
        &["detect", "in", "-o", "in/a.txt"],
        &["detect", "in", "--format", "csv", "-o", "in"],
        &["detect", "in/*", "-o", "in/a.txt"],
    ] {
        let output = twicetold_in(folder.path(), words, b"");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(
            stderr(&output).contains("`output` must be another file than the inputs"),
            "{}",
            stderr(&output)
        );
    }
    assert_eq!(std::fs::read_dir(folder.path().join("in")).unwrap().count(), 2);
    let text = std::fs::read_to_string(folder.path().join("in/a.txt")).unwrap();
    assert!(text.starts_with("text"));
}

#[test]
fn an_archive_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(5);
    archive.append_data(&mut header, "a.txt", &b"Text."[..]).unwrap();
    std::fs::write(folder.path().join("x.tar"), archive.into_inner().unwrap()).unwrap();
    let output = twicetold_in(folder.path(), &["detect", "x.tar", "-o", "x.tar"], b"");
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("another file than the inputs: x.tar!/a.txt is one"), "{said}");
}

#[test]
fn a_pattern_that_no_shell_expanded_is_expanded() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        let text = "The storm came at night and took the roofs of eleven barns.";
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = twicetold_in(folder.path(), &["detect", "[a-b].txt", "--exit-code"], b"");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("a.txt:1") && stdout(&output).contains("b.txt:1"));
    let output = twicetold_in(folder.path(), &["detect", "*.csv"], b"");
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(2), "twicetold: *.csv: matches no file\n")
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_twicetold"))
        .args(["detect", "examples/article.txt", "--format", "json", "--all-sentences"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn color_is_only_on_request_off_a_terminal() {
    let plain = stdout(&twicetold(&["detect", "examples/article.txt"]));
    let colored = stdout(&twicetold(&["detect", "examples/article.txt", "--color", "always"]));
    assert!(!plain.contains('\u{1b}') && colored.contains('\u{1b}'));
}

#[test]
fn help_names_every_option_and_completions_and_man_are_made_from_it() {
    let help = stdout(&twicetold(&["detect", "--help"]));
    for option in
        ["--profile", "--threshold", "--exact", "--format", "--config", "--strict", "--exit-code"]
    {
        assert!(help.contains(option), "{option}");
    }
    assert!(help.contains("Examples:\n  twicetold detect news/ "));
    assert!(stdout(&twicetold(&["completions", "bash"])).contains("twicetold"));
    let man = stdout(&twicetold(&["man"]));
    assert!(man.contains(".TH") && man.contains("threshold"));
}

#[test]
fn top_limits_what_a_terminal_shows() {
    let shown =
        |top: &str| stdout(&twicetold(&["detect", "examples/article.txt", "--top", top])).len();
    assert!(shown("1") < shown("3") && shown("3") < shown("0"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_device_is_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let full = Path::new("/dev/full");
    let output = twicetold(&["detect", "examples/article.txt", "-o", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("twicetold: /dev/full: No space left"),
        "{}",
        stderr(&output)
    );
    assert!(std::fs::metadata(full).unwrap().file_type().is_char_device());
    let device = std::fs::OpenOptions::new().write(true).open(full).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_twicetold"))
        .args(["detect", "examples/article.txt"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(device)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard output"), "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_an_error() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for words in [&["--help"][..], &["detect", "--help"], &["--version"]] {
        let child = Command::new(env!("CARGO_BIN_EXE_twicetold"))
            .args(words)
            .stdout(full())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).starts_with("twicetold: standard output: "), "{}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_the_old_output_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("out.json"), "old").unwrap();
    // Standard input stays open, so the program is surely still at work.
    let mut child = Command::new(env!("CARGO_BIN_EXE_twicetold"))
        .args(["detect", "-", "--format", "json", "-o", "out.json"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.as_mut().unwrap().write_all(b"Some words.\n").unwrap();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert!(!child.wait().unwrap().success());
    assert_eq!(std::fs::read_to_string(folder.path().join("out.json")).unwrap(), "old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_written_where_it_leads() {
    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("real.txt"), folder.path().join("link.txt"));
    std::fs::write(&target, "old").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let output = twicetold(&["detect", "examples/article.txt", "-o", link.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&target).unwrap().contains("clusters"));
}
