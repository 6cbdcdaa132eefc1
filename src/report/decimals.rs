//! Numbers as machines read them: four decimals, written as short as they go.

/// The nearest multiple of 0.0001; minus zero is zero.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_decimals_are_kept_and_minus_zero_is_zero() {
        assert_eq!(rounded(-21.123_46).to_string(), "-21.1235");
        assert_eq!(rounded(0.5).to_string(), "0.5");
        assert_eq!(rounded(-0.000_01).to_string(), "0");
    }
}
