//! How two partitions of the same records agree.
//!
//! B-cubed (Bagga & Baldwin 1998) asks of each record how much of its found cluster is truly with it, and how much of its true
//! cluster was found. The adjusted Rand index (Hubert & Arabie 1985) counts pairs of records that both partitions treat alike,
//! against chance. Cost: a sort.

use std::collections::BTreeMap;

use serde::Serialize;

use super::share::{harmonic, number, rounded};

/// The agreement of found clusters with true ones. Records alone are clusters of one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Agreement {
    /// Mean over records of the share of the found cluster that is of the record's true one.
    pub bcubed_precision: f64,
    /// Mean over records of the share of the true cluster that is in the record's found one.
    pub bcubed_recall: f64,
    /// Their harmonic mean.
    pub bcubed_f1: f64,
    /// The share of pairs of records in one found cluster that are in one true cluster.
    pub pair_precision: f64,
    /// The share of pairs of records in one true cluster that are in one found cluster.
    pub pair_recall: f64,
    /// Their harmonic mean.
    pub pair_f1: f64,
    /// The adjusted Rand index: 1 for equal partitions, about 0 by chance.
    pub adjusted_rand: f64,
}

impl Agreement {
    /// Of each record's true and found cluster; `None` without records.
    ///
    /// ```
    /// use twicetold::eval::Agreement;
    /// let found = Agreement::of(&[(0, 0), (0, 0), (1, 1)]).unwrap();
    /// assert!((found.bcubed_f1 - 1.0).abs() < 1e-9 && (found.adjusted_rand - 1.0).abs() < 1e-9);
    /// ```
    pub fn of(records: &[(u64, u64)]) -> Option<Self> {
        if records.is_empty() {
            return None;
        }
        let (truth, found) =
            (counts(records.iter().map(|r| r.0)), counts(records.iter().map(|r| r.1)));
        let cells = counts(records.iter().copied());
        let (mut precision, mut recall) = (0.0, 0.0);
        for (&(true_cluster, found_cluster), &cell) in &cells {
            let squared = number(cell) * number(cell);
            precision += squared / number(found[&found_cluster]);
            recall += squared / number(truth[&true_cluster]);
        }
        let all = number(records.len() as u64);
        let (precision, recall) = (precision / all, recall / all);
        let (both, in_truth, in_found) = (
            pairs(cells.values().copied()),
            pairs(truth.values().copied()),
            pairs(found.values().copied()),
        );
        // Where there is nothing to find or nothing was found, nothing is wrong.
        let ratio = |whole: f64| if whole > 0.0 { both / whole } else { 1.0 };
        let expected = in_truth * in_found / pairs(std::iter::once(records.len() as u64)).max(1.0);
        let most = f64::midpoint(in_truth, in_found);
        let spread = most - expected;
        let adjusted = if spread.abs() < 1e-12 { 1.0 } else { (both - expected) / spread };
        Some(Self {
            bcubed_precision: rounded(precision),
            bcubed_recall: rounded(recall),
            bcubed_f1: rounded(harmonic(precision, recall)),
            pair_precision: rounded(ratio(in_found)),
            pair_recall: rounded(ratio(in_truth)),
            pair_f1: rounded(harmonic(ratio(in_found), ratio(in_truth))),
            adjusted_rand: rounded(adjusted),
        })
    }
}

fn counts<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_insert(0) += 1);
    counts
}

/// The pairs inside clusters of these sizes.
fn pairs(sizes: impl Iterator<Item = u64>) -> f64 {
    sizes.map(|size| number(size) * number(size.saturating_sub(1)) / 2.0).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn the_adjusted_rand_index_of_a_known_table_is_known() {
        // Clusters {1,2,3} {4,5,6} against {1,2} {3,4} {5,6}: 2 pairs in both, of 6 and 3; expected 1.2, at most 4.5.
        let found = Agreement::of(&[(0, 0), (0, 0), (0, 1), (1, 1), (1, 2), (1, 2)]).unwrap();
        assert!(near(found.adjusted_rand, 0.8 / 3.3), "{found:?}");
        assert!(near(found.pair_precision, 2.0 / 3.0) && near(found.pair_recall, 1.0 / 3.0));
    }

    #[test]
    fn one_cluster_of_all_has_full_recall_and_the_precision_of_its_parts() {
        // Of four records in one heap, three belong together: (3·3 + 1·1) / 4 / 4.
        let found = Agreement::of(&[(0, 0), (0, 0), (0, 0), (1, 0)]).unwrap();
        assert!(near(found.bcubed_recall, 1.0));
        assert!(near(found.bcubed_precision, 10.0 / 16.0));
        assert!(near(found.adjusted_rand, 0.0), "{found:?}");
    }

    #[test]
    fn records_left_alone_have_full_precision_and_the_recall_of_themselves() {
        let found = Agreement::of(&[(0, 0), (0, 1), (0, 2), (1, 3)]).unwrap();
        assert!(near(found.bcubed_precision, 1.0));
        assert!(near(found.bcubed_recall, (3.0 / 3.0 + 1.0) / 4.0));
        assert!(near(found.pair_recall, 0.0) && near(found.pair_precision, 1.0));
    }

    #[test]
    fn nobody_agrees_about_nothing() {
        assert_eq!(Agreement::of(&[]), None);
    }
}
