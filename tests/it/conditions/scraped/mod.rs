//! What scraping does to sentences.

mod boilerplate;
mod cuts;
mod lines;
mod wire;

use twicetold::config::{Config, Quotes, Unit, Wrapped};
use twicetold::segment::Segmenter;
use twicetold::verify::Relation;
use twicetold::{Corpus, Report, detect};

/// The sentences of a text and what they are.
fn pieces(text: &str, wrapped: Wrapped) -> Vec<(&str, &'static str)> {
    let mut pieces = Vec::new();
    let segmenter = Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).wrapped(wrapped);
    segmenter.segment(text, 0, Some("en"), &mut pieces);
    let piece = |piece: &twicetold::segment::Piece| {
        (text.get(piece.span.range()).unwrap_or_default(), piece.kind.name())
    };
    pieces.iter().map(piece).collect()
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    pieces(text, Wrapped::Auto).into_iter().map(|(sentence, _)| sentence).collect()
}

/// What each sentence of a text is.
fn kinds(text: &str) -> Vec<&'static str> {
    pieces(text, Wrapped::Auto).into_iter().map(|(_, kind)| kind).collect()
}

fn report(texts: &[&str]) -> Report {
    detect(&Corpus::from_texts(texts.iter().copied()), &Config::default()).unwrap()
}

/// The relation of two texts of one sentence each, if they are linked.
fn relation(a: &str, b: &str) -> Option<Relation> {
    let report = report(&[a, b]);
    let equal = report.sentences.iter().any(|sentence| sentence.places.len() == 2);
    let pair = report.pairs.iter().map(|pair| pair.relation).next();
    pair.or_else(|| equal.then_some(Relation::Exact))
}

const SENTENCE: &str = "The ferry left the harbour at dawn with forty passengers on board.";
