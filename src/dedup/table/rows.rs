//! Rows of which nothing is left, kept in the ledger with all their columns: as an Arrow stream in base64.

use std::io;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};
use arrow_ipc::{CompressionType, MetadataVersion};
use arrow_schema::{ArrowError, DataType};
use arrow_select::concat::concat_batches;
use arrow_select::dictionary::garbage_collect_any_dictionary;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::writer::broken;
use crate::dedup::ledger::RowsLine;

/// So many rows, or bytes of memory, stand in a line of the ledger.
const ROWS: usize = 4_096;
const BYTES: usize = 4 << 20;

/// Rows that wait to be noted.
#[derive(Default)]
pub(super) struct Dropped {
    numbers: Vec<u64>,
    batches: Vec<RecordBatch>,
    bytes: usize,
    /// Whether dictionaries must stay whole, so that what is restored can share that of the file.
    keeps_dictionaries: bool,
}

impl Dropped {
    /// None yet.
    pub(super) fn new(keeps_dictionaries: bool) -> Self {
        Self { keeps_dictionaries, ..Self::default() }
    }

    /// Rows with these numbers; gives a line once enough wait.
    pub(super) fn add(
        &mut self,
        numbers: Vec<u64>,
        batch: RecordBatch,
        file: &str,
    ) -> io::Result<Option<RowsLine>> {
        if numbers.is_empty() {
            return Ok(None);
        }
        let batch = if self.keeps_dictionaries { batch } else { lean(&batch).map_err(broken)? };
        self.bytes += batch.get_array_memory_size();
        self.numbers.extend(numbers);
        self.batches.push(batch);
        if self.numbers.len() < ROWS && self.bytes < BYTES { Ok(None) } else { self.line(file) }
    }

    /// The line for what waits.
    pub(super) fn line(&mut self, file: &str) -> io::Result<Option<RowsLine>> {
        let Some(first) = self.batches.first() else { return Ok(None) };
        let schema = first.schema();
        let options = IpcWriteOptions::try_new(8, false, MetadataVersion::V5)
            .and_then(|options| options.try_with_compression(Some(CompressionType::ZSTD)));
        let stream =
            StreamWriter::try_new_with_options(Vec::new(), &schema, options.map_err(broken)?);
        let mut stream = stream.map_err(broken)?;
        for batch in &self.batches {
            stream.write(batch).map_err(broken)?;
        }
        let arrow = STANDARD.encode(stream.into_inner().map_err(broken)?);
        let rows = std::mem::take(&mut self.numbers);
        self.batches.clear();
        self.bytes = 0;
        Ok(Some(RowsLine { file: file.to_owned(), rows, arrow }))
    }
}

/// Rows without what other rows had in common with them.
fn lean(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let columns = batch.columns().iter().map(|column| match column.data_type() {
        DataType::Dictionary(_, _) => garbage_collect_any_dictionary(column.as_any_dictionary()),
        DataType::Utf8View => Ok(std::sync::Arc::new(column.as_string_view().gc()) as ArrayRef),
        DataType::BinaryView => Ok(std::sync::Arc::new(column.as_binary_view().gc()) as ArrayRef),
        _ => Ok(ArrayRef::clone(column)),
    });
    RecordBatch::try_new(batch.schema(), columns.collect::<Result<_, _>>()?)
}

/// The rows of a line, as one batch.
pub(super) fn read(line: &RowsLine) -> io::Result<RecordBatch> {
    let unreadable = |cause: String| io::Error::new(io::ErrorKind::InvalidData, cause);
    let stream = STANDARD.decode(&line.arrow).map_err(|cause| unreadable(cause.to_string()))?;
    let reader = StreamReader::try_new(stream.as_slice(), None);
    let reader = reader.map_err(|cause| unreadable(cause.to_string()))?;
    let schema = reader.schema();
    let batches: Result<Vec<_>, _> = reader.collect();
    let batches = batches.map_err(|cause| unreadable(cause.to_string()))?;
    let batches = shared(&batches).map_err(|cause| unreadable(cause.to_string()))?;
    let batch = concat_batches(&schema, &batches).map_err(|cause| unreadable(cause.to_string()))?;
    if batch.num_rows() != line.rows.len() {
        return Err(unreadable(format!("{} rows", line.rows.len())));
    }
    Ok(batch)
}

/// Batches one behind another, of which those with equal dictionaries share one.
pub(super) fn joined(batches: &[RecordBatch]) -> Result<Option<RecordBatch>, ArrowError> {
    let Some(first) = batches.first() else { return Ok(None) };
    if batches.len() == 1 {
        return Ok(Some(first.clone()));
    }
    concat_batches(first.schema_ref(), &shared(batches)?).map(Some)
}

fn shared(batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, ArrowError> {
    let Some(first) = batches.first() else { return Ok(Vec::new()) };
    let like = |batch: &RecordBatch| {
        let pairs = batch.columns().iter().zip(first.columns());
        let columns = pairs.map(|(column, model)| like(column, model)).collect();
        RecordBatch::try_new(first.schema(), columns)
    };
    batches.iter().map(like).collect()
}

/// A column with the dictionary of another one, if both are equal.
fn like(column: &ArrayRef, model: &ArrayRef) -> ArrayRef {
    let both = column.as_any_dictionary_opt().zip(model.as_any_dictionary_opt());
    match both {
        Some((own, other)) => {
            let (values, others) = (own.values().to_data(), other.values().to_data());
            if values.ptr_eq(&others) || values != others {
                return ArrayRef::clone(column);
            }
            own.with_values(ArrayRef::clone(other.values()))
        }
        _ => ArrayRef::clone(column),
    }
}
