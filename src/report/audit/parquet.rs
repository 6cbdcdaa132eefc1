//! A table in Parquet: a column each of strings, 64-bit numbers or truth values, all of which may be missing.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::cells::{Cell, Column, Kind};
use super::tables::AuditTable;
use crate::audit::model::Audit;
use crate::error::{Error, ErrorKind, Result};

/// Rows that are encoded at a time.
const BATCH: usize = 8_192;

/// Writes a table in Parquet.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_parquet(
    table: &AuditTable,
    audit: &Audit<'_>,
    out: &mut (dyn Write + Send),
) -> Result<()> {
    let columns = table.columns(audit);
    let fields: Vec<Field> = columns.iter().map(field).collect();
    let schema = Arc::new(Schema::new(fields));
    let level = ZstdLevel::try_new(3).map_err(failed)?;
    let settings = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by("twicetold".to_owned())
        .build();
    let mut writer = ArrowWriter::try_new(out, schema.clone(), Some(settings)).map_err(failed)?;
    let mut batch = Batch::new(&columns);
    table.rows(audit, &mut |row: &[Cell<'_>]| {
        batch.push(row);
        if batch.rows < BATCH {
            return Ok(());
        }
        writer.write(&batch.take(&schema)?).map_err(failed)
    })?;
    if batch.rows > 0 {
        writer.write(&batch.take(&schema)?).map_err(failed)?;
    }
    writer.close().map(|_| ()).map_err(failed)
}

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        Kind::Text => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Decimal => DataType::Float64,
        Kind::Truth => DataType::Boolean,
    };
    Field::new(column.name.as_ref(), kind, true)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Io(std::io::Error::other(error)))
}

/// A column in the making.
enum Filled {
    Text(StringBuilder),
    Whole(Int64Builder),
    Decimal(Float64Builder),
    Truth(BooleanBuilder),
}

struct Batch {
    columns: Vec<Filled>,
    rows: usize,
}

impl Batch {
    fn new(columns: &[Column]) -> Self {
        let filled = |column: &Column| match column.kind {
            Kind::Text => Filled::Text(StringBuilder::new()),
            Kind::Whole => Filled::Whole(Int64Builder::new()),
            Kind::Decimal => Filled::Decimal(Float64Builder::new()),
            Kind::Truth => Filled::Truth(BooleanBuilder::new()),
        };
        Self { columns: columns.iter().map(filled).collect(), rows: 0 }
    }

    /// A cell of another kind than its column's is missing.
    fn push(&mut self, row: &[Cell<'_>]) {
        for (column, cell) in self.columns.iter_mut().zip(row) {
            match (column, cell) {
                (Filled::Text(column), Cell::Text(text)) => column.append_value(text),
                (Filled::Whole(column), Cell::Whole(number)) => column.append_value(*number),
                (Filled::Decimal(column), Cell::Decimal(number)) => column.append_value(*number),
                (Filled::Truth(column), Cell::Truth(truth)) => column.append_value(*truth),
                (Filled::Text(column), _) => column.append_null(),
                (Filled::Whole(column), _) => column.append_null(),
                (Filled::Decimal(column), _) => column.append_null(),
                (Filled::Truth(column), _) => column.append_null(),
            }
        }
        self.rows += 1;
    }

    fn take(&mut self, schema: &Arc<Schema>) -> Result<RecordBatch> {
        let finished = |column: &mut Filled| -> ArrayRef {
            match column {
                Filled::Text(column) => Arc::new(column.finish()),
                Filled::Whole(column) => Arc::new(column.finish()),
                Filled::Decimal(column) => Arc::new(column.finish()),
                Filled::Truth(column) => Arc::new(column.finish()),
            }
        };
        self.rows = 0;
        let columns = self.columns.iter_mut().map(finished).collect();
        RecordBatch::try_new(schema.clone(), columns).map_err(failed)
    }
}
