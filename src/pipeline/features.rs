//! What sentences are compared by: word tokens with their weights, and character n-grams.
//!
//! Features are numbered from the rarest to the commonest (ties by hash), so that a sorted row begins with its rarest item,
//! which the prefix join needs; numbers depend on the corpus alone, never on threads.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use crate::candidates::prefix::WeightedRows;
use crate::mix::{low32, mix64};
use crate::shingle::{
    char_grams, gram_characters, is_spaceless_token, token_hash, token_hashes, tokens,
};
use crate::tables::{RowTable, StringTable};
use crate::verify::{shared_weight, total_weight};
use crate::weight::{BACKGROUND_SENTENCES, UNKNOWN_PPM, WeightModel, background_ppm};

/// Sentences that one task turns into features.
const CHUNK: usize = 4_096;

/// A hasher for keys that are hashes, or ids whose bits still want spreading.
#[derive(Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _bytes: &[u8]) {}
    fn write_u64(&mut self, id: u64) {
        // The table takes its groups from the top seven bits and its places from the lowest.
        let product = id.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
}

/// A map from hashes, ids or numbers.
pub(crate) type NumberTable<K> = HashMap<K, u32, BuildHasherDefault<Spread>>;

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

/// Features by rank: their document frequencies and hashes, and the number of each.
struct Ranking {
    by_rank: Vec<(u32, u64)>,
    numbers: NumberTable<u64>,
}

/// Rows of hashes behind each other: where each row ends, and the hashes.
struct Chunk {
    ends: Vec<usize>,
    hashes: Vec<u64>,
}

impl Chunk {
    fn rows(&self) -> impl Iterator<Item = &[u64]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.hashes[start..end])
    }
}

/// Applies `features` to every key, in parallel, and gives rows of hashes, chunk by chunk.
fn hashed(keys: &StringTable, features: impl Fn(&str, &mut Vec<u64>) + Sync) -> Vec<Chunk> {
    let starts: Vec<usize> = (0..keys.len()).step_by(CHUNK).collect();
    let chunk = |first: usize| {
        let (mut ends, mut hashes, mut row) = (Vec::new(), Vec::new(), Vec::new());
        for index in first..(first + CHUNK).min(keys.len()) {
            row.clear();
            features(keys.get(index), &mut row);
            hashes.extend_from_slice(&row);
            ends.push(hashes.len());
        }
        Chunk { ends, hashes }
    };
    starts.into_par_iter().map(chunk).collect()
}

/// Ranks the features of rows by document frequency, then hash. Cost: one look-up a feature of a row.
fn rank(chunks: &[Chunk]) -> Ranking {
    let share = chunks.len().div_ceil(rayon::current_num_threads()).max(1);
    let mut by_rank = united(chunks.par_chunks(share).map(frequencies).collect());
    by_rank.par_sort_unstable();
    let numbers = by_rank.iter().zip(0u32..).map(|(&(_, hash), number)| (hash, number)).collect();
    Ranking { by_rank, numbers }
}

/// In how many rows a feature stands, and the last of them, in which it counts once.
struct Count {
    rows: u32,
    last: usize,
}

type Counts = HashMap<u64, Count, BuildHasherDefault<Spread>>;

/// In how many rows each feature stands.
fn frequencies(chunks: &[Chunk]) -> Counts {
    let mut counts = Counts::default();
    for (row, hashes) in chunks.iter().flat_map(Chunk::rows).enumerate() {
        for &hash in hashes {
            let count = counts.entry(hash).or_insert(Count { rows: 0, last: usize::MAX });
            count.rows += u32::from(count.last != row);
            count.last = row;
        }
    }
    counts
}

/// The sums of counts, with their features, in any order.
#[expect(clippy::iter_over_hash_type, reason = "sums do not depend on order")]
fn united(mut counts: Vec<Counts>) -> Vec<(u32, u64)> {
    let mut sums = counts.pop().unwrap_or_default();
    for part in counts {
        for (hash, count) in part {
            sums.entry(hash).or_insert(Count { rows: 0, last: 0 }).rows += count.rows;
        }
    }
    sums.into_iter().map(|(hash, count)| (count.rows, hash)).collect()
}

/// Maps rows of hashes to rows of numbers; `set` sorts and dedups them.
fn numbered(chunks: &[Chunk], numbers: &NumberTable<u64>, set: bool) -> RowTable {
    let table = |chunk: &Chunk| {
        let (mut table, mut row) = (RowTable::default(), Vec::new());
        for hashes in chunk.rows() {
            row.clear();
            row.extend(hashes.iter().map(|hash| numbers.get(hash).copied().unwrap_or(u32::MAX)));
            if set {
                sort_set(&mut row);
            }
            table.push(&row);
        }
        table
    };
    let parts: Vec<RowTable> = chunks.par_iter().map(table).collect();
    RowTable::concat(&parts)
}

/// The sets of sequences.
fn sets_of(sequences: &RowTable) -> RowTable {
    let starts: Vec<usize> = (0..sequences.len()).step_by(CHUNK).collect();
    let table = |first: usize| {
        let (mut table, mut row) = (RowTable::default(), Vec::new());
        for index in first..(first + CHUNK).min(sequences.len()) {
            row.clear();
            row.extend_from_slice(sequences.row(index));
            sort_set(&mut row);
            table.push(&row);
        }
        table
    };
    let parts: Vec<RowTable> = starts.into_par_iter().map(table).collect();
    RowTable::concat(&parts)
}

fn sort_set(row: &mut Vec<u32>) {
    row.sort_unstable();
    row.dedup();
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
        let chunks = hashed(keys, token_hashes);
        let ranking = rank(&chunks);
        let model = WeightModel::new(keys.len() as u64);
        let background = background(keys);
        let weights = weights(model, &ranking.by_rank, |hash| {
            background.get(&hash).copied().unwrap_or(UNKNOWN_PPM)
        });
        let sequences = numbered(&chunks, &ranking.numbers, false);
        drop(chunks);
        let spaceless = ranking.by_rank.iter().map(|&(_, hash)| is_spaceless_token(hash)).collect();
        let features = Features::new(sets_of(&sequences), weights, mixed(&ranking.by_rank));
        Self { features, sequences, spaceless, numbers: ranking.numbers, model }
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
        let chunks = hashed(keys, char_grams);
        let ranking = rank(&chunks);
        let weights = weights(model, &ranking.by_rank, |_| UNKNOWN_PPM);
        let evidence = weights.iter().zip(&ranking.by_rank);
        let evidence = evidence.map(|(&weight, &(_, id))| overlapping(weight, id)).collect();
        let sets = numbered(&chunks, &ranking.numbers, true);
        let features = Features::new(sets, Vec::new(), mixed(&ranking.by_rank));
        Self { features, evidence, numbers: ranking.numbers }
    }
}
