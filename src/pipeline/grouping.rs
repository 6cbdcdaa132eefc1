//! Keys that repeat: those of bands, some bands at a time, and others that stand chunk by chunk.
//!
//! Band keys stand row by row, since that is how sentences are signed; what is wanted are the rows of each key. Chunk by chunk
//! the keys of some bands are partitioned by their highest bits, so that a row's keys are read while they are in cache. A
//! partition then fits into cache too. There most keys stand alone, which a count by a few of their bits shows; only the others
//! are sorted.
//!
//! Cost: some ten nanoseconds a key, and 8 bytes for each key of the bands that are grouped at a time.

use std::ops::Range;

use rayon::prelude::*;

use crate::mix::high32;

/// The most bands that are grouped at a time: the keys of a row that come with a line of the cache.
const BANDS: usize = 16;
/// The most keys that are grouped at a time: half a gigabyte.
const KEYS: usize = 1 << 26;
/// Rows that are partitioned at a time: what they take stays in cache.
const ROWS: usize = 1 << 13;
/// Partitions of a band, by the highest bits of the keys.
const PARTITIONS: usize = 1 << PARTITION_BITS;
const PARTITION_BITS: u32 = 8;
/// Counts a key, so that few are counted with another.
const COUNTS: usize = 4;

/// How many bands of so many rows are grouped at a time.
pub(crate) fn at_a_time(rows: usize) -> usize {
    (KEYS / rows.max(1)).clamp(1, BANDS)
}

/// Room for the keys of some bands, chunk by chunk, which serves one group of bands after the other.
#[derive(Default)]
pub(crate) struct Room(Vec<Partitioned<u64>>);

/// The buckets of these bands: for each, `key << 32 | position` of every key that repeats, sorted.
///
/// `keys` holds a key for each of so many bands, row by row.
pub(crate) fn repeated_keys(
    keys: &[u32],
    bands: usize,
    wanted: Range<usize>,
    Room(chunks): &mut Room,
) -> Vec<Vec<u64>> {
    let slots = wanted.len() * PARTITIONS;
    let fill = |((chunk, keys), partitioned): ((usize, &[u32]), &mut Partitioned<u64>)| {
        let first = (chunk * ROWS) as u64;
        let rows = keys.chunks_exact(bands).map(|row| &row[wanted.clone()]).zip(first..);
        let entries = rows.flat_map(|(row, position)| {
            let entry = move |(band, &key): (usize, &u32)| {
                (band * PARTITIONS + partition(key), u64::from(key) << 32 | position)
            };
            row.iter().enumerate().map(entry)
        });
        partitioned.fill(slots, entries);
    };
    chunks.resize_with(keys.len().div_ceil(ROWS * bands), Partitioned::default);
    keys.par_chunks(ROWS * bands).enumerate().zip(chunks.par_iter_mut()).for_each(fill);
    let repeated = repeated(chunks, slots, high32);
    repeated.chunks(PARTITIONS).map(<[_]>::concat).collect()
}

/// The entries whose keys repeat, by way of a hash of the key; sorted, if entries are in the order of that hash.
pub(crate) fn repeated_entries<T>(chunks: Vec<Vec<T>>, hash: impl Fn(T) -> u32 + Sync) -> Vec<T>
where
    T: Copy + Default + Ord + Send + Sync,
{
    let partitioned = |chunk: Vec<T>| {
        let entries = chunk.iter().map(|&entry| (partition(hash(entry)), entry));
        let mut partitioned = Partitioned::default();
        partitioned.fill(PARTITIONS, entries);
        partitioned
    };
    let chunks: Vec<Partitioned<T>> = chunks.into_par_iter().map(partitioned).collect();
    repeated(&chunks, PARTITIONS, hash).concat()
}

