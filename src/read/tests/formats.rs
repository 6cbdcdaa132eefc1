//! Each format, told, named or recognised.

use xxhash_rust::xxh3::xxh3_64;

use crate::config::{Fields, Format, InputConfig};
use crate::corpus::{LineOrigin, Metadata};

use super::super::streams::tests::{bzip2, gzip, lzma_file, xz};
use super::super::zstd::tests::zstd;
use super::*;

const ARTICLE: &str =
    "Storm nears coast\n20240229\nhttps://www.daily.example/a/1\nIt rains.\nIt pours.\n";

#[test]
fn a_text_file_is_one_document_with_all_its_bytes() {
    let corpus = read_plainly("a.txt", "One.\r\n\r\nTwo.\n");
    assert_eq!(texts(&corpus), ["One.\r\n\r\nTwo.\n"]);
    let document = &corpus.documents()[0];
    assert!(document.is_whole_file());
    assert_eq!((document.body(), document.line_origin()), (0, LineOrigin::Text));
    assert_eq!(corpus.files()[0].format, "text");
}

#[test]
fn a_line_file_gives_its_lines_that_are_not_blank() {
    let corpus = read_plainly("a.lines", "one\r\n\r\n \t\ntwo\nthree");
    assert_eq!(texts(&corpus), ["one", "two", "three"]);
    assert_eq!(lines(&corpus), [1, 4, 5]);
    assert!(!corpus.documents()[0].is_whole_file());
    assert_eq!(corpus.documents()[0].line_origin(), LineOrigin::Text);
}

#[test]
fn an_article_is_recognised_and_its_head_known() {
    for name in ["a.txt", "a", "a.md"] {
        let corpus = read_plainly(name, ARTICLE);
        assert_eq!(texts(&corpus), [ARTICLE]);
        assert_eq!(corpus.files()[0].format, "article");
        let body = corpus.documents()[0].body();
        assert_eq!(ARTICLE.get(body..), Some("It rains.\nIt pours.\n"));
        let expected = Metadata {
            title: Some("Storm nears coast".into()),
            date: Some("20240229".into()),
            url: Some("https://www.daily.example/a/1".into()),
            source: Some("daily.example".into()),
            ..Metadata::default()
        };
        assert_eq!(metadata(&corpus, 0), expected);
    }
}

#[test]
fn a_told_format_wins_over_name_and_content() {
    let told = |format| InputConfig { format: Some(format), ..InputConfig::default() };
    let corpus = read_file("a.txt", ARTICLE, &told(Format::Text)).unwrap();
    assert_eq!((corpus.files()[0].format, corpus.documents()[0].body()), ("text", 0));
    let corpus = read_file("a.jsonl", "{\"a\"}\n", &told(Format::Lines)).unwrap();
    assert_eq!(texts(&corpus), ["{\"a\"}"]);
    let corpus = read_file("a.txt", "No head.", &told(Format::Article)).unwrap();
    assert_eq!(corpus.skipped()[0].line, Some(1));
    assert!(corpus.skipped()[0].reason.starts_with("expected an article"));
}

#[test]
fn a_json_record_gives_text_id_and_the_rest() {
    let json = concat!(
        r#"{"id": 7, "text": "One.\nTwo.", "url": "https://www.a.example/x", "date": "2024", "lang": "en"}"#,
        "\r\n\n",
        r#"{"text": "Three.", "source": "Given", "url": "https://b.example/"}"#,
    );
    let corpus = read_plainly("a.ndjson", json);
    assert_eq!(texts(&corpus), ["One.\nTwo.", "Three."]);
    assert_eq!(lines(&corpus), [1, 3]);
    assert_eq!(corpus.documents()[0].line_origin(), LineOrigin::Record);
    let expected = Metadata {
        id: Some("7".into()),
        source: Some("a.example".into()),
        date: Some("2024".into()),
        url: Some("https://www.a.example/x".into()),
        language: Some("en".into()),
        title: None,
    };
    assert_eq!(metadata(&corpus, 0), expected);
    assert_eq!(metadata(&corpus, 1).source.as_deref(), Some("Given"));
}

