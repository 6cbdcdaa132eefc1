//! Where a report goes: standard output, or a file that appears whole or not at all.

use std::fs::create_dir_all;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// Writes to a file beside its final name and renames it when all is written; without a path, to standard output.
pub(super) fn write(
    path: Option<&Path>,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let Some(path) = path else {
        let stdout = io::stdout().lock();
        let mut out = BufWriter::with_capacity(1 << 16, stdout);
        fill(&mut out)?;
        return out.flush().map_err(|cause| Error::io(Path::new("-"), cause));
    };
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
