//! The tables of articles and of their sentences that come from others.

use super::{AuditTable, Columns, Take, decided, label};
use crate::audit::model::{Article, Audit, Sentence};
use crate::audit::{Moment, Note, Precision};
use crate::error::Result;
use crate::report::audit::cells::{Cell, decimal, text, whole};

/// A row an article.
pub(super) const ARTICLES: AuditTable = AuditTable {
    name: "articles",
    columns: Columns::Fixed(&[
        text("id"),
        text("source"),
        text("title"),
        text("url"),
        text("byline"),
        text("published"),
        text("precision"),
        text("basis"),
        text("language"),
        text("name"),
        text("path"),
        whole("line"),
        whole("words"),
        whole("body_words"),
        whole("reused_words"),
        whole("verbatim_words"),
        whole("edited_words"),
        whole("reused_quote_words"),
        whole("credited_words"),
        whole("own_reused_words"),
        whole("undecided_words"),
        whole("boilerplate_words"),
        decimal("originality"),
        whole("longest_run"),
        whole("reused_lead_words"),
        whole("reused_middle_words"),
        whole("reused_end_words"),
        text("class"),
        text("origin"),
        text("origins"),
        text("credits"),
        text("update_of"),
        text("xxh3"),
    ]),
    rows: |audit, take| {
        audit.articles.iter().try_for_each(|article| take(&article_row(audit, article)))
    },
};

fn article_row<'a>(audit: &'a Audit<'_>, article: &'a Article<'_>) -> [Cell<'a>; 33] {
    let source = |at: u32| audit.sources[at as usize].id.as_str();
    let origins: Vec<String> =
        article.origins.iter().map(|&(at, words)| format!("{} {words}", source(at))).collect();
    let original = article.body_words - article.reused_words;
    let [lead, middle, end] = article.reused_by_third;
    [
        Cell::text(&article.id),
        Cell::text(source(article.source)),
        Cell::maybe(article.title),
        Cell::maybe(article.url),
        Cell::maybe(article.byline),
        Cell::maybe(article.published.as_deref()),
        Cell::text(article.precision),
        Cell::text(article.basis),
        Cell::maybe(article.language.as_deref()),
        Cell::text(&article.name),
        Cell::text(&article.path),
        Cell::count(article.line),
        Cell::count(article.words),
        Cell::count(article.body_words),
        Cell::count(article.reused_words),
        Cell::count(article.verbatim_words),
        Cell::count(article.edited_words),
        Cell::count(article.reused_quote_words),
        Cell::count(article.credited_words),
        Cell::count(article.own_reused_words),
        Cell::count(article.undecided_words),
        Cell::count(article.boilerplate_words),
        match article.body_words {
            0 => Cell::Missing,
            words => Cell::Decimal(crate::ids::Similarity::ratio(original, words).rounded()),
        },
        Cell::count(article.longest_run),
        Cell::count(lead),
        Cell::count(middle),
        Cell::count(end),
        Cell::text(article.class.name()),
        Cell::maybe(article.origin.map(source)),
        Cell::text(origins.join("; ")),
        Cell::text(article.credits.join("; ")),
        Cell::maybe(article.update_of.map(|at| audit.articles[at as usize].id.as_str())),
        Cell::text(&article.xxh3),
    ]
}

/// A row a sentence that another source had before, beside where it was first.
pub(super) const MATCHES: AuditTable = AuditTable {
    name: "matches",
    columns: Columns::Fixed(&[
        text("cluster"),
        text("relation"),
        text("flags"),
        text("article_a"),
        text("source_a"),
        text("published_a"),
        whole("sentence_a"),
        whole("start_a"),
        whole("end_a"),
        text("text_a"),
        text("article_b"),
        text("source_b"),
        text("published_b"),
        whole("sentence_b"),
        whole("start_b"),
        whole("end_b"),
        text("text_b"),
        whole("words"),
        whole("lag_seconds"),
        decimal("jaccard_idf"),
        decimal("jaccard_char4"),
        decimal("coverage_a"),
        decimal("coverage_b"),
        whole("longest_run"),
        text("id_a"),
        text("id_b"),
        text("decision"),
        text("label"),
    ]),
    rows: matches,
};

fn matches(audit: &Audit<'_>, take: Take<'_>) -> Result<()> {
    let source = |article: &Article<'_>| audit.sources[article.source as usize].id.as_str();
    for later in &audit.articles {
        for (index, sentence) in later.sentences.iter().enumerate() {
            let Some((at, line)) = sentence.origin else { continue };
            let earlier = &audit.articles[at as usize];
            let there = &earlier.sentences[line as usize];
            let cluster = sentence.cluster.map(|at| &audit.clusters[at as usize]);
            let key = |it: &Sentence<'_>| Some(cluster?.variants.get(it.variant? as usize)?.id);
            let [key_a, key_b] = [key(there), key(sentence)];
            let decision = key_a.zip(key_b).and_then(|(a, b)| audit.decision_of_wordings(a, b));
            let [idf, char4, of_a, of_b, run] = scores(sentence);
            take(&[
                Cell::maybe(cluster.map(|cluster| cluster.id.as_str())),
                Cell::maybe(sentence.relation),
                Cell::names(sentence.flags.iter().map(Note::name)),
                Cell::text(&earlier.id),
                Cell::text(source(earlier)),
                Cell::maybe(earlier.published.as_deref()),
                Cell::count(line),
                Cell::count(there.start),
                Cell::count(there.end),
                Cell::text(there.text),
                Cell::text(&later.id),
                Cell::text(source(later)),
                Cell::maybe(later.published.as_deref()),
                Cell::count(index),
                Cell::count(sentence.start),
                Cell::count(sentence.end),
                Cell::text(sentence.text),
                Cell::count(sentence.words),
                Cell::whole(lag(earlier, later)),
                idf,
                char4,
                of_a,
                of_b,
                run,
                Cell::maybe(key_a.map(|id| id.to_string())),
                Cell::maybe(key_b.map(|id| id.to_string())),
                decided(decision),
                label(decision),
            ])?;
        }
    }
    Ok(())
}

/// How near a sentence is to its origin; the same wording is as near as can be.
fn scores(sentence: &Sentence<'_>) -> [Cell<'static>; 5] {
    let Some(scores) = sentence.scores else {
        let one = || Cell::Decimal(1.0);
        return [one(), one(), one(), one(), Cell::count(sentence.words)];
    };
    [
        Cell::Decimal(scores.jaccard_idf.rounded()),
        Cell::Decimal(scores.jaccard_char4.rounded()),
        Cell::Decimal(scores.coverage_a.rounded()),
        Cell::Decimal(scores.coverage_b.rounded()),
        Cell::count(scores.longest_run),
    ]
}

/// Seconds between two articles, whole days where a date is a day.
fn lag(a: &Article<'_>, b: &Article<'_>) -> Option<i64> {
    let read = |article: &Article<'_>| Moment::read(article.published.as_deref()?);
    let (a, b) = (read(a)?, read(b)?);
    if a.precision == Precision::Day || b.precision == Precision::Day {
        return Some((b.day() - a.day()) * 86_400);
    }
    Some(b.seconds - a.seconds)
}
