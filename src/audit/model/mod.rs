//! What an audit says, complete and in order: the tables of every export, and what the page is made of.
//!
//! Positions in tables are numbers, ids are texts that are the same in every run. Words are those of body sentences and quotations; text of other
//! kinds is counted apart. Shares are numbers from 0 to 1 with four decimals; lags are seconds.

mod article;
mod pair;
mod run;
mod source;
mod story;

use serde::Serialize;

use super::decisions::Decision;

pub use article::{Article, ArticleClass, MatchScores, Sentence};
pub use pair::{ArticlePair, Credited, PairClass, Passage};
pub use run::{AltersTotals, Run, RunFile, RunRecall, RunSkip, Totals, Window};
pub use source::{Classes, Source, SourceEdge};
pub use story::{BoilerplateText, Certainty, Cluster, First, SentenceKey, Value, Variant};

/// The schema of `audit.json`.
pub const AUDIT_SCHEMA: &str = "twicetold.audit/1";

/// An audit.
#[derive(Clone, Debug, Serialize)]
pub struct Audit<'c> {
    /// [`AUDIT_SCHEMA`].
    pub schema: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// How it was made.
    pub run: Run,
    /// Everything added up.
    pub totals: Totals,
    /// Who publishes, in the order of first appearance.
    pub sources: Vec<Source>,
    /// What was published, in the order of input.
    pub articles: Vec<Article<'c>>,
    /// Sentences that several articles carry, in the order of first occurrence.
    pub clusters: Vec<Cluster<'c>>,
    /// Runs of sentences that two articles share, by pair.
    pub passages: Vec<Passage>,
    /// Articles that share text, by the later one.
    pub article_pairs: Vec<ArticlePair>,
    /// Whose text stands later in whose articles, by both sources.
    pub source_edges: Vec<SourceEdge>,
    /// What stands on many pages and was left out.
    pub boilerplate: Vec<BoilerplateText<'c>>,
    /// What persons decided before, by id; also of what is not here.
    pub decisions: Vec<Decision>,
}

impl Audit<'_> {
    /// What was decided of an id.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        let found = self.decisions.binary_search_by(|decision| decision.id.as_str().cmp(id));
        found.ok().map(|at| &self.decisions[at])
    }

    /// What was decided of two wordings, in whatever order.
    pub fn decision_of_wordings(&self, a: SentenceKey, b: SentenceKey) -> Option<&Decision> {
        if self.decisions.is_empty() || a == b {
            return None;
        }
        self.decision(&format!("{a}:{b}")).or_else(|| self.decision(&format!("{b}:{a}")))
    }
}

/// Part of a whole, from 0 to 1 with four decimals; 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    crate::ids::Similarity::ratio(part, whole).rounded()
}
