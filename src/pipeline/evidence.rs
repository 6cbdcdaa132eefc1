//! How a run compares two sentences: the profile's features, its bar, and what is left out of comparison.

use rayon::prelude::*;

use super::LinkReason;
use super::bound::Bound;
use super::features::{Features, Grams, Words};
use super::languages::Language;
use crate::candidates::runs::{RunShape, Sequences, WHOLE};
use crate::config::{Across, Config, Numbers, PairsShown, Profile};
use crate::ids::Similarity;
use crate::shingle::RunGrams;
use crate::tables::RowTable;
use crate::verify::facts::{Number, numbers_differ};
use crate::verify::{
    Aligner, Judge, Shared, of_profile, of_shorter, shared, shared_items, shared_weight,
    shared_weight_reaching,
};
use crate::weight::Bar;

/// Everything that judging a pair of distinct sentences takes.
pub(crate) struct Comparison<'a> {
    pub(crate) config: &'a Config,
    pub(crate) words: &'a Words,
    /// Character n-grams, in the profiles that judge by them.
    pub(crate) grams: Option<&'a Grams>,
    /// The one document (or source) that holds all places of a sentence, where `across` asks for two.
    pub(crate) sole: Vec<Option<u32>>,
    /// For each sentence the language of all its places, if one is known; empty where languages do not matter.
    pub(crate) languages: Vec<Option<Language>>,
    /// On which side of the reference a sentence stands, where there is one.
    pub(crate) sides: Vec<Sides>,
    /// Each sentence's numbers, where a difference vetoes.
    pub(crate) numbers: Vec<Vec<Number>>,
    /// In how many places each sentence stands.
    pub(crate) copies: Vec<u32>,
    pub(crate) judge: Judge,
}

