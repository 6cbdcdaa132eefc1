//! The explanation as one JSON object, schema `twicetold.explain/1`, published as `docs/explain.schema.json`.

use std::io;
use std::ops::Range;

use serde::Serialize;

use crate::error::Result;
use crate::pipeline::{Explanation, FindingChance, LinkReason, MatchedBlock, WeighedWord};
use crate::report::decimals::rounded;
use crate::report::diff::{Segment, word_diff};
use crate::report::json::found::{Scores, flag_names};
use crate::report::json::write_object;
use crate::verify::Relation;

/// The name and version of the explanation's format.
pub const EXPLANATION_SCHEMA: &str = "twicetold.explain/1";

/// Writes the explanation as one JSON object over lines.
///
/// # Errors
/// If `out` takes no more.
pub fn explanation_json(explanation: &Explanation, out: &mut dyn io::Write) -> Result<()> {
    write_object(&Object::new(explanation), true, out)
}

#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    version: &'static str,
    linked: Option<&'static str>,
    relation: Option<&'static str>,
    flags: Vec<&'static str>,
    similarity: f64,
    threshold: f64,
    evidence: f64,
    evidence_needed: Option<f64>,
    weights_from: &'a str,
    scores: Scores,
    a: Side<'a>,
    b: Side<'a>,
    diff: Vec<DiffSegment<'a>>,
    blocks: Vec<Block<'a>>,
    shared: Vec<Word<'a>>,
    rules: Vec<Effect<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<Split<'a>>,
    probabilities: Vec<Chance>,
}

/// The other half of the shorter one.
#[derive(Serialize)]
struct Split<'a> {
    text: &'a str,
    similarity: f64,
}

impl<'a> Object<'a> {
    fn new(explanation: &'a Explanation) -> Self {
        let (a, b) = Side::both(explanation);
        let (first, second) = &explanation.texts;
        let diff = word_diff(explanation.rules, first, second);
        let effects = explanation.rules_that_mattered.iter();
        Self {
            schema: EXPLANATION_SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            linked: explanation.linked.map(LinkReason::name),
            relation: explanation.relation.map(Relation::name),
            flags: flag_names(explanation.flags),
            similarity: explanation.similarity.rounded(),
            threshold: explanation.threshold.rounded(),
            evidence: rounded(explanation.evidence),
            evidence_needed: explanation.evidence_needed.map(rounded),
            weights_from: &explanation.weights_from,
            scores: Scores::new(&explanation.scores),
            a,
            b,
            diff: diff.into_iter().map(DiffSegment::new).collect(),
            blocks: explanation.blocks.iter().map(Block::new).collect(),
            shared: words(&explanation.shared),
            rules: effects
                .map(|effect| Effect { rule: effect.rule.name(), effect: &effect.effect })
                .collect(),
            split: explanation
                .split
                .as_ref()
                .map(|it| Split { text: &it.text, similarity: it.similarity.rounded() }),
            probabilities: explanation.probabilities.iter().map(Chance::new).collect(),
        }
    }
}

/// What is known of one of the two.
#[derive(Serialize)]
struct Side<'a> {
    label: &'a str,
    text: &'a str,
    key: &'a str,
    missing_in_other: Vec<Word<'a>>,
    numbers: &'a [String],
    negations: u32,
    names: &'a [String],
}

impl<'a> Side<'a> {
    fn both(explanation: &'a Explanation) -> (Self, Self) {
        let Explanation { labels, texts, keys, missing, numbers, negations, names, .. } =
            explanation;
        let first = Self {
            label: &labels.0,
            text: &texts.0,
            key: &keys.0,
            missing_in_other: words(&missing.0),
            numbers: &numbers.0,
            negations: negations.0,
            names: &names.0,
        };
        let second = Self {
            label: &labels.1,
            text: &texts.1,
            key: &keys.1,
            missing_in_other: words(&missing.1),
            numbers: &numbers.1,
            negations: negations.1,
            names: &names.1,
        };
        (first, second)
    }
}

#[derive(Serialize)]
struct DiffSegment<'a> {
    change: &'static str,
    a: &'a str,
    b: &'a str,
}

impl<'a> DiffSegment<'a> {
    const fn new(segment: Segment<'a>) -> Self {
        Self { change: segment.change.name(), a: segment.first, b: segment.second }
    }
}

#[derive(Serialize)]
struct Block<'a> {
    a: [u32; 2],
    b: [u32; 2],
    text: &'a str,
    weight: f64,
}

impl<'a> Block<'a> {
    fn new(block: &'a MatchedBlock) -> Self {
        let bounds = |range: &Range<u32>| [range.start, range.end];
        Self {
            a: bounds(&block.first),
            b: bounds(&block.second),
            text: &block.text,
            weight: rounded(block.weight),
        }
    }
}

#[derive(Serialize)]
struct Word<'a> {
    word: &'a str,
    weight: f64,
}

fn words(words: &[WeighedWord]) -> Vec<Word<'_>> {
    words.iter().map(|word| Word { word: &word.word, weight: rounded(word.weight) }).collect()
}

#[derive(Serialize)]
struct Effect<'a> {
    rule: &'static str,
    effect: &'a str,
}

#[derive(Serialize)]
struct Chance {
    profile: &'static str,
    engine: &'static str,
    bands: u32,
    rows: u32,
    probability: f64,
}

impl Chance {
    fn new(chance: &FindingChance) -> Self {
        Self {
            profile: chance.profile.name(),
            engine: chance.engine,
            bands: chance.bands,
            rows: chance.rows,
            probability: rounded(chance.probability),
        }
    }
}
