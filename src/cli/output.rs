//! Where a report goes: standard output, or a file that appears whole or not at all.

use std::fs::{File, OpenOptions, create_dir_all, remove_dir, remove_file, rename};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use super::staged::{Rights, Staged};
use crate::error::{Error, Result};
use crate::report::escape_for_terminal;

/// How errors name standard output.
pub(super) const STANDARD_OUTPUT: &str = "standard output";
/// How errors name standard error.
pub(super) const STANDARD_ERROR: &str = "standard error";

/// Writes to a file that has its name when all is written; without a path, to standard output.
pub(super) fn write(
    path: Option<&Path>,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    write_within(Rights::default(), path, fill)
}

/// The same, with no more rights than these.
pub(super) fn write_within(
    rights: Rights,
    path: Option<&Path>,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let mut out = Sink::open(path, rights)?;
    let filled = fill(&mut out);
    out.blamed(filled)?;
    out.finish()?.place()
}

/// Writes two at a time, with no more rights than these. Neither has its name before both are complete, and the second not before
/// the first.
pub(super) fn write_two(
    rights: Rights,
    [first, second]: [Option<&Path>; 2],
    fill: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<()>,
) -> Result<()> {
    let (mut one, mut other) = (Sink::open(first, rights)?, Sink::open(second, rights)?);
    let filled = fill(&mut one, &mut other);
    if other.has_failed { other.blamed(filled) } else { one.blamed(filled) }?;
    let (one, other) = (one.finish()?, other.finish()?);
    one.place()?;
    other.place()
}

/// Something that is written to, and how errors name it.
struct Sink {
    to: Target,
    name: PathBuf,
    has_failed: bool,
}

enum Target {
    Standard(BufWriter<StdoutLock<'static>>),
    /// A pipe or a device, which cannot be renamed over.
    Special(BufWriter<File>),
    File(BufWriter<Staged>),
}

impl Sink {
    const BUFFER: usize = 1 << 16;

    fn open(path: Option<&Path>, rights: Rights) -> Result<Self> {
        let name = path.unwrap_or(Path::new(STANDARD_OUTPUT));
        let to = match path {
            None => {
                Ok(Target::Standard(BufWriter::with_capacity(Self::BUFFER, io::stdout().lock())))
            }
            Some(path) => Target::at(path, rights),
        };
        let to = to.map_err(|cause| Error::io(name, cause))?;
        Ok(Self { to, name: name.to_owned(), has_failed: false })
    }

    /// An error while it was filled has its name, unless it has another place.
    fn blamed(&self, filled: Result<()>) -> Result<()> {
        let placed = |error: Error| {
            if error.place().is_none() { error.at(&self.name, None) } else { error }
        };
        filled.map_err(placed)
    }

    /// Brings everything to where it belongs but for the name of a file.
    fn finish(self) -> Result<Finished> {
        let failed = |cause| Error::io(&self.name, cause);
        match self.to {
            Target::Standard(mut out) => out.flush().map_err(failed).map(|()| Finished(None)),
            Target::Special(mut out) => out.flush().map_err(failed).map(|()| Finished(None)),
            Target::File(out) => {
                let staged = out.into_inner().map_err(|cause| failed(cause.into_error()))?;
                staged.sync().map_err(failed)?;
                Ok(Finished(Some((staged, self.name))))
            }
        }
    }
}

impl Target {
    /// A link leads to the file that is meant.
    fn at(path: &Path, rights: Rights) -> io::Result<Self> {
        let special = || {
            let file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
            Ok(Self::Special(BufWriter::new(file)))
        };
        let file = |path: &Path| {
            Ok(Self::File(BufWriter::with_capacity(Sink::BUFFER, Staged::beside(path, rights)?)))
        };
        match path.metadata() {
            Ok(found) if !found.is_file() => special(),
            Ok(_) => file(&path.canonicalize().unwrap_or_else(|_| path.to_owned())),
            Err(_) if path.is_symlink() => special(),
            Err(_) => file(path),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.to {
            Target::Standard(out) => out.write(bytes),
            Target::Special(out) => out.write(bytes),
            Target::File(out) => out.write(bytes),
        };
        self.has_failed |= written.is_err();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = match &mut self.to {
            Target::Standard(out) => out.flush(),
            Target::Special(out) => out.flush(),
            Target::File(out) => out.flush(),
        };
        self.has_failed |= flushed.is_err();
        flushed
    }
}

/// What is complete; a file still waits for its name.
struct Finished(Option<(Staged, PathBuf)>);

impl Finished {
    fn place(self) -> Result<()> {
        let Some((staged, name)) = self.0 else { return Ok(()) };
        staged.place().map_err(|cause| Error::io(&name, cause))
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
    let file = |number: usize, path: &PathBuf| {
        let staged =
            Staged::beside(path, Rights::default()).map_err(|cause| Error::io(path, cause))?;
        let to = Target::File(BufWriter::with_capacity(Sink::BUFFER, staged));
        let mut out = Sink { to, name: path.clone(), has_failed: false };
        fill(number, &mut out)?;
        out.finish()
    };
    let (one, other) = (file(0, first)?, file(1, second)?);
    if let Some(path) = [first, second].into_iter().find(|path| path.is_dir()) {
        return Err(Error::io(path, io::ErrorKind::IsADirectory.into()));
    }
    one.place()?;
    other.place().inspect_err(|_| {
        let _ = remove_file(first);
    })
}

/// Fills a folder that has its name when all is written; one of that name may be there if it is empty. `fill` gets the path of the
/// folder in the making.
pub(super) fn write_folder(output: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let failed = |path: &Path, cause| Error::io(path, cause);
    create_dir_all(parent).map_err(|cause| failed(parent, cause))?;
    let staging = tempfile::Builder::new().prefix(".twicetold-").tempdir_in(parent);
    let staging = staging.map_err(|cause| failed(parent, cause))?;
    // Whoever may look into new folders may look into this one.
    let whole = staging.path().join("whole");
    create_dir_all(&whole).map_err(|cause| failed(&whole, cause))?;
    fill(&whole)?;
    if output.is_dir() {
        remove_dir(output).map_err(|cause| failed(output, cause))?;
    }
    rename(&whole, output).map_err(|cause| failed(output, cause))
}

/// The same, in place of a folder that may hold something, which goes when all is written.
pub(super) fn replace_folder(output: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    write_folder(output, |whole| {
        fill(whole)?;
        let Some(staging) = whole.parent().filter(|_| output.is_dir()) else { return Ok(()) };
        // It goes with the folder in which the new one was made.
        rename(output, staging.join("old")).map_err(|cause| Error::io(output, cause))
    })
}

/// Says a line on standard error; what came from outside is escaped.
pub(super) fn say(line: &str) -> Result<()> {
    let line = escape_for_terminal(line);
    let written = writeln!(io::stderr().lock(), "twicetold: {line}");
    written.map_err(|cause| Error::io(Path::new(STANDARD_ERROR), cause))
}
