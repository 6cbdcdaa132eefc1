//! An output that is compressed as its name says: gzip, or not at all.

use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::error::{Error, ErrorKind, Result};

/// What is written through.
pub(super) enum Packed<'a> {
    Plain(&'a mut dyn Write),
    Gzip(Box<GzEncoder<&'a mut dyn Write>>),
}

impl<'a> Packed<'a> {
    pub(super) fn new(out: &'a mut dyn Write, path: &Path) -> Self {
        let is_gzip =
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        if is_gzip {
            Self::Gzip(Box::new(GzEncoder::new(out, Compression::default())))
        } else {
            Self::Plain(out)
        }
    }

    /// Writes what is left in buffers.
    pub(super) fn finish(self) -> Result<()> {
        let finished = match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(encoder) => encoder.finish().map(drop),
        };
        finished.map_err(|cause| Error::new(ErrorKind::Io(cause)))
    }
}

impl Write for Packed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(encoder) => encoder.flush(),
        }
    }
}
