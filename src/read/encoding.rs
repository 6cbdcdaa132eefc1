//! Text in UTF-8, whatever it was: by byte order mark, by declaration, else UTF-8; bad bytes replaced and counted.
//!
//! The byte order mark itself is dropped and wins over a declaration. What is no valid sequence becomes U+FFFD, one for
//! each maximal broken part as the WHATWG Encoding Standard counts them. Encodings are never guessed.

use std::io::{self, BufRead, Read};
use std::path::Path;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use crate::config::InputConfig;
use crate::error::{Error, Result};

use super::failure;

/// Bytes read at once, and text decoded at once.
const CHUNK: usize = 64 << 10;
/// A decoder is not called with less room than this, in bytes.
const ROOM: usize = 16;
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// The encoding that the settings declare.
///
/// # Errors
/// Nobody knows it.
pub(super) fn declared(config: &InputConfig) -> Result<Option<&'static Encoding>> {
    let Some(label) = &config.encoding else { return Ok(None) };
    match Encoding::for_label_no_replacement(label.as_bytes()) {
        Some(encoding) => Ok(Some(encoding)),
        None => Err(Error::config(
            "encoding",
            "a label of the WHATWG Encoding Standard (utf-8, windows-1252, utf-16le, shift_jis, …)",
        )),
    }
}

/// What was wrong with a file's bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Damage {
    /// How many sequences were replaced.
    pub(super) sequences: u64,
    /// The line of the first one, from 1.
    pub(super) first_line: u64,
}

/// A reader of valid UTF-8: every byte string up to a line feed is valid by itself.
pub(super) struct Decoded<'a> {
    bytes: Box<dyn Read + 'a>,
    decoder: Decoder,
    /// Bytes that are read but not decoded: from `raw_start` to `raw_end`.
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    /// Bytes before those in `raw`.
    raw_before: u64,
    /// Whether no bytes will follow those in `raw`.
    is_last: bool,
    /// Text that is decoded but not taken: from `text_start` to `text_end`.
    text: Vec<u8>,
    text_start: usize,
    text_end: usize,
    /// Whose byte order mark stood before the text.
    mark: Option<&'static Encoding>,
    is_done: bool,
    failure: Option<io::Error>,
    /// Line feeds decoded before the first damage.
    line_feeds: u64,
    damage: Damage,
    strict: Strict,
}

/// Whether damage is an error.
type Strict = bool;

