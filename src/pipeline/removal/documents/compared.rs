//! How two texts that share sentences are related, and in what they differ; who goes is judged elsewhere.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::akin;
use super::overlap::Overlap;
use super::replaced;
use super::sets::{Sets, Shared};
use super::strays::{self, Texts};
use super::{EDITED_PERCENT, NEAR_PERCENT, Places};
use crate::config::Keep;
use crate::corpus::Sentence;
use crate::ids::{DocumentId, Similarity};
use crate::pipeline::PairScores;
use crate::pipeline::removal::judge::Bench;
use crate::verify::{Flag, Flags, Relation};

/// Of the sentences that two texts do not share, up to so many pairs that have a telling word in common are looked through; past that
/// they may differ in anything.
pub(super) const MOST_LOOKED_THROUGH: usize = 100_000;

/// The flags that say that a fact differs.
pub(super) fn facts() -> Flags {
    let all = [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer];
    all.iter().fold(Flags::default(), |flags, &flag| flags.with_if(true, flag))
}

/// What differs between two texts.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::pipeline) struct Differences {
    /// What keeps both, whichever would go.
    pub(super) both: Flags,
    /// What would be lost with the first, and what with the second.
    pub(super) lost: [Flags; 2],
}

impl Differences {
    /// Everything.
    pub(in crate::pipeline) fn all(self) -> Flags {
        self.lost.into_iter().fold(self.both, Flags::union)
    }
}

/// Two texts, the earlier one first, and how they are related.
#[derive(Clone, Copy, Debug)]
pub(in crate::pipeline) struct Compared {
    pub(in crate::pipeline) a: u32,
    pub(in crate::pipeline) b: u32,
    pub(in crate::pipeline) shared: Shared,
    /// By the shares alone, also of a stub.
    pub(in crate::pipeline) relation: Relation,
    pub(in crate::pipeline) differences: Differences,
    /// Whether each stands in the other.
    pub(super) is_inside: [bool; 2],
    /// The one that stands in the other, or stands in it more.
    pub(super) inner: u32,
    /// Whether they are versions of one article.
    pub(in crate::pipeline) is_version: bool,
    /// Whether the inner one breaks off and the other does not.
    pub(in crate::pipeline) is_stub: bool,
}

impl Compared {
    /// What the pair is called in reports and ledgers: a stub is contained in the full text, however little it lacks.
    pub(in crate::pipeline) const fn told(&self) -> Relation {
        if self.is_stub { Relation::Contained } else { self.relation }
    }
}

/// Everything that comparing texts takes.
pub(in crate::pipeline) struct Court<'a> {
    pub(super) bench: &'a Bench<'a>,
    pub(super) sets: &'a Sets,
    /// Pairs of texts that are versions of one article, ascending.
    pub(super) versions: &'a [(u32, u32)],
    pub(super) places: &'a Places,
    /// By distinct sentence.
    pub(super) is_furniture: &'a [bool],
}

