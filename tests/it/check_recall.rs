//! `--check-recall`: what is measured agrees with the formula, with the other engines, and with any number of threads.

use std::sync::OnceLock;

use serde_json::Value;
use twicetold::config::{Engine, Format, InputConfig};
use twicetold::pipeline::{CheckedRecall, Detail, Measured, Report, detect_with};
use twicetold::read::read_bytes;
use twicetold::report::{JsonView, json};
use twicetold::synth::{Preset, Synthesis, synthesize};
use twicetold::{Config, Corpus, Profile};

use crate::cli::{stderr, stdout, twicetold_in};

const CHECKED: Detail = Detail { all_sentences: false, check_recall: true };

/// Generated news with copies of every class of edit, as JSON lines.
fn records() -> &'static [u8] {
    static RECORDS: OnceLock<Vec<u8>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let synthesis = Synthesis { count: 4_000, seed: 5, preset: Preset::Scraped, threads: 1 };
        let mut records = Vec::new();
        synthesize(&synthesis, &mut records, None).unwrap();
        records
    })
}

fn corpus() -> Corpus {
    let input = InputConfig { format: Some(Format::Jsonl), ..InputConfig::default() };
    read_bytes(records(), "generated.jsonl", &input).unwrap()
}

fn checked(config: &Config) -> CheckedRecall {
    detect_with(&corpus(), config, CHECKED, &()).unwrap().recall.checked.unwrap()
}

/// Bands that miss much: half of the pairs at the contract point.
fn few_bands(profile: Profile, at: f64) -> Config {
    Config { profile, recall: Some(0.5), at: Some(at), engine: Engine::Bands, ..Config::default() }
}

fn agrees(measured: &Measured) -> bool {
    (measured.low..=measured.high).contains(&measured.expected.unwrap())
}

#[test]
fn the_formula_over_the_measured_similarities_lies_in_every_interval() {
    for (profile, at) in [(Profile::Paraphrase, 0.4), (Profile::Noisy, 0.5), (Profile::Near, 0.8)] {
        let checked = checked(&few_bands(profile, at));
        let CheckedRecall { sample, planted, kept } = checked;
        for measured in [&sample.linked, &sample.at_contract, &planted] {
            assert!(agrees(measured), "{profile:?} {measured:?}");
        }
        assert!(kept && sample.linked.pairs >= sample.at_contract.pairs);
        // There was something to miss, and it was missed.
        assert!(sample.linked.found < sample.linked.pairs, "{profile:?} {sample:?}");
        assert!(planted.pairs > 100 && planted.found < planted.pairs, "{profile:?} {planted:?}");
        assert!(planted.expected.unwrap() < 0.75, "{profile:?} {planted:?}");
    }
}

#[test]
fn an_exact_engine_misses_nothing_and_still_claims_no_certainty() {
    for (profile, engine) in
        [(Profile::Paraphrase, Engine::Prefix), (Profile::Near, Engine::BruteForce)]
    {
        let checked = checked(&Config { profile, engine, ..Config::default() });
        for measured in [checked.sample.linked, checked.sample.at_contract, checked.planted] {
            assert_eq!(measured.found, measured.pairs, "{profile:?}");
            assert!(measured.pairs > 0 && measured.low < 1.0, "{measured:?}");
        }
        assert!(checked.kept);
    }
}

#[test]
fn the_check_is_the_same_for_one_thread_and_two() {
    let check = |threads| checked(&Config { threads, ..few_bands(Profile::Paraphrase, 0.4) });
    assert_eq!(check(1), check(2));
}

#[test]
fn a_check_adds_its_own_part_to_the_report_and_changes_nothing_else() {
    let config = few_bands(Profile::Paraphrase, 0.4);
    let report = |check_recall| -> Value {
        let detail = Detail { check_recall, ..Detail::default() };
        let report: Report = detect_with(&corpus(), &config, detail, &()).unwrap();
        let mut bytes = Vec::new();
        json(&report, &JsonView::default(), &mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    let (plain, mut checked) = (report(false), report(true));
    assert!(plain["recall"]["checked"].is_null());
    let part = checked["recall"]["checked"].take();
    assert_eq!(part["kept"], true);
    assert_eq!(plain, checked);
}

#[test]
fn little_text_leaves_nothing_to_tell_from_and_is_no_complaint() {
    let corpus = Corpus::from_texts(["The ferry left Velmark harbour at dawn.", "Nobody spoke."]);
    let report = detect_with(&corpus, &Config::default(), CHECKED, &()).unwrap();
    let checked = report.recall.checked.unwrap();
    assert_eq!((checked.sample.sentences, checked.sample.linked.recall), (1, None));
    assert!(checked.kept);
    let empty = detect_with(&Corpus::default(), &Config::default(), CHECKED, &()).unwrap();
    assert!(empty.recall.checked.unwrap().kept);
}

#[test]
fn the_command_says_what_it_measured_and_a_crowd_breaks_no_contract() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &str| {
        let words: Vec<&str> = "detect --input-format jsonl --check-recall --engine bands"
            .split(' ')
            .chain(words.split(' '))
            .collect();
        twicetold_in(folder.path(), &words, records())
    };
    let kept = run("--strict --top 1");
    assert_eq!(kept.status.code(), Some(0), "{}", stderr(&kept));
    assert!(stdout(&kept).contains("checked: 2,000 sentences compared with all: "));
    assert!(stdout(&kept).contains("checked: planted at 0.40: "));
    assert!(!stderr(&kept).contains("not kept"));

    // Nearly everything is of a crowd, and what is of a crowd is compared in full.
    let crowded = run("--heavy 2 --profile near --strict --format json");
    assert_eq!(crowded.status.code(), Some(0), "{}", stderr(&crowded));
    let report: Value = serde_json::from_slice(&crowded.stdout).unwrap();
    assert_eq!(report["recall"]["checked"]["kept"], true);
    crate::cli::assert_valid(&report);
}
