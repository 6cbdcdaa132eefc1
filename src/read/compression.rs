//! Compression: recognised by the first bytes, opened as it comes, and bounded by a [`Budget`].
//!
//! A name alone opens only `.lzma`, whose first bytes are too common to be believed of any other file. What the name of a
//! file promises matters otherwise where its first bytes are missing: then it ends early.

use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

use super::budget::{Bounded, Budget};
use super::failure;
use super::streams::{self, Held, Streams};
use super::zstd::ZstdFrames;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const XZ: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0x00];
/// Properties and the two low bytes of the dictionary size, as all writers of `.lzma` files have them.
const LZMA: &[u8] = &[0x5d, 0x00, 0x00];
const BZIP2: &[u8] = b"BZh";
/// What follows `BZh` and a digit: a block begins, or the stream ends.
const BZIP2_MARKS: [&[u8]; 2] = [b"1AY&SY", &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]];
/// The first bytes that tell a compression; no compressed file is shorter.
const HEAD: usize = 10;

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compression {
    /// RFC 1952, one member after another.
    Gzip,
    /// RFC 8878, one frame after another.
    Zstd,
    /// bzip2, one stream after another.
    Bzip2,
    /// xz, one stream after another.
    Xz,
    /// The format before xz.
    Lzma,
}

impl Compression {
    /// The compression that a file's name promises.
    ///
    /// ```
    /// use std::path::Path;
    /// use twicetold::read::Compression;
    /// assert_eq!(Compression::of(Path::new("news.jsonl.ZST")), Some(Compression::Zstd));
    /// assert_eq!(Compression::of(Path::new("news.jsonl")), None);
    /// ```
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::by_extension(&extension)
    }

    /// The compression that an extension promises.
    pub(super) fn by_extension(extension: &str) -> Option<Self> {
        match extension {
            "gz" | "gzip" => Some(Self::Gzip),
            "zst" | "zstd" => Some(Self::Zstd),
            "bz2" | "bzip2" => Some(Self::Bzip2),
            "xz" => Some(Self::Xz),
            "lzma" => Some(Self::Lzma),
            _ => None,
        }
    }

    fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => GZIP,
            Self::Zstd => ZSTD,
            Self::Bzip2 => BZIP2,
            Self::Xz => XZ,
            Self::Lzma => LZMA,
        }
    }

    /// What the first bytes of a file say.
    fn by_magic(head: &[u8], named: Option<Self>) -> io::Result<Option<Self>> {
        match head {
            head if head.starts_with(GZIP) => Ok(Some(Self::Gzip)),
            head if head.starts_with(ZSTD) => Ok(Some(Self::Zstd)),
            // A skippable frame may come first: 50 to 5f, 2a, 4d, 18.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Ok(Some(Self::Zstd)),
            head if head.starts_with(XZ) => Ok(Some(Self::Xz)),
            [b'B', b'Z', b'h', b'1'..=b'9', mark @ ..] if BZIP2_MARKS.contains(&mark) => {
                Ok(Some(Self::Bzip2))
            }
            head if head.starts_with(LZMA) && named == Some(Self::Lzma) => Ok(Some(Self::Lzma)),
            head => other(head).map_or(Ok(None), |name| Err(unsupported(name))),
        }
    }

    /// Whether a file of this compression broke off within its very first bytes.
    fn is_cut(self, head: &[u8]) -> bool {
        let magic = self.magic();
        let is_short = head.len() < if self == Self::Bzip2 { HEAD } else { magic.len() };
        is_short && (magic.starts_with(head) || head.starts_with(magic))
    }
}

/// Compressions that are known by their first bytes and not opened.
fn other(head: &[u8]) -> Option<&'static str> {
    const NAMES: [(&[u8], &str); 4] = [
        (&[b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c], "7z"),
        (b"Rar!\x1a\x07", "rar"),
        (&[0x04, 0x22, 0x4d, 0x18], "lz4"),
        (b"LZIP\x01", "lzip"),
    ];
    NAMES.into_iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| name)
}

fn unsupported(name: &str) -> io::Error {
    let message = format!("{name} is not supported; unpack the file first");
    io::Error::new(io::ErrorKind::Unsupported, message)
}

