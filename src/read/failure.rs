//! What a failed read means: which file, which line, and whether the file just ended too early.

use std::io;
use std::path::Path;

use crate::error::{Error, Result};

use super::input::Entry;

/// Hands an error of ours through [`std::io`]; [`at`] takes it out again.
pub(super) fn carried(error: Error) -> io::Error {
    io::Error::other(error)
}

/// The data ended in the middle.
pub(super) fn ends_early() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "ends early: the compressed data is cut off")
}

/// The error for a file whose reading failed.
pub(super) fn at(entry: &Entry, cause: io::Error) -> Error {
    let path = Path::new(&entry.name);
    match carried_by(cause) {
        Ok(error) => {
            let line = error.place().and_then(|place| place.line);
            error.at(path, line)
        }
        Err(cause) if is_early_end(&cause) && !is_told(&cause) => Error::io(path, ends_early()),
        Err(cause) => Error::io(path, cause),
    }
}

/// Whether a failure says itself that something ends early, and what.
fn is_told(failure: &io::Error) -> bool {
    failure.to_string().starts_with("ends early")
}

/// Our own error, if the failure carries one.
fn carried_by(cause: io::Error) -> Result<Error, io::Error> {
    cause.downcast::<Error>()
}

/// Whether a failure, or what caused it, is an unexpected end of the data.
pub(super) fn is_early_end(failure: &io::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(failure);
    while let Some(error) = cause {
        let io_error = error.downcast_ref::<io::Error>();
        if io_error.is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof) {
            return true;
        }
        // An io::Error skips what it wraps when asked for its source, so look inside first.
        let inside = io_error.and_then(io::Error::get_ref);
        cause = match inside {
            Some(inside) => Some(inside as &(dyn std::error::Error + 'static)),
            None => error.source(),
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry::file(Path::new("a.gz"))
    }

    #[test]
    fn an_error_of_ours_keeps_its_line_and_gets_its_file() {
        let error = Error::record("valid UTF-8").at(Path::new(""), Some(3));
        assert_eq!(at(&entry(), carried(error)).to_string(), "a.gz:3: expected valid UTF-8");
    }

    #[test]
    fn an_early_end_is_found_inside_other_errors() {
        let inner = io::Error::new(io::ErrorKind::UnexpectedEof, "no more bytes");
        let error = at(&entry(), io::Error::other(io::Error::other(inner)));
        assert_eq!(error.to_string(), "a.gz: ends early: the compressed data is cut off");
    }
}
