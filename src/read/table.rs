//! The formats `csv` and `tsv`: a header, then a document a row.

use std::io::{self, BufRead};

use crate::config::Fields;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::intake::Intake;
use super::lines::too_long;
use super::reach;
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

/// Where the fields stand.
struct Columns {
    fields: PerField<Option<usize>>,
    /// The columns of a text that was named by several, `title+body`.
    joined: Vec<usize>,
}

impl Columns {
    /// `None` if there is no text, or a part of it is missing.
    fn new(header: &Rows<'_>, fields: &Fields) -> Option<Self> {
        let columns = Field::ALL.map(|field| column(header, field, fields));
        if columns[Field::Text.index()].is_some() {
            return Some(Self { fields: columns, joined: Vec::new() });
        }
        let named = |part: &str| {
            (0..header.field_count()).find(|&index| header.field(index).trim() == part)
        };
        let joined: Option<Vec<_>> = reach::parts(reach::chosen(fields)?).map(named).collect();
        Some(Self { fields: columns, joined: joined.filter(|joined| !joined.is_empty())? })
    }
}

/// Where the fields stand. `None` if the file is empty. A header without the text is an error of the file, not of a record:
/// nothing of it could be read.
fn header(rows: &mut Rows<'_>, intake: &mut Intake<'_>) -> Result<Option<Columns>> {
    match rows.next().map_err(|cause| intake.failed(cause))? {
        Row::End => return Ok(None),
        Row::Open => {
            intake.bad_record(rows.open_line(), Error::record(CLOSED))?;
            return Ok(None);
        }
        Row::Read | Row::TooLong => {}
    }
    if let Some(columns) = Columns::new(rows, &intake.config().fields) {
        if let Some(text) = columns.fields[Field::Text.index()] {
            intake.text_column(text);
        }
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

fn add(row: &Rows<'_>, columns: &Columns, intake: &mut Intake<'_>) {
    let value = |field: Field| columns.fields[field.index()].map_or("", |index| row.field(index));
    let mut metadata = Metadata::default();
    for field in Field::ALL {
        field.set(&mut metadata, value(field).to_owned());
    }
    let joined: Vec<_> = columns.joined.iter().map(|&index| row.field(index)).collect();
    let text = if joined.is_empty() { value(Field::Text).to_owned() } else { joined.join("\n") };
    intake.add(&text, LineOrigin::Record, metadata).line(row.line());
}
