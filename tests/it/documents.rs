//! `detect --unit document`: documents by the sentences that they share, as dedup compares them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twicetold::config::{Config, Profile, Unit};
use twicetold::pipeline::{Detail, detect_with};
use twicetold::{Corpus, detect};

use crate::cli::{assert_valid, stderr, stdout, twicetold_in};

/// Sentences that have nothing to do with each other.
pub(crate) const SENTENCES: [&str; 16] = [
    "The ferry left the harbour of Velmark at dawn with forty passengers on board.",
    "Nobody was hurt in the storm, a spokesman for the island's police said.",
    "Waves of nine metres were measured outside the breakwater before midnight.",
    "Schools will stay closed until the power lines have been repaired.",
    "The council meets again next week to talk about a new sea wall.",
    "Fishermen had brought their boats up the river the evening before.",
    "Insurers expect claims to arrive slowly because roads are still blocked.",
    "A bakery near the market gave bread to whoever came through the rain.",
    "Researchers found that the cod have moved north faster than anybody thought.",
    "The orchestra opened its season with a symphony that was lost for decades.",
    "Farmers in the valley complain about hares that eat their young trees.",
    "A court ruled that the railway must pay for noise along the old line.",
    "Voters in three districts decide on Sunday whether to merge their schools.",
    "The museum lends its only painting by a woman of that century to Ostholm.",
    "Engineers drilled through granite for six years to reach the hot spring.",
    "Children collected chestnuts for the deer in the park behind the castle.",
];

/// Some of them as a text.
pub(crate) fn text(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(|number| SENTENCES[number]).collect::<Vec<_>>().join(" ")
}

/// An article in every relation to another.
fn records() -> Vec<Value> {
    let page = "https://coast.example/wall";
    let whole = text(0..8);
    let stub = format!("{} Schools will stay closed until the…", text(0..3));
    let later = text([8, 9, 10, 12, 13, 14]).replace("six years", "seven years");
    vec![
        json!({ "id": "first", "source": "coast", "title": "Storm", "date": "2031-03-04", "text": whole }),
        json!({ "id": "copy", "source": "hills", "date": "2031-03-05", "text": whole }),
        json!({ "id": "near", "source": "hills", "date": "2031-03-06", "text": whole.replace("because roads", "because the roads") }),
        json!({ "id": "part", "source": "hills", "text": text(4..7) }),
        json!({ "id": "stub", "source": "hills", "text": stub }),
        json!({ "id": "early", "source": "coast", "url": page, "date": "2031-04-01", "text": text(8..15) }),
        json!({ "id": "late", "source": "coast", "url": format!("{page}?utm_source=x"), "date": "2031-04-02", "text": later }),
        json!({ "id": "alone", "source": "coast", "text": text([15]) }),
        json!({ "id": "figure", "source": "coast", "text": whole.replace("nine metres", "seven metres") }),
        json!({ "id": "word", "source": "coast", "text": whole.replace("brought", "bought") }),
    ]
}

fn folder(records: &[Value]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(&folder.path().join("in.jsonl"), records);
    folder
}

fn put(path: &Path, records: &[Value]) {
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    std::fs::write(path, lines.join("\n") + "\n").unwrap();
}

fn run(folder: &Path, words: &[&str]) -> String {
    let output = twicetold_in(folder, words, b"");
    assert!(output.status.success(), "{words:?}: {}", stderr(&output));
    stdout(&output)
}

fn refused(folder: &Path, words: &[&str]) -> String {
    let output = twicetold_in(folder, words, b"");
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", stdout(&output));
    stderr(&output)
}

/// What `detect` says of a folder's input, with more words.
fn report(folder: &Path, words: &[&str]) -> Value {
    let asked = ["detect", "in.jsonl", "--unit", "document", "--format", "json"];
    let report: Value = serde_json::from_str(&run(folder, &[&asked, words].concat())).unwrap();
    assert_valid(&report);
    report
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap()
}

/// By document: the name of its text.
fn texts(report: &Value) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    for text in list(report, "sentences") {
        for place in list(text, "places") {
            found.insert(place["document"].as_str().unwrap(), text["id"].as_str().unwrap());
        }
    }
    found
}

