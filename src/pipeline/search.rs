//! The search for linked pairs: candidates from every channel, each judged at once, each pair once.

use rayon::prelude::*;

use super::buckets::by_bands;
use super::crowd::{by_bitmaps, by_prefixes};
use super::evidence::Comparison;
use super::plan::Method;
use super::rows::by_rows;
use super::shared_runs::by_runs;
use crate::candidates::brute_force::Survivors;
use crate::candidates::heavy::Families;
use crate::candidates::prefix::{Flow, PrefixIndex, Seen};
use crate::ids::Similarity;
use crate::progress::Progress;
use crate::verify::{Channel, Channels};

/// A pair of distinct sentences by number, the earlier first.
pub(crate) type RawPair = (u32, u32);

/// A linked pair.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct FoundPair {
    pub(crate) pair: RawPair,
    /// By the profile's measure.
    pub(crate) similarity: Similarity,
    pub(crate) channels: Channels,
}

/// What one way of searching found.
#[derive(Default)]
pub(crate) struct Search {
    /// Linked pairs and their similarities, ascending, each once.
    pub(crate) pairs: Vec<(RawPair, Similarity)>,
    /// Pairs that met in a list or a bucket, once for each.
    pub(crate) met: u64,
    /// Pairs that were compared on the texts themselves.
    pub(crate) candidates: u64,
    /// Comparisons of long lists that were left to representatives.
    pub(crate) capped: u64,
}

/// What the search found.
pub(crate) struct Found {
    /// Every pair once, ascending, with the channels that proposed it.
    pub(crate) pairs: Vec<FoundPair>,
    /// Pairs that met in a list or a bucket, once for each.
    pub(crate) met: u64,
    /// Pairs that were compared on the texts themselves.
    pub(crate) candidates: u64,
    /// Comparisons of long lists of runs that were left to representatives, in every list that held the pair.
    pub(crate) capped: u64,
    /// Who was taken by a hub; links between two of them were not looked for.
    pub(crate) families: Families,
    /// By row: whose pairs among each other were all compared, though the engine is one of bands.
    pub(crate) certain: Vec<bool>,
}

/// Searches with the planned engine and, if asked to, for shared runs.
pub(crate) fn search(
    comparison: &Comparison<'_>,
    participants: &[u32],
    method: Method,
    progress: &dyn Progress,
) -> Found {
    let mut families = Families::new(comparison.rows(), comparison.heavy_limit());
    let mut certain = Vec::new();
    let (mut similar, channel) = match method {
        Method::Bands(banding) => {
            let found;
            (found, certain) = by_bands(comparison, participants, banding, &mut families, progress);
            (found, Channel::Bands)
        }
        Method::Prefix => {
            (by_prefix(comparison, participants, &mut families, progress), Channel::Prefix)
        }
        Method::BruteForce => {
            (by_brute_force(comparison, participants, &mut families, progress), Channel::BruteForce)
        }
    };
    similar.pairs.par_sort_unstable();
    similar.pairs.dedup();
    let too_many = similar.pairs.len() > comparison.most_pairs();
    let runs = if comparison.runs_propose(method.is_exact()) && !too_many {
        by_runs(comparison, participants, (&families, &similar.pairs), progress)
    } else {
        Search::default()
    };
    Found {
        met: similar.met,
        candidates: similar.candidates + runs.candidates,
        capped: runs.capped,
        certain,
        pairs: unite(&similar.pairs, channel, &runs.pairs),
        families,
    }
}

/// Merges both sorted lists.
fn unite(
    similar: &[(RawPair, Similarity)],
    channel: Channel,
    runs: &[(RawPair, Similarity)],
) -> Vec<FoundPair> {
    let found = |&(pair, similarity): &(RawPair, Similarity), channel| FoundPair {
        pair,
        similarity,
        channels: Channels::of(channel),
    };
    let mut pairs: Vec<FoundPair> = similar.iter().map(|pair| found(pair, channel)).collect();
    pairs.extend(runs.iter().map(|pair| found(pair, Channel::Runs)));
    pairs.par_sort_unstable();
    pairs.dedup_by(|next, first| {
        let same = next.pair == first.pair;
        if same {
            first.channels = first.channels.union(next.channels);
        }
        same
    });
    pairs
}

fn by_prefix(
    comparison: &Comparison<'_>,
    participants: &[u32],
    families: &mut Families,
    progress: &dyn Progress,
) -> Search {
    progress.stage("prefix join", Some(participants.len() as u64));
    let order = comparison.by_weight(participants);
    let weighted = comparison.features().weighted();
    let index = PrefixIndex::build(weighted, &order, comparison.bar());
    let bound = comparison.bound(&order);
    let probe = |position: usize, seen: &mut Seen, each: &mut dyn FnMut(u32) -> Flow| {
        progress.advance(1);
        index.probe(position, seen, |other| {
            if bound.may_reach(position, other) { each(order[other]) } else { Flow::Continue }
        })
    };
    by_rows(comparison, &order, probe, families.limit())
        .unwrap_or_else(|| by_prefixes(comparison, &order, families, u64::MAX).found)
}

fn by_brute_force(
    comparison: &Comparison<'_>,
    participants: &[u32],
    families: &mut Families,
    progress: &dyn Progress,
) -> Search {
    progress.stage("comparing all pairs", Some(participants.len() as u64));
    let order = comparison.by_weight(participants);
    let bound = comparison.bound(&order);
    let probe = |position: usize, found: &mut Survivors, each: &mut dyn FnMut(u32) -> Flow| {
        progress.advance(1);
        found.probe(&bound, position, |other| each(order[other]))
    };
    by_rows(comparison, &order, probe, families.limit())
        .unwrap_or_else(|| by_bitmaps(comparison, &order, families, u64::MAX).found)
}

impl Search {
    pub(crate) fn add(&mut self, part: Self) {
        self.pairs.extend(part.pairs);
        self.met += part.met;
        self.candidates += part.candidates;
        self.capped += part.capped;
    }
}

/// A pair in order.
pub(crate) const fn ordered(a: u32, b: u32) -> RawPair {
    if a < b { (a, b) } else { (b, a) }
}
