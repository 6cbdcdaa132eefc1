//! Parity bitmaps: a bound on the similarity of two sets that loses nothing and costs nanoseconds.
//!
//! Each token flips one bit. A bit that differs between two bitmaps was flipped an odd number of times by tokens that only
//! one of the sets holds, so the sets differ in at least as many tokens as the bitmaps differ in bits. With bits reserved
//! for classes of weights, class c from weight `w_c` upwards, the weight of the symmetric difference is `D ≥ Σ_c w_c·popcount_c`. It is
//! also at least the difference of the total weights. A pair can have (weighted) Jaccard t only if D ≤ S(1 − t)/(1 + t), where
//! S is the sum of both total weights.
//!
//! A false candidate is excluded in a few nanoseconds instead of a merge; every true one passes. In one class, the bound
//! prunes nothing for weights by rarity, since the least of them stands for all; in eight words that are given to
//! classes of weight by how often each weight occurs ([`WeightHistogram`]), some 0.05 % of random pairs of news sentences
//! pass at t = 0.3.
//!
//! Cost: 8 or 16 exclusive-ors and popcounts a pair. Sandes, Teodoro & Melo, *Bitmap filter: speeding up exact set
//! similarity joins with bitwise operations*, 2020; the classes of weights are ours.

use super::bound::{BLOCK, Probe, pass, pass_among, passes};
use super::layout::WeightHistogram;
use crate::mix::mix32;
use crate::weight::{Bar, Weight};

/// 64-bit words of the usual bitmap: 512 bits.
pub const SMALL_BITMAP: usize = 8;
/// 64-bit words of the bitmap for unweighted sets at thresholds below 0.45: 1,024 bits.
pub const WIDE_BITMAP: usize = 16;

/// The parity bitmap of a set. Only bitmaps of one [`BitmapLayout`] can be compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(align(64))]
pub struct Bitmap<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Bitmap<WORDS> {
    /// The bits, for storage.
    #[inline]
    pub const fn words(&self) -> &[u64; WORDS] {
        &self.0
    }

    /// A bitmap from storage.
    pub const fn from_words(words: [u64; WORDS]) -> Self {
        Self(words)
    }
}

/// Which bit a token flips, and what a differing bit weighs.
///
/// ```
/// use twicetold::ids::Similarity;
/// use twicetold::sketch::{BitmapLayout, SMALL_BITMAP};
/// use twicetold::weight::Bar;
/// let layout = BitmapLayout::<SMALL_BITMAP>::unweighted();
/// let bitmap = |set: std::ops::Range<u32>| layout.bitmap(set.map(|token| (token, 1)));
/// let half = Bar::of(Similarity::ratio(1, 2));
/// assert!(layout.may_reach(&bitmap(0..20), &bitmap(5..25), (20, 20), half)); // Jaccard is 15/25
/// assert!(!layout.may_reach(&bitmap(0..20), &bitmap(15..35), (20, 20), half)); // 5/35
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BitmapLayout<const WORDS: usize> {
    /// The least weight of a token that flips a bit of this word, ascending; words of one class have the same.
    least: [Weight; WORDS],
}

impl<const WORDS: usize> BitmapLayout<WORDS> {
    /// For sets whose elements all weigh 1: one class of all bits.
    pub const fn unweighted() -> Self {
        Self { least: [1; WORDS] }
    }

    /// For tokens that weigh what those of some sets weigh: the classes that are expected to prove the most.
    pub fn weighted(weights: &WeightHistogram) -> Self {
        Self { least: weights.classes() }
    }

    /// The bitmap of a set of tokens and their weights. Each token must come once, and weigh the same in every set. A token
    /// lighter than the layout's least flips no bit: the bound gets weaker, never wrong.
    pub fn bitmap(&self, set: impl IntoIterator<Item = (u32, Weight)>) -> Bitmap<WORDS> {
        let mut words = [0; WORDS];
        // By how many classes are no heavier than a token: the first of the heaviest of them.
        let first: [usize; WORDS] =
            std::array::from_fn(|last| count(&self.least, |least| least < self.least[last]));
        for (token, weight) in set {
            let lighter = count(&self.least, |least| least <= weight);
            let Some(first) = lighter.checked_sub(1).map(|last| first[last]) else {
                continue;
            };
            let bit = mix32(token);
            let word = first + (bit >> 6) as usize % (lighter - first);
            words[word] ^= 1 << (bit & 63);
        }
        Bitmap(words)
    }

    /// Whether two sets with these bitmaps and total weights can share what the bar asks for. `true` for every pair that does.
    pub fn may_reach(
        &self,
        a: &Bitmap<WORDS>,
        b: &Bitmap<WORDS>,
        totals: (u64, u64),
        bar: Bar,
    ) -> bool {
        passes((a, b), totals, &self.least, bar)
    }

