//! Characters whose compatibility form would melt into a number: superscripts, fractions, circled digits.
//!
//! NFKC makes "10⁶" 106 and "1½" 11⁄2. A raised digit is written with `^` instead (10^6, m^2), a fraction as "1/2", and a figure never touches the digits
//! beside it.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::script::digit_value;

/// What a raised character is when it stands on the line.
pub(super) const fn raised(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁺' => '+',
        '⁻' => '-',
        'ⁿ' => 'n',
        'ⁱ' => 'i',
        _ => return None,
    })
}

/// What stands for a character whose compatibility form would say something else: "№" would read as the word "no".
pub(super) const fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        '½' => "1/2",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '¼' => "1/4",
        '¾' => "3/4",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅐' => "1/7",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        '⅑' => "1/9",
        '⅒' => "1/10",
        '↉' => "0/3",
        '⅟' => "1/",
        '⁄' | '∕' => "/",
        '№' | '™' | '℠' => " ",
        '㎟' => "mm^2",
        '㎠' => "cm^2",
        '㎡' => "m^2",
        '㎢' => "km^2",
        '㎣' => "mm^3",
        '㎤' => "cm^3",
        '㎥' => "m^3",
        '㎦' => "km^3",
        '㎨' => "m/s^2",
        '㎯' => "rad/s^2",
        _ => return None,
    })
}

/// Whether a character is a number by itself whose compatibility form would melt into its neighbours, though it is no decimal digit: ① ⒈ ₂ ½ Ⅳ ㋀ ㏠.
pub(super) fn holds_digits(c: char) -> bool {
    c > '\u{a0}'
        && (c.is_numeric() && digit_value(c).is_none() && has_other_form(c)
            || matches!(c, '㋀'..='㋋' | '㍘'..='㍰' | '㏠'..='㏾'))
}

fn has_other_form(c: char) -> bool {
    !ComposingNormalizerBorrowed::new_nfkc().is_normalized(c.encode_utf8(&mut [0; 4]))
}

/// Whether two such numbers, side by side, are one: ₁₂ and ⅩⅡ are, ①② and ½₂ are not.
pub(super) const fn are_one_number(first: char, second: char) -> bool {
    matches!((first, second), ('₀'..='₉', '₀'..='₉') | ('Ⅰ'..='ⅿ', 'Ⅰ'..='ⅿ'))
}

/// The plain character for a sign that belongs to numbers in Arabic script.
pub(super) const fn arabic_sign(c: char) -> Option<char> {
    Some(match c {
        '٪' => '%',
        '٫' => '.',
        '٬' => ',',
        _ => return None,
    })
}
