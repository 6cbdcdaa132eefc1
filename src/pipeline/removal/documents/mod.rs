//! Which documents go: a document is the set of its distinct sentences, and goes in favour of one that has nine tenths of its words.
//!
//! Sentences are equal here if one may go in favour of the other, by the rules for sentences. Two documents are *near* if each has nine
//! tenths of the other's words, *contained* if one of them has; sentences that a share of a source's documents carries do not
//! count for that: what else the one that goes has must be shared too. A number, a name or a negation in which two sentences differ that are
//! else nearly equal keeps both documents; so does one that stands in a short sentence or a line of a table that they do not share, and a statement
//! in the place of [another](replaced). Of near documents the one stays that gives what the other does not.
//!
//! *Versions* of an article (one page by its [address], or a headline that says that it replaces another) are no reuse: of two that share half of the
//! shorter one, the one goes that `--keep` does not ask for, whatever they differ in, if their dates tell which is
//! later. A *stub*, which breaks off or leads on to the full text, goes in favour of that.
//!
//! What holds two texts that share nothing (a live blog, a round-up) is a *collection*: nothing that it holds goes in its favour.

mod address;
mod akin;
mod choice;
mod compared;
mod furniture;
mod overlap;
mod replaced;
mod sets;
mod strays;
mod stubs;
mod verdict;
mod versions;

use rayon::prelude::*;

use super::chosen::Chosen;
use super::judge::Bench;
use super::{Boilerplate, Removable, Removals};
use crate::config::{Config, Numbers, PairsShown, Unit};
use crate::corpus::{Corpus, Sentence, Span};
use crate::error::Result;
use crate::ids::{DocumentId, Similarity};
use crate::pipeline::Searched;
use crate::progress::Progress;
use crate::verify::{Flag, Flags, Relation};
use choice::Choice;
pub(in crate::pipeline) use compared::{Compared, Court};
use furniture::furniture;
use overlap::{Overlap, overlaps};
use sets::{Sets, ranges};
use verdict::Judged;
use versions::Versions;

/// The share of a document's words that another must have: for `near` of both, for `contained` of one.
const NEAR_PERCENT: u64 = 90;
/// The same where documents that are `edited` may go.
const EDITED_PERCENT: u64 = 50;

/// The settings of the search for the sentences that documents are compared by. Numbers that differ are no veto there: of two sentences that are
/// not linked nobody would ask in what they differ.
pub(in crate::pipeline) fn by_sentence(config: &Config) -> Config {
    let numbers = match config.numbers {
        Numbers::Veto => Numbers::Flag,
        Numbers::Flag | Numbers::Ignore => config.numbers,
    };
    Config { unit: Unit::Sentence, pairs: PairsShown::Star, numbers, ..config.clone() }
}

/// Finds the documents that go. `config.unit` is `document`.
pub(super) fn removals(
    corpus: &Corpus,
    config: &Config,
    removable: Removable<'_>,
    progress: &dyn Progress,
) -> Result<Removals> {
    let of_sentences = by_sentence(config);
    crate::pipeline::searched(corpus, &of_sentences, progress, |searched| {
        progress.stage("choosing", None);
        let percent = if removable_is_loose(&removable) { EDITED_PERCENT } else { NEAR_PERCENT };
        Ok(with_overlaps(corpus, searched, removable, percent, |court, found| {
            let compared = found.par_iter().filter_map(|overlap| court.compare(overlap));
            let mut judged: Vec<Judged> = compared.map(|it| court.judge(&it)).collect();
            let choice = Choice::new(court, &mut judged);
            let mut removals = choice.into_removals(court, &judged, searched);
            removals.settings = config.result_settings();
            removals
        }))
    })
}

/// Compares documents for a report, as those are that may go as `link` says: every pair of which half of one is shared, in the order of
/// the texts. `searched` is by sentences.
pub(in crate::pipeline) fn compared<T>(
    corpus: &Corpus,
    searched: &Searched<'_>,
    link: &(dyn Fn(Relation, Flags) -> bool + Sync),
    take: impl FnOnce(&Court<'_>, &[Compared]) -> T,
) -> T {
    let removable = of_sentences(link, 1);
    with_overlaps(corpus, searched, removable, EDITED_PERCENT, |court, found| {
        take(court, &court.compare_all(found))
    })
}

/// What sentences that a link lets go may do.
fn of_sentences(
    link: &(dyn Fn(Relation, Flags) -> bool + Sync),
    minimum_words: u32,
) -> Removable<'_> {
    Removable {
        link,
        minimum_words,
        maximum_words: None,
        protected: &[],
        all_copies: false,
        boilerplate: Boilerplate::Once,
        decided: None,
    }
}