#[test]
fn a_bad_json_record_is_skipped_with_its_line() {
    let json = "{\"text\": \"One.\"}\n{\"text\": 2}\n[]\n{\"text\": \"x\n{\"text\": \"Four.\"}\n";
    let corpus = read_plainly("a.jsonl", json);
    assert_eq!(texts(&corpus), ["One.", "Four."]);
    let reasons = reasons(&corpus);
    assert_eq!(reasons[0], (Some(2), "expected a string under \"text\""));
    assert_eq!(reasons[1], (Some(3), "expected a JSON object, found a JSON array"));
    assert_eq!(reasons[2].0, Some(4));
    assert_eq!(corpus.skipped_total(), 3);
}

#[test]
fn a_bad_record_is_an_error_if_strict() {
    let strict = InputConfig { strict: true, ..InputConfig::default() };
    let error = read_file("a.jsonl", "{\"text\": \"One.\"}\n{}\n", &strict).unwrap_err();
    assert!(error.to_string().ends_with("a.jsonl:2: expected a string under \"text\""), "{error}");
    let patient = InputConfig { keep_going: true, ..strict };
    assert!(read_file("a.jsonl", "{}\n", &patient).is_err());
}

#[test]
fn a_table_gives_its_rows_with_their_first_lines() {
    let csv = "\u{feff}id,headline,text\r\n1,\"A, b\",\"One.\r\nTwo.\"\r\n\r\n2,,Three.\r\n";
    let corpus = read_plainly("a.csv", csv);
    assert_eq!(texts(&corpus), ["One.\r\nTwo.", "Three."]);
    assert_eq!(lines(&corpus), [2, 5]);
    assert_eq!(metadata(&corpus, 0).title.as_deref(), Some("A, b"));
    assert_eq!(metadata(&corpus, 1).title, None);
    assert_eq!(metadata(&corpus, 1).id.as_deref(), Some("2"));
    assert_eq!(corpus.documents()[0].line_origin(), LineOrigin::Record);
}

#[test]
fn a_row_of_another_width_is_a_bad_record() {
    let corpus = read_plainly("a.tsv", "body\tsource\nOne, two.\ts\nThree.\nFour.\ts\tmore\n");
    assert_eq!(texts(&corpus), ["One, two."]);
    assert_eq!(
        reasons(&corpus),
        [(Some(3), "expected 2 fields, found 1"), (Some(4), "expected 2 fields, found 3")]
    );
}

#[test]
fn a_table_without_a_text_column_is_an_error_of_the_file() {
    let error = read_file("a.csv", "x,y\n1,2\n", &InputConfig::default()).unwrap_err();
    let message = error.to_string();
    assert!(message.ends_with("expected a column \"text\" in the header, found x, y"), "{message}");
    let forgiving = InputConfig { keep_going: true, ..InputConfig::default() };
    let corpus = read_file("a.csv", "x,y\n1,2\n", &forgiving).unwrap();
    assert_eq!((corpus.documents().len(), corpus.skipped_total()), (0, 1));
    let fields = Fields { text: vec!["y".into()], ..Fields::default() };
    let config = InputConfig { fields, ..InputConfig::default() };
    assert_eq!(texts(&read_file("a.csv", "x,y\n1,2\n", &config).unwrap()), ["2"]);
}

#[test]
fn a_quotation_mark_that_nobody_closes_is_a_bad_record_with_its_line() {
    let csv = "id,text\n1,One.\n2,\"Two.\n3,Three.\n4,Four.\n";
    let corpus = read_plainly("a.csv", csv);
    assert_eq!(texts(&corpus), ["One."]);
    let expected = "expected a closing quotation mark before the end of the file";
    assert_eq!(reasons(&corpus), [(Some(3), expected)]);
    let strict = InputConfig { strict: true, ..InputConfig::default() };
    let error = read_file("a.csv", csv, &strict).unwrap_err();
    assert!(error.to_string().contains("a.csv:3: expected a closing"), "{error}");
    let corpus = read_plainly("a.tsv", "id\t\"text\n1\tOne.\n");
    assert_eq!(reasons(&corpus), [(Some(1), expected)]);
}

