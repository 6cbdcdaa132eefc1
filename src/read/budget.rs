//! How much a file may decompress to.
//!
//! A few kilobytes can decompress to terabytes. Past the first 64 MB a file may therefore not come to more than `max_ratio`
//! times the bytes it was read from; text rarely reaches 20, and 200 is far beyond any honest file. What is decompressed is
//! counted over all layers of a file together, so that boxes in boxes gain nothing.

use std::cell::Cell;
use std::io::{self, Read};

use crate::error::Error;

use super::failure;

/// Output up to this length is never called a bomb, in bytes.
const UNSUSPICIOUS: u64 = 64 << 20;
/// The most members that the archives in a file may have together: what their names and digests hold is half a gigabyte.
const MEMBERS: u64 = 4_000_000;

/// What was read from a file and what it was decompressed to, so far.
#[derive(Debug)]
pub(super) struct Budget {
    taken: Cell<u64>,
    given: Cell<u64>,
    members: Cell<u64>,
    max_ratio: u64,
}

impl Budget {
    /// Nothing is read yet.
    pub(super) const fn new(max_ratio: u64) -> Self {
        Self { taken: Cell::new(0), given: Cell::new(0), members: Cell::new(0), max_ratio }
    }

    /// The bytes that were read from the file, counted by whoever reads them.
    pub(super) const fn taken(&self) -> &Cell<u64> {
        &self.taken
    }

    /// A member of an archive more.
    pub(super) fn member(&self) -> io::Result<()> {
        self.members.set(self.members.get() + 1);
        if self.members.get() <= MEMBERS {
            return Ok(());
        }
        Err(failure::carried(Error::limit(format!(
            "more than {MEMBERS} members, the limit of an archive; unpack it and name the folder"
        ))))
    }

    /// So many bytes more came out of a decoder.
    pub(super) fn give(&self, count: u64) -> io::Result<()> {
        let given = self.given.get().saturating_add(count);
        self.given.set(given);
        let max_ratio = self.max_ratio;
        if given <= UNSUSPICIOUS || given <= self.taken.get().saturating_mul(max_ratio) {
            return Ok(());
        }
        Err(failure::carried(Error::limit(format!(
            "decompresses to more than {max_ratio} times its size (a bomb?); raise --max-ratio if it is none"
        ))))
    }
}

/// Decompressed bytes, within a budget.
pub(super) struct Bounded<'a, R> {
    bytes: R,
    budget: &'a Budget,
}

impl<'a, R: Read> Bounded<'a, R> {
    pub(super) const fn new(bytes: R, budget: &'a Budget) -> Self {
        Self { bytes, budget }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.budget.give(count as u64)?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_of_a_file_share_one_budget() {
        let budget = Budget::new(2);
        budget.taken().set(UNSUSPICIOUS);
        let mut first = Bounded::new(io::repeat(0).take(UNSUSPICIOUS), &budget);
        assert_eq!(io::copy(&mut first, &mut io::sink()).unwrap(), UNSUSPICIOUS);
        let mut second = Bounded::new(io::repeat(0).take(UNSUSPICIOUS + 1), &budget);
        let error = io::copy(&mut second, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("more than 2 times its size"), "{error}");
    }

    #[test]
    fn the_members_of_a_file_are_bounded() {
        let budget = Budget::new(200);
        assert!((0..MEMBERS).all(|_| budget.member().is_ok()));
        assert!(budget.member().unwrap_err().to_string().starts_with("more than 4000000 members"));
    }
}
