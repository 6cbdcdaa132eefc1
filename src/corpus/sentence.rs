//! A sentence: a span of a document.

use std::ops::Range;

use crate::ids::DocumentId;

/// A half-open range of bytes in a document's raw text.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

impl Span {
    /// The span of a range; `None` past 2³² − 1 bytes.
    pub fn new(range: Range<usize>) -> Option<Self> {
        let start = u32::try_from(range.start).ok()?;
        let end = u32::try_from(range.end).ok()?;
        (start <= end).then_some(Self { start, end })
    }

    /// As a range, to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a sentence is in its article.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum SentenceKind {
    /// Running text.
    #[default]
    Body,
    /// Text under a picture: in an article, a line of prose that lost or never had its full stop.
    Caption,
    /// Mostly the words of somebody, between quotation marks.
    Quote,
    /// What stands on a page beside its article: navigation, teasers, footers.
    Boilerplate,
    /// A row of a table, or a line of figures.
    Table,
    /// Where and when an article was written, before its first sentence: `LONDON, June 5 —`.
    Dateline,
    /// Who wrote it.
    Byline,
    /// Who sent it, helped, or took its pictures.
    Credit,
}

impl SentenceKind {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Quote => "quote",
            Self::Boilerplate => "boilerplate",
            Self::Table => "table",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Credit => "credit",
        }
    }

    /// Whether sentences of this kind are compared with similar ones; others are only matched where they are equal.
    pub const fn is_compared(self) -> bool {
        matches!(self, Self::Body | Self::Caption | Self::Quote | Self::Boilerplate)
    }
}

/// One sentence at one place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Sentence {
    /// The document it stands in.
    pub document: DocumentId,
    /// Its position among the document's sentences, from 0.
    pub index: u32,
    /// Its bytes in the document's raw text.
    pub span: Span,
    /// What it is.
    pub kind: SentenceKind,
}
