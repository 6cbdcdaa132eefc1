//! A file without what was removed from it: the rest byte for byte, and a line of the ledger for each cut.
//!
//! The file is read once more and copied as a stream; only a record that loses something is held, to find the text in it.
//! A record whose text is not found where it should be (a stray quotation mark in a table) stays as it is and is counted.

use std::io::{BufRead, Write};
use std::ops::Range;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::Dedup;
use super::cuts::{Cut, cuts};
use super::ledger::{FileLine, LedgerLine};
use crate::config::Format;
use crate::corpus::InputFile;
use crate::error::{Error, ErrorKind, Result};
use crate::ids::DocumentId;
use crate::read::{FileText, text_of_record};

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();
/// Bytes that are copied at a time.
const CHUNK: u64 = 1 << 16;

/// What a file lost.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Rewritten {
    /// Whether anything of it is left.
    pub is_left: bool,
    /// Whether anything of it went.
    pub is_changed: bool,
    /// Whether its bytes (decompressed) are what its text says: UTF-8 without damage.
    pub is_exact: bool,
    /// Documents that were to lose something and whose text was not found in their records.
    pub unlocated: u64,
}

/// Writes a file without what goes.
pub(super) fn rewrite(
    dedup: &Dedup<'_>,
    (file, documents): (&InputFile, Range<usize>),
    text: &mut FileText<'_>,
    (out, ledger): (&mut dyn Write, &mut dyn Write),
) -> Result<Rewritten> {
    let mut copy = Copy::new(text, (out, &file.path))?;
    let (mut unlocated, mut is_changed) = (0, false);
    for document in documents.filter_map(DocumentId::from_index) {
        let Some(goes) = dedup.goes(document) else { continue };
        let record = dedup.corpus.document(document).record();
        copy.up_to(record.start)?;
        let record = copy.take(record.end - record.start)?;
        let start = copy.position - record.len() as u64;
        let found = record_cuts(dedup, file, (document, &record, &goes));
        let Some(found) = found else {
            unlocated += 1;
            copy.put(record.as_bytes())?;
            continue;
        };
        is_changed = true;
        let mut kept = 0;
        for Cut { sentence, range } in found {
            copy.put(&record.as_bytes()[kept..range.start])?;
            kept = range.end;
            let at = start + range.start as u64;
            let cut = record.get(range).unwrap_or_default();
            let line = dedup.ledger_line((document, sentence), at, cut);
            put_line(ledger, &LedgerLine::Removed(Box::new(line)))?;
        }
        copy.put(&record.as_bytes()[kept..])?;
    }
    copy.up_to(u64::MAX)?;
    let (line, is_left) = copy.finish(file);
    let is_exact = line.exact;
    let is_left = is_left || dedup.policy.keep_empty;
    let line = FileLine { output: dedup.output_of(file), left: is_left, ..line };
    put_line(ledger, &LedgerLine::File(line))?;
    Ok(Rewritten { is_left, is_changed, is_exact, unlocated })
}

