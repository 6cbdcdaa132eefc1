//! Completion scripts and the manual page, made from the same arguments as the parser.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::output::{STANDARD_OUTPUT, write};
use crate::error::{Error, Result};

/// Writes a completion script to standard output.
pub(super) fn completions(shell: Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "twicetold", &mut script);
    put(&script)
}

/// Writes the manual page to standard output: the program, then every command.
pub(super) fn man() -> Result<()> {
    let mut page = Vec::new();
    let failed = |cause| Error::io(Path::new(STANDARD_OUTPUT), cause);
    let mut program = Cli::command();
    program.build();
    clap_mangen::Man::new(program.clone()).render(&mut page).map_err(failed)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        clap_mangen::Man::new(command.clone()).render(&mut page).map_err(failed)?;
    }
    put(&page)
}

fn put(bytes: &[u8]) -> Result<()> {
    write(None, |out| {
        out.write_all(bytes).map_err(|cause| Error::io(Path::new(STANDARD_OUTPUT), cause))
    })
}
