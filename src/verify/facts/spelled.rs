//! Numbers in English words: "two hundred and five", "twenty-first", "two thirds".

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] =
    &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

const TENTHS: &[&str] = &[
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
];

const SCALES: &[(&str, u128)] = &[
    ("dozen", 12),
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// Every word that a number in words can begin with, but for "a" and "half".
pub(super) fn beginnings() -> impl Iterator<Item = &'static str> {
    let lists = [SMALL, TENS, ORDINALS, TENTHS, &["hundredth"]];
    let scales = SCALES.iter().map(|&(word, _)| word);
    lists.into_iter().flatten().copied().chain(scales)
}

fn position(list: &[&str], word: &str) -> Option<u128> {
    list.iter().position(|&listed| listed == word).and_then(|at| u128::try_from(at).ok())
}

fn tens(word: &str) -> Option<u128> {
    position(TENS, word).map(|at| (at + 2) * 10)
}

/// The factor that a word multiplies by.
pub(super) fn scale(word: &str) -> Option<u128> {
    SCALES.iter().find(|(scale, _)| *scale == word).map(|&(_, factor)| factor)
}

/// The same behind figures, where "millions" may stand for "million".
pub(super) fn scale_or_plural(word: &str) -> Option<u128> {
    let plural = || word.strip_suffix('s').and_then(scale).filter(|&factor| factor >= 1_000_000);
    scale(word).or_else(plural)
}

/// The cardinal number that the words begin with, and how many words it takes. A bare scale counts once: "(a) hundred". So does "one", which the caller
/// must judge.
pub(super) fn cardinal(words: &[&str]) -> Option<(u128, usize)> {
    let (mut total, mut group) = (0_u128, None);
    let (mut at, mut ceiling) = (0, u128::MAX);
    let mut complete = None;
    while let Some(&word) = words.get(at) {
        if let Some(number) = below_hundred(word).filter(|&number| fits(group, number)) {
            group = Some(group.unwrap_or(0) + number);
        } else if let Some(factor) = scale(word).filter(|&factor| factor <= 100) {
            if group.is_some_and(|group| group >= 100) {
                break;
            }
            group = Some(group.unwrap_or(1) * factor);
        } else if let Some(factor) = scale(word) {
            if factor >= ceiling || group.is_none() && at > 0 {
                return complete;
            }
            total += group.take().unwrap_or(1) * factor;
            ceiling = factor;
            complete = Some((total, at + 1));
        } else if !joins(words, at, group) {
            break;
        }
        at += 1;
    }
    (at > 0).then(|| (total + group.unwrap_or(0), at))
}

fn below_hundred(word: &str) -> Option<u128> {
    position(SMALL, word).or_else(|| tens(word))
}

/// Whether a number below a hundred can go on this group: "twenty" + "five", "two hundred" + "five".
fn fits(group: Option<u128>, number: u128) -> bool {
    group.is_none_or(|group| {
        let last = group % 100;
        number > 0 && group > 0 && (last == 0 || last >= 20 && last % 10 == 0 && number < 10)
    })
}

/// The "and" in "two hundred and five".
fn joins(words: &[&str], at: usize, group: Option<u128>) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    words.get(at) == Some(&"and")
        && before.is_some_and(|word| scale(word).is_some_and(|factor| factor >= 100))
        && words.get(at + 1).and_then(|word| below_hundred(word)).is_some_and(|n| fits(group, n))
}

/// The ordinal number that the words begin with, and how many words it takes. A bare "first" or "second" is one only in a date.
pub(super) fn ordinal(words: &[&str]) -> Option<(u128, usize)> {
    let first = words.first()?;
    let second = words.get(1).and_then(|word| position(ORDINALS, word));
    if let (Some(tens), Some(ones @ 1..=9)) = (tens(first), second) {
        return Some((tens + ones, 2));
    }
    let number = position(ORDINALS, first)
        .or_else(|| position(TENTHS, first).map(|at| (at + 2) * 10))
        .or_else(|| (*first == "hundredth").then_some(100))?;
    (number > 0).then_some((number, 1))
}

/// What a word divides by behind a count: "third" behind one, "thirds" behind more.
pub(super) fn denominator(count: u128, word: &str) -> Option<u128> {
    let one = if count == 1 { word } else { word.strip_suffix('s').unwrap_or_default() };
    match one {
        "half" => Some(2),
        "quarter" => Some(4),
        _ => position(ORDINALS, one).filter(|&under| under > 2),
    }
}
