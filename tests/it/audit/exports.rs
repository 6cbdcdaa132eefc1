//! The command, its folder and its tables.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::{stderr, stdout, twicetold, twicetold_in};

const FEED: &str = "examples/feed.jsonl";

fn audit(folder: &Path, more: &[&str]) -> std::process::Output {
    let folder = folder.to_str().unwrap();
    twicetold(&[&["audit", FEED, "-o", folder, "-q"], more].concat())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_table_is_written_in_the_formats_that_are_asked_for() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("out");
    let run = audit(&folder, &["--export", "csv,jsonl,parquet"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let tables = [
        "article_pairs",
        "articles",
        "boilerplate",
        "cluster_members",
        "clusters",
        "matches",
        "passages",
        "source_edges",
        "source_matrix",
        "sources",
        "values",
        "variants",
    ];
    let mut expected: Vec<String> = tables
        .iter()
        .flat_map(|table| ["csv", "jsonl", "parquet"].map(|format| format!("{table}.{format}")))
        .chain(["audit.json".to_owned(), "run.json".to_owned()])
        .collect();
    expected.sort();
    assert_eq!(names(&folder), expected);
    for table in tables {
        let lines = fs::read_to_string(folder.join(format!("{table}.jsonl"))).unwrap();
        let rows = lines.lines().count();
        let mut delimited = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
        assert_eq!(delimited.records().count(), rows, "{table}");
        let file = fs::File::open(folder.join(format!("{table}.parquet"))).unwrap();
        let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file);
        let batches = reader.unwrap().build().unwrap();
        let in_parquet: usize = batches.map(|batch| batch.unwrap().num_rows()).sum();
        assert_eq!(in_parquet, rows, "{table}");
    }
    let run: Value = serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["schema"], "twicetold.audit.run/1");
    assert_eq!(run["run"]["files"][0]["documents"], 5);
    assert_eq!(run["run"]["settings"]["audit"]["across"], "sources");
    let whole: Value =
        serde_json::from_slice(&fs::read(folder.join("audit.json")).unwrap()).unwrap();
    assert_eq!(whole["schema"], "twicetold.audit/1");
    assert_eq!(whole["totals"]["altered"]["numbers"], 1);
}

