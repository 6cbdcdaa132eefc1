//! The pilot: what a sample drawn by the hashes of its keys says of the whole corpus, before any engine is chosen.
//!
//! Pairs of a sample of m among n sentences are a share m(m − 1) / n(n − 1) of all pairs, near-duplicates and strangers alike,
//! so a count of pairs in the sample, divided by that share, is an unbiased estimate. What is many is counted as it will be
//! treated: linked to representatives.
//!
//! Cost: up to [`MOST_SAMPLED`] rows compared with each other by bitmap (a tenth of a second of one core), and 32 minima each.

#![expect(clippy::cast_precision_loss, reason = "estimates, of counts far below 2^53")]

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::candidates::bands::{Banding, band_key, buckets};
use crate::candidates::brute_force::Bounds;
use crate::candidates::heavy::REPRESENTATIVES;
use crate::candidates::prefix::PrefixIndex;
use crate::mix::mix64;
use crate::pipeline::bound::Bound;
use crate::pipeline::evidence::Comparison;
use crate::pipeline::signatures::{Scratch, Sketcher};
use crate::tables::StringTable;

/// The least and the most sentences of a sample; between them a quarter of the corpus.
const LEAST_SAMPLED: usize = 2_048;
const MOST_SAMPLED: usize = 16_384;
/// The most rows of a band that are tried.
const ROWS: u32 = 8;
/// The same, as a length.
pub const MOST_ROWS: usize = ROWS as usize;
/// Bands that are tried for each number of rows.
const TRIED_BANDS: u32 = 4;
/// Similarities by whole per cent.
const STEPS: usize = 101;
/// In the sample, fewer members than this are no sign of a crowd.
const CROWD: usize = 8;
/// Rows that one task compares.
const CHUNK: usize = 64;
/// Every so-manieth row tells how many pairs pass the bitmaps.
const COUNTED: usize = 16;
/// About so many pairs are verified.
const MOST_VERIFIED: u64 = 1 << 20;

/// What the sample says of all distinct sentences that are compared. Counts are estimates for the whole corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Pilot {
    /// Distinct sentences that are long enough to be compared.
    pub sentences: usize,
    /// How many of them were drawn.
    pub sampled: usize,
    /// Words or n-grams of a sentence, on average.
    pub items: f64,
    /// The share of pairs whose lengths alone do not rule a link out.
    pub lengths_fit: f64,
    /// Pairs that meet in a list of the prefix join, once for each list.
    pub postings: f64,
    /// Pairs that meet in one band, by its rows, from 1.
    pub met: [f64; MOST_ROWS],
    /// Pairs that the bitmaps let through, by similarity in whole per cent.
    pub passing: [f64; STEPS],
    /// Those of them whose prefixes meet.
    pub passing_prefix: [f64; STEPS],
}

impl Pilot {
    /// Draws the sample and measures it.
    pub(crate) fn new(
        comparison: &Comparison<'_>,
        keys: &StringTable,
        participants: &[u32],
    ) -> Self {
        let sample = comparison.by_weight(&sample(keys, participants, comparison.config.seed));
        let scale = pairs(participants.len()) / pairs(sample.len()).max(1.0);
        let weighted = comparison.features().weighted();
        let index = PrefixIndex::build(weighted, &sample, comparison.bar());
        let [passing, passing_prefix] = passing(comparison, &index, &sample, participants.len());
        let sets = &comparison.features().sets;
        let items: usize = sample.iter().map(|&row| sets.row(row as usize).len()).sum();
        let part = participants.len() as f64 / sample.len().max(1) as f64;
        Self {
            sentences: participants.len(),
            sampled: sample.len(),
            items: items as f64 / sample.len().max(1) as f64,
            lengths_fit: lengths_fit(comparison, &sample),
            postings: index.meetings() as f64 * scale,
            met: met(comparison, &sample, (part, scale)),
            passing: passing.map(|count| count * scale),
            passing_prefix: passing_prefix.map(|count| count * scale),
        }
    }
}

/// The pairs among so many.
pub(super) fn pairs(count: usize) -> f64 {
    let count = count as f64;
    count * (count - 1.0).max(0.0) / 2.0
}

/// The rows whose keys have the smallest hashes, ascending: a function of the keys and the seed, whatever their order.
fn sample(keys: &StringTable, participants: &[u32], seed: u64) -> Vec<u32> {
    let wanted = (participants.len() / 4).clamp(LEAST_SAMPLED, MOST_SAMPLED);
    if participants.len() <= wanted {
        return participants.to_vec();
    }
    let hashed = |&row: &u32| (xxh3_64_with_seed(keys.get(row as usize).as_bytes(), seed), row);
    let mut drawn: Vec<(u64, u32)> = participants.par_iter().map(hashed).collect();
    drawn.select_nth_unstable(wanted);
    let mut rows: Vec<u32> = drawn.iter().take(wanted).map(|&(_, row)| row).collect();
    rows.sort_unstable();
    rows
}

/// The share of pairs of which the lighter weighs at least the threshold's share of the heavier.
fn lengths_fit(comparison: &Comparison<'_>, sample: &[u32]) -> f64 {
    let features = comparison.features();
    let mut totals: Vec<u64> = sample.iter().map(|&row| features.totals[row as usize]).collect();
    totals.sort_unstable();
    let mut light = 0;
    let mut fitting = 0;
    for (heavy, &total) in totals.iter().enumerate() {
        while !comparison.threshold().is_reached_by(totals[light], total) && light < heavy {
            light += 1;
        }
        fitting += heavy - light;
    }
    fitting as f64 / pairs(sample.len()).max(1.0)
}

