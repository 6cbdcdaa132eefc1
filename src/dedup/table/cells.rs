//! A table with other texts in some cells of a column; all else stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{
    BinaryBuilder, BinaryViewBuilder, LargeBinaryBuilder, LargeStringBuilder, StringBuilder,
    StringViewBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, GenericListArray, OffsetSizeTrait, PrimitiveArray,
    RecordBatch, StructArray, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, FieldRef};
use arrow_select::take::take;

use crate::read::{Name, cell_bytes};

/// What the strings of a column become, by their places in the array that holds them.
pub(super) type Cells = BTreeMap<usize, String>;

/// A batch with other texts in the columns under these names.
pub(super) fn replaced(
    batch: &RecordBatch,
    names: &[Name],
    cells: &[Cells],
) -> Result<RecordBatch, ArrowError> {
    let mut columns = batch.columns().to_vec();
    for (name, cells) in names.iter().zip(cells) {
        let Some((first, rest)) = name.split_first().filter(|_| !cells.is_empty()) else {
            continue;
        };
        let place = batch.schema_ref().index_of(first)?;
        columns[place] = inside(&columns[place], rest, cells)?;
    }
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
        DataType::Dictionary(key, _) => {
            let dictionary = array.as_any_dictionary();
            let plain = take(dictionary.values(), dictionary.keys(), None)?;
            dictionary_of(&column(&plain, cells)?, key)
        }
        DataType::List(item) => list(array.as_list::<i32>(), item, cells),
        DataType::LargeList(item) => list(array.as_list::<i64>(), item, cells),
        kind => {
            Err(ArrowError::InvalidArgumentError(format!("text in a column of the type {kind}")))
        }
    }
}

/// A column as a dictionary with keys of this type: its texts in the order in which they first stand there.
fn dictionary_of(plain: &ArrayRef, key: &DataType) -> Result<ArrayRef, ArrowError> {
    let (mut known, mut firsts) = (BTreeMap::new(), Vec::new());
    let mut number = |row: usize| {
        let bytes = cell_bytes(plain, row).filter(|_| plain.is_valid(row))?;
        Some(*known.entry(bytes).or_insert_with(|| {
            firsts.push(row as u64);
            firsts.len() - 1
        }))
    };
    let numbers: Vec<Option<usize>> = (0..plain.len()).map(&mut number).collect();
    let values = take(plain, &UInt64Array::from(firsts), None)?;
    macro_rules! keyed {
        ($($kind:ident => $key:ty),+) => {
            match key {
                $(DataType::$kind => {
                    let key = |number: Option<usize>| number.map(TryInto::try_into).transpose();
                    let keys = numbers.iter().copied().map(key).collect::<Result<_, _>>();
                    let keys: PrimitiveArray<$key> =
                        keys.map_err(|_| ArrowError::DictionaryKeyOverflowError)?;
                    Ok(Arc::new(DictionaryArray::try_new(keys, values)?))
                })+
                _ => Err(ArrowError::InvalidArgumentError(format!("keys of the type {key}"))),
            }
        };
    }
    keyed!(
        Int8 => Int8Type, Int16 => Int16Type, Int32 => Int32Type, Int64 => Int64Type,
        UInt8 => UInt8Type, UInt16 => UInt16Type, UInt32 => UInt32Type, UInt64 => UInt64Type
    )
}

/// Lists of as many items as before.
fn list<O: OffsetSizeTrait>(
    list: &GenericListArray<O>,
    item: &FieldRef,
    cells: &Cells,
) -> Result<ArrayRef, ArrowError> {
    let items = column(list.values(), cells)?;
    let (item, missing) = (FieldRef::clone(item), list.nulls().cloned());
    Ok(Arc::new(GenericListArray::try_new(item, list.offsets().clone(), items, missing)?))
}
