//! Edits of letters: what typesetters, extractors and scanners do to a sentence that nobody meant to change.

use super::class::{Decoy, Facts};
use super::random::Draws;
use super::sentence::Sentence;
use super::word::Word;

/// Captions and credits; a name follows.
const CAPTIONS: [&str; 8] =
    ["Photo:", "Image", "left", "right", "Credit:", "Pictured:", "File photo by", "Getty/"];

/// Appends the text with other blanks, quotation marks, dashes or case, which leaves the comparison key as it is.
pub(super) fn typography(text: &str, out: &mut String, draws: &mut Draws) {
    let start = out.len();
    match draws.below(7) {
        0 => replaced(text, ("'", "\u{2019}"), out),
        1 => replaced(text, ("'", ""), out),
        2 => replaced(text, (" ", "\u{a0}"), out),
        3 => replaced(text, (", ", " \u{2014} "), out),
        4 => replaced(text, (", ", " , "), out),
        5 => {
            out.push_str(text);
            out.make_ascii_uppercase();
        }
        _ => out.extend(["\u{201c}", text, "\u{201d}"]),
    }
    // Where the sentence has nothing of the kind there are always blanks.
    if out.get(start..) == Some(text)
        && let Some(blank) = memchr::memchr(b' ', text.as_bytes())
    {
        out.insert(start + blank, ' ');
    }
}

/// Appends a text, every occurrence of one piece replaced by another.
fn replaced(text: &str, (old, new): (&str, &str), out: &mut String) {
    for (place, piece) in text.split(old).enumerate() {
        if place > 0 {
            out.push_str(new);
        }
        out.push_str(piece);
    }
}

/// Sticks a caption on or in, or loses one or two blanks. A lost blank changes no fact; a caption brings a name.
pub(super) fn glue(text: &mut String, draws: &mut Draws) -> Facts {
    match draws.below(10) {
        0..=1 => {
            let caption = caption(draws);
            text.insert_str(0, &caption);
            Facts::of(Decoy::Names)
        }
        2 => {
            let caption = caption(draws);
            text.push(' ');
            text.push_str(caption.trim_end());
            Facts::of(Decoy::Names)
        }
        3..=5 => {
            if let Some(place) = blank(text, draws) {
                text.insert_str(place, [" left", " right", " (left)", " (right)"][draws.below(4)]);
            }
            Facts::default()
        }
        _ => {
            for _ in 0..draws.between(1, 2) {
                if let Some(place) = blank(text, draws) {
                    text.remove(place);
                }
            }
            Facts::default()
        }
    }
}

fn caption(draws: &mut Draws) -> String {
    let mut caption = CAPTIONS[draws.below(CAPTIONS.len())].to_owned();
    caption.push(' ');
    let name = Word::name(draws).stem;
    caption.push_str(std::str::from_utf8(name.as_bytes()).unwrap_or_default());
    // Half of them are glued to the word behind.
    if draws.percent(50) {
        caption.push(' ');
    }
    caption
}

/// The place of some blank.
fn blank(text: &str, draws: &mut Draws) -> Option<usize> {
    let blanks = || memchr::memchr_iter(b' ', text.as_bytes());
    blanks().nth(draws.below(blanks().count()))
}

/// Swaps or drops two to five letters. Which facts of the sentence lose their letters.
pub(super) fn ocr(text: &mut String, sentence: &Sentence, draws: &mut Draws) -> Facts {
    let mut touched = Facts::default();
    for _ in 0..draws.between(2, 5) {
        // The last place is left alone, so that there is always a letter to swap with.
        let place = draws.below(text.len().saturating_sub(2));
        let is_letter = |place| text.as_bytes().get(place).is_some_and(u8::is_ascii_lowercase);
        if !is_letter(place) || !is_letter(place + 1) {
            continue;
        }
        // As many blanks stand before a letter as tokens before its own.
        let before = text.as_bytes().iter().take(place).filter(|&&byte| byte == b' ').count();
        if let Some(token) = sentence.tokens.get(before) {
            touched.add(token.word);
        }
        let letter = text.remove(place);
        if draws.percent(60) {
            text.insert(place + 1, letter);
        }
    }
    touched
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::random::Purpose;

    #[test]
    fn typography_changes_bytes_but_no_key() {
        let normalizer = crate::normalize::Normalizer::default();
        let key = |text: &str| {
            let mut key = String::new();
            normalizer.key(text, &mut key);
            key
        };
        for text in ["Ann's barn, the red one, fell in 1,999.", "Nothing fell."] {
            for number in 0..60 {
                let mut out = String::new();
                typography(text, &mut out, &mut Draws::new(1, Purpose::Edit, number));
                assert_ne!(out, text);
                assert_eq!(key(&out), key(text), "{out}");
            }
        }
    }
}
