//! Words in a caption that say where in the picture somebody stands: `Ann Lind (left)`, `John Hill, pictured,`, `From left: …`. They are no part of its key.
//!
//! A remark is a few listed English words in brackets, between commas, or before a colon at the head of the caption. Words that a sentence needs stay:
//! "the left bank", "pictured at home". Only captions are asked, since in other sentences a remark may be what is said.
//!
//! Cost: a search for brackets, commas and colons; a look at the few words beside one.

use std::ops::Range;

use super::buffer::Buffer;

/// Words that make a remark.
const PLACES: &[&str] =
    &["above", "below", "bottom", "centre", "center", "l", "left", "pictured", "r", "right", "top"];

/// Words that a remark may have beside them.
const BESIDE: &[&str] = &[
    "back", "far", "first", "fourth", "from", "front", "in", "row", "second", "seen", "third", "to",
];

/// Longer remarks are none.
const MOST_WORDS: usize = 4;

/// Whether a caption has a remark.
pub(super) fn has_remark(text: &str) -> bool {
    next_remark(text, 0).is_some()
}

/// Drops the remarks of a caption; a blank stands for each.
pub(super) fn strip(source: &Buffer, out: &mut Buffer) {
    let mut copied = 0;
    while let Some(remark) = next_remark(&source.text, copied) {
        out.copy(source, copied..remark.start);
        out.push(' ', &source.raw(remark.clone()));
        copied = remark.end;
    }
    out.copy(source, copied..source.text.len());
}

/// The first remark from a place on, with the marks that set it off; of a remark between commas the second comma stays, since another one may begin there.
fn next_remark(text: &str, from: usize) -> Option<Range<usize>> {
    if let Some(end) = text.find(':').filter(|&end| from == 0 && is_remark(text.get(..end))) {
        return Some(0..end + 1);
    }
    let is_opening = |c: char| matches!(c, '(' | '[' | ',');
    let begins = text.get(from..)?.char_indices().filter(|&(_, c)| is_opening(c));
    begins.map(|(at, c)| (from + at, c)).find_map(|(start, opening)| {
        let inside = start + opening.len_utf8();
        let rest = text.get(inside..)?;
        let closes = |c: char| match opening {
            '(' => c == ')',
            '[' => c == ']',
            _ => matches!(c, ',' | ';' | '.' | ':'),
        };
        let end = inside + rest.find(closes).or((opening == ',').then_some(rest.len()))?;
        let is_bracket = opening != ',';
        is_remark(text.get(inside..end)).then_some(start..end + usize::from(is_bracket))
    })
}

/// Whether some words are a remark: listed ones, and one of them says a place.
fn is_remark(words: Option<&str>) -> bool {
    let Some(words) = words.filter(|words| words.len() <= MOST_WORDS * 9) else { return false };
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let parts_words = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | ',' | '/');
    let (mut count, mut says_place) = (0, false);
    for word in words.split(parts_words).filter(|word| !word.is_empty()) {
        let is = |list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
        says_place |= is(PLACES);
        count += 1;
        if !word.chars().all(is_letter) || !(is(PLACES) || is(BESIDE)) {
            return false;
        }
    }
    says_place && count <= MOST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        let (mut source, mut out) = (Buffer::default(), Buffer::default());
        source.load(text, false);
        strip(&source, &mut out);
        out.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn remarks_on_the_picture_go() {
        for (caption, plain) in [
            ("Ann Lind (left) and John Hill (far right) open it", "Ann Lind and John Hill open it"),
            ("Ann Lind, left, and John Hill, right, open it", "Ann Lind , and John Hill , open it"),
            ("Ann Lind and John Hill (L-R) open it", "Ann Lind and John Hill open it"),
            ("Ann Lind and John Hill, pictured", "Ann Lind and John Hill"),
            ("From left: Ann Lind, John Hill", "Ann Lind, John Hill"),
            ("PICTURED ABOVE: a tram [second from left]", "a tram"),
        ] {
            assert_eq!(stripped(caption), plain);
            assert!(has_remark(caption) && !has_remark(plain));
        }
    }

    #[test]
    fn words_that_are_said_stay() {
        for caption in [
            "A tram on the left bank of the river",
            "Ann Lind, pictured at home, left the party",
            "She turned right (into the harbour) and left",
            "The Left: a history of the party (in the front row)",
            "A list (from A to B)",
            "An open bracket (left",
            "()",
            ", ,",
        ] {
            let plain = caption.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(stripped(caption), plain, "{caption}");
        }
    }
}
