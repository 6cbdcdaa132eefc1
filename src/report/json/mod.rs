//! The report as one JSON object, schema `twicetold.report/1`.
//!
//! Keys stand in the order of the schema, floats have four decimals, and nothing of the machine or the clock is written
//! unless it is passed in, so that the same report is the same bytes. Characters that would act on a terminal are written
//! as `\u` escapes, which lose nothing. Lists are written as they are walked; no copy of the
//! report is built. The schema is published as `docs/report.schema.json`.
//!
//! Cost: linear in the output.

pub(super) mod found;
mod head;
mod safe;

use std::io::{self, Write as _};

use serde::{Serialize, ser::SerializeStruct as _};
use serde_json::{
    Map, Serializer, Value,
    ser::{CompactFormatter, PrettyFormatter},
};

use self::found::{Cluster, Document, Pair, Sentence};
use self::head::{Input, Recall};
use self::safe::Safe;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::Report;

/// The name and version of the report's format.
pub const REPORT_SCHEMA: &str = "twicetold.report/1";

/// How the object is laid out, and what beside the result it carries.
#[derive(Clone, Copy, Debug)]
pub struct JsonView<'a> {
    /// Whether it is laid out over lines, two blanks a level, instead of on one.
    pub pretty: bool,
    /// Times and facts of the machine, as the last key `timings`. With them two runs no longer write the same bytes.
    pub timings: Option<&'a Map<String, Value>>,
}

impl Default for JsonView<'_> {
    fn default() -> Self {
        Self { pretty: true, timings: None }
    }
}

/// Writes the report as one JSON object and a line break.
///
/// ```
/// use twicetold::{Config, Corpus, detect, report};
/// let corpus = Corpus::from_texts(["The ferry left Velmark at dawn.", "The ferry left Velmark at dawn!"]);
/// let found = detect(&corpus, &Config::default())?;
/// let mut out = Vec::new();
/// report::json(&found, &report::JsonView::default(), &mut out)?;
/// assert!(!out.is_empty());
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If `out` takes no more.
///
/// # Panics
/// If a position in the report is not one of its lists', which the pipeline never writes.
pub fn json(report: &Report, view: &JsonView<'_>, out: &mut dyn io::Write) -> Result<()> {
    write_object(&ReportObject { report, timings: view.timings }, view.pretty, out)
}

/// Writes any object and a line break.
pub(super) fn write_object(
    object: &impl Serialize,
    pretty: bool,
    out: &mut dyn io::Write,
) -> Result<()> {
    // JSON is written in many small pieces.
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let written = if pretty {
        object.serialize(&mut Serializer::with_formatter(&mut out, Safe(PrettyFormatter::new())))
    } else {
        object.serialize(&mut Serializer::with_formatter(&mut out, Safe(CompactFormatter)))
    };
    let written = written.map_err(io::Error::from);
    let written = written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

struct ReportObject<'a> {
    report: &'a Report,
    timings: Option<&'a Map<String, Value>>,
}

impl Serialize for ReportObject<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let keys = 9 + usize::from(self.timings.is_some());
        let mut object = serializer.serialize_struct("report", keys)?;
        object.serialize_field("schema", REPORT_SCHEMA)?;
        object.serialize_field("version", env!("CARGO_PKG_VERSION"))?;
        object.serialize_field("config", &report.settings)?;
        object.serialize_field("input", &Input::new(&report.input))?;
        object.serialize_field("recall", &Recall::new(&report.recall))?;
        object
            .serialize_field("documents", &List(|| report.documents.iter().map(Document::new)))?;
        let sentences = || report.sentences.iter().map(|sentence| Sentence::new(report, sentence));
        object.serialize_field("sentences", &List(sentences))?;
        let clusters = || report.clusters.iter().map(|cluster| Cluster::new(report, cluster));
        object.serialize_field("clusters", &List(clusters))?;
        let pairs = || report.pairs.iter().map(|pair| Pair::new(report, pair));
        object.serialize_field("pairs", &List(pairs))?;
        if let Some(timings) = self.timings {
            object.serialize_field("timings", timings)?;
        }
        object.end()
    }
}

/// A list whose items are made while it is written.
struct List<F>(F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
