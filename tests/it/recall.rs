//! Every table of `docs/recall.md` is computed here. A test that fails prints the table as it should stand.

use twicetold::candidates::bands::Banding;
use twicetold::config::{Engine, PairsShown, Unit};
use twicetold::ids::Similarity;
use twicetold::pipeline::{PairScores, Weights, explain};
use twicetold::{Config, Corpus, Profile, Report, detect};

use crate::pipeline::fixture;

/// The profiles with the rows that a usual large corpus takes.
const USUAL_ROWS: [(Profile, u32); 3] =
    [(Profile::Paraphrase, 3), (Profile::Noisy, 4), (Profile::Near, 5)];

fn assert_documented(table: &[Vec<String>]) {
    let document = std::fs::read_to_string(fixture("docs/recall.md")).unwrap();
    let lines: Vec<String> = table.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
    let rows = lines.concat();
    assert!(document.contains(&rows), "docs/recall.md should have\n{rows}");
}

fn digits(number: f64, after_the_point: usize) -> String {
    format!("{number:.after_the_point$}").trim_start_matches('0').to_owned()
}

fn two(similarity: Similarity) -> String {
    digits(similarity.number(), 2)
}

fn usual(profile: Profile, rows: u32) -> (Config, Banding) {
    let config = Config { profile, ..Config::default() };
    let banding = Banding::for_contract(config.contract(), rows).unwrap();
    (config, banding)
}

fn shown(banding: Banding) -> String {
    format!("{} × {}", banding.bands, banding.rows)
}

#[test]
fn the_table_of_contracts_is_computed() {
    let row = |(profile, rows)| {
        let (config, banding) = usual(profile, rows);
        let contract = config.contract();
        let threshold = config.threshold();
        vec![
            format!("`{}`", profile.name()),
            format!("{} at {}", two(contract.recall), two(contract.at)),
            shown(banding),
            format!("{} at {}", digits(banding.probability(threshold), 2), two(threshold)),
        ]
    };
    assert_documented(&USUAL_ROWS.map(row));
}

#[test]
fn the_s_curves_are_computed() {
    let row = |(profile, rows)| {
        let (_, banding) = usual(profile, rows);
        let curve = (1..10)
            .map(|tenths| digits(banding.probability(Similarity::ratio(tenths, 10)), 3))
            .collect::<Vec<_>>();
        [vec![format!("`{}`, {}", profile.name(), shown(banding))], curve].concat()
    };
    assert_documented(&USUAL_ROWS.map(row));
}

#[test]
fn what_more_rows_cost_and_save_is_computed() {
    let row = |(profile, rows): (Profile, u32)| {
        let cells = (rows - 1..=rows + 2).map(|rows| {
            let (config, banding) = usual(profile, rows);
            let strangers = 1.0 / banding.probability(Similarity::ratio(1, 10));
            let at_threshold = banding.probability(config.threshold());
            format!("{}: {}, 1 in {strangers:.0}", shown(banding), digits(at_threshold, 2))
        });
        [vec![format!("`{}`", profile.name())], cells.collect()].concat()
    };
    assert_documented(&USUAL_ROWS.map(row));
}

/// The distinct verses of the labelled pairs, as documents.
fn verses() -> Vec<String> {
    let pairs = std::fs::read_to_string(fixture("tests/data/pairs/bible_en_ot.jsonl")).unwrap();
    let texts = pairs.lines().flat_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        ["a", "b"].map(|side| record[side].as_str().unwrap().to_owned())
    });
    texts.collect()
}

/// A run over the verses that links by similarity alone.
fn linked(profile: Profile, percent: u32, engine: Engine) -> Report {
    let at = f64::from(percent) / 100.0;
    let config = Config {
        profile,
        threshold: Some(at),
        at: Some(at),
        recall: Some(0.5),
        engine,
        evalue: None,
        runs: false,
        pairs: PairsShown::All,
        unit: Unit::Line,
        ..Config::default()
    };
    detect(&Corpus::from_texts(verses()), &config).unwrap()
}

fn judged_by(profile: Profile, scores: &PairScores) -> Similarity {
    match profile {
        Profile::Paraphrase => scores.jaccard_idf,
        Profile::Noisy | Profile::Near => scores.jaccard_char4,
    }
}

#[test]
fn the_recall_found_is_the_formula_integrated_over_the_true_similarities() {
    let row = |(profile, percent): (Profile, u32)| {
        let (all, found) =
            (linked(profile, percent, Engine::Exact), linked(profile, percent, Engine::Bands));
        let banding = Banding { bands: found.recall.bands, rows: found.recall.rows };
        let chances = all
            .pairs
            .iter()
            .map(|pair| banding.probability(judged_by(profile, &pair.scores)))
            .collect::<Vec<f64>>();
        let (count, met) = (
            f64::from(u32::try_from(all.pairs.len()).unwrap()),
            f64::from(u32::try_from(found.pairs.len()).unwrap()),
        );
        let expected: f64 = chances.iter().sum();
        let deviation = chances.iter().map(|chance| chance * (1.0 - chance)).sum::<f64>().sqrt();
        // Pairs of one verse share its signature, so they scatter more than independent ones would.
        assert!((met - expected).abs() < 4.0 * deviation + 1.0, "{met} of {expected}±{deviation}");
        vec![
            format!("`{}`", profile.name()),
            digits(f64::from(percent) / 100.0, 2),
            shown(banding),
            all.pairs.len().to_string(),
            digits(banding.probability(Similarity::percent(percent)), 3),
            digits(expected / count, 3),
            digits(met / count, 3),
        ]
    };
    let asked = [
        (Profile::Paraphrase, 30),
        (Profile::Paraphrase, 50),
        (Profile::Paraphrase, 70),
        (Profile::Near, 40),
        (Profile::Near, 50),
        (Profile::Near, 60),
    ];
    assert_documented(&asked.map(row));
}

/// What no score of words sees, or sees only as a flag: kind, one text, other text.
const UNSEEN: [(&str, &str, &str); 6] = [
    (
        "negation",
        "The council of Velmark has approved the new harbour bridge.",
        "The council of Velmark has not approved the new harbour bridge.",
    ),
    (
        "numbers",
        "The storm left 14 villages in the north without power.",
        "The storm left 41 villages in the north without power.",
    ),
    (
        "swapped roles",
        "The rangers of Korvath defeated the riders of Ostrel.",
        "The riders of Ostrel defeated the rangers of Korvath.",
    ),
    (
        "an antonym",
        "Rebel columns were advancing on the capital all through the night.",
        "Rebel columns were retreating from the capital all through the night.",
    ),
    (
        "a hedge",
        "The ministry says that the dam will hold through the winter.",
        "The ministry hopes that the dam may hold through the winter.",
    ),
    (
        "full rewriting",
        "Ferry crews walked out on Friday over unpaid wages.",
        "A pay dispute has halted boat services at the end of this week.",
    ),
];

#[test]
fn what_is_not_seen_is_judged_as_the_table_says() {
    let row = |(kind, one, other): (&str, &str, &str)| {
        let explained = explain((one, other), &Weights::background(), &Config::default()).unwrap();
        let flags =
            explained.flags.iter().map(|flag| format!("`{}`", flag.name())).collect::<Vec<_>>();
        vec![
            kind.to_owned(),
            one.to_owned(),
            other.to_owned(),
            digits(explained.scores.jaccard_idf.number(), 2),
            explained.linked.map_or("no".to_owned(), |_| "yes".to_owned()),
            flags.join(" "),
        ]
    };
    assert_documented(&UNSEEN.map(row));
}
