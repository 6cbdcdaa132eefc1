//! Parquet and Arrow: what is a document, and what is damage.

use std::io::Write as _;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, Date32Array, DictionaryArray, Int64Array, LargeStringArray, NullArray,
    RecordBatch, StringArray, StringViewArray, StructArray, TimestampSecondArray,
};
use arrow_schema::{DataType, Field};
use proptest::prelude::*;

use super::*;
use crate::config::{Fields, Format};
use crate::read::columnar::written::{Way, ways, written};

const TEXTS: [Option<&str>; 3] =
    [Some("The quay is wet."), None, Some("The tide\nis out, née 警方.")];

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap()
}

fn parquet(batches: &[RecordBatch]) -> Vec<u8> {
    written(ways()[1], batches)
}

fn named(text: &str) -> InputConfig {
    let fields = Fields { text: vec![text.to_owned()], ..Fields::default() };
    InputConfig { fields, ..InputConfig::default() }
}

fn strings(texts: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

#[test]
fn a_row_is_a_document_in_every_way_of_storing_it() {
    let rows = |range: std::ops::Range<usize>| {
        let ids: Int64Array = range.clone().map(|id| Some(i64::try_from(id).unwrap())).collect();
        let (text, ids) = (strings(&TEXTS[range]), Arc::new(ids) as ArrayRef);
        batch(vec![("ignored", Arc::new(NullArray::new(ids.len()))), ("id", ids), ("text", text)])
    };
    for way in ways() {
        let stored = written(way, &[rows(0..2), rows(2..3)]);
        for corpus in [
            read_plainly(way.name(), &stored),
            // The content says it too.
            read_plainly("unnamed", &stored),
            read_stdin(&stored, &InputConfig::default()).unwrap(),
        ] {
            assert_eq!(
                texts(&corpus),
                ["The quay is wet.", "The tide\nis out, née 警方."],
                "{way:?}"
            );
            assert_eq!(lines(&corpus), [1, 3]);
            assert_eq!(reasons(&corpus), [(Some(2), "expected a string under \"text\"")]);
            assert_eq!(metadata(&corpus, 1).id.as_deref(), Some("2"));
            assert_eq!(corpus.files()[0].bytes, stored.len() as u64);
            assert_eq!(corpus.files()[0].xxh3, xxhash_rust::xxh3::xxh3_64(&stored));
        }
    }
}

#[test]
fn every_type_of_strings_is_text() {
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("One."), None, Some("Two.")]);
    lists.append_null();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(LargeStringArray::from(vec![Some("One.\nTwo."), None])),
        Arc::new(StringViewArray::from(vec![Some("One.\nTwo."), None])),
        Arc::new(BinaryArray::from_opt_vec(vec![Some(b"One.\nTwo."), None])),
        Arc::new(DictionaryArray::<Int32Type>::from_iter([Some("One.\nTwo."), None])),
        Arc::new(lists.finish()),
    ];
    for column in columns {
        let kind = column.data_type().clone();
        for way in ways() {
            let stored = written(way, &[batch(vec![("body", Arc::clone(&column))])]);
            let corpus = read_plainly(way.name(), stored);
            assert_eq!(texts(&corpus), ["One.\nTwo."], "{kind} in {way:?}");
            assert_eq!(corpus.skipped_total(), 1);
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_counted() {
    let bytes = BinaryArray::from_opt_vec(vec![Some(b"a"), None, Some(b"b\xff c\xc3")]);
    let corpus = read_plainly("a.parquet", parquet(&[batch(vec![("text", Arc::new(bytes))])]));
    assert_eq!(texts(&corpus), ["a", "b\u{fffd} c\u{fffd}"]);
    assert!(corpus.warnings()[0].ends_with("2 invalid byte sequences replaced (first in line 3)"));
}

#[test]
fn times_and_numbers_are_words() {
    let times = TimestampSecondArray::from(vec![1_641_600_000]).with_timezone("Asia/Tokyo");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("text", strings(&[Some("x")])),
        ("ID", Arc::new(Int64Array::from(vec![-7]))),
        ("published", Arc::new(times)),
        ("title", Arc::new(Date32Array::from(vec![18_999]))),
    ];
    for way in ways() {
        let corpus = read_plainly(way.name(), written(way, &[batch(columns.clone())]));
        let metadata = metadata(&corpus, 0);
        assert_eq!(metadata.id.as_deref(), Some("-7"));
        assert_eq!(metadata.date.as_deref(), Some("2022-01-08T00:00:00Z"));
        assert_eq!(metadata.title.as_deref(), Some("2022-01-07"));
    }
}

#[test]
fn a_name_reaches_into_structures_and_joins_columns() {
    let body = Arc::new(Field::new("body", DataType::Utf8, true));
    let missing = Some(vec![true, true, false].into());
    let inner = strings(&[Some("One."), None, Some("hidden")]);
    let page = StructArray::try_new(vec![body].into(), vec![inner], missing).unwrap();
    let title = strings(&[Some("T"), None, Some("U")]);
    let columns = batch(vec![("title", title), ("page", Arc::new(page)), ("a.b", strings(&TEXTS))]);
    for way in ways() {
        let stored = written(way, std::slice::from_ref(&columns));
        let read = |text: &str| read_file(way.name(), &stored, &named(text));
        assert_eq!(texts(&read("page.body").unwrap()), ["One."], "{way:?}");
        assert_eq!(texts(&read("title+page.body").unwrap()), ["T\nOne.", "U"]);
        assert_eq!(texts(&read("a.b").unwrap()).len(), 2);
        let error = read("body").unwrap_err().to_string();
        let expected =
            "expected a column \"body\" of strings, found title (Utf8), page (Struct), a.b (Utf8)";
        assert!(error.ends_with(expected), "{error}");
    }
}

#[test]
fn tables_are_read_in_archives_and_compressed_files() {
    let stored = parquet(&[batch(vec![("text", strings(&TEXTS))])]);
    let mut zipped = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(stored.len() as u64);
    zipped.append_data(&mut header, "a.parquet", stored.as_slice()).unwrap();
    let gzipped = crate::read::streams::tests::gzip(&stored);
    for (name, bytes) in [("a.tar", zipped.into_inner().unwrap()), ("a.parquet.gz", gzipped)] {
        assert_eq!(texts(&read_plainly(name, bytes)).len(), 2, "{name}");
    }
}

#[test]
fn what_is_no_table_is_named() {
    let told = |format| InputConfig { format: Some(format), ..InputConfig::default() };
    for (format, bytes, expected) in [
        (Format::Parquet, &b"text"[..], "no Parquet file"),
        (Format::Parquet, b"PARE 123456789 PARE", "encrypted"),
        (Format::Parquet, b"PAR1", "footer of the Parquet file is missing"),
        (Format::Arrow, b"FEA1 and so on", "version 1"),
        (Format::Arrow, b"ARROW1\0\0", "ends early"),
        (Format::Arrow, b"some words that are no Arrow", ""),
    ] {
        let error = read_file("a.b", bytes, &told(format)).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("a.b: "), "{error}");
    }
}

