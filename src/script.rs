//! What the scripts of the world ask of a tokenizer: which are written without spaces, and which characters are digits.
//!
//! Both are short tables of ranges, taken from the Unicode Character Database (scripts and `Nd`, version 16). They are here, under all stages, because
//! keys and shingles must agree on them. Cost: a test for ASCII, else a binary search.

/// Letters and marks of scripts that put no spaces between words: Han, kana, bopomofo, Yi, Thai, Lao, Khmer, Myanmar, Tibetan and their kin. No digits,
/// no punctuation.
const SPACELESS: &[(u32, u32)] = &[
    (0x0E01, 0x0E3A),
    (0x0E40, 0x0E4E),
    (0x0E81, 0x0ECE),
    (0x0EDC, 0x0EDF),
    (0x0F00, 0x0F00),
    (0x0F40, 0x0F84),
    (0x0F86, 0x0FBC),
    (0x1000, 0x103F),
    (0x1050, 0x108F),
    (0x109A, 0x109D),
    (0x1780, 0x17B3),
    (0x17B6, 0x17D3),
    (0x17D7, 0x17D7),
    (0x17DC, 0x17DD),
    (0x1950, 0x1974),
    (0x1980, 0x19C9),
    (0x1A20, 0x1A7C),
    (0x2E80, 0x2FD5),
    (0x3005, 0x3007),
    (0x3021, 0x302D),
    (0x3038, 0x303B),
    (0x3041, 0x3096),
    (0x3099, 0x309A),
    (0x309D, 0x309F),
    (0x30A1, 0x30FA),
    (0x30FC, 0x30FF),
    (0x3105, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA000, 0xA48C),
    (0xA9E0, 0xA9EF),
    (0xA9FA, 0xA9FE),
    (0xAA60, 0xAA76),
    (0xAA7A, 0xAADB),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1AFF0, 0x1AFFE),
    (0x1B000, 0x1B16F),
    (0x20000, 0x323AF),
];

/// The zero of every run of ten decimal digits.
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450,
    0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50,
    0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE,
    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// Whether a character is a letter or mark of a script that puts no spaces between words.
///
/// ```
/// use twicetold::script::is_spaceless;
/// assert!("漢かカไກကក".chars().all(is_spaceless));
/// assert!(!"aя한ع1。๑ ".chars().any(is_spaceless));
/// ```
pub fn is_spaceless(c: char) -> bool {
    let code = u32::from(c);
    if code < 0x0E01 {
        return false;
    }
    let after = SPACELESS.partition_point(|&(first, _)| first <= code);
    after > 0 && SPACELESS[after - 1].1 >= code
}

/// The value of a decimal digit of any script (Unicode `Nd`); not of superscripts, fractions or number letters.
///
/// ```
/// use twicetold::script::digit_value;
/// assert_eq!("7٧७７".chars().map(digit_value).collect::<Vec<_>>(), [Some(7); 4]);
/// assert_eq!(digit_value('²'), None);
/// ```
pub fn digit_value(c: char) -> Option<u8> {
    let code = u32::from(c);
    if code < 0x0660 {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let after = ZEROS.partition_point(|&zero| zero <= code);
    u8::try_from(code - ZEROS[after - 1]).ok().filter(|&value| value < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_are_in_order_and_without_overlap() {
        assert!(SPACELESS.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(SPACELESS.iter().all(|&(first, last)| first <= last));
        assert!(ZEROS.windows(2).all(|pair| pair[0] + 10 <= pair[1]));
    }

    #[test]
    fn every_digit_is_numeric_and_none_is_a_spaceless_letter() {
        for c in (0..0x0011_0000).filter_map(char::from_u32) {
            if digit_value(c).is_some() {
                assert!(c.is_numeric(), "{c:?}");
                assert!(!is_spaceless(c), "{c:?}");
            }
        }
    }
}
