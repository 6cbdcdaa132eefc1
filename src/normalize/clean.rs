//! The step before Unicode composition, character by character: what must not reach it, and what it would spoil.
//!
//! Invisible characters and optional points are dropped here, so that the letter and the accent they parted compose; figures, digits and spacing accents
//! get the form that keeps their meaning; a word that a line end cut in two is joined.

use std::ops::Range;
use std::sync::LazyLock;

use super::buffer::Buffer;
use super::figures::{arabic_sign, are_one_number, holds_digits, raised, spelled};
use super::marks::{combining_class, is_invisible, is_optional_point, keeps_non_joiner};
use crate::config::{Rule, RuleSet};
use crate::script::digit_value;

/// Stands for a blank that is no blank while that rule is off.
pub(super) const OPEN_BOX: char = '␣';

const NON_JOINER: char = '\u{200c}';

/// Cleans a text.
pub(super) fn clean(rules: RuleSet, source: &Buffer, out: &mut Buffer) {
    let mut cleaner = Cleaner { rules, source, out, non_joiner: None, after_figure: false };
    let mut raised_before = false;
    let mut at = 0;
    while let Some(c) = source.text.get(at..).and_then(|rest| rest.chars().next()) {
        if let Some(end) = cleaner.plain_stretch(at) {
            cleaner.out.copy(source, at..end);
            (at, raised_before) = (end, false);
            continue;
        }
        let next = cleaner.line_end_hyphen(at, c).unwrap_or(at + c.len_utf8());
        if next == at + c.len_utf8() {
            raised_before = cleaner.take(c, &source.raw(at..next), raised_before);
        }
        at = next;
    }
}

struct Cleaner<'a> {
    rules: RuleSet,
    source: &'a Buffer,
    out: &'a mut Buffer,
    /// A non-joiner that waits for the letter behind it.
    non_joiner: Option<Range<usize>>,
    /// Whether a figure was the last thing, so that a digit must keep away.
    after_figure: bool,
}

