//! Edits of letters: what typesetters, extractors and scanners do to a sentence that nobody meant to change.

use super::random::Draws;
use super::word::Word;

/// Captions and credits; a name follows.
const CAPTIONS: [&str; 8] =
    ["Photo:", "Image", "left", "right", "Credit:", "Pictured:", "File photo by", "Getty/"];

/// Changes blanks, quotation marks, dashes and case, which leaves the comparison key as it is.
pub(super) fn typography(text: &mut String, draws: &mut Draws) {
    let changed = match draws.below(7) {
        0 => text.replace('\'', "\u{2019}"),
        1 => text.replace('\'', ""),
        2 => text.replace(' ', "\u{a0}"),
        3 => text.replace(", ", " \u{2014} "),
        4 => text.replace(", ", " , "),
        5 => text.to_uppercase(),
        _ => format!("\u{201c}{text}\u{201d}"),
    };
    // Where the sentence has nothing of the kind there are always blanks.
    *text = if changed == *text { text.replacen(' ', "  ", 1) } else { changed };
}

/// Sticks a caption on or in, or loses one or two blanks.
pub(super) fn glue(text: &mut String, draws: &mut Draws) {
    match draws.below(10) {
        0..=1 => {
            let caption = caption(draws);
            text.insert_str(0, &caption);
        }
        2 => {
            let caption = caption(draws);
            text.push(' ');
            text.push_str(caption.trim_end());
        }
        3..=5 => {
            if let Some(place) = blank(text, draws) {
                text.insert_str(place, [" left", " right", " (left)", " (right)"][draws.below(4)]);
            }
        }
        _ => {
            for _ in 0..draws.between(1, 2) {
                if let Some(place) = blank(text, draws) {
                    text.remove(place);
                }
            }
        }
    }
}

fn caption(draws: &mut Draws) -> String {
    let mut caption = CAPTIONS[draws.below(CAPTIONS.len())].to_owned();
    caption.push(' ');
    Word::name(draws).write(&mut caption);
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

/// Swaps or drops two to five letters.
pub(super) fn ocr(text: &mut String, draws: &mut Draws) {
    for _ in 0..draws.between(2, 5) {
        // The last place is left alone, so that there is always a letter to swap with.
        let place = draws.below(text.len().saturating_sub(2));
        let is_letter = |place| text.as_bytes().get(place).is_some_and(u8::is_ascii_lowercase);
        if !is_letter(place) || !is_letter(place + 1) {
            continue;
        }
        let letter = text.remove(place);
        if draws.percent(60) {
            text.insert(place + 1, letter);
        }
    }
}
