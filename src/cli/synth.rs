//! `twicetold synth`: text whose duplicates are known.

use std::path::PathBuf;

use clap::Args;

use super::DONE;
use super::output::{write, write_two};
use super::staged::Rights;
use crate::error::{Error, Result};
use crate::synth::{Preset, Synthesis, synthesize, write_marks, write_sources};

#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold synth -n 1000000 -o big.jsonl --truth big.truth.jsonl
  twicetold detect big.jsonl --unit line --format json -o r.json
  twicetold eval r.json --truth big.truth.jsonl
  twicetold synth --preset syndicated -n 20000 -o news.jsonl --truth news.truth.jsonl --sources sources.csv --marks marks.csv"
)]
pub(super) struct SynthArgs {
    /// How many records, one sentence each; of syndicated, how many articles
    #[arg(short = 'n', long, value_name = "N")]
    count: u64,
    /// Another seed gives other text
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// clean (copies and light edits), scraped (every edit, decoys, boilerplate), templated (many sentences of one make),
    /// syndicated (articles of forty outlets that carry each other's words, for `audit`)
    #[arg(long, value_name = "PRESET", default_value = "scraped")]
    preset: String,
    /// Write the records to a file; it appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "OUT.jsonl")]
    output: Option<PathBuf>,
    /// Write what is planted: clusters, pairs, classes of edits, true similarities
    #[arg(long, value_name = "TRUTH.jsonl")]
    truth: Option<PathBuf>,
    /// Of syndicated: write what an audit is told of the outlets (`audit --sources`)
    #[arg(long, value_name = "FILE.csv")]
    sources: Option<PathBuf>,
    /// Of syndicated: write how its agencies mark their copy (`audit --marks`)
    #[arg(long, value_name = "FILE.csv")]
    marks: Option<PathBuf>,
    /// Threads; the text is the same for any number [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

/// Runs the verb.
pub(super) fn run(args: &SynthArgs) -> Result<u8> {
    let preset = args.preset.parse()?;
    let threads = args.threads.unwrap_or(0);
    let synthesis = Synthesis { count: args.count, seed: args.seed, preset, threads };
    if args.output.is_some() && args.output == args.truth {
        return Err(Error::config("truth", "another file than the output"));
    }
    if preset != Preset::Syndicated && (args.sources.is_some() || args.marks.is_some()) {
        return Err(Error::config("preset", "syndicated, for --sources and --marks"));
    }
    if let Some(path) = args.sources.as_deref() {
        write(Some(path), |out| write_sources(out))?;
    }
    if let Some(path) = args.marks.as_deref() {
        write(Some(path), |out| write_marks(out))?;
    }
    let output = args.output.as_deref();
    match args.truth.as_deref() {
        None => write(output, |records| synthesize(&synthesis, records, None)),
        truth => write_two(Rights::default(), [output, truth], |records, truth| {
            synthesize(&synthesis, records, Some(truth))
        }),
    }?;
    Ok(DONE)
}
