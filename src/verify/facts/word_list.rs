//! A list of words that most words are not in.

use std::collections::HashSet;

/// Words to be looked up. A word is excluded by its first byte and its length before anything is hashed, as most are.
#[derive(Debug)]
pub(super) struct WordList {
    /// For each first byte a bit for each length in bytes; the last bit stands for all longer ones.
    lengths: [u32; 256],
    words: HashSet<&'static str>,
}

impl WordList {
    pub(super) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: HashSet<&'static str> = words.into_iter().collect();
        let mut lengths = [0; 256];
        for key in words.iter().filter_map(|word| key(word)) {
            lengths[key.0] |= key.1;
        }
        Self { lengths, words }
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        key(word).is_some_and(|(first, length)| self.lengths[first] & length != 0)
            && self.words.contains(word)
    }
}

fn key(word: &str) -> Option<(usize, u32)> {
    let first = *word.as_bytes().first()?;
    Some((usize::from(first), 1 << word.len().min(31)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_its_words_and_no_others() {
        let long = "an unbelievably long entry of a list";
        let list = WordList::new(["not", "ноль", long]);
        assert!(["not", "ноль", long].iter().all(|word| list.contains(word)));
        let others = ["", "no", "nut", "nots", "нуль", "an unbelievably long entry of a lisp"];
        assert!(!others.iter().any(|word| list.contains(word)));
    }
}
