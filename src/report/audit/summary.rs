//! The summary of an audit for a terminal: how much is whose, who was first, what was changed.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::audit::model::{Audit, Cluster, Source, Totals};
use crate::audit::{Note, Verdict};
use crate::error::{Error, ErrorKind, Result};
use crate::report::escape::escape_for_terminal;
use crate::report::phrase::{counted, engine_words, grouped, percent};
use crate::report::shortened::Room;

/// Characters of a sentence, and of the name of a source, that are shown.
const SENTENCE: usize = 100;
const NAME: usize = 32;
/// Sentences that are shown.
const SENTENCES: usize = 5;

/// Writes the summary, with the `top` sources that have most articles; 0 shows all.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_text(audit: &Audit<'_>, top: usize, out: &mut dyn Write) -> Result<()> {
    lines(audit, top, out).map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

fn lines(audit: &Audit<'_>, top: usize, out: &mut dyn Write) -> io::Result<()> {
    whole(&audit.totals, out)?;
    decided(audit, out)?;
    let recall = &audit.run.recall;
    let engine = engine_words(recall.engine);
    if recall.bands == 0 {
        writeln!(out, "recall     exact ({engine})")?;
    } else {
        let expected = percent(recall.expected);
        writeln!(out, "recall     {expected} of the pairs expected ({engine})")?;
    }
    sources(audit, top, out)?;
    travelled(audit, out)
}

fn whole(totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "read       {} of {}, {} in body text; {} with a date",
        counted(totals.articles, "article"),
        counted(totals.sources, "source"),
        counted(totals.body_words, "word"),
        grouped(totals.dated_articles),
    )?;
    writeln!(
        out,
        "reused     {} that another source carried before ({}): {} unchanged, {} edited",
        counted(totals.reused_words, "word"),
        share(totals.reused_words, totals.body_words),
        grouped(totals.verbatim_words),
        grouped(totals.edited_words),
    )?;
    writeln!(
        out,
        "credited   {} of them ({})",
        counted(totals.credited_words, "word"),
        share(totals.credited_words, totals.reused_words),
    )?;
    if totals.undecided_words > 0 {
        let words = counted(totals.undecided_words, "word");
        writeln!(out, "undecided  {words} shared, where times do not tell who was first")?;
    }
    let altered = totals.altered;
    writeln!(
        out,
        "changed    reused sentences with another number: {}, denial: {}, name: {}, quotation: {}",
        grouped(altered.numbers),
        grouped(altered.negations),
        grouped(altered.names),
        grouped(altered.quotes),
    )?;
    writeln!(
        out,
        "found      {} that several articles carry, {}, {} ({} of own updates)",
        counted(totals.clusters, "sentence"),
        counted(totals.article_pairs, "article pair"),
        counted(totals.passages, "passage"),
        grouped(totals.own_update_pairs),
    )
}

fn decided(audit: &Audit<'_>, out: &mut dyn Write) -> io::Result<()> {
    if audit.decisions.is_empty() {
        return Ok(());
    }
    let many = |verdict| audit.decisions.iter().filter(|it| it.decision == verdict).count() as u64;
    writeln!(
        out,
        "decided    accepted: {}, rejected: {}, relabelled: {}",
        grouped(many(Verdict::Accept)),
        grouped(many(Verdict::Reject)),
        grouped(many(Verdict::Relabel)),
    )
}

#[expect(clippy::cast_precision_loss, reason = "a share for people")]
fn share(part: u64, whole: u64) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

fn sources(audit: &Audit<'_>, top: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut sources: Vec<&Source> = audit.sources.iter().collect();
    sources.sort_by(|a, b| (b.articles, &a.id).cmp(&(a.articles, &b.id)));
    let shown = if top == 0 { sources.len() } else { top };
    if sources.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(
        out,
        "{:<NAME$} {:>8} {:>8} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8}",
        "source", "articles", "original", "unclear", "wholly", "partly", "first", "credit", "lag"
    )?;
    for source in sources.iter().take(shown) {
        let name = source.name.as_str();
        let taken = Room::new(NAME - 1, &[name]).take(name);
        let more = if taken.len() < name.len() { "…" } else { "" };
        let name = format!("{}{more}", escape_for_terminal(taken));
        let pad = NAME.saturating_sub(name.width());
        let credit = match source.reused_words {
            0 => "-".to_owned(),
            reused => share(source.credited_words, reused),
        };
        writeln!(
            out,
            "{name}{:pad$} {:>8} {:>8} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8}",
            "",
            grouped(source.articles),
            source.originality_mean.map_or_else(|| "-".to_owned(), percent),
            share(source.undecided_words, source.body_words),
            grouped(source.classes.wholly),
            grouped(source.classes.partially),
            grouped(source.first_count),
            credit,
            source.median_lag_seconds.map_or_else(|| "-".to_owned(), span),
        )?;
    }
    let more = sources.len().saturating_sub(shown);
    if more > 0 {
        writeln!(out, "and {} (--top 0 shows all)", counted(more as u64, "more source"))?;
    }
    Ok(())
}

/// A span of time for people.
fn span(seconds: i64) -> String {
    let minutes = seconds / 60;
    match minutes.abs() {
        0..100 => format!("{minutes} min"),
        100..2_880 => format!("{} h", (minutes + 30) / 60),
        _ => format!("{} d", (minutes + 720) / 1_440),
    }
}

/// The sentences that most sources carry.
fn travelled(audit: &Audit<'_>, out: &mut dyn Write) -> io::Result<()> {
    let is_rejected =
        |id: &str| audit.decision(id).is_some_and(|decision| decision.decision == Verdict::Reject);
    let tells =
        |it: &&Cluster<'_>| it.sources > 1 && !it.flags.has(Note::Short) && !is_rejected(&it.id);
    let mut clusters: Vec<_> = audit.clusters.iter().filter(tells).collect();
    clusters.sort_by_key(|it| std::cmp::Reverse((it.sources, it.articles)));
    if clusters.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "Carried by most sources")?;
    for cluster in clusters.iter().take(SENTENCES) {
        let first = &audit.articles[cluster.first.article as usize];
        let source = &audit.sources[first.source as usize].name;
        let text = cluster.variants.first().map_or("", |variant| variant.text);
        let taken = Room::new(SENTENCE, &[text]).take(text);
        let more = if taken.len() < text.len() { "…" } else { "" };
        writeln!(
            out,
            "  {}, {} in {}; first {}: {} {}",
            counted(cluster.sources, "source"),
            counted(cluster.variants.len() as u64, "wording"),
            counted(cluster.articles, "article"),
            match cluster.first.certainty.name() {
                "certain" => "for certain",
                "tie" => "in a tie",
                _ => "unknown, first read",
            },
            escape_for_terminal(source),
            escape_for_terminal(first.published.as_deref().unwrap_or("without a date")),
        )?;
        writeln!(out, "    {}{more}", escape_for_terminal(&taken.replace('\n', " ")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_rounded_as_people_say_them() {
        for (seconds, shown) in
            [(0, "0 min"), (5_400, "90 min"), (7_200, "2 h"), (86_400, "24 h"), (259_200, "3 d")]
        {
            assert_eq!(span(seconds), shown);
        }
    }
}
