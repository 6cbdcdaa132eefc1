//! The HTTP message in a `response` record: its status, its type, and its bytes without what was done to carry them.
//!
//! Archives differ in how much of that they undid and whether they said so. A body is therefore taken out of its chunks and
//! its compression only if it is in them.

use std::io::{self, Read};

use flate2::bufread::MultiGzDecoder;
use flate2::bufread::ZlibDecoder;

use crate::read::page;
use crate::read::zstd::ZstdFrames;

use super::header::Header;

/// A response.
#[derive(Debug)]
pub(super) struct Response {
    /// Its status.
    pub(super) status: u16,
    /// Its fields.
    pub(super) header: Header,
    body: Vec<u8>,
}

impl Response {
    /// Takes a message apart; `None` if it is no response.
    pub(super) fn read(mut message: Vec<u8>) -> Option<Self> {
        let line_end = memchr::memchr(b'\n', &message)?;
        let status = String::from_utf8_lossy(message.get(..line_end)?).into_owned();
        let (protocol, rest) = status.split_once(' ')?;
        let status = rest.split_whitespace().next()?.parse().ok()?;
        let header_end = header_end(&message);
        let body = message.split_off(header_end.min(message.len()));
        let header = Header::read(message.get(line_end + 1..).unwrap_or_default());
        protocol.starts_with("HTTP/").then_some(Self { status, header, body })
    }

    /// The compression that the body is in and that nobody here knows.
    pub(super) fn unknown_encoding(&self) -> Option<String> {
        let encoding = self.header.word("content-encoding")?;
        let is_known = matches!(&*encoding, "gzip" | "x-gzip" | "deflate" | "zstd" | "identity");
        (!is_known && !page::is_page(&self.body)).then_some(encoding)
    }

    /// The bytes of the body, at most `limit` and one more.
    pub(super) fn into_body(self, limit: usize) -> io::Result<Vec<u8>> {
        let is_chunked = self.header.word("transfer-encoding").is_some_and(|how| how == "chunked");
        let whole = if is_chunked { whole(&self.body) } else { None };
        let body = whole.unwrap_or(self.body);
        let encoding = self.header.word("content-encoding").unwrap_or_default();
        match (encoding.as_str(), body.as_slice()) {
            ("gzip" | "x-gzip", [0x1f, 0x8b, ..]) => {
                bounded(MultiGzDecoder::new(body.as_slice()), limit)
            }
            // Of zlib the first byte says so, in all windows that there are.
            ("deflate", [first, ..]) if first & 0x0f == 8 && first >> 4 <= 7 => {
                bounded(ZlibDecoder::new(body.as_slice()), limit)
            }
            ("zstd", [0x28, 0xb5, 0x2f, 0xfd, ..]) => {
                bounded(ZstdFrames::new(body.as_slice()), limit)
            }
            _ => Ok(body),
        }
    }
}

fn bounded(bytes: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    bytes.take(limit as u64 + 1).read_to_end(&mut body)?;
    Ok(body)
}

/// Where the body begins: behind the first blank line.
fn header_end(message: &[u8]) -> usize {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', message) {
        let line = message.get(start..end).unwrap_or_default();
        start = end + 1;
        if matches!(line, b"" | b"\r") {
            break;
        }
    }
    start
}

/// A body out of its chunks; `None` if it is in none. What ends early is kept as far as it goes.
fn whole(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut rest = body;
    let mut is_first = true;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = String::from_utf8_lossy(rest.get(..end)?);
        let digits = line.split(';').next()?.trim();
        let Ok(length) = usize::from_str_radix(digits, 16) else {
            return (!is_first).then_some(whole);
        };
        is_first = false;
        if length == 0 {
            break;
        }
        rest = rest.get(end + 1..).unwrap_or_default();
        let (chunk, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        whole.extend_from_slice(chunk);
        let behind = behind.strip_prefix(b"\r").unwrap_or(behind);
        rest = behind.strip_prefix(b"\n").unwrap_or(behind);
    }
    (!is_first).then_some(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::streams::tests::gzip;
    use crate::read::zstd::tests::zstd;

    fn body(header: &str, body: &[u8], limit: usize) -> io::Result<Vec<u8>> {
        let message = [b"HTTP/1.1 200 OK\r\n", header.as_bytes(), b"\r\n\r\n", body].concat();
        Response::read(message).unwrap().into_body(limit)
    }

    #[test]
    fn a_message_is_status_fields_and_body() {
        for message in ["HTTP/1.1 404 Not\r\nA: b\r\n\r\nx\n\ny", "HTTP/2 404\nA: b\n\nx\n\ny"] {
            let response = Response::read(message.as_bytes().to_vec()).unwrap();
            assert_eq!((response.status, response.header.get("a")), (404, Some("b")));
            assert_eq!(response.body, b"x\n\ny");
        }
        for message in ["", "HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", "<html> 200 \n"] {
            assert!(Response::read(message.as_bytes().to_vec()).is_none(), "{message}");
        }
    }

    #[test]
    fn chunks_and_compression_are_undone_where_they_are() {
        let chunked = "Transfer-Encoding: chunked";
        let chunks = b"4;x=y\r\none \r\n3\r\ntwo\r\n0\r\n\r\n";
        assert_eq!(body(chunked, chunks, 99).unwrap(), b"one two");
        assert_eq!(body(chunked, b"4\r\none \r\n9\r\ntw", 99).unwrap(), b"one tw");
        assert_eq!(body(chunked, b"<html>", 99).unwrap(), b"<html>");
        let (stored, both) = (gzip(b"one two"), "Content-Encoding: gzip\r\n");
        let length = format!("{:x}\r\n", stored.len());
        let chunked_gzip = [length.as_bytes(), &stored, b"\r\n0\r\n\r\n"].concat();
        assert_eq!(body(&format!("{both}{chunked}"), &chunked_gzip, 99).unwrap(), b"one two");
        assert_eq!(body("Content-Encoding: gzip", b"plain", 99).unwrap(), b"plain");
        assert_eq!(body("Content-Encoding: zstd", &zstd(b"one"), 99).unwrap(), b"one");
    }

    #[test]
    fn no_body_grows_over_the_limit() {
        let bomb = gzip(&vec![b'a'; 1 << 20]);
        assert_eq!(body("Content-Encoding: gzip", &bomb, 1_000).unwrap().len(), 1_001);
        assert!(body("Content-Encoding: gzip", &bomb[..20], 1_000).is_err());
    }

    proptest! {
        #[test]
        fn any_message_is_read_or_refused(message in "HTTP/1.1 200\r\n(Transfer-Encoding: chunked\r\n)?\r\n([0-9a-fg]{1,9}\r\n.{0,9}){0,4}|.{0,40}") {
            if let Some(response) = Response::read(message.into_bytes()) {
                let _ = response.into_body(100);
            }
        }
    }
}
