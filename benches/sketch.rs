//! Signatures and bitmaps: time per sentence, and per pair of a brute-force pass.
//!
//! Shapes are those of news sentences: 19 words of 0.05 to 14 nats, or 107 character 4-grams; permutations are those of the
//! default contracts (46 × 3) and of `noisy` (29 × 4 and more).

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use twicetold::ids::Similarity;
use twicetold::mix::{draw, low32};
use twicetold::sketch::{
    BitmapLayout, MinHasher, Probe, SMALL_BITMAP, WIDE_BITMAP, WeightHistogram, WeightedMinHasher,
    inverse_weight,
};
use twicetold::weight::{Bar, LEAST_WEIGHT, NAT};

const SENTENCES: u64 = 4_096;
const GREATEST: u32 = 14 * NAT;

fn tokens(sentence: u64, count: u64) -> Vec<u32> {
    (0..count).map(|position| low32(draw(sentence, position))).collect()
}

fn weight(token: u32) -> u32 {
    LEAST_WEIGHT + token % (GREATEST - LEAST_WEIGHT)
}

fn signatures(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("signature");
    let grams = tokens(1, 107);
    for permutations in [64, 256] {
        let hasher = MinHasher::new(0, permutations);
        let mut out = vec![0; permutations];
        group.throughput(Throughput::Elements(107 * u64::try_from(permutations).unwrap_or(1)));
        group.bench_function(format!("107 grams, {permutations} permutations"), |bencher| {
            bencher.iter(|| hasher.signature(black_box(&grams), &mut out));
        });
    }
    let words = tokens(2, 19);
    let inverse: Vec<u32> = words.iter().map(|&word| inverse_weight(weight(word))).collect();
    let hasher = WeightedMinHasher::new(0, 138);
    let mut out = vec![0; 138];
    group.throughput(Throughput::Elements(19 * 138));
    group.bench_function("19 weighted words, 138 permutations", |bencher| {
        bencher.iter(|| hasher.signature(black_box(&words), &inverse, &mut out));
    });
    group.finish();
}

fn bitmaps(criterion: &mut Criterion) {
    let mut usual = WeightHistogram::new(GREATEST);
    (0..SENTENCES).for_each(|sentence| usual.add(tokens(sentence, 20).into_iter().map(weight)));
    let words = BitmapLayout::<SMALL_BITMAP>::weighted(&usual);
    one_against_all(criterion, "512 bits by weight", &words, 19, weight);
    let grams = BitmapLayout::<WIDE_BITMAP>::unweighted();
    one_against_all(criterion, "1024 bits", &grams, 107, |_| 1);
}

fn one_against_all<const WORDS: usize>(
    criterion: &mut Criterion,
    name: &str,
    layout: &BitmapLayout<WORDS>,
    size: u64,
    weight: fn(u32) -> u32,
) {
    let sets = (0..SENTENCES).map(|sentence| {
        let set = tokens(sentence, size);
        let total: u64 = set.iter().map(|&token| u64::from(weight(token))).sum();
        (layout.bitmap(set.into_iter().map(|token| (token, weight(token)))), total)
    });
    let (bitmaps, totals): (Vec<_>, Vec<_>) = sets.unzip();
    let threshold = Similarity::ratio(3, 10);
    let mut group = criterion.benchmark_group("bitmap, one against 4,096");
    group.throughput(Throughput::Elements(SENTENCES));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let probe = Probe { bitmap: &bitmaps[0], total: totals[0], bar: Bar::of(threshold) };
            let mut survivors = 0;
            layout.survivors(probe, black_box(&bitmaps), &totals, |_| survivors += 1);
            // The sentence itself, and hardly another: a faster pass that finds fewer is no pass.
            assert!((1..SENTENCES / 10).contains(&survivors), "{survivors} survivors");
        });
    });
    group.finish();
}

criterion_group!(benches, signatures, bitmaps);
criterion_main!(benches);
