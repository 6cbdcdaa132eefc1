//! What a person decided counts in the next run, and is still there in the one after it.

use std::fs;

use serde_json::{Value, json};
use twicetold::audit::model::Audit;
use twicetold::audit::{Decisions, Policy};

use super::{Planted, audited, lent, own, source, story};
use crate::cli::{stderr, twicetold};

const WORDS: [&str; 5] =
    ["audit", "examples/syndication.jsonl", "--sources", "examples/sources.csv", "-q"];

fn a_line_each(lines: &[Value]) -> String {
    lines.iter().fold(String::new(), |text, line| text + &line.to_string() + "\n")
}

fn following(lines: &[Value]) -> Policy {
    let text = a_line_each(lines);
    let decisions = Decisions::default().with(text.as_bytes(), "d.jsonl".as_ref()).unwrap();
    Policy { decisions, ..Policy::default() }
}

fn decision(id: &str, kind: &str, decision: &str) -> Value {
    json!({ "id": id, "kind": kind, "decision": decision, "label": null, "note": "" })
}

/// Three sources that carry the same three sentences one after the other; the last has one of them edited.
fn three() -> Planted {
    let shared = story(10, 3);
    let edited = shared[2].replace("The ", "Said to be the ");
    let mut planted = Planted::default();
    planted.add("wire", "2026-03-02T09:00:00Z", &lent(&shared));
    planted.add("herald", "2026-03-02T10:00:00Z", &lent(&shared));
    planted.add("star", "2026-03-02T11:00:00Z", &[&shared[0], &shared[1], &edited, &own(99)]);
    planted
}

fn reused(audit: &Audit<'_>) -> Vec<u64> {
    audit.articles.iter().map(|article| article.reused_words).collect()
}

fn pair_of(audit: &Audit<'_>, (a, b): (u32, u32)) -> Value {
    let pair = audit.article_pairs.iter().find(|pair| (pair.a, pair.b) == (a, b)).unwrap();
    let [a, b] = [a, b].map(|at| audit.articles[at as usize].id.as_str());
    json!({ "id": pair.id, "kind": "article_pair", "decision": "reject", "a": a, "b": b })
}

#[test]
fn a_rejected_cluster_is_nobodys_reuse_and_stays_listed() {
    let corpus = three().corpus();
    let before = audited(&corpus, &Policy::default());
    let id = before.clusters[0].id.clone();
    let after = audited(&corpus, &following(&[decision(&id, "cluster", "reject")]));
    let words = u64::from(before.articles[1].sentences[0].words);
    let expected: Vec<u64> =
        reused(&before).iter().map(|&reused| reused.saturating_sub(words)).collect();
    assert_eq!(reused(&after), expected);
    assert_eq!(after.totals.clusters, before.totals.clusters - 1);
    assert_eq!(after.clusters.len(), before.clusters.len());
    assert_eq!(after.sources[0].first_count, before.sources[0].first_count - 1);
    assert_eq!(after.source_edges[0].words, before.source_edges[0].words - words);
    assert!(after.articles[1].sentences[0].origin.is_none());
    assert!(after.articles[1].sentences[0].cluster.is_some());
}

#[test]
fn wordings_that_are_told_apart_are_no_origin_of_each_other() {
    let corpus = three().corpus();
    let before = audited(&corpus, &Policy::default());
    let sentence = &before.articles[2].sentences[2];
    assert_eq!((sentence.origin, sentence.relation.is_some()), (Some((0, 2)), true));
    assert!(sentence.scores.is_some_and(|scores| scores.longest_run >= 12));
    let cluster = &before.clusters[sentence.cluster.unwrap() as usize];
    let [a, b] = [0, 1].map(|at: usize| cluster.variants[at].id.to_string());
    for (a, b) in [(&a, &b), (&b, &a)] {
        let line = json!({ "id": format!("{a}:{b}"), "kind": "pair", "decision": "reject", "a": a, "b": b });
        let after = audited(&corpus, &following(&[line]));
        assert!(after.articles[2].sentences[2].origin.is_none());
        assert_eq!(after.articles[1].reused_words, before.articles[1].reused_words);
        let less = u64::from(sentence.words);
        assert_eq!(after.articles[2].reused_words, before.articles[2].reused_words - less);
    }
}

