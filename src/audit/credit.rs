//! Whom an article credits: agency marks, names of sources, links.
//!
//! One automaton over all marks and names reads each article once (Aho and Corasick 1975). A match counts where no letter or figure
//! touches it. Cost: linear in the text.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::marks::{Marks, Scope};
use super::sources::Found;

/// Most texts of credits that are kept for an article.
const KEPT: usize = 20;

/// Whom an article credits.
#[derive(Clone, Debug, Default)]
pub(super) struct Credits {
    /// Numbers of sources of the corpus, and behind them of agencies that are none; ascending.
    pub(super) parties: Vec<u32>,
    /// What stands there, each text once, in order.
    pub(super) texts: Vec<String>,
}

/// Finds credits in texts.
pub(super) struct CreditFinder {
    automaton: Option<AhoCorasick>,
    patterns: Vec<(u32, Scope)>,
}

impl CreditFinder {
    pub(super) fn new(marks: &Marks, sources: &Found) -> Self {
        let many = u32::try_from(sources.records.len()).unwrap_or(u32::MAX);
        let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
        for number in 0..many {
            for name in sources.names(number as usize) {
                by_name.entry(name.to_lowercase()).or_insert(number);
            }
        }
        // An agency is the source of the corpus that has its name, or one of its marks.
        let mut agencies: BTreeMap<&str, u32> = BTreeMap::new();
        for mark in marks.iter() {
            let named = by_name.get(&mark.source.to_lowercase());
            if let Some(&number) = named.or_else(|| by_name.get(&mark.text.to_lowercase())) {
                agencies.entry(&mark.source).or_insert(number);
            }
        }
        let (mut texts, mut patterns) = (Vec::new(), Vec::new());
        let mut next = many;
        for mark in marks.iter() {
            let party = *agencies.entry(&mark.source).or_insert_with(|| {
                next += 1;
                next - 1
            });
            texts.push(mark.text.clone());
            patterns.push((party, mark.scope));
        }
        for number in 0..many {
            for name in sources.names(number as usize).filter(|name| is_telling(name)) {
                if !texts.iter().take(marks.iter().count()).any(|text| text == name) {
                    texts.push(name.to_owned());
                    patterns.push((number, Scope::Anywhere));
                }
            }
        }
        let builder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts).ok();
        Self { automaton: builder, patterns }
    }

    /// The credits of a text; `is_credit` says whether a byte stands in a byline, a dateline or a line of credits.
    pub(super) fn find(&self, text: &str, own: u32, is_credit: impl Fn(usize) -> bool) -> Credits {
        let mut credits = Credits::default();
        let Some(automaton) = &self.automaton else { return credits };
        for found in automaton.find_iter(text) {
            let (party, scope) = self.patterns[found.pattern().as_usize()];
            if party == own || credits.texts.len() >= KEPT {
                continue;
            }
            let before = text.get(..found.start()).and_then(|text| text.chars().next_back());
            let after = text.get(found.end()..).and_then(|text| text.chars().next());
            let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if touches(before) || touches(after) {
                continue;
            }
            let is_bracketed = matches!(before, Some('(' | '[' | '/'))
                && matches!(after, Some(')' | ']' | '/' | ',' | ';'));
            if scope == Scope::Credit && !is_bracketed && !is_credit(found.start()) {
                continue;
            }
            let said = &text.as_bytes()[found.range()];
            let said = String::from_utf8_lossy(said).into_owned();
            if !credits.texts.contains(&said) {
                credits.texts.push(said);
            }
            credits.parties.push(party);
        }
        credits.parties.sort_unstable();
        credits.parties.dedup();
        credits
    }
}

/// Whether a name in a text can only mean the source: a domain, or several words, or a word of four letters with a capital.
pub(super) fn is_telling(name: &str) -> bool {
    let begins = name.starts_with(char::is_uppercase);
    name.contains('.') || begins && (name.contains(' ') || name.chars().count() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::sources::SourceList;

    fn found(text: &str, byline: &str) -> Vec<String> {
        let list = SourceList::read("id,name\nherald,The Velmark Herald\n").unwrap();
        let mut sources = Found::default();
        for name in ["herald", "apnews.com", "star.example"] {
            sources.number(Some(name), &list, false);
        }
        let finder = CreditFinder::new(&Marks::built_in(), &sources);
        let start = text.find(byline).unwrap_or(usize::MAX);
        let credits = finder.find(text, 2, |at| at >= start && at < start + byline.len());
        credits.texts
    }

    #[test]
    fn marks_names_and_links_are_credits() {
        assert_eq!(found("VELMARK (AP) — The ferry left.", "-"), ["AP"]);
        assert_eq!(found("The mayor told Reuters so.", "-"), ["Reuters"]);
        assert_eq!(found("By Jane Doe, PA\nIt rained.", "By Jane Doe, PA"), ["PA"]);
        assert_eq!(
            found("As The Velmark Herald reported, it rained.", "-"),
            ["The Velmark Herald"]
        );
        assert_eq!(found("See https://www.apnews.com/x for more.", "-"), ["apnews.com"]);
    }

    #[test]
    fn words_that_look_like_marks_are_none() {
        for text in
            ["He drove to PA and back.", "The APs left.", "star.example says so.", "An AP course."]
        {
            assert_eq!(found(text, "-"), [""; 0], "{text}");
        }
    }
}
