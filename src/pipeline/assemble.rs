//! Everything found → the report: ids, places, proofs.

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::clustering::{Clustered, Cohesion};
use super::evidence::Comparison;
use super::keep::survivor_first;
use super::prepare::Prepared;
use super::repeated::repeated_shares;
use super::results::{
    ReportedCluster, ReportedDocument, ReportedPair, ReportedPlace, ReportedSentence, SplitInTwo,
};
use super::scores::{Gauge, difference, facts, measure, pair_flags};
use super::search::FoundPair;
use super::split::{OtherHalf, other_halves};
use crate::corpus::{Corpus, DocumentLines, Sentence};
use crate::ids::{DocumentId, SentenceId, Similarity};
use crate::normalize::Normalizer;
use crate::verify::facts::Facts;
use crate::verify::{Flag, Flags, Relation};
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
    let halves = other_halves(sources, &clustered.shown);
    let speaks = spoken_of(sources, clustered, &copies, &halves);
    let is_reported = |sentence: &SentenceId| all || speaks[sentence.index()];
    let spoken: Vec<SentenceId> = sources.prepared.distinct().filter(is_reported).collect();
    let reported =
        Positions::new(sources.prepared.collapse.len(), spoken.iter().map(|id| id.index()));
    let ids = document_ids(sources, &spoken, all);
    let at = Positions::new(sources.corpus.documents().len(), ids.iter().map(|id| id.index()));
    let shares = repeated_shares(sources, &speaks);
    let documents = ids.par_iter().map(|&id| document(sources, id, shares[id.index()])).collect();
    let sentences = sentences(sources, &spoken, (&ids, &at));
    let pairs = pairs(sources, (&clustered.shown, &halves), &reported);
    let mut clusters = copy_clusters(sources, clustered, &copies, (&sentences, &reported));
    let found = clustered.clusters.par_iter().map(|cohesion| {
        cluster(sources, cohesion, (&sentences, &reported), |a, b| proof(&pairs, a, b))
    });
    clusters.par_extend(found);
    clusters.par_sort_by_key(|cluster| cluster.members.iter().min().copied());
    Assembled { documents, sentences, clusters, pairs }
}

/// Where each thing of a table stands in the report.
pub(super) struct Positions(Vec<u32>);

impl Positions {
    /// Of a table of `all` things, those that are reported, in order.
    pub(super) fn new(all: usize, reported: impl Iterator<Item = usize>) -> Self {
        let mut positions = vec![u32::MAX; all];
        for (position, index) in (0..).zip(reported) {
            positions[index] = position;
        }
        Self(positions)
    }

    pub(super) fn of(&self, index: usize) -> usize {
        self.0[index] as usize
    }

    fn sentence(&self, id: SentenceId) -> usize {
        self.of(id.index())
    }
}

/// The proof of a link between two reported sentences; pairs stand in the order of their sentences.
pub(super) fn proof(pairs: &[ReportedPair], a: usize, b: usize) -> Option<&ReportedPair> {
    let ends = (a.min(b), a.max(b));
    let found = pairs.binary_search_by_key(&ends, |pair| (pair.a, pair.b));
    found.ok().map(|index| &pairs[index])
}

/// Distinct sentences that repeat by themselves, in two places that may repeat each other; ascending.
fn copied_sentences(sources: &Sources<'_>) -> Vec<SentenceId> {
    let repeats = |sentence: &SentenceId| {
        let places = sources.prepared.collapse.occurrences(*sentence).len();
        places > 1 && sources.comparison.copies_repeat(sentence.index())
    };
    sources.prepared.distinct().filter(repeats).collect()
}

/// By distinct sentence, whether a cluster, a pair, its other half or copies speak of it.
fn spoken_of(
    sources: &Sources<'_>,
    clustered: &Clustered,
    copies: &[SentenceId],
    halves: &[Option<OtherHalf>],
) -> Vec<bool> {
    let mut speaks = vec![false; sources.prepared.collapse.len()];
    for cohesion in &clustered.clusters {
        for member in &cohesion.cluster.members {
            speaks[member.index()] = true;
        }
    }
    for FoundPair { pair: (a, b), .. } in &clustered.shown {
        speaks[*a as usize] = true;
        speaks[*b as usize] = true;
    }
    for half in halves.iter().flatten() {
        speaks[half.row as usize] = true;
    }
    for copy in copies {
        speaks[copy.index()] = true;
    }
    speaks
}

