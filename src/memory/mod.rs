//! A bound on the memory of the process: large tables live in files that nobody sees.
//!
//! Texts, keys, features and lists of pairs grow with the input; each is one large allocation, mostly written once and then read in order or in
//! places. With a [`Bound`], allocations of a megabyte and more that do not fit into a quarter of it are made in files without a name, which are
//! mapped into memory ([`Allocator`]). Their pages are the system's to keep or to write out; a thread of its own (`keeper`) gives them back as soon as the
//! process holds more than the bound. They come back by themselves when they are touched, from the page cache while there is room. What is found does not
//! depend on it, since it is only about where bytes lie.
//!
//! What the bound does not know are small allocations: they stay in memory, however many.
//!
//! Linux only: elsewhere a bound is refused.

#[cfg(target_os = "linux")]
mod allocator;
#[cfg(target_os = "linux")]
mod keeper;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod mapped;

use std::io;
use std::path::Path;
use std::str::FromStr;

#[cfg(target_os = "linux")]
pub use allocator::Allocator;

/// The system's own allocator, where memory has no bound.
#[cfg(not(target_os = "linux"))]
pub use std::alloc::System as Allocator;

/// The least bound that makes sense: buffers of decompression alone take some megabytes.
const LEAST: u64 = 64 << 20;

/// How many bytes of memory a process may hold.
///
/// ```
/// use twicetold::memory::Bound;
/// assert_eq!("2G".parse::<Bound>().unwrap().bytes(), 2 << 30);
/// assert_eq!("512M".parse::<Bound>().unwrap().to_string(), "512M");
/// assert!("2 sheep".parse::<Bound>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bound(u64);

impl Bound {
    /// In bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// Half of what this process may have: of the machine's memory, or of its control group's if that has less. `None` where that is not known.
    pub fn half_of_machine() -> Option<Self> {
        #[cfg(target_os = "linux")]
        {
            Some(Self(machine::memory()? / 2)).filter(|bound| bound.0 >= LEAST)
        }
        #[cfg(not(target_os = "linux"))]
        None
    }

    /// Holds this process to the bound from now on, with tables in files of this folder, which vanish with it. The last bound holds; earlier
    /// tables stay where they are.
    ///
    /// # Errors
    /// If files without a name cannot be made in the folder, or the system is not Linux.
    pub fn hold(self, folder: &Path) -> io::Result<Files> {
        #[cfg(target_os = "linux")]
        {
            let files = mapped::open(folder, self.0)?;
            keeper::start(self.0)?;
            Ok(files)
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = folder;
            Err(io::Error::new(io::ErrorKind::Unsupported, "memory can be bounded on Linux only"))
        }
    }
}

/// Where the files of a folder lie.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Files {
    /// On a disk.
    OnDisk,
    /// In memory: whoever wants less of it used has to give another folder.
    InMemory,
}

/// Bytes of tables that stayed in memory although they were beyond the bound, since the folder had no room for them or too many files were open.
pub fn kept_without_room() -> u64 {
    #[cfg(target_os = "linux")]
    return mapped::refused();
    #[cfg(not(target_os = "linux"))]
    0
}

impl FromStr for Bound {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let expected = || "a size of 64M or more, such as 512M or 2G".to_owned();
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = word.strip_suffix(unit).unwrap_or_default();
        let number: u64 = digits.parse().map_err(|_| expected())?;
        let unit = match unit.to_ascii_uppercase().as_str() {
            "M" | "MB" | "MIB" => 20,
            "G" | "GB" | "GIB" => 30,
            "T" | "TB" | "TIB" => 40,
            _ => return Err(expected()),
        };
        let bytes = number.checked_mul(1 << unit).filter(|&bytes| bytes >= LEAST);
        bytes.map(Self).ok_or_else(expected)
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (gigabytes, rest) = (self.0 >> 30, self.0 & ((1 << 30) - 1));
        if rest == 0 { write!(out, "{gigabytes}G") } else { write!(out, "{}M", self.0 >> 20) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units_and_nothing_else_is() {
        for (word, bytes) in
            [("64M", 64 << 20), ("1g", 1 << 30), ("3GiB", 3 << 30), ("1T", 1 << 40)]
        {
            assert_eq!(word.parse(), Ok(Bound(bytes)), "{word}");
        }
        for word in [
            "",
            "G",
            "12",
            "63M",
            "-1G",
            "1.5G",
            "1K",
            "99999999999999999999G",
            "18446744073709551615T",
        ] {
            assert!(word.parse::<Bound>().is_err(), "{word}");
        }
    }
}
