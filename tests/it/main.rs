//! The integration tests: one binary.
#![expect(clippy::disallowed_methods, reason = "tests read their own fixtures")]
#![expect(clippy::unwrap_used, reason = "a test fails where its ground is missing")]

mod against;
mod architecture;
mod audit;
mod check_recall;
mod cli;
mod conditions;
mod dedup;
mod documents;
mod engines;
mod eval;
mod explain;
mod facts;
mod heavy;
mod hostile;
mod memory;
mod naive;
mod pages;
mod pipeline;
mod planner;
mod readme;
mod recall;
mod report;
mod segmentation;
mod settings_file;
mod shown;
mod sketch_laws;
mod syndicated;
mod synth;
