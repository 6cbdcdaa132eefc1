//! Rows that have very many partners, and what surrounds them: every star of such a crowd, without multiplying it out.
//!
//! Rows are taken in the order in which stars are chosen: most copies first, then the earliest. A row is compared with all
//! rows of the crowd. If it has more partners than the limit it is a *hub*, and its partners that are still free join its
//! family. Who has joined will represent nobody, so it is compared with nobody: the links that matter, to hubs and to rows
//! that are still free, are found from their side. A family of `m` rows costs `m` comparisons for each hub, not `m²`. The
//! stars are those of all links ([`star`](crate::cluster::star())).
//!
//! Where components are asked for, every row is compared, but for the rows of its own component as far as that is known.
//! Where every pair is asked for, nobody joins anything.
//!
//! Rounds grow: the first rows alone find the hubs of large families, and later rows are compared only if they are free.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::evidence::Comparison;
use super::search::{Search, ordered};
use crate::candidates::heavy::Families;
use crate::candidates::prefix::{Flow, PrefixIndex, Seen};
use crate::config::Clustering;
use crate::ids::Similarity;

/// Rows of the first round, which doubles up to the last.
const FIRST_ROUND: usize = 64;
const LAST_ROUND: usize = 16_384;
/// Tasks of a round.
const TASKS: usize = 64;
/// A round in which so many rows for each one compared joined a family was worth its work.
const WORTH: usize = 8;

/// A crowd: rows in the order of their weights, and what proposes the partners of a position, earlier or later, by way of the
/// scratch of its thread; it gives how many it met.
struct Crowd<'a, P> {
    comparison: &'a Comparison<'a>,
    rows: &'a [u32],
    probe: P,
}

/// Compares rows with each other, as [`Crowd::settle`]: where items have weights by way of their prefixes, which meet far less
/// often, else by their bitmaps.
pub(crate) fn settle(
    comparison: &Comparison<'_>,
    rows: &[u32],
    families: &mut Families,
    most_meetings: u64,
) -> Settled {
    if comparison.features().weights.is_empty() {
        by_bitmaps(comparison, rows, families, most_meetings)
    } else {
        by_prefixes(comparison, rows, families, most_meetings)
    }
}

/// [`settle`] by way of bitmaps, one for each row.
pub(crate) fn by_bitmaps(
    comparison: &Comparison<'_>,
    rows: &[u32],
    families: &mut Families,
    most_meetings: u64,
) -> Settled {
    let bound = comparison.bound(rows);
    let probe =
        |position: usize, survivors: &mut Vec<usize>, each: &mut dyn FnMut(usize) -> Flow| {
            bound.probe_around(position, survivors, each)
        };
    Crowd { comparison, rows, probe }.settle(families, most_meetings)
}

/// [`settle`] by way of prefixes.
pub(crate) fn by_prefixes(
    comparison: &Comparison<'_>,
    rows: &[u32],
    families: &mut Families,
    most_meetings: u64,
) -> Settled {
    let index = PrefixIndex::build(comparison.features().weighted(), rows, comparison.bar());
    let bound = comparison.bound(rows);
    let probe = |position: usize, seen: &mut Seen, each: &mut dyn FnMut(usize) -> Flow| {
        index.probe_around(position, seen, |other| {
            if bound.may_reach(position, other) { each(other) } else { Flow::Continue }
        })
    };
    Crowd { comparison, rows, probe }.settle(families, most_meetings)
}

/// What became of a crowd.
pub(crate) struct Settled {
    /// The links that were found, each once, and the work.
    pub(crate) found: Search,
    /// Rows that were not compared, since that would have been too much work.
    pub(crate) left: Vec<u32>,
}

/// The partners of one position.
#[derive(Default)]
struct Partners {
    /// Positions and similarities.
    found: Vec<(u32, Similarity)>,
    /// Those of them that could join a family.
    joining: usize,
    met: u64,
    candidates: u64,
}

