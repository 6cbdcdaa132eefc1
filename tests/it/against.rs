//! `detect --against`: what an input shares with a corpus, and nothing else.

use twicetold::config::{Config, Engine, PairsShown, Profile};
use twicetold::corpus::{Corpus, CorpusBuilder};
use twicetold::detect;

use crate::cli::{stdout, twicetold_in};

const FERRY: &str = "The ferry left the harbour of Velmark at dawn with forty passengers.";
const FERRY_AGAIN: &str = "At dawn the ferry left the harbour of Velmark with forty passengers.";
const STORM: &str = "Nobody was hurt in the storm, the police of the island said.";
const WALL: &str = "The council will spend four million crowns on a new harbour wall.";

fn folder(old: &[&str], new: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("old.lines"), old.join("\n")).unwrap();
    std::fs::write(folder.path().join("new.lines"), new.join("\n")).unwrap();
    folder
}

const WORDS: [&str; 6] = ["detect", "new.lines", "--against", "old.lines", "--exit-code", "-q"];

#[test]
fn only_what_the_corpus_has_is_reported_and_the_sides_are_named() {
    // Each side repeats itself; one sentence is shared, reworded.
    let folder = folder(&[FERRY, WALL, WALL], &[STORM, STORM, FERRY_AGAIN]);
    let output = twicetold_in(folder.path(), &WORDS, b"");
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("1 cluster, 2 sentences in 2 places"), "{said}");
    assert!(said.contains("3 documents against 3 of the reference"), "{said}");
    assert!(said.contains("reference: old.lines:1"), "{said}");
    assert!(!said.contains("council") && !said.contains("storm"), "{said}");
    let output = twicetold_in(folder.path(), &[&WORDS[..], &["--format", "json"]].concat(), b"");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let side = |document: &serde_json::Value| document["reference"].as_bool().unwrap();
    let sides: Vec<bool> = report["documents"].as_array().unwrap().iter().map(side).collect();
    assert_eq!(sides, [true, false]);
    assert_eq!(report["input"]["reference_documents"], 3);
}

#[test]
fn what_repeats_itself_on_one_side_alone_is_nothing() {
    for (old, new) in [
        ([FERRY, FERRY_AGAIN], [STORM, WALL]),
        ([STORM, WALL], [FERRY, FERRY]),
        ([STORM; 2], [WALL; 2]),
    ] {
        let output = twicetold_in(folder(&old, &new).path(), &WORDS, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    }
}

#[test]
fn equal_sentences_of_both_sides_are_reported_with_all_their_places() {
    let output = twicetold_in(folder(&[FERRY], &[FERRY, FERRY, STORM]).path(), &WORDS, b"");
    assert!(stdout(&output).contains("1 cluster, 1 sentence in 3 places"), "{}", stdout(&output));
}

/// Variants of one sentence on both sides, far more of them than lists may hold.
fn families() -> Corpus {
    let variant = |side: &str, number: u32| {
        let ports = ["Velmark", "Ostholm", "Grenvik"];
        let port = ports[number as usize % ports.len()];
        format!(
            "The {side}{number} ferry left the harbour of {port} at dawn with forty tired passengers and a cargo of salted fish."
        )
    };
    let mut builder = CorpusBuilder::default();
    for number in 0..60 {
        builder.add_text(&variant("blue", number));
    }
    builder.end_reference();
    for number in 0..60 {
        builder.add_text(&variant("white", number));
    }
    builder.add_text(STORM);
    builder.finish()
}

#[test]
fn whatever_has_a_link_into_the_corpus_is_reported_however_many_there_are() {
    let corpus = families();
    let spoken = |config: Config| {
        let report = detect(&corpus, &config).unwrap();
        let mut spoken: Vec<String> = Vec::new();
        for pair in &report.pairs {
            let side =
                |at: usize| report.documents[report.sentences[at].places[0].document].is_reference;
            assert_ne!(side(pair.a), side(pair.b), "a pair of one side");
            spoken.extend([pair.a, pair.b].map(|at| report.sentences[at].text.clone()));
        }
        spoken.sort();
        spoken.dedup();
        spoken
    };
    for profile in [Profile::Near, Profile::Paraphrase] {
        let config = Config { profile, heavy: 4, evalue: None, ..Config::default() };
        let all =
            spoken(Config { pairs: PairsShown::All, engine: Engine::BruteForce, ..config.clone() });
        assert_eq!(all.len(), 120, "{profile:?}");
        for engine in [Engine::BruteForce, Engine::Prefix, Engine::Bands] {
            assert_eq!(spoken(Config { engine, ..config.clone() }), all, "{profile:?} {engine:?}");
        }
    }
}
