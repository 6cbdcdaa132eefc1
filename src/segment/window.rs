//! Windows: no more than 8 kB of a line is looked at once, so that time and memory stay linear in its length.
//!
//! A window that is not the line's last gives up its last sentence, which begins the next window. If it holds but one, it is
//! cut at a sentence bound of UAX #29, else at its last blank, else between two characters.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Most bytes that are looked at at once.
const WINDOW: usize = 8 << 10;

/// A bound this close to a window's end was found without sight of what follows.
const MARGIN: usize = 64;

/// A line is giant, and its cutting worth a warning, from here on.
const GIANT: usize = 1 << 20;

/// Whether a line is longer than a megabyte.
pub(super) const fn is_giant(line: &str) -> bool {
    line.len() > GIANT
}

/// The first window of `rest`.
pub(super) fn first_window(rest: &str) -> &str {
    rest.get(..rest.floor_char_boundary(WINDOW)).unwrap_or_default()
}

/// Where to end a window that is not the last, given the sentence bounds in it; takes back the bounds after that.
pub(super) fn window_end(window: &str, bounds: &mut Vec<usize>) -> usize {
    let safe = window.len().saturating_sub(MARGIN);
    bounds.truncate(bounds.partition_point(|bound| *bound <= safe));
    bounds.pop().unwrap_or_else(|| forced_end(window))
}

fn forced_end(window: &str) -> usize {
    let half = window.len() / 2;
    let sentence = window.split_sentence_bound_indices().last().map(|(at, _)| at);
    let blank = || window.trim_end().rfind(char::is_whitespace);
    sentence
        .filter(|at| *at > half)
        .or_else(|| blank().filter(|at| *at > half))
        .or_else(|| last_character(window).filter(|at| *at > half))
        .unwrap_or(window.len())
}

/// Where the last user-perceived character begins: it may go on in the next window.
fn last_character(window: &str) -> Option<usize> {
    GraphemeCursor::new(window.len(), window.len(), true).prev_boundary(window, 0).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(window: &str) -> usize {
        window_end(window, &mut Vec::new())
    }

    #[test]
    fn a_window_ends_at_its_last_bound_with_sight_of_what_follows() {
        let window = "x".repeat(200);
        let mut bounds = vec![50, 100, 190];
        assert_eq!(window_end(&window, &mut bounds), 100);
        assert_eq!(bounds, [50]);
    }

    #[test]
    fn without_a_bound_it_ends_at_a_sentence_a_blank_or_a_character() {
        assert_eq!(end_of("Some words stand here. Then"), 23);
        assert_eq!(end_of("some words stand here and"), 21);
        assert_eq!(end_of("somewordsstandhereand"), 20);
        assert_eq!(end_of("somewordsstandheree\u{301}"), 18);
        assert_eq!(end_of("x"), 1);
    }
}
