//! Articles and their sentences.

use serde::{Serialize, Serializer};

use crate::audit::notes::Notes;
use crate::ids::Similarity;

/// How much of an article is whose.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleClass {
    /// Nearly all words are reused.
    Wholly,
    /// A part of them.
    Partially,
    /// Hardly any.
    #[default]
    NonDerived,
    /// What is reused are quotations: both had them from whoever said them.
    CommonSource,
    /// What is reused are stock phrases.
    Incidental,
    /// Much is shared, and who was first cannot be told.
    Undecided,
}

impl ArticleClass {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wholly => "wholly",
            Self::Partially => "partially",
            Self::NonDerived => "non_derived",
            Self::CommonSource => "common_source",
            Self::Incidental => "incidental",
            Self::Undecided => "undecided",
        }
    }
}

/// An article.
#[derive(Clone, Debug, Serialize)]
pub struct Article<'c> {
    /// `a` and sixteen hexadecimal digits of its name and source.
    pub id: String,
    /// Position of its source.
    pub source: u32,
    /// Its title.
    pub title: Option<&'c str>,
    /// Its address.
    pub url: Option<&'c str>,
    /// Who wrote it, as it stands in it.
    pub byline: Option<&'c str>,
    /// When, in ISO 8601.
    pub published: Option<String>,
    /// How exactly: `minute`, `day`, `unknown`.
    pub precision: &'static str,
    /// What its date tells: `given`, `first_seen`, `crawled`, `none`.
    pub basis: &'static str,
    /// Its language, if it is declared or was found.
    pub language: Option<String>,
    /// Its name in the input.
    pub name: String,
    /// Its file.
    pub path: String,
    /// Its first line there.
    pub line: u64,
    /// All its words.
    pub words: u64,
    /// Words of body sentences and quotations.
    pub body_words: u64,
    /// Of them those that another source carried before.
    pub reused_words: u64,
    /// Of the reused those in sentences that did not change.
    pub verbatim_words: u64,
    /// Of the reused those in sentences that did.
    pub edited_words: u64,
    /// Of the reused those of quotations.
    pub reused_quote_words: u64,
    /// Of the reused those whose origin it credits.
    pub credited_words: u64,
    /// Words that its own source carried before, and no other before that.
    pub own_reused_words: u64,
    /// Words that another source carries too, where it cannot be told who was first.
    pub undecided_words: u64,
    /// Words of boilerplate, which are no body words.
    pub boilerplate_words: u64,
    /// The words of its longest run of sentences behind each other that come from one article.
    pub longest_run: u64,
    /// Its reused words by the third of its body in which their sentence begins: lead, middle, end.
    pub reused_by_third: [u64; 3],
    /// How much of it is whose.
    pub class: ArticleClass,
    /// Position of the source that most reused words come from.
    pub origin: Option<u32>,
    /// Every source that words come from, with how many, the most first.
    pub origins: Vec<(u32, u64)>,
    /// What it says of where it has its text.
    pub credits: Vec<String>,
    /// Position of the article that it is a later version of.
    pub update_of: Option<u32>,
    /// XXH3-64 of its raw text.
    pub xxh3: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence<'c>>,
}

/// A sentence at its place.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sentence<'c> {
    /// Its raw text.
    pub text: &'c str,
    /// What it is.
    pub kind: &'static str,
    /// Its first byte in the article's raw text.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// Its words.
    pub words: u32,
    /// Position of its cluster.
    pub cluster: Option<u32>,
    /// Which variant of the cluster.
    pub variant: Option<u32>,
    /// The article that certainly had it first, of another source, and the position of the sentence there.
    pub origin: Option<(u32, u32)>,
    /// What it is called beside its origin.
    pub relation: Option<&'static str>,
    /// How near it is to its origin, if their wordings differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scores: Option<MatchScores>,
    /// What stands beside it.
    pub flags: Notes,
}

/// How near a sentence is to its origin; those of [`PairScores`](crate::pipeline::PairScores).
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct MatchScores {
    /// Weighted Jaccard over word tokens.
    #[serde(serialize_with = "rounded")]
    pub jaccard_idf: Similarity,
    /// Jaccard over character 4-grams.
    #[serde(serialize_with = "rounded")]
    pub jaccard_char4: Similarity,
    /// Share of the origin (by weight) inside matched blocks.
    #[serde(serialize_with = "rounded")]
    pub coverage_a: Similarity,
    /// Share of the sentence inside matched blocks.
    #[serde(serialize_with = "rounded")]
    pub coverage_b: Similarity,
    /// Consecutive tokens that both have.
    pub longest_run: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn rounded<S: Serializer>(similarity: &Similarity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(similarity.rounded())
}
