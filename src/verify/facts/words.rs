//! The words of a sentence as its facts keep them, and what two sentences lost between their words.
//!
//! Where an extractor loses a blank, "paid 14 crowns" becomes "paid 14crowns": the number is the same, but no word shows it. A word that is two or
//! three neighbouring words of the other sentence without their blanks is read as those words. Digits never meet at such a joint, since 149 is not 14 9;
//! "notable" beside "not able" is taken for damage.

use super::head::{head, head_mask};

/// Words behind each other, where each ends, and their heads: three allocations a sentence instead of one a word.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Words {
    text: String,
    ends: Vec<usize>,
    heads: Vec<u64>,
}

/// A word is made of so many at most.
const MOST: usize = 3;

impl Words {
    pub(super) fn new(words: &[&str]) -> Self {
        let text = String::with_capacity(words.iter().map(|word| word.len()).sum());
        let heads = words.iter().map(|word| head(word)).collect();
        let mut known = Self { text, ends: Vec::with_capacity(words.len()), heads };
        for word in words {
            known.text.push_str(word);
            known.ends.push(known.text.len());
        }
        known
    }

    /// The words in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.from(0)
    }

    /// The words from this one on.
    fn from(&self, first: usize) -> impl Iterator<Item = &str> + Clone {
        let mut start = self.start(first);
        self.ends.iter().skip(first).map(move |&end| {
            let word = self.text.get(start..end);
            start = end;
            word.unwrap_or_default()
        })
    }

    /// The word at a position.
    pub(super) fn word(&self, at: usize) -> &str {
        self.text.get(self.start(at)..self.ends[at]).unwrap_or_default()
    }

    fn start(&self, word: usize) -> usize {
        word.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.has(word, head(word))
    }

    /// Whether a word with this head is here.
    fn has(&self, word: &str, head: u64) -> bool {
        // Most words are not, and without a branch many heads are compared at once.
        let same: u32 = self.heads.iter().map(|&known| u32::from(known == head)).sum();
        let is_word = |(at, &known): (usize, &u64)| known == head && self.word(at) == word;
        same > 0 && self.heads.iter().enumerate().any(is_word)
    }

    /// The positions of the words that the other sentence lacks, ascending.
    pub(super) fn lacking_in(&self, other: &Self) -> Vec<usize> {
        let words = self.iter().zip(&self.heads).enumerate();
        words.filter(|&(_, (word, &head))| !other.has(word, head)).map(|(at, _)| at).collect()
    }

    /// The words but those at these positions, which ascend, each with its head.
    pub(super) fn without<'a>(
        &'a self,
        left_out: &'a [usize],
    ) -> impl Iterator<Item = (u64, &'a str)> {
        let mut left_out = left_out.iter().copied().peekable();
        let words = self.heads.iter().copied().zip(self.iter()).enumerate();
        words.filter(move |&(at, _)| left_out.next_if_eq(&at).is_none()).map(|(_, word)| word)
    }

    /// The words, where each that is several words of the other sentence in one is read as those; `None` if none is. Only those at the
    /// given positions may be, which ascend: the words that the other sentence lacks.
    pub(super) fn apart<'a>(&'a self, lacking: &[usize], other: &'a Self) -> Option<Vec<&'a str>> {
        let mut apart: Option<Vec<&str>> = None;
        let mut next = 0;
        for &at in lacking {
            let Some(parts) = other.parts(self.word(at), self.heads[at]) else { continue };
            let apart = apart.get_or_insert_default();
            apart.extend(self.from(next).take(at - next));
            apart.extend(parts);
            next = at + 1;
        }
        if let Some(apart) = &mut apart {
            apart.extend(self.from(next));
        }
        apart
    }

    /// The neighbouring words that a word with this head consists of.
    fn parts(&self, word: &str, head: u64) -> Option<impl Iterator<Item = &str>> {
        let mut start = 0;
        let may_begin = |(&end, &known): (&usize, &u64)| {
            let length = end - std::mem::replace(&mut start, end);
            length < word.len() && (head ^ known) & head_mask(length) == 0
        };
        let mut begins = self.ends.iter().zip(&self.heads).map(may_begin).enumerate();
        begins.find_map(|(at, may_begin)| {
            let length = if may_begin { joined(word, self.from(at)) } else { None };
            length.map(|length| self.from(at).take(length))
        })
    }
}

