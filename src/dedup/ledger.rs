//! The ledger: what was removed, where it stood, why, and in favour of what. JSON lines, schema `twicetold.removed/1`.
//!
//! The first line speaks of the run. Behind it, file by file, stands a line for each sentence that went, in the order of the
//! file, with the very bytes that were cut out and where; then one for the file itself, with lengths and digests. So the input
//! can be put together again from what was written and the ledger, and whoever does so can prove it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

pub use crate::read::LEDGER_SCHEMA;

/// A line of the ledger.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum LedgerLine {
    /// What was done; the first line.
    Run(RunLine),
    /// A sentence that went.
    Removed(Box<RemovedLine>),
    /// Rows of a table of columns of which nothing was left.
    Rows(RowsLine),
    /// A file, behind its sentences.
    File(FileLine),
}

/// What was done.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RunLine {
    /// [`LEDGER_SCHEMA`].
    pub schema: String,
    /// The version of the program.
    pub version: String,
    /// Whether the output is one file, and not a folder of files.
    pub one_file: bool,
    /// Every setting that can change the result.
    pub settings: Map<String, Value>,
}

/// A sentence that went.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RemovedLine {
    /// Its file.
    pub file: String,
    /// The line in it, from 1.
    pub line: u64,
    /// The name of its document.
    pub document: String,
    /// Its own name, which depends on its key alone.
    pub sentence: String,
    /// Its text.
    pub text: String,
    /// Where in the file's text (decompressed, in UTF-8, behind any byte order mark; of a table of columns in the text of the
    /// row) what was cut out begins, in bytes.
    pub start: u64,
    /// What was cut out, as it stood there: the text as its format writes it, with the blanks that went with it.
    pub cut: String,
    /// Why it went: `repeat`, `all_copies`, `boilerplate`.
    pub reason: String,
    /// How it is related to the one in whose favour it went.
    pub relation: String,
    /// What stands beside the scores.
    pub flags: Vec<String>,
    /// The scores of a pair that is not equal.
    pub scores: Option<Scores>,
    /// The one in whose favour it went.
    pub kept: Option<KeptLine>,
}

/// Where the sentence stands in whose favour another went.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct KeptLine {
    /// Its file.
    pub file: String,
    /// The line in it, from 1.
    pub line: u64,
    /// The name of its document.
    pub document: String,
    /// Its own name.
    pub sentence: String,
    /// Its text.
    pub text: String,
}

/// The scores of a pair, as in reports.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Scores {
    /// Jaccard over words weighted by rarity.
    pub jaccard_idf: f64,
    /// Jaccard over character 4-grams.
    pub jaccard_char4: f64,
    /// The share of the kept sentence that is matched.
    pub coverage_kept: f64,
    /// The share of the removed one that is matched.
    pub coverage_removed: f64,
    /// The longest run of equal words.
    pub longest_run: u32,
    /// 1 − word edit distance.
    pub word_edit: f64,
}

/// Rows of a table of columns of which nothing was left, with all that stood in them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RowsLine {
    /// Their file.
    pub file: String,
    /// Their numbers in it, from 1.
    pub rows: Vec<u64>,
    /// The rows, as an Arrow stream in base64.
    pub arrow: String,
}

/// A file that was read, and what was written of it.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the format")]
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FileLine {
    /// Its path.
    pub path: String,
    /// The path of what was written, in the output's folder; none if the output is one file.
    pub output: Option<String>,
    /// Whether anything of it was left, and so written; a table of columns is, if only with its head.
    pub left: bool,
    /// Its format.
    pub format: String,
    /// Whether its bytes (decompressed) are what its text says: UTF-8 without damage. Of a table of columns they never are: an
    /// equal table comes back, not the same bytes.
    pub exact: bool,
    /// Whether a byte order mark stands before its text.
    pub mark: bool,
    /// The length of its text in bytes; of a table of columns that of its texts together.
    pub bytes: u64,
    /// XXH3-64 of its text, in hexadecimal; of a table of columns that of its texts, each behind its length (8 bytes, little
    /// end first; all ones where it is missing).
    pub xxh3: String,
    /// The length of the text that was written; of a table of columns that of the file.
    pub output_bytes: u64,
    /// XXH3-64 of it.
    pub output_xxh3: String,
}

impl LedgerLine {
    /// The line as it is written, with its line break.
    ///
    /// # Errors
    /// Never in practice: every part can be written as JSON.
    pub fn written(&self) -> Result<String> {
        let line = serde_json::to_string(self);
        let line = line.map_err(|cause| Error::record(format!("a line of a ledger ({cause})")))?;
        Ok(line + "\n")
    }

    /// Reads a line.
    ///
    /// # Errors
    /// It is none of a ledger of this version.
    pub fn read(line: &str) -> Result<Self> {
        let expected = |cause| Error::record(format!("a line of {LEDGER_SCHEMA} ({cause})"));
        let read: Self = serde_json::from_str(line).map_err(expected)?;
        match &read {
            Self::Run(run) if run.schema != LEDGER_SCHEMA => {
                Err(Error::record(format!("{LEDGER_SCHEMA}, found {}", run.schema)))
            }
            _ => Ok(read),
        }
    }
}
