//! What a report is worth, where the truth is known: recall of planted pairs, precision of links, agreement of clusters, and what each
//! similarity tells about labelled pairs.
//!
//! A planted pair is found if its two records are copies, stand in one cluster, or are linked; with star output two members of
//! a star need no link of their own. Of each pair that is not found it is said whether a rule links it at all, and if so whether its records
//! stand in different clusters. A record is all sentences of its document; its cluster is that of its first
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
pub use planted::{Band, ClassRecall, DecoyOutcome, FalseFlags, FlagCount, PlantedRecall};
pub use proved::LinkPrecision;
pub use ranking::Separation;
pub use saved::SavedReport;
pub use truth::{DecoyKind, PlantedPair, Truth};

use rayon::prelude::*;
use serde::Serialize;

use self::planted::{Finding, Outcome};
use self::saved::FactFlags;
use self::words::Frequencies;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::pipeline::pool;

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
/// A record of the truth is no document of the corpus, or the system gives no threads.
pub fn evaluate(
    corpus: &Corpus,
    config: &Config,
    report: &SavedReport,
    truth: &Truth,
) -> Result<Evaluation> {
    pool(config.threads)?.install(|| {
        let frequencies = Frequencies::of_corpus(corpus, config);
        let documents = documents(corpus, truth)?;
        let findings = Findings::new(report, truth);
        let key = |record: usize| frequencies.key(corpus.text(documents[record]));
        let outcomes = truth.pairs.par_iter().map(|pair| {
            let (a, b) = (key(pair.a), key(pair.b));
            Outcome {
                pair,
                similarity: frequencies.similarity(&a, &b),
                finding: findings.finding(pair, || {
                    frequencies.proof(&a, &b, &frequencies.scores(&a, &b)).is_some()
                }),
                flags: findings.flags(pair.a, pair.b),
            }
        });
        let outcomes: Vec<Outcome<'_>> = outcomes.collect();
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
    })
}

/// The document of each record.
fn documents(corpus: &Corpus, truth: &Truth) -> Result<Vec<DocumentId>> {
    let all = (0..corpus.documents().len()).filter_map(DocumentId::from_index);
    let mut names: Vec<(String, DocumentId)> =
        all.map(|document| (corpus.document_name(document), document)).collect();
    names.par_sort_unstable();
    let find = |record: &String| {
        // Of several documents of one name the last one counts.
        let end = names.partition_point(|(name, _)| name <= record);
        let found = end.checked_sub(1).and_then(|last| names.get(last));
        let found = found.filter(|(name, _)| name == record).map(|&(_, document)| document);
        found.ok_or_else(|| Error::not_found(format!("no input has the truth's record {record:?}")))
    };
    truth.records.iter().map(find).collect()
}

/// What a report says of the truth's records.
struct Findings<'a> {
    report: &'a SavedReport,
    /// The reported sentences of all records behind one another, and where each record's end.
    sentences: Vec<usize>,
    ends: Vec<usize>,
    /// Links by their sentences, the lower one first; sorted.
    links: Vec<((usize, usize), FactFlags)>,
}

impl<'a> Findings<'a> {
    fn new(report: &'a SavedReport, truth: &Truth) -> Self {
        let (mut sentences, mut ends) = (Vec::new(), Vec::new());
        for record in &truth.records {
            sentences.extend(report.of_document(record));
            ends.push(sentences.len());
        }
        let order = |a: usize, b: usize| (a.min(b), a.max(b));
        let links = report.links.iter().map(|link| (order(link.a, link.b), link.flags));
        let mut links: Vec<((usize, usize), FactFlags)> = links.collect();
        links.par_sort_unstable_by_key(|link| link.0);
        Self { report, sentences, ends, links }
    }

    /// The reported sentences of a record.
    fn of(&self, record: usize) -> &[usize] {
        let start = record.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.sentences.get(start..self.ends[record]).unwrap_or_default()
    }

    /// Pairs of reported sentences of two records.
    fn meetings(&self, a: usize, b: usize) -> impl Iterator<Item = (usize, usize)> {
        let others = self.of(b);
        let pairs = self.of(a).iter().flat_map(move |&x| others.iter().map(move |&y| (x, y)));
        pairs.map(|(x, y)| (x.min(y), x.max(y)))
    }

    fn link(&self, ends: (usize, usize)) -> Option<FactFlags> {
        let place = self.links.binary_search_by_key(&ends, |link| link.0).ok()?;
        self.links.get(place).map(|link| link.1)
    }

    fn are_together(&self, a: usize, b: usize) -> bool {
        let cluster = &self.report.cluster;
        self.meetings(a, b).any(|(x, y)| {
            x == y
                || (cluster[x].is_some() && cluster[x] == cluster[y])
                || self.link((x, y)).is_some()
        })
    }

    /// Whether the report has a pair; if not, whether a rule links it decides what is to blame.
    fn finding(&self, pair: &PlantedPair, has_rule: impl FnOnce() -> bool) -> Finding {
        let in_cluster = |record: usize| {
            self.of(record).iter().any(|&sentence| self.report.cluster[sentence].is_some())
        };
        if self.are_together(pair.a, pair.b) {
            Finding::Together
        } else if !has_rule() {
            Finding::NoRule
        } else if in_cluster(pair.a) && in_cluster(pair.b) {
            Finding::OtherClusters
        } else {
            Finding::Missed
        }
    }

    fn flags(&self, a: usize, b: usize) -> Option<FactFlags> {
        self.meetings(a, b).find_map(|ends| self.link(ends))
    }

    /// The found cluster of a record, as a number: clusters first, then sentences in none, then records that nobody mentions.
    fn group(&self, record: usize) -> u64 {
        let (clusters, sentences) = (self.report.cluster.len(), self.of(record));
        let in_cluster = sentences.iter().find_map(|&sentence| self.report.cluster[sentence]);
        let alone = || sentences.first().map(|sentence| clusters + sentence);
        in_cluster.or_else(alone).unwrap_or(2 * clusters + record) as u64
    }
}
