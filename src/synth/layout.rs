//! Which record belongs to which cluster, from its index alone.
//!
//! Indices are cut into blocks that double in size from 64 to 65,536 and stay there. Inside a block, cluster sizes are drawn
//! with a chance ~ k^−2.3, and their records scattered. So a block depends on the seed and its own place, never on how many
//! records are asked for: a short output is the beginning of a long one.

use std::ops::Range;

use super::random::{Draws, Purpose};

/// The first block's size.
const FIRST: u64 = 64;
/// The size of large blocks.
const LARGEST: u64 = 1 << 16;
/// The largest cluster.
const LARGEST_CLUSTER: usize = 1_000;

/// A block of indices.
pub(super) fn block_of(index: u64) -> Range<u64> {
    if index < FIRST {
        return 0..FIRST;
    }
    if index < LARGEST {
        let start = 1 << index.ilog2();
        return start..2 * start;
    }
    let start = index / LARGEST * LARGEST;
    start..start + LARGEST
}

/// What a record is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Seat {
    /// The cluster, numbered over all blocks.
    pub(super) cluster: u64,
    /// The index of the record that holds the cluster's first sentence.
    pub(super) original: u64,
}

/// The seats of a block.
#[derive(Debug)]
pub(super) struct Layout {
    start: u64,
    /// Cluster and original of each record, counted from the block's start.
    seats: Vec<(u32, u32)>,
}

impl Layout {
    /// The seats of the block. Cost: three random numbers a record.
    pub(super) fn new(seed: u64, block: &Range<u64>, sizes: &Sizes) -> Self {
        let mut draws = Draws::new(seed, Purpose::Layout, block.start);
        let count = u32::try_from(block.end - block.start).unwrap_or(0);
        let mut places: Vec<u32> = (0..count).collect();
        for last in (1..places.len()).rev() {
            places.swap(last, draws.below(last + 1));
        }
        let mut seats = vec![(0, 0); places.len()];
        let (mut rest, mut cluster) = (&places[..], 0);
        while let Some(&original) = rest.first() {
            let (members, others) = rest.split_at(sizes.draw(&mut draws).min(rest.len()));
            for &member in members {
                seats[member as usize] = (cluster, original);
            }
            (rest, cluster) = (others, cluster + 1);
        }
        Self { start: block.start, seats }
    }

    /// The seat of a record of the block.
    pub(super) fn seat(&self, index: u64) -> Seat {
        let (cluster, original) = self.seats[usize::try_from(index - self.start).unwrap_or(0)];
        let start = self.start;
        Seat { cluster: start + u64::from(cluster), original: start + u64::from(original) }
    }
}

/// The law of cluster sizes.
#[derive(Debug)]
pub(super) struct Sizes {
    /// At k − 1, the chance of at most k members, in 2⁻³².
    at_most: Vec<u64>,
}

impl Sizes {
    /// k^−2.3 for k up to 1,000.
    ///
    /// The power is made of square roots (2.296875 = 2 + 1/4 + 1/32 + 1/64), which every machine rounds alike.
    pub(super) fn new() -> Self {
        let weight = |size: u32| {
            let size = f64::from(size);
            let quarter = size.sqrt().sqrt();
            let thirty_second = quarter.sqrt().sqrt().sqrt();
            1.0 / (size * size * quarter * thirty_second * thirty_second.sqrt())
        };
        let weights: Vec<f64> = (1..).take(LARGEST_CLUSTER).map(weight).collect();
        let total: f64 = weights.iter().sum();
        let sums = weights.iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 2³²"
        )]
        let at_most = sums.map(|sum| (sum / total * 4_294_967_296.0) as u64).collect();
        Self { at_most }
    }

    /// A size.
    fn draw(&self, draws: &mut Draws) -> usize {
        const FEW: usize = 8;
        let chance = draws.bits() >> 32;
        // Nearly all clusters are small.
        if let Some(size) = self.at_most.iter().take(FEW).position(|&at_most| at_most > chance) {
            return size + 1;
        }
        (self.at_most.partition_point(|&at_most| at_most <= chance) + 1).min(LARGEST_CLUSTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_follow_one_another_without_gaps() {
        let mut start = 0;
        while start < 500_000 {
            let block = block_of(start);
            assert_eq!(block.start, start);
            assert_eq!(block_of(block.end - 1), block);
            start = block.end;
        }
    }

    #[test]
    fn cluster_sizes_fall_by_a_factor_of_five_from_one_to_two() {
        let layout = Layout::new(3, &(65_536..131_072), &Sizes::new());
        let mut sizes = std::collections::BTreeMap::<u32, usize>::new();
        for (cluster, _) in &layout.seats {
            *sizes.entry(*cluster).or_default() += 1;
        }
        let count = |size| u32::try_from(sizes.values().filter(|&&other| other == size).count());
        let (one, two) = (f64::from(count(1).unwrap()), f64::from(count(2).unwrap()));
        assert!((one / two - 2_f64.powf(2.3)).abs() < 0.3, "{one} {two}");
        let longest = sizes.values().max().unwrap();
        assert!((100..=LARGEST_CLUSTER).contains(longest), "{longest}");
    }

    #[test]
    fn every_cluster_has_its_original_among_its_members() {
        let layout = Layout::new(3, &(64..128), &Sizes::new());
        for index in 64..128 {
            let seat = layout.seat(index);
            assert_eq!(layout.seat(seat.original), seat);
        }
    }
}