    /// Calls `each` with the positions of the sets that can share with the probe what its bar asks for, in order.
    /// `totals` are the sets' total weights. A few nanoseconds a set where the bitmaps are in cache.
    pub fn survivors(
        &self,
        probe: Probe<'_, WORDS>,
        others: &[Bitmap<WORDS>],
        totals: &[u64],
        mut each: impl FnMut(usize),
    ) {
        debug_assert_eq!(others.len(), totals.len(), "one total for each bitmap");
        let mut passed = [false; BLOCK];
        let mut start = 0;
        for (others, totals) in others.chunks(BLOCK).zip(totals.chunks(BLOCK)) {
            pass(probe, (others, totals), &self.least, &mut passed);
            let passed = passed.iter().take(others.len());
            for (position, _) in (start..).zip(passed).filter(|&(_, &passed)| passed) {
                each(position);
            }
            start += BLOCK;
        }
    }

    /// Appends the pairs of sets that can share what the bar asks for, in order; `totals` are the sets' total weights. For a
    /// few sets, where one [probe](Self::survivors) after the other takes longer.
    pub fn survivors_among(
        &self,
        sets: &[Bitmap<WORDS>],
        totals: &[u64],
        bar: Bar,
        passed: &mut Vec<(usize, usize)>,
    ) {
        debug_assert_eq!(sets.len(), totals.len(), "one total for each bitmap");
        pass_among((sets, totals), (&self.least, bar), passed);
    }
}

