//! Where a report goes: standard output, or a file that appears whole or not at all.

use std::fs::{OpenOptions, create_dir_all};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// How errors name standard output.
pub(super) const STANDARD_OUTPUT: &str = "standard output";

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
    if let Ok(target) = path.canonicalize() {
        return if target.is_file() { replace(&target, fill) } else { fill_special(&target, fill) };
    }
    replace(path, fill)
}

/// Writes beside a file and renames.
fn replace(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |cause| Error::io(path, cause);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let temporary = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let mut out = BufWriter::with_capacity(1 << 16, temporary);
    fill(&mut out)?;
    let temporary = out.into_inner().map_err(|cause| failed(cause.into_error()))?;
    temporary.as_file().sync_all().map_err(failed)?;
    readable_by_others(&temporary).map_err(failed)?;
    temporary.persist(path).map_err(|cause| failed(cause.error))?;
    Ok(())
}

/// Writes into what exists and is no file.
fn fill_special(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |cause| Error::io(path, cause);
    let mut out = BufWriter::new(OpenOptions::new().write(true).open(path).map_err(failed)?);
    fill(&mut out)?;
    out.flush().map_err(failed)
}

/// A temporary file is private; a report is not.
#[cfg(unix)]
fn readable_by_others(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_file: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

/// Makes a folder, and those above it.
pub(super) fn folder(path: &Path) -> Result<()> {
    create_dir_all(path).map_err(|cause| Error::io(path, cause))
}
