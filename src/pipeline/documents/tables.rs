//! Texts of documents, their clusters and their pairs → the tables of a report.

use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{CONFLICTS, copies_repeat};
use crate::config::{Config, Keep};
use crate::corpus::{Corpus, SentenceKind};
use crate::ids::{DocumentId, Similarity};
use crate::pipeline::assemble::{
    Positions, Sources, cluster_id, document, extra, of_copies, proof,
};
use crate::pipeline::clustering::{Clustered, Cohesion};
use crate::pipeline::removal::Removals;
use crate::pipeline::removal::documents::{Compared, Court};
use crate::pipeline::results::{
    ReportedCluster, ReportedDocument, ReportedPair, ReportedPlace, ReportedSentence,
};
use crate::pipeline::{Searched, search::FoundPair};
use crate::verify::{Flag, Flags, Relation};

/// So many characters of a text are reported; the rest stands in the input.
const HEAD: usize = 160;

/// The tables of a report on documents.
pub(super) struct Tables {
    pub(super) documents: Vec<ReportedDocument>,
    pub(super) texts: Vec<ReportedSentence>,
    pub(super) clusters: Vec<ReportedCluster>,
    pub(super) pairs: Vec<ReportedPair>,
}

/// What the tables are made of.
struct Maker<'a> {
    court: &'a Court<'a>,
    corpus: &'a Corpus,
    config: &'a Config,
    searched: &'a Searched<'a>,
    /// Linked pairs, ascending.
    linked: &'a [Compared],
    /// By text: its position in the report.
    at: Positions,
}

impl Tables {
    /// `all` reports texts and documents too of which nothing is said.
    pub(super) fn new(
        court: &Court<'_>,
        (corpus, config, searched): (&Corpus, &Config, &Searched<'_>),
        (clustered, linked): (&Clustered, &[Compared]),
        all: bool,
    ) -> Self {
        let copies: Vec<bool> = (0..court.texts()).map(|text| copies_repeat(court, text)).collect();
        let spoken = spoken_of(clustered, &copies, all);
        let at = Positions::new(copies.len(), spoken.iter().map(|&text| text as usize));
        let maker = Maker { court, corpus, config, searched, linked, at };
        let (documents, places) = maker.documents(&spoken, &copies, all);
        let texts = maker.texts(&spoken, &places);
        let pairs: Vec<ReportedPair> = clustered.shown.iter().map(|it| maker.pair(it)).collect();
        let found = clustered.clusters.iter().map(|it| maker.cluster(it, &texts, &pairs));
        let mut clusters: Vec<ReportedCluster> = found.collect();
        let mut alone = copies;
        for member in clustered.clusters.iter().flat_map(|it| &it.cluster.members) {
            alone[member.index()] = false;
        }
        let alone = (0u32..).zip(alone).filter(|&(_, is_alone)| is_alone);
        clusters.extend(
            alone.map(|(text, _)| {
                of_copies(&texts, maker.at.of(text as usize), maker.evidence(text))
            }),
        );
        clusters.sort_by_key(|cluster| cluster.members.iter().min().copied());
        Self { documents, texts, clusters, pairs }
    }
}

/// The texts that a cluster, a pair or copies speak of, or all, ascending.
fn spoken_of(clustered: &Clustered, copies: &[bool], all: bool) -> Vec<u32> {
    let mut speaks = copies.to_vec();
    for member in clustered.clusters.iter().flat_map(|it| &it.cluster.members) {
        speaks[member.index()] = true;
    }
    for FoundPair { pair: (a, b), .. } in &clustered.shown {
        speaks[*a as usize] = true;
        speaks[*b as usize] = true;
    }
    (0u32..).zip(speaks).filter(|&(_, speaks)| all || speaks).map(|(text, _)| text).collect()
}

impl Maker<'_> {
    /// The documents of these texts, and where they stand in the report.
    fn documents(
        &self,
        spoken: &[u32],
        copies: &[bool],
        all: bool,
    ) -> (Vec<ReportedDocument>, Positions) {
        let mut shares = vec![None; self.corpus.documents().len()];
        let repeated = self.repeated(copies);
        for &text in spoken {
            for &document in self.court.documents(text) {
                shares[document as usize] = Some(repeated[text as usize]);
            }
        }
        let ids = (0..shares.len()).filter_map(DocumentId::from_index);
        let ids: Vec<DocumentId> = ids.filter(|id| all || shares[id.index()].is_some()).collect();
        let places = Positions::new(shares.len(), ids.iter().map(|id| id.index()));
        let Searched { prepared, comparison, notes, .. } = *self.searched;
        let sources = Sources { corpus: self.corpus, prepared, comparison, notes };
        let about =
            |&id: &DocumentId| document(&sources, id, shares[id.index()].unwrap_or_default());
        (ids.par_iter().map(about).collect(), places)
    }

    /// By text: the largest share of its words that another document has.
    fn repeated(&self, copies: &[bool]) -> Vec<Similarity> {
        let of_copies = |&repeat: &bool| if repeat { Similarity::ONE } else { Similarity::ZERO };
        let mut shares: Vec<Similarity> = copies.iter().map(of_copies).collect();
        for pair in self.linked {
            let scores = self.court.scores(pair.a, pair.b, pair.shared);
            for (text, share) in [(pair.a, scores.coverage_a), (pair.b, scores.coverage_b)] {
                let known = &mut shares[text as usize];
                *known = share.max(*known);
            }
        }
        shares
    }

