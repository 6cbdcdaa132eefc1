//! What belongs to a number besides its digits: sign, currency, per cent, exponent. The key must not lose them.
//!
//! A sign is one only where a number can begin: at the start, behind a blank, an opening bracket or a quotation mark that stands there. So "10–12" is a
//! range or a score, one word with a hyphen, and "(-5)" a negative number. An em dash is never a sign. Currency may stand on either side, with a blank or
//! without; directly before digits it is theirs, else it is that of the number before it. In the key the order is bound, sign, currency, digits, per cent
//! or currency or degree.
//!
//! `<`, `>`, `≤` and `≥` are a bound directly before a number, or between blanks behind a word; not at the end of a tag (`<b>5`) or of an arrow (`-> 5`),
//! nor where a letter quotes a line (`> 5`).

use super::Found;
use super::class::Class;
use super::words::Scanner;

/// What stands before the digits.
#[derive(Clone, Copy, Debug, Default)]
struct Prefix {
    /// `<`, `>`, `≤` or `≥`.
    bound: Option<char>,
    /// Per cent before the number, as Turkish and Basque write it; in the key it stands behind.
    percent: Option<char>,
    sign: Option<char>,
    currency: Option<char>,
    dot: bool,
    /// Where the digits begin.
    digits: usize,
}

impl<F: FnMut(Found)> Scanner<'_, F> {
    /// Reads a number that begins with a sign, a currency or a decimal point; `None` if there is none here.
    pub(super) fn signed_number(&mut self) -> Option<()> {
        let prefix = self.number_prefix(self.at, self.open)?;
        self.number(prefix);
        Some(())
    }

    /// Reads a number that begins with a comparison sign; `None` if there is none here.
    pub(super) fn bound(&mut self) -> Option<()> {
        let (sign, length) = comparison(self.text.get(self.at..)?)?;
        let next = self.at + length;
        let digits = self.behind_blanks(next);
        let before = self.text.get(..self.at)?;
        let stands = if digits == next {
            !(before.ends_with(['-', '=', '<', '>', '−', '–']) || sign == '>' && ends_tag(before))
        } else {
            before.ends_with(char::is_whitespace) && !before.trim_end().is_empty()
        };
        let prefix = if self.is_at(digits, Class::Digit) {
            Prefix { digits, ..Prefix::default() }
        } else {
            self.number_prefix(digits, true)?
        };
        stands.then(|| self.number(Prefix { bound: Some(sign), ..prefix }))
    }

    fn number(&mut self, prefix: Prefix) {
        let start = self.at;
        let key = self.begin_word();
        self.key.extend(prefix.bound);
        self.key.extend(prefix.sign);
        self.key.extend(prefix.currency);
        if prefix.dot {
            self.key.push('.');
        }
        self.at = prefix.digits;
        let last = self.body();
        let before = self.key.len();
        self.number_suffix(last, prefix.currency.is_none() && prefix.percent.is_none());
        if self.key.len() == before && last == Class::Digit {
            self.key.extend(prefix.percent);
        }
        self.end_word(key, start);
    }

    fn number_prefix(&self, start: usize, open: bool) -> Option<Prefix> {
        let mut prefix = Prefix { digits: start, ..Prefix::default() };
        if open {
            if self.is_at(prefix.digits, Class::Percent) {
                prefix.percent = self.char_at(prefix.digits);
                prefix.digits += prefix.percent.map_or(0, char::len_utf8);
            }
            self.read_sign(&mut prefix);
        }
        if self.is_at(prefix.digits, Class::Currency) {
            prefix.currency = self.char_at(prefix.digits);
            prefix.digits += prefix.currency.map_or(0, char::len_utf8);
            if prefix.sign.is_none() {
                self.read_sign(&mut prefix);
            }
            let behind = self.behind_blanks(prefix.digits);
            if self.begins_digits(behind) {
                prefix.digits = behind;
            }
        }
        if self.is_at(prefix.digits, Class::Dot) && (open || prefix.digits > start) {
            prefix.dot = true;
            prefix.digits += 1;
        }
        (self.is_at(prefix.digits, Class::Digit) && prefix.digits > start).then_some(prefix)
    }

    fn read_sign(&self, prefix: &mut Prefix) {
        let Some((class @ (Class::Dash | Class::Sign), length)) = self.class_at(prefix.digits)
        else {
            return;
        };
        prefix.sign = if class == Class::Dash { Some('-') } else { self.char_at(prefix.digits) };
        prefix.digits += length;
    }

    /// Reads what belongs to the number that just ended with this class of character.
    pub(super) fn number_suffix(&mut self, last: Class, may_take_currency: bool) {
        let directly = self.at;
        let behind = if last == Class::Digit { self.behind_blanks(directly) } else { directly };
        let Some((class, length)) = self.class_at(behind) else { return };
        let next = behind + length;
        let takes = match class {
            Class::Percent => last == Class::Digit,
            Class::Degree => last == Class::Digit && may_take_currency,
            Class::Currency if behind == directly => may_take_currency && !self.begins_digits(next),
            Class::Currency => may_take_currency && !self.begins_signed_digits(next),
            _ => false,
        };
        if takes {
            self.key.extend(self.char_at(behind));
            self.at = next;
        }
    }

    /// `^6`, `^-6`, `^n`: kept with what it raises.
    pub(super) fn exponent(&mut self, next: usize) -> bool {
        let sign = match self.class_at(next) {
            Some((Class::Dash, length)) => Some(('-', length)),
            Some((Class::Sign, length)) => self.char_at(next).map(|sign| (sign, length)),
            _ => None,
        };
        let raised = next + sign.map_or(0, |(_, length)| length);
        let joins = self.is_at(raised, Class::Letter) || self.is_at(raised, Class::Digit);
        if joins {
            self.key.push('^');
            self.key.extend(sign.map(|(sign, _)| sign));
            self.at = raised;
        }
        joins
    }

    fn begins_signed_digits(&self, at: usize) -> bool {
        let signed = match self.class_at(at) {
            Some((Class::Dash | Class::Sign, length)) => at + length,
            _ => at,
        };
        self.begins_digits(signed)
    }

    fn begins_digits(&self, at: usize) -> bool {
        let digits = if self.is_at(at, Class::Dot) { at + 1 } else { at };
        self.is_at(digits, Class::Digit)
    }

    fn behind_blanks(&self, mut at: usize) -> usize {
        while let Some((Class::Blank, length)) = self.class_at(at) {
            at += length;
        }
        at
    }
}

/// The bound that a text begins with, `<=` being `≤`, and its length.
fn comparison(text: &str) -> Option<(char, usize)> {
    let sign = text.chars().next()?;
    let plain = match sign {
        '≦' | '⩽' => '≤',
        '≧' | '⩾' => '≥',
        _ => sign,
    };
    let or_equal = text.get(sign.len_utf8()..).is_some_and(|rest| rest.starts_with('='));
    Some(match plain {
        '<' if or_equal => ('≤', 2),
        '>' if or_equal => ('≥', 2),
        _ => (plain, sign.len_utf8()),
    })
}

/// Whether a `>` behind this text ends a tag.
fn ends_tag(before: &str) -> bool {
    let tag = before.rfind(['<', '>']).and_then(|at| before.get(at..)).unwrap_or_default();
    let name = tag.strip_prefix('<').unwrap_or_default();
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
}
