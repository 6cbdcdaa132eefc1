//! Banding: which sentences are worth comparing.
//!
//! A signature of `bands × rows` minima is cut into bands. Two sentences whose signatures agree on any whole band become a
//! candidate pair. With similarity `s` that happens with probability `1 − (1 − s^rows)^bands`, an S-curve whose steep part
//! lies near `(1/bands)^(1/rows)`.
//!
//! Cost: `O(n · bands)` time and memory for `n` sentences, plus the candidates, of which unrelated sentences make a number
//! that grows with `n²`; more rows make it smaller. A bucket of many members is linked to representatives
//! ([`heavy`](super::heavy)).
//!
//! Broder 1997, *On the resemblance and containment of documents*; Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*,
//! §3.4.

use crate::config::Contract;
use crate::ids::Similarity;

/// The most bands of a signature.
pub const MOST_BANDS: u32 = 1_024;

/// How a signature is cut.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Banding {
    /// Bands of a signature.
    pub bands: u32,
    /// Minima of a band.
    pub rows: u32,
}

impl Banding {
    /// The fewest bands of so many rows that keep a contract; `None` if [`MOST_BANDS`] do not.
    ///
    /// ```
    /// use twicetold::candidates::bands::Banding;
    /// use twicetold::config::Config;
    /// let banding = Banding::for_contract(Config::default().contract(), 3);
    /// assert_eq!(banding, Some(Banding { bands: 46, rows: 3 }));
    /// ```
    pub fn for_contract(contract: Contract, rows: u32) -> Option<Self> {
        let banding = Self { bands: 1, rows };
        let missed = 1.0 - banding.probability(contract.at);
        let allowed = 1.0 - contract.recall.number();
        let (mut bands, mut left) = (1, missed);
        while left > allowed {
            left *= missed;
            bands += 1;
            if bands > MOST_BANDS {
                return None;
            }
        }
        Some(Self { bands, rows })
    }

    /// The fewest bands that keep a contract, with so many rows or, where that takes too many bands, with fewer.
    pub fn within_reach(contract: Contract, rows: u32) -> Option<Self> {
        (1..=rows).rev().find_map(|rows| Self::for_contract(contract, rows))
    }

    /// The minima of a signature.
    pub const fn permutations(self) -> usize {
        self.bands as usize * self.rows as usize
    }

    /// The probability that a pair of this similarity shares a band.
    pub fn probability(self, similarity: Similarity) -> f64 {
        let band = (0..self.rows).fold(1.0, |product, _| product * similarity.number());
        1.0 - (0..self.bands).fold(1.0, |product, _| product * (1.0 - band))
    }
}

/// The key of one band: a mix of its minima, in 32 bits. Two different bands meet by accident once in 2³² pairs, which costs
/// a comparison and nothing else.
pub fn band_key(minima: &[u32]) -> u32 {
    let mut state = 0x9E37_79B9_u32;
    for &minimum in minima {
        state = (state ^ minimum).wrapping_mul(0x85EB_CA6B);
        state = (state ^ (state >> 15)).wrapping_mul(0xC2B2_AE35);
        state ^= state >> 13;
    }
    state
}

/// The buckets of a band: entries of one key, at least two, positions ascending.
///
/// `keyed` holds `key << 32 | position`, sorted.
pub fn buckets(keyed: &[u64]) -> impl Iterator<Item = &[u64]> {
    keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|bucket| bucket.len() > 1)
}

/// The position of an entry of a bucket.
pub const fn position_of(entry: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the low half is the position")]
    let position = entry as u32;
    position
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Profile};

    #[test]
    fn bands_are_the_fewest_that_keep_the_contract() {
        for profile in Profile::ALL {
            let contract = Config { profile: *profile, ..Config::default() }.contract();
            for rows in 2..7 {
                let banding = Banding::for_contract(contract, rows).unwrap();
                let fewer = Banding { bands: banding.bands - 1, ..banding };
                assert!(banding.probability(contract.at) >= contract.recall.number() - 1e-9);
                assert!(fewer.probability(contract.at) < contract.recall.number());
            }
        }
    }

    #[test]
    fn a_contract_out_of_reach_is_refused_and_fewer_rows_bring_it_within_reach() {
        let share = |percent| Similarity::ratio(percent, 100);
        let contract = Contract { recall: share(99), at: share(10) };
        assert_eq!(Banding::for_contract(contract, 3), None);
        let banding = Banding::within_reach(contract, 3).unwrap();
        assert_eq!(banding, Banding { bands: 459, rows: 2 });
        assert!(banding.probability(contract.at) >= 0.99);
        assert_eq!(Banding::within_reach(Contract { at: Similarity::ZERO, ..contract }, 3), None);
    }

    #[test]
    fn a_bucket_holds_the_rows_of_one_key() {
        let keyed = [4 << 32 | 9, 5 << 32 | 1, 5 << 32 | 3, 6 << 32];
        let positions = |bucket: &[u64]| bucket.iter().map(|&e| position_of(e)).collect::<Vec<_>>();
        assert_eq!(buckets(&keyed).map(positions).collect::<Vec<_>>(), [[1, 3]]);
    }
}
