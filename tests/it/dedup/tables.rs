//! `dedup` of Parquet and Arrow, as another implementation wrote them.

use std::path::Path;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

use super::{dedup, folder, names, refused, text};

const TABLES: [&str; 7] = [
    "snappy.parquet",
    "zstd.parquet",
    "gzip.parquet",
    "brotli.parquet",
    "lz4.parquet",
    "file.arrow",
    "stream.arrows",
];

/// A folder with these tables, and a file of JSON lines.
fn tables(names: &[&str]) -> tempfile::TempDir {
    let line = "{\"text\": \"The ferry left the harbour of Velmark at dawn.\", \"source\": \"z.example\"}\n";
    let folder = folder(&[("mixed/a.jsonl", line)]);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables");
    for name in names {
        std::fs::copy(from.join(name), folder.path().join("mixed").join(name)).unwrap();
    }
    folder
}

/// The batches of a table.
fn batches(path: &Path) -> Vec<RecordBatch> {
    let bytes = std::fs::read(path).unwrap();
    if bytes.starts_with(b"PAR1") {
        let file = twicetold::read::open(path).unwrap();
        let rows = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        return rows.build().unwrap().map(Result::unwrap).collect();
    }
    if bytes.starts_with(b"ARROW1") {
        let rows = arrow_ipc::reader::FileReader::try_new(std::io::Cursor::new(bytes), None);
        return rows.unwrap().map(Result::unwrap).collect();
    }
    let rows = arrow_ipc::reader::StreamReader::try_new(bytes.as_slice(), None);
    rows.unwrap().map(Result::unwrap).collect()
}

/// All cells of a table, a list for each column; times in a zone by their numbers.
fn cells(path: &Path) -> Vec<Vec<String>> {
    let options = FormatOptions::new().with_null("NULL");
    let mut cells: Vec<Vec<String>> = Vec::new();
    for batch in batches(path) {
        cells.resize(batch.num_columns(), Vec::new());
        for (column, cells) in batch.columns().iter().zip(&mut cells) {
            let zoned = column.as_primitive_opt::<arrow_array::types::TimestampMicrosecondType>();
            if let Some(times) = zoned {
                cells.extend(times.iter().map(|time| format!("{time:?}")));
                continue;
            }
            let words = ArrayFormatter::try_new(column, &options).unwrap();
            cells.extend((0..column.len()).map(|row| words.value(row).to_string()));
        }
    }
    cells
}

#[test]
fn a_name_of_another_format_is_refused() {
    let folder = tables(&["snappy.parquet", "file.arrow"]);
    for (input, output) in [
        ("mixed/snappy.parquet", "out.jsonl"),
        ("mixed/snappy.parquet", "out.arrow"),
        ("mixed/file.arrow", "out.csv"),
        ("mixed/a.jsonl", "out.parquet"),
    ] {
        let said = refused(folder.path(), &[input, "-o", output]);
        assert!(said.contains("a name for the input's format"), "{said}");
        assert!(!folder.path().join(output).exists());
    }
    for (input, output) in [
        ("mixed/snappy.parquet", "out.parquet"),
        ("mixed/file.arrow", "out.feather"),
        ("mixed/a.jsonl", "out.json"),
        ("mixed/snappy.parquet", "out"),
    ] {
        dedup(folder.path(), &[input, "-o", output]);
    }
}

#[test]
fn a_table_loses_what_repeats_and_comes_back_equal() {
    for name in TABLES {
        let folder = tables(&[name]);
        let (stored, clean) = (format!("mixed/{name}"), format!("clean-{name}"));
        dedup(folder.path(), &[&stored, "-o", &clean, "--quiet"]);
        let ledger = format!("{clean}.removed.jsonl");
        let last = text(&folder, &ledger);
        assert!(last.lines().last().unwrap().contains("\"exact\":false"), "{name}");
        dedup(folder.path(), &["--restore", &ledger, &clean, "-o", "back"]);
        let [stored, clean, back] = [&stored, &clean, "back"].map(|path| folder.path().join(path));
        let left = cells(&clean);
        let [first, second] = [
            "The ferry left the harbour of Velmark at dawn. Nobody was hurt in the storm, police said.",
            "Prices rose in May, the council of the town said.",
        ];
        assert_eq!(left[1], [first, second, "NULL"], "{name}");
        assert_eq!(left[0], ["1", "2", "3"]);
        assert_eq!(cells(&back), cells(&stored), "{name}");
        let schema = |path: &Path| batches(path)[0].schema();
        assert_eq!(schema(&back), schema(&stored), "{name}");
        assert_eq!(schema(&clean), schema(&stored), "{name}");
    }
}

#[test]
fn a_folder_that_mixes_formats_is_written_and_restored() {
    let folder = tables(&TABLES);
    dedup(folder.path(), &["mixed", "-o", "clean", "--quiet"]);
    dedup(folder.path(), &["--restore", "clean.removed.jsonl", "clean", "-o", "back"]);
    assert_eq!(names(&folder.path().join("back")), names(&folder.path().join("mixed")));
    for name in TABLES {
        let [back, stored] = ["back", "mixed"].map(|top| folder.path().join(top).join(name));
        assert_eq!(cells(&back), cells(&stored), "{name}");
    }
    assert_eq!(text(&folder, "back/a.jsonl"), text(&folder, "mixed/a.jsonl"));
}

