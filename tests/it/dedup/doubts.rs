//! Pairs that a careful reader would not want to lose, and pairs that certainly say the same, in many languages.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::cli::{stderr, twicetold_in};

/// The pairs of a file, and the numbers of those of which dedup removes a sentence by default.
fn pairs_and_gone(file: &str) -> (Vec<Value>, BTreeSet<usize>) {
    let pairs: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let record = |(at, pair): (usize, &Value)| {
        ["a", "b"].map(|side| {
            let (id, source) = (format!("{at}{side}"), format!("{side}{at}.example"));
            json!({ "id": id, "source": source, "text": pair[side] }).to_string() + "\n"
        })
    };
    let records: Vec<String> = pairs.iter().enumerate().flat_map(record).collect();
    std::fs::write(folder.path().join("in.jsonl"), records.concat()).unwrap();
    let output = twicetold_in(folder.path(), &["dedup", "in.jsonl", "-o", "out.jsonl", "-q"], b"");
    assert!(output.status.success(), "{}", stderr(&output));
    let ledger = std::fs::read_to_string(folder.path().join("out.jsonl.removed.jsonl")).unwrap();
    let removal = |line: &str| -> Option<usize> {
        let removal: Value = serde_json::from_str(line).unwrap();
        removal["document"].as_str()?.trim_end_matches(['a', 'b']).parse().ok()
    };
    (pairs, ledger.lines().filter_map(removal).collect())
}

#[test]
fn nothing_goes_whose_twin_says_something_else() {
    let (pairs, gone) = pairs_and_gone(include_str!("../../data/pairs_that_stay.jsonl"));
    let lost: Vec<&Value> = gone.iter().map(|&at| &pairs[at]).collect();
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(pairs.len() > 200);
}

#[test]
fn what_certainly_says_the_same_goes() {
    let (pairs, gone) = pairs_and_gone(include_str!("../../data/pairs_that_go.jsonl"));
    let left: Vec<&Value> =
        (0..pairs.len()).filter(|at| !gone.contains(at)).map(|at| &pairs[at]).collect();
    assert!(left.is_empty(), "{left:#?}");
}
