//! A document, the file it came from, and the records that never became one.

use std::ops::Range;

use crate::ids::FileId;

use super::SentenceKind;

/// A file that was read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct InputFile {
    /// The path as given or as found in a folder, with `/` between parts; `-` is standard input. A member of an archive has
    /// the archive's path, `!/`, and its own: `news.tar!/daily/a.txt`.
    pub path: String,
    /// The format it was read as: `text`, `lines`, `jsonl`, …
    pub format: &'static str,
    /// Documents that came from it.
    pub documents: u64,
    /// Its length in bytes, as stored (compressed files: compressed; members of archives: as they would be extracted).
    pub bytes: u64,
    /// XXH3-64 of those bytes.
    pub xxh3: u64,
    /// Whether it could not be read to its end: its documents are those before that.
    pub is_cut_short: bool,
    /// Of a table: which column holds the text, from 0.
    pub text_column: Option<usize>,
}

/// What a record says of itself beside its text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Metadata {
    /// The id given by the input.
    pub id: Option<String>,
    /// Who published it: the field, else the URL's registrable domain, else the top folder.
    pub source: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its date as written in the input.
    pub date: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The language the input declares (`en`, `pt-BR`).
    pub language: Option<String>,
}

/// What a record says of itself beside its text, as the corpus holds it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct About<'a> {
    /// [`Metadata::id`].
    pub id: Option<&'a str>,
    /// [`Metadata::source`].
    pub source: Option<&'a str>,
    /// [`Metadata::title`].
    pub title: Option<&'a str>,
    /// [`Metadata::date`].
    pub date: Option<&'a str>,
    /// [`Metadata::url`].
    pub url: Option<&'a str>,
    /// [`Metadata::language`].
    pub language: Option<&'a str>,
}

/// Where the metadata of a document stand in the string that holds those of all: six fields behind each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fields {
    start: usize,
    /// One more than its length for each field; 0 where there is none.
    lengths: [u32; 6],
}

impl Fields {
    /// Puts metadata behind those of other documents.
    pub(super) fn put(metadata: &Metadata, all: &mut String) -> Self {
        let Metadata { id, source, title, date, url, language } = metadata;
        let start = all.len();
        let lengths = [id, source, title, date, url, language].map(|field| {
            let Some(field) = field else { return 0 };
            let Ok(length) = u32::try_from(field.len() + 1) else { return 0 };
            all.push_str(field);
            length
        });
        Self { start, lengths }
    }

    /// The same fields in a string before which so many bytes were put.
    pub(super) const fn behind(self, bytes: usize) -> Self {
        Self { start: self.start + bytes, ..self }
    }

    pub(super) fn of<'a>(&self, all: &'a str) -> About<'a> {
        let mut start = self.start;
        let [id, source, title, date, url, language] = self.lengths.map(|length| {
            let field = start..start + length.checked_sub(1)? as usize;
            start = field.end;
            all.get(field)
        });
        About { id, source, title, date, url, language }
    }
}

/// Whether line breaks inside a document's text are line breaks of its file.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LineOrigin {
    /// The text stands in the file as it is: its lines are the file's lines.
    #[default]
    Text,
    /// The text was a field of a record: all of it is on the record's first line.
    Record,
}

/// Lines of a document's text of which the input says what they are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// Their bytes in the document's own text.
    pub range: Range<usize>,
    /// What they are.
    pub kind: SentenceKind,
}

/// The place that a text had before it was removed from it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Stood {
    /// The file.
    pub file: String,
    /// The line in it, from 1.
    pub line: u64,
    /// The name of the document.
    pub document: String,
}

/// One document: a range of the corpus text and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) body: usize,
    pub(super) file: Option<FileId>,
    pub(super) line: u64,
    pub(super) line_origin: LineOrigin,
    pub(super) whole_file: bool,
    pub(super) record: (u64, u64),
    pub(super) metadata: Fields,
    pub(super) parts: Option<Box<[Part]>>,
    pub(super) stood: Option<Box<Stood>>,
}

impl Document {
    pub(super) fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Length of its text in bytes.
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether it has no text.
    pub const fn is_empty(&self) -> bool {
        self.end == self.start
    }

    /// Where its body begins in its own text, in bytes: past the head of title, date and URL of an `article`, else 0.
    pub const fn body(&self) -> usize {
        self.body
    }

    /// The file it came from, if any.
    pub const fn file(&self) -> Option<FileId> {
        self.file
    }

    /// Its first line in that file, from 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Whether line breaks in its text are line breaks of its file.
    pub const fn line_origin(&self) -> LineOrigin {
        self.line_origin
    }

    /// Whether it is all of its file.
    pub const fn is_whole_file(&self) -> bool {
        self.whole_file
    }

    /// The bytes of its record in the file's text (decompressed, in UTF-8, without a byte order mark), with its line end.
    pub const fn record(&self) -> Range<u64> {
        self.record.0..self.record.1
    }

    /// Where its text stood before an earlier run of `dedup` removed it, if it comes from the ledger of that run.
    pub fn stood(&self) -> Option<&Stood> {
        self.stood.as_deref()
    }

    /// What the input says of lines of its text, in order and apart; what lies in none of them is running text. `None` where
    /// the input says nothing, so that the kind of a line must be told by its looks.
    pub fn parts(&self) -> Option<&[Part]> {
        self.parts.as_deref()
    }
}

/// The lines of a document in its file.
#[derive(Clone, Debug)]
pub struct DocumentLines {
    pub(super) first: u64,
    pub(super) breaks: Vec<usize>,
}

impl DocumentLines {
    /// The line, from 1, in which a byte of the document's text stands. Cost: a binary search.
    pub fn line_of(&self, byte: u32) -> u64 {
        self.first + self.breaks.partition_point(|&end| end < byte as usize) as u64
    }
}

/// A record that did not become a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Skip {
    /// The file.
    pub path: String,
    /// The line in it, from 1, where it has one.
    pub line: Option<u64>,
    /// What was expected, or what was wrong.
    pub reason: String,
}