impl<'a> Decoded<'a> {
    /// Reads the first bytes, to see a byte order mark.
    pub(super) fn new(
        bytes: Box<dyn Read + 'a>,
        declared: Option<&'static Encoding>,
        strict: Strict,
    ) -> io::Result<Self> {
        let mut decoded = Self {
            bytes,
            decoder: declared.unwrap_or(UTF_8).new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK],
            raw_start: 0,
            raw_end: 0,
            raw_before: 0,
            is_last: false,
            text: vec![0; CHUNK],
            text_start: 0,
            text_end: 0,
            is_done: false,
            mark: None,
            failure: None,
            line_feeds: 0,
            damage: Damage::default(),
            strict,
        };
        decoded.see_mark()?;
        Ok(decoded)
    }

    fn see_mark(&mut self) -> io::Result<()> {
        while self.raw_end < 3 && !self.is_last {
            self.read_raw()?;
        }
        if let Some((encoding, length)) = Encoding::for_bom(&self.raw[..self.raw_end]) {
            self.decoder = encoding.new_decoder_without_bom_handling();
            self.raw_start = length;
            self.mark = Some(encoding);
        }
        Ok(())
    }

    /// The next `length` bytes of text (at most 32 KB) without taking them; fewer if the file ends. They may end within a
    /// character.
    pub(super) fn peek(&mut self, length: usize) -> io::Result<&[u8]> {
        debug_assert!(length <= CHUNK / 2, "the buffer must hold what is looked at");
        self.wait_for(length)?;
        let end = self.text_end.min(self.text_start + length);
        Ok(&self.text[self.text_start..end])
    }

    /// Decodes until so much text waits to be taken, or the file ends. A failure waits until the text before it is taken.
    fn wait_for(&mut self, length: usize) -> io::Result<()> {
        while self.text_end - self.text_start < length && !self.is_done && self.failure.is_none() {
            self.failure = self.decode_more().err();
        }
        if self.text_start == self.text_end
            && let Some(cause) = self.failure.take()
        {
            return Err(cause);
        }
        Ok(())
    }

    /// The encoding of the bytes.
    pub(super) fn encoding(&self) -> &'static Encoding {
        self.decoder.encoding()
    }

    /// Whether a byte order mark stood before the text.
    pub(super) const fn has_mark(&self) -> bool {
        self.mark.is_some()
    }

    /// What has been wrong with the bytes so far.
    pub(super) fn damage(&self) -> Damage {
        self.damage
    }

    /// Reads bytes behind those that wait.
    fn read_raw(&mut self) -> io::Result<()> {
        let count = self.bytes.read(&mut self.raw[self.raw_end..])?;
        self.raw_end += count;
        self.is_last = count == 0;
        Ok(())
    }

    fn decode_more(&mut self) -> io::Result<()> {
        if self.raw_start == self.raw_end && !self.is_last {
            self.raw_before += self.raw_end as u64;
            (self.raw_start, self.raw_end) = (0, 0);
            self.read_raw()?;
        }
        while !self.is_done && self.text_end + ROOM <= self.text.len() {
            match self.decode_once() {
                DecoderResult::InputEmpty => {
                    self.is_done = self.is_last;
                    break;
                }
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(bad, behind) => {
                    self.replace(u64::from(bad) + u64::from(behind))?;
                }
            }
        }
        Ok(())
    }

    /// Decodes up to the next damage, the end of the waiting bytes, or the end of the room.
    fn decode_once(&mut self) -> DecoderResult {
        let raw = &self.raw[self.raw_start..self.raw_end];
        let room = self.text.len() - REPLACEMENT.len();
        let text = &mut self.text[self.text_end..room];
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(raw, text, self.is_last);
        if self.damage.sequences == 0 {
            self.line_feeds += memchr::memchr_iter(b'\n', &text[..written]).count() as u64;
        }
        self.raw_start += read;
        self.text_end += written;
        result
    }

    /// Replaces what is broken: it began so many bytes back.
    fn replace(&mut self, back: u64) -> io::Result<()> {
        if self.damage.sequences == 0 {
            self.damage.first_line = self.line_feeds + 1;
        }
        self.damage.sequences += 1;
        if self.strict {
            let byte = (self.raw_before + self.raw_start as u64).saturating_sub(back);
            let name = self.decoder.encoding().name();
            let expected = format!("valid {name} (at byte {byte}, counted from 0)");
            let error = Error::record(expected).at(Path::new(""), Some(self.damage.first_line));
            return Err(failure::carried(error));
        }
        let end = self.text_end + REPLACEMENT.len();
        self.text[self.text_end..end].copy_from_slice(REPLACEMENT);
        self.text_end = end;
        Ok(())
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Decoded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.text_start == self.text_end {
            (self.text_start, self.text_end) = (0, 0);
        }
        self.wait_for(1)?;
        Ok(&self.text[self.text_start..self.text_end])
    }

    fn consume(&mut self, count: usize) {
        self.text_start = (self.text_start + count).min(self.text_end);
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;

    /// Gives at most so many bytes at once.
    struct Dripping<'a>(&'a [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let end = buffer.len().min(self.1);
            self.0.read(&mut buffer[..end])
        }
    }

    fn decode(bytes: &[u8], declared: Option<&'static Encoding>, drip: usize) -> (String, Damage) {
        let mut decoded = Decoded::new(Box::new(Dripping(bytes, drip)), declared, false).unwrap();
        let mut text = String::new();
        decoded.read_to_string(&mut text).unwrap();
        (text, decoded.damage())
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_dropped() {
        let text = "naïve 😀\nline";
        for bytes in [
            format!("\u{feff}{text}").into_bytes(),
            utf_16(text, u16::to_le_bytes),
            utf_16(text, |unit| [(unit >> 8) as u8, (unit & 0xff) as u8]),
        ] {
            for declared in [None, Some(SHIFT_JIS)] {
                assert_eq!(decode(&bytes, declared, 1), (text.to_owned(), Damage::default()));
            }
        }
    }

    #[test]
    fn a_declared_encoding_is_decoded() {
        let (text, damage) = decode(b"caf\xe9 \x93quoted\x94", Some(WINDOWS_1252), 64);
        assert_eq!(text, "café “quoted”");
        assert_eq!(damage.sequences, 0);
    }

    #[test]
    fn damage_is_counted_and_its_first_line_known() {
        let (text, damage) = decode(b"one\ntwo \xff\nthree \xe2\x80\nend \xe2\x80", None, 64);
        assert_eq!(text, "one\ntwo \u{fffd}\nthree \u{fffd}\nend \u{fffd}");
        assert_eq!(damage, Damage { sequences: 3, first_line: 2 });
    }

    #[test]
    fn half_a_character_at_the_end_of_utf_16_is_damage() {
        let (text, damage) = decode(b"\xff\xfea\x00b", None, 64);
        assert_eq!((text.as_str(), damage.sequences), ("a\u{fffd}", 1));
    }

    #[test]
    fn a_file_of_nothing_but_damage_takes_no_longer_than_its_length() {
        let (text, damage) = decode(&vec![0xff; 1 << 20], None, CHUNK);
        assert_eq!(damage, Damage { sequences: 1 << 20, first_line: 1 });
        assert_eq!(text.len(), 3 << 20);
    }

    #[test]
    fn an_unknown_encoding_is_refused_by_name() {
        for label in ["klingon", "hz-gb-2312"] {
            let config = InputConfig { encoding: Some(label.into()), ..InputConfig::default() };
            let error = declared(&config).unwrap_err().to_string();
            assert!(error.starts_with("`encoding` must be a label"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode_as_the_standard_library_would(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            drip in 1_usize..40,
        ) {
            prop_assume!(Encoding::for_bom(&bytes).is_none());
            let (text, damage) = decode(&bytes, None, drip);
            let expected = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(damage.sequences > 0, std::str::from_utf8(&bytes).is_err());
            prop_assert_eq!(text, expected);
        }
    }
}
