//! One table of cases through every engine: the same texts, the same linked pairs, whatever proposed them.

use std::collections::BTreeSet;

use twicetold::config::{Across, Engine, Numbers, PairsShown, Unit};
use twicetold::pipeline::{LinkReason, Weights, explain};
use twicetold::{Config, Corpus, Profile, Report, detect};

/// Texts, what is asked, and the pairs of texts that are linked.
struct Case {
    name: &'static str,
    texts: Vec<String>,
    config: Config,
    linked: &'static [(usize, usize)],
}

const ENGINES: [Engine; 5] =
    [Engine::Auto, Engine::Exact, Engine::Prefix, Engine::BruteForce, Engine::Bands];

fn case(
    name: &'static str,
    texts: &[&str],
    linked: &'static [(usize, usize)],
    change: impl FnOnce(&mut Config),
) -> Case {
    // Every pair is reported, and bands miss a pair at the threshold once in ten thousand times.
    let mut config = Config {
        unit: Unit::Line,
        pairs: PairsShown::All,
        recall: Some(0.9999),
        ..Config::default()
    };
    change(&mut config);
    config.at = Some(config.threshold().number());
    Case { name, texts: texts.iter().map(|&text| text.to_owned()).collect(), config, linked }
}

fn default(_: &mut Config) {}

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    vec![
        case("nothing", &[], &[], default),
        case("one sentence", &["The ferry left the harbour at dawn."], &[], default),
        case(
            "equal keys are one sentence and no pair",
            &["The ferry left the harbour at dawn.", "The ferry left  the harbour at dawn"],
            &[],
            default,
        ),
        case(
            "two wordings",
            &[
                "The ferry left the harbour of Velmark at dawn with forty passengers.",
                "At dawn the ferry left the Velmark harbour, with forty passengers on board.",
                "Nobody has read the minutes of the council since the spring.",
            ],
            &[(0, 1)],
            default,
        ),
        case(
            "a sentence of four words is like its copies alone",
            &["The Velmark ferry left.", "The Velmark ferry left again."],
            &[],
            default,
        ),
        case(
            "a shared run of eight words links what it covers",
            &[
                "Velmark ferries will not sail before the storm has passed.",
                "Asked in the evening by a dozen impatient travellers who had been waiting on the quay for hours, the \
                 captain shrugged, lit his pipe and said that ferries will not sail before the storm has passed, \
                 whatever the timetable on the wall of the ticket office promised to people from the hills.",
            ],
            &[(0, 1)],
            default,
        ),
        case(
            "without runs it does not",
            &[
                "Velmark ferries will not sail before the storm has passed.",
                "Asked in the evening by a dozen impatient travellers who had been waiting on the quay for hours, the \
                 captain shrugged, lit his pipe and said that ferries will not sail before the storm has passed, \
                 whatever the timetable on the wall of the ticket office promised to people from the hills.",
            ],
            &[],
            |config| config.runs = false,
        ),
        case(
            "a run of seven words links nothing by itself",
            &[
                "Velmark ferries will not sail before the storm.",
                "Asked in the evening by a dozen impatient travellers who had been waiting on the quay for hours, the \
                 captain shrugged, lit his pipe and said that ferries will not sail before the flood, whatever the \
                 timetable on the wall of the ticket office promised to people from the hills.",
            ],
            &[],
            default,
        ),
        case(
            "a run of characters without spaces",
            &[
                "東京都の港から出る最後の船は嵐のため欠航しました",
                "市長は東京都の港から出る最後の船は嵐のため欠航と述べた",
                "市場では新鮮な魚と野菜が売られています",
            ],
            &[(0, 1)],
            default,
        ),
        case(
            "other numbers, flagged but linked",
            &[
                "The council of Velmark spent 5 million on the new harbour wall.",
                "The council of Velmark spent 7 million on the new harbour wall.",
            ],
            &[(0, 1)],
            default,
        ),
        case(
            "other numbers, vetoed",
            &[
                "The council of Velmark spent 5 million on the new harbour wall.",
                "The council of Velmark spent 7 million on the new harbour wall.",
            ],
            &[],
            |config| config.numbers = Numbers::Veto,
        ),
        case(
            "in two documents, asked for two documents",
            &[
                "The council of Velmark spent 5 million on the new harbour wall.",
                "The council of Velmark spent 7 million on the new harbour wall.",
            ],
            &[(0, 1)],
            |config| config.across = Across::Documents,
        ),
        case(
            "glued and mistyped words",
            &[
                "The ferry left theharbour of Velmark atdawn with forty pasengers.",
                "The ferry left the harbour of Velmark at dawn with forty passengers.",
                "Nobody has read the minutes of the council since the spring.",
            ],
            &[(0, 1)],
            |config| config.profile = Profile::Noisy,
        ),
        case(
            "near asks for nearly everything",
            &[
                "The ferry left the harbour of Velmark at dawn with forty passengers.",
                "The ferry left the harbour of Velmark at dawn with forty passenger.",
                "The ferry left the harbour of Velmark at noon with sixty sailors.",
            ],
            &[(0, 1)],
            |config| config.profile = Profile::Near,
        ),
        case(
            "a threshold of one",
            &[
                "The ferry left the harbour of Velmark at dawn.",
                "At dawn the ferry left the harbour of Velmark.",
                "The ferry left the harbour of Velmark at noon.",
            ],
            &[(0, 1)],
            |config| {
                config.threshold = Some(1.0);
                config.runs = false;
            },
        ),
    ]
}

