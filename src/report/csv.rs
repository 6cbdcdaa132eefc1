//! The report as two tables for spreadsheets: a row a pair, and a row for each place of each member of each cluster.
//!
//! RFC 4180: commas, quotation marks doubled, CRLF; UTF-8. A cell of text that a spreadsheet would run as a formula is
//! given an apostrophe in front (OWASP, *CSV injection*); numbers are left as they are. Lists of names inside a cell are
//! separated by blanks. Cost: linear in the output.

use std::{borrow::Cow, io};

use csv::{Terminator, Writer, WriterBuilder};

use super::json::found::{Scores, flag_names};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Report, ReportedCluster, ReportedPair, ReportedPlace, ReportedSentence};
use crate::verify::Channel;

const PAIR_COLUMNS: [&str; 21] = [
    "a",
    "b",
    "relation",
    "jaccard_idf",
    "jaccard_char4",
    "coverage_a",
    "coverage_b",
    "longest_run",
    "word_edit",
    "log10_evalue",
    "flags",
    "channels",
    "document_a",
    "line_a",
    "text_a",
    "document_b",
    "line_b",
    "text_b",
    "split_with",
    "split_similarity",
    "split_text",
];

const CLUSTER_COLUMNS: [&str; 23] = [
    "cluster",
    "size",
    "places",
    "relation",
    "min_similarity",
    "mean_similarity",
    "flags",
    "sentence",
    "survivor",
    "representative",
    "kind",
    "document",
    "path",
    "source",
    "title",
    "date",
    "url",
    "reference",
    "index",
    "line",
    "start",
    "end",
    "text",
];

/// Writes a row a pair, with the first place of each sentence.
///
/// # Errors
/// If `out` takes no more.
pub fn csv_pairs(report: &Report, out: &mut dyn io::Write) -> Result<()> {
    write_table(out, &PAIR_COLUMNS, |table| {
        report.pairs.iter().try_for_each(|pair| write_row(table, &pair_row(report, pair)))
    })
}

/// Writes a row for each place of each member of each cluster.
///
/// ```
/// use twicetold::{Config, Corpus, detect, report};
/// let corpus = Corpus::from_texts(["The ferry left Velmark at dawn.", "The ferry left Velmark at dawn!"]);
/// let found = detect(&corpus, &Config::default())?;
/// let mut out = Vec::new();
/// report::csv_clusters(&found, &mut out)?;
/// assert!(!out.is_empty());
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If `out` takes no more.
pub fn csv_clusters(report: &Report, out: &mut dyn io::Write) -> Result<()> {
    write_table(out, &CLUSTER_COLUMNS, |table| {
        for cluster in &report.clusters {
            for &member in &cluster.members {
                for place in &report.sentences[member].places {
                    write_row(table, &place_row(report, cluster, member, place))?;
                }
            }
        }
        Ok(())
    })
}

/// Writes the header, then the rows.
pub(super) fn write_table<'a>(
    out: &'a mut dyn io::Write,
    columns: &[&str],
    rows: impl FnOnce(&mut Writer<&'a mut dyn io::Write>) -> csv::Result<()>,
) -> Result<()> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let written = table
        .write_record(columns)
        .and_then(|()| rows(&mut table))
        .and_then(|()| Ok(table.flush()?));
    written.map_err(|error| Error::new(ErrorKind::Io(io_error(error))))
}

fn write_row(table: &mut Writer<&mut dyn io::Write>, row: &[Cow<'_, str>]) -> csv::Result<()> {
    table.write_record(row.iter().map(|cell| cell.as_bytes()))
}

/// The cause of a failed write.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn pair_row<'a>(report: &'a Report, pair: &ReportedPair) -> [Cow<'a, str>; 21] {
    let scores = Scores::new(&pair.scores);
    let channels: Vec<_> = pair.channels.iter().map(Channel::name).collect();
    let (a, b) = (&report.sentences[pair.a], &report.sentences[pair.b]);
    let split = pair.split.map(|split| (&report.sentences[split.with], split.similarity));
    let ((document_a, line_a), (document_b, line_b)) =
        (first_place(report, a), first_place(report, b));
    [
        cell(&a.id),
        cell(&b.id),
        pair.relation.name().into(),
        number(&scores.jaccard_idf),
        number(&scores.jaccard_char4),
        number(&scores.coverage_a),
        number(&scores.coverage_b),
        number(&scores.longest_run),
        number(&scores.word_edit),
        number(&scores.log10_evalue),
        flag_names(pair.flags).join(" ").into(),
        channels.join(" ").into(),
        document_a,
        line_a,
        cell(&a.text),
        document_b,
        line_b,
        cell(&b.text),
        optional(split.map(|(other, _)| other.id.as_str())),
        split.map_or(Cow::Borrowed(""), |(_, similarity)| number(&similarity.rounded())),
        optional(split.map(|(other, _)| other.text.as_str())),
    ]
}

/// The document and the line of a sentence's first place.
fn first_place<'a>(
    report: &'a Report,
    sentence: &ReportedSentence,
) -> (Cow<'a, str>, Cow<'a, str>) {
    let Some(place) = sentence.places.first() else { return Default::default() };
    (cell(&report.documents[place.document].id), number(&place.line))
}

fn place_row<'a>(
    report: &'a Report,
    cluster: &'a ReportedCluster,
    member: usize,
    place: &'a ReportedPlace,
) -> [Cow<'a, str>; 23] {
    let sentence = &report.sentences[member];
    let document = &report.documents[place.document];
    [
        cell(&cluster.id),
        number(&cluster.members.len()),
        number(&cluster.places),
        cluster.relation.name().into(),
        number(&cluster.min_similarity.rounded()),
        number(&cluster.mean_similarity.rounded()),
        flag_names(cluster.flags).join(" ").into(),
        cell(&sentence.id),
        number(&(cluster.members.first() == Some(&member))),
        number(&(cluster.representative == member)),
        sentence.kind.name().into(),
        cell(&document.id),
        cell(&document.path),
        optional(document.source.as_deref()),
        optional(document.title.as_deref()),
        optional(document.date.as_deref()),
        optional(document.url.as_deref()),
        number(&document.is_reference),
        number(&place.index),
        number(&place.line),
        number(&place.start),
        number(&place.end),
        cell(place.text.as_deref().unwrap_or(&sentence.text)),
    ]
}

/// A number or a truth value: our own, never guarded.
fn number<'a>(value: &impl ToString) -> Cow<'a, str> {
    value.to_string().into()
}

/// A cell of text, or an empty one.
fn optional(text: Option<&str>) -> Cow<'_, str> {
    text.map_or(Cow::Borrowed(""), cell)
}

/// A cell of text from outside, guarded against being run: blanks before the sign do not hide it from a spreadsheet.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let risky = |c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(risky) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_is_guarded_and_a_number_is_not() {
        for text in ["=1+1", "+1", "-3.2", "@SUM(A1)", "\t=1", "\rx", " =1", "＝1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["plain", "a=b", "", "'quoted'", "3 - 2"] {
            assert_eq!(cell(text), text);
        }
        assert_eq!(number(&-3.2), "-3.2");
    }
}
