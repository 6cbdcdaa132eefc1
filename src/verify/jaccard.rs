//! How much two sets share, exactly: sums over sorted rows, no rounding before the last comparison.

use crate::ids::Similarity;

/// The weight that two sorted rows of distinct items share; with no weights every item weighs 1. Cost: one merge.
///
/// ```
/// use twicetold::verify::shared_weight;
/// assert_eq!(shared_weight(&[1, 4, 9], &[4, 9, 11], &[]), 2);
/// ```
pub fn shared_weight(a: &[u32], b: &[u32], weights: &[u32]) -> u64 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            sum += weights.get(a[i] as usize).map_or(1, |&weight| u64::from(weight));
        }
        let (step_a, step_b) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(step_a);
        j += usize::from(step_b);
    }
    sum
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
    }
}