#[test]
fn a_chosen_field_that_no_record_has_is_an_error_of_the_file() {
    let fields = Fields { text: vec!["txt".into()], ..Fields::default() };
    let config = InputConfig { fields, ..InputConfig::default() };
    let json = "{\"text\": \"One.\", \"id\": 1}\nbroken\n{}\n";
    let error = read_file("a.jsonl", json, &config).unwrap_err().to_string();
    let expected = "expected a field \"txt\" in some record, found id, text in the first";
    assert!(error.ends_with(expected), "{error}");
    for one in ["{\"txt\": \"Two.\"}\n", "{\"txt\": 2}\n"] {
        let json = format!("{json}{one}");
        assert!(read_file("a.jsonl", &json, &config).unwrap().skipped_total() >= 3);
    }
}

#[test]
fn records_without_a_usual_name_are_an_error_where_nothing_else_has_a_text() {
    let usual = InputConfig::default();
    let other = "{\"txt\": \"One.\", \"page\": {\"body\": \"Two.\"}}\n";
    let error = read_file("b.jsonl", other, &usual).unwrap_err().to_string();
    assert!(error.contains("found page.body, txt in the first"), "{error}");
    let folder = Folder::with("b.jsonl", other);
    folder.write("a.txt", "Text.");
    assert_eq!(folder.read(&usual).unwrap().skipped_total(), 1);
    let patient = InputConfig { keep_going: true, ..InputConfig::default() };
    assert_eq!(read_file("b.jsonl", other, &patient).unwrap().skipped_total(), 1);
    for skipped in ["", "{\"text\": null}\n", "broken\n"] {
        assert!(read_plainly("b.jsonl", skipped).documents().is_empty());
    }
}

#[test]
fn a_chosen_name_may_reach_into_a_record_and_join_fields() {
    let named = |name: &str| {
        let fields = Fields { text: vec![name.to_owned()], ..Fields::default() };
        InputConfig { fields, ..InputConfig::default() }
    };
    let json = "{\"title\": \"T\", \"article\": {\"body\": \"One.\"}}\n{\"title\": \"U\"}\n";
    let corpus = read_file("a.jsonl", json, &named("article.body")).unwrap();
    assert_eq!(texts(&corpus), ["One."]);
    assert_eq!(reasons(&corpus), [(Some(2), "expected a string under \"article.body\"")]);
    let corpus = read_file("a.jsonl", json, &named("title+article.body")).unwrap();
    assert_eq!(texts(&corpus), ["T\nOne.", "U"]);
    let error = read_file("a.jsonl", json, &named("article.text")).unwrap_err().to_string();
    assert!(error.contains("expected a field \"article.text\" in some record"), "{error}");
    let csv = "id,title,body,a.b\n1,T,One.,Two.\n";
    assert_eq!(texts(&read_file("a.csv", csv, &named("title+body")).unwrap()), ["T\nOne."]);
    assert_eq!(texts(&read_file("a.csv", csv, &named("a.b")).unwrap()), ["Two."]);
    let error = read_file("a.csv", csv, &named("title+text")).unwrap_err().to_string();
    assert!(error.contains("expected a column \"title+text\" in the header"), "{error}");
}

#[test]
fn usual_names_are_known_in_any_case() {
    let json = "{\"Text\": \"One.\", \"URL\": \"https://a.example/1\", \"Title\": \"T\"}\n";
    let corpus = read_plainly("a.jsonl", json);
    assert_eq!(texts(&corpus), ["One."]);
    let found = metadata(&corpus, 0);
    assert_eq!((found.source.as_deref(), found.title.as_deref()), (Some("a.example"), Some("T")));
    let corpus = read_plainly("a.csv", "ID,Text,text\n1,Two.,One.\n");
    assert_eq!((texts(&corpus)[0], metadata(&corpus, 0).id.as_deref()), ("One.", Some("1")));
}

