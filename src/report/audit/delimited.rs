//! A table in CSV, safe to be opened in a spreadsheet.
//!
//! RFC 4180, UTF-8, a byte order mark on request. Text that would run as a formula has an apostrophe in front; a cell holds 32,767 UTF-16 units, as
//! spreadsheets do, and what is longer ends with `…`.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cells::{Cell, Column};
use super::tables::AuditTable;
use crate::audit::model::Audit;
use crate::error::{Error, ErrorKind, Result};
use crate::report::csv::{cell as guarded, write_table};

/// What a spreadsheet takes in a cell, in UTF-16 units.
const LIMIT: usize = 32_767;

/// Writes a table in CSV.
///
/// # Errors
/// If `out` takes no more.
pub fn audit_csv(
    table: &AuditTable,
    audit: &Audit<'_>,
    has_mark: bool,
    out: &mut dyn Write,
) -> Result<()> {
    if has_mark {
        let written = out.write_all("\u{feff}".as_bytes());
        written.map_err(|cause| Error::new(ErrorKind::Io(cause)))?;
    }
    let columns: Vec<Column> = table.columns(audit);
    let names: Vec<Cow<'_, str>> = columns.iter().map(|column| guarded(&column.name)).collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    write_table(out, &names, |rows| {
        table
            .rows(audit, &mut |row: &[Cell<'_>]| {
                let cells: Vec<Cow<'_, str>> = row.iter().map(shown).collect();
                let written = rows.write_record(cells.iter().map(|cell| cell.as_bytes()));
                written.map_err(|error| Error::new(ErrorKind::Io(io::Error::other(error))))
            })
            .map_err(|error| csv::Error::from(io::Error::other(error)))
    })
}

fn shown<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Text(text) => within_limit(guarded(text)),
        Cell::Whole(number) => number.to_string().into(),
        Cell::Decimal(number) => number.to_string().into(),
        Cell::Truth(truth) => truth.to_string().into(),
        Cell::Missing => "".into(),
    }
}

/// As much of a text as a cell takes.
fn within_limit(text: Cow<'_, str>) -> Cow<'_, str> {
    // No character is more units than bytes.
    if text.len() <= LIMIT || text.encode_utf16().count() <= LIMIT {
        return text;
    }
    let mut units = 0;
    let fits = |&(_, c): &(usize, char)| {
        units += c.len_utf16();
        units < LIMIT
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    format!("{}…", text.get(..end).unwrap_or_default()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_cell_ends_where_a_spreadsheet_would_cut_it() {
        for long in ["x".repeat(40_000), "😀".repeat(20_000), "é".repeat(33_000)] {
            let cut = within_limit(Cow::Borrowed(&long));
            assert!(cut.encode_utf16().count() <= LIMIT && cut.ends_with('…'));
            assert!(cut.encode_utf16().count() >= LIMIT - 1);
        }
        assert_eq!(within_limit(Cow::Borrowed("x")), "x");
    }
}