    fn texts(&self, spoken: &[u32], places: &Positions) -> Vec<ReportedSentence> {
        let names = self.names(spoken);
        let text = |(&text, id): (&u32, String)| {
            let documents = self.court.documents(text);
            let head = documents.first().map_or_else(String::new, |&first| self.head(first));
            let place = |&document: &u32| {
                let whole = self.court.whole(document);
                let here = self.head(document);
                ReportedPlace {
                    document: places.of(document as usize),
                    index: 0,
                    line: self.corpus.lines(whole.document).line_of(whole.span.start),
                    start: whole.span.start,
                    end: whole.span.end,
                    text: (here != head).then_some(here),
                }
            };
            ReportedSentence {
                id,
                places: documents.iter().map(place).collect(),
                text: head,
                kind: SentenceKind::Body,
                flags: Flags::default(),
            }
        };
        spoken.par_iter().zip(names).map(text).collect()
    }

    /// Names that depend on the keys of the sentences alone: that of the keys behind each other, as a ledger has it; where two texts of
    /// this report are told apart by where sentences end, that of the keys on lines of their own.
    fn names(&self, spoken: &[u32]) -> Vec<String> {
        let name = |text: u32, between: &str| {
            let keys = &self.searched.prepared.keys;
            let said = self.court.said(text).map(|row| keys.get(row as usize));
            Removals::name(&said.collect::<Vec<_>>().join(between))
        };
        let names: Vec<String> = spoken.par_iter().map(|&text| name(text, " ")).collect();
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for it in &names {
            *count.entry(it).or_default() += 1;
        }
        let own = |(it, &text): (&String, &u32)| {
            if count.get(it.as_str()) == Some(&1) { it.clone() } else { name(text, "\n") }
        };
        names.iter().zip(spoken).map(own).collect()
    }

    /// How a document begins.
    fn head(&self, document: u32) -> String {
        head(self.corpus.sentence_text(self.court.whole(document)))
    }

    fn pair(&self, found: &FoundPair) -> ReportedPair {
        let (a, b) = found.pair;
        let at = self.linked.binary_search_by_key(&found.pair, |it| (it.a, it.b));
        let compared = at.ok().map(|at| &self.linked[at]);
        let flags = compared.map_or_else(Flags::default, flags);
        let scores = compared.map(|it| self.court.scores(a, b, it.shared));
        ReportedPair {
            a: self.at.of(a as usize),
            b: self.at.of(b as usize),
            relation: compared.map_or(Relation::Reworded, Compared::told),
            scores: scores.unwrap_or_default(),
            flags,
            channels: found.channels,
            split: None,
        }
    }

    fn cluster(
        &self,
        cohesion: &Cohesion,
        texts: &[ReportedSentence],
        pairs: &[ReportedPair],
    ) -> ReportedCluster {
        let at = |text: u32| self.at.of(text as usize);
        let representative = cohesion.cluster.representative.number();
        let members: Vec<usize> = self.survivor_first(cohesion).into_iter().map(at).collect();
        let weakest = (at(cohesion.weakest.0), at(cohesion.weakest.1));
        let weakest_link = proof(pairs, weakest.0, weakest.1);
        let links = members.iter().filter_map(|&it| proof(pairs, it, at(representative)));
        let links = links.chain(weakest_link);
        let places: u64 = members.iter().map(|&it| texts[it].places.len() as u64).sum();
        ReportedCluster {
            id: cluster_id(&texts[at(representative)]),
            flags: links.fold(Flags::default(), |flags, link| flags.union(link.flags)),
            members,
            representative: at(representative),
            places,
            relation: weakest_link.map_or(Relation::Near, |link| link.relation),
            min_similarity: cohesion.minimum,
            mean_similarity: cohesion.mean,
            weakest,
            strength: self.evidence(representative) * extra(places) * cohesion.mean.number(),
        }
    }

    /// What a repeat of a text counts: its words.
    #[expect(clippy::cast_precision_loss, reason = "a rank for people")]
    fn evidence(&self, text: u32) -> f64 {
        self.court.words(text) as f64
    }

    /// The members with the survivor first and the rest in the order of input.
    fn survivor_first(&self, cohesion: &Cohesion) -> Vec<u32> {
        let members = || cohesion.cluster.members.iter().map(|member| member.number());
        let representative = cohesion.cluster.representative.number();
        let survivor = match self.config.keep {
            Keep::Central => representative,
            _ => members()
                .min_by_key(|&text| (self.court.preference(text), text))
                .unwrap_or(representative),
        };
        std::iter::once(survivor).chain(members().filter(|&it| it != survivor)).collect()
    }
}

/// What stands beside the scores of a pair.
fn flags(compared: &Compared) -> Flags {
    let all = compared.differences.all();
    // Of the flags of sentences only those that say what differs speak of the documents.
    let told = CONFLICTS.into_iter();
    let differences = told.fold(Flags::default(), |some, it| some.with_if(all.has(it), it));
    differences.with_if(compared.is_version, Flag::Version).with_if(compared.is_stub, Flag::Stub)
}

/// The first characters of a text, up to a word that is whole: a number or an address that was cut in two would be taken for another.
fn head(text: &str) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(HEAD) else { return text.to_owned() };
    let cut = text.get(..end).unwrap_or(text);
    let whole = cut.rfind(char::is_whitespace).and_then(|blank| cut.get(..blank)).unwrap_or(cut);
    let whole = whole.trim_end_matches(|c: char| !c.is_alphabetic());
    format!("{}…", if whole.is_empty() { cut } else { whole })
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_long_text_ends_in_a_whole_word_and_no_figure() {
        assert_eq!(head("Call 555-867-5309."), "Call 555-867-5309.");
        let long = format!("{}call (020) 7946 0958 now, or write.", "rain ".repeat(28));
        assert_eq!(head(&long), format!("{}call…", "rain ".repeat(28)));
        assert_eq!(head(&"海".repeat(200)), format!("{}…", "海".repeat(160)));
        assert_eq!(head(&"7".repeat(200)), format!("{}…", "7".repeat(160)));
    }
}
