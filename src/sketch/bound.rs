//! The bound behind the bitmaps: whether the difference they prove leaves room for a threshold.
//!
//! The formula stands in [`bitmap`](super::bitmap). Everything is exact: integers, a similarity in whole millionths, and
//! no division.

use super::bitmap::Bitmap;
use crate::ids::Similarity;
use crate::weight::Weight;
use multiversion::multiversion;

/// Pairs whose bounds are computed at a time, into a buffer on the stack.
pub(super) const BLOCK: usize = 64;
/// Past this total weight (10⁷ words) a set is not bounded but let through, so that products stay in 64 bits.
const GREATEST_TOTAL: u64 = 1 << 42;

/// One set against many.
#[derive(Clone, Copy, Debug)]
pub struct Probe<'a, const WORDS: usize> {
    /// Its bitmap.
    pub bitmap: &'a Bitmap<WORDS>,
    /// Its total weight.
    pub total: u64,
    /// The similarity to be reached.
    pub threshold: Similarity,
}

/// Whether a symmetric difference of at least `bound` leaves room for the threshold: D·(1 + t) ≤ S·(1 − t), in millionths.
/// Exact. Without a branch, so that many are decided at once: products wrap only where a total is past the limit.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
pub(super) fn reaches(bound: u64, (a, b): (u64, u64), threshold: Similarity) -> bool {
    let threshold = u64::from(threshold.millionths());
    let difference = bound.max(a.abs_diff(b)).wrapping_mul(1_000_000 + threshold);
    let room = a.wrapping_add(b).wrapping_mul(1_000_000 - threshold);
    difference <= room || a.max(b) > GREATEST_TOTAL
}

/// The least weight of the symmetric difference that the bitmaps prove, for one pair.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
pub(super) fn difference<const WORDS: usize>(
    a: &[u64; WORDS],
    b: &[u64; WORDS],
    least: &[Weight; WORDS],
) -> u64 {
    let mut weight = 0;
    for ((a, b), &least) in a.iter().zip(b).zip(least) {
        weight += u64::from((a ^ b).count_ones()) * u64::from(least);
    }
    weight
}

/// Which of at most a block of sets can reach the probe's threshold.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512dq+avx512vpopcntdq+popcnt",
    "x86_64+avx2+bmi2+fma+popcnt",
    "x86_64+sse4.2+popcnt",
    "aarch64+neon",
))]
pub(super) fn pass<const WORDS: usize>(
    probe: Probe<'_, WORDS>,
    (others, totals): (&[Bitmap<WORDS>], &[u64]),
    least: &[Weight; WORDS],
    passed: &mut [bool; BLOCK],
) {
    let mut bounds = [0; BLOCK];
    for (bound, other) in bounds.iter_mut().zip(others) {
        *bound = difference(probe.bitmap.words(), other.words(), least);
    }
    for (passed, (&bound, &total)) in passed.iter_mut().zip(bounds.iter().zip(totals)) {
        *passed = reaches(bound, (probe.total, total), probe.threshold);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_out_of_reach_one_unit_past_its_room() {
        // At 0.25, 3 fifths of the sum of both weights may differ.
        let quarter = Similarity::ratio(1, 4);
        assert!(reaches(60, (50, 50), quarter));
        assert!(!reaches(61, (50, 50), quarter));
    }

    #[test]
    fn the_difference_of_totals_bounds_by_itself() {
        assert!(reaches(0, (50, 100), Similarity::ratio(1, 2)));
        assert!(!reaches(0, (49, 100), Similarity::ratio(1, 2)));
    }

    #[test]
    fn a_total_past_the_limit_is_let_through_and_the_limit_itself_does_not_overflow() {
        assert!(reaches(u64::MAX, (u64::MAX, 0), Similarity::ONE));
        assert!(!reaches(GREATEST_TOTAL, (GREATEST_TOTAL, GREATEST_TOTAL), Similarity::ONE));
        assert!(reaches(GREATEST_TOTAL, (GREATEST_TOTAL, GREATEST_TOTAL), Similarity::ZERO));
    }
}
