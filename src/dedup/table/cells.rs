//! A table with other texts in some cells of a column; all else stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{
    BinaryBuilder, BinaryViewBuilder, LargeBinaryBuilder, LargeStringBuilder, StringBuilder,
    StringViewBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType};

/// What cells become, by their rows.
pub(super) type Cells = BTreeMap<usize, String>;

/// Whether cells of a type can be given another text.
pub(super) fn can_be_replaced(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => can_be_replaced(values),
        kind => matches!(
            kind,
            DataType::Utf8
                | DataType::LargeUtf8
                | DataType::Utf8View
                | DataType::Binary
                | DataType::LargeBinary
                | DataType::BinaryView
        ),
    }
}

/// A batch with other texts in the column under a name.
pub(super) fn replaced(
    batch: &RecordBatch,
    name: &[String],
    cells: &Cells,
) -> Result<RecordBatch, ArrowError> {
    let Some((first, rest)) = name.split_first().filter(|_| !cells.is_empty()) else {
        return Ok(batch.clone());
    };
    let mut columns = batch.columns().to_vec();
    let place = batch.schema_ref().index_of(first)?;
    columns[place] = inside(&columns[place], rest, cells)?;
    RecordBatch::try_new(batch.schema(), columns)
}

fn inside(array: &ArrayRef, name: &[String], cells: &Cells) -> Result<ArrayRef, ArrowError> {
    let Some((first, rest)) = name.split_first() else { return column(array, cells) };
    let Some(structure) = array.as_struct_opt() else { return Ok(Arc::clone(array)) };
    let (fields, mut columns, missing) = structure.clone().into_parts();
    if let Some((place, _)) = fields.find(first) {
        columns[place] = inside(&columns[place], rest, cells)?;
    }
    Ok(Arc::new(StructArray::try_new(fields, columns, missing)?))
}

macro_rules! built {
    ($builder:expr, $array:expr, $cells:expr, $value:expr) => {{
        let mut builder = $builder;
        for row in 0..$array.len() {
            match $cells.get(&row) {
                Some(text) => builder.append_value(text),
                None if $array.is_null(row) => builder.append_null(),
                None => builder.append_value($value(row)),
            }
        }
        Ok(Arc::new(builder.finish()) as ArrayRef)
    }};
}

fn column(array: &ArrayRef, cells: &Cells) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Utf8 => {
            let old = array.as_string::<i32>();
            built!(StringBuilder::new(), array, cells, |row| old.value(row))
        }
        DataType::LargeUtf8 => {
            let old = array.as_string::<i64>();
            built!(LargeStringBuilder::new(), array, cells, |row| old.value(row))
        }
        DataType::Utf8View => {
            let old = array.as_string_view();
            built!(StringViewBuilder::new(), array, cells, |row| old.value(row))
        }
        DataType::Binary => {
            let old = array.as_binary::<i32>();
            built!(BinaryBuilder::new(), array, cells, |row| old.value(row))
        }
        DataType::LargeBinary => {
            let old = array.as_binary::<i64>();
            built!(LargeBinaryBuilder::new(), array, cells, |row| old.value(row))
        }
        DataType::BinaryView => {
            let old = array.as_binary_view();
            built!(BinaryViewBuilder::new(), array, cells, |row| old.value(row))
        }
        kind @ DataType::Dictionary(_, values) => {
            let plain = column(&arrow_cast::cast(array, values)?, cells)?;
            arrow_cast::cast(&plain, kind)
        }
        kind => {
            Err(ArrowError::InvalidArgumentError(format!("text in a column of the type {kind}")))
        }
    }
}
