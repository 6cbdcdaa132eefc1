//! Signatures of every participant, reduced at once to the keys of their bands.

use rayon::prelude::*;

use super::evidence::Comparison;
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
    /// Sketches every participant.
    pub(crate) fn new(
        comparison: &Comparison<'_>,
        participants: &[u32],
        banding: Banding,
        progress: &dyn Progress,
    ) -> Self {
        let sketcher = Sketcher::new(comparison, banding);
        let bands = banding.bands as usize;
        let mut keys = vec![0; participants.len() * bands];
        let chunk = |(keys, rows): (&mut [u32], &[u32])| {
            let signature = vec![0; banding.permutations()];
            let mut scratch = Scratch { signature, ..Scratch::default() };
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

    /// One band: `key << 32 | position`, sorted.
    pub(crate) fn sorted_band(&self, band: usize) -> Vec<u64> {
        let rows = self.keys.par_chunks_exact(self.bands).enumerate();
        let mut keyed: Vec<u64> =
            rows.map(|(position, row)| u64::from(row[band]) << 32 | position as u64).collect();
        keyed.par_sort_unstable();
        keyed
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

#[derive(Default)]
struct Scratch {
    signature: Vec<u32>,
    hashes: Vec<u32>,
    inverse: Vec<u32>,
}

enum Hasher {
    Plain(MinHasher),
    Weighted(WeightedMinHasher),
}

struct Sketcher<'a> {
    comparison: &'a Comparison<'a>,
    hasher: Hasher,
    inverse: Vec<u32>,
}

impl<'a> Sketcher<'a> {
    fn new(comparison: &'a Comparison<'a>, banding: Banding) -> Self {
        let (seed, permutations) = (comparison.config.seed, banding.permutations());
        let weights = &comparison.features().weights;
        let hasher = if weights.is_empty() {
            Hasher::Plain(MinHasher::new(seed, permutations))
        } else {
            Hasher::Weighted(WeightedMinHasher::new(seed, permutations))
        };
        Self { comparison, hasher, inverse: weights.iter().map(|&w| inverse_weight(w)).collect() }
    }

    fn sign(&self, row: u32, scratch: &mut Scratch) {
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
