//! A reader that takes bytes back, to read them again.

use std::io::{self, BufRead, Read};

/// Bytes of a file, and those that are read again before the rest.
pub(super) struct Again<'a> {
    rest: &'a mut dyn BufRead,
    held: Vec<u8>,
    taken: usize,
    offset: u64,
}

impl<'a> Again<'a> {
    pub(super) fn new(rest: &'a mut dyn BufRead) -> Self {
        Self { rest, held: Vec::new(), taken: 0, offset: 0 }
    }

    /// How many bytes lie before the next one.
    pub(super) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the next byte was read before.
    pub(super) const fn is_again(&self) -> bool {
        self.taken < self.held.len()
    }

    /// Takes back what was read last.
    pub(super) fn put_back(&mut self, mut bytes: Vec<u8>) {
        self.offset = self.offset.saturating_sub(bytes.len() as u64);
        bytes.extend_from_slice(self.held.get(self.taken..).unwrap_or_default());
        (self.held, self.taken) = (bytes, 0);
    }

    /// Appends a line with its end to `line`, but no more than `limit` bytes of it; says how many.
    pub(super) fn line(&mut self, limit: usize, line: &mut Vec<u8>) -> io::Result<usize> {
        self.by_ref().take(limit as u64).read_until(b'\n', line)
    }

    /// Passes over so many bytes; says how many there were.
    pub(super) fn pass_over(&mut self, length: u64) -> io::Result<u64> {
        io::copy(&mut self.by_ref().take(length), &mut io::sink())
    }
}

impl Read for Again<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Again<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_again() {
            return Ok(self.held.get(self.taken..).unwrap_or_default());
        }
        (self.held, self.taken) = (Vec::new(), 0);
        self.rest.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.offset += count as u64;
        if self.is_again() {
            self.taken += count;
        } else {
            self.rest.consume(count);
        }
    }
}