/// In each slot the entries that share their key's hash with another one, sorted.
fn repeated<T>(
    chunks: &[Partitioned<T>],
    slots: usize,
    hash: impl Fn(T) -> u32 + Sync,
) -> Vec<Vec<T>>
where
    T: Copy + Ord + Send + Sync,
{
    let of_slot = |counts: &mut Vec<u8>, slot: usize| {
        let parts: Vec<&[T]> = chunks.iter().map(|chunk| chunk.slot(slot)).collect();
        let mut entries = not_alone(&parts, counts, &hash);
        entries.sort_unstable();
        let repeated = entries.chunk_by(|&a, &b| hash(a) == hash(b));
        repeated.filter(|same| same.len() > 1).flatten().copied().collect()
    };
    (0..slots).into_par_iter().map_init(Vec::new, of_slot).collect()
}

/// The partition of a key or hash: its highest bits.
const fn partition(key: u32) -> usize {
    (key >> (u32::BITS - PARTITION_BITS)) as usize
}

/// Entries of a partition, but for those whose keys are seen to stand alone.
fn not_alone<T: Copy>(parts: &[&[T]], counts: &mut Vec<u8>, hash: impl Fn(T) -> u32) -> Vec<T> {
    let entries: usize = parts.iter().map(|part| part.len()).sum();
    let bits = (entries * COUNTS).next_power_of_two().ilog2().clamp(1, u32::BITS - PARTITION_BITS);
    let count = |entry: T| (hash(entry) << PARTITION_BITS >> (u32::BITS - bits)) as usize;
    counts.clear();
    counts.resize(1 << bits, 0);
    let all = || parts.iter().copied().flatten().copied();
    for entry in all() {
        let count = &mut counts[count(entry)];
        *count = count.saturating_add(1);
    }
    all().filter(|&entry| counts[count(entry)] > 1).collect()
}

/// Entries by slot, in order within each.
#[derive(Default)]
struct Partitioned<T> {
    entries: Vec<T>,
    /// By slot: where its entries end.
    ends: Vec<usize>,
}

impl<T: Copy + Default> Partitioned<T> {
    /// A counting sort of entries by their slots.
    fn fill(&mut self, slots: usize, entries: impl Iterator<Item = (usize, T)> + Clone) {
        self.ends.clear();
        self.ends.resize(slots, 0);
        for (slot, _) in entries.clone() {
            self.ends[slot] += 1;
        }
        let mut start = 0;
        for end in &mut self.ends {
            start += std::mem::replace(end, start);
        }
        self.entries.resize(start, T::default());
        for (slot, entry) in entries {
            let next = &mut self.ends[slot];
            self.entries[*next] = entry;
            *next += 1;
        }
    }
}

impl<T> Partitioned<T> {
    fn slot(&self, slot: usize) -> &[T] {
        let start = slot.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[start..self.ends[slot]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::bands::buckets;
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
        let mut room = Room::default();
        for wanted in [0..3, 1..2, 1..3] {
            let repeated = repeated_keys(&keys, bands, wanted.clone(), &mut room);
            for (band, repeated) in wanted.zip(repeated) {
                let of_row = |row: usize| u64::from(key(row * bands + band)) << 32 | row as u64;
                let mut sorted: Vec<u64> = (0..rows).map(of_row).collect();
                sorted.sort_unstable();
                let plain: Vec<u64> = buckets(&sorted).flatten().copied().collect();
                assert!(repeated == plain, "band {band}");
            }
        }
    }

    #[test]
    fn the_entries_that_repeat_are_those_of_a_plain_sort() {
        // Half of them stand alone; the hash is the entry's own high half.
        let entry =
            |at: u64| mix64(if at.is_multiple_of(2) { at } else { at % 5_000 }) >> 32 << 32 | at;
        let entries: Vec<u64> = (0..40_000).map(entry).collect();
        let mut sorted = entries.clone();
        sorted.sort_unstable();
        let plain: Vec<u64> = buckets(&sorted).flatten().copied().collect();
        assert!(plain.len() > 10_000 && plain.len() < 30_000, "{}", plain.len());
        let chunks = entries.chunks(7_001).map(<[_]>::to_vec).collect();
        assert!(repeated_entries(chunks, high32) == plain);
        assert!(repeated_entries(Vec::new(), high32).is_empty());
    }
}
