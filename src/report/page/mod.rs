//! What was found as a page that a person reads in a browser: one file, which works offline and asks nothing of a network.
//!
//! The page is a shell (`page.css`, `page.js`, the bundle of `web/`) with the data behind it: tables in blocks of compressed
//! JSON, each in an element that a browser neither shows nor runs, so that the first screen does not wait for the last
//! text. Its content policy names the digests of that one script and that one style (`page.csp`) and allows nothing else. What
//! comes from outside is nowhere in the markup; the script shows it as text.
//!
//! The same report is the same bytes. Cost: linear in the data, about its compression; one block is in memory at a time.

mod audit;
mod blocks;
mod found;

use std::io;

pub use self::audit::write_audit;
use crate::error::Result;
use crate::pipeline::Report;

/// Writes the clusters that were found as a page.
///
/// ```
/// use twicetold::{Config, Corpus, detect, report};
/// let corpus = Corpus::from_texts(["The ferry left Velmark at dawn.", "The ferry left Velmark at dawn!"]);
/// let found = detect(&corpus, &Config::default())?;
/// let mut out = Vec::new();
/// report::page::write_found(&found, &mut out)?;
/// assert!(out.starts_with(b"<!doctype html>"));
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If `out` takes no more.
pub fn write_found(report: &Report, out: &mut dyn io::Write) -> Result<()> {
    found::write(report, out)
}
