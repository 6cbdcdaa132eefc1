//! One article on a terminal: where each of its sentences comes from, and who used it.

use std::io::{self, Write};

use crate::audit::model::{Article, Audit, Sentence};
use crate::audit::{Note, Sharing, uses};
use crate::error::{Error, ErrorKind, Result};
use crate::report::escape::escape_for_terminal;
use crate::report::phrase::{counted, percent};
use crate::report::shortened::Room;

/// Characters of a sentence that are shown.
const SENTENCE: usize = 200;

/// Writes where an article has its text, and the `top` articles of each kind that share it; 0 shows all.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_article_text(
    audit: &Audit<'_>,
    article: u32,
    top: usize,
    out: &mut dyn Write,
) -> Result<()> {
    lines(audit, article, top, out).map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

fn lines(audit: &Audit<'_>, number: u32, top: usize, out: &mut dyn Write) -> io::Result<()> {
    let article = &audit.articles[number as usize];
    writeln!(out, "{}", headed(audit, article))?;
    writeln!(
        out,
        "{} in body text, {} reused ({}), {} undecided; {}",
        counted(article.body_words, "word"),
        article.reused_words,
        share(article.reused_words, article.body_words),
        article.undecided_words,
        article.class.name().replace('_', " "),
    )?;
    if !article.credits.is_empty() {
        let credits = article.credits.join(", ");
        writeln!(out, "credits {}", escape_for_terminal(&credits))?;
    }
    writeln!(out)?;
    for sentence in &article.sentences {
        shown(audit, sentence, out)?;
    }
    let uses = uses(audit, number);
    let body = article.body_words;
    list(audit, ("Earlier, with the same sentences", &uses.earlier), (body, top), out)?;
    list(audit, ("Later, with the same sentences", &uses.later), (body, top), out)?;
    list(
        audit,
        ("With the same sentences; who was first is unknown", &uses.undecided),
        (body, top),
        out,
    )
}

#[expect(clippy::cast_precision_loss, reason = "a share for people")]
fn share(part: u64, whole: u64) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

/// Who published what and when, with its id.
fn headed(audit: &Audit<'_>, article: &Article<'_>) -> String {
    let source = &audit.sources[article.source as usize].name;
    let parts = [
        Some(source.as_str()),
        article.title.or(Some(article.name.as_str())),
        article.published.as_deref().or(Some("without a date")),
        Some(article.id.as_str()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().map(escape_for_terminal).collect();
    parts.join(" · ")
}

fn shown(audit: &Audit<'_>, sentence: &Sentence<'_>, out: &mut dyn Write) -> io::Result<()> {
    let text = sentence.text;
    let taken = Room::new(SENTENCE, &[text]).take(text);
    let more = if taken.len() < text.len() { "…" } else { "" };
    let is_body = matches!(sentence.kind, "body" | "quote");
    let mark = match (is_body, sentence.origin, sentence.relation) {
        (false, ..) => "·",
        (_, None, _) => " ",
        (_, _, Some("exact")) => "=",
        _ => "~",
    };
    writeln!(out, "{mark} {}{more}", escape_for_terminal(&taken.replace('\n', " ")))?;
    if let Some((origin, _)) = sentence.origin {
        let earlier = &audit.articles[origin as usize];
        let source = &audit.sources[earlier.source as usize].name;
        let names: Vec<&str> = sentence
            .flags
            .iter()
            .filter(|note| !matches!(note, Note::Template | Note::Quote | Note::Short))
            .map(Note::name)
            .collect();
        let flags = names.join(", ").replace('_', " ");
        writeln!(
            out,
            "    {} {} {}{}{flags}",
            sentence.relation.unwrap_or_default(),
            escape_for_terminal(source),
            escape_for_terminal(earlier.published.as_deref().unwrap_or_default()),
            if flags.is_empty() { "" } else { "; " },
        )?;
    }
    Ok(())
}

fn list(
    audit: &Audit<'_>,
    (heading, sharing): (&str, &[Sharing]),
    (body_words, top): (u64, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    if sharing.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(out, "{heading}: {}", counted(sharing.len() as u64, "article"))?;
    let shown = if top == 0 { sharing.len() } else { top };
    for it in sharing.iter().take(shown) {
        let other = &audit.articles[it.article as usize];
        let own = if it.is_own { ", own" } else { "" };
        writeln!(
            out,
            "  {:>5} words ({}; {} unchanged){own}  {}",
            it.words,
            share(it.words, body_words),
            it.verbatim_words,
            headed(audit, other),
        )?;
    }
    let more = sharing.len().saturating_sub(shown);
    if more > 0 {
        writeln!(out, "  and {} (--top 0 shows all)", counted(more as u64, "more article"))?;
    }
    Ok(())
}