/// Finds the texts of which a share stands in another, and hands them to `take`.
fn with_overlaps<T>(
    corpus: &Corpus,
    searched: &Searched<'_>,
    removable: Removable<'_>,
    percent: u64,
    take: impl FnOnce(&Court<'_>, &[Overlap]) -> T,
) -> T {
    // Sentences are told as near ones are, whatever goes of documents.
    let forgives = |flags: Flags| {
        let is_close = |&&it: &&Relation| it <= Relation::Near;
        let asked = |&it: &Relation| (removable.link)(it, Flags::default());
        let closest = Relation::ALL.iter().filter(is_close).copied().find(asked);
        let closest = closest.or_else(|| Relation::ALL.iter().copied().find(asked));
        closest.is_some_and(|it| (removable.link)(it, flags))
    };
    let link = |relation, flags| relation <= Relation::Near && forgives(flags);
    let of_sentences = of_sentences(&link, searched.comparison.config.minimum_words);
    let bench = Bench::new(corpus, searched, of_sentences);
    let chosen = Chosen::new(&bench, &searched.found.pairs);
    let keeper = |row| chosen.keeper(row);
    let is_boilerplate = |row| bench.flags(row).has(Flag::Boilerplate);
    let limit = searched.comparison.heavy_limit();
    let sets = Sets::new(corpus, searched, keeper, is_boilerplate);
    let versions = version_pairs(corpus, &sets, limit);
    let documents = Bench::new(corpus, searched, removable);
    let places = Places::new(corpus, searched);
    let mut court = Court {
        bench: &documents,
        sets: &sets,
        versions: &versions,
        places: &places,
        is_furniture: &[],
    };
    let least = Similarity::ratio(percent, 100);
    let found = overlaps(&sets, least, limit, |text| court.preference(text), versions.clone());
    let is_furniture = furniture(&sets, &found, is_boilerplate, bench.rows());
    court.is_furniture = &is_furniture;
    take(&court, &found)
}

fn removable_is_loose(removable: &Removable<'_>) -> bool {
    [Relation::Edited, Relation::Reworded].iter().any(|&it| (removable.link)(it, Flags::default()))
}

/// Pairs of texts that have documents which say that they are versions of one article, ascending. Of a long chain those that stand
/// behind each other.
fn version_pairs(corpus: &Corpus, sets: &Sets, limit: usize) -> Vec<(u32, u32)> {
    let mut text_of = vec![u32::MAX; corpus.documents().len()];
    for (text, documents) in (0u32..).zip(sets.documents.rows()) {
        for &document in documents {
            text_of[document as usize] = text;
        }
    }
    let versions = Versions::new(corpus);
    let mut pairs = Vec::new();
    for group in versions.groups() {
        let reach = if group.len() <= limit { group.len() } else { 1 };
        for (at, &first) in group.iter().enumerate() {
            for &second in group.iter().skip(at + 1).take(reach) {
                let (a, b) = (text_of[first as usize], text_of[second as usize]);
                let are_two = a != b && a != u32::MAX && b != u32::MAX;
                if are_two && versions.are_versions(DocumentId::new(first), DocumentId::new(second))
                {
                    pairs.push((a.min(b), a.max(b)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Every document that says something, as one piece of text.
struct Places {
    wholes: Vec<Sentence>,
    /// By document.
    place_of: Vec<u32>,
}

impl Places {
    fn new(corpus: &Corpus, searched: &Searched<'_>) -> Self {
        let sentences = &searched.prepared.sentences;
        let mut places = Self { wholes: Vec::new(), place_of: Vec::new() };
        for range in ranges(&searched.prepared.sentences_of_document) {
            places.place_of.push(u32::try_from(places.wholes.len()).unwrap_or(u32::MAX));
            let of_document = &sentences[range];
            let Some((first, last)) = of_document.first().zip(of_document.last()) else { continue };
            let span = Span { start: first.span.start, end: last.span.end };
            places.wholes.push(Sentence { span, index: 0, ..*first });
        }
        debug_assert_eq!(places.place_of.len(), corpus.documents().len());
        places
    }

    fn of(&self, document: u32) -> u32 {
        self.place_of[document as usize]
    }

    fn whole(&self, document: u32) -> &Sentence {
        &self.wholes[self.of(document) as usize]
    }
}
