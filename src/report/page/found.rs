//! The tables of a page of clusters: `head`, `documents`, `clusters` (strongest first; details: members, places and links).

use std::io;

use serde::Serialize;
use serde_json::{Map, Value};

use super::blocks::Page;
use crate::error::Result;
use crate::pipeline::{Report, ReportedCluster, ReportedPair, ReportedSentence};
use crate::report::json::found::{Scores, flag_names};
use crate::report::json::head::{Input, Recall};

/// Characters of a sentence in a row.
const SNIPPET: usize = 240;

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> Result<()> {
    let clusters = &report.clusters;
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    order.sort_by(|&a, &b| clusters[b].strength.total_cmp(&clusters[a].strength));
    let mut page = Page::begin("detect", &Head::new(report), out)?;
    page.rows(
        "documents",
        report.documents.iter().map(|document| {
            Ok(Document {
                id: &document.id,
                path: &document.path,
                source: document.source.as_deref(),
                title: document.title.as_deref(),
                date: document.date.as_deref(),
                url: document.url.as_deref(),
                language: document.language.as_deref(),
                reference: document.is_reference,
                repeated: document.repeated.rounded(),
                sentences: document.sentences,
            })
        }),
    )?;
    let links = Links::new(report);
    page.table(
        "clusters",
        order.iter().map(|&position| {
            let cluster = &clusters[position];
            Ok((Row::new(report, cluster), Some(Details::new(report, cluster, links.of(position)))))
        }),
    )?;
    page.end()
}

#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    version: &'static str,
    settings: &'a Map<String, Value>,
    input: Input<'a>,
    warnings: &'a [String],
    recall: Recall,
    clusters: usize,
    pairs: usize,
}

impl<'a> Head<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            schema: crate::report::REPORT_SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            settings: &report.settings,
            input: Input::new(&report.input),
            warnings: &report.input.warnings,
            recall: Recall::new(&report.recall),
            clusters: report.clusters.len(),
            pairs: report.pairs.len(),
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    path: &'a str,
    source: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    reference: bool,
    repeated: f64,
    sentences: u64,
}

/// What a list shows of a cluster.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    text: &'a str,
    kind: &'static str,
    size: usize,
    places: u64,
    documents: usize,
    sources: usize,
    relation: &'static str,
    min_similarity: f64,
    mean_similarity: f64,
    flags: Vec<&'static str>,
}

impl<'a> Row<'a> {
    fn new(report: &'a Report, cluster: &'a ReportedCluster) -> Self {
        let representative = &report.sentences[cluster.representative];
        let places = cluster.members.iter().flat_map(|&member| &report.sentences[member].places);
        let mut documents: Vec<usize> = places.map(|place| place.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let source = |&document: &usize| report.documents[document].source.as_deref();
        let mut sources: Vec<&str> = documents.iter().filter_map(source).collect();
        sources.sort_unstable();
        sources.dedup();
        Self {
            id: &cluster.id,
            text: snippet(&representative.text),
            kind: representative.kind.name(),
            size: cluster.members.len(),
            places: cluster.places,
            documents: documents.len(),
            sources: sources.len(),
            relation: cluster.relation.name(),
            min_similarity: cluster.min_similarity.rounded(),
            mean_similarity: cluster.mean_similarity.rounded(),
            flags: flag_names(cluster.flags),
        }
    }
}

/// What is shown of a cluster that was chosen.
#[derive(Serialize)]
struct Details<'a> {
    /// Position in `members`.
    representative: usize,
    members: Vec<Member<'a>>,
    links: Vec<Link>,
}

impl<'a> Details<'a> {
    fn new(report: &'a Report, cluster: &'a ReportedCluster, links: &[usize]) -> Self {
        let position = |sentence| cluster.members.iter().position(|&member| member == sentence);
        let link = |&link: &usize| {
            let pair = &report.pairs[link];
            Some(Link::new(pair, position(pair.a)?, position(pair.b)?))
        };
        let member = |&member: &usize| Member::new(&report.sentences[member]);
        Self {
            representative: position(cluster.representative).unwrap_or_default(),
            members: cluster.members.iter().map(member).collect(),
            links: links.iter().filter_map(link).collect(),
        }
    }
}

#[derive(Serialize)]
struct Member<'a> {
    id: &'a str,
    text: &'a str,
    kind: &'static str,
    /// Document, line, and the text where it differs.
    places: Vec<(usize, u64, Option<&'a str>)>,
}

impl<'a> Member<'a> {
    fn new(sentence: &'a ReportedSentence) -> Self {
        let places = sentence.places.iter();
        let places = places.map(|place| (place.document, place.line, place.text.as_deref()));
        Self {
            id: &sentence.id,
            text: &sentence.text,
            kind: sentence.kind.name(),
            places: places.collect(),
        }
    }
}

/// A pair of members.
#[derive(Serialize)]
struct Link {
    a: usize,
    b: usize,
    relation: &'static str,
    #[serde(flatten)]
    scores: Scores,
    flags: Vec<&'static str>,
}

impl Link {
    fn new(pair: &ReportedPair, a: usize, b: usize) -> Self {
        Self {
            a,
            b,
            relation: pair.relation.name(),
            scores: Scores::new(&pair.scores),
            flags: flag_names(pair.flags),
        }
    }
}

/// The pairs inside of each cluster.
struct Links {
    /// Where those of a cluster begin.
    starts: Vec<usize>,
    pairs: Vec<usize>,
}

impl Links {
    fn new(report: &Report) -> Self {
        let mut cluster_of = vec![None; report.sentences.len()];
        for (position, cluster) in report.clusters.iter().enumerate() {
            for &member in &cluster.members {
                cluster_of[member] = Some(position);
            }
        }
        let inside = report.pairs.iter().enumerate().filter_map(|(pair, it)| {
            cluster_of[it.a].filter(|_| cluster_of[it.a] == cluster_of[it.b]).map(|to| (to, pair))
        });
        let mut inside: Vec<(usize, usize)> = inside.collect();
        inside.sort_unstable();
        let clusters = 0..=report.clusters.len();
        let starts = clusters.map(|cluster| inside.partition_point(|&(to, _)| to < cluster));
        Self { starts: starts.collect(), pairs: inside.iter().map(|&(_, pair)| pair).collect() }
    }

    fn of(&self, cluster: usize) -> &[usize] {
        &self.pairs[self.starts[cluster]..self.starts[cluster + 1]]
    }
}

/// The beginning of a text.
pub(super) fn snippet(text: &str) -> &str {
    let end = text.char_indices().nth(SNIPPET).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}
