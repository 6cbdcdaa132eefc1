//! Tables for tests, in every way of storing them.

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};

/// A way of storing a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Parquet(Compression),
    /// With pages of the second version.
    Parquet2(Compression),
    File(Option<CompressionType>),
    Stream(Option<CompressionType>),
}

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Parquet(_) | Self::Parquet2(_) => "a.parquet",
            Self::File(_) => "a.arrow",
            Self::Stream(_) => "a.arrows",
        }
    }

    pub(crate) const fn is_arrow_file(self) -> bool {
        matches!(self, Self::File(_))
    }
}

/// All ways.
pub(crate) fn ways() -> Vec<Way> {
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
    ];
    let ipc = [None, Some(CompressionType::ZSTD), Some(CompressionType::LZ4_FRAME)];
    let mut ways: Vec<_> = codecs.map(Way::Parquet).to_vec();
    ways.extend(codecs.map(Way::Parquet2));
    ways.extend(ipc.map(Way::File));
    ways.extend(ipc.map(Way::Stream));
    ways
}

/// Batches as a file, a row group each.
pub(crate) fn written(way: Way, batches: &[RecordBatch]) -> Vec<u8> {
    let schema = batches[0].schema();
    let ipc = |codec| IpcWriteOptions::default().try_with_compression(codec).unwrap();
    match way {
        Way::Parquet(codec) | Way::Parquet2(codec) => {
            let is_second = matches!(way, Way::Parquet2(_));
            let version =
                if is_second { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
            let properties = WriterProperties::builder()
                .set_compression(codec)
                .set_writer_version(version)
                .set_key_value_metadata(Some(vec![parquet::file::metadata::KeyValue::new(
                    "made".to_owned(),
                    "for a test".to_owned(),
                )]));
            let mut writer =
                ArrowWriter::try_new(Vec::new(), schema, Some(properties.build())).unwrap();
            for batch in batches {
                writer.write(batch).unwrap();
                writer.flush().unwrap();
            }
            writer.into_inner().unwrap()
        }
        Way::File(codec) => {
            let mut writer =
                FileWriter::try_new_with_options(Vec::new(), &schema, ipc(codec)).unwrap();
            for batch in batches {
                writer.write(batch).unwrap();
            }
            writer.into_inner().unwrap()
        }
        Way::Stream(codec) => {
            let mut writer =
                StreamWriter::try_new_with_options(Vec::new(), &schema, ipc(codec)).unwrap();
            for batch in batches {
                writer.write(batch).unwrap();
            }
            writer.into_inner().unwrap()
        }
    }
}