impl Cleaner<'_> {
    /// Where a stretch of letters and blanks that no rule touches ends, if one begins here and nothing waits for its first letter.
    fn plain_stretch(&self, at: usize) -> Option<usize> {
        if self.after_figure || self.non_joiner.is_some() {
            return None;
        }
        let rest = self.source.text.as_bytes().get(at..)?;
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b' ';
        let mut length = 0;
        loop {
            let ascii = rest.get(length..)?.iter().position(|byte| !is_plain(byte));
            let Some(ascii) = ascii else {
                length = rest.len();
                break;
            };
            length += ascii;
            match self.source.text.get(at + length..)?.chars().next() {
                Some(c) if !c.is_ascii() && is_ordinary(c) => length += c.len_utf8(),
                _ => break,
            }
        }
        (length > 0).then_some(at + length)
    }

    /// Takes one character; answers whether it was raised.
    fn take(&mut self, c: char, raw: &Range<usize>, raised_before: bool) -> bool {
        if c.is_ascii() {
            self.plain(c, raw);
            return false;
        }
        if self.is_dropped(c, raw) {
            return raised_before;
        }
        if self.rules.has(Rule::Compatibility) {
            if let Some(plain) = raised(c) {
                self.raise(plain, raw, raised_before);
                return true;
            }
            if holds_digits(c) || spelled(c).is_some() {
                self.figure(c, raw);
                return false;
            }
        }
        self.plain(self.replaced(c), raw);
        false
    }

    fn is_dropped(&mut self, c: char, raw: &Range<usize>) -> bool {
        if c == NON_JOINER && self.rules.has(Rule::Invisible) {
            self.non_joiner = Some(raw.clone());
            return true;
        }
        self.rules.has(Rule::Invisible) && is_invisible(c)
            || self.rules.has(Rule::Compatibility) && is_optional_point(c)
    }

    fn replaced(&self, c: char) -> char {
        if self.rules.has(Rule::Digits) {
            if let Some(value) = digit_value(c) {
                return char::from(b'0' + value);
            }
            if let Some(sign) = arabic_sign(c) {
                return sign;
            }
        }
        match c {
            '´' | '΄' if self.rules.has(Rule::Quotes) => '\'',
            _ => c,
        }
    }

    fn plain(&mut self, c: char, raw: &Range<usize>) {
        if let Some(joiner) = self.non_joiner.take()
            && keeps_non_joiner(c)
            && self.out.last().is_some_and(keeps_non_joiner)
            // A virama under a letter of another script is no word to go on with.
            && self.out.last_base().is_some_and(keeps_non_joiner)
        {
            self.out.push(NON_JOINER, &joiner);
        }
        if self.after_figure && (digit_value(c).is_some() || is_number_joiner(c)) {
            self.out.push(' ', raw);
        }
        self.after_figure &= combining_class(c) > 0;
        let is_odd_blank = c != ' ' && c.is_whitespace() && !self.rules.has(Rule::Blanks);
        self.out.push(if is_odd_blank { OPEN_BOX } else { c }, raw);
    }

    fn raise(&mut self, plain: char, raw: &Range<usize>, raised_before: bool) {
        self.non_joiner = None;
        // A raised sign that raises nothing is the sign of the number that follows.
        let is_sign = matches!(plain, '+' | '-');
        if !raised_before && is_sign && self.out.last().is_none_or(char::is_whitespace) {
            self.out.push(plain, raw);
            return;
        }
        if !raised_before {
            self.out.push('^', raw);
        }
        self.out.push(plain, raw);
        self.after_figure = true;
    }

    fn figure(&mut self, c: char, raw: &Range<usize>) {
        self.non_joiner = None;
        let is_number = holds_digits(c);
        let touches = |last: char| {
            let after_number = self.after_figure && !are_one_number(last, c);
            let is_part = digit_value(last).is_some() || is_number_joiner(last);
            is_number && (after_number || is_part) || spelled(c).is_some() && self.after_figure
        };
        if self.out.last_base().is_some_and(touches) {
            self.out.push(' ', raw);
        }
        match spelled(c) {
            Some(form) => self.out.push_str(form, raw),
            None => self.out.push(c, raw),
        }
        self.after_figure = is_number;
    }

    /// Where the text goes on if a lower-case word is hyphenated here over a line end.
    fn line_end_hyphen(&self, at: usize, c: char) -> Option<usize> {
        if !matches!(c, '-' | '\u{2010}' | '\u{ad}') || !self.rules.has(Rule::Dashes) {
            return None;
        }
        let rest = self.source.text.get(at + c.len_utf8()..)?;
        let line = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        let line = line.trim_start_matches([' ', '\t']);
        let joins =
            line.starts_with(char::is_lowercase) && self.out.last().is_some_and(char::is_lowercase);
        joins.then(|| self.source.text.len() - line.len())
    }
}

/// Whether no rule of this step says anything of a character beyond ASCII.
pub(super) fn is_ordinary(c: char) -> bool {
    match c {
        '一'..='鿿' | '가'..='힣' => true,
        _ => ORDINARY.get(c as usize).is_some_and(|&ordinary| ordinary),
    }
}

/// The alphabets and syllabaries, looked up once: most letters are ordinary, and to ask every rule takes long.
static ORDINARY: LazyLock<Vec<bool>> = LazyLock::new(|| {
    (0..0x3400).map(|code| char::from_u32(code).is_some_and(is_ordinary_by_rules)).collect()
});

fn is_ordinary_by_rules(c: char) -> bool {
    c.is_alphabetic()
        && combining_class(c) == 0
        && !is_invisible(c)
        && !is_optional_point(c)
        && !holds_digits(c)
        && digit_value(c).is_none()
        && raised(c).is_none()
        && spelled(c).is_none()
}

const fn is_number_joiner(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ':' | '/' | '․' | '．' | '，' | '：' | '／' | '﹒' | '﹐' | '﹕' | '︓' | '︐'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_character_is_one_that_cleaning_leaves_alone() {
        for c in
            (0x80..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|&c| is_ordinary(c))
        {
            let (mut source, mut out) = (Buffer::default(), Buffer::default());
            source.load(c.encode_utf8(&mut [0; 4]), false);
            let (rules, source) = (RuleSet::all(), &source);
            let mut cleaner =
                Cleaner { rules, source, out: &mut out, non_joiner: None, after_figure: false };
            assert!(!cleaner.take(c, &(0..c.len_utf8()), false) && !cleaner.after_figure);
            assert_eq!(out.text, source.text);
        }
    }
}
