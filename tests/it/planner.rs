//! The plan: what is predicted comes about, whatever the text is, and is told to people and machines.

use std::sync::OnceLock;

use serde_json::Value;
use twicetold::config::{Engine, Format, InputConfig, PairsShown};
use twicetold::pipeline::{Method, Prediction, plan};
use twicetold::read::{Input, read, read_bytes};
use twicetold::synth::{Preset, Synthesis, synthesize};
use twicetold::{Config, Corpus, Profile, detect};

use crate::cli::{stderr, stdout, twicetold, twicetold_in};
use crate::pipeline::fixture;

fn jsonl(records: &[u8]) -> Corpus {
    let input = InputConfig { format: Some(Format::Jsonl), ..InputConfig::default() };
    read_bytes(records, "generated.jsonl", &input).unwrap()
}

fn generated(preset: Preset, count: u64) -> Corpus {
    let mut records = Vec::new();
    synthesize(&Synthesis { count, seed: 8, preset, threads: 1 }, &mut records, None).unwrap();
    jsonl(&records)
}

/// One declaration in hundreds of languages: many scripts, hardly a word in common but among neighbours.
fn declarations() -> Corpus {
    let input = Input::from_argument(fixture("tests/data/udhr.jsonl.zst").as_os_str());
    read(&[input], &InputConfig::default(), &()).unwrap()
}

/// Three kinds of text: scraped news with edited copies, pages made of templates, one text in many languages.
fn corpora() -> &'static [(&'static str, Corpus)] {
    static CORPORA: OnceLock<Vec<(&str, Corpus)>> = OnceLock::new();
    CORPORA.get_or_init(|| {
        vec![
            ("scraped", generated(Preset::Scraped, 12_000)),
            ("templated", generated(Preset::Templated, 12_000)),
            ("declarations", declarations()),
        ]
    })
}

/// Within a factor of two; counts below a thousand are too few to be told from a sample.
fn is_near(predicted: f64, measured: u64) -> bool {
    let measured = u32::try_from(measured).map_or(f64::INFINITY, f64::from).max(1_000.0);
    let predicted = predicted.max(1_000.0);
    predicted <= 2.0 * measured && measured <= 2.0 * predicted
}

/// What is predicted of the engine that is asked for, and what a run of it counts.
fn predicted_and_measured(corpus: &Corpus, config: &Config) -> (Prediction, u64, u64) {
    let planned = plan(corpus, config, &()).unwrap().plan;
    assert!(planned.pilot.sampled < planned.pilot.sentences, "a sample, not the whole");
    let recall = detect(corpus, config).unwrap().recall;
    let chosen = planned.chosen().unwrap().clone();
    assert_eq!(recall.engine, chosen.method.name());
    (chosen, recall.met, recall.candidates)
}

/// Every engine on every corpus, and what of it lies without a factor of two.
fn far_off(profile: Profile, engines: &[Engine]) -> Vec<String> {
    let mut far = Vec::new();
    for (name, corpus) in corpora() {
        for &engine in engines {
            let config = Config { profile, engine, runs: false, ..Config::default() };
            let (predicted, met, candidates) = predicted_and_measured(corpus, &config);
            let counts =
                [("met", predicted.met, met), ("compared", predicted.candidates, candidates)];
            for (what, predicted, measured) in counts {
                if !is_near(predicted, measured) {
                    far.push(format!("{name} {engine:?} {what}: {predicted:.0} for {measured}"));
                }
            }
        }
    }
    far
}

const ENGINES: [Engine; 3] = [Engine::BruteForce, Engine::Prefix, Engine::Bands];

#[test]
fn what_is_predicted_of_words_comes_about_within_a_factor_of_two() {
    assert_eq!(far_off(Profile::Paraphrase, &ENGINES), Vec::<String>::new());
}

#[test]
fn what_is_predicted_of_character_n_grams_comes_about_within_a_factor_of_two() {
    assert_eq!(far_off(Profile::Near, &ENGINES), Vec::<String>::new());
}

#[test]
fn a_plan_does_not_depend_on_threads_and_a_run_follows_it() {
    let (_, corpus) = &corpora()[0];
    let of = |threads| {
        let config = Config { threads, pairs: PairsShown::Star, ..Config::default() };
        plan(corpus, &config, &()).unwrap().plan
    };
    assert_eq!(of(1), of(2));
    let recall = detect(corpus, &Config::default()).unwrap().recall;
    assert_eq!((recall.engine, &recall.reason), (of(1).method.name(), &of(1).reason));
}

#[test]
fn the_plan_of_few_sentences_is_to_compare_them_all() {
    let planned = plan(&generated(Preset::Clean, 500), &Config::default(), &()).unwrap().plan;
    assert!(planned.method.is_exact(), "{:?}", planned.method);
    assert!(planned.predictions.iter().any(|it| matches!(it.method, Method::Bands(_))));
    let nothing = plan(&Corpus::from_texts([""; 0]), &Config::default(), &()).unwrap().plan;
    assert!(nothing.predictions.iter().all(|it| it.met.is_sign_positive()), "no minus nought");
}

#[test]
fn a_plan_reads_like_this() {
    let output = twicetold(&["plan", "examples/article.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    insta::assert_snapshot!("plan", stdout(&output));
}

#[test]
fn a_plan_for_machines_fits_its_published_schema() {
    for words in [&["--engine", "bands"][..], &["--profile", "near"], &["--exact"]] {
        let output =
            twicetold(&[&["plan", "examples/article.txt", "--format", "json"], words].concat());
        let planned: Value = serde_json::from_slice(&output.stdout).unwrap();
        let schema = std::fs::read_to_string(fixture("docs/plan.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&planned).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let chosen = usize::try_from(planned["chosen"].as_u64().unwrap()).unwrap();
        assert!(planned["engines"][chosen]["seconds"].is_number());
    }
}

#[test]
fn a_plan_obeys_settings_and_refuses_a_contract_that_bands_cannot_keep() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("settings.toml"), "profile = \"near\"\nexact = true\n")
        .unwrap();
    let words = ["plan", "--config", "settings.toml", "--format", "json", "-"];
    let output = twicetold_in(folder.path(), &words, b"One line.\nAnother line.\n");
    let planned: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&planned["threshold"], &planned["at"]), (&0.8.into(), &0.8.into()));
    let words = [
        "plan",
        "--engine",
        "bands",
        "--recall",
        "0.9999",
        "--threshold",
        "0.001",
        "--at",
        "0.001",
        "-",
    ];
    let output = twicetold_in(folder.path(), &words, b"One line.\n");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(stderr(&output).contains("recall"), "{}", stderr(&output));
}
