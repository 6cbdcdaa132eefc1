//! The records of a web archive, one at a time: a line `WARC/1.1`, named fields, a blank line, so many bytes, two blank
//! lines.
//!
//! Nothing of a record is believed before the next one begins where its length says. A record whose length is wrong is a bad
//! one, and the next is looked for behind its header, at the beginnings of lines. A file that ends within a record ends
//! early. Cost: one pass, and a second one over the bytes of bad records. Memory: a record up to the limit, twice while the
//! next is looked for.

use std::io::{self, BufRead, Read};

use super::again::Again;
use super::header::Header;

/// The longest header, in bytes.
const LONGEST_HEADER: usize = 64 << 10;
const MAGIC: &[u8] = b"WARC/";

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    /// Its fields.
    pub(super) header: Header,
    /// Its bytes; `None` if nobody wanted them.
    pub(super) body: Option<Vec<u8>>,
}

/// What came of reading a record.
#[derive(Debug)]
pub(super) enum Found {
    /// A record.
    Record(Record),
    /// No record, for what was expected; what follows can be read.
    Bad(String),
    /// A record over the limit; all of it was passed over.
    TooLong,
    /// The file has ended.
    End,
}

/// A reader of records.
pub(super) struct Records<'a> {
    bytes: Again<'a>,
    limit: usize,
    /// The record that was read last, from 1.
    number: u64,
    /// Its first byte.
    start: u64,
}

impl<'a> Records<'a> {
    /// Records of at most `limit` bytes.
    pub(super) fn new(bytes: &'a mut dyn BufRead, limit: usize) -> Self {
        Self { bytes: Again::new(bytes), limit, number: 0, start: 0 }
    }

    /// The number of the record that was read last, from 1; bad ones count.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next record; its bytes only if its header makes somebody want them.
    pub(super) fn next(&mut self, is_wanted: impl Fn(&Header) -> bool) -> io::Result<Found> {
        if !self.skip_line_ends()? {
            return Ok(Found::End);
        }
        self.number += 1;
        self.start = self.bytes.offset();
        let header = match self.header()? {
            Ok(header) => header,
            Err(expected) => return self.bad(&expected),
        };
        let length = header.get("content-length").and_then(|length| length.parse().ok());
        let Some(length): Option<u64> = length else {
            return self.bad("a number under Content-Length");
        };
        let is_again = self.bytes.is_again();
        let is_too_long = length > self.limit as u64;
        let body = if is_wanted(&header) && !is_too_long {
            Some(self.body(length)?)
        } else {
            let passed = self.bytes.pass_over(length)?;
            self.check_end(passed, length)?;
            None
        };
        if self.is_at_border()? {
            let record = Record { header, body };
            let fits = !is_too_long || !is_wanted(&record.header);
            return Ok(if fits { Found::Record(record) } else { Found::TooLong });
        }
        if let Some(body) = body.filter(|_| !is_again) {
            // Bytes are read twice at most, however many wrong lengths stand in them.
            self.bytes.put_back(body);
        }
        self.bad(&format!("a record behind the {length} bytes of this one"))
    }

    /// The fields of a record, or what was expected of them.
    fn header(&mut self) -> io::Result<Result<Header, String>> {
        let mut block = Vec::new();
        let mut first = 0;
        loop {
            let before = block.len();
            let room = LONGEST_HEADER.saturating_sub(before);
            let length = self.bytes.line(room, &mut block)?;
            let line = block.get(before..).unwrap_or_default();
            if before == 0 {
                if !line.starts_with(MAGIC) {
                    return Ok(Err("a record that begins with WARC/".to_owned()));
                }
                first = length;
            }
            if matches!(line, b"\n" | b"\r\n") {
                return Ok(Ok(Header::read(block.get(first..).unwrap_or_default())));
            }
            if length == room {
                return Ok(Err(format!("a header of at most {LONGEST_HEADER} bytes")));
            }
            if line.last() != Some(&b'\n') {
                return Err(self.ends_early());
            }
        }
    }

    fn body(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        let read = self.bytes.by_ref().take(length).read_to_end(&mut body)?;
        self.check_end(read as u64, length)?;
        Ok(body)
    }

    fn check_end(&self, read: u64, length: u64) -> io::Result<()> {
        if read < length { Err(self.ends_early()) } else { Ok(()) }
    }

    fn ends_early(&self) -> io::Error {
        let Self { number, start, .. } = self;
        let message = format!("ends early: record {number} is cut off (it begins at byte {start})");
        io::Error::new(io::ErrorKind::InvalidData, message)
    }

    /// Passes over line ends; `false` if the file ends.
    fn skip_line_ends(&mut self) -> io::Result<bool> {
        loop {
            let next = self.bytes.fill_buf()?;
            if next.is_empty() {
                return Ok(false);
            }
            let count = next.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.bytes.consume(count);
            if count == 0 {
                return Ok(true);
            }
        }
    }

    /// Whether a record begins here behind line ends, or the file ends.
    fn is_at_border(&mut self) -> io::Result<bool> {
        if !self.skip_line_ends()? {
            return Ok(true);
        }
        let mut next = Vec::new();
        self.bytes.by_ref().take(MAGIC.len() as u64).read_to_end(&mut next)?;
        let is_record = next == MAGIC;
        self.bytes.put_back(next);
        Ok(is_record)
    }

