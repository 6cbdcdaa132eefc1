//! The prefix-filtered join: every pair whose weighted Jaccard similarity reaches the threshold, without comparing all.
//!
//! Items are numbered from the rarest to the commonest, so each row's first items are its rarest. A *prefix* is the shortest
//! run of first items after which what is left is too light for a link: a partner that shares none of the prefix shares no
//! more than what is left. Rows stand in the order of their weights, and each is probed against the heavier ones. With
//! `O ≥ t / (1 + t) · (W(x) + W(y))` and `W(x) ≤ W(y)`, the lighter row has to share `2t / (1 + t) · W(x)`, so it probes with a
//! short prefix; the heavier one has to share `t · W(y)` and is indexed by a longer one. Two partners meet first at the
//! rarest item that they share. Of each list only the rows within the *length* window are met, since `W(y) ≤ W(x) / t`; and
//! of these the *position* filter refuses a pair whose rows have too little weight left from the item where they meet. Where
//! links ask for some shared weight beside similarity, prefixes are the shorter for it, most of all those of light rows.
//!
//! Cost: the postings met, which grow with the square of the corpus times a small constant (rare items have short lists);
//! loss: none. Chaudhuri, Ganti, Kaushik 2006 and Bayardo, Ma, Srikant 2007 (All-Pairs); Xiao et al. 2008 (PPJoin); the
//! comparison of Mann, Augsten, Bouros 2016.

use std::ops::Range;

use crate::tables::RowTable;
use crate::weight::Bar;

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

impl<'a> WeightedRows<'a> {
    fn weight(&self, item: u32) -> u64 {
        self.weights.get(item as usize).map_or(1, |&weight| u64::from(weight))
    }

    /// The first items of a row and what it weighs from each of them on, as long as that is `enough` for its whole weight.
    fn prefix<F>(self, row: usize, enough: F) -> impl Iterator<Item = (u32, u64)> + use<'a, F>
    where
        F: Fn(u64, u64) -> bool,
    {
        let total = self.totals[row];
        let mut rest = total;
        let items = self.rows.row(row).iter().map(move |&item| {
            let from_here = rest;
            rest -= self.weight(item);
            (item, from_here)
        });
        items.take_while(move |&(_, from_here)| enough(from_here, total))
    }
}

/// An inverted index of prefixes.
///
/// ```
/// use twicetold::candidates::prefix::{Flow, PrefixIndex, Seen, WeightedRows};
/// use twicetold::{ids::Similarity, tables::RowTable, weight::Bar};
/// // Items are numbered from the rarest; each weighs 1.
/// let mut rows = RowTable::default();
/// for row in [[0, 3, 4, 5], [1, 3, 4, 5], [2, 6, 7, 8]] {
///     rows.push(&row);
/// }
/// let weighted = WeightedRows { rows: &rows, weights: &[], totals: &[4, 4, 4] };
/// let index = PrefixIndex::build(weighted, &[0, 1, 2], Bar::of(Similarity::percent(60)));
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
    bar: Bar,
    order: &'a [u32],
    /// By position in the order.
    totals: Vec<u64>,
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

/// A row in a list, by its position, and what it weighs from the item of the list on.
#[derive(Clone, Copy, Debug, Default)]
struct Posting {
    position: u32,
    /// The greatest number stands for everything that is more.
    rest: u32,
}

impl Posting {
    fn rest(self) -> u64 {
        if self.rest == u32::MAX { u64::MAX } else { u64::from(self.rest) }
    }
}

/// Scratch of one thread: which positions the current probe has already met.
#[derive(Debug, Default)]
pub struct Seen(Vec<u32>);

/// The positions that one probe has met.
struct Visit<'a> {
    position: u32,
    met_by: &'a mut [u32],
}

impl Seen {
    fn of(&mut self, position: usize, positions: usize) -> Visit<'_> {
        self.0.resize(positions, u32::MAX);
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        Visit { position, met_by: &mut self.0 }
    }
}

impl Visit<'_> {
    /// Whether this position was not met before; from now on it was.
    fn is_new(&mut self, other: usize) -> bool {
        std::mem::replace(&mut self.met_by[other], self.position) != self.position
    }
}

