//! Where the records of JSON begin and end, by brackets and strings alone.
//!
//! A bad record is passed over at its closing bracket. Where a string is not closed on its line, no bracket can be trusted: reading goes on at the
//! next line that begins an object as deep in the page as the broken one; the record says where that was. Commas are not missed.

use std::io::{self, BufRead};

/// What came of looking for the next record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Found {
    /// It stands in the buffer.
    Record,
    /// It was longer than the limit; all of it was passed over.
    TooLong,
    /// It does not end where it should: what was expected.
    Torn(String),
    /// There was none.
    End,
}

/// Where a record ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Shape {
    /// Behind as many closing brackets as it opens.
    Object,
    /// So too.
    Array,
    /// Behind a closing quotation mark.
    Quoted,
    /// Before a comma, a bracket or the end of the line: a number, or no JSON at all.
    Bare,
}

/// Finds records.
pub(super) struct Records<'a> {
    text: &'a mut dyn BufRead,
    pub(super) buffer: Vec<u8>,
    limit: usize,
    /// The first line of the record, from 1, and its first byte.
    pub(super) line: u64,
    pub(super) start: u64,
    /// Where reading stands.
    at: Position,
    /// Bytes that were read.
    pub(super) position: u64,
    /// The line of the array that holds the records, while it is open.
    array: Option<u64>,
}

/// A place in the text.
#[derive(Clone, Copy, Debug)]
struct Position {
    /// The line, from 1.
    line: u64,
    /// Blanks at the beginning of the line.
    indent: usize,
    /// Whether nothing but blanks, commas and the array's bracket has been on the line.
    is_blank: bool,
}

impl Position {
    fn pass(&mut self, byte: u8) {
        match byte {
            b'\n' => *self = Self { line: self.line + 1, indent: 0, is_blank: true },
            b' ' | b'\t' if self.is_blank => self.indent += 1,
            b' ' | b'\t' | b'\r' | b',' | b'[' => {}
            _ => self.is_blank = false,
        }
    }
}

/// What the last byte stands in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Within {
    /// No string.
    Nothing,
    /// A string.
    String,
    /// A string, behind a backslash.
    Escape,
}

/// How far the end of a record has been looked for.
#[derive(Clone, Copy, Debug)]
struct Scan {
    shape: Shape,
    depth: u64,
    within: Within,
    /// Whether a byte was seen that stands for itself.
    has_begun: bool,
    /// Whether an object was closed by a square bracket: it was never closed, and the bracket is the array's.
    is_misclosed: bool,
}

/// How a record ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum End {
    /// As it should.
    Whole,
    /// Within a string that is not closed on its line.
    Broken,
}

impl Scan {
    /// By the first byte of a record.
    fn new(first: u8) -> Self {
        let shape = match first {
            b'{' => Shape::Object,
            b'[' => Shape::Array,
            b'"' => Shape::Quoted,
            _ => Shape::Bare,
        };
        Self { shape, depth: 0, within: Within::Nothing, has_begun: false, is_misclosed: false }
    }

    /// Looks for the end among these bytes: how many of them belong to the record, and how it ends there.
    fn reach(&mut self, bytes: &[u8], at: &mut Position) -> (usize, Option<End>) {
        if self.shape == Shape::Bare {
            // Its first byte belongs to it whatever it is, a stray bracket too: reading must go on.
            let known = usize::from(!std::mem::replace(&mut self.has_begun, true));
            let rest = bytes.get(known..).unwrap_or_default();
            let end = rest.iter().position(|byte| matches!(byte, b',' | b']' | b'\n'));
            let length = end.map_or(bytes.len(), |end| known + end);
            bytes.iter().take(length).for_each(|&byte| at.pass(byte));
            return (length, end.map(|_| End::Whole));
        }
        for (before, &byte) in bytes.iter().enumerate() {
            at.pass(byte);
            if let Some(end) = self.pass(byte) {
                return (before + 1, Some(end));
            }
        }
        (bytes.len(), None)
    }

    /// Whether the record ends behind this byte.
    fn pass(&mut self, byte: u8) -> Option<End> {
        match (self.within, byte) {
            (Within::Nothing, _) => {}
            (_, b'\n') => return Some(End::Broken),
            (Within::String, b'\\') => {
                self.within = Within::Escape;
                return None;
            }
            (Within::String, b'"') => {
                self.within = Within::Nothing;
                return (self.shape == Shape::Quoted).then_some(End::Whole);
            }
            _ => {
                self.within = Within::String;
                return None;
            }
        }
        match byte {
            b'"' => self.within = Within::String,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.is_misclosed = self.shape == Shape::Object && byte == b']';
                return (self.depth == 0).then_some(End::Whole);
            }
            _ => {}
        }
        None
    }
}

