//! A file that is written whole before it has its name.
//!
//! On Linux the file has no name at all until then, so that nothing is left of it if the process is killed or the machine fails. Where the system or the
//! file system has no such files, it has a temporary name beside the final one; then an interrupted run leaves it behind.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The most that the rights of a file may be: to read and to write for whom may read what it is made of, and for its owner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rights(u32);

/// To read and to write, for everybody and for the owner alone.
const EVERYBODY: u32 = 0o666;
#[cfg(unix)]
const OWNER: u32 = 0o600;

impl Default for Rights {
    fn default() -> Self {
        Self(EVERYBODY)
    }
}

impl Rights {
    /// Those of a file that is made of these; what does not exist takes no rights away.
    pub(super) fn of<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Self {
        paths.into_iter().fold(Self::default(), |rights, path| rights.with(path.as_ref()))
    }

    #[cfg(unix)]
    fn with(self, path: &Path) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let found = path.metadata().ok().filter(std::fs::Metadata::is_file);
        let mode = found.map_or(EVERYBODY, |found| found.permissions().mode());
        Self(self.0 & (mode | OWNER))
    }

    #[cfg(not(unix))]
    fn with(self, _: &Path) -> Self {
        self
    }

    /// Takes away what a file that is replaced gives beyond these.
    fn narrow(self, rights: std::fs::Permissions) -> std::fs::Permissions {
        #[cfg(unix)]
        if self.0 != EVERYBODY {
            use std::os::unix::fs::PermissionsExt;
            let mode = rights.mode();
            return PermissionsExt::from_mode(mode & (self.0 | !EVERYBODY));
        }
        rights
    }
}

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
    /// An empty file, with the rights of the file that it will replace, else those of any new file, but no more than these.
    pub(super) fn beside(path: &Path, rights: Rights) -> io::Result<Self> {
        let folder = folder(path);
        let file = match unnamed(folder, rights) {
            Some(file) => Waiting::Unnamed(file),
            None => Waiting::Named(builder(rights).tempfile_in(folder)?),
        };
        let staged = Self { file, path: path.to_owned() };
        if let Ok(replaced) = path.metadata() {
            staged.file().set_permissions(rights.narrow(replaced.permissions()))?;
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
                let linked = builder(Rights::default())
                    .make_in(folder(&self.path), |path| link(&file, path))?;
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

/// Makes temporary names for files that anybody may read whom the process and these rights let.
#[cfg_attr(not(unix), expect(unused_variables, reason = "there are no such rights"))]
fn builder(rights: Rights) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(rights.0));
    builder
}

/// The names that the open files of this process have.
#[cfg(target_os = "linux")]
const OPEN_FILES: &str = "/proc/self/fd";

/// A file without a name, if there are such files here.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, rights: Rights) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    if !Path::new(OPEN_FILES).is_dir() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    open(folder, flags, Mode::from_raw_mode(rights.0)).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path, _: Rights) -> Option<File> {
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
