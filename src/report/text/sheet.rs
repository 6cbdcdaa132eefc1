//! The report, how it is shown, and where it is written to.

use std::io;

use super::TextView;
use crate::config::{Profile, RuleSet};
use crate::ids::Similarity;
use crate::pipeline::{Report, ReportedPair, ReportedSentence, SplitInTwo};
use crate::report::marked::add_diff;
use crate::report::paragraph::{Page, Paragraph, Style};
use crate::report::phrase::{counted, two_decimals};
use crate::report::shortened::Room;
use crate::verify::of_profile;

/// A report being written.
pub(super) struct Sheet<'a> {
    pub(super) report: &'a Report,
    rules: RuleSet,
    page: Page,
    profile: Profile,
    /// Whether what stands for sentences are heads of documents.
    pub(super) is_of_documents: bool,
    out: &'a mut dyn io::Write,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(report: &'a Report, view: &TextView, out: &'a mut dyn io::Write) -> Self {
        let profile = report.settings.get("profile").and_then(|name| name.as_str());
        let profile = profile.and_then(|name| name.parse().ok()).unwrap_or_default();
        let is_of_documents = report.settings.get("unit").is_some_and(|unit| unit == "document");
        let page = Page::new(view.width, view.color).shortening(view.longest);
        Self { report, rules: view.rules, page, profile, is_of_documents, out }
    }

    /// A sentence by its position.
    pub(super) fn sentence(&self, position: usize) -> &'a ReportedSentence {
        &self.report.sentences[position]
    }

    /// The link between two sentences, if the report has it. Cost: a binary search, for pairs stand in order.
    pub(super) fn link(&self, one: usize, other: usize) -> Option<&'a ReportedPair> {
        let wanted = (one.min(other), one.max(other));
        let found = self.report.pairs.binary_search_by_key(&wanted, |pair| (pair.a, pair.b));
        found.ok().map(|position| &self.report.pairs[position])
    }

    /// The similarity that the profile judges by.
    pub(super) const fn similarity(&self, pair: &ReportedPair) -> Similarity {
        of_profile(self.profile, pair.scores.jaccard_idf, pair.scores.jaccard_char4)
    }

    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) -> io::Result<()> {
        paragraph.write(self.page, self.out)
    }

    pub(super) fn blank_line(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Appends a sentence, as far as it is shown.
    pub(super) fn add_text(&self, paragraph: Paragraph, text: &str) -> Paragraph {
        let mut room = Room::new(self.page.longest(), &[text]);
        let shown = room.take(text);
        room.close(paragraph.add(Style::Plain, shown))
    }

    /// Appends which sentence beside the shorter one of a pair says more of the longer one.
    pub(super) fn other_half(&self, paragraph: Paragraph, split: SplitInTwo) -> Paragraph {
        let together =
            format!("together {} with the sentence beside it: ", two_decimals(split.similarity));
        let paragraph = paragraph.add(Style::Faint, &together);
        self.add_text(paragraph, &self.sentence(split.with).text)
    }

    /// What is compared and where it stands, as words to count with.
    pub(super) const fn units(&self) -> (&'static str, &'static str) {
        if self.is_of_documents { ("text", "document") } else { ("sentence", "place") }
    }

    /// How much a pair shares: words in a row, or sentences.
    pub(super) fn shared(&self, pair: &ReportedPair) -> String {
        let count = u64::from(pair.scores.longest_run);
        if self.is_of_documents {
            format!("{} shared", counted(count, "sentence"))
        } else {
            format!("{} in a row", counted(count, "word"))
        }
    }

    /// Appends what changed from the first text to the second; of documents the second's head, which says little of what changed.
    pub(super) fn add_diff(&self, paragraph: Paragraph, first: &str, second: &str) -> Paragraph {
        if self.is_of_documents {
            return self.add_text(paragraph, second);
        }
        add_diff(paragraph, self.rules, self.page, (first, second))
    }
}
