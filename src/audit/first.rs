//! Who was before whom, and who had a sentence first.
//!
//! Of two articles one is earlier for certain, or it cannot be told. Where an embargo ends, many publish what all had before: those who carry a sentence
//! within the embargo's time from its first moment are a tie among themselves.

use std::cmp::Ordering;

use super::articles::{Articles, Piece};
use super::carried::Carried;
use super::model::{Certainty, First};
use super::moment::Moment;
use super::policy::Policy;

/// Compares moments as the policy asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    tolerance: i64,
    embargo: i64,
}

impl Clock {
    pub(super) const fn new(policy: &Policy) -> Self {
        Self { tolerance: policy.clock_tolerance, embargo: policy.embargo }
    }

    /// Which of two is certainly earlier; `Equal` where that cannot be told. `begin` is when the sentence that they share was first seen.
    pub(super) fn order(
        self,
        a: Option<Moment>,
        b: Option<Moment>,
        begin: Option<Moment>,
    ) -> Ordering {
        let (Some(a), Some(b)) = (a, b) else { return Ordering::Equal };
        let order = a.order(b, self.tolerance);
        let is_early = |moment: Moment| {
            begin.is_some_and(|begin| moment.seconds - begin.seconds <= self.embargo)
        };
        if self.embargo > 0 && is_early(a) && is_early(b) { Ordering::Equal } else { order }
    }

    /// Whether a moment and everything after it is later than this one.
    pub(super) const fn is_past(self, moment: Moment, reference: Moment) -> bool {
        const DAY: i64 = 86_400;
        let reach = if self.tolerance > self.embargo { self.tolerance } else { self.embargo };
        moment.seconds - reference.seconds > reach + DAY
    }
}

/// Seconds from one article to another: whole days where one date is a day.
pub(super) fn lag(a: &Piece, b: &Piece) -> Option<i64> {
    use super::moment::Precision::Day;
    let (a, b) = (a.moment?, b.moment?);
    if a.precision == Day || b.precision == Day {
        Some((b.day() - a.day()) * 86_400)
    } else {
        Some(b.seconds - a.seconds)
    }
}

/// Who had a sentence first, and how sure that is: certain only if every other source is certainly later.
pub(super) fn first(articles: &Articles, carried: &Carried, story: u32, clock: Clock) -> First {
    let members = carried.members(story);
    let piece = |article: u32| &articles.pieces[article as usize];
    let first = members[0];
    let own = piece(first.article);
    let others = || members.iter().map(|it| piece(it.article)).filter(|it| it.group != own.group);
    let certainty = if own.moment.is_none() || others().any(|other| other.moment.is_none()) {
        Certainty::Unknown
    } else if others().all(|other| clock.order(own.moment, other.moment, own.moment).is_lt()) {
        Certainty::Certain
    } else {
        Certainty::Tie
    };
    First { article: first.article, sentence: first.line, certainty }
}

/// Seconds from the first to the source that is the `wanted`-th, by the groups of sources.
pub(super) fn adoption(articles: &Articles, carried: &Carried, story: u32) -> [Option<i64>; 3] {
    let members = carried.members(story);
    let first = &articles.pieces[members[0].article as usize];
    let mut seen = std::collections::BTreeSet::new();
    let mut reached = [None; 3];
    for member in members {
        let piece = &articles.pieces[member.article as usize];
        if piece.moment.is_none() || !seen.insert(piece.group) {
            continue;
        }
        for (wanted, reached) in [2, 5, 10].into_iter().zip(&mut reached) {
            if seen.len() == wanted {
                *reached = lag(first, piece);
            }
        }
        if seen.len() >= 10 {
            break;
        }
    }
    reached
}