/// Who was compared, and who is of whose kin.
struct State<'a> {
    families: &'a mut Families,
    /// By position: whether its links to all others are kept.
    is_done: Vec<bool>,
    /// By position: partners among those that are done, that could join its family.
    known: Vec<u32>,
    /// By position, where components are asked for.
    components: Option<Vec<u32>>,
    joined: usize,
}

impl<P> Crowd<'_, P> {
    /// Compares every free row with all rows, unless that would take more than so many further meetings.
    fn settle<S>(&self, families: &mut Families, most_meetings: u64) -> Settled
    where
        S: Default,
        P: Fn(usize, &mut S, &mut dyn FnMut(usize) -> Flow) -> u64 + Sync,
    {
        let is_star = self.comparison.config.clusters == Clustering::Star;
        let limit = if is_star { families.limit() } else { usize::MAX };
        let components = (!is_star && families.limit() < usize::MAX)
            .then(|| (0..).take(self.rows.len()).collect());
        let (is_done, known) = (vec![false; self.rows.len()], vec![0; self.rows.len()]);
        let mut state = State { families, is_done, known, components, joined: 0 };
        let mut found = Search::default();
        let mut queue = self.queue();
        let mut round = FIRST_ROUND;
        while !queue.is_empty() && found.pairs.len() <= self.comparison.most_pairs() {
            let batch: Vec<u32> = queue.drain(..round.min(queue.len())).collect();
            let (met, joined) = (found.met, state.joined);
            for (position, partners) in self.of_batch::<S>(&batch, limit, &state) {
                self.keep::<S>((position, partners), limit, &mut state, &mut found);
            }
            queue.retain(|&position| self.is_free(position, &state));
            let of_row = (found.met - met) / batch.len() as u64;
            let is_worth_it = state.joined - joined >= WORTH * batch.len();
            if !is_worth_it && of_row.saturating_mul(queue.len() as u64) > most_meetings {
                break;
            }
            round = (round * 2).min(LAST_ROUND);
        }
        let left = queue.into_iter().map(|position| self.rows[position as usize]).collect();
        Settled { found, left }
    }

    /// Positions in the order in which stars are chosen.
    fn queue(&self) -> Vec<u32> {
        let precedence = |&position: &u32| {
            let row = self.rows[position as usize];
            (Reverse(self.comparison.precedence(row)), row)
        };
        let mut queue: Vec<u32> = (0..).take(self.rows.len()).collect();
        queue.par_sort_unstable_by_key(precedence);
        queue
    }

    fn is_free(&self, position: u32, state: &State<'_>) -> bool {
        state.families.hub(self.rows[position as usize]).is_none()
    }

    /// The partners of the positions of a round, in order, in parallel.
    fn of_batch<S>(&self, batch: &[u32], limit: usize, state: &State<'_>) -> Vec<(u32, Partners)>
    where
        S: Default,
        P: Fn(usize, &mut S, &mut dyn FnMut(usize) -> Flow) -> u64 + Sync,
    {
        let chunk = |positions: &[u32]| {
            let mut scratch = S::default();
            let one =
                |&position: &u32| (position, self.partners(position, limit, state, &mut scratch));
            positions.iter().map(one).collect::<Vec<_>>()
        };
        batch.par_chunks(batch.len().div_ceil(TASKS)).flat_map_iter(chunk).collect()
    }

    /// The partners of a position, until more than `limit` of them could join its family.
    fn partners<S>(
        &self,
        position: u32,
        limit: usize,
        state: &State<'_>,
        scratch: &mut S,
    ) -> Partners
    where
        P: Fn(usize, &mut S, &mut dyn FnMut(usize) -> Flow) -> u64 + Sync,
    {
        let joining = state.known[position as usize] as usize;
        let mut partners = Partners { joining, ..Partners::default() };
        let met = (self.probe)(position as usize, scratch, &mut |other| {
            if state.is_done[other] || state.is_known_kin(position as usize, other) {
                return Flow::Continue;
            }
            partners.candidates += 1;
            if let Some((similarity, joins)) = self.link(position, other) {
                partners.joining += usize::from(joins);
                let other = u32::try_from(other).unwrap_or(u32::MAX);
                partners.found.push((other, similarity));
            }
            if partners.joining > limit { Flow::Stop } else { Flow::Continue }
        });
        partners.met = met;
        partners
    }

    /// The link of two positions, and whether one could join the other's family: who may be but contained has a star of its
    /// own.
    fn link(&self, position: u32, other: usize) -> Option<(Similarity, bool)> {
        let (a, b) = ordered(self.rows[position as usize], self.rows[other]);
        let similarity = self.comparison.link_by_similarity(a, b)?;
        Some((similarity, !self.comparison.may_be_contained(a, b, similarity)))
    }

    /// Every partner of a hub.
    fn partners_of_hub<S>(&self, position: u32) -> Partners
    where
        S: Default,
        P: Fn(usize, &mut S, &mut dyn FnMut(usize) -> Flow) -> u64 + Sync,
    {
        let mut proposed = Vec::new();
        let met = (self.probe)(position as usize, &mut S::default(), &mut |other| {
            proposed.push(other);
            Flow::Continue
        });
        let link = |&other: &usize| {
            let (similarity, joins) = self.link(position, other)?;
            Some((u32::try_from(other).unwrap_or(u32::MAX), similarity, joins))
        };
        let links: Vec<(u32, Similarity, bool)> = proposed.par_iter().filter_map(link).collect();
        Partners {
            joining: links.iter().filter(|(.., joins)| *joins).count(),
            found: links.into_iter().map(|(other, similarity, _)| (other, similarity)).collect(),
            met,
            candidates: proposed.len() as u64,
        }
    }

    /// Keeps the links of a position, unless it has joined a family in this round, and lets its partners join it.
    fn keep<S>(
        &self,
        (position, mut partners): (u32, Partners),
        limit: usize,
        state: &mut State<'_>,
        found: &mut Search,
    ) where
        S: Default,
        P: Fn(usize, &mut S, &mut dyn FnMut(usize) -> Flow) -> u64 + Sync,
    {
        found.met += partners.met;
        found.candidates += partners.candidates;
        if !self.is_free(position, state) {
            return;
        }
        let is_hub = partners.joining > limit;
        if is_hub {
            partners = self.partners_of_hub::<S>(position);
            found.met += partners.met;
            found.candidates += partners.candidates;
        }
        let row = self.rows[position as usize];
        for (other, similarity) in partners.found {
            let pair = ordered(row, self.rows[other as usize]);
            if !state.is_done[other as usize] {
                found.pairs.push((pair, similarity));
            }
            state.unite(position, other);
            if !self.comparison.may_be_contained(pair.0, pair.1, similarity) {
                state.known[other as usize] += 1;
                if is_hub {
                    state.join(row, self.rows[other as usize]);
                }
            }
        }
        state.is_done[position as usize] = true;
    }
}

impl State<'_> {
    /// Whether two positions are known to be of one component, where that is asked for.
    fn is_known_kin(&self, a: usize, b: usize) -> bool {
        self.components
            .as_ref()
            .is_some_and(|components| root(components, a) == root(components, b))
    }

    fn unite(&mut self, a: u32, b: u32) {
        if let Some(components) = &mut self.components {
            let (a, b) = (root(components, a as usize), root(components, b as usize));
            components[a.max(b) as usize] = a.min(b);
        }
    }

    fn join(&mut self, hub: u32, member: u32) {
        self.joined += usize::from(self.families.hub(member).is_none());
        self.families.adopt(hub, member);
    }
}

/// The least position of a component, as far as it is known.
fn root(components: &[u32], position: usize) -> u32 {
    let mut at = position;
    while components[at] as usize != at {
        at = components[at] as usize;
    }
    u32::try_from(at).unwrap_or(u32::MAX)
}
