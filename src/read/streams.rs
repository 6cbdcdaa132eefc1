//! Compressed streams that stand one behind another in a file: gzip members, bzip2 and xz streams, as `cat`, `pigz` and
//! `pbzip2` leave them.
//!
//! Zeros behind a stream are padding (tapes, disks, xz). Anything else is an error, for it may be text that was meant to be
//! read. A decoder that has failed is not asked again. Memory: that of one decoder (bzip2: 4 MB; xz: its dictionary, at most
//! 128 MB).

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::{LzmaReader, XzReader};

use crate::error::Error;

use super::failure;

/// The most memory that the dictionary of an xz file may ask for, in KiB: 128 MB, and what the decoder needs beside it.
const XZ_MEMORY: u32 = (128 << 10) + (1 << 10);

/// A decoder of one stream, which takes no byte behind it.
pub(super) trait Stream: Read + Sized {
    /// Where the stream stands.
    type Stored: BufRead;
    /// What the compression is called.
    const NAME: &'static str;
    /// The first byte of a stream.
    const FIRST: u8;

    /// A decoder of the stream that begins here.
    fn begin(stored: Self::Stored) -> Self;

    /// What stands behind the stream, once it has ended.
    fn behind(&mut self) -> &mut dyn BufRead;

    /// A decoder of the stream that begins there.
    fn again(self) -> Self;
}

/// Where gzip members stand. A web archive has one for each record: one decoder takes them all, for if each had its own, the
/// texts that are kept would lie in between, and the room of no decoder would serve another.
pub(super) struct Held<R>(Option<R>);

impl<R: BufRead> Read for Held<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |stored| stored.read(buffer))
    }
}

impl<R: BufRead> BufRead for Held<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.as_mut().map_or(Ok(&[]), R::fill_buf)
    }

    fn consume(&mut self, count: usize) {
        if let Some(stored) = &mut self.0 {
            stored.consume(count);
        }
    }
}

impl<R: BufRead> Stream for GzDecoder<Held<R>> {
    type Stored = R;
    const NAME: &'static str = "gzip";
    const FIRST: u8 = 0x1f;

    fn begin(stored: R) -> Self {
        Self::new(Held(Some(stored)))
    }

    fn behind(&mut self) -> &mut dyn BufRead {
        self.get_mut()
    }

    fn again(mut self) -> Self {
        let stored = Held(self.get_mut().0.take());
        self.reset(stored);
        self
    }
}

impl<R: BufRead> Stream for BzDecoder<R> {
    type Stored = R;
    const NAME: &'static str = "bzip2";
    const FIRST: u8 = b'B';

    fn begin(stored: R) -> Self {
        Self::new(stored)
    }

    fn behind(&mut self) -> &mut dyn BufRead {
        self.get_mut()
    }

    fn again(self) -> Self {
        Self::new(self.into_inner())
    }
}

impl<R: BufRead> Stream for XzReader<R> {
    type Stored = R;
    const NAME: &'static str = "xz";
    const FIRST: u8 = 0xfd;

    fn begin(stored: R) -> Self {
        Self::new_mem_limit(stored, false, XZ_MEMORY)
    }

    fn behind(&mut self) -> &mut dyn BufRead {
        self.inner_mut()
    }

    fn again(self) -> Self {
        Self::begin(self.into_inner())
    }
}

/// The streams of a file, one behind another.
pub(super) struct Streams<D> {
    current: Option<D>,
}

impl<D: Stream> Streams<D> {
    pub(super) fn new(stored: D::Stored) -> Self {
        Self { current: Some(D::begin(stored)) }
    }

    /// Goes on to what follows a stream.
    fn follow(&mut self, mut ended: D) -> io::Result<()> {
        loop {
            let behind = ended.behind();
            let next = behind.fill_buf()?;
            let zeros = next.iter().take_while(|&&byte| byte == 0).count();
            match next.first() {
                None => return Ok(()),
                Some(0) => behind.consume(zeros),
                Some(&first) if first == D::FIRST => {
                    self.current = Some(ended.again());
                    return Ok(());
                }
                Some(_) => {
                    let message = format!("something else follows the {} data", D::NAME);
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
            }
        }
    }
}

impl<D: Stream> Read for Streams<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(stream) = &mut self.current {
            match stream.read(buffer) {
                Ok(0) if !buffer.is_empty() => {}
                Ok(count) => return Ok(count),
                Err(cause) => {
                    self.current = None;
                    return Err(explained(cause));
                }
            }
            if let Some(ended) = self.current.take() {
                self.follow(ended)?;
            }
        }
        Ok(0)
    }
}

