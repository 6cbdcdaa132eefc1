//! The numbers of a sentence, read from the words of its key.
//!
//! "$2m", "$2 million", "2,000,000 dollars" and "two million US dollars" are one number, as are "5%", "5 per cent" and "five percent", "3rd" and
//! "third", "half" and "1/2", "June 5" and "5 June"; "2-3" is two. A bare "one", "first" or "second" is no number: most are not meant as one.

use std::ops::Range;
use std::sync::LazyLock;

use super::figures::{Figure, split_range};
use super::number::{Number, Ratio, Unit};
use super::word_list::WordList;
use super::{dates, spelled};

/// The words without digits that a number, a date or a currency's code can begin with.
static BEGINNINGS: LazyLock<WordList> = LazyLock::new(|| {
    let codes = CODES.iter().map(|&(code, _)| code);
    let words = spelled::beginnings().chain(dates::month_names()).chain(["a", "half"]);
    WordList::new(words.chain(codes))
});

/// Currencies by their codes.
const CODES: &[(&str, char)] = &[
    ("usd", '$'),
    ("gbp", '£'),
    ("eur", '€'),
    ("jpy", '¥'),
    ("cny", '¥'),
    ("rmb", '¥'),
    ("inr", '₹'),
    ("rub", '₽'),
];

/// The numbers that the words of a key give, sorted.
///
/// ```
/// use twicetold::verify::facts::numbers;
/// assert_eq!(numbers(&["twelve", "paid", "$2m"]), numbers(&["12", "paid", "2", "million", "dollars"]));
/// ```
pub fn numbers(words: &[&str]) -> Vec<Number> {
    let mut found = numbers_in_order(words);
    found.sort_unstable();
    found
}

/// The same in the order of the text.
pub(super) fn numbers_in_order(words: &[&str]) -> Vec<Number> {
    let mut found = Vec::new();
    each_number(words, |number, _| found.push(number));
    found
}

/// For each word, whether it was read as a number or part of one.
pub(super) fn read_as_numbers(words: &[&str]) -> Vec<bool> {
    let mut are_read = vec![false; words.len()];
    each_number(words, |_, read| are_read[read].fill(true));
    are_read
}

/// Says each number in the order of the text, and which words it was read from.
fn each_number(words: &[&str], mut say: impl FnMut(Number, Range<usize>)) {
    // Only a word with digits holds a range, and a number may begin with it; so most sentences are told without a list.
    if !words.iter().any(|word| may_begin(word)) {
        return;
    }
    let mut parts = Vec::with_capacity(words.len());
    // The word that each part is of.
    let mut of = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        split_range(word, &mut parts);
        of.resize(parts.len(), at);
    }
    let words = parts.as_slice();
    let mut at = 0;
    while at < words.len() {
        let read =
            || dates::read(words, at).or_else(|| amount(words.get(at..).unwrap_or_default()));
        let next = words.get(at).filter(|word| may_begin(word)).and_then(|_| read());
        at += match next {
            Some((number, length)) => {
                let length = length.max(1);
                say(number, of[at]..of[at + length - 1] + 1);
                length
            }
            None => 1,
        };
    }
}

/// Whether a number can begin with this word; most words are told by their first bytes.
fn may_begin(word: &str) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80;
    let is_bound = |word: &str| word.starts_with(['≤', '≥']);
    !word.as_bytes().first().is_some_and(is_letter)
        || BEGINNINGS.contains(word)
        || word.bytes().any(|byte| byte.is_ascii_digit())
        || is_bound(word)
}

/// Whether two sorted lists of numbers differ as multisets, where a date without a year agrees with that day of any year.
pub fn numbers_differ(a: &[Number], b: &[Number]) -> bool {
    let has_date = |numbers: &[Number]| numbers.iter().any(|number| day_of(number).is_some());
    if a == b || !has_date(a) && !has_date(b) {
        return a != b;
    }
    let (dates_a, rest_a): (Vec<_>, Vec<_>) = a.iter().partition(|number| day_of(number).is_some());
    let (dates_b, rest_b): (Vec<_>, Vec<_>) = b.iter().partition(|number| day_of(number).is_some());
    let mut days: Vec<_> = dates_a.iter().chain(&dates_b).filter_map(|date| day_of(date)).collect();
    days.sort_unstable();
    days.dedup();
    rest_a != rest_b
        || days.iter().any(|&day| years_differ(&years(&dates_a, day), &years(&dates_b, day)))
}

