//! How well a score separates pairs that are the same from pairs that are not.
//!
//! The area under the ROC curve is the chance that a pair labelled 1 scores higher than one labelled 0 (Mann & Whitney 1947),
//! ties counted half. Cost: a sort.

use serde::Serialize;

use super::share::{number, rounded};

/// What a score is worth on labelled pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Separation {
    /// The area under the ROC curve: 0.5 is chance.
    pub auc: f64,
    /// The best harmonic mean of precision and recall over all thresholds.
    pub best_f1: f64,
    /// The threshold that gives it: scores from it on count as the same.
    pub threshold: f64,
    /// The greatest recall at a precision of at least 0.90.
    pub recall_at_90: f64,
    /// The greatest recall at a precision of at least 0.95.
    pub recall_at_95: f64,
}

impl Separation {
    /// Of scores and labels; `None` unless there are both labels.
    ///
    /// ```
    /// use twicetold::eval::Separation;
    /// let found = Separation::of(&[(0.9, true), (0.4, true), (0.6, false), (0.1, false)]).unwrap();
    /// assert!((found.auc - 0.75).abs() < 1e-9 && (found.best_f1 - 0.8).abs() < 1e-9);
    /// ```
    pub fn of(scored: &[(f64, bool)]) -> Option<Self> {
        let positives = scored.iter().filter(|(_, label)| *label).count() as u64;
        let negatives = scored.len() as u64 - positives;
        if positives == 0 || negatives == 0 {
            return None;
        }
        let mut sorted = scored.to_vec();
        sorted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut found =
            Self { auc: 0.0, best_f1: 0.0, threshold: 1.0, recall_at_90: 0.0, recall_at_95: 0.0 };
        let (mut right, mut wrong, mut halves) = (0, 0, 0);
        for level in sorted.chunk_by(|(a, _), (b, _)| a.total_cmp(b).is_eq()) {
            let new_right = level.iter().filter(|(_, label)| *label).count() as u64;
            let new_wrong = level.len() as u64 - new_right;
            halves += new_wrong * (2 * right + new_right);
            (right, wrong) = (right + new_right, wrong + new_wrong);
            let threshold = level.first().map_or(0.0, |(score, _)| *score);
            found.see(threshold, (right, wrong), positives);
        }
        found.auc = number(halves) / (2.0 * number(positives) * number(negatives));
        let fields = [&mut found.auc, &mut found.best_f1, &mut found.threshold];
        let recalls = [&mut found.recall_at_90, &mut found.recall_at_95];
        fields.into_iter().chain(recalls).for_each(|field| *field = rounded(*field));
        Some(found)
    }

    /// Takes note of what a threshold gives.
    fn see(&mut self, threshold: f64, (right, wrong): (u64, u64), positives: u64) {
        let f1 = 2.0 * number(right) / number(right + wrong + positives);
        if f1 > self.best_f1 {
            (self.best_f1, self.threshold) = (f1, threshold);
        }
        let recall = number(right) / number(positives);
        if right * 100 >= (right + wrong) * 90 {
            self.recall_at_90 = self.recall_at_90.max(recall);
        }
        if right * 100 >= (right + wrong) * 95 {
            self.recall_at_95 = self.recall_at_95.max(recall);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_perfect_score_separates_and_a_constant_one_is_chance() {
        let perfect = Separation::of(&[(0.9, true), (0.8, true), (0.2, false)]).unwrap();
        assert!(near(perfect.auc, 1.0) && near(perfect.best_f1, 1.0));
        assert!(near(perfect.threshold, 0.8) && near(perfect.recall_at_95, 1.0));
        let constant = Separation::of(&[(0.5, true), (0.5, false)]).unwrap();
        assert!(near(constant.auc, 0.5) && near(constant.best_f1, 0.6667), "{constant:?}");
        assert!(near(constant.recall_at_90, 0.0));
    }

    #[test]
    fn recall_at_a_precision_is_that_of_the_lowest_threshold_that_keeps_it() {
        // Nine right ones, a wrong one: nine of ten is a precision of .90, but not of .95.
        let mut scored: Vec<(f64, bool)> =
            (0..9).map(|i| (0.9 - f64::from(i) / 100.0, true)).collect();
        scored.insert(4, (0.865, false));
        scored.push((0.1, true));
        scored.extend([(0.2, false), (0.2, false)]);
        let found = Separation::of(&scored).unwrap();
        assert!(near(found.recall_at_90, 0.9), "{found:?}");
        assert!(near(found.recall_at_95, 0.4), "{found:?}");
    }

    #[test]
    fn one_label_alone_separates_nothing() {
        assert_eq!(Separation::of(&[(0.5, true)]), None);
        assert_eq!(Separation::of(&[]), None);
    }
}
