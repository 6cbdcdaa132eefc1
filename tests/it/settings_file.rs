//! `--config FILE.toml`: what the file says, what the command line says, and who wins.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::{stderr, twicetold_in};
use crate::pipeline::fixture;

/// Runs `detect` on the example with these settings in a file and these words behind.
fn detect(settings: &str, words: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("settings.toml"), settings).unwrap();
    std::fs::copy(fixture("examples/article.txt"), folder.path().join("article.txt")).unwrap();
    run(folder.path(), &[&["detect", "article.txt", "--format", "json"], words].concat())
}

fn run(folder: &Path, words: &[&str]) -> Output {
    twicetold_in(folder, &[words, &["--config", "settings.toml"]].concat(), b"")
}

/// The report's settings.
fn config(settings: &str, words: &[&str]) -> Value {
    let output = detect(settings, words);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["config"].clone()
}

/// What is wrong with the settings.
fn refusal(settings: &str, words: &[&str]) -> String {
    let output = detect(settings, words);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    stderr(&output)
}

#[test]
fn an_engine_that_is_typed_replaces_the_file_s_and_so_does_exact() {
    assert_eq!(config("exact = true\n", &["--engine", "bands"])["engine"], "bands");
    assert_eq!(config("engine = \"bands\"\n", &["--exact"])["engine"], "exact");
    assert_eq!(config("exact = true\n", &[])["engine"], "exact");
}

#[test]
fn a_list_that_is_typed_replaces_the_file_s() {
    let settings = "abbreviation = [\"approx\", \"Bros\"]\nwithout-rule = [\"case\"]\n";
    let rules = |config: &Value| config["rules"].as_array().unwrap().contains(&"case".into());
    let file = config(settings, &[]);
    assert_eq!(file["abbreviations"], serde_json::json!(["approx", "Bros"]));
    assert!(!rules(&file));
    let typed = config(settings, &["--abbreviation", "Ltd", "--without-rule", "digits"]);
    assert_eq!(typed["abbreviations"], serde_json::json!(["Ltd"]));
    assert!(rules(&typed));
}

#[test]
fn a_switch_of_the_file_can_be_undone() {
    assert_eq!(config("no-runs = true\n", &[])["runs"], false);
    assert_eq!(config("no-runs = true\n", &["--runs"])["runs"], true);
    assert_eq!(detect("exit-code = true\n", &[]).status.code(), Some(1));
    assert_eq!(detect("exit-code = true\n", &["--no-exit-code"]).status.code(), Some(0));
}

#[test]
fn a_wrong_value_names_the_file_the_line_and_the_setting() {
    for (settings, expected) in [
        ("\nthreshold = \"high\"\n", "settings.toml:2: expected threshold: invalid value 'high'"),
        ("threshold = 7\n", "settings.toml:1: `threshold` must be more than 0"),
        ("profile = \"loose\"\n", "settings.toml:1: `profile` must be one of paraphrase"),
        ("with-rule = \"none\"\n", "settings.toml:1: `with-rule` must be one of tags"),
        ("threshold = true\n", "settings.toml:1: expected a string or a number for threshold"),
        ("strict = 1\n", "settings.toml:1: expected true or false for strict"),
        ("exact = true\nengine = \"bands\"\n", "settings.toml:1: expected either exact or engine"),
        ("a = \n", "settings.toml:1: expected TOML"),
        ("config = \"b.toml\"\n", "settings.toml:1: expected the name of a setting"),
        ("treshold = 0.9\n", "settings.toml:1: expected the name of a setting, not \"treshold\""),
    ] {
        let message = refusal(settings, &[]);
        assert!(message.starts_with(&format!("twicetold: {expected}")), "{message}");
    }
}

#[test]
fn a_wrong_value_on_the_command_line_is_not_the_file_s_fault() {
    let message = refusal("threshold = 0.5\n", &["--threshold", "7"]);
    assert!(message.starts_with("twicetold: `threshold` must be"), "{message}");
}

#[test]
fn one_file_serves_several_commands() {
    let folder = tempfile::tempdir().unwrap();
    let settings = "profile = \"near\"\ntop = 3\nexit-code = true\ncorpus = [\"nowhere\"]\n";
    std::fs::write(folder.path().join("settings.toml"), settings).unwrap();
    let output =
        run(folder.path(), &["explain", "One word.", "Other word.", "--corpus=settings.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = twicetold_in(folder.path(), &["detect", "--config", "settings.toml"], b"Words.\n");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}
