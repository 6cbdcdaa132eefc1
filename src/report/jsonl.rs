//! The report as JSON lines: a line a cluster, then a line a pair, each readable without the others.
//!
//! A cluster's line holds its members with their texts and places, a pair's line both texts. Settings, recall and files
//! stand in the JSON report alone. Cost: linear in the output; a sentence is written once for each line that speaks of it.

use std::io;

use serde::Serialize;

use super::json::found::{Scores, flag_names};
use super::json::write_object;
use crate::error::Result;
use crate::pipeline::{
    Report, ReportedCluster, ReportedDocument, ReportedPair, ReportedPlace, ReportedSentence,
};
use crate::verify::Channel;

/// Writes a line a cluster and a line a pair; `"type"` comes first.
///
/// ```
/// use twicetold::{Config, Corpus, detect, report};
/// let corpus = Corpus::from_texts(["The ferry left Velmark at dawn.", "The ferry left Velmark at dawn!"]);
/// let found = detect(&corpus, &Config::default())?;
/// let mut out = Vec::new();
/// report::jsonl(&found, &mut out)?;
/// assert!(!out.is_empty());
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If `out` takes no more.
pub fn jsonl(report: &Report, out: &mut dyn io::Write) -> Result<()> {
    for cluster in &report.clusters {
        write_object(&ClusterLine::new(report, cluster), false, out)?;
    }
    for pair in &report.pairs {
        write_object(&PairLine::new(report, pair), false, out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct ClusterLine<'a> {
    r#type: &'static str,
    id: &'a str,
    size: usize,
    representative: &'a str,
    places: u64,
    relation: &'static str,
    min_similarity: f64,
    mean_similarity: f64,
    weakest: [&'a str; 2],
    flags: Vec<&'static str>,
    members: Vec<Member<'a>>,
}

impl<'a> ClusterLine<'a> {
    fn new(report: &'a Report, cluster: &'a ReportedCluster) -> Self {
        let sentence = |position: usize| &report.sentences[position];
        let member = |&position: &usize| Member::new(report, sentence(position));
        Self {
            r#type: "cluster",
            id: &cluster.id,
            size: cluster.members.len(),
            representative: &sentence(cluster.representative).id,
            places: cluster.places,
            relation: cluster.relation.name(),
            min_similarity: cluster.min_similarity.rounded(),
            mean_similarity: cluster.mean_similarity.rounded(),
            weakest: [&sentence(cluster.weakest.0).id, &sentence(cluster.weakest.1).id],
            flags: flag_names(cluster.flags),
            members: cluster.members.iter().map(member).collect(),
        }
    }
}

#[derive(Serialize)]
struct Member<'a> {
    id: &'a str,
    text: &'a str,
    kind: &'static str,
    places: Vec<PlaceInFull<'a>>,
}

impl<'a> Member<'a> {
    fn new(report: &'a Report, sentence: &'a ReportedSentence) -> Self {
        let place =
            |place: &'a ReportedPlace| PlaceInFull::new(&report.documents[place.document], place);
        Self {
            id: &sentence.id,
            text: &sentence.text,
            kind: sentence.kind.name(),
            places: sentence.places.iter().map(place).collect(),
        }
    }
}

/// A place with what is known of its document.
#[derive(Serialize)]
struct PlaceInFull<'a> {
    document: &'a str,
    path: &'a str,
    source: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    reference: bool,
    index: u32,
    line: u64,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> PlaceInFull<'a> {
    fn new(document: &'a ReportedDocument, place: &'a ReportedPlace) -> Self {
        Self {
            document: &document.id,
            path: &document.path,
            source: document.source.as_deref(),
            title: document.title.as_deref(),
            date: document.date.as_deref(),
            url: document.url.as_deref(),
            reference: document.is_reference,
            index: place.index,
            line: place.line,
            start: place.start,
            end: place.end,
            text: place.text.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct PairLine<'a> {
    r#type: &'static str,
    a: &'a str,
    b: &'a str,
    relation: &'static str,
    #[serde(flatten)]
    scores: Scores,
    flags: Vec<&'static str>,
    channels: Vec<&'static str>,
    text_a: &'a str,
    text_b: &'a str,
    #[serde(flatten)]
    split: Option<Split<'a>>,
}

/// The other half of the shorter sentence, where the pair has one.
#[derive(Serialize)]
struct Split<'a> {
    #[serde(rename = "split_with")]
    with: &'a str,
    #[serde(rename = "split_similarity")]
    similarity: f64,
    #[serde(rename = "split_text")]
    text: &'a str,
}

impl<'a> PairLine<'a> {
    fn new(report: &'a Report, pair: &ReportedPair) -> Self {
        let (a, b) = (&report.sentences[pair.a], &report.sentences[pair.b]);
        Self {
            r#type: "pair",
            a: &a.id,
            b: &b.id,
            relation: pair.relation.name(),
            scores: Scores::new(&pair.scores),
            flags: flag_names(pair.flags),
            channels: pair.channels.iter().map(Channel::name).collect(),
            text_a: &a.text,
            text_b: &b.text,
            split: pair.split.map(|split| Split {
                with: &report.sentences[split.with].id,
                similarity: split.similarity.rounded(),
                text: &report.sentences[split.with].text,
            }),
        }
    }
}