#[test]
fn a_table_that_is_cut_ends_early_wherever_it_is_cut() {
    for way in [ways()[2], Way::File(None)] {
        let stored = written(way, &[batch(vec![("text", strings(&TEXTS))])]);
        for length in 8..stored.len() {
            // Behind the end mark of an Arrow file stands a directory, which nobody needs.
            if let Ok(corpus) = read_file(way.name(), &stored[..length], &InputConfig::default()) {
                assert!(way.is_arrow_file(), "{way:?} cut at {length}");
                assert_eq!(texts(&corpus).len(), 2);
            }
        }
        let error = read_file(way.name(), &stored[..60], &InputConfig::default()).unwrap_err();
        assert!(error.to_string().contains("ends early"), "{error}");
    }
}

#[test]
fn a_page_that_decompresses_to_too_much_is_refused_before_it_is() {
    let zeros = "\0".repeat(1 << 20);
    let texts: ArrayRef =
        Arc::new(StringArray::from_iter_values((0..100).map(|number| format!("{zeros}{number}"))));
    let rows = [batch(vec![("text", texts)])];
    for way in ways().into_iter().filter(|way| !matches!(way, Way::File(None) | Way::Stream(None)))
    {
        let stored = written(way, &rows);
        if stored.len() > 10 << 20 {
            continue;
        }
        let error = read_file(way.name(), &stored, &InputConfig::default());
        let error = error.err().map(|error| error.to_string()).unwrap_or_default();
        let is_bomb = stored.len() as u64 * 200 < 100 << 20;
        assert_eq!(error.contains("--max-ratio"), is_bomb, "{way:?} {}: {error}", stored.len());
    }
}