/// Whether the first of two sorted lists of numbers lacks one of the second, as often as that gives it; a date without a year agrees with
/// that day of any year.
pub fn misses_number(numbers: &[Number], others: &[Number]) -> bool {
    let is_date = |number: &&Number| day_of(number).is_some();
    let (dates, rest): (Vec<_>, Vec<_>) = numbers.iter().partition(is_date);
    let (other_dates, other_rest): (Vec<_>, Vec<_>) = others.iter().partition(is_date);
    let mut rest = rest.into_iter();
    let has = |number: &&Number| rest.by_ref().any(|own| own == *number);
    let is_missed = |date: &&Number| {
        let day = day_of(date);
        day.is_some_and(|day| misses_year(&years(&dates, day), &years(&other_dates, day)))
    };
    !other_rest.iter().all(has) || other_dates.iter().any(is_missed)
}

/// Whether not every one of the other years meets itself or no year, or has none and meets any.
fn misses_year(years: &[Option<u16>], others: &[Option<u16>]) -> bool {
    let mut left = years.to_vec();
    let mut unmatched = 0;
    for year in others.iter().flatten() {
        match left.iter().position(|own| own == &Some(*year)) {
            Some(at) => drop(left.swap_remove(at)),
            None => unmatched += 1,
        }
    }
    let open = left.iter().filter(|year| year.is_none()).count();
    others.len() > years.len() || unmatched > open
}

type Day = (u8, Option<u8>);

const fn day_of(number: &Number) -> Option<Day> {
    match number {
        Number::Date { month, day, .. } => Some((*month, *day)),
        _ => None,
    }
}

fn years(dates: &[&Number], day: Day) -> Vec<Option<u16>> {
    let of_day = dates.iter().filter(|date| day_of(date) == Some(day));
    of_day.map(|date| if let Number::Date { year, .. } = date { *year } else { None }).collect()
}

/// Whether no pairing makes every year meet itself or no year.
fn years_differ(a: &[Option<u16>], b: &[Option<u16>]) -> bool {
    let mut left = b.to_vec();
    let mut unmatched = 0;
    for year in a.iter().flatten() {
        match left.iter().position(|other| other == &Some(*year)) {
            Some(at) => drop(left.swap_remove(at)),
            None => unmatched += 1,
        }
    }
    let open_a = a.iter().filter(|year| year.is_none()).count();
    let open_b = left.iter().filter(|year| year.is_none()).count();
    a.len() != b.len() || unmatched > open_b || left.len() - open_b > open_a
}

fn amount(words: &[&str]) -> Option<(Number, usize)> {
    bound(words).or_else(|| plain_amount(words))
}

/// "<5", "≥$2 million".
fn bound(words: &[&str]) -> Option<(Number, usize)> {
    let (first, rest) = words.split_first()?;
    let sign = first.chars().next().filter(|sign| matches!(sign, '<' | '>' | '≤' | '≥'))?;
    let mut than = vec![first.strip_prefix(sign)?];
    than.extend(rest);
    match plain_amount(&than)? {
        (Number::Amount { value, unit }, length) => {
            Some((Number::Bound { sign, value, unit }, length))
        }
        _ => None,
    }
}

fn plain_amount(words: &[&str]) -> Option<(Number, usize)> {
    if let Some((value, length)) = grouped_by_blanks(words) {
        return Some(extended(words, value, Unit::None, length));
    }
    match Figure::read(words.first()?) {
        Some(Figure::Amount { value, unit }) => Some(extended(words, value, unit, 1)),
        Some(Figure::Done(number)) => Some((number, 1)),
        Some(Figure::Clock { .. }) => None,
        None => code_first(words).or_else(|| in_words(words)),
    }
}

/// "450 000": groups of three digits of which one begins with a zero, as no number does by itself.
fn grouped_by_blanks(words: &[&str]) -> Option<(Ratio, usize)> {
    let is_digits = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let first = words.first().filter(is_digits).filter(|word| word.len() <= 3)?;
    let is_group = |word: &&&str| is_digits(word) && word.len() == 3;
    let groups: Vec<&str> = words.iter().skip(1).take_while(is_group).copied().collect();
    let is_number = !first.starts_with('0') && groups.iter().any(|group| group.starts_with('0'));
    let value = format!("{first}{}", groups.concat()).parse().ok()?;
    is_number.then_some((Ratio::whole(value), 1 + groups.len()))
}

/// "usd 5": a currency's code before its amount.
fn code_first(words: &[&str]) -> Option<(Number, usize)> {
    let sign = code(words.first()?)?;
    let Figure::Amount { value, unit: Unit::None } = Figure::read(words.get(1)?)? else {
        return None;
    };
    Some(extended(words, value, Unit::Currency(sign), 2))
}

