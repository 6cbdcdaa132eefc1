//! The order of preference: which place of a sentence stays, and which sentence of two.

use std::cmp::Reverse;

use crate::config::Keep;
use crate::corpus::{Corpus, Sentence};
use crate::pipeline::keep::{latest_first, sortable};
use crate::pipeline::prepare::Prepared;

/// What is preferred, least first: places of the reference, of the source that was asked for, with the earliest date, with the
/// longest text; then by the document's name and the place in it, which do not depend on the order of files.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct PlaceKey<'a> {
    is_new: bool,
    of_other_source: bool,
    date: String,
    length: Reverse<usize>,
    path: &'a str,
    line: u64,
    document: u32,
    index: u32,
}

impl PlaceKey<'_> {
    /// Whether it stands outside the reference.
    pub(super) const fn is_new(&self) -> bool {
        self.is_new
    }
}

/// Sorts places and sentences.
pub(super) struct Order<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) prepared: &'a Prepared,
    pub(super) keep: &'a Keep,
}

impl<'a> Order<'a> {
    /// Whether a place stands in the reference.
    pub(super) fn is_reference(&self, place: &Sentence) -> bool {
        self.corpus.is_reference(place.document)
    }

    /// The preferred place of a distinct sentence, as a position among all sentences.
    pub(super) fn preferred(&self, row: u32) -> u32 {
        let places = self.places(row);
        let only = places.first().copied().unwrap_or_default();
        if places.len() < 2 {
            return only;
        }
        let key = |&place: &u32| self.place_key(self.sentence(place));
        places.iter().copied().min_by_key(|place| key(place)).unwrap_or(only)
    }

    /// By which a distinct sentence is sorted: with `central` those with the most copies first, else by the preferred place.
    pub(super) fn key(&self, row: u32) -> (bool, Reverse<usize>, PlaceKey<'a>) {
        let place = self.place_key(self.sentence(self.preferred(row)));
        let copies = if *self.keep == Keep::Central { self.places(row).len() } else { 0 };
        (place.is_new, Reverse(copies), place)
    }

    /// The places of a distinct sentence, as positions among all sentences.
    pub(super) fn places(&self, row: u32) -> &'a [u32] {
        self.prepared.collapse.occurrences(crate::ids::SentenceId::new(row))
    }

    pub(super) fn sentence(&self, place: u32) -> &'a Sentence {
        &self.prepared.sentences[place as usize]
    }

    /// What a place is sorted by.
    pub(super) fn place_key(&self, place: &Sentence) -> PlaceKey<'a> {
        let about = self.corpus.document(place.document);
        let path = about.file().map_or("", |file| self.corpus.file(file).path.as_str());
        let key = PlaceKey {
            is_new: !self.is_reference(place),
            of_other_source: false,
            date: String::new(),
            length: Reverse(0),
            path,
            line: about.line(),
            document: place.document.number(),
            index: place.index,
        };
        let metadata = || self.corpus.about(place.document);
        let date = || metadata().date.and_then(sortable).unwrap_or_else(|| "~".to_owned());
        match self.keep {
            Keep::First => PlaceKey { path: "", line: 0, ..key },
            Keep::Earliest => PlaceKey { date: date(), ..key },
            Keep::Latest => PlaceKey { date: latest_first(&date()), ..key },
            Keep::Longest => {
                let length = self.corpus.sentence_text(place).chars().count();
                PlaceKey { length: Reverse(length), ..key }
            }
            Keep::Central => key,
            Keep::Source(name) => {
                let of_other_source = metadata().source != Some(name);
                PlaceKey { of_other_source, date: date(), ..key }
            }
        }
    }
}
