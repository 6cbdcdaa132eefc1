//! Evaluating reports: what is measured is what is true.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use twicetold::eval::DecoyKind;
use twicetold::synth::{Decoy, Preset, Synthesis, TRUTH_SCHEMA};

use crate::cli::{stderr, stdout, twicetold};
use crate::pipeline::fixture;
use crate::synth::made;

const HEAD: &str = "{\"schema\":\"twicetold.truth/1\"}\n";

/// A folder with an input, its report and a truth.
struct Ground {
    folder: tempfile::TempDir,
}

impl Ground {
    fn new(records: &str, truth: &str, words: &[&str]) -> Self {
        let ground = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(ground.path("in.jsonl"), records).unwrap();
        std::fs::write(ground.path("truth.jsonl"), truth).unwrap();
        let (input, report) = (ground.word("in.jsonl"), ground.word("r.json"));
        let output =
            twicetold(&[&["detect", &input, "--format", "json", "-o", &report], words].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        ground
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::new(self.folder.path()).join(name)
    }

    fn word(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn evaluated(&self, words: &[&str]) -> Value {
        let (report, truth) = (self.word("r.json"), self.word("truth.jsonl"));
        let all = [&["eval", &report, "--truth", &truth, "--format", "json"], words].concat();
        let output = twicetold(&all);
        assert!(output.status.success(), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    }
}

fn record(id: &str, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

fn synthetic(count: u64, preset: Preset, words: &[&str]) -> Ground {
    let (records, truth) = made(&Synthesis { count, seed: 9, preset, threads: 2 });
    Ground::new(&records, &truth, words)
}

#[test]
fn a_pair_is_found_a_pair_is_missed_and_a_decoy_is_flagged() {
    let base =
        "The harbour council closed the eastern pier of Velmark for 14 days after the storm.";
    let records = [
        record("a", base),
        record("b", &base.replace("eastern", "northern")),
        record("c", &base.replace("14", "19")),
        record("d", "Nobody in the choir had ever seen the old organist without his green scarf."),
        record("e", "Wolves came back to the forest, and the shepherds are counting lambs again."),
    ];
    let mut truth = HEAD.to_owned();
    for (id, cluster) in [("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "z")] {
        writeln!(truth, "{{\"record\":\"{id}\",\"cluster\":\"{cluster}\"}}").unwrap();
    }
    for (b, class, decoy) in [("b", "light", "null"), ("c", "decoy", "\"numbers\"")] {
        writeln!(
            truth,
            "{{\"a\":\"a\",\"b\":\"{b}\",\"class\":\"{class}\",\"decoy\":{decoy},\"jaccard_char4\":0.8}}"
        )
        .unwrap();
    }
    truth.push_str(
        "{\"a\":\"d\",\"b\":\"e\",\"class\":\"rewrite\",\"decoy\":null,\"jaccard_char4\":0.1}\n",
    );
    let found = Ground::new(&records.concat(), &truth, &["--pairs", "all"]).evaluated(&[]);
    assert_eq!((&found["planted"]["pairs"], &found["planted"]["found"]), (&2.into(), &1.into()));
    let classes = &found["planted"]["classes"];
    assert_eq!((&classes[0]["class"], &classes[0]["recall"]), (&"light".into(), &1.0.into()));
    assert_eq!((&classes[1]["class"], &classes[1]["recall"]), (&"rewrite".into(), &0.0.into()));
    let numbers = &found["planted"]["decoys"][0];
    assert_eq!((&numbers["together"], &numbers["flagged"]), (&1.into(), &1.into()));
    assert_eq!(found["planted"]["false_flags"]["numbers_differ"]["flagged"], 0);
    // Found {a b c} {d} {e} against {a b} {c} {d e}: precision (2/3 + 2/3 + 1/3 + 1 + 1) / 5, recall (1 + 1 + 1 + ½ + ½) / 5.
    let clusters = &found["clusters"];
    assert_eq!(clusters["bcubed_precision"], 0.7333);
    assert_eq!(clusters["bcubed_recall"], 0.8);
    assert_eq!(clusters["pair_precision"], 0.3333);
    assert_eq!(clusters["pair_recall"], 0.5);
}

#[test]
fn a_flag_is_false_only_where_the_edit_left_the_facts_alone() {
    let base =
        "The harbour council closed the eastern pier of Velmark for 14 days after the storm.";
    let records = [
        record("a", base),
        record("b", &base.replace("14", "19")),
        record("c", &base.replace("14", "21")),
        record("d", "Wolves came back to the forest, and the shepherds are counting lambs again."),
    ];
    let mut truth = HEAD.to_owned();
    for id in ["a", "b", "c", "d"] {
        writeln!(truth, "{{\"record\":\"{id}\",\"cluster\":\"x\"}}").unwrap();
    }
    for (b, facts) in [("b", "\"numbers\",\"names\""), ("c", ""), ("d", "")] {
        writeln!(
            truth,
            "{{\"a\":\"a\",\"b\":\"{b}\",\"class\":\"ocr\",\"decoy\":null,\"facts\":[{facts}],\"jaccard_char4\":0.8}}"
        )
        .unwrap();
    }
    let found = Ground::new(&records.concat(), &truth, &["--pairs", "all"]).evaluated(&[]);
    let flags = &found["planted"]["false_flags"];
    assert_eq!(flags["linked"], 2);
    let counts = |kind: &str| {
        let fields = ["flagged", "untouched", "falsely_flagged"];
        fields.map(|field| flags[kind][field].as_u64().unwrap())
    };
    assert_eq!(counts("numbers_differ"), [2, 1, 1]);
    assert_eq!(counts("names_differ"), [0, 1, 0]);
    assert_eq!(counts("negation_differs"), [0, 2, 0]);
    assert_eq!(flags["numbers_differ"]["share"], 1.0);
    assert_eq!(flags["names_differ"]["false_share"], 0.0);
}

#[test]
fn what_is_not_found_is_told_apart_by_what_is_to_blame() {
    let found = synthetic(3_000, Preset::Scraped, &["--exact", "--pairs", "all"]).evaluated(&[]);
    let sum = |field: &str| -> u64 {
        let bands = found["planted"]["bands"].as_array().unwrap();
        bands.iter().map(|band| band[field].as_u64().unwrap()).sum()
    };
    assert!(sum("no_rule") > 0);
    // An exact engine that reports all links has every pair that a rule links.
    assert_eq!((sum("other_clusters"), sum("missed")), (0, 0));
    assert_eq!(sum("found") + sum("no_rule"), sum("pairs"));
    let near = ["--profile", "near", "--pairs", "star"];
    let found = synthetic(3_000, Preset::Scraped, &near).evaluated(&[]);
    for band in found["planted"]["bands"].as_array().unwrap() {
        let count = |field: &str| band[field].as_u64().unwrap();
        let parts = count("found") + count("no_rule") + count("other_clusters") + count("missed");
        assert_eq!(parts, count("pairs"), "{band}");
    }
}

#[test]
fn every_link_of_every_profile_holds_when_it_is_computed_again() {
    for profile in ["paraphrase", "noisy", "near"] {
        let ground = synthetic(1_500, Preset::Scraped, &["--profile", profile, "--exact"]);
        let found = ground.evaluated(&[]);
        let links = &found["links"];
        assert!(links["pairs"].as_u64().unwrap() > 50, "{profile}: {links}");
        assert_eq!(links["unproved"], 0, "{profile}: {links}");
        assert!(links["greatest_difference"].as_f64().unwrap() <= 0.0002, "{profile}: {links}");
    }
}

#[test]
fn an_exact_run_finds_every_planted_pair_far_above_its_threshold() {
    let found =
        synthetic(1_500, Preset::Scraped, &["--exact", "--clusters", "components"]).evaluated(&[]);
    for band in found["planted"]["bands"].as_array().unwrap() {
        if band["from"].as_f64().unwrap() >= 0.8 {
            assert_eq!(band["found"], band["pairs"], "{band}");
        }
    }
    for class in found["planted"]["classes"].as_array().unwrap() {
        if ["exact", "typography"].contains(&class["class"].as_str().unwrap()) {
            assert_eq!(class["recall"], 1.0, "{class}");
        }
    }
    assert!(found["planted"]["bands"][10]["pairs"].as_u64().unwrap() > 200);
}

#[test]
fn clean_copies_are_clustered_as_they_were_planted() {
    let found = synthetic(1_500, Preset::Clean, &["--exact"]).evaluated(&[]);
    assert!(found["clusters"]["bcubed_f1"].as_f64().unwrap() > 0.97, "{}", found["clusters"]);
    assert!(found["clusters"]["adjusted_rand"].as_f64().unwrap() > 0.9, "{}", found["clusters"]);
}

#[test]
fn an_input_that_has_moved_is_read_where_it_is_now() {
    let ground = synthetic(200, Preset::Scraped, &[]);
    let expected = ground.evaluated(&[]);
    std::fs::rename(ground.path("in.jsonl"), ground.path("moved.jsonl")).unwrap();
    assert_eq!(ground.evaluated(&["--input", &ground.word("moved.jsonl")]), expected);
    let (report, truth) = (ground.word("r.json"), ground.word("truth.jsonl"));
    let output = twicetold(&["eval", &report, "--truth", &truth]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("in.jsonl"), "{}", stderr(&output));
}

#[test]
fn the_tables_name_bands_edits_decoys_and_clusters() {
    let ground = synthetic(600, Preset::Scraped, &[]);
    let output =
        twicetold(&["eval", &ground.word("r.json"), "--truth", &ground.word("truth.jsonl")]);
    let text = stdout(&output);
    for expected in [
        "600 records, profile paraphrase",
        "0.9 – 1.0",
        "\ntypography",
        "\nnegation",
        "\nB-cubed",
        "adjusted Rand",
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

#[test]
fn a_hostile_truth_is_refused_with_file_and_line() {
    let pair = |decoy: &str, similarity: &str| {
        format!(
            "{{\"record\":\"r0\",\"cluster\":\"c\"}}\n{{\"a\":\"r0\",\"b\":\"r0\",\"class\":\"light\",\"decoy\":{decoy},\"jaccard_char4\":{similarity}}}\n"
        )
    };
    let ground = synthetic(20, Preset::Clean, &[]);
    let (report, truth) = (ground.word("r.json"), ground.word("truth.jsonl"));
    let head = |rest: &str| format!("{HEAD}{rest}").into_bytes();
    for (bytes, place, expected) in [
        (Vec::new(), ":1:", "first line with schema"),
        (b"{\"schema\":\"other\"}\n".to_vec(), ":1:", "first line with schema"),
        (b"\xff\xfe\n".to_vec(), ":1:", "a line of a truth file"),
        (head("[1, 2"), ":2:", "a line of a truth file"),
        (head("{\"record\":\"r0\",\"colour\":1}"), ":2:", "colour"),
        (head("{\"record\":\"r0\"}"), ":2:", "record and cluster, or"),
        (
            head("{\"record\":\"r0\",\"cluster\":\"c\"}\n{\"record\":\"r0\",\"cluster\":\"d\"}"),
            ":3:",
            "only once",
        ),
        (head(&pair("null", "1.5")), ":3:", "from 0 to 1"),
        (head(&pair("\"colours\"", "0.5")), ":3:", "decoy"),
        (
            head(&pair("null", "0.5").replace("\"decoy\"", "\"facts\":[\"x\"],\"decoy\"")),
            ":3:",
            "facts",
        ),
        (head(&pair("null", "0.5").replace("\"b\":\"r0\"", "\"b\":\"r7\"")), ":3:", "\"r7\""),
        (head("{\"record\":\"elsewhere\",\"cluster\":\"c\"}"), "twicetold:", "\"elsewhere\""),
    ] {
        std::fs::write(&truth, bytes).unwrap();
        let output = twicetold(&["eval", &report, "--truth", &truth]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(place) && said.contains(expected), "{said} lacks {expected}");
    }
    let output = twicetold(&["eval", &ground.word("in.jsonl"), "--truth", &truth]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("in.jsonl"), "{}", stderr(&output));
}

#[test]
fn labelled_pairs_are_told_apart_by_every_measure() {
    let pairs = fixture("tests/data/pairs/bible_en_ot.jsonl");
    let output = twicetold(&["eval", "--pairs", pairs.to_str().unwrap(), "--format", "json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let measures = found["measures"].as_array().unwrap();
    assert_eq!(measures.len(), 7);
    for measure in measures {
        assert!(measure["auc"].as_f64().unwrap() > 0.8, "{measure}");
        let (at_90, at_95) = (&measure["recall_at_90"], &measure["recall_at_95"]);
        assert!(at_90.as_f64() >= at_95.as_f64(), "{measure}");
    }
    assert_eq!(measures[0]["measure"], "jaccard_idf");
}

#[test]
fn a_bad_label_is_refused_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs.jsonl");
    std::fs::write(
        &path,
        "{\"a\":\"x\",\"b\":\"y\",\"label\":1}\n{\"a\":\"x\",\"b\":\"y\",\"label\":2}\n",
    )
    .unwrap();
    let output = twicetold(&["eval", "--pairs", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("pairs.jsonl:2: expected label 0, 1 or null"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_synth_writes_is_what_eval_reads() {
    assert!(HEAD.contains(TRUTH_SCHEMA));
    let names = Decoy::ALL.iter().map(|decoy| decoy.name());
    assert!(names.eq(DecoyKind::ALL.iter().map(|decoy| decoy.name())));
}