/// How many of these words, from the first on, make up a word.
fn joined(word: &str, words: impl Iterator<Item: AsRef<str>>) -> Option<usize> {
    let mut rest = word;
    for (at, part) in words.take(MOST).enumerate() {
        let part = part.as_ref();
        rest = rest.strip_prefix(part)?;
        if rest.is_empty() {
            return (at > 0).then_some(at + 1);
        }
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        if !is_letter(part.chars().next_back()) && !is_letter(rest.chars().next()) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    fn apart(sentence: &str, other: &str) -> String {
        let words = |sentence: &str| Words::new(&sentence.split(' ').collect::<Vec<_>>());
        let (words, other) = (words(sentence), words(other));
        let apart = words.apart(&words.lacking_in(&other), &other);
        apart.map_or(sentence.to_owned(), |words| words.join(" "))
    }

    #[test]
    fn a_word_that_is_two_or_three_of_the_other_sentence_is_read_as_those() {
        let other = "he paid 14 crowns in march";
        assert_eq!(apart("he paid 14crowns inmarch", other), other);
        assert_eq!(apart("hepaid14 crowns in march", other), other);
        assert_eq!(apart("hepaid14crowns in march", other), "hepaid14crowns in march");
    }

    #[test]
    fn a_word_that_both_sentences_have_stays_whole() {
        assert_eq!(apart("nothing", "no thing and nothing"), "nothing");
    }

    #[test]
    fn figures_do_not_meet_in_a_joint() {
        assert_eq!(apart("149 dogs", "14 9 dogs"), "149 dogs");
        assert_eq!(apart("14.5", "14 .5"), "14.5");
    }

    /// The parts of a word by their definition.
    fn parts_by_definition<'a>(word: &str, words: &[&'a str]) -> Option<Vec<&'a str>> {
        (0..words.len()).find_map(|at| {
            let length = joined(word, words[at..].iter())?;
            Some(words[at..at + length].to_vec())
        })
    }

    proptest! {
        #[test]
        fn words_are_taken_apart_as_the_definition_says(
            words in vec("[a1é]{1,3}|[ab]{7,9}", 0..12), others in vec("[a1é]{1,2}|a{7,9}|b{1,2}", 0..12),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let mut expected = Vec::new();
            for &word in &words {
                match parts_by_definition(word, &others) {
                    Some(parts) if !others.contains(&word) => expected.extend(parts),
                    _ => expected.push(word),
                }
            }
            let (known, other) = (Words::new(&words), Words::new(&others));
            prop_assert_eq!(known.iter().collect::<Vec<_>>(), words.clone());
            let lacking = known.lacking_in(&other);
            let apart = known.apart(&lacking, &other);
            prop_assert_eq!(apart.is_none(), expected == words);
            prop_assert_eq!(apart.unwrap_or(words.clone()), expected);
            for word in words.iter().chain(&others) {
                prop_assert_eq!(known.contains(word), words.contains(word));
            }
            let found: Vec<&str> = lacking.iter().map(|&at| known.word(at)).collect();
            let expected: Vec<&str> = words.iter().filter(|word| !others.contains(word)).copied().collect();
            prop_assert_eq!(found, expected);
            let kept: Vec<&str> = words.iter().filter(|word| others.contains(word)).copied().collect();
            prop_assert_eq!(known.without(&lacking).map(|(_, word)| word).collect::<Vec<_>>(), kept);
        }
    }
}
