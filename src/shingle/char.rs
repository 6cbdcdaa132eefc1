//! Character n-grams of a key as a sorted set of 32-bit ids.
//!
//! A typo touches four 4-grams and a lost blank three, where it spoils one word of ten or glues two: character n-grams
//! degrade gently. 4-grams cross the single blank between two words, so word order near the border counts; they do not
//! cross the border between a script with spaces and a run without. A character of such a run says as much as a syllable
//! or a word, so runs give 2-grams and 3-grams.
//!
//! Four ASCII bytes *are* 32 bits: their id is a permutation of them, so equal ids mean equal grams. Other grams are hashed
//! to 32 bits: two sets of 100 share an id by accident with probability 100²/2³², 2·10⁻⁶.
//!
//! Cost: about a nanosecond a character and a sort of the set.

use super::pieces::{grams, pieces};
use crate::mix::{low32, mix32};
use xxhash_rust::xxh3::xxh3_64;

/// Characters of a gram where words are separated by spaces.
const GRAM: usize = 4;

/// Replaces the content of `out` by the set of a key's character n-grams, sorted. An empty key has none; a stretch
/// shorter than a gram is one gram by itself.
///
/// ```
/// use twicetold::shingle::char_grams;
/// let (mut glued, mut apart) = (Vec::new(), Vec::new());
/// char_grams("slammedcomment", &mut glued);
/// char_grams("slammed comment", &mut apart);
/// assert_eq!((glued.len(), apart.len()), (11, 12));
/// assert_eq!(glued.iter().filter(|gram| apart.contains(gram)).count(), 8);
/// ```
pub fn char_grams(key: &str, out: &mut Vec<u32>) {
    out.clear();
    if key.is_ascii() && key.len() >= GRAM {
        out.extend(ascii_grams(key.as_bytes()));
    } else {
        push_grams(key, out);
    }
    out.sort_unstable();
    out.dedup();
}

/// The same by characters instead of bytes.
fn push_grams(key: &str, out: &mut Vec<u32>) {
    for piece in pieces(key) {
        if piece.spaceless {
            out.extend(grams(piece.text, 2).map(gram_id));
            out.extend(grams(piece.text, 3).map(gram_id));
        } else {
            out.extend(grams(piece.text.trim(), GRAM).map(gram_id));
        }
    }
}

fn gram_id(gram: &str) -> u32 {
    match <[u8; GRAM]>::try_from(gram.as_bytes()) {
        Ok(bytes) if gram.is_ascii() => ascii_gram(bytes),
        _ => low32(xxh3_64(gram.as_bytes())),
    }
}

fn ascii_grams(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.windows(GRAM).filter_map(|window| window.first_chunk().copied()).map(ascii_gram)
}

fn ascii_gram(bytes: [u8; GRAM]) -> u32 {
    mix32(u32::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(key: &str) -> Vec<u32> {
        let mut out = vec![7];
        char_grams(key, &mut out);
        out
    }

    #[test]
    fn an_empty_key_has_no_grams_and_a_short_one_is_its_own() {
        assert!(set("").is_empty());
        assert_eq!(set("abc").len(), 1);
        assert_ne!(set("abc"), set("abd"));
        assert_eq!(set("été").len(), 1);
    }

    #[test]
    fn grams_cross_a_blank_but_no_border_of_a_run() {
        assert_eq!(set("to be").len(), 2);
        // "東京", "京都", "東京都" and the word.
        assert_eq!(set("東京都 tower").len(), 3 + 2);
        let joined: Vec<u32> = set("東京都tower");
        assert_eq!(joined, set("東京都 tower"));
    }

    #[test]
    fn a_gram_has_one_id_in_ascii_and_in_other_keys() {
        let (ascii, accented) = (set("left unsaid"), set("left unsaid é"));
        assert!(ascii.iter().all(|gram| accented.contains(gram)));
    }

    proptest! {
        #[test]
        fn a_set_is_sorted_without_repetitions(key in "[ab東é ]{0,30}") {
            let set = set(&key);
            prop_assert!(set.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn one_replaced_letter_costs_at_most_four_grams(key in "[a-z]{8,40}", at in 0_usize..8) {
            let mut other = key.clone().into_bytes();
            other[at] = b'#';
            let other = set(std::str::from_utf8(&other).unwrap());
            let lost = set(&key).iter().filter(|gram| !other.contains(gram)).count();
            prop_assert!(lost <= 4);
        }
    }
}
