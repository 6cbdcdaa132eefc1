//! Characters that a text may carry or lack without saying anything else.

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// Whether a character shows nothing: soft hyphens, zero-width characters, byte order and direction marks, variation selectors, fillers, and the
/// replacement character. The zero-width non-joiner is not among them: in some scripts it tells words apart.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffd}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a mark is one that Arabic and Hebrew are usually written without: vowel points, hamza and madda above or below, cantillation, tatweel, and the
/// presentation forms of points on a tatweel.
pub(super) fn is_optional_point(c: char) -> bool {
    matches!(
        c,
        '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{5c4}'..='\u{5c5}'
            | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{fcf2}'..='\u{fcf4}'
            | '\u{fe71}' | '\u{fe77}' | '\u{fe79}' | '\u{fe7b}' | '\u{fe7d}' | '\u{fe7f}'
    )
}

/// The letter that Arabic, Persian and Urdu keyboards give instead of this one: forms of alef, ya and kaf.
pub(super) const fn plain_letter(c: char) -> char {
    match c {
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        _ => c,
    }
}

/// Whether a zero-width non-joiner may stand between this letter and its like: Arabic (its
/// presentation forms too, but for lone points) and the scripts of India.
pub(super) fn keeps_non_joiner(c: char) -> bool {
    let script = matches!(
        c,
        '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{900}'..='\u{dff}'
            | '\u{fb50}'..='\u{fc5d}'
            | '\u{fc64}'..='\u{fcf1}'
            | '\u{fcf5}'..='\u{fdfb}'
            | '\u{fe80}'..='\u{fefc}'
    );
    script && (c.is_alphabetic() || matches!(combining_class(c), 7 | 9))
}

/// Whether a mark is an accent: it stands above, below or through a letter of its own. Nukta, virama and kana voicing are part of theirs.
pub(super) fn is_accent(c: char) -> bool {
    combining_class(c) >= 200
}

/// The canonical combining class; 0 is no combining mark.
pub(super) fn combining_class(c: char) -> u8 {
    if c < '\u{300}' { 0 } else { CanonicalCombiningClassMapBorrowed::new().get_u8(c) }
}
