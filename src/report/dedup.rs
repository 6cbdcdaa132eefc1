//! What dedup removes, for people and for machines: how much, of what, and the pairs that were decided narrowly.

use std::io::{self, Write};

use serde::Serialize;

use super::escape::escape_for_terminal;
use super::phrase::{counted, grouped, percent};
use super::shortened::Room;
use crate::dedup::{Counts, LengthLimits, Share, ShownLink, Summary};
use crate::error::{Error, ErrorKind, Result};

/// The schema of the JSON summary.
pub const SUMMARY_SCHEMA: &str = "twicetold.dedup/1";

/// Sources and files that a summary for people lists.
const LISTED: usize = 10;
/// Characters of a sentence that it shows.
const LONGEST: usize = 160;

/// Writes the summary for people; `pairs` says how many of the narrow decisions of each kind it shows.
///
/// # Errors
/// If writing fails.
pub fn dedup_text(summary: &Summary, pairs: usize, out: &mut dyn Write) -> Result<()> {
    lines(summary, pairs, out).map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

/// Writes the summary as one JSON object.
///
/// # Errors
/// If writing fails.
pub fn dedup_json(summary: &Summary, out: &mut dyn Write) -> Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        schema: &'static str,
        #[serde(flatten)]
        summary: &'a Summary,
    }
    let object = Object { schema: SUMMARY_SCHEMA, summary };
    let written = serde_json::to_string_pretty(&object).map_err(io::Error::from);
    let written = written.and_then(|text| writeln!(out, "{text}"));
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

fn lines(summary: &Summary, pairs: usize, out: &mut dyn Write) -> io::Result<()> {
    let Summary { all, removed, .. } = summary;
    writeln!(
        out,
        "read     {}{}, {}, {} bytes",
        counted(all.sentences, summary.unit),
        match summary.unit {
            "document" => String::new(),
            _ => format!(" in {}", counted(summary.documents, "document")),
        },
        counted(all.words, "word"),
        grouped(all.bytes),
    )?;
    writeln!(
        out,
        "removed  {} ({}), {} ({}), {} bytes ({}){}",
        counted(removed.sentences, summary.unit),
        share(removed.sentences, all.sentences),
        counted(removed.words, "word"),
        share(removed.words, all.words),
        grouped(removed.bytes),
        share(removed.bytes, all.bytes),
        match summary.emptied_documents {
            0 => String::new(),
            emptied => format!("; {} emptied", counted(emptied, "document")),
        },
    )?;
    let by: Vec<String> = summary
        .by_relation
        .iter()
        .map(|(name, count)| format!("{} {name}", grouped(*count)))
        .collect();
    if !by.is_empty() {
        writeln!(out, "of them  {}", by.join(", "))?;
    }
    writeln!(out, "kept     {} although they are linked", counted(summary.kept_links, "pair"))?;
    if let Some(left) = left(summary) {
        writeln!(out, "left     {left}")?;
    }
    table("source", &summary.by_source, out)?;
    table("file", &summary.by_file, out)?;
    links("Removed, the least similar first", &summary.weakest_removed, pairs, out)?;
    links("Kept although linked, the most similar first", &summary.strongest_kept, pairs, out)
}

/// What was left alone because of its length.
fn left(summary: &Summary) -> Option<String> {
    let LengthLimits { min_words, max_words, shorter, longer } = summary.left_by_length;
    let under =
        |count: String| format!("{count} of fewer than {}", counted(min_words.into(), "word"));
    let over = |count: String| {
        format!("{count} of more than {}", counted(max_words.unwrap_or_default().into(), "word"))
    };
    match (shorter, longer) {
        (0, 0) => None,
        (_, 0) => Some(under(counted(shorter, summary.unit))),
        (0, _) => Some(over(counted(longer, summary.unit))),
        _ => Some(format!("{}, {}", under(counted(shorter, summary.unit)), over(grouped(longer)))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share for people")]
fn share(part: u64, whole: u64) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

/// Where it went; one line that says what the first lines said is left out.
fn table(of: &str, shares: &[Share], out: &mut dyn Write) -> io::Result<()> {
    if shares.len() < 2 {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "{:>10} {:>8}  by {of}", "removed", "share")?;
    for Share { name, all, removed } in shares.iter().take(LISTED) {
        let Counts { sentences, .. } = *removed;
        let name = if name.is_empty() { "(none)".into() } else { escape_for_terminal(name) };
        writeln!(out, "{:>10} {:>8}  {name}", grouped(sentences), share(sentences, all.sentences))?;
    }
    let more = shares.len().saturating_sub(LISTED);
    if more > 0 {
        writeln!(out, "{:>20} {}", "and", counted(more as u64, &format!("more {of}")))
    } else {
        Ok(())
    }
}

fn links(heading: &str, links: &[ShownLink], most: usize, out: &mut dyn Write) -> io::Result<()> {
    if links.is_empty() || most == 0 {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "{heading}")?;
    for link in links.iter().take(most) {
        let flags = link.flags.join(", ");
        writeln!(
            out,
            "  {} characters {:.2}, words {:.2}{}{flags}",
            link.relation,
            link.scores.jaccard_char4,
            link.scores.jaccard_idf,
            if flags.is_empty() { "" } else { "; " },
        )?;
        for (text, at) in [(&link.kept, &link.kept_at), (&link.other, &link.other_at)] {
            let taken = Room::new(LONGEST, &[text]).take(text);
            let more = if taken.len() < text.len() { "…" } else { "" };
            writeln!(
                out,
                "    {}{more}  [{}]",
                escape_for_terminal(taken),
                escape_for_terminal(at)
            )?;
        }
    }
    Ok(())
}