fn document_ids(sources: &Sources<'_>, spoken: &[SentenceId], all: bool) -> Vec<DocumentId> {
    let every = || (0..sources.corpus.documents().len()).filter_map(DocumentId::from_index);
    if all {
        return every().collect();
    }
    let mut speaks = vec![false; sources.corpus.documents().len()];
    for &sentence in spoken {
        for place in sources.prepared.places(sentence) {
            speaks[place.document.index()] = true;
        }
    }
    every().filter(|id| speaks[id.index()]).collect()
}

pub(super) fn document(
    sources: &Sources<'_>,
    id: DocumentId,
    repeated: Similarity,
) -> ReportedDocument {
    let corpus = sources.corpus;
    let (document, about) = (corpus.document(id), corpus.about(id));
    let owned = |field: Option<&str>| field.map(str::to_owned);
    ReportedDocument {
        id: corpus.document_name(id),
        path: document.file().map(|file| corpus.file(file).path.clone()).unwrap_or_default(),
        source: owned(about.source),
        title: owned(about.title),
        date: owned(about.date),
        url: owned(about.url),
        language: sources.prepared.languages.name(id).map(str::to_owned),
        is_reference: corpus.is_reference(id),
        repeated,
        sentences: u64::from(sources.prepared.sentences_of_document[id.index()]),
    }
}

fn sentences(
    sources: &Sources<'_>,
    spoken: &[SentenceId],
    (documents, at): (&[DocumentId], &Positions),
) -> Vec<ReportedSentence> {
    let ids = names(sources, spoken);
    let lines: Vec<DocumentLines> =
        documents.par_iter().map(|&id| sources.corpus.lines(id)).collect();
    let place = |text: &str, place: &Sentence| {
        let document = at.of(place.document.index());
        let here = sources.corpus.sentence_text(place);
        ReportedPlace {
            document,
            index: place.index,
            line: lines[document].line_of(place.span.start),
            start: place.span.start,
            end: place.span.end,
            text: (here != text).then(|| here.to_owned()),
        }
    };
    let sentence = |(&sentence, id): (&SentenceId, String)| {
        let text = sources.prepared.text(sources.corpus, sentence);
        ReportedSentence {
            id,
            text: text.to_owned(),
            kind: sources.prepared.first(sentence).kind,
            flags: sources.notes[sentence.index()],
            places: sources.prepared.places(sentence).map(|here| place(text, here)).collect(),
        }
    };
    spoken.par_iter().zip(ids).map(sentence).collect()
}

/// Names that depend on the key alone: 64 bits of its hash, 128 where two of this report collide in 64.
fn names(sources: &Sources<'_>, spoken: &[SentenceId]) -> Vec<String> {
    let key = |sentence: &SentenceId| sources.prepared.keys.get(sentence.index()).as_bytes();
    let short: Vec<u64> = spoken.par_iter().map(|sentence| xxh3_64(key(sentence))).collect();
    let mut sorted = short.clone();
    sorted.par_sort_unstable();
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
    spoken.par_iter().zip(&short).map(name).collect()
}

fn pairs(
    sources: &Sources<'_>,
    (shown, halves): (&[FoundPair], &[Option<OtherHalf>]),
    reported: &Positions,
) -> Vec<ReportedPair> {
    let config = sources.comparison.config;
    let facts = facts_of_pairs(sources, shown, reported);
    let at = |number: u32| reported.of(number as usize);
    let known = |number: u32| &facts[at(number)];
    let own = |number: u32| sources.notes[number as usize];
    let pair = |gauge: &mut Gauge, (found, half): (&FoundPair, &Option<OtherHalf>)| {
        let FoundPair { pair: (a, b), channels, .. } = *found;
        let keys = (&sources.prepared.keys, gauge);
        let (scores, relation) = measure(sources.comparison, keys, (a, b));
        let split = half.map(|half| SplitInTwo { with: at(half.row), similarity: half.similarity });
        let differences = difference(config, known(a), known(b));
        let flags = pair_flags(differences, own(a), own(b)).with_if(split.is_some(), Flag::Split);
        ReportedPair { a: at(a), b: at(b), relation, scores, flags, channels, split }
    };
    shown.par_iter().zip(halves).map_init(Gauge::default, pair).collect()
}

