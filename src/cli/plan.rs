//! `twicetold plan`: what a run would do, and why.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{MatchingArgs, ReadingArgs};
use super::detect::inputs;
use super::output::write;
use super::progress::Shown;
use super::{DONE, settings};
use crate::error::Result;
use crate::pipeline::plan;
use crate::read::read;
use crate::report;

#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold plan news.jsonl
  twicetold plan news.jsonl --profile near --recall .999
  zcat dump.gz | twicetold plan --input-format lines --format json"
)]
pub(super) struct PlanArgs {
    /// Files, folders (walked; hidden and ignored files and links left out), archives (.tar, .zip), patterns ('news/**/*.txt'), or - for
    /// standard input [default: -]
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) matching: MatchingArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// text, json
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = PlanFormat::Text)]
    format: PlanFormat,
    /// Write to a file; it appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Formats of a plan.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum PlanFormat {
    Text,
    Json,
}

/// Runs the verb.
pub(super) fn run(args: &PlanArgs) -> Result<u8> {
    let config = settings::config(settings::base(&args.matching), &args.matching, &args.reading)?;
    let progress = Shown::new(false);
    let corpus = read(&inputs(&args.inputs), &config.input, &progress)?;
    let planned = plan(&corpus, &config, &progress)?;
    progress.finish();
    write(args.output.as_deref(), |out| match args.format {
        PlanFormat::Text => report::plan_text(&planned, out),
        PlanFormat::Json => report::plan_json(&planned, out),
    })?;
    Ok(DONE)
}
