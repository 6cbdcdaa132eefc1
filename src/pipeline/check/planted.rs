//! Copies planted at the contract point, through every stage: written as records, read, cut, normalised, collapsed, weighed,
//! searched by the very plan of the run that is checked, clustered.
//!
//! A copy counts if the run with it links it by definition and finds it where it was aimed: what the copies themselves change about the
//! rarity of words moves some out of the window. A copy that did not stay one sentence counts with the similarity it was meant to
//! have, since a run that cuts it has lost it. It was found if one of its sentences is linked with the original, stands
//! behind the same representative, or came into the same cluster.

use serde_json::json;

use super::copies::{EditedCopy, copies, window};
use super::measured::{Case, Measured};
use super::{Run, chance, chance_by_similarity, searched};
use crate::config::{Config, Format, InputConfig};
use crate::corpus::{Corpus, CorpusBuilder};
use crate::error::Result;
use crate::ids::Similarity;
use crate::pipeline::clustering::{Cohesion, cluster};
use crate::pipeline::search::ordered;
use crate::read::read_bytes;

/// The name of what is planted: a source that publishes nothing else.
const NAME: &str = "twicetold --check-recall";

/// Plants copies in a corpus of their own and counts those that are found.
pub(super) fn planted(run: &Run<'_>) -> Result<Measured> {
    let copies = copies(run);
    if copies.is_empty() {
        return Ok(Measured::of(&[]));
    }
    let corpus = with_copies(run.corpus, &copies)?;
    let config = Config { max_pairs: u64::MAX, ..run.comparison.config.clone() };
    searched(&corpus, &config, run.method, |again| Measured::of(&cases(again, &copies)))
}

/// The corpus with every copy as a document behind it.
fn with_copies(corpus: &Corpus, copies: &[EditedCopy]) -> Result<Corpus> {
    let mut lines = Vec::new();
    for copy in copies {
        let mut record = json!({ "text": copy.text, "source": NAME });
        if let Some(language) = &copy.language {
            record["lang"] = json!(language);
        }
        lines.extend_from_slice(record.to_string().as_bytes());
        lines.push(b'\n');
    }
    let input = InputConfig { format: Some(Format::Jsonl), ..InputConfig::default() };
    let mut builder = CorpusBuilder::default();
    builder.add_corpus(corpus);
    builder.add_corpus(&read_bytes(&lines, NAME, &input)?);
    Ok(builder.finish())
}

fn cases(run: &Run<'_>, copies: &[EditedCopy]) -> Vec<Case> {
    let clusters = cluster(run.comparison, &run.prepared.keys, run.found).clusters;
    let outcome = Outcome {
        run,
        cluster_of: cluster_of(run, &clusters),
        is_participant: is_participant(run),
    };
    let rows = rows_of_last(run, copies.len());
    let cases = (0..).zip(copies.iter().zip(&rows));
    cases.filter_map(|(number, (copy, rows))| outcome.case(number, copy, rows)).collect()
}

/// In which cluster each sentence is.
fn cluster_of(run: &Run<'_>, clusters: &[Cohesion]) -> Vec<Option<u32>> {
    let mut cluster_of = vec![None; run.comparison.rows()];
    for (number, cohesion) in (0..).zip(clusters) {
        for member in &cohesion.cluster.members {
            cluster_of[member.index()] = Some(number);
        }
    }
    cluster_of
}

fn is_participant(run: &Run<'_>) -> Vec<bool> {
    let mut is_participant = vec![false; run.comparison.rows()];
    for &row in run.participants {
        is_participant[row as usize] = true;
    }
    is_participant
}

/// The distinct sentences of each of the last so many documents.
fn rows_of_last(run: &Run<'_>, documents: usize) -> Vec<Vec<u32>> {
    let counts = &run.prepared.sentences_of_document;
    let before = &counts[..counts.len() - documents];
    let first: usize = before.iter().map(|&count| count as usize).sum();
    let mut row_of = vec![None; run.prepared.sentences.len() - first];
    for sentence in run.prepared.distinct() {
        let occurrences = run.prepared.collapse.occurrences(sentence).iter().rev();
        for &occurrence in occurrences.take_while(|&&occurrence| occurrence as usize >= first) {
            row_of[occurrence as usize - first] = Some(sentence.number());
        }
    }
    let mut left = row_of.as_slice();
    let taken = counts[before.len()..].iter().map(|&count| {
        let (of_document, rest) = left.split_at(count as usize);
        left = rest;
        of_document.iter().flatten().copied().collect()
    });
    taken.collect()
}

/// What became of copies.
struct Outcome<'a> {
    run: &'a Run<'a>,
    cluster_of: Vec<Option<u32>>,
    is_participant: Vec<bool>,
}

impl Outcome<'_> {
    /// A copy as a case, unless it is none of those that count. Numbers of distinct sentences are those of the run without
    /// copies, for they are numbered by their first place.
    fn case(&self, number: u32, copy: &EditedCopy, rows: &[u32]) -> Option<Case> {
        let original = copy.original;
        let (similarity, chance) = if let [row] = rows {
            let similarity = self.counts(original, *row)?;
            (similarity, chance(self.run, ordered(original, *row), similarity))
        } else {
            (copy.similarity, chance_by_similarity(self.run, copy.similarity))
        };
        let is_found = rows.iter().any(|&row| self.is_found(original, row));
        Some(Case { bundle: number, similarity, is_found, chance })
    }

    /// The similarity of a copy that is linked by definition, if it lies where copies count.
    fn counts(&self, original: u32, row: u32) -> Option<Similarity> {
        if row == original || !self.is_participant[row as usize] {
            return None;
        }
        let (a, b) = ordered(original, row);
        let similarity = self.run.comparison.link_by_similarity(a, b)?;
        let (least, most) = window(self.run.comparison.config.contract().at);
        (least..=most).contains(&similarity).then_some(similarity)
    }

    fn is_found(&self, original: u32, row: u32) -> bool {
        let pair = ordered(original, row);
        let cluster = |row: u32| self.cluster_of[row as usize];
        row == original
            || self.run.found.pairs.binary_search_by_key(&pair, |found| found.pair).is_ok()
            || self.run.found.families.share(original, row)
            || cluster(original).is_some() && cluster(original) == cluster(row)
    }
}
