//! The sentences of a line, window by window.

use std::ops::Range;

use crate::config::Quotes;

use super::abbreviation::Abbreviations;
use super::brackets::{add_bracketed_ends, without_unclosed};
use super::engine::Engine;
use super::join::Bound;
use super::language::Tag;
use super::phrases::phrase_bounds;
use super::quotation::Quotations;
use super::script::Script;
use super::window::{first_window, window_end};

/// Cuts lines into sentences; kept between the lines of a document for its buffers.
#[derive(Debug)]
pub(super) struct Cutter<'a> {
    quotes: Quotes,
    abbreviations: &'a Abbreviations,
    tag: Tag,
    engine: Option<Engine>,
    quotations: Quotations,
    copy: String,
    bounds: Vec<usize>,
    cuts: Vec<usize>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(quotes: Quotes, abbreviations: &'a Abbreviations, tag: Tag) -> Self {
        Self {
            quotes,
            abbreviations,
            tag,
            engine: None,
            quotations: Quotations::default(),
            copy: String::new(),
            bounds: Vec::new(),
            cuts: Vec::new(),
        }
    }

    /// Calls `found` for each sentence of a trimmed line, with its bytes and whether it is mostly quoted.
    pub(super) fn line(&mut self, line: &str, mut found: impl FnMut(Range<usize>, bool)) {
        let mut start = 0;
        while let Some(rest) = line.get(start..).filter(|rest| !rest.is_empty()) {
            let window = first_window(rest);
            self.cut(window);
            let is_last = window.len() == rest.len();
            let end = if is_last { rest.len() } else { window_end(window, &mut self.cuts) };
            self.pieces(window, end, |range, quoted| {
                found(start + range.start..start + range.end, quoted);
            });
            start += end;
        }
    }

    fn pieces(&self, window: &str, end: usize, mut found: impl FnMut(Range<usize>, bool)) {
        let mut from = 0;
        for &to in self.cuts.iter().chain([&end]) {
            if let Some(range) = trimmed(window, from..to) {
                let quoted = self.quotations.hold_most_of(window, range.clone());
                found(range, quoted);
            }
            from = to;
        }
    }

    /// Puts into `cuts` where the window's sentences but the first begin.
    fn cut(&mut self, window: &str) {
        self.cuts.clear();
        self.quotations.read(window);
        if is_plain(window) {
            return;
        }
        let script = Script::of(window);
        if script.parts_by_blanks() {
            phrase_bounds(window, &mut self.cuts);
        } else {
            self.cut_sentences(window, script);
        }
    }

    fn cut_sentences(&mut self, window: &str, script: Script) {
        let seen = shown(window, &self.quotations, &mut self.copy);
        let code = self.tag.code(script);
        let engine = self.engine.take().filter(|engine| engine.code() == code);
        let engine = self.engine.insert(engine.unwrap_or_else(|| Engine::new(code)));
        engine.bounds(seen, &mut self.bounds);
        add_bracketed_ends(seen, &mut self.bounds);
        let (mut start, mut heard, mut spoken) = (0, 0, false);
        for &bound in &self.bounds {
            let end = seen.get(..bound).unwrap_or_default().trim_end().len();
            let after = seen.get(bound..).unwrap_or_default();
            let next = seen.len() - after.trim_start().len();
            spoken |= has_words(window, heard..end);
            heard = end;
            let bound = Bound { window, start, end, next };
            let cut = bound.cut(&self.quotations);
            let inside = self.quotes == Quotes::Whole && self.quotations.parts_quotation(cut);
            if spoken && !inside && !bound.joins(engine, self.abbreviations) {
                self.cuts.push(cut);
                (start, spoken) = (cut, false);
            }
        }
        if !has_words(window, heard..window.len()) && !spoken {
            self.cuts.pop();
        }
    }
}

/// What the engine is shown, of the same length: no quotation marks, three dots for an ellipsis that a blank follows, and no
/// bracket that nothing closes.
fn shown<'a>(window: &'a str, quotations: &Quotations, copy: &'a mut String) -> &'a str {
    let mut changed = !quotations.is_empty();
    if changed {
        quotations.blank(window, copy);
    }
    let change = |text: &str| {
        let cleared = without_unclosed(text);
        let text = cleared.as_deref().unwrap_or(text);
        let dotted = text.contains("… ").then(|| text.replace("… ", "... "));
        dotted.or(cleared)
    };
    if let Some(text) = change(if changed { copy } else { window }) {
        (*copy, changed) = (text, true);
    }
    if changed { copy } else { window }
}

/// Whether a window plainly is one sentence: no sentence mark but at its end, in scripts whose marks are ASCII.
fn is_plain(window: &str) -> bool {
    let inside = window.trim_end_matches(['.', '!', '?', '"', '\'', '”', '’', ')', '»', ' ']);
    memchr::memchr3(b'.', b'!', b'?', inside.as_bytes()).is_none()
        && (inside.bytes().all(is_latin) || inside.chars().all(has_ascii_marks))
}

/// Whether a byte is of a character before U+0340.
const fn is_latin(byte: u8) -> bool {
    byte < 0xCD
}

/// Latin and Cyrillic letters, accents, dashes and quotation marks; Greek asks with a semicolon.
const fn has_ascii_marks(c: char) -> bool {
    matches!(c, '\0'..='\u{36F}' | '\u{400}'..='\u{52F}' | '\u{2010}'..='\u{201F}' | '€')
}

/// Whether a range holds a letter or a digit: nothing else is a sentence by itself.
fn has_words(window: &str, range: Range<usize>) -> bool {
    window.get(range).is_some_and(|text| text.contains(char::is_alphanumeric))
}

/// A range of the window without the blanks around it; `None` if there is nothing else.
fn trimmed(window: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = window.get(range.clone())?;
    let end = range.start + text.trim_end().len();
    let start = range.end - text.trim_start().len();
    (start < end).then_some(start..end)
}
