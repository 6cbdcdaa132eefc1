//! Patterns for names, expanded here where no shell did: quoted ones, and all of them on Windows.
//!
//! `*` and `?` stand for characters of one name, `[a-z]` for one of them, `{a,b}` for either, and `**` for folders, none or
//! many. A file that has such a name is itself no pattern. As in a shell, hidden names are left out, unless a part of the
//! pattern begins with a dot; ignore files do not count. Folders that match are walked, but not with `**`, whose matches are
//! the files; as in a shell it goes through no symbolic link, nor gives one. What matches is sorted by the bytes of its path. Cost: a walk below the part of the pattern that is a plain name.

use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;

use super::input::shown;

/// What makes a name a pattern.
const SIGNS: [char; 3] = ['*', '?', '['];
/// What is no plain part of a pattern, beside the signs.
const CHOICE: char = '{';

/// What a pattern matches, in order; `None` if it is none, but the name of something, or of nothing.
pub(super) fn expanded(input: &Path) -> Option<Vec<PathBuf>> {
    let pattern = input.to_str().filter(|pattern| pattern.contains(SIGNS))?;
    if input.symlink_metadata().is_ok() {
        return None;
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).build().ok()?.compile_matcher();
    let is_plain = |part: &&std::ffi::OsStr| {
        part.to_str().is_some_and(|part| !part.contains(SIGNS) && !part.contains(CHOICE))
    };
    let base: PathBuf = input.iter().take_while(is_plain).collect();
    let root = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
    if !root.is_dir() {
        return Some(Vec::new());
    }
    let is_deep = pattern.contains("**");
    let wants_hidden = input.iter().skip(base.iter().count()).any(|part| is_hidden(part.to_str()));
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false).hidden(!wants_hidden).follow_links(!is_deep);
    if !is_deep {
        walk.max_depth(Some(input.iter().count() - base.iter().count()));
    }
    // What cannot be walked cannot match; a pattern promises nothing of it.
    let found = walk.build().filter_map(Result::ok).filter(|found| {
        let kind = found.file_type();
        kind.is_some_and(|kind| !is_deep || !kind.is_dir() && !kind.is_symlink())
    });
    let mut paths: Vec<_> = found
        .map(|found| match found.path().strip_prefix("./") {
            Ok(path) if base.as_os_str().is_empty() => path.to_owned(),
            _ => found.into_path(),
        })
        .filter(|path| glob.is_match(path))
        .collect();
    paths.sort_by(|a, b| shown(a).as_bytes().cmp(shown(b).as_bytes()));
    Some(paths)
}

fn is_hidden(part: Option<&str>) -> bool {
    part.is_some_and(|part| part.starts_with('.') && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a pattern matches in a folder of these files, without the folder's own path.
    fn matches(pattern: &str) -> Option<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["b.txt", "a.txt", "c.csv", "d/a.txt", "d/e/f.txt", ".h/a.txt", ".g.txt", "x[1].txt"]
        {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "Text.").unwrap();
        }
        let found = expanded(&folder.path().join(pattern))?;
        let names = found.iter().map(|path| shown(path.strip_prefix(folder.path()).unwrap()));
        Some(names.collect())
    }

    #[test]
    fn each_sign_means_what_it_means_in_a_shell() {
        assert_eq!(matches("*.txt").unwrap(), ["a.txt", "b.txt", "x[1].txt"]);
        assert_eq!(matches("?.txt").unwrap(), ["a.txt", "b.txt"]);
        assert_eq!(matches("[b-z].*").unwrap(), ["b.txt", "c.csv"]);
        assert_eq!(matches("{a,c}.[ct]*").unwrap(), ["a.txt", "c.csv"]);
        assert_eq!(matches("d/*").unwrap(), ["d/a.txt", "d/e"]);
        assert_eq!(matches("d/*.txt").unwrap(), ["d/a.txt"]);
        assert_eq!(matches("*/*.txt").unwrap(), ["d/a.txt"]);
        let deep = ["a.txt", "b.txt", "d/a.txt", "d/e/f.txt", "x[1].txt"];
        assert_eq!(matches("**/*.txt").unwrap(), deep);
        assert_eq!(matches("d/**").unwrap(), ["d/a.txt", "d/e/f.txt"]);
        assert_eq!(matches(".*/*.txt").unwrap(), [".h/a.txt"]);
        assert!(matches("*.none").unwrap().is_empty());
        assert!(matches("none/*").unwrap().is_empty());
    }

    #[test]
    fn a_name_is_no_pattern_where_something_has_it_or_where_it_is_none() {
        assert_eq!(matches("x[1].txt"), None);
        assert_eq!(matches("plain.txt"), None);
        assert_eq!(matches("broken["), None);
    }
}
