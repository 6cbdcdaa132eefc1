//! Segmentation: a document's text becomes the spans of its sentences.
//!
//! Lines come first: news articles are kept a paragraph or a caption a line, and a caption has no full stop. A line with a
//! sentence mark inside goes to [`sentencex`], which knows the abbreviations of some thirty languages. Around it stands what
//! near-duplicate detection needs and a segmenter for readers has no reason to do:
//!
//! - *Sentences inside a quotation count by themselves* ([`Quotes::Inner`]), since another outlet may quote only one of
//!   them. The engine sees a copy in which every quotation mark is a blank of the same length; an opening mark goes with
//!   what follows, a closing one with what precedes. [`Quotes::Whole`] then drops the cuts inside a closed quotation.
//! - *Cuts are vetoed* after initials, abbreviations the engine lacks, and the user's own; and where no blank follows the
//!   mark unless two words of prose meet there (`channel.The`, not `Node.js`).
//! - *Scripts without sentence marks* (Thai, Lao, and Khmer, Burmese or Tibetan lines without their own) are cut at blanks
//!   into phrases of at least 20 characters.
//! - *Hard-wrapped paragraphs are joined* before they are cut, where a text's lines were plainly broken at one width.
//! - *Time stays linear*: the engine is quadratic on some inputs, so it never sees more than 8 kB at once.
//!
//! Cost: a line of ASCII prose costs one pass of the engine (about 100 MB/s); a line without a mark inside costs a scan.
//! Memory is a few windows, whatever the line's length.
//!
//! Law: spans are in order, apart, trimmed, and every non-blank byte of the body is in exactly one.
//!
//! What it does not do (each is a line of the table in its tests): a name after a quoted question stands alone
//! (`'Who is it?' | Green asked.`); a title in quotation marks is cut at its own question marks; a sentence that ends in a word
//! which is an abbreviation too stays with the next (`up to me. Healey …`, `in May. Mutu …`, `2022 г. …`), as does one that
//! goes on in small letters where the first began with a capital; the items of a numbered list in one line are not cut inside;
//! words glued with unusual capitals stay glued; Latin text without a language
//! goes by English rules.

mod abbreviation;
mod brackets;
mod credit;
mod engine;
mod join;
mod kind;
mod language;
mod lines;
mod missing_blank;
mod phrases;
mod quotation;
mod quotation_mark;
mod script;
mod sentences;
mod window;
mod wrap;

pub use language::language_code;

use crate::config::{Quotes, Unit, Wrapped};
use crate::corpus::{SentenceKind, Span};

use self::abbreviation::Abbreviations;
use self::kind::LineKind;
use self::language::Tag;
use self::lines::lines;
use self::sentences::Cutter;
use self::wrap::Wrapping;

/// One sentence, line or document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Piece {
    /// Its bytes in the document's text, without surrounding blanks.
    pub span: Span,
    /// What it is.
    pub kind: SentenceKind,
}

/// What happened while a document was segmented.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Segmented {
    /// Lines over a megabyte that were cut, so that a sentence over 8 kB in them is in parts.
    pub cut_lines: u32,
}

/// Cuts documents into pieces.
///
/// ```
/// use twicetold::config::{Quotes, Unit};
/// use twicetold::segment::Segmenter;
///
/// let text = "Dr. Lind spoke at 5 p.m. on Friday.He left. 'We stay,' she said.";
/// let mut pieces = Vec::new();
/// Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).segment(text, 0, Some("en"), &mut pieces);
/// let texts: Vec<_> = pieces.iter().map(|piece| &text[piece.span.range()]).collect();
/// assert_eq!(texts, ["Dr. Lind spoke at 5 p.m. on Friday.", "He left.", "'We stay,' she said."]);
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    unit: Unit,
    quotes: Quotes,
    wrapped: Wrapped,
    abbreviations: Abbreviations,
}

