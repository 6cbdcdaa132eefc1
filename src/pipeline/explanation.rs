//! Why two sentences do or do not match: every fact that the judgement rests on, as plain data.
//!
//! Where a fact exists on both sides it is a pair, the first sentence's part first. The word-level diff is not among the
//! facts: [`word_diff`](crate::report::word_diff) makes it from `texts` and `rules`.

use std::ops::Range;

use crate::config::{Profile, Rule, RuleSet};
use crate::ids::Similarity;
use crate::verify::{Flags, Relation};

use super::PairScores;

/// Everything that is known of one pair of sentences.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Where the sentences come from: `FILE:LINE` or an id; empty for a text that was typed.
    pub labels: (String, String),
    /// The raw texts.
    pub texts: (String, String),
    /// The comparison keys.
    pub keys: (String, String),
    /// The rules that made the keys.
    pub rules: RuleSet,
    /// What those rules did here, in the order of application; only rules without which a key would differ.
    pub rules_that_mattered: Vec<RuleEffect>,
    /// Why they are linked; `None` if they are not.
    pub linked: Option<LinkReason>,
    /// What the link is called; `None` if they are not linked.
    pub relation: Option<Relation>,
    /// What stands beside the scores.
    pub flags: Flags,
    /// Every score.
    pub scores: PairScores,
    /// The similarity that the profile judges by.
    pub similarity: Similarity,
    /// The least similarity of a linked pair.
    pub threshold: Similarity,
    /// Σ of the weights of shared tokens, in nats.
    pub evidence: f64,
    /// The evidence that was asked for, in nats; `None` if none was.
    pub evidence_needed: Option<f64>,
    /// Where the weights come from, in words: `78 sentences of report.json`, `the background table`.
    pub weights_from: String,
    /// Matched blocks of at least two tokens, in the order of the first sentence.
    pub blocks: Vec<MatchedBlock>,
    /// Words of both, the heaviest first.
    pub shared: Vec<WeighedWord>,
    /// Words of the first sentence that the second lacks, and the reverse, the heaviest first.
    pub missing: (Vec<WeighedWord>, Vec<WeighedWord>),
    /// The numbers of each, normalised, sorted.
    pub numbers: (Vec<String>, Vec<String>),
    /// How often each says that something is not so.
    pub negations: (u32, u32),
    /// The capitalised words of each, where case exists.
    pub names: (Vec<String>, Vec<String>),
    /// The other half of the shorter one, where the two are lines of files and both halves together are nearer to the longer one.
    pub split: Option<TogetherWith>,
    /// With what probability a run with each profile over a large corpus would report the pair.
    pub probabilities: Vec<FindingChance>,
}

/// A sentence that stands beside the shorter one, and what both together are to the longer one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TogetherWith {
    /// Its text.
    pub text: String,
    /// The similarity of both together, by the measure of the profile.
    pub similarity: Similarity,
}

/// By which rule a pair is linked.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum LinkReason {
    /// Rule 1: equal keys.
    EqualKeys,
    /// Rule 2: similarity and evidence.
    Similarity,
    /// Rule 3: a shared run, its coverage and evidence.
    SharedRun,
}

impl LinkReason {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EqualKeys => "equal_keys",
            Self::Similarity => "similarity",
            Self::SharedRun => "shared_run",
        }
    }
}

/// A run of tokens that both sentences have in the same order.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchedBlock {
    /// Its tokens in the first sentence, counted from 0.
    pub first: Range<u32>,
    /// Its tokens in the second.
    pub second: Range<u32>,
    /// Its raw text in the first sentence.
    pub text: String,
    /// The weight of its tokens, in nats.
    pub weight: f64,
}

/// A word and what sharing it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct WeighedWord {
    /// The word as it stands in the key.
    pub word: String,
    /// Its weight, in nats.
    pub weight: f64,
}

/// What one rule of the key changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RuleEffect {
    /// The rule.
    pub rule: Rule,
    /// What it did, in words.
    pub effect: String,
}

/// The probability that a run with one profile reports the pair; 0 if it does not link it.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingChance {
    /// The profile whose similarity is searched by.
    pub profile: Profile,
    /// `equal` or `runs` where those channels find the pair for certain; else `brute_force`, `prefix` or `bands`.
    pub engine: &'static str,
    /// Bands of the signatures; 0 where none are needed.
    pub bands: u32,
    /// Rows of a band; 0 where none are needed.
    pub rows: u32,
    /// From 0 to 1.
    pub probability: f64,
}
