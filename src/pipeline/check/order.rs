//! In which order the words or letters of a sentence are replaced, and by what.
//!
//! An order is drawn whole, so that one replacement more never takes an earlier one back. Figures, words with marks inside, and
//! words with a full stop behind them inside the sentence stay: a copy is to differ in its words, not in its numbers or its
//! sentence ends.

use std::ops::Range;

use crate::mix::{draw, high32};

/// A sentence and what can be replaced in it.
pub(super) struct Original<'a> {
    /// The number of the distinct sentence.
    pub(super) row: u32,
    pub(super) raw: &'a str,
    /// Its words or letters that may be replaced.
    pub(super) places: Vec<Range<usize>>,
    /// What may stand in for them.
    pub(super) lent: &'a [&'a str],
}

/// One order in which to replace the places, and what by.
pub(super) struct Order<'a> {
    ranks: Vec<usize>,
    lent: Vec<&'a str>,
}

impl<'a> Order<'a> {
    /// An order of a sentence's places; `None` if it has none, or there is nothing to replace them by.
    pub(super) fn new(original: &Original<'a>, seed: u64, number: u64) -> Option<Self> {
        let stream = seed ^ (u64::from(original.row) << 32 | number);
        let lender = u64::try_from(original.lent.len()).ok().filter(|&lenders| lenders > 0)?;
        let places = original.places.len();
        let lent = (0..places as u64).map(|place| {
            let random = u64::from(high32(draw(stream, place)));
            original.lent[high32(random * lender) as usize]
        });
        let mut order: Vec<usize> = (0..places).collect();
        order.sort_by_key(|&place| draw(!stream, place as u64));
        let mut ranks = vec![0; places];
        for (rank, place) in order.into_iter().enumerate() {
            ranks[place] = rank;
        }
        (places > 0).then(|| Self { ranks, lent: lent.collect() })
    }

    /// The text with the first so many places replaced.
    pub(super) fn applied(&self, original: &Original<'_>, replaced: usize) -> String {
        let (mut text, mut copied) = (String::with_capacity(original.raw.len()), 0);
        for ((place, &rank), lent) in original.places.iter().zip(&self.ranks).zip(&self.lent) {
            if rank < replaced {
                text.push_str(original.raw.get(copied..place.start).unwrap_or_default());
                text.push_str(lent);
                copied = place.end;
            }
        }
        text.push_str(original.raw.get(copied..).unwrap_or_default());
        text
    }
}

/// The words of a text that may be replaced, without the marks around them.
pub(super) fn words(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for written in raw.split_inclusive(char::is_whitespace) {
        let end = start + written.len();
        let bare = written.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let from = end - bare.len();
        let word = bare.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let behind = bare.get(word.len()..).unwrap_or_default();
        let ends_nothing = !behind.contains(['.', '!', '?', '…']) || end == raw.len();
        if !word.is_empty() && word.chars().all(char::is_alphabetic) && ends_nothing {
            found.push(from..from + word.len());
        }
        start = end;
    }
    found
}

/// The letters of a word of a text.
pub(super) fn letters(word: Range<usize>, raw: &str) -> impl Iterator<Item = Range<usize>> {
    let start = word.start;
    let letters = raw.get(word).unwrap_or_default().char_indices();
    letters.map(move |(at, letter)| start + at..start + at + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_replaced_without_their_marks_and_figures_and_abbreviations_stay() {
        let raw = "'Mr. Lind paid 40 kroner,' the ferry-man said (twice) to us.";
        let replaced = |original: &Original<'_>, count| {
            Order::new(original, 0, 0).unwrap().applied(original, count)
        };
        let words = Original { row: 0, raw, places: words(raw), lent: &["x"] };
        assert_eq!(replaced(&words, 99), "'Mr. x x 40 x,' x ferry-man x (x) x x.");
        assert_eq!(replaced(&words, 0), raw);
        let one = replaced(&words, 1);
        assert_eq!(one.matches('x').count(), 1, "{one}");
        let letters = letters(5..9, raw).collect();
        let letters = Original { row: 0, raw, places: letters, lent: &["é"] };
        assert!(replaced(&letters, 4).starts_with("'Mr. éééé paid"));
    }

    #[test]
    fn an_order_replaces_ever_more_and_another_number_gives_another_order() {
        let raw = "one two three four five six seven eight nine ten";
        let original = Original { row: 7, raw, places: words(raw), lent: &["x", "y", "z"] };
        let (first, second) = [1, 2].map(|number| Order::new(&original, 0, number).unwrap()).into();
        let kept = |count| -> Vec<bool> {
            first.applied(&original, count).split(' ').map(|word| word.len() > 1).collect()
        };
        for count in 1..=10 {
            assert!(kept(count).iter().zip(kept(count - 1)).all(|(&now, before)| !now || before));
        }
        assert_ne!(first.ranks, second.ranks);
    }
}
