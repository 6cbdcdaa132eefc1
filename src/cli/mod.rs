//! The command line: words → settings → library → report → exit code.

mod args;
mod audit;
mod config_file;
mod dedup;
mod detect;
mod eval;
mod explain;
mod generate;
mod language;
mod output;
mod plan;
mod progress;
mod settings;
mod staged;
mod synth;
mod timings;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, FromArgMatches};

use args::{Cli, Color, Command, MatchingArgs};
use config_file::SettingsFile;
use output::{STANDARD_ERROR, STANDARD_OUTPUT};

use crate::error::{Error, Result};
use crate::memory::{Bound, Files};

/// Done.
const DONE: u8 = 0;
/// Something was found, and `--exit-code` was given.
const FOUND: u8 = 1;
/// Error.
const FAILED: u8 = 2;

/// Runs the program on the process's own arguments.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    keep_contained_panics_quiet();
    match run(&words) {
        Ok(code) => ExitCode::from(code),
        Err(error) if error.is_broken_pipe() => ExitCode::from(DONE),
        Err(error) => {
            let message = crate::report::escape_for_terminal(&error.to_string()).into_owned();
            // If standard error is gone too there is nobody to tell.
            let _ = writeln!(io::stderr(), "twicetold: {message}");
            ExitCode::from(FAILED)
        }
    }
}

/// A library that panics of a damaged file is an error of that file, which is told by itself.
fn keep_contained_panics_quiet() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::read::is_contained() {
            told(panic);
        }
    }));
}

fn run(words: &[OsString]) -> Result<u8> {
    let typed = match parsed(words) {
        Ok(typed) => typed,
        Err(usage) => return say(&usage),
    };
    let Some(path) = config_path(&typed.cli) else { return execute(&typed.cli) };
    let settings = SettingsFile::read(&path, &typed.verb)?;
    match parsed(&settings.merged(words, &typed.matches)) {
        Ok(merged) => execute(&merged.cli).map_err(|error| settings.blame(error, &typed.matches)),
        Err(usage) => say(&usage),
    }
}

/// Words that the parser has understood.
struct Parsed {
    cli: Cli,
    /// The command's name, and what was typed behind it.
    verb: String,
    matches: ArgMatches,
}

fn parsed(words: &[OsString]) -> Result<Parsed, clap::Error> {
    let matches = args::parser().try_get_matches_from(words)?;
    let cli = Cli::from_arg_matches(&matches)?;
    let (verb, matches) = matches.subcommand().unwrap_or(("", &matches));
    Ok(Parsed { cli, verb: verb.to_owned(), matches: matches.clone() })
}

fn execute(cli: &Cli) -> Result<u8> {
    let matching = matching(&cli.command);
    matching.map_or(Ok(()), bound_memory)?;
    let done = dispatch(&cli.command)?;
    matching.map_or(Ok(done), |matching| say_what_had_no_room(matching).map(|()| done))
}

fn dispatch(command: &Command) -> Result<u8> {
    match command {
        Command::Detect(args) => detect::run(args),
        Command::Dedup(args) => dedup::run(args),
        Command::Audit(args) => audit::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Plan(args) => plan::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Synth(args) => synth::run(args),
        Command::Completions { shell } => generate::completions(*shell).map(|()| DONE),
        Command::Man => generate::man().map(|()| DONE),
    }
}

/// Prints help, version or a usage error, and gives its exit code.
fn say(usage: &clap::Error) -> Result<u8> {
    let name = if usage.use_stderr() { STANDARD_ERROR } else { STANDARD_OUTPUT };
    let printed = usage.print().and_then(|()| io::stdout().flush());
    printed.map_err(|cause| Error::io(Path::new(name), cause))?;
    Ok(if usage.use_stderr() { FAILED } else { DONE })
}

fn config_path(cli: &Cli) -> Option<PathBuf> {
    matching(&cli.command)?.config.clone()
}

/// How sentences are matched, where a command does.
fn matching(command: &Command) -> Option<&MatchingArgs> {
    match command {
        Command::Detect(args) => Some(&args.matching),
        Command::Dedup(args) => Some(&args.matching),
        Command::Audit(args) => Some(&args.matching),
        Command::Explain(args) => Some(&args.matching),
        Command::Plan(args) => Some(&args.matching),
        Command::Eval(_) | Command::Synth(_) | Command::Completions { .. } | Command::Man => None,
    }
}

/// Where tables that do not fit are to lie.
fn folder_of_tables(matching: &MatchingArgs) -> PathBuf {
    matching.tmp.clone().unwrap_or_else(std::env::temp_dir)
}

/// Holds the process to the bound that was asked for.
fn bound_memory(matching: &MatchingArgs) -> Result<()> {
    let folder = folder_of_tables(matching);
    let Some(bound) = matching.memory else {
        // Nobody asked; a machine without room for files runs as far as its memory goes.
        let _ = Bound::half_of_machine().map(|bound| bound.hold(&folder));
        return Ok(());
    };
    match bound.hold(&folder).map_err(|cause| Error::io(&folder, cause))? {
        Files::OnDisk => Ok(()),
        Files::InMemory => output::say(&format!(
            "{}: files there are memory too, so the bound has no effect: give a folder on a disk (--tmp DIR)",
            folder.display()
        )),
    }
}

/// Says so if the bound that somebody asked for was not held for want of disk space.
fn say_what_had_no_room(matching: &MatchingArgs) -> Result<()> {
    let kept = crate::memory::kept_without_room();
    if matching.memory.is_none() || kept == 0 {
        return Ok(());
    }
    output::say(&format!(
        "{}: no room for {} MB of tables, which stayed in memory (--tmp DIR for another folder)",
        folder_of_tables(matching).display(),
        kept.div_ceil(1_000_000)
    ))
}

/// Whether a report on standard output is coloured.
fn colored(color: Color, to_file: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let choice = anstream::AutoStream::choice(&io::stdout());
            !to_file && io::stdout().is_terminal() && choice != anstream::ColorChoice::Never
        }
    }
}

/// The width of the terminal in columns; 100 where there is none.
fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).clamp(40, 140))
}