#[test]
fn a_string_that_a_thousand_rows_share_counts_as_often() {
    let long = "word ".repeat(200_000);
    let column: DictionaryArray<Int32Type> = (0..200).map(|_| Some(long.as_str())).collect();
    for way in ways() {
        let stored = written(way, &[batch(vec![("text", Arc::new(column.clone()))])]);
        if stored.len() < 100_000 {
            let error = read_file(way.name(), &stored, &InputConfig::default()).unwrap_err();
            assert!(error.to_string().contains("--max-ratio"), "{way:?}: {error}");
        }
    }
}

#[test]
fn a_damaged_table_names_its_row_group_and_a_patient_reader_goes_on() {
    let stored = parquet(&[batch(vec![("text", strings(&TEXTS))])]);
    let mut torn = stored.clone();
    torn[10..60].fill(0xff);
    let folder = Folder::with("a.parquet", &torn);
    folder.write("b.parquet", &stored);
    let error = folder.read(&InputConfig::default()).unwrap_err().to_string();
    assert!(error.contains("a.parquet: row group 1: "), "{error}");
    let config = InputConfig { keep_going: true, ..InputConfig::default() };
    let corpus = folder.read(&config).unwrap();
    assert_eq!(texts(&corpus).len(), 2);
}

/// A table with columns of many types.
fn rich() -> RecordBatch {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in 0..40 {
        lists.append_value((0..row % 4).map(|item| Some(item.to_string())));
    }
    let names: Vec<String> = (0..40).map(|row| format!("The quay number {row} is wet.")).collect();
    batch(vec![
        ("text", Arc::new(StringArray::from(names.clone()))),
        ("title", Arc::new(StringViewArray::from_iter_values(&names))),
        (
            "source",
            Arc::new(
                (0..40)
                    .map(|row| Some(["a", "b"][row % 2]))
                    .collect::<DictionaryArray<Int32Type>>(),
            ),
        ),
        ("tags", Arc::new(lists.finish())),
        ("id", Arc::new(Int64Array::from_iter_values(0..40))),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_table_is_an_error_or_read_and_never_a_panic(
        way in prop::sample::select(ways()),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        from_end in any::<bool>(),
    ) {
        let mut stored = written(way, &[rich(), rich()]);
        let length = stored.len();
        for (position, byte) in flips {
            // The footer and the first description are the richest in structure.
            let span = if from_end { length.min(1_500) } else { length };
            let position = length - 1 - position.index(span);
            stored[position] = byte;
        }
        let _ = read_stdin(&stored, &InputConfig { format: Some(if way.name() == "a.parquet" { Format::Parquet } else { Format::Arrow }), ..InputConfig::default() });
    }
}

#[test]
fn what_another_implementation_wrote_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables");
    for name in [
        "snappy.parquet",
        "zstd.parquet",
        "gzip.parquet",
        "brotli.parquet",
        "lz4.parquet",
        "file.arrow",
        "stream.arrows",
    ] {
        let corpus = read(&[&folder.join(name)], &InputConfig::default()).unwrap();
        assert_eq!(lines(&corpus), [1, 2, 4], "{name}");
        let first = metadata(&corpus, 0);
        assert_eq!(first.date.as_deref(), Some("2022-01-08T12:00:00Z"));
        assert_eq!(first.source.as_deref(), Some("a.example"));
        let nested = read(&[&folder.join(name)], &named("page.body")).unwrap();
        assert_eq!(texts(&nested), ["One.", "x"]);
    }
}

#[test]
fn a_stream_of_messages_may_lie_about_lengths_and_nothing_is_taken_for_it() {
    let stored = written(Way::Stream(None), &[rich()]);
    let mut file = std::io::Cursor::new(stored.clone());
    file.set_position(4);
    file.write_all(&u32::MAX.to_le_bytes()).unwrap();
    let config = InputConfig { format: Some(Format::Arrow), ..InputConfig::default() };
    let error = read_stdin(&file.into_inner(), &config).unwrap_err().to_string();
    assert!(error.contains("more than 256 MB"), "{error}");
}
