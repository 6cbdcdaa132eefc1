//! The formats `csv` and `tsv`: a header, unless there is none, then a document a row.

use std::io::{self, BufRead};

use crate::config::{Fields, InputConfig};
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
    // The columns, and how many there are; without a header they are those of the first row.
    let mut known = None;
    if intake.config().has_header {
        let Some(columns) = header(&mut rows, intake)? else { return Ok(()) };
        known = Some((columns, rows.field_count()));
    }
    loop {
        match rows.next().map_err(|cause| intake.failed(cause))? {
            Row::End => return Ok(()),
            Row::Open => intake.bad_record(rows.open_line(), Error::record(CLOSED))?,
            Row::TooLong => intake.bad_record(rows.line(), too_long(intake.config().max_record))?,
            Row::Read => {
                let (columns, width) = match &known {
                    Some(known) => known,
                    None => known.insert((columns(&rows, intake)?, rows.field_count())),
                };
                if rows.field_count() == *width {
                    intake.begin_record(rows.bytes());
                    add(&rows, columns, intake);
                } else {
                    let expected = format!("{width} fields, found {}", rows.field_count());
                    intake.bad_record(rows.line(), Error::record(expected))?;
                }
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
    fn new(names: &[String], fields: &Fields) -> Option<Self> {
        let columns = Field::ALL.map(|field| column(names, field, fields));
        if columns[Field::Text.index()].is_some() {
            return Some(Self { fields: columns, joined: Vec::new() });
        }
        let named = |part: &str| names.iter().position(|name| name == part);
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
    columns(rows, intake).map(Some)
}

/// Where the fields stand, given the first row.
fn columns(first: &Rows<'_>, intake: &mut Intake<'_>) -> Result<Columns> {
    let config = intake.config();
    let names: Vec<String> = (0..first.field_count())
        .map(|index| {
            if config.has_header {
                first.field(index).trim().to_owned()
            } else {
                (index + 1).to_string()
            }
        })
        .collect();
    if let Some(columns) = Columns::new(&names, &config.fields) {
        if let Some(text) = columns.fields[Field::Text.index()] {
            intake.text_column(text);
        }
        return Ok(columns);
    }
    let expected = format!("expected {}", expected(first, &names, config));
    Err(intake.failed(io::Error::new(io::ErrorKind::InvalidData, expected)))
}

/// What the first row was expected to have, with a hint at what was meant where that is plain.
fn expected(first: &Rows<'_>, names: &[String], config: &InputConfig) -> String {
    let name = Field::Text.name(&config.fields);
    let found = names.iter().take(20).map(String::as_str).collect::<Vec<_>>().join(", ");
    let is_chosen = config.fields.text.len() == 1;
    let expected = match (config.has_header, is_chosen) {
        (true, _) => format!("a column \"{name}\" in the header, found {found}"),
        (false, true) => format!("a column \"{name}\"; without a header they are {found}"),
        (false, false) => format!("--text-field with the number of a column: {found}"),
    };
    let parts = |delimiter: &&str| names.len() == 1 && first.field(0).contains(*delimiter);
    match [";", "\t", "|", ","].into_iter().find(parts) {
        Some("\t") => format!("{expected}; if tabs part the columns, say --delimiter tab"),
        Some(other) => {
            format!("{expected}; if {other} parts the columns, say --delimiter '{other}'")
        }
        None => expected,
    }
}

/// The column with the most preferred name of a field.
fn column(names: &[String], field: Field, fields: &Fields) -> Option<usize> {
    let ranked = names
        .iter()
        .enumerate()
        .filter_map(|(index, name)| field.rank(fields, name).map(|rank| (rank, index)));
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