/// A pair of the sample that passed the bitmaps.
struct Passed {
    /// By position in the sample.
    pair: (u32, u32),
    /// In whole per cent, rounded down.
    percent: usize,
    is_linked: bool,
    prefixes_meet: bool,
}

/// Pairs of the sample that pass the bitmaps, and those whose prefixes meet, by similarity. A row that would have more
/// partners than a long list has members joins a family, and its pairs count as those of a list that is just not long.
fn passing(
    comparison: &Comparison<'_>,
    index: &PrefixIndex<'_>,
    sample: &[u32],
    sentences: usize,
) -> [[f64; STEPS]; 2] {
    let (passed, stands_for) = passed(comparison, index, sample);
    let mut partners = vec![0_u64; sample.len()];
    for Passed { pair: (a, b), .. } in passed.iter().filter(|passed| passed.is_linked) {
        partners[*a as usize] += stands_for;
        partners[*b as usize] += stands_for;
    }
    let part = sentences as f64 / sample.len().max(1) as f64;
    let limit = comparison.heavy_limit() as f64;
    let share = |position: u32| {
        let partners = partners[position as usize];
        let all = partners as f64 * part;
        if partners >= CROWD as u64 && all > limit { limit / all } else { 1.0 }
    };
    let mut counts = [[0.0; STEPS]; 2];
    for Passed { pair: (a, b), percent, prefixes_meet, .. } in passed {
        let count = share(a).min(share(b)) * stands_for as f64;
        counts[0][percent] += count;
        counts[1][percent] += if prefixes_meet { count } else { 0.0 };
    }
    counts
}

/// Where too many pass, every so-manieth by its hash is verified, and stands for so many: the second number.
fn passed(
    comparison: &Comparison<'_>,
    index: &PrefixIndex<'_>,
    sample: &[u32],
) -> (Vec<Passed>, u64) {
    let bound = comparison.bound(sample);
    let threshold = comparison.threshold();
    let every = count_passing(&bound, sample.len()).div_ceil(MOST_VERIFIED).max(1);
    let is_drawn = |a: usize, b: usize| mix64((a << 32 | b) as u64).is_multiple_of(every);
    let chunk = |first: usize| {
        let mut passed = Vec::new();
        for a in first..(first + CHUNK).min(sample.len()) {
            bound.survivors(a, bound.window(a), &mut |b| {
                if !is_drawn(a, b) {
                    return;
                }
                let rows = (sample[a], sample[b]);
                let similarity = comparison.similarity(rows.0, rows.1);
                let position = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
                passed.push(Passed {
                    pair: (position(a), position(b)),
                    percent: (similarity.millionths() / 10_000) as usize,
                    is_linked: similarity >= threshold,
                    prefixes_meet: index.meet((a, b)),
                });
            });
        }
        passed
    };
    let starts: Vec<usize> = (0..sample.len()).step_by(CHUNK).collect();
    let passed: Vec<Vec<Passed>> = starts.into_par_iter().map(chunk).collect();
    (passed.into_iter().flatten().collect(), every)
}

/// About how many pairs of the sample the bitmaps let through: those of every so-manieth row, and as many for the others.
fn count_passing(bound: &Bound, sampled: usize) -> u64 {
    let of_row = |row: usize| {
        let mut count = 0_u64;
        bound.survivors(row, bound.window(row), &mut |_| count += 1);
        count
    };
    let rows: Vec<usize> = (0..sampled).step_by(COUNTED).collect();
    rows.into_par_iter().map(of_row).sum::<u64>() * COUNTED as u64
}

/// Pairs that meet in a band of so many rows, the mean of a few bands; `part` is how many sentences one of the sample stands
/// for, `scale` how many pairs.
fn met(comparison: &Comparison<'_>, sample: &[u32], (part, scale): (f64, f64)) -> [f64; MOST_ROWS] {
    let banding = Banding { bands: TRIED_BANDS, rows: ROWS };
    let sketcher = Sketcher::new(comparison, banding, 0);
    let sign = |rows: &[u32]| {
        let mut scratch = Scratch::of(banding);
        let signature = |&row: &u32| {
            sketcher.sign(row, &mut scratch);
            scratch.signature.clone()
        };
        rows.iter().map(signature).collect::<Vec<_>>()
    };
    let signatures: Vec<Vec<u32>> =
        sample.par_chunks(CHUNK).map(sign).collect::<Vec<_>>().into_iter().flatten().collect();
    let limit = comparison.heavy_limit() as f64;
    let members = |rows: usize, band: usize| {
        let start = band * MOST_ROWS;
        let keyed = signatures.iter().zip(0_u64..);
        let mut keyed: Vec<u64> = keyed
            .map(|(minima, at)| u64::from(band_key(&minima[start..start + rows])) << 32 | at)
            .collect();
        keyed.sort_unstable();
        buckets(&keyed).map(|bucket| met_in(bucket.len(), limit, (part, scale))).sum::<f64>()
    };
    let mut met = [0.0; MOST_ROWS];
    let counts = (1..=MOST_ROWS)
        .into_par_iter()
        .map(|rows| (0..TRIED_BANDS as usize).map(|band| members(rows, band)).sum::<f64>());
    for (met, count) in met.iter_mut().zip(counts.collect::<Vec<f64>>()) {
        *met = count / f64::from(TRIED_BANDS);
    }
    met
}

/// Pairs that are met in a bucket of which the sample holds so many: all of them, or in a long one those with
/// representatives.
fn met_in(members: usize, limit: f64, (part, scale): (f64, f64)) -> f64 {
    let all = members as f64 * part;
    if members >= CROWD && all > limit {
        all * REPRESENTATIVES as f64
    } else {
        pairs(members) * scale
    }
}
