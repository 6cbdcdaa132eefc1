//! What is counted over all files, because a line for each would be a flood.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use crate::config::Format;
use crate::error::Error;

/// So many kinds of records are counted by their names, which come from outside.
const KINDS: usize = 40;

/// Counts over all files.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pages: u64,
    without_article: u64,
    passed_over: BTreeMap<String, u64>,
    /// The first file none of whose records has a text, with what was expected of it.
    without_text: Option<(String, String)>,
    formats: BTreeSet<&'static str>,
}

impl Tally {
    /// A page was read.
    pub(super) fn page(&mut self, has_article: bool) {
        self.pages += 1;
        self.without_article += u64::from(!has_article);
    }

    /// A record of a web archive holds no text that was asked for.
    pub(super) fn pass_over(&mut self, kind: &str) {
        let kind: String = kind.chars().filter(|c| !c.is_control()).take(60).collect();
        let is_new = !self.passed_over.contains_key(&kind);
        let kind = if is_new && self.passed_over.len() >= KINDS { "others".into() } else { kind };
        *self.passed_over.entry(kind).or_default() += 1;
    }

    /// A file of this format begins.
    pub(super) fn file(&mut self, format: Format) {
        self.formats.insert(format.name());
    }

    /// Whether files were read, and none of this format.
    pub(super) fn lacks(&self, format: Format) -> bool {
        !self.formats.is_empty() && !self.formats.contains(format.name())
    }

    /// No record of a file has a text under one of its usual names.
    pub(super) fn lack_text(&mut self, name: &str, expected: String) {
        self.without_text.get_or_insert_with(|| (name.to_owned(), expected));
    }

    /// The error for the first file none of whose records has a text, if there is one.
    pub(super) fn without_text(&self) -> Option<Error> {
        let (name, expected) = self.without_text.as_ref()?;
        let cause = io::Error::new(io::ErrorKind::InvalidData, expected.as_str());
        Some(Error::io(Path::new(name), cause))
    }

    /// What a user should know.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.without_article > 0 {
            let (without, all) = (self.without_article, self.pages);
            let pages = if all == 1 { "page" } else { "pages" };
            warnings.push(format!("no article in {without} of {all} {pages}: all text was taken"));
        }
        let all: u64 = self.passed_over.values().sum();
        if all > 0 {
            let kinds: Vec<_> =
                self.passed_over.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            let records = if all == 1 { "record" } else { "records" };
            warnings.push(format!("{all} WARC {records} passed over: {}", kinds.join(", ")));
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_one_line_each() {
        let mut tally = Tally::default();
        assert!(tally.warnings().is_empty());
        tally.page(true);
        tally.page(false);
        for kind in ["request", "image/png", "request"] {
            tally.pass_over(kind);
        }
        assert_eq!(
            tally.warnings(),
            [
                "no article in 1 of 2 pages: all text was taken",
                "3 WARC records passed over: 1 image/png, 2 request"
            ]
        );
    }

    #[test]
    fn kinds_that_nobody_knows_do_not_fill_the_memory() {
        let mut tally = Tally::default();
        for number in 0..1_000 {
            tally.pass_over(&format!("kind {number}"));
        }
        assert!(tally.warnings()[0].contains("960 others"));
    }
}
