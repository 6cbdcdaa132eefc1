//! What joins letters and digits into one word, and what only seems to.

use icu_normalizer::properties::CanonicalCompositionBorrowed;

use super::Found;
use super::class::Class;
use super::marks::combining_class;
use super::words::Scanner;
use crate::config::Rule;

impl<F: FnMut(Found)> Scanner<'_, F> {
    /// An apostrophe between letters.
    pub(super) fn apostrophe(&mut self, last: Class, next: usize) -> bool {
        if last == Class::Digit || !self.is_at(next, Class::Letter) || self.would_compose(next) {
            return false;
        }
        if !self.rules.has(Rule::Apostrophes) {
            let kept =
                if self.rules.has(Rule::Quotes) { Some('\'') } else { self.char_at(self.at) };
            self.key.extend(kept);
        }
        self.at = next;
        true
    }

    /// A straight quotation mark inside a Hebrew acronym.
    pub(super) fn gershayim(&mut self, next: usize) -> bool {
        let is_hebrew = |c: char| matches!(c, 'א'..='ת');
        let joins = self.rules.has(Rule::Apostrophes)
            && self.key.ends_with(is_hebrew)
            && self.char_at(next).is_some_and(is_hebrew);
        if joins {
            self.at = next;
        }
        joins
    }

    /// A separator between digits.
    pub(super) fn inside_number(&mut self, next: usize) -> bool {
        let joins = self.is_at(next, Class::Digit);
        if joins {
            self.key.extend(self.char_at(self.at));
            self.at = next;
        }
        joins
    }

    /// A hyphen between digits: 2-3 is no 2 3.
    pub(super) fn number_range(&mut self, next: usize) -> bool {
        let joins = self.is_at(next, Class::Digit);
        if joins {
            self.key.push('-');
            self.at = next;
        }
        joins
    }

    /// What tells C++ from C# and an A from an A+, where the word ends with it.
    pub(super) fn grade(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(sign) = ["++", "+", "#"].iter().find(|sign| rest.starts_with(**sign)) else {
            return;
        };
        let end = self.at + sign.len();
        let goes_on = rest.get(sign.len()..).is_some_and(|rest| rest.starts_with(['+', '#', '^']));
        let goes_on = goes_on
            || matches!(
                self.class_at(end),
                Some((
                    Class::Letter
                        | Class::Digit
                        | Class::Mark
                        | Class::Spaceless
                        | Class::Currency
                        | Class::Percent
                        | Class::Sign
                        | Class::Dash,
                    _
                ))
            );
        if !goes_on {
            self.key.push_str(sign);
            self.at = end;
        }
    }

    /// The dot between two single letters: U.S., p.m.
    pub(super) fn acronym(&mut self, letters: &str, next: usize) -> bool {
        let mut backwards = letters.chars().rev().map(|c| self.classes.of(c));
        let is_single = backwards.next() == Some(Class::Letter)
            && backwards.next().is_none_or(|before| before == Class::Digit);
        let Some((Class::Letter, length)) = self.class_at(next) else { return false };
        let goes_on = matches!(
            self.class_at(next + length),
            Some((Class::Letter | Class::Digit | Class::Mark, _))
        );
        let joins = is_single && !goes_on && !self.would_compose(next);
        if joins {
            self.at = next;
        }
        joins
    }

    /// A hyphen between letters, where dashes are to stay.
    pub(super) fn kept_hyphen(&mut self, next: usize) -> bool {
        let joins = !self.rules.has(Rule::Dashes) && self.is_at(next, Class::Letter);
        if joins {
            self.key.extend(self.char_at(self.at));
            self.at = next;
        }
        joins
    }

    /// Whether the key's last letter would compose with the one at a place, now that nothing parts them: then something must.
    fn would_compose(&self, at: usize) -> bool {
        let (Some(last), Some(next)) = (self.key.chars().next_back(), self.char_at(at)) else {
            return false;
        };
        !next.is_ascii() && meets(last, next)
    }
}

/// Whether two characters, side by side, would become one or change places in Unicode composition.
pub(super) fn meets(first: char, second: char) -> bool {
    combining_class(second) > 0
        || CanonicalCompositionBorrowed::new().compose(first, second).is_some()
}
