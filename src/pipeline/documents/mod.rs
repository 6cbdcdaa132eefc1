//! Which documents repeat each other: `detect` with documents as the unit, by the comparison that dedup makes of them.
//!
//! What stands for a sentence in the report is the text of documents that say the very same sentences. Texts are linked where half of
//! the words of both stand in sentences that they share, or nine tenths of one. Those that are `near`, stubs and versions hold clusters
//! together; what is contained in another, or edited, stays a pair.
//!
//! Cost: the search for sentences, and a merge for each pair of texts that share a rare one.

mod tables;

use super::clustering::{Items, Judged, Standing, cluster_judged, link};
use super::removal::documents::{Compared, Court, by_sentence, compared};
use super::results::RecallStatement;
use super::search::FoundPair;
use super::{Detail, Report, Searched, refuse_too_many, searched};
use crate::config::{Config, Numbers};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::ids::Similarity;
use crate::progress::Progress;
use crate::verify::{Channel, Channels, Flag, Flags, Relation};
use tables::Tables;

/// The flags that keep a sentence from standing for another.
const CONFLICTS: [Flag; 4] =
    [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer, Flag::WordsDiffer];

/// Finds, proves and clusters the documents of a corpus that repeat each other. `config.unit` is `document`.
pub(super) fn report(
    corpus: &Corpus,
    config: &Config,
    detail: Detail,
    progress: &dyn Progress,
) -> Result<Report> {
    if detail.check_recall {
        return Err(Error::config(
            "check-recall",
            "left out with unit document: it measures the search for sentences",
        ));
    }
    let of_sentences = by_sentence(config);
    searched(corpus, &of_sentences, progress, |searched| {
        progress.stage("comparing documents", None);
        let link = |relation, flags| stands_for(config.numbers, relation, flags);
        compared(corpus, searched, &link, |court, all| {
            let linked = linked(court, config, all);
            refuse_too_many(config, linked.len())?;
            progress.stage("clustering", None);
            let tables = tables(court, (corpus, config, searched), &linked, detail.all_sentences);
            Ok(Report {
                settings: config.result_settings(),
                input: searched.input(corpus),
                recall: RecallStatement { checked: None, ..searched.recall() },
                documents: tables.documents,
                sentences: tables.texts,
                clusters: tables.clusters,
                pairs: tables.pairs,
            })
        })
    })
}

/// Whether one of two sentences may stand for the other: dedup's rule unless it is told otherwise.
fn stands_for(numbers: Numbers, relation: Relation, flags: Flags) -> bool {
    let counts = |flag: Flag| flag != Flag::NumbersDiffer || numbers != Numbers::Ignore;
    relation <= Relation::Near && !CONFLICTS.iter().any(|&it| flags.has(it) && counts(it))
}

/// The pairs that may be reported.
fn linked(court: &Court<'_>, config: &Config, all: &[Compared]) -> Vec<Compared> {
    let is_vetoed = |it: &Compared| {
        config.numbers == Numbers::Veto && it.differences.all().has(Flag::NumbersDiffer)
    };
    let is_linked = |it: &&Compared| !is_vetoed(it) && meet(court, it.a, it.b);
    all.iter().filter(is_linked).copied().collect()
}

/// Whether a document of one text may repeat one of the other: of two sources if that is asked for, and with a reference one in it and
/// one outside.
fn meet(court: &Court<'_>, a: u32, b: u32) -> bool {
    let stands = |text: u32, in_reference: bool| {
        court.documents(text).iter().any(|&it| court.is_reference(it) == in_reference)
    };
    let has_sides = !court.has_reference()
        || stands(a, true) && stands(b, false)
        || stands(a, false) && stands(b, true);
    has_sides && are_of_two(court, court.documents(a).iter().chain(court.documents(b)).copied())
}

/// Whether copies of a text repeat each other.
fn copies_repeat(court: &Court<'_>, text: u32) -> bool {
    court.documents(text).len() > 1 && meet(court, text, text)
}

/// Whether two of these documents may repeat each other, by `across`.
fn are_of_two(court: &Court<'_>, documents: impl IntoIterator<Item = u32>) -> bool {
    let mut documents = documents.into_iter();
    let first = documents.next();
    first.is_some_and(|first| documents.any(|it| court.are_apart(first, it)))
}

fn tables(
    court: &Court<'_>,
    (corpus, config, searched): (&Corpus, &Config, &Searched<'_>),
    linked: &[Compared],
    all: bool,
) -> Tables {
    let found = |it: &Compared| FoundPair {
        pair: (it.a, it.b),
        similarity: court.overlap(it.a, it.b),
        channels: Channels::of(Channel::Prefix),
    };
    let found: Vec<FoundPair> = linked.iter().map(found).collect();
    let judged = |(found, it): (&FoundPair, &Compared)| (link(found), standing(it));
    let judged: Vec<Judged> = found.iter().zip(linked).map(judged).collect();
    let precedence = |text: u32| {
        let documents = court.documents(text);
        let is_first = documents.iter().any(|&it| court.is_reference(it));
        (u64::from(is_first) << 32) + documents.len() as u64
    };
    let items = Items {
        count: court.texts() as usize,
        precedence: &precedence,
        similarity: &|a, b| court.overlap(a, b),
        strong: Similarity::ZERO,
        many: searched.comparison.heavy_limit(),
    };
    let clustered = cluster_judged(config, &items, (&found, &judged));
    Tables::new(court, (corpus, config, searched), (&clustered, linked), all)
}

/// What a pair means for clusters.
fn standing(compared: &Compared) -> Standing {
    match compared.relation {
        _ if compared.is_stub || compared.is_version => Standing::Joins,
        Relation::Exact | Relation::Near => Standing::Joins,
        Relation::Contained => Standing::Shown,
        Relation::Edited | Relation::Reworded => Standing::Beside,
    }
}
