//! What a link asks of two sets, in similarity and in shared weight.

use crate::ids::Similarity;

/// What two sets have to share: enough for a similarity; and either so much weight, or enough for a similarity that asks for
/// none.
///
/// ```
/// use twicetold::{ids::Similarity, weight::Bar};
/// let [threshold, without] = [30, 80].map(Similarity::percent);
/// let bar = Bar { threshold, least_shared: 50, without };
/// // Of two sets that weigh 100 together, 40 shared make a similarity of two thirds, but are too little by themselves.
/// assert!(!bar.is_enough_for_both(40, 100));
/// assert!(bar.is_enough_for_both(45, 100), "more than .8: no weight is asked for");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bar {
    /// The similarity to be reached.
    pub threshold: Similarity,
    /// The weight to be shared.
    pub least_shared: u64,
    /// From this similarity on less will do.
    pub without: Similarity,
}

impl Bar {
    /// A bar that is a similarity alone.
    pub const fn of(threshold: Similarity) -> Self {
        Self { threshold, least_shared: 0, without: threshold }
    }

    /// Whether so much is enough where a similarity asks for its share of a whole.
    fn is_reached(self, shared: u64, reaches: impl Fn(Similarity) -> bool) -> bool {
        reaches(self.threshold) && (shared >= self.least_shared || reaches(self.without))
    }

    /// Whether a set of weight `total` can be linked to any by so much of it: it has to share `t · total`.
    pub fn is_enough(self, shared: u64, total: u64) -> bool {
        self.is_reached(shared, |similarity| similarity.is_reached_by(shared, total))
    }

    /// Whether two sets of weights that add up to `both` can be linked by so much: they have to share `t / (1 + t) · both`.
    pub fn is_enough_for_both(self, shared: u64, both: u64) -> bool {
        self.is_reached(shared, |similarity| {
            let millionths = u128::from(similarity.millionths());
            u128::from(shared) * (1_000_000 + millionths) >= u128::from(both) * millionths
        })
    }
}
