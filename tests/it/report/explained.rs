//! An invented explanation.

use twicetold::{
    config::{Profile, Rule, RuleSet},
    pipeline::{
        Explanation, FindingChance, LinkReason, MatchedBlock, PairScores, RuleEffect, WeighedWord,
    },
    verify::{Flag, Flags, Relation},
};

use super::invented::share;

const FIRST: &str =
    "‘The harbour wall did not give way,’ said Ada Brine, who had counted 14 boats.";
const SECOND: &str =
    "'The harbour wall gave way,' Ada Brine said\u{1b}[5m, having counted 12 boats.";

fn words(words: &[(&str, f64)]) -> Vec<WeighedWord> {
    words.iter().map(|&(word, weight)| WeighedWord { word: word.into(), weight }).collect()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

pub(super) fn explanation() -> Explanation {
    Explanation {
        labels: ("coast.txt:4".into(), "tides.txt:9".into()),
        texts: (FIRST.into(), SECOND.into()),
        keys: (
            "the harbour wall did not give way said ada brine who had counted 14 boats".into(),
            "the harbour wall gave way ada brine said having counted 12 boats".into(),
        ),
        rules: RuleSet::default(),
        rules_that_mattered: vec![RuleEffect {
            rule: Rule::Quotes,
            effect: "2 quotation marks made straight".into(),
        }],
        linked: Some(LinkReason::Similarity),
        relation: Some(Relation::Reworded),
        flags: Flags::default().with(Flag::NumbersDiffer).with(Flag::NegationDiffers),
        scores: PairScores {
            jaccard_idf: share(47),
            jaccard_char4: share(51),
            coverage_a: share(40),
            coverage_b: share(44),
            longest_run: 3,
            word_edit: share(38),
            log10_evalue: -11.2,
        },
        similarity: share(47),
        threshold: share(30),
        evidence: 43.126_78,
        evidence_needed: Some(17.034),
        weights_from: "the background table".into(),
        blocks: vec![MatchedBlock {
            first: 0..3,
            second: 0..3,
            text: "The harbour wall".into(),
            weight: 12.51,
        }],
        shared: words(&[("brine", 9.21), ("harbour", 6.5), ("wall", 5.75), ("the", 0.1)]),
        missing: (words(&[("give", 4.2), ("did", 2.0)]), words(&[("gave", 4.4)])),
        numbers: (strings(&["14"]), strings(&["12"])),
        negations: (1, 0),
        names: (strings(&["Ada", "Brine"]), strings(&["Ada", "Brine"])),
        split: None,
        probabilities: vec![chance("prefix", (0, 0), 1.0), chance("bands", (46, 3), 0.99321)],
    }
}

fn chance(engine: &'static str, (bands, rows): (u32, u32), probability: f64) -> FindingChance {
    FindingChance { profile: Profile::Paraphrase, engine, bands, rows, probability }
}
