//! `--memory`: less of it is held, and nothing else changes.

use std::path::Path;

use crate::cli::{stderr, twicetold_in};

fn run(folder: &Path, words: &[&str]) {
    let output = twicetold_in(folder, words, b"");
    assert!(output.status.success(), "{words:?}: {}", stderr(&output));
}

#[test]
fn the_same_bytes_come_out_of_less_memory() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["synth", "--count", "60000", "--output", "in.jsonl"]);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    // Tables of more than a quarter of the bound lie in files.
    for (words, out) in [
        (&["detect", "--profile", "near", "--format", "json"][..], "report"),
        (&["dedup", "--quiet"], "left"),
    ] {
        let [plain, bounded] = ["", "-64M"].map(|bound| format!("{out}{bound}.jsonl"));
        run(folder.path(), &[words, &["in.jsonl", "-o", &plain]].concat());
        run(
            folder.path(),
            &[words, &["in.jsonl", "-o", &bounded, "--memory", "64M", "--tmp", "."]].concat(),
        );
        assert_eq!(bytes(&plain), bytes(&bounded), "{words:?}");
    }
    assert_eq!(bytes("left.jsonl.removed.jsonl"), bytes("left-64M.jsonl.removed.jsonl"));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        7,
        "files of tables have no names"
    );
}

#[test]
fn files_that_are_memory_themselves_are_a_word_of_warning() {
    let words = ["detect", "examples/article.txt", "--memory", "64M", "--tmp"];
    let said = |folder: &str| {
        let output = crate::cli::twicetold(&[&words[..], &[folder]].concat());
        assert_eq!(output.status.code(), Some(0));
        stderr(&output)
    };
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap();
    if mounts.lines().any(|line| line.starts_with("tmpfs /dev/shm ")) {
        assert!(said("/dev/shm").contains("files there are memory too"), "{}", said("/dev/shm"));
    }
    let on_disk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    assert!(!said(on_disk.path().to_str().unwrap()).contains("memory"));
}

#[test]
fn a_bound_that_cannot_be_held_is_an_error() {
    for (words, said) in [
        (&["--memory", "3 sheep"][..], "a size of 64M or more"),
        (&["--memory", "1M"], "a size of 64M or more"),
        (&["--memory", "64M", "--tmp", "no/such/folder"], "no/such/folder"),
        (&["--memory", "64M", "--tmp", "Cargo.toml"], "Cargo.toml"),
    ] {
        let words = [&["detect", "examples/article.txt"], words].concat();
        let output = crate::cli::twicetold(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).contains(said), "{words:?}: {}", stderr(&output));
    }
}
