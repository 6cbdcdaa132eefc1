//! How an audit was made: settings, inputs, recall, and what must be known.

use serde_json::{Map, Value, json};

use super::model::{Run, RunFile, RunRecall, RunSkip, Window};
use super::policy::{Basis, Policy};
use crate::corpus::InputFile;
use crate::pipeline::{Groups, RecallStatement};

/// What is said of a run.
pub(super) fn run(groups: &Groups<'_>, policy: &Policy, mut warnings: Vec<String>) -> Run {
    let input = groups.input();
    let recall = groups.recall();
    warnings.extend(input.warnings.iter().cloned());
    if recall.capped > 0 {
        warnings.push(format!(
            "{} comparisons of widely shared phrases were left to representatives",
            recall.capped
        ));
    }
    if policy.basis != Basis::Given {
        warnings.push(format!(
            "dates tell when articles were {}, not when they were published",
            if policy.basis == Basis::Crawled { "crawled" } else { "first seen" }
        ));
    }
    let mut settings = groups.settings();
    settings.insert("audit".to_owned(), Value::Object(asked(policy)));
    let skips = input.skipped.iter();
    let moment = |moment: Option<super::Moment>| moment.map(|moment| moment.to_string());
    let has_window = policy.since.is_some() || policy.until.is_some();
    Run {
        settings,
        files: input.files.iter().map(file).collect(),
        skipped_total: input.skipped_total,
        skipped: skips
            .map(|skip| RunSkip {
                path: skip.path.clone(),
                line: skip.line,
                reason: skip.reason.clone(),
            })
            .collect(),
        recall: stated(&recall),
        window: has_window.then(|| Window { from: moment(policy.since), to: moment(policy.until) }),
        clock_tolerance_seconds: policy.clock_tolerance,
        embargo_seconds: policy.embargo,
        minimum_words: policy.minimum_words,
        wholly_from: policy.wholly.rounded(),
        partially_from: policy.partially.rounded(),
        decisions: policy.decisions.files().to_vec(),
        warnings,
    }
}

/// The settings of the audit itself.
fn asked(policy: &Policy) -> Map<String, Value> {
    let settings = json!({
        "basis": policy.basis.name(),
        "merges_families": policy.merges_families,
        "across": if policy.across_documents { "documents" } else { "sources" },
        "marks": policy.marks.iter().count(),
        "marks_xxh3": format!("{:016x}", xxhash_rust::xxh3::xxh3_64(policy.marks.to_string().as_bytes())),
    });
    match settings {
        Value::Object(settings) => settings,
        _ => Map::new(),
    }
}

fn file(file: &InputFile) -> RunFile {
    RunFile {
        path: file.path.clone(),
        format: file.format,
        documents: file.documents,
        bytes: file.bytes,
        xxh3: format!("{:016x}", file.xxh3),
    }
}

fn stated(recall: &RecallStatement) -> RunRecall {
    let rounded = |number: f64| (number * 10_000.0).round() / 10_000.0;
    let mut contract = Map::new();
    contract.insert("recall".to_owned(), json!(recall.contract.recall.rounded()));
    contract.insert("at".to_owned(), json!(recall.contract.at.rounded()));
    RunRecall {
        engine: recall.engine,
        bands: recall.bands,
        rows: recall.rows,
        threshold: recall.threshold.rounded(),
        at_threshold: rounded(recall.probability(recall.threshold)),
        contract,
        expected: rounded(recall.expected),
        capped: recall.capped,
    }
}
