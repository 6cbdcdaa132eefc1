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
    /// A file, or a folder with all files in it.
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
    /// Where its bytes are.
    pub(super) input: Input,
    /// Its name in reports: the path as given or found, with `/`; `-` is standard input.
    pub(super) name: String,
    /// The folder directly under the argument that it was found in.
    pub(super) folder: Option<String>,
    /// Its length as stored, in bytes; known of regular files only.
    pub(super) size: Option<u64>,
}

impl Entry {
    /// Standard input.
    pub(super) fn stdin() -> Self {
        Self { input: Input::Stdin, name: "-".to_owned(), folder: None, size: None }
    }

    /// A file that was named by itself.
    pub(super) fn file(path: &Path) -> Self {
        let regular = path.metadata().ok().filter(std::fs::Metadata::is_file);
        Self {
            input: Input::Path(path.to_owned()),
            name: shown(path),
            folder: None,
            size: regular.map(|metadata| metadata.len()),
        }
    }

    /// A file that was found in a folder.
    pub(super) fn found(path: &Path, root: &Path) -> Self {
        let mut below = path.strip_prefix(root).unwrap_or(path).components();
        let first = below.next().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let folder = first.filter(|_| below.next().is_some());
        Self { folder, ..Self::file(path) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_folder_is_the_first_below_the_argument() {
        let folder = |path: &str| Entry::found(Path::new(path), Path::new("corpus/")).folder;
        assert_eq!(folder("corpus/daily/2020/a.txt").as_deref(), Some("daily"));
        assert_eq!(folder("corpus/a.txt"), None);
    }
}