/// How many classes, which ascend, are as asked: all of them are looked at, since that takes no branch.
fn count<const WORDS: usize>(least: &[Weight; WORDS], is: impl Fn(Weight) -> bool) -> usize {
    least.iter().fold(0, |count, &least| count + u32::from(is(least))) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Similarity;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Set = BTreeMap<u32, Weight>;
    const GREATEST: Weight = 900_000;
    const LEAST: Weight = 3_276;

    /// Two sets that share part of their tokens; a token's weight depends on the token alone.
    fn two_sets(unweighted: bool) -> impl Strategy<Value = (Set, Set)> {
        let weight = move |token: u32| {
            if unweighted { 1 } else { LEAST + mix32(token ^ 0x5bd1) % (GREATEST - LEAST) }
        };
        let tokens = move || {
            prop::collection::vec(any::<u32>(), 0..40)
                .prop_map(move |tokens| tokens.into_iter().map(|x| (x, weight(x))).collect::<Set>())
        };
        (tokens(), tokens(), tokens()).prop_map(|(shared, mut a, mut b)| {
            a.extend(&shared);
            b.extend(&shared);
            (a, b)
        })
    }

    /// Sets of tokens of all weights up to a greatest one.
    fn up_to(greatest: Weight) -> WeightHistogram {
        let mut histogram = WeightHistogram::new(greatest);
        histogram.add((1..=20).map(|part| (greatest / 20 * part).max(LEAST)));
        histogram
    }

    fn total(set: &Set) -> u64 {
        set.values().map(|&weight| u64::from(weight)).sum()
    }

    fn keeps_every_similar_pair<const WORDS: usize>(
        layout: &BitmapLayout<WORDS>,
        (a, b): &(Set, Set),
    ) -> Result<(), TestCaseError> {
        let shared =
            total(&a.iter().filter(|(x, _)| b.contains_key(x)).map(|(&x, &w)| (x, w)).collect());
        let totals = (total(a), total(b));
        let bitmap = |set: &Set| layout.bitmap(set.iter().map(|(&x, &w)| (x, w)));
        let exact = Similarity::ratio(shared, totals.0 + totals.1 - shared);
        for lower in [exact.millionths(), exact.millionths() / 2, 0] {
            let threshold = Similarity::ratio(u64::from(lower), 1_000_000);
            prop_assert!(layout.may_reach(&bitmap(a), &bitmap(b), totals, Bar::of(threshold)));
            let evidence = Bar { threshold, least_shared: shared, without: Similarity::ONE };
            prop_assert!(layout.may_reach(&bitmap(a), &bitmap(b), totals, evidence));
            let without = Bar { threshold, least_shared: u64::MAX, without: threshold };
            prop_assert!(layout.may_reach(&bitmap(a), &bitmap(b), totals, without));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_pair_as_similar_as_its_threshold_is_lost(weighted in two_sets(false), unweighted in two_sets(true)) {
            let layout = BitmapLayout::<SMALL_BITMAP>::weighted(&up_to(GREATEST));
            keeps_every_similar_pair(&layout, &weighted)?;
            keeps_every_similar_pair(&BitmapLayout::<WIDE_BITMAP>::weighted(&up_to(GREATEST)), &weighted)?;
            keeps_every_similar_pair(&BitmapLayout::<SMALL_BITMAP>::unweighted(), &unweighted)?;
            keeps_every_similar_pair(&BitmapLayout::<WIDE_BITMAP>::unweighted(), &unweighted)?;
        }

        #[test]
        fn a_wrong_range_weakens_the_bound_and_loses_nothing(weighted in two_sets(false), greatest in 0..GREATEST) {
            keeps_every_similar_pair(&BitmapLayout::<SMALL_BITMAP>::weighted(&up_to(greatest)), &weighted)?;
        }

        #[test]
        fn many_at_once_survive_as_they_do_one_by_one(
            words in prop::collection::vec((any::<[u64; 8]>(), 0_u64..200_000_000), 0..200), threshold in 0_u64..=100,
            least_shared in 0_u64..100_000_000,
        ) {
            let layout = BitmapLayout::<SMALL_BITMAP>::weighted(&up_to(GREATEST));
            let (others, totals): (Vec<_>, Vec<_>) =
                words.into_iter().map(|(words, total)| (Bitmap::from_words(words), total)).unzip();
            let own = Bitmap::from_words([0x0f0f_3355_7c41_9a3e; 8]);
            let [threshold, without] = [threshold, 80].map(|percent| Similarity::ratio(percent, 100));
            let bar = Bar { threshold, least_shared, without };
            let probe = Probe { bitmap: &own, total: 150_000_000, bar };
            let mut survivors = Vec::new();
            layout.survivors(probe, &others, &totals, |position| survivors.push(position));
            let expected: Vec<usize> = (0..others.len())
                .filter(|&other| layout.may_reach(&own, &others[other], (probe.total, totals[other]), probe.bar))
                .collect();
            prop_assert_eq!(survivors, expected);
            let mut among = Vec::new();
            layout.survivors_among(&others, &totals, bar, &mut among);
            let pairs = (0..others.len()).flat_map(|a| (a + 1..others.len()).map(move |b| (a, b)));
            let may_reach = |&(a, b): &(usize, usize)| layout.may_reach(&others[a], &others[b], (totals[a], totals[b]), bar);
            prop_assert_eq!(among, pairs.filter(may_reach).collect::<Vec<_>>());
        }
    }

    #[test]
    fn equal_sets_survive_a_threshold_of_one_and_others_do_not() {
        let layout = BitmapLayout::<SMALL_BITMAP>::unweighted();
        let bitmap = |end: u32| layout.bitmap((0..end).map(|token| (token, 1)));
        assert!(layout.may_reach(&bitmap(20), &bitmap(20), (20, 20), Bar::of(Similarity::ONE)));
        assert!(!layout.may_reach(&bitmap(20), &bitmap(19), (20, 19), Bar::of(Similarity::ONE)));
    }

    #[test]
    fn a_token_flips_a_bit_of_the_heaviest_class_that_it_reaches() {
        let layout = BitmapLayout::<4> { least: [10, 100, 300, 300] };
        assert_eq!(layout.bitmap([(1, 9)]), Bitmap([0; 4]));
        let ones = |weight| layout.bitmap([(1, weight)]).words().map(u64::count_ones);
        assert_eq!(ones(10), [1, 0, 0, 0]);
        assert_eq!(ones(299), [0, 1, 0, 0]);
        let heavy = layout.bitmap((1..40).map(|token| (token, 300)));
        assert!(heavy.words()[..2] == [0; 2] && heavy.words()[2..].iter().all(|word| *word != 0));
    }

    #[test]
    fn the_bound_of_weight_classes_excludes_most_random_pairs() {
        let layout = BitmapLayout::<SMALL_BITMAP>::weighted(&up_to(GREATEST));
        let sentence = |seed: u32| -> Set {
            (0..20)
                .map(|i| mix32(seed * 20 + i) % 30_000)
                .map(|x| (x, LEAST + mix32(x) % (GREATEST - LEAST)))
                .collect()
        };
        let sets: Vec<Set> = (0..100).map(sentence).collect();
        let bitmap = |set: &Set| layout.bitmap(set.iter().map(|(&x, &w)| (x, w)));
        let pairs = (0..100).flat_map(|a| (0..a).map(move |b| (a, b)));
        let passed = pairs.filter(|&(a, b)| {
            let totals = (total(&sets[a]), total(&sets[b]));
            layout.may_reach(
                &bitmap(&sets[a]),
                &bitmap(&sets[b]),
                totals,
                Bar::of(Similarity::ratio(3, 10)),
            )
        });
        assert!(passed.count() < 50);
    }
}
