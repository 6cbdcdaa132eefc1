//! Sentences that travel, and those that stay on their site.

use serde::{Serialize, Serializer};

use crate::audit::notes::Notes;

/// How sure it is that something was first.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Everything else is certainly later.
    Certain,
    /// Several are too near to each other.
    Tie,
    /// A date is missing.
    #[default]
    Unknown,
}

impl Certainty {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Tie => "tie",
            Self::Unknown => "unknown",
        }
    }
}

/// A sentence that several articles carry.
#[derive(Clone, Debug, Serialize)]
pub struct Cluster<'c> {
    /// `c` and the hexadecimal digits of its representative's key.
    pub id: String,
    /// What it is at its first place: `body`, `quote`, `caption`.
    pub kind: &'static str,
    /// Articles that carry it.
    pub articles: u64,
    /// Sources of them.
    pub sources: u64,
    /// Who had it first.
    pub first: First,
    /// The latest moment, in ISO 8601.
    pub last_published: Option<String>,
    /// Seconds from the first to the second source that carries it.
    pub to_second_source: Option<i64>,
    /// To the fifth.
    pub to_fifth_source: Option<i64>,
    /// To the tenth.
    pub to_tenth_source: Option<i64>,
    /// Article, sentence and variant, in the order of time; those without a date come last.
    pub members: Vec<(u32, u32, u32)>,
    /// Its wordings, in the order of time.
    pub variants: Vec<Variant<'c>>,
    /// The figures that differ between its wordings, in the order of their first carriers; none if none does.
    pub values: Vec<Value>,
    /// The least similarity to the representative.
    pub min_similarity: f64,
    /// The mean similarity to it.
    pub mean_similarity: f64,
    /// What stands beside any variant.
    pub flags: Notes,
}

/// Who had a sentence first.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct First {
    /// The earliest article.
    pub article: u32,
    /// The sentence there.
    pub sentence: u32,
    /// Whether it was the first for certain.
    pub certainty: Certainty,
}

/// A figure that differs between the wordings of a cluster, or several that differ together.
#[expect(clippy::struct_field_names, reason = "the names of columns")]
#[derive(Clone, Debug, Serialize)]
pub struct Value {
    /// The number, or all of them with ` · ` between; empty where the others have one that is nowhere here.
    pub value: String,
    /// Articles that carry it.
    pub articles: u64,
    /// Sources of them.
    pub sources: u64,
    /// Its earliest place: article and sentence.
    pub first: (u32, u32),
    /// The latest moment, in ISO 8601.
    pub last_published: Option<String>,
    /// The wordings that give it.
    pub variants: Vec<u32>,
    /// The first later article of the source that had it first that carries another.
    pub corrected_by: Option<u32>,
    /// Articles that carry it and are certainly later than that.
    pub articles_after: u64,
}

/// The id of a distinct sentence: `s` and the sixteen hexadecimal digits of its key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SentenceKey(pub(in crate::audit) u64);

impl std::fmt::Display for SentenceKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "s{:016x}", self.0)
    }
}

/// A text.
impl Serialize for SentenceKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A wording of a cluster.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Variant<'c> {
    /// Its id.
    pub id: SentenceKey,
    /// The text at its earliest place.
    pub text: &'c str,
    /// Its places.
    pub count: u64,
    /// Sources of them.
    pub sources: u64,
    /// Its earliest place: article and sentence.
    pub first: (u32, u32),
    /// What it is called beside the first variant.
    pub relation: &'static str,
    /// What differs from the first variant, and what it is.
    pub flags: Notes,
}

/// A text that stands on many pages.
#[derive(Clone, Debug, Serialize)]
pub struct BoilerplateText<'c> {
    /// `b` and the hexadecimal digits of its key.
    pub id: String,
    /// The text at its first place.
    pub text: &'c str,
    /// `boilerplate`; `body` where somebody decided that it is text.
    pub kind: &'static str,
    /// The sources that carry it, each with how many articles, the most first.
    pub sources: Vec<(u32, u64)>,
    /// Articles that carry it.
    pub articles: u64,
    /// Words of all its places.
    pub words: u64,
}
