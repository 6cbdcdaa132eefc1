//! A table as JSON lines: an object a row, with the columns as members.

use std::io::Write;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::cells::{Cell, Column};
use super::tables::AuditTable;
use crate::audit::model::Audit;
use crate::error::{Error, ErrorKind, Result};

/// Writes a table as JSON lines.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_jsonl(table: &AuditTable, audit: &Audit<'_>, out: &mut dyn Write) -> Result<()> {
    let columns = table.columns(audit);
    table.rows(audit, &mut |cells: &[Cell<'_>]| {
        let row = Row { columns: &columns, cells };
        let written = serde_json::to_writer(&mut *out, &row).map_err(std::io::Error::from);
        let written = written.and_then(|()| out.write_all(b"\n"));
        written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
    })
}

struct Row<'a> {
    columns: &'a [Column],
    cells: &'a [Cell<'a>],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.cells.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            let name: &str = &column.name;
            match cell {
                Cell::Text(text) => object.serialize_entry(name, text.as_ref())?,
                Cell::Whole(number) => object.serialize_entry(name, number)?,
                Cell::Decimal(number) => object.serialize_entry(name, number)?,
                Cell::Truth(truth) => object.serialize_entry(name, truth)?,
                Cell::Missing => object.serialize_entry(name, &())?,
            }
        }
        object.end()
    }
}
