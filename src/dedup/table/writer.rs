//! Writes a table in the format that it was read in: schema and metadata as they were, the compression of each column too,
//! and the row groups that of the rows that are left.

use std::io::{self, Write};
use std::mem;

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::arrow_writer::{ArrowWriter, ArrowWriterOptions};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter};
use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, SortingColumn};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::SchemaDescriptor;
use xxhash_rust::xxh3::Xxh3;

use crate::read::{Name, StoredTable};

/// What is written, counted and digested.
pub(super) struct Out<'a> {
    to: &'a mut dyn Write,
    pub(super) bytes: u64,
    pub(super) digest: Xxh3,
}

impl<'a> Out<'a> {
    pub(super) fn new(to: &'a mut dyn Write) -> Self {
        Self { to, bytes: 0, digest: Xxh3::new() }
    }
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A table in the making.
pub(super) enum Writer<'a> {
    /// The row group that is written, and what was not handed on yet.
    Parquet {
        writer: Box<ArrowWriter<Vec<u8>>>,
        group: usize,
        out: Box<Out<'a>>,
    },
    File(Box<FileWriter<Out<'a>>>),
    Stream(Box<StreamWriter<Out<'a>>>),
}

impl<'a> Writer<'a> {
    /// `text` is the column that changes, which may not stay sorted.
    pub(super) fn new(
        out: Out<'a>,
        schema: &SchemaRef,
        stored: &StoredTable,
        text: &[Name],
    ) -> io::Result<Self> {
        Ok(match stored {
            StoredTable::Parquet(metadata) => {
                let options = options(schema, metadata, text).map_err(failed)?;
                let schema = SchemaRef::clone(schema);
                let writer = ArrowWriter::try_new_with_options(Vec::new(), schema, options);
                Self::Parquet {
                    writer: Box::new(writer.map_err(failed)?),
                    group: 0,
                    out: Box::new(out),
                }
            }
            StoredTable::ArrowFile(codec) => {
                let writer = FileWriter::try_new_with_options(out, schema, compressed(*codec)?);
                Self::File(Box::new(writer.map_err(broken)?))
            }
            StoredTable::ArrowStream(codec) => {
                let writer = StreamWriter::try_new_with_options(out, schema, compressed(*codec)?);
                Self::Stream(Box::new(writer.map_err(broken)?))
            }
        })
    }

    /// Writes rows of a row group; those of another one follow it.
    pub(super) fn write(&mut self, batch: &RecordBatch, number: usize) -> io::Result<()> {
        match self {
            Self::Parquet { writer, group, out } => {
                if *group != number {
                    *group = number;
                    writer.flush().map_err(failed)?;
                }
                writer.write(batch).map_err(failed)?;
                writer.sync()?;
                out.write_all(&mem::take(writer.inner_mut()))
            }
            Self::File(writer) => writer.write(batch).map_err(broken),
            Self::Stream(writer) => writer.write(batch).map_err(broken),
        }
    }

    /// Writes what is left; gives how many bytes were written, and their digest.
    pub(super) fn finish(self) -> io::Result<(u64, u64)> {
        let mut out = match self {
            Self::Parquet { writer, mut out, .. } => {
                let rest = writer.into_inner().map_err(failed)?;
                out.write_all(&rest)?;
                *out
            }
            Self::File(writer) => writer.into_inner().map_err(broken)?,
            Self::Stream(writer) => writer.into_inner().map_err(broken)?,
        };
        out.flush()?;
        Ok((out.bytes, out.digest.digest()))
    }
}

fn compressed(codec: Option<CompressionType>) -> io::Result<IpcWriteOptions> {
    IpcWriteOptions::default().try_with_compression(codec).map_err(broken)
}

fn options(
    schema: &SchemaRef,
    metadata: &ParquetMetaData,
    text: &[Name],
) -> Result<ArrowWriterOptions, ParquetError> {
    let file = metadata.file_metadata();
    let mut pairs = file.key_value_metadata().cloned().unwrap_or_default();
    let count = pairs.len();
    pairs.retain(|pair| pair.key != ARROW_SCHEMA_META_KEY);
    let has_no_schema = pairs.len() == count;
    let builder = WriterProperties::builder()
        .set_max_row_group_row_count(None)
        .set_key_value_metadata((!pairs.is_empty()).then_some(pairs));
    let properties = columns(builder, metadata, text).build();
    let options = ArrowWriterOptions::new()
        .with_properties(properties)
        .with_skip_arrow_metadata(has_no_schema);
    let derived = ArrowSchemaConverter::new().convert(schema)?;
    let described = file.schema_descr();
    Ok(if is_alike(&derived, described) {
        options.with_parquet_schema(described.clone())
    } else {
        options
    })
}

/// Whether columns are stored as they would be, so that their own description can be kept.
fn is_alike(derived: &SchemaDescriptor, described: &SchemaDescriptor) -> bool {
    derived.num_columns() == described.num_columns()
        && derived.columns().iter().zip(described.columns()).all(|(a, b)| {
            a.physical_type() == b.physical_type()
                && a.type_length() == b.type_length()
                && a.max_def_level() == b.max_def_level()
                && a.max_rep_level() == b.max_rep_level()
        })
}

/// Compression, dictionaries, Bloom filters and the order of rows, as the first row group has them.
fn columns(
    mut builder: WriterPropertiesBuilder,
    metadata: &ParquetMetaData,
    text: &[Name],
) -> WriterPropertiesBuilder {
    let Some(group) = metadata.row_groups().first() else { return builder };
    for column in group.columns() {
        let path = column.column_path().clone();
        let has_dictionary = column.encodings().any(|encoding| {
            matches!(encoding, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY)
        });
        builder = builder
            .set_column_compression(path.clone(), column.compression())
            .set_column_dictionary_enabled(path.clone(), has_dictionary);
        if column.bloom_filter_offset().is_some() {
            builder = builder.set_column_bloom_filter_enabled(path, true);
        }
    }
    let is_text = |column: &SortingColumn| {
        let place = usize::try_from(column.column_idx).ok();
        let column = place.and_then(|place| group.columns().get(place));
        column.is_none_or(|column| text.iter().any(|name| column.column_path().parts() == name))
    };
    let sorted = group.sorting_columns().map(|sorted| {
        sorted.iter().take_while(|column| !is_text(column)).cloned().collect::<Vec<_>>()
    });
    builder.set_sorting_columns(sorted.filter(|sorted| !sorted.is_empty()))
}

fn failed(cause: ParquetError) -> io::Error {
    io::Error::other(cause)
}

/// What an Arrow writer says; a full disk is one.
pub(super) fn broken(cause: ArrowError) -> io::Error {
    match cause {
        ArrowError::IoError(_, cause) => cause,
        cause => io::Error::other(cause),
    }
}
