//! Signatures of every participant, reduced at once to the keys of their bands.

use rayon::prelude::*;

use super::evidence::Comparison;
use crate::candidates::bands::{Banding, band_key, buckets};
use crate::mix::high32;
use crate::progress::Progress;
use crate::sketch::{MinHasher, WeightedMinHasher, inverse_weight};

/// Sentences that one task sketches.
const CHUNK: usize = 4_096;

/// The keys of the bands of every participant, row by row. Memory: 4 bytes a sentence and band.
pub(crate) struct BandKeys {
    keys: Vec<u32>,
    bands: usize,
}

impl BandKeys {
    /// Sketches every participant, with the permutations from this number on.
    pub(crate) fn new(
        comparison: &Comparison<'_>,
        participants: &[u32],
        (banding, first): (Banding, usize),
        progress: &dyn Progress,
    ) -> Self {
        let sketcher = Sketcher::new(comparison, banding, first);
        let bands = banding.bands as usize;
        let mut keys = vec![0; participants.len() * bands];
        let chunk = |(keys, rows): (&mut [u32], &[u32])| {
            let mut scratch = Scratch::of(banding);
            for (keys, &row) in keys.chunks_exact_mut(bands).zip(rows) {
                sketcher.sign(row, &mut scratch);
                let minima = scratch.signature.chunks_exact(banding.rows as usize);
                for (key, minima) in keys.iter_mut().zip(minima) {
                    *key = band_key(minima);
                }
            }
            progress.advance(rows.len() as u64);
        };
        keys.par_chunks_mut(CHUNK * bands).zip(participants.par_chunks(CHUNK)).for_each(chunk);
        Self { keys, bands }
    }

    /// The buckets of one band: `key << 32 | position` of every key that repeats, sorted.
    ///
    /// Keys are partitioned by their highest bits, chunk by chunk, and each partition is sorted in cache. Keys that stand
    /// alone, which most do, go no further.
    pub(crate) fn repeated_keys(&self, band: usize) -> Vec<u64> {
        let chunks = self.keys.par_chunks(ROWS * self.bands).enumerate();
        let chunks: Vec<Partitioned> = chunks
            .map(|(chunk, keys)| {
                let rows = keys.chunks_exact(self.bands).zip(chunk * ROWS..);
                let keyed =
                    rows.map(|(row, position)| u64::from(row[band]) << 32 | position as u64);
                Partitioned::new(&keyed.collect::<Vec<_>>())
            })
            .collect();
        let repeated = |partition: usize| {
            let parts = chunks.iter().flat_map(|chunk| chunk.partition(partition));
            let mut keyed: Vec<u64> = parts.copied().collect();
            keyed.sort_unstable();
            buckets(&keyed).flatten().copied().collect::<Vec<_>>()
        };
        (0..PARTITIONS).into_par_iter().map(repeated).collect::<Vec<_>>().concat()
    }

    /// How many pairs meet in each band, estimated from every so-manieth row.
    pub(crate) fn meetings(&self) -> Vec<u64> {
        let rows = self.keys.len() / self.bands.max(1);
        let step = rows.div_ceil(SAMPLED).max(1);
        let of_band = |band: usize| {
            let mut keys: Vec<u32> =
                self.keys.chunks_exact(self.bands).step_by(step).map(|row| row[band]).collect();
            keys.sort_unstable();
            let members = keys.chunk_by(|a, b| a == b).map(|members| members.len() as u64);
            members.map(|members| members * (members - 1) / 2).sum::<u64>()
        };
        let scale = (step * step) as u64;
        (0..self.bands).into_par_iter().map(|band| of_band(band) * scale).collect()
    }

    /// Whether two positions share one of the bands before this one.
    pub(crate) fn met_before(&self, band: usize, a: u32, b: u32) -> bool {
        let before = |position: u32| {
            let start = position as usize * self.bands;
            &self.keys[start..start + band]
        };
        before(a).iter().zip(before(b)).any(|(a, b)| a == b)
    }
}

