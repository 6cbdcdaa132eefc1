//! Documents → sentences → keys → distinct sentences.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::candidates::equal::{Collapse, HashedKey, collapse};
use crate::config::Config;
use crate::corpus::{Corpus, Sentence, SentenceKind};
use crate::error::{Error, Result};
use crate::ids::{DocumentId, SentenceId};
use crate::normalize::{Masker, Normalizer};
use crate::progress::Progress;
use crate::segment::Segmenter;
use crate::tables::StringTable;

use super::languages::DocumentLanguages;
use super::parts::mark;

/// Documents that one task segments.
const CHUNK: usize = 64;

/// Tasks that may be ahead of what is joined, a thread: many small tables in memory are dearer than a few large ones.
const AHEAD: usize = 32;

/// A masked form says too little to be a template with fewer words that are not masked.
const TEMPLATE_WORDS: usize = 3;

/// Sentences and their keys, equal keys collapsed.
pub(crate) struct Prepared {
    /// Every sentence, in the order of input; an *occurrence* is a position in it.
    pub(crate) sentences: Vec<Sentence>,
    /// The key of each distinct sentence.
    pub(crate) keys: StringTable,
    /// Which occurrences are which distinct sentence.
    pub(crate) collapse: Collapse,
    /// For each distinct sentence the hash of its mask; `None` where too little is said to be a template.
    pub(crate) masks: Vec<Option<u64>>,
    /// Sentences without a key, which are none of the distinct ones.
    pub(crate) without_words: u64,
    /// For each document how many sentences it has.
    pub(crate) sentences_of_document: Vec<u32>,
    /// The languages of the documents.
    pub(crate) languages: DocumentLanguages,
    /// What a user should know.
    pub(crate) warnings: Vec<String>,
}

/// Sentences of some documents, or of all that are joined.
#[derive(Default)]
struct Part {
    sentences: Vec<Sentence>,
    keys: StringTable,
    masks: Vec<Option<u64>>,
    counts: Vec<u32>,
    cut: Vec<(DocumentId, u32)>,
}

