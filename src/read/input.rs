//! What a user asks to read, and the single files that it comes to.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What a user asks to read.
///
/// ```
/// use std::ffi::OsStr;
/// use twicetold::read::Input;
/// assert_eq!(Input::from_argument(OsStr::new("-")), Input::Stdin);
/// assert_eq!(Input::from_argument(OsStr::new("news")), Input::Path("news".into()));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Input {
    /// A file, a folder with all files in it, or a pattern for names of both.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// The input that a word on the command line means: `-` is standard input.
    pub fn from_argument(argument: &OsStr) -> Self {
        if argument == "-" { Self::Stdin } else { Self::Path(argument.into()) }
    }
}

/// One file that will be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Entry {
    /// Where its bytes are, or those of the archive that it stands in.
    pub(super) input: Input,
    /// Its name in reports: the path as given or found, with `/`; `-` is standard input. Of a member of an archive, behind
    /// that of the archive.
    pub(super) name: String,
    /// The first folder on the way to it, from the folder that all inputs have in common.
    pub(super) folder: Option<String>,
    /// Whether somebody named it, and not only a folder above it.
    pub(super) is_named: bool,
    /// Its length as stored, in bytes; known of regular files and members only.
    pub(super) size: Option<u64>,
    /// In how many archives it stands.
    pub(super) depth: u8,
}

impl Entry {
    /// Standard input.
    pub(super) fn stdin() -> Self {
        Self {
            input: Input::Stdin,
            name: "-".to_owned(),
            folder: None,
            is_named: true,
            size: None,
            depth: 0,
        }
    }

    /// A file that was found in a folder.
    pub(super) fn found(path: &Path) -> Self {
        Self { is_named: false, ..Self::file(path) }
    }

    /// A file that was named by itself.
    pub(super) fn file(path: &Path) -> Self {
        let regular = path.metadata().ok().filter(std::fs::Metadata::is_file);
        Self {
            input: Input::Path(path.to_owned()),
            name: shown(path),
            folder: None,
            is_named: true,
            size: regular.map(|metadata| metadata.len()),
            depth: 0,
        }
    }
}

/// A path as reports show it: with `/` between its parts.
pub(super) fn shown(path: &Path) -> String {
    let name = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        name.into_owned()
    } else {
        name.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
