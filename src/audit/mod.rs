//! Who carries whose words, who was first, and what was changed on the way.
//!
//! [`audit`] searches a corpus as [`detect`](crate::detect) does and asks of every sentence of every article which source certainly had it before. The answers
//! are tables: sources, articles, clusters (a sentence and everybody who carries it), pairs of articles with their passages, and pairs of sources
//! over all articles. Nothing is said of intent: the words are "carries", "shares", "earlier".
//!
//! The flow: [`SourceList`] and [`Moment`] say who and when; what is carried is put in the order of time; each article is traced to its origins; pairs and sources
//! are added up. The measures go back to Gaizauskas et al. 2001 (METER: wholly, partially, non-derived), Welbers and van Atteveldt 2022 (`RNewsflow`: directed
//! sources), Cagé, Hervé and Viaud 2020 (originality) and Nicholls 2019 (incidental).

mod address;
mod article_rows;
mod articles;
mod carried;
mod cluster_rows;
mod credit;
mod decisions;
mod edges;
mod first;
mod marks;
mod method;
pub mod model;
mod moment;
mod notes;
mod origin;
mod pairs;
mod passages;
mod policy;
mod quotations;
mod ruled;
mod scratch;
mod source_rows;
mod sources;
mod used;
mod values;
mod versions;

use rayon::prelude::*;

use crate::config::{Across, Config, Unit};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::pipeline::{Groups, grouped};
use crate::progress::Progress;
use edges::Edges;
use first::{Clock, lag};
use model::{Article, ArticlePair, Audit, Passage};
use origin::{Drawn, View, trace};
use ruled::Ruled;
use scratch::Scratch;

pub use decisions::{Decision, DecisionFile, Decisions, Subject, Verdict};
pub use marks::{Mark, Marks, Scope};
pub use moment::{Moment, Precision, seconds};
pub use notes::{Note, Notes};
pub use policy::{Basis, Policy};
pub use sources::{SourceList, SourceRecord, UNKNOWN};
pub use used::{Sharing, Uses, find, uses};

/// Articles that are traced before what they drew is added up.
const STEP: usize = 1_024;
/// Articles of one task.
const TASK: usize = 128;

/// Audits a corpus.
///
/// ```
/// use twicetold::audit::{Policy, audit};
/// use twicetold::corpus::{CorpusBuilder, Metadata};
/// use twicetold::Config;
/// let mut corpus = CorpusBuilder::default();
/// for (source, hour) in [("wire", 9), ("herald", 11)] {
///     let date = Some(format!("2026-03-02T{hour:02}:00:00Z"));
///     let metadata = Metadata { source: Some(source.to_owned()), date, ..Metadata::default() };
///     let text = "The ferry Marietta returned to Velmark on Monday with all passengers unhurt.";
///     corpus.add_text(text).metadata(&metadata);
/// }
/// let corpus = corpus.finish();
/// let found = audit(&corpus, &Config::default(), &Policy::default(), &())?;
/// assert_eq!(found.articles[1].reused_words, 12);
/// assert_eq!(found.sources[0].first_count, 1);
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If a setting is out of range, documents or lines are the unit, or the input exceeds a limit.
pub fn audit<'c>(
    corpus: &'c Corpus,
    config: &Config,
    policy: &Policy,
    progress: &dyn Progress,
) -> Result<Audit<'c>> {
    policy.check()?;
    if config.unit == Unit::Document {
        return Err(Error::config("unit", "sentence or line: an audit looks at sentences"));
    }
    // What a source says twice is no reuse, but shows which articles are versions of one.
    let across = if config.across == Across::Any { Across::Documents } else { config.across };
    let config = Config { across, ..config.clone() };
    grouped(corpus, &config, progress, |groups| Ok(audited(corpus, groups, policy, progress)))
}

