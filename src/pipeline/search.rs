//! The search for linked pairs: candidates from every channel, each judged at once, each pair once.

use rayon::prelude::*;

use super::evidence::Comparison;
use super::plan::{Method, Plan};
use super::signatures::band_keys;
use crate::candidates::bands::{self, Banding};
use crate::candidates::brute_force;
use crate::candidates::heavy::{self, Hubs};
use crate::candidates::prefix::{Flow, PrefixIndex, Seen};
use crate::candidates::runs::{Fingerprint, pairs_of_list};
use crate::progress::Progress;
use crate::shingle::{RunGrams, winnow};
use crate::tables::RowTable;
use crate::verify::{Channel, Channels};

/// A pair of distinct sentences by number, the earlier first.
pub(crate) type RawPair = (u32, u32);

/// What the search found.
pub(crate) struct Found {
    /// Every pair once, ascending, with the channels that proposed it.
    pub(crate) pairs: Vec<(RawPair, Channels)>,
    /// Pairs inside heavy lists that were not compared one by one.
    pub(crate) capped: u64,
}

/// Searches with the planned engine and, if asked to, for shared runs.
pub(crate) fn search(
    comparison: &Comparison<'_>,
    participants: &[u32],
    plan: &Plan,
    progress: &dyn Progress,
) -> Found {
    let (mut similar, mut capped) = match plan.method {
        Method::Bands(banding) => by_bands(comparison, participants, banding, progress),
        Method::Prefix => by_prefix(comparison, participants, progress),
        Method::BruteForce => by_brute_force(comparison, participants, progress),
    };
    similar.par_sort_unstable();
    similar.dedup();
    let channel = match plan.method {
        Method::Bands(_) => Channel::Bands,
        Method::Prefix => Channel::Prefix,
        Method::BruteForce => Channel::BruteForce,
    };
    let mut runs = Vec::new();
    if comparison.runs_link() {
        let (found, skipped) = by_runs(comparison, participants, progress);
        runs = found;
        capped += skipped;
    }
    Found { pairs: unite(comparison, similar, channel, &runs), capped }
}

/// Merges both sorted lists; a pair that only a run proposed must be linked by one of the rules.
fn unite(
    comparison: &Comparison<'_>,
    similar: Vec<RawPair>,
    channel: Channel,
    runs: &[RawPair],
) -> Vec<(RawPair, Channels)> {
    let by_run = Channels::of(Channel::Runs);
    let only_runs = runs.par_iter().filter(|pair| similar.binary_search(pair).is_err());
    let only_runs = only_runs.filter(|&&(a, b)| comparison.is_linked_by_run(a, b));
    let mut pairs: Vec<_> = only_runs.map(|&pair| (pair, by_run)).collect();
    pairs.par_extend(similar.into_par_iter().map(|pair| {
        let engine = Channels::of(channel);
        let also = runs.binary_search(&pair).is_ok();
        (pair, if also { engine.union(by_run) } else { engine })
    }));
    pairs.par_sort_unstable_by_key(|&(pair, _)| pair);
    pairs
}

/// One row's later partners, or the sign that there are too many of them.
enum Partners {
    All(Vec<u32>),
    TooMany,
}

/// Runs a row-wise exact engine: every row in parallel up to the limit, then the heavy rows in order, through hubs.
fn by_rows<P, S>(
    comparison: &Comparison<'_>,
    rows: &[u32],
    probe: P,
    scratch: S,
) -> (Vec<RawPair>, u64)
where
    P: Fn(usize, &mut Seen, &mut dyn FnMut(u32) -> Flow) + Sync,
    S: Fn() -> Seen + Sync + Send,
{
    let limit = comparison.heavy_limit();
    let partners = |seen: &mut Seen, position: usize| {
        let (row, mut found, mut too_many) = (rows[position], Vec::new(), false);
        probe(position, seen, &mut |other| {
            if comparison.links_by_similarity(row, other) {
                found.push(other);
            }
            too_many = found.len() > limit;
            if too_many { Flow::Stop } else { Flow::Continue }
        });
        if too_many { Partners::TooMany } else { Partners::All(found) }
    };
    let found: Vec<Partners> =
        (0..rows.len()).into_par_iter().map_init(&scratch, partners).collect();
    let mut pairs = Vec::new();
    let mut hubs = Hubs::new(comparison.rows());
    let mut seen = scratch();
    for (position, partners) in found.into_iter().enumerate() {
        let row = rows[position];
        let partners = match partners {
            Partners::All(partners) => partners,
            Partners::TooMany => {
                let partners =
                    heavy_partners(comparison, (position, row), &probe, &mut hubs, &mut seen);
                hubs.adopt(row, &partners);
                partners
            }
        };
        pairs.extend(partners.into_iter().map(|other| (row, other)));
    }
    (pairs, hubs.skipped)
}

fn heavy_partners(
    comparison: &Comparison<'_>,
    (position, row): (usize, u32),
    probe: &impl Fn(usize, &mut Seen, &mut dyn FnMut(u32) -> Flow),
    hubs: &mut Hubs,
    seen: &mut Seen,
) -> Vec<u32> {
    let mut partners = Vec::new();
    *seen = Seen::default();
    probe(position, seen, &mut |other| {
        if !hubs.skips(row, other) && comparison.links_by_similarity(row, other) {
            partners.push(other);
        }
        Flow::Continue
    });
    partners
}

