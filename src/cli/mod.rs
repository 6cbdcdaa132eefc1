//! The command line: words → settings → library → report → exit code.

mod args;
mod config_file;
mod detect;
mod explain;
mod generate;
mod output;
mod progress;
mod settings;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Color, Command};

use crate::error::Result;

/// Done.
const DONE: u8 = 0;
/// Something was found, and `--exit-code` was given.
const FOUND: u8 = 1;
/// Error.
const FAILED: u8 = 2;

/// Runs the program on the process's own arguments.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
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

fn run(words: &[OsString]) -> Result<u8> {
    let mut cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(usage) => return Ok(say(&usage)),
    };
    if let Some(path) = config_path(&cli) {
        let words = config_file::with_file(words, &path)?;
        cli = match Cli::try_parse_from(words) {
            Ok(cli) => cli,
            Err(usage) => return Ok(say(&usage)),
        };
    }
    match cli.command {
        Command::Detect(args) => detect::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Completions { shell } => generate::completions(shell).map(|()| DONE),
        Command::Man => generate::man().map(|()| DONE),
    }
}

/// Prints help, version or a usage error, and gives its exit code.
fn say(usage: &clap::Error) -> u8 {
    // A closed pipe is no failure of ours.
    let _ = usage.print();
    if usage.use_stderr() { FAILED } else { DONE }
}

fn config_path(cli: &Cli) -> Option<PathBuf> {
    match &cli.command {
        Command::Detect(args) => args.matching.config.clone(),
        Command::Explain(args) => args.matching.config.clone(),
        Command::Completions { .. } | Command::Man => None,
    }
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
