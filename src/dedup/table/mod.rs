//! Tables of columns: the same table without what was removed from its texts, and the way back.
//!
//! Only the column of the text changes. A row of which nothing is left goes, and stands in the ledger with all its columns. The
//! table is read once more and written row group by row group; what is held are the rows of one batch and, of Parquet, the row
//! group that is written.

mod annotate;
mod cells;
mod restore;
mod row;
mod rows;
#[cfg(test)]
mod tests;
mod writer;

use std::io::{self, Write};
use std::path::Path;

use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::{DataType, Schema};
use arrow_select::filter::filter_record_batch;
use xxhash_rust::xxh3::Xxh3;

pub(crate) use self::restore::{restore_table, table_format};

use self::cells::{Cells, replaced};
use self::row::RowText;
use self::rows::Dropped;
use self::writer::{Out, Writer, broken};
use super::Dedup;
use super::cuts::{Cut, cuts};
use super::ledger::{FileLine, LedgerLine};
use super::rewrite::{Rewritten, put_line, shared_out};
use crate::corpus::InputFile;
use crate::error::{Error, ErrorKind, Result};
use crate::ids::{DocumentId, FileId};
use crate::read::{Chosen, StoredTable, Table, cell_text};

/// The length and the digest of the texts of a table.
#[derive(Default)]
struct Texts {
    bytes: u64,
    digest: Xxh3,
}

impl Texts {
    /// All cells of the text in a batch; a missing one has no length.
    fn add(&mut self, batch: &RecordBatch, chosen: &Chosen) {
        for row in 0..batch.num_rows() {
            for name in &chosen.text {
                let cell = cell_text(batch, name, row);
                let length = cell.as_ref().map_or(u64::MAX, |cell| cell.len() as u64);
                self.digest.update(&length.to_le_bytes());
                self.digest.update(cell.as_deref().unwrap_or_default().as_bytes());
                self.bytes += cell.map_or(0, |cell| cell.len() as u64);
            }
        }
    }
}

impl Dedup<'_> {
    /// Writes a table of the corpus without what goes, and its lines of the ledger. `table` is the file once more.
    ///
    /// # Errors
    /// The file cannot be read again, or is not as it was; the output or the ledger cannot be written.
    pub(crate) fn write_table(
        &self,
        file: FileId,
        table: &mut Table<'_>,
        out: &mut dyn Write,
        ledger: &mut dyn Write,
    ) -> Result<Rewritten> {
        let about = self.corpus.file(file);
        let failed = |cause| Error::io(Path::new(&about.path), cause);
        let schema = table.schema().clone();
        let chosen = Chosen::new(&schema, &self.config.input.fields).map_err(failed)?;
        check_dictionaries(&table.stored(), &schema, &chosen).map_err(failed)?;
        let keeps_dictionaries = !matches!(table.stored(), StoredTable::Parquet(_));
        let mut rewriting = Rewriting {
            dedup: self,
            file: about,
            chosen,
            ledger,
            waiting: self.documents_of(file).filter_map(DocumentId::from_index).collect(),
            dropped: Dropped::new(keeps_dictionaries),
            texts: Texts::default(),
            done: Rewritten { is_left: true, is_exact: true, ..Rewritten::default() },
        };
        let (mut sink, mut writer) = (Some(Out::new(out)), None);
        let (mut first, mut written) = (1, (0, 0));
        loop {
            let next = table.next().map_err(failed)?;
            // The compression of an Arrow table is known from its first batch on.
            if let Some(out) = sink.take() {
                let text = &rewriting.chosen.text;
                writer = Some(Writer::new(out, &schema, &table.stored(), text).map_err(failed)?);
            }
            let Some((batch, group)) = next else { break };
            let left = rewriting.batch(&batch, first)?;
            if let Some(writer) = writer.as_mut().filter(|_| left.num_rows() > 0) {
                writer.write(&left, group).map_err(unplaced)?;
            }
            first += batch.num_rows() as u64;
        }
        if let Some(writer) = writer {
            written = writer.finish().map_err(unplaced)?;
        }
        rewriting.finish(written)
    }
}

/// What could not be written has the place of whoever opened it.
fn unplaced(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io(cause))
}

/// An Arrow file has one dictionary for a column, which could not take in other texts.
fn check_dictionaries(stored: &StoredTable, schema: &Schema, chosen: &Chosen) -> io::Result<()> {
    let is_file = matches!(stored, StoredTable::ArrowFile(_));
    let is_text = |name: &String| chosen.text.iter().any(|text| text.first() == Some(name));
    let refused = schema.fields().iter().find(|field| match field.data_type() {
        DataType::Dictionary(_, _) => is_text(field.name()),
        kind => has_dictionary(kind),
    });
    match refused.filter(|_| is_file) {
        None => Ok(()),
        Some(field) => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!(
                "the dictionary of the column \"{}\" cannot change in an Arrow file; write it as Parquet or as an Arrow stream",
                field.name()
            ),
        )),
    }
}