/// The linked pairs of a report, by the positions of the texts.
fn linked(report: &Report) -> BTreeSet<(usize, usize)> {
    let text = |sentence: usize| -> usize {
        let document = &report.documents[report.sentences[sentence].places[0].document];
        // Texts without a file are named by their number, from 1.
        let number: usize =
            document.id.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        number - 1
    };
    let pairs = report.pairs.iter().map(|pair| (text(pair.a), text(pair.b)));
    pairs.map(|(a, b)| (a.min(b), a.max(b))).collect()
}

#[test]
fn every_engine_links_what_the_table_says() {
    for Case { name, texts, config, linked: expected } in cases() {
        for engine in ENGINES {
            for threads in [1, 2] {
                let config = Config { engine, threads, ..config.clone() };
                let report = detect(&Corpus::from_texts(&texts), &config).unwrap();
                let found = linked(&report);
                assert_eq!(found, expected.iter().copied().collect(), "{name}, {engine:?}");
            }
        }
    }
}

/// Sentences of words of their own around a run that all of them hold.
fn around_a_run(count: usize) -> Vec<String> {
    let run = "ferries will not sail before the storm has passed";
    let own = |i: usize, from: usize| {
        (from..from + 8).map(|at| format!("own{i}x{at}")).collect::<Vec<_>>().join(" ")
    };
    (0..count).map(|i| format!("{} {run} {}", own(i, 0), own(i, 8))).collect()
}

#[test]
fn a_list_of_runs_longer_than_the_limit_keeps_the_links_of_the_short_sentence_in_it() {
    let mut texts = around_a_run(130);
    texts.push("Velmark ferries will not sail before the storm has passed".to_owned());
    for engine in ENGINES {
        let config = Config { engine, heavy: 100, unit: Unit::Line, ..Config::default() };
        let report = detect(&Corpus::from_texts(&texts), &config).unwrap();
        let all = Config { pairs: PairsShown::All, ..config };
        let every = detect(&Corpus::from_texts(&texts), &all).unwrap();
        assert_eq!(every.pairs.len(), 130, "{engine:?}");
        assert_eq!(linked(&report), linked(&every), "{engine:?}");
        assert!(report.recall.capped > 0);
    }
}

#[test]
fn a_contract_that_no_banding_keeps_is_refused() {
    let config = Config {
        engine: Engine::Bands,
        threshold: Some(0.001),
        at: Some(0.001),
        recall: Some(0.99),
        ..Config::default()
    };
    let error = detect(&Corpus::from_texts(["One two three four five six."]), &config).unwrap_err();
    assert!(
        error.to_string().contains("`recall` must be a contract that 1024 bands can keep"),
        "{error}"
    );
}

/// Explaining a pair comes to the judgement that detecting came to, with the same weights.
#[test]
fn what_is_explained_is_what_is_detected() {
    for profile in Profile::ALL {
        for Case { name, texts, config, .. } in cases() {
            let config = Config { profile: *profile, across: Across::Any, at: None, ..config };
            let corpus = Corpus::from_texts(&texts);
            let found = linked(&detect(&corpus, &config).unwrap());
            let weights = Weights::of_corpus(&corpus, &config, "the table").unwrap();
            for (a, b) in (0..texts.len()).flat_map(|b| (0..b).map(move |a| (a, b))) {
                let explained = explain((&texts[a], &texts[b]), &weights, &config).unwrap();
                let linked = explained.linked.filter(|reason| *reason != LinkReason::EqualKeys);
                assert_eq!(linked.is_some(), found.contains(&(a, b)), "{name}, {profile:?}");
                let own = explained.probabilities.iter().find(|chance| chance.profile == *profile);
                assert_eq!(own.unwrap().probability > 0.0, explained.linked.is_some(), "{name}");
            }
        }
    }
}
