//! Where a report goes: standard output, or a file that appears whole or not at all.

use std::fs::{OpenOptions, create_dir_all, remove_dir, remove_file};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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
    Written::beside(path, fill)?.place()
}

/// A file that is written whole and waits for its name.
struct Written<'a> {
    temporary: NamedTempFile,
    path: &'a Path,
}

impl<'a> Written<'a> {
    fn beside(path: &'a Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<Self> {
        let failed = |cause| Error::io(path, cause);
        let temporary = temporary_beside(path).map_err(failed)?;
        let mut out = BufWriter::with_capacity(1 << 16, temporary);
        fill(&mut out)?;
        let temporary = out.into_inner().map_err(|cause| failed(cause.into_error()))?;
        temporary.as_file().sync_all().map_err(failed)?;
        Ok(Self { temporary, path })
    }

    fn place(self) -> Result<()> {
        let placed = self.temporary.persist(self.path);
        placed.map(drop).map_err(|cause| Error::io(self.path, cause.error))
    }
}

/// Writes two files into a folder, which is made if need be: both or neither.
pub(super) fn write_both(
    folder: &Path,
    names: [&str; 2],
    fill: impl Fn(usize, &mut dyn Write) -> Result<()>,
) -> Result<()> {
    if folder.is_file() {
        let expected =
            format!("a folder with --format csv (-o DIR): {} is a file", folder.display());
        return Err(Error::config("output", expected));
    }
    let is_new = !folder.exists();
    create_dir_all(folder).map_err(|cause| Error::io(folder, cause))?;
    let paths = names.map(|name| folder.join(name));
    let written = place_both(&paths, fill);
    if written.is_err() && is_new {
        // Whoever has put something there meanwhile keeps it.
        let _ = remove_dir(folder);
    }
    written
}

fn place_both(
    [first, second]: &[PathBuf; 2],
    fill: impl Fn(usize, &mut dyn Write) -> Result<()>,
) -> Result<()> {
    let one = Written::beside(first, |out| fill(0, out))?;
    let other = Written::beside(second, |out| fill(1, out))?;
    if let Some(path) = [first, second].into_iter().find(|path| path.is_dir()) {
        return Err(Error::io(path, io::ErrorKind::IsADirectory.into()));
    }
    one.place()?;
    other.place().inspect_err(|_| {
        let _ = remove_file(first);
    })
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

/// Says a line on standard error; what came from outside is escaped.
pub(super) fn say(line: &str) -> Result<()> {
    let line = escape_for_terminal(line);
    let written = writeln!(io::stderr().lock(), "twicetold: {line}");
    written.map_err(|cause| Error::io(Path::new(STANDARD_ERROR), cause))
}