#[test]
fn a_json_array_gives_its_objects_with_the_lines_where_they_begin() {
    let pretty =
        "[\n  {\n    \"id\": 1,\n    \"text\": \"One.\"\n  },\n  {\"text\": \"Two.\\nMore.\"}\n]\n";
    let lines_of = |corpus: &Corpus| lines(corpus);
    for (name, json, expected) in [
        ("a.json", pretty.to_owned(), [2, 6]),
        ("unnamed", pretty.to_owned(), [2, 6]),
        ("a.json.gz", pretty.replace('\n', ""), [1, 1]),
        ("a.json", pretty.replace(['[', ']'], "").replace("},", "}"), [2, 6]),
    ] {
        let stored = if name.ends_with("gz") { gzip(json.as_bytes()) } else { json.into_bytes() };
        let corpus = read_plainly(name, stored);
        assert_eq!(texts(&corpus), ["One.", "Two.\nMore."], "{name}");
        assert_eq!((lines_of(&corpus), corpus.files()[0].format), (expected.to_vec(), "json"));
        assert_eq!(corpus.documents()[1].line_origin(), LineOrigin::Record);
    }
    let corpus = read_plainly("a.json", "{\n\"text\": \"One.\",\n\"title\": \"T\"\n}\n");
    assert_eq!((texts(&corpus), corpus.skipped_total()), (vec!["One."], 0));
    assert_eq!(metadata(&corpus, 0).title.as_deref(), Some("T"));
    let corpus = read_plainly("a.json", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n");
    assert_eq!((texts(&corpus), corpus.files()[0].format), (vec!["One.", "Two."], "jsonl"));
}

#[test]
fn a_bad_record_of_a_json_array_is_skipped_with_its_line_or_an_error_if_strict() {
    let json = "[\n{\"text\": \"One.\"},\n{\"id\": 2},\n{\"text\":\n \"x\" 5},\n\"Four.\",\n[],\n{\"text\": \"Six.\"}\n";
    let corpus = read_plainly("a.json", json);
    assert_eq!(texts(&corpus), ["One.", "Six."]);
    assert_eq!(
        reasons(&corpus),
        [
            (Some(3), "expected a string under \"text\""),
            (Some(4), "expected a JSON object (expected `,` or `}`, line 5, column 6)"),
            (Some(6), "expected a JSON object"),
            (Some(7), "expected a JSON object, found a JSON array"),
            (Some(1), "expected a closing bracket before the end of the file"),
        ]
    );
    let strict = InputConfig { strict: true, ..InputConfig::default() };
    let error = read_file("a.json", json, &strict).unwrap_err().to_string();
    assert!(error.ends_with("a.json:3: expected a string under \"text\""), "{error}");
    let fields = Fields { text: vec!["txt".into()], ..Fields::default() };
    let config = InputConfig { fields, ..InputConfig::default() };
    let error = read_file("a.json", "[{\"text\": \"One.\"}]", &config).unwrap_err().to_string();
    assert!(
        error.ends_with("expected a field \"txt\" in some record, found text in the first"),
        "{error}"
    );
}

#[test]
fn a_json_array_where_lines_were_promised_is_named_once() {
    let array = "[\n  {\"text\": \"One.\"},\n  {\"text\": \"Two.\"}\n]\n";
    let named = "expected a JSON object a line, found a JSON array over several lines (--input-format json reads it)";
    assert_eq!(reasons(&read_plainly("a.jsonl", array)), [(Some(1), named)]);
    let corpus = read_plainly("a.jsonl", "[]\n{\"text\": \"One.\"}\n");
    assert_eq!(reasons(&corpus), [(Some(1), "expected a JSON object, found a JSON array")]);
    assert_eq!(texts(&corpus), ["One."]);
}

#[test]
fn compressed_files_are_what_they_are_without_compression() {
    let json = "{\"text\": \"One.\"}\n";
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(json.as_bytes())),
        ("a.jsonl.zst", zstd(json.as_bytes())),
        ("a.jsonl.bz2", bzip2(json.as_bytes())),
        ("a.jsonl.XZ", xz(json.as_bytes())),
        ("a.jsonl.lzma", lzma_file(json.as_bytes())),
        ("a.jsonl", [gzip(json.as_bytes()), gzip(b"")].concat()),
        ("unnamed", zstd(json.as_bytes())),
        ("unnamed", bzip2(json.as_bytes())),
        ("unnamed", xz(json.as_bytes())),
    ] {
        let corpus = read_plainly(name, &bytes);
        assert_eq!(texts(&corpus), ["One."], "{name}");
        let file = &corpus.files()[0];
        assert_eq!((file.format, file.documents), ("jsonl", 1));
        assert_eq!((file.bytes, file.xxh3), (bytes.len() as u64, xxh3_64(&bytes)));
    }
}

