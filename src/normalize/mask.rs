//! The masked key: what is left of a sentence without its numbers and names, by which templates are told.
//!
//! "Shares of Rio Group rose 3.1 percent" and "Shares of Acme Ltd rose 0.4 percent" are both `shares of * rose 0 percent`. A name is a capitalised word
//! that does not begin the sentence. Where most words are capitalised (headlines), names cannot be told and stay. Cost: that of a key.

use std::ops::Range;

use super::Normalizer;
use crate::config::Rule;
use crate::script::digit_value;

/// Stands for a word with digits.
const NUMBER: &str = "0";
/// Stands for one or more names.
const NAME: &str = "*";
/// Capitalised words that are no names.
const NO_NAMES: &[&str] = &["i", "im", "id", "ill", "ive"];

impl Normalizer {
    /// The key of a raw text with `0` for each word that holds digits and `*` for names that follow each other.
    ///
    /// ```
    /// use twicetold::normalize::Normalizer;
    /// let masked = Normalizer::default().masked("Shares of Rio Group rose 3.1%, to $5.");
    /// assert_eq!(masked, "shares of * rose 0 to 0");
    /// ```
    pub fn masked(&self, raw: &str) -> String {
        // Capitals are read off a key whose case was left alone, so nothing need be traced to the raw text.
        let mut cased = Cased::default();
        let normalizer = Self::new(self.rules.without(Rule::Case));
        normalizer.scan(raw, &mut cased.key, |key, spaceless| cased.words.push((key, spaceless)));
        let masked = cased.masked();
        if self.rules.has(Rule::Case) { masked.to_lowercase() } else { masked }
    }
}

/// A key with its capitals, and its words: their bytes, and whether they are characters of a script without spaces.
#[derive(Default)]
struct Cased {
    key: String,
    words: Vec<(Range<usize>, bool)>,
}

impl Cased {
    fn masked(&self) -> String {
        let has_names = self.tells_names();
        let mut masked = String::with_capacity(self.key.len());
        let (mut before, mut after_name) = (0, false);
        for (index, (at, _)) in self.words.iter().enumerate() {
            let word = self.word(at);
            let is_number = word.contains(|c| digit_value(c).is_some());
            let is_name = has_names && index > 0 && is_capitalised(word) && !is_number;
            let gap = self.key.get(before..at.start).unwrap_or_default();
            before = at.end;
            if is_name && after_name {
                continue;
            }
            masked.push_str(gap);
            masked.push_str(if is_number {
                NUMBER
            } else if is_name {
                NAME
            } else {
                word
            });
            after_name = is_name;
        }
        masked
    }

    fn word(&self, at: &Range<usize>) -> &str {
        self.key.get(at.clone()).unwrap_or_default()
    }

    fn tells_names(&self) -> bool {
        let (mut words, mut capitalised) = (0, 0);
        for (at, _) in self.words.iter().skip(1).filter(|(_, spaceless)| !spaceless) {
            let word = self.word(at);
            words += usize::from(word.starts_with(char::is_alphabetic));
            capitalised += usize::from(is_capitalised(word));
        }
        capitalised * 2 <= words
    }
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && !NO_NAMES.iter().any(|no_name| word.eq_ignore_ascii_case(no_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(raw: &str) -> String {
        Normalizer::default().masked(raw)
    }

    #[test]
    fn sentences_that_differ_in_numbers_and_names_have_one_mask() {
        let (a, b) =
            ("Shares of Rio Group rose 3.1% on Monday", "Shares of Acme rose 12% on Friday");
        assert_eq!(masked(a), masked(b));
        assert_eq!(masked(a), "shares of * rose 0 on *");
    }

    #[test]
    fn a_headline_keeps_its_words() {
        assert_eq!(masked("Police Arrest Man in London"), "police arrest man in london");
    }

    #[test]
    fn the_first_word_and_the_pronoun_are_no_names() {
        assert_eq!(masked("Yesterday I saw what Ann had."), "yesterday i saw what * had");
    }

    #[test]
    fn identifiers_are_numbers_and_runs_stay_runs() {
        assert_eq!(masked("see FM1506 and SR-2023-052/053 there"), "see 0 and * 0 there");
        assert_eq!(masked("2022年1月"), "0 年 0 月");
        assert_eq!(masked("公司 社"), "公司社");
    }
}