/// The pair of two documents' texts.
fn pair<'v>(report: &'v Value, one: &str, other: &str) -> Option<&'v Value> {
    let texts = texts(report);
    let (one, other) = (*texts.get(one)?, *texts.get(other)?);
    list(report, "pairs").iter().find(|pair| {
        let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
        (a, b) == (one, other) || (a, b) == (other, one)
    })
}

#[test]
fn whatever_dedup_removes_is_a_pair_with_the_same_relation_or_a_copy() {
    let folder = folder(&records());
    let all = report(folder.path(), &["--pairs", "all"]);
    let texts = texts(&all);
    let mut seen = Vec::new();
    for relations in ["exact,near", "exact,near,contained"] {
        let words = ["in.jsonl", "--dry-run", "--ledger", "l.jsonl", "--unit", "document"];
        let asked = ["--relations", relations, "--drop-all-copies"];
        run(folder.path(), &[&["dedup"], &words[..], &asked].concat());
        let ledger = std::fs::read_to_string(folder.path().join("l.jsonl")).unwrap();
        std::fs::remove_file(folder.path().join("l.jsonl")).unwrap();
        for line in ledger.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            if line["type"] != "removed" || line["kept"].is_null() {
                continue;
            }
            let name = |value: &Value| value["document"].as_str().unwrap().to_owned();
            let (gone, kept) = (name(&line), name(&line["kept"]));
            let relation = line["relation"].as_str().unwrap();
            assert_eq!(line["sentence"], texts[gone.as_str()], "the ledger's name: {gone}");
            if relation == "exact" {
                assert_eq!(texts[gone.as_str()], texts[kept.as_str()]);
            } else {
                let pair = pair(&all, &gone, &kept);
                let pair = pair.unwrap_or_else(|| panic!("no pair of {gone} and {kept}"));
                assert_eq!(pair["relation"], relation, "{gone} {kept}");
                assert_eq!(pair["longest_run"], line["scores"]["longest_run"]);
                let reason = line["reason"].as_str().unwrap();
                let flags = list(pair, "flags");
                assert!(reason == "repeat" || flags.contains(&json!(reason)), "{gone}: {flags:?}");
            }
            seen.push(format!("{} {relation}", line["reason"].as_str().unwrap()));
        }
    }
    seen.sort();
    seen.dedup();
    let expected =
        ["repeat contained", "repeat exact", "repeat near", "stub contained", "version edited"];
    assert_eq!(seen, expected);
}

#[test]
fn flags_say_what_keeps_a_pair_and_what_makes_it_one() {
    let folder = folder(&records());
    let all = report(folder.path(), &["--pairs", "all"]);
    let flags = |one, other| pair(&all, one, other).unwrap()["flags"].clone();
    assert_eq!(flags("first", "near"), json!([]));
    assert_eq!(flags("first", "figure"), json!(["numbers_differ"]));
    assert_eq!(flags("first", "word"), json!(["words_differ"]));
    assert_eq!(flags("first", "stub"), json!(["stub"]));
    assert_eq!(flags("early", "late"), json!(["numbers_differ", "version"]));
    assert_eq!(pair(&all, "first", "part").unwrap()["relation"], "contained");
    let part = pair(&all, "first", "part").unwrap();
    assert_eq!((&part["coverage_b"], &part["longest_run"]), (&json!(1.0), &json!(3)));
    let vetoed = report(folder.path(), &["--pairs", "all", "--numbers", "veto"]);
    assert!(pair(&vetoed, "first", "figure").is_none());
    assert!(pair(&vetoed, "first", "near").is_some());
}

#[test]
fn a_veto_of_numbers_does_not_hide_a_figure_from_dedup() {
    let part = text(2..15).replace("six years", "seven years");
    let records =
        [json!({ "id": "all", "text": text(0..16) }), json!({ "id": "part", "text": part })];
    for numbers in ["flag", "veto"] {
        let folder = folder(&records);
        let words = ["dedup", "in.jsonl", "-o", "out.jsonl", "--unit", "document", "--numbers"];
        run(
            folder.path(),
            &[&words[..], &[numbers, "--relations", "exact,near,contained"]].concat(),
        );
        let left = std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
        assert_eq!(left.lines().count(), 2, "{numbers}");
    }
}