    /// Goes on to the next line that looks like the first one of a record.
    fn bad(&mut self, expected: &str) -> io::Result<Found> {
        let start = self.start;
        let mut line = Vec::new();
        let mut is_line_start = true;
        while self.bytes.line(LONGEST_HEADER, &mut line)? > 0 {
            let digit = line.strip_prefix(MAGIC).and_then(<[u8]>::first);
            if is_line_start && digit.is_some_and(u8::is_ascii_digit) {
                self.bytes.put_back(line);
                break;
            }
            is_line_start = line.last() == Some(&b'\n');
            line.clear();
        }
        Ok(Found::Bad(format!("{expected} (it begins at byte {start})")))
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    fn record(length: usize, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn read(bytes: &[u8], limit: usize, chunk: usize) -> io::Result<Vec<String>> {
        let mut bytes = BufReader::with_capacity(chunk, bytes);
        let mut records = Records::new(&mut bytes, limit);
        let mut found = Vec::new();
        loop {
            let number = records.number() + 1;
            found.push(match records.next(|_| true)? {
                Found::End => return Ok(found),
                Found::Record(record) => {
                    let body = String::from_utf8(record.body.unwrap()).unwrap();
                    format!("{number}: {body}")
                }
                Found::Bad(expected) => format!("{number}: expected {expected}"),
                Found::TooLong => format!("{number}: too long"),
            });
        }
    }

    fn plainly(text: &str) -> Vec<String> {
        let found = read(text.as_bytes(), 1_000, 100).unwrap();
        for chunk in 1..20 {
            assert_eq!(read(text.as_bytes(), 1_000, chunk).unwrap(), found, "{chunk}");
        }
        found
    }

    #[test]
    fn records_follow_each_other_with_any_line_ends() {
        let text = record(3, "one") + &record(0, "") + &record(5, "t\r\nwo");
        assert_eq!(plainly(&text), ["1: one", "2: ", "3: t\r\nwo"]);
        let text = text.replace("\r\n", "\n").replace("h: 5", "h: 4");
        assert_eq!(plainly(&text), ["1: one", "2: ", "3: t\nwo"]);
        let close = text.replace("\n\nWARC", "\nWARC");
        assert_eq!(plainly(close.trim_end()), ["1: one", "2: ", "3: t\nwo"]);
        assert!(plainly("").is_empty());
    }

    #[test]
    fn a_wrong_length_costs_its_own_record() {
        let wrong = "expected a record behind the";
        for length in [1, 12, 120] {
            let text = record(3, "one") + &record(length, "two two") + &record(3, "six");
            let found = plainly(&(text + &record(3, "end")));
            assert_eq!(found.len(), 4, "{found:?}");
            assert!(found[1].starts_with(&format!("2: {wrong}")), "{found:?}");
            assert_eq!((&*found[0], &*found[2], &*found[3]), ("1: one", "3: six", "4: end"));
        }
    }

    #[test]
    fn what_is_no_record_is_passed_over_and_counted_once() {
        let text =
            format!("junk\nmore\n{}WARC/1.0\r\nX: y\r\n\r\n{}", record(1, "a"), record(1, "b"));
        let found = plainly(&text);
        assert_eq!(found[0], "1: expected a record that begins with WARC/ (it begins at byte 0)");
        assert!(found[2].starts_with("3: expected a number under Content-Length"), "{found:?}");
        assert_eq!((&*found[1], &*found[3]), ("2: a", "4: b"));
    }

    #[test]
    fn a_record_over_the_limit_is_passed_over_and_one_cut_off_ends_the_file() {
        let text = record(3, "one") + &record(9, "123456789") + &record(3, "two");
        let found = read(text.as_bytes(), 8, 7).unwrap();
        assert_eq!(found, ["1: one", "2: too long", "3: two"]);
        for length in text.len() - 15..text.len() - 7 {
            let error = read(&text.as_bytes()[..length], 8, 7).unwrap_err().to_string();
            assert!(error.starts_with("ends early: record 3 is cut off"), "{error}");
        }
    }

    #[test]
    fn a_header_without_end_is_not_held() {
        let text = format!("WARC/1.0\r\n{}\r\n{}", "x".repeat(200_000), record(1, "a"));
        let found = read(text.as_bytes(), 8, 1_000).unwrap();
        assert!(found[0].contains("a header of at most 65536 bytes"), "{found:?}");
        assert_eq!(found[1], "2: a");
    }

    proptest! {
        #[test]
        fn no_bytes_hang_the_reader(
            parts in proptest::collection::vec("WARC/1.0\r\n|WARC/|Content-Length: [0-9]{1,3}\r\n|\r\n|\n|.{0,9}", 0..20),
        ) {
            let bytes = parts.concat().into_bytes();
            let mut reader = BufReader::with_capacity(5, bytes.as_slice());
            let mut records = Records::new(&mut reader, 50);
            while !matches!(records.next(|_| true), Ok(Found::End) | Err(_)) {}
            prop_assert!(records.number() <= bytes.len() as u64);
        }
    }
}
