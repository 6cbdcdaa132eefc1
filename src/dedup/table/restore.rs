//! The way back: a table as it was, from what was written of it and the ledger.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::iter::Peekable;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use super::cells::{Cells, replaced};
use super::row::RowText;
use super::rows::{self, joined};
use super::writer::{Out, Writer, broken};
use super::{Texts, unplaced};
use crate::config::{Fields, Format};
use crate::dedup::ledger::FileLine;
use crate::dedup::restore::{Ledger, Piece, changed};
use crate::error::{Error, Result};
use crate::read::{Chosen, Table};

/// Rows that are written at a time where none of the output's stand between them.
const ROWS: usize = 1_024;

/// The format, if files of this one are tables of columns.
pub(crate) fn table_format(format: &str) -> Option<Format> {
    format.parse().ok().filter(|format| matches!(format, Format::Parquet | Format::Arrow))
}

/// Writes a table as it was: equal in its rows, schema and metadata. `table` is what was written of it.
///
/// # Errors
/// The ledger speaks of another table, or the output cannot be written.
pub(crate) fn restore_table(
    ledger: &Ledger,
    file: &FileLine,
    table: &mut Table<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let failed = |cause| Error::io(Path::new(&file.path), cause);
    let schema = table.schema().clone();
    let fields = fields_of(ledger);
    let chosen = Chosen::new(&schema, &fields).map_err(failed)?;
    // A row that was dropped is whole.
    let gone = ledger.rows_of(file).iter().flat_map(|line| &line.rows);
    let gone: BTreeSet<u64> = gone.copied().collect();
    let pieces = ledger.pieces_of(file).iter().filter(|piece| !gone.contains(&piece.line));
    let mut pieces: Vec<&Piece> = pieces.collect();
    // Each starts in the text of its own row.
    pieces.sort_by_key(|piece| (piece.line, piece.start));
    let mut back = Back {
        chosen: &chosen,
        dropped: Dropped::read(ledger, file, &schema).map_err(failed)?,
        pieces: pieces.into_iter().peekable(),
        next: 1,
        texts: Texts::default(),
    };
    let (mut sink, mut writer) = (Some(Out::new(out)), None);
    let mut last = 0;
    loop {
        let next = table.next().map_err(failed)?;
        if let Some(out) = sink.take() {
            let made = Writer::new(out, &schema, &table.stored(), &chosen.text);
            writer = Some(made.map_err(failed)?);
        }
        let Some(writer) = &mut writer else { break };
        let group = next.as_ref().map_or(last, |(_, group)| *group);
        last = group;
        let Some((batch, _)) = next else {
            while let Some(batch) = back.rest().map_err(failed)? {
                let batch = back.whole(&batch, file)?;
                writer.write(&batch, group).map_err(unplaced)?;
            }
            break;
        };
        let batch = back.around(&batch).map_err(failed)?;
        let batch = back.whole(&batch, file)?;
        writer.write(&batch, group).map_err(unplaced)?;
    }
    if let Some(writer) = writer {
        writer.finish().map_err(unplaced)?;
    }
    let is_same = format!("{:016x}", back.texts.digest.digest()) == file.xxh3;
    if is_same && back.pieces.next().is_none() { Ok(()) } else { Err(changed(file)) }
}

/// The names of the fields with which the table was read.
fn fields_of(ledger: &Ledger) -> Fields {
    let names = ledger.run.settings.get("text_field").and_then(|names| names.as_array());
    let names = names.map(|names| names.iter().filter_map(|name| name.as_str()));
    match names {
        Some(names) => Fields { text: names.map(str::to_owned).collect(), ..Fields::default() },
        None => Fields::default(),
    }
}

/// Rows that were dropped, in order.
struct Dropped {
    /// The number of each row, the batch that it is in, and its place there.
    rows: std::vec::IntoIter<(u64, usize, usize)>,
    batches: Vec<RecordBatch>,
}

impl Dropped {
    fn read(ledger: &Ledger, file: &FileLine, schema: &SchemaRef) -> io::Result<Self> {
        let (mut numbers, mut batches) = (Vec::new(), Vec::new());
        for line in ledger.rows_of(file) {
            let batch = rows::read(line)?;
            let batch = RecordBatch::try_new(SchemaRef::clone(schema), batch.columns().to_vec());
            let number = batches.len();
            let places = line.rows.iter().zip(0..);
            numbers.extend(places.map(|(&row, place)| (row, number, place)));
            batches.push(batch.map_err(broken)?);
        }
        numbers.sort_unstable();
        Ok(Self { rows: numbers.into_iter(), batches })
    }

    /// The next row, if it has this number.
    fn take(&mut self, number: Option<u64>) -> Option<RecordBatch> {
        let &(row, batch, place) = self.rows.as_slice().first()?;
        if number.is_some_and(|number| number != row) {
            return None;
        }
        self.rows.next();
        Some(self.batches[batch].slice(place, 1))
    }
}

/// A table that is put together again.
struct Back<'a, P: Iterator<Item = &'a Piece>> {
    chosen: &'a Chosen,
    dropped: Dropped,
    pieces: Peekable<P>,
    /// The number of the next row.
    next: u64,
    texts: Texts,
}

impl<'a, P: Iterator<Item = &'a Piece>> Back<'a, P> {
    /// A batch of what was written, with the rows that stood before and between its own.
    fn around(&mut self, batch: &RecordBatch) -> io::Result<RecordBatch> {
        let (mut parts, mut start, mut number) = (Vec::new(), 0, self.next);
        for row in 0..batch.num_rows() {
            while let Some(gone) = self.dropped.take(Some(number)) {
                if start < row {
                    parts.push(batch.slice(start, row - start));
                    start = row;
                }
                parts.push(gone);
                number += 1;
            }
            number += 1;
        }
        parts.push(batch.slice(start, batch.num_rows() - start));
        // The dictionaries of what was written come first.
        let model = batch.slice(0, 0);
        let parts: Vec<_> = std::iter::once(model).chain(parts).collect();
        joined(&parts).map_err(broken)?.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Rows that stood behind all that was written.
    fn rest(&mut self) -> io::Result<Option<RecordBatch>> {
        let parts: Vec<_> = std::iter::from_fn(|| self.dropped.take(None)).take(ROWS).collect();
        joined(&parts).map_err(broken)
    }

    /// The texts of a batch as they were.
    fn whole(&mut self, batch: &RecordBatch, file: &FileLine) -> Result<RecordBatch> {
        let first = self.next;
        self.next += batch.num_rows() as u64;
        let mut cells = vec![Cells::new(); self.chosen.text.len()];
        while let Some(line) = self.pieces.next_if(|piece| piece.line < self.next) {
            let row = line.line.checked_sub(first).and_then(|row| usize::try_from(row).ok());
            let row = row.filter(|&row| row < batch.num_rows()).ok_or_else(|| changed(file))?;
            let more = std::iter::from_fn(|| self.pieces.next_if(|next| next.line == line.line));
            let pieces: Vec<_> = std::iter::once(line).chain(more).collect();
            let text = RowText::new(batch, self.chosen, row);
            text.put_back(&pieces, &mut cells).ok_or_else(|| changed(file))?;
        }
        let failed = |cause| Error::io(Path::new(&file.path), broken(cause));
        let whole = replaced(batch, &self.chosen.text, &cells).map_err(failed)?;
        self.texts.add(&whole, self.chosen);
        Ok(whole)
    }
}
