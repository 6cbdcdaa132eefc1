//! The format `json`: an array of objects, an object alone, or objects one behind another, over as many lines as they like.
//!
//! [`Records`] finds where each object begins and ends; only then is it parsed, by the code that reads `jsonl`. So one record is held at a
//! time, at most `max_record` bytes of it. Objects inside others (`{"articles": [...]}`) are no records.

mod records;

use std::io::{self, BufRead};

use crate::corpus::LineOrigin;
use crate::error::{Error, Result};

use super::intake::Intake;
use super::jsonl::{self, Chosen};
use super::lines::too_long;
use records::{Found, Records};

/// Reads a document a record.
pub(super) fn read(text: &mut dyn BufRead, intake: &mut Intake<'_>) -> Result<()> {
    let limit = intake.config().max_record;
    let mut records = Records::new(text, limit);
    let mut chosen = Chosen::default();
    loop {
        let found = records.next().map_err(|cause| intake.failed(cause))?;
        let line = records.line;
        intake.begin_record(records.start..records.position);
        match found {
            Found::End => return chosen.check(intake),
            Found::TooLong => intake.bad_record(line, too_long(limit))?,
            Found::Torn(expected) => intake.bad_record(line, Error::record(expected))?,
            Found::Record => {
                // Decoded text is valid, and cut at ASCII characters only, so this borrows.
                let json = String::from_utf8_lossy(&records.buffer);
                match jsonl::record(&json, line, &intake.config().fields) {
                    Ok((text, metadata)) => {
                        chosen.found();
                        intake.add(&text, LineOrigin::Record, metadata).line(line);
                    }
                    Err(error) => {
                        chosen.note(&json, &intake.config().fields);
                        intake.bad_record(line, error)?;
                    }
                }
            }
        }
    }
}

/// The records once more, each on one line; where each begins in the text.
pub(super) fn lines(
    text: &mut dyn BufRead,
    limit: usize,
) -> impl Iterator<Item = io::Result<(u64, String)>> {
    let mut records = Records::new(text, limit);
    std::iter::from_fn(move || {
        loop {
            match records.next() {
                Err(cause) => return Some(Err(cause)),
                Ok(Found::End) => return None,
                Ok(Found::TooLong | Found::Torn(_)) => {}
                Ok(Found::Record) => {
                    let json = String::from_utf8_lossy(&records.buffer);
                    return Some(Ok((records.start, on_one_line(&json))));
                }
            }
        }
    })
}

/// JSON without its line breaks and what they indent: none stands in a string.
fn on_one_line(json: &str) -> String {
    json.lines().map(str::trim_ascii_start).collect::<String>().replace('\r', "")
}

/// Whether the beginning of a file shows a JSON object on its first line, and its end.
pub(super) fn is_a_line(head: &[u8]) -> bool {
    let first = head.trim_ascii_start().split(|&byte| byte == b'\n').next().unwrap_or_default();
    first.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
}

/// Whether text that nobody told to be JSON begins as an array of objects, or as an object that goes on over lines. What
/// breaks off on a line while the next one begins an object is a bad record a line.
pub(super) fn is_json(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    if let Some(rest) = head.strip_prefix(b"[") {
        let object = rest.trim_ascii_start().strip_prefix(b"{");
        return object.is_some_and(|rest| matches!(rest.trim_ascii_start(), [b'"' | b'}', ..]));
    }
    let Some(end) = memchr::memchr(b'\n', head).filter(|_| head.starts_with(b"{")) else {
        return false;
    };
    let (first, rest) = head.split_at(end);
    let parsed = serde_json::from_slice::<serde::de::IgnoredAny>(first);
    parsed.is_err_and(|cause| cause.is_eof()) && !rest.trim_ascii_start().starts_with(b"{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_json_from_json_lines_and_prose() {
        for json in ["[{\"a\": 1", " [\n\n{}", "{\n\"a\": 1", "{\"a\": [\n1"] {
            assert!(is_json(json.as_bytes()) && !is_a_line(json.as_bytes()), "{json}");
        }
        for other in [
            "{\"a\": 1}\n{",
            "{\"a\": \"cut\n{\"a\": 1}",
            "[sic]",
            "[{curly}]",
            "{curly\n",
            "",
            "{",
        ] {
            assert!(!is_json(other.as_bytes()), "{other}");
        }
        assert!(is_a_line(b"\n{\"a\": 1}\r\n{") && is_a_line(b"{}") && !is_a_line(b"[{}]"));
    }
}