/// The bytes without their compression. `named` is the compression that the file's name promises.
pub(super) fn peel<'a>(
    mut stored: &'a mut dyn Read,
    named: Option<Compression>,
    budget: &'a Budget,
) -> io::Result<Box<dyn Read + 'a>> {
    let head = read_head(&mut stored)?;
    let compression = Compression::by_magic(&head, named)?;
    if compression.is_none() && named.is_some_and(|named| named.is_cut(&head)) {
        return Err(failure::ends_early());
    }
    let whole = Cursor::new(head).chain(stored);
    match compression {
        None => Ok(Box::new(whole)),
        Some(compression) => unpacked(compression, whole, budget),
    }
}

/// What bytes of a compression are without it.
pub(super) fn unpacked<'a>(
    compression: Compression,
    packed: impl Read + 'a,
    budget: &'a Budget,
) -> io::Result<Box<dyn Read + 'a>> {
    let packed = BufReader::with_capacity(64 << 10, packed);
    Ok(match compression {
        Compression::Gzip => {
            Box::new(Bounded::new(Streams::<GzDecoder<Held<_>>>::new(packed), budget))
        }
        Compression::Zstd => Box::new(Bounded::new(ZstdFrames::new(packed), budget)),
        Compression::Bzip2 => Box::new(Bounded::new(Streams::<BzDecoder<_>>::new(packed), budget)),
        Compression::Xz => Box::new(Bounded::new(Streams::<XzReader<_>>::new(packed), budget)),
        Compression::Lzma => Box::new(Bounded::new(streams::lzma(packed)?, budget)),
    })
}

/// The first ten bytes, or all there are.
fn read_head(stored: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    stored.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::super::streams::tests::{bzip2, gzip, lzma_file, xz};
    use super::super::zstd::tests::zstd;
    use super::*;

    type Packed = fn(&[u8]) -> Vec<u8>;

    const KINDS: [(Compression, Packed); 5] = [
        (Compression::Gzip, gzip),
        (Compression::Zstd, zstd),
        (Compression::Bzip2, bzip2),
        (Compression::Xz, xz),
        (Compression::Lzma, lzma_file),
    ];

    fn peeled(mut stored: &[u8], named: Option<Compression>, ratio: u64) -> io::Result<Vec<u8>> {
        let budget = Budget::new(ratio);
        budget.taken().set(stored.len() as u64);
        let mut plain = Vec::new();
        peel(&mut stored, named, &budget)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn short_files_are_plain_unless_their_name_promises_more() {
        for length in 0..6 {
            let bytes = &b"abcdef"[..length];
            assert_eq!(peeled(bytes, None, 200).unwrap(), bytes);
        }
        assert_eq!(peeled(b"plain", Some(Compression::Gzip), 200).unwrap(), b"plain");
        assert_eq!(peeled(b"BZh9 is a word", None, 200).unwrap(), b"BZh9 is a word");
        assert_eq!(peeled(b"]\0\0 is none", None, 200).unwrap(), b"]\0\0 is none");
    }

    #[test]
    fn every_compression_is_opened_and_ends_early_wherever_it_is_cut() {
        for (kind, packed) in KINDS {
            let stored = packed(b"words that do not repeat, 0123456789");
            let told = (kind == Compression::Lzma).then_some(kind);
            let plain = peeled(&stored, told, 200).unwrap();
            assert_eq!(plain, b"words that do not repeat, 0123456789", "{kind:?}");
            assert_eq!(peeled(&packed(b""), told, 200).unwrap(), b"", "{kind:?}");
            for length in 0..stored.len() {
                let error = peeled(&stored[..length], Some(kind), 200).unwrap_err();
                assert!(failure::is_early_end(&error), "{kind:?} cut at {length}: {error}");
            }
        }
    }

    #[test]
    fn other_compressions_are_named() {
        for (head, name) in
            [(&b"7z\xbc\xaf\x27\x1c\0\x04"[..], "7z"), (b"Rar!\x1a\x07\x01\0", "rar")]
        {
            let error = peeled(head, None, 200).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::Unsupported);
            assert!(error.to_string().starts_with(&format!("{name} is not supported")), "{error}");
        }
    }

    #[test]
    fn a_high_ratio_is_no_bomb_while_it_is_small_and_none_when_allowed() {
        let small = gzip(&vec![0; 60 << 20]);
        assert_eq!(peeled(&small, None, 1).unwrap().len(), 60 << 20);
        for packed in [gzip, bzip2, xz] {
            let large = packed(&vec![0; 70 << 20]);
            assert!(peeled(&large, None, 200).unwrap_err().to_string().contains("--max-ratio"));
            assert_eq!(peeled(&large, None, 200_000).unwrap().len(), 70 << 20);
        }
    }
}
