//! The tables of what travels, and of what stays on its site.

use super::{AuditTable, Columns, Take, decided, label};
use crate::audit::Note;
use crate::audit::model::{Audit, Cluster};
use crate::error::Result;
use crate::report::audit::cells::{Cell, decimal, text, whole};

/// A row a cluster.
pub(super) const CLUSTERS: AuditTable = AuditTable {
    name: "clusters",
    columns: Columns::Fixed(&[
        text("id"),
        text("kind"),
        whole("articles"),
        whole("sources"),
        text("first_article"),
        text("first_source"),
        text("first_published"),
        text("certainty"),
        text("last_published"),
        whole("to_second_source"),
        whole("to_fifth_source"),
        whole("to_tenth_source"),
        whole("variants"),
        decimal("min_similarity"),
        decimal("mean_similarity"),
        text("flags"),
        text("text"),
        text("decision"),
        text("label"),
    ]),
    rows: |audit, take| {
        audit.clusters.iter().try_for_each(|cluster| take(&cluster_row(audit, cluster)))
    },
};

fn cluster_row<'a>(audit: &'a Audit<'_>, cluster: &'a Cluster<'_>) -> [Cell<'a>; 19] {
    let decision = audit.decision(&cluster.id);
    let first = &audit.articles[cluster.first.article as usize];
    [
        Cell::text(&cluster.id),
        Cell::text(cluster.kind),
        Cell::count(cluster.articles),
        Cell::count(cluster.sources),
        Cell::text(&first.id),
        Cell::text(&audit.sources[first.source as usize].id),
        Cell::maybe(first.published.as_deref()),
        Cell::text(cluster.first.certainty.name()),
        Cell::maybe(cluster.last_published.as_deref()),
        Cell::whole(cluster.to_second_source),
        Cell::whole(cluster.to_fifth_source),
        Cell::whole(cluster.to_tenth_source),
        Cell::count(cluster.variants.len()),
        Cell::Decimal(cluster.min_similarity),
        Cell::Decimal(cluster.mean_similarity),
        Cell::names(cluster.flags.iter().map(Note::name)),
        Cell::maybe(cluster.variants.first().map(|variant| variant.text)),
        decided(decision),
        label(decision),
    ]
}

/// A row a place of a cluster.
pub(super) const CLUSTER_MEMBERS: AuditTable = AuditTable {
    name: "cluster_members",
    columns: Columns::Fixed(&[
        text("cluster"),
        whole("place"),
        text("article"),
        text("source"),
        text("published"),
        whole("sentence"),
        whole("variant"),
        text("text"),
    ]),
    rows: members,
};

fn members(audit: &Audit<'_>, take: Take<'_>) -> Result<()> {
    for cluster in &audit.clusters {
        for (place, &(article, line, variant)) in cluster.members.iter().enumerate() {
            let article = &audit.articles[article as usize];
            take(&[
                Cell::text(&cluster.id),
                Cell::count(place),
                Cell::text(&article.id),
                Cell::text(&audit.sources[article.source as usize].id),
                Cell::maybe(article.published.as_deref()),
                Cell::count(line),
                Cell::count(variant),
                Cell::text(article.sentences[line as usize].text),
            ])?;
        }
    }
    Ok(())
}

/// A row a wording of a cluster.
pub(super) const VARIANTS: AuditTable = AuditTable {
    name: "variants",
    columns: Columns::Fixed(&[
        text("cluster"),
        whole("variant"),
        whole("count"),
        whole("sources"),
        text("first_article"),
        text("first_source"),
        text("first_published"),
        text("relation"),
        text("flags"),
        text("text"),
        text("id"),
    ]),
    rows: variants,
};

fn variants(audit: &Audit<'_>, take: Take<'_>) -> Result<()> {
    for cluster in &audit.clusters {
        for (number, variant) in cluster.variants.iter().enumerate() {
            let first = &audit.articles[variant.first.0 as usize];
            take(&[
                Cell::text(&cluster.id),
                Cell::count(number),
                Cell::count(variant.count),
                Cell::count(variant.sources),
                Cell::text(&first.id),
                Cell::text(&audit.sources[first.source as usize].id),
                Cell::maybe(first.published.as_deref()),
                Cell::text(variant.relation),
                Cell::names(variant.flags.iter().map(Note::name)),
                Cell::text(variant.text),
                Cell::text(variant.id.to_string()),
            ])?;
        }
    }
    Ok(())
}

/// A row a value of a figure that changed.
pub(super) const VALUES: AuditTable = AuditTable {
    name: "values",
    columns: Columns::Fixed(&[
        text("cluster"),
        text("value"),
        whole("articles"),
        whole("sources"),
        text("first_article"),
        text("first_source"),
        text("first_published"),
        text("last_published"),
        text("variants"),
        text("corrected_by"),
        text("corrected"),
        whole("articles_after"),
    ]),
    rows: values,
};

fn values(audit: &Audit<'_>, take: Take<'_>) -> Result<()> {
    for cluster in &audit.clusters {
        for value in &cluster.values {
            let first = &audit.articles[value.first.0 as usize];
            let correction = value.corrected_by.map(|at| &audit.articles[at as usize]);
            let variants: Vec<String> = value.variants.iter().map(u32::to_string).collect();
            take(&[
                Cell::text(&cluster.id),
                Cell::text(&value.value),
                Cell::count(value.articles),
                Cell::count(value.sources),
                Cell::text(&first.id),
                Cell::text(&audit.sources[first.source as usize].id),
                Cell::maybe(first.published.as_deref()),
                Cell::maybe(value.last_published.as_deref()),
                Cell::text(variants.join(" ")),
                Cell::maybe(correction.map(|article| article.id.as_str())),
                Cell::maybe(correction.and_then(|article| article.published.as_deref())),
                correction.map_or(Cell::Missing, |_| Cell::count(value.articles_after)),
            ])?;
        }
    }
    Ok(())
}

/// A row a text of boilerplate.
pub(super) const BOILERPLATE: AuditTable = AuditTable {
    name: "boilerplate",
    columns: Columns::Fixed(&[
        text("text"),
        text("kind"),
        whole("articles"),
        whole("words"),
        text("sources"),
        text("id"),
        text("decision"),
    ]),
    rows: boilerplate,
};

fn boilerplate(audit: &Audit<'_>, take: Take<'_>) -> Result<()> {
    for row in &audit.boilerplate {
        let source =
            |&(at, count): &(u32, u64)| format!("{} {count}", audit.sources[at as usize].id);
        let sources: Vec<String> = row.sources.iter().map(source).collect();
        take(&[
            Cell::text(row.text),
            Cell::text(row.kind),
            Cell::count(row.articles),
            Cell::count(row.words),
            Cell::text(sources.join("; ")),
            Cell::text(&row.id),
            decided(audit.decision(&row.id)),
        ])?;
    }
    Ok(())
}
