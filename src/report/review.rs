//! The narrow decisions of a removal as a table that a person marks; `dedup --decisions` reads the marks.
//!
//! As the other tables: RFC 4180, and no cell that a spreadsheet would run.

use std::borrow::Cow;
use std::io;

use super::csv::{cell, write_table};
use crate::dedup::{ShownLink, Summary};
use crate::error::Result;

const COLUMNS: [&str; 12] = [
    "decision",
    "was",
    "relation",
    "characters",
    "words",
    "flags",
    "kept",
    "other",
    "kept_at",
    "other_at",
    "kept_id",
    "other_id",
];

/// Writes a row a pair: what went with the least similarity, and what stayed with the most. The first column is for marks.
///
/// # Errors
/// If `out` takes no more.
pub fn dedup_review(summary: &Summary, out: &mut dyn io::Write) -> Result<()> {
    let removed = summary.weakest_removed.iter().map(|link| row("removed", link));
    let kept = summary.strongest_kept.iter().map(|link| row("kept", link));
    write_table(out, &COLUMNS, |table| {
        removed
            .chain(kept)
            .try_for_each(|row| table.write_record(row.iter().map(|cell| cell.as_bytes())))
    })
}

fn row<'a>(was: &'a str, link: &'a ShownLink) -> [Cow<'a, str>; 12] {
    [
        "".into(),
        was.into(),
        link.relation.into(),
        format!("{:.4}", link.scores.jaccard_char4).into(),
        format!("{:.4}", link.scores.jaccard_idf).into(),
        link.flags.join(" ").into(),
        cell(&link.kept),
        cell(&link.other),
        cell(&link.kept_at),
        cell(&link.other_at),
        cell(&link.kept_id),
        cell(&link.other_id),
    ]
}
