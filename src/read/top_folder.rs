//! The folder that tells where a file came from, when nothing else does.
//!
//! It is the first one below the folder that all inputs have in common, so that one and the same file has one source whether
//! the corpus was named as a folder, as its folders, or file by file. Links are not followed for this.

use std::path::{Component, Path, PathBuf};

/// The folder that holds all inputs: folders themselves, files by the folder they are in.
#[derive(Debug, Default)]
pub(super) struct CommonFolder(Option<PathBuf>);

impl CommonFolder {
    /// Another input.
    pub(super) fn add(&mut self, input: &Path, is_folder: bool) {
        let mut folder = plain(input);
        if !is_folder {
            folder.pop();
        }
        self.0 = Some(match &self.0 {
            None => folder,
            Some(known) => {
                let shared = known.components().zip(folder.components());
                shared.take_while(|(a, b)| a == b).map(|(part, _)| part).collect()
            }
        });
    }

    /// The first folder below on the way to a file.
    pub(super) fn top(&self, file: &Path) -> Option<String> {
        let file = plain(file);
        let mut below = file.strip_prefix(self.0.as_ref()?).ok()?.components();
        let first = below.next()?.as_os_str().to_string_lossy().into_owned();
        below.next().map(|_| first)
    }
}

/// A path from the root on, without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(inputs: &[(&str, bool)], file: &str) -> Option<String> {
        let mut common = CommonFolder::default();
        for (input, is_folder) in inputs {
            common.add(Path::new(input), *is_folder);
        }
        common.top(Path::new(file))
    }

    #[test]
    fn a_file_has_one_source_however_the_corpus_is_named() {
        let file = "corpus/daily/2020/a.txt";
        let (folder, single) = (true, false);
        for inputs in [
            &[("corpus", folder)][..],
            &[("corpus/", folder)],
            &[("corpus/daily", folder), ("corpus/times", folder)],
            &[("./corpus/daily/2020", folder), ("corpus/times/../times/b.txt", single)],
            &[(file, single), ("corpus/times/b.txt", single)],
            &[("corpus/daily", folder), ("corpus/b.txt", single)],
        ] {
            assert_eq!(top(inputs, file).as_deref(), Some("daily"), "{inputs:?}");
        }
    }

    #[test]
    fn a_file_in_the_common_folder_itself_has_none() {
        assert_eq!(top(&[("corpus", true)], "corpus/a.txt"), None);
        assert_eq!(top(&[("corpus/a.txt", false)], "corpus/a.txt"), None);
        assert_eq!(top(&[], "a.txt"), None);
    }
}
