//! Inputs become files: folders are walked and sorted, and no file is read twice.
//!
//! Hidden files and those that `.gitignore` or `.ignore` files inside the folder name are left out, in a repository or not.
//! Ignore files *above* the folder and the user's own do not count: whoever names a folder wants what is in it, and two
//! machines must find the same. Symbolic links that a folder holds are not followed, neither to folders nor to files, and that is
//! counted: what they lead to was not named, and `dedup --in-place` would replace it. A link that is named itself is.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::error::{Error, Result};

use super::Reading;
use super::format;
use super::glob;
use super::input::{Entry, Input, shown};
use super::top_folder::CommonFolder;

/// All files that the inputs come to, in their order; files of a folder and of a pattern sorted by the bytes of their path.
pub(super) fn entries(inputs: &[Input], reading: &mut Reading<'_>) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut common = CommonFolder::default();
    for input in inputs {
        let Input::Path(path) = input else {
            entries.push(Entry::stdin());
            continue;
        };
        let paths = glob::expanded(path).unwrap_or_else(|| vec![path.clone()]);
        if paths.is_empty() {
            let cause = io::Error::new(io::ErrorKind::NotFound, "matches no file");
            reading.forgive(&shown(path), Error::io(path, cause))?;
        }
        for path in &paths {
            let is_folder = path.is_dir();
            common.add(path, is_folder || is_archive(path));
            if is_folder {
                entries.extend(folder(path, reading)?);
            } else {
                entries.push(Entry::file(path));
            }
        }
    }
    for entry in &mut entries {
        if let Input::Path(path) = &entry.input {
            // An archive is the folder that its members are in.
            let below = if is_archive(path) { path.join("member") } else { path.clone() };
            entry.folder = common.top(&below);
        }
    }
    let mut seen = BTreeSet::new();
    entries.retain(|entry| {
        let is_new = seen.insert(identity(entry));
        if !is_new {
            reading.corpus.warn(format!("{}: given twice, read once", entry.name));
        }
        is_new
    });
    Ok(entries)
}

/// Whether a file's name is that of an archive.
fn is_archive(path: &Path) -> bool {
    format::by_name(&shown(path)).archive.is_some()
}

/// What two names of one file have in common. What has no path of its own (a pipe, a missing file) goes by its name.
fn identity(entry: &Entry) -> Option<PathBuf> {
    match &entry.input {
        Input::Stdin => None,
        Input::Path(path) => Some(path.canonicalize().unwrap_or_else(|_| path.clone())),
    }
}

/// The files of a folder.
fn folder(root: &Path, reading: &mut Reading<'_>) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut walk = WalkBuilder::new(root);
    walk.require_git(false).parents(false).git_global(false).follow_links(false);
    for found in walk.build() {
        match found {
            Ok(found) => entries.extend(file(&found, reading)),
            Err(error) => broken(root, error, reading)?,
        }
    }
    entries.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    if entries.is_empty() && reading.takes_ledgers {
        // Whoever compares with nothing believes that nothing was found.
        let cause = io::Error::new(io::ErrorKind::NotFound, "no files in this folder");
        reading.forgive(&shown(root), Error::io(root, cause))?;
    } else if entries.is_empty() {
        reading.corpus.warn(format!("{}: no files in this folder", shown(root)));
    }
    Ok(entries)
}

/// The entry for what a walk found, if it is a file. To open a pipe or a device could hang for ever.
fn file(found: &DirEntry, reading: &mut Reading<'_>) -> Option<Entry> {
    let kind = found.file_type()?;
    if kind.is_file() {
        return Some(Entry::found(found.path()));
    }
    // The folder that was named may be a link itself.
    if kind.is_symlink() && found.depth() > 0 {
        reading.skip(&shown(found.path()), "a symbolic link, not followed");
    } else if !kind.is_symlink() && !kind.is_dir() {
        reading.skip(&shown(found.path()), "not a regular file");
    }
    None
}

/// A part of a folder that could not be walked.
fn broken(root: &Path, error: ignore::Error, reading: &mut Reading<'_>) -> Result<()> {
    let path = path_of(&error).unwrap_or(root).to_owned();
    let message = error.to_string();
    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other(message));
    reading.forgive(&shown(&path), Error::io(&path, cause))
}

/// The path that an error speaks of.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}
