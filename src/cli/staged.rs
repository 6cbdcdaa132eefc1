//! A file that is written whole before it has its name.
//!
//! On Linux the file has no name at all until then, so that nothing is left of it if the process is killed or the machine fails. Where the system or the
//! file system has no such files, it has a temporary name beside the final one; then an interrupted run leaves it behind.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that waits for its name.
#[derive(Debug)]
pub(super) struct Staged {
    file: Waiting,
    path: PathBuf,
}

#[derive(Debug)]
enum Waiting {
    Unnamed(File),
    Named(NamedTempFile),
}

impl Staged {
    /// An empty file, with the rights of the file that it will replace, else those of any new file.
    pub(super) fn beside(path: &Path) -> io::Result<Self> {
        let folder = folder(path);
        let file = match unnamed(folder) {
            Some(file) => Waiting::Unnamed(file),
            None => Waiting::Named(builder().tempfile_in(folder)?),
        };
        let staged = Self { file, path: path.to_owned() };
        if let Ok(replaced) = path.metadata() {
            staged.file().set_permissions(replaced.permissions())?;
        }
        Ok(staged)
    }

    fn file(&self) -> &File {
        match &self.file {
            Waiting::Unnamed(file) => file,
            Waiting::Named(file) => file.as_file(),
        }
    }

    /// Brings all bytes to the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file().sync_all()
    }

    /// Gives the file its name; what had it is replaced.
    pub(super) fn place(self) -> io::Result<()> {
        let named = match self.file {
            Waiting::Named(file) => file.into_temp_path(),
            Waiting::Unnamed(file) => {
                // No name can be taken from another file but by renaming, and only what has a name can be renamed.
                let linked = builder().make_in(folder(&self.path), |path| link(&file, path))?;
                linked.into_temp_path()
            }
        };
        named.persist(&self.path).map_err(|failed| failed.error)
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Makes temporary names for files that anybody may read whom the process lets.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// The names that the open files of this process have.
#[cfg(target_os = "linux")]
const OPEN_FILES: &str = "/proc/self/fd";

/// A file without a name, if there are such files here.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    if !Path::new(OPEN_FILES).is_dir() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    open(folder, flags, Mode::from_raw_mode(0o666)).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path) -> Option<File> {
    None
}

/// Gives an open file a name that is free.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd;
    let open = Path::new(OPEN_FILES).join(file.as_raw_fd().to_string());
    Ok(linkat(CWD, &open, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