#[test]
fn a_document_that_is_alone_is_in_no_table_unless_all_are_asked_for() {
    let folder = folder(&records());
    let found = report(folder.path(), &[]);
    let is_there = |report: &Value| texts(report).contains_key("alone");
    assert!(!is_there(&found));
    assert!(list(&found, "documents").iter().all(|document| document["id"] != "alone"));
    let all = report(folder.path(), &["--all-sentences"]);
    assert!(is_there(&all));
    let alone = texts(&all)["alone"];
    let members = list(&all, "clusters").iter().flat_map(|cluster| list(cluster, "members"));
    assert!(members.into_iter().all(|member| member != alone));
    assert!(list(&all, "pairs").iter().all(|pair| pair["a"] != alone && pair["b"] != alone));
}

#[test]
fn clusters_hold_copies_near_texts_stubs_and_versions_and_nothing_that_is_contained() {
    let folder = folder(&records());
    let found = report(folder.path(), &[]);
    let texts = texts(&found);
    let cluster_of = |document: &str| {
        let has = |cluster: &&Value| list(cluster, "members").contains(&json!(texts[document]));
        list(&found, "clusters").iter().find(has).map(|cluster| cluster["id"].as_str().unwrap())
    };
    assert_eq!(list(&found, "clusters").len(), 2);
    assert!(cluster_of("first").is_some() && cluster_of("early").is_some());
    for (one, other) in [("first", "copy"), ("first", "near"), ("first", "stub"), ("early", "late")]
    {
        assert_eq!(cluster_of(one), cluster_of(other), "{one} {other}");
    }
    assert_ne!(cluster_of("first"), cluster_of("early"));
    assert_eq!(cluster_of("part"), None);
    assert_eq!(list(&found, "clusters")[0]["members"][0], texts["first"], "the earliest");
}

#[test]
fn one_thread_and_two_and_any_order_of_records_find_the_same() {
    let there = folder(&records());
    let words = ["--pairs", "all"];
    let one = report(there.path(), &[&words[..], &["--threads", "1"]].concat());
    assert_eq!(one, report(there.path(), &[&words[..], &["--threads", "2"]].concat()));
    let back = folder(&records().into_iter().rev().collect::<Vec<_>>());
    let back = report(back.path(), &words);
    assert_eq!(texts(&one), texts(&back));
    let ends = |report: &Value| {
        let of = |pair: &Value| {
            let mut ends = [pair["a"].to_string(), pair["b"].to_string()];
            ends.sort();
            (ends, pair["relation"].to_string(), pair["flags"].to_string())
        };
        let mut ends: Vec<_> = list(report, "pairs").iter().map(of).collect();
        ends.sort();
        ends
    };
    assert_eq!(ends(&one), ends(&back));
}

#[test]
fn only_sources_or_sides_that_are_asked_for_repeat_each_other() {
    let all = records();
    let folder = folder(&all);
    let found = report(folder.path(), &["--pairs", "all", "--across", "sources"]);
    assert!(pair(&found, "first", "near").is_some() && pair(&found, "early", "late").is_none());
    put(&folder.path().join("old.jsonl"), &all[..1]);
    put(&folder.path().join("in.jsonl"), &all[1..]);
    let found = report(folder.path(), &["--pairs", "all", "--against", "old.jsonl"]);
    assert!(pair(&found, "first", "near").is_some() && pair(&found, "first", "part").is_some());
    assert!(pair(&found, "early", "late").is_none(), "both are new");
    assert_eq!(texts(&found)["first"], texts(&found)["copy"]);
    let words =
        ["detect", "in.jsonl", "--unit", "document", "--against", "old.jsonl", "--exit-code"];
    assert_eq!(twicetold_in(folder.path(), &words, b"").status.code(), Some(1));
    put(&folder.path().join("in.jsonl"), &all[7..8]);
    assert_eq!(twicetold_in(folder.path(), &words, b"").status.code(), Some(0));
}

