//! Parquet, row group by row group.
//!
//! The footer at its end says where everything is, so it is read from a file that can be sought in. What a column decompresses
//! to is added up from the headers of its pages before a row group is decoded. Memory: the footer, a page of each column,
//! and a batch of rows.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};

use super::fields::Name;
use super::{contained, damaged, thrift};
use crate::read::budget::Budget;

/// How a Parquet file begins and ends.
pub(super) const MAGIC: &[u8] = b"PAR1";
/// How one ends whose footer is encrypted.
const ENCRYPTED: &[u8] = b"PARE";
/// Rows that are decoded at a time.
const ROWS: usize = 1_024;
/// So much of a page is read to find its header, and so much at most, in bytes.
const HEADER: u64 = 4 << 10;
const LONGEST_HEADER: u64 = 16 << 20;

/// The row groups of a file.
pub(super) struct Groups<'a> {
    file: File,
    length: u64,
    budget: &'a Budget,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    /// The row group that is read, and its rows that were not read yet.
    group: usize,
    left: u64,
    rows: Option<ParquetRecordBatchReader>,
}

impl<'a> Groups<'a> {
    /// Reads the footer.
    pub(super) fn open(mut file: File, budget: &'a Budget) -> io::Result<Self> {
        let length = check(&mut file)?;
        let metadata =
            contained(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::default()))?;
        let mask = ProjectionMask::all();
        Ok(Self { file, length, budget, metadata, mask, group: 0, left: 0, rows: None })
    }

    /// Reads only these columns from now on; their strings as views of the pages, so that one string that stands in a
    /// thousand rows is held once.
    pub(super) fn project(&mut self, names: &[Name]) -> io::Result<()> {
        let schema = self.metadata.schema();
        let viewed = schema.fields().iter().map(|field| match field.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 => {
                field.as_ref().clone().with_data_type(DataType::Utf8View)
            }
            DataType::Binary | DataType::LargeBinary => {
                field.as_ref().clone().with_data_type(DataType::BinaryView)
            }
            _ => field.as_ref().clone(),
        });
        let viewed = Schema::new(viewed.collect::<Vec<_>>());
        let options = ArrowReaderOptions::default().with_schema(Arc::new(viewed));
        let metadata = Arc::clone(self.metadata.metadata());
        self.metadata = contained(|| ArrowReaderMetadata::try_new(metadata, options))?;
        let columns = self.metadata.parquet_schema();
        let wanted = columns.columns().iter().enumerate().filter_map(|(leaf, column)| {
            let parts = column.path().parts();
            names.iter().any(|name| parts.starts_with(name)).then_some(leaf)
        });
        self.mask = ProjectionMask::leaves(columns, wanted.collect::<Vec<_>>());
        Ok(())
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    pub(super) fn metadata(&self) -> &Arc<ParquetMetaData> {
        self.metadata.metadata()
    }

    /// The next rows, and the number of the row group that they stand in.
    pub(super) fn next(&mut self) -> io::Result<Option<(RecordBatch, usize)>> {
        loop {
            if let Some(rows) = &mut self.rows {
                let batch = contained(|| rows.next().transpose());
                match batch.map_err(|cause| self.in_group(&cause))? {
                    Some(batch) => {
                        let count = batch.num_rows() as u64;
                        let Some(left) = self.left.checked_sub(count) else {
                            return Err(self.in_group(&damaged("more rows than it announces")));
                        };
                        self.left = left;
                        return Ok(Some((batch, self.group)));
                    }
                    None if self.left > 0 => {
                        let what = format!("{} rows fewer than it announces", self.left);
                        return Err(self.in_group(&damaged(what)));
                    }
                    None => {
                        self.rows = None;
                        self.group += 1;
                    }
                }
            }
            if self.group >= self.metadata.metadata().num_row_groups() {
                return Ok(None);
            }
            self.begin().map_err(|cause| match cause.kind() {
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => self.in_group(&cause),
                _ => cause,
            })?;
        }
    }

    fn in_group(&self, cause: &io::Error) -> io::Error {
        damaged(format!("row group {}: {cause}", self.group + 1))
    }

    fn begin(&mut self) -> io::Result<()> {
        let metadata = Arc::clone(self.metadata.metadata());
        let group = metadata.row_group(self.group);
        if group.num_rows() == 0 {
            // Nothing to decode: its columns have no pages, or only a dictionary.
            self.group += 1;
            return Ok(());
        }
        for leaf in 0..group.num_columns() {
            if self.mask.leaf_included(leaf) {
                self.bound(group.column(leaf))?;
            }
        }
        self.left = u64::try_from(group.num_rows()).map_err(|_| damaged("a negative length"))?;
        let file = self.file.try_clone()?;
        let rows = contained(|| {
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![self.group])
                .with_projection(self.mask.clone())
                .with_batch_size(ROWS)
                .build()
        })?;
        self.rows = Some(rows);
        Ok(())
    }

    /// Counts what the pages of a column decompress to.
    fn bound(&mut self, column: &ColumnChunkMetaData) -> io::Result<()> {
        // Where there is no such page, some writers say that it stands at 0.
        let dictionary = column.dictionary_page_offset().filter(|&offset| offset > 0);
        let first = match (dictionary, column.data_page_offset()) {
            (Some(dictionary), 0) => dictionary,
            (Some(dictionary), data) => dictionary.min(data),
            (None, data) => data,
        };
        let place = u64::try_from(first).ok().zip(u64::try_from(column.compressed_size()).ok());
        let place = place.and_then(|(start, length)| Some((start, start.checked_add(length)?)));
        let Some((mut at, end)) = place.filter(|&(_, end)| end <= self.length) else {
            return Err(damaged("a column outside the file"));
        };
        while at < end {
            let header = self.page_header(at, end)?;
            if header.entries > header.plain {
                return Err(damaged("a dictionary of more entries than bytes"));
            }
            self.budget.give(header.plain)?;
            at = at.saturating_add(header.length as u64).saturating_add(header.stored);
        }
        Ok(())
    }

    fn page_header(&mut self, at: u64, end: u64) -> io::Result<thrift::PageHeader> {
        let mut most = HEADER;
        loop {
            self.file.seek(SeekFrom::Start(at))?;
            let mut bytes = Vec::new();
            self.file.by_ref().take(most.min(end - at)).read_to_end(&mut bytes)?;
            match thrift::page_header(&bytes) {
                Err(cause)
                    if cause.kind() == io::ErrorKind::UnexpectedEof
                        && most < (end - at).min(LONGEST_HEADER) =>
                {
                    most *= 16;
                }
                Err(cause) => return Err(damaged(format!("the header of a page ({cause})"))),
                Ok(header) => return Ok(header),
            }
        }
    }
}

