//! Bijective mixing of integers: the one source of pseudo-random bits in the crate.
//!
//! Each function is a permutation of its type, so that different inputs stay different, and a plain chain of multiplies
//! and shifts, so that every machine computes the same bits. They scatter; they hide nothing from an adversary.
//!
//! The 32-bit finaliser is that of `MurmurHash3` (Appleby 2008), the 64-bit one that of `SplitMix64` (Steele, Lea & Flood,
//! *Fast splittable pseudorandom number generators*, 2014).

/// Scatters 32 bits: a permutation of `u32`.
///
/// ```
/// use twicetold::mix::mix32;
/// assert_ne!(mix32(1) >> 16, mix32(2) >> 16);
/// ```
#[inline]
pub const fn mix32(number: u32) -> u32 {
    let mut mixed = number ^ (number >> 16);
    mixed = mixed.wrapping_mul(0x85eb_ca6b);
    mixed ^= mixed >> 13;
    mixed = mixed.wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}

/// Scatters 64 bits: a permutation of `u64`.
#[inline]
pub const fn mix64(number: u64) -> u64 {
    let mut mixed = number ^ (number >> 30);
    mixed = mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 27;
    mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The random number at a position of the stream that a seed names. The number at a position is the same however many
/// are drawn.
pub const fn draw(seed: u64, position: u64) -> u64 {
    let step = position.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // The seed is mixed first: streams of neighbouring seeds are then no shifted copies of one another.
    mix64(mix64(seed).wrapping_add(step))
}

/// The lower half of 64 bits.
#[inline]
pub const fn low32(number: u64) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The upper half of 64 bits.
#[inline]
pub const fn high32(number: u64) -> u32 {
    low32(number >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_finalisers_give_their_published_values() {
        assert_eq!(mix32(1), 0x514e_28b7);
        // The first output of SplitMix64 from state 0 is the finaliser of its increment.
        assert_eq!(mix64(0x9e37_79b9_7f4a_7c15), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn streams_of_neighbouring_seeds_share_no_number() {
        let drawn: BTreeSet<u64> =
            (0..20).flat_map(|seed| (0..500).map(move |position| draw(seed, position))).collect();
        assert_eq!(drawn.len(), 20 * 500);
    }

    #[test]
    fn halves_put_together_are_the_whole() {
        let number = 0x0123_4567_89ab_cdef;
        assert_eq!(u64::from(high32(number)) << 32 | u64::from(low32(number)), number);
    }
}