impl<'a> PrefixIndex<'a> {
    /// Indexes the prefixes of rows that stand in the order of their weights, the lightest first. Cost: two passes over them.
    pub fn build(rows: WeightedRows<'a>, order: &'a [u32], bar: Bar) -> Self {
        let totals: Vec<u64> = order.iter().map(|&row| rows.totals[row as usize]).collect();
        debug_assert!(totals.is_sorted(), "the lightest first");
        let enough = move |rest: u64, total: u64| bar.is_enough(rest, total);
        let highest = rows.rows.items().iter().max().map_or(0, |&item| item as usize + 1);
        let mut starts = vec![0; highest + 1];
        for &row in order {
            for (item, _) in rows.prefix(row as usize, enough) {
                starts[item as usize + 1] += 1;
            }
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![Posting::default(); starts.last().copied().unwrap_or(0)];
        for (&row, position) in order.iter().zip(0_u32..) {
            for (item, rest) in rows.prefix(row as usize, enough) {
                let rest = u32::try_from(rest).unwrap_or(u32::MAX);
                postings[next[item as usize]] = Posting { position, rest };
                next[item as usize] += 1;
            }
        }
        Self { rows, bar, order, totals, starts, postings }
    }

    /// Proposes the later positions that may reach the threshold with this one, each once, in no particular order, until
    /// `each` says that it has enough. Gives the postings that it met.
    pub fn probe(
        &self,
        position: usize,
        seen: &mut Seen,
        mut each: impl FnMut(usize) -> Flow,
    ) -> u64 {
        let mut visit = seen.of(position, self.order.len());
        let mut met = 0;
        for (list, rest) in self.lists(position) {
            met += list.len() as u64;
            for &posting in &self.postings[list] {
                if self.proposes(posting, rest, &mut visit)
                    && each(posting.position as usize) == Flow::Stop
                {
                    return met;
                }
            }
        }
        met
    }

    /// Proposes every position, earlier or later, that may reach the threshold with this one, each once, in no particular
    /// order, until `each` says that it has enough. Gives the postings that it met: several times those of
    /// [`probe`](Self::probe). A position is to be probed but once with the same scratch.
    pub fn probe_around(
        &self,
        position: usize,
        seen: &mut Seen,
        mut each: impl FnMut(usize) -> Flow,
    ) -> u64 {
        let mut visit = seen.of(position, self.order.len());
        visit.is_new(position);
        let bar = self.bar;
        let enough = move |rest: u64, total: u64| bar.is_enough(rest, total);
        let window = self.window_start(position)..self.window_end(position);
        let mut met = 0;
        for (item, rest) in self.rows.prefix(self.order[position] as usize, enough) {
            for &posting in self.within(item, &window) {
                met += 1;
                if self.proposes(posting, rest, &mut visit)
                    && each(posting.position as usize) == Flow::Stop
                {
                    return met;
                }
            }
        }
        met
    }

    /// Whether this meeting, of a row with so much left, is the first of both and leaves enough for a link.
    fn proposes(&self, posting: Posting, rest: u64, visit: &mut Visit<'_>) -> bool {
        let other = posting.position as usize;
        visit.is_new(other)
            && self.leaves_enough(rest.min(posting.rest()), (visit.position as usize, other))
    }

    /// The postings of an item that lie in a window.
    fn within(&self, item: u32, window: &Range<usize>) -> &[Posting] {
        let list = &self.postings[self.starts[item as usize]..self.starts[item as usize + 1]];
        let before = |end: usize| list.partition_point(|posting| (posting.position as usize) < end);
        &list[before(window.start)..before(window.end)]
    }

    /// How many postings probing every position meets: the work of the join. Cost: one pass over the prefixes.
    pub fn meetings(&self) -> u64 {
        let of = |position| self.lists(position).map(|(list, _)| list.len() as u64).sum::<u64>();
        (0..self.order.len()).map(of).sum()
    }

    /// Whether probing the earlier of two positions proposes the later one, which must be within its length window.
    pub fn meet(&self, (earlier, later): (usize, usize)) -> bool {
        let meet = |(list, rest): (Range<usize>, u64)| {
            let list = &self.postings[list];
            let found = list.binary_search_by_key(&later, |posting| posting.position as usize);
            found.ok().map(|at| rest.min(list[at].rest()))
        };
        let first = self.lists(earlier).find_map(meet);
        first.is_some_and(|rest| self.leaves_enough(rest, (earlier, later)))
    }

    /// For each item of a position's short prefix the later postings in its length window, and its own weight from there on.
    fn lists(&self, position: usize) -> impl Iterator<Item = (Range<usize>, u64)> {
        let bar = self.bar;
        let enough = move |rest: u64, total: u64| bar.is_enough_for_both(rest, 2 * total);
        let end = self.window_end(position);
        let prefix = self.rows.prefix(self.order[position] as usize, enough);
        prefix.map(move |(item, rest)| {
            let start = self.starts[item as usize];
            let list = &self.postings[start..self.starts[item as usize + 1]];
            let from = list.partition_point(|posting| posting.position as usize <= position);
            let later = &list[from..];
            let within = later.partition_point(|posting| (posting.position as usize) < end);
            (start + from..start + from + within, rest)
        })
    }

    /// The first position whose row is too heavy for this one: a similarity never exceeds the ratio of both weights.
    fn window_end(&self, position: usize) -> usize {
        let total = self.totals[position];
        self.totals.partition_point(|&other| {
            other <= total || self.bar.threshold.is_reached_by(total, other)
        })
    }

    /// The first position whose row is not too light for this one.
    fn window_start(&self, position: usize) -> usize {
        let total = self.totals[position];
        self.totals.partition_point(|&other| {
            other < total && !self.bar.threshold.is_reached_by(other, total)
        })
    }

    /// Whether so much shared weight can be enough for a link.
    fn leaves_enough(&self, shared: u64, (a, b): (usize, usize)) -> bool {
        self.bar.is_enough_for_both(shared, self.totals[a] + self.totals[b])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Similarity;
    use proptest::prelude::*;

    /// Rows of distinct items below 40, and a weight for each item.
    fn corpus() -> impl Strategy<Value = (Vec<Vec<u32>>, Vec<u32>)> {
        let row = prop::collection::btree_set(0_u32..40, 0..14);
        let rows = prop::collection::vec(row.prop_map(|row| row.into_iter().collect()), 0..30);
        let weight = prop_oneof![1_u32..1_000, Just(900_000)];
        (rows, prop::collection::vec(weight, 40))
    }

    fn total(row: &[u32], weights: &[u32]) -> u64 {
        row.iter().map(|&item| u64::from(weights[item as usize])).sum()
    }

    proptest! {
        #[test]
        fn every_pair_that_reaches_the_threshold_is_proposed_once(
            (lists, weights) in corpus(), threshold in 1_u32..=100, least_shared in 0_u64..3_000,
        ) {
            let threshold = Similarity::percent(threshold);
            let without = threshold.max(Similarity::percent(80));
            let bar = Bar { threshold, least_shared, without };
            let is_asked_for = |shared, union| {
                threshold.is_reached_by(shared, union)
                    && (shared >= least_shared || without.is_reached_by(shared, union))
            };
            let mut rows = RowTable::default();
            for row in &lists {
                rows.push(row);
            }
            let totals: Vec<u64> = lists.iter().map(|row| total(row, &weights)).collect();
            let mut order: Vec<u32> = (0..u32::try_from(lists.len()).unwrap()).collect();
            order.sort_by_key(|&row| totals[row as usize]);
            let weighted = WeightedRows { rows: &rows, weights: &weights, totals: &totals };
            let index = PrefixIndex::build(weighted, &order, bar);
            let (mut seen, mut met) = (Seen::default(), 0);
            for a in 0..order.len() {
                let mut proposed = Vec::new();
                met += index.probe(a, &mut seen, |b| {
                    proposed.push(b);
                    Flow::Continue
                });
                proposed.sort_unstable();
                prop_assert!(proposed.is_sorted_by(|a, b| a < b), "once");
                let mut around = Vec::new();
                index.probe_around(a, &mut Seen::default(), |b| {
                    around.push(b);
                    Flow::Continue
                });
                around.sort_unstable();
                prop_assert!(around.is_sorted_by(|a, b| a < b), "once");
                prop_assert!(proposed.iter().all(|b| around.binary_search(b).is_ok()));
                for b in (0..a).filter(|b| around.binary_search(b).is_err()) {
                    let (x, y) = (&lists[order[a] as usize], &lists[order[b] as usize]);
                    let shared: Vec<u32> = x.iter().copied().filter(|item| y.contains(item)).collect();
                    let shared = total(&shared, &weights);
                    let union = total(x, &weights) + total(y, &weights) - shared;
                    prop_assert!(!is_asked_for(shared, union));
                }
                for b in a + 1..order.len() {
                    let (x, y) = (&lists[order[a] as usize], &lists[order[b] as usize]);
                    let shared: Vec<u32> = x.iter().copied().filter(|item| y.contains(item)).collect();
                    let shared = total(&shared, &weights);
                    let union = total(x, &weights) + total(y, &weights) - shared;
                    let is_proposed = proposed.binary_search(&b).is_ok();
                    prop_assert!(is_proposed || !is_asked_for(shared, union));
                    if is_proposed {
                        prop_assert!(index.meet((a, b)));
                    }
                }
            }
            prop_assert_eq!(met, index.meetings());
        }
    }

    #[test]
    fn a_pair_that_meets_too_late_in_both_rows_is_refused() {
        let mut rows = RowTable::default();
        rows.push(&[0, 1, 2, 9]);
        rows.push(&[3, 4, 5, 9]);
        let weighted = WeightedRows { rows: &rows, weights: &[], totals: &[4, 4] };
        let index = PrefixIndex::build(weighted, &[0, 1], Bar::of(Similarity::percent(20)));
        let mut proposed = Vec::new();
        let met = index.probe(0, &mut Seen::default(), |other| {
            proposed.push(other);
            Flow::Continue
        });
        // One of eight items in common is less than a fifth of the seven in either.
        assert_eq!((met, proposed.len()), (0, 0));
    }
}
