//! The prefix-filtered join: every pair whose weighted Jaccard similarity reaches the threshold, without comparing all.
//!
//! Items are numbered from the rarest to the commonest, so each row's first items are its rarest. A row's *prefix* is the
//! shortest run of first items after which the remaining weight is below `t · W(row)`: a partner that shares none of the
//! prefix shares less than that, so it cannot reach `t`. Two partners share an item of both prefixes; so it is enough to
//! index prefixes and to probe with prefixes.
//!
//! Cost: the postings met, which grow with the square of the corpus times a small constant (rare items have short lists);
//! loss: none. Chaudhuri, Ganti, Kaushik 2006 and Bayardo, Ma, Srikant 2007 (All-Pairs); Xiao et al. 2008 (PPJoin); the
//! comparison of Mann, Augsten, Bouros 2016.

use crate::ids::Similarity;
use crate::tables::RowTable;

/// The rows and the weights of their items.
#[derive(Clone, Copy, Debug)]
pub struct WeightedRows<'a> {
    /// Sorted rows of distinct items; a smaller item is a rarer one.
    pub rows: &'a RowTable,
    /// The weight of each item; empty: every item weighs 1.
    pub weights: &'a [u32],
    /// The weight of each row, the sum over its items.
    pub totals: &'a [u64],
}

impl WeightedRows<'_> {
    fn weight(&self, item: u32) -> u64 {
        self.weights.get(item as usize).map_or(1, |&weight| u64::from(weight))
    }

    /// The prefix of a row at a threshold.
    fn prefix(&self, row: usize, threshold: Similarity) -> &[u32] {
        let items = self.rows.row(row);
        let total = self.totals[row];
        let mut rest = total;
        let mut length = 0;
        while length < items.len() && threshold.is_reached_by(rest, total) {
            rest -= self.weight(items[length]);
            length += 1;
        }
        &items[..length]
    }
}

/// An inverted index of prefixes.
///
/// ```
/// use twicetold::candidates::prefix::{Flow, PrefixIndex, Seen, WeightedRows};
/// use twicetold::{ids::Similarity, tables::RowTable};
/// // Items are numbered from the rarest; each weighs 1.
/// let mut rows = RowTable::default();
/// for row in [[0, 3, 4, 5], [1, 3, 4, 5], [2, 6, 7, 8]] {
///     rows.push(&row);
/// }
/// let weighted = WeightedRows { rows: &rows, weights: &[], totals: &[4, 4, 4] };
/// let index = PrefixIndex::build(weighted, &[0, 1, 2], Similarity::percent(60));
/// let (mut seen, mut met) = (Seen::default(), Vec::new());
/// index.probe(0, &mut seen, |other| {
///     met.push(other);
///     Flow::Continue
/// });
/// assert_eq!(met, [1]);
/// ```
#[derive(Debug)]
pub struct PrefixIndex<'a> {
    rows: WeightedRows<'a>,
    threshold: Similarity,
    starts: Vec<usize>,
    postings: Vec<u32>,
}

/// Scratch of one thread: which rows the current probe has already met.
#[derive(Debug, Default)]
pub struct Seen(Vec<u32>);

impl<'a> PrefixIndex<'a> {
    /// Indexes the prefixes of the rows that take part. Cost: two passes over them.
    pub fn build(rows: WeightedRows<'a>, participants: &[u32], threshold: Similarity) -> Self {
        let highest = rows.rows.items().iter().max().map_or(0, |&item| item as usize + 1);
        let mut starts = vec![0; highest + 1];
        for &row in participants {
            for &item in rows.prefix(row as usize, threshold) {
                starts[item as usize + 1] += 1;
            }
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![0; starts.last().copied().unwrap_or(0)];
        for &row in participants {
            for &item in rows.prefix(row as usize, threshold) {
                postings[next[item as usize]] = row;
                next[item as usize] += 1;
            }
        }
        Self { rows, threshold, starts, postings }
    }

    /// Proposes the later rows that may reach the threshold with this one, each once, in no particular order, until `each`
    /// says that it has enough.
    pub fn probe(&self, row: u32, seen: &mut Seen, mut each: impl FnMut(u32) -> Flow) {
        seen.0.resize(self.rows.rows.len(), u32::MAX);
        for &item in self.rows.prefix(row as usize, self.threshold) {
            let list = &self.postings[self.starts[item as usize]..self.starts[item as usize + 1]];
            let later = list.partition_point(|&other| other <= row);
            for &other in &list[later..] {
                let mark = &mut seen.0[other as usize];
                if *mark == row || !self.lengths_fit(row, other) {
                    continue;
                }
                *mark = row;
                if each(other) == Flow::Stop {
                    return;
                }
            }
        }
    }

    /// How many pairs of rows meet in the lists, a pair once for each item that both prefixes hold: what probing every row
    /// costs, and what a planner should ask first. Cost: one pass over the items.
    pub fn meetings(&self) -> u64 {
        let lengths = self.starts.windows(2).map(|ends| (ends[1] - ends[0]) as u64);
        lengths.map(|length| length * length.saturating_sub(1) / 2).sum()
    }

    /// A similarity never exceeds the ratio of the lighter row to the heavier one.
    fn lengths_fit(&self, row: u32, other: u32) -> bool {
        let (a, b) = (self.rows.totals[row as usize], self.rows.totals[other as usize]);
        self.threshold.is_reached_by(a.min(b), a.max(b))
    }
}

/// Whether a row's search goes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Flow {
    /// On to the next proposal.
    Continue,
    /// Enough.
    Stop,
}
