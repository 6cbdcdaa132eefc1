//! What a report is worth, where the truth is known: recall of planted pairs, precision of links, agreement of clusters, and what each
//! similarity tells about labelled pairs.
//!
//! A planted pair is found if its two records are copies, stand in one cluster, or are linked; with star output two members of
//! a star need no link of their own. A record is all sentences of its document; its cluster is that of its first
//! sentence that has one, and a record that the report does not mention is a cluster of its own. Similarities are computed again from the
//! texts by plain code that knows no candidates; words weigh what they weigh in the corpus that is given.
//!
//! A link between records of two true clusters is no error of the program if its similarity holds: generated text has natural
//! near-duplicates. So [`LinkPrecision`] asks whether the rules link the pair, and [`Agreement`] whether the truth does.
//!
//! Cost: some ten microseconds a planted pair or link, a look-up a word of the corpus. What it does not do: find pairs that nobody planted and
//! the report has missed.

mod labelled;
mod partition;
mod planted;
mod proved;
mod ranking;
mod saved;
mod share;
mod truth;
mod words;

pub use labelled::{LabelledEvaluation, LabelledPairs, MeasureWorth, evaluate_pairs};
pub use partition::Agreement;
pub use planted::{Band, ClassRecall, DecoyOutcome, FalseFlags, PlantedRecall};
pub use proved::LinkPrecision;
pub use ranking::Separation;
pub use saved::SavedReport;
pub use truth::{DecoyKind, PlantedPair, Truth};

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::planted::Outcome;
use self::words::Frequencies;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::ids::DocumentId;

/// What a report is worth.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// The profile, by whose similarity pairs are ordered in bands.
    pub profile: &'static str,
    /// Records of the truth.
    pub records: u64,
    /// What became of what was planted.
    pub planted: PlantedRecall,
    /// The report's links, computed again.
    pub links: LinkPrecision,
    /// Found clusters against true ones.
    pub clusters: Option<Agreement>,
}

/// Evaluates a report of a corpus under the settings that it was made with.
///
/// # Errors
/// A record of the truth is no document of the corpus.
pub fn evaluate(
    corpus: &Corpus,
    config: &Config,
    report: &SavedReport,
    truth: &Truth,
) -> Result<Evaluation> {
    let frequencies = Frequencies::of_corpus(corpus, config);
    let documents = documents(corpus, truth)?;
    let findings = Findings::new(report, truth);
    let key = |record: usize| frequencies.key(corpus.text(documents[record]));
    let outcome = |pair: &PlantedPair| {
        let measured = frequencies.measure(&key(pair.a), &key(pair.b));
        Outcome {
            class: pair.class.clone(),
            decoy: pair.decoy,
            similarity: frequencies.of_profile(&measured),
            together: findings.are_together(pair.a, pair.b),
            flags: findings.flags(pair.a, pair.b).cloned(),
        }
    };
    let outcomes: Vec<Outcome> = truth.pairs.iter().map(outcome).collect();
    let clusters: Vec<(u64, u64)> = truth
        .clusters
        .iter()
        .zip(0..)
        .map(|(&of_truth, record)| (of_truth, findings.group(record)))
        .collect();
    Ok(Evaluation {
        profile: config.profile.name(),
        records: truth.records.len() as u64,
        planted: PlantedRecall::of(&outcomes),
        links: LinkPrecision::of(report, &frequencies),
        clusters: Agreement::of(&clusters),
    })
}

/// The document of each record.
fn documents(corpus: &Corpus, truth: &Truth) -> Result<Vec<DocumentId>> {
    let all = (0..corpus.documents().len()).filter_map(DocumentId::from_index);
    let names: BTreeMap<String, DocumentId> =
        all.map(|document| (corpus.document_name(document), document)).collect();
    let find = |record: &String| {
        let missing = || Error::not_found(format!("no input has the truth's record {record:?}"));
        names.get(record).copied().ok_or_else(missing)
    };
    truth.records.iter().map(find).collect()
}

/// What a report says of the truth's records.
struct Findings<'a> {
    report: &'a SavedReport,
    /// The reported sentences of each record.
    sentences: Vec<&'a [usize]>,
    /// Links by their sentences, the lower one first.
    links: BTreeMap<(usize, usize), &'a BTreeSet<String>>,
}

impl<'a> Findings<'a> {
    fn new(report: &'a SavedReport, truth: &Truth) -> Self {
        let sentences = |record| report.of_document.get(record).map_or(&[][..], Vec::as_slice);
        let ends = |a: usize, b: usize| (a.min(b), a.max(b));
        Self {
            report,
            sentences: truth.records.iter().map(sentences).collect(),
            links: report.links.iter().map(|link| (ends(link.a, link.b), &link.flags)).collect(),
        }
    }

    /// Pairs of reported sentences of two records.
    fn meetings(&self, a: usize, b: usize) -> impl Iterator<Item = (usize, usize)> {
        let others = self.sentences[b];
        let pairs =
            self.sentences[a].iter().flat_map(move |&x| others.iter().map(move |&y| (x, y)));
        pairs.map(|(x, y)| (x.min(y), x.max(y)))
    }

    fn are_together(&self, a: usize, b: usize) -> bool {
        let cluster = &self.report.cluster;
        self.meetings(a, b).any(|(x, y)| {
            x == y
                || (cluster[x].is_some() && cluster[x] == cluster[y])
                || self.links.contains_key(&(x, y))
        })
    }

    fn flags(&self, a: usize, b: usize) -> Option<&BTreeSet<String>> {
        self.meetings(a, b).find_map(|ends| self.links.get(&ends).copied())
    }

    /// The found cluster of a record, as a number: clusters first, then sentences in none, then records that nobody mentions.
    fn group(&self, record: usize) -> u64 {
        let (clusters, sentences) = (self.report.cluster.len(), self.sentences[record]);
        let in_cluster = sentences.iter().find_map(|&sentence| self.report.cluster[sentence]);
        let alone = || sentences.first().map(|sentence| clusters + sentence);
        in_cluster.or_else(alone).unwrap_or(2 * clusters + record) as u64
    }
}
