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

    /// The bitmaps of some positions, behind each other: bounding all their pairs takes a tenth of the time that it takes to
    /// fetch both bitmaps of each.
    pub(crate) fn gathered(&self, positions: &[u32]) -> Self {
        match self {
            Self::Small(bitmaps) => Self::Small(bitmaps.gathered(positions)),
            Self::Wide(bitmaps) => Self::Wide(bitmaps.gathered(positions)),
        }
    }

    /// The weight of the row at a position.
    pub(crate) fn total(&self, position: u32) -> u64 {
        self.totals()[position as usize]
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

/// The window is right only where the rows stand in the order of their weights.
impl Bounds for Bound {
    fn rows(&self) -> usize {
        self.totals().len()
    }

    fn window(&self, position: usize) -> Range<usize> {
        let (totals, threshold) = (self.totals(), self.threshold());
        let (own, later) = (totals[position], &totals[position + 1..]);
        let fits = |&total: &u64| total <= own || threshold.is_reached_by(own, total);
        position + 1..position + 1 + later.partition_point(fits)
    }

    fn survivors(&self, position: usize, others: Range<usize>, each: &mut dyn FnMut(usize)) {
        match self {
            Self::Small(bitmaps) => bitmaps.survivors(position, others, each),
            Self::Wide(bitmaps) => bitmaps.survivors(position, others, each),
        }
    }
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

    fn gathered(&self, positions: &[u32]) -> Self {
        Self {
            layout: self.layout.clone(),
            rows: positions.iter().map(|&position| self.rows[position as usize]).collect(),
            totals: positions.iter().map(|&position| self.totals[position as usize]).collect(),
            bar: self.bar,
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
