//! The named rules by which a sentence becomes its comparison key; each can be switched off.

use super::choice::Profile;
use crate::error::{Error, Result};

/// One step from the raw text to the key.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Rule {
    /// Tags that were left in plain text, addresses of Markdown links and shortcodes are dropped: `the <b>tide</b>` is `the tide`.
    Tags,
    /// HTML entities, escaped up to three times, are decoded: `&amp;amp;` is `&`.
    Entities,
    /// UTF-8 that was read as windows-1252 or Latin-1, once or twice, is repaired: `donâ€™t` is `don’t`.
    Mojibake,
    /// In captions, remarks on the picture are dropped: `(left)`, `, pictured,`, `From left:`.
    Captions,
    /// Soft hyphens, zero-width characters, byte order marks and directional marks are dropped.
    Invisible,
    /// Unicode compatibility composition (NFKC): `ﬁ` is `fi`, `e` + accent is `é`.
    Compatibility,
    /// Curly, angled and CJK quotation marks and primes are straight.
    Quotes,
    /// Apostrophes inside words are dropped: `don’t` is `dont`.
    Apostrophes,
    /// Every dash is one dash, and dashes join no words.
    Dashes,
    /// No-break and other blanks, tabs and line breaks are one blank.
    Blanks,
    /// Upper and lower case are one (Unicode case folding).
    Case,
    /// Decimal digits of every script are ASCII digits.
    Digits,
    /// Accents are dropped: `café` is `cafe`. Off by default but in profile `noisy`.
    Diacritics,
    /// A word of several scripts whose letters look like those of one is of that script: `pаypal` with a Cyrillic *а* is `paypal`. Off by default.
    LookAlikes,
    /// British spellings are American ones: `colour` is `color`. Off by default.
    Spelling,
    /// Small letters are those of Turkish: I is ı, İ is i. Says nothing without `case`. Off by default.
    TurkishI,
}

impl Rule {
    /// Every rule, in the order of application.
    pub const ALL: &[Self] = &[
        Self::Tags,
        Self::Entities,
        Self::Mojibake,
        Self::Captions,
        Self::Invisible,
        Self::Compatibility,
        Self::Quotes,
        Self::Apostrophes,
        Self::Dashes,
        Self::Blanks,
        Self::Case,
        Self::Digits,
        Self::Diacritics,
        Self::LookAlikes,
        Self::Spelling,
        Self::TurkishI,
    ];

    /// The name in settings and explanations.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Entities => "entities",
            Self::Mojibake => "mojibake",
            Self::Captions => "captions",
            Self::Invisible => "invisible",
            Self::Compatibility => "compatibility",
            Self::Quotes => "quotes",
            Self::Apostrophes => "apostrophes",
            Self::Dashes => "dashes",
            Self::Blanks => "blanks",
            Self::Case => "case",
            Self::Digits => "digits",
            Self::Diacritics => "diacritics",
            Self::LookAlikes => "lookalikes",
            Self::Spelling => "spelling",
            Self::TurkishI => "turkish",
        }
    }
}

/// A set of rules.
///
/// ```
/// use twicetold::config::{Rule, RuleSet};
/// let rules = RuleSet::default().without(Rule::Case);
/// assert!(rules.has(Rule::Quotes) && !rules.has(Rule::Case));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct RuleSet(u16);

impl Default for RuleSet {
    /// Every rule but `tags`, `diacritics`, `lookalikes`, `spelling` and `turkish`.
    fn default() -> Self {
        [Rule::Tags, Rule::Diacritics, Rule::LookAlikes, Rule::Spelling, Rule::TurkishI]
            .into_iter()
            .fold(Self::all(), Self::without)
    }
}

impl RuleSet {
    /// The rules that a profile has if nobody asks for others: `noisy` drops accents, which recognised text loses and invents.
    pub fn of_profile(profile: Profile) -> Self {
        match profile {
            Profile::Noisy => Self::default().with(Rule::Diacritics),
            Profile::Paraphrase | Profile::Near => Self::default(),
        }
    }

    /// Every rule.
    pub fn all() -> Self {
        Rule::ALL.iter().fold(Self(0), |set, &rule| set.with(rule))
    }

    /// The same set and this rule.
    #[must_use]
    pub const fn with(self, rule: Rule) -> Self {
        Self(self.0 | 1 << rule as u8)
    }

    /// The same set but this rule.
    #[must_use]
    pub const fn without(self, rule: Rule) -> Self {
        Self(self.0 & !(1 << rule as u8))
    }

    /// Whether the set has this rule.
    pub const fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    /// The rules of the set, in the order of application.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(move |&rule| self.has(rule))
    }

    /// The rule with this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(name: &str) -> Result<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.name() == name).ok_or_else(|| {
            let names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
            Error::config("rules", format!("names out of {}", names.join(", ")))
        })
    }
}
