//! The last line: what was found in what, and what may have been missed.

use std::io;

use super::sheet::Sheet;
use crate::pipeline::{InputSummary, RecallStatement, Report};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{counted, engine_words, grouped, percent, two_decimals};

/// Writes the line; what was shown of clusters and of contained pairs is said where it is not all.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    clusters: usize,
    contained: (usize, usize),
) -> io::Result<()> {
    let found = found(sheet.report, clusters, contained);
    let nothing = sheet.report.clusters.is_empty() && contained.1 == 0;
    let style = if nothing { Style::Plain } else { Style::Strong };
    let mut parts = vec![read(&sheet.report.input), recall(&sheet.report.recall)];
    if sheet.report.input.skipped_total > 0 {
        parts.push(skipped(&sheet.report.input));
    }
    let line = Paragraph::new(0, 2).add(style, &found).add(Style::Plain, "; ");
    sheet.paragraph(&line.add(Style::Plain, &parts.join("; ")))
}

fn found(report: &Report, shown: usize, contained: (usize, usize)) -> String {
    if report.clusters.is_empty() && contained.1 == 0 {
        return "Nothing is said twice".to_owned();
    }
    let only = |shown: usize, all: usize| {
        if shown < all { format!(" ({} shown)", grouped(shown as u64)) } else { String::new() }
    };
    let sentences = report.clusters.iter().map(|cluster| cluster.members.len() as u64).sum();
    let places = report.clusters.iter().map(|cluster| cluster.places).sum();
    let mut found = format!(
        "{}{}, {} in {}",
        counted(report.clusters.len() as u64, "cluster"),
        only(shown, report.clusters.len()),
        counted(sentences, "sentence"),
        counted(places, "place"),
    );
    if contained.1 > 0 {
        let pairs = counted(contained.1 as u64, "contained pair");
        found = format!("{found}; {pairs}{}", only(contained.0, contained.1));
    }
    found
}

fn read(input: &InputSummary) -> String {
    format!(
        "{}, {} distinct, {}",
        counted(input.sentences, "sentence"),
        grouped(input.distinct),
        counted(input.documents, "document"),
    )
}

/// Records, and files of which nothing was read; past those that are kept word for word nobody knows which.
fn skipped(input: &InputSummary) -> String {
    let files = input.skipped.iter().filter(|skip| skip.line.is_none()).count() as u64;
    let records = input.skipped_total - files.min(input.skipped_total);
    match (records, files) {
        (records, 0) => format!("{} skipped", counted(records, "record")),
        (0, files) => format!("{} skipped", counted(files, "file")),
        (records, files) => {
            format!("{} and {} skipped", counted(records, "record"), counted(files, "file"))
        }
    }
}

fn recall(recall: &RecallStatement) -> String {
    let mut said = if recall.bands == 0 {
        format!("recall: exact ({})", engine_words(recall.engine))
    } else {
        let at_threshold = if recall.contract.at > recall.threshold {
            format!(", {} at {}", percent(recall.at_threshold), two_decimals(recall.threshold))
        } else {
            String::new()
        };
        format!(
            "recall: ≥ {} at {}{at_threshold} ({} × {} bands)",
            percent(recall.contract.recall.number()),
            two_decimals(recall.contract.at),
            recall.bands,
            recall.rows,
        )
    };
    if recall.capped > 0 {
        let pairs = counted(recall.capped, "pair");
        said = format!("{said}; {pairs} in heavy lists not compared one by one");
    }
    said
}