#[test]
fn between_rejected_articles_nothing_counts_and_the_next_carrier_is_the_origin() {
    let corpus = three().corpus();
    let before = audited(&corpus, &Policy::default());
    let after = audited(&corpus, &following(&[pair_of(&before, (0, 2))]));
    // What the wire had first the star now has from the herald.
    assert_eq!(reused(&after), reused(&before));
    let origins: Vec<Option<(u32, u32)>> =
        after.articles[2].sentences.iter().map(|sentence| sentence.origin).collect();
    assert_eq!(origins, [Some((1, 0)), Some((1, 1)), Some((1, 2)), None]);
    assert_eq!(after.articles[2].origin, Some(source(&after, "herald")));
    let listed: Vec<(u32, u32)> = after.article_pairs.iter().map(|it| (it.a, it.b)).collect();
    assert!(listed.contains(&(0, 2)) && listed.contains(&(1, 2)), "{listed:?}");
    assert_eq!(after.totals.article_pairs, listed.len() as u64 - 1);
    let edge = |audit: &Audit<'_>| super::edges(audit, "wire", "herald");
    assert_eq!(edge(&after), edge(&before));
    let star = source(&after, "star");
    assert!(!after.source_edges.iter().any(|edge| (edge.from, edge.to) == (0, star)));
}

#[test]
fn what_is_not_here_is_counted_and_accepting_or_relabelling_changes_no_count() {
    let corpus = three().corpus();
    let before = audited(&corpus, &Policy::default());
    let cluster = before.clusters[0].id.as_str();
    let mut relabelled = pair_of(&before, (0, 1));
    relabelled["decision"] = json!("relabel");
    relabelled["label"] = json!("licensed");
    let lines = [
        decision(cluster, "cluster", "accept"),
        relabelled,
        decision("c0000000000000001", "cluster", "reject"),
        decision("b0000000000000001", "boilerplate", "reject"),
        json!({ "id": "sx:sy", "kind": "pair", "decision": "reject", "a": "sx", "b": "sy" }),
    ];
    let after = audited(&corpus, &following(&lines));
    assert_eq!(reused(&after), reused(&before));
    assert_eq!(after.decisions.len(), 5);
    assert!(after.run.warnings.iter().any(|it| it.starts_with("3 of the decisions")));
    assert_eq!(after.decision(cluster).unwrap().decision.name(), "accept");
}

#[test]
fn a_person_says_what_is_boilerplate() {
    let line = "Sign up to our newsletter for the news of the day and more.";
    let mut planted = Planted::default();
    for hour in 0..12 {
        let date = format!("2026-03-02T{hour:02}:00:00Z");
        planted.add("star", &date, &[&own(hour), &own(hour + 50), line]);
    }
    planted.add("wire", "2026-03-03T09:00:00Z", &[&own(200), line]);
    let corpus = planted.corpus();
    let before = audited(&corpus, &Policy::default());
    let row = &before.boilerplate[0];
    assert_eq!((row.text, row.kind), (line, "boilerplate"));
    let last = |audit: &Audit<'_>| audit.articles[12].reused_words;
    let text = audited(&corpus, &following(&[decision(&row.id, "boilerplate", "reject")]));
    assert_eq!((text.boilerplate[0].kind, last(&text)), ("body", 13));
    assert_eq!(text.articles[0].boilerplate_words, 0);
    let kept = audited(&corpus, &following(&[decision(&row.id, "boilerplate", "accept")]));
    assert_eq!((kept.boilerplate[0].kind, last(&kept)), ("boilerplate", 0));
    // Text that the program counts is boilerplate where a person says so.
    let corpus = three().corpus();
    let before = audited(&corpus, &Policy::default());
    let id = before.clusters[0].id.replacen('c', "b", 1);
    let after = audited(&corpus, &following(&[decision(&id, "boilerplate", "accept")]));
    assert_eq!(after.boilerplate.len(), 1);
    assert!(after.articles[1].reused_words < before.articles[1].reused_words);
}

