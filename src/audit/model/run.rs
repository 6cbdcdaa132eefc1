//! How an audit was made, and everything added up.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::audit::decisions::DecisionFile;

/// How an audit was made.
#[derive(Clone, Debug, Serialize)]
pub struct Run {
    /// Every setting that can change the result.
    pub settings: Map<String, Value>,
    /// The files that were read.
    pub files: Vec<RunFile>,
    /// Records that were skipped.
    pub skipped_total: u64,
    /// The first thousand of them.
    pub skipped: Vec<RunSkip>,
    /// What may have been missed.
    pub recall: RunRecall,
    /// The first and the last moment that were asked for.
    pub window: Option<Window>,
    /// Times that lie no further apart are a tie.
    pub clock_tolerance_seconds: i64,
    /// Who carries a sentence so soon after the first had it from somebody else.
    pub embargo_seconds: i64,
    /// Shorter sentences count only beside one that is reused.
    pub minimum_words: u32,
    /// The share of reused words from which an article is wholly derived.
    pub wholly_from: f64,
    /// The share of reused words from which an article is partially derived.
    pub partially_from: f64,
    /// The files of decisions that were followed.
    pub decisions: Vec<DecisionFile>,
    /// What somebody who uses the report must know.
    pub warnings: Vec<String>,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize)]
pub struct RunFile {
    /// Its path as given.
    pub path: String,
    /// What it was read as.
    pub format: &'static str,
    /// Documents in it.
    pub documents: u64,
    /// Its length.
    pub bytes: u64,
    /// XXH3-64 of its bytes.
    pub xxh3: String,
}

/// A record that was skipped.
#[derive(Clone, Debug, Serialize)]
pub struct RunSkip {
    /// The file.
    pub path: String,
    /// The line in it.
    pub line: Option<u64>,
    /// What was wrong.
    pub reason: String,
}

/// What may have been missed.
#[derive(Clone, Debug, Serialize)]
pub struct RunRecall {
    /// `brute_force`, `prefix` or `bands`.
    pub engine: &'static str,
    /// Bands of the signatures; 0 for an exact engine.
    pub bands: u32,
    /// Rows of a band.
    pub rows: u32,
    /// The least similarity of a linked pair.
    pub threshold: f64,
    /// The probability that a pair of that similarity is found.
    pub at_threshold: f64,
    /// What was promised: `recall` of the pairs `at` a similarity.
    pub contract: Map<String, Value>,
    /// The mean over the plan's sample.
    pub expected: f64,
    /// Comparisons that were left to representatives.
    pub capped: u64,
}

/// A window of time; `null` is open.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// Its first moment.
    pub from: Option<String>,
    /// Its last.
    pub to: Option<String>,
}

/// Everything added up. A word of an article counts once, however many articles carried it before.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Totals {
    /// Sources with an article.
    pub sources: u64,
    /// Articles.
    pub articles: u64,
    /// Articles with a date.
    pub dated_articles: u64,
    /// Sentences of every kind.
    pub sentences: u64,
    /// Words of body sentences and quotations.
    pub body_words: u64,
    /// Of them those in sentences that another source carried before.
    pub reused_words: u64,
    /// Of the reused those in sentences that did not change.
    pub verbatim_words: u64,
    /// Of the reused those in sentences that did.
    pub edited_words: u64,
    /// Of the reused those whose origin the article credits.
    pub credited_words: u64,
    /// Words in sentences that another source carries too, where it cannot be told who was first.
    pub undecided_words: u64,
    /// Clusters that nobody rejected.
    pub clusters: u64,
    /// Article pairs that are listed and that nobody rejected.
    pub article_pairs: u64,
    /// Passages.
    pub passages: u64,
    /// Pairs of versions of one article.
    pub own_update_pairs: u64,
    /// Reused sentences in which something changed.
    pub altered: AltersTotals,
}

/// Reused sentences that differ from their origin.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct AltersTotals {
    /// In a number.
    pub numbers: u64,
    /// In a denial.
    pub negations: u64,
    /// In a name.
    pub names: u64,
    /// In the words of a quotation.
    pub quotes: u64,
}
