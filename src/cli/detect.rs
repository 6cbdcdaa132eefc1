//! `twicetold detect`: the main job.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::Path;

use super::args::{DetectArgs, OutputArgs, OutputFormat};
use super::output::{STANDARD_ERROR, say, write, write_both};
use super::progress::Shown;
use super::timings::Timings;
use super::{DONE, FOUND, colored, settings, width};
use crate::config::{Config, Keep};
use crate::corpus::{Corpus, CorpusBuilder};
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::pipeline::{Detail, InputSummary, Report, detect_with, threads};
use crate::read::{Input, container, read, read_reference};
use crate::report;

/// How many clusters a terminal shows unless told otherwise.
const TOP: usize = 10;

/// How many characters of a sentence a terminal shows.
const LONGEST: usize = 2_000;

/// The files of `--format csv`: pairs, then clusters.
const TABLES: [&str; 2] = ["pairs.csv", "clusters.csv"];

/// Runs the verb.
pub(super) fn run(args: &DetectArgs) -> Result<u8> {
    let config = settings::config(settings::base(&args.matching), &args.matching, &args.reading)?;
    let format = args.output.format.unwrap_or_default();
    if format == OutputFormat::Csv && args.output.output.is_none() {
        return Err(Error::config(
            "output",
            "a folder with --format csv (-o DIR): it writes two tables",
        ));
    }
    let progress = Shown::new(args.output.quiet);
    let mut corpus = read(&inputs(&args.inputs), &config.input, &progress)?;
    if !args.against.is_empty() {
        let reference = read_reference(&inputs(&args.against), &config.input, &progress)?;
        corpus = behind(&reference, &corpus);
    }
    let OutputArgs { all_sentences, check_recall, .. } = args.output;
    let detail = Detail { all_sentences, check_recall };
    check_output(&args.output, &corpus)?;
    let mut report = detect_with(&corpus, &config, detail, &progress)?;
    progress.finish();
    let timings = args
        .output
        .timings
        .then(|| Timings::of(&progress, threads(config.threads), report.recall.candidates));
    if !args.output.quiet {
        tell_keep(&corpus, &config)?;
    }
    drop(corpus);
    if args.output.redact {
        report::redact(&mut report);
    }
    if !args.output.quiet {
        tell(&report.input)?;
    }
    if let Some(complaint) = report::broken_contract(&report.recall) {
        complain(complaint, (config.input.strict, args.output.quiet))?;
    }
    put(&report, &config, (&args.output, timings.as_ref()))?;
    if let Some(timings) = timings.filter(|_| format != OutputFormat::Json) {
        let written = timings.write(&mut io::stderr().lock());
        written.map_err(|cause| Error::io(Path::new(STANDARD_ERROR), cause))?;
    }
    let found = !report.clusters.is_empty() || !report.pairs.is_empty();
    Ok(if found && args.output.exit_code { FOUND } else { DONE })
}

/// Refuses to write over what was read.
fn check_output(output: &OutputArgs, corpus: &Corpus) -> Result<()> {
    let Some(path) = &output.output else { return Ok(()) };
    let is_csv = output.format == Some(OutputFormat::Csv);
    let paths =
        if is_csv { TABLES.map(|name| path.join(name)).to_vec() } else { vec![path.clone()] };
    let existing = paths.iter().filter(|path| path.is_file());
    let outputs: Vec<_> = existing.filter_map(|path| path.canonicalize().ok()).collect();
    if outputs.is_empty() {
        return Ok(());
    }
    for file in corpus.files() {
        let input = container(Path::new(&file.path)).and_then(|path| path.canonicalize().ok());
        if input.is_some_and(|input| outputs.contains(&input)) {
            let expected = format!("another file than the inputs: {} is one", file.path);
            return Err(Error::config("output", expected));
        }
    }
    Ok(())
}

