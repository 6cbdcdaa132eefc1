//! What the profiles find of labelled pairs when all sentences of a file are one corpus.
//!
//! `cargo bench --bench quality -- [FILE.jsonl …]`: each line `{"a", "b", "label": 1 | 0 | null}`; without files, the two
//! samples under `tests/data/pairs`. Prints a Markdown table: recall is the share of pairs labelled 1 that are linked, the
//! next column the share of pairs labelled 0 that are linked, then links in all and the time.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(clippy::disallowed_methods, reason = "a benchmark opens its own files")]
#![expect(clippy::cast_precision_loss, reason = "counts become per cent")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at a bad file")]

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use twicetold::config::{Engine, PairsShown, Unit};
use twicetold::{Config, Corpus, Profile, Report};

/// A labelled pair: positions in the pool.
struct Labelled {
    first: usize,
    second: usize,
    label: Option<bool>,
}

/// Every distinct text of a file, and the pairs.
#[derive(Default)]
struct Pool {
    texts: Vec<String>,
    positions: BTreeMap<String, usize>,
    pairs: Vec<Labelled>,
}

impl Pool {
    fn read(path: &Path) -> Self {
        let mut pool = Self::default();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let label = record["label"].as_i64().map(|label| label == 1);
            let (first, second) = (pool.place(&record["a"]), pool.place(&record["b"]));
            pool.pairs.push(Labelled { first, second, label });
        }
        pool
    }

    fn place(&mut self, text: &Value) -> usize {
        let text = text.as_str().unwrap().to_owned();
        let next = self.texts.len();
        let position = *self.positions.entry(text.clone()).or_insert(next);
        if position == next {
            self.texts.push(text);
        }
        position
    }
}

/// The linked pairs of a report, as positions of documents.
fn linked(report: &Report) -> HashSet<(usize, usize)> {
    let documents =
        |sentence: usize| report.sentences[sentence].places.iter().map(|place| place.document);
    let mut links = HashSet::new();
    let mut link = |a: usize, b: usize| {
        links.insert((a.min(b), a.max(b)));
    };
    for sentence in 0..report.sentences.len() {
        for a in documents(sentence) {
            documents(sentence).for_each(|b| link(a, b));
        }
    }
    for pair in &report.pairs {
        for a in documents(pair.a) {
            documents(pair.b).for_each(|b| link(a, b));
        }
    }
    links
}

/// The share of pairs with this label that are linked, in per cent.
fn share(pool: &Pool, links: &HashSet<(usize, usize)>, label: bool) -> String {
    let labelled: Vec<_> = pool.pairs.iter().filter(|pair| pair.label == Some(label)).collect();
    let is_linked = |pair: &&&Labelled| {
        let (a, b) = (pair.first, pair.second);
        a == b || links.contains(&(a.min(b), a.max(b)))
    };
    let found = labelled.iter().filter(is_linked).count();
    match labelled.len() {
        0 => "–".to_owned(),
        all => format!("{:.1} % of {all}", 100.0 * found as f64 / all as f64),
    }
}

fn measure(path: &Path, profile: Profile, engine: Engine) {
    let pool = Pool::read(path);
    let config = Config {
        profile,
        engine,
        unit: Unit::Line,
        pairs: PairsShown::All,
        max_pairs: 100_000_000,
        ..Config::default()
    };
    let begun = Instant::now();
    let corpus = Corpus::from_texts(&pool.texts);
    let all = twicetold::pipeline::Detail { all_sentences: true, check_recall: false };
    let report = twicetold::pipeline::detect_with(&corpus, &config, all, &()).unwrap();
    let links = linked(&report);
    println!(
        "| {} | {} | {} | {} | {} | {} | {} | {:.1} s |",
        path.file_stem().unwrap_or_default().to_string_lossy(),
        report.input.distinct,
        profile.name(),
        report.recall.engine,
        share(&pool, &links, true),
        share(&pool, &links, false),
        report.pairs.len(),
        begun.elapsed().as_secs_f64(),
    );
}

fn main() {
    let given: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    let sample =
        |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pairs").join(name);
    let files = if given.is_empty() {
        vec![sample("bible_en_ot.jsonl"), sample("lohelp_usgb.jsonl")]
    } else {
        given
    };
    println!(
        "| pairs | sentences | profile | engine | labelled 1, linked | labelled 0, linked | links | time |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for path in &files {
        for &profile in Profile::ALL {
            measure(path, profile, Engine::Exact);
            measure(path, profile, Engine::Bands);
        }
    }
}
