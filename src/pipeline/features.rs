//! What sentences are compared by: word tokens with their weights, and character n-grams.
//!
//! Features are numbered from the rarest to the commonest (ties by hash), so that a sorted row begins with its rarest item,
//! which the prefix join needs; numbers depend on the corpus alone, never on threads.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use crate::candidates::prefix::WeightedRows;
use crate::shingle::{char_grams, token_hash, token_hashes, tokens};
use crate::tables::{RowTable, StringTable};
use crate::verify::{shared_weight, total_weight};
use crate::weight::{BACKGROUND_SENTENCES, UNKNOWN_PPM, WeightModel, background_ppm};

/// Sentences that one task turns into features.
const CHUNK: usize = 4_096;

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _bytes: &[u8]) {}
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
    fn write_u32(&mut self, hash: u32) {
        // Spread the bits: the table takes its groups from the top seven.
        self.0 = u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// A map from hashes.
pub(crate) type HashTable<T> = HashMap<T, u32, BuildHasherDefault<Identity>>;

/// A feature's hash, as wide as it takes.
pub(crate) trait FeatureHash: Copy + Ord + std::hash::Hash + Send + Sync {
    /// 32 well-mixed bits, for sketches.
    fn mixed(self) -> u32;
}

impl FeatureHash for u64 {
    fn mixed(self) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
        let low = self as u32;
        low
    }
}

impl FeatureHash for u32 {
    fn mixed(self) -> u32 {
        self
    }
}

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
    /// The number of each token, by hash.
    pub(crate) numbers: HashTable<u64>,
    /// How weights follow from document frequencies.
    pub(crate) model: WeightModel,
}

/// Features by rank, and their document frequencies.
struct Ranking<T> {
    by_rank: Vec<(u32, T)>,
    numbers: HashTable<T>,
}

/// Ranks the features of rows whose hashes each chunk holds sorted and distinct within a row.
fn rank<T: FeatureHash>(mut all: Vec<T>) -> Ranking<T> {
    all.par_sort_unstable();
    let mut by_rank: Vec<(u32, T)> = all
        .chunk_by(|a, b| a == b)
        .map(|same| (u32::try_from(same.len()).unwrap_or(u32::MAX), same[0]))
        .collect();
    drop(all);
    by_rank.par_sort_unstable();
    let numbers = by_rank.iter().zip(0u32..).map(|(&(_, hash), number)| (hash, number)).collect();
    Ranking { by_rank, numbers }
}

/// Applies `features` to every key, in parallel, and gives rows of hashes, chunk by chunk.
fn hashed<T: FeatureHash>(
    keys: &StringTable,
    features: impl Fn(&str, &mut Vec<T>) + Sync,
) -> Vec<(Vec<usize>, Vec<T>)> {
    let starts: Vec<usize> = (0..keys.len()).step_by(CHUNK).collect();
    let chunk = |first: usize| {
        let (mut ends, mut items, mut row) = (Vec::new(), Vec::new(), Vec::new());
        for index in first..(first + CHUNK).min(keys.len()) {
            row.clear();
            features(keys.get(index), &mut row);
            items.extend_from_slice(&row);
            ends.push(items.len());
        }
        (ends, items)
    };
    starts.into_par_iter().map(chunk).collect()
}

/// The rows of a chunk.
fn rows<T>((ends, items): &(Vec<usize>, Vec<T>)) -> impl Iterator<Item = &[T]> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, &end)| &items[start..end])
}

/// Maps rows of hashes to rows of numbers; `set` sorts and dedups them.
fn numbered<T: FeatureHash>(
    chunks: &[(Vec<usize>, Vec<T>)],
    numbers: &HashTable<T>,
    set: bool,
) -> RowTable {
    let table = |chunk: &(Vec<usize>, Vec<T>)| {
        let (mut table, mut row) = (RowTable::default(), Vec::new());
        for hashes in rows(chunk) {
            row.clear();
            row.extend(hashes.iter().map(|hash| numbers.get(hash).copied().unwrap_or(u32::MAX)));
            if set {
                row.sort_unstable();
                row.dedup();
            }
            table.push(&row);
        }
        table
    };
    let parts: Vec<RowTable> = chunks.par_iter().map(table).collect();
    RowTable::concat(&parts)
}

/// Distinct hashes of every row, behind each other.
fn distinct_of_rows<T: FeatureHash>(chunks: &[(Vec<usize>, Vec<T>)]) -> Vec<T> {
    let distinct = |chunk: &(Vec<usize>, Vec<T>)| {
        let (mut all, mut row) = (Vec::with_capacity(chunk.1.len()), Vec::new());
        for hashes in rows(chunk) {
            row.clear();
            row.extend_from_slice(hashes);
            row.sort_unstable();
            row.dedup();
            all.extend_from_slice(&row);
        }
        all
    };
    let parts: Vec<Vec<T>> = chunks.par_iter().map(distinct).collect();
    parts.concat()
}

impl Features {
    fn new<T: FeatureHash>(sets: RowTable, ranking: &Ranking<T>, weights: Vec<u32>) -> Self {
        let totals = (0..sets.len()).into_par_iter();
        let totals = totals.map(|row| total_weight(sets.row(row), &weights)).collect();
        let hashes = ranking.by_rank.iter().map(|&(_, hash)| hash.mixed()).collect();
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
        let chunks = hashed(keys, token_hashes);
        let ranking = rank(distinct_of_rows(&chunks));
        let model = WeightModel::new(keys.len() as u64);
        let background = background(keys);
        let weights = ranking.by_rank.iter().map(|(frequency, hash)| {
            let ppm = background.get(hash).copied().unwrap_or(UNKNOWN_PPM);
            model.weight(u64::from(*frequency), ppm)
        });
        let weights = weights.collect();
        let sets = numbered(&chunks, &ranking.numbers, true);
        let sequences = numbered(&chunks, &ranking.numbers, false);
        let features = Features::new(sets, &ranking, weights);
        Self { features, sequences, numbers: ranking.numbers, model }
    }
}

/// How common the words of a small corpus are elsewhere, in sentences of a million; a large corpus knows by itself.
fn background(keys: &StringTable) -> HashTable<u64> {
    let mut background = HashTable::default();
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
    /// The idf weight of each n-gram, for evidence.
    pub(crate) evidence: Vec<u32>,
    /// The number of each n-gram, by hash.
    pub(crate) numbers: HashTable<u32>,
}

/// N-grams overlap: so many of them are about one token's worth of evidence.
pub(crate) const OVERLAP: u64 = 4;

impl Grams {
    /// The evidence that two sentences share: the weight of their common n-grams, which overlap, in units of weight.
    pub(crate) fn evidence_of(&self, a: u32, b: u32) -> u64 {
        let sets = &self.features.sets;
        shared_weight(sets.row(a as usize), sets.row(b as usize), &self.evidence) / OVERLAP
    }

    /// N-grams of the keys of distinct sentences.
    pub(crate) fn new(keys: &StringTable, model: WeightModel) -> Self {
        let chunks = hashed(keys, char_grams);
        let ranking = rank(distinct_of_rows(&chunks));
        let frequencies = ranking.by_rank.iter().map(|&(frequency, _)| u64::from(frequency));
        let evidence = frequencies.map(|frequency| model.weight(frequency, UNKNOWN_PPM)).collect();
        let sets = numbered(&chunks, &ranking.numbers, true);
        let features = Features::new(sets, &ranking, Vec::new());
        Self { features, evidence, numbers: ranking.numbers }
    }
}
