//! The compact protocol of Thrift, in which Parquet writes its footer and the headers of its pages: just enough of it to
//! bound what they ask for before anybody believes them.
//!
//! A list that announces more members than bytes follow would be given its memory first and be found out afterwards; a page
//! says to how many bytes it decompresses. Values are passed over, not built. Cost: one pass over the bytes.

use std::io;

/// So deep may structures stand in each other; those of Parquet reach six.
const DEPTH: u8 = 32;

/// What a page's header says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct PageHeader {
    /// The length of the header, in bytes.
    pub(super) length: usize,
    /// The length of the page when it is decompressed, in bytes.
    pub(super) plain: u64,
    /// Its length as it is stored, in bytes.
    pub(super) stored: u64,
    /// How many values a dictionary announces.
    pub(super) entries: u64,
}

/// Checks that all lists and strings of a footer fit into it.
pub(super) fn check_footer(footer: &[u8]) -> io::Result<()> {
    Compact { bytes: footer, at: 0 }.pass_struct(DEPTH, |_, _| Ok(()))
}

/// Reads the header that the bytes begin with; an early end is [`io::ErrorKind::UnexpectedEof`].
pub(super) fn page_header(bytes: &[u8]) -> io::Result<PageHeader> {
    let mut header = PageHeader::default();
    let mut compact = Compact { bytes, at: 0 };
    compact.pass_struct(DEPTH, |field, value| {
        match (field, value) {
            ([2], value) => header.plain = length(value)?,
            ([3], value) => header.stored = length(value)?,
            // The first field of the header of a dictionary page.
            ([7, 1], value) => header.entries = length(value)?,
            _ => {}
        }
        Ok(())
    })?;
    header.length = compact.at;
    Ok(header)
}

fn length(value: i64) -> io::Result<u64> {
    u64::try_from(value).map_err(|_| damaged("a page of negative length"))
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Bytes that are passed over.
struct Compact<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Compact<'_> {
    fn byte(&mut self) -> io::Result<u8> {
        let byte = self.bytes.get(self.at).copied().ok_or(io::ErrorKind::UnexpectedEof)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, count: u64) -> io::Result<()> {
        let left = (self.bytes.len() - self.at) as u64;
        if count > left {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += usize::try_from(count).unwrap_or(0);
        Ok(())
    }

    fn number(&mut self) -> io::Result<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(damaged("a number of more than 64 bits"))
    }

    fn signed(&mut self) -> io::Result<i64> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// Passes over a structure; `see` gets each whole number in it and in the structures of its fields, with the numbers of
    /// the fields that lead there.
    fn pass_struct(
        &mut self,
        depth: u8,
        mut see: impl FnMut(&[i64], i64) -> io::Result<()>,
    ) -> io::Result<()> {
        self.structure(depth, &mut Vec::new(), &mut see)
    }

    fn structure(
        &mut self,
        depth: u8,
        path: &mut Vec<i64>,
        see: &mut dyn FnMut(&[i64], i64) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut field = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            field = match head >> 4 {
                0 => self.signed()?,
                ahead => field + i64::from(ahead),
            };
            path.push(field);
            match head & 0x0f {
                1 | 2 => {}
                4..=6 => {
                    let value = self.signed()?;
                    see(path, value)?;
                }
                kind => self.value(kind, depth, path, see)?,
            }
            path.pop();
        }
    }

    fn value(
        &mut self,
        kind: u8,
        depth: u8,
        path: &mut Vec<i64>,
        see: &mut dyn FnMut(&[i64], i64) -> io::Result<()>,
    ) -> io::Result<()> {
        let deeper = || depth.checked_sub(1).ok_or_else(|| damaged("structures without end"));
        match kind {
            1..=3 => self.byte().map(drop),
            4..=6 => self.number().map(drop),
            7 => self.pass(8),
            8 => {
                let length = self.number()?;
                self.pass(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
                self.members(count)?;
                let deeper = deeper()?;
                (0..count).try_for_each(|_| self.value(head & 0x0f, deeper, path, see))
            }
            11 => {
                let count = self.number()?;
                self.members(count)?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                let deeper = deeper()?;
                (0..count).try_for_each(|_| {
                    self.value(kinds >> 4, deeper, path, see)?;
                    self.value(kinds & 0x0f, deeper, path, see)
                })
            }
            12 => self.structure(deeper()?, path, see),
            13 => self.pass(16),
            _ => Err(damaged("a type that nobody knows")),
        }
    }

    /// Each member takes a byte at least.
    fn members(&self, count: u64) -> io::Result<()> {
        if count <= (self.bytes.len() - self.at) as u64 {
            return Ok(());
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lengths_of_a_page_are_read_and_its_other_fields_passed_over() {
        // type 0, 300 bytes from 20, a dictionary of 7 values; a string in a field that nobody asked for.
        let header =
            [0x15, 0, 0x15, 0xd8, 0x04, 0x15, 40, 0x4c, 0x15, 14, 0, 0x18, 2, b'a', b'b', 0];
        let read = page_header(&header).unwrap();
        assert_eq!(read, PageHeader { length: 16, plain: 300, stored: 20, entries: 7 });
        for end in 0..header.len() {
            let error = page_header(&header[..end]).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "cut at {end}");
        }
    }

    #[test]
    fn a_list_longer_than_what_follows_is_refused() {
        let list = [0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07, 0];
        assert!(check_footer(&list).is_err());
        assert!(check_footer(&[0x19, 0x2c, 0, 0, 0]).is_ok());
        assert!(check_footer(&[0x1c; 100]).unwrap_err().to_string().contains("without end"));
    }
}
