//! Compression: recognised by the first bytes, opened as it comes, and bounded.
//!
//! A few kilobytes can decompress to terabytes. Past the first 64 MB a file may therefore not come to more than `max_ratio`
//! times the bytes it was read from; text rarely reaches 20, and 200 is far beyond any honest file.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;

use crate::error::Error;

use super::failure;
use super::zstd::ZstdFrames;

/// Output up to this length is never called a bomb, in bytes.
const UNSUSPICIOUS: u64 = 64 << 20;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const XZ: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0x00];
const BZIP2: &[u8] = b"1AY&SY";

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Compression {
    /// RFC 1952, one member after another.
    Gzip,
    /// RFC 8878, one frame after another.
    Zstd,
}

impl Compression {
    fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => GZIP,
            Self::Zstd => ZSTD,
        }
    }

    /// What the first bytes of a file say.
    fn by_magic(head: &[u8]) -> io::Result<Option<Self>> {
        match head {
            head if head.starts_with(GZIP) => Ok(Some(Self::Gzip)),
            head if head.starts_with(ZSTD) => Ok(Some(Self::Zstd)),
            // A skippable frame may come first: 50 to 5f, 2a, 4d, 18.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Ok(Some(Self::Zstd)),
            head if head.starts_with(XZ) => Err(unsupported("xz")),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if rest.starts_with(BZIP2) => {
                Err(unsupported("bzip2"))
            }
            _ => Ok(None),
        }
    }
}

fn unsupported(name: &str) -> io::Error {
    let message = format!("{name} is not supported; decompress the file first (gzip and zstd are)");
    io::Error::new(io::ErrorKind::Unsupported, message)
}

/// The bytes without their compression. `named` is the compression that the file's name promises, `taken` counts the bytes
/// that were read from it.
pub(super) fn peel<'a>(
    mut stored: &'a mut dyn Read,
    named: Option<Compression>,
    taken: &'a Cell<u64>,
    max_ratio: u64,
) -> io::Result<Box<dyn Read + 'a>> {
    let head = read_head(&mut stored)?;
    let compression = Compression::by_magic(&head)?;
    if compression.is_none() && named.is_some_and(|named| is_cut(named.magic(), &head)) {
        return Err(failure::ends_early());
    }
    let whole = Cursor::new(head).chain(stored);
    let buffered = |whole| BufReader::with_capacity(64 << 10, whole);
    Ok(match compression {
        None => Box::new(whole),
        Some(Compression::Gzip) => {
            Box::new(Bounded::new(Members::new(buffered(whole)), taken, max_ratio))
        }
        Some(Compression::Zstd) => {
            Box::new(Bounded::new(ZstdFrames::new(buffered(whole)), taken, max_ratio))
        }
    })
}

/// The first ten bytes, or all there are.
fn read_head(stored: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(10);
    stored.take(10).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether a file broke off within its very first bytes.
fn is_cut(magic: &[u8], head: &[u8]) -> bool {
    head.len() < magic.len() && magic.starts_with(head)
}

/// The members of a gzip file, one after another. Zeros behind them are padding (tapes, disks); anything else is an error,
/// for it may be text that was meant to be read.
struct Members<R> {
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    fn new(stored: R) -> Self {
        Self { member: Some(GzDecoder::new(stored)) }
    }

    /// Goes on to what follows a member.
    fn follow(&mut self, mut stored: R) -> io::Result<()> {
        loop {
            let next = stored.fill_buf()?;
            let zeros = next.iter().take_while(|&&byte| byte == 0).count();
            match next.first() {
                None => return Ok(()),
                Some(0) => stored.consume(zeros),
                Some(0x1f) => {
                    self.member = Some(GzDecoder::new(stored));
                    return Ok(());
                }
                Some(_) => {
                    let message = "something else follows the gzip data";
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
            }
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            if let Some(ended) = self.member.take() {
                self.follow(ended.into_inner())?;
            }
        }
        Ok(0)
    }
}

/// Decompressed bytes, up to the ratio.
struct Bounded<'a, R> {
    bytes: R,
    given: u64,
    taken: &'a Cell<u64>,
    max_ratio: u64,
}

impl<'a, R: Read> Bounded<'a, R> {
    fn new(bytes: R, taken: &'a Cell<u64>, max_ratio: u64) -> Self {
        Self { bytes, given: 0, taken, max_ratio }
    }

    fn is_bomb(&self) -> bool {
        self.given > UNSUSPICIOUS && self.given > self.taken.get().saturating_mul(self.max_ratio)
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.given += count as u64;
        if self.is_bomb() {
            let ratio = self.max_ratio;
            return Err(failure::carried(Error::limit(format!(
                "decompresses to more than {ratio} times its size (a bomb?); raise --max-ratio if it is none"
            ))));
        }
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// Bytes as one gzip member.
    pub(in crate::read) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn peeled(mut stored: &[u8], named: Option<Compression>, ratio: u64) -> io::Result<Vec<u8>> {
        let taken = Cell::new(stored.len() as u64);
        let mut plain = Vec::new();
        peel(&mut stored, named, &taken, ratio)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn short_files_are_plain_unless_their_name_promises_more() {
        for length in 0..6 {
            let bytes = &b"abcdef"[..length];
            assert_eq!(peeled(bytes, None, 200).unwrap(), bytes);
        }
        for cut in [&b""[..], b"\x1f"] {
            let error = peeled(cut, Some(Compression::Gzip), 200).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        }
        assert_eq!(peeled(b"plain", Some(Compression::Gzip), 200).unwrap(), b"plain");
    }

    #[test]
    fn members_of_a_gzip_file_follow_each_other() {
        let stored = [gzip(b"one "), gzip(b""), gzip(b"two")].concat();
        assert_eq!(peeled(&stored, None, 200).unwrap(), b"one two");
        let padded = [&stored[..], &[0; 512]].concat();
        assert_eq!(peeled(&padded, None, 200).unwrap(), b"one two");
    }

    #[test]
    fn a_gzip_file_cut_anywhere_ends_early() {
        let stored = gzip("words that do not repeat, 0123456789".as_bytes());
        for length in 2..stored.len() {
            let error = peeled(&stored[..length], None, 200).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "cut at {length}: {error}");
        }
    }

    #[test]
    fn other_compressions_are_named() {
        let xz = peeled(b"\xfd7zXZ\x00rest", None, 200).unwrap_err().to_string();
        assert!(xz.starts_with("xz is not supported"), "{xz}");
        let bzip2 = peeled(b"BZh91AY&SYrest", None, 200).unwrap_err().to_string();
        assert!(bzip2.starts_with("bzip2 is not supported"), "{bzip2}");
        assert_eq!(peeled(b"BZh9 is a word", None, 200).unwrap(), b"BZh9 is a word");
    }

    #[test]
    fn a_high_ratio_is_no_bomb_while_it_is_small_and_none_when_allowed() {
        let small = gzip(&vec![0; 60 << 20]);
        assert_eq!(peeled(&small, None, 1).unwrap().len(), 60 << 20);
        let large = gzip(&vec![0; 70 << 20]);
        assert!(peeled(&large, None, 200).unwrap_err().to_string().contains("--max-ratio"));
        assert_eq!(peeled(&large, None, 2000).unwrap().len(), 70 << 20);
    }
}
