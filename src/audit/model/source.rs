//! Sources, and whose text stands in whose articles.

use serde::Serialize;

/// A source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Source {
    /// Its id: that of the table of sources, else its name in the corpus.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// The house that it belongs to.
    pub family: String,
    /// Its country.
    pub country: String,
    /// Its language.
    pub language: String,
    /// Whose copy it may use.
    pub licensed_from: Vec<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its articles.
    pub articles: u64,
    /// Words of them.
    pub body_words: u64,
    /// Of them those that another source carried before.
    pub reused_words: u64,
    /// Of the reused those in sentences that did not change.
    pub verbatim_words: u64,
    /// Of the reused those whose origin is credited.
    pub credited_words: u64,
    /// Words that it carried before itself, and no other source before that.
    pub own_reused_words: u64,
    /// Words that are shared, where it cannot be told who was first.
    pub undecided_words: u64,
    /// Words of boilerplate, which are no body words.
    pub boilerplate_words: u64,
    /// The mean over its articles of 1 − reused words / body words; those without a body are left out, and `null` if all are.
    pub originality_mean: Option<f64>,
    /// The median of the same.
    pub originality_median: Option<f64>,
    /// Its articles by class.
    pub classes: Classes,
    /// Sentences of several sources that it certainly had first.
    pub first_count: u64,
    /// The median time from the article that most of an article's reused words come from.
    pub median_lag_seconds: Option<i64>,
}

/// Articles by class.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Classes {
    /// Nearly all words are reused.
    pub wholly: u64,
    /// A part of them.
    pub partially: u64,
    /// Hardly any.
    pub non_derived: u64,
    /// What is shared are quotations.
    pub common_source: u64,
    /// What is shared are stock phrases.
    pub incidental: u64,
    /// Who was first cannot be told.
    pub undecided: u64,
}

/// Text of one source that stood later in articles of another, over all pairs of their articles.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceEdge {
    /// Position of the earlier source.
    pub from: u32,
    /// Position of the later one.
    pub to: u32,
    /// Articles of the earlier of which something stands later in the other.
    pub from_articles: u64,
    /// The share of all its articles.
    pub from_share: f64,
    /// Articles of the later in which something of the earlier stands.
    pub to_articles: u64,
    /// The share of all its articles.
    pub to_share: f64,
    /// Pairs of articles that share a sentence which the earlier certainly had before the later's source had it at all.
    pub edges: u64,
    /// Words of the later that the earlier carried before, each once.
    pub words: u64,
    /// Of them those in sentences that did not change.
    pub verbatim: u64,
    /// The median time between the articles of a pair, in whole minutes.
    pub lag_median: Option<i64>,
    /// The time that a tenth of the pairs does not reach.
    pub lag_p10: Option<i64>,
    /// The time that nine tenths of the pairs do not exceed.
    pub lag_p90: Option<i64>,
    /// Pairs whose earlier article was the first of all with some sentence of the later.
    pub first_only_edges: u64,
    /// Pairs whose later article credits the earlier source.
    pub credited_edges: u64,
    /// Pairs of articles that share text, of which it cannot be told who was first; the same in both directions.
    pub undecided_edges: u64,
    /// Sentences of the later with other numbers than the earlier had.
    pub changed_numbers: u64,
    /// With another denial.
    pub changed_negations: u64,
    /// With other names.
    pub changed_names: u64,
    /// With other words between quotation marks.
    pub changed_quotes: u64,
}
