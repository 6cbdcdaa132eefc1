//! Forms and spellings of one word.

/// Letters that two forms of a word begin with, at least.
const STEM: usize = 4;
/// What one form of a word may have more than the other. No "er": workers do not work as such.
const MORE: &[&str] = &["s", "es", "d", "ed", "ing", "n", "e", "en", "em"];
/// Letters that one form may have more than the other in other alphabets, at most.
const ENDING: usize = 2;

/// Endings of one word in two forms or spellings, where both have one.
const ENDINGS: &[&[&str]] = &[
    &["e", "ed", "es", "ing"],
    &["y", "ied", "ies"],
    &["se", "ze"],
    &["sed", "zed"],
    &["ses", "zes"],
    &["sing", "zing"],
    &["er", "re"],
    &["ur", "r"],
];

/// Whether two words are forms of one: equal, or one stem with endings of a few letters.
pub(super) fn is_form(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().skip(common).collect::<String>();
    let (mine, theirs) = (rest(one), rest(other));
    let more = if mine.is_empty() { &theirs } else { &mine };
    let is_more =
        MORE.contains(&more.as_str()) || !more.is_ascii() && more.chars().count() <= ENDING;
    let is_longer = (mine.is_empty() || theirs.is_empty()) && is_more;
    let is_ending =
        |endings: &&&[&str]| endings.contains(&mine.as_str()) && endings.contains(&theirs.as_str());
    common >= STEM && (is_longer || ENDINGS.iter().any(|endings| is_ending(&endings)))
        || one == other
}
