//! The documents of a table: a row each.

use std::fs::File;
use std::io::{self, Read, Seek};

use arrow_array::RecordBatch;

use super::cells::{Words, column, damage as damage_of, in_utc, text};
use super::{Chosen, Table, damaged, open, open_parquet};
use crate::config::Format;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};
use crate::read::Reading;
use crate::read::budget::Budget;
use crate::read::encoding::Damage;
use crate::read::failure;
use crate::read::input::Entry;
use crate::read::intake::Intake;
use crate::read::record::Field;
use crate::read::stored::Stored;

/// Reads a Parquet file where it stands, once for its digest and once more by its footer.
pub(in crate::read) fn read_file(
    reading: &mut Reading<'_>,
    entry: &Entry,
    mut file: File,
) -> Result<()> {
    let budget = Budget::new(reading.config.max_ratio);
    let failed = |cause| failure::at(entry, cause);
    let mut stored = Stored::new(&file, budget.taken(), reading.progress);
    io::copy(&mut stored, &mut io::sink()).map_err(failed)?;
    let (count, digest) = (stored.count(), stored.digest());
    file.rewind().map_err(failed)?;
    let outcome = begun(reading, entry, Format::Parquet, open_parquet(file, &budget), &budget);
    if let Some(file) = reading.file.take() {
        reading.corpus.end_file(file, count, digest);
    }
    outcome
}

/// Reads a table from bytes that come once.
pub(in crate::read) fn read_bytes(
    reading: &mut Reading<'_>,
    entry: &Entry,
    format: Format,
    bytes: impl Read,
    budget: &Budget,
) -> Result<()> {
    begun(reading, entry, format, open(format, bytes, budget), budget)
}

fn begun(
    reading: &mut Reading<'_>,
    entry: &Entry,
    format: Format,
    table: io::Result<Table<'_>>,
    budget: &Budget,
) -> Result<()> {
    let mut intake = Intake::begin(reading, entry, format);
    let mut damage = Damage::default();
    let outcome = read(table, budget, &mut damage, &mut intake);
    intake.finish(damage);
    outcome
}

/// Reads a document a row.
fn read(
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
    let columns = columns.map(|column| column.map(in_utc).transpose());
    let mut others = Vec::new();
    for (field, column) in Field::ALL.into_iter().zip(&columns) {
        match column {
            Ok(Some(column)) => {
                let words = Words::new(column).map_err(failed);
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
            let count = column(batch, name).map_or(0, |column| damage_of(column, row));
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
