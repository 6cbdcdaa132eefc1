//! A bitmap of every sentence, to refuse most pairs in a few nanoseconds without losing one that is linked.

use std::ops::Range;

use rayon::prelude::*;

use super::features::Features;
use crate::candidates::brute_force::Bounds;
use crate::candidates::prefix::Flow;
use crate::ids::Similarity;
use crate::sketch::{Bitmap, BitmapLayout, Probe, SMALL_BITMAP, WIDE_BITMAP, WeightHistogram};
use crate::weight::{Bar, LEAST_WEIGHT};

/// Below this threshold 512 bits let too many unweighted pairs through.
const WIDE_BELOW: Similarity = Similarity::percent(45);

/// Rows that are bounded before a search is asked whether it has enough.
const TILE: usize = 1_024;

/// From so many members on a group is compared in the order of weights, row by row.
const LARGE: usize = 24;

/// About so many rows tell which weights are usual.
const USUAL: usize = 1 << 14;

/// Bitmaps of the chosen rows, by position, of the width that pays.
pub(crate) enum Bound {
    /// 512 bits.
    Small(Bitmaps<SMALL_BITMAP>),
    /// 1,024 bits.
    Wide(Bitmaps<WIDE_BITMAP>),
}

/// Bitmaps of one layout, and what they are compared with.
pub(crate) struct Bitmaps<const WORDS: usize> {
    layout: BitmapLayout<WORDS>,
    rows: Vec<Bitmap<WORDS>>,
    totals: Vec<u64>,
    bar: Bar,
}

impl Bound {
    /// Bitmaps of the rows. Memory: 72 or 136 bytes a row.
    pub(crate) fn new(features: &Features, rows: &[u32], bar: Bar) -> Self {
        if !features.weights.is_empty() {
            let layout = BitmapLayout::weighted(&histogram(features, rows));
            Self::Small(Bitmaps::new(layout, features, rows, bar))
        } else if bar.threshold < WIDE_BELOW {
            Self::Wide(Bitmaps::new(BitmapLayout::unweighted(), features, rows, bar))
        } else {
            Self::Small(Bitmaps::new(BitmapLayout::unweighted(), features, rows, bar))
        }
    }

    /// The pairs of two positions of one group that can be linked. Groups stand behind each other in `positions`, and end at
    /// `ends`; within a group the order changes. The bitmaps are fetched at once, one behind the other: that takes a tenth of
    /// the time that it takes to fetch both of each pair.
    pub(crate) fn survivors_among(
        &self,
        positions: &mut [u32],
        ends: &[usize],
        each: impl FnMut(u32, u32),
    ) {
        match self {
            Self::Small(bitmaps) => bitmaps.survivors_among(positions, ends, each),
            Self::Wide(bitmaps) => bitmaps.survivors_among(positions, ends, each),
        }
    }

    /// Whether the pair at these positions can be linked at all.
    pub(crate) fn may_reach(&self, a: usize, b: usize) -> bool {
        match self {
            Self::Small(bitmaps) => bitmaps.may_reach(a, b),
            Self::Wide(bitmaps) => bitmaps.may_reach(a, b),
        }
    }

    fn totals(&self) -> &[u64] {
        match self {
            Self::Small(bitmaps) => &bitmaps.totals,
            Self::Wide(bitmaps) => &bitmaps.totals,
        }
    }

    /// The positions, earlier and later, whose rows are neither too light nor too heavy for the one at this position.
    pub(crate) fn window_around(&self, position: usize) -> Range<usize> {
        let (totals, threshold) = (self.totals(), self.threshold());
        let own = totals[position];
        let too_light = |&total: &u64| total < own && !threshold.is_reached_by(total, own);
        totals.partition_point(too_light)..self.window(position).end
    }

    /// Proposes the positions around this one that the bound lets through, until `each` says that it has enough. Gives how
    /// many were bounded.
    pub(crate) fn probe_around(
        &self,
        position: usize,
        survivors: &mut Vec<usize>,
        each: &mut dyn FnMut(usize) -> Flow,
    ) -> u64 {
        let window = self.window_around(position);
        let mut met = 0;
        for start in window.clone().step_by(TILE) {
            let tile = start..(start + TILE).min(window.end);
            met += tile.len() as u64;
            survivors.clear();
            self.survivors(position, tile, &mut |other| survivors.push(other));
            for &other in survivors.iter().filter(|other| **other != position) {
                if each(other) == Flow::Stop {
                    return met;
                }
            }
        }
        met
    }

