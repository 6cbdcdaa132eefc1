//! What an audit is asked to do, beside how sentences are matched.

use super::decisions::Decisions;
use super::marks::Marks;
use super::moment::Moment;
use super::sources::SourceList;
use crate::error::{Error, Result};
use crate::ids::Similarity;

/// What the date of an article tells.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Basis {
    /// When it was published.
    #[default]
    Given,
    /// When somebody saw it first.
    FirstSeen,
    /// When a crawler took it.
    Crawled,
}

impl Basis {
    /// Every choice.
    pub const ALL: &[Self] = &[Self::Given, Self::FirstSeen, Self::Crawled];

    /// The name on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::FirstSeen => "first_seen",
            Self::Crawled => "crawled",
        }
    }
}

/// Settings of an audit.
#[derive(Clone, Debug)]
pub struct Policy {
    /// What is known of sources.
    pub sources: SourceList,
    /// How agencies mark what they send.
    pub marks: Marks,
    /// Articles before this moment are left out.
    pub since: Option<Moment>,
    /// Articles after this moment are left out; a day counts to its end.
    pub until: Option<Moment>,
    /// Sentences of fewer words count as reused only beside one that is.
    pub minimum_words: u32,
    /// Times that lie no further apart are a tie, in seconds.
    pub clock_tolerance: i64,
    /// Those who carry a sentence so many seconds after the first or earlier had it from somebody else: they are a tie.
    pub embargo: i64,
    /// An article is wholly derived from this share of its words on.
    pub wholly: Similarity,
    /// An article is partially derived from this share of its words on.
    pub partially: Similarity,
    /// Whether sources of one family count as one.
    pub merges_families: bool,
    /// Whether each article counts as a source of its own.
    pub across_documents: bool,
    /// What persons decided of an audit of these texts before.
    pub decisions: Decisions,
    /// What dates tell.
    pub basis: Basis,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            sources: SourceList::default(),
            marks: Marks::built_in(),
            since: None,
            until: None,
            minimum_words: 5,
            clock_tolerance: 300,
            embargo: 0,
            wholly: Similarity::percent(80),
            partially: Similarity::percent(20),
            merges_families: false,
            across_documents: false,
            decisions: Decisions::default(),
            basis: Basis::Given,
        }
    }
}

impl Policy {
    /// Whether it can be followed.
    ///
    /// # Errors
    /// If `partially` is more than `wholly`, or the window ends before it begins.
    pub fn check(&self) -> Result<()> {
        if self.partially > self.wholly {
            return Err(Error::config("partially", "no more than --wholly"));
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since.day() > until.day()
        {
            return Err(Error::config("until", "no earlier than --since"));
        }
        Ok(())
    }

    /// Whether a moment lies in the window; what has no date does where there is no window.
    pub fn has_in_window(&self, moment: Option<Moment>) -> bool {
        let Some(moment) = moment else { return self.since.is_none() && self.until.is_none() };
        self.since.is_none_or(|since| !moment.order(since, 0).is_lt())
            && self.until.is_none_or(|until| !moment.order(until, 0).is_gt())
    }
}
