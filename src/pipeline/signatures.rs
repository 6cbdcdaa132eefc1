//! Signatures of every participant, reduced at once to the keys of their bands.

use rayon::prelude::*;

use super::evidence::Comparison;
use crate::candidates::bands::{Banding, band_key};
use crate::progress::Progress;
use crate::sketch::{MinHasher, WeightedMinHasher, inverse_weight};

/// Sentences that one task sketches.
const CHUNK: usize = 4_096;

/// For each band its keyed sentences, `key << 32 | position in participants`. Memory: 8 bytes a sentence and band.
pub(crate) fn band_keys(
    comparison: &Comparison<'_>,
    participants: &[u32],
    banding: Banding,
    progress: &dyn Progress,
) -> Vec<Vec<u64>> {
    let sketcher = Sketcher::new(comparison, banding);
    let bands = banding.bands as usize;
    let chunk = |(chunk, rows): (usize, &[u32])| {
        let mut keyed = vec![Vec::with_capacity(rows.len()); bands];
        let mut scratch =
            Scratch { signature: vec![0; banding.permutations()], ..Scratch::default() };
        for (position, &row) in (chunk * CHUNK..).zip(rows) {
            sketcher.sign(row, &mut scratch);
            let minima = scratch.signature.chunks_exact(banding.rows as usize);
            for (band, minima) in keyed.iter_mut().zip(minima) {
                band.push(u64::from(band_key(minima)) << 32 | position as u64);
            }
        }
        progress.advance(rows.len() as u64);
        keyed
    };
    let parts: Vec<Vec<Vec<u64>>> = participants.par_chunks(CHUNK).enumerate().map(chunk).collect();
    let band = |band: usize| parts.iter().flat_map(|part| part[band].iter().copied()).collect();
    (0..bands).into_par_iter().map(band).collect()
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
