//! The tables of sources.

use super::{AuditTable, Columns, Take};
use crate::audit::model::{Audit, Source, SourceEdge};
use crate::error::Result;
use crate::report::audit::cells::{Cell, Column, Kind, decimal, text, whole};

/// A row a source.
pub(super) const SOURCES: AuditTable = AuditTable {
    name: "sources",
    columns: Columns::Fixed(&[
        text("id"),
        text("name"),
        text("kind"),
        text("family"),
        text("country"),
        text("language"),
        text("licensed_from"),
        text("aliases"),
        whole("articles"),
        whole("body_words"),
        whole("reused_words"),
        whole("verbatim_words"),
        whole("credited_words"),
        whole("own_reused_words"),
        whole("undecided_words"),
        whole("boilerplate_words"),
        decimal("originality_mean"),
        decimal("originality_median"),
        whole("wholly"),
        whole("partially"),
        whole("non_derived"),
        whole("common_source"),
        whole("incidental"),
        whole("undecided"),
        whole("first_count"),
        whole("median_lag_seconds"),
    ]),
    rows: |audit, take| audit.sources.iter().try_for_each(|source| take(&source_row(source))),
};

fn source_row(source: &Source) -> [Cell<'_>; 26] {
    let classes = source.classes;
    [
        Cell::text(&source.id),
        Cell::text(&source.name),
        Cell::text(&source.kind),
        Cell::text(&source.family),
        Cell::text(&source.country),
        Cell::text(&source.language),
        Cell::text(source.licensed_from.join("; ")),
        Cell::text(source.aliases.join("; ")),
        Cell::count(source.articles),
        Cell::count(source.body_words),
        Cell::count(source.reused_words),
        Cell::count(source.verbatim_words),
        Cell::count(source.credited_words),
        Cell::count(source.own_reused_words),
        Cell::count(source.undecided_words),
        Cell::count(source.boilerplate_words),
        Cell::decimal(source.originality_mean),
        Cell::decimal(source.originality_median),
        Cell::count(classes.wholly),
        Cell::count(classes.partially),
        Cell::count(classes.non_derived),
        Cell::count(classes.common_source),
        Cell::count(classes.incidental),
        Cell::count(classes.undecided),
        Cell::count(source.first_count),
        Cell::whole(source.median_lag_seconds),
    ]
}

/// A row a pair of sources.
pub(super) const SOURCE_EDGES: AuditTable = AuditTable {
    name: "source_edges",
    columns: Columns::Fixed(&[
        text("from"),
        text("to"),
        whole("from_articles"),
        decimal("from_share"),
        whole("to_articles"),
        decimal("to_share"),
        whole("edges"),
        whole("words"),
        whole("verbatim"),
        whole("lag_median"),
        whole("lag_p10"),
        whole("lag_p90"),
        whole("first_only_edges"),
        whole("credited_edges"),
        whole("undecided_edges"),
        whole("changed_numbers"),
        whole("changed_negations"),
        whole("changed_names"),
        whole("changed_quotes"),
    ]),
    rows: |audit, take| audit.source_edges.iter().try_for_each(|edge| take(&edge_row(audit, edge))),
};

fn edge_row<'a>(audit: &'a Audit<'_>, edge: &SourceEdge) -> [Cell<'a>; 19] {
    let id = |source: u32| Cell::text(&audit.sources[source as usize].id);
    [
        id(edge.from),
        id(edge.to),
        Cell::count(edge.from_articles),
        Cell::Decimal(edge.from_share),
        Cell::count(edge.to_articles),
        Cell::Decimal(edge.to_share),
        Cell::count(edge.edges),
        Cell::count(edge.words),
        Cell::count(edge.verbatim),
        Cell::whole(edge.lag_median),
        Cell::whole(edge.lag_p10),
        Cell::whole(edge.lag_p90),
        Cell::count(edge.first_only_edges),
        Cell::count(edge.credited_edges),
        Cell::count(edge.undecided_edges),
        Cell::count(edge.changed_numbers),
        Cell::count(edge.changed_negations),
        Cell::count(edge.changed_names),
        Cell::count(edge.changed_quotes),
    ]
}

/// A row an earlier source, a column a later one: the share of the later's articles in which something of the earlier stands.
pub(super) const SOURCE_MATRIX: AuditTable = AuditTable {
    name: "source_matrix",
    columns: Columns::Of(|audit| {
        let first = Column { name: "from".into(), kind: Kind::Text };
        let later = audit
            .sources
            .iter()
            .map(|source| Column { name: source.id.clone().into(), kind: Kind::Decimal });
        std::iter::once(first).chain(later).collect()
    }),
    rows: matrix,
};

fn matrix(audit: &Audit<'_>, take: Take<'_>) -> Result<()> {
    let mut edges = audit.source_edges.iter().peekable();
    for (number, source) in (0..).zip(&audit.sources) {
        let mut row = vec![Cell::text(&source.id)];
        row.resize(audit.sources.len() + 1, Cell::Decimal(0.0));
        while let Some(edge) = edges.next_if(|edge| edge.from == number) {
            row[edge.to as usize + 1] = Cell::Decimal(edge.to_share);
        }
        take(&row)?;
    }
    Ok(())
}
