//! What a character is to the scanner that cuts a text into words.

use std::sync::LazyLock;

use super::clean::OPEN_BOX;
use super::marks::{combining_class, is_invisible};
use crate::config::{Rule, RuleSet};
use crate::script::{digit_value, is_spaceless};

/// The role of a character in words and numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    /// A letter of a script with spaces, or a number letter.
    Letter,
    /// A decimal digit.
    Digit,
    /// A combining mark: it belongs to the character before it.
    Mark,
    /// A letter or mark of a script without spaces.
    Spaceless,
    /// Between letters, part of a word; else punctuation.
    Apostrophe,
    /// Any other quotation mark.
    Quote,
    /// A hyphen, a minus or a dash that is used as one.
    Dash,
    /// A plus, or plus-minus.
    Sign,
    /// A full stop: in numbers, in acronyms, else punctuation.
    Dot,
    /// Punctuation that stays between two digits: `,` `:` `/`.
    Inner,
    /// Before a raised number.
    Caret,
    /// A currency sign.
    Currency,
    /// Per cent, per mille.
    Percent,
    /// Of an angle or a temperature.
    Degree,
    /// Before a number, says that it is a bound: `<`, `>`, `≤`, `≥`.
    Comparison,
    /// A blank.
    Blank,
    /// What a signed number may follow: an opening bracket or a relation.
    Open,
    /// Everything else; it parts words.
    Other,
}

/// The classes of characters under a set of rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classes {
    ascii: [Class; 128],
    rules: RuleSet,
}

impl Classes {
    pub(super) fn new(rules: RuleSet) -> Self {
        let mut ascii = [Class::Other; 128];
        for (byte, class) in (0_u8..).zip(&mut ascii) {
            *class = of_ascii(byte, rules);
        }
        Self { ascii, rules }
    }

    /// The class of an ASCII byte; of any other byte, `None`.
    #[inline]
    pub(super) fn of_byte(&self, byte: u8) -> Option<Class> {
        self.ascii.get(usize::from(byte)).copied()
    }

    /// The class of a character.
    pub(super) fn of(&self, c: char) -> Class {
        match u8::try_from(c).ok().and_then(|byte| self.of_byte(byte)) {
            Some(class) => class,
            None => self.beyond_ascii(c),
        }
    }

    fn beyond_ascii(&self, c: char) -> Class {
        match c {
            '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '′' | '‵' | '´' | '·' | '‧' | '׳' | '״'
                if self.rules.has(Rule::Quotes) =>
            {
                Class::Apostrophe
            }
            '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '〝' | '〞'
            | '「' | '」' | '『' | '』' | '″' => Class::Quote,
            '‐'..='–' | '−' | '﹣' | '－' => Class::Dash,
            '±' | '∓' => Class::Sign,
            '‰' | '‱' => Class::Percent,
            '°' => Class::Degree,
            '≤' | '≥' | '≦' | '≧' | '⩽' | '⩾' => Class::Comparison,
            '¢'..='¥' | '₠'..='\u{20c0}' | '৲' | '৳' | '૱' | '௹' | '฿' | '៛' => {
                Class::Currency
            }
            '（' | '［' | '【' | '〔' | '《' | '〈' | '¿' | '¡' | '≈' => Class::Open,
            '\u{200c}' => Class::Mark,
            OPEN_BOX if !self.rules.has(Rule::Blanks) => Class::Letter,
            '\u{1f100}'..='\u{1f1ff}' => Class::Other,
            _ => self.of_letter(c),
        }
    }

    fn of_letter(&self, c: char) -> Class {
        let known = LETTERS.get(c as usize).copied().unwrap_or_else(|| by_properties(c));
        match known {
            Some(class) => class,
            None if self.rules.has(Rule::Invisible) => Class::Other,
            None => Class::Mark,
        }
    }
}

/// The alphabets' blocks, looked up once: the properties of a character are several searches, and texts repeat letters.
static LETTERS: LazyLock<Vec<Option<Class>>> = LazyLock::new(|| {
    (0..0x3000).map(|code| char::from_u32(code).map_or(Some(Class::Other), by_properties)).collect()
});

/// The class of a character by its Unicode properties; `None` for an invisible one, whose class the rules decide.
fn by_properties(c: char) -> Option<Class> {
    Some(if is_spaceless(c) {
        Class::Spaceless
    } else if is_invisible(c) {
        return None;
    } else if c.is_alphabetic() {
        Class::Letter
    } else if digit_value(c).is_some() {
        Class::Digit
    } else if c.is_numeric() {
        Class::Letter
    } else if combining_class(c) > 0 {
        Class::Mark
    } else if c.is_whitespace() {
        Class::Blank
    } else {
        Class::Other
    })
}

const fn of_ascii(byte: u8, rules: RuleSet) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b'\'' => Class::Apostrophe,
        b'`' if rules.has(Rule::Quotes) => Class::Apostrophe,
        b'"' => Class::Quote,
        b'-' => Class::Dash,
        b'+' => Class::Sign,
        b'.' => Class::Dot,
        b',' | b':' | b'/' => Class::Inner,
        b'^' => Class::Caret,
        b'$' => Class::Currency,
        b'%' => Class::Percent,
        b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => Class::Blank,
        b'(' | b'[' | b'{' | b'=' | b'~' => Class::Open,
        b'<' | b'>' => Class::Comparison,
        _ => Class::Other,
    }
}
