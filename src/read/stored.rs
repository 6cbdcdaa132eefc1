//! The bytes of a file as they are stored: counted, hashed and reported as progress while they pass.

use std::cell::Cell;
use std::io::{self, Read};

use xxhash_rust::xxh3::Xxh3;

use crate::progress::Progress;

/// A reader that counts and hashes what passes. It never returns [`io::ErrorKind::Interrupted`].
pub(super) struct Stored<'a, R> {
    bytes: R,
    taken: &'a Cell<u64>,
    hash: Xxh3,
    progress: &'a dyn Progress,
}

impl<'a, R: Read> Stored<'a, R> {
    /// Counts into `taken`, which others may look at meanwhile.
    pub(super) fn new(bytes: R, taken: &'a Cell<u64>, progress: &'a dyn Progress) -> Self {
        Self { bytes, taken, hash: Xxh3::new(), progress }
    }

    /// How many bytes have passed.
    pub(super) fn count(&self) -> u64 {
        self.taken.get()
    }

    /// XXH3-64 of all bytes that passed.
    pub(super) fn digest(&self) -> u64 {
        self.hash.digest()
    }
}

impl<R: Read> Read for Stored<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.bytes.read(buffer) {
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(cause),
                Ok(count) => {
                    self.hash.update(&buffer[..count]);
                    self.taken.set(self.taken.get() + count as u64);
                    self.progress.advance(count as u64);
                    return Ok(count);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says "interrupted" before every byte.
    struct Nervous<'a>(&'a [u8], bool);

    impl Read for Nervous<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let end = buffer.len().min(1);
            self.0.read(&mut buffer[..end])
        }
    }

    #[test]
    fn bytes_are_counted_and_hashed_through_interruptions() {
        let taken = Cell::new(0);
        let mut stored = Stored::new(Nervous(b"some bytes", false), &taken, &());
        let mut read = Vec::new();
        stored.read_to_end(&mut read).unwrap();
        assert_eq!(read, b"some bytes");
        assert_eq!(taken.get(), 10);
        assert_eq!(stored.digest(), xxhash_rust::xxh3::xxh3_64(b"some bytes"));
    }
}
