//! What the recall contract rests on: signatures estimate without bias, vary as coin tosses do, and their bands find
//! pairs as often as the formula says. Seeds are fixed; bounds are four standard errors of the binomial.

use twicetold::mix::{draw, low32};
use twicetold::sketch::{MinHasher, WeightedMinHasher, inverse_weight};

const NATS: f64 = 65_536.0;

/// A set of tokens with weights in nats.
type Set = Vec<(u32, f64)>;

/// Two unweighted sets of `size` random ids, `shared` of them in common.
fn two_sets(seed: u64, size: u64, shared: u64) -> (Set, Set) {
    let ids = |range: std::ops::Range<u64>| range.map(|x| (low32(draw(seed, x)), 1.0)).collect();
    (ids(0..size), ids(size - shared..2 * size - shared))
}

/// Weights from the least (0.05 nats) to 14 nats, most of the weight in few tokens.
fn skewed(seed: u64, tokens: std::ops::Range<u32>) -> Set {
    let weight = |x: u32| [0.05, 0.1, 0.4, 1.2, 3.0, 6.5, 9.0, 14.0][(x % 8) as usize];
    tokens.map(|x| (low32(draw(seed, u64::from(x))), weight(x))).collect()
}

fn jaccard(a: &Set, b: &Set) -> f64 {
    let shared: f64 = a.iter().filter(|x| b.contains(x)).map(|x| x.1).sum();
    shared / (a.iter().chain(b).map(|x| x.1).sum::<f64>() - shared)
}

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Weighted,
}

fn signature(kind: Kind, seed: u64, set: &Set, rows: usize) -> Vec<u32> {
    let tokens: Vec<u32> = set.iter().map(|x| x.0).collect();
    let mut out = vec![0; rows];
    let signed = match kind {
        Kind::Plain => MinHasher::new(seed, rows).signature(&tokens, &mut out),
        Kind::Weighted => {
            let inverse: Vec<u32> = set.iter().map(|x| inverse_weight(units(x.1))).collect();
            WeightedMinHasher::new(seed, rows).signature(&tokens, &inverse, &mut out)
        }
    };
    assert!(signed);
    out
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights of a few nats"
)]
fn units(nats: f64) -> u32 {
    (nats * NATS).round() as u32
}

fn equal_rows(kind: Kind, seed: u64, (a, b): &(Set, Set), rows: usize) -> Vec<bool> {
    let (a, b) = (signature(kind, seed, a, rows), signature(kind, seed, b, rows));
    a.iter().zip(&b).map(|(a, b)| a == b).collect()
}

fn share(equal: &[bool]) -> f64 {
    equal.iter().map(|&equal| f64::from(u8::from(equal))).sum::<f64>()
        / equal.iter().map(|_| 1.0).sum::<f64>()
}

#[test]
fn a_minhash_estimate_is_unbiased_and_varies_as_coin_tosses_do() {
    const TRIALS: u32 = 1_000;
    const ROWS: u32 = 128;
    for size in [20_u64, 100] {
        for percent in [20, 35, 50, 80] {
            let shared = 2 * size * percent / (100 + percent);
            let exact = jaccard(&two_sets(0, size, shared).0, &two_sets(0, size, shared).1);
            let errors: Vec<f64> = (0..u64::from(TRIALS))
                .map(|trial| {
                    let sets = two_sets(trial, size, shared);
                    share(&equal_rows(Kind::Plain, trial, &sets, ROWS as usize)) - exact
                })
                .collect();
            let binomial = exact * (1.0 - exact) / f64::from(ROWS);
            let mean = errors.iter().sum::<f64>() / f64::from(TRIALS);
            assert!(
                mean.abs() < 4.0 * (binomial / f64::from(TRIALS)).sqrt(),
                "n={size} J={exact}: bias {mean}"
            );
            // The sample variance of 1,000 trials has a relative standard error of √(2/1,000) = 4.5 %.
            let variance =
                errors.iter().map(|error| error * error).sum::<f64>() / f64::from(TRIALS);
            assert!(
                (variance / binomial - 1.0).abs() < 0.18,
                "n={size} J={exact}: variance ×{}",
                variance / binomial
            );
        }
    }
}

