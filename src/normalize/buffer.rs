//! A text on its way to the key, and where in the raw text each of its bytes came from.

use std::ops::Range;

use super::marks::combining_class;
use super::{Atom, Found};

/// The text between two steps. Origins are recorded only where somebody will ask for them.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub(super) text: String,
    /// For each byte of the text, the raw bytes of the character (or group of characters) it came from.
    origins: Vec<Range<usize>>,
    traced: bool,
}

impl Buffer {
    /// Becomes the raw text itself.
    pub(super) fn load(&mut self, raw: &str, traced: bool) {
        self.clear(traced);
        self.text.push_str(raw);
        if traced {
            for (at, c) in raw.char_indices() {
                self.origins.extend((0..c.len_utf8()).map(|_| at..at + c.len_utf8()));
            }
        }
    }

    /// Empties itself, keeping its memory.
    pub(super) fn clear(&mut self, traced: bool) {
        self.text.clear();
        self.origins.clear();
        self.traced = traced;
    }

    /// Appends what came from these raw bytes.
    pub(super) fn push_str(&mut self, piece: &str, raw: &Range<usize>) {
        self.text.push_str(piece);
        if self.traced {
            self.origins.resize(self.text.len(), raw.clone());
        }
    }

    /// Appends a character that came from these raw bytes.
    pub(super) fn push(&mut self, c: char, raw: &Range<usize>) {
        self.text.push(c);
        if self.traced {
            self.origins.resize(self.text.len(), raw.clone());
        }
    }

    /// Appends a range of another buffer, character by character where origins are recorded.
    pub(super) fn copy(&mut self, source: &Self, range: Range<usize>) {
        let from = range.start;
        let piece = source.text.get(range).unwrap_or_default();
        if !self.traced {
            self.text.push_str(piece);
            return;
        }
        for (at, c) in piece.char_indices() {
            self.push(c, &source.raw(from + at..from + at + c.len_utf8()));
        }
    }

    /// The raw bytes that a range of the text came from; the range itself where nothing is recorded.
    pub(super) fn raw(&self, range: Range<usize>) -> Range<usize> {
        let last = range.end.checked_sub(1).and_then(|last| self.origins.get(last));
        match (self.origins.get(range.start), last) {
            (Some(first), Some(last)) => first.start..last.end.max(first.end),
            _ => range,
        }
    }

    /// An atom with its place in the raw text.
    pub(super) fn atom(&self, found: Found) -> Atom {
        Atom { key: found.key, raw: self.raw(found.text), spaceless: found.spaceless }
    }

    /// Appends the whole text to a key, as one word unless it is empty.
    pub(super) fn append(&self, key: &mut String, mut found: impl FnMut(Found)) {
        let start = key.len();
        key.push_str(&self.text);
        if !self.text.is_empty() {
            found(Found { key: start..key.len(), text: 0..self.text.len(), spaceless: false });
        }
    }

    /// Whether origins are recorded.
    pub(super) const fn is_traced(&self) -> bool {
        self.traced
    }

    /// The last character so far.
    pub(super) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// The last character so far that is no combining mark.
    pub(super) fn last_base(&self) -> Option<char> {
        self.text.chars().rev().find(|&c| combining_class(c) == 0)
    }
}
