//! What is known of a sentence by itself: template, boilerplate, quotation, caption, short.

use rayon::prelude::*;

use super::prepare::Prepared;
use crate::corpus::{Corpus, SentenceKind};
use crate::ids::{DocumentId, SentenceId};
use crate::verify::{Flag, Flags};

/// So many distinct sentences of one masked form make a template.
const TEMPLATE_SENTENCES: usize = 5;
/// A sentence in so many documents of its source is boilerplate …
const BOILERPLATE_DOCUMENTS: u64 = 50;
/// … or in more than this share of them, in per cent, where the source has at least ten documents.
const BOILERPLATE_PERCENT: u64 = 20;
const SOURCE_DOCUMENTS: u64 = 10;

/// The flags of every distinct sentence; those that are no participants are short.
pub(crate) fn notes(corpus: &Corpus, prepared: &Prepared, participants: &[u32]) -> Vec<Flags> {
    let mut is_short = vec![true; prepared.collapse.len()];
    for &row in participants {
        is_short[row as usize] = false;
    }
    let templates = templates(prepared);
    let sources = Sources::of(corpus);
    let flags = |sentence: SentenceId| {
        let mask = prepared.masks[sentence.index()];
        let is_template = mask.is_some_and(|mask| templates.binary_search(&mask).is_ok());
        let kind = prepared.first(sentence).kind;
        Flags::default()
            .with_if(is_template, Flag::Template)
            .with_if(kind == SentenceKind::Quote, Flag::Quote)
            .with_if(kind == SentenceKind::Caption, Flag::Caption)
            .with_if(is_short[sentence.index()], Flag::Short)
            .with_if(
                kind == SentenceKind::Boilerplate || sources.is_boilerplate(prepared, sentence),
                Flag::Boilerplate,
            )
    };
    let sentences: Vec<SentenceId> = prepared.distinct().collect();
    sentences.into_par_iter().map(flags).collect()
}

/// The hashes of the masks that are templates, ascending.
fn templates(prepared: &Prepared) -> Vec<u64> {
    let mut masks: Vec<u64> = prepared.masks.par_iter().flatten().copied().collect();
    masks.par_sort_unstable();
    let templates = masks.chunk_by(|a, b| a == b).filter(|same| same.len() >= TEMPLATE_SENTENCES);
    templates.map(|same| same[0]).collect()
}

/// Each document's source, and how many documents each source has.
pub(crate) struct Sources {
    of_document: Vec<u32>,
    documents: Vec<u64>,
}

impl Sources {
    /// Sources by name, in the order of first appearance; all documents without one are one source.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut numbers = std::collections::BTreeMap::new();
        let (mut of_document, mut documents) = (Vec::new(), Vec::new());
        for document in corpus.documents() {
            let name = document.metadata().and_then(|metadata| metadata.source.as_deref());
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(name).or_insert(next);
            if number == next {
                documents.push(0);
            }
            documents[number as usize] += 1;
            of_document.push(number);
        }
        Self { of_document, documents }
    }

    /// The number of a document's source.
    pub(crate) fn source(&self, document: DocumentId) -> u32 {
        self.of_document[document.index()]
    }

    fn is_boilerplate(&self, prepared: &Prepared, sentence: SentenceId) -> bool {
        if prepared.collapse.occurrences(sentence).len() < 3 {
            return false;
        }
        let mut documents: Vec<_> = prepared.places(sentence).map(|place| place.document).collect();
        documents.dedup();
        if documents.len() < 3 {
            return false;
        }
        let mut sources: Vec<u32> =
            documents.iter().map(|&document| self.source(document)).collect();
        sources.sort_unstable();
        sources.chunk_by(|a, b| a == b).any(|same| {
            let (here, all) = (same.len() as u64, self.documents[same[0] as usize]);
            here >= BOILERPLATE_DOCUMENTS
                || all >= SOURCE_DOCUMENTS && here * 100 > all * BOILERPLATE_PERCENT
        })
    }
}