#[test]
fn ids_in_sequence_are_as_good_as_random_ones() {
    let ids = |range: std::ops::Range<u32>| -> Set { range.map(|x| (x, 1.0)).collect() };
    let sets = (ids(0..30), ids(10..40));
    let equal: Vec<bool> =
        (0..400).flat_map(|seed| equal_rows(Kind::Plain, seed, &sets, 256)).collect();
    assert!((share(&equal) - 0.5).abs() < 4.0 * (0.25_f64 / 102_400.0).sqrt());
}

#[test]
fn a_weighted_estimate_is_unbiased_for_weights_from_a_twentieth_to_fourteen_nats() {
    // One heavy token apart, light tokens apart, half of everything apart, one light token against the rest.
    for (a, b) in [(0..15, 0..16), (0..24, 3..24), (0..12, 4..20), (0..8, 0..1)] {
        let sets = (skewed(1, a), skewed(1, b));
        let exact = jaccard(&sets.0, &sets.1);
        let equal: Vec<bool> =
            (0..4_000).flat_map(|seed| equal_rows(Kind::Weighted, seed, &sets, 256)).collect();
        let bias = share(&equal) - exact;
        assert!(bias.abs() < 0.002, "J={exact}: bias {bias}");
    }
}

#[test]
fn different_tokens_hardly_ever_tie() {
    // Two sentences of 340 nats without a common token: 4 rows of 1,024,000 are expected to tie, 100 are the limit.
    let sets = (skewed(1, 0..80), skewed(1, 80..160));
    let ties: usize = (0..4_000)
        .map(|seed| {
            equal_rows(Kind::Weighted, seed, &sets, 256).iter().filter(|&&equal| equal).count()
        })
        .sum();
    assert!(ties < 100, "{ties} ties");
}

/// The share of random pairs that agree on a whole band, and how far it is from the formula in standard errors.
fn band_recall(kind: Kind, bands: usize, rows: usize, sets: impl Fn(u64) -> (Set, Set)) -> f64 {
    const TRIALS: u32 = 3_000;
    let similarity = jaccard(&sets(0).0, &sets(0).1);
    let found: Vec<bool> = (0..u64::from(TRIALS))
        .map(|trial| {
            let equal = equal_rows(kind, trial, &sets(trial), bands * rows);
            equal.chunks(rows).any(|band| band.iter().all(|&equal| equal))
        })
        .collect();
    let power = |base: f64, exponent: usize| std::iter::repeat_n(base, exponent).product::<f64>();
    let formula = 1.0 - power(1.0 - power(similarity, rows), bands);
    let deviation = (formula * (1.0 - formula) / f64::from(TRIALS)).sqrt();
    (share(&found) - formula) / deviation
}

#[test]
fn bands_of_minhash_find_pairs_as_often_as_the_formula_says() {
    for (size, shared, bands, rows) in
        [(20, 8, 20, 3), (100, 52, 24, 4), (20, 13, 12, 4), (100, 89, 4, 8)]
    {
        let deviation =
            band_recall(Kind::Plain, bands, rows, |trial| two_sets(trial, size, shared));
        assert!(
            deviation.abs() < 4.0,
            "{bands} × {rows}, {shared} of {size}: {deviation} standard errors"
        );
    }
}

#[test]
fn bands_of_weighted_minhash_find_pairs_as_often_as_the_formula_says() {
    for (tokens, other, bands, rows) in
        [(0..16, 6..24, 46, 3), (0..16, 7..22, 20, 3), (0..24, 3..24, 4, 6)]
    {
        let sets = |trial| (skewed(trial, tokens.clone()), skewed(trial, other.clone()));
        let deviation = band_recall(Kind::Weighted, bands, rows, sets);
        assert!(
            deviation.abs() < 4.0,
            "{bands} × {rows}, {tokens:?} and {other:?}: {deviation} standard errors"
        );
    }
}
