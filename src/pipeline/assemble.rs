//! Everything found → the report: ids, places, proofs.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::clustering::{Clustered, Cohesion};
use super::evidence::Comparison;
use super::keep::survivor_first;
use super::prepare::Prepared;
use super::results::{
    ReportedCluster, ReportedDocument, ReportedPair, ReportedPlace, ReportedSentence,
};
use super::scores::{facts, measure, pair_flags};
use crate::corpus::{Corpus, DocumentLines};
use crate::ids::{DocumentId, SentenceId, Similarity};
use crate::normalize::Normalizer;
use crate::verify::facts::Facts;
use crate::verify::{Channels, Flags, Relation};
use crate::weight::NAT;

/// What the assembly reads.
pub(crate) struct Sources<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) prepared: &'a Prepared,
    pub(crate) comparison: &'a Comparison<'a>,
    pub(crate) notes: &'a [Flags],
}

/// The tables of a report.
#[derive(Default)]
pub(crate) struct Assembled {
    pub(crate) documents: Vec<ReportedDocument>,
    pub(crate) sentences: Vec<ReportedSentence>,
    pub(crate) clusters: Vec<ReportedCluster>,
    pub(crate) pairs: Vec<ReportedPair>,
}

/// Builds the report's tables; `all` keeps sentences that nothing speaks of.
pub(crate) fn assemble(sources: &Sources<'_>, clustered: &Clustered, all: bool) -> Assembled {
    let copies = copied_sentences(sources);
    let spoken =
        if all { sources.prepared.distinct().collect() } else { spoken_of(clustered, &copies) };
    let position: BTreeMap<SentenceId, usize> =
        spoken.iter().enumerate().map(|(index, &sentence)| (sentence, index)).collect();
    let at = |number: u32| position[&SentenceId::new(number)];
    let (documents, document_at) = documents(sources, &spoken, all);
    let sentences = sentences(sources, &spoken, &document_at);
    let pairs = pairs(sources, &clustered.shown, at);
    let by_ends: BTreeMap<(usize, usize), usize> =
        pairs.iter().enumerate().map(|(index, pair)| ((pair.a, pair.b), index)).collect();
    let proof = |a: usize, b: usize| by_ends.get(&(a.min(b), a.max(b))).map(|&index| &pairs[index]);
    let mut clusters = copy_clusters(sources, clustered, &copies, &sentences, &position);
    clusters.extend(
        clustered
            .clusters
            .iter()
            .map(|cohesion| cluster(sources, cohesion, (&sentences, &position), proof)),
    );
    clusters.sort_by_key(|cluster| cluster.members.iter().min().copied());
    Assembled { documents, sentences, clusters, pairs }
}

/// Distinct sentences that repeat by themselves, in two places that `across` lets repeat each other.
fn copied_sentences(sources: &Sources<'_>) -> BTreeSet<SentenceId> {
    let repeats = |sentence: &SentenceId| {
        let places = sources.prepared.collapse.occurrences(*sentence).len();
        places > 1 && sources.comparison.sole.get(sentence.index()).is_none_or(Option::is_none)
    };
    sources.prepared.distinct().filter(repeats).collect()
}

fn spoken_of(clustered: &Clustered, copies: &BTreeSet<SentenceId>) -> Vec<SentenceId> {
    let members = clustered.clusters.iter().flat_map(|c| c.cluster.members.iter().copied());
    let ends = clustered.shown.iter().flat_map(|&((a, b), _)| [a, b]).map(SentenceId::new);
    let spoken: BTreeSet<SentenceId> = members.chain(ends).chain(copies.iter().copied()).collect();
    spoken.into_iter().collect()
}