/// A `.lzma` file, the format before xz: one stream without a checksum, to the end of the file.
pub(super) fn lzma<'a>(stored: impl BufRead + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut stream = LzmaReader::new_mem_limit(stored, XZ_MEMORY, None).map_err(explained)?;
    stream.set_relaxed_end_condition(false);
    Ok(Box::new(stream))
}

/// A dictionary over the limit, in words of ours.
fn explained(cause: io::Error) -> io::Error {
    if cause.kind() != io::ErrorKind::OutOfMemory {
        return cause;
    }
    failure::carried(Error::limit(
        "needs more than 128 MB to be decompressed; recompress it with a smaller dictionary (xz -9 has 64 MB)",
    ))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use lzma_rust2::{LzmaOptions, LzmaWriter, XzOptions, XzWriter};

    use super::*;

    /// Bytes as one gzip member.
    pub(in crate::read) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Bytes as one bzip2 stream.
    pub(in crate::read) fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Bytes as one xz stream.
    pub(in crate::read) fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = XzWriter::new(Vec::new(), XzOptions::with_preset(1)).unwrap();
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Bytes as a file of the format before xz.
    pub(in crate::read) fn lzma_file(bytes: &[u8]) -> Vec<u8> {
        let options = LzmaOptions::with_preset(1);
        let mut encoder = LzmaWriter::new_use_header(Vec::new(), &options, None).unwrap();
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    type Bytes = io::Cursor<Vec<u8>>;

    fn plain<D: Stream<Stored = Bytes>>(stored: &[u8]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Streams::<D>::new(io::Cursor::new(stored.to_owned())).read_to_end(&mut plain)?;
        Ok(plain)
    }

    type Packed = fn(&[u8]) -> Vec<u8>;
    type Plain = fn(&[u8]) -> io::Result<Vec<u8>>;

    const KINDS: [(&str, Packed, Plain); 3] = [
        ("gzip", gzip, plain::<GzDecoder<Held<Bytes>>>),
        ("bzip2", bzip2, plain::<BzDecoder<Bytes>>),
        ("xz", xz, plain::<XzReader<Bytes>>),
    ];

    #[test]
    fn streams_follow_each_other() {
        for (name, packed, plain) in KINDS {
            let row = [packed(b"one "), packed(b""), packed(b"two")].concat();
            assert_eq!(plain(&row).unwrap(), b"one two", "{name}");
            let padded = [&row[..], &[0; 512]].concat();
            assert_eq!(plain(&padded).unwrap(), b"one two", "{name}, padded");
            let followed = [&row[..], b"text"].concat();
            let error = plain(&followed).unwrap_err().to_string();
            assert_eq!(error, format!("something else follows the {name} data"));
        }
    }

    #[test]
    fn a_stream_cut_anywhere_ends_early_be_it_the_first_or_the_second() {
        for (name, packed, plain) in KINDS {
            let (first, second) = (packed(b"words that do not repeat, 0123456789"), packed(b"two"));
            let both = [&first[..], &second].concat();
            for length in (0..both.len()).filter(|&length| length != first.len()) {
                let error = plain(&both[..length]).unwrap_err();
                let expected = io::ErrorKind::UnexpectedEof;
                assert_eq!(error.kind(), expected, "{name} cut at {length}: {error}");
            }
        }
    }

    #[test]
    fn a_file_of_the_format_before_xz_is_opened_and_ends_early_wherever_it_is_cut() {
        let stored = lzma_file(b"words that do not repeat, 0123456789");
        let read = |stored: &[u8]| -> io::Result<Vec<u8>> {
            let mut plain = Vec::new();
            lzma(stored)?.read_to_end(&mut plain)?;
            Ok(plain)
        };
        assert_eq!(read(&stored).unwrap(), b"words that do not repeat, 0123456789");
        for length in 0..stored.len() {
            let error = read(&stored[..length]).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "cut at {length}: {error}");
        }
    }

    #[test]
    fn a_dictionary_over_the_limit_is_refused_before_it_is_made() {
        let mut options = XzOptions::with_preset(0);
        options.lzma_options.dict_size = 256 << 20;
        let mut encoder = XzWriter::new(Vec::new(), options).unwrap();
        encoder.write_all(b"text").unwrap();
        let stored = encoder.finish().unwrap();
        let error = plain::<XzReader<Bytes>>(&stored).unwrap_err().to_string();
        assert!(error.starts_with("needs more than 128 MB"), "{error}");
        let mut old = lzma_file(b"text");
        old[1..5].copy_from_slice(&[0, 0, 0, 0x10]);
        let error = lzma(&old[..]).err().unwrap().to_string();
        assert!(error.starts_with("needs more than 128 MB"), "{error}");
    }
}
