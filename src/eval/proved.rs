//! The report's own links, each computed again from its texts.

use rayon::prelude::*;
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
        let keys: Vec<String> = report.texts.par_iter().map(|text| frequencies.key(text)).collect();
        let checked = report.links.par_iter().map(|link| {
            let (a, b) = (&keys[link.a], &keys[link.b]);
            let scores = frequencies.scores(a, b);
            let idf = (link.jaccard_idf - scores.jaccard_idf).abs();
            let char4 = (link.jaccard_char4 - scores.jaccard_char4).abs();
            (frequencies.proof(a, b, &scores), idf.max(char4))
        });
        let checked: Vec<(Option<Proof>, f64)> = checked.collect();
        let mut found = Self { pairs: report.links.len() as u64, ..Self::default() };
        for (proof, difference) in checked {
            match proof {
                Some(Proof::Copies | Proof::Similarity) => found.by_similarity += 1,
                Some(Proof::Run) => found.by_run += 1,
                None => found.unproved += 1,
            }
            found.greatest_difference = found.greatest_difference.max(difference);
        }
        found.greatest_difference = rounded(found.greatest_difference);
        found.precision = share(found.by_similarity + found.by_run, found.pairs);
        found
    }
}
