//! One word of a key that holds digits: `-5%`, `$2m`, `1,000.5`, `3rd`, `17:00`, `10^6`, `fm1506`.
//!
//! Which separator is the decimal point? With `.` and `,` both, the last one. Commas alone group thousands if every group behind the first has three
//! digits (or two, and the last three, as in India) and the first is not `0`; else a single comma is a decimal point. Dots alone group thousands if
//! there are several and every group has three digits. A single dot is a decimal point, but in front of just three digits nobody can tell whether it is
//! the 1.000 of Germans: such a word is an identifier, as is a whole number with a leading zero. A fraction is one only in lowest terms: 120/80 is a
//! blood pressure, and 4/8 a date.

use super::number::{Number, Ratio, Unit};

/// A word with digits.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Figure {
    /// A number and its unit, if the word has one.
    Amount { value: Ratio, unit: Unit },
    /// Hours and minutes as written; `am` or `pm` may follow.
    Clock { hours: u16, minutes: u16 },
    /// Complete by itself.
    Done(Number),
}

impl Figure {
    /// Reads a word; `None` if it has no digit.
    pub(super) fn read(word: &str) -> Option<Self> {
        word.contains(|c: char| c.is_ascii_digit())
            .then(|| read(word).unwrap_or_else(|| Self::Done(Number::Identifier(word.to_owned()))))
    }
}

fn read(word: &str) -> Option<Figure> {
    let negative = word.starts_with('-');
    let rest = word.trim_start_matches(['-', '+']);
    let (before, rest) = split_currency(rest);
    let (rest, after) = match rest.chars().next_back()? {
        '%' => (rest.strip_suffix('%')?, Some(Unit::Percent)),
        // Like other units but per cent and money, degrees are not compared.
        '°' => (rest.strip_suffix('°')?, None),
        '‰' => (rest.strip_suffix('‰')?, Some(Unit::PerMille)),
        sign if is_currency(sign) => (rest.strip_suffix(sign)?, Some(Unit::Currency(sign))),
        _ => (rest, None),
    };
    let unit = before.or(after).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || ".,:/".contains(c)));
    let (digits, letters) = rest.split_at(end.unwrap_or(rest.len()));
    if let Some(clock) = clock(digits, letters) {
        return Some(clock);
    }
    if let Some(date) = dotted_date(digits).filter(|_| letters.is_empty()) {
        return Some(Figure::Done(date));
    }
    let (value, unit) = if let Some(exponent) = letters.strip_prefix('^') {
        (power(digits, exponent)?, unit)
    } else {
        let (factor, unit) = suffix(letters, unit)?;
        (value(digits)?.times(factor)?, unit)
    };
    Some(Figure::Amount { value: if negative { value.negated() } else { value }, unit })
}

fn split_currency(word: &str) -> (Option<Unit>, &str) {
    let mut rest = word.chars();
    match rest.next() {
        Some(sign) if is_currency(sign) => (Some(Unit::Currency(sign)), rest.as_str()),
        _ => (None, word),
    }
}

const fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '₠'..='\u{20c0}' | '৲' | '৳' | '૱' | '௹' | '฿' | '៛')
}

/// What letters behind digits do: multiply, give a place, or name a unit that is not compared.
fn suffix(letters: &str, unit: Unit) -> Option<(Ratio, Unit)> {
    let is_money = matches!(unit, Unit::Currency(_));
    let factor = match letters {
        "st" | "nd" | "rd" | "th" => return Some((Ratio::whole(1), Unit::Ordinal)),
        "k" => 1_000,
        "mn" | "mln" => 1_000_000,
        "bn" | "bln" => 1_000_000_000,
        "tn" | "trn" => 1_000_000_000_000,
        "m" if is_money => 1_000_000,
        "b" if is_money => 1_000_000_000,
        "t" if is_money => 1_000_000_000_000,
        "s" => return None,
        _ if letters.chars().count() <= 3 && letters.chars().all(char::is_alphabetic) => 1,
        _ => return None,
    };
    Some((Ratio::whole(factor), unit))
}

/// `10^6`, `2^-3`.
fn power(base: &str, exponent: &str) -> Option<Ratio> {
    let exponent: i32 = exponent.parse().ok()?;
    let raised = whole(base)?.checked_pow(exponent.unsigned_abs())?;
    if exponent < 0 { Ratio::new(1, raised) } else { Some(Ratio::whole(raised)) }
}

