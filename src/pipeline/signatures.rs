//! Signatures of every participant, reduced at once to the keys of their bands.

use std::ops::Range;

use rayon::prelude::*;

use super::evidence::Comparison;
use super::grouping::{self, Room};
use crate::candidates::bands::{Banding, band_key};
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

    /// The buckets of some bands: for each, `key << 32 | position` of every key that repeats, sorted.
    pub(crate) fn repeated_keys(&self, bands: Range<usize>, room: &mut Room) -> Vec<Vec<u64>> {
        grouping::repeated_keys(&self.keys, self.bands, bands, room)
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

    /// Drops the pairs of positions that share one of the bands before this one, unless it is bad: in a bad one they may have met
    /// in a bucket that was let go.
    pub(crate) fn drop_met_before(
        &self,
        (band, bad): (usize, &[bool]),
        pairs: &mut Vec<(u32, u32)>,
    ) {
        let asked: Vec<u32> = bad[..band].iter().map(|&is_bad| u32::from(!is_bad)).collect();
        let before = |position: u32| {
            let start = position as usize * self.bands;
            &self.keys[start..start + band]
        };
        // All bands without a branch, so that a processor fetches the keys of the next pairs meanwhile.
        let met_before = |&(a, b): &(u32, u32)| {
            let both = before(a).iter().zip(before(b)).zip(&asked);
            both.fold(0, |met, ((a, b), asked)| met | (u32::from(a == b) & asked))
        };
        let met: Vec<u32> = pairs.iter().map(met_before).collect();
        let mut met = met.iter();
        pairs.retain(|_| met.next() == Some(&0));
    }
}

/// Rows whose keys are counted.
const SAMPLED: usize = 1 << 15;

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
