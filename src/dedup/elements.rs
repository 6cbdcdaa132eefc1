//! Whole records that go: of a JSON array with the comma that would be one too many.
//!
//! A record goes with what separates it from the next one. If there is none behind it, the comma before it must go too, and that
//! of the records before that went: where records go one behind another, what separates the first of them from what stays is
//! held back until it is known whether anything stays behind the last. The first record's lines of the ledger wait as long.
//!
//! Memory: what separates two records, at most the limit of a record.

use std::io::Write;

use super::copy::Copy;
use super::ledger::{LedgerLine, RemovedLine};
use super::rewrite::put_line;
use crate::config::Format;
use crate::corpus::InputFile;
use crate::error::Result;

/// Records that go one behind another.
struct Run {
    /// Lines of the ledger for the first of them.
    first: Vec<RemovedLine>,
    /// What separates it from what is before.
    before: Vec<u8>,
    /// Where the run ends in the text.
    end: u64,
}

/// Takes whole records out of a file.
pub(super) struct Elements {
    /// Whether records are separated by commas.
    has_commas: bool,
    /// The most bytes between two records.
    most: usize,
    /// What separates the record that is read from what is before.
    before: Vec<u8>,
    run: Option<Run>,
}

impl Elements {
    pub(super) fn new(file: &InputFile, most: usize) -> Self {
        let has_commas = file.format == Format::Json.name();
        Self { has_commas, most, before: Vec::new(), run: None }
    }

    /// Copies up to the beginning of a record.
    pub(super) fn up_to(
        &mut self,
        start: u64,
        copy: &mut Copy<'_, '_>,
        ledger: &mut dyn Write,
    ) -> Result<()> {
        if !self.has_commas {
            return copy.up_to(start);
        }
        if self.run.as_ref().is_none_or(|run| run.end != start) {
            self.end(copy, ledger)?;
            self.before = copy.up_to_separator(start, self.most)?;
        }
        Ok(())
    }

    /// The record that was read goes, with these lines of the ledger, in order.
    pub(super) fn whole(
        &mut self,
        mut lines: Vec<RemovedLine>,
        copy: &mut Copy<'_, '_>,
        ledger: &mut dyn Write,
    ) -> Result<()> {
        if !self.has_commas {
            return put(lines, ledger);
        }
        let behind = copy.take_separator(self.most)?;
        let before = self.run.as_ref().map_or(&self.before, |run| &run.before);
        let is_last = !behind.contains(&b',') && before.contains(&b',');
        if let Some(last) = lines.last_mut().filter(|_| !is_last) {
            last.cut.push_str(&String::from_utf8_lossy(&behind));
        }
        let is_first = self.run.is_none();
        let run = self.run.get_or_insert_with(|| Run {
            first: Vec::new(),
            before: std::mem::take(&mut self.before),
            end: 0,
        });
        run.end = copy.position;
        if is_first {
            run.first = lines;
        } else {
            put(lines, ledger)?;
        }
        if is_last {
            if let Some(first) = run.first.first_mut() {
                first.start -= run.before.len() as u64;
                first.cut.insert_str(0, &String::from_utf8_lossy(&run.before));
            }
            run.before.clear();
            self.end(copy, ledger)?;
            copy.put(&behind)?;
        }
        Ok(())
    }

    /// Something stays behind the records that went, or the file ends.
    pub(super) fn end(&mut self, copy: &mut Copy<'_, '_>, ledger: &mut dyn Write) -> Result<()> {
        copy.put(&std::mem::take(&mut self.before))?;
        if let Some(run) = self.run.take() {
            copy.put(&run.before)?;
            put(run.first, ledger)?;
        }
        Ok(())
    }
}

fn put(lines: Vec<RemovedLine>, ledger: &mut dyn Write) -> Result<()> {
    lines.into_iter().try_for_each(|line| put_line(ledger, &LedgerLine::Removed(Box::new(line))))
}
