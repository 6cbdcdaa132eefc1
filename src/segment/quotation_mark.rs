//! Quotation marks: which characters are, which belong together, and which way each leans.

/// Marks that open and close each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
    Corner,
    WhiteCorner,
}

/// What a mark's shape says about its place. Languages disagree on all but the first two.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Lean {
    /// Opens, wherever it stands.
    Opens,
    /// Closes, wherever it stands.
    Closes,
    /// Opens in most languages; `“` and `«` close in German.
    Left,
    /// Closes in most; `”` opens too in Swedish, `»` in German.
    Right,
    /// Straight.
    None,
}

/// The family and lean of a quotation mark; `None` for other characters.
///
/// `《》` are left out: they hold titles, whose inner marks end no sentence.
pub(super) const fn quotation_mark(c: char) -> Option<(Family, Lean)> {
    Some(match c {
        '"' | '＂' => (Family::Double, Lean::None),
        '“' | '‟' => (Family::Double, Lean::Left),
        '”' => (Family::Double, Lean::Right),
        '„' | '〝' => (Family::Double, Lean::Opens),
        '〞' | '〟' => (Family::Double, Lean::Closes),
        '\'' | '`' | '´' | '＇' => (Family::Single, Lean::None),
        '‘' | '‛' => (Family::Single, Lean::Left),
        '’' => (Family::Single, Lean::Right),
        '‚' => (Family::Single, Lean::Opens),
        '«' => (Family::Guillemet, Lean::Left),
        '»' => (Family::Guillemet, Lean::Right),
        '‹' => (Family::SingleGuillemet, Lean::Left),
        '›' => (Family::SingleGuillemet, Lean::Right),
        '「' | '｢' => (Family::Corner, Lean::Opens),
        '」' | '｣' => (Family::Corner, Lean::Closes),
        '『' => (Family::WhiteCorner, Lean::Opens),
        '』' => (Family::WhiteCorner, Lean::Closes),
        _ => return None,
    })
}

/// First bytes of quotation marks in UTF-8.
const FIRST_BYTES: [bool; 256] = {
    let mut first = [false; 256];
    let leads = [b'"', b'\'', b'`', 0xC2, 0xE2, 0xE3, 0xEF];
    let mut at = 0;
    while at < leads.len() {
        first[leads[at] as usize] = true;
        at += 1;
    }
    first
};

/// The first quotation mark of a text from a byte on, and where it stands. Other characters are passed over byte by byte, undecoded.
pub(super) fn next_mark(text: &str, from: usize) -> Option<(usize, char, (Family, Lean))> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| FIRST_BYTES[usize::from(byte)])?;
        let sign = text.get(at..)?.chars().next()?;
        if let Some(mark) = quotation_mark(sign) {
            return Some((at, sign, mark));
        }
        at += sign.len_utf8();
    }
}

/// Whether a mark of this family between these neighbours belongs to a word: `it's`, `l’homme`, the `"` in Hebrew acronyms.
pub(super) fn is_inside_word(family: Family, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let belongs = |c: char| match family {
        Family::Single => c.is_alphanumeric() && !is_unspaced(c),
        Family::Double => ('\u{5D0}'..='\u{5EA}').contains(&c),
        _ => false,
    };
    belongs(before) && belongs(after)
}

/// Whether a character is of a script that leaves no blank around quotation marks.
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'.. )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_found_by_its_first_byte_and_nothing_else_is() {
        for sign in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let text = format!("é{sign}");
            let expected = quotation_mark(sign).map(|mark| (2, sign, mark));
            assert_eq!(next_mark(&text, 0), expected, "{sign:?}");
        }
    }
}
