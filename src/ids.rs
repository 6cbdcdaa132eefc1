//! Ids and similarities as types: a number never says by itself what it counts.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u32);

        impl $name {
            /// The id of the thing at this position; `None` past 2³² − 1.
            pub fn from_index(index: usize) -> Option<Self> {
                u32::try_from(index).ok().map(Self)
            }

            /// The id with this number.
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The position of the thing in its table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The number itself, for compact tables.
            pub const fn number(self) -> u32 {
                self.0
            }
        }
    };
}

id! {
    /// A file that was read, in the order of reading.
    FileId
}
id! {
    /// A document (an article, a record, a line), in the order of reading.
    DocumentId
}
id! {
    /// A *distinct* sentence: one key, however many places it stands in; in the order of first occurrence.
    SentenceId
}

/// A similarity or a share between 0 and 1, in whole millionths, so that no machine rounds it differently.
///
/// ```
/// use twicetold::ids::Similarity;
/// assert_eq!(Similarity::ratio(1, 3).to_string(), "0.3333");
/// assert!(Similarity::ratio(1, 2) < Similarity::ONE);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Similarity(u32);

impl Similarity {
    /// Nothing in common.
    pub const ZERO: Self = Self(0);
    /// Everything in common.
    pub const ONE: Self = Self(1_000_000);

    /// `part / whole`, rounded down to a millionth; 0 if `whole` is 0, at most 1.
    pub fn ratio(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self::ZERO;
        }
        // Wide division takes ten times as long, and weights of sentences do not need it.
        let millionths = match part.checked_mul(1_000_000) {
            Some(millionths) => u128::from(millionths / whole),
            None => u128::from(part) * 1_000_000 / u128::from(whole),
        };
        Self(u32::try_from(millionths).unwrap_or(1_000_000).min(1_000_000))
    }

    /// So many per cent, at most 100.
    pub const fn percent(percent: u32) -> Self {
        Self(if percent > 100 { 1_000_000 } else { percent * 10_000 })
    }

    /// The nearest millionth to a number from 0 to 1; `None` outside.
    pub fn from_number(number: f64) -> Option<Self> {
        if !(0.0..=1.0).contains(&number) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 1,000,000"
        )]
        let millionths = (number * 1e6).round() as u32;
        Some(Self(millionths))
    }

    /// Whole millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// As a number from 0 to 1, rounded to four decimals as reports show it.
    pub fn rounded(self) -> f64 {
        f64::from((self.0 + 50) / 100) / 10_000.0
    }

    /// As a number from 0 to 1.
    pub fn number(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// Whether `part / whole` reaches this similarity, decided without rounding.
    pub fn is_reached_by(self, part: u64, whole: u64) -> bool {
        whole > 0 && u128::from(part) * 1_000_000 >= u128::from(whole) * u128::from(self.0)
    }
}

impl fmt::Display for Similarity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.4}", self.rounded())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_rounded_down_and_never_above_one() {
        assert_eq!(Similarity::ratio(2, 3).millionths(), 666_666);
        assert_eq!(Similarity::ratio(5, 3), Similarity::ONE);
        assert_eq!(Similarity::ratio(1, 0), Similarity::ZERO);
    }

    #[test]
    fn parts_of_any_size_give_one_ratio() {
        assert_eq!(
            Similarity::ratio(u64::MAX / 3, u64::MAX),
            Similarity::ratio(333_333, 1_000_000)
        );
        assert_eq!(Similarity::ratio(u64::MAX, u64::MAX), Similarity::ONE);
        assert_eq!(Similarity::ratio(u64::MAX, 1), Similarity::ONE);
    }

    #[test]
    fn a_threshold_is_reached_exactly_at_its_own_ratio() {
        let third = Similarity::from_number(0.3).unwrap();
        assert!(third.is_reached_by(3, 10));
        assert!(!third.is_reached_by(2_999_999, 10_000_000));
        assert!(!third.is_reached_by(0, 0));
    }
}
