//! Versions of one article: documents of one page, or of one headline that says itself that it replaces another.

use std::cmp::Ordering;

use super::address::folded;
use crate::corpus::Corpus;
use crate::ids::DocumentId;
use crate::pipeline::keep::sortable;

/// What an agency writes before the headline of a later version, with or without a number.
const PREFIXES: [&str; 8] =
    ["UPDATE", "CORRECTED", "CORRECTION", "REFILE", "REFILED", "WRAPUP", "RECAST", "RPT"];

/// Which documents may be versions of each other.
pub(super) struct Versions {
    /// By document: its page, as a number.
    pages: Vec<Option<u32>>,
    /// By document: its headline without a prefix and its source as a number, and whether it had a prefix.
    headlines: Vec<Option<(u32, bool)>>,
}

impl Versions {
    pub(super) fn new(corpus: &Corpus) -> Self {
        let documents = || (0..corpus.documents().len()).filter_map(DocumentId::from_index);
        let page = |document| corpus.about(document).url.and_then(folded);
        let headline = |document| {
            let about = corpus.about(document);
            let (title, has_prefix) = bare(about.title?);
            Some((format!("{title}\n{}", about.source.unwrap_or("")), has_prefix))
        };
        let headlines: Vec<Option<(String, bool)>> = documents().map(headline).collect();
        let numbers = numbered(headlines.iter().map(|it| it.as_ref().map(|it| it.0.clone())));
        let with_prefix = |(number, headline): (Option<u32>, Option<(String, bool)>)| {
            Some((number?, headline?.1))
        };
        Self {
            pages: numbered(documents().map(page)),
            headlines: numbers.into_iter().zip(headlines).map(with_prefix).collect(),
        }
    }

    /// Whether two documents say that they are versions of one article.
    pub(super) fn are_versions(&self, a: DocumentId, b: DocumentId) -> bool {
        let (a, b) = (a.index(), b.index());
        let same_page = self.pages[a].is_some() && self.pages[a] == self.pages[b];
        let same_headline = self.headlines[a]
            .zip(self.headlines[b])
            .is_some_and(|(a, b)| a.0 == b.0 && (a.1 || b.1));
        same_page || same_headline
    }

    /// Documents of one page, and those of one headline, each group ascending.
    pub(super) fn groups(&self) -> Vec<Vec<u32>> {
        let headlines = self.headlines.iter().map(|headline| headline.map(|it| it.0));
        let mut groups = grouped(self.pages.iter().copied());
        groups.extend(grouped(headlines));
        groups
    }
}

/// Equal names get equal numbers.
fn numbered(names: impl Iterator<Item = Option<String>>) -> Vec<Option<u32>> {
    let mut numbers = std::collections::BTreeMap::new();
    let number = |name: Option<String>| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        name.map(|name| *numbers.entry(name).or_insert(next))
    };
    names.map(number).collect()
}

fn grouped(numbers: impl Iterator<Item = Option<u32>>) -> Vec<Vec<u32>> {
    let mut found: Vec<(u32, u32)> =
        (0..).zip(numbers).filter_map(|(at, number)| Some((number?, at))).collect();
    found.sort_unstable();
    let groups = found.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|&(_, at)| at).collect()).collect()
}

/// A headline without what says that it replaces another, and whether something said so.
fn bare(title: &str) -> (&str, bool) {
    let (mut title, mut had_one) = (title.trim(), false);
    while let Some(rest) = without_prefix(title) {
        (title, had_one) = (rest, true);
    }
    (title, had_one)
}

fn without_prefix(title: &str) -> Option<&str> {
    let (head, rest) = title.split_once(['-', ':', '–', '—'])?;
    let mut words = head.split_whitespace();
    let is_prefix = PREFIXES.contains(&words.next()?);
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_bare = words.next().is_none_or(is_number) && words.next().is_none();
    let rest = rest.trim();
    (is_prefix && is_bare && !rest.is_empty()).then_some(rest)
}

/// Which of two dates is later; `None` where one is missing, or they are equal as far as both say.
pub(super) fn order(a: Option<&str>, b: Option<&str>) -> Option<Ordering> {
    let (a, b) = (sortable(a?)?, sortable(b?)?);
    let digits = a.len().min(b.len());
    let order = a.get(..digits)?.cmp(b.get(..digits)?);
    (order != Ordering::Equal).then_some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_that_replaces_another_is_told_from_one_with_a_dash() {
        for (title, expected) in [
            ("UPDATE 2-Ferry leaves Velmark", ("Ferry leaves Velmark", true)),
            ("CORRECTED-UPDATE 1-Ferry leaves Velmark", ("Ferry leaves Velmark", true)),
            ("REFILE: Ferry leaves Velmark", ("Ferry leaves Velmark", true)),
            ("Ferry leaves Velmark", ("Ferry leaves Velmark", false)),
            ("Update - Ferry leaves", ("Update - Ferry leaves", false)),
            ("UPDATE your kitchen - ten ideas", ("UPDATE your kitchen - ten ideas", false)),
            ("UPDATE 2-", ("UPDATE 2-", false)),
        ] {
            assert_eq!(bare(title), expected, "{title}");
        }
    }

    #[test]
    fn dates_that_are_missing_or_equal_as_far_as_both_say_are_in_no_order() {
        assert_eq!(order(Some("2031-03-04"), Some("2031-03-05T01:00:00Z")), Some(Ordering::Less));
        assert_eq!(
            order(Some("2031-03-04T09:00"), Some("2031-03-04T08:00")),
            Some(Ordering::Greater)
        );
        assert_eq!(order(Some("2031-03-04"), Some("2031-03-04T08:00")), None);
        assert_eq!(order(Some("2031-03-04"), None), None);
        assert_eq!(order(Some("4 March 2031"), Some("2031-03-05")), None);
        assert_eq!(order(None, None), None);
    }
}
