//! The whole audit as one JSON object, and how it was made as another.

use std::io::{self, Write};

use serde::Serialize;

use crate::audit::model::{Audit, Run, Totals};
use crate::error::{Error, ErrorKind, Result};

/// The schema of `run.json`.
pub const AUDIT_RUN_SCHEMA: &str = "twicetold.audit.run/1";

/// Writes the audit as one JSON object; nothing of it is held twice.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_json(audit: &Audit<'_>, out: &mut dyn Write) -> Result<()> {
    let written = serde_json::to_writer(&mut *out, audit).map_err(io::Error::from);
    let written = written.and_then(|()| out.write_all(b"\n"));
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

/// Writes how the audit was made: settings, inputs with their digests, recall, warnings, totals.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_run_json(audit: &Audit<'_>, out: &mut dyn Write) -> Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        schema: &'static str,
        version: &'static str,
        audit_schema: &'static str,
        run: &'a Run,
        totals: &'a Totals,
    }
    let object = Object {
        schema: AUDIT_RUN_SCHEMA,
        version: audit.version,
        audit_schema: audit.schema,
        run: &audit.run,
        totals: &audit.totals,
    };
    let written = serde_json::to_writer_pretty(&mut *out, &object).map_err(io::Error::from);
    let written = written.and_then(|()| out.write_all(b"\n"));
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}
