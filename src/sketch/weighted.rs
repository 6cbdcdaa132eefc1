//! Weighted MinHash: the same for sets whose elements have weights, as rare words weigh more than common ones.
//!
//! Each token x gets, in row i, a number u from (0, 1] that depends on i and x alone, and −log2(u)/w(x): the time at which
//! an exponential clock of rate w(x) rings. The row's value is the earliest time. The first clock of a set of clocks to ring
//! is x with probability w(x)/Σw, so two sets agree in a row exactly when the first clock of A ∪ B belongs to both:
//! with probability Σ_{A∩B} w / Σ_{A∪B} w, their weighted Jaccard similarity.
//!
//! This needs none of the consistent samplers for weights that differ from set to set (Ioffe 2010 and after), because here
//! the weight depends on the token alone. Two sentences are comparable only if their weights come from one table.
//!
//! All arithmetic is in integers, so that all machines draw the same first clock. u has 24 bits and is always odd, the
//! middle of one of 2²³ steps. Its logarithm is read from exponent and mantissa of the (exact) floating-point form, with a
//! quadratic correction: its error is below 3.2·10⁻⁴, and below 0.2 % of the value (and 4·10⁻⁶) towards u = 1, where
//! first clocks ring. Times are 32-bit
//! in units of 2⁻²³ bits per nat: two different tokens of a sentence of 300 nats tie with probability 10⁻⁵.
//!
//! Cost: about six multiplications per token and permutation, 16 (AVX-512) or 8 (AVX2) at once.

use std::ops::Range;

use super::coefficients::{BLOCK, Lanes, keep_lower, permutations, scatter};
use crate::mix::low32;
use crate::weight::{LEAST_WEIGHT, Weight};
use multiversion::multiversion;

/// Fraction bits of a logarithm, and of a time.
const FRACTION: u32 = 23;
/// 2²⁷/w for w in nats fits 32 bits down to the least weight, and keeps 23 bits of the greatest.
const INVERSE_BITS: u32 = 27;

/// Coefficients of the correction G of [`negative_log2`], in units of 2⁻¹⁶.
const G: [u32; 3] = [18_332, 5_206, 5_349];
/// The bits of 2²⁴ as a float.
const ONE: u32 = (127 + 24) << FRACTION;

/// Permutations side by side: one register of AVX-512, two of AVX2, four of SSE or NEON, since a logarithm takes several more.
pub const LANES: usize = 16;

/// Computes weighted MinHash signatures.
///
/// ```
/// use twicetold::sketch::{WeightedMinHasher, inverse_weight};
/// let nats = |nats: u32| inverse_weight(nats * 65_536);
/// let hasher = WeightedMinHasher::new(0, 1_000);
/// let (mut one, mut other) = (vec![0; 1_000], vec![0; 1_000]);
/// assert!(hasher.signature(&[1, 2, 3], &[nats(1), nats(6), nats(2)], &mut one));
/// assert!(hasher.signature(&[2, 3, 4], &[nats(6), nats(2), nats(1)], &mut other));
/// let equal = one.iter().zip(&other).filter(|(a, b)| a == b).count();
/// assert!((770..830).contains(&equal)); // 8 of 10 nats are shared
/// ```
#[derive(Clone, Debug)]
pub struct WeightedMinHasher {
    permutations: usize,
    lanes: Vec<Lanes<LANES>>,
}

impl WeightedMinHasher {
    /// The first so many permutations that a seed names.
    pub fn new(seed: u64, permutations: usize) -> Self {
        Self::of(seed, 0..permutations)
    }

    /// Some of the permutations that a seed names, by their numbers: others are independent of them.
    pub fn of(seed: u64, numbers: Range<usize>) -> Self {
        Self { permutations: numbers.len(), lanes: permutations(seed, numbers) }
    }

    /// The rows of a signature.
    pub const fn permutations(&self) -> usize {
        self.permutations
    }

    /// Writes the signature of a set of tokens into `out`, which has one place for each permutation;
    /// `inverse_weights` are those of the tokens, one each. Order and repetitions do not matter. `false` for the empty
    /// set, which has no signature.
    pub fn signature(&self, tokens: &[u32], inverse_weights: &[u32], out: &mut [u32]) -> bool {
        debug_assert_eq!(out.len(), self.permutations, "one place for each permutation");
        debug_assert_eq!(tokens.len(), inverse_weights.len(), "one weight for each token");
        out.fill(u32::MAX);
        for (block, inverse_weights) in tokens.chunks(BLOCK).zip(inverse_weights.chunks(BLOCK)) {
            lower((block, inverse_weights), &self.lanes, out);
        }
        !tokens.is_empty()
    }
}

/// The form in which signatures take a weight: 2²⁷ over the weight in nats. Weights below the least count as the least.
pub fn inverse_weight(weight: Weight) -> u32 {
    low32((1 << (INVERSE_BITS + 16)) / u64::from(weight.max(LEAST_WEIGHT)))
}

/// Lowers the earliest times found so far to those of at most a block of more tokens.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512dq+avx512cd",
    "x86_64+avx2+bmi2+fma",
    "x86_64+sse4.1",
    "aarch64+neon",
))]
fn lower((block, inverse_weights): (&[u32], &[u32]), lanes: &[Lanes<LANES>], out: &mut [u32]) {
    let scattered = &mut [0; BLOCK];
    let tokens = scatter(block, scattered);
    for (lanes, out) in lanes.iter().zip(out.chunks_mut(LANES)) {
        let mut earliest = [u32::MAX; LANES];
        for (&token, &inverse_weight) in tokens.iter().zip(inverse_weights) {
            let coefficients = lanes.multipliers.iter().zip(&lanes.offsets);
            for (earliest, (&multiplier, &offset)) in earliest.iter_mut().zip(coefficients) {
                let image = multiplier.wrapping_mul(token).wrapping_add(offset);
                *earliest = time(image, inverse_weight).min(*earliest);
            }
        }
        keep_lower(out, &earliest);
    }
}

