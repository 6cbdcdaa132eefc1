//! Character n-grams of a key as a sorted set of 64-bit ids.
//!
//! A typo touches four 4-grams and a lost blank three, where it spoils one word of ten or glues two: character n-grams
//! degrade gently. 4-grams cross the single blank between two words, so word order near the border counts; they do not
//! cross the border between a script with spaces and a run without. A character of such a run says as much as a syllable
//! or a word, so runs give 2-grams and 3-grams.
//!
//! An id holds the gram's length in its two highest bits and below them the characters themselves, so equal ids mean equal
//! grams; only 4-grams of characters past U+7FFF (Hangul, emoji) are hashed, to 62 bits.
//!
//! Cost: about a nanosecond a character and a sort of the set.

use super::pieces::{grams, pieces};
use crate::mix::high32;
use xxhash_rust::xxh3::xxh3_64;

/// Characters of a gram where words are separated by spaces.
const GRAM: usize = 4;
/// Bits of an id that tell the gram; the other two tell its length.
const PAYLOAD: u32 = 62;

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
pub fn char_grams(key: &str, out: &mut Vec<u64>) {
    char_gram_sequence(key, out);
    out.sort_unstable();
    out.dedup();
}

/// Replaces the content of `out` by a key's character n-grams in its order, repetitions and all.
pub fn char_gram_sequence(key: &str, out: &mut Vec<u64>) {
    out.clear();
    each_gram(key, |gram| out.push(gram));
}

/// Calls `each` with every n-gram of a key, in its order; those that repeat come again.
fn each_gram(key: &str, mut each: impl FnMut(u64)) {
    if key.is_ascii() && key.len() >= GRAM {
        ascii_grams(key.as_bytes()).for_each(each);
        return;
    }
    for piece in pieces(key) {
        if piece.spaceless {
            grams(piece.text, 2).map(gram_id).for_each(&mut each);
            grams(piece.text, 3).map(gram_id).for_each(&mut each);
        } else {
            spaced_grams(piece.text.trim(), &mut each);
        }
    }
}

/// The grams of a stretch of words, each made of the one before it.
fn spaced_grams(text: &str, mut each: impl FnMut(u64)) {
    let mut starts = [0; GRAM];
    let (mut id, mut characters, mut exact) = (0, 0, 0);
    for (at, character) in text.char_indices() {
        let code = u64::from(character);
        id = (id << 15 | code) & ((1 << 60) - 1);
        exact = if code >> 15 == 0 { exact + 1 } else { 0 };
        starts[characters % GRAM] = at;
        characters += 1;
        if exact >= GRAM {
            each(3 << PAYLOAD | id);
        } else if characters >= GRAM {
            let gram = text.get(starts[characters % GRAM]..at + character.len_utf8());
            each(gram_id(gram.unwrap_or_default()));
        }
    }
    if characters > 0 && characters < GRAM {
        each(gram_id(text));
    }
}

/// Counts what two sets of n-grams share, without sorting them: a table that serves pair after pair.
///
/// ```
/// use twicetold::shingle::GramCounter;
/// let counts = GramCounter::default().count("slammedcomment", "slammed comment");
/// assert_eq!((counts.shared, counts.of_a, counts.of_b), (8, 11, 12));
/// ```
#[derive(Debug, Default)]
pub struct GramCounter {
    /// A gram, and in which set of which pair it stood: old pairs need no clearing.
    slots: Vec<(u64, u64)>,
    pair: u64,
}

/// The sizes of two sets of n-grams and of what they share.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct GramCounts {
    /// Grams of both.
    pub shared: u64,
    /// Grams of the first.
    pub of_a: u64,
    /// Grams of the second.
    pub of_b: u64,
}

/// Where a gram of the current pair stood.
const IN_A: u64 = 1;
const IN_B: u64 = 2;

