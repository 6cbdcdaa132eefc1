//! The formats `parquet` and `arrow`: a document a row, of columns that are found by their names.
//!
//! Parquet needs a file that can be sought in: what comes through a pipe or out of a compressed file or an archive is copied to
//! a temporary file without a name first. An Arrow file is read in one pass, as a stream is. Only the columns that mean something
//! are decoded, batch by batch. A row's line is its number, from 1.
//!
//! The libraries are told to check what they read; should one of them panic all the same, that is an error of the file.

mod cells;
mod documents;
mod fields;
mod groups;
mod messages;
mod table;
mod thrift;
#[cfg(test)]
pub(crate) mod written;

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::config::Format;

use super::budget::Budget;
use super::zip::spooled;

pub(crate) use cells::{bytes, in_utc, is_binary, strings, text};
pub(super) use documents::{read_bytes, read_file};
pub(crate) use fields::{Chosen, Name};
pub(crate) use table::{Stored, Table};

/// The format that the first bytes show.
pub(super) fn by_content(head: &[u8]) -> Option<Format> {
    if head.starts_with(groups::MAGIC) {
        Some(Format::Parquet)
    } else {
        messages::begins(head).then_some(Format::Arrow)
    }
}

/// Whether a file begins as Parquet; it stands at its beginning again.
pub(super) fn is_parquet(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == groups::MAGIC)
}

/// Opens the table in bytes that are read once.
pub(super) fn open<'a>(
    format: Format,
    bytes: impl Read + 'a,
    budget: &'a Budget,
) -> io::Result<Table<'a>> {
    if format == Format::Parquet {
        let mut bytes = bytes;
        Table::parquet(spooled(&mut bytes)?, budget)
    } else {
        Table::arrow(Box::new(bytes), budget)
    }
}

/// Opens the table in a Parquet file.
pub(super) fn open_parquet(file: File, budget: &Budget) -> io::Result<Table<'_>> {
    Table::parquet(file, budget)
}

/// A file that is not what its format says.
fn damaged(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

thread_local! {
    /// Whether a panic of this thread would be an error of the file.
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread is contained, so that nobody need be told of it.
pub(crate) fn is_contained() -> bool {
    CONTAINED.get()
}

/// Runs a library on bytes from outside: its errors, and its panics, are errors of the file.
fn contained<T, E: std::error::Error>(run: impl FnOnce() -> Result<T, E>) -> io::Result<T> {
    let before = CONTAINED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(run));
    CONTAINED.set(before);
    match outcome {
        Ok(outcome) => outcome.map_err(|cause| damaged(cause.to_string())),
        Err(_) => Err(damaged("the data is damaged in a way that its reader does not know")),
    }
}