/// Segments and normalises every document, in parallel, and collapses equal keys.
pub(crate) fn prepare(
    corpus: &Corpus,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Prepared> {
    progress.stage("segmenting", Some(corpus.documents().len() as u64));
    let segmenter =
        Segmenter::new(config.unit, config.quotes, &config.abbreviations).wrapped(config.wrapped);
    let normalizer = Normalizer::new(config.rules());
    let languages = DocumentLanguages::of(corpus, config);
    let chunks: Vec<usize> = (0..corpus.documents().len()).step_by(CHUNK).collect();
    let prepared = |first: usize| {
        let last = (first + CHUNK).min(corpus.documents().len());
        let documents = (first..last).filter_map(DocumentId::from_index);
        let part =
            prepare_chunk((corpus, &languages), documents, config, (&segmenter, &normalizer));
        progress.advance((last - first) as u64);
        part
    };
    let mut whole = Part::default();
    for chunks in chunks.chunks(AHEAD * rayon::current_num_threads()) {
        let parts: Vec<Part> = chunks.par_iter().map(|&first| prepared(first)).collect();
        for part in parts {
            whole.append(part);
        }
    }
    collapsed(corpus, whole, languages)
}

impl Part {
    fn append(&mut self, next: Self) {
        self.sentences.extend(next.sentences);
        self.keys.append(&next.keys);
        self.masks.extend(next.masks);
        self.counts.extend(next.counts);
        self.cut.extend(next.cut);
    }
}

fn prepare_chunk(
    (corpus, languages): (&Corpus, &DocumentLanguages),
    documents: impl Iterator<Item = DocumentId>,
    config: &Config,
    (segmenter, normalizer): (&Segmenter, &Normalizer),
) -> Part {
    let mut part = Part::default();
    let (mut pieces, mut key) = (Vec::new(), String::new());
    let mut masker = Masker::new(normalizer);
    let mut captions = Masker::new(&normalizer.for_kind(SentenceKind::Caption));
    for document in documents {
        if languages.is_left_out(document) {
            part.counts.push(0);
            continue;
        }
        let (text, about) = (corpus.text(document), corpus.document(document));
        let declared = corpus.about(document).language;
        let language = declared.or(config.language.as_deref());
        pieces.clear();
        let segmented = segmenter.segment(text, about.body(), language, &mut pieces);
        if let Some(parts) = about.parts() {
            mark(&mut pieces, parts);
        }
        if segmented.cut_lines > 0 {
            part.cut.push((document, segmented.cut_lines));
        }
        for (index, piece) in (0u32..).zip(&pieces) {
            key.clear();
            let raw = text.get(piece.span.range()).unwrap_or_default();
            let is_caption = piece.kind == SentenceKind::Caption;
            let masker = if is_caption { &mut captions } else { &mut masker };
            let mask = masker.key_and_mask(raw, &mut key);
            part.keys.push(&key);
            part.masks.push((mask.said >= TEMPLATE_WORDS).then_some(mask.hash));
            let (span, kind) = (piece.span, piece.kind);
            part.sentences.push(Sentence { document, index, span, kind });
        }
        part.counts.push(u32::try_from(pieces.len()).unwrap_or(u32::MAX));
    }
    part
}

fn collapsed(corpus: &Corpus, all: Part, languages: DocumentLanguages) -> Result<Prepared> {
    let Part { sentences, keys: occurrences, masks, counts: sentences_of_document, cut } = all;
    let cut = cut.iter().map(|&(document, lines)| {
        let about = corpus.document(document);
        let path = about.file().map_or("text", |file| corpus.file(file).path.as_str());
        let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        let line = about.line();
        format!("{path}:{line}: {lines} over 1 MB cut at sentence bounds into pieces of 8 kB")
    });
    let warnings = cut.chain(languages.warning()).collect();
    if u32::try_from(sentences.len()).is_err() {
        return Err(Error::limit("more than 2³² − 1 sentences; split the input"));
    }
    let without_words = occurrences.iter().filter(|key| key.is_empty()).count() as u64;
    let collapse = collapse_keys(&occurrences);
    let mut keys = StringTable::default();
    let firsts = (0..collapse.len()).filter_map(SentenceId::from_index);
    let firsts = firsts.map(|sentence| collapse.first(sentence));
    let masks = firsts
        .map(|first| {
            keys.push(occurrences.get(first));
            masks[first]
        })
        .collect();
    Ok(Prepared {
        sentences,
        keys,
        collapse,
        masks,
        without_words,
        sentences_of_document,
        languages,
        warnings,
    })
}

fn collapse_keys(keys: &StringTable) -> Collapse {
    let hash = |index: usize| -> Option<HashedKey> {
        let key = keys.get(index);
        let occurrence = u32::try_from(index).ok()?;
        (!key.is_empty()).then(|| (xxh3_128(key.as_bytes()), occurrence))
    };
    let mut hashed: Vec<HashedKey> = (0..keys.len()).into_par_iter().filter_map(hash).collect();
    hashed.par_sort_unstable();
    collapse(keys, &hashed)
}

impl Prepared {
    /// Every distinct sentence.
    pub(crate) fn distinct(&self) -> impl Iterator<Item = SentenceId> {
        (0..self.collapse.len()).filter_map(SentenceId::from_index)
    }

    /// The first occurrence of a distinct sentence.
    pub(crate) fn first(&self, sentence: SentenceId) -> &Sentence {
        &self.sentences[self.collapse.first(sentence)]
    }

    /// Every occurrence of a distinct sentence, in the order of input.
    pub(crate) fn places(&self, sentence: SentenceId) -> impl Iterator<Item = &Sentence> {
        self.collapse.occurrences(sentence).iter().map(|&index| &self.sentences[index as usize])
    }

    /// The raw text of a distinct sentence at its first place.
    pub(crate) fn text<'a>(&self, corpus: &'a Corpus, sentence: SentenceId) -> &'a str {
        corpus.sentence_text(self.first(sentence))
    }
}
