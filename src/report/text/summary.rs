//! The last line: what was found in what, and what may have been missed.

use std::io;

use super::sheet::Sheet;
use crate::pipeline::{InputSummary, RecallStatement, Report};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{counted, engine_words, grouped, percent, two_decimals};

/// Writes the line; what was shown of clusters, of contained pairs and of pairs beside clusters is said where it is not all.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    clusters: usize,
    beside: [(usize, usize); 2],
) -> io::Result<()> {
    let found = found(sheet, clusters, beside);
    let nothing = is_nothing(sheet.report, beside);
    let style = if nothing { Style::Plain } else { Style::Strong };
    let mut parts = vec![read(&sheet.report.input), recall(&sheet.report.recall)];
    if sheet.report.input.skipped_total > 0 {
        parts.push(skipped(&sheet.report.input));
    }
    let line = Paragraph::new(0, 2).add(style, &found).add(Style::Plain, "; ");
    sheet.paragraph(&line.add(Style::Plain, &parts.join("; ")))
}

fn is_nothing(report: &Report, beside: [(usize, usize); 2]) -> bool {
    report.clusters.is_empty() && beside.iter().all(|&(_, all)| all == 0)
}

fn found(sheet: &Sheet<'_>, shown: usize, beside: [(usize, usize); 2]) -> String {
    let (report, (thing, place)) = (sheet.report, sheet.units());
    if is_nothing(report, beside) {
        let hint = "; what fills most of the text has no rare words: try --profile near";
        let by_words =
            report.settings.get("profile").is_some_and(|profile| profile == "paraphrase");
        let crowded = by_words && report.recall.capped > 0;
        return format!("Nothing is said twice{}", if crowded { hint } else { "" });
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
        counted(sentences, thing),
        counted(places, place),
    );
    let [(contained, all_contained), (across, all_across)] = beside;
    if all_contained > 0 {
        let pairs = counted(all_contained as u64, "contained pair");
        found = format!("{found}; {pairs}{}", only(contained, all_contained));
    }
    if all_across > 0 {
        let pairs = counted(all_across as u64, "pair");
        found = format!("{found}; {pairs} beside them{}", only(across, all_across));
    }
    found
}

fn read(input: &InputSummary) -> String {
    let without_words = match input.without_words {
        0 => String::new(),
        count => format!(", {} without words", grouped(count)),
    };
    format!(
        "{}, {} distinct{without_words}, {}",
        counted(input.sentences, "sentence"),
        grouped(input.distinct),
        documents(input),
    )
}

fn documents(input: &InputSummary) -> String {
    match input.reference_documents {
        0 => counted(input.documents, "document"),
        reference => {
            let new = counted(input.documents - reference, "document");
            format!("{new} against {} of the reference", grouped(reference))
        }
    }
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
            format!(
                ", {} at {}",
                percent(recall.probability(recall.threshold)),
                two_decimals(recall.threshold)
            )
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
        let comparisons = counted(recall.capped, "comparison");
        said = format!("{said}; {comparisons} of long lists left to representatives");
    }
    said
}
