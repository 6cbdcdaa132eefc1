//! The words of a raw text by which a diff compares, each with its bytes: the one place where a diff meets the rules of
//! the comparison key.

use std::ops::Range;

use crate::config::RuleSet;
use crate::normalize::Normalizer;

/// A word of a raw text; in scripts without spaces, a character.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Word {
    /// What it is compared by.
    pub(super) key: String,
    /// Its bytes in the raw text.
    pub(super) raw: Range<usize>,
}

/// The words of a raw text, in order.
pub(super) fn words(raw: &str, rules: RuleSet) -> Vec<Word> {
    let traced = Normalizer::new(rules).trace(raw);
    let word = |atom: &crate::normalize::Atom| Word {
        key: traced.word(atom).to_owned(),
        raw: atom.raw.clone(),
    };
    traced.atoms.iter().map(word).collect()
}
