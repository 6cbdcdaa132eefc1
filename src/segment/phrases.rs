//! Phrases: what stands for sentences in scripts that may have no sentence marks and put blanks between phrases.
//!
//! Thai and Lao as a rule have no mark; Khmer, Burmese and Tibetan have, but not every writer uses it. A line with marks is cut
//! at them, and at a blank only after 200 characters; one without is cut at the first blank after 20 characters that does not stand
//! beside a figure, which belongs to what is said around it. A run of 400 without any blank is cut between two characters.

use unicode_segmentation::GraphemeCursor;

use super::quotation_mark::quotation_mark;

const SHORTEST: usize = 20;
const LONG: usize = 200;
const LONGEST: usize = 400;

/// Puts into `bounds` where each phrase of `window` but the first begins.
pub(super) fn phrase_bounds(window: &str, bounds: &mut Vec<usize>) {
    bounds.clear();
    let marked = window.trim_end_matches(is_end).contains(is_end);
    let enough = if marked { LONG } else { SHORTEST };
    let mut phrase = Phrase::default();
    let mut after_mark = true;
    for (at, c) in window.char_indices() {
        if phrase.is_over_before(c, enough) || phrase.is_endless_at(window, at) {
            bounds.push(at);
            after_mark = phrase.ended;
            phrase = Phrase::default();
        }
        phrase.take(c);
    }
    if !after_mark && phrase.characters < SHORTEST {
        bounds.pop();
    }
}

#[derive(Default)]
struct Phrase {
    characters: usize,
    ended: bool,
    blank: bool,
    /// The last character that is no blank.
    last: char,
}

impl Phrase {
    fn take(&mut self, c: char) {
        if c.is_whitespace() {
            self.blank = true;
        } else {
            self.characters += 1;
            self.ended = is_end(c) || (self.ended && !self.blank);
            self.blank = false;
            self.last = c;
        }
    }

    fn is_over_before(&self, c: char, enough: usize) -> bool {
        let goes_on = c.is_whitespace() || is_end(c) || (!self.blank && is_closing(c));
        let is_at_figure = self.last.is_numeric() || c.is_numeric();
        !goes_on && (self.ended || (self.blank && self.characters >= enough && !is_at_figure))
    }

    fn is_endless_at(&self, window: &str, at: usize) -> bool {
        self.characters >= LONGEST
            && GraphemeCursor::new(at, window.len(), true).is_boundary(window, 0) == Ok(true)
    }
}

/// A mark that ends a sentence in one of these scripts. The Burmese ၊ is a comma; the Thai ฯ abbreviates.
const fn is_end(c: char) -> bool {
    matches!(
        c,
        '!' | '?'
            | '！'
            | '？'
            | '。'
            | '។'
            | '៕'
            | '။'
            | '།'
            | '༎'
            | '༏'
            | '༐'
            | '๚'
            | '๛'
    )
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']') || quotation_mark(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_rest_joins_the_phrase_before_it() {
        let mut bounds = Vec::new();
        phrase_bounds("กขคงจฉชซฌญฎฏฐฑฒณดตถทธ กขค", &mut bounds);
        assert!(bounds.is_empty());
        phrase_bounds("กขคงจฉชซฌญฎฏฐฑฒณดตถทธ กขคงจฉชซฌญฎฏฐฑฒณดตถทธ", &mut bounds);
        assert_eq!(bounds.len(), 1);
    }

    #[test]
    fn a_figure_stays_with_what_is_said_around_it() {
        let mut bounds = Vec::new();
        phrase_bounds("กขคงจฉชซฌญฎฏฐฑฒณดตถทธ 5 กขคงจฉชซฌญฎฏฐฑฒณดตถทธ", &mut bounds);
        assert!(bounds.is_empty());
    }

    #[test]
    fn an_endless_phrase_is_cut_between_characters() {
        let mut bounds = Vec::new();
        phrase_bounds(&"กิ".repeat(450), &mut bounds);
        assert_eq!(bounds, [1200, 2400]);
    }
}
