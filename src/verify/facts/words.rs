//! The words of a sentence as its facts keep them, and what two sentences lost between their words.
//!
//! Where an extractor loses a blank, "paid 14 crowns" becomes "paid 14crowns": the number is the same, but no word shows it. A word that is two or
//! three neighbouring words of the other sentence without their blanks is read as those words. Digits never meet at such a joint, since 149 is not 14 9;
//! "notable" beside "not able" is taken for damage.

/// Words behind each other, and where each ends: two allocations a sentence instead of one a word.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Words {
    text: String,
    ends: Vec<usize>,
}

/// A word is made of so many at most.
const MOST: usize = 3;

impl Words {
    pub(super) fn new(words: &[&str]) -> Self {
        let mut known = Self::default();
        for word in words {
            known.text.push_str(word);
            known.ends.push(known.text.len());
        }
        known
    }

    /// The words in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = [0].iter().chain(&self.ends);
        let words = starts.zip(&self.ends).map(|(&start, &end)| self.text.get(start..end));
        words.map(Option::unwrap_or_default)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.iter().any(|known| known == word)
    }

    /// The words, where each that is several words of the other sentence in one is read as those.
    pub(super) fn apart<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let of_other: Vec<&str> = other.iter().collect();
        let mut apart = Vec::with_capacity(self.ends.len());
        for word in self.iter() {
            match parts(word, &of_other) {
                Some(parts) if !of_other.contains(&word) => apart.extend_from_slice(parts),
                _ => apart.push(word),
            }
        }
        apart
    }
}

/// The neighbouring words that a word consists of.
fn parts<'w, 'a>(word: &str, words: &'w [&'a str]) -> Option<&'w [&'a str]> {
    let places = 0..words.len();
    places.filter_map(|at| words.get(at..)).find_map(|from| {
        let length = joined(word, from)?;
        from.get(..length)
    })
}

/// How many of these words, from the first on, make up a word.
fn joined(word: &str, words: &[&str]) -> Option<usize> {
    let mut rest = word;
    for (at, part) in words.iter().take(MOST).enumerate() {
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

    fn apart(sentence: &str, other: &str) -> String {
        let words = |sentence: &str| Words::new(&sentence.split(' ').collect::<Vec<_>>());
        words(sentence).apart(&words(other)).join(" ")
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
}
