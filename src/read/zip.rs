//! Zip archives: members by the directory at the end, sorted by the bytes of their names.
//!
//! A file is read where it stands; what comes through a pipe, out of a compressed file or out of another archive is copied to
//! a temporary file without a name first, since the directory is at the end. Opened are members that are stored, deflated, or
//! packed by bzip2, Zstandard or xz; encrypted ones and other methods are counted skips. Length and checksum of each are
//! checked. Memory: the names, at most four million.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use flate2::bufread::DeflateDecoder;
use rawzip::{
    CompressionMethod, ErrorKind, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use crate::error::Result;

use super::Reading;
use super::archive::{self, Archive};
use super::budget::{Bounded, Budget};
use super::compression::{Compression, unpacked};
use super::failure;
use super::format::Named;
use super::input::Entry;

/// Whether the first bytes are those of a zip archive; an empty one begins with its end.
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Whether a file of this name can be a zip archive as it stands.
pub(super) fn may_be(named: Named) -> bool {
    let is_named_so = named.archive == Some(Archive::Zip) || named.is_bare;
    is_named_so && named.compressed.is_none()
}

/// Whether a file begins as a zip archive; it stands at its beginning again.
pub(super) fn begins(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::with_capacity(4);
    file.take(4).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(is_zip(&head))
}

/// Bytes in a temporary file without a name.
pub(super) fn spooled(bytes: &mut dyn Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(bytes, &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// What the directory says of a member.
struct Listed {
    name: String,
    method: CompressionMethod,
    is_encrypted: bool,
    is_symlink: bool,
    place: ZipArchiveEntryWayfinder,
}

impl Listed {
    /// `None` for a folder.
    fn new(record: &ZipFileHeaderRecord<'_>) -> Option<Self> {
        // Old writers on Windows separate folders as Windows does.
        let name = String::from_utf8_lossy(record.file_path().as_bytes()).replace('\\', "/");
        (!name.ends_with('/')).then(|| Self {
            name,
            method: record.compression_method(),
            is_encrypted: record.flags().is_encrypted(),
            is_symlink: record.mode().is_symlink(),
            place: record.wayfinder(),
        })
    }
}

/// Reads the members of an archive.
pub(super) fn read(
    reading: &mut Reading<'_>,
    entry: &Entry,
    file: File,
    budget: &Budget,
) -> Result<()> {
    let (archive, members) = list(file, budget).map_err(|cause| failure::at(entry, cause))?;
    for listed in members {
        let size = listed.place.uncompressed_size_hint();
        let Some(member) = archive::member(entry, &listed.name, size) else { continue };
        if listed.is_symlink {
            reading.skip(&member.name, "not a regular file");
        } else if listed.is_encrypted {
            archive::pass_over(reading, &member, "an encrypted member")?;
        } else {
            match opened(&archive, &listed, budget) {
                Ok(Some(bytes)) => {
                    let outcome = reading.member(&member, bytes, budget);
                    reading.settle(&member, outcome)?;
                }
                Ok(None) => {
                    let method = listed.method.name().unwrap_or("a method that nobody knows");
                    archive::pass_over(reading, &member, &format!("a member packed by {method}"))?;
                }
                Err(cause) => reading.settle(&member, Err(failure::at(&member, cause)))?,
            }
        }
    }
    Ok(())
}

/// The members that the directory lists, sorted.
fn list(file: File, budget: &Budget) -> io::Result<(ZipArchive<FileReader>, Vec<Listed>)> {
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = ZipArchive::from_file(file, &mut buffer).map_err(explained)?;
    let (mut members, mut count) = (Vec::new(), 0_u64);
    let mut records = archive.entries(&mut buffer);
    while let Some(record) = records.next_entry().map_err(explained)? {
        budget.member()?;
        count += 1;
        members.extend(Listed::new(&record));
    }
    let told = archive.entries_hint();
    // Writers that know nothing of more than 65,535 members count them modulo that.
    if told % (1 << 16) != count % (1 << 16) {
        let message = format!("a damaged zip archive: {told} members announced, {count} listed");
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    members.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    Ok((archive, members))
}

/// The bytes of a member; `None` if nobody here knows how it is packed.
fn opened<'a>(
    archive: &'a ZipArchive<FileReader>,
    listed: &Listed,
    budget: &'a Budget,
) -> io::Result<Option<Box<dyn Read + 'a>>> {
    let place = archive.get_entry(listed.place).map_err(explained)?;
    let packed = place.reader();
    let plain: Box<dyn Read + 'a> = match listed.method {
        CompressionMethod::STORE => Box::new(Bounded::new(packed, budget)),
        CompressionMethod::DEFLATE => {
            let packed = BufReader::with_capacity(64 << 10, packed);
            Box::new(Bounded::new(DeflateDecoder::new(packed), budget))
        }
        CompressionMethod::BZIP2 => unpacked(Compression::Bzip2, packed, budget)?,
        CompressionMethod::ZSTD => unpacked(Compression::Zstd, packed, budget)?,
        CompressionMethod::XZ => unpacked(Compression::Xz, packed, budget)?,
        _ => return Ok(None),
    };
    Ok(Some(Box::new(place.verifying_reader(plain))))
}

/// What is wrong with an archive, in words of ours.
fn explained(cause: rawzip::Error) -> io::Error {
    let message = match cause.into_kind() {
        ErrorKind::IO(cause) => return cause,
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => {
            let message = "ends early, or is no zip archive: the directory at its end is missing";
            return io::Error::new(io::ErrorKind::UnexpectedEof, message);
        }
        other => format!("a damaged zip archive: {other}"),
    };
    io::Error::new(io::ErrorKind::InvalidData, message)
}
