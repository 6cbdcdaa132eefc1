//! The JSON report: its bytes, its schema, the order of its keys.

use serde_json::{Map, Value, json};
use twicetold::report::{JsonView, json as write_json};

use super::{assert_snapshot, complaints, invented, schema, without_each_key, written};

fn report_json(view: &JsonView<'_>) -> String {
    written(|out| write_json(&invented::report(), view, out))
}

fn report_value() -> Value {
    serde_json::from_str(&report_json(&JsonView::default())).unwrap()
}

#[test]
fn a_whole_report_is_these_bytes() {
    let text = report_json(&JsonView::default());
    assert!(text.ends_with("}\n"));
    assert_eq!(text, report_json(&JsonView::default()));
    assert_snapshot("json", &text);
}

#[test]
fn a_report_fits_the_published_schema() {
    let schema = schema("report.schema.json");
    assert_eq!(complaints(&schema, &report_value()), [""; 0]);
    let empty = written(|out| write_json(&invented::empty_report(), &JsonView::default(), out));
    assert_eq!(complaints(&schema, &serde_json::from_str(&empty).unwrap()), [""; 0]);
}

#[test]
fn a_report_that_lacks_any_key_but_a_places_text_does_not_fit() {
    let schema = schema("report.schema.json");
    let mut optional = Vec::new();
    without_each_key(&report_value(), &mut |path, broken| {
        if schema.is_valid(broken) {
            optional.push(path.to_owned());
        }
    });
    assert_eq!(optional, ["/sentences/3/places/2/text"]);
}

#[test]
fn a_report_with_a_key_too_many_or_a_wrong_value_does_not_fit() {
    let schema = schema("report.schema.json");
    for (place, value) in [
        ("/recall/engine", json!("guess")),
        ("/recall/contract/extra", json!(1)),
        ("/clusters/0/relation", json!("similar")),
        ("/clusters/0/members", json!([])),
        ("/pairs/0/jaccard_idf", json!(1.5)),
        ("/pairs/0/longest_run", json!(2.5)),
        ("/pairs/0/log10_evalue", json!(null)),
        ("/pairs/0/a", json!(0)),
        ("/documents/0/place", json!("here")),
        ("/input/files/0/xxh3", json!("C0FFEE")),
        ("/config/threads", json!(4)),
        ("/sentences/0/places", json!([])),
        ("/extra", json!({})),
    ] {
        let mut broken = report_value();
        let (parent, key) = place.rsplit_once('/').unwrap();
        let parent = broken.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        parent.insert(key.to_owned(), value);
        assert!(!schema.is_valid(&broken), "{place}");
    }
}

#[test]
fn keys_come_in_the_order_of_the_contract() {
    let text = report_json(&JsonView { pretty: false, ..JsonView::default() });
    assert_eq!(text.lines().count(), 1);
    for keys in [
        &[
            "{\"schema\"",
            "version",
            "config",
            "input",
            "recall",
            "documents",
            "sentences",
            "clusters",
            "pairs",
        ][..],
        &["input\":{\"files\"", "documents", "sentences", "distinct", "without_words"],
        &["without_words\":3", "skipped", "skipped_total"],
        &["[{\"path\"", "format", "documents", "bytes", "xxh3"],
        &["skipped\":[{\"path\"", "line", "reason"],
        &["engine", "bands", "rows", "threshold", "at_threshold", "contract", "checked", "capped"],
        &["contract\":{\"recall\"", "at"],
        &["documents\":[{\"id\"", "path", "source", "title", "date", "url", "sentences"],
        &["sentences\":[{\"id\"", "text", "kind", "places"],
        &["places\":[{\"document\"", "index", "line", "start", "end"],
        &[
            "clusters\":[{\"id\"",
            "size",
            "representative",
            "places",
            "members",
            "relation",
            "min_similarity",
            "mean_similarity",
            "weakest",
            "flags",
        ],
        &[
            "pairs\":[{\"a\"",
            "b",
            "relation",
            "jaccard_idf",
            "jaccard_char4",
            "coverage_a",
            "coverage_b",
            "longest_run",
            "word_edit",
            "log10_evalue",
            "flags",
            "channels",
        ],
    ] {
        let mut rest = text.split_once(keys[0]).unwrap_or_else(|| panic!("{}", keys[0])).1;
        for key in &keys[1..] {
            rest = rest
                .split_once(&format!(",\"{key}\":"))
                .unwrap_or_else(|| panic!("{key} is not behind {keys:?}"))
                .1;
        }
    }
}

#[test]
fn scores_have_four_decimals_at_most() {
    let pair = &report_value()["pairs"][0];
    assert_eq!(pair["coverage_a"].to_string(), "0.6667");
    assert_eq!(pair["log10_evalue"].to_string(), "-14.2605");
    assert_eq!(pair["jaccard_idf"].to_string(), "0.6");
}

#[test]
fn timings_come_last_and_only_if_they_are_passed_in() {
    assert!(!report_json(&JsonView::default()).contains("timings"));
    let timings = Map::from_iter([("seconds".to_owned(), json!(1.5))]);
    let text =
        report_json(&JsonView { pretty: false, timings: Some(&timings), ..JsonView::default() });
    assert!(text.ends_with("],\"timings\":{\"seconds\":1.5}}\n"));
    let value = serde_json::from_str(&text).unwrap();
    assert_eq!(complaints(&schema("report.schema.json"), &value), [""; 0]);
}

#[test]
fn hostile_text_survives_a_round_trip_and_does_not_act_where_the_file_is_looked_at() {
    assert_eq!(report_value()["sentences"][4]["text"], invented::HOSTILE);
    let mut report = invented::report();
    report.sentences[0].text =
        "\u{9b}5m \u{7f} \u{2066}\u{feff}\u{e0041} \u{2028} é 港 \"\\".into();
    let text = written(|out| write_json(&report, &JsonView::default(), out));
    assert!(
        text.contains(r#""\u009b5m \u007f \u2066\ufeff\udb40\udc41 \u2028 é 港 \"\\""#),
        "{text}"
    );
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["sentences"][0]["text"], report.sentences[0].text);
}

#[test]
fn a_long_list_is_the_same_bytes_on_one_thread_and_on_three() {
    let mut report = invented::report();
    let documents = report.documents.len();
    report.documents = report.documents.iter().cycle().take(30_000).cloned().collect();
    for pretty in [true, false] {
        let by = |threads| {
            let view = JsonView { pretty, threads, ..JsonView::default() };
            written(|out| write_json(&report, &view, out))
        };
        let text = by(1);
        assert!(text == by(3), "the bytes depend on threads");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["documents"].as_array().unwrap().len(), 30_000);
        assert_eq!(read["documents"][29_999], report_value()["documents"][29_999 % documents]);
    }
}
