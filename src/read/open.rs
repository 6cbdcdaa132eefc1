//! Opening files: the one place where it is done, so that no error goes without its path.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

/// The longest helper file, in bytes.
const HELPER_LIMIT: u64 = 16 << 20;

/// Opens a file for reading.
///
/// # Errors
/// The file cannot be opened; the error names it.
pub fn open(path: &Path) -> Result<File> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that puts the path into the error"
    )]
    File::open(path).map_err(|cause| Error::io(path, cause))
}

/// Reads a small helper file (settings, word lists) of at most 16 MB into memory.
///
/// # Errors
/// The file cannot be read, is too long, or is not valid UTF-8; the error names it.
pub fn read_to_string(path: &Path) -> Result<String> {
    let mut text = String::new();
    let read = open(path)?.take(HELPER_LIMIT + 1).read_to_string(&mut text);
    read.map_err(|cause| Error::io(path, cause))?;
    if text.len() as u64 > HELPER_LIMIT {
        return Err(Error::limit("longer than 16 MB, which no helper file is").at(path, None));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_opened_is_named() {
        let error = read_to_string(Path::new("no/such/file.toml")).unwrap_err();
        assert!(error.to_string().starts_with("no/such/file.toml: "), "{error}");
    }

    #[test]
    fn a_helper_file_is_read_whole_and_not_past_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.txt");
        std::fs::write(&path, "approx.\n").unwrap();
        assert_eq!(read_to_string(&path).unwrap(), "approx.\n");
        std::fs::write(&path, "a".repeat((16 << 20) + 1)).unwrap();
        assert!(read_to_string(&path).unwrap_err().to_string().contains("longer than 16 MB"));
    }
}