fn documents(
    sources: &Sources<'_>,
    spoken: &[SentenceId],
    all: bool,
) -> (Vec<ReportedDocument>, BTreeMap<DocumentId, usize>) {
    let ids: BTreeSet<DocumentId> = if all {
        (0..sources.corpus.documents().len()).filter_map(DocumentId::from_index).collect()
    } else {
        let places = spoken.iter().flat_map(|&sentence| sources.prepared.places(sentence));
        places.map(|place| place.document).collect()
    };
    let at = ids.iter().enumerate().map(|(index, &id)| (id, index)).collect();
    (ids.into_iter().map(|id| document(sources, id)).collect(), at)
}

fn document(sources: &Sources<'_>, id: DocumentId) -> ReportedDocument {
    let corpus = sources.corpus;
    let about = corpus.document(id);
    let metadata = about.metadata().cloned().unwrap_or_default();
    ReportedDocument {
        id: corpus.document_name(id),
        path: about.file().map(|file| corpus.file(file).path.clone()).unwrap_or_default(),
        source: metadata.source,
        title: metadata.title,
        date: metadata.date,
        url: metadata.url,
        sentences: u64::from(sources.prepared.sentences_of_document[id.index()]),
    }
}

fn sentences(
    sources: &Sources<'_>,
    spoken: &[SentenceId],
    document_at: &BTreeMap<DocumentId, usize>,
) -> Vec<ReportedSentence> {
    let ids = names(sources, spoken);
    let documents: Vec<DocumentId> = document_at.keys().copied().collect();
    let lines = documents.par_iter().map(|&id| (id, sources.corpus.lines(id)));
    let lines: BTreeMap<DocumentId, DocumentLines> = lines.collect();
    let sentence = |(&sentence, id): (&SentenceId, String)| {
        let text = sources.prepared.text(sources.corpus, sentence);
        let place = |place: &crate::corpus::Sentence| {
            let here = sources.corpus.sentence_text(place);
            ReportedPlace {
                document: document_at[&place.document],
                index: place.index,
                line: lines[&place.document].line_of(place.span.start),
                start: place.span.start,
                end: place.span.end,
                text: (here != text).then(|| here.to_owned()),
            }
        };
        ReportedSentence {
            id,
            text: text.to_owned(),
            kind: sources.prepared.first(sentence).kind,
            flags: sources.notes[sentence.index()],
            places: sources.prepared.places(sentence).map(place).collect(),
        }
    };
    spoken.par_iter().zip(ids).map(sentence).collect()
}

/// Names that depend on the key alone: 64 bits of its hash, 128 where two of this report collide in 64.
fn names(sources: &Sources<'_>, spoken: &[SentenceId]) -> Vec<String> {
    let key = |sentence: &SentenceId| sources.prepared.keys.get(sentence.index()).as_bytes();
    let short: Vec<u64> = spoken.iter().map(|sentence| xxh3_64(key(sentence))).collect();
    let mut sorted = short.clone();
    sorted.sort_unstable();
    let is_twice = |hash: u64| {
        let from = sorted.partition_point(|&other| other < hash);
        sorted.get(from + 1) == Some(&hash)
    };
    let name = |(sentence, &hash): (&SentenceId, &u64)| {
        if is_twice(hash) {
            format!("s{:032x}", xxh3_128(key(sentence)))
        } else {
            format!("s{hash:016x}")
        }
    };
    spoken.iter().zip(&short).map(name).collect()
}

fn pairs(
    sources: &Sources<'_>,
    shown: &[((u32, u32), Channels)],
    at: impl Fn(u32) -> usize + Sync,
) -> Vec<ReportedPair> {
    let config = sources.comparison.config;
    let facts = facts_of_pairs(sources, shown);
    let known = |number: u32| (&facts[&number], sources.notes[number as usize]);
    let pair = |&((a, b), channels): &((u32, u32), Channels)| {
        let (scores, relation) = measure(sources.comparison, &sources.prepared.keys, (a, b));
        let flags = pair_flags(config, known(a), known(b));
        ReportedPair { a: at(a), b: at(b), relation, scores, flags, channels }
    };
    shown.par_iter().map(pair).collect()
}