/// When the clock of a token rings: −log2(u)/w in units of 2⁻²³.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
fn time(image: u32, inverse_weight: u32) -> u32 {
    low32((u64::from(negative_log2(image)) * u64::from(inverse_weight)) >> INVERSE_BITS)
}

/// −log2 of the number in (0, 1) that the upper bits of an image stand for, in units of 2⁻²³.
///
/// Bits of a float read as an integer are a logarithm that is linear between powers of two. With y = 1 − mantissa, the
/// straight line is above the true value by y·(1 − y)·G(y), where G is smooth and nearly straight; a quadratic in its place
/// (through its Chebyshev points) leaves an error of 3.2·10⁻⁴ in the middle and none at the ends.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
fn negative_log2(image: u32) -> u32 {
    #[expect(clippy::cast_precision_loss, reason = "24 bits: exact, on every machine")]
    let uniform = ((image >> 8) | 1) as f32;
    let line = ONE - uniform.to_bits();
    let y = ((line & ((1 << FRACTION) - 1)) + (1 << 6)) >> 7; // in units of 2⁻¹⁶, at most 1
    let parabola = (y * ((1 << 16) - y)) >> 14; // in units of 2⁻¹⁸, at most ¼
    let g = G[0] + (((G[1] + ((G[2] * y) >> 16)) * y) >> 16);
    line - ((parabola * g) >> (18 + 16 - FRACTION))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{draw, high32, mix32};
    use crate::weight::{NAT, natural_log};
    use proptest::prelude::*;

    /// The definition, one row at a time, without lanes, blocks or dispatch.
    fn by_definition(seed: u64, row: u64, tokens: &[(u32, u32)]) -> u32 {
        let bits = draw(seed, row);
        let image = |x: u32| (low32(bits) | 1).wrapping_mul(mix32(x)).wrapping_add(high32(bits));
        tokens.iter().map(|&(token, inverse)| time(image(token), inverse)).min().unwrap()
    }

    fn signature(seed: u64, permutations: usize, tokens: &[(u32, u32)]) -> Vec<u32> {
        let (tokens, inverse_weights): (Vec<_>, Vec<_>) = tokens.iter().copied().unzip();
        let mut out = vec![0; permutations];
        let hasher = WeightedMinHasher::new(seed, permutations);
        assert!(hasher.signature(&tokens, &inverse_weights, &mut out));
        out
    }

    #[test]
    fn the_integer_logarithm_is_close_to_the_true_one_everywhere() {
        let images =
            (0..32).flat_map(|bit| (0..400).map(move |step| draw(bit, step) >> (32 + bit)));
        for image in images.map(low32).flat_map(|image| [image, !image]) {
            let exact = -(f64::from((image >> 8) | 1) / f64::from(1 << 24)).log2();
            let error = f64::from(negative_log2(image)) / f64::from(1 << 23) - exact;
            assert!(error.abs() < 3.2e-4, "−log2 of {image:#x} is off by {error}");
            assert!(error.abs() < 2e-3 * exact + 4e-6, "−log2 of {image:#x} is off by {error}");
        }
    }

    #[test]
    fn no_time_overflows_even_at_the_least_weight() {
        let slowest = u64::from(negative_log2(0)) * u64::from(inverse_weight(0));
        assert!(slowest >> INVERSE_BITS < u64::from(u32::MAX));
        assert_eq!(negative_log2(0), 24 << FRACTION);
    }

    #[test]
    fn an_inverse_weight_keeps_six_digits() {
        for nats in [1, 5, 14, 22] {
            let product = u64::from(inverse_weight(nats * NAT)) * u64::from(nats);
            assert!(product.abs_diff(1 << INVERSE_BITS) < 1 << 7);
        }
        assert_eq!(inverse_weight(0), inverse_weight(LEAST_WEIGHT));
    }

    #[test]
    fn the_empty_set_has_no_signature() {
        assert!(!WeightedMinHasher::new(0, 8).signature(&[], &[], &mut [0; 8]));
    }

    fn weighted_tokens(most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
        let weight = (1_u64..10_000_000).prop_map(|n| inverse_weight(natural_log(n)));
        prop::collection::vec((any::<u32>(), weight), 1..most)
    }

    proptest! {
        #[test]
        fn the_chosen_kernel_agrees_with_the_definition_bit_for_bit(
            tokens in weighted_tokens(300), seed in any::<u64>(), permutations in 1_usize..100,
        ) {
            let expected: Vec<u32> = (0..).take(permutations).map(|row| by_definition(seed, row, &tokens)).collect();
            prop_assert_eq!(signature(seed, permutations, &tokens), expected);
        }

        #[test]
        fn order_and_repetitions_do_not_matter(tokens in weighted_tokens(200)) {
            let mut shuffled: Vec<_> = tokens.iter().rev().copied().collect();
            shuffled.push(tokens[0]);
            prop_assert_eq!(signature(3, 40, &tokens), signature(3, 40, &shuffled));
        }

        #[test]
        fn a_row_is_the_same_however_many_are_asked_for(tokens in weighted_tokens(50), rows in 1_usize..80) {
            prop_assert_eq!(&signature(9, 80, &tokens)[..rows], &signature(9, rows, &tokens)[..]);
        }
    }
}
