//! The way back of tables: what was written and its ledger are an equal table, with its schema and metadata.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, MapBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, DictionaryArray, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray, StringViewArray, StructArray, TimestampSecondArray,
};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Field, Schema};
use proptest::prelude::*;

use super::{restore_table, table_format};
use crate::config::{Config, Fields, InputConfig};
use crate::dedup::{Dedup, Ledger, Policy};
use crate::error::Result;
use crate::ids::FileId;
use crate::read::written::{Way, ways, written};
use crate::read::{StoredTable, Table, read_bytes, with_table_of_bytes};

const SENTENCES: [&str; 6] = [
    "The ferry left the harbour of Velmark at dawn on Friday.",
    "The ferry left the harbour of Velmark at dawn on Friday!",
    "Prices rose by 5 per cent in May, the council of the island said.",
    "Prices rose by 6 per cent in May, the council of the island said.",
    "\"We stay,\" said the “mayor”, née Lindqvist, and\tleft the hall.",
    "警方表示，周五的风暴中没有人受伤，但港口已经关闭了三天。",
];

/// What the column of the text is.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Plain,
    View,
    Bytes,
    Dictionary,
    /// A field of a structure.
    Inside,
    /// A list of the sentences, with something missing between them.
    List,
    /// Joined with another column, in which every sentence stands once more.
    Joined,
}

const KINDS: [Kind; 7] = [
    Kind::Plain,
    Kind::View,
    Kind::Bytes,
    Kind::Dictionary,
    Kind::Inside,
    Kind::List,
    Kind::Joined,
];

type Row = Option<Vec<usize>>;

fn texts(kind: Kind, rows: &[Row]) -> ArrayRef {
    let text = |row: &Row| {
        let sentences = row.as_ref()?.iter().map(|&number| SENTENCES[number]);
        Some(sentences.collect::<Vec<_>>().join(" "))
    };
    let texts: Vec<Option<String>> = rows.iter().map(text).collect();
    match kind {
        Kind::Plain | Kind::Joined => Arc::new(StringArray::from(texts)),
        Kind::List => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for row in rows {
                let items = row.iter().flatten().map(|&number| Some(SENTENCES[number]));
                let items: Vec<_> = items.flat_map(|item| [item, None]).collect();
                lists.append_option(row.is_some().then_some(items));
            }
            Arc::new(lists.finish())
        }
        Kind::View => Arc::new(StringViewArray::from_iter(texts)),
        Kind::Bytes => {
            // A cell that is no text stays as it is.
            let torn = |text: String| {
                if text.len() > 200 { [text.as_bytes(), b"\xff"].concat() } else { text.into() }
            };
            Arc::new(texts.into_iter().map(|text| text.map(torn)).collect::<BinaryArray>())
        }
        Kind::Dictionary => {
            let texts = texts.iter().map(Option::as_deref);
            Arc::new(texts.collect::<DictionaryArray<Int32Type>>())
        }
        Kind::Inside => {
            let field = Arc::new(Field::new("body", DataType::Utf8, true));
            let valid: Vec<bool> = (0..texts.len()).map(|row| row % 5 != 4).collect();
            let body: ArrayRef = Arc::new(StringArray::from(texts));
            Arc::new(StructArray::new(vec![field].into(), vec![body], Some(valid.into())))
        }
    }
}

/// A batch with the text among columns of other types.
fn batch(kind: Kind, first: usize, rows: &[Row]) -> RecordBatch {
    let numbers = || (first..first + rows.len()).map(|row| i64::try_from(row).unwrap());
    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    for row in 0..rows.len() {
        for item in 0..row % 3 {
            maps.keys().append_value(item.to_string());
            maps.values().append_option((item > 0).then_some(7));
        }
        maps.append(row % 4 != 3).unwrap();
    }
    // All batches of an Arrow file share one dictionary.
    let sources: DictionaryArray<Int32Type> = ["a", "b", "c"].into_iter().map(Some).collect();
    let keys = numbers().map(|row| (row % 4 < 3).then_some(i32::try_from(row % 4).unwrap()));
    let keys: Int32Array = keys.collect();
    let sources = DictionaryArray::new(keys, Arc::clone(sources.values()));
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(numbers().map(|id| (id % 7 != 6).then_some(id)).collect::<Int64Array>())),
        (if matches!(kind, Kind::Inside) { "page" } else { "text" }, texts(kind, rows)),
        ("publisher", Arc::new(sources)),
        ("tags", Arc::new(maps.finish())),
        (
            "weight",
            Arc::new(
                numbers()
                    .map(|row| Some(f64::NAN).filter(|_| row % 2 == 0))
                    .collect::<Float64Array>(),
            ),
        ),
        (
            "seen",
            Arc::new(numbers().map(Some).collect::<TimestampSecondArray>().with_timezone("+09:00")),
        ),
    ];
    if matches!(kind, Kind::Joined) {
        columns.push(("lead", texts(Kind::View, rows)));
    }
    let field = |(name, array): &(&str, ArrayRef)| {
        let about = HashMap::from([("about".to_owned(), (*name).to_owned())]);
        Field::new(*name, array.data_type().clone(), true).with_metadata(about)
    };
    let fields: Vec<Field> = columns.iter().map(field).collect();
    let metadata = HashMap::from([("origin".to_owned(), "a test".to_owned())]);
    let columns = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, metadata)), columns).unwrap()
}

