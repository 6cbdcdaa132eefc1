//! Finds sentences that say the same thing twice, proves each pair, and explains it.
//!
//! The main job is one call, [`detect`]; every stage is public and usable alone. The modules stand in the order in which data
//! flows through them.

pub mod error;
pub mod ids;
pub mod memory;

pub mod config;
pub mod corpus;
pub mod mix;
pub mod progress;
pub mod script;
pub mod tables;
pub mod weight;

pub mod candidates;
pub mod cluster;
pub mod normalize;
pub mod read;
pub mod segment;
pub mod shingle;
pub mod sketch;
pub mod verify;

pub mod pipeline;

pub mod audit;
pub mod dedup;
pub mod eval;
pub mod synth;

pub mod report;

#[cfg(feature = "cli")]
pub mod cli;

pub use config::{Config, Profile};
pub use corpus::Corpus;
pub use error::{Error, Result};
pub use pipeline::{Report, detect};

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
