//! Rows of comma- or tab-separated values, bounded: a quotation mark that nobody closes must not swallow the memory.
//!
//! This is `csv-core`, the engine of the `csv` crate, driven by hand: the crate itself holds a record however long it gets,
//! and counts the line feed of a CRLF to the record behind it.

use std::io::{self, BufRead};
use std::ops::Range;

use csv_core::ReadRecordResult;

/// The most fields of a row.
const FIELD_LIMIT: usize = 1 << 16;

/// What came of reading a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Row {
    /// Its fields stand ready.
    Read,
    /// It was longer than the limit; all of it was passed over.
    TooLong,
    /// The file ended within a quotation: what stands ready reaches to its end.
    Open,
    /// There was none.
    End,
}

/// A reader of rows.
pub(super) struct Rows<'a> {
    text: &'a mut dyn BufRead,
    parser: csv_core::Reader,
    /// The fields of the row, one behind the other.
    fields: Vec<u8>,
    /// Where each field ends.
    ends: Vec<usize>,
    field_count: usize,
    /// The line that is read next, from 1.
    next_line: u64,
    /// The first line of the row.
    line: u64,
    /// Where the row begins in the text, and where what was read ends, in bytes.
    start: u64,
    position: u64,
    limit: usize,
}

impl<'a> Rows<'a> {
    /// Rows of at most `limit` bytes.
    pub(super) fn new(text: &'a mut dyn BufRead, delimiter: u8, limit: usize) -> Self {
        Self {
            text,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            fields: vec![0; limit.clamp(1, 4 << 10)],
            ends: vec![0; 64],
            field_count: 0,
            next_line: 1,
            line: 1,
            start: 0,
            position: 0,
            limit,
        }
    }

    /// The first line of the row, from 1.
    pub(super) const fn line(&self) -> u64 {
        self.line
    }

    /// Its bytes in the text; the line feed of a CRLF may stand behind them.
    pub(super) const fn bytes(&self) -> Range<u64> {
        self.start..self.position
    }

    /// The line of the quotation mark that nobody closed in a row that is [`Row::Open`].
    pub(super) fn open_line(&self) -> u64 {
        let last = self.field_count.checked_sub(2).map_or(0, |before| self.ends[before]);
        let before = self.fields.get(..last).unwrap_or_default();
        self.line + memchr::memchr_iter(b'\n', before).count() as u64
    }

    /// How many fields the row has.
    pub(super) const fn field_count(&self) -> usize {
        self.field_count
    }

    /// A field of the row; empty where it has none.
    pub(super) fn field(&self, index: usize) -> &str {
        if index >= self.field_count {
            return "";
        }
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let bytes = self.fields.get(start..self.ends[index]).unwrap_or_default();
        // Text that was valid is cut at ASCII characters only, so this never fails.
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads the next row that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Row> {
        self.skip_line_ends()?;
        (self.line, self.start) = (self.next_line, self.position);
        let (mut length, mut count, mut is_too_long, mut is_open) = (0, 0, false, false);
        loop {
            let read = self.text.fill_buf()?;
            // Behind the file a line feed ends its last row, unless it is text: then nobody closed a quotation.
            let is_last = read.is_empty() && !is_open;
            let input = if is_last { b"\n" } else { read };
            let (result, taken, written, ended) =
                self.parser.read_record(input, &mut self.fields[length..], &mut self.ends[count..]);
            if is_last {
                match result {
                    ReadRecordResult::InputEmpty if written == 0 => return Ok(Row::End),
                    ReadRecordResult::InputEmpty => {
                        is_open = true;
                        continue;
                    }
                    _ => {}
                }
            } else {
                self.next_line += memchr::memchr_iter(b'\n', &input[..taken]).count() as u64;
                self.text.consume(taken);
                self.position += taken as u64;
            }
            length += written;
            count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => is_too_long |= !grow(&mut self.fields, self.limit),
                ReadRecordResult::OutputEndsFull => {
                    is_too_long |= !grow(&mut self.ends, FIELD_LIMIT);
                }
                ReadRecordResult::End => return Ok(Row::End),
                ReadRecordResult::Record => {
                    self.field_count = if is_too_long { 0 } else { count };
                    // The line feed that was put there is no text.
                    self.ends[count - 1] -= usize::from(is_open);
                    return Ok(match is_too_long {
                        _ if is_open => Row::Open,
                        true => Row::TooLong,
                        false => Row::Read,
                    });
                }
            }
            if is_too_long {
                (length, count) = (0, 0);
            }
        }
    }