#[test]
fn a_table_that_was_changed_since_is_not_mixed_with_what_it_was() {
    let folder = tables(&["zstd.parquet", "gzip.parquet"]);
    dedup(folder.path(), &["mixed/zstd.parquet", "-o", "clean.parquet", "--quiet"]);
    let words = ["--restore", "clean.parquet.removed.jsonl", "mixed/gzip.parquet", "-o", "back"];
    assert!(refused(folder.path(), &words).contains("it was changed since"));
    assert!(!folder.path().join("back").exists());
}

#[test]
fn a_table_is_replaced_in_place_and_nothing_is_written_where_nothing_is_asked_for() {
    let folder = tables(&["zstd.parquet"]);
    let before = names(folder.path());
    dedup(folder.path(), &["mixed/zstd.parquet", "--dry-run"]);
    assert_eq!(names(folder.path()), before);
    let path = folder.path().join("mixed/zstd.parquet");
    let stored = std::fs::read(&path).unwrap();
    dedup(folder.path(), &["mixed/zstd.parquet", "--in-place", "--quiet"]);
    assert_eq!(cells(&path)[0], ["1", "2", "3"]);
    assert_eq!(std::fs::read(folder.path().join("mixed/zstd.parquet.bak")).unwrap(), stored);
}

#[test]
fn an_annotated_row_is_an_object_with_all_its_columns() {
    for name in TABLES {
        let folder = tables(&[name]);
        let path = format!("mixed/{name}");
        let said = dedup(folder.path(), &[&path, "--annotate", "-o", "-", "--quiet"]);
        let rows: Vec<Value> =
            said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 4, "{name}");
        assert_eq!(rows[0]["date"], "2022-01-08T12:00:00Z");
        assert_eq!(rows[0]["page"]["sizes"], serde_json::json!([1, 2]));
        assert_eq!(rows[3]["tags"], serde_json::json!({"a": 2, "b": null}));
        assert_eq!(rows[2]["text"], Value::Null);
        assert!(rows[2].get("twicetold").is_none());
        let removed = &rows[3]["twicetold"]["removed"][0];
        assert_eq!(removed["kept"]["text"], "The ferry left the harbour of Velmark at dawn.");
        assert_eq!(removed["kept"]["line"], 1);
    }
}

#[test]
fn a_table_comes_through_a_pipe_and_out_of_gzip() {
    let folder = tables(&["zstd.parquet"]);
    let stored = std::fs::read(folder.path().join("mixed/zstd.parquet")).unwrap();
    let words = ["dedup", "-", "-o", "clean.parquet", "--quiet"];
    let output = crate::cli::twicetold_in(folder.path(), &words, &stored);
    assert!(output.status.success(), "{}", crate::cli::stderr(&output));
    assert_eq!(cells(&folder.path().join("clean.parquet"))[0], ["1", "2", "3"]);
    dedup(folder.path(), &["mixed/zstd.parquet", "-o", "clean.parquet.gz", "--quiet"]);
    let words = ["--restore", "clean.parquet.gz.removed.jsonl", "clean.parquet.gz", "-o", "back"];
    dedup(folder.path(), &words);
    assert_eq!(
        cells(&folder.path().join("back")),
        cells(&folder.path().join("mixed/zstd.parquet"))
    );
}

#[test]
fn damage_that_a_library_panics_of_is_an_error_like_any_other() {
    let folder = tables(&["file.arrow"]);
    let path = folder.path().join("mixed/file.arrow");
    let mut stored = std::fs::read(&path).unwrap();
    // The length of a column of the first batch.
    stored[1735] = 0x7f;
    std::fs::write(path, stored).unwrap();
    let error = refused(folder.path(), &["mixed/file.arrow", "-o", "clean.arrow"]);
    let expected = "the data is damaged in a way that its reader does not know";
    assert_eq!(error, format!("twicetold: mixed/file.arrow: batch 1: {expected}\n"));
}

#[test]
fn a_column_that_is_not_there_is_an_error_that_names_those_that_are() {
    let folder = tables(&["zstd.parquet"]);
    let words = ["mixed/zstd.parquet", "--text-field", "txt", "-o", "clean.parquet"];
    let error = refused(folder.path(), &words);
    insta::assert_snapshot!("dedup_no_column", error);
}

/// Writes a table of one column of strings, a row group for each of the lists.
fn write_groups(path: &Path, groups: &[&[&str]]) {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message m { required binary text (UTF8); }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let file = std::fs::File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, std::sync::Arc::default()).unwrap();
    for rows in groups {
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let cells: Vec<ByteArray> = rows.iter().map(|&text| text.into()).collect();
        column.typed::<ByteArrayType>().write_batch(&cells, None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    writer.close().unwrap();
}

#[test]
fn row_groups_without_rows_are_passed_over() {
    let folder = folder(&[("in/a.txt", "")]);
    let line = "The ferry left the harbour of Velmark at dawn.";
    write_groups(&folder.path().join("in/e.parquet"), &[&[]]);
    let between: [&[&str]; 4] = [&[line], &[], &[line, "Nobody knew why."], &[]];
    write_groups(&folder.path().join("in/m.parquet"), &between);
    dedup(folder.path(), &["in", "-o", "out", "--quiet"]);
    let left = cells(&folder.path().join("out/m.parquet"));
    assert_eq!(left, [[line, "Nobody knew why."]]);
    dedup(folder.path(), &["--restore", "out.removed.jsonl", "out", "-o", "back"]);
    let back = cells(&folder.path().join("back/m.parquet"));
    assert_eq!(back, [[line, line, "Nobody knew why."]]);
    assert!(folder.path().join("back/e.parquet").exists());
}