pub(super) fn put_line(ledger: &mut dyn Write, line: &LedgerLine) -> Result<()> {
    let written = ledger.write_all(line.written()?.as_bytes());
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

/// The cuts of a record, in its bytes; `None` if its text is not found in it.
fn record_cuts(
    dedup: &Dedup<'_>,
    file: &InputFile,
    (document, record, goes): (DocumentId, &str, &[bool]),
) -> Option<Vec<Cut>> {
    let format: Format = file.format.parse().ok()?;
    let located = text_of_record(record, format, &dedup.config.input.fields, file.text_column)?;
    let text = dedup.corpus.text(document);
    if located.text != text || located.starts.len() != text.len() + 1 {
        return None;
    }
    let sentences = dedup.sentences_of(document);
    let at = |byte: usize| located.starts[byte] as usize;
    if goes.iter().all(|&goes| goes) {
        let whole = if dedup.policy.keep_empty { at(0)..at(text.len()) } else { 0..record.len() };
        let begins = |number: usize| at(sentences[number].span.range().start);
        return Some(shared_out(&whole, sentences.len(), begins));
    }
    let raw = |cut: Cut| Cut { range: at(cut.range.start)..at(cut.range.end), ..cut };
    let found = cuts(text, sentences, goes);
    let left = without(text, &found);
    let found: Vec<Cut> = found.into_iter().map(raw).collect();
    // What is left must read as what is left: a bare field of a table that now begins with a quotation mark would not.
    let record = without(record, &found);
    let read = text_of_record(&record, format, &dedup.config.input.fields, file.text_column);
    read.is_some_and(|read| read.text == left).then_some(found)
}

/// A text without what was cut out of it.
fn without(text: &str, cuts: &[Cut]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut kept = 0;
    for Cut { range, .. } in cuts {
        left.push_str(text.get(kept..range.start).unwrap_or_default());
        kept = range.end;
    }
    left.push_str(text.get(kept..).unwrap_or_default());
    left
}

/// A range, shared out among sentences that begin in it.
fn shared_out(whole: &Range<usize>, count: usize, begins: impl Fn(usize) -> usize) -> Vec<Cut> {
    let start = |number: usize| if number == 0 { whole.start } else { begins(number) };
    let end = |number: usize| if number + 1 == count { whole.end } else { begins(number + 1) };
    (0..count).map(|sentence| Cut { sentence, range: start(sentence)..end(sentence) }).collect()
}

/// Copies a text, and counts and digests both sides.
pub(super) struct Copy<'a, 'b> {
    text: &'a mut FileText<'b>,
    out: &'a mut dyn Write,
    path: &'a str,
    /// Bytes of the text that were read, without its byte order mark.
    position: u64,
    has_mark: bool,
    read: Xxh3,
    written: Xxh3,
    written_bytes: u64,
    last: u8,
}

impl<'a, 'b> Copy<'a, 'b> {
    /// Passes over a byte order mark.
    pub(super) fn without_mark(
        text: &'a mut FileText<'b>,
        (out, path): (&'a mut dyn Write, &'a str),
    ) -> Self {
        let (read, written) = (Xxh3::new(), Xxh3::new());
        Self {
            text,
            out,
            path,
            position: 0,
            has_mark: false,
            read,
            written,
            written_bytes: 0,
            last: b'\n',
        }
    }

    fn new(text: &'a mut FileText<'b>, (out, path): (&'a mut dyn Write, &'a str)) -> Result<Self> {
        let mut copy = Self::without_mark(text, (out, path));
        copy.has_mark = copy.text.has_mark();
        if copy.has_mark {
            copy.read.update(MARK);
            copy.put(MARK)?;
        }
        Ok(copy)
    }

    /// Copies up to a byte of the text, or to its end.
    pub(super) fn up_to(&mut self, end: u64) -> Result<()> {
        while self.position < end {
            let chunk = self.take_some((end - self.position).min(CHUNK))?;
            if chunk.is_empty() {
                return Ok(());
            }
            self.put(&chunk)?;
        }
        Ok(())
    }

    /// Takes a record of so many bytes, with the line feed of its CRLF.
    pub(super) fn take(&mut self, length: u64) -> Result<String> {
        let mut record = Vec::new();
        while (record.len() as u64) < length {
            let chunk = self.take_some(length - record.len() as u64)?;
            if chunk.is_empty() {
                break;
            }
            record.extend(chunk);
        }
        if record.ends_with(b"\r") {
            let next = self.text.fill_buf();
            if next.map_err(|cause| Error::io(Path::new(self.path), cause))?.first() == Some(&b'\n')
            {
                record.extend(self.take_some(1)?);
            }
        }
        String::from_utf8(record).map_err(|_| {
            let path = self.path;
            Error::record("the file as it was when it was read").at(Path::new(path), None)
        })
    }

    pub(super) const fn ends_inside_a_line(&self) -> bool {
        self.last != b'\n'
    }

    fn take_some(&mut self, most: u64) -> Result<Vec<u8>> {
        let waiting = match self.text.fill_buf() {
            Ok(waiting) => waiting,
            Err(cause) => return Err(Error::io(Path::new(self.path), cause)),
        };
        let count = waiting.len().min(usize::try_from(most).unwrap_or(usize::MAX));
        let taken = waiting[..count].to_vec();
        self.text.consume(count);
        self.read.update(&taken);
        self.position += count as u64;
        Ok(taken)
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.written.update(bytes);
        self.written_bytes += bytes.len() as u64;
        self.last = bytes.last().copied().unwrap_or(self.last);
        self.out.write_all(bytes).map_err(|cause| Error::new(ErrorKind::Io(cause)))
    }

    fn finish(self, file: &InputFile) -> (FileLine, bool) {
        let mark = if self.has_mark { MARK.len() as u64 } else { 0 };
        let line = FileLine {
            path: file.path.clone(),
            output: None,
            left: true,
            format: file.format.to_owned(),
            exact: self.text.is_exact(),
            mark: self.has_mark,
            bytes: self.position + mark,
            xxh3: format!("{:016x}", self.read.digest()),
            output_bytes: self.written_bytes,
            output_xxh3: format!("{:016x}", self.written.digest()),
        };
        (line, self.written_bytes > mark || self.position == 0)
    }
}