fn audited<'c>(
    corpus: &'c Corpus,
    groups: &Groups<'_>,
    policy: &Policy,
    progress: &dyn Progress,
) -> Audit<'c> {
    progress.stage("ordering", None);
    let mut found = articles::articles(corpus, groups, policy);
    let carried = carried::carried(groups, &mut found);
    let ruled = Ruled::new(groups, &mut found, &carried, &policy.decisions);
    if ruled.missing > 0 {
        found.warnings.push(format!(
            "{} of the decisions are of what is not here, and change nothing",
            ruled.missing
        ));
    }
    let view = View {
        groups,
        articles: &found,
        carried: &carried,
        ruled: &ruled,
        clock: Clock::new(policy),
    };
    let told = traced(corpus, &view, policy, progress);
    progress.stage("adding up", None);
    let clusters = cluster_rows::clusters(corpus, &view);
    let Told { articles, pairs, passages, edges } = told;
    let lags: Vec<Option<i64>> = main_lags(&view, &articles);
    let sources = source_rows::sources(&found, policy, &articles, &clusters, &lags);
    Audit {
        schema: model::AUDIT_SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        run: method::run(groups, policy, found.warnings.clone()),
        totals: source_rows::totals(
            &policy.decisions,
            (&sources, &articles),
            (&clusters, &pairs, passages.len()),
        ),
        boilerplate: cluster_rows::boilerplate(corpus, groups, &found),
        source_edges: edges.finish(),
        sources,
        articles,
        clusters,
        passages,
        article_pairs: pairs,
        decisions: policy.decisions.iter().cloned().collect(),
    }
}

/// What tracing gives.
struct Told<'c> {
    articles: Vec<Article<'c>>,
    pairs: Vec<ArticlePair>,
    passages: Vec<Passage>,
    edges: Edges,
}

/// What tracing one article gives.
type One<'c> = (Article<'c>, Vec<Drawn>, Vec<(ArticlePair, Vec<Passage>)>);

/// Traces every article, step by step.
fn traced<'c>(
    corpus: &'c Corpus,
    view: &View<'_>,
    policy: &Policy,
    progress: &dyn Progress,
) -> Told<'c> {
    let all = u32::try_from(view.articles.pieces.len()).unwrap_or(u32::MAX);
    progress.stage("tracing", Some(u64::from(all)));
    let numbers: Vec<u32> = (0..all).collect();
    let mut told = Told {
        articles: Vec::with_capacity(numbers.len()),
        pairs: Vec::new(),
        passages: Vec::new(),
        edges: Edges::new(view.articles),
    };
    let task = |numbers: &[u32]| -> Vec<One<'c>> {
        let mut scratch = Scratch::new(view.articles);
        let traced = numbers.iter().map(|&it| one(corpus, view, policy, (it, &mut scratch)));
        let traced = traced.collect();
        progress.advance(numbers.len() as u64);
        traced
    };
    for step in numbers.chunks(STEP) {
        let traced: Vec<Vec<One<'c>>> = step.par_chunks(TASK).map(task).collect();
        for (&number, (article, drawn, pairs)) in step.iter().zip(traced.into_iter().flatten()) {
            told.edges.add(view, number, &drawn);
            told.articles.push(article);
            for (pair, passages) in pairs {
                add(&mut told, pair, passages);
            }
        }
    }
    told
}

fn one<'c>(
    corpus: &'c Corpus,
    view: &View<'_>,
    policy: &Policy,
    (article, scratch): (u32, &mut Scratch),
) -> One<'c> {
    let traced = trace(view, article, scratch);
    let row = article_rows::row(corpus, view, policy, article, &traced);
    let pairs = traced.partners.iter().filter_map(|&(partner, is_earlier)| {
        let is_update = traced.update_of == Some(partner);
        pairs::pair(view, policy, (partner, article), (is_earlier, is_update))
    });
    (row, traced.drawn, pairs.collect())
}

fn add(told: &mut Told<'_>, mut pair: ArticlePair, passages: Vec<Passage>) {
    let number = u32::try_from(told.pairs.len()).unwrap_or(u32::MAX);
    let first = u32::try_from(told.passages.len()).unwrap_or(u32::MAX);
    let many = u32::try_from(passages.len()).unwrap_or(u32::MAX);
    pair.passages = (first, first + many - 1);
    told.passages.extend(passages.into_iter().map(|it| Passage { pair: number, ..it }));
    told.pairs.push(pair);
}

/// For each article the time from the article that most of its reused words come from.
fn main_lags(view: &View<'_>, articles: &[Article<'_>]) -> Vec<Option<i64>> {
    let of = |(number, article): (u32, &Article<'_>)| {
        let mut words: std::collections::BTreeMap<u32, u64> = std::collections::BTreeMap::new();
        for sentence in &article.sentences {
            if let Some((origin, _)) = sentence.origin {
                *words.entry(origin).or_default() += u64::from(sentence.words);
            }
        }
        let most =
            words.iter().max_by_key(|&(&article, &words)| (words, std::cmp::Reverse(article)));
        most.and_then(|(&origin, _)| lag(view.piece(origin), view.piece(number)))
    };
    (0..).zip(articles).map(of).collect()
}