fn value(digits: &str) -> Option<Ratio> {
    if let Some((over, under)) = digits.split_once('/') {
        let (over, under) = (whole(over)?, whole(under)?);
        return Ratio::new(over, under).filter(|_| are_lowest_terms(over, under));
    }
    if may_be_thousands(digits) {
        return None;
    }
    let (grouped, decimals) = match (digits.rfind('.'), digits.rfind(',')) {
        (Some(dot), Some(comma)) => digits.split_at(dot.max(comma)),
        (None, Some(_)) if is_grouped(digits, ',') => (digits, ""),
        (Some(_), None) if digits.matches('.').count() > 1 => (digits, ""),
        (Some(at), None) | (None, Some(at)) => digits.split_at(at),
        (None, None) => (digits, ""),
    };
    let separator = if grouped.contains(',') { ',' } else { '.' };
    if grouped.contains(separator) && !is_grouped(grouped, separator) {
        return None;
    }
    let decimals = decimals.trim_start_matches(['.', ',']).trim_end_matches('0');
    let grouped = grouped.replace(separator, "");
    let whole = if grouped.is_empty() { 0 } else { whole(&grouped)? };
    let places = 10_u128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let part = if decimals.is_empty() { 0 } else { decimals.parse().ok()? };
    Ratio::new(whole.checked_mul(places)?.checked_add(part)?, places)
}

const fn are_lowest_terms(over: u128, under: u128) -> bool {
    let (mut one, mut other) = (over, under);
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one == 1
}

/// `2.000`: two, or two thousand.
fn may_be_thousands(digits: &str) -> bool {
    let halves = digits.split_once('.');
    halves.is_some_and(|(before, behind)| {
        let are_digits = |half: &str| half.bytes().all(|byte| byte.is_ascii_digit());
        let is_group =
            !before.starts_with('0') && (1..=3).contains(&before.len()) && behind.len() == 3;
        is_group && are_digits(before) && are_digits(behind)
    })
}

/// Letters behind the digits of a word that name a unit, or tell one thing from another, and are no part of its number: `5kg`, `12a`.
pub(super) fn letters_left(word: &str) -> &str {
    let end = word.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
    let letters = word.get(end..).unwrap_or_default();
    let is_left = |unit| matches!(suffix(letters, unit), Some((factor, Unit::None)) if factor == Ratio::whole(1));
    let is_amount = matches!(Figure::read(word), Some(Figure::Amount { .. }));
    let unit = split_currency(word.trim_start_matches(['-', '+'])).0.unwrap_or_default();
    if !letters.is_empty() && is_amount && unit == Unit::None && is_left(unit) {
        letters
    } else {
        ""
    }
}

fn is_grouped(digits: &str, separator: char) -> bool {
    let groups: Vec<&str> = digits.split(separator).collect();
    let Some(((first, last), middle)) = groups
        .split_first()
        .and_then(|(first, rest)| rest.split_last().map(|(l, m)| ((first, l), m)))
    else {
        return false;
    };
    let is_indian =
        separator == ',' && first.len() <= 2 && middle.iter().all(|group| group.len() == 2);
    let is_western = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
    !first.is_empty() && !first.starts_with('0') && last.len() == 3 && (is_western || is_indian)
}

/// A whole number without a leading zero.
fn whole(digits: &str) -> Option<u128> {
    let is_identifier = digits.len() > 1 && digits.starts_with('0');
    if is_identifier || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// `17:00`, `5:30pm`, `5.30pm`, `5pm`.
fn clock(digits: &str, letters: &str) -> Option<Figure> {
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if matches!(letters, "am" | "pm") => digits.split_once('.').unwrap_or((digits, "00")),
        None => return None,
    };
    if hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (hours.parse().ok()?, minutes.parse().ok()?);
    match letters {
        "" if hours <= 24 && minutes < 60 => Some(Figure::Clock { hours, minutes }),
        _ => time(hours, minutes, letters).map(Figure::Done),
    }
}

/// A time on the twelve-hour clock.
pub(super) fn time(hours: u16, minutes: u16, half: &str) -> Option<Number> {
    let noon = match half {
        "am" => 0,
        "pm" => 12,
        _ => return None,
    };
    let is_time = (1..=12).contains(&hours) && minutes < 60;
    is_time.then_some(Number::Time((hours % 12 + noon) * 60 + minutes))
}

/// `5.6.2003`: with dots, the day comes first.
fn dotted_date(digits: &str) -> Option<Number> {
    let mut parts = digits.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    let is_date = parts.next().is_none()
        && year.len() == 4
        && (1..=31).contains(&day)
        && (1..=12).contains(&month);
    is_date.then(|| Number::Date { month, day: Some(day), year: year.parse().ok() })
}

/// Adds a word, a range or score such as `2-3` as its two numbers.
pub(super) fn split_range<'a>(word: &'a str, words: &mut Vec<&'a str>) {
    let bytes = word.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut start = 0;
    for hyphen in memchr::memchr_iter(b'-', bytes) {
        if hyphen > 0 && is_digit(hyphen - 1) && is_digit(hyphen + 1) {
            words.extend(word.get(start..hyphen));
            start = hyphen + 1;
        }
    }
    words.extend(word.get(start..));
}
