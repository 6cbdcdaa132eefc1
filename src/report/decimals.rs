//! Numbers as machines read them: four decimals, written as short as they go.

use crate::ids::Similarity;

/// The nearest multiple of 0.0001; minus zero is zero.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4 + 0.0
}

/// Appends [`rounded`] as JSON has it: without zeros at the end, but for one behind the point.
pub(super) fn push_decimal(number: f64, out: &mut Vec<u8>) {
    /// Below it the digits of a number are those of its multiple of 0.0001.
    const PLAIN: f64 = 1e9;
    let parts = number * 1e4;
    if parts.abs() < PLAIN {
        #[expect(clippy::cast_possible_truncation, reason = "below a thousand million")]
        let parts = parts.round() as i64;
        if parts < 0 {
            out.push(b'-');
        }
        push_ten_thousandths(parts.unsigned_abs(), out);
    } else {
        // Writing a number to memory does not fail.
        let number = serde_json::to_vec(&rounded(number)).unwrap_or_default();
        out.extend_from_slice(&number);
    }
}

/// Appends a share as JSON has it, with four decimals at most.
pub(super) fn push_share(share: Similarity, out: &mut Vec<u8>) {
    push_ten_thousandths(u64::from((share.millionths() + 50) / 100), out);
}

fn push_ten_thousandths(number: u64, out: &mut Vec<u8>) {
    push_whole(number / 10_000, out);
    let digit = |by: u64| digit(number / by);
    let decimals = [b'.', digit(1_000), digit(100), digit(10), digit(1)];
    let zeros = decimals.iter().skip(2).rev().take_while(|&&digit| digit == b'0').count();
    out.extend_from_slice(&decimals[..decimals.len() - zeros]);
}

/// Appends a whole number.
pub(super) fn push_whole(number: u64, out: &mut Vec<u8>) {
    let (mut digits, mut rest, mut start) = ([0; 20], number, 20);
    loop {
        start -= 1;
        digits[start] = digit(rest);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// The last decimal digit of a number.
fn digit(number: u64) -> u8 {
    b"0123456789"[usize::try_from(number % 10).unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pushed(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        push(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_share_is_written_as_by_serde() {
        for millionths in 0..=1_000_000 {
            let share = Similarity::ratio(millionths, 1_000_000);
            let expected = serde_json::to_string(&share.rounded()).unwrap();
            assert_eq!(pushed(|out| push_share(share, out)), expected);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_by_serde(number in any::<f64>(), near in -1.0..1.0, exponent in -12_i32..12, whole in any::<u64>()) {
            let near: f64 = near * 10_f64.powi(exponent);
            for number in [number, near, -near, near.round(), f64::NAN, f64::INFINITY, 0.0, -0.0, -0.000_01] {
                let expected = serde_json::to_string(&rounded(number)).unwrap();
                prop_assert_eq!(pushed(|out| push_decimal(number, out)), expected);
            }
            for whole in [whole, whole >> 40, whole >> 60, 0, 10, u64::MAX] {
                prop_assert_eq!(pushed(|out| push_whole(whole, out)), whole.to_string());
            }
        }
    }

    #[test]
    fn four_decimals_are_kept_and_minus_zero_is_zero() {
        assert_eq!(rounded(-21.123_46).to_string(), "-21.1235");
        assert_eq!(rounded(0.5).to_string(), "0.5");
        assert_eq!(rounded(-0.000_01).to_string(), "0");
    }
}
