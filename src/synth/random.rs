//! Random numbers by counting: what a stream gives at a position depends on nothing that was drawn before it.

use crate::mix::{draw, high32, low32, mix64};

/// What a stream of random numbers is for; streams of two purposes have nothing in common.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// The sizes and places of clusters in a block.
    Layout = 1,
    /// The first sentence of a cluster.
    Base,
    /// What is done to a copy.
    Edit,
    /// Source and date.
    Origin,
    /// The templates of the `templated` preset.
    Template,
    /// The stories of the `syndicated` preset.
    Story,
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Draws {
    state: u64,
}

impl Draws {
    /// The stream of a purpose and a number under a seed.
    pub(super) fn new(seed: u64, purpose: Purpose, number: u64) -> Self {
        let purposes = mix64(seed ^ 0x5eed_0f74_7769_6365).wrapping_add(purpose as u64);
        Self { state: draw(purposes, number) }
    }

    /// The next 64 random bits.
    #[inline]
    pub(super) fn bits(&mut self) -> u64 {
        // SplitMix64: the state is a counter, so that a stream has no memory but its position.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix64(self.state)
    }

    /// A number under a bound; 0 under 0. The bias of the multiplication is under 2⁻³² for bounds under 2³².
    #[inline]
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.bits()) * (bound as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// The same for numbers of 32 bits.
    #[inline]
    pub(super) fn below32(&mut self, bound: u32) -> u32 {
        u32::try_from((u128::from(self.bits()) * u128::from(bound)) >> 64).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// A rank under Zipf's law: every doubling of the rank is equally likely, so that a rank's chance falls as 1/rank.
    /// Ranks are from 2^`first` to 2^`last` − 1. Integers only, for no machine may disagree.
    #[inline]
    pub(super) fn zipf(&mut self, first: u32, last: u32) -> u32 {
        let bits = self.bits();
        let octave = first + high32(u64::from(high32(bits)) * u64::from(last - first));
        // The lower half of the bits says where in the octave; ranks stay far under 2³².
        (1 << octave) + high32(u64::from(low32(bits)) << octave)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_the_same_each_time_and_another_for_every_purpose() {
        let drawn = |purpose, number| {
            let mut draws = Draws::new(7, purpose, number);
            [draws.bits(), draws.bits(), draws.bits()]
        };
        assert_eq!(drawn(Purpose::Base, 3), drawn(Purpose::Base, 3));
        assert_ne!(drawn(Purpose::Base, 3), drawn(Purpose::Edit, 3));
        assert_ne!(drawn(Purpose::Base, 3), drawn(Purpose::Base, 4));
    }

    #[test]
    fn every_octave_of_ranks_is_equally_likely() {
        let mut draws = Draws::new(1, Purpose::Base, 0);
        let mut octaves = [0_u32; 4];
        for _ in 0..40_000 {
            let rank = draws.zipf(4, 8);
            octaves[rank.ilog2() as usize - 4] += 1;
        }
        assert!(octaves.iter().all(|&count| count.abs_diff(10_000) < 400), "{octaves:?}");
    }
}
