//! Fingerprints of shared runs: n-grams of tokens, thinned by winnowing.
//!
//! A sequence is cut into stretches of one kind of token: words, or bigrams of a script without spaces. Every n-gram of a
//! stretch is hashed; of each window of consecutive grams the least hash is kept (the rightmost of equal
//! ones). The choice depends on the window alone, so two sentences that share a run of `gram + window − 1` tokens or more
//! share every fingerprint of that run, at corresponding positions. This is a guarantee and no probability: only a
//! sentence shorter than such a run has no fingerprint, and it cannot hold one. Of random grams 2/(window + 1) are kept.
//!
//! Schleimer, Wilkerson & Aiken, *Winnowing: local algorithms for document fingerprinting*, 2003. Their robust variant keeps
//! fewer fingerprints of monotonous text by looking at the window before; it gives up corresponding positions, which we
//! want, and sentences are short.
//!
//! Cost: `gram + window` operations a token.

use crate::mix::mix64;

/// How runs are fingerprinted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RunGrams {
    /// Tokens of a gram.
    pub gram: usize,
    /// Grams of a window, of which one is kept.
    pub window: usize,
}

impl RunGrams {
    /// Words: every shared run of 8 is found.
    pub const WORDS: Self = Self { gram: 5, window: 4 };
    /// Bigrams of scripts without spaces, each but the first one character more: 12 characters a gram, and every shared run
    /// of 17 characters (16 bigrams) is found.
    pub const BIGRAMS: Self = Self { gram: 11, window: 6 };

    /// What suits tokens of this kind.
    pub const fn of(spaceless: bool) -> Self {
        if spaceless { Self::BIGRAMS } else { Self::WORDS }
    }

    /// The shortest shared run, in tokens, that is found for certain.
    pub const fn guarantee(self) -> usize {
        self.gram + self.window - 1
    }
}

/// Calls `each` with every fingerprint of a sequence of tokens and the position of its first token, by rising position.
/// `spaceless` tells the kind of a token; a gram has tokens of one kind only.
///
/// ```
/// use twicetold::shingle::{is_spaceless_token, run_fingerprints, token_hashes};
/// let mut tokens = Vec::new();
/// let mut fingerprints = |key| {
///     token_hashes(key, &mut tokens);
///     let mut kept = Vec::new();
///     run_fingerprints(&tokens, is_spaceless_token, |fingerprint, _position| kept.push(fingerprint));
///     kept
/// };
/// let one = fingerprints("he said that nobody had seen the letter before it was read aloud");
/// let other = fingerprints("officials insist nobody had seen the letter before it was sent");
/// assert!(one.iter().any(|fingerprint| other.contains(fingerprint)));
/// ```
pub fn run_fingerprints(
    tokens: &[u64],
    spaceless: impl Fn(u64) -> bool,
    mut each: impl FnMut(u64, usize),
) {
    let mut start = 0;
    for stretch in tokens.chunk_by(|&a, &b| spaceless(a) == spaceless(b)) {
        winnow(stretch, RunGrams::of(spaceless(stretch[0])), |hash, at| each(hash, start + at));
        start += stretch.len();
    }
}

/// Winnows one sequence of units of any kind: `each` gets the kept fingerprints and the positions of their first units.
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
    use crate::shingle::{is_spaceless_token, token_hashes};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn fingerprints(units: &[u64], grams: RunGrams) -> Vec<(u64, usize)> {
        let mut kept = Vec::new();
        winnow(units, grams, |fingerprint, position| kept.push((fingerprint, position)));
        kept
    }

    #[test]
    fn the_shapes_promise_eight_words_and_seventeen_characters() {
        assert_eq!(RunGrams::of(false).guarantee(), 8);
        assert_eq!(RunGrams::of(true).guarantee() + 1, 17);
    }

    #[test]
    fn a_run_of_words_is_found_in_a_sentence_of_another_script() {
        let fingerprints = |key: &str| {
            let (mut tokens, mut kept) = (Vec::new(), BTreeSet::new());
            token_hashes(key, &mut tokens);
            run_fingerprints(&tokens, is_spaceless_token, |hash, _| {
                kept.insert(hash);
            });
            kept
        };
        let run = "nobody had seen the letter before it was read";
        let latin = fingerprints(&format!("officials insist {run}"));
        let mixed = fingerprints(&format!("日本語の長い文章がここにありますそれから {run}"));
        assert!(latin.intersection(&mixed).next().is_some());
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