impl Segmenter {
    /// A segmenter; `abbreviations` are words, with or without their full stop, that end no sentence.
    pub fn new(unit: Unit, quotes: Quotes, abbreviations: &[String]) -> Self {
        let abbreviations = Abbreviations::new(abbreviations);
        Self { unit, quotes, wrapped: Wrapped::default(), abbreviations }
    }

    /// Whether lines are joined where a paragraph was broken into lines of one width; else each text decides.
    #[must_use]
    pub fn wrapped(self, wrapped: Wrapped) -> Self {
        Self { wrapped, ..self }
    }

    /// Adds the pieces of `text` from byte `body` on to `pieces`, as byte offsets in `text`.
    ///
    /// `language` is a code such as `en` or `pt-BR`; without one, each line's script decides. What lies past 2³² − 1 bytes
    /// gets no piece.
    pub fn segment(
        &self,
        text: &str,
        body: usize,
        language: Option<&str>,
        pieces: &mut Vec<Piece>,
    ) -> Segmented {
        let body = text.ceil_char_boundary(body);
        match self.unit {
            Unit::Document => Self::document(text, body, pieces),
            Unit::Line => Self::by_line(text, body, pieces),
            Unit::Sentence => self.by_sentence(text, body, language, pieces),
        }
    }

    fn document(text: &str, body: usize, pieces: &mut Vec<Piece>) -> Segmented {
        let rest = text.get(body..).unwrap_or_default();
        let start = text.len() - rest.trim_start().len();
        let end = body + rest.trim_end().len();
        if start < end {
            push(pieces, start..end, SentenceKind::Body);
        }
        Segmented::default()
    }

    fn by_line(text: &str, body: usize, pieces: &mut Vec<Piece>) -> Segmented {
        let mut found = lines(text, body).peekable();
        let mut several = false;
        while let Some((start, line)) = found.next() {
            several |= found.peek().is_some();
            push(pieces, start..start + line.len(), LineKind::of(line, several).whole(line));
        }
        Segmented::default()
    }

    fn by_sentence(
        &self,
        text: &str,
        body: usize,
        language: Option<&str>,
        pieces: &mut Vec<Piece>,
    ) -> Segmented {
        let mut segmented = Segmented::default();
        let mut cutter = Cutter::new(self.quotes, &self.abbreviations, Tag::new(language));
        let wrapping = Wrapping::of(text, body, self.wrapped);
        let mut found = lines(text, body).peekable();
        let (mut several, mut joined) = (false, String::new());
        while let Some((start, line)) = found.next() {
            let (mut end, mut last) = (start + line.len(), line);
            while let Some(&(at, next)) = found.peek()
                && wrapping.is_some_and(|wrapping| wrapping.joins(text, (end, last), (at, next)))
            {
                (end, last) = (at + next.len(), next);
                found.next();
            }
            several |= found.peek().is_some();
            let line = if end == start + line.len() {
                line
            } else {
                wrap::join(text.get(start..end).unwrap_or_default(), &mut joined);
                joined.as_str()
            };
            segmented.cut_lines += u32::from(window::is_giant(line));
            let kind = LineKind::of(line, several);
            let head = credit::head(line);
            if let Some((length, head_kind)) = head {
                let head = line.get(..length).unwrap_or_default().trim_end();
                push(pieces, start..start + head.len(), head_kind);
            }
            let body = head.map_or(0, |(length, _)| length);
            let (line, start) = (line.get(body..).unwrap_or_default(), start + body);
            cutter.line(line, |range, quoted| {
                let sentence = line.get(range.clone()).unwrap_or_default();
                let kind = credit::kind(sentence).unwrap_or_else(|| kind.piece(quoted));
                push(pieces, start + range.start..start + range.end, kind);
            });
        }
        segmented
    }
}

fn push(pieces: &mut Vec<Piece>, range: std::ops::Range<usize>, kind: SentenceKind) {
    pieces.extend(Span::new(range).map(|span| Piece { span, kind }));
}
