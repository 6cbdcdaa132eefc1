//! The formats `text` and `article`: the whole file is one document.

use std::io::{self, BufRead};

use crate::config::Format;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::article::{self, Head};
use super::failure;
use super::intake::Intake;

/// Reads a file as one document; a blank file is none.
pub(super) fn read(text: &mut dyn BufRead, format: Format, intake: &mut Intake<'_>) -> Result<()> {
    let whole = whole(text, intake.config().max_document);
    let whole = whole.map_err(|cause| intake.failed(cause))?;
    if whole.trim().is_empty() {
        return Ok(());
    }
    intake.begin_record(0..whole.len() as u64);
    let head = if format == Format::Article { article::head(&whole) } else { None };
    match head {
        Some(head) => add_article(&whole, &head, intake),
        None if format == Format::Article && intake.config().format.is_some() => {
            let expected =
                "an article: its title, date (YYYYMMDD) and URL on the first three lines";
            return intake.bad_record(1, Error::record(expected));
        }
        None => {
            intake.add(&whole, LineOrigin::Text, Metadata::default()).whole_file();
        }
    }
    Ok(())
}

fn add_article(whole: &str, head: &Head<'_>, intake: &mut Intake<'_>) {
    let metadata = Metadata {
        title: Some(head.title.to_owned()),
        date: Some(head.date.to_owned()),
        url: Some(head.url.to_owned()),
        ..Metadata::default()
    };
    intake.add(whole, LineOrigin::Text, metadata).whole_file().body(head.body);
}

/// All text, up to a limit in bytes.
fn whole(text: &mut dyn BufRead, limit: usize) -> io::Result<String> {
    Ok(String::from_utf8(whole_bytes(text, limit)?)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// All bytes, up to a limit.
pub(super) fn whole_bytes(bytes: &mut dyn BufRead, limit: usize) -> io::Result<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let chunk = bytes.fill_buf()?;
        let length = chunk.len();
        if length == 0 {
            return Ok(whole);
        }
        if whole.len() + length > limit {
            return Err(failure::carried(Error::limit(format!(
                "longer than {limit} bytes, the limit of a document (`max_document`)"
            ))));
        }
        whole.extend_from_slice(chunk);
        bytes.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_just_the_limit_is_read_and_one_more_byte_is_refused() {
        assert_eq!(whole(&mut &b"12345"[..], 5).unwrap(), "12345");
        let error = whole(&mut &b"123456"[..], 5).unwrap_err().to_string();
        assert!(error.contains("longer than 5 bytes"), "{error}");
    }
}
