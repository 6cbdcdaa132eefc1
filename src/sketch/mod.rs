//! From a set to a sketch of fixed size: signatures that estimate similarity, bitmaps that bound it.
//!
//! - [`MinHasher`]: minima of random permutations of a set of 32-bit ids; two signatures agree in a row with probability
//!   Jaccard (Broder 1997).
//! - [`WeightedMinHasher`]: the same for sets whose elements have weights of their own, the weighted Jaccard.
//! - [`BitmapLayout`]: parity bitmaps, whose differing bits bound the similarity of two sets from above and lose nothing
//!   (Sandes, Teodoro & Melo 2020).
//!
//! A sketch is a function of the set and the seed alone: not of the order of the elements, of the instruction set or of
//! the number of permutations asked for. Kernels are plain loops, compiled once for each instruction set and chosen at
//! run time; all of them compute in integers, so all give the same bits.
//!
//! Sketches propose and exclude. Nothing here decides that two sentences are near-duplicates.

mod bitmap;
mod bound;
mod coefficients;
mod layout;
mod minhash;
mod weighted;

pub use bitmap::{Bitmap, BitmapLayout, SMALL_BITMAP, WIDE_BITMAP};
pub use bound::Probe;
pub use layout::WeightHistogram;
pub use minhash::MinHasher;
pub use weighted::{LANES, WeightedMinHasher, inverse_weight};