/// Rows that are partitioned at a time: what they take stays in cache.
const ROWS: usize = 1 << 15;
/// Rows whose keys are counted.
const SAMPLED: usize = 1 << 15;
/// Partitions of a band, by the highest bits of the keys.
const PARTITIONS: usize = 1 << 8;

/// Keyed positions by partition, in order within each.
struct Partitioned {
    keyed: Vec<u64>,
    ends: [usize; PARTITIONS],
}

impl Partitioned {
    /// A counting sort.
    fn new(keyed: &[u64]) -> Self {
        let partition = |entry: u64| (high32(entry) >> (32 - PARTITIONS.ilog2())) as usize;
        let mut ends = [0; PARTITIONS];
        for &entry in keyed {
            ends[partition(entry)] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut placed = vec![0; keyed.len()];
        for &entry in keyed {
            let next = &mut ends[partition(entry)];
            placed[*next] = entry;
            *next += 1;
        }
        Self { keyed: placed, ends }
    }

    fn partition(&self, partition: usize) -> &[u64] {
        let start = partition.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keyed[start..self.ends[partition]]
    }
}

/// Buffers of one thread.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The minima of the sentence that was signed last, band by band.
    pub(crate) signature: Vec<u32>,
    hashes: Vec<u32>,
    inverse: Vec<u32>,
}

impl Scratch {
    /// Room for the signatures of a banding.
    pub(crate) fn of(banding: Banding) -> Self {
        Self { signature: vec![0; banding.permutations()], ..Self::default() }
    }
}

enum Hasher {
    Plain(MinHasher),
    Weighted(WeightedMinHasher),
}

/// Signs sentences of a corpus.
pub(crate) struct Sketcher<'a> {
    comparison: &'a Comparison<'a>,
    hasher: Hasher,
    inverse: Vec<u32>,
}

impl<'a> Sketcher<'a> {
    /// Signs with the permutations from this number on.
    pub(crate) fn new(comparison: &'a Comparison<'a>, banding: Banding, first: usize) -> Self {
        let (seed, numbers) = (comparison.config.seed, first..first + banding.permutations());
        let weights = &comparison.features().weights;
        let hasher = if weights.is_empty() {
            Hasher::Plain(MinHasher::of(seed, numbers))
        } else {
            Hasher::Weighted(WeightedMinHasher::of(seed, numbers))
        };
        Self { comparison, hasher, inverse: weights.iter().map(|&w| inverse_weight(w)).collect() }
    }

    /// Leaves the minima of a sentence in the buffers.
    pub(crate) fn sign(&self, row: u32, scratch: &mut Scratch) {
        let features = self.comparison.features();
        let items = features.sets.row(row as usize);
        scratch.hashes.clear();
        scratch.hashes.extend(items.iter().map(|&item| features.hashes[item as usize]));
        match &self.hasher {
            Hasher::Plain(hasher) => {
                hasher.signature(&scratch.hashes, &mut scratch.signature);
            }
            Hasher::Weighted(hasher) => {
                scratch.inverse.clear();
                scratch.inverse.extend(items.iter().map(|&item| self.inverse[item as usize]));
                hasher.signature(&scratch.hashes, &scratch.inverse, &mut scratch.signature);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{low32, mix64};

    #[test]
    fn the_keys_that_repeat_are_those_of_a_plain_sort() {
        let bands = 2;
        // Few distinct keys in the first band, many in the second; more rows than a chunk has.
        let rows = 2 * ROWS + 77;
        let key = |at: usize| {
            let drawn = mix64(at as u64);
            if at.is_multiple_of(2) {
                low32(drawn) % 9 * 500_000_000
            } else {
                low32(drawn) % 100_000
            }
        };
        let keys = BandKeys { keys: (0..rows * bands).map(key).collect(), bands };
        for band in 0..bands {
            let of_row = |row: usize| u64::from(key(row * bands + band)) << 32 | row as u64;
            let mut sorted: Vec<u64> = (0..rows).map(of_row).collect();
            sorted.sort_unstable();
            let repeated: Vec<u64> = buckets(&sorted).flatten().copied().collect();
            assert!(keys.repeated_keys(band) == repeated, "band {band}");
        }
    }
}