    /// Passes over line ends before a row, so that its first line is known.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let input = self.text.fill_buf()?;
            let count = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.next_line += memchr::memchr_iter(b'\n', &input[..count]).count() as u64;
            self.text.consume(count);
            self.position += count as u64;
            if count == 0 {
                return Ok(());
            }
        }
    }
}

/// Doubles a buffer up to a limit; `false` if it is there already.
fn grow<T: Clone + Default>(buffer: &mut Vec<T>, limit: usize) -> bool {
    let length = buffer.len().saturating_mul(2).min(limit);
    if length <= buffer.len() {
        return false;
    }
    buffer.resize(length, T::default());
    true
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, limit: usize, chunk: usize) -> Vec<(u64, Vec<String>)> {
        let mut text = BufReader::with_capacity(chunk, text.as_bytes());
        let mut rows = Rows::new(&mut text, b',', limit);
        let mut found = Vec::new();
        loop {
            let fields = match rows.next().unwrap() {
                Row::End => return found,
                Row::TooLong => vec!["TOO LONG".to_owned()],
                Row::Read | Row::Open => {
                    (0..rows.field_count()).map(|index| rows.field(index).to_owned()).collect()
                }
            };
            found.push((rows.line(), fields));
        }
    }

    #[test]
    fn the_first_line_of_a_row_is_known_through_all_line_ends() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "", "\"one", "two\",\"say \"\"so\"\"\"", "", "", "x,é"].join(end);
            let quoted = format!("one{end}two");
            for chunk in 1..30 {
                let expected = [(1, "a", "b"), (3, quoted.as_str(), "say \"so\""), (7, "x", "é")];
                let expected = expected.map(|(line, a, b)| (line, vec![a.into(), b.into()]));
                assert_eq!(rows(&text, 1000, chunk), expected, "{end:?} {chunk}");
            }
        }
    }

    #[test]
    fn a_row_over_the_limit_is_passed_over_and_the_next_one_read() {
        let text = format!("a,b\n\"{}\n\",x\nc,d\n", "1234567\n".repeat(5));
        let found = rows(&text, 20, 7);
        assert_eq!(found[1], (2, vec!["TOO LONG".to_owned()]));
        assert_eq!(found[2], (9, vec!["c".to_owned(), "d".to_owned()]));
        let commas = format!("{}\nc,d\n", ",".repeat(FIELD_LIMIT));
        assert_eq!(rows(&commas, 1000, 64)[0].1, ["TOO LONG"]);
        assert_eq!(rows(&commas, 1000, 64)[1].0, 2);
    }

    #[test]
    fn an_open_quotation_mark_holds_no_more_than_the_limit() {
        let text = format!("\"{}", "x".repeat(1 << 20));
        let mut text = text.as_bytes();
        let mut rows = Rows::new(&mut text, b',', 10_000);
        assert_eq!(rows.next().unwrap(), Row::Open);
        assert!(rows.fields.capacity() <= 20_000);
        assert_eq!(rows.next().unwrap(), Row::End);
    }

    #[test]
    fn a_quotation_that_nobody_closes_is_known_with_its_line() {
        for (text, expected) in [
            ("a,\"b\nc\n", Some(1)),
            ("a,\"b\nc\",\"d\ne", Some(2)),
            ("\n\n\"", Some(3)),
            ("a,\"b\"", None),
            ("a,\"b\"\"", Some(1)),
            ("a,\"b\"\"\"", None),
            ("a,b\"c", None),
            ("a,b\n", None),
            ("a", None),
        ] {
            for chunk in 1..8 {
                let mut text = BufReader::with_capacity(chunk, text.as_bytes());
                let mut rows = Rows::new(&mut text, b',', 1000);
                let row = rows.next().unwrap();
                let found = (row == Row::Open).then(|| rows.open_line());
                assert_eq!(found, expected, "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_crate(text in "[ab,\"\r\n]{0,60}", chunk in 1_usize..20) {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> = reader
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            let found: Vec<_> = rows(&text, 1000, chunk).into_iter().map(|row| row.1).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