/// Inputs as typed; none is standard input.
pub(super) fn inputs(paths: &[std::path::PathBuf]) -> Vec<Input> {
    if paths.is_empty() {
        return vec![Input::from_argument(OsStr::new("-"))];
    }
    paths.iter().map(|path| Input::from_argument(path.as_os_str())).collect()
}

/// What was read behind the reference that it is compared with.
pub(super) fn behind(reference: &Corpus, new: &Corpus) -> Corpus {
    let mut both = CorpusBuilder::default();
    both.add_corpus(reference);
    both.end_reference();
    both.add_corpus(new);
    both.finish()
}

/// Skipped records and warnings, on standard error.
pub(super) fn tell(input: &InputSummary) -> Result<()> {
    const SHOWN: usize = 10;
    for skip in input.skipped.iter().take(SHOWN) {
        let at = skip.line.map_or_else(String::new, |line| format!("{line}:"));
        say(&format!("{}:{at} {}; skipped", skip.path, skip.reason))?;
    }
    let more = input.skipped_total.saturating_sub(SHOWN as u64);
    if more > 0 {
        say(&format!("{more} more skipped"))?;
    }
    for warning in input.warnings.iter().take(SHOWN) {
        say(warning)?;
    }
    let more = input.warnings.len().saturating_sub(SHOWN);
    if more > 0 {
        say(&format!("{more} more warnings"))?;
    }
    Ok(())
}

/// Says that no document has the source that is to be kept.
pub(super) fn tell_keep(corpus: &Corpus, config: &Config) -> Result<()> {
    let Keep::Source(name) = &config.keep else { return Ok(()) };
    let mut documents = (0..corpus.documents().len()).filter_map(DocumentId::from_index);
    if documents.any(|document| corpus.about(document).source == Some(name.as_str())) {
        return Ok(());
    }
    say(&format!("--keep source:{name}: no document has this source"))
}

/// A contract that was checked and not kept: an error if the settings are strict, else said on standard error.
fn complain(complaint: String, (is_strict, is_quiet): (bool, bool)) -> Result<()> {
    match (is_strict, is_quiet) {
        (true, _) => Err(Error::contract(complaint)),
        (false, true) => Ok(()),
        (false, false) => say(&complaint),
    }
}

fn put(
    report: &Report,
    config: &Config,
    (output, timings): (&OutputArgs, Option<&Timings>),
) -> Result<()> {
    let path = output.output.as_deref();
    match output.format.unwrap_or_default() {
        OutputFormat::Json => {
            let timings = timings.map(Timings::object);
            let (timings, threads) = (timings.as_ref(), config.threads);
            let view = report::JsonView { timings, threads, ..report::JsonView::default() };
            write(path, |out| report::json(report, &view, out))
        }
        OutputFormat::Jsonl => write(path, |out| report::jsonl(report, out)),
        OutputFormat::Html => write(path, |out| report::page::write_found(report, out)),
        OutputFormat::Csv => {
            let tables = [report::csv_pairs, report::csv_clusters];
            let folder = path.unwrap_or(Path::new("."));
            write_both(folder, TABLES, |table, out| tables[table](report, out))
        }
        OutputFormat::Text => {
            let view = report::TextView {
                top: output.top.unwrap_or(if path.is_some() { 0 } else { TOP }),
                color: colored(output.color, path.is_some()),
                width: width(),
                longest: if path.is_none() && io::stdout().is_terminal() { LONGEST } else { 0 },
                rules: config.rules(),
            };
            write(path, |out| report::text(report, &view, out))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_contract_is_an_error_where_settings_are_strict_and_else_no_more_than_said() {
        let complaint = || "the recall contract is not kept".to_owned();
        for is_quiet in [false, true] {
            let error = complain(complaint(), (true, is_quiet)).unwrap_err();
            assert_eq!(error.to_string(), complaint());
            assert!(complain(complaint(), (false, is_quiet)).is_ok());
        }
    }
}