fn by_prefix(
    comparison: &Comparison<'_>,
    participants: &[u32],
    progress: &dyn Progress,
) -> (Vec<RawPair>, u64) {
    progress.stage("prefix join", Some(participants.len() as u64));
    let index =
        PrefixIndex::build(comparison.features().weighted(), participants, comparison.threshold());
    let probe = |position: usize, seen: &mut Seen, each: &mut dyn FnMut(u32) -> Flow| {
        progress.advance(1);
        index.probe(participants[position], seen, each);
    };
    by_rows(comparison, participants, probe, Seen::default)
}

fn by_brute_force(
    comparison: &Comparison<'_>,
    participants: &[u32],
    progress: &dyn Progress,
) -> (Vec<RawPair>, u64) {
    progress.stage("comparing all pairs", Some(participants.len() as u64));
    let bound = comparison.bound(participants);
    let probe = |position: usize, _: &mut Seen, each: &mut dyn FnMut(u32) -> Flow| {
        progress.advance(1);
        let survivors = |position, later: &mut dyn FnMut(usize)| bound.survivors(position, later);
        brute_force::probe(participants, position, survivors, each);
    };
    by_rows(comparison, participants, probe, Seen::default)
}

fn by_bands(
    comparison: &Comparison<'_>,
    participants: &[u32],
    banding: Banding,
    progress: &dyn Progress,
) -> (Vec<RawPair>, u64) {
    progress.stage("sketching", Some(participants.len() as u64));
    let keys = band_keys(comparison, participants, banding, progress);
    let bound = comparison.bound(participants);
    progress.stage("comparing buckets", Some(u64::from(banding.bands)));
    let row = |position: u32| participants[position as usize];
    let accept = |a: u32, b: u32| {
        bound.may_reach(a as usize, b as usize) && comparison.links_by_similarity(row(a), row(b))
    };
    let band = |mut keyed: Vec<u64>| {
        let (mut pairs, mut capped, mut members) = (Vec::new(), 0, Vec::new());
        bands::buckets(&mut keyed, |bucket| {
            members.clear();
            members.extend(bucket.iter().map(|&entry| bands::position_of(entry)));
            let limit = comparison.heavy_limit();
            capped += heavy::compare(&members, limit, accept, |a, b| pairs.push((row(a), row(b))));
        });
        progress.advance(1);
        (pairs, capped)
    };
    gather(keys.into_par_iter().map(band).collect())
}

fn gather(parts: Vec<(Vec<RawPair>, u64)>) -> (Vec<RawPair>, u64) {
    let capped = parts.iter().map(|part| part.1).sum();
    (parts.into_iter().flat_map(|part| part.0).collect(), capped)
}

/// Pairs that share a run, ascending, each once.
fn by_runs(
    comparison: &Comparison<'_>,
    participants: &[u32],
    progress: &dyn Progress,
) -> (Vec<RawPair>, u64) {
    progress.stage("shared runs", None);
    let sequences = comparison.sequences();
    let mut prints: Vec<Fingerprint> = participants
        .par_iter()
        .flat_map_iter(|&row| fingerprints(sequences, row, comparison.is_spaceless(row)))
        .collect();
    prints.par_sort_unstable();
    let lists: Vec<&[Fingerprint]> =
        prints.chunk_by(|a, b| a.hash == b.hash).filter(|list| list.len() > 1).collect();
    let compare = |lists: &[&[Fingerprint]]| {
        let (mut pairs, mut capped) = (Vec::new(), 0);
        for list in lists {
            let minimum = run_of(comparison.is_spaceless(list[0].row)).guarantee();
            capped += pairs_of_list(list, sequences, minimum, comparison.heavy_limit(), |a, b| {
                pairs.push((a.min(b), a.max(b)));
            });
        }
        pairs.sort_unstable();
        pairs.dedup();
        (pairs, capped)
    };
    let (mut pairs, capped) = gather(lists.par_chunks(1_024).map(compare).collect());
    pairs.par_sort_unstable();
    pairs.dedup();
    (pairs, capped)
}

/// How runs of tokens are fingerprinted: words, or the bigrams of a script without spaces, one fewer than its characters.
const fn run_of(spaceless: bool) -> RunGrams {
    const BIGRAMS: RunGrams =
        RunGrams { gram: RunGrams::CHARACTERS.gram - 1, window: RunGrams::CHARACTERS.window };
    if spaceless { BIGRAMS } else { RunGrams::WORDS }
}

fn fingerprints(sequences: &RowTable, row: u32, spaceless: bool) -> Vec<Fingerprint> {
    let tokens = sequences.row(row as usize).iter().map(|&token| u64::from(token));
    let tokens: Vec<u64> = tokens.collect();
    let mut found = Vec::new();
    winnow(&tokens, run_of(spaceless), |hash, position| {
        let hash = hash ^ u64::from(spaceless);
        found.push(Fingerprint {
            hash,
            row,
            position: u32::try_from(position).unwrap_or(u32::MAX),
        });
    });
    found
}
