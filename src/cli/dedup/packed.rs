//! An output that is compressed as its name says.

use std::io::{self, Write};
use std::path::Path;

use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;
use lzma_rust2::{LzmaOptions, LzmaWriter, XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::error::{Error, ErrorKind, Result};
use crate::read::Compression;

/// How hard xz and lzma try, as their programs do by themselves.
const PRESET: u32 = 6;

/// What is written through.
pub(super) enum Packed<'a> {
    Plain(&'a mut dyn Write),
    Gzip(Box<GzEncoder<&'a mut dyn Write>>),
    Bzip2(Box<BzEncoder<&'a mut dyn Write>>),
    Xz(Box<XzWriter<&'a mut dyn Write>>),
    Lzma(Box<LzmaWriter<&'a mut dyn Write>>),
    Zstd(Frames<'a>),
}

impl<'a> Packed<'a> {
    pub(super) fn new(out: &'a mut dyn Write, path: &Path) -> Result<Self> {
        let failed = |cause| Error::new(ErrorKind::Io(cause));
        Ok(match Compression::of(path) {
            None => Self::Plain(out),
            Some(Compression::Gzip) => {
                Self::Gzip(Box::new(GzEncoder::new(out, flate2::Compression::default())))
            }
            Some(Compression::Bzip2) => {
                Self::Bzip2(Box::new(BzEncoder::new(out, bzip2::Compression::default())))
            }
            Some(Compression::Xz) => {
                let writer = XzWriter::new(out, XzOptions::with_preset(PRESET));
                Self::Xz(Box::new(writer.map_err(failed)?))
            }
            Some(Compression::Lzma) => {
                let options = LzmaOptions::with_preset(PRESET);
                let writer = LzmaWriter::new_use_header(out, &options, None);
                Self::Lzma(Box::new(writer.map_err(failed)?))
            }
            Some(Compression::Zstd) => Self::Zstd(Frames::new(out)),
        })
    }

    /// Writes what is left in buffers.
    pub(super) fn finish(self) -> Result<()> {
        let finished = match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(encoder) => encoder.finish().map(drop),
            Self::Bzip2(encoder) => encoder.finish().map(drop),
            Self::Xz(writer) => writer.finish().map(drop),
            Self::Lzma(writer) => writer.finish().map(drop),
            Self::Zstd(frames) => frames.finish(),
        };
        finished.map_err(|cause| Error::new(ErrorKind::Io(cause)))
    }
}

impl Write for Packed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Bzip2(encoder) => encoder.write(bytes),
            Self::Xz(writer) => writer.write(bytes),
            Self::Lzma(writer) => writer.write(bytes),
            Self::Zstd(frames) => frames.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(encoder) => encoder.flush(),
            Self::Bzip2(encoder) => encoder.flush(),
            Self::Xz(writer) => writer.flush(),
            Self::Lzma(writer) => writer.flush(),
            Self::Zstd(_) => Ok(()),
        }
    }
}

/// Zstandard, a frame for each piece of the text: the encoder asks for what it reads, and is not told.
pub(super) struct Frames<'a> {
    out: &'a mut dyn Write,
    piece: Vec<u8>,
    is_empty: bool,
}

/// Bytes of a frame: far more than the encoder looks back.
const FRAME: usize = 4 << 20;

impl<'a> Frames<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self { out, piece: Vec::new(), is_empty: true }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(FRAME - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        if self.piece.len() == FRAME {
            self.frame()?;
        }
        Ok(taken)
    }

    fn frame(&mut self) -> io::Result<()> {
        self.out.write_all(&compress_to_vec(self.piece.as_slice(), CompressionLevel::Fastest))?;
        self.piece.clear();
        self.is_empty = false;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        // No text is a frame too: a file without any is no file of the format.
        if self.is_empty || !self.piece.is_empty() {
            self.frame()?;
        }
        self.out.flush()
    }
}
