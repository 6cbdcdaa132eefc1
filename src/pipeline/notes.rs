//! What is known of a sentence by itself: template, boilerplate, quotation, caption, short, look-alike letters.

use rayon::prelude::*;

use super::prepare::Prepared;
use crate::config::{Config, Rule};
use crate::corpus::{Corpus, Sentence, SentenceKind};
use crate::ids::{DocumentId, SentenceId};
use crate::normalize::Normalizer;
use crate::verify::{Flag, Flags};

/// So many distinct sentences of one masked form make a template.
const TEMPLATE_SENTENCES: usize = 5;

/// The flags of every distinct sentence; those that are no participants are short.
pub(crate) fn notes(
    (corpus, prepared): (&Corpus, &Prepared),
    participants: &[u32],
    config: &Config,
) -> Vec<Flags> {
    let normalizer = Normalizer::new(config.rules());
    let is_asked = config.rules().has(Rule::LookAlikes);
    let has_look_alikes =
        |place: &Sentence| normalizer.has_look_alikes(corpus.sentence_text(place));
    let mut is_short = vec![true; prepared.collapse.len()];
    for &row in participants {
        is_short[row as usize] = false;
    }
    let templates = templates(prepared);
    let flags = |sentence: SentenceId| {
        let mask = prepared.masks[sentence.index()];
        let is_template = mask.is_some_and(|mask| templates.binary_search(&mask).is_ok());
        let kind = prepared.first(sentence).kind;
        Flags::default()
            .with_if(is_template, Flag::Template)
            .with_if(kind == SentenceKind::Quote, Flag::Quote)
            .with_if(kind == SentenceKind::Caption, Flag::Caption)
            .with_if(is_short[sentence.index()] && kind.is_compared(), Flag::Short)
            .with_if(kind == SentenceKind::Boilerplate, Flag::Boilerplate)
            .with_if(is_asked && prepared.places(sentence).any(has_look_alikes), Flag::LookAlikes)
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
        for document in (0..corpus.documents().len()).filter_map(DocumentId::from_index) {
            let name = corpus.about(document).source;
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

    /// How many documents a source has.
    pub(crate) fn documents(&self, source: u32) -> u64 {
        self.documents[source as usize]
    }
}
