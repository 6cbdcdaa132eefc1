//! The languages of documents: a corpus of several is matched within each of them.
//!
//! A language is known if the document declares it (or the settings do), or if the document has some four hundred letters and `whatlang` is
//! sure of it. Nothing is guessed from a few words: what is unknown is compared with everything, and equal keys are equal in any
//! language. Where a sample of the documents is all of one language, the others are not looked at.
//!
//! Cost: a third of a millisecond a document of a corpus of several languages, on all threads.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::prepare::Prepared;
use crate::config::{Config, Languages};
use crate::corpus::Corpus;
use crate::ids::DocumentId;
use crate::script::is_spaceless;
use crate::segment::language_code;

/// From so many letters on a text tells its language; a letter of a script without spaces counts for some of the others.
const LEAST: usize = 400;
const SPACELESS: usize = 3;
/// What is read of a text to tell it, in bytes.
const READ: usize = 1_024;
/// Documents that tell whether there are several languages.
const SAMPLE: usize = 256;

/// A language of the corpus, by number.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Language(u16);

/// The language of each document.
#[derive(Debug, Default)]
pub(crate) struct DocumentLanguages {
    of_document: Vec<Option<Language>>,
    /// By number.
    names: Vec<String>,
    /// By document: whether it is left out; empty if none is.
    left_out: Vec<bool>,
    are_apart: bool,
}

impl DocumentLanguages {
    /// Finds them.
    pub(super) fn of(corpus: &Corpus, config: &Config) -> Self {
        let documents: Vec<DocumentId> =
            (0..corpus.documents().len()).filter_map(DocumentId::from_index).collect();
        let declared = |&document: &DocumentId| {
            let declared = corpus.about(document).language;
            declared.or(config.language.as_deref()).and_then(language_code)
        };
        let mut codes: Vec<Option<String>> = documents.iter().map(declared).collect();
        let is_asked = config.languages == Languages::Apart || !config.only_languages.is_empty();
        let silent = |&document: &DocumentId| {
            codes[document.index()].is_none() && is_long(corpus.text(document))
        };
        let silent: Vec<DocumentId> = documents.iter().copied().filter(silent).collect();
        if is_asked && (!config.only_languages.is_empty() || are_several(corpus, &codes, &silent)) {
            let told = |&document: &DocumentId| told(corpus.text(document));
            let told: Vec<Option<String>> = silent.par_iter().map(told).collect();
            for (document, told) in silent.iter().zip(told) {
                codes[document.index()] = told;
            }
        }
        Self::numbered(&codes, config)
    }

    fn numbered(codes: &[Option<String>], config: &Config) -> Self {
        let known: BTreeSet<&str> = codes.iter().flatten().map(String::as_str).collect();
        let names: Vec<String> = known.into_iter().map(str::to_owned).collect();
        let number = |code: &String| {
            let at = names.binary_search(code).ok()?;
            u16::try_from(at).ok().map(Language)
        };
        let of_document = codes.iter().map(|code| code.as_ref().and_then(number)).collect();
        let wanted: Vec<String> =
            config.only_languages.iter().filter_map(|code| language_code(code)).collect();
        let is_left_out =
            |code: &Option<String>| code.as_ref().is_some_and(|code| !wanted.contains(code));
        let left_out =
            if wanted.is_empty() { Vec::new() } else { codes.iter().map(is_left_out).collect() };
        let are_apart = config.languages == Languages::Apart && names.len() > 1;
        Self { of_document, names, left_out, are_apart }
    }

    /// The code of a document's language, if it is known.
    pub(super) fn name(&self, document: DocumentId) -> Option<&str> {
        let Language(number) = (*self.of_document.get(document.index())?)?;
        self.names.get(usize::from(number)).map(String::as_str)
    }

    /// Whether the settings leave a document out.
    pub(super) fn is_left_out(&self, document: DocumentId) -> bool {
        self.left_out.get(document.index()) == Some(&true)
    }

    /// How many are left out.
    pub(super) fn warning(&self) -> Option<String> {
        match self.left_out.iter().filter(|left_out| **left_out).count() {
            0 => None,
            1 => Some("1 document of another language left out".to_owned()),
            many => Some(format!("{many} documents of other languages left out")),
        }
    }

    /// For each distinct sentence the language of all its places; empty where languages are not kept apart.
    pub(super) fn of_sentences(&self, prepared: &Prepared) -> Vec<Option<Language>> {
        if !self.are_apart {
            return Vec::new();
        }
        let of_sentence = |sentence| {
            let mut languages =
                prepared.places(sentence).map(|place| self.of_document[place.document.index()]);
            let first = languages.next()??;
            languages.all(|language| language == Some(first)).then_some(first)
        };
        prepared.distinct().map(of_sentence).collect()
    }
}

/// Whether what is declared, and a sample of the documents that declare nothing, are of several languages.
fn are_several(corpus: &Corpus, declared: &[Option<String>], silent: &[DocumentId]) -> bool {
    let sample = silent.iter().step_by(silent.len().div_ceil(SAMPLE).max(1));
    let sample: Vec<DocumentId> = sample.copied().collect();
    let told = |&document: &DocumentId| told(corpus.text(document));
    let mut codes: Vec<String> = sample.par_iter().filter_map(told).collect();
    codes.extend(declared.iter().flatten().cloned());
    codes.iter().any(|code| Some(code) != codes.first())
}

/// Whether a text has enough letters.
fn is_long(text: &str) -> bool {
    let letters =
        |c: char| if is_spaceless(c) { SPACELESS } else { usize::from(c.is_alphabetic()) };
    let mut chars = text.chars();
    let mut found = 0;
    text.len() >= LEAST
        && chars.any(|c| {
            found += letters(c);
            found >= LEAST
        })
}

/// The language of a long text, if there is no doubt.
fn told(text: &str) -> Option<String> {
    let read = text.get(..text.floor_char_boundary(READ))?;
    let found = whatlang::detect(read).filter(whatlang::Info::is_reliable)?;
    language_code(found.lang().code())
}
