//! What belongs to a number besides its digits: sign, currency, per cent, exponent. The key must not lose them.
//!
//! A sign is one only where a number can begin: at the start, behind a blank, an opening bracket or a quotation mark that stands there. So "10–12" is two
//! numbers and "(-5)" a negative one. An em dash is never a sign. Currency may stand on either side, with a blank or without; directly before digits it
//! is theirs, else it is that of the number before it. In the key the order is sign, currency, digits, per cent or currency.

use super::Found;
use super::class::Class;
use super::words::Scanner;

/// What stands before the digits.
#[derive(Clone, Copy, Debug, Default)]
struct Prefix {
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
        let start = self.at;
        let prefix = self.number_prefix()?;
        let key = self.begin_word();
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
        Some(())
    }

    fn number_prefix(&self) -> Option<Prefix> {
        let mut prefix = Prefix { digits: self.at, ..Prefix::default() };
        if self.open {
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
        if self.is_at(prefix.digits, Class::Dot) && (self.open || prefix.digits > self.at) {
            prefix.dot = true;
            prefix.digits += 1;
        }
        (self.is_at(prefix.digits, Class::Digit) && prefix.digits > self.at).then_some(prefix)
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
