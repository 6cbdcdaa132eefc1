//! A few bands of the pilot's sample, for each number of rows: who meets in them, and in how long buckets.

#![expect(clippy::cast_precision_loss, reason = "estimates, of counts far below 2^53")]

use rayon::prelude::*;

use super::pilot::{MOST_ROWS, ROWS, pairs};
use crate::candidates::bands::{Banding, band_key, buckets, position_of};
use crate::pipeline::buckets::LONG;
use crate::pipeline::evidence::Comparison;
use crate::pipeline::signatures::{Scratch, Sketcher};

/// Bands that are tried for each number of rows.
const BANDS: u32 = 4;
/// In the sample, fewer members than this are no sign of a crowd.
pub(super) const CROWD: usize = 8;
/// Sentences that one task signs.
const CHUNK: usize = 64;

/// What was tried, by rows from 1.
pub(super) struct Tried {
    of_rows: Vec<Vec<Band>>,
}

/// One band of the sample.
struct Band {
    /// By position in the sample.
    keys: Vec<u32>,
    /// By position: whether it stands in a bucket that would be a long one in the whole corpus.
    is_crowded: Vec<bool>,
    /// Pairs that meet in buckets that are not.
    met: f64,
}

impl Tried {
    /// Tries a few bands; `part` is how many sentences one of the sample stands for.
    pub(super) fn new(comparison: &Comparison<'_>, sample: &[u32], part: f64) -> Self {
        let signatures = signatures(comparison, sample);
        let long = (LONG * comparison.config.heavy as usize) as f64;
        let is_long = |members: usize| members >= CROWD && members as f64 * part > long;
        let of_rows = |rows: usize| {
            let minima =
                |band: usize| signatures.iter().map(move |of| &of[band * MOST_ROWS..][..rows]);
            let keys = |band: usize| minima(band).map(band_key).collect();
            (0..BANDS as usize).map(|band| Band::new(keys(band), is_long)).collect()
        };
        Self { of_rows: (1..=MOST_ROWS).into_par_iter().map(of_rows).collect() }
    }

    /// Pairs that meet in a band of so many rows, but for those of long buckets: the mean of the bands.
    pub(super) fn met(&self, rows: usize) -> f64 {
        self.of_rows[rows].iter().map(|band| band.met).sum::<f64>() / f64::from(BANDS)
    }

    /// Whether the row at a position stands in a long bucket of some band.
    pub(super) fn is_crowded(&self, rows: usize, position: usize) -> bool {
        self.of_rows[rows].iter().any(|band| band.is_crowded[position])
    }

    /// In how many bands a pair of positions meets, and in how many of them in a long bucket.
    pub(super) fn meetings(&self, rows: usize, (a, b): (usize, usize)) -> (u32, u32) {
        let met = self.of_rows[rows].iter().filter(|band| band.keys[a] == band.keys[b]);
        met.fold((0, 0), |(all, long), band| (all + 1, long + u32::from(band.is_crowded[a])))
    }
}

impl Band {
    fn new(keys: Vec<u32>, is_long: impl Fn(usize) -> bool) -> Self {
        let keyed = keys.iter().zip(0_u64..);
        let mut keyed: Vec<u64> = keyed.map(|(&key, at)| u64::from(key) << 32 | at).collect();
        keyed.sort_unstable();
        let mut band = Self { is_crowded: vec![false; keys.len()], keys, met: 0.0 };
        for bucket in buckets(&keyed) {
            if is_long(bucket.len()) {
                for &entry in bucket {
                    band.is_crowded[position_of(entry) as usize] = true;
                }
            } else {
                band.met += pairs(bucket.len());
            }
        }
        band
    }
}

/// The minima of every sentence of the sample.
fn signatures(comparison: &Comparison<'_>, sample: &[u32]) -> Vec<Vec<u32>> {
    let banding = Banding { bands: BANDS, rows: ROWS };
    let sketcher = Sketcher::new(comparison, banding, 0);
    let sign = |rows: &[u32]| {
        let mut scratch = Scratch::of(banding);
        let signature = |&row: &u32| {
            sketcher.sign(row, &mut scratch);
            scratch.signature.clone()
        };
        rows.iter().map(signature).collect::<Vec<_>>()
    };
    sample.par_chunks(CHUNK).map(sign).collect::<Vec<_>>().concat()
}
