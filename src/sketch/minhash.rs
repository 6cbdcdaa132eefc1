//! MinHash: which sets are alike, from the minima of random permutations.
//!
//! Row i of a signature is the least image of the set under permutation i. Two sets have the same least image exactly when
//! the element that holds it is common to both, which happens with probability |A ∩ B| / |A ∪ B|, their Jaccard similarity J.
//! The share of equal rows among n estimates J without bias and with variance J(1 − J)/n, and the rows are independent, so
//! the banding formula 1 − (1 − J^rows)^bands holds.
//!
//! Cost: one multiplication, one addition and one minimum per element and permutation, 16 (AVX-512) or 8 (AVX2) at once.
//! For sets of 20 to 100 elements this is cheaper than any of the cleverer sketches (one permutation with densification,
//! and so on), whose rows depend on one another when the set is smaller than the signature.
//!
//! Broder, *On the resemblance and containment of documents*, 1997.

use std::ops::Range;

use super::coefficients::{BLOCK, Lanes, keep_lower, permutations, scatter};
use multiversion::multiversion;

/// Permutations side by side: two registers of AVX-512, four of AVX2, eight of SSE or NEON.
const LANES: usize = 32;

/// Computes MinHash signatures.
///
/// ```
/// use twicetold::sketch::MinHasher;
/// let hasher = MinHasher::new(0, 1_000);
/// let (mut one, mut other) = (vec![0; 1_000], vec![0; 1_000]);
/// assert!(hasher.signature(&[1, 2, 3], &mut one));
/// assert!(hasher.signature(&[4, 3, 2], &mut other));
/// let equal = one.iter().zip(&other).filter(|(a, b)| a == b).count();
/// assert!((450..550).contains(&equal)); // Jaccard is 2/4
/// assert!(!hasher.signature(&[], &mut one)); // an empty set has no signature
/// ```
#[derive(Clone, Debug)]
pub struct MinHasher {
    permutations: usize,
    lanes: Vec<Lanes<LANES>>,
}

impl MinHasher {
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

    /// Writes the signature of a set into `out`, which has one place for each permutation. Order and repetitions of the
    /// elements do not matter. `false` for the empty set, which has no signature: it is like nothing, not even like
    /// another empty set.
    pub fn signature(&self, set: &[u32], out: &mut [u32]) -> bool {
        debug_assert_eq!(out.len(), self.permutations, "one place for each permutation");
        out.fill(u32::MAX);
        for block in set.chunks(BLOCK) {
            lower(block, &self.lanes, out);
        }
        !set.is_empty()
    }
}

/// Lowers the minima found so far to those of at most a block of more elements.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512dq",
    "x86_64+avx2+bmi2+fma",
    "x86_64+sse4.1",
    "aarch64+neon",
))]
fn lower(block: &[u32], lanes: &[Lanes<LANES>], out: &mut [u32]) {
    let scattered = &mut [0; BLOCK];
    let elements = scatter(block, scattered);
    for (lanes, out) in lanes.iter().zip(out.chunks_mut(LANES)) {
        let mut least = [u32::MAX; LANES];
        for &element in elements {
            let coefficients = lanes.multipliers.iter().zip(&lanes.offsets);
            for (least, (&multiplier, &offset)) in least.iter_mut().zip(coefficients) {
                *least = multiplier.wrapping_mul(element).wrapping_add(offset).min(*least);
            }
        }
        keep_lower(out, &least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::{draw, high32, low32, mix32};
    use proptest::prelude::*;

    /// The definition, one row at a time, without lanes, blocks or dispatch.
    fn by_definition(seed: u64, row: u64, set: &[u32]) -> u32 {
        let bits = draw(seed, row);
        let image = |&x: &u32| (low32(bits) | 1).wrapping_mul(mix32(x)).wrapping_add(high32(bits));
        set.iter().map(image).min().unwrap()
    }

    fn signature(seed: u64, permutations: usize, set: &[u32]) -> Vec<u32> {
        let mut out = vec![0; permutations];
        assert!(MinHasher::new(seed, permutations).signature(set, &mut out));
        out
    }

    #[test]
    fn the_empty_set_has_no_signature() {
        assert!(!MinHasher::new(0, 8).signature(&[], &mut [0; 8]));
    }

    proptest! {
        #[test]
        fn the_chosen_kernel_agrees_with_the_definition_bit_for_bit(
            set in prop::collection::vec(any::<u32>(), 1..300), seed in any::<u64>(), permutations in 1_usize..100,
        ) {
            let expected: Vec<u32> = (0..).take(permutations).map(|row| by_definition(seed, row, &set)).collect();
            prop_assert_eq!(signature(seed, permutations, &set), expected);
        }

        #[test]
        fn rows_are_numbered_from_wherever_one_begins(set in prop::collection::vec(any::<u32>(), 1..50), start in 0_usize..70) {
            let mut out = vec![0; 80 - start];
            prop_assert!(MinHasher::of(9, start..80).signature(&set, &mut out));
            prop_assert_eq!(&signature(9, 80, &set)[start..], &out[..]);
        }

        #[test]
        fn order_and_repetitions_do_not_matter(set in prop::collection::vec(any::<u32>(), 1..200)) {
            let mut shuffled: Vec<u32> = set.iter().rev().copied().collect();
            shuffled.push(set[0]);
            prop_assert_eq!(signature(3, 40, &set), signature(3, 40, &shuffled));
        }

        #[test]
        fn a_row_is_the_same_however_many_are_asked_for(set in prop::collection::vec(any::<u32>(), 1..50), rows in 1_usize..80) {
            prop_assert_eq!(&signature(9, 80, &set)[..rows], &signature(9, rows, &set)[..]);
        }
    }
}
