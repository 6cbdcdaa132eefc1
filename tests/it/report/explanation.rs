//! What `explain` writes.

use serde_json::Value;
use twicetold::{
    pipeline::{Explanation, LinkReason},
    report::{TextView, explanation_json, explanation_text},
    verify::{Flag, Flags, Relation},
};

use super::{assert_snapshot, complaints, explained, schema, without_each_key, written};

fn shown(explanation: &Explanation, view: &TextView) -> String {
    written(|out| explanation_text(explanation, view, out))
}

fn value(explanation: &Explanation) -> Value {
    serde_json::from_str(&written(|out| explanation_json(explanation, out))).unwrap()
}

#[test]
fn an_explanation_reads_like_this() {
    assert_snapshot("explain", &shown(&explained::explanation(), &TextView::default()));
}

#[test]
fn an_explanation_is_these_bytes_of_json() {
    let text = written(|out| explanation_json(&explained::explanation(), out));
    assert_snapshot("explain_json", &text);
}

#[test]
fn an_explanation_fits_the_published_schema_and_lacks_nothing_of_it() {
    let schema = schema("explain.schema.json");
    let value = value(&explained::explanation());
    assert_eq!(complaints(&schema, &value), [""; 0]);
    without_each_key(&value, &mut |path, broken| assert!(!schema.is_valid(broken), "{path}"));
}

#[test]
fn the_diff_of_an_explanation_restores_both_texts() {
    let explanation = explained::explanation();
    let value = value(&explanation);
    let joined = |side: &str| -> String {
        value["diff"].as_array().unwrap().iter().map(|part| part[side].as_str().unwrap()).collect()
    };
    assert_eq!((joined("a"), joined("b")), explanation.texts);
}

#[test]
fn a_pair_that_is_not_linked_is_told_what_it_lacks() {
    let apart = |change: fn(&mut Explanation)| {
        let mut explanation = explained::explanation();
        (explanation.linked, explanation.relation) = (None, None);
        explanation.flags = Flags::default();
        change(&mut explanation);
        assert!(schema("explain.schema.json").is_valid(&value(&explanation)));
        let view = TextView { width: 0, ..TextView::default() };
        shown(&explanation, &view).lines().next().unwrap().to_owned()
    };
    insta::assert_snapshot!(
        apart(|it| it.similarity = super::invented::share(21)),
        @"Not linked: too little is shared: similarity 0.21 (0.30 is needed), evidence 43.1 nats (17.0 are needed)"
    );
    insta::assert_snapshot!(
        apart(|it| it.evidence = 9.0),
        @"Not linked: what is shared could be chance: similarity 0.47 (0.30 is needed), evidence 9.0 nats (17.0 are needed)"
    );
    let vetoed = apart(|it| it.flags = Flags::default().with(Flag::NumbersDiffer));
    assert!(
        vetoed.starts_with("Not linked: their numbers differ, and the settings ask"),
        "{vetoed}"
    );
    let short = apart(|it| it.flags = Flags::default().with(Flag::Short));
    assert!(short.starts_with("Not linked: too short for anything but equal keys"), "{short}");
}

#[test]
fn a_link_says_by_which_rule() {
    let mut explanation = explained::explanation();
    explanation.linked = Some(LinkReason::SharedRun);
    let text = shown(&explanation, &TextView::default());
    assert!(text.starts_with("Linked, reworded: they share a run of 3 words, evidence"), "{text}");
    explanation.linked = Some(LinkReason::EqualKeys);
    explanation.relation = Some(Relation::Exact);
    let text = shown(&explanation, &TextView::default());
    assert!(text.starts_with("Linked, exact: their keys are equal"), "{text}");
}
