//! Pairs of articles that share text, and the runs of sentences that they share.

use serde::Serialize;

use super::Certainty;
use crate::audit::notes::Notes;

/// What a pair of articles is.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairClass {
    /// Nearly all words of the later are shared.
    Wholly,
    /// A part of them.
    Partially,
    /// Hardly any.
    #[default]
    NonDerived,
    /// Quotations are shared, or both credit the same third.
    CommonSource,
    /// Stock phrases are shared.
    Incidental,
}

impl PairClass {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wholly => "wholly",
            Self::Partially => "partially",
            Self::NonDerived => "non_derived",
            Self::CommonSource => "common_source",
            Self::Incidental => "incidental",
        }
    }
}

/// Whether the later article says where it has its text.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Credited {
    /// It names the earlier source, or a third that the earlier names too.
    Yes,
    /// It names nobody of these.
    No,
    /// The earlier source has no name that could stand there, or there is no later article.
    #[default]
    Unknown,
}

impl Credited {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// Two articles that share text.
#[derive(Clone, Debug, Serialize)]
pub struct ArticlePair {
    /// `p` and sixteen hexadecimal digits of both ids.
    pub id: String,
    /// Position of the earlier article; where that cannot be told, of that which was read first.
    pub a: u32,
    /// Position of the other.
    pub b: u32,
    /// Seconds between them, whole days where a date is a day; `null` if one is missing.
    pub lag_seconds: Option<i64>,
    /// Whether `a` is earlier for certain.
    pub certainty: Certainty,
    /// Words of `b` in sentences that they share.
    pub words_shared: u64,
    /// Of them those in sentences that are the same.
    pub verbatim_words: u64,
    /// Words of `a` in sentences that they share, of its body words.
    pub share_of_a: f64,
    /// Words of `b` in sentences that they share, of its body words.
    pub share_of_b: f64,
    /// Kendall's tau of the order of the shared sentences: 1 the same, −1 turned round; `null` for one sentence.
    pub order_kept: Option<f64>,
    /// What the pair is.
    pub class: PairClass,
    /// Whether `b` says where it has its text.
    pub credited: Credited,
    /// Whether `b` is a later version of `a`, of the same source.
    pub is_update: bool,
    /// What stands beside any shared sentence.
    pub flags: Notes,
    /// Its first and its last passage.
    pub passages: (u32, u32),
}

/// A run of shared sentences in the same order, with gaps of two sentences at most.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Passage {
    /// Position of the pair.
    pub pair: u32,
    /// The first and the last sentence in `a`.
    pub a: (u32, u32),
    /// The first and the last sentence in `b`.
    pub b: (u32, u32),
    /// Words of `b` in its shared sentences.
    pub words: u64,
    /// Of them those in sentences that are the same.
    pub verbatim_words: u64,
    /// What stands beside any of its sentences.
    pub flags: Notes,
}
