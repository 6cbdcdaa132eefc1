//! The head of the JSON report: what was read, and what may have been missed.

use serde::Serialize;

use super::checked::Checked;
use crate::config::Contract;
use crate::corpus::{InputFile, Skip};
use crate::ids::Similarity;
use crate::pipeline::{InputSummary, RecallStatement};
use crate::report::decimals::rounded;

#[derive(Serialize)]
pub(in crate::report) struct Input<'a> {
    files: Vec<File<'a>>,
    documents: u64,
    reference_documents: u64,
    sentences: u64,
    distinct: u64,
    without_words: u64,
    skipped: Vec<Skipped<'a>>,
    skipped_total: u64,
}

impl<'a> Input<'a> {
    pub(in crate::report) fn new(input: &'a InputSummary) -> Self {
        Self {
            files: input.files.iter().map(File::new).collect(),
            documents: input.documents,
            reference_documents: input.reference_documents,
            sentences: input.sentences,
            distinct: input.distinct,
            without_words: input.without_words,
            skipped: input.skipped.iter().map(Skipped::new).collect(),
            skipped_total: input.skipped_total,
        }
    }
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    format: &'static str,
    documents: u64,
    bytes: u64,
    xxh3: String,
}

impl<'a> File<'a> {
    fn new(file: &'a InputFile) -> Self {
        Self {
            path: &file.path,
            format: file.format,
            documents: file.documents,
            bytes: file.bytes,
            xxh3: format!("{:016x}", file.xxh3),
        }
    }
}

#[derive(Serialize)]
struct Skipped<'a> {
    path: &'a str,
    line: Option<u64>,
    reason: &'a str,
}

impl<'a> Skipped<'a> {
    fn new(skip: &'a Skip) -> Self {
        Self { path: &skip.path, line: skip.line, reason: &skip.reason }
    }
}

#[derive(Serialize)]
pub(in crate::report) struct Recall {
    engine: &'static str,
    bands: u32,
    rows: u32,
    threshold: f64,
    at_threshold: f64,
    at_contract: f64,
    /// By similarity, in tenths from 0.1.
    curve: [f64; 10],
    /// Over the pairs of the plan's sample.
    expected: f64,
    contract: Promise,
    /// What `--check-recall` measured; null where it was not asked for.
    checked: Option<Checked>,
    capped: u64,
    met: u64,
    reason: String,
}

impl Recall {
    pub(in crate::report) fn new(recall: &RecallStatement) -> Self {
        let at = |similarity| rounded(recall.probability(similarity));
        let mut tenths = (1..).map(|tenth| at(Similarity::ratio(tenth, 10)));
        Self {
            engine: recall.engine,
            bands: recall.bands,
            rows: recall.rows,
            threshold: recall.threshold.rounded(),
            at_threshold: at(recall.threshold),
            at_contract: at(recall.contract.at),
            curve: [(); 10].map(|()| tenths.next().unwrap_or(1.0)),
            expected: rounded(recall.expected),
            contract: Promise::new(recall.contract),
            checked: recall.checked.as_ref().map(Checked::new),
            capped: recall.capped,
            met: recall.met,
            reason: recall.reason.clone(),
        }
    }
}

#[derive(Serialize)]
struct Promise {
    recall: f64,
    at: f64,
}

impl Promise {
    fn new(contract: Contract) -> Self {
        Self { recall: contract.recall.rounded(), at: contract.at.rounded() }
    }
}
