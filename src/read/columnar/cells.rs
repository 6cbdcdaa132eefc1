//! Cells: the text in one, and numbers and times as words.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType};

use super::fields::is_string;

/// The column under a name.
pub(crate) fn column<'a>(batch: &'a RecordBatch, name: &[String]) -> Option<&'a ArrayRef> {
    let (first, rest) = name.split_first()?;
    let column = batch.column_by_name(first)?;
    rest.iter().try_fold(column, |column, name| column.as_struct_opt()?.column_by_name(name))
}

/// Whether a cell, or a structure that it stands in, is missing.
fn is_missing(batch: &RecordBatch, name: &[String], row: usize) -> bool {
    (1..=name.len()).any(|end| column(batch, &name[..end]).is_none_or(|it| it.is_null(row)))
}

/// The text of a cell; `None` if it is missing.
pub(crate) fn text<'a>(
    batch: &'a RecordBatch,
    name: &[String],
    row: usize,
) -> Option<Cow<'a, str>> {
    if is_missing(batch, name, row) {
        return None;
    }
    of_array(column(batch, name)?, row)
}

fn of_array(array: &ArrayRef, row: usize) -> Option<Cow<'_, str>> {
    match array.data_type() {
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary_opt()?;
            let cell = array.slice(row, 1);
            let key = *cell.as_any_dictionary_opt()?.normalized_keys().first()?;
            dictionary.values().is_valid(key).then(|| string(dictionary.values(), key))?
        }
        DataType::List(_) => lines(array.as_list_opt::<i32>()?.value(row)),
        DataType::LargeList(_) => lines(array.as_list_opt::<i64>()?.value(row)),
        _ => string(array, row),
    }
}

/// A list of strings, which become its lines.
fn lines(list: ArrayRef) -> Option<Cow<'static, str>> {
    let lines = (0..list.len()).filter(|&row| list.is_valid(row));
    let lines: Option<Vec<String>> =
        lines.map(|row| string(&list, row).map(Cow::into_owned)).collect();
    lines.map(|lines| Cow::Owned(lines.join("\n")))
}

/// A string; of bytes those that are no text are replaced.
fn string(array: &ArrayRef, row: usize) -> Option<Cow<'_, str>> {
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string_opt::<i32>()?.value(row).into()),
        DataType::LargeUtf8 => Some(array.as_string_opt::<i64>()?.value(row).into()),
        DataType::Utf8View => Some(array.as_string_view_opt()?.value(row).into()),
        _ => bytes(array, row).map(String::from_utf8_lossy),
    }
}

fn bytes(array: &ArrayRef, row: usize) -> Option<&[u8]> {
    match array.data_type() {
        DataType::Binary => Some(array.as_binary_opt::<i32>()?.value(row)),
        DataType::LargeBinary => Some(array.as_binary_opt::<i64>()?.value(row)),
        DataType::BinaryView => Some(array.as_binary_view_opt()?.value(row)),
        _ => None,
    }
}

/// How many byte sequences of a cell are no text.
pub(super) fn damage(array: &ArrayRef, row: usize) -> u64 {
    let Some(bytes) = bytes(array, row).filter(|_| array.is_valid(row)) else { return 0 };
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count() as u64
}

/// The cells of a column as words: strings as they are, numbers and times as they are usually written.
pub(super) enum Words<'a> {
    Strings(&'a ArrayRef),
    Others(ArrayFormatter<'a>),
}

impl<'a> Words<'a> {
    /// `None` for a type that has no words. `zoned` holds the column if it must be put into another zone.
    pub(super) fn new(array: &'a ArrayRef) -> Result<Self, ArrowError> {
        if is_string(array.data_type()) {
            return Ok(Self::Strings(array));
        }
        const OPTIONS: FormatOptions<'static> = FormatOptions::new().with_display_error(false);
        ArrayFormatter::try_new(array, &OPTIONS).map(Self::Others)
    }

    /// A cell; nothing where it is missing.
    pub(super) fn of(&self, row: usize) -> Option<String> {
        match self {
            Self::Strings(array) if array.is_null(row) => None,
            Self::Strings(array) => string(array, row).map(Cow::into_owned),
            Self::Others(formatter) => formatter.value(row).try_to_string().ok(),
        }
    }
}

/// A column of times in a zone that only a map of the world knows, as times in UTC.
pub(super) fn in_utc(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, Some(zone)) if !zone.starts_with(['+', '-']) => {
            arrow_cast::cast(array, &DataType::Timestamp(*unit, Some("+00:00".into())))
        }
        _ => Ok(ArrayRef::clone(array)),
    }
}
