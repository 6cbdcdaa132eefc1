//! Band keys that repeat, some bands at a time.
//!
//! Keys stand row by row, since that is how sentences are signed; what is wanted are the rows of each key. Chunk by chunk the
//! keys of some bands are partitioned by their highest bits, so that a row's keys are read while they are in cache. A partition
//! then fits into cache too. There most keys stand alone, which a count by a few of their bits shows; only the others are
//! sorted.
//!
//! Cost: some ten nanoseconds a key, and 8 bytes for each key of the bands that are grouped at a time.

use std::ops::Range;

use rayon::prelude::*;

use crate::candidates::bands::buckets;
use crate::mix::high32;

/// Bands that are grouped at a time: the keys of a row that come with a line of the cache.
pub(crate) const BANDS: usize = 16;
/// Rows that are partitioned at a time: what they take stays in cache.
const ROWS: usize = 1 << 13;
/// Partitions of a band, by the highest bits of the keys.
const PARTITIONS: usize = 1 << PARTITION_BITS;
const PARTITION_BITS: u32 = 8;
/// Counts a key, so that few are counted with another.
const COUNTS: usize = 4;

/// The buckets of these bands: for each, `key << 32 | position` of every key that repeats, sorted.
///
/// `keys` holds a key for each of so many bands, row by row.
pub(crate) fn repeated(keys: &[u32], bands: usize, wanted: Range<usize>) -> Vec<Vec<u64>> {
    let chunks = keys.par_chunks(ROWS * bands).enumerate();
    let partitioned = |(chunk, keys): (usize, &[u32])| {
        Partitioned::new(keys, (bands, &wanted), (chunk * ROWS) as u64)
    };
    let chunks: Vec<Partitioned> = chunks.map(partitioned).collect();
    let tasks = (0..wanted.len() * PARTITIONS).into_par_iter();
    let repeated = |counts: &mut Vec<u8>, slot: usize| {
        let parts: Vec<&[u64]> = chunks.iter().map(|chunk| chunk.slot(slot)).collect();
        let mut keyed = not_alone(&parts, counts);
        keyed.sort_unstable();
        buckets(&keyed).flatten().copied().collect()
    };
    let repeated: Vec<Vec<u64>> = tasks.map_init(Vec::new, repeated).collect();
    repeated.chunks(PARTITIONS).map(<[_]>::concat).collect()
}

/// Entries of a partition, but for those whose keys are seen to stand alone.
fn not_alone(parts: &[&[u64]], counts: &mut Vec<u8>) -> Vec<u64> {
    let entries: usize = parts.iter().map(|part| part.len()).sum();
    let bits = (entries * COUNTS).next_power_of_two().ilog2().clamp(1, u32::BITS - PARTITION_BITS);
    let count = |entry: u64| (high32(entry) << PARTITION_BITS >> (u32::BITS - bits)) as usize;
    counts.clear();
    counts.resize(1 << bits, 0);
    let all = || parts.iter().copied().flatten().copied();
    for entry in all() {
        let count = &mut counts[count(entry)];
        *count = count.saturating_add(1);
    }
    all().filter(|&entry| counts[count(entry)] > 1).collect()
}

/// Keyed positions of some bands of a chunk of rows, by band and partition, in order within each.
struct Partitioned {
    keyed: Vec<u64>,
    /// By band and partition: where its entries end.
    ends: Vec<usize>,
}

impl Partitioned {
    /// A counting sort of the keys of some rows, the first of them at this position.
    fn new(keys: &[u32], (bands, wanted): (usize, &Range<usize>), first: u64) -> Self {
        let rows = keys.chunks_exact(bands).map(|row| &row[wanted.clone()]);
        let slot = |band: usize, key: u32| {
            band * PARTITIONS + (key >> (u32::BITS - PARTITION_BITS)) as usize
        };
        let mut ends = vec![0; wanted.len() * PARTITIONS];
        for row in rows.clone() {
            for (band, &key) in row.iter().enumerate() {
                ends[slot(band, key)] += 1;
            }
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut keyed = vec![0; start];
        for (row, position) in rows.zip(first..) {
            for (band, &key) in row.iter().enumerate() {
                let next = &mut ends[slot(band, key)];
                keyed[*next] = u64::from(key) << 32 | position;
                *next += 1;
            }
        }
        Self { keyed, ends }
    }

    fn slot(&self, slot: usize) -> &[u64] {
        let start = slot.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keyed[start..self.ends[slot]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{low32, mix64};

    #[test]
    fn the_keys_that_repeat_are_those_of_a_plain_sort() {
        let bands = 3;
        // Few distinct keys in the first band, many in the second, one in the third; more rows than a chunk has.
        let rows = 2 * ROWS + 77;
        let key = |at: usize| match (at % bands, low32(mix64(at as u64))) {
            (0, drawn) => drawn % 9 * 400_000_000,
            (1, drawn) => (drawn % 100_000) << 15,
            _ => 7,
        };
        let keys: Vec<u32> = (0..rows * bands).map(key).collect();
        for wanted in [0..3, 1..2, 1..3] {
            let repeated = repeated(&keys, bands, wanted.clone());
            for (band, repeated) in wanted.zip(repeated) {
                let of_row = |row: usize| u64::from(key(row * bands + band)) << 32 | row as u64;
                let mut sorted: Vec<u64> = (0..rows).map(of_row).collect();
                sorted.sort_unstable();
                let plain: Vec<u64> = buckets(&sorted).flatten().copied().collect();
                assert!(repeated == plain, "band {band}");
            }
        }
    }
}
