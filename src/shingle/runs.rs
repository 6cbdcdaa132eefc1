//! Fingerprints of shared runs: word n-grams, thinned by winnowing.
//!
//! Every n-gram of units is hashed; of each window of consecutive grams the least hash is kept (the rightmost of equal
//! ones). The choice depends on the window alone, so two sentences that share a run of `gram + window − 1` units or more
//! share every fingerprint of that run, at corresponding positions. This is a guarantee and no probability: only a
//! sentence shorter than such a run has no fingerprint, and it cannot hold one. Of random grams 2/(window + 1) are kept.
//!
//! Schleimer, Wilkerson & Aiken, *Winnowing: local algorithms for document fingerprinting*, 2003. Their robust variant keeps
//! fewer fingerprints of monotonous text by looking at the window before; it gives up corresponding positions, which we
//! want, and sentences are short.
//!
//! Cost: `gram + window` operations a unit.

use super::pieces::{grams, pieces};
use super::word::{Length, token_hash, words};
use crate::mix::mix64;

/// How runs are fingerprinted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RunGrams {
    /// Units of a gram.
    pub gram: usize,
    /// Grams of a window, of which one is kept.
    pub window: usize,
}

impl RunGrams {
    /// Words: every shared run of 8 is found.
    pub const WORDS: Self = Self { gram: 5, window: 4 };
    /// Characters of scripts without spaces: every shared run of 17 is found.
    pub const CHARACTERS: Self = Self { gram: 12, window: 6 };

    /// What suits a key of this length: characters if most of it is written without spaces.
    pub const fn suiting(length: Length) -> Self {
        if length.is_mostly_spaceless() { Self::CHARACTERS } else { Self::WORDS }
    }

    /// The shortest shared run, in units, that is found for certain.
    pub const fn guarantee(self) -> usize {
        self.gram + self.window - 1
    }
}

/// Replaces the content of `out` by the hashes of the units of a key's runs, in order: words, and single characters where a
/// script has no spaces.
pub fn run_units(key: &str, out: &mut Vec<u64>) {
    out.clear();
    for piece in pieces(key) {
        if piece.spaceless {
            out.extend(grams(piece.text, 1).map(token_hash));
        } else {
            out.extend(words(piece.text).map(token_hash));
        }
    }
}

/// Calls `each` with every fingerprint of a sequence and the position of its first unit, by rising position.
///
/// ```
/// use twicetold::shingle::{RunGrams, run_units, winnow};
/// let mut units = Vec::new();
/// let mut fingerprints = |key| {
///     run_units(key, &mut units);
///     let mut kept = Vec::new();
///     winnow(&units, RunGrams::WORDS, |fingerprint, _position| kept.push(fingerprint));
///     kept
/// };
/// let one = fingerprints("he said that nobody had seen the letter before it was read aloud");
/// let other = fingerprints("officials insist nobody had seen the letter before it was sent");
/// assert!(one.iter().any(|fingerprint| other.contains(fingerprint)));
/// ```
pub fn winnow(units: &[u64], grams: RunGrams, mut each: impl FnMut(u64, usize)) {
    if grams.gram == 0 || grams.window == 0 {
        return;
    }
    let hashes: Vec<u64> = units.windows(grams.gram).map(gram_hash).collect();
    let mut kept = None;
    for (start, window) in hashes.windows(grams.window).enumerate() {
        let least = window.iter().zip(start..).min_by_key(|&(&hash, at)| (hash, usize::MAX - at));
        if let Some((&hash, at)) = least.filter(|&(_, at)| kept != Some(at)) {
            each(hash, at);
            kept = Some(at);
        }
    }
}

/// A hash of a sequence of unit hashes in which their order counts: a polynomial, scattered.
fn gram_hash(units: &[u64]) -> u64 {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    mix64(units.iter().fold(0, |sum: u64, &unit| sum.wrapping_mul(BASE).wrapping_add(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn fingerprints(units: &[u64], grams: RunGrams) -> Vec<(u64, usize)> {
        let mut kept = Vec::new();
        winnow(units, grams, |fingerprint, position| kept.push((fingerprint, position)));
        kept
    }

    #[test]
    fn the_shapes_promise_eight_words_and_seventeen_characters() {
        assert_eq!(RunGrams::WORDS.guarantee(), 8);
        assert_eq!(RunGrams::CHARACTERS.guarantee(), 17);
        assert_eq!(RunGrams::suiting(Length { words: 9, spaceless: 3 }), RunGrams::WORDS);
        assert_eq!(RunGrams::suiting(Length { words: 1, spaceless: 20 }), RunGrams::CHARACTERS);
    }

    #[test]
    fn a_sentence_shorter_than_the_guarantee_has_no_fingerprint() {
        assert!(fingerprints(&[1, 2, 3, 4, 5, 6, 7], RunGrams::WORDS).is_empty());
        assert_eq!(fingerprints(&[1, 2, 3, 4, 5, 6, 7, 8], RunGrams::WORDS).len(), 1);
    }

    #[test]
    fn order_counts_in_a_gram() {
        assert_ne!(gram_hash(&[1, 2, 3]), gram_hash(&[3, 2, 1]));
        assert_ne!(gram_hash(&[1, 2]), gram_hash(&[1, 2, 0]));
    }

    #[test]
    fn winnowing_keeps_two_fifths_of_random_grams() {
        let units: Vec<u64> = (0..20_000).map(|position| crate::mix::draw(1, position)).collect();
        let kept = fingerprints(&units, RunGrams::WORDS).len();
        assert!((7_700..8_300).contains(&kept), "{kept} of 20,000");
    }

    /// Units of a small alphabet, so that grams repeat and minima tie.
    fn units(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u64>> {
        prop::collection::vec(0_u64..4, length)
    }

    proptest! {
        #[test]
        fn a_shared_run_shares_a_fingerprint_at_the_corresponding_position(
            run in units(8..20), before in units(0..10), after in units(0..10), other_before in units(0..10),
        ) {
            let one = [before.clone(), run.clone(), after].concat();
            let other = [other_before.clone(), run.clone()].concat();
            let within = |units: &[u64], start: usize| -> BTreeSet<(u64, usize)> {
                let end = start + run.len();
                fingerprints(units, RunGrams::WORDS)
                    .into_iter()
                    .filter(|&(_, at)| at >= start && at + RunGrams::WORDS.gram <= end)
                    .map(|(fingerprint, at)| (fingerprint, at - start))
                    .collect()
            };
            let shared = within(&one, before.len());
            prop_assert!(shared.intersection(&within(&other, other_before.len())).next().is_some());
        }

        #[test]
        fn every_window_of_a_sequence_holds_a_fingerprint(units in units(8..40)) {
            let kept: Vec<usize> = fingerprints(&units, RunGrams::WORDS).iter().map(|&(_, at)| at).collect();
            for start in 0..=units.len() - 8 {
                prop_assert!(kept.iter().any(|&at| (start..start + 4).contains(&at)));
            }
        }
    }
}