fn reading(kind: Kind) -> InputConfig {
    let named = |name: &str| Fields { text: vec![name.to_owned()], ..Fields::default() };
    let fields = match kind {
        Kind::Inside => named("page.body"),
        Kind::Joined => named("lead+text"),
        _ => Fields::default(),
    };
    InputConfig { fields, ..InputConfig::default() }
}

/// All rows of a table as one batch, and what else a Parquet file says of itself.
fn whole(bytes: &[u8], way: Way) -> (RecordBatch, Vec<(String, Option<String>)>) {
    let take = |table: &mut Table<'_>| {
        let mut batches = Vec::new();
        while let Some((batch, _)) = table.next().unwrap() {
            batches.push(batch);
        }
        let pairs = match table.stored() {
            StoredTable::Parquet(metadata) => {
                metadata.file_metadata().key_value_metadata().cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let pairs = pairs.into_iter().filter(|pair| pair.key != "ARROW:schema");
        let pairs = pairs.map(|pair| (pair.key, pair.value)).collect();
        let whole = arrow_select::concat::concat_batches(table.schema(), &batches).unwrap();
        Ok((whole, pairs))
    };
    with_table_of_bytes(bytes, way.name(), (format(way), &InputConfig::default()), take).unwrap()
}

/// All cells of a batch as words, whatever they are stored as.
fn cells(batch: &RecordBatch) -> Vec<Vec<String>> {
    let options = FormatOptions::new().with_null("NULL");
    let column = |column: &ArrayRef| {
        let words = ArrayFormatter::try_new(column, &options).unwrap();
        (0..column.len()).map(|row| words.value(row).to_string()).collect()
    };
    batch.columns().iter().map(column).collect()
}

fn format(way: Way) -> crate::config::Format {
    let is_parquet = matches!(way, Way::Parquet(_) | Way::Parquet2(_));
    table_format(if is_parquet { "parquet" } else { "arrow" }).unwrap()
}

/// What is written of a table, and its ledger.
fn deduped(
    stored: &[u8],
    way: Way,
    (input, policy): (&InputConfig, &Policy),
) -> Result<[Vec<u8>; 2]> {
    let config = Config { input: input.clone(), minimum_words: 1, ..Config::default() };
    let corpus = read_bytes(stored, way.name(), input)?;
    let dedup = Dedup::new(&corpus, (&config, policy), std::collections::BTreeMap::new(), &())?;
    let (mut out, mut ledger) = (Vec::new(), Vec::new());
    dedup.begin(true, &mut ledger)?;
    let done = with_table_of_bytes(stored, way.name(), (format(way), input), |table| {
        dedup.write_table(FileId::new(0), table, &mut out, &mut ledger)
    })?;
    let is_torn = corpus.warnings().iter().any(|warning| warning.contains("invalid byte"));
    assert!(is_torn || done.unlocated == 0, "{} rows were not cut", done.unlocated);
    Ok([out, ledger])
}

fn restored(out: &[u8], ledger: &[u8], way: Way) -> Result<Vec<u8>> {
    let ledger = Ledger::read(&mut &ledger[..], "a.removed.jsonl".as_ref())?;
    let mut back = Vec::new();
    with_table_of_bytes(out, way.name(), (format(way), &InputConfig::default()), |table| {
        restore_table(&ledger, &ledger.files[0], table, &mut back)
    })?;
    Ok(back)
}

fn row() -> impl Strategy<Value = Row> {
    prop::option::weighted(0.9, prop::collection::vec(0..SENTENCES.len(), 0..4))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn what_was_written_and_its_ledger_are_an_equal_table(
        way in prop::sample::select(ways()), kind in prop::sample::select(&KINDS[..]),
        groups in prop::collection::vec(prop::collection::vec(row(), 0..8), 1..5),
        keep_empty in any::<bool>(),
    ) {
        prop_assume!(!(way.is_arrow_file() && matches!(kind, Kind::Dictionary)));
        let mut first = 0;
        let batches: Vec<_> = groups.iter().map(|rows| {
            first += rows.len();
            batch(kind, first - rows.len(), rows)
        }).collect();
        let stored = written(way, &batches);
        let (input, policy) = (reading(kind), Policy { keep_empty, ..Policy::default() });
        let [out, ledger] = deduped(&stored, way, (&input, &policy)).unwrap();
        let back = restored(&out, &ledger, way).unwrap();
        let (before, after, left) = (whole(&stored, way), whole(&back, way), whole(&out, way));
        prop_assert_eq!(before.0.schema(), after.0.schema());
        prop_assert_eq!(before.0.schema(), left.0.schema());
        prop_assert_eq!(&before.1, &after.1);
        prop_assert_eq!(&before.1, &left.1);
        prop_assert_eq!(cells(&before.0), cells(&after.0));
        prop_assert!(left.0.num_rows() <= before.0.num_rows());
        prop_assert!(!keep_empty || left.0.num_rows() == before.0.num_rows());
        // Twice is once.
        let [again, _] = deduped(&out, way, (&input, &policy)).unwrap();
        prop_assert_eq!(cells(&left.0), cells(&whole(&again, way).0));
    }
}

#[test]
fn the_texts_of_an_arrow_file_are_not_cut_where_they_stand_in_a_dictionary() {
    let rows = [Some(vec![0]), Some(vec![0])];
    let stored = written(Way::File(None), &[batch(Kind::Dictionary, 0, &rows)]);
    let asked = (&InputConfig::default(), &Policy::default());
    let error = deduped(&stored, Way::File(None), asked).unwrap_err().to_string();
    assert!(error.contains("the dictionary of the column \"text\" cannot change"), "{error}");
}

#[test]
fn a_row_that_lost_several_sentences_comes_back_with_others_behind_it() {
    // Starts count anew in each row.
    let rows = [Some(vec![0]), Some(vec![0, 0]), Some(vec![0]), Some(vec![2, 0, 4, 1])];
    let policy = Policy { keep_empty: true, ..Policy::default() };
    for way in ways() {
        let stored = written(way, &[batch(Kind::Plain, 0, &rows)]);
        let [out, ledger] = deduped(&stored, way, (&InputConfig::default(), &policy)).unwrap();
        let back = restored(&out, &ledger, way).unwrap();
        assert_eq!(cells(&whole(&back, way).0), cells(&whole(&stored, way).0), "{way:?}");
    }
}

#[test]
fn a_table_of_which_nothing_is_left_keeps_its_head() {
    let rows = [Some(vec![0]), Some(vec![1])];
    for way in ways() {
        let stored = written(way, &[batch(Kind::Plain, 0, &rows)]);
        let policy = Policy { all_copies: true, ..Policy::default() };
        let [out, ledger] = deduped(&stored, way, (&InputConfig::default(), &policy)).unwrap();
        assert_eq!(whole(&out, way).0.num_rows(), 0);
        let (back, before) = (restored(&out, &ledger, way).unwrap(), whole(&stored, way));
        let back = whole(&back, way);
        assert_eq!((back.0.schema(), &back.1), (before.0.schema(), &before.1));
        assert_eq!(cells(&back.0), cells(&before.0));
    }
}

#[test]
fn a_table_of_another_ledger_is_refused() {
    let way = ways()[1];
    let rows = [Some(vec![0, 2]), Some(vec![1, 4])];
    let stored = written(way, &[batch(Kind::Plain, 0, &rows)]);
    let asked = (&InputConfig::default(), &Policy::default());
    let [_, ledger] = deduped(&stored, way, asked).unwrap();
    let other = written(way, &[batch(Kind::Plain, 0, &[Some(vec![3])])]);
    let error = restored(&other, &ledger, way).unwrap_err().to_string();
    assert!(error.contains("it was changed since"), "{error}");
}
