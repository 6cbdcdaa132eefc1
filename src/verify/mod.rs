//! A pair of sentences → exact scores, relation and flags; the only judge.
//!
//! Candidates propose; this module decides, on the texts themselves and never on a hash or an estimate.

mod align;
mod aligner;
pub mod facts;
mod jaccard;
mod linked;
mod relation;

pub(crate) use align::of_shorter;
pub use align::{Alignment, Block, align, word_edit};
pub use aligner::Aligner;
pub use jaccard::{
    Shared, jaccard, shared, shared_items, shared_weight, shared_weight_reaching, total_weight,
};
pub use linked::{Judge, Measures, is_contained, of_profile, relation};
pub use relation::{Channel, Channels, Flag, Flags, Relation};
