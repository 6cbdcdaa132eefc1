//! Natural logarithms of integers, in integers: the same on every machine.
//!
//! `f64::ln` may differ in its last bit between systems, which is enough to move a pair across a threshold. Here the
//! binary logarithm is found bit by bit, by squaring a 63-bit fraction (the oldest method there is: Briggs 1624), and
//! multiplied by ln 2. Cost: 32 wide multiplications, about 50 ns; called once a distinct word, never once a pair.

use super::{NAT, Weight};

/// ln 2 · 2⁶⁴, rounded.
const LN_2: i128 = 0xb172_17f7_d1cf_79ac;
/// Fraction bits of the binary logarithm.
const BINARY_BITS: u32 = 32;

/// ln x in units of 1/65,536, to the nearest unit (within 2⁻¹⁵ of a unit); monotone. 0 for 0, as for 1.
///
/// ```
/// use twicetold::weight::{NAT, natural_log};
/// assert_eq!(natural_log(1), 0);
/// assert_eq!(natural_log(1_000_000) / NAT, 13); // ln 10⁶ = 13.8155
/// ```
pub fn natural_log(x: u64) -> Weight {
    Weight::try_from(to_nats(binary_log(x))).unwrap_or(Weight::MAX)
}

/// ln of a positive number in units of 1/65,536, from the number's own bits, so that no library rounds it.
/// 0 for what has no logarithm.
pub(super) fn natural_log_of_number(number: f64) -> i64 {
    if !(number.is_finite() && number > 0.0) {
        return 0;
    }
    let bits = number.to_bits();
    let (exponent, fraction) = (bits >> 52, bits & ((1 << 52) - 1));
    let (mantissa, exponent) =
        if exponent == 0 { (fraction, 1) } else { (fraction | 1 << 52, exponent) };
    let power = i64::try_from(exponent).unwrap_or(0) - 1075;
    to_nats(binary_log(mantissa) + (power << BINARY_BITS))
}

/// log2 x in units of 2⁻³², rounded down.
fn binary_log(x: u64) -> i64 {
    let Some(whole) = x.checked_ilog2() else { return 0 };
    let mut fraction = u128::from(x << (63 - whole)); // in [1, 2), in units of 2⁻⁶³
    let mut log = i64::from(whole);
    for _ in 0..BINARY_BITS {
        fraction = (fraction * fraction) >> 63;
        let bit = i64::from(fraction >= 1 << 64);
        fraction >>= bit;
        log = log << 1 | bit;
    }
    log
}

/// From units of 2⁻³² bits to the nearest 1/65,536 nat.
fn to_nats(binary_log: i64) -> i64 {
    const SHIFT: u32 = 64 + BINARY_BITS - NAT.ilog2();
    let nats = (i128::from(binary_log) * LN_2 + (1 << (SHIFT - 1))) >> SHIFT;
    i64::try_from(nats).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[expect(clippy::cast_precision_loss, reason = "the reference is a float")]
    fn reference(x: u64) -> f64 {
        (x as f64).ln() * f64::from(NAT)
    }

    #[test]
    fn every_small_integer_has_its_logarithm_to_the_nearest_unit() {
        for x in 1..200_000 {
            let error = f64::from(natural_log(x)) - reference(x);
            assert!(error.abs() < 0.501, "ln {x} is off by {error} units");
        }
    }

    #[test]
    fn the_ends_of_the_range_have_logarithms() {
        assert_eq!(natural_log(0), 0);
        assert_eq!(natural_log(u64::MAX), 2_907_270); // 64 · ln 2 · 65,536 = 2,907,269.96
    }

    #[test]
    fn a_number_and_its_inverse_have_opposite_logarithms() {
        assert_eq!(natural_log_of_number(1.0), 0);
        assert_eq!(natural_log_of_number(1024.0), 454_261); // 10 · ln 2 · 65,536
        assert_eq!(natural_log_of_number(1.0 / 1024.0), -454_261);
        assert_eq!(natural_log_of_number(f64::MIN_POSITIVE / 4.0), -46_516_320); // 2⁻¹⁰²⁴
        assert_eq!(natural_log_of_number(0.0), 0);
        assert_eq!(natural_log_of_number(f64::NAN), 0);
    }

    proptest! {
        #[test]
        fn a_logarithm_is_within_a_unit_and_never_falls(x in 1_u64..u64::MAX, shift in 0_u32..64) {
            let x = (x >> shift).max(1);
            prop_assert!((f64::from(natural_log(x)) - reference(x)).abs() < 0.51);
            prop_assert!(natural_log(x) <= natural_log(x + 1));
        }
    }
}
