//! The report's own links, each computed again from its texts.

use serde::Serialize;

use super::saved::SavedReport;
use super::share::{rounded, share};
use super::words::{Frequencies, Proof};

/// What a recomputation says of the linked pairs.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct LinkPrecision {
    /// Linked pairs in the report.
    pub pairs: u64,
    /// Those whose similarity and evidence reach the bar.
    pub by_similarity: u64,
    /// Those that are linked by a shared run alone.
    pub by_run: u64,
    /// Those that no rule links: errors of the program.
    pub unproved: u64,
    /// The share that some rule links.
    pub precision: Option<f64>,
    /// The greatest difference between a reported similarity and the recomputed one.
    pub greatest_difference: f64,
}

impl LinkPrecision {
    pub(super) fn of(report: &SavedReport, frequencies: &Frequencies<'_>) -> Self {
        let keys: Vec<String> = report.texts.iter().map(|text| frequencies.key(text)).collect();
        let mut found = Self { pairs: report.links.len() as u64, ..Self::default() };
        for link in &report.links {
            let (a, b) = (&keys[link.a], &keys[link.b]);
            let measured = frequencies.measure(a, b);
            match frequencies.proof(a, b, &measured) {
                Some(Proof::Copies | Proof::Similarity) => found.by_similarity += 1,
                Some(Proof::Run) => found.by_run += 1,
                None => found.unproved += 1,
            }
            let idf = (link.jaccard_idf - measured.jaccard_idf).abs();
            let char4 = (link.jaccard_char4 - measured.jaccard_char4).abs();
            found.greatest_difference = found.greatest_difference.max(idf).max(char4);
        }
        found.greatest_difference = rounded(found.greatest_difference);
        found.precision = share(found.by_similarity + found.by_run, found.pairs);
        found
    }
}
