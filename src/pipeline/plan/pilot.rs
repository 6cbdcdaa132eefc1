//! The pilot: what a sample drawn by the hashes of its keys says of the whole corpus, before any engine is chosen.
//!
//! Pairs of a sample of m among n sentences are a share m(m − 1) / n(n − 1) of all pairs, near-duplicates and strangers alike,
//! so a count of pairs in the sample, divided by that share, is an unbiased estimate. What is many is counted as it will be
//! treated: as a crowd.
//!
//! Cost: up to [`MOST_SAMPLED`] rows compared with each other by bitmap (a tenth of a second of one core), and 32 minima each.

#![expect(clippy::cast_precision_loss, reason = "estimates, of counts far below 2^53")]

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::tried::{CROWD, Tried};
use crate::candidates::brute_force::Bounds;
use crate::candidates::prefix::PrefixIndex;
use crate::mix::mix64;
use crate::pipeline::bound::Bound;
use crate::pipeline::evidence::Comparison;
use crate::tables::StringTable;

/// The least and the most sentences of a sample; between them a quarter of the corpus.
const LEAST_SAMPLED: usize = 2_048;
const MOST_SAMPLED: usize = 16_384;
/// The most rows of a band that are tried.
pub(super) const ROWS: u32 = 8;
/// The same, as a length.
pub const MOST_ROWS: usize = ROWS as usize;
/// Similarities by whole per cent.
const STEPS: usize = 101;
/// With about so many others a row of a crowd is compared.
const COMPARED_OF_CROWD: f64 = 2.0;
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
    /// Pairs that meet in one band, by its rows, from 1, but for those of long buckets.
    pub met: [f64; MOST_ROWS],
    /// The share of sentences that stand in a long bucket of some band though they are no variants of each other.
    pub crowded: [f64; MOST_ROWS],
    /// Pairs that the bitmaps let through, by similarity in whole per cent.
    pub passing: [f64; STEPS],
    /// Those of them whose prefixes meet.
    pub passing_prefix: [f64; STEPS],
    /// Those of them that would be compared if they met, by the rows of the band: what meets in long buckets is left to the
    /// crowd, however similar it is.
    pub passing_outside: [[f64; STEPS]; MOST_ROWS],
    /// Those of which both stand in long buckets, and that would be compared in a crowd, by the rows of the band.
    pub passing_within: [f64; MOST_ROWS],
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
        let part = participants.len() as f64 / sample.len().max(1) as f64;
        let passed = Passing::new(comparison, &index, &sample, part);
        let tried = Tried::new(comparison, &sample, part);
        let counts = passed.counts(&tried, !comparison.features().weights.is_empty());
        let strangers = |rows: usize| {
            let is_stranger = |at: &usize| tried.is_crowded(rows, *at) && !passed.is_of_crowd[*at];
            (0..sample.len()).filter(is_stranger).count() as f64 / sample.len().max(1) as f64
        };
        let sets = &comparison.features().sets;
        let items: usize = sample.iter().map(|&row| sets.row(row as usize).len()).sum();
        Self {
            sentences: participants.len(),
            sampled: sample.len(),
            items: items as f64 / sample.len().max(1) as f64,
            lengths_fit: lengths_fit(comparison, &sample),
            postings: index.meetings() as f64 * scale,
            met: std::array::from_fn(|rows| tried.met(rows) * scale),
            crowded: std::array::from_fn(strangers),
            passing: counts.all.map(|count| count * scale),
            passing_prefix: counts.prefix.map(|count| count * scale),
            passing_outside: counts.outside.map(|counts| counts.map(|count| count * scale)),
            passing_within: counts.within.map(|count| count * scale),
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

/// Pairs of the sample that pass the bitmaps.
struct Passing {
    passed: Vec<Passed>,
    /// How many pairs each of them stands for.
    stands_for: u64,
    /// By position, in the whole corpus, about how many partners a row has.
    partners: Vec<f64>,
    /// By position: whether it has too many.
    is_of_crowd: Vec<bool>,
}

impl Passing {
    /// `part` is how many sentences one of the sample stands for.
    fn new(
        comparison: &Comparison<'_>,
        index: &PrefixIndex<'_>,
        sample: &[u32],
        part: f64,
    ) -> Self {
        let (passed, stands_for) = passed(comparison, index, sample);
        let mut partners = vec![0_u64; sample.len()];
        for Passed { pair: (a, b), .. } in passed.iter().filter(|passed| passed.is_linked) {
            partners[*a as usize] += stands_for;
            partners[*b as usize] += stands_for;
        }
        let limit = comparison.heavy_limit() as f64;
        let is_of_crowd = |&count: &u64| count >= CROWD as u64 && count as f64 * part > limit;
        let is_of_crowd = partners.iter().map(is_of_crowd).collect();
        let partners = partners.into_iter().map(|count| count as f64 * part).collect();
        Self { passed, stands_for, partners, is_of_crowd }
    }

    /// Counts them by similarity. Of a pair of a crowd only so much counts as is compared.
    fn counts(&self, tried: &Tried, by_prefixes: bool) -> Counts {
        let mut counts = Counts {
            all: [0.0; STEPS],
            prefix: [0.0; STEPS],
            outside: [[0.0; STEPS]; MOST_ROWS],
            within: [0.0; MOST_ROWS],
        };
        let in_short = self.in_short_buckets(tried);
        for &Passed { pair: (a, b), percent, prefixes_meet, .. } in &self.passed {
            let (a, b) = (a as usize, b as usize);
            let is_of_crowd = self.is_of_crowd[a] && self.is_of_crowd[b];
            let most = f64::max(self.partners[a], self.partners[b]);
            let share = if is_of_crowd { (2.0 * COMPARED_OF_CROWD / most).min(1.0) } else { 1.0 };
            let count = share * self.stands_for as f64;
            counts.all[percent] += count;
            counts.prefix[percent] += if prefixes_meet { count } else { 0.0 };
            for (rows, in_short) in in_short.iter().enumerate() {
                if !(tried.is_crowded(rows, a) && tried.is_crowded(rows, b)) {
                    counts.outside[rows][percent] +=
                        if is_of_crowd { count } else { count * in_short[percent] };
                } else if prefixes_meet || !by_prefixes {
                    counts.within[rows] += count;
                }
            }
        }
        counts
    }

    /// Of the meetings of pairs that are of no family, those in buckets that are not long, by rows and similarity: pairs that
    /// share common words alone may meet in few long buckets, where the chance of their similarity would have them meet
    /// everywhere.
    fn in_short_buckets(&self, tried: &Tried) -> [[f64; STEPS]; MOST_ROWS] {
        let mut met = [[(0.0, 0.0); STEPS]; MOST_ROWS];
        for &Passed { pair: (a, b), percent, .. } in &self.passed {
            let pair = (a as usize, b as usize);
            if self.is_of_crowd[pair.0] && self.is_of_crowd[pair.1] {
                continue;
            }
            for (rows, met) in met.iter_mut().enumerate() {
                let (all, long) = tried.meetings(rows, pair);
                met[percent].0 += f64::from(all);
                met[percent].1 += f64::from(long);
            }
        }
        met.map(|met| met.map(|(all, long)| if all > 0.0 { 1.0 - long / all } else { 1.0 }))
    }
}

/// Pairs that pass the bitmaps: see the fields of [`Pilot`].
struct Counts {
    all: [f64; STEPS],
    prefix: [f64; STEPS],
    outside: [[f64; STEPS]; MOST_ROWS],
    within: [f64; MOST_ROWS],
}

/// Where too many pass, every so-manieth by its hash is verified, and stands for so many: the second number.
fn passed(
    comparison: &Comparison<'_>,
    index: &PrefixIndex<'_>,
    sample: &[u32],
) -> (Vec<Passed>, u64) {
    let bound = comparison.bound(sample);
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
                    is_linked: comparison.link_by_similarity(rows.0, rows.1).is_some(),
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
