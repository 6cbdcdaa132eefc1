//! Boilerplate by frequency: what stands on many pages belongs to the site and not to the article.
//!
//! - A sentence that more than a fifth of its source's documents carry (of at least ten), or fifty of them, and three at least.
//! - The same of a line without a sentence mark, its figures aside: `1.2k shares`, `Published 10:14, 5 June`.
//! - A line of a menu, that is of fewer than five words and without a sentence mark, in three documents that are at least one
//!   in a hundred of all, whatever their source: menus of different sites say the same.
//!
//! A document of one sentence has no menu. Cost: a look at each sentence's last character, and a sort of the lines without a
//! mark.

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::notes::Sources;
use super::prepare::Prepared;
use crate::corpus::{Corpus, SentenceKind};
use crate::ids::{DocumentId, SentenceId};
use crate::shingle::length;

/// A sentence in so many documents of its source is boilerplate …
const DOCUMENTS: u64 = 50;
/// … or in more than this share of them, in per cent, where there are at least ten.
const PERCENT: u64 = 20;
const SOURCE_DOCUMENTS: u64 = 10;
/// Nothing in fewer documents is.
const LEAST: usize = 3;
/// A line of a menu has fewer words …
const MENU_WORDS: u32 = 5;
/// … and stands in this share of all documents, in per cent, or in as many as boilerplate does.
const MENU_PERCENT: u64 = 1;

/// Gives sentences that are boilerplate their kind, at all their places.
pub(super) fn mark(corpus: &Corpus, prepared: &mut Prepared) {
    let sources = Sources::of(corpus);
    let frequent = |sentence: &SentenceId| {
        let places = prepared.collapse.occurrences(*sentence);
        let says = || prepared.keys.get(sentence.index()).contains(char::is_alphabetic);
        places.len() >= LEAST && says() && is_carried(&sources, &documents(prepared, places))
    };
    let sentences: Vec<SentenceId> = prepared.distinct().collect();
    let mut found: Vec<SentenceId> = sentences.into_par_iter().filter(frequent).collect();
    found.extend(lines(corpus, prepared, &sources));
    for sentence in found {
        for &place in prepared.collapse.occurrences(sentence) {
            let kind = &mut prepared.sentences[place as usize].kind;
            if kind.is_compared() {
                *kind = SentenceKind::Boilerplate;
            }
        }
    }
}

/// The distinct sentences that are lines of menus, or repeat but for their figures.
fn lines(corpus: &Corpus, prepared: &Prepared, sources: &Sources) -> Vec<SentenceId> {
    let all = corpus.documents().len() as u64;
    if all < SOURCE_DOCUMENTS {
        return Vec::new();
    }
    let form = |sentence: SentenceId| {
        let place = prepared.first(sentence);
        let alone = prepared.sentences_of_document[place.document.index()] < 2;
        let key = prepared.keys.get(sentence.index());
        let bare = !alone && is_bare(corpus.sentence_text(place));
        bare.then(|| without_figures(key)).flatten().map(|form| (form, sentence))
    };
    let sentences: Vec<SentenceId> = prepared.distinct().collect();
    let mut forms: Vec<(u64, SentenceId)> = sentences.into_par_iter().filter_map(form).collect();
    forms.par_sort_unstable();
    let mut found = Vec::new();
    for same in forms.chunk_by(|a, b| a.0 == b.0) {
        let mut places: Vec<u32> = same
            .iter()
            .flat_map(|&(_, sentence)| prepared.collapse.occurrences(sentence))
            .copied()
            .collect();
        places.sort_unstable();
        let documents = documents(prepared, &places);
        let many = documents.len() as u64;
        let length = length(prepared.keys.get(same[0].1.index()));
        let is_menu = documents.len() >= LEAST
            && !length.is_long_enough(MENU_WORDS)
            && (many >= DOCUMENTS || many * 100 >= all * MENU_PERCENT);
        if is_menu || is_carried(sources, &documents) {
            found.extend(same.iter().map(|&(_, sentence)| sentence));
        }
    }
    found
}

/// The documents of places in the order of input.
fn documents(prepared: &Prepared, places: &[u32]) -> Vec<DocumentId> {
    let mut documents: Vec<DocumentId> =
        places.iter().map(|&place| prepared.sentences[place as usize].document).collect();
    documents.dedup();
    documents
}

/// Whether these are many of the documents of one source.
fn is_carried(sources: &Sources, documents: &[DocumentId]) -> bool {
    if documents.len() < LEAST {
        return false;
    }
    let mut counted: Vec<u32> =
        documents.iter().map(|&document| sources.source(document)).collect();
    counted.sort_unstable();
    counted.chunk_by(|a, b| a == b).filter(|same| same.len() >= LEAST).any(|same| {
        let (here, all) = (same.len() as u64, sources.documents(same[0]));
        here >= DOCUMENTS || all >= SOURCE_DOCUMENTS && here * 100 > all * PERCENT
    })
}

/// Whether a sentence ends without a mark that ends sentences.
pub(super) fn is_bare(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    !bare.ends_with(['.', '!', '?', '…', '。', '！', '？', ',', ';', '।', '؟', '۔'])
}

/// The hash of a key in which each word with a figure is any other; `None` if there is no other word.
fn without_figures(key: &str) -> Option<u64> {
    let (mut hash, mut says) = (Xxh3::new(), false);
    for word in key.split(' ') {
        let figure = word.contains(|c: char| c.is_ascii_digit());
        says |= !figure && word.contains(char::is_alphabetic);
        hash.update(if figure { b"0" } else { word.as_bytes() });
        hash.update(b" ");
    }
    says.then(|| hash.digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_left_out_and_words_are_not() {
        assert_eq!(without_figures("1.2k shares"), without_figures("340 shares"));
        assert_ne!(without_figures("340 shares"), without_figures("340 comments"));
        assert_eq!(without_figures("10 5"), None);
    }

    #[test]
    fn a_line_without_a_mark_is_bare() {
        assert!(is_bare("Read more") && is_bare("Read more (5)") && is_bare("Read more:"));
        assert!(!is_bare("He declined.") && !is_bare("'He declined.'") && !is_bare("他走了。"));
    }
}