fn in_words(words: &[&str]) -> Option<(Number, usize)> {
    if words.first() == Some(&"half") {
        return Some(extended(words, Ratio::new(1, 2)?, Unit::None, 1));
    }
    if let ["a", part, "of", ..] = words
        && let Some(under) = spelled::denominator(1, part)
    {
        return Some(extended(words, Ratio::new(1, under)?, Unit::None, 2));
    }
    if let Some((place, length)) = spelled::ordinal(words)
        && place > 2
    {
        return Some((Number::Amount { value: Ratio::whole(place), unit: Unit::Ordinal }, length));
    }
    let (count, length) = spelled::cardinal(words)?;
    let under = words.get(length).and_then(|word| spelled::denominator(count, word));
    if let Some(under) = under {
        return Some(extended(words, Ratio::new(count, under)?, Unit::None, length + 1));
    }
    let read = extended(words, Ratio::whole(count), Unit::None, length);
    let is_pronoun = count == 1 && read.1 == 1;
    (!is_pronoun).then_some(read)
}

/// An amount of so many words with what follows it: a fraction, a scale, a unit.
fn extended(words: &[&str], value: Ratio, unit: Unit, length: usize) -> (Number, usize) {
    let (mut value, mut unit, mut at) = (value, unit, length);
    if let Some((sum, part_unit, taken)) =
        words.get(at..).and_then(|rest| with_fraction(value, rest))
    {
        unit = if unit == Unit::None { part_unit } else { unit };
        (value, at) = (sum, at + taken);
    }
    let article = usize::from(value.is_part() && words.get(at) == Some(&"a"));
    let mut skip = article;
    while let Some(factor) = words.get(at + skip).and_then(|word| spelled::scale_or_plural(word))
        && let Some(product) = value.times(Ratio::whole(factor))
    {
        (value, at, skip) = (product, at + skip + 1, 0);
    }
    let (unit, taken) = match (unit, words.get(at..).and_then(unit_word)) {
        (Unit::None, Some((unit, taken))) => (unit, taken),
        _ => (unit, 0),
    };
    (Number::Amount { value, unit }, at + taken)
}

/// "1 1/2", "1 1/2%", "two and a half": the sum, the unit of the fraction and how many words it takes.
fn with_fraction(value: Ratio, rest: &[&str]) -> Option<(Ratio, Unit, usize)> {
    let half = Ratio::new(1, 2)?;
    let (part, unit, taken) = match rest {
        ["and", "a", "half", ..] => (half, Unit::None, 3),
        ["and", "half", ..] => (half, Unit::None, 2),
        [word, ..] if word.contains('/') => match Figure::read(word)? {
            Figure::Amount { value, unit } if value.is_part() => (value, unit, 1),
            _ => return None,
        },
        _ => return None,
    };
    let sum = value.extended_by(part).filter(|_| value.is_whole())?;
    Some((sum, unit, taken))
}

/// The unit that the words begin with, and how many words it takes.
fn unit_word(rest: &[&str]) -> Option<(Unit, usize)> {
    match rest {
        ["percent" | "pct", ..] => Some((Unit::Percent, 1)),
        ["per", "cent", ..] => Some((Unit::Percent, 2)),
        ["us", "dollar" | "dollars", ..] => Some((Unit::Currency('$'), 2)),
        [word, ..] => currency(word).or_else(|| code(word)).map(|sign| (Unit::Currency(sign), 1)),
        [] => None,
    }
}

fn currency(word: &str) -> Option<char> {
    Some(match word {
        "dollar" | "dollars" => '$',
        "pound" | "pounds" => '£',
        "euro" | "euros" => '€',
        "yen" | "yuan" | "renminbi" => '¥',
        "rupee" | "rupees" => '₹',
        "rouble" | "roubles" | "ruble" | "rubles" => '₽',
        "cent" | "cents" => '¢',
        _ => return None,
    })
}

fn code(word: &str) -> Option<char> {
    CODES.iter().find(|(code, _)| *code == word).map(|&(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn begins(words: &[&str]) -> bool {
        dates::read(words, 0).or_else(|| amount(words)).is_some()
    }

    proptest! {
        #[test]
        fn no_number_begins_with_a_word_that_is_passed_over(
            first in "[a-zà-ÿ€≤≥<>+-]{0,3}[a-z0-9]{0,5}|one|may|sept|hundredth|half|a|dozen|usd|twentieth|ninety",
            rest in proptest::collection::vec("[0-9]{1,4}|million|of|the|may|third|half|5th|percent|and|pm", 0..4),
        ) {
            let words: Vec<&str> = [first.as_str()].into_iter().chain(rest.iter().map(String::as_str)).collect();
            prop_assert!(may_begin(&first) || !begins(&words), "{:?}", words);
        }
    }
}
