//! A text on its way to the key, and where in the raw text each of its bytes came from.

use std::ops::Range;

use super::marks::combining_class;
use super::{Atom, Found};

/// The text between two steps. Origins are recorded only where somebody will ask for them.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub(super) text: String,
    /// Where the text came from, stretch by stretch.
    origins: Vec<Stretch>,
    traced: bool,
}

/// Bytes of the text that came from raw bytes behind each other.
#[derive(Clone, Debug)]
struct Stretch {
    /// Its first byte in the text.
    start: usize,
    raw: Range<usize>,
    /// Whether each of its characters came from as many raw bytes as it has; else all came from all of them.
    exact: bool,
}

impl Stretch {
    fn raw_start(&self, at: usize) -> usize {
        if self.exact { self.raw.start + at - self.start } else { self.raw.start }
    }

    fn raw_end(&self, at: usize) -> usize {
        if self.exact { self.raw.start + at - self.start } else { self.raw.end }
    }
}

impl Buffer {
    /// Becomes the raw text itself.
    pub(super) fn load(&mut self, raw: &str, traced: bool) {
        self.clear(traced);
        self.text.push_str(raw);
        if traced {
            self.record(0, 0..raw.len(), true);
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
        let start = self.text.len();
        self.text.push_str(piece);
        if self.traced && !piece.is_empty() {
            self.record(start, raw.clone(), false);
        }
    }

    /// Appends a character that came from these raw bytes.
    pub(super) fn push(&mut self, c: char, raw: &Range<usize>) {
        let start = self.text.len();
        self.text.push(c);
        if self.traced {
            self.record(start, raw.clone(), c.len_utf8() == raw.len());
        }
    }

    /// Appends a range of another buffer.
    pub(super) fn copy(&mut self, source: &Self, range: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(source.text.get(range.clone()).unwrap_or_default());
        if !self.traced || range.is_empty() {
            return;
        }
        let first = source.stretch(range.start);
        for (index, stretch) in (first..).zip(source.origins.get(first..).unwrap_or_default()) {
            let from = stretch.start.max(range.start);
            if from >= range.end {
                break;
            }
            let to =
                source.origins.get(index + 1).map_or(range.end, |next| next.start.min(range.end));
            let raw = stretch.raw_start(from)..stretch.raw_end(to);
            self.record(start + from - range.start, raw, stretch.exact);
        }
    }

    /// Adds a stretch that begins here in the text, or goes on with the last one.
    fn record(&mut self, start: usize, raw: Range<usize>, exact: bool) {
        match self.origins.last_mut() {
            Some(last) if exact && last.exact && last.raw.end == raw.start => {
                last.raw.end = raw.end;
            }
            _ => self.origins.push(Stretch { start, raw, exact }),
        }
    }

    /// The position of the stretch that holds a byte of the text.
    fn stretch(&self, at: usize) -> usize {
        self.origins.partition_point(|stretch| stretch.start <= at).saturating_sub(1)
    }

    /// The raw bytes that a range of the text came from; the range itself where nothing is recorded.
    pub(super) fn raw(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.origins.get(self.stretch(at));
        let ends = range.end.checked_sub(1).and_then(place).zip(place(range.start));
        let Some((last, first)) = ends.filter(|_| range.start < self.text.len()) else {
            return range;
        };
        let character = self.text.get(range.start..).and_then(|rest| rest.chars().next());
        let first_end = first.raw_end(range.start + character.map_or(0, char::len_utf8));
        first.raw_start(range.start)..last.raw_end(range.end).max(first_end)
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
