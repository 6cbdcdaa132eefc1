//! Where a report goes: standard output, or a file that appears whole or not at all.

use std::fs::{OpenOptions, create_dir_all};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::report::escape_for_terminal;

/// How errors name standard output.
pub(super) const STANDARD_OUTPUT: &str = "standard output";
/// How errors name standard error.
pub(super) const STANDARD_ERROR: &str = "standard error";

/// Writes to a file beside its final name and renames it when all is written; without a path, to standard output.
pub(super) fn write(
    path: Option<&Path>,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let name = path.unwrap_or(Path::new(STANDARD_OUTPUT));
    let fill = |out: &mut dyn Write| {
        let placed =
            |error: Error| if error.place().is_none() { error.at(name, None) } else { error };
        fill(out).map_err(placed)
    };
    let Some(path) = path else {
        let stdout = io::stdout().lock();
        let mut out = BufWriter::with_capacity(1 << 16, stdout);
        fill(&mut out)?;
        return out.flush().map_err(|cause| Error::io(Path::new(STANDARD_OUTPUT), cause));
    };
    // What is no file (a pipe, a device) cannot be renamed over; a link leads to the file that is meant.
    match path.metadata() {
        Ok(found) if !found.is_file() => fill_special(path, fill),
        Ok(_) => replace(&path.canonicalize().unwrap_or_else(|_| path.to_owned()), fill),
        Err(_) if path.is_symlink() => fill_special(path, fill),
        Err(_) => replace(path, fill),
    }
}

/// Writes beside a file and renames.
fn replace(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |cause| Error::io(path, cause);
    let temporary = temporary_beside(path).map_err(failed)?;
    let mut out = BufWriter::with_capacity(1 << 16, temporary);
    fill(&mut out)?;
    let temporary = out.into_inner().map_err(|cause| failed(cause.into_error()))?;
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(path).map_err(|cause| failed(cause.error))?;
    Ok(())
}

/// Writes into what exists and is no file.
fn fill_special(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |cause| Error::io(path, cause);
    let mut out = BufWriter::new(
        OpenOptions::new().write(true).create(true).truncate(true).open(path).map_err(failed)?,
    );
    fill(&mut out)?;
    out.flush().map_err(failed)
}

/// A temporary file beside a path, with the rights of the file that it will replace, else those of any new file.
fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    let replaced = path.metadata().map(|old| old.permissions());
    #[cfg(unix)]
    let new = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(new);
    let temporary = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    if let Ok(rights) = replaced {
        temporary.as_file().set_permissions(rights)?;
    }
    Ok(temporary)
}

/// Makes a folder, and those above it.
pub(super) fn folder(path: &Path) -> Result<()> {
    create_dir_all(path).map_err(|cause| Error::io(path, cause))
}

/// Says a line on standard error; what came from outside is escaped.
pub(super) fn say(line: &str) -> Result<()> {
    let line = escape_for_terminal(line);
    let written = writeln!(io::stderr().lock(), "twicetold: {line}");
    written.map_err(|cause| Error::io(Path::new(STANDARD_ERROR), cause))
}
