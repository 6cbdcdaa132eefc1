//! Keys, token sequences or signatures → pairs worth comparing; proposals, never decisions.
//!
//! Three channels propose: equal keys ([`equal`]), shared runs of words ([`runs`]), and similarity, by one of three engines:
//! [`bands`] finds with a stated probability, [`prefix`] and [`brute_force`] find every pair. All engines take the same
//! closure that accepts a proposal (a bound that loses nothing, then the exact similarity) and give the same pairs,
//! to which one table of cases holds them (`tests/it/engines.rs`). [`heavy`] keeps what is many from costing its square.
//!
//! Every function here works on one row, one band or one list, so that the caller decides about threads.

pub mod bands;
pub mod brute_force;
pub mod equal;
pub mod heavy;
pub mod prefix;
pub mod runs;
pub mod wholes;