#[test]
fn standard_input_is_recognised_by_its_content() {
    let plain = InputConfig::default();
    let format = |bytes: &[u8]| read_stdin(bytes, &plain).unwrap().files()[0].format;
    assert_eq!(format(b"\n {\"text\": \"One.\"}"), "jsonl");
    assert_eq!(format(ARTICLE.as_bytes()), "article");
    assert_eq!(format(b"One line."), "text");
    let corpus = read_stdin(&gzip(b"One line."), &plain).unwrap();
    assert_eq!((corpus.files()[0].path.as_str(), texts(&corpus)[0]), ("-", "One line."));
}

#[test]
fn empty_and_tiny_files_are_fine_in_every_format() {
    for extension in ["txt", "lines", "jsonl", "json", "csv", "tsv", "unknown"] {
        for bytes in ["", "\n", "\u{feff}"] {
            let corpus = read_plainly(&format!("a.{extension}"), bytes);
            assert!(corpus.documents().is_empty() && corpus.skipped().is_empty());
            assert_eq!(corpus.files()[0].bytes, bytes.len() as u64);
            assert_eq!(corpus.files()[0].xxh3, xxh3_64(bytes.as_bytes()));
        }
    }
    for text in ["a", "ab", "abc", "abcd"] {
        assert_eq!(texts(&read_plainly("a.txt", text)), [text]);
    }
}

#[test]
fn an_id_given_twice_is_numbered_and_told_once_a_file() {
    let json = "{\"text\": \"a\", \"id\": \"x\"}\n".repeat(3);
    let folder = Folder::with("a.jsonl", &json);
    folder.write("b.csv", "id,text\nx,d\ny,e\n");
    let corpus = folder.read(&InputConfig::default()).unwrap();
    let ids: Vec<_> = (0..5).map(|index| metadata(&corpus, index).id.unwrap()).collect();
    assert_eq!(ids, ["x", "x#2", "x#3", "x#4", "y"]);
    assert_eq!(corpus.warnings().len(), 2);
    assert!(corpus.warnings()[0].contains("a.jsonl: id \"x\" given 3 times"));
    assert!(corpus.warnings()[1].contains("b.csv: id \"x\" given 4 times"));
}

#[test]
fn progress_hears_of_every_stored_byte() {
    use std::sync::atomic::{AtomicU64, Ordering};

    #[derive(Default)]
    struct Heard(AtomicU64, AtomicU64);
    impl crate::progress::Progress for Heard {
        fn stage(&self, name: &'static str, total: Option<u64>) {
            assert_eq!(name, "reading");
            self.0.store(total.unwrap(), Ordering::Relaxed);
        }
        fn advance(&self, steps: u64) {
            self.1.fetch_add(steps, Ordering::Relaxed);
        }
    }
    let folder = Folder::with("a.txt", "Some text.");
    folder.write("b.lines.gz", gzip(b"one\ntwo\n"));
    let heard = Heard::default();
    let inputs = [Input::Path(folder.path("a.txt")), Input::Path(folder.path("b.lines.gz"))];
    super::super::read(&inputs, &InputConfig::default(), &heard).unwrap();
    let total = heard.0.load(Ordering::Relaxed);
    assert_eq!(total, 10 + gzip(b"one\ntwo\n").len() as u64);
    assert_eq!(heard.1.load(Ordering::Relaxed), total);
}
