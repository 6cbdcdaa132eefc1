//! Dates and times that take several words: "June 5, 2003", "the 5th of June", "2003-06-05", "5 p.m.".
//!
//! The name of a month is a date only beside a day or a year: "november oscar", "he may" and "in june" give none. Dates with slashes are left as
//! identifiers, since nobody can tell 5/6 from 6/5.

use std::sync::LazyLock;

use super::figures::{Figure, time};
use super::number::Number;
use super::spelled;
use super::word_list::WordList;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The names of months, in full and shortened.
pub(super) fn month_names() -> impl Iterator<Item = &'static str> {
    let short = MONTHS.iter().filter_map(|name| name.get(..3));
    MONTHS.iter().copied().chain(short).chain(["sept"])
}

/// A date or time that the words at a place begin with, and how many words it takes.
pub(super) fn read(words: &[&str], at: usize) -> Option<(Number, usize)> {
    let rest = words.get(at..)?;
    year_month_day(rest)
        .or_else(|| month_first(rest))
        .or_else(|| day_first(words, at))
        .or_else(|| clock(rest))
}

static MONTH_NAMES: LazyLock<WordList> = LazyLock::new(|| WordList::new(month_names()));

fn is_full_name(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// The month that a word names, in full or shortened.
pub(super) fn month(word: &str) -> Option<u8> {
    if !MONTH_NAMES.contains(word) {
        return None;
    }
    let is_short = |name: &str| {
        word.len() == 3 && name.starts_with(word) || word == "sept" && name == "september"
    };
    let at = MONTHS.iter().position(|name| *name == word || is_short(name))?;
    u8::try_from(at + 1).ok()
}

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The place in the week of the day that a word names, alone or in the plural; shortened names mean other things too.
pub(super) fn weekday(word: &str) -> Option<usize> {
    let day = word.strip_suffix('s').unwrap_or(word);
    if !day.ends_with("day") {
        return None;
    }
    WEEKDAYS.iter().position(|name| *name == day)
}

/// The days of the week that words name, a bit each.
pub(super) fn weekdays(words: &[&str]) -> u8 {
    words.iter().filter_map(|word| weekday(word)).fold(0, |days, day| days | 1 << day)
}

fn year(words: &[&str], at: usize) -> Option<u16> {
    let word = words.get(at).filter(|word| word.len() == 4)?;
    let is_counted = words.get(at + 1).is_some_and(|next| is_counting(next));
    word.parse().ok().filter(|year| (1000..3000).contains(year) && !is_counted)
}

/// Whether a word shows that the number before it is no day or year.
fn is_counting(word: &str) -> bool {
    spelled::scale(word).is_some() || matches!(word, "percent" | "per" | "pct" | "am" | "pm")
}

/// The day that the words begin with, how many words it takes, and whether it is an ordinal.
fn day(words: &[&str]) -> Option<(u8, usize, bool)> {
    let word = words.first()?;
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = word.get(digits.len()..)?;
    if !digits.is_empty() && digits.len() <= 2 && matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
        let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        let is_counted = words.get(1).is_some_and(|next| is_counting(next));
        return (!is_counted).then_some((day, 1, !suffix.is_empty()));
    }
    let (day, length) = spelled::ordinal(words)?;
    let day = u8::try_from(day).ok().filter(|day| *day <= 31)?;
    Some((day, length, true))
}

fn month_first(words: &[&str]) -> Option<(Number, usize)> {
    let name = words.first()?;
    let month = month(name)?;
    if let Some(year) = year(words, 1) {
        return Some((Number::Date { month, day: None, year: Some(year) }, 2));
    }
    let article = usize::from(words.get(1) == Some(&"the"));
    if let Some((day, length, is_ordinal)) = words.get(1 + article..).and_then(day)
        && (is_ordinal || article == 0)
    {
        let end = 1 + article + length;
        let year = year(words, end);
        let date = Number::Date { month, day: Some(day), year };
        return Some((date, end + usize::from(year.is_some())));
    }
    None
}

fn day_first(words: &[&str], at: usize) -> Option<(Number, usize)> {
    let rest = words.get(at..)?;
    let (day, length, is_ordinal) = day(rest)?;
    let has_of = rest.get(length) == Some(&"of");
    let end = length + usize::from(has_of);
    let name = rest.get(end)?;
    let month = month(name)?;
    let year = year(rest, end + 1);
    let follows = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| {
        matches!(*word, "on" | "since" | "until" | "by" | "from" | "to" | "before" | "after")
    });
    let is_clear = is_full_name(name) && !matches!(*name, "march" | "may");
    let is_date = is_clear || is_ordinal || has_of || year.is_some() || follows;
    let length = end + 1 + usize::from(year.is_some());
    is_date.then_some((Number::Date { month, day: Some(day), year }, length))
}

fn year_month_day(words: &[&str]) -> Option<(Number, usize)> {
    let &[year_word, month, day, ..] = words else { return None };
    let year = year(&[year_word], 0)?;
    let two = |word: &str, most: u8| {
        let number = word.parse::<u8>().ok().filter(|_| word.len() == 2)?;
        (1..=most).contains(&number).then_some(number)
    };
    let (month, day) = (two(month, 12)?, two(day, 31)?);
    Some((Number::Date { month, day: Some(day), year: Some(year) }, 3))
}

fn clock(words: &[&str]) -> Option<(Number, usize)> {
    let (half, length) = match words.get(1..)? {
        ["a", "m", ..] => ("am", 3),
        ["p", "m", ..] => ("pm", 3),
        [half @ ("am" | "pm"), ..] => (*half, 2),
        _ => ("", 1),
    };
    match (Figure::read(words.first()?)?, half) {
        (Figure::Clock { hours, minutes }, _) => Some(match time(hours, minutes, half) {
            Some(time) => (time, length),
            None => (Number::Time(hours % 24 * 60 + minutes), 1),
        }),
        (_, "") => None,
        _ => {
            let (hours, minutes) = words.first()?.split_once('.').unwrap_or((words.first()?, "00"));
            Some((time(hours.parse().ok()?, minutes.parse().ok()?, half)?, length))
        }
    }
}
