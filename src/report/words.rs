//! The words of a raw text by which a diff compares, each with its bytes: the one place where a diff meets the rules of
//! the comparison key.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::config::RuleSet;
use crate::normalize::Normalizer;

/// A word of a raw text; in scripts without spaces, what a reader sees as a character.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Word {
    /// What it is compared by.
    pub(super) key: String,
    /// Its bytes in the raw text.
    pub(super) raw: Range<usize>,
}

/// The words of a raw text, in order. A vowel or tone sign belongs to the word of the letter that carries it.
pub(super) fn words(raw: &str, rules: RuleSet) -> Vec<Word> {
    let traced = Normalizer::new(rules).trace(raw);
    let mut words: Vec<Word> = Vec::with_capacity(traced.atoms.len());
    for atom in &traced.atoms {
        match words.last_mut().filter(|_| !begins_grapheme(raw, atom.raw.start)) {
            Some(carrier) => {
                carrier.key.push_str(traced.word(atom));
                carrier.raw.end = carrier.raw.end.max(atom.raw.end);
            }
            None => {
                words.push(Word { key: traced.word(atom).to_owned(), raw: atom.raw.clone() });
            }
        }
    }
    words
}

/// Whether a cut here leaves every grapheme cluster (UAX #29) whole.
pub(super) fn begins_grapheme(raw: &str, at: usize) -> bool {
    let is_letter = raw.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    is_letter || {
        raw.is_char_boundary(at)
            && GraphemeCursor::new(at, raw.len(), true).is_boundary(raw, 0).unwrap_or(true)
    }
}
