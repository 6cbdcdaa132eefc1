//! The report as one JSON object, schema `twicetold.report/1`.
//!
//! Keys stand in the order of the schema, floats have four decimals, and nothing of the machine or the clock is written
//! unless it is passed in, so that the same report is the same bytes. Characters that would act on a terminal are written
//! as `\u` escapes, which lose nothing. Long lists are laid out in chunks, on several
//! threads, and written in order; no copy of the report is built. The schema is published as `docs/report.schema.json`.
//!
//! Cost: linear in the output.

mod checked;
pub(super) mod found;
pub(super) mod head;
mod layout;
mod members;
mod safe;
mod string;

use std::io::{self, Write as _};

use serde::Serialize;
use serde_json::{
    Map, Serializer, Value,
    ser::{CompactFormatter, PrettyFormatter},
};

use self::found::{cluster, document, pair, sentence};
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
    /// Threads that lay it out; 0 is one for each core. The bytes do not depend on it.
    pub threads: usize,
}

impl Default for JsonView<'_> {
    fn default() -> Self {
        Self { pretty: true, timings: None, threads: 0 }
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
    let mut object = members::Members::new(view, out);
    object.member("schema", REPORT_SCHEMA)?;
    object.member("version", env!("CARGO_PKG_VERSION"))?;
    object.member("config", &report.settings)?;
    object.member("input", &Input::new(&report.input))?;
    object.member("recall", &Recall::new(&report.recall))?;
    object.list("documents", &report.documents, document)?;
    object.list("sentences", &report.sentences, |out, it| sentence(out, report, it))?;
    object.list("clusters", &report.clusters, |out, it| cluster(out, report, it))?;
    object.list("pairs", &report.pairs, |out, it| pair(out, report, it))?;
    if let Some(timings) = view.timings {
        object.member("timings", timings)?;
    }
    object.end()
}

/// Writes any object and a line break.
pub(super) fn write_object(
    object: &impl Serialize,
    pretty: bool,
    out: &mut dyn io::Write,
) -> Result<()> {
    // JSON is written in many small pieces.
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let written = lay_out(object, pretty, &mut out);
    let written = written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

fn lay_out(value: &impl Serialize, pretty: bool, out: impl io::Write) -> io::Result<()> {
    let written = if pretty {
        value.serialize(&mut Serializer::with_formatter(out, Safe(PrettyFormatter::new())))
    } else {
        value.serialize(&mut Serializer::with_formatter(out, Safe(CompactFormatter)))
    };
    written.map_err(io::Error::from)
}
