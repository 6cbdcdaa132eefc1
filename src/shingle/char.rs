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
    slots: Vec<Slot>,
    /// The first key of the last pair, whose grams stay where they are for other seconds.
    first: String,
    of_first: u64,
    /// Slots that serve keys as long as these, less one.
    last: usize,
    /// The number of this first key, and of this pair.
    now: Marks,
}

/// A gram, and in which keys it stood: what older keys left needs no clearing.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    gram: u64,
    marks: Marks,
}

#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    first: u32,
    second: u32,
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

/// 2⁶⁴ divided by the golden ratio: the upper half of a product scatters grams well enough for a table.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl GramCounter {
    /// Counts the sets of two keys, those of [`char_grams`]. Cost: some nanoseconds a gram; those of a first key are counted
    /// once for all pairs that follow each other.
    pub fn count(&mut self, a: &str, b: &str) -> GramCounts {
        // Spaceless runs give two grams a character, which has three bytes.
        let room = (2 * (a.len() + b.len())).next_power_of_two().max(64);
        if room > self.last + 1 || self.first != a || self.now.second > u32::MAX - 2 {
            self.learn(a, room);
        }
        self.now.second += 1;
        let mut counts = GramCounts { of_a: self.of_first, ..GramCounts::default() };
        let (now, last, slots) = (self.now, self.last, &mut self.slots);
        each_gram(b, |gram| {
            let (mut at, mut is_first, mut is_second);
            at = start(gram, last);
            loop {
                let Slot { gram: known, marks } = slots[at];
                (is_first, is_second) = (marks.first == now.first, marks.second == now.second);
                if !(is_first || is_second) {
                    slots[at] = Slot { gram, marks: Marks { first: 0, second: 0 } };
                    break;
                }
                if known == gram {
                    break;
                }
                at = (at + 1) & last;
            }
            slots[at].marks.second = now.second;
            counts.of_b += u64::from(!is_second);
            counts.shared += u64::from(is_first && !is_second);
        });
        counts
    }

    /// Enters the grams of a first key. A short one uses a part of the table, that stays in the cache whatever came before.
    fn learn(&mut self, key: &str, room: usize) {
        if self.slots.len() < room || self.now.second > u32::MAX - 2 {
            self.slots = vec![Slot::default(); room.max(self.slots.len())];
            self.now = Marks::default();
        }
        self.now.first += 1;
        // Whatever a second key left is of no pair to come.
        self.now.second += 1;
        self.last = room - 1;
        self.first.clear();
        self.first.push_str(key);
        let (now, last, slots) = (self.now.first, self.last, &mut self.slots);
        let mut distinct = 0;
        each_gram(key, |gram| {
            let mut at = start(gram, last);
            while slots[at].marks.first == now && slots[at].gram != gram {
                at = (at + 1) & last;
            }
            distinct += u64::from(slots[at].marks.first != now);
            slots[at] = Slot { gram, marks: Marks { first: now, second: 0 } };
        });
        self.of_first = distinct;
    }
}

/// Where the search for a gram begins.
const fn start(gram: u64, last: usize) -> usize {
    high32(gram.wrapping_mul(GOLDEN)) as usize & last
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

    #[test]
    fn a_long_second_key_makes_room_and_marks_begin_anew_before_they_run_out() {
        let long = "it was a long night, and nobody slept ".repeat(30);
        let mut counter = GramCounter::default();
        let expected = |a: &str, b: &str| {
            let (first, second) = (set(a), set(b));
            let shared = first.iter().filter(|gram| second.contains(gram)).count() as u64;
            GramCounts { shared, of_a: first.len() as u64, of_b: second.len() as u64 }
        };
        for b in ["a night", &long, "a long day"] {
            assert_eq!(counter.count("a long night", b), expected("a long night", b));
        }
        counter.now.second = u32::MAX - 3;
        for b in ["a night", "nobody", "some night", "a night"] {
            assert_eq!(counter.count("a long night", b), expected("a long night", b));
        }
    }

    proptest! {
        #[test]
        fn counting_is_what_sorted_sets_give(a in "[a-dé東京한 ]{0,20}", b in "[a-dé東京한 ]{0,20}", c in "[a-c ]{0,9}") {
            let mut counter = GramCounter::default();
            for (a, b) in [(&a, &b), (&a, &c), (&a, &a), (&b, &c), (&b, &b), (&c, &b), (&c, &a)] {
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
