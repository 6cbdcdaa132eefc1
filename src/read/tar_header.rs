//! Headers of a tar archive: the 512 bytes before a member, and the records of pax that may precede them.
//!
//! Read are the formats that are written today: ustar, GNU and pax, and the one of Version 7 that came before them. Cost: a
//! pass over the 512 bytes for their checksum.

use std::borrow::Cow;

/// The length of a header, and what everything in an archive is padded to.
pub(super) const BLOCK: usize = 512;

/// The bytes of a header.
pub(super) type Block = [u8; BLOCK];

/// What a header announces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A name too long for a header, of the member that follows (GNU).
    LongName,
    /// Records about the member that follows (pax).
    Records,
    /// What says nothing of a name or a length: records for all that follows, the long target of a link.
    Aside,
    /// A file with holes, stored without them (GNU).
    Sparse,
    /// A link, a device, a pipe, or something that nobody knows.
    Other,
}

/// A header.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Header {
    /// What it announces.
    pub(super) kind: Kind,
    /// The name, as bytes.
    pub(super) name: Vec<u8>,
    /// How many bytes follow, without their padding.
    pub(super) size: u64,
    /// Whether more blocks about holes follow the header.
    pub(super) is_continued: bool,
}

/// Reads a header; `None` if it is none, or its checksum is wrong.
pub(super) fn parse(block: &Block) -> Option<Header> {
    let stored = number(field(block, 148, 8))?;
    let (before, behind) = (field(block, 0, 148), field(block, 156, BLOCK - 156));
    let sum: u64 = before.iter().chain(behind).map(|&byte| u64::from(byte)).sum();
    if stored != sum + 8 * u64::from(b' ') {
        return None;
    }
    let name = name(block);
    let kind = match block[156] {
        // Before ustar, a folder was a file whose name ends so.
        0 | b'0' | b'7' if name.ends_with(b"/") => Kind::Folder,
        0 | b'0' | b'7' => Kind::File,
        b'5' => Kind::Folder,
        b'L' => Kind::LongName,
        b'x' => Kind::Records,
        b'g' | b'K' => Kind::Aside,
        b'S' => Kind::Sparse,
        _ => Kind::Other,
    };
    // Nothing follows links, devices, folders and pipes, whatever their size says.
    let is_bare = matches!(block[156], b'2'..=b'6');
    let size = if is_bare { 0 } else { number(field(block, 124, 12))? };
    let is_continued = kind == Kind::Sparse && block[482] != 0;
    Some(Header { kind, name: name.into_owned(), size, is_continued })
}

/// Whether the first bytes of a file are a tar archive's, whatever its name.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let block = head.first_chunk::<BLOCK>();
    block.is_some_and(|block| field(block, 257, 5) == b"ustar" && parse(block).is_some())
}

fn field(block: &Block, start: usize, length: usize) -> &[u8] {
    block.get(start..start + length).unwrap_or_default()
}

/// Up to the first zero.
fn text(field: &[u8]) -> &[u8] {
    field.split(|&byte| byte == 0).next().unwrap_or_default()
}

/// The name; ustar has more room for its beginning, where GNU keeps other things.
fn name(block: &Block) -> Cow<'_, [u8]> {
    let (name, prefix) = (text(field(block, 0, 100)), text(field(block, 345, 155)));
    if field(block, 257, 6) != b"ustar\0" || prefix.is_empty() {
        return Cow::Borrowed(name);
    }
    Cow::Owned([prefix, b"/", name].concat())
}

/// A number: octal digits between blanks and zeros, or binary if the first bit is set (GNU).
fn number(field: &[u8]) -> Option<u64> {
    match field {
        [0x80, rest @ ..] => rest.iter().try_fold(0_u64, |sum, &byte| {
            sum.checked_mul(256).and_then(|sum| sum.checked_add(u64::from(byte)))
        }),
        [first, ..] if *first > 0x80 => None,
        _ => {
            let digits = text(field).trim_ascii();
            digits.iter().try_fold(0_u64, |sum, &byte| {
                let digit = u64::from(byte.checked_sub(b'0').filter(|&digit| digit < 8)?);
                sum.checked_mul(8)?.checked_add(digit)
            })
        }
    }
}

/// What the records of pax say about the member that follows.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Records {
    /// Its name.
    pub(super) name: Option<Vec<u8>>,
    /// Its length.
    pub(super) size: Option<u64>,
    /// Whether it is stored without its holes.
    pub(super) is_sparse: bool,
}

/// Reads records, each `LENGTH KEY=VALUE` and a line feed; `None` if they are none.
pub(super) fn records(mut bytes: &[u8]) -> Option<Records> {
    let mut found = Records::default();
    while !bytes.is_empty() && bytes[0] != 0 {
        let blank = bytes.iter().position(|&byte| byte == b' ')?;
        let length: usize = std::str::from_utf8(bytes.get(..blank)?).ok()?.parse().ok()?;
        let record = bytes.get(blank + 1..length)?.strip_suffix(b"\n")?;
        let equals = record.iter().position(|&byte| byte == b'=')?;
        let (key, value) = (record.get(..equals)?, record.get(equals + 1..)?);
        match key {
            b"path" => found.name = Some(value.to_owned()),
            b"size" => found.size = Some(std::str::from_utf8(value).ok()?.parse().ok()?),
            key => found.is_sparse |= key.starts_with(b"GNU.sparse."),
        }
        bytes = bytes.get(length..)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_header_of_every_format_is_read() {
        for mut header in [tar::Header::new_old(), tar::Header::new_ustar(), tar::Header::new_gnu()]
        {
            header.set_path("daily/a.txt").unwrap();
            header.set_size(0o1234);
            header.set_cksum();
            let parsed = parse(header.as_bytes()).unwrap();
            assert_eq!((parsed.kind, parsed.size), (Kind::File, 0o1234));
            assert_eq!(parsed.name, b"daily/a.txt");
        }
    }

    #[test]
    fn a_long_name_and_a_large_size_are_read() {
        let mut header = tar::Header::new_ustar();
        let name = format!("{}/{}", "a".repeat(120), "b".repeat(80));
        header.set_path(&name).unwrap();
        header.set_size(1 << 40);
        header.set_cksum();
        let parsed = parse(header.as_bytes()).unwrap();
        assert_eq!((parsed.name, parsed.size), (name.into_bytes(), 1 << 40));
    }

    #[test]
    fn records_may_hold_line_feeds_and_what_is_none_is_refused() {
        let found = records(b"15 path=a\nb.txt\n12 size=345\n20 GNU.sparse.major=1\n");
        assert_eq!(found, None, "a length that is wrong");
        let found = records(b"16 path=a\nb.txt\n12 size=345\n22 GNU.sparse.major=1\n").unwrap();
        assert_eq!(found.name.as_deref(), Some(&b"a\nb.txt"[..]));
        assert_eq!((found.size, found.is_sparse), (Some(345), true));
        for bad in [&b"x path=a\n"[..], b"99999999999999999999 path=a\n", b"5 a=b\n", b"1", b"0 \n"]
        {
            assert_eq!(records(bad), None, "{}", bad.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_header_or_none(bytes in proptest::collection::vec(any::<u8>(), BLOCK)) {
            let mut block: Block = bytes.try_into().unwrap();
            parse(&block);
            let sum: u64 = block[..148].iter().chain(&block[156..]).map(|&byte| u64::from(byte)).sum();
            block[148..156].copy_from_slice(format!("{:07o}\0", sum + 256).as_bytes());
            parse(&block);
            records(&block);
        }
    }
}
