//! Records and what is true of them, as lines of JSON.

use std::io::{self, Write};

use super::record::{Cluster, Planted, Record};
use crate::normalize::Normalizer;
use crate::shingle::char_grams;
use crate::verify::shared_items;

/// Writes a record.
pub(super) fn write_record(record: &Record, out: &mut Vec<u8>) -> io::Result<()> {
    write!(out, "{{\"id\":\"r{}\",\"text\":", record.index)?;
    serde_json::to_writer(&mut *out, &record.text)?;
    let (year, month, day) =
        (2_019 + record.day / 336, record.day % 336 / 28 + 1, record.day % 28 + 1);
    let source = record.source;
    writeln!(
        out,
        ",\"source\":\"outlet-{source}.example\",\"date\":\"{year}-{month:02}-{day:02}\"}}"
    )
}

/// Writes lines of the truth. Keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct TruthLines {
    normalizer: Normalizer,
    key: String,
    original: Vec<u64>,
    copy: Vec<u64>,
}

impl TruthLines {
    /// Writes a record's cluster, and the planted pair if its original is among the first `count` records.
    pub(super) fn write(
        &mut self,
        record: &Record,
        count: u64,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let index = record.index;
        write!(out, "{{\"record\":\"r{index}\",\"cluster\":\"")?;
        match record.cluster {
            Cluster::Copies(number) => write!(out, "c{number}")?,
            Cluster::Boilerplate(line) => write!(out, "b{line}")?,
            Cluster::Decoy(index) => write!(out, "d{index}")?,
        }
        writeln!(out, "\"}}")?;
        match record.planted {
            Some(planted) if planted.original < count => self.write_pair(record, planted, out),
            _ => Ok(()),
        }
    }

    fn write_pair(
        &mut self,
        record: &Record,
        planted: Planted,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let Planted { original, class, decoy } = planted;
        let (index, class) = (record.index, class.name());
        write!(out, "{{\"a\":\"r{original}\",\"b\":\"r{index}\",\"class\":\"{class}\",\"decoy\":")?;
        match decoy {
            Some(decoy) => write!(out, "\"{}\"", decoy.name())?,
            None => write!(out, "null")?,
        }
        writeln!(out, ",\"jaccard_char4\":{:.4}}}", self.jaccard_char4(record))
    }

    /// The share of character 4-grams that the keys of copy and original have in common.
    fn jaccard_char4(&mut self, record: &Record) -> f64 {
        if record.text == record.original {
            return 1.0;
        }
        for (text, grams) in
            [(&record.original, &mut self.original), (&record.text, &mut self.copy)]
        {
            self.key.clear();
            self.normalizer.key(text, &mut self.key);
            char_grams(&self.key, grams);
        }
        let shared = shared_items(&self.original, &self.copy);
        let all = (self.original.len() + self.copy.len()) as u64 - shared;
        #[expect(clippy::cast_precision_loss, reason = "counts of a sentence's letters")]
        let ratio = shared as f64 / all.max(1) as f64;
        ratio
    }
}