impl<'a> Records<'a> {
    /// Records of at most `limit` bytes.
    pub(super) fn new(text: &'a mut dyn BufRead, limit: usize) -> Self {
        let at = Position { line: 1, indent: 0, is_blank: true };
        Self { text, buffer: Vec::new(), limit, line: 1, start: 0, at, position: 0, array: None }
    }

    /// Reads the next record.
    pub(super) fn next(&mut self) -> io::Result<Found> {
        let Some(first) = self.first()? else {
            return Ok(match self.array.take() {
                None => Found::End,
                Some(line) => {
                    self.line = line;
                    Found::Torn("a closing bracket before the end of the file".to_owned())
                }
            });
        };
        self.buffer.clear();
        let begin = self.at;
        (self.line, self.start) = (begin.line, self.position);
        match self.record(Scan::new(first))? {
            Some(found) => Ok(found),
            None => self.resume(begin),
        }
    }

    fn consume(&mut self, count: usize) {
        self.text.consume(count);
        self.position += count as u64;
    }

    /// Passes over what stands between records; the first byte of the next one.
    fn first(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.text.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let mut passed = 0;
            let mut first = None;
            for &byte in chunk {
                match byte {
                    b'[' if self.array.is_none() => self.array = Some(self.at.line),
                    b']' if self.array.is_some() => self.array = None,
                    b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
                    byte => {
                        first = Some(byte);
                        break;
                    }
                }
                self.at.pass(byte);
                passed += 1;
            }
            self.consume(passed);
            if first.is_some() {
                return Ok(first);
            }
        }
    }

    /// Reads a record to its end; `None` if a string in it is not closed on its line, of which nothing is left then.
    fn record(&mut self, mut scan: Scan) -> io::Result<Option<Found>> {
        let mut is_too_long = false;
        loop {
            let chunk = self.text.fill_buf()?;
            if chunk.is_empty() && scan.shape != Shape::Bare {
                self.array = None;
                let expected = "a JSON object, found the end of the file in it";
                return Ok(Some(Found::Torn(expected.to_owned())));
            }
            let (length, end) = scan.reach(chunk, &mut self.at);
            is_too_long |= self.buffer.len() + length > self.limit;
            if is_too_long {
                self.buffer.clear();
            } else {
                self.buffer.extend_from_slice(chunk.get(..length).unwrap_or_default());
            }
            let is_last = chunk.is_empty();
            self.consume(length);
            match end {
                None if !is_last => continue,
                Some(End::Broken) => return Ok(None),
                _ => {}
            }
            if scan.is_misclosed {
                self.array = None;
            }
            return Ok(Some(if is_too_long { Found::TooLong } else { Found::Record }));
        }
    }

    /// Goes on behind a record with a broken string: at the next line that begins an object where that one's line began.
    fn resume(&mut self, begin: Position) -> io::Result<Found> {
        let broken = self.at.line - 1;
        loop {
            let chunk = self.text.fill_buf()?;
            if chunk.is_empty() {
                self.array = None;
                return Ok(Found::Torn(format!(
                    "a string that ends on line {broken}; nothing behind it could be read"
                )));
            }
            let mut passed = 0;
            let mut is_found = false;
            for &byte in chunk {
                let is_there = self.at.is_blank && self.at.indent <= begin.indent;
                is_found = is_there && (byte == b'{' || byte == b']');
                if is_found {
                    break;
                }
                self.at.pass(byte);
                passed += 1;
            }
            self.consume(passed);
            if is_found {
                let line = self.at.line;
                return Ok(Found::Torn(format!(
                    "a string that ends on line {broken}; read on at line {line}"
                )));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use proptest::prelude::*;

    use super::*;

    fn records(text: &str, limit: usize, chunk: usize) -> Vec<(u64, Result<String, String>)> {
        let mut text = BufReader::with_capacity(chunk, text.as_bytes());
        let mut records = Records::new(&mut text, limit);
        let mut found = Vec::new();
        loop {
            let record = match records.next().unwrap() {
                Found::End => return found,
                Found::TooLong => Err("too long".to_owned()),
                Found::Torn(expected) => Err(expected),
                Found::Record => Ok(String::from_utf8(records.buffer.clone()).unwrap()),
            };
            found.push((records.line, record));
        }
    }

    fn found(text: &str) -> Vec<(u64, Result<String, String>)> {
        let whole = records(text, 1000, 1000);
        for chunk in 1..8 {
            assert_eq!(records(text, 1000, chunk), whole, "{chunk}");
        }
        whole
    }

    fn ok(line: u64, text: &str) -> (u64, Result<String, String>) {
        (line, Ok(text.to_owned()))
    }

    fn torn(line: u64, expected: &str) -> (u64, Result<String, String>) {
        (line, Err(expected.to_owned()))
    }

    #[test]
    fn records_are_found_in_arrays_and_without_them_with_the_lines_where_they_begin() {
        let (one, two) = ("{\"a\": \"}\\\"]\",\n  \"b\": [{}, []]}", "{}");
        for (before, between, behind) in [
            ("[", ",", "]"),
            ("[\n", "\n,", "\n]\n"),
            ("", "\n", ""),
            ("\n\n", "", "\n"),
            ("[[", ",", "]]"),
        ] {
            let text = format!("{before}{one}{between}{two}{behind}");
            let line = |text: &str| 1 + text.matches('\n').count() as u64;
            let expected = if before == "[[" {
                vec![ok(1, &format!("[{one},{two}]"))]
            } else {
                let second = line(&format!("{before}{one}{between}"));
                vec![ok(line(before), one), ok(second, two)]
            };
            assert_eq!(found(&text), expected, "{text}");
        }
        assert_eq!(found(""), []);
        assert_eq!(found("[]\n[ ]"), []);
    }

    #[test]
    fn what_is_no_object_is_a_record_that_others_refuse() {
        assert_eq!(found("[1, \"a, b]\", null]"), [ok(1, "1"), ok(1, "\"a, b]\""), ok(1, "null")]);
        assert_eq!(found("Some prose.\n{}"), [ok(1, "Some prose."), ok(2, "{}")]);
        assert_eq!(found("[]] }{}"), [ok(1, "] }{}")]);
    }

    #[test]
    fn what_the_file_does_not_close_is_torn() {
        let bracket = "a closing bracket before the end of the file";
        assert_eq!(found("\n[\n{}"), [ok(3, "{}"), torn(2, bracket)]);
        let end = "a JSON object, found the end of the file in it";
        assert_eq!(found("[{}, \n{\"a\": [1"), [ok(1, "{}"), torn(2, end)]);
        assert_eq!(found("[\n{\"a\": 1,\n{}\n]\n"), [ok(2, "{\"a\": 1,\n{}\n]")]);
    }

    #[test]
    fn behind_a_string_that_is_not_closed_reading_goes_on_at_the_next_object_of_its_kind() {
        let text = "[\n  {\n    \"a\": \"x,\n    \"b\": [\n      {\"c\": 1}\n    ]\n  },\n  {\"a\": 2}\n]\n";
        let expected = "a string that ends on line 3; read on at line 8";
        assert_eq!(found(text), [torn(2, expected), ok(8, "{\"a\": 2}")]);
        let expected = "a string that ends on line 1; nothing behind it could be read";
        assert_eq!(found("[{\"a\": \"x}\n \"b\" {}"), [torn(1, expected)]);
    }

    #[test]
    fn a_record_over_the_limit_is_passed_over_and_the_next_one_read() {
        let text = format!("[{{\"a\": \"{}\"}},\n{{}}]", "x".repeat(100));
        for chunk in [1, 7, 1000] {
            assert_eq!(records(&text, 50, chunk), [torn(1, "too long"), ok(2, "{}")]);
        }
        let mut text = BufReader::new(io::repeat(b'{').take(1 << 20));
        let mut records = Records::new(&mut text, 1000);
        assert!(matches!(records.next().unwrap(), Found::Torn(_)));
        assert!(records.buffer.capacity() < 100_000);
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end_and_is_cut_alike_in_chunks_of_any_size(
            text in "[\\[\\]{},:\"\\\\\n a1]{0,60}",
            chunk in 1_usize..20,
        ) {
            prop_assert_eq!(records(&text, 20, chunk), records(&text, 20, 1000));
        }

        #[test]
        fn records_are_those_of_serde_json(
            texts in proptest::collection::vec("[a\\[\\]{}\",\n\\\\é]{0,9}", 0..6),
            is_pretty in any::<bool>(),
        ) {
            let values: Vec<_> = texts.iter().map(|text| serde_json::json!({"a": [text, {}]})).collect();
            let text = if is_pretty { serde_json::to_string_pretty(&values) } else { serde_json::to_string(&values) };
            let found = records(&text.unwrap(), 1000, 7);
            let found: Vec<serde_json::Value> =
                found.iter().map(|(_, text)| serde_json::from_str(text.as_ref().unwrap()).unwrap()).collect();
            prop_assert_eq!(found, values);
        }
    }
}
