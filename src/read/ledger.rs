//! A ledger of `dedup` as a reference: the sentences that an earlier run removed, each with the place that it had.
//!
//! Only what went is taken, whatever it went for; lines about the run, files and rows are passed over. A line that is
//! none of these is an error, unless `keep_going`.

use std::io::BufRead;

use serde::Deserialize;

use crate::corpus::{LineOrigin, Metadata, Stood};
use crate::error::{Error, Result};

use super::format::LEDGER_SCHEMA;
use super::intake::Intake;
use super::lines;

/// What is read of a line.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    line: u64,
    #[serde(default)]
    document: String,
    #[serde(default)]
    text: String,
}

/// Reads a document for each sentence that went.
pub(super) fn read(text: &mut dyn BufRead, intake: &mut Intake<'_>) -> Result<()> {
    lines::each(text, intake, |line, json, intake| {
        match serde_json::from_str::<Entry>(json) {
            Ok(entry) if entry.kind == "removed" => {
                let Entry { file, line: stood, document, text, .. } = entry;
                let mut added = intake.add(&text, LineOrigin::Record, Metadata::default());
                added.line(line).stood(Stood { file, line: stood, document });
                Ok(())
            }
            Ok(_) => Ok(()),
            // A program wrote it: it was cut short, and what is lost of it would come back. The cause would quote the line.
            Err(_) => intake.damaged(line, Error::record(format!("a line of {LEDGER_SCHEMA}"))),
        }
    })
}
