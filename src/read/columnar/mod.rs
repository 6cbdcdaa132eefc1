//! The formats `parquet` and `arrow`: a document a row, of columns that are found by their names.
//!
//! Parquet needs a file that can be sought in: what comes through a pipe or out of a compressed file or an archive is copied to
//! a temporary file without a name first. An Arrow file is read in one pass, as a stream is. Only the columns that mean something
//! are decoded, batch by batch. A row's line is its number, from 1.
//!
//! The libraries are told to check what they read; should one of them panic all the same, that is an error of the file.

mod cells;
mod fields;
mod groups;
mod messages;
mod table;
mod thrift;
#[cfg(test)]
pub(crate) mod written;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;

use crate::config::Format;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::budget::Budget;
use super::encoding::Damage;
use super::intake::Intake;
use super::record::Field;
use super::zip::spooled;

pub(crate) use cells::{column, text};
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

/// Reads a document a row.
pub(super) fn read(
    table: io::Result<Table<'_>>,
    budget: &Budget,
    damage: &mut Damage,
    intake: &mut Intake<'_>,
) -> Result<()> {
    let mut table = table.map_err(|cause| intake.failed(cause))?;
    let fields = &intake.config().fields;
    let chosen = Chosen::new(table.schema(), fields).map_err(|cause| intake.failed(cause))?;
    table.project(&chosen).map_err(|cause| intake.failed(cause))?;
    let mut line = 1;
    loop {
        let next = table.next().map_err(|cause| intake.failed(cause))?;
        let Some((batch, _)) = next else { return Ok(()) };
        add(&batch, line, (&chosen, budget), damage, intake)?;
        line += batch.num_rows() as u64;
    }
}

/// Adds the rows of a batch, the first of which has this number.
fn add(
    batch: &RecordBatch,
    first: u64,
    (chosen, budget): (&Chosen, &Budget),
    damage: &mut Damage,
    intake: &mut Intake<'_>,
) -> Result<()> {
    let failed = |cause: arrow_schema::ArrowError| damaged(cause.to_string());
    let columns = Field::ALL.map(|field| {
        let name = chosen.others[field.index()].as_ref()?;
        column(batch, name)
    });
    let columns = columns.map(|column| column.map(cells::in_utc).transpose());
    let mut others = Vec::new();
    for (field, column) in Field::ALL.into_iter().zip(&columns) {
        match column {
            Ok(Some(column)) => {
                let words = cells::Words::new(column).map_err(failed);
                others.push((field, words.map_err(|cause| intake.failed(cause))?));
            }
            Ok(None) => {}
            Err(cause) => return Err(intake.failed(damaged(cause.to_string()))),
        }
    }
    for row in 0..batch.num_rows() {
        let line = first + row as u64;
        let texts: Vec<_> = chosen.text.iter().filter_map(|name| text(batch, name, row)).collect();
        if texts.is_empty() {
            let name = Field::Text.name(&intake.config().fields);
            intake.bad_record(line, Error::record(format!("a string under \"{name}\"")))?;
            continue;
        }
        for name in &chosen.text {
            let count = column(batch, name).map_or(0, |column| cells::damage(column, row));
            if damage.sequences == 0 && count > 0 {
                damage.first_line = line;
            }
            damage.sequences += count;
        }
        let joined = texts.join("\n");
        budget.give(joined.len() as u64).map_err(|cause| intake.failed(cause))?;
        let mut metadata = Metadata::default();
        for (field, words) in &others {
            field.set(&mut metadata, words.of(row).unwrap_or_default());
        }
        intake.add(&joined, LineOrigin::Record, metadata).line(line);
    }
    Ok(())
}

/// A file that is not what its format says.
fn damaged(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

/// Runs a library on bytes from outside: its errors, and its panics, are errors of the file.
fn contained<T, E: std::error::Error>(run: impl FnOnce() -> Result<T, E>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(outcome) => outcome.map_err(|cause| damaged(cause.to_string())),
        Err(_) => Err(damaged("the data is damaged in a way that its reader does not know")),
    }
}
