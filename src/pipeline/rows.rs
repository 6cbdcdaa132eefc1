//! The exact engines, row by row: each row's later partners, in rounds, so that large families are met as such.
//!
//! Rounds grow: the first rows alone find the hubs of large families, and every later row skips the pairs inside a family.

use std::ops::Range;

use rayon::prelude::*;

use super::evidence::Comparison;
use super::search::{Search, ordered};
use crate::candidates::heavy::Families;
use crate::candidates::prefix::Flow;
use crate::ids::Similarity;

/// Rows of the first round, which doubles up to the last.
const FIRST_ROUND: usize = 64;
const LAST_ROUND: usize = 16_384;
/// Rows that one task probes.
const CHUNK: usize = 512;

/// One row's later partners, or the sign that there are too many of them.
#[derive(Default)]
struct Partners {
    found: Vec<(u32, Similarity)>,
    too_many: bool,
    met: u64,
    candidates: u64,
    skipped: u64,
}

/// Runs a row-wise exact engine; `probe` proposes the later rows that may be linked with the one at a position,
/// by way of the scratch of its thread; a thread asks for positions in order.
///
/// A row with more partners than the limit of `families` becomes a hub, if none holds it, and its partners its family.
pub(crate) fn by_rows<S, P>(
    comparison: &Comparison<'_>,
    rows: &[u32],
    probe: P,
    families: &mut Families,
) -> Search
where
    S: Default,
    P: Fn(usize, &mut S, &mut dyn FnMut(u32) -> Flow) -> u64 + Sync,
{
    let (mut found, mut scratch) = (Search::default(), S::default());
    let (mut start, mut round) = (0, FIRST_ROUND);
    while start < rows.len() && found.pairs.len() <= comparison.most_pairs() {
        let end = (start + round).min(rows.len());
        let of_rows = probe_round(comparison, (rows, start..end), &probe, families);
        for (position, mut of_row) in (start..end).zip(of_rows) {
            let row = rows[position];
            if of_row.too_many {
                let probe = |each: &mut dyn FnMut(u32) -> Flow| probe(position, &mut scratch, each);
                of_row = partners(comparison, row, (families, usize::MAX), probe);
                for &(other, _) in &of_row.found {
                    families.adopt(row, other);
                }
            }
            found.met += of_row.met;
            found.candidates += of_row.candidates;
            found.capped += of_row.skipped;
            found.pairs.extend(
                of_row.found.into_iter().map(|(other, score)| (ordered(row, other), score)),
            );
        }
        start = end;
        round = (round * 2).min(LAST_ROUND);
    }
    found
}

/// The partners of the rows of a round, in order, in parallel.
fn probe_round<S, P>(
    comparison: &Comparison<'_>,
    (rows, round): (&[u32], Range<usize>),
    probe: &P,
    families: &Families,
) -> Vec<Partners>
where
    S: Default,
    P: Fn(usize, &mut S, &mut dyn FnMut(u32) -> Flow) -> u64 + Sync,
{
    let chunk = |positions: Vec<usize>| {
        let mut scratch = S::default();
        let one = |position| {
            let probe = |each: &mut dyn FnMut(u32) -> Flow| probe(position, &mut scratch, each);
            partners(comparison, rows[position], (families, families.limit()), probe)
        };
        positions.into_iter().map(one).collect::<Vec<_>>()
    };
    let chunks: Vec<Vec<Partners>> = round.into_par_iter().chunks(CHUNK).map(chunk).collect();
    chunks.into_iter().flatten().collect()
}

/// The later partners of a row, until there are more than `limit`.
fn partners(
    comparison: &Comparison<'_>,
    row: u32,
    (families, limit): (&Families, usize),
    probe: impl FnOnce(&mut dyn FnMut(u32) -> Flow) -> u64,
) -> Partners {
    let mut partners = Partners::default();
    let met = probe(&mut |other| {
        if families.share(row, other) {
            partners.skipped += 1;
            return Flow::Continue;
        }
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
