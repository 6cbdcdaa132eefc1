//! The random permutations of 32-bit numbers behind every signature: x → a·x + b mod 2³², with a odd.
//!
//! The family is small and linear, so elements are scattered by a bijective finaliser first; then it behaves like ideal
//! MinHash in bias, variance and band recall, which a test holds. (Xor with a mask alone does not: it keeps the elements'
//! common prefixes together, and its variance is several times too large on sets of 20.)

use std::ops::Range;

use crate::mix::{draw, high32, low32, mix32};

/// Elements that are scattered at a time, into a buffer on the stack.
pub(super) const BLOCK: usize = 128;

/// The coefficients of permutations that a kernel advances side by side.
#[derive(Clone, Debug)]
pub(super) struct Lanes<const LANES: usize> {
    pub multipliers: [u32; LANES],
    pub offsets: [u32; LANES],
}

/// Permutations that a seed names, rounded up to whole lanes. Permutation i is the same however many are asked for, and
/// whichever comes first.
pub(super) fn permutations<const LANES: usize>(
    seed: u64,
    Range { start, end }: Range<usize>,
) -> Vec<Lanes<LANES>> {
    let mut bits = (start as u64..).map(|position| draw(seed, position));
    let mut lanes = || {
        let mut lanes = Lanes { multipliers: [1; LANES], offsets: [0; LANES] };
        for (multiplier, offset) in lanes.multipliers.iter_mut().zip(&mut lanes.offsets) {
            let bits = bits.next().unwrap_or_default();
            (*multiplier, *offset) = (low32(bits) | 1, high32(bits));
        }
        lanes
    };
    (0..end.saturating_sub(start).div_ceil(LANES)).map(|_| lanes()).collect()
}

/// The elements of at most a block, scattered.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
pub(super) fn scatter<'a>(block: &[u32], room: &'a mut [u32; BLOCK]) -> &'a [u32] {
    for (slot, &element) in room.iter_mut().zip(block) {
        *slot = mix32(element);
    }
    &room[..block.len().min(BLOCK)]
}

/// Keeps what was found where it is lower; the last lanes may be more than the signature needs.
#[expect(clippy::inline_always, reason = "it must be compiled for its caller's instruction set")]
#[inline(always)]
pub(super) fn keep_lower(out: &mut [u32], found: &[u32]) {
    for (kept, &found) in out.iter_mut().zip(found) {
        *kept = found.min(*kept);
    }
}
