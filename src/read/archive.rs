//! Archives: each member is read as if it were a file of a folder, and nothing is extracted.
//!
//! A member's name is that of the archive, `!/`, and its path in it: `news.tar.gz!/daily/a.txt`. No such name is ever used as
//! a path, so that `..` and absolute names do no harm. Hidden members are left out, as in folders, and what macOS puts beside
//! them; ignore files inside an archive do not count. Members of a tar archive are read in its order, since there is no
//! other without holding them; those of a zip archive sorted by the bytes of their names, as in folders.
//!
//! An archive may stand in another one; a third inside those is a counted skip. All layers of a file share one [`Budget`].

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

use super::Reading;
use super::budget::Budget;
use super::failure;
use super::format::Named;
use super::input::Entry;
use super::peeked::Peeked;
use super::tar;
use super::tar_header;
use super::zip;

/// So deep may archives stand in each other.
const DEPTH: u8 = 2;
/// Stands between the name of an archive and the path of a member.
const SEPARATOR: &str = "!/";

/// A kind of archive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Archive {
    /// Members one after another.
    Tar,
    /// Members by a directory at the end.
    Zip,
}

impl Archive {
    /// The archive that an extension promises.
    pub(super) fn by_extension(extension: &str) -> Option<Self> {
        match extension {
            "tar" => Some(Self::Tar),
            "zip" => Some(Self::Zip),
            _ => None,
        }
    }

    /// What name and first bytes say. Office documents, books and programs are zip archives too, and nobody wants to read
    /// their insides: the bytes alone tell one only where the name has no extension.
    pub(super) fn of(named: Named, head: &[u8]) -> Option<Self> {
        let by_content = || match head {
            head if tar_header::is_tar(head) => Some(Self::Tar),
            head if named.is_bare && zip::is_zip(head) => Some(Self::Zip),
            _ => None,
        };
        named.archive.or_else(by_content)
    }
}

/// The file on the disk that a place in a report names: the file itself, or the archive that its member stands in. `None` if
/// there is no such file.
///
/// ```
/// use std::path::{Path, PathBuf};
/// let folder = tempfile::tempdir()?;
/// let archive = folder.path().join("news.tar");
/// std::fs::write(&archive, [0; 1024])?;
/// let member = folder.path().join("news.tar!/daily/a.txt");
/// assert_eq!(twicetold::read::container(&member), Some(archive));
/// assert_eq!(twicetold::read::container(Path::new("no/such/file")), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn container(place: &Path) -> Option<PathBuf> {
    if place.is_file() {
        return Some(place.to_owned());
    }
    let name = place.to_str()?;
    let archives = name.match_indices(SEPARATOR).filter_map(|(end, _)| name.get(..end));
    archives.map(Path::new).find(|path| path.is_file()).map(Path::to_owned)
}

/// Reads the members of an archive.
pub(super) fn read(
    reading: &mut Reading<'_>,
    entry: &Entry,
    archive: Archive,
    mut bytes: Peeked<'_>,
    budget: &Budget,
) -> Result<()> {
    if entry.depth >= DEPTH {
        return pass_over(reading, entry, "an archive in an archive in an archive");
    }
    match archive {
        Archive::Tar => tar::read(reading, entry, &mut bytes, budget),
        Archive::Zip => {
            let file = zip::spooled(&mut bytes).map_err(|cause| failure::at(entry, cause))?;
            zip::read(reading, entry, file, budget)
        }
    }
}

/// The entry for a member; `None` for what is left out.
pub(super) fn member(archive: &Entry, path: &str, size: u64) -> Option<Entry> {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./").or_else(|| path.strip_prefix('/')) {
        path = rest;
    }
    if path.is_empty() || path.split('/').any(is_left_out) {
        return None;
    }
    let first = path.split_once('/').map(|(first, _)| first.to_owned());
    Some(Entry {
        input: archive.input.clone(),
        name: format!("{}{SEPARATOR}{path}", archive.name),
        folder: archive.folder.clone().or(first),
        is_named: false,
        size: Some(size),
        depth: archive.depth + 1,
    })
}

fn is_left_out(part: &str) -> bool {
    part == "__MACOSX" || (part.starts_with('.') && part != "." && part != "..")
}

/// A member that cannot be read: a counted skip, or an error if the settings are strict.
pub(super) fn pass_over(reading: &mut Reading<'_>, member: &Entry, found: &str) -> Result<()> {
    if reading.config.strict {
        let error = Error::record(format!("a member that can be read, found {found}"));
        return Err(error.at(Path::new(&member.name), None));
    }
    reading.skip(&member.name, &format!("{found}, not read"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::format;

    fn names(path: &str) -> Option<(String, Option<String>)> {
        let archive = Entry { name: "a.tar".to_owned(), ..Entry::stdin() };
        member(&archive, path, 0).map(|entry| (entry.name, entry.folder))
    }

    #[test]
    fn a_member_is_named_by_archive_and_path_and_its_first_folder_is_its_source() {
        let named =
            |name: &str, folder: Option<&str>| Some((name.to_owned(), folder.map(str::to_owned)));
        assert_eq!(names("./daily/a.txt"), named("a.tar!/daily/a.txt", Some("daily")));
        assert_eq!(names("a.txt"), named("a.tar!/a.txt", None));
        assert_eq!(names("/etc/passwd"), named("a.tar!/etc/passwd", Some("etc")));
        assert_eq!(names("../b.txt"), named("a.tar!/../b.txt", Some("..")));
    }

    #[test]
    fn hidden_members_are_left_out() {
        for path in [".a", "b/.git/c.txt", "__MACOSX/b/._a.txt", "./", "/", ""] {
            assert_eq!(names(path), None, "{path}");
        }
    }

    #[test]
    fn a_zip_archive_under_the_name_of_something_else_is_none() {
        let of = |name: &str| Archive::of(format::by_name(name), b"PK\x03\x04\x14\0");
        assert_eq!(of("a.zip"), Some(Archive::Zip));
        assert_eq!(of("-"), Some(Archive::Zip));
        assert_eq!(of("unnamed.gz"), Some(Archive::Zip));
        assert_eq!(of("letter.docx"), None);
        assert_eq!(Archive::of(format::by_name("a.zip"), b"text"), Some(Archive::Zip));
        assert_eq!(Archive::of(format::by_name("a.tgz"), b""), Some(Archive::Tar));
        assert_eq!(Archive::of(format::by_name("a.txt"), b"text"), None);
    }
}
