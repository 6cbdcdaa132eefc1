//! Classes of edits, and how often each is made.
//!
//! The weights come from 179,230 clean sentences looked up in the output of 32 programs that extract text from web pages, and
//! from labelled pairs of reworded sentences.

use super::Preset;
use super::word::Word;

/// What is done to a copy of a sentence.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// Nothing: the same bytes.
    Exact,
    /// Apostrophes, dashes, blanks and case, which the comparison key does not keep.
    Typography,
    /// A caption or credit stuck on or in, or a lost blank between two words.
    Glue,
    /// A phrase in front: "In a statement,".
    Lead,
    /// Two sentences in one.
    Merge,
    /// The first or last 45 to 85 per cent of the words.
    Trunc,
    /// One or two words replaced, and perhaps one put in or left out.
    Light,
    /// Two to four words replaced, and one or two put in or left out.
    Medium,
    /// The clauses in another order, three to six words replaced, and perhaps an attribution.
    Rewrite,
    /// Two to five letters swapped or dropped.
    Ocr,
    /// No duplicate: the same words with another number, name or negation.
    Decoy,
}

impl Class {
    /// Every class, in the order of tables.
    pub const ALL: &[Self] = &[
        Self::Exact,
        Self::Typography,
        Self::Glue,
        Self::Lead,
        Self::Merge,
        Self::Trunc,
        Self::Light,
        Self::Medium,
        Self::Rewrite,
        Self::Ocr,
        Self::Decoy,
    ];

    /// Its name in truth files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Typography => "typography",
            Self::Glue => "glue",
            Self::Lead => "lead",
            Self::Merge => "merge",
            Self::Trunc => "trunc",
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Rewrite => "rewrite",
            Self::Ocr => "ocr",
            Self::Decoy => "decoy",
        }
    }

    /// How many of a hundred edits are of this class. Decoys come extra.
    const fn weight(self, preset: Preset) -> usize {
        match (preset, self) {
            (_, Self::Exact) => 30,
            (_, Self::Light) => 11,
            (Preset::Clean, _) | (_, Self::Decoy) => 0,
            (_, Self::Typography | Self::Glue) => 14,
            (_, Self::Lead) => 7,
            (_, Self::Merge | Self::Medium) => 6,
            (_, Self::Trunc) => 8,
            (_, Self::Rewrite) => 3,
            (_, Self::Ocr) => 1,
        }
    }

    /// The class of a number under the sum of all weights.
    pub(super) fn at(preset: Preset, mut number: usize) -> Self {
        for &class in Self::ALL {
            let weight = class.weight(preset);
            if number < weight {
                return class;
            }
            number -= weight;
        }
        Self::Exact
    }

    /// The sum of all weights.
    pub(super) fn total(preset: Preset) -> usize {
        Self::ALL.iter().map(|class| class.weight(preset)).sum()
    }
}

/// What a decoy changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Decoy {
    /// A number is another one.
    Numbers,
    /// A name is another one.
    Names,
    /// A "not" is put in or left out.
    Negation,
}

impl Decoy {
    /// Every decoy, in the order of tables.
    pub const ALL: &[Self] = &[Self::Numbers, Self::Names, Self::Negation];

    /// Its name in truth files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Names => "names",
            Self::Negation => "negation",
        }
    }
}

/// The facts of a sentence that an edit put in, took out or damaged, by their kinds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Facts(u8);

impl Facts {
    /// One kind.
    pub(super) const fn of(kind: Decoy) -> Self {
        Self(1 << kind as u8)
    }

    /// Takes note of a word, if it is a fact.
    pub(super) fn add(&mut self, word: Word) {
        self.0 |= word.fact().map_or(0, |kind| Self::of(kind).0);
    }

    /// The kinds of both.
    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kinds, in the order of tables.
    pub(super) fn kinds(self) -> impl Iterator<Item = Decoy> {
        Decoy::ALL.iter().copied().filter(move |&kind| self.0 & Self::of(kind).0 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_make_a_hundred_and_each_class_has_its_share() {
        assert_eq!((Class::total(Preset::Scraped), Class::total(Preset::Clean)), (100, 41));
        let classes = (0..100).map(|number| Class::at(Preset::Scraped, number));
        assert_eq!(classes.filter(|&class| class == Class::Trunc).count(), 8);
        let clean = (0..41).map(|number| Class::at(Preset::Clean, number));
        assert!(clean.clone().all(|class| matches!(class, Class::Exact | Class::Light)));
    }
}
