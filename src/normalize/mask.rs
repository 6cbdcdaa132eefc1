//! The masked key: what is left of a sentence without its numbers and names, by which templates are told.
//!
//! "Shares of Rio Group rose 3.1 percent" and "Shares of Acme Ltd rose 0.4 percent" are both `shares of * rose 0 percent`. A name is a capitalised word
//! that does not begin the sentence. Where most words are capitalised (headlines), names cannot be told and stay.
//!
//! Cost: that of a key; key and mask of ASCII and of [charwise](super::charwise) text together cost one scan and no allocation.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::calm::push_small;
use super::charwise::{formed, is_governed_by, push_folded};
use super::turkish::to_lower;
use super::words::Scanner;
use super::{Found, Normalizer};
use crate::config::Rule;
use crate::script::digit_value;

/// Stands for a word with digits.
const NUMBER: &str = "0";
/// Stands for one or more names.
const NAME: &str = "*";
/// Capitalised words that are no names.
const NO_NAMES: &[&str] = &["i", "im", "id", "ill", "ive"];

/// What a mask says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Mask {
    /// XXH3-64 of the masked key.
    pub hash: u64,
    /// Its words that are neither numbers nor names; a run of a script without spaces is one.
    pub said: usize,
}

impl Normalizer {
    /// The key of a raw text with `0` for each word that holds digits and `*` for names that follow each other.
    ///
    /// ```
    /// use twicetold::normalize::Normalizer;
    /// let masked = Normalizer::default().masked("Shares of Rio Group rose 3.1%, to $5.");
    /// assert_eq!(masked, "shares of * rose 0 to 0");
    /// ```
    pub fn masked(&self, raw: &str) -> String {
        let mut masker = Masker::new(self);
        masker.key_and_mask(raw, &mut String::new());
        masker.masked
    }
}

/// Makes keys together with masks, sentence after sentence, over buffers of its own.
///
/// ```
/// use twicetold::normalize::{Masker, Normalizer};
/// let normalizer = Normalizer::default();
/// let (mut masker, mut key) = (Masker::new(&normalizer), String::new());
/// let mask = masker.key_and_mask("Shares of Rio rose 3%.", &mut key);
/// assert_eq!((key.as_str(), mask.said), ("shares of rio rose 3%", 3));
/// assert_eq!(mask, masker.key_and_mask("Shares of Acme Ltd rose 5%.", &mut key));
/// ```
#[derive(Clone, Debug)]
pub struct Masker {
    normalizer: Normalizer,
    /// Capitals are read off a key whose case was left alone, so nothing need be traced to the raw text.
    without_case: Normalizer,
    cased: Cased,
    masked: String,
    small: String,
}

impl Masker {
    /// Makes what this normalizer makes.
    pub fn new(normalizer: &Normalizer) -> Self {
        Self {
            normalizer: *normalizer,
            without_case: normalizer.cased(),
            cased: Cased::default(),
            masked: String::new(),
            small: String::new(),
        }
    }

    /// Appends the key of a text, as [`Normalizer::key`] does, and tells its mask.
    pub fn key_and_mask(&mut self, raw: &str, key: &mut String) -> Mask {
        let said = self.charwise(raw, key).unwrap_or_else(|| self.stepwise(raw, key));
        Mask { hash: xxh3_64(self.masked.as_bytes()), said }
    }

    /// Appends the key of a text that the steps change character by character, and makes its mask; answers how many words it says. `None`, and nothing
    /// done, for other texts.
    fn charwise(&mut self, raw: &str, key: &mut String) -> Option<usize> {
        if !is_governed_by(self.normalizer.rules) {
            return None;
        }
        let text = formed(raw, &mut self.small)?;
        self.cased.read(&self.without_case, text);
        if self.cased.key.is_empty() {
            return None;
        }
        let start = key.len();
        if push_folded(&self.cased.key, key) {
            let small = key.get(start..).unwrap_or_default();
            return Some(self.cased.mask(small, &mut self.masked));
        }
        let said = self.cased.mask(&self.cased.key, &mut self.masked);
        self.masked = self.masked.to_lowercase();
        Some(said)
    }

    /// The same for any text.
    fn stepwise(&mut self, raw: &str, key: &mut String) -> usize {
        let Self { without_case, cased, masked, .. } = self;
        cased.clear();
        let Cased { key: cased_key, words } = cased;
        let ready = without_case.scan(raw, cased_key, |at, spaceless| words.push((at, spaceless)));
        let said = cased.mask(&cased.key, masked);
        if !self.normalizer.rules.has(Rule::Case) {
            key.push_str(&self.cased.key);
        } else if ready {
            push_small(&self.cased.key, key, |forms| forms.folded);
            self.small.clear();
            push_small(&self.masked, &mut self.small, |forms| forms.lower);
            std::mem::swap(&mut self.small, &mut self.masked);
        } else {
            self.normalizer.key(raw, key);
            let is_turkish = self.normalizer.rules.has(Rule::TurkishI);
            let lower = if is_turkish { to_lower } else { str::to_lowercase };
            self.masked = lower(&self.masked);
        }
        said
    }
}

