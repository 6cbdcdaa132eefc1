//! The exact engines, row by row: each row's later partners.

use rayon::prelude::*;

use super::evidence::Comparison;
use super::search::{Search, ordered};
use crate::candidates::prefix::Flow;
use crate::ids::Similarity;

/// Rows of a round.
const ROUND: usize = 16_384;
/// Rows that one task probes.
const CHUNK: usize = 512;

/// One row's later partners, or the sign that there are too many of them.
#[derive(Default)]
struct Partners {
    found: Vec<(u32, Similarity)>,
    too_many: bool,
    met: u64,
    candidates: u64,
}

/// Runs a row-wise exact engine; `probe` proposes the later rows that may be linked with the one at a position,
/// by way of the scratch of its thread; a thread asks for positions in order.
///
/// Nothing if some row has more later partners than the limit: there are crowds, which want another search.
pub(crate) fn by_rows<S, P>(
    comparison: &Comparison<'_>,
    rows: &[u32],
    probe: P,
    limit: usize,
) -> Option<Search>
where
    S: Default,
    P: Fn(usize, &mut S, &mut dyn FnMut(u32) -> Flow) -> u64 + Sync,
{
    let mut found = Search::default();
    let chunk = |positions: Vec<usize>| {
        let mut scratch = S::default();
        let one = |position| {
            let probe = |each: &mut dyn FnMut(u32) -> Flow| probe(position, &mut scratch, each);
            partners(comparison, rows[position], limit, probe)
        };
        positions.into_iter().map(one).collect::<Vec<_>>()
    };
    for start in (0..rows.len()).step_by(ROUND) {
        if found.pairs.len() > comparison.most_pairs() {
            break;
        }
        let round = start..(start + ROUND).min(rows.len());
        let chunks: Vec<Vec<Partners>> =
            round.clone().into_par_iter().chunks(CHUNK).map(chunk).collect();
        for (&row, of_row) in rows[round].iter().zip(chunks.into_iter().flatten()) {
            if of_row.too_many {
                return None;
            }
            found.met += of_row.met;
            found.candidates += of_row.candidates;
            let pairs = of_row.found.into_iter().map(|(other, it)| (ordered(row, other), it));
            found.pairs.extend(pairs);
        }
    }
    Some(found)
}

/// The later partners of a row, until there are more than `limit`.
fn partners(
    comparison: &Comparison<'_>,
    row: u32,
    limit: usize,
    probe: impl FnOnce(&mut dyn FnMut(u32) -> Flow) -> u64,
) -> Partners {
    let mut partners = Partners::default();
    let met = probe(&mut |other| {
        partners.candidates += 1;
        if let Some(similarity) = comparison.link_by_similarity(row, other) {
            partners.found.push((other, similarity));
        }
        partners.too_many = partners.found.len() > limit;
        if partners.too_many { Flow::Stop } else { Flow::Continue }
    });
    partners.met = met;
    partners
}