/// Whether a nested type has a dictionary in it.
fn has_dictionary(kind: &DataType) -> bool {
    let is_one =
        |kind: &DataType| matches!(kind, DataType::Dictionary(_, _)) || has_dictionary(kind);
    match kind {
        DataType::Struct(fields) => fields.iter().any(|field| is_one(field.data_type())),
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::FixedSizeList(item, _)
        | DataType::ListView(item)
        | DataType::LargeListView(item)
        | DataType::Map(item, _)
        | DataType::RunEndEncoded(_, item) => is_one(item.data_type()),
        DataType::Union(fields, _) => fields.iter().any(|(_, field)| is_one(field.data_type())),
        _ => false,
    }
}

/// A table that is written without what goes.
struct Rewriting<'a, 'd> {
    dedup: &'a Dedup<'d>,
    file: &'a InputFile,
    chosen: Chosen,
    ledger: &'a mut dyn Write,
    /// The documents whose rows were not read yet.
    waiting: std::collections::VecDeque<DocumentId>,
    dropped: Dropped,
    texts: Texts,
    done: Rewritten,
}

impl Rewriting<'_, '_> {
    /// What is left of a batch, the first row of which has this number.
    fn batch(&mut self, batch: &RecordBatch, first: u64) -> Result<RecordBatch> {
        self.texts.add(batch, &self.chosen);
        let mut stays = vec![true; batch.num_rows()];
        let mut cells = vec![Cells::new(); self.chosen.text.len()];
        while let Some(&document) = self.waiting.front() {
            let row = self.dedup.corpus.document(document).line().checked_sub(first);
            let row = row.and_then(|row| usize::try_from(row).ok());
            let Some(row) = row.filter(|&row| row < stays.len()) else { break };
            self.waiting.pop_front();
            let Some(goes) = self.dedup.goes(document) else { continue };
            let text = RowText::new(batch, &self.chosen, row);
            if !text.is(self.dedup.corpus.text(document)) {
                self.done.unlocated += 1;
                continue;
            }
            self.done.is_changed = true;
            let cuts = self.cuts((document, &text), &goes)?;
            stays[row] = !goes.iter().all(|&goes| goes) || self.dedup.policy.keep_empty;
            if stays[row] {
                text.cut(&cuts, &mut cells);
            }
        }
        let placed = |error: ArrowResult| error.map_err(|cause| self.failed(broken(cause)));
        let changed = placed(replaced(batch, &self.chosen.text, &cells))?;
        if stays.iter().all(|&stays| stays) {
            return Ok(changed);
        }
        let goes: Vec<bool> = stays.iter().map(|&stays| !stays).collect();
        let numbers = (first..).zip(&goes).filter(|&(_, &goes)| goes).map(|(row, _)| row).collect();
        let gone = placed(filter_record_batch(batch, &BooleanArray::from(goes)))?;
        let left = placed(filter_record_batch(&changed, &BooleanArray::from(stays)))?;
        let line = self.dropped.add(numbers, gone, &self.file.path);
        self.note(line)?;
        Ok(left)
    }

    fn failed(&self, cause: io::Error) -> Error {
        Error::io(Path::new(&self.file.path), cause)
    }

    fn note(&mut self, line: io::Result<Option<super::ledger::RowsLine>>) -> Result<()> {
        match line.map_err(|cause| self.failed(cause))? {
            None => Ok(()),
            Some(line) => put_line(self.ledger, &LedgerLine::Rows(line)),
        }
    }

    /// Notes what is cut out of a document, and gives it.
    fn cuts(
        &mut self,
        (document, text): (DocumentId, &RowText<'_>),
        goes: &[bool],
    ) -> Result<Vec<Cut>> {
        let whole = self.dedup.corpus.text(document);
        let sentences = self.dedup.sentences_of(document);
        let is_one = text.is_one() || !self.dedup.policy.keep_empty;
        let found = if goes.iter().all(|&goes| goes) && is_one {
            let begins = sentences.iter().map(|sentence| sentence.span.range().start);
            shared_out(&(0..whole.len()), begins)
        } else {
            text.within(&cuts(whole, sentences, goes))
        };
        for Cut { sentence, range } in &found {
            let cut = whole.get(range.clone()).unwrap_or_default();
            let line = self.dedup.ledger_line((document, *sentence), range.start as u64, cut);
            put_line(self.ledger, &LedgerLine::Removed(Box::new(line)))?;
        }
        Ok(found)
    }

    fn finish(mut self, (bytes, digest): (u64, u64)) -> Result<Rewritten> {
        if !self.waiting.is_empty() {
            let expected = "the file as it was when it was read";
            return Err(Error::record(expected).at(Path::new(&self.file.path), None));
        }
        let line = self.dropped.line(&self.file.path);
        self.note(line)?;
        let line = FileLine {
            path: self.file.path.clone(),
            output: self.dedup.output_of(self.file),
            left: true,
            format: self.file.format.to_owned(),
            exact: false,
            mark: false,
            bytes: self.texts.bytes,
            xxh3: format!("{:016x}", self.texts.digest.digest()),
            output_bytes: bytes,
            output_xxh3: format!("{digest:016x}"),
        };
        put_line(self.ledger, &LedgerLine::File(line))?;
        Ok(self.done)
    }
}

type ArrowResult = std::result::Result<RecordBatch, arrow_schema::ArrowError>;
