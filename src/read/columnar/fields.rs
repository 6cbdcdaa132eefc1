//! Which columns hold the text and what is said of it.
//!
//! The usual names are tried as in other formats, among columns of a type that can be meant. A chosen name may reach into
//! structures (`article.body`) or join columns (`title+body`), as in JSON lines.

use std::io;

use arrow_schema::{DataType, Field as Column, Fields as Columns, Schema};

use super::damaged;
use crate::config::Fields;
use crate::read::reach;
use crate::read::record::{Field, PerField};

/// The names that lead to a column, from the outermost.
pub(crate) type Name = Vec<String>;

/// The columns that are read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Chosen {
    /// The text: one column, or several that are joined.
    pub(crate) text: Vec<Name>,
    /// The column of each other field.
    pub(super) others: PerField<Option<Name>>,
}

impl Chosen {
    /// Finds the columns.
    ///
    /// # Errors
    /// No column is the text; the message names those that there are.
    pub(crate) fn new(schema: &Schema, fields: &Fields) -> io::Result<Self> {
        let others = Field::ALL.map(|field| match field {
            Field::Text => None,
            other => ranked(schema, other, fields, is_scalar).map(|column| vec![column]),
        });
        let text = match ranked(schema, Field::Text, fields, is_text) {
            Some(column) => vec![vec![column]],
            None => reached(schema, fields)?,
        };
        Ok(Self { text, others })
    }

    /// All of their names.
    pub(super) fn names(&self) -> Vec<Name> {
        self.text.iter().chain(self.others.iter().flatten()).cloned().collect()
    }
}

/// The column with the most preferred name.
fn ranked(
    schema: &Schema,
    field: Field,
    fields: &Fields,
    is_meant: fn(&DataType) -> bool,
) -> Option<String> {
    let columns = schema.fields().iter().filter(|column| is_meant(column.data_type()));
    let ranked = columns.filter_map(|column| Some((field.rank(fields, column.name())?, column)));
    ranked.min_by_key(|&(rank, _)| rank).map(|(_, column)| column.name().clone())
}

/// The columns under a chosen name that reaches into the table.
fn reached(schema: &Schema, fields: &Fields) -> io::Result<Vec<Name>> {
    let wanted = Field::Text.name(fields);
    let parts = reach::chosen(fields).into_iter().flat_map(reach::parts);
    let found: Option<Vec<Name>> = parts
        .map(|part| {
            let mut name = Name::new();
            let column = inside(schema.fields(), part, &mut name)?;
            is_text(column.data_type()).then_some(name)
        })
        .collect();
    found.filter(|found| !found.is_empty()).ok_or_else(|| {
        let columns = schema.fields().iter().take(20);
        let columns: Vec<String> = columns
            .map(|column| format!("{} ({})", column.name(), short(column.data_type())))
            .collect();
        let found = if columns.is_empty() { "none".to_owned() } else { columns.join(", ") };
        damaged(format!("expected a column \"{wanted}\" of strings, found {found}"))
    })
}

/// The column under a path; one with a dot in its name is found as it is written.
fn inside<'a>(columns: &'a Columns, path: &str, name: &mut Name) -> Option<&'a Column> {
    if let Some((_, column)) = columns.find(path) {
        name.push(path.to_owned());
        return Some(column);
    }
    let (first, rest) = path.split_once('.')?;
    let (_, column) = columns.find(first)?;
    let DataType::Struct(columns) = column.data_type() else { return None };
    name.push(first.to_owned());
    inside(columns, rest, name)
}

/// Whether cells of a type are texts: strings, bytes, lists of strings.
fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_string(values),
        DataType::List(item) | DataType::LargeList(item) => is_string(item.data_type()),
        kind => is_string(kind),
    }
}

/// Whether cells of a type are strings, or bytes that may be.
pub(super) fn is_string(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
    )
}

/// Whether cells of a type say something of a record: strings, numbers, times.
fn is_scalar(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_scalar(values),
        kind => {
            is_string(kind)
                || kind.is_numeric()
                || matches!(kind, DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, _))
        }
    }
}

/// A type in a word.
fn short(kind: &DataType) -> String {
    let long = kind.to_string();
    let end = long.find('(').filter(|_| kind.is_nested()).unwrap_or(long.len());
    long.get(..end).unwrap_or_default().to_owned()
}