/// The facts of every sentence of a pair, each read once.
fn facts_of_pairs(sources: &Sources<'_>, shown: &[((u32, u32), Channels)]) -> BTreeMap<u32, Facts> {
    let mut numbers: Vec<u32> = shown.iter().flat_map(|&((a, b), _)| [a, b]).collect();
    numbers.par_sort_unstable();
    numbers.dedup();
    let normalizer = Normalizer::new(sources.comparison.config.rules);
    let facts = |number: u32| {
        let raw = sources.prepared.text(sources.corpus, SentenceId::new(number));
        (number, facts(raw, &normalizer.trace(raw)))
    };
    let read: Vec<(u32, Facts)> = numbers.into_par_iter().map(facts).collect();
    read.into_iter().collect()
}

/// Clusters of nothing but copies: sentences that repeat and are in no other cluster.
fn copy_clusters(
    sources: &Sources<'_>,
    clustered: &Clustered,
    copies: &BTreeSet<SentenceId>,
    sentences: &[ReportedSentence],
    position: &BTreeMap<SentenceId, usize>,
) -> Vec<ReportedCluster> {
    let inside: BTreeSet<SentenceId> =
        clustered.clusters.iter().flat_map(|c| c.cluster.members.iter().copied()).collect();
    let alone = copies.iter().filter(|sentence| !inside.contains(sentence));
    let cluster = |sentence: &SentenceId| {
        let at = position[sentence];
        let places = sentences[at].places.len() as u64;
        ReportedCluster {
            id: cluster_id(&sentences[at]),
            members: vec![at],
            representative: at,
            places,
            relation: Relation::Exact,
            min_similarity: Similarity::ONE,
            mean_similarity: Similarity::ONE,
            weakest: (at, at),
            flags: sentences[at].flags,
            strength: nats(weight(sources, *sentence)) * extra(places),
        }
    };
    alone.map(cluster).collect()
}

fn cluster<'p>(
    sources: &Sources<'_>,
    cohesion: &Cohesion,
    (sentences, position): (&[ReportedSentence], &BTreeMap<SentenceId, usize>),
    proof: impl Fn(usize, usize) -> Option<&'p ReportedPair>,
) -> ReportedCluster {
    let representative = position[&cohesion.cluster.representative];
    let members = survivor_first(sources, &cohesion.cluster);
    let members: Vec<usize> = members.iter().map(|member| position[member]).collect();
    let links = members.iter().filter_map(|&member| proof(member, representative));
    let (mut flags, mut relation) = (Flags::default(), Relation::Near);
    for link in links {
        flags = flags.union(link.flags);
        relation = relation.max(link.relation);
    }
    let places: u64 = members.iter().map(|&member| sentences[member].places.len() as u64).sum();
    let weakest = |number: u32| position[&SentenceId::new(number)];
    let evidence = nats(weight(sources, cohesion.cluster.representative)) * cohesion.mean.number();
    ReportedCluster {
        id: cluster_id(&sentences[representative]),
        flags: members.iter().fold(flags, |flags, &member| flags.union(sentences[member].flags)),
        members,
        representative,
        places,
        relation,
        min_similarity: cohesion.minimum,
        mean_similarity: cohesion.mean,
        weakest: (weakest(cohesion.weakest.0), weakest(cohesion.weakest.1)),
        strength: evidence * extra(places),
    }
}

fn cluster_id(representative: &ReportedSentence) -> String {
    format!("c{}", representative.id.get(1..).unwrap_or_default())
}

fn weight(sources: &Sources<'_>, sentence: SentenceId) -> u64 {
    sources.comparison.words.features.totals[sentence.index()]
}

#[expect(clippy::cast_precision_loss, reason = "a rank for people")]
fn nats(weight: u64) -> f64 {
    weight as f64 / f64::from(NAT)
}

/// Places beyond the first.
#[expect(clippy::cast_precision_loss, reason = "a rank for people")]
fn extra(places: u64) -> f64 {
    places.saturating_sub(1) as f64
}
