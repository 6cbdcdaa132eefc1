//! What the JSON report holds of a document, a sentence, a cluster and a pair.

use serde::Serialize;

use crate::pipeline::{
    PairScores, Report, ReportedCluster, ReportedDocument, ReportedPair, ReportedPlace,
    ReportedSentence,
};
use crate::report::decimals::rounded;
use crate::verify::{Channel, Flag, Flags};

#[derive(Serialize)]
pub(super) struct Document<'a> {
    id: &'a str,
    path: &'a str,
    source: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    sentences: u64,
}

impl<'a> Document<'a> {
    pub(super) fn new(document: &'a ReportedDocument) -> Self {
        Self {
            id: &document.id,
            path: &document.path,
            source: document.source.as_deref(),
            title: document.title.as_deref(),
            date: document.date.as_deref(),
            url: document.url.as_deref(),
            sentences: document.sentences,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Sentence<'a> {
    id: &'a str,
    text: &'a str,
    kind: &'static str,
    places: Vec<Place<'a>>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(report: &'a Report, sentence: &'a ReportedSentence) -> Self {
        let place = |place| Place::new(report, place);
        Self {
            id: &sentence.id,
            text: &sentence.text,
            kind: sentence.kind.name(),
            places: sentence.places.iter().map(place).collect(),
        }
    }
}

#[derive(Serialize)]
struct Place<'a> {
    document: &'a str,
    index: u32,
    line: u64,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn new(report: &'a Report, place: &'a ReportedPlace) -> Self {
        Self {
            document: &report.documents[place.document].id,
            index: place.index,
            line: place.line,
            start: place.start,
            end: place.end,
            text: place.text.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Cluster<'a> {
    id: &'a str,
    size: usize,
    representative: &'a str,
    places: u64,
    members: Vec<&'a str>,
    relation: &'static str,
    min_similarity: f64,
    mean_similarity: f64,
    weakest: [&'a str; 2],
    flags: Vec<&'static str>,
}

impl<'a> Cluster<'a> {
    pub(super) fn new(report: &'a Report, cluster: &'a ReportedCluster) -> Self {
        let id = |position: usize| report.sentences[position].id.as_str();
        Self {
            id: &cluster.id,
            size: cluster.members.len(),
            representative: id(cluster.representative),
            places: cluster.places,
            members: cluster.members.iter().map(|&member| id(member)).collect(),
            relation: cluster.relation.name(),
            min_similarity: cluster.min_similarity.rounded(),
            mean_similarity: cluster.mean_similarity.rounded(),
            weakest: [id(cluster.weakest.0), id(cluster.weakest.1)],
            flags: flag_names(cluster.flags),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Pair<'a> {
    a: &'a str,
    b: &'a str,
    relation: &'static str,
    #[serde(flatten)]
    scores: Scores,
    flags: Vec<&'static str>,
    channels: Vec<&'static str>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(report: &'a Report, pair: &ReportedPair) -> Self {
        Self {
            a: &report.sentences[pair.a].id,
            b: &report.sentences[pair.b].id,
            relation: pair.relation.name(),
            scores: Scores::new(&pair.scores),
            flags: flag_names(pair.flags),
            channels: pair.channels.iter().map(Channel::name).collect(),
        }
    }
}

/// The scores of a pair, in the order in which every format shows them.
#[derive(Serialize)]
pub(in crate::report) struct Scores {
    pub(in crate::report) jaccard_idf: f64,
    pub(in crate::report) jaccard_char4: f64,
    pub(in crate::report) coverage_a: f64,
    pub(in crate::report) coverage_b: f64,
    pub(in crate::report) longest_run: u32,
    pub(in crate::report) word_edit: f64,
    pub(in crate::report) log10_evalue: f64,
}

impl Scores {
    pub(in crate::report) fn new(scores: &PairScores) -> Self {
        Self {
            jaccard_idf: scores.jaccard_idf.rounded(),
            jaccard_char4: scores.jaccard_char4.rounded(),
            coverage_a: scores.coverage_a.rounded(),
            coverage_b: scores.coverage_b.rounded(),
            longest_run: scores.longest_run,
            word_edit: scores.word_edit.rounded(),
            log10_evalue: rounded(scores.log10_evalue),
        }
    }
}

/// The names of flags, in the order of reports.
pub(in crate::report) fn flag_names(flags: Flags) -> Vec<&'static str> {
    flags.iter().map(Flag::name).collect()
}
