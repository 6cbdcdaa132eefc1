//! Generated text: the same from the same seed, with the similarities that its classes promise.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use twicetold::synth::{Preset, Synthesis, synthesize};

use crate::cli::{stderr, twicetold};

pub(crate) fn made(synthesis: &Synthesis) -> (String, String) {
    let (mut records, mut truth) = (Vec::new(), Vec::new());
    synthesize(synthesis, &mut records, Some(&mut truth)).unwrap();
    (String::from_utf8(records).unwrap(), String::from_utf8(truth).unwrap())
}

fn parsed(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn scraped(count: u64) -> Synthesis {
    Synthesis { count, seed: 5, preset: Preset::Scraped, threads: 2 }
}

#[test]
fn one_thread_and_two_make_the_same_bytes() {
    for preset in Preset::ALL {
        let synthesis = Synthesis { count: 9_000, seed: 2, preset: *preset, threads: 1 };
        let two = Synthesis { threads: 2, ..synthesis };
        assert!(made(&synthesis) == made(&two), "{}", preset.name());
    }
}

#[test]
fn a_short_output_is_the_beginning_of_a_long_one() {
    let (short, long) = (made(&scraped(100)).0, made(&scraped(1_000)).0);
    assert_eq!(short.lines().count(), 100);
    assert!(long.starts_with(&short));
    assert_ne!(short, made(&Synthesis { seed: 6, ..scraped(100) }).0);
}

#[test]
fn every_record_has_a_cluster_and_every_planted_pair_two_records() {
    let (records, truth) = made(&scraped(3_000));
    let ids: BTreeSet<String> =
        parsed(&records).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 3_000);
    let truth = parsed(&truth);
    assert_eq!(truth[0]["schema"], "twicetold.truth/1");
    let clusters: BTreeMap<&str, &str> = truth
        .iter()
        .filter_map(|line| Some((line["record"].as_str()?, line["cluster"].as_str()?)))
        .collect();
    assert!(clusters.keys().copied().eq(ids.iter().map(String::as_str)));
    let pairs: Vec<&Value> = truth.iter().filter(|line| line["a"].is_string()).collect();
    assert!(pairs.len() > 800, "{}", pairs.len());
    for pair in pairs {
        let cluster = |end: &str| clusters[pair[end].as_str().unwrap()];
        assert_eq!(cluster("a") == cluster("b"), pair["decoy"].is_null(), "{pair}");
        assert_eq!(pair["class"] == "decoy", pair["decoy"].is_string(), "{pair}");
    }
}

