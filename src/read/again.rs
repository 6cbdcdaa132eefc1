//! A file's text once more, from its first character to its last: for whoever writes it out again with something changed.
//!
//! It is the text that documents were cut from, so the [bytes of a record](crate::corpus::Document::record) are found in it.
//! With `keep_going` a text that cannot be read to its end ends where it can, as it did then. Cost: as the first reading, without its records.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::path::Path;

use encoding_rs::UTF_8;

use super::budget::Budget;
use super::columnar::{self, Table};
use super::compression;
use super::encoding::{self, Decoded};
use super::failure;
use super::format;
use super::input::Entry;
use super::open::open;
use super::stored::Stored;
use crate::config::{Format, InputConfig};
use crate::error::Result;

/// A file's text.
pub struct FileText<'a> {
    decoded: Decoded<'a>,
    has_mark: bool,
    /// Whether a text that cannot be read to its end ends where it can.
    is_patient: bool,
}

impl FileText<'_> {
    /// Whether a byte order mark of UTF-8 stands before the text.
    pub const fn has_mark(&self) -> bool {
        self.has_mark
    }

    /// Whether what was read so far is what is stored (decompressed), byte for byte: it is in UTF-8, and nothing was replaced.
    pub fn is_exact(&self) -> bool {
        self.decoded.encoding() == UTF_8 && self.decoded.damage().sequences == 0
    }
}

impl fmt::Debug for FileText<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("FileText").field("has_mark", &self.has_mark).finish_non_exhaustive()
    }
}

impl Read for FileText<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for FileText<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.decoded.fill_buf() {
            Err(cause) if self.is_patient && cause.kind() != io::ErrorKind::Interrupted => Ok(&[]),
            filled => filled,
        }
    }

    fn consume(&mut self, count: usize) {
        self.decoded.consume(count);
    }
}

/// Opens a file and hands its text to `take`.
///
/// ```
/// use std::io::Read;
/// use twicetold::config::InputConfig;
/// use twicetold::read::with_text;
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("a.txt");
/// std::fs::write(&path, "\u{feff}One.\r\n")?;
/// let (text, has_mark) = with_text(&path, &InputConfig::default(), |file| {
///     let mut text = String::new();
///     file.read_to_string(&mut text).map_err(|cause| twicetold::Error::io(&path, cause))?;
///     Ok((text, file.has_mark()))
/// })?;
/// assert_eq!((text.as_str(), has_mark), ("One.\r\n", true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The file cannot be opened or does not begin as its name promises; what `take` says.
pub fn with_text<T>(
    path: &Path,
    config: &InputConfig,
    take: impl FnOnce(&mut FileText<'_>) -> Result<T>,
) -> Result<T> {
    with_text_of(&Entry::file(path), open(path)?, config, take)
}

/// The same for bytes in memory, as if they stood in a file of this name.
///
/// # Errors
/// As [`with_text`].
pub fn with_text_of_bytes<T>(
    bytes: &[u8],
    name: &str,
    config: &InputConfig,
    take: impl FnOnce(&mut FileText<'_>) -> Result<T>,
) -> Result<T> {
    with_text_of(&Entry { name: name.to_owned(), ..Entry::stdin() }, bytes, config, take)
}

fn with_text_of<T>(
    entry: &Entry,
    bytes: impl Read,
    config: &InputConfig,
    take: impl FnOnce(&mut FileText<'_>) -> Result<T>,
) -> Result<T> {
    with_plain(entry, bytes, config, |plain, _budget| {
        let decoded = Decoded::new(plain, encoding::declared(config)?, config.strict);
        let decoded = decoded.map_err(|cause| failure::at(entry, cause))?;
        let has_mark = decoded.has_mark() && decoded.encoding() == UTF_8;
        take(&mut FileText { decoded, has_mark, is_patient: config.keep_going })
    })
}

/// Hands the bytes of a file without their compression to `take`.
fn with_plain<T>(
    entry: &Entry,
    bytes: impl Read,
    config: &InputConfig,
    take: impl for<'p> FnOnce(Box<dyn Read + 'p>, &'p Budget) -> Result<T>,
) -> Result<T> {
    let budget = Budget::new(config.max_ratio);
    let mut stored = Stored::new(bytes, budget.taken(), &());
    let named = format::by_name(&entry.name);
    let plain = compression::peel(&mut stored, named.compressed, &budget);
    take(plain.map_err(|cause| failure::at(entry, cause))?, &budget)
}

/// Opens a file of a columnar format and hands its table to `take`.
///
/// # Errors
/// The file cannot be opened or is damaged; what `take` says.
pub(crate) fn with_table<T>(
    path: &Path,
    format: Format,
    config: &InputConfig,
    take: impl FnOnce(&mut Table<'_>) -> Result<T>,
) -> Result<T> {
    let (entry, mut file) = (Entry::file(path), open(path)?);
    let failed = |cause| failure::at(&entry, cause);
    if columnar::is_parquet(&mut file).map_err(failed)? {
        let budget = Budget::new(config.max_ratio);
        budget.taken().set(entry.size.unwrap_or(0));
        let mut table = columnar::open_parquet(file, &budget).map_err(failed)?;
        return take(&mut table);
    }
    with_table_of(&entry, file, (format, config), take)
}

/// The same for bytes in memory, as if they stood in a file of this name.
///
/// # Errors
/// As [`with_table`].
pub(crate) fn with_table_of_bytes<T>(
    bytes: &[u8],
    name: &str,
    (format, config): (Format, &InputConfig),
    take: impl FnOnce(&mut Table<'_>) -> Result<T>,
) -> Result<T> {
    let entry = Entry { name: name.to_owned(), ..Entry::stdin() };
    with_table_of(&entry, bytes, (format, config), take)
}

fn with_table_of<T>(
    entry: &Entry,
    bytes: impl Read,
    (format, config): (Format, &InputConfig),
    take: impl FnOnce(&mut Table<'_>) -> Result<T>,
) -> Result<T> {
    with_plain(entry, bytes, config, |plain, budget| {
        let table = columnar::open(format, plain, budget);
        take(&mut table.map_err(|cause| failure::at(entry, cause))?)
    })
}

/// XXH3-64 of a file's bytes without their compression.
///
/// # Errors
/// The file cannot be read to its end.
pub(crate) fn plain_digest(path: &Path, config: &InputConfig) -> Result<u64> {
    let entry = Entry::file(path);
    with_plain(&entry, open(path)?, config, |plain, _budget| {
        let count = Cell::new(0);
        let mut plain = Stored::new(plain, &count, &());
        let copied = io::copy(&mut plain, &mut io::sink());
        copied.map_err(|cause| failure::at(&entry, cause))?;
        Ok(plain.digest())
    })
}