/// 2⁶⁴ divided by the golden ratio: the upper half of a product scatters grams well enough for a table.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl GramCounter {
    /// Counts the sets of two keys, those of [`char_grams`]. Cost: some nanoseconds a gram.
    pub fn count(&mut self, a: &str, b: &str) -> GramCounts {
        // Spaceless runs give two grams a character, which has three bytes.
        let room = (2 * (a.len() + b.len())).next_power_of_two().max(64);
        if self.slots.len() < room {
            self.slots = vec![(0, 0); room];
            self.pair = 0;
        }
        self.pair += 1;
        let (pair, last) = (self.pair << 2, room - 1);
        let mut counts = GramCounts::default();
        each_gram(a, |gram| {
            let stood = self.slot(gram, (pair, last));
            counts.of_a += u64::from(*stood == pair);
            *stood = pair | IN_A;
        });
        each_gram(b, |gram| {
            let stood = self.slot(gram, (pair, last));
            let is_new = *stood & IN_B == 0;
            counts.of_b += u64::from(is_new);
            counts.shared += u64::from(is_new && *stood & IN_A != 0);
            *stood |= IN_B;
        });
        counts
    }

    /// The mark of a gram in this pair, which is the bare pair if it is new. A short pair uses a part of the table that stays
    /// in the cache whatever long pair came before.
    fn slot(&mut self, gram: u64, (pair, last): (u64, usize)) -> &mut u64 {
        let mut at = high32(gram.wrapping_mul(GOLDEN)) as usize & last;
        loop {
            let (known, stood) = self.slots[at];
            if stood < pair {
                self.slots[at] = (gram, pair);
                break;
            }
            if known == gram {
                break;
            }
            at = (at + 1) & last;
        }
        &mut self.slots[at].1
    }
}

/// The length of the gram with this id, in characters: 1 to 4.
pub const fn gram_characters(id: u64) -> u64 {
    (id >> PAYLOAD) + 1
}

/// The id of a gram of 1 to 4 characters.
fn gram_id(gram: &str) -> u64 {
    let characters = gram.chars().count() as u64;
    // Four characters have 15 bits each, fewer have all their 21.
    let bits = if characters < 4 { 21 } else { 15 };
    let exact = gram.chars().try_fold(0, |id: u64, character| {
        let code = u64::from(character);
        (code >> bits == 0).then_some(id << bits | code)
    });
    let payload = exact.unwrap_or_else(|| xxh3_64(gram.as_bytes()) >> (64 - PAYLOAD));
    (characters - 1) << PAYLOAD | payload
}

fn ascii_grams(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let mut id = 0;
    let next = move |&byte: &u8| {
        id = (id << 15 | u64::from(byte)) & ((1 << 60) - 1);
        3 << PAYLOAD | id
    };
    bytes.iter().map(next).skip(GRAM - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(key: &str) -> Vec<u64> {
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
        let joined: Vec<u64> = set("東京都tower");
        assert_eq!(joined, set("東京都 tower"));
    }

    #[test]
    fn a_gram_has_one_id_in_ascii_and_in_other_keys() {
        let (ascii, accented) = (set("left unsaid"), set("left unsaid é"));
        assert!(ascii.iter().all(|gram| accented.contains(gram)));
    }

    #[test]
    fn an_id_tells_how_long_its_gram_is() {
        let lengths = |key: &str| set(key).into_iter().map(gram_characters).collect::<Vec<_>>();
        assert_eq!(lengths("東京都"), [2, 2, 3]);
        assert_eq!(lengths("abcde"), [4, 4]);
        assert_eq!(lengths("가나다라"), [4]);
        assert_eq!(lengths("é"), [1]);
    }

    proptest! {
        #[test]
        fn equal_ids_mean_equal_grams(a in "[ab東é가😀]{1,4}", b in "[ab東é가😀]{1,4}") {
            prop_assert_eq!(gram_id(&a) == gram_id(&b), a == b);
        }

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

    proptest! {
        #[test]
        fn counting_is_what_sorted_sets_give(a in "[a-dé東京한 ]{0,20}", b in "[a-dé東京한 ]{0,20}", c in "[a-c ]{0,9}") {
            let mut counter = GramCounter::default();
            for (a, b) in [(&a, &b), (&b, &c), (&c, &c), (&a, &c)] {
                let (first, second) = (set(a), set(b));
                let shared = first.iter().filter(|gram| second.contains(gram)).count() as u64;
                let expected = GramCounts { shared, of_a: first.len() as u64, of_b: second.len() as u64 };
                prop_assert_eq!(counter.count(a, b), expected);
            }
        }

        #[test]
        fn grams_are_those_of_the_characters(key in "[a-dé한Ж ]{1,20}") {
            let text = key.trim();
            let mut expected: Vec<u64> = grams(text, GRAM).map(gram_id).collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(set(text), expected);
        }
    }
}
