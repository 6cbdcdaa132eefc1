//! Cells: the text in one, and numbers and times as words.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Field};

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

/// The text of a cell; `None` if it is missing. The strings of a list are its lines.
pub(crate) fn text<'a>(
    batch: &'a RecordBatch,
    name: &[String],
    row: usize,
) -> Option<Cow<'a, str>> {
    if is_missing(batch, name, row) {
        return None;
    }
    let array = column(batch, name)?;
    let Some((items, range)) = items(array, row) else { return one(array, row) };
    let lines = range.filter(|&place| items.is_valid(place)).map(|place| string(items, place));
    Some(Cow::Owned(lines.collect::<Option<Vec<_>>>()?.join("\n")))
}

/// The strings that a cell's text is made of, each with its place in the array that holds it: the row, or of a list that
/// among the items of all lists. `None` if the cell is missing.
pub(crate) fn strings<'a>(
    batch: &'a RecordBatch,
    name: &[String],
    row: usize,
) -> Option<Vec<(usize, Cow<'a, str>)>> {
    if is_missing(batch, name, row) {
        return None;
    }
    let array = column(batch, name)?;
    let Some((items, range)) = items(array, row) else {
        return Some(vec![(row, one(array, row)?)]);
    };
    let places = range.filter(|&place| items.is_valid(place));
    places.map(|place| Some((place, string(items, place)?))).collect()
}

/// The items of all lists of a column, and which of them stand in this row.
fn items(array: &ArrayRef, row: usize) -> Option<(&ArrayRef, Range<usize>)> {
    let place = |offset: Option<i64>| usize::try_from(offset?).ok();
    match array.data_type() {
        DataType::List(_) => {
            let list = array.as_list_opt::<i32>()?;
            let at = |row: usize| place(list.value_offsets().get(row).map(|&at| i64::from(at)));
            Some((list.values(), at(row)?..at(row + 1)?))
        }
        DataType::LargeList(_) => {
            let list = array.as_list_opt::<i64>()?;
            let at = |row: usize| place(list.value_offsets().get(row).copied());
            Some((list.values(), at(row)?..at(row + 1)?))
        }
        _ => None,
    }
}

/// The one string of a cell that is not missing.
fn one(array: &ArrayRef, row: usize) -> Option<Cow<'_, str>> {
    let Some(dictionary) = array.as_any_dictionary_opt() else { return string(array, row) };
    let cell = array.slice(row, 1);
    let key = *cell.as_any_dictionary_opt()?.normalized_keys().first()?;
    dictionary.values().is_valid(key).then(|| string(dictionary.values(), key))?
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

/// The bytes of a string, or those that may be one.
pub(crate) fn bytes(array: &ArrayRef, row: usize) -> Option<&[u8]> {
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string_opt::<i32>()?.value(row).as_bytes(),
        DataType::LargeUtf8 => array.as_string_opt::<i64>()?.value(row).as_bytes(),
        DataType::Utf8View => array.as_string_view_opt()?.value(row).as_bytes(),
        DataType::Binary => array.as_binary_opt::<i32>()?.value(row),
        DataType::LargeBinary => array.as_binary_opt::<i64>()?.value(row),
        DataType::BinaryView => array.as_binary_view_opt()?.value(row),
        _ => return None,
    })
}

/// Whether cells of a type are bytes that need not be text.
pub(crate) fn is_binary(kind: &DataType) -> bool {
    matches!(kind, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
}

/// How many byte sequences of a cell are no text.
pub(super) fn damage(array: &ArrayRef, row: usize) -> u64 {
    if !is_binary(array.data_type()) || array.is_null(row) {
        return 0;
    }
    let Some(bytes) = bytes(array, row) else { return 0 };
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count() as u64
}

/// How cells become words.
const OPTIONS: FormatOptions<'static> = FormatOptions::new().with_display_error(false);

/// The cells of a column as words: strings as they are, numbers and times as they are usually written.
pub(super) enum Words<'a> {
    Strings(&'a ArrayRef),
    Others(ArrayFormatter<'a>),
}

impl<'a> Words<'a> {
    /// The words of a column, whose times must be [in UTC](in_utc).
    pub(super) fn new(array: &'a ArrayRef) -> Result<Self, ArrowError> {
        if is_string(array.data_type()) {
            return Ok(Self::Strings(array));
        }
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

/// The same column with its times in UTC, also those inside of structures and lists: of zones by name only a map of the world
/// knows. The moments stay what they are.
pub(crate) fn in_utc(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    if &utc(array.data_type()) == array.data_type() {
        return Ok(ArrayRef::clone(array));
    }
    data_in_utc(&array.to_data()).map(make_array)
}

fn data_in_utc(data: &ArrayData) -> Result<ArrayData, ArrowError> {
    let children = data.child_data().iter().map(data_in_utc).collect::<Result<_, _>>()?;
    data.clone().into_builder().data_type(utc(data.data_type())).child_data(children).build()
}

/// A type in which times are in UTC.
fn utc(kind: &DataType) -> DataType {
    let inside = |field: &Arc<Field>| {
        Arc::new(field.as_ref().clone().with_data_type(utc(field.data_type())))
    };
    match kind {
        DataType::Timestamp(unit, Some(zone)) if !zone.starts_with(['+', '-']) => {
            DataType::Timestamp(*unit, Some("+00:00".into()))
        }
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(inside).collect()),
        DataType::List(item) => DataType::List(inside(item)),
        DataType::LargeList(item) => DataType::LargeList(inside(item)),
        DataType::FixedSizeList(item, length) => DataType::FixedSizeList(inside(item), *length),
        DataType::Map(item, is_sorted) => DataType::Map(inside(item), *is_sorted),
        DataType::Dictionary(key, values) => {
            DataType::Dictionary(key.clone(), Box::new(utc(values)))
        }
        kind => kind.clone(),
    }
}