/// The facts of every sentence of a pair, each read once, by its position in the report.
fn facts_of_pairs(sources: &Sources<'_>, shown: &[FoundPair], reported: &Positions) -> Vec<Facts> {
    let mut numbers: Vec<Option<u32>> = Vec::new();
    for number in shown.iter().flat_map(|found| [found.pair.0, found.pair.1]) {
        let at = reported.of(number as usize);
        numbers.resize(numbers.len().max(at + 1), None);
        numbers[at] = Some(number);
    }
    let normalizer = Normalizer::new(sources.comparison.config.rules());
    let read = |number: Option<u32>| {
        let Some(sentence) = number.map(SentenceId::new) else { return Facts::default() };
        let raw = sources.prepared.text(sources.corpus, sentence);
        let kind = sources.prepared.first(sentence).kind;
        facts(raw, &normalizer.for_kind(kind).trace(raw))
    };
    numbers.into_par_iter().map(read).collect()
}

/// Clusters of nothing but copies: sentences that repeat and are in no other cluster.
fn copy_clusters(
    sources: &Sources<'_>,
    clustered: &Clustered,
    copies: &[SentenceId],
    (sentences, reported): (&[ReportedSentence], &Positions),
) -> Vec<ReportedCluster> {
    let mut inside = vec![false; sources.prepared.collapse.len()];
    for member in clustered.clusters.iter().flat_map(|cohesion| &cohesion.cluster.members) {
        inside[member.index()] = true;
    }
    let alone = copies.par_iter().filter(|sentence| !inside[sentence.index()]);
    let cluster = |&sentence: &SentenceId| {
        let evidence = nats(weight(sources, sentence));
        of_copies(sentences, reported.sentence(sentence), evidence)
    };
    alone.map(cluster).collect()
}

/// The cluster of the copies of one sentence, whose words carry so much evidence.
pub(super) fn of_copies(
    sentences: &[ReportedSentence],
    at: usize,
    evidence: f64,
) -> ReportedCluster {
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
        strength: evidence * extra(places),
    }
}

fn cluster<'p>(
    sources: &Sources<'_>,
    cohesion: &Cohesion,
    (sentences, reported): (&[ReportedSentence], &Positions),
    proof: impl Fn(usize, usize) -> Option<&'p ReportedPair>,
) -> ReportedCluster {
    let representative = reported.sentence(cohesion.cluster.representative);
    let members = survivor_first(sources, &cohesion.cluster);
    let members: Vec<usize> = members.iter().map(|&member| reported.sentence(member)).collect();
    let links = members.iter().filter_map(|&member| proof(member, representative));
    let flags = links.fold(Flags::default(), |flags, link| flags.union(link.flags));
    let weakest = |number: u32| reported.of(number as usize);
    let weakest = (weakest(cohesion.weakest.0), weakest(cohesion.weakest.1));
    let weakest_link = proof(weakest.0, weakest.1);
    let flags = weakest_link.map_or(flags, |link| flags.union(link.flags));
    let places: u64 = members.iter().map(|&member| sentences[member].places.len() as u64).sum();
    let evidence = nats(weight(sources, cohesion.cluster.representative)) * cohesion.mean.number();
    ReportedCluster {
        id: cluster_id(&sentences[representative]),
        flags: members.iter().fold(flags, |flags, &member| flags.union(sentences[member].flags)),
        members,
        representative,
        places,
        relation: weakest_link.map_or(Relation::Reworded, |link| link.relation),
        min_similarity: cohesion.minimum,
        mean_similarity: cohesion.mean,
        weakest,
        strength: evidence * extra(places),
    }
}

pub(super) fn cluster_id(representative: &ReportedSentence) -> String {
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
pub(super) fn extra(places: u64) -> f64 {
    places.saturating_sub(1) as f64
}
