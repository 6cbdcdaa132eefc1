//! The formats `csv` and `tsv`: a header, then a document a row.

use std::io::{self, BufRead};

use crate::config::Fields;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::intake::Intake;
use super::lines::too_long;
use super::record::{Field, PerField};
use super::rows::{Row, Rows};

/// What a row lacks that a quotation mark holds open to the end of the file.
const CLOSED: &str = "a closing quotation mark before the end of the file";

/// Reads a document a row; without a column for the text, none.
pub(super) fn read(text: &mut dyn BufRead, delimiter: u8, intake: &mut Intake<'_>) -> Result<()> {
    let mut rows = Rows::new(text, delimiter, intake.config().max_record);
    let Some(columns) = header(&mut rows, intake)? else { return Ok(()) };
    let width = rows.field_count();
    loop {
        match rows.next().map_err(|cause| intake.failed(cause))? {
            Row::End => return Ok(()),
            Row::Open => intake.bad_record(rows.open_line(), Error::record(CLOSED))?,
            Row::TooLong => intake.bad_record(rows.line(), too_long(intake.config().max_record))?,
            Row::Read if rows.field_count() != width => {
                let expected = format!("{width} fields, found {}", rows.field_count());
                intake.bad_record(rows.line(), Error::record(expected))?;
            }
            Row::Read => {
                intake.begin_record(rows.bytes());
                add(&rows, &columns, intake);
            }
        }
    }
}

/// Where the fields stand. `None` if the file is empty. A header without the text is an error of the file, not of a record:
/// nothing of it could be read.
fn header(rows: &mut Rows<'_>, intake: &mut Intake<'_>) -> Result<Option<PerField<Option<usize>>>> {
    match rows.next().map_err(|cause| intake.failed(cause))? {
        Row::End => return Ok(None),
        Row::Open => {
            intake.bad_record(rows.open_line(), Error::record(CLOSED))?;
            return Ok(None);
        }
        Row::Read | Row::TooLong => {}
    }
    let columns = Field::ALL.map(|field| column(rows, field, &intake.config().fields));
    if let Some(text) = columns[Field::Text.index()] {
        intake.text_column(text);
        return Ok(Some(columns));
    }
    let name = Field::Text.name(&intake.config().fields);
    let found: Vec<_> = (0..rows.field_count()).take(20).map(|index| rows.field(index)).collect();
    let expected = format!("a column \"{name}\" in the header, found {}", found.join(", "));
    Err(intake.failed(io::Error::new(io::ErrorKind::InvalidData, format!("expected {expected}"))))
}

/// The column with the most preferred name of a field.
fn column(header: &Rows<'_>, field: Field, fields: &Fields) -> Option<usize> {
    let ranked = (0..header.field_count()).filter_map(|index| {
        field.rank(fields, header.field(index).trim()).map(|rank| (rank, index))
    });
    ranked.min().map(|(_, index)| index)
}

fn add(row: &Rows<'_>, columns: &PerField<Option<usize>>, intake: &mut Intake<'_>) {
    let value = |field: Field| columns[field.index()].map_or("", |index| row.field(index));
    let mut metadata = Metadata::default();
    for field in Field::ALL {
        field.set(&mut metadata, value(field).to_owned());
    }
    intake.add(value(Field::Text), LineOrigin::Record, metadata).line(row.line());
}
