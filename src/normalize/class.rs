//! What a character is to the scanner that cuts a text into words.

use std::sync::OnceLock;

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
    table: &'static [Class],
    rules: RuleSet,
}

impl Classes {
    pub(super) fn new(rules: RuleSet) -> Self {
        let mut ascii = [Class::Other; 128];
        for (byte, class) in (0_u8..).zip(&mut ascii) {
            *class = of_ascii(byte, rules);
        }
        Self { ascii, table: table(rules), rules }
    }

    /// The class of an ASCII byte; of any other byte, `None`.
    #[inline]
    pub(super) fn of_byte(&self, byte: u8) -> Option<Class> {
        self.ascii.get(usize::from(byte)).copied()
    }

    /// The class of a character.
    #[inline]
    pub(super) fn of(&self, c: char) -> Class {
        match c {
            '一'..='鿿' => Class::Spaceless,
            '가'..='힣' => Class::Letter,
            _ => self.table.get(c as usize).copied().unwrap_or_else(|| beyond_ascii(c, self.rules)),
        }
    }
}

/// Characters before this one, all alphabets and syllabaries, are looked up.
const LOOKED_UP: char = '\u{3400}';

/// The classes of the first characters, worked out once for each way to class them: the properties of a character are several searches, and texts repeat
/// letters.
fn table(rules: RuleSet) -> &'static [Class] {
    static TABLES: [OnceLock<Vec<Class>>; 8] = [const { OnceLock::new() }; 8];
    let flags = [Rule::Quotes, Rule::Blanks, Rule::Invisible].map(|rule| rules.has(rule));
    let at = flags.iter().fold(0, |at, &flag| at * 2 + usize::from(flag));
    let class = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => of_ascii(byte, rules),
        _ => beyond_ascii(c, rules),
    };
    let classes = || ('\0'..LOOKED_UP).map(class);
    TABLES.get(at).map_or(&[], |table| table.get_or_init(|| classes().collect()))
}

fn beyond_ascii(c: char, rules: RuleSet) -> Class {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '′' | '‵' | '´' | '·' | '‧' | '׳' | '״'
            if rules.has(Rule::Quotes) =>
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
        OPEN_BOX if !rules.has(Rule::Blanks) => Class::Letter,
        '\u{1f100}'..='\u{1f1ff}' => Class::Other,
        _ => of_letter(c, rules),
    }
}

fn of_letter(c: char, rules: RuleSet) -> Class {
    match by_properties(c) {
        Some(class) => class,
        None if rules.has(Rule::Invisible) => Class::Other,
        None => Class::Mark,
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_that_is_looked_up_is_the_class_by_the_rules() {
        let all = RuleSet::all();
        for rules in
            [all, all.without(Rule::Quotes), all.without(Rule::Blanks).without(Rule::Invisible)]
        {
            let classes = Classes::new(rules);
            for c in '\u{80}'..=char::MAX {
                assert_eq!(classes.of(c), beyond_ascii(c, rules), "{c:?}");
            }
            for byte in 0..128 {
                assert_eq!(classes.of(char::from(byte)), of_ascii(byte, rules));
            }
        }
    }
}
