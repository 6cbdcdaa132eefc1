//! The bound behind the bitmaps: whether the difference they prove leaves room for a link.
//!
//! The formula stands in [`bitmap`](super::bitmap). Everything is exact: integers, a similarity in whole millionths, and
//! no division.

use super::bitmap::Bitmap;
use crate::ids::Similarity;
use crate::weight::{Bar, Weight};
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
    /// What has to be shared.
    pub bar: Bar,
}

/// Whether a symmetric difference of at least `bound` leaves room for a link: D·(1 + t) ≤ S·(1 − t), in millionths, and
/// S − D ≥ 2·O where O has to be shared. Exact. Without a branch, so that many are decided at once: products wrap only where a
/// total is past the limit.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
fn reaches(bound: u64, (a, b): (u64, u64), bar: Bar) -> bool {
    let difference = bound.max(a.abs_diff(b));
    let sum = a.wrapping_add(b);
    let leaves = |similarity: Similarity| {
        let millionths = u64::from(similarity.millionths());
        difference.wrapping_mul(1_000_000 + millionths) <= sum.wrapping_mul(1_000_000 - millionths)
    };
    let is_enough = difference.saturating_add(bar.least_shared.saturating_mul(2)) <= sum;
    (leaves(bar.threshold) & (is_enough | leaves(bar.without))) | (a.max(b) > GREATEST_TOTAL)
}

/// The least weight of the symmetric difference that the bitmaps prove, for one pair.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
fn difference<const WORDS: usize>(
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
        *passed = reaches(bound, (probe.total, total), probe.bar);
    }
}

/// Whether one pair can reach the bar.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512dq+avx512vpopcntdq+popcnt",
    "x86_64+avx2+bmi2+fma+popcnt",
    "x86_64+sse4.2+popcnt",
    "aarch64+neon",
))]
pub(super) fn passes<const WORDS: usize>(
    (a, b): (&Bitmap<WORDS>, &Bitmap<WORDS>),
    totals: (u64, u64),
    least: &[Weight; WORDS],
    bar: Bar,
) -> bool {
    reaches(difference(a.words(), b.words(), least), totals, bar)
}

/// Which pairs of a few sets can reach the bar, appended to `passed`. No branch depends on what is compared, so a processor
/// does not wait for one pair before it begins with the next.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512vl+avx512dq+avx512vpopcntdq+popcnt",
    "x86_64+avx2+bmi2+fma+popcnt",
    "x86_64+sse4.2+popcnt",
    "aarch64+neon",
))]
pub(super) fn pass_among<const WORDS: usize>(
    (sets, totals): (&[Bitmap<WORDS>], &[u64]),
    (least, bar): (&[Weight; WORDS], Bar),
    passed: &mut Vec<(usize, usize)>,
) {
    let mut found = passed.len();
    // One place more, for what is written and not kept.
    passed.resize(found + sets.len() * sets.len().saturating_sub(1) / 2 + 1, (0, 0));
    for a in 0..sets.len() {
        for b in a + 1..sets.len() {
            let bound = difference(sets[a].words(), sets[b].words(), least);
            passed[found] = (a, b);
            found += usize::from(reaches(bound, (totals[a], totals[b]), bar));
        }
    }
    passed.truncate(found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_out_of_reach_one_unit_past_its_room() {
        // At 0.25, 3 fifths of the sum of both weights may differ.
        let quarter = Bar::of(Similarity::ratio(1, 4));
        assert!(reaches(60, (50, 50), quarter));
        assert!(!reaches(61, (50, 50), quarter));
    }

    #[test]
    fn the_difference_of_totals_bounds_by_itself() {
        assert!(reaches(0, (50, 100), Bar::of(Similarity::ratio(1, 2))));
        assert!(!reaches(0, (49, 100), Bar::of(Similarity::ratio(1, 2))));
    }

    #[test]
    fn what_has_to_be_shared_beside_similarity_is_asked_for_below_the_one_that_asks_for_none() {
        let [threshold, without] = [25, 80].map(Similarity::percent);
        let bar = Bar { threshold, least_shared: 30, without };
        // Of 100 at most 30 are shared where 40 differ.
        assert!(reaches(40, (50, 50), bar));
        assert!(!reaches(41, (50, 50), bar));
        // Of 30 at most 13.5 are shared: too little, unless they are nearly all.
        assert!(reaches(3, (15, 15), bar));
        assert!(!reaches(4, (15, 15), bar));
    }

    #[test]
    fn a_total_past_the_limit_is_let_through_and_the_limit_itself_does_not_overflow() {
        assert!(reaches(u64::MAX, (u64::MAX, 0), Bar::of(Similarity::ONE)));
        assert!(!reaches(
            GREATEST_TOTAL,
            (GREATEST_TOTAL, GREATEST_TOTAL),
            Bar::of(Similarity::ONE)
        ));
        assert!(reaches(
            GREATEST_TOTAL,
            (GREATEST_TOTAL, GREATEST_TOTAL),
            Bar::of(Similarity::ZERO)
        ));
    }
}