/// A key with its capitals, and its words: their bytes, and whether they are characters of a script without spaces.
#[derive(Clone, Debug, Default)]
struct Cased {
    key: String,
    words: Vec<(Range<usize>, bool)>,
}

impl Cased {
    fn clear(&mut self) {
        self.key.clear();
        self.words.clear();
    }

    /// Reads a text that needs no step before the scanner.
    fn read(&mut self, normalizer: &Normalizer, text: &str) {
        self.clear();
        let Self { key, words } = self;
        let found = |found: Found| words.push((found.key, found.spaceless));
        Scanner::new((&normalizer.classes, normalizer.rules), text, key, found).run();
    }

    /// Writes the key with its numbers and names masked, its words taken from `source`, which has the same words at the same places; answers how many
    /// words parted by blanks are neither.
    fn mask(&self, source: &str, masked: &mut String) -> usize {
        masked.clear();
        let (has_names, has_numbers) = (self.tells_names(), has_digit(&self.key));
        let (mut before, mut after_name) = (0, false);
        let (mut said, mut spoken) = (0, false);
        // Where the words begin that are still to be copied.
        let mut from = 0;
        for (index, (at, _)) in self.words.iter().enumerate() {
            let word = self.word(at);
            let is_number = has_numbers && has_digit(word);
            let is_name = has_names && index > 0 && !is_number && is_capitalised(word);
            let touches = at.start == before;
            before = at.end;
            if is_name && after_name {
                from = at.end;
                continue;
            }
            spoken &= touches;
            if is_number || is_name {
                masked.push_str(source.get(from..at.start).unwrap_or_default());
                masked.push_str(if is_number { NUMBER } else { NAME });
                from = at.end;
            } else {
                said += usize::from(!spoken);
                spoken = true;
            }
            after_name = is_name;
        }
        masked.push_str(source.get(from..before).unwrap_or_default());
        said
    }

    fn word(&self, at: &Range<usize>) -> &str {
        self.key.get(at.clone()).unwrap_or_default()
    }

    /// Whether there are names to be told: some words are capitalised, and no more than half of them.
    fn tells_names(&self) -> bool {
        let words = || {
            let spaced = self.words.iter().skip(1).filter(|(_, spaceless)| !spaceless);
            spaced.map(|(at, _)| self.word(at))
        };
        let capitalised = words().filter(|word| is_capitalised(word)).count();
        let enough = (capitalised * 2).checked_sub(1);
        enough.is_some_and(|enough| {
            words().filter(|word| word.starts_with(char::is_alphabetic)).nth(enough).is_some()
        })
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || !word.is_ascii() && word.contains(|c| digit_value(c).is_some())
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && !NO_NAMES.iter().any(|no_name| word.eq_ignore_ascii_case(no_name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RuleSet;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn a_mask_is_told_with_the_key(raw in "([A-Za-z0-9ÉéŽžΣσςЖж東京ß’“&.,'-]{1,4} ?){0,12}") {
            for rules in [RuleSet::default(), RuleSet::default().without(Rule::Case), RuleSet::all()] {
                let normalizer = Normalizer::new(rules);
                let (mut key, mut together) = (String::new(), String::new());
                normalizer.key(&raw, &mut key);
                let mask = Masker::new(&normalizer).key_and_mask(&raw, &mut together);
                prop_assert_eq!(key, together);
                let masked = normalizer.masked(&raw);
                let said = masked.split(' ').filter(|word| !matches!(*word, "0" | "*" | "")).count();
                prop_assert_eq!(mask, Mask { hash: xxh3_64(masked.as_bytes()), said });
            }
        }

        #[test]
        fn a_mask_made_character_by_character_is_the_one_by_steps(raw in "([A-Ca-c0-9ÉéŽžΣσςΆЖж東京ßİ’“….,'\u{93c}\u{94d}कनযাআأ٣Ạạ，\u{ad}-]{1,5} ?){0,8}") {
            let mut masker = Masker::new(&Normalizer::default());
            let (mut key, mut by_steps) = ("before".to_owned(), "before".to_owned());
            if let Some(said) = masker.charwise(&raw, &mut key) {
                let masked = masker.masked.clone();
                prop_assert_eq!(said, masker.stepwise(&raw, &mut by_steps));
                prop_assert_eq!(masked, masker.masked);
                prop_assert_eq!(key, by_steps);
            }
        }

        #[test]
        fn a_mask_is_the_small_form_of_a_mask_with_capitals(raw in "([A-Za-z0-9ÉéŽžΣσςЖж東京ß’“&.,'-]{1,4} ?){0,12}") {
            let cased = Normalizer::new(RuleSet::default().without(Rule::Case)).masked(&raw);
            prop_assert_eq!(masked(&raw), cased.to_lowercase());
        }
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
