//! A text on its way from one file into another: what passes is counted and digested on both sides.

use std::io::{BufRead, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::ledger::FileLine;
use crate::corpus::InputFile;
use crate::error::{Error, ErrorKind, Result};
use crate::read::FileText;

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();
/// Bytes that are copied at a time.
const CHUNK: u64 = 1 << 16;

/// Copies a text, and counts and digests both sides.
pub(super) struct Copy<'a, 'b> {
    text: &'a mut FileText<'b>,
    out: &'a mut dyn Write,
    path: &'a str,
    /// Bytes of the text that were read, without its byte order mark.
    pub(super) position: u64,
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

    /// Copies a byte order mark.
    pub(super) fn new(
        text: &'a mut FileText<'b>,
        (out, path): (&'a mut dyn Write, &'a str),
    ) -> Result<Self> {
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

    /// Copies up to a byte of the text, but for blanks and commas right before it, which are given.
    pub(super) fn up_to_separator(&mut self, end: u64, most: usize) -> Result<Vec<u8>> {
        let mut held = Vec::new();
        while self.position < end {
            let chunk = self.take_some((end - self.position).min(CHUNK))?;
            if chunk.is_empty() {
                break;
            }
            let behind = chunk.iter().rev().take_while(|byte| is_separator(**byte)).count();
            let (passed, separator) = chunk.split_at(chunk.len() - behind);
            if !passed.is_empty() {
                self.put(&held)?;
                self.put(passed)?;
                held.clear();
            }
            held.extend(separator);
            self.check_separator(&held, most)?;
        }
        Ok(held)
    }

    /// Takes blanks and commas, up to something else.
    pub(super) fn take_separator(&mut self, most: usize) -> Result<Vec<u8>> {
        let mut taken = Vec::new();
        loop {
            let waiting = self.text.fill_buf();
            let waiting = waiting.map_err(|cause| Error::io(Path::new(self.path), cause))?;
            let count = waiting.iter().take_while(|byte| is_separator(**byte)).count();
            if count == 0 {
                return Ok(taken);
            }
            taken.extend(self.take_some(count as u64)?);
            self.check_separator(&taken, most)?;
        }
    }

    fn check_separator(&self, separator: &[u8], most: usize) -> Result<()> {
        if separator.len() <= most {
            return Ok(());
        }
        let expected = format!("at most {most} bytes between records (`max_record`)");
        Err(Error::limit(expected).at(Path::new(self.path), None))
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

    /// The ledger's line for the file, and whether anything was written.
    pub(super) fn finish(self, file: &InputFile) -> (FileLine, bool) {
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

/// What stands between the elements of a JSON array.
const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',')
}