#[test]
fn the_report_for_people_shows_how_documents_begin_and_what_they_share() {
    let folder = folder(&records());
    let shown = run(folder.path(), &["detect", "in.jsonl", "--unit", "document"]);
    insta::assert_snapshot!("text", shown);
    assert!(!shown.contains("gave bread"), "a head is no whole text");
}

#[test]
fn tables_and_lines_hold_heads_and_no_whole_text() {
    let folder = folder(&records());
    let detect = ["detect", "in.jsonl", "--unit", "document", "--format"];
    let lines = run(folder.path(), &[&detect[..], &["jsonl"]].concat());
    assert!(lines.lines().count() > 2 && !lines.contains(SENTENCES[7]));
    run(folder.path(), &[&detect[..], &["csv", "-o", "tables"]].concat());
    let pairs = std::fs::read_to_string(folder.path().join("tables/pairs.csv")).unwrap();
    assert!(pairs.contains(",near,") && !pairs.contains(SENTENCES[7]));
}

#[test]
fn what_makes_no_sense_of_documents_is_refused_and_a_plan_is_that_of_their_sentences() {
    let folder = folder(&records());
    let document = ["in.jsonl", "--unit", "document"];
    let error = refused(folder.path(), &[&["detect"], &document[..], &["--check-recall"]].concat());
    assert!(error.contains("check-recall"), "{error}");
    let error = refused(folder.path(), &["explain", "One.", "Two.", "--unit", "document"]);
    assert!(error.contains("sentence or line"), "{error}");
    run(
        folder.path(),
        &[&["detect"], &document[..], &["--format", "json", "-o", "r.json"]].concat(),
    );
    let error = refused(folder.path(), &["explain", "--report", "r.json", "One.", "Two."]);
    assert!(error.contains("sentence or line"), "{error}");
    run(folder.path(), &["synth", "-n", "50", "-o", "s.jsonl", "--truth", "truth.jsonl"]);
    let error = refused(folder.path(), &["eval", "r.json", "--truth", "truth.jsonl"]);
    assert!(error.contains("sentence or line"), "{error}");
    let near = ["plan", "in.jsonl", "--profile", "near"];
    let of_documents = [&["plan"], &document[..]].concat();
    assert_eq!(run(folder.path(), &near), run(folder.path(), &of_documents));
}

#[test]
fn the_library_refuses_to_check_recall_of_documents() {
    let config = Config { unit: Unit::Document, ..Config::default() };
    let detail = Detail { check_recall: true, ..Detail::default() };
    let error = detect_with(&Corpus::from_texts(["One."]), &config, detail, &()).unwrap_err();
    assert!(error.to_string().contains("check-recall"), "{error}");
}

#[test]
fn two_thousand_documents_of_twenty_sentences_take_seconds() {
    let word = |seed: usize| {
        let mut state = seed.wrapping_mul(0x9E37_79B9).wrapping_add(12_345);
        let letters = (0..7).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
        });
        letters.collect::<String>()
    };
    let spread = |number: usize| number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let sentence = |number: usize| {
        let words: Vec<String> = (0..12).map(|at| word(spread(number * 12 + at) % 5_000)).collect();
        format!("The {} of it.", words.join(" "))
    };
    // Every tenth document says what the one before said, and one sentence more.
    let document = |number: usize| {
        let first = (number - number % 10 / 9) * 20;
        let more = if number % 10 == 9 { " Nobody had asked for that before." } else { "" };
        (first..first + 20).map(sentence).collect::<Vec<_>>().join(" ") + more
    };
    let texts: Vec<String> = (0..2_000).map(document).collect();
    let config = Config { unit: Unit::Document, profile: Profile::Near, ..Config::default() };
    let begun = Instant::now();
    let report = detect(&Corpus::from_texts(&texts), &config).unwrap();
    let taken = begun.elapsed();
    assert_eq!(report.clusters.len(), 200);
    assert!(report.clusters.iter().all(|cluster| cluster.members.len() == 2));
    assert!(taken < Duration::from_secs(30), "{taken:?}");
    println!("{taken:?}");
}
