//! A table of any of the columnar formats, as batches of rows.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_schema::SchemaRef;
use parquet::file::metadata::ParquetMetaData;

use super::fields::Chosen;
use super::groups::Groups;
use super::messages::Messages;
use crate::read::budget::Budget;

/// A table that is read.
pub(crate) struct Table<'a> {
    rows: Rows<'a>,
    /// The columns that are read, if not all; Arrow's by their numbers.
    columns: Option<Vec<usize>>,
    batches: usize,
}

enum Rows<'a> {
    Parquet(Box<Groups<'a>>),
    Arrow(Box<Messages<'a>>),
}

/// What a table is stored in.
#[derive(Clone, Debug)]
pub(crate) enum Stored {
    /// Parquet, with what its footer says.
    Parquet(Arc<ParquetMetaData>),
    /// An Arrow file and how its batches are compressed.
    ArrowFile(Option<CompressionType>),
    /// An Arrow stream and how its batches are compressed.
    ArrowStream(Option<CompressionType>),
}

impl<'a> Table<'a> {
    pub(super) fn parquet(file: File, budget: &'a Budget) -> io::Result<Self> {
        let rows = Rows::Parquet(Box::new(Groups::open(file, budget)?));
        Ok(Self { rows, columns: None, batches: 0 })
    }

    pub(super) fn arrow(bytes: Box<dyn Read + 'a>, budget: &'a Budget) -> io::Result<Self> {
        let rows = Rows::Arrow(Box::new(Messages::open(bytes, budget)?));
        Ok(Self { rows, columns: None, batches: 0 })
    }

    /// Reads only what is chosen from now on.
    pub(super) fn project(&mut self, chosen: &Chosen) -> io::Result<()> {
        let names = chosen.names();
        match &mut self.rows {
            Rows::Parquet(groups) => groups.project(&names),
            Rows::Arrow(messages) => {
                let wanted = |name: &String| names.iter().any(|path| path.first() == Some(name));
                let fields = messages.schema().fields().iter().enumerate();
                let fields = fields.filter(|(_, field)| wanted(field.name()));
                self.columns = Some(fields.map(|(number, _)| number).collect());
                Ok(())
            }
        }
    }

    /// Its columns, and what is said of it.
    pub(crate) fn schema(&self) -> &SchemaRef {
        match &self.rows {
            Rows::Parquet(groups) => groups.schema(),
            Rows::Arrow(messages) => messages.schema(),
        }
    }

    /// What it is stored in; of Arrow the compression is known once a batch was read.
    pub(crate) fn stored(&self) -> Stored {
        match &self.rows {
            Rows::Parquet(groups) => Stored::Parquet(Arc::clone(groups.metadata())),
            Rows::Arrow(messages) if messages.is_file() => {
                Stored::ArrowFile(messages.compression())
            }
            Rows::Arrow(messages) => Stored::ArrowStream(messages.compression()),
        }
    }

    /// The next rows, and the number of the row group (of Arrow the batch) that they stand in.
    pub(crate) fn next(&mut self) -> io::Result<Option<(RecordBatch, usize)>> {
        match &mut self.rows {
            Rows::Parquet(groups) => groups.next(),
            Rows::Arrow(messages) => {
                let number = self.batches;
                let batch =
                    messages.next(self.columns.as_deref()).map_err(|cause| match cause {
                        cause if cause.kind() == io::ErrorKind::InvalidData => {
                            super::damaged(format!("batch {}: {cause}", number + 1))
                        }
                        cause => cause,
                    })?;
                self.batches += 1;
                Ok(batch.map(|batch| (batch, number)))
            }
        }
    }
}
