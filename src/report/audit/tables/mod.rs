//! The tables of an audit: each with its columns and its rows.

mod articles;
mod clusters;
mod pairs;
mod sources;

use super::cells::{Cell, Column, Kind};
use crate::audit::Decision;
use crate::audit::model::Audit;
use crate::error::Result;

/// Takes a row.
pub(super) type Take<'t> = &'t mut dyn FnMut(&[Cell<'_>]) -> Result<()>;

/// The columns of a table.
#[derive(Clone, Copy, Debug)]
enum Columns {
    Fixed(&'static [(&'static str, Kind)]),
    /// They depend on the audit.
    Of(fn(&Audit<'_>) -> Vec<Column>),
}

/// A table of an audit.
#[derive(Clone, Copy, Debug)]
pub struct AuditTable {
    /// Its name, which its files have.
    pub name: &'static str,
    columns: Columns,
    rows: fn(&Audit<'_>, Take<'_>) -> Result<()>,
}

/// Every table.
pub const AUDIT_TABLES: &[AuditTable] = &[
    sources::SOURCES,
    sources::SOURCE_EDGES,
    sources::SOURCE_MATRIX,
    articles::ARTICLES,
    articles::MATCHES,
    pairs::ARTICLE_PAIRS,
    pairs::PASSAGES,
    clusters::CLUSTERS,
    clusters::CLUSTER_MEMBERS,
    clusters::VARIANTS,
    clusters::VALUES,
    clusters::BOILERPLATE,
];

/// What a person decided of a row.
fn decided(decision: Option<&Decision>) -> Cell<'static> {
    Cell::maybe(decision.map(|decision| decision.decision.name()))
}

/// What a person calls it.
fn label(decision: Option<&Decision>) -> Cell<'_> {
    Cell::maybe(decision.and_then(|decision| decision.label.as_deref()))
}

impl AuditTable {
    /// Its columns.
    pub fn columns(&self, audit: &Audit<'_>) -> Vec<Column> {
        match self.columns {
            Columns::Fixed(columns) => {
                columns.iter().map(|&(name, kind)| Column { name: name.into(), kind }).collect()
            }
            Columns::Of(columns) => columns(audit),
        }
    }

    /// Hands every row to `take`, in order.
    ///
    /// # Errors
    /// What `take` fails with.
    pub fn rows(
        &self,
        audit: &Audit<'_>,
        take: &mut dyn FnMut(&[Cell<'_>]) -> Result<()>,
    ) -> Result<()> {
        (self.rows)(audit, take)
    }
}
