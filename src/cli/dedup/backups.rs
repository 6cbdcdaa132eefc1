//! `FILE.bak`: what `--in-place` replaces stays beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::layout::backup;
use crate::error::{Error, Result};
use crate::read::open;

/// Backups that were made. They go again with this value, unless they are [kept](Self::keep): nothing was replaced then.
#[derive(Debug, Default)]
pub(super) struct Backups(Vec<PathBuf>);

impl Backups {
    /// Makes a backup of each file, which must be new.
    pub(super) fn make(&mut self, files: impl Iterator<Item = PathBuf>) -> Result<()> {
        for file in files {
            let path = backup(&file);
            made(&file, &path).map_err(|cause| Error::io(&path, cause))?;
            self.0.push(path);
        }
        Ok(())
    }

    /// From now on they are all that is left of the files.
    pub(super) fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Backups {
    fn drop(&mut self) {
        for path in &self.0 {
            // A run that failed leaves nothing behind, if it can.
            let _ = fs::remove_file(path);
        }
    }
}

/// A second name costs nothing; where there is none, a copy. Neither replaces anything.
fn made(file: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(file, path) {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
            let mut copy = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
            let mut original = open(file).map_err(io::Error::other)?;
            copy.set_permissions(original.metadata()?.permissions())?;
            io::copy(&mut original, &mut copy)?;
            copy.sync_all()
        }
        linked => linked,
    }
}
