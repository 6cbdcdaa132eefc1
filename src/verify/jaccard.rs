//! How much two sets share, exactly: sums over sorted rows, no rounding before the last comparison.

use crate::ids::Similarity;

/// The weight that two sorted rows of distinct items share; with no weights every item weighs 1. Cost: one merge.
///
/// ```
/// use twicetold::verify::shared_weight;
/// assert_eq!(shared_weight(&[1, 4, 9], &[4, 9, 11], &[]), 2);
/// ```
pub fn shared_weight(a: &[u32], b: &[u32], weights: &[u32]) -> u64 {
    shared(a, b, weights).weight
}

/// What two rows share.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Shared {
    /// How many items.
    pub items: u64,
    /// What they weigh.
    pub weight: u64,
}

/// The items that two sorted rows of distinct items share, counted and weighed. Cost: one merge.
///
/// ```
/// use twicetold::verify::{Shared, shared};
/// assert_eq!(shared(&[0, 2], &[1, 2], &[5, 6, 7]), Shared { items: 1, weight: 7 });
/// ```
pub fn shared(a: &[u32], b: &[u32], weights: &[u32]) -> Shared {
    let (mut i, mut j, mut shared) = (0, 0, Shared::default());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            shared.items += 1;
            shared.weight += weights.get(a[i] as usize).map_or(1, |&weight| u64::from(weight));
        }
        let (step_a, step_b) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(step_a);
        j += usize::from(step_b);
    }
    shared
}

/// The same for two rows whose similarity reaches a threshold, and nothing for others. `totals` are the weights of the rows.
///
/// The rows of weight S together reach the threshold t while their symmetric difference weighs at most S·(1 − t)/(1 + t), so
/// the merge ends at the item that goes beyond. Where rarer items come first, as the heaviest, strangers end after a few.
///
/// ```
/// use twicetold::ids::Similarity;
/// use twicetold::verify::shared_weight_reaching;
/// let reaching = |percent| {
///     shared_weight_reaching((&[1, 4, 9], &[4, 9, 11]), &[], (3, 3), Similarity::percent(percent))
/// };
/// assert_eq!((reaching(50), reaching(51)), (Some(2), None));
/// ```
pub fn shared_weight_reaching(
    (a, b): (&[u32], &[u32]),
    weights: &[u32],
    totals: (u64, u64),
    threshold: Similarity,
) -> Option<u64> {
    let weight = |item: u32| weights.get(item as usize).map_or(1, |&weight| i64::from(weight));
    let room = room(totals, threshold);
    let (mut left, mut i, mut j) = (room, 0, 0);
    while i < a.len() && j < b.len() {
        let (item_a, item_b) = (a[i], b[j]);
        if item_a == item_b {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        left -= weight(item_a.min(item_b));
        if left < 0 {
            return None;
        }
        i += usize::from(item_a < item_b);
        j += usize::from(item_b < item_a);
    }
    for &item in a[i..].iter().chain(&b[j..]) {
        left -= weight(item);
    }
    let difference = u64::try_from(room - left).unwrap_or(u64::MAX);
    (left >= 0).then(|| (totals.0 + totals.1).saturating_sub(difference) / 2)
}

/// What the symmetric difference of two rows of these weights may weigh.
fn room((a, b): (u64, u64), threshold: Similarity) -> i64 {
    let threshold = u128::from(threshold.millionths());
    let room = u128::from(a + b) * (1_000_000 - threshold) / (1_000_000 + threshold);
    i64::try_from(room).unwrap_or(i64::MAX)
}

/// How many items two sorted rows of distinct items share. Cost: one merge.
pub fn shared_items<T: Ord>(a: &[T], b: &[T]) -> u64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        shared += u64::from(a[i] == b[j]);
        let (step_a, step_b) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(step_a);
        j += usize::from(step_b);
    }
    shared
}

/// The weight of a row.
pub fn total_weight(row: &[u32], weights: &[u32]) -> u64 {
    let weight = |&item: &u32| weights.get(item as usize).map_or(1, |&weight| u64::from(weight));
    row.iter().map(weight).sum()
}

/// The Jaccard similarity of two rows that weigh `a` and `b` and share `shared`.
pub fn jaccard(shared: u64, a: u64, b: u64) -> Similarity {
    Similarity::ratio(shared, a + b - shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::btree_set, prelude::*};

    proptest! {
        #[test]
        fn jaccard_is_symmetric_bounded_and_one_on_equals(
            a in btree_set(0_u32..50, 1..30),
            b in btree_set(0_u32..50, 1..30),
            weights in proptest::collection::vec(1_u32..1_000_000, 50),
        ) {
            let (a, b): (Vec<_>, Vec<_>) = (a.into_iter().collect(), b.into_iter().collect());
            let score = |a: &[u32], b: &[u32]| {
                let shared = shared_weight(a, b, &weights);
                jaccard(shared, total_weight(a, &weights), total_weight(b, &weights))
            };
            prop_assert_eq!(score(&a, &b), score(&b, &a));
            prop_assert!(score(&a, &b) <= Similarity::ONE);
            prop_assert_eq!(score(&a, &a), Similarity::ONE);
        }

        #[test]
        fn a_merge_that_may_end_early_tells_the_same(
            a in btree_set(0_u32..50, 1..30),
            b in btree_set(0_u32..50, 1..30),
            weights in proptest::collection::vec(1_u32..1_000_000, 50),
            is_weighted in any::<bool>(),
            threshold in 0_u32..=100,
        ) {
            let (a, b): (Vec<_>, Vec<_>) = (a.into_iter().collect(), b.into_iter().collect());
            let weights = if is_weighted { weights } else { Vec::new() };
            let totals = (total_weight(&a, &weights), total_weight(&b, &weights));
            let shared = shared_weight(&a, &b, &weights);
            let union = totals.0 + totals.1 - shared;
            let exact = Similarity::ratio(shared, union);
            // One of the thresholds is the very similarity, so that the last unit counts.
            for threshold in [Similarity::percent(threshold), exact] {
                let reaching = shared_weight_reaching((&a, &b), &weights, totals, threshold);
                prop_assert_eq!(reaching, threshold.is_reached_by(shared, union).then_some(shared));
            }
        }
    }
}
