//! Channel B in a run: fingerprints of every participant, and the pairs that share a run and are linked.

use rayon::prelude::*;

use super::evidence::Comparison;
use super::search::{Search, ordered};
use crate::candidates::heavy::Families;
use crate::candidates::runs::{Fingerprint, compare_list};
use crate::progress::Progress;
use crate::shingle::{is_spaceless_token, run_fingerprints};
use crate::verify::Aligner;

/// Lists of equal fingerprints that one task compares.
const LISTS: usize = 1_024;

/// Pairs that a task collects before it looks for repeated ones.
const MET: usize = 1 << 16;

/// Pairs that share a run and are linked by their similarity or, where that is a rule, by the run; ascending, each once.
pub(crate) fn by_runs(
    comparison: &Comparison<'_>,
    participants: &[u32],
    families: &Families,
    progress: &dyn Progress,
) -> Search {
    progress.stage("shared runs", None);
    let prints = fingerprints(comparison, participants);
    let lists: Vec<&[Fingerprint]> =
        prints.chunk_by(|a, b| a.hash == b.hash).filter(|list| list.len() > 1).collect();
    let sequences = comparison.run_sequences();
    let link = |aligner: &mut Aligner, a, b| comparison.link_of_run(aligner, a, b);
    let compare = |aligner: &mut Aligner, lists: &[&[Fingerprint]]| {
        let (mut met, mut part, mut distinct) = (Vec::new(), Search::default(), MET);
        for list in lists {
            // A pair meets at every fingerprint that it shares.
            if met.len() > 2 * distinct {
                met.sort_unstable();
                met.dedup();
                distinct = met.len().max(MET);
            }
            // A short list is judged later, since its pairs meet in several lists.
            let judge_now = list.len() > families.limit();
            part.capped += compare_list(list, sequences, families, |a, b| {
                let accepted = !judge_now || link(aligner, a, b).is_some();
                if accepted {
                    met.push(ordered(a, b));
                }
                accepted
            });
        }
        met.sort_unstable();
        met.dedup();
        (met, part)
    };
    let parts: Vec<_> = lists.par_chunks(LISTS).map_init(Aligner::default, compare).collect();
    let (mut met, mut found) = (Vec::new(), Search::default());
    for (pairs, part) in parts {
        met.extend(pairs);
        found.add(part);
    }
    met.par_sort_unstable();
    met.dedup();
    found.candidates = met.len() as u64;
    let judged = met.par_iter().map_init(Aligner::default, |aligner, &(a, b)| {
        link(aligner, a, b).map(|score| ((a, b), score))
    });
    found.pairs = judged.flatten_iter().collect();
    found
}

/// Every fingerprint of the participants, equal ones together.
fn fingerprints(comparison: &Comparison<'_>, participants: &[u32]) -> Vec<Fingerprint> {
    // A token's number and its kind, in the form of a token's hash.
    let unit = |&token: &u32| {
        u64::from(token) << 1 | u64::from(comparison.words.spaceless[token as usize])
    };
    let of_row = |&row: &u32| {
        let units: Vec<u64> = comparison.sequences().row(row as usize).iter().map(unit).collect();
        let mut found = Vec::new();
        run_fingerprints(&units, is_spaceless_token, |hash, position| {
            let position = u32::try_from(position).unwrap_or(u32::MAX);
            found.push(Fingerprint { hash, row, position });
        });
        found
    };
    let mut prints: Vec<Fingerprint> = participants.par_iter().flat_map_iter(of_row).collect();
    prints.par_sort_unstable();
    prints
}