#[test]
fn each_class_of_edit_has_the_similarities_that_were_measured() {
    // p5, p50 and p95 of the measured similarities.
    let measured = [
        ("exact", [1.0, 1.0, 1.0]),
        ("typography", [1.0, 1.0, 1.0]),
        ("glue", [0.77, 0.92, 0.97]),
        ("lead", [0.74, 0.91, 0.97]),
        ("merge", [0.21, 0.51, 0.81]),
        ("trunc", [0.42, 0.61, 0.82]),
        ("light", [0.46, 0.75, 0.92]),
        ("medium", [0.25, 0.54, 0.79]),
        ("rewrite", [0.20, 0.46, 0.73]),
        ("ocr", [0.69, 0.90, 1.0]),
        ("decoy", [0.67, 0.88, 0.96]),
    ];
    let mut found: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for line in parsed(&made(&scraped(40_000)).1) {
        if let Some(class) = line["class"].as_str() {
            let similarity = line["jaccard_char4"].as_f64().unwrap();
            found.entry(class.to_owned()).or_default().push(similarity);
        }
    }
    let mut wrong = Vec::new();
    for (class, bounds) in measured {
        let values = found.get_mut(class).unwrap();
        values.sort_unstable_by(f64::total_cmp);
        let at = |percent: usize| values[(values.len() - 1) * percent / 100];
        let have = [at(5), at(50), at(95)];
        let inside = bounds[0] - 1e-9 <= have[1] && have[1] <= bounds[2] + 1e-9;
        let near = have.iter().zip(bounds).all(|(have, bound)| (have - bound).abs() <= 0.15);
        if !inside || !near {
            wrong.push(format!("{class}: {have:.2?} instead of {bounds:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_clean_preset_has_exact_copies_and_light_edits_only() {
    let (_, truth) = made(&Synthesis { preset: Preset::Clean, ..scraped(5_000) });
    let classes: BTreeSet<String> =
        parsed(&truth).iter().filter_map(|line| Some(line["class"].as_str()?.to_owned())).collect();
    assert!(classes.iter().eq(["exact", "light"]), "{classes:?}");
    assert!(!truth.contains("\"cluster\":\"b"));
}

#[test]
fn the_program_writes_records_and_truth_and_refuses_one_file_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (out, truth) = (path("o.jsonl"), path("t.jsonl"));
    let words = ["synth", "-n", "300", "--seed", "5", "-o", &out, "--truth", &truth];
    let output = twicetold(&words);
    assert!(output.status.success(), "{}", stderr(&output));
    let expected = made(&scraped(300));
    assert!(std::fs::read_to_string(&out).unwrap() == expected.0);
    assert!(std::fs::read_to_string(&truth).unwrap() == expected.1);
    let output = twicetold(&["synth", "-n", "3", "-o", &out, "--truth", &out]);
    assert_eq!(output.status.code(), Some(2));
    let output = twicetold(&["synth", "-n", "3", "--preset", "dirty"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("clean, scraped, templated or syndicated"),
        "{}",
        stderr(&output)
    );
}

/// The words of a text that are numbers or deny, and its capitalised words but for the first, each sorted.
fn stated(text: &str) -> [Vec<String>; 3] {
    const COUNTS: [&str; 5] = ["two", "three", "five", "six", "ten"];
    const DENIALS: [&str; 10] =
        ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without"];
    let (mut numbers, mut denials, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (place, word) in text.split_whitespace().enumerate() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '%');
        let small = bare.trim_end_matches("'s").to_lowercase();
        if bare.starts_with(|letter: char| letter.is_ascii_digit())
            || COUNTS.contains(&small.as_str())
        {
            numbers.push(small);
        } else if DENIALS.contains(&small.as_str()) {
            denials.push(small);
        } else if place > 0 && bare.starts_with(char::is_uppercase) {
            names.insert(small);
        }
    }
    numbers.sort();
    denials.sort();
    [numbers, denials, names.into_iter().collect()]
}

#[test]
fn rewording_changes_no_number_and_no_negation() {
    let (records, truth) = made(&scraped(20_000));
    let texts: BTreeMap<String, String> = parsed(&records)
        .iter()
        .map(|record| ["id", "text"].map(|field| record[field].as_str().unwrap().to_owned()))
        .map(|[id, text]| (id, text))
        .collect();
    let mut seen = 0;
    for pair in parsed(&truth).iter().filter(|line| line["a"].is_string()) {
        let class = pair["class"].as_str().unwrap();
        let [a, b] = ["a", "b"].map(|end| stated(&texts[pair[end].as_str().unwrap()]));
        if ["light", "medium", "rewrite"].contains(&class) {
            assert_eq!(pair["facts"], Value::Array(Vec::new()), "{pair}");
            assert_eq!((&a[0], &a[1]), (&b[0], &b[1]), "{pair}");
            seen += 1;
        }
        let touched: Vec<&str> =
            pair["facts"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect();
        if ["merge", "trunc", "lead", "decoy"].contains(&class) {
            assert_eq!(touched.contains(&"numbers"), a[0] != b[0], "{pair}");
            assert_eq!(touched.contains(&"negation"), a[1] != b[1], "{pair}");
        }
    }
    assert!(seen > 1_000, "{seen}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_run_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (out, truth) = (path("o.jsonl"), path("t.jsonl"));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_twicetold"))
        .args(["synth", "-n", "1000000000", "-o", &out, "--truth", &truth])
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(400));
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(running);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_truth_is_not_placed_without_its_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // A folder is in the way of the records.
    std::fs::create_dir(path("o.jsonl")).unwrap();
    std::fs::write(folder.path().join("o.jsonl/kept"), "").unwrap();
    let words = ["synth", "-n", "300", "-o", &path("o.jsonl"), "--truth", &path("t.jsonl")];
    let output = twicetold(&words);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("o.jsonl"), "{}", stderr(&output));
    assert!(!folder.path().join("t.jsonl").exists());
    let output = twicetold(&["synth", "-n", "300", "-o", "/dev/full", "--truth", &path("t.jsonl")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("/dev/full"), "{}", stderr(&output));
    assert!(!folder.path().join("t.jsonl").exists());
}
