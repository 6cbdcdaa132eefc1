//! The stages on committed text, each with what it must find: a faster run that finds less fails.
//!
//! `cargo bench --bench stages`: segmentation and keys in bytes a second, and the main job end to end on the verses of
//! `tests/data/pairs/bible_en_ot.jsonl` with every engine.
#![expect(clippy::disallowed_methods, reason = "a benchmark opens its own files")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at a bad file")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;
use twicetold::config::{Engine, Quotes, RuleSet, Unit};
use twicetold::normalize::Normalizer;
use twicetold::segment::Segmenter;
use twicetold::{Config, Corpus, detect};

fn verses() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/pairs/bible_en_ot.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let sides = text.lines().flat_map(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        ["a", "b"].map(|side| record[side].as_str().unwrap().to_owned())
    });
    sides.collect()
}

fn stages(criterion: &mut Criterion) {
    let verses = verses();
    let whole = verses.join("\n");
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(whole.len() as u64));
    let segmenter = Segmenter::new(Unit::Sentence, Quotes::Inner, &[]);
    let mut pieces = Vec::new();
    group.bench_function("segment", |bencher| {
        bencher.iter(|| {
            pieces.clear();
            segmenter.segment(black_box(&whole), 0, None, &mut pieces);
            assert!(pieces.len() >= verses.len());
        });
    });
    let normalizer = Normalizer::new(RuleSet::default());
    let mut key = String::new();
    group.bench_function("key", |bencher| {
        bencher.iter(|| {
            for verse in &verses {
                key.clear();
                normalizer.key(black_box(verse), &mut key);
                assert!(!key.is_empty());
            }
        });
    });
    group.finish();
}

fn end_to_end(criterion: &mut Criterion) {
    let corpus = Corpus::from_texts(verses());
    let exact = detect(&corpus, &Config::default()).unwrap();
    let mut group = criterion.benchmark_group("detect");
    group.sample_size(10).throughput(Throughput::Elements(exact.input.sentences));
    for engine in [Engine::Prefix, Engine::BruteForce, Engine::Bands] {
        let config = Config { engine, threads: 1, ..Config::default() };
        group.bench_function(engine.name(), |bencher| {
            bencher.iter(|| {
                let report = detect(black_box(&corpus), &config).unwrap();
                assert!(report.clusters.len() * 100 >= exact.clusters.len() * 95);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, end_to_end);
criterion_main!(benches);
