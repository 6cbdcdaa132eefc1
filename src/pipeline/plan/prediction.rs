//! What each engine would cost and find: counts from the pilot, times from the unit costs of a usual machine.
//!
//! Unit costs are constants, never measured at run time: the same input and settings give the same plan everywhere.

#![expect(clippy::cast_precision_loss, reason = "estimates, of counts far below 2^53")]

use super::Method;
use super::pilot::{Pilot, pairs};
use crate::candidates::bands::Banding;
use crate::config::{Config, Profile};
use crate::ids::Similarity;

/// Nanoseconds of one core.
mod cost {
    /// A bound on a pair, in a row of them.
    pub(super) const BITMAP: f64 = 1.1;
    /// The same with the wide bitmap.
    pub(super) const WIDE_BITMAP: f64 = 1.8;
    /// An entry of a list of the prefix join.
    pub(super) const POSTING: f64 = 6.0;
    /// A bound on a pair out of its row: both bitmaps are fetched.
    pub(super) const MEETING: f64 = 14.0;
    /// What fetching from memory adds to either, where the bitmaps of all sentences are far more than a cache holds.
    pub(super) const FETCH: f64 = 90.0;
    /// Sentences whose bitmaps a usual cache holds: 16 MiB.
    pub(super) const CACHED: f64 = 233_000.0;
    /// Comparing two sentences, and for each of their items.
    pub(super) const COMPARISON: f64 = 60.0;
    pub(super) const COMPARED_ITEM: f64 = 3.0;
    /// A minimum, for each item of a set; weighted ones take a logarithm.
    pub(super) const MINIMUM: f64 = 0.03;
    pub(super) const WEIGHTED_MINIMUM: f64 = 0.4;
    /// A key: mixed, kept, partitioned, grouped.
    pub(super) const KEY: f64 = 35.0;
    /// A sentence, whatever the engine.
    pub(super) const SENTENCE: f64 = 300.0;
}

/// What an engine would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The engine.
    pub method: Method,
    /// Pairs that meet: all pairs, entries of lists, or members of a bucket.
    pub met: f64,
    /// Pairs that would be compared on the texts themselves.
    pub candidates: f64,
    /// Seconds of one core of a usual machine, for finding the pairs alone.
    pub seconds: f64,
    /// The recall at the similarity of the contract.
    pub at_contract: f64,
    /// The recall at the threshold.
    pub at_threshold: f64,
    /// The mean recall over the pairs of the pilot that reach the threshold, each at its own similarity; 1 where it met none.
    pub expected: f64,
}

impl Prediction {
    /// Predicts what this engine does with a corpus like the pilot.
    pub fn new(config: &Config, pilot: &Pilot, method: Method) -> Self {
        let is_weighted = config.profile == Profile::Paraphrase;
        let chance = |similarity| match method {
            Method::BruteForce | Method::Prefix => 1.0,
            Method::Bands(banding) => banding.probability(similarity),
        };
        let fetch = cost::FETCH * (1.0 - cost::CACHED / (pilot.sentences as f64).max(cost::CACHED));
        let (met, candidates, search): (f64, f64, f64) = match method {
            Method::BruteForce => {
                let met = pairs(pilot.sentences) * pilot.lengths_fit;
                let is_wide = !is_weighted && config.threshold() < Similarity::percent(45);
                let bitmap = if is_wide { cost::WIDE_BITMAP } else { cost::BITMAP };
                (met, pilot.passing.iter().sum(), met * bitmap)
            }
            Method::Prefix => {
                let met = pilot.postings;
                (met, pilot.passing_prefix.iter().sum(), met * (cost::POSTING + fetch))
            }
            Method::Bands(banding) => {
                let rows = banding.rows as usize - 1;
                let met = pilot.met[rows] * f64::from(banding.bands);
                let outside = by_similarity(&pilot.passing_outside[rows]);
                let outside = outside.map(|(similarity, count)| count * chance(similarity));
                let candidates = outside.sum::<f64>() + pilot.passing_within[rows];
                let crowd = met_in_crowd(pilot, rows, is_weighted);
                let of_crowd =
                    crowd * if is_weighted { cost::POSTING + fetch } else { cost::BITMAP };
                let search =
                    met * cost::MEETING + of_crowd + signatures(pilot, banding, is_weighted);
                (met + crowd, candidates, search)
            }
        };
        let comparison = cost::COMPARISON + pilot.items * cost::COMPARED_ITEM;
        let sentences = pilot.sentences as f64 * cost::SENTENCE;
        // An empty sum of floats is −0, which would be shown.
        let (met, candidates) = (f64::max(met, 0.0), f64::max(candidates, 0.0));
        Self {
            method,
            met,
            candidates,
            seconds: (search + candidates * comparison + sentences) / 1e9,
            at_contract: chance(config.contract().at),
            at_threshold: chance(config.threshold()),
            expected: expected(pilot, config.threshold(), chance),
        }
    }
}

/// Pairs that meet in the crowd of strangers: who stands in a long bucket of any band.
fn met_in_crowd(pilot: &Pilot, rows: usize, is_weighted: bool) -> f64 {
    let crowd = pilot.crowded[rows];
    let all = if is_weighted { pilot.postings } else { pairs(pilot.sentences) * pilot.lengths_fit };
    all * crowd * crowd
}

/// Nanoseconds to sign every sentence and to group the keys.
fn signatures(pilot: &Pilot, banding: Banding, is_weighted: bool) -> f64 {
    let minimum = if is_weighted { cost::WEIGHTED_MINIMUM } else { cost::MINIMUM };
    let minima = banding.permutations() as f64 * pilot.items * minimum;
    pilot.sentences as f64 * (minima + f64::from(banding.bands) * cost::KEY)
}

/// Counts by the similarity in the middle of each step.
fn by_similarity(counts: &[f64]) -> impl Iterator<Item = (Similarity, f64)> {
    let middle = |percent: u64| Similarity::ratio((2 * percent + 1).min(200), 200);
    (0..).map(middle).zip(counts.iter().copied())
}

fn expected(pilot: &Pilot, threshold: Similarity, chance: impl Fn(Similarity) -> f64) -> f64 {
    let (mut all, mut found) = (0.0, 0.0);
    for (similarity, count) in by_similarity(&pilot.passing) {
        if similarity >= threshold {
            all += count;
            found += count * chance(similarity);
        }
    }
    if all > 0.0 { found / all } else { 1.0 }
}
