//! The stages on committed text, each with what it must find: a faster run that finds less fails.
//!
//! `cargo bench --bench stages`: segmentation and keys in bytes a second; collapsing, the prefix join, buckets, alignment,
//! the edit distance and stars on token rows; and the main job end to end with every engine. The text is the verses of
//! `tests/data/pairs/bible_en_ot.jsonl`.
#![expect(clippy::disallowed_methods, reason = "a benchmark opens its own files")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at a bad file")]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Value;
use twicetold::candidates::bands::{Banding, band_key, buckets, position_of};
use twicetold::candidates::heavy::Families;
use twicetold::candidates::prefix::{Flow, PrefixIndex, Seen, WeightedRows};
use twicetold::cluster::{Link, star};
use twicetold::config::{Engine, Quotes, RuleSet, Unit};
use twicetold::ids::{SentenceId, Similarity};
use twicetold::normalize::Normalizer;
use twicetold::segment::Segmenter;
use twicetold::shingle::token_hashes;
use twicetold::sketch::MinHasher;
use twicetold::tables::RowTable;
use twicetold::verify::{align, shared_weight, word_edit};
use twicetold::weight::Bar;
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

/// A well-mixed number for a word.
fn scatter(word: u32) -> u32 {
    let low = xxhash_rust::xxh3::xxh3_64(&word.to_le_bytes()) >> 32;
    u32::try_from(low).unwrap()
}

/// The verses as rows of words numbered from the rarest, and how many rows hold each word.
fn word_rows(verses: &[String]) -> (RowTable, RowTable) {
    let mut frequencies = BTreeMap::<u64, usize>::new();
    let rows: Vec<Vec<u64>> = verses
        .iter()
        .map(|verse| {
            let (mut key, mut row) = (String::new(), Vec::new());
            Normalizer::new(RuleSet::default()).key(verse, &mut key);
            token_hashes(&key, &mut row);
            for hash in row.iter().collect::<BTreeSet<_>>() {
                *frequencies.entry(*hash).or_default() += 1;
            }
            row
        })
        .collect();
    let mut ranked: Vec<(usize, u64)> = frequencies.into_iter().map(|(h, n)| (n, h)).collect();
    ranked.sort_unstable();
    let numbers: BTreeMap<u64, u32> = ranked.iter().map(|&(_, hash)| hash).zip(0..).collect();
    let (mut sequences, mut sets) = (RowTable::default(), RowTable::default());
    for row in rows {
        let sequence: Vec<u32> = row.iter().map(|hash| numbers[hash]).collect();
        sequences.push(&sequence);
        sets.push(&sequence.into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    }
    (sequences, sets)
}

fn candidates(criterion: &mut Criterion) {
    let verses = verses();
    let (_, sets) = word_rows(&verses);
    let totals: Vec<u64> = sets.rows().map(|row| row.len() as u64).collect();
    let mut order: Vec<u32> = (0u32..).take(sets.len()).collect();
    order.sort_by_key(|&row| totals[row as usize]);
    let threshold = Similarity::percent(50);
    let mut group = criterion.benchmark_group("candidates");
    group.throughput(Throughput::Elements(sets.len() as u64));
    group.bench_function("prefix join", |bencher| {
        bencher.iter(|| {
            let rows = WeightedRows { rows: &sets, weights: &[], totals: &totals };
            let index = PrefixIndex::build(rows, &order, Bar::of(threshold));
            let (mut seen, mut linked) = (Seen::default(), 0);
            for (position, &row) in order.iter().enumerate() {
                index.probe(position, &mut seen, |other| {
                    let (a, b) = (sets.row(row as usize), sets.row(order[other] as usize));
                    let shared = shared_weight(a, b, &[]);
                    let union = (a.len() + b.len()) as u64 - shared;
                    linked += usize::from(threshold.is_reached_by(shared, union));
                    Flow::Continue
                });
            }
            assert!(linked > 100, "{linked}");
        });
    });
    let hashes: Vec<u32> = (0u32..)
        .take(sets.items().iter().max().map_or(0, |&m| m as usize + 1))
        .map(scatter)
        .collect();
    group.bench_function("signatures and buckets", |bencher| {
        let banding = Banding { bands: 16, rows: 3 };
        let hasher = MinHasher::new(0, banding.permutations());
        bencher.iter(|| {
            let mut keyed = vec![Vec::new(); 16];
            let mut signature = vec![0; banding.permutations()];
            for &row in &order {
                let items: Vec<u32> =
                    sets.row(row as usize).iter().map(|&item| hashes[item as usize]).collect();
                hasher.signature(&items, &mut signature);
                for (band, minima) in keyed.iter_mut().zip(signature.chunks_exact(3)) {
                    band.push(u64::from(band_key(minima)) << 32 | u64::from(row));
                }
            }
            let families = Families::new(sets.len(), 256);
            let mut met = 0;
            for band in &mut keyed {
                band.sort_unstable();
                for bucket in buckets(band) {
                    let members: Vec<u32> =
                        bucket.iter().map(|&entry| position_of(entry)).collect();
                    met += families.compare(&members, |_, _| true).judged;
                }
            }
            assert!(met > 1_000, "{met}");
        });
    });
    group.finish();
}

fn verify_and_cluster(criterion: &mut Criterion) {
    let verses = verses();
    let (sequences, _) = word_rows(&verses);
    let pairs: Vec<(&[u32], &[u32])> = (0..sequences.len() - 1)
        .step_by(2)
        .map(|i| (sequences.row(i), sequences.row(i + 1)))
        .collect();
    let mut group = criterion.benchmark_group("verify");
    group.throughput(Throughput::Elements(pairs.len() as u64));
    group.bench_function("align", |bencher| {
        bencher.iter(|| {
            let runs = pairs.iter().filter(|(a, b)| align(a, b).longest_run > 1).count();
            assert!(runs * 10 > pairs.len() * 7, "{runs} of {}", pairs.len());
        });
    });
    group.bench_function("word edit", |bencher| {
        bencher.iter(|| {
            let alike = pairs.iter().filter(|(a, b)| word_edit(a, b) > Similarity::percent(20));
            assert!(alike.count() * 2 > pairs.len());
        });
    });
    group.finish();
    // Stars of ten: each hub with nine members, the last of them a little like the next hub too.
    let id = SentenceId::new;
    let mut links: Vec<Link> = (0..100_000_u32)
        .filter(|node| node % 10 > 0)
        .map(|node| Link {
            first: id(node - node % 10),
            second: id(node),
            similarity: Similarity::ONE,
        })
        .collect();
    links.extend((1..10_000).map(|hub| Link {
        first: id(hub * 10 - 1),
        second: id(hub * 10),
        similarity: Similarity::percent(40),
    }));
    links.sort_unstable();
    let mut group = criterion.benchmark_group("cluster");
    group.throughput(Throughput::Elements(links.len() as u64));
    group.bench_function("star", |bencher| {
        bencher.iter(|| {
            let members: usize =
                star(&links, |_| 1, 256).iter().map(|star| star.members.len()).sum();
            assert_eq!(members, 100_000);
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

criterion_group!(benches, stages, candidates, verify_and_cluster, end_to_end);
criterion_main!(benches);
