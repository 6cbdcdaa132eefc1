//! Bytes whose beginning was looked at: they come again. A failure waits until what was read before it is taken.

use std::io::{self, Read};

/// A reader and what was read of it ahead.
pub(super) struct Peeked<'a> {
    head: Vec<u8>,
    taken: usize,
    failure: Option<io::Error>,
    rest: Box<dyn Read + 'a>,
}

impl<'a> Peeked<'a> {
    /// Reads up to `length` bytes ahead.
    pub(super) fn new(mut rest: Box<dyn Read + 'a>, length: u64) -> Self {
        let mut head = Vec::new();
        let failure = rest.by_ref().take(length).read_to_end(&mut head).err();
        Self { head, taken: 0, failure, rest }
    }

    /// The bytes that were read ahead.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.head.get(self.taken..).unwrap_or_default();
        let count = left.read(buffer)?;
        self.taken += count;
        if count > 0 || buffer.is_empty() {
            return Ok(count);
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.rest.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    #[test]
    fn all_bytes_come_and_a_failure_after_them() {
        for length in [0, 2, 6, 9] {
            let mut peeked = Peeked::new(Box::new((&b"abcdef"[..]).chain(Failing)), length);
            assert!(b"abcdef".starts_with(peeked.head()));
            let mut read = Vec::new();
            assert!(peeked.read_to_end(&mut read).is_err(), "{length}");
            assert_eq!(read, b"abcdef");
        }
    }
}
