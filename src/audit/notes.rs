//! What stands beside a match: what was changed, and what kind of text it is.

use serde::{Serialize, Serializer};

use crate::verify::{Flag, Flags};

/// Something that stands beside a match.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum Note {
    /// Other numbers.
    NumbersDiffer,
    /// A denial more or less, or an opposite.
    NegationDiffers,
    /// Other names.
    NamesDiffer,
    /// Other words between quotation marks.
    QuoteAltered,
    /// One of many sentences of one make.
    Template,
    /// A quotation.
    Quote,
    /// Too short to be matched by itself.
    Short,
}

impl Note {
    /// Every note, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::NumbersDiffer,
        Self::NegationDiffers,
        Self::NamesDiffer,
        Self::QuoteAltered,
        Self::Template,
        Self::Quote,
        Self::Short,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NumbersDiffer => "numbers_differ",
            Self::NegationDiffers => "negation_differs",
            Self::NamesDiffer => "names_differ",
            Self::QuoteAltered => "quote_altered",
            Self::Template => "template",
            Self::Quote => "quote",
            Self::Short => "short",
        }
    }
}

/// A set of notes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Notes(u8);

impl Notes {
    /// The four that say what was changed.
    pub(super) const CHANGES: [Note; 4] =
        [Note::NumbersDiffer, Note::NegationDiffers, Note::NamesDiffer, Note::QuoteAltered];

    /// The same set, and this note if the condition holds.
    #[must_use]
    pub const fn with_if(self, condition: bool, note: Note) -> Self {
        if condition { Self(self.0 | 1 << note as u8) } else { self }
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a note is in the set.
    pub const fn has(self, note: Note) -> bool {
        self.0 & (1 << note as u8) != 0
    }

    /// The notes of the set, in the order of reports.
    pub fn iter(self) -> impl Iterator<Item = Note> {
        Note::ALL.into_iter().filter(move |&note| self.has(note))
    }

    /// What differs, of the flags of a pair.
    pub(super) fn of_pair(flags: Flags) -> Self {
        Self::default()
            .with_if(flags.has(Flag::NumbersDiffer), Note::NumbersDiffer)
            .with_if(flags.has(Flag::NegationDiffers), Note::NegationDiffers)
            .with_if(flags.has(Flag::NamesDiffer), Note::NamesDiffer)
    }

    /// What a sentence is, of its flags.
    pub(super) fn of_sentence(flags: Flags) -> Self {
        Self::default()
            .with_if(flags.has(Flag::Template), Note::Template)
            .with_if(flags.has(Flag::Quote), Note::Quote)
            .with_if(flags.has(Flag::Short), Note::Short)
    }
}

/// A list of names.
impl Serialize for Notes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Note::name))
    }
}