/// Checks both ends of a file and what its footer asks for; gives the file's length.
fn check(file: &mut File) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut mark = Vec::new();
    file.by_ref().take(4).read_to_end(&mut mark)?;
    if mark == ENCRYPTED {
        return Err(damaged("an encrypted Parquet file"));
    }
    if mark != MAGIC {
        return Err(damaged("no Parquet file: it does not begin with PAR1"));
    }
    let missing = || {
        let message = "ends early: the footer of the Parquet file is missing";
        io::Error::new(io::ErrorKind::UnexpectedEof, message)
    };
    let mut tail = [0; 8];
    let at = length.checked_sub(8).filter(|&at| at >= 4).ok_or_else(missing)?;
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut tail)?;
    let [a, b, c, d, mark @ ..] = tail;
    if mark == ENCRYPTED {
        return Err(damaged("an encrypted Parquet file"));
    }
    let size = u64::from(u32::from_le_bytes([a, b, c, d]));
    let start = at.checked_sub(size).filter(|_| mark == MAGIC).ok_or_else(missing)?;
    file.seek(SeekFrom::Start(start))?;
    let mut footer = Vec::new();
    file.by_ref().take(size).read_to_end(&mut footer)?;
    thrift::check_footer(&footer)
        .map_err(|cause| damaged(format!("a damaged footer ({cause})")))?;
    file.rewind()?;
    Ok(length)
}
