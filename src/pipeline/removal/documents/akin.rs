//! Which sentences of two lists may have to do with each other, without comparing each with each.
//!
//! Two rows whose weighted Jaccard similarity reaches *t* share at least *t* of the weight of either, so the first item that they share
//! stands in both before what is left is lighter than that: only rows that meet in such a [prefix] are compared (the prefix filter of
//! Chaudhuri, Ganti & Kaushik 2006). Common words stand last and bring nobody together. Nothing is missed.
//!
//! Cost: a sort of the prefixes and of the meetings.

use crate::ids::Similarity;

/// The first items of a sorted row one of which it shares with any row that it reaches the threshold with.
pub(super) fn prefix<'a>(
    row: &'a [u32],
    weights: &[u32],
    total: u64,
    threshold: Similarity,
) -> &'a [u32] {
    let weight = |item: u32| weights.get(item as usize).map_or(1, |&weight| u64::from(weight));
    let mut left = total;
    let is_needed = |&&item: &&u32| {
        let is_needed = threshold.is_reached_by(left, total);
        left = left.saturating_sub(weight(item));
        is_needed
    };
    let count = row.iter().take_while(is_needed).count();
    &row[..count]
}

/// The pairs of one of `a` and one of `b` whose items meet, ascending; `None` if there are more than `most`.
pub(super) fn meetings<'i>(
    a: &[u32],
    b: &[u32],
    items: impl Fn(u32) -> &'i [u32],
    most: usize,
) -> Option<Vec<(u32, u32)>> {
    let mut listed: Vec<(u32, u32)> =
        b.iter().flat_map(|&row| items(row).iter().map(move |&item| (item, row))).collect();
    listed.sort_unstable();
    let mut met = Vec::new();
    for &row in a {
        let start = met.len();
        for &item in items(row) {
            let from = listed.partition_point(|&(other, _)| other < item);
            let of_item = listed[from..].iter().take_while(|&&(other, _)| other == item);
            met.extend(of_item.map(|&(_, other)| (row, other)));
        }
        met[start..].sort_unstable();
        let mut last = start;
        for at in start..met.len() {
            if at == start || met[at] != met[last - 1] {
                met[last] = met[at];
                last += 1;
            }
        }
        met.truncate(last);
        if met.len() > most {
            return None;
        }
    }
    Some(met)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{meetings, prefix};
    use crate::ids::Similarity;
    use crate::verify::{shared_weight_reaching, total_weight};

    /// Sorted rows of a few items, the first of which weigh most.
    fn rows() -> impl Strategy<Value = Vec<Vec<u32>>> {
        let row = prop::collection::btree_set(0u32..24, 0..10);
        prop::collection::vec(row.prop_map(|row| row.into_iter().collect()), 0..12)
    }

    proptest! {
        #[test]
        fn no_pair_that_reaches_the_threshold_is_missed(
            rows in rows(),
            percent in 1u32..=100,
            weights in prop::collection::vec(1u32..9, 24),
        ) {
            let threshold = Similarity::percent(percent);
            let total = |row: u32| total_weight(&rows[row as usize], &weights);
            let items = |row: u32| prefix(&rows[row as usize], &weights, total(row), threshold);
            let numbers: Vec<u32> = (0u32..).take(rows.len()).collect();
            let met = meetings(&numbers, &numbers, items, usize::MAX).unwrap();
            prop_assert!(met.is_sorted_by(|one, next| one < next));
            for &a in &numbers {
                for &b in &numbers {
                    let pair = (rows[a as usize].as_slice(), rows[b as usize].as_slice());
                    let found = shared_weight_reaching(pair, &weights, (total(a), total(b)), threshold);
                    if found.is_some_and(|shared| shared > 0) {
                        prop_assert!(met.binary_search(&(a, b)).is_ok(), "{a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn too_many_meetings_are_given_up() {
        let items = |_: u32| [7u32].as_slice();
        let (a, b) = ([0, 1, 2], [3, 4, 5]);
        assert_eq!(meetings(&a, &b, items, 9).map(|met| met.len()), Some(9));
        assert_eq!(meetings(&a, &b, items, 8), None);
    }

    #[test]
    fn sentences_that_share_only_common_words_do_not_meet() {
        // Two thousand rows with a word of their own that weighs most, and one that all of them have.
        let rows: Vec<[u32; 2]> = (0..2_000).map(|row| [row, 2_000]).collect();
        let weights: Vec<u32> = (0..=2_000).map(|item| if item < 2_000 { 9 } else { 1 }).collect();
        let items = |row: u32| prefix(&rows[row as usize], &weights, 10, Similarity::percent(30));
        let (a, b): (Vec<u32>, Vec<u32>) = (0..2_000).partition(|row| row % 2 == 0);
        assert_eq!(meetings(&a, &b, items, 0), Some(Vec::new()));
    }
}