#[test]
fn the_same_input_is_the_same_folder() {
    let work = tempfile::tempdir().unwrap();
    let (one, other) = (work.path().join("one"), work.path().join("other"));
    assert!(audit(&one, &["--threads", "1", "--export", "csv,jsonl,parquet"]).status.success());
    assert!(audit(&other, &["--threads", "2", "--export", "csv,jsonl,parquet"]).status.success());
    for name in names(&one) {
        assert_eq!(
            fs::read(one.join(&name)).unwrap(),
            fs::read(other.join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("out");
    assert!(audit(&folder, &[]).status.success());
    let again = audit(&folder, &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("--force replaces an audit"), "{}", stderr(&again));
    assert!(audit(&folder, &["--force", "--export", "csv"]).status.success());
    assert!(!folder.join("articles.jsonl").exists());
    fs::remove_file(folder.join("audit.json")).unwrap();
    let other = audit(&folder, &["--force"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(stderr(&other).contains("holds no audit"), "{}", stderr(&other));
    assert_eq!(fs::read_dir(work.path()).unwrap().count(), 1);
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_guarded_and_a_byte_order_mark_is_on_request() {
    let work = tempfile::tempdir().unwrap();
    let record = |source: &str, hour: u32| {
        serde_json::json!({
            "source": source, "date": format!("2026-03-02T{hour:02}:00:00Z"), "title": "=HYPERLINK(\"x\")",
            "text": "+The ferry, \"Marietta\", returned to Velmark on Monday with all passengers unhurt.",
        })
        .to_string()
    };
    let lines = format!("{}\n{}\n", record("=cmd|' /C calc'!A0", 9), record("@star", 10));
    fs::write(work.path().join("in.jsonl"), lines).unwrap();
    let run = twicetold_in(work.path(), &["audit", "in.jsonl", "-o", "out", "-q", "--bom"], b"");
    assert!(run.status.success(), "{}", stderr(&run));
    for table in ["articles", "source_edges", "source_matrix", "matches", "sources"] {
        let text = fs::read_to_string(work.path().join(format!("out/{table}.csv"))).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for row in rows.records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '@']), "{table}: {cell}");
            }
        }
        assert!(text.contains("'=cmd"), "{table}");
    }
    let lines = fs::read_to_string(work.path().join("out/sources.jsonl")).unwrap();
    assert!(lines.contains("\"id\":\"=cmd|"), "{lines}");
}

#[test]
fn the_summary_and_the_map_of_one_article_are_for_people() {
    insta::assert_snapshot!("summary", stdout(&twicetold(&["audit", FEED])));
    insta::assert_snapshot!("article", stdout(&twicetold(&["audit", FEED, "--article", "is-1"])));
    let missing = twicetold(&["audit", FEED, "--article", "is-9"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("no article has the id"), "{}", stderr(&missing));
}

#[test]
fn text_from_outside_cannot_act_on_a_terminal() {
    let line = |source: &str, hour: u32| {
        serde_json::json!({
            "source": source, "date": format!("2026-03-02T{hour:02}:00:00Z"),
            "text": "The ferry \u{1b}[31mMarietta\u{202e} returned to Velmark on Monday with all passengers unhurt.",
        })
        .to_string()
    };
    let lines = format!("{}\n{}\n", line("a\u{1b}]0;x\u{7}", 9), line("b", 10));
    let work = tempfile::tempdir().unwrap();
    fs::write(work.path().join("in.jsonl"), lines).unwrap();
    for more in [&[][..], &["--article", "in.jsonl:2"]] {
        let run = twicetold_in(work.path(), &[&["audit", "in.jsonl"], more].concat(), b"");
        assert!(run.status.success(), "{}", stderr(&run));
        let shown = stdout(&run);
        assert!(shown.contains("Marietta") && !shown.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    }
}

#[test]
fn who_used_a_press_release_is_told_of_a_file_beside_the_inputs() {
    let work = tempfile::tempdir().unwrap();
    let release = work.path().join("release.txt");
    let text = "All is well.\nThe ferry Marietta returned to Velmark on Monday with all 214 passengers unhurt.\n";
    fs::write(&release, text).unwrap();
    let run = twicetold(&["audit", FEED, "--article", release.to_str().unwrap(), "-q"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let shown = stdout(&run);
    assert!(shown.contains("who was first is unknown: 3 articles"), "{shown}");
    assert!(shown.contains("daily-net.example"), "{shown}");
    // The sources of the others are what they are without it.
    let dated = work.path().join("dated.txt");
    let head = "The ferry is back\n20260301\nhttps://www.release.example/1\n";
    fs::write(&dated, format!("{head}{text}")).unwrap();
    let run = twicetold(&["audit", FEED, "--article", dated.to_str().unwrap(), "-q"]);
    let shown = stdout(&run);
    assert!(shown.starts_with("release.example · "), "{shown}");
    assert!(shown.contains("Later, with the same sentences: 3 articles"), "{shown}");
}

#[test]
fn words_that_cannot_be_followed_are_named() {
    for (words, wrong) in [
        (&["--since", "soon"][..], "`since` must be a date"),
        (&["--clock-tolerance", "5x"], "`clock-tolerance` must be a span"),
        (&["--wholly", "1.5"], "`wholly` must be from 0 to 1"),
        (&["--partially", "0.9"], "`partially` must be no more than --wholly"),
        (&["--across", "any"], "`across` must be one of sources, documents"),
        (&["--unit", "document"], "`unit` must be sentence or line"),
        (&["--sources", "Cargo.toml"], "Cargo.toml: expected the columns id"),
    ] {
        let run = twicetold(&[&["audit", FEED], words].concat());
        assert_eq!(run.status.code(), Some(2), "{words:?}");
        assert!(stderr(&run).contains(wrong), "{}", stderr(&run));
    }
}

#[test]
fn the_marks_that_are_printed_are_read_back() {
    let printed = stdout(&twicetold(&["audit", "--print-marks"]));
    assert!(printed.starts_with("mark,source,where\n") && printed.contains("\nAP,AP,credit\n"));
    let work = tempfile::tempdir().unwrap();
    let path = work.path().join("marks.csv");
    fs::write(&path, &printed).unwrap();
    let again = twicetold(&["audit", "--print-marks", "--marks", path.to_str().unwrap()]);
    assert_eq!(stdout(&again), printed);
}

#[test]
fn every_position_in_the_whole_leads_to_what_it_names() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("out");
    let words =
        ["audit", "examples/syndication.jsonl", "--sources", "examples/sources.csv", "-q", "-o"];
    assert!(twicetold(&[&words[..], &[folder.to_str().unwrap()]].concat()).status.success());
    let whole: Value =
        serde_json::from_slice(&fs::read(folder.join("audit.json")).unwrap()).unwrap();
    let schema = fs::read_to_string(crate::pipeline::fixture("docs/audit.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&whole).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let list = |name: &str| whole[name].as_array().unwrap().clone();
    let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let (articles, clusters, pairs) = (list("articles"), list("clusters"), list("article_pairs"));
    for (table, rows) in [("articles", &articles), ("clusters", &clusters), ("pairs", &pairs)] {
        let mut ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows.len(), "{table}");
    }
    for (number, cluster) in clusters.iter().enumerate() {
        for member in cluster["members"].as_array().unwrap() {
            let sentence = &articles[at(&member[0])]["sentences"][at(&member[1])];
            assert_eq!(at(&sentence["cluster"]), number);
            assert_eq!(sentence["variant"], member[2]);
        }
        for variant in cluster["variants"].as_array().unwrap() {
            let first = &variant["first"];
            let sentence = &articles[at(&first[0])]["sentences"][at(&first[1])];
            assert_eq!(sentence["text"], variant["text"]);
        }
    }
    for article in &articles {
        let reused = article["sentences"].as_array().unwrap().iter();
        let reused = reused.filter(|sentence| !sentence["origin"].is_null());
        let words: u64 = reused.clone().map(|it| it["words"].as_u64().unwrap()).sum();
        assert_eq!(article["reused_words"], words);
        for sentence in reused {
            let origin = &sentence["origin"];
            let there = &articles[at(&origin[0])]["sentences"][at(&origin[1])];
            assert_eq!(there["cluster"], sentence["cluster"]);
            assert_ne!(articles[at(&origin[0])]["source"], article["source"]);
        }
    }
    let passages = list("passages");
    let mut next = 0;
    for (number, pair) in pairs.iter().enumerate() {
        assert_eq!(at(&pair["passages"][0]), next);
        next = at(&pair["passages"][1]) + 1;
        let own = &passages[at(&pair["passages"][0])..next];
        assert!(own.iter().all(|passage| at(&passage["pair"]) == number));
        let words: u64 = own.iter().map(|passage| passage["words"].as_u64().unwrap()).sum();
        assert_eq!(pair["words_shared"], words);
    }
    assert_eq!(next, passages.len());
}
