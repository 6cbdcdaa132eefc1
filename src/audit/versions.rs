//! What looks like boilerplate because an article was updated often.
//!
//! A sentence that many documents of a source carry belongs to its site, unless these are but one or two pages, taken again and again: then it is part
//! of an article. Pages are told by their addresses; a document without one is a page of its own. Cost: the places of boilerplate.

use std::collections::{BTreeMap, BTreeSet};

use super::address::canonical;
use crate::corpus::{Corpus, SentenceKind};
use crate::ids::SentenceId;
use crate::pipeline::Groups;

/// So many pages of a source make boilerplate.
const PAGES: usize = 3;

/// The sentences of kind boilerplate that stand on fewer pages of any source.
pub(super) fn sentences_of_versions(
    corpus: &Corpus,
    groups: &Groups<'_>,
    distinct: &[Option<SentenceId>],
) -> BTreeSet<SentenceId> {
    let kinds = groups.sentences().iter().zip(distinct);
    let boilerplate = kinds.filter(|(sentence, _)| sentence.kind == SentenceKind::Boilerplate);
    let sentences: BTreeSet<SentenceId> =
        boilerplate.filter_map(|(_, distinct)| *distinct).collect();
    sentences.into_iter().filter(|&it| stands_on_few_pages(corpus, groups, it)).collect()
}

fn stands_on_few_pages(corpus: &Corpus, groups: &Groups<'_>, sentence: SentenceId) -> bool {
    let mut pages: BTreeMap<Option<&str>, BTreeSet<String>> = BTreeMap::new();
    for &place in groups.places(sentence) {
        let document = groups.sentences()[place as usize].document;
        let about = corpus.about(document);
        let pages = pages.entry(about.source).or_default();
        pages.insert(about.url.map_or_else(|| format!(" {}", document.index()), canonical));
        if pages.len() >= PAGES {
            return false;
        }
    }
    true
}