    const fn threshold(&self) -> Similarity {
        match self {
            Self::Small(bitmaps) => bitmaps.bar.threshold,
            Self::Wide(bitmaps) => bitmaps.bar.threshold,
        }
    }
}

/// What the items of the rows weigh.
fn histogram(features: &Features, rows: &[u32]) -> WeightHistogram {
    let greatest = features.weights.iter().max().copied().unwrap_or(LEAST_WEIGHT);
    let mut histogram = WeightHistogram::new(greatest);
    for &row in rows.iter().step_by(rows.len().div_ceil(USUAL).max(1)) {
        let items = features.sets.row(row as usize);
        histogram.add(items.iter().map(|&item| features.weights[item as usize]));
    }
    histogram
}

/// The later positions whose rows are not too heavy for the one at this position, where rows stand in the order of weights.
fn window(totals: &[u64], position: usize, threshold: Similarity) -> Range<usize> {
    let (own, later) = (totals[position], &totals[position + 1..]);
    let fits = |&total: &u64| total <= own || threshold.is_reached_by(own, total);
    position + 1..position + 1 + later.partition_point(fits)
}

/// The window is right only where the rows stand in the order of their weights.
impl Bounds for Bound {
    fn rows(&self) -> usize {
        self.totals().len()
    }

    fn window(&self, position: usize) -> Range<usize> {
        window(self.totals(), position, self.threshold())
    }

    fn survivors(&self, position: usize, others: Range<usize>, each: &mut dyn FnMut(usize)) {
        match self {
            Self::Small(bitmaps) => bitmaps.survivors(position, others, each),
            Self::Wide(bitmaps) => bitmaps.survivors(position, others, each),
        }
    }
}

/// The ranges that end so, one behind the other.
fn groups(ends: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let starts = std::iter::once(&0).chain(ends);
    starts.zip(ends).map(|(&start, &end)| start..end)
}

impl<const WORDS: usize> Bitmaps<WORDS> {
    fn new(layout: BitmapLayout<WORDS>, features: &Features, rows: &[u32], bar: Bar) -> Self {
        let weight = |item: u32| features.weights.get(item as usize).copied().unwrap_or(1);
        let bitmap = |&row: &u32| {
            let items = features.sets.row(row as usize);
            layout.bitmap(items.iter().map(|&item| (item, weight(item))))
        };
        let totals = rows.iter().map(|&row| features.totals[row as usize]).collect();
        let rows = rows.par_iter().map(bitmap).collect();
        Self { layout, rows, totals, bar }
    }

    fn survivors_among(
        &self,
        positions: &mut [u32],
        ends: &[usize],
        mut each: impl FnMut(u32, u32),
    ) {
        for group in groups(ends).filter(|group| group.len() >= LARGE) {
            positions[group].sort_unstable_by_key(|&row| (self.totals[row as usize], row));
        }
        let rows: Vec<_> = positions.iter().map(|&row| self.rows[row as usize]).collect();
        let totals: Vec<u64> = positions.iter().map(|&row| self.totals[row as usize]).collect();
        let mut passed = Vec::new();
        for group in groups(ends) {
            let (rows, totals) = (&rows[group.clone()], &totals[group.clone()]);
            passed.clear();
            if group.len() < LARGE {
                self.layout.survivors_among(rows, totals, self.bar, &mut passed);
            } else {
                for (place, (bitmap, &total)) in rows.iter().zip(totals).enumerate() {
                    let probe = Probe { bitmap, total, bar: self.bar };
                    let later = window(totals, place, self.bar.threshold);
                    let (first, rows, totals) = (later.start, &rows[later.clone()], &totals[later]);
                    let mut pass = |other| passed.push((place, first + other));
                    self.layout.survivors(probe, rows, totals, &mut pass);
                }
            }
            let members = &positions[group];
            for &(a, b) in &passed {
                each(members[a], members[b]);
            }
        }
    }

    fn may_reach(&self, a: usize, b: usize) -> bool {
        let totals = (self.totals[a], self.totals[b]);
        self.layout.may_reach(&self.rows[a], &self.rows[b], totals, self.bar)
    }

    fn survivors(&self, position: usize, others: Range<usize>, each: &mut dyn FnMut(usize)) {
        let start = others.start;
        let (bitmap, total) = (&self.rows[position], self.totals[position]);
        let probe = Probe { bitmap, total, bar: self.bar };
        let (rows, totals) = (&self.rows[others.clone()], &self.totals[others]);
        self.layout.survivors(probe, rows, totals, |found| each(start + found));
    }
}
