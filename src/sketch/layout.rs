//! Which weights share a word of a bitmap: the layout that wastes the least of what usual sets weigh.
//!
//! Two losses weaken the bound. A differing bit proves no more than the least weight of its class, so a class should be
//! narrow; and two tokens that fall on one bit prove nothing, so a class that holds many tokens of a set should have many
//! bits. Both are known in advance from how often each weight occurs. The layout with the least expected loss is found by
//! dynamic programming over some dozens of steps of weight.
//!
//! Cost: one pass over the weights, then a millisecond.

#![expect(clippy::cast_precision_loss, reason = "expectations, of counts far below 2^53")]

use crate::weight::{LEAST_WEIGHT, Weight};

/// Steps of weight that are told apart.
const STEPS: usize = 64;
/// Bits of a word.
const BITS: f64 = 64.0;

/// How often each weight occurs in some sets.
///
/// ```
/// use twicetold::{sketch::WeightHistogram, weight::NAT};
/// let mut histogram = WeightHistogram::new(10 * NAT);
/// histogram.add([NAT, 9 * NAT]); // a set of two tokens
/// histogram.add([NAT]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WeightHistogram {
    step: Weight,
    steps: Vec<Step>,
    sets: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Step {
    tokens: u64,
    weight: u64,
}

impl WeightHistogram {
    /// For weights up to the greatest; heavier ones count as that.
    pub fn new(greatest: Weight) -> Self {
        let steps = Weight::try_from(STEPS).unwrap_or(Weight::MAX);
        Self { step: greatest / steps + 1, steps: vec![Step::default(); STEPS], sets: 0 }
    }

    /// Counts the tokens of a set, by their weights.
    pub fn add(&mut self, set: impl IntoIterator<Item = Weight>) {
        self.sets += 1;
        for weight in set {
            let step = &mut self.steps[(weight / self.step).min(63) as usize];
            step.tokens += 1;
            step.weight += u64::from(weight);
        }
    }

    /// The least weight of each word's class, ascending; words of one class have the same. Cost: a million additions.
    pub(super) fn classes<const WORDS: usize>(&self) -> [Weight; WORDS] {
        // Of steps from one on, with so many words left: the least loss, and where the next class begins and its words.
        let mut best = vec![[(f64::INFINITY, 0_usize, 0_usize); WORDS]; STEPS];
        for start in (0..STEPS).rev() {
            for words in 1..=WORDS {
                best[start][words - 1] = self.best(start, words, &best);
            }
        }
        let mut least = [LEAST_WEIGHT; WORDS];
        let (mut start, mut word) = (0, 0);
        while word < WORDS {
            let (_, next, words) = best[start][WORDS - word - 1];
            least[word..word + words].fill(self.floor(start));
            (start, word) = (next, word + words);
        }
        least
    }

    fn best<const WORDS: usize>(
        &self,
        start: usize,
        words: usize,
        best: &[[(f64, usize, usize); WORDS]],
    ) -> (f64, usize, usize) {
        let mut least = (self.loss(start..STEPS, words), STEPS, words);
        for (next, after) in best.iter().enumerate().skip(start + 1) {
            for own in 1..words {
                let loss = self.loss(start..next, own) + after[words - own - 1].0;
                if loss < least.0 {
                    least = (loss, next, own);
                }
            }
        }
        least
    }

    /// The weight that a class of these steps with so many words is expected to leave unproved, of two sets that have nothing
    /// in common. Of n tokens about n / (1 + n / b) differ in b bits.
    fn loss(&self, steps: std::ops::Range<usize>, words: usize) -> f64 {
        let floor = f64::from(self.floor(steps.start));
        let (mut tokens, mut weight) = (0, 0);
        for step in &self.steps[steps] {
            tokens += step.tokens;
            weight += step.weight;
        }
        let of_two_sets = 2.0 / self.sets.max(1) as f64;
        let (tokens, weight) = (tokens as f64 * of_two_sets, weight as f64 * of_two_sets);
        weight - floor * tokens / (1.0 + tokens / (BITS * words as f64))
    }

    fn floor(&self, step: usize) -> Weight {
        let step = Weight::try_from(step).unwrap_or(Weight::MAX);
        self.step.saturating_mul(step).max(LEAST_WEIGHT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weight::NAT;

    fn classes(weights: &[Weight], greatest: Weight) -> [Weight; 8] {
        let mut histogram = WeightHistogram::new(greatest);
        histogram.add(weights.iter().copied());
        histogram.classes()
    }

    #[test]
    fn a_weight_that_nearly_all_tokens_have_gets_nearly_all_words() {
        let mut weights = vec![8 * NAT; 20];
        weights.push(14 * NAT);
        let classes = classes(&weights, 14 * NAT);
        let of_eight = classes.iter().filter(|&&least| (7 * NAT..=8 * NAT).contains(&least));
        assert!(of_eight.count() >= 6, "{classes:?}");
    }

    #[test]
    fn weights_of_all_kinds_get_narrow_classes() {
        let weights: Vec<Weight> = (1..=12).map(|nats| nats * NAT).collect();
        let classes = classes(&weights, 12 * NAT);
        assert!(classes.is_sorted());
        assert!(classes.windows(2).filter(|pair| pair[0] < pair[1]).count() >= 5, "{classes:?}");
        assert!(classes[0] >= LEAST_WEIGHT);
    }

    #[test]
    fn nothing_at_all_has_a_layout_too() {
        assert!(classes(&[], 0).iter().all(|&least| least >= LEAST_WEIGHT));
    }
}
