//! What a linked pair is called, and what stands beside its score.

use std::fmt;

/// How two linked sentences are related; the first that fits, from the closest to the loosest.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Relation {
    /// Equal keys.
    Exact,
    /// The same but for a few characters or words.
    Near,
    /// At least half of what they say is shared.
    Edited,
    /// The shorter one stands inside the longer one.
    Contained,
    /// Every other link.
    Reworded,
}

impl Relation {
    /// Every relation, from the closest to the loosest.
    pub const ALL: &[Self] =
        &[Self::Exact, Self::Near, Self::Edited, Self::Contained, Self::Reworded];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Edited => "edited",
            Self::Contained => "contained",
            Self::Reworded => "reworded",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A fact that stands beside the score and is never folded into it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Flag {
    /// The multisets of numbers differ.
    NumbersDiffer,
    /// One says more often than the other that something is not so.
    NegationDiffers,
    /// The capitalised words differ, where case exists.
    NamesDiffer,
    /// A word stands in the place of another, or one of them has a word that turns what is said. Asked only before something goes.
    WordsDiffer,
    /// With numbers and names masked, at least five distinct sentences are the same.
    Template,
    /// A quotation.
    Quote,
    /// A sentence that a share of its source's documents carries.
    Boilerplate,
    /// Text under a picture.
    Caption,
    /// Too short for anything but equal keys.
    Short,
    /// Letters of another script that look like those of their word, where that is asked for.
    LookAlikes,
    /// Two sentences that stand behind each other are together one of another text.
    Split,
    /// Two documents say that they are versions of one article.
    Version,
    /// A document breaks off, or leads on to the full text, which is the other.
    Stub,
}

impl Flag {
    /// Every flag, in the order of reports.
    pub const ALL: &[Self] = &[
        Self::NumbersDiffer,
        Self::NegationDiffers,
        Self::NamesDiffer,
        Self::WordsDiffer,
        Self::Template,
        Self::Quote,
        Self::Boilerplate,
        Self::Caption,
        Self::Short,
        Self::LookAlikes,
        Self::Split,
        Self::Version,
        Self::Stub,
    ];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NumbersDiffer => "numbers_differ",
            Self::NegationDiffers => "negation_differs",
            Self::NamesDiffer => "names_differ",
            Self::WordsDiffer => "words_differ",
            Self::Template => "template",
            Self::Quote => "quote",
            Self::Boilerplate => "boilerplate",
            Self::Caption => "caption",
            Self::Short => "short",
            Self::LookAlikes => "look_alikes",
            Self::Split => "split",
            Self::Version => "version",
            Self::Stub => "stub",
        }
    }
}

/// A set of flags.
///
/// ```
/// use twicetold::verify::{Flag, Flags};
/// let flags = Flags::default().with(Flag::Quote).with(Flag::NumbersDiffer);
/// assert_eq!(flags.iter().map(Flag::name).collect::<Vec<_>>(), ["numbers_differ", "quote"]);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Flags(u16);

impl Flags {
    /// The same set and this flag.
    #[must_use]
    pub const fn with(self, flag: Flag) -> Self {
        Self(self.0 | 1 << flag as u8)
    }

    /// The same set, and this flag if the condition holds.
    #[must_use]
    pub const fn with_if(self, condition: bool, flag: Flag) -> Self {
        if condition { self.with(flag) } else { self }
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the flag is set.
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u8) != 0
    }

    /// The flags that are set, in the order of reports.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |&flag| self.has(flag))
    }
}

/// The channel that proposed a pair.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Channel {
    /// Equal keys.
    Equal,
    /// A shared run of words.
    Runs,
    /// A shared band of signatures.
    Bands,
    /// The prefix-filtered join.
    Prefix,
    /// Every pair.
    BruteForce,
}

impl Channel {
    /// Every channel, in the order of reports.
    pub const ALL: &[Self] =
        &[Self::Equal, Self::Runs, Self::Bands, Self::Prefix, Self::BruteForce];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Runs => "runs",
            Self::Bands => "bands",
            Self::Prefix => "prefix",
            Self::BruteForce => "brute_force",
        }
    }
}

/// A set of channels.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Channels(u8);

impl Channels {
    /// The set of one channel.
    pub const fn of(channel: Channel) -> Self {
        Self(1 << channel as u8)
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the channel is in the set.
    pub const fn has(self, channel: Channel) -> bool {
        self.0 & (1 << channel as u8) != 0
    }

    /// The channels of the set, in the order of reports.
    pub fn iter(self) -> impl Iterator<Item = Channel> {
        Channel::ALL.iter().copied().filter(move |&channel| self.has(channel))
    }
}
