//! Channel B in a run: fingerprints of every participant, and the pairs that share a run and are linked; short sentences too that
//! stand whole in longer ones.

use rayon::prelude::*;

use super::bound::Bound;
use super::evidence::Comparison;
use super::grouping::repeated_entries;
use super::search::{RawPair, Search, ordered};
use crate::candidates::heavy::Families;
use crate::candidates::runs::{Fingerprint, compare_list};
use crate::candidates::wholes::Wholes;
use crate::ids::Similarity;
use crate::mix::high32;
use crate::progress::Progress;
use crate::shingle::{is_spaceless_token, run_fingerprints};
use crate::verify::Aligner;

/// Sentences that one task fingerprints or reads.
const ROWS: usize = 4_096;

/// Pairs that one task judges.
const PAIRS: usize = 4_096;

/// Lists of equal fingerprints that one task compares.
const LISTS: usize = 1_024;

/// Pairs that a task collects before it looks for repeated ones.
const MET: usize = 1 << 16;

/// Pairs that share a run and are linked by their similarity or, where that is a rule, by the run; ascending, each once.
/// `known` are pairs that are linked by their similarity, ascending: they are not judged again.
pub(crate) fn by_runs(
    comparison: &Comparison<'_>,
    participants: &[u32],
    (families, known): (&Families, &[(RawPair, Similarity)]),
    progress: &dyn Progress,
) -> Search {
    progress.stage("shared runs", None);
    let prints = fingerprints(comparison, participants);
    let lists: Vec<&[Fingerprint]> =
        prints.chunk_by(|a, b| a.hash == b.hash).filter(|list| list.len() > 1).collect();
    let sequences = comparison.run_sequences();
    let bound = RunBound::new(comparison, lists.iter().copied().flatten().copied());
    let may_link = |a, b| bound.may_link(a, b);
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
            part.capped += compare_list(list, sequences, families, may_link, |a, b| {
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
    if comparison.runs_link() {
        met.extend(short_and_long(comparison, participants));
    }
    met.par_sort_unstable();
    met.dedup();
    for (pairs, judged) in judged(comparison, &met, known) {
        found.pairs.extend(pairs);
        found.candidates += judged;
    }
    found
}

/// Short sentences, and longer ones that hold the whole of them.
fn short_and_long(comparison: &Comparison<'_>, participants: &[u32]) -> Vec<RawPair> {
    let sought = participants.iter().copied().filter(|&row| comparison.may_be_evidence(row));
    let wholes = Wholes::new(comparison.run_sequences(), sought);
    let in_rows = |rows: &[u32]| {
        let (mut sums, mut found) = (Vec::new(), Vec::new());
        for &long in rows {
            wholes.held_by(long, &mut sums, |short| found.push(ordered(short, long)));
        }
        found
    };
    participants.par_chunks(ROWS).flat_map_iter(in_rows).collect()
}

/// Refuses most pairs that share a run and are not linked, before their runs are read: variants of a phrase that everybody
/// uses are many, and what they share is no evidence.
struct RunBound {
    bound: Bound,
    /// By row: where its bitmap stands.
    position: Vec<u32>,
}

impl RunBound {
    fn new(comparison: &Comparison<'_>, prints: impl Iterator<Item = Fingerprint>) -> Self {
        let (mut position, mut rows) = (vec![u32::MAX; comparison.rows()], Vec::new());
        for print in prints {
            let position = &mut position[print.row as usize];
            if *position == u32::MAX {
                *position = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                rows.push(print.row);
            }
        }
        Self { bound: comparison.bound_of_runs(&rows), position }
    }

    fn may_link(&self, a: u32, b: u32) -> bool {
        let position = |row: u32| self.position[row as usize] as usize;
        self.bound.may_reach(position(a), position(b))
    }
}

/// Every fingerprint of the participants that another one may equal, sorted.
fn fingerprints(comparison: &Comparison<'_>, participants: &[u32]) -> Vec<Fingerprint> {
    // A token's number and its kind, in the form of a token's hash.
    let unit = |&token: &u32| {
        u64::from(token) << 1 | u64::from(comparison.words.spaceless[token as usize])
    };
    let of_rows = |rows: &[u32]| {
        let (mut found, mut units) = (Vec::new(), Vec::new());
        for &row in rows {
            units.clear();
            units.extend(comparison.sequences().row(row as usize).iter().map(unit));
            run_fingerprints(&units, is_spaceless_token, |hash, position| {
                let position = u32::try_from(position).unwrap_or(u32::MAX);
                found.push(Fingerprint { hash, row, position });
            });
        }
        found
    };
    let chunks = participants.par_chunks(ROWS).map(of_rows).collect();
    repeated_entries(chunks, |print: Fingerprint| high32(print.hash))
}

/// The similarities of the pairs that are linked, part by part, and how many had to be judged, since they were not known; both
/// lists are sorted.
fn judged(
    comparison: &Comparison<'_>,
    met: &[RawPair],
    known: &[(RawPair, Similarity)],
) -> Vec<(Vec<(RawPair, Similarity)>, u64)> {
    let judge = |aligner: &mut Aligner, met: &[RawPair]| {
        let first = met.first().copied().unwrap_or_default();
        let mut known = known[known.partition_point(|(pair, _)| *pair < first)..].iter().peekable();
        let (mut linked, mut judged) = (Vec::new(), 0);
        for &pair in met {
            while known.next_if(|(known, _)| *known < pair).is_some() {}
            let known = known.peek().filter(|(known, _)| *known == pair);
            let similarity = known.map(|(_, similarity)| *similarity);
            judged += u64::from(similarity.is_none());
            let similarity = similarity.or_else(|| comparison.link_of_run(aligner, pair.0, pair.1));
            linked.extend(similarity.map(|similarity| (pair, similarity)));
        }
        (linked, judged)
    };
    met.par_chunks(PAIRS).map_init(Aligner::default, judge).collect()
}
