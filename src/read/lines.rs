//! The format `lines`, and lines for whoever else reads by them: bounded, without their line ends.

use std::io::{self, BufRead};

use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::intake::Intake;

/// Reads a document a line; blank lines are none.
pub(super) fn read(text: &mut dyn BufRead, intake: &mut Intake<'_>) -> Result<()> {
    each(text, intake, |line, text, intake| {
        intake.add(text, LineOrigin::Text, Metadata::default()).line(line);
        Ok(())
    })
}

/// Calls `take` with every line that is not blank and its number, from 1. Lines over the limit of a record are bad records.
pub(super) fn each<'a>(
    text: &mut dyn BufRead,
    intake: &mut Intake<'a>,
    mut take: impl FnMut(u64, &str, &mut Intake<'a>) -> Result<()>,
) -> Result<()> {
    let limit = intake.config().max_record;
    let (mut buffer, mut end) = (Vec::new(), 0);
    for number in 1.. {
        let start = end;
        let line = next(text, &mut buffer, (limit, &mut end));
        let line = line.map_err(|cause| intake.failed(cause))?;
        intake.begin_record(start..end);
        match line {
            Line::End => break,
            Line::TooLong => intake.bad_record(number, too_long(limit))?,
            Line::Read => {
                // Decoded text is valid up to every line feed, so this borrows.
                let line = String::from_utf8_lossy(&buffer);
                if !line.trim().is_empty() {
                    take(number, &line, intake)?;
                }
            }
        }
    }
    Ok(())
}

/// A record over the limit.
pub(super) fn too_long(limit: usize) -> Error {
    Error::limit(format!("longer than {limit} bytes, the limit of a record (`max_record`)"))
}

/// What came of reading a line.
#[derive(Debug, Eq, PartialEq)]
enum Line {
    /// It stands in the buffer.
    Read,
    /// It was longer than the limit; all of it was passed over.
    TooLong,
    /// There was none.
    End,
}

/// Reads one line into the buffer without its end; never holds more than `limit` bytes of it. `position` counts the bytes
/// that were read.
fn next(
    text: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    (limit, position): (usize, &mut u64),
) -> io::Result<Line> {
    buffer.clear();
    let (mut has_begun, mut is_too_long) = (false, false);
    loop {
        let chunk = text.fill_buf()?;
        if chunk.is_empty() && !has_begun {
            return Ok(Line::End);
        }
        has_begun = true;
        let end = memchr::memchr(b'\n', chunk);
        let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
        is_too_long |= buffer.len() + part.len() > limit;
        if is_too_long {
            buffer.clear();
        } else {
            buffer.extend_from_slice(part);
        }
        let is_finished = end.is_some() || chunk.is_empty();
        let taken = part.len() + usize::from(end.is_some());
        text.consume(taken);
        *position += taken as u64;
        if is_finished {
            buffer.pop_if(|byte| *byte == b'\r');
            return Ok(if is_too_long { Line::TooLong } else { Line::Read });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(text: &str, limit: usize, chunk: usize) -> Vec<Option<String>> {
        let mut text = BufReader::with_capacity(chunk, text.as_bytes());
        let (mut buffer, mut lines) = (Vec::new(), Vec::new());
        loop {
            match next(&mut text, &mut buffer, (limit, &mut 0)).unwrap() {
                Line::End => return lines,
                Line::TooLong => lines.push(None),
                Line::Read => lines.push(Some(String::from_utf8(buffer.clone()).unwrap())),
            }
        }
    }

    #[test]
    fn lines_lose_their_ends_whatever_the_chunks() {
        let expected = ["one", "", "two\rthree", "four"].map(|line| Some(line.to_owned()));
        for chunk in 1..20 {
            assert_eq!(lines("one\r\n\ntwo\rthree\r\nfour\r", 20, chunk), expected);
        }
        assert!(lines("", 20, 8).is_empty());
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over_and_the_next_one_read() {
        for chunk in 1..20 {
            let found = lines("12345\n123456\n1\n", 5, chunk);
            assert_eq!(found, [Some("12345".to_owned()), None, Some("1".to_owned())]);
        }
    }

    #[test]
    fn a_line_over_the_limit_is_never_held() {
        let text = "x".repeat(1 << 20);
        let mut buffer = Vec::new();
        let mut reader = BufReader::with_capacity(64, text.as_bytes());
        assert_eq!(next(&mut reader, &mut buffer, (1000, &mut 0)).unwrap(), Line::TooLong);
        assert!(buffer.capacity() <= 2000, "{}", buffer.capacity());
    }
}
