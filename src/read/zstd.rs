//! Zstandard files: frames behind each other, some of them to be skipped, each checked against its checksum.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::failure;

/// The text of all frames of a file. Memory: the window that a frame asks for, at most 128 MB.
pub(super) struct ZstdFrames<R> {
    stored: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> ZstdFrames<R> {
    pub(super) fn new(stored: R) -> Self {
        Self { stored, decoder: FrameDecoder::new() }
    }

    /// Goes on to the next frame; `false` at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        self.check_sum()?;
        while !self.stored.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.stored) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => self.skip(u64::from(length))?,
                Err(cause) => return Err(io::Error::other(cause)),
            }
        }
        Ok(false)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.stored.by_ref().take(length), &mut io::sink())?;
        if skipped < length { Err(failure::ends_early()) } else { Ok(()) }
    }

    /// Compares the frame that was just read with its checksum, which the decoder leaves to its caller.
    fn check_sum(&self) -> io::Result<()> {
        match self.decoder.get_checksum_from_data() {
            Some(stored) if self.decoder.get_calculated_checksum() != Some(stored) => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "a Zstandard checksum is wrong"))
            }
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !buffer.is_empty() {
            if self.decoder.is_finished() {
                if !self.next_frame()? {
                    return Ok(0);
                }
            } else {
                let one_block = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder
                    .decode_blocks(&mut self.stored, one_block)
                    .map_err(io::Error::other)?;
            }
        }
        self.decoder.read(buffer)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    /// Bytes as one frame.
    pub(in crate::read) fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn plain(stored: &[u8]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        ZstdFrames::new(stored).read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn frames_follow_each_other_and_skippable_ones_are_skipped() {
        let skippable = b"\x53\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec();
        let stored =
            [skippable.clone(), zstd(b"one "), skippable, zstd(b""), zstd(b"two")].concat();
        assert_eq!(plain(&stored).unwrap(), b"one two");
    }

    #[test]
    fn a_frame_longer_than_a_block_comes_back_whole() {
        let text = "A line that stands here many times, with its number 12345.\n".repeat(20_000);
        assert!(plain(&zstd(text.as_bytes())).unwrap() == text.as_bytes());
    }

    #[test]
    fn a_wrong_checksum_is_an_error() {
        let mut stored = zstd(b"some text");
        *stored.last_mut().unwrap() ^= 1;
        assert!(plain(&stored).unwrap_err().to_string().contains("checksum"));
    }

    #[test]
    fn a_file_cut_in_a_skippable_frame_ends_early() {
        let error = plain(b"\x50\x2a\x4d\x18\x09\x00\x00\x00abc").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
