//! What sentences are compared by: word tokens with their weights, and character n-grams.

use rayon::prelude::*;

use super::numbering::{Keep, NumberTable, Numbered, number};
use crate::candidates::prefix::WeightedRows;
use crate::mix::{low32, mix64};
use crate::shingle::{
    char_gram_sequence, gram_characters, is_spaceless_token, token_hash, token_hashes, tokens,
};
use crate::tables::{RowTable, StringTable};
use crate::verify::{shared_weight, total_weight};
use crate::weight::{BACKGROUND_SENTENCES, UNKNOWN_PPM, WeightModel, background_ppm};

/// A task turns at least so many sentences into features,
const LEAST: usize = 4_096;
/// and each thread has so many tasks, so that threads end together and tables are few and large.
const TASKS: usize = 4;

/// Rows of features and what each feature weighs.
pub(crate) struct Features {
    /// Each sentence's distinct features, ascending (rarest first).
    pub(crate) sets: RowTable,
    /// The weight of each feature.
    pub(crate) weights: Vec<u32>,
    /// The weight of each sentence.
    pub(crate) totals: Vec<u64>,
    /// 32 bits of each feature's hash.
    pub(crate) hashes: Vec<u32>,
}

/// Word tokens.
pub(crate) struct Words {
    /// Distinct tokens with idf weights.
    pub(crate) features: Features,
    /// Each sentence's tokens in the order of the text.
    pub(crate) sequences: RowTable,
    /// Whether each token is of a script without spaces.
    pub(crate) spaceless: Vec<bool>,
    /// The number of each token, by hash.
    pub(crate) numbers: NumberTable<u64>,
    /// How weights follow from document frequencies.
    pub(crate) model: WeightModel,
}

/// The sets of sequences.
fn sets_of(sequences: &RowTable) -> RowTable {
    let length = sequences.len().div_ceil(rayon::current_num_threads() * TASKS).max(LEAST);
    let starts: Vec<usize> = (0..sequences.len()).step_by(length).collect();
    let table = |first: usize| {
        let (mut table, mut row) = (RowTable::default(), Vec::new());
        for index in first..(first + length).min(sequences.len()) {
            row.clear();
            row.extend_from_slice(sequences.row(index));
            row.sort_unstable();
            row.dedup();
            table.push(&row);
        }
        table
    };
    let parts: Vec<RowTable> = starts.into_par_iter().map(table).collect();
    RowTable::concat(parts)
}

impl Features {
    /// Rows of numbers with the weight of each number, and 32 well-mixed bits of its hash.
    pub(crate) fn new(sets: RowTable, weights: Vec<u32>, hashes: Vec<u32>) -> Self {
        let totals = (0..sets.len()).into_par_iter();
        let totals = totals.map(|row| total_weight(sets.row(row), &weights)).collect();
        Self { sets, weights, totals, hashes }
    }

    /// As the prefix join takes them.
    pub(crate) fn weighted(&self) -> WeightedRows<'_> {
        WeightedRows { rows: &self.sets, weights: &self.weights, totals: &self.totals }
    }
}

impl Words {
    /// Tokens and weights of the keys of distinct sentences.
    pub(crate) fn new(keys: &StringTable) -> Self {
        let Numbered { by_rank, numbers, rows: sequences } =
            number(keys, token_hashes, Keep::Sequence);
        let model = WeightModel::new(keys.len() as u64);
        let background = background(keys);
        let weights =
            weights(model, &by_rank, |hash| background.get(&hash).copied().unwrap_or(UNKNOWN_PPM));
        let spaceless = by_rank.iter().map(|&(_, hash)| is_spaceless_token(hash)).collect();
        let features = Features::new(sets_of(&sequences), weights, mixed(&by_rank));
        Self { features, sequences, spaceless, numbers, model }
    }
}

/// The weights of ranked features. Neighbours mostly have one frequency, whose logarithms are then taken once.
fn weights(model: WeightModel, by_rank: &[(u32, u64)], ppm: impl Fn(u64) -> u32) -> Vec<u32> {
    let mut known = None;
    let weight = |&(frequency, hash): &(u32, u64)| {
        let asked = (frequency, ppm(hash));
        let (_, weight) = known.filter(|&(same, _)| same == asked).unwrap_or_else(|| {
            let weight = model.weight(u64::from(asked.0), asked.1);
            (asked, weight)
        });
        known = Some((asked, weight));
        weight
    };
    by_rank.iter().map(weight).collect()
}

/// 32 well-mixed bits of each feature's hash, for sketches.
fn mixed(by_rank: &[(u32, u64)]) -> Vec<u32> {
    by_rank.iter().map(|&(_, hash)| low32(mix64(hash))).collect()
}

/// How common the words of a small corpus are elsewhere, in sentences of a million; a large corpus knows by itself.
fn background(keys: &StringTable) -> NumberTable<u64> {
    let mut background = NumberTable::default();
    if keys.len() as u64 >= BACKGROUND_SENTENCES {
        return background;
    }
    for key in keys.iter() {
        tokens(key, |token| {
            background.entry(token_hash(token)).or_insert_with(|| background_ppm(token));
        });
    }
    background
}

/// Character n-grams: sets that weigh 1 an item, and the idf weights that evidence needs.
pub(crate) struct Grams {
    /// Distinct n-grams; `weights` is empty, for the measure is unweighted.
    pub(crate) features: Features,
    /// What sharing each n-gram is evidence of, in twelfths of a unit of weight.
    pub(crate) evidence: Vec<u32>,
    /// The number of each n-gram, by id.
    pub(crate) numbers: NumberTable<u64>,
}

/// What divides by every length of an n-gram.
const TWELFTHS: u64 = 12;

/// The evidence of an n-gram of this weight: n of them overlap in a character, so each counts an n-th; in twelfths.
pub(crate) fn overlapping(weight: u32, id: u64) -> u32 {
    let share = TWELFTHS / gram_characters(id);
    u32::try_from(u64::from(weight) * share).unwrap_or(u32::MAX)
}

impl Grams {
    /// The evidence that two sentences share: the weight of their common n-grams, each divided by its length, since they
    /// overlap; in units of weight.
    pub(crate) fn evidence_of(&self, a: u32, b: u32) -> u64 {
        let sets = &self.features.sets;
        shared_weight(sets.row(a as usize), sets.row(b as usize), &self.evidence) / TWELFTHS
    }

    /// N-grams of the keys of distinct sentences.
    pub(crate) fn new(keys: &StringTable, model: WeightModel) -> Self {
        let Numbered { by_rank, numbers, rows: sets } = number(keys, char_gram_sequence, Keep::Set);
        let weights = weights(model, &by_rank, |_| UNKNOWN_PPM);
        let evidence = weights.iter().zip(&by_rank);
        let evidence = evidence.map(|(&weight, &(_, id))| overlapping(weight, id)).collect();
        let features = Features::new(sets, Vec::new(), mixed(&by_rank));
        Self { features, evidence, numbers }
    }
}
