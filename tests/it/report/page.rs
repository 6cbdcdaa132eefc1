//! The page: what its markup may hold, and that its blocks hold the data.

use std::collections::BTreeMap;
use std::io::Read;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use twicetold::report::page::{write_audit, write_found};
use twicetold::{Config, Corpus, detect};

const MARKUP: &str = "</script><script>hurt()</script><img src=x onerror=hurt()>";

fn found_page(texts: &[String], threads: usize) -> String {
    let config = Config { threads, ..Config::default() };
    let report = detect(&Corpus::from_texts(texts), &config).unwrap();
    let mut out = Vec::new();
    write_found(&report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn hostile_texts() -> Vec<String> {
    let line = format!(
        "The ferry left Velmark at dawn {MARKUP} with all of its passengers \u{202e}aboard."
    );
    vec![line.clone(), line.replace("dawn", "noon"), line]
}

fn audit() -> Value {
    let sentence = |text: &str, origin: Value, relation: Value| {
        json!({
            "text": text, "kind": "body", "start": 0, "end": text.len(), "words": 6, "cluster": 0, "variant": 0,
            "origin": origin, "relation": relation, "flags": ["numbers_differ", MARKUP],
        })
    };
    json!({
        "schema": "twicetold.audit/1", "version": "0", "run": { "settings": {} }, "totals": { "articles": 2 },
        "sources": [{ "name": MARKUP }, { "name": "Velmark Post" }],
        "articles": [
            { "id": "a1", "source": 0, "title": MARKUP, "sentences": [sentence(MARKUP, Value::Null, Value::Null)] },
            { "id": "a2", "source": 1, "title": "Two", "sentences": [sentence("The ferry left with 214 aboard.", json!([0, 0]), json!("near"))] },
        ],
        "clusters": [{ "id": "c1", "members": [[0, 0, 0], [1, 0, 0]], "variants": [{ "text": MARKUP }] }],
        "passages": [], "article_pairs": [{ "id": "p1", "a": 0, "b": 1 }], "source_edges": [], "boilerplate": [],
    })
}

fn audit_page(audit: &Value) -> String {
    let mut out = Vec::new();
    write_audit(&serde_json::to_vec(audit).unwrap(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// The rows of every block, by table and part.
fn blocks(page: &str) -> BTreeMap<(String, String), Vec<Value>> {
    let mut found: BTreeMap<_, Vec<Value>> = BTreeMap::new();
    for element in page.split("<script type=\"application/octet-stream\"").skip(1) {
        let table = between(element, "data-table=\"", "\"").to_owned();
        let part = between(element, "data-part=\"", "\"").to_owned();
        let packed = BASE64_STANDARD.decode(between(element, ">", "</script>")).unwrap();
        let mut text = String::new();
        flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
        let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
        let before = found.entry((table, part)).or_default();
        assert_eq!(between(element, "data-first=\"", "\""), before.len().to_string());
        assert_eq!(between(element, "data-count=\"", "\""), rows.len().to_string());
        before.extend(rows);
    }
    found
}

#[test]
fn the_policy_names_the_digests_of_the_one_script_and_the_one_style_and_allows_nothing_else() {
    for page in [found_page(&hostile_texts(), 1), audit_page(&audit())] {
        let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        let digest =
            |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
        let script = digest(between(&page, "<script>", "</script>"));
        let style = digest(between(&page, "<style>", "</style>"));
        let expected = format!(
            "default-src 'none'; script-src {script}; style-src {style}; base-uri 'none'; form-action 'none'"
        );
        assert_eq!(policy, expected);
        assert_eq!(page.matches("<script>").count(), 1);
        assert_eq!(page.matches("<style>").count(), 1);
    }
}

#[test]
fn what_comes_from_outside_is_nowhere_in_the_markup() {
    let empty = found_page(&[], 1);
    for page in [found_page(&hostile_texts(), 1), audit_page(&audit())] {
        assert!(!page.contains("hurt") && !page.contains("ferry") && !page.contains('\u{202e}'));
        let scripts = page.matches("<script").count();
        assert_eq!(scripts - empty.matches("<script").count(), blocks(&page).len() - 1);
    }
    let rows = blocks(&found_page(&hostile_texts(), 1));
    let members = &rows[&("clusters".into(), "details".into())][0]["members"];
    assert_eq!(members[0]["text"], hostile_texts()[0].as_str());
}

#[test]
fn a_page_is_the_same_bytes_for_any_number_of_threads() {
    assert_eq!(found_page(&hostile_texts(), 1), found_page(&hostile_texts(), 2));
}

#[test]
fn an_audit_is_cut_into_rows_and_details_and_its_reused_sentences_are_listed() {
    let audit = audit();
    let blocks = blocks(&audit_page(&audit));
    let rows = |table: &str, part: &str| blocks[&(table.to_owned(), part.to_owned())].clone();
    assert_eq!(rows("head", "rows")[0]["totals"], audit["totals"]);
    assert_eq!(Value::from(rows("sources", "rows")), audit["sources"]);
    assert_eq!(rows("articles", "rows")[0], json!({ "id": "a1", "source": 0, "title": MARKUP }));
    assert_eq!(rows("articles", "details")[1], audit["articles"][1]["sentences"]);
    assert_eq!(rows("clusters", "rows")[0], json!({ "id": "c1", "text": MARKUP, "variants": 1 }));
    assert_eq!(rows("clusters", "details")[0]["members"], audit["clusters"][0]["members"]);
    assert_eq!(rows("reuse", "rows"), [json!([1, 0, 6, 0, 3, 0, 0])]);
    let codes =
        json!({ "relations": ["near"], "flags": ["numbers_differ", MARKUP], "kinds": ["body"] });
    assert_eq!(rows("codes", "rows"), [codes]);
    assert!(!blocks.contains_key(&("passages".to_owned(), "rows".to_owned())));
}

#[test]
fn what_is_no_audit_is_an_error_that_says_so() {
    for broken in ["", "{}", "[]", "{\"schema\":1}"] {
        let error = write_audit(broken.as_bytes(), &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("twicetold.audit/1"), "{error}");
    }
}