impl Court<'_> {
    /// Compares every pair; those that are not related at all are left out.
    pub(super) fn compare_all(&self, found: &[Overlap]) -> Vec<Compared> {
        found.par_iter().filter_map(|overlap| self.compare(overlap)).collect()
    }

    /// Compares two texts, whether they were found or not.
    pub(super) fn compare_two(&self, one: u32, other: u32) -> Option<Compared> {
        let (a, b) = (one.min(other), one.max(other));
        self.compare(&Overlap { a, b, shared: self.sets.shared(a, b) })
    }

    pub(super) fn compare(&self, &Overlap { a, b, shared }: &Overlap) -> Option<Compared> {
        let [inside_a, inside_b] = [a, b].map(|text| self.is_inside(text, shared));
        let is_near = self.has_share(a, shared) && self.has_share(b, shared);
        let half = Similarity::ratio(EDITED_PERCENT, 100);
        let is_version = self.versions.binary_search(&(a, b)).is_ok();
        let smaller = self.words(a).min(self.words(b));
        let relation = if inside_a || inside_b {
            if is_near { Relation::Near } else { Relation::Contained }
        } else if half.is_reached_by(shared.words, self.union(a, b, shared))
            || is_version && half.is_reached_by(shared.words, smaller)
        {
            Relation::Edited
        } else {
            return None;
        };
        let first_is_inner = inside_a && (!inside_b || self.words(a) < self.words(b));
        let (inner, outer) = if first_is_inner { (a, b) } else { (b, a) };
        let is_stub = (inside_a || inside_b)
            && self.sets.is_stub[inner as usize]
            && !self.sets.is_stub[outer as usize];
        // The full text says more than its stub anyway.
        let told = if is_stub { Relation::Contained } else { relation };
        Some(Compared {
            a,
            b,
            shared,
            relation,
            differences: self.differences(a, b, told),
            is_inside: [inside_a, inside_b],
            inner,
            is_version,
            is_stub,
        })
    }

    pub(in crate::pipeline) fn words(&self, text: u32) -> u64 {
        self.sets.totals[text as usize].0
    }

    fn union(&self, a: u32, b: u32, shared: Shared) -> u64 {
        self.words(a) + self.words(b) - shared.words
    }

    /// Whether nine tenths of a text stand in the other.
    fn has_share(&self, text: u32, shared: Shared) -> bool {
        Similarity::ratio(NEAR_PERCENT, 100).is_reached_by(shared.words, self.words(text))
    }

    /// Whether a text stands in the other: nine tenths of it, and of what is not common.
    fn is_inside(&self, text: u32, shared: Shared) -> bool {
        let (_, own) = self.sets.totals[text as usize];
        let near = Similarity::ratio(NEAR_PERCENT, 100);
        self.has_share(text, shared) && (own == 0 || near.is_reached_by(shared.own_words, own))
    }

    /// In what sentences differ that the texts do not share and that are nearly equal, or too short for that.
    fn differences(&self, a: u32, b: u32, relation: Relation) -> Differences {
        let (rows_a, rows_b) = (self.sets.rows.row(a as usize), self.sets.rows.row(b as usize));
        let (set_a, set_b) = (self.sets.of_text.row(a as usize), self.sets.of_text.row(b as usize));
        let apart = |rows: &[u32], others: &[u32], set: &[u32]| -> Vec<u32> {
            let is_apart = |row: &u32| {
                others.binary_search(row).is_err()
                    && set.binary_search(&self.sets.keeper_of(*row)).is_err()
            };
            rows.iter().copied().filter(is_apart).collect()
        };
        let (of_a, of_b) = (apart(rows_a, rows_b, set_b), apart(rows_b, rows_a, set_a));
        let comparison = self.bench.comparison;
        let features = comparison.features();
        let telling = |row: u32| {
            let (items, total) = (features.sets.row(row as usize), features.totals[row as usize]);
            akin::prefix(items, &features.weights, total, comparison.threshold())
        };
        let Some(pairs) = akin::meetings(&of_a, &of_b, telling, MOST_LOOKED_THROUGH) else {
            return Differences { both: facts(), ..Differences::default() };
        };
        let is_linked = |&(a, b): &(u32, u32)| comparison.link_by_similarity(a, b).is_some();
        let linked: Vec<(u32, u32)> = pairs.into_iter().filter(is_linked).collect();
        let flags = linked.iter().map(|&(a, b)| self.bench.pair_flags((a.min(b), a.max(b))));
        let flags = flags.fold(Flags::default(), Flags::union);
        let mut matched: Vec<u32> = linked.iter().flat_map(|&(a, b)| [a, b]).collect();
        matched.sort_unstable();
        let texts = Texts {
            apart: [&of_a, &of_b],
            matched: &matched,
            rows: [rows_a, rows_b],
            is_furniture: self.is_furniture,
        };
        let Differences { both, lost } = strays::differences(self.bench, &texts, relation);
        let [mut said_a, mut said_b] = [a, b].map(|text| self.said(text));
        let said: [&mut dyn Iterator<Item = u32>; 2] = [&mut said_a, &mut said_b];
        let is_replaced =
            replaced::is_any(self.bench, &texts, said, &|row| self.sets.keeper_of(row));
        let both = both.with_if(is_replaced, Flag::WordsDiffer);
        Differences { both: flags.union(both), lost }
    }

    /// Whether the sentences that two documents share have the same signs in both, and are questions in both or in none.
    pub(super) fn agree_in_signs(&self, document: u32, kept: u32) -> bool {
        let others = self.sets.placed(kept);
        self.sets.placed(document).into_iter().all(|(element, place)| {
            let at = others.binary_search_by_key(&element, |&(other, _)| other);
            at.is_err() || at.is_ok_and(|at| self.bench.agree_in_signs(place, others[at].1))
        })
    }

    /// The key of a text.
    pub(super) fn key(&self, text: u32) -> String {
        let document = self.sets.document(text).number();
        self.bench.key_of(self.places.whole(document))
    }

    /// The preferred document of a text.
    pub(super) fn preferred(&self, text: u32) -> u32 {
        let documents = self.sets.documents.row(text as usize).iter().copied();
        let key = |&document: &u32| self.bench.order.place_key(self.places.whole(document));
        documents.min_by_key(key).unwrap_or_default()
    }

    /// The proof of a link, of the side of the one that stays.
    pub(in crate::pipeline) fn scores(&self, kept: u32, other: u32, shared: Shared) -> PairScores {
        let overlap = Similarity::ratio(shared.words, self.union(kept, other, shared).max(1));
        PairScores {
            jaccard_idf: overlap,
            jaccard_char4: overlap,
            coverage_a: Similarity::ratio(shared.words, self.words(kept).max(1)),
            coverage_b: Similarity::ratio(shared.words, self.words(other).max(1)),
            longest_run: shared.sentences,
            word_edit: overlap,
            log10_evalue: 0.0,
        }
    }

    /// How many texts there are.
    pub(in crate::pipeline) fn texts(&self) -> u32 {
        u32::try_from(self.sets.len()).unwrap_or(u32::MAX)
    }

    /// The documents of a text, ascending.
    pub(in crate::pipeline) fn documents(&self, text: u32) -> &[u32] {
        self.sets.documents.row(text as usize)
    }

    /// The distinct sentences of a text, in its order.
    pub(in crate::pipeline) fn said(&self, text: u32) -> impl Iterator<Item = u32> {
        self.sets.said(self.sets.document(text).number())
    }

    /// A document as one piece of text.
    pub(in crate::pipeline) fn whole(&self, document: u32) -> &Sentence {
        self.places.whole(document)
    }

    pub(in crate::pipeline) fn is_reference(&self, document: u32) -> bool {
        self.bench.order.is_reference(self.places.whole(document))
    }

    pub(in crate::pipeline) fn has_reference(&self) -> bool {
        self.bench.order.corpus.reference().is_some()
    }

    /// Whether two documents may repeat each other, by `across`.
    pub(in crate::pipeline) fn are_apart(&self, a: u32, b: u32) -> bool {
        self.bench.are_apart(DocumentId::new(a), DocumentId::new(b))
    }

    /// What texts are sorted by: the preferred one is least.
    pub(in crate::pipeline) fn preference(&self, text: u32) -> impl Ord + use<'_> {
        let is_central = *self.bench.order.keep == Keep::Central;
        let copies = if is_central { self.documents(text).len() } else { 0 };
        let place = self.bench.order.place_key(self.places.whole(self.preferred(text)));
        (place.is_new(), Reverse(copies), place)
    }

    /// Words that two texts share, of all words of both.
    pub(in crate::pipeline) fn overlap(&self, a: u32, b: u32) -> Similarity {
        let shared = self.sets.shared(a, b);
        Similarity::ratio(shared.words, self.union(a, b, shared).max(1))
    }
}
