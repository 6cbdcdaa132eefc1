//! Recall as it was measured on pairs that ought to be found.

use super::interval::{Bundle, interval};
use crate::ids::Similarity;

/// A pair that is linked, whoever proposes it, and whether the run put it together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    /// Cases of one bundle are found or missed together.
    pub(super) bundle: u32,
    /// By the profile's measure.
    pub(super) similarity: Similarity,
    /// Whether it was found.
    pub(super) is_found: bool,
    /// With what probability it ought to be.
    pub(super) chance: f64,
}

/// How many of some pairs were found, and what that says of all such pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Pairs that are linked by similarity.
    pub pairs: u64,
    /// Those that the run found.
    pub found: u64,
    /// The share that was found; unknown without pairs.
    pub recall: Option<f64>,
    /// The least recall that agrees with what was found, with a confidence of 95 %.
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// The share that the formula expects of pairs of these similarities; unknown without pairs.
    pub expected: Option<f64>,
}

impl Measured {
    /// Counts cases, those of one bundle behind each other.
    pub(super) fn of(cases: &[Case]) -> Self {
        let found = |cases: &[Case]| cases.iter().filter(|case| case.is_found).count();
        let bundle = |cases: &[Case]| Bundle {
            cases: u32::try_from(cases.len()).unwrap_or(u32::MAX),
            found: u32::try_from(found(cases)).unwrap_or(u32::MAX),
        };
        let bundles: Vec<Bundle> =
            cases.chunk_by(|a, b| a.bundle == b.bundle).map(bundle).collect();
        let (low, high) = interval(&bundles);
        let share = |part: f64| (!cases.is_empty()).then(|| part / number(cases.len()));
        Self {
            pairs: cases.len() as u64,
            found: found(cases) as u64,
            recall: share(number(found(cases))),
            low,
            high,
            expected: share(cases.iter().map(|case| case.chance).sum()),
        }
    }
}

/// A count as a number.
fn number(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts stay below 2⁵³")]
    let number = count as f64;
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_and_their_chances_averaged() {
        let case = |bundle, is_found, chance| Case {
            bundle,
            similarity: Similarity::percent(50),
            is_found,
            chance,
        };
        let measured = Measured::of(&[
            case(3, true, 0.5),
            case(3, true, 1.0),
            case(7, false, 0.75),
            case(9, true, 0.75),
        ]);
        assert_eq!((measured.pairs, measured.found), (4, 3));
        assert_eq!((measured.recall, measured.expected), (Some(0.75), Some(0.75)));
        assert!(measured.low < 0.75 && measured.high > 0.75);
    }

    #[test]
    fn of_no_pair_nothing_is_known() {
        let measured = Measured::of(&[]);
        assert_eq!((measured.recall, measured.expected), (None, None));
        assert_eq!((measured.low, measured.high), (0.0, 1.0));
    }
}
