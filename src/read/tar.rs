//! Tar archives: their members one after another, as they stand there.
//!
//! Nothing is held but the name of one member. An archive ends with blocks of zeros; one that ends without them ends early,
//! for nobody can tell what was cut off. What follows them is a further archive (`cat a.tar b.tar`) or an error. A file with
//! holes and a name longer than 1 MB are not read.

use std::io::{self, Read};

use crate::error::Result;

use super::Reading;
use super::archive;
use super::budget::Budget;
use super::failure;
use super::input::Entry;
use super::tar_header::{self, BLOCK, Block, Header, Kind, Records};

/// The longest name, and the longest records about a member, in bytes.
const ASIDE_LIMIT: u64 = 1 << 20;

/// Reads the members of an archive.
pub(super) fn read(
    reading: &mut Reading<'_>,
    entry: &Entry,
    bytes: &mut dyn Read,
    budget: &Budget,
) -> Result<()> {
    let mut members = Members::new(bytes);
    while let Some((kind, name, size)) =
        members.next().map_err(|cause| failure::at(entry, cause))?
    {
        let Some(member) = archive::member(entry, &name, size) else { continue };
        match kind {
            Kind::File => {}
            Kind::Folder => continue,
            Kind::Sparse => {
                archive::pass_over(reading, &member, "a file that is stored without its holes")?;
                continue;
            }
            _ => {
                reading.skip(&member.name, "not a regular file");
                continue;
            }
        }
        budget.member().map_err(|cause| failure::at(entry, cause))?;
        let outcome = reading.member(&member, &mut members, budget);
        // Where the archive itself breaks off there is no next member.
        if members.is_broken {
            return outcome;
        }
        reading.settle(&member, outcome)?;
    }
    Ok(())
}

/// The members of an archive; reads the bytes of the current one.
struct Members<'a> {
    bytes: &'a mut dyn Read,
    /// Bytes of the current member that are not read.
    left: u64,
    /// Zeros behind them, up to a whole block.
    padding: u64,
    /// Whether the archive could not be read on.
    is_broken: bool,
}

impl<'a> Members<'a> {
    fn new(bytes: &'a mut dyn Read) -> Self {
        Self { bytes, left: 0, padding: 0, is_broken: false }
    }

    /// Goes on to the next member: what it is, its name, its length.
    fn next(&mut self) -> io::Result<Option<(Kind, String, u64)>> {
        let mut records = Records::default();
        while let Some(header) = self.header()? {
            match header.kind {
                Kind::LongName => {
                    let mut name = self.aside()?;
                    name.truncate(name.iter().position(|&byte| byte == 0).unwrap_or(name.len()));
                    records.name = Some(name);
                }
                Kind::Records => {
                    let found = tar_header::records(&self.aside()?);
                    let found = found.ok_or_else(|| invalid("the records about a member"))?;
                    records = Records { name: found.name.or(records.name), ..found };
                }
                Kind::Aside => {}
                kind => {
                    self.expect(records.size.unwrap_or(header.size));
                    let kind = if records.is_sparse { Kind::Sparse } else { kind };
                    let name = records.name.unwrap_or(header.name);
                    let name = String::from_utf8_lossy(&name).into_owned();
                    return Ok(Some((kind, name, self.left)));
                }
            }
        }
        Ok(None)
    }

    /// The next header, behind what is left of what the last one announced; `None` at the end of the archive.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let rest = self.left.saturating_add(self.padding);
        let passed = io::copy(&mut Read::take(&mut *self.bytes, rest), &mut io::sink())?;
        if passed < rest {
            return Err(ends_early());
        }
        let mut has_ended = false;
        loop {
            let mut block = [0; BLOCK];
            let count = self.fill(&mut block)?;
            let is_blank = block.iter().all(|&byte| byte == 0);
            match count {
                0 if has_ended => return Ok(None),
                BLOCK if is_blank => has_ended = true,
                BLOCK => return self.parsed(&block, has_ended).map(Some),
                _ if has_ended && is_blank => return Ok(None),
                _ => return Err(ends_early()),
            }
        }
    }

    /// A header, and the blocks about holes behind it.
    fn parsed(&mut self, block: &Block, has_ended: bool) -> io::Result<Header> {
        let Some(header) = tar_header::parse(block) else {
            let what = if has_ended { "what follows the archive" } else { "a header" };
            return Err(invalid(what));
        };
        let mut is_continued = header.is_continued;
        while is_continued {
            let mut holes = [0; BLOCK];
            if self.fill(&mut holes)? < BLOCK {
                return Err(ends_early());
            }
            is_continued = holes[504] != 0;
        }
        self.expect(header.size);
        Ok(header)
    }

    /// So many bytes follow.
    fn expect(&mut self, size: u64) {
        self.left = size;
        self.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
    }

    /// All that a header about the next member announced.
    fn aside(&mut self) -> io::Result<Vec<u8>> {
        if self.left > ASIDE_LIMIT {
            return Err(invalid("the length of a name"));
        }
        let mut bytes = Vec::new();
        self.by_ref().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Fills a block as far as the archive goes.
    fn fill(&mut self, block: &mut Block) -> io::Result<usize> {
        let mut count = 0;
        while count < BLOCK {
            match self.bytes.read(&mut block[count..])? {
                0 => break,
                more => count += more,
            }
        }
        Ok(count)
    }
}

impl Read for Members<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        let outcome = self.bytes.read(&mut buffer[..room]);
        self.is_broken = !matches!(outcome, Ok(1..));
        let count = outcome?;
        if count == 0 {
            return Err(ends_early());
        }
        self.left -= count as u64;
        Ok(count)
    }
}

fn ends_early() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "ends early: the archive is cut off")
}

fn invalid(what: &str) -> io::Error {
    let message = format!("not a tar archive, or a damaged one: {what} makes no sense");
    io::Error::new(io::ErrorKind::InvalidData, message)
}
