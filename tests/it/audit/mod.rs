//! Audits of corpora whose truth is planted.

mod changes;
mod classes;
mod credits;
mod decisions;
mod exports;
mod first;
mod planted;
mod values;
mod wide;

use twicetold::Config;
use twicetold::audit::model::Audit;
use twicetold::audit::{Policy, audit};
use twicetold::corpus::{Corpus, CorpusBuilder, Metadata};

/// A corpus in the making.
#[derive(Default)]
pub(crate) struct Planted(CorpusBuilder);

impl Planted {
    /// An article; an empty date is none.
    pub(crate) fn add(&mut self, source: &str, date: &str, sentences: &[&str]) -> &mut Self {
        self.at(source, date, "", sentences)
    }

    /// An article with an address.
    pub(crate) fn at(
        &mut self,
        source: &str,
        date: &str,
        url: &str,
        sentences: &[&str],
    ) -> &mut Self {
        let given = |field: &str| (!field.is_empty()).then(|| field.to_owned());
        let metadata = Metadata {
            source: given(source),
            date: given(date),
            url: given(url),
            ..Metadata::default()
        };
        self.0.add_text(&sentences.join(" ")).metadata(&metadata);
        self
    }

    pub(crate) fn corpus(&mut self) -> Corpus {
        std::mem::take(&mut self.0).finish()
    }
}

/// A sentence of twelve words that no other number has.
pub(crate) fn own(number: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "den", "fi", "gor", "hul", "ka", "lem", "mi", "nor", "pu", "ras", "sel", "ti", "vor",
        "wen", "zu",
    ];
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        SYLLABLES[usize::try_from(state % 16).unwrap()]
    };
    let words: Vec<String> = (0..12).map(|_| format!("{}{}{}", next(), next(), next())).collect();
    format!("The {}.", words.join(" "))
}

/// Several of them.
pub(crate) fn story(from: u64, many: u64) -> Vec<String> {
    (from..from + many).map(own).collect()
}

/// As they are handed to [`Planted::add`].
pub(crate) fn lent(sentences: &[String]) -> Vec<&str> {
    sentences.iter().map(String::as_str).collect()
}

pub(crate) fn audited<'c>(corpus: &'c Corpus, policy: &Policy) -> Audit<'c> {
    audit(corpus, &Config::default(), policy, &()).unwrap()
}

/// The position of a source.
pub(crate) fn source(audit: &Audit<'_>, id: &str) -> u32 {
    let at = audit.sources.iter().position(|source| source.id == id).unwrap();
    u32::try_from(at).unwrap()
}

/// The edge from one source to another, if there is one with pairs that are certain.
pub(crate) fn edges(audit: &Audit<'_>, from: &str, to: &str) -> u64 {
    let (from, to) = (source(audit, from), source(audit, to));
    let edge = audit.source_edges.iter().find(|edge| (edge.from, edge.to) == (from, to));
    edge.map_or(0, |edge| edge.edges)
}
