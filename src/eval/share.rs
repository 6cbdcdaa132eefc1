//! Counts as numbers, and shares of them.

/// A count as a number.
pub(super) fn number(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts stay below 2⁵³")]
    let number = count as f64;
    number
}

/// A share from 0 to 1; `None` of nothing.
pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| rounded(number(part) / number(whole)))
}

/// Four decimals.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// The harmonic mean of precision and recall.
pub(super) fn harmonic(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }
}
