//! The scanner: cuts a cleaned text into words and writes the key.
//!
//! The words are those of UAX #29 with these differences, each a rule of the key: an apostrophe inside a word is dropped; `.` and `:` join no letters, but
//! the dots of an acronym vanish ("U.S." is "us"); `_` joins nothing; `:` and `/` join digits, as `.` and `,` do; signs, currency, per cent and exponents
//! belong to their number ([`numerals`](super::numerals)); a script without spaces is a run of characters. So UAX #29's own segmenter, which would have
//! to be corrected at each of these places, serves as the oracle in the tests instead.
//!
//! Cost: one pass; each word is copied once.

use super::Found;
use super::class::{Class, Classes};
use super::joints::meets;
use crate::config::{Rule, RuleSet};

/// Letters and digits of ASCII: here a table made the whole key a quarter faster than comparisons.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// What the key ends with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Last {
    Nothing,
    Word,
    Run,
}

/// Scans a text and appends its words to a key.
pub(super) struct Scanner<'a, F> {
    pub(super) classes: &'a Classes,
    pub(super) rules: RuleSet,
    pub(super) text: &'a str,
    pub(super) key: &'a mut String,
    /// Where in the text the scanner stands.
    pub(super) at: usize,
    /// Whether a sign here would be that of a number.
    pub(super) open: bool,
    last: Last,
    found: F,
}

impl<'a, F: FnMut(Found)> Scanner<'a, F> {
    pub(super) fn new(
        (classes, rules): (&'a Classes, RuleSet),
        text: &'a str,
        key: &'a mut String,
        found: F,
    ) -> Self {
        Self { classes, rules, text, key, at: 0, open: true, last: Last::Nothing, found }
    }

    /// Reads the text to its end.
    pub(super) fn run(mut self) {
        let start = self.key.len();
        while let Some((class, length)) = self.class_at(self.at) {
            match class {
                Class::Letter | Class::Digit => self.word(),
                Class::Spaceless => self.spaceless_run(),
                Class::Dash | Class::Sign | Class::Currency | Class::Percent | Class::Dot => {
                    if self.signed_number().is_none() {
                        self.skip(length, false);
                    }
                }
                Class::Comparison if self.bound().is_some() => {}
                Class::Blank | Class::Open | Class::Comparison => self.skip(length, true),
                Class::Quote | Class::Apostrophe => self.skip(length, self.open),
                Class::Inner => {
                    // "temperature:-5" is a sign, "3:-5" is not.
                    let before = self.text.get(..self.at).and_then(|text| text.chars().next_back());
                    let after_digit = before.is_some_and(|c| self.classes.of(c) == Class::Digit);
                    self.skip(length, !after_digit);
                }
                _ => self.skip(length, false),
            }
        }
        if self.rules.has(Rule::Case)
            && let Some(written) = self.key.get_mut(start..)
        {
            written.make_ascii_lowercase();
        }
    }

    fn skip(&mut self, length: usize, open: bool) {
        self.at += length;
        self.open = open;
    }

    /// The class and length of the character at a place.
    #[inline]
    pub(super) fn class_at(&self, at: usize) -> Option<(Class, usize)> {
        let &byte = self.text.as_bytes().get(at)?;
        match self.classes.of_byte(byte) {
            Some(class) => Some((class, 1)),
            None => self.char_at(at).map(|c| (self.classes.of(c), c.len_utf8())),
        }
    }

    pub(super) fn is_at(&self, at: usize, class: Class) -> bool {
        self.class_at(at).is_some_and(|(found, _)| found == class)
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Begins a word in the key; answers where.
    pub(super) fn begin_word(&mut self) -> usize {
        if self.last != Last::Nothing {
            self.key.push(' ');
        }
        self.last = Last::Word;
        self.key.len()
    }

    /// Ends the word that began at these places in key and text.
    pub(super) fn end_word(&mut self, key: usize, text: usize) {
        self.open = false;
        (self.found)(Found { key: key..self.key.len(), text: text..self.at, spaceless: false });
    }

    fn word(&mut self) {
        self.plain_words();
        let start = self.at;
        let is_number = self.is_at(start, Class::Digit);
        let key = self.begin_word();
        let last = self.body();
        if is_number || last == Class::Digit {
            self.number_suffix(last, is_number);
        } else if last == Class::Letter {
            self.grade();
        }
        self.end_word(key, start);
    }

    /// Copies words of ASCII letters and digits with one blank between them, but for the last, all at once: most text is such.
    fn plain_words(&mut self) {
        let bytes = self.text.as_bytes();
        let is_plain = |at: usize| bytes.get(at).is_some_and(|&byte| PLAIN[usize::from(byte)]);
        let (start, key) = (self.at, self.key.len() + usize::from(self.last != Last::Nothing));
        let (mut word, mut at) = (start, start);
        loop {
            while is_plain(at) {
                at += 1;
            }
            if bytes.get(at) != Some(&b' ') || at == word || !is_plain(at + 1) {
                break;
            }
            let key = key + (word - start)..key + (at - start);
            (self.found)(Found { key, text: word..at, spaceless: false });
            at += 1;
            word = at;
        }
        if word > start {
            self.begin_word();
            self.key.push_str(self.text.get(start..word - 1).unwrap_or_default());
            self.at = word;
        }
    }

    /// Copies letters, digits and what joins them; answers the class of the last character.
    pub(super) fn body(&mut self) -> Class {
        let mut may_abbreviate = true;
        loop {
            let start = self.at;
            let last = self.skip_letters();
            let letters = self.text.get(start..self.at).unwrap_or_default();
            self.key.push_str(letters);
            let Some((joint, length)) = self.class_at(self.at) else { return last };
            let next = self.at + length;
            let joined = match joint {
                Class::Apostrophe => self.apostrophe(last, next),
                Class::Quote => self.gershayim(next),
                Class::Dot | Class::Inner if last == Class::Digit => self.inside_number(next),
                Class::Dot => may_abbreviate && self.acronym(letters, next),
                Class::Caret => self.exponent(next),
                Class::Dash if last == Class::Digit => self.number_range(next),
                Class::Dash => self.kept_hyphen(next),
                _ => false,
            };
            if !joined {
                return last;
            }
            may_abbreviate = joint == Class::Dot;
        }
    }

    fn skip_letters(&mut self) -> Class {
        let mut last = Class::Letter;
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        for c in rest.chars() {
            match self.classes.of(c) {
                class @ (Class::Letter | Class::Digit | Class::Mark) => last = class,
                _ => break,
            }
            self.at += c.len_utf8();
        }
        last
    }

    fn spaceless_run(&mut self) {
        if let Some(first) = self.char_at(self.at) {
            let joins = self.last == Last::Run
                && !self.key.chars().next_back().is_some_and(|last| meets(last, first));
            if self.last != Last::Nothing && !joins {
                self.key.push(' ');
            }
        }
        while self.is_at(self.at, Class::Spaceless) {
            let (key, text) = (self.key.len(), self.at);
            self.step();
            while self.is_at(self.at, Class::Mark) {
                self.step();
            }
            (self.found)(Found { key: key..self.key.len(), text: text..self.at, spaceless: true });
        }
        self.last = Last::Run;
        self.open = false;
    }

    fn step(&mut self) {
        if let Some(c) = self.char_at(self.at) {
            self.key.push(c);
            self.at += c.len_utf8();
        }
    }
}