impl Comparison<'_> {
    /// The features that the profile judges by.
    pub(crate) fn features(&self) -> &Features {
        self.grams.map_or(&self.words.features, |grams| &grams.features)
    }

    /// Token sequences.
    pub(crate) fn sequences(&self) -> &RowTable {
        &self.words.sequences
    }

    /// Token sequences and what a shared run is in them.
    pub(crate) fn run_sequences(&self) -> Sequences<'_> {
        let shape = |grams: RunGrams| RunShape { gram: grams.gram, least: grams.guarantee() };
        Sequences {
            rows: &self.words.sequences,
            spaceless: &self.words.spaceless,
            words: shape(RunGrams::WORDS),
            bigrams: shape(RunGrams::BIGRAMS),
        }
    }

    /// The number of distinct sentences.
    pub(crate) fn rows(&self) -> usize {
        self.words.features.sets.len()
    }

    pub(crate) fn threshold(&self) -> Similarity {
        self.judge.threshold
    }

    /// From how many members a list is a long one, and with how many partners a row is a hub; none is when every pair was
    /// asked for.
    pub(crate) fn heavy_limit(&self) -> usize {
        match self.config.pairs {
            PairsShown::Star => self.config.heavy as usize,
            PairsShown::All => usize::MAX,
        }
    }

    /// With how many linked pairs a search may stop, since there are too many to report.
    pub(crate) fn most_pairs(&self) -> usize {
        match self.config.pairs {
            PairsShown::Star => usize::MAX,
            PairsShown::All => usize::try_from(self.config.max_pairs).unwrap_or(usize::MAX),
        }
    }

    /// Whether sentences that share a run meet: where runs link by themselves, and in `noisy` where bands might miss the pair.
    pub(crate) fn runs_propose(&self, is_exact: bool) -> bool {
        let is_noisy = self.config.profile == Profile::Noisy;
        self.runs_link() || self.config.runs && is_noisy && !is_exact
    }

    /// Whether shared runs link by themselves.
    pub(crate) fn runs_link(&self) -> bool {
        self.config.runs && self.config.profile == Profile::Paraphrase
    }

    /// Whether all of a sentence would be evidence enough for a link.
    pub(crate) fn may_be_evidence(&self, row: u32) -> bool {
        self.words.features.totals[row as usize] >= self.judge.evidence
    }

    /// What two sentences have to share, as far as the features tell: evidence too, where it is counted in their weights.
    pub(crate) fn bar(&self) -> Bar {
        let Judge { threshold, evidence, no_evidence_needed, .. } = self.judge;
        let least_shared = if self.grams.is_none() { evidence } else { 0 };
        Bar { threshold, least_shared, without: no_evidence_needed.max(threshold) }
    }

    /// A bound on what pairs of these rows share, that loses no link.
    pub(crate) fn bound(&self, rows: &[u32]) -> Bound {
        Bound::new(self.features(), rows, self.bar())
    }

    /// A bound on what pairs of these rows share that share a run, which loses no link: where runs link, at any similarity.
    pub(crate) fn bound_of_runs(&self, rows: &[u32]) -> Bound {
        let bar = self.bar();
        let threshold = if self.runs_link() { Similarity::ZERO } else { bar.threshold };
        Bound::new(self.features(), rows, Bar { threshold, ..bar })
    }

    /// Rows in the order of their weights, the lightest first (ties: the earliest).
    pub(crate) fn by_weight(&self, rows: &[u32]) -> Vec<u32> {
        let totals = &self.features().totals;
        let mut ordered = rows.to_vec();
        ordered.par_sort_unstable_by_key(|&row| (totals[row as usize], row));
        ordered
    }

    /// Whether the settings let two sentences be compared at all.
    pub(crate) fn may_link(&self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        let same_place = match self.config.across {
            Across::Any => false,
            Across::Documents | Across::Sources => {
                self.sole[a].is_some() && self.sole[a] == self.sole[b]
            }
        };
        let vetoed = self.config.numbers == Numbers::Veto
            && numbers_differ(&self.numbers[a], &self.numbers[b]);
        !same_place && !vetoed && !self.languages_differ(a, b) && self.meet(a, b)
    }

    fn languages_differ(&self, a: usize, b: usize) -> bool {
        let language = |row: usize| self.languages.get(row).copied().flatten();
        language(a).zip(language(b)).is_some_and(|(a, b)| a != b)
    }

    /// Whether a place of one sentence is to be compared with a place of the other: with a reference one in it and one outside.
    fn meet(&self, a: usize, b: usize) -> bool {
        let Some((a, b)) = self.sides.get(a).zip(self.sides.get(b)) else { return true };
        a.is_reference && b.is_new || a.is_new && b.is_reference
    }

    /// Whether the copies of a sentence repeat each other, where it has several: two places that `across` and the reference let
    /// be compared.
    pub(crate) fn copies_repeat(&self, row: usize) -> bool {
        self.sole.get(row).is_none_or(Option::is_none)
            && self.sides.get(row).is_none_or(|sides| sides.is_reference && sides.is_new)
    }

    /// Whether what is new is compared with a sentence: with a reference only what stands there.
    pub(crate) fn meets_new(&self, row: u32) -> bool {
        self.sides.get(row as usize).is_none_or(|sides| sides.is_reference)
    }

    /// Who comes first where stars are chosen: what stands in the reference, then what has the most copies.
    pub(crate) fn precedence(&self, row: u32) -> u64 {
        let is_first = !self.sides.is_empty() && self.meets_new(row);
        (u64::from(is_first) << 32) + u64::from(self.copies[row as usize])
    }

    /// The shared weight and the union's weight of a pair, by the profile's features.
    fn shares(&self, a: u32, b: u32) -> (u64, u64) {
        let features = self.features();
        let (row_a, row_b) = (features.sets.row(a as usize), features.sets.row(b as usize));
        let shared = shared_weight(row_a, row_b, &features.weights);
        let union = features.totals[a as usize] + features.totals[b as usize] - shared;
        (shared, union)
    }

    /// The same for a pair that reaches the threshold, and nothing for others.
    fn shares_reaching(&self, a: u32, b: u32) -> Option<(u64, u64)> {
        let features = self.features();
        let rows = (features.sets.row(a as usize), features.sets.row(b as usize));
        let totals = (features.totals[a as usize], features.totals[b as usize]);
        let threshold = self.threshold();
        let shared = shared_weight_reaching(rows, &features.weights, totals, threshold)?;
        Some((shared, totals.0 + totals.1 - shared))
    }

    /// The evidence of a pair, in units of weight.
    pub(crate) fn evidence(&self, a: u32, b: u32) -> u64 {
        match self.grams {
            None => self.shares(a, b).0,
            Some(grams) => grams.evidence_of(a, b),
        }
    }

    /// The similarity that the profile judges by.
    pub(crate) fn similarity(&self, a: u32, b: u32) -> Similarity {
        let (shared, union) = self.shares(a, b);
        Similarity::ratio(shared, union)
    }

    /// The words that both sentences hold, whatever the profile.
    pub(crate) fn words_of_both(&self, a: u32, b: u32) -> Shared {
        let Features { sets, weights, .. } = &self.words.features;
        shared(sets.row(a as usize), sets.row(b as usize), weights)
    }

    /// The different words of a sentence, the rarest first.
    pub(crate) fn different_words(&self, row: u32) -> &[u32] {
        self.words.features.sets.row(row as usize)
    }

    /// How many different words both sentences hold.
    pub(crate) fn shared_words(&self, a: u32, b: u32) -> u64 {
        let sets = &self.words.features.sets;
        shared_items(sets.row(a as usize), sets.row(b as usize))
    }

    /// Rule 2 of *linked*: the similarity of a pair that it links.
    pub(crate) fn link_by_similarity(&self, a: u32, b: u32) -> Option<Similarity> {
        let (shared, union) = self.shares_reaching(a, b)?;
        if !self.may_link(a, b) {
            return None;
        }
        let evidence = self.grams.map_or(shared, |grams| grams.evidence_of(a, b));
        let linked = self.judge.links_by_similarity(shared, union, evidence);
        linked.then(|| Similarity::ratio(shared, union))
    }

    /// Rule 3, for a pair that is known to share a run: the similarity of a pair that it links.
    pub(crate) fn link_by_run(&self, aligner: &mut Aligner, a: u32, b: u32) -> Option<Similarity> {
        let (shared, union) = self.shares(a, b);
        let linked = self.may_link(a, b) && self.run_links(aligner, (a, b), shared);
        linked.then(|| Similarity::ratio(shared, union))
    }

    /// Rule 2 or, where runs link, rule 3, for a pair that is known to share a run: the similarity of a pair that one of them
    /// links. Cost: one merge, where one rule after the other takes two.
    pub(crate) fn link_of_run(&self, aligner: &mut Aligner, a: u32, b: u32) -> Option<Similarity> {
        if self.grams.is_some() {
            return self.link_by_similarity(a, b);
        }
        let (shared, union) = self.shares(a, b);
        let linked = self.may_link(a, b)
            && (self.judge.links_by_similarity(shared, union, shared)
                || self.config.runs && self.run_links(aligner, (a, b), shared));
        linked.then(|| Similarity::ratio(shared, union))
    }

    fn run_links(&self, aligner: &mut Aligner, (a, b): (u32, u32), shared: u64) -> bool {
        shared >= self.judge.evidence
            && self.judge.links_by_run(self.coverages(aligner, a, b).of_shorter, shared)
    }

    /// Whether lengths and similarity leave it open that the relation of a linked pair is `contained`.
    pub(crate) fn may_be_contained(&self, a: u32, b: u32, similarity: Similarity) -> bool {
        let bounds = &self.config.relations;
        let length = |row: u32| self.sequences().row(row as usize).len() as u64;
        let (shorter, longer) = (length(a).min(length(b)), length(a).max(length(b)));
        similarity < bounds.edited
            && shorter >= u64::from(bounds.contained_words).min(WHOLE as u64)
            && !bounds.contained_length.is_reached_by(shorter, longer)
    }

    /// By which rule two sentences of different keys are linked, whatever would propose them.
    pub(crate) fn link_reason(&self, a: u32, b: u32) -> Option<LinkReason> {
        if self.link_by_similarity(a, b).is_some() {
            return Some(LinkReason::Similarity);
        }
        let by_run = self.runs_link()
            && self.link_by_run(&mut Aligner::default(), a, b).is_some()
            && self.run_sequences().share_run(a, b);
        by_run.then_some(LinkReason::SharedRun)
    }

    /// Coverage of both sentences by matched blocks.
    pub(crate) fn coverages(&self, aligner: &mut Aligner, a: u32, b: u32) -> Coverages {
        let (first, second) = (self.sequences().row(a as usize), self.sequences().row(b as usize));
        let alignment = aligner.align(first, second);
        let (of_a, of_b) = alignment.coverage(first, second, &self.words.features.weights);
        let ratio = |x: usize, y: usize| Similarity::ratio(x.min(y) as u64, x.max(y) as u64);
        Coverages {
            of_a,
            of_b,
            of_shorter: of_shorter((first.len(), second.len()), (of_a, of_b)),
            longest_run: alignment.longest_run,
            length_ratio: ratio(first.len(), second.len()),
        }
    }

    /// The profile's similarity out of both measures.
    pub(crate) fn of_profile(&self, idf: Similarity, char4: Similarity) -> Similarity {
        of_profile(self.config.profile, idf, char4)
    }
}

/// On which side of the reference the places of a sentence stand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sides {
    pub(crate) is_reference: bool,
    pub(crate) is_new: bool,
}

/// What an alignment says of a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coverages {
    pub(crate) of_a: Similarity,
    pub(crate) of_b: Similarity,
    pub(crate) of_shorter: Similarity,
    pub(crate) longest_run: usize,
    pub(crate) length_ratio: Similarity,
}
