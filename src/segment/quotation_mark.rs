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
