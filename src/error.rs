//! The crate's one error: what went wrong, where, and because of what.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// What the fallible functions of this crate return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, of a kind that a caller can match.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be opened, read or written.
    Io(io::Error),
    /// A record is not what its format says.
    Record {
        /// What was expected in its place.
        expected: String,
    },
    /// The input exceeds a limit that guards memory.
    Limit {
        /// What was exceeded, and how to raise it.
        what: String,
    },
    /// A setting is out of range, or two settings contradict each other.
    Config {
        /// The setting's name.
        setting: &'static str,
        /// What it may be.
        expected: String,
    },
    /// Something that was asked for by name does not exist.
    NotFound {
        /// What was looked for, and where.
        what: String,
    },
    /// What was promised was checked, and not kept.
    Contract {
        /// The promise, and what was found.
        what: String,
    },
}

/// Where it went wrong.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line in it, from 1.
    pub line: Option<u64>,
}

/// An error with its place.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    place: Option<Place>,
}

impl Error {
    /// An error of a kind, at no place yet.
    pub const fn new(kind: ErrorKind) -> Self {
        Self { kind, place: None }
    }

    /// A file could not be opened, read or written.
    pub fn io(path: &Path, cause: io::Error) -> Self {
        Self::new(ErrorKind::Io(cause)).at(path, None)
    }

    /// A setting is out of range.
    pub fn config(setting: &'static str, expected: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config { setting, expected: expected.into() })
    }

    /// A record is not what its format says.
    pub fn record(expected: impl Into<String>) -> Self {
        Self::new(ErrorKind::Record { expected: expected.into() })
    }

    /// The input exceeds a limit.
    pub fn limit(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit { what: what.into() })
    }

    /// Something asked for by name does not exist.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound { what: what.into() })
    }

    /// A promise was not kept.
    pub fn contract(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Contract { what: what.into() })
    }

    /// The same error, at a place.
    #[must_use]
    pub fn at(mut self, path: &Path, line: Option<u64>) -> Self {
        self.place = Some(Place { path: path.to_owned(), line });
        self
    }

    /// What went wrong.
    pub const fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Where it went wrong, if it was in a file.
    pub const fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// Whether the reader of our output went away, which is no failure of ours.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(&self.kind, ErrorKind::Io(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// What went wrong, without the place: the reason that a skip gives.
impl fmt::Display for ErrorKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(cause) => write!(out, "{cause}"),
            Self::Record { expected } => write!(out, "expected {expected}"),
            Self::Config { setting, expected } => write!(out, "`{setting}` must be {expected}"),
            Self::Limit { what } | Self::NotFound { what } | Self::Contract { what } => {
                write!(out, "{what}")
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(out, "{}:", place.path.display())?;
            if let Some(line) = place.line {
                write!(out, "{line}:")?;
            }
            write!(out, " ")?;
        }
        write!(out, "{}", self.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(cause) => Some(cause),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_file_line_and_what_was_expected() {
        let error = Error::record("a string under \"text\"").at(Path::new("news.jsonl"), Some(7));
        assert_eq!(error.to_string(), "news.jsonl:7: expected a string under \"text\"");
    }
}
