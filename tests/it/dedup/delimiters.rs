//! Tables of text whose columns other characters part, and tables without a header.

use super::{dedup, folder, refused, text};

const TABLE: &str = "id;text;note\r\n1;The ferry left the harbour, at dawn, with forty passengers.;a,b\r\n\
    2;\"The ferry left the harbour, at dawn; with forty passengers.\";c\r\n3;Nobody was hurt in the storm.;d\r\n";

#[test]
fn what_parts_the_columns_stays_and_the_table_comes_back() {
    for (name, table, words) in [
        ("a.csv", TABLE.to_owned(), vec!["--delimiter", ";"]),
        ("a.csv", TABLE.replace(';', "|"), vec!["--delimiter", "|"]),
        ("a.csv", TABLE.replace(';', "\t"), vec!["--delimiter", "tab"]),
        // What parts the columns of TSV is known.
        ("a.tsv", TABLE.replace(';', "\t"), vec!["--delimiter", ";"]),
        (
            "a.csv",
            TABLE.replace("id;text;note\r\n", ""),
            vec!["--delimiter=;", "--no-header", "--text-field=2"],
        ),
        (
            "a.tsv",
            TABLE.replace("id;text;note\r\n", "").replace(';', "\t"),
            vec!["--no-header", "--text-field=2"],
        ),
    ] {
        let folder = folder(&[(name, &table)]);
        dedup(folder.path(), &[&[name, "-o", "clean"], &words[..]].concat());
        let rows: Vec<&str> = table.split_inclusive('\n').collect();
        let second = rows.len() - 2;
        let left: String = rows
            .iter()
            .enumerate()
            .filter(|&(row, _)| row != second)
            .map(|(_, row)| *row)
            .collect();
        assert_eq!(text(&folder, "clean"), left, "{words:?}");
        dedup(folder.path(), &["--restore", "clean.removed.jsonl", "clean", "-o", "back"]);
        assert_eq!(text(&folder, "back"), table, "{words:?}");
    }
}

#[test]
fn annotated_rows_without_a_header_have_numbers_for_names() {
    let folder = folder(&[("a.csv", &TABLE.replace("id;text;note\r\n", ""))]);
    dedup(
        folder.path(),
        &["a.csv", "--delimiter=;", "--no-header", "--text-field=2", "--annotate", "-o", "a.jsonl"],
    );
    assert!(text(&folder, "a.jsonl").starts_with("{\"1\":\"1\",\"2\":\"The ferry"));
}

#[test]
fn a_table_that_was_read_with_the_wrong_character_says_so() {
    let folder = folder(&[
        ("a.csv", TABLE),
        ("tabs.csv", "id\ttext\n1\tOne.\n"),
        ("c.csv", "id,words\n1,One.\n"),
    ]);
    let said = |words: &[&str]| refused(folder.path(), &[words, &["-o", "out"]].concat());
    assert!(
        said(&["a.csv"])
            .contains("found id;text;note; if ; parts the columns, say --delimiter ';'")
    );
    assert!(said(&["tabs.csv"]).contains("if tabs part the columns, say --delimiter tab"));
    assert!(!said(&["c.csv"]).contains("--delimiter"));
    assert!(said(&["c.csv", "--delimiter=;"]).contains("say --delimiter ','"));
    assert!(said(&["c.csv", "--delimiter=x"]).contains("`delimiter` must be one character"));
    assert!(
        said(&["c.csv", "--no-header"]).contains("--text-field with the number of a column: 1, 2")
    );
    assert!(
        said(&["c.csv", "--no-header", "--text-field=3"])
            .contains("a column \"3\"; without a header they are 1, 2")
    );
}