#[test]
fn what_was_decided_survives_the_next_runs() {
    let work = tempfile::tempdir().unwrap();
    let path = |name: &str| work.path().join(name).to_str().unwrap().to_owned();
    let run = |folder: &str, more: &[&str]| {
        let (folder, words) = (path(folder), WORDS);
        let run = twicetold(&[&words[..], &["-o", &folder], more].concat());
        assert!(run.status.success(), "{}", stderr(&run));
        let read = |name: &str| fs::read(format!("{folder}/{name}")).unwrap();
        let whole: Value = serde_json::from_slice(&read("audit.json")).unwrap();
        let run: Value = serde_json::from_slice(&read("run.json")).unwrap();
        (whole, run, String::from_utf8(read("audit.html")).unwrap())
    };
    let (first, how, page) = run("first", &[]);
    assert_eq!((&first["decisions"], &how["run"]["decisions"]), (&json!([]), &json!([])));
    let id = |table: &str, at: usize| first[table][at]["id"].as_str().unwrap();
    let pair = &first["article_pairs"][0];
    let article = |side: &str| {
        &first["articles"][usize::try_from(pair[side].as_u64().unwrap()).unwrap()]["id"]
    };
    let lines = [
        decision(id("clusters", 0), "cluster", "reject"),
        json!({
            "id": pair["id"], "kind": "article_pair", "decision": "relabel", "label": "licensed",
            "note": "contract of 2025", "a": article("a"), "b": article("b"),
        }),
    ];
    fs::write(path("one.jsonl"), format!("{}\n{}\n", lines[0], lines[1])).unwrap();
    let (second, how, changed) = run("second", &["--decisions", &path("one.jsonl")]);
    assert_eq!(second["decisions"].as_array().unwrap().len(), 2);
    assert_eq!(how["run"]["decisions"][0]["decisions"], 2);
    assert_eq!(how["run"]["decisions"][0]["xxh3"].as_str().unwrap().len(), 16);
    assert_ne!(second["totals"]["reused_words"], first["totals"]["reused_words"]);
    assert_ne!(page, changed);
    let table = fs::read_to_string(format!("{}/article_pairs.csv", path("second"))).unwrap();
    assert!(table.contains("relabel,licensed"), "{table}");
    // What the page would save again is what it was given.
    let saved = a_line_each(second["decisions"].as_array().unwrap());
    fs::write(path("again.jsonl"), saved).unwrap();
    let (third, ..) = run("third", &["--decisions", &path("again.jsonl")]);
    for part in
        ["decisions", "totals", "sources", "articles", "clusters", "article_pairs", "source_edges"]
    {
        assert_eq!(third[part], second[part], "{part}");
    }
    // Two reviewers who agree are one; two who do not are an error that names both.
    let (both, ..) =
        run("both", &["--decisions", &path("one.jsonl"), "--decisions", &path("again.jsonl")]);
    assert_eq!(both["totals"], second["totals"]);
    fs::write(
        path("other.jsonl"),
        format!("{}\n", decision(id("clusters", 0), "cluster", "accept")),
    )
    .unwrap();
    let conflict = twicetold(
        &[&WORDS[..], &["--decisions", &path("one.jsonl"), "--decisions", &path("other.jsonl")]]
            .concat(),
    );
    assert_eq!(conflict.status.code(), Some(2));
    let told = stderr(&conflict);
    assert!(told.contains("other.jsonl:1") && told.contains("one.jsonl:1 says reject"), "{told}");
}
