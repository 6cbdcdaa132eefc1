//! A list of words that most words are not in.

use super::head::head;
use crate::mix::high32;

/// Words to be looked up. A word is excluded by its first byte and its length, as most are; a few comparisons of heads tell the
/// rest.
#[derive(Debug)]
pub(super) struct WordList {
    /// For each first byte a bit for each length in bytes; the last bit stands for all longer ones.
    lengths: [u32; 256],
    /// Words by their heads, in a table that is at least half empty.
    slots: Vec<Option<(u64, &'static str)>>,
}

impl WordList {
    pub(super) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<&'static str> = words.into_iter().collect();
        let slots = vec![None; (2 * words.len()).next_power_of_two()];
        let mut list = Self { lengths: [0; 256], slots };
        for word in words {
            list.add(word);
        }
        list
    }

    fn add(&mut self, word: &'static str) {
        let Some((first, length)) = key(word) else { return };
        self.lengths[first] |= length;
        let head = head(word);
        let mut at = self.place(head);
        while self.slots[at].is_some_and(|(_, known)| known != word) {
            at = (at + 1) % self.slots.len();
        }
        self.slots[at] = Some((head, word));
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        key(word).is_some_and(|(first, length)| self.lengths[first] & length != 0)
            && self.holds(word)
    }

    fn holds(&self, word: &str) -> bool {
        let head = head(word);
        let mut at = self.place(head);
        while let Some((known_head, known)) = self.slots[at] {
            if known_head == head && known == word {
                return true;
            }
            at = (at + 1) % self.slots.len();
        }
        false
    }

    /// Where a word with this head stands, or behind it.
    fn place(&self, head: u64) -> usize {
        high32(head.wrapping_mul(0x9e37_79b9_7f4a_7c15)) as usize & (self.slots.len() - 1)
    }
}

fn key(word: &str) -> Option<(usize, u32)> {
    let first = *word.as_bytes().first()?;
    Some((usize::from(first), 1 << word.len().min(31)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    #[test]
    fn a_list_holds_its_words_and_no_others() {
        let long = "an unbelievably long entry of a list";
        let list = WordList::new(["not", "ноль", long]);
        assert!(["not", "ноль", long].iter().all(|word| list.contains(word)));
        let others = ["", "no", "nut", "nots", "нуль", "an unbelievably long entry of a lisp"];
        assert!(!others.iter().any(|word| list.contains(word)));
        assert!(!WordList::new([]).contains("not"));
    }

    const WORDS: &[&str] =
        &["a", "aa", "ab", "ba", "aaaaaaaaa", "aaaaaaaab", "aaaaaaaa", "é", "aé"];

    proptest! {
        #[test]
        fn a_list_holds_what_it_was_given(chosen in vec(any::<bool>(), WORDS.len()), twice in any::<bool>()) {
            let words = || WORDS.iter().zip(&chosen).filter(|(_, is_chosen)| **is_chosen).map(|(word, _)| *word);
            let list = WordList::new(words().chain(words().take(if twice { 9 } else { 0 })));
            for (word, is_chosen) in WORDS.iter().zip(&chosen) {
                prop_assert_eq!(list.contains(word), *is_chosen);
            }
        }
    }
}
