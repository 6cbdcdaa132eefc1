//! The tables of pairs of articles and of their passages.

use super::{AuditTable, Columns, decided, label};
use crate::audit::Note;
use crate::audit::model::{ArticlePair, Audit, Passage};
use crate::report::audit::cells::{Cell, decimal, text, truth, whole};

/// A row a pair of articles.
pub(super) const ARTICLE_PAIRS: AuditTable = AuditTable {
    name: "article_pairs",
    columns: Columns::Fixed(&[
        text("id"),
        text("article_a"),
        text("source_a"),
        text("published_a"),
        text("article_b"),
        text("source_b"),
        text("published_b"),
        whole("lag_seconds"),
        text("certainty"),
        whole("words_shared"),
        whole("verbatim_words"),
        decimal("share_of_a"),
        decimal("share_of_b"),
        decimal("order_kept"),
        text("class"),
        text("credited"),
        truth("is_update"),
        text("flags"),
        whole("passages"),
        text("decision"),
        text("label"),
    ]),
    rows: |audit, take| {
        audit.article_pairs.iter().try_for_each(|pair| take(&pair_row(audit, pair)))
    },
};

fn pair_row<'a>(audit: &'a Audit<'_>, pair: &ArticlePair) -> [Cell<'a>; 21] {
    let decision = audit.decision(&pair.id);
    let (a, b) = (&audit.articles[pair.a as usize], &audit.articles[pair.b as usize]);
    let source = |at: u32| Cell::text(&audit.sources[at as usize].id);
    [
        Cell::text(pair.id.clone()),
        Cell::text(&a.id),
        source(a.source),
        Cell::maybe(a.published.as_deref()),
        Cell::text(&b.id),
        source(b.source),
        Cell::maybe(b.published.as_deref()),
        Cell::whole(pair.lag_seconds),
        Cell::text(pair.certainty.name()),
        Cell::count(pair.words_shared),
        Cell::count(pair.verbatim_words),
        Cell::Decimal(pair.share_of_a),
        Cell::Decimal(pair.share_of_b),
        Cell::decimal(pair.order_kept),
        Cell::text(pair.class.name()),
        Cell::text(pair.credited.name()),
        Cell::Truth(pair.is_update),
        Cell::names(pair.flags.iter().map(Note::name)),
        Cell::count(pair.passages.1 - pair.passages.0 + 1),
        decided(decision),
        label(decision),
    ]
}

/// A row a passage.
pub(super) const PASSAGES: AuditTable = AuditTable {
    name: "passages",
    columns: Columns::Fixed(&[
        text("pair"),
        whole("first_a"),
        whole("last_a"),
        whole("first_b"),
        whole("last_b"),
        whole("words"),
        whole("verbatim_words"),
        text("flags"),
        text("text_b"),
    ]),
    rows: |audit, take| {
        audit.passages.iter().try_for_each(|passage| take(&passage_row(audit, passage)))
    },
};

fn passage_row<'a>(audit: &'a Audit<'_>, passage: &Passage) -> [Cell<'a>; 9] {
    let pair = &audit.article_pairs[passage.pair as usize];
    let sentences = &audit.articles[pair.b as usize].sentences;
    let lines = sentences.get(passage.b.0 as usize..=passage.b.1 as usize).unwrap_or_default();
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    [
        Cell::text(&pair.id),
        Cell::count(passage.a.0),
        Cell::count(passage.a.1),
        Cell::count(passage.b.0),
        Cell::count(passage.b.1),
        Cell::count(passage.words),
        Cell::count(passage.verbatim_words),
        Cell::names(passage.flags.iter().map(Note::name)),
        Cell::text(text.join(" ")),
    ]
}
