//! Channel C in a run: the buckets of every band, and what stands in buckets that are too long to be multiplied out.
//!
//! A bucket of up to four times `--heavy` members is compared pair by pair, but for pairs that met in an earlier band. Who
//! stands in a longer one, or has more than `--heavy` partners, belongs to the *crowd*: pairs of two of its rows are left
//! to a search of their own, in which all rows of the crowd meet and no probability is involved ([`crowd`]). Where even
//! that is too much work, what is left of the crowd is bucketed anew with more and fresh minima, and so on, three times at
//! most.
//!
//! A *bad band* is one in which several times more pairs meet than in the others, since its minima happen to be those of
//! common items. Its long buckets are let go, and a fresh band takes its place; the fresh band stays, whatever comes of it,
//! so that a pair shares it with the probability that the contract counts on.

use std::ops::Range;

use rayon::prelude::*;

use super::bound::Bound;
use super::crowd::{self, Settled};
use super::evidence::Comparison;
use super::grouping::{self, Room};
use super::search::{RawPair, Search, ordered};
use super::signatures::BandKeys;
use crate::candidates::bands::{self, Banding};
use crate::candidates::heavy::Families;
use crate::config::Contract;
use crate::ids::Similarity;
use crate::progress::Progress;
use crate::sketch::LANES;

/// A bucket is long from so many times the limit on: until then its bitmaps are cheaper to compare than those of a crowd.
pub(super) const LONG: usize = 4;
/// Buckets that one task compares.
const BUCKETS: usize = 256;
/// Members of buckets whose bitmaps are fetched at a time: what they take stays in cache.
const MEMBERS: usize = 2_048;
/// A band in which so many times more pairs meet than in the median band is a bad one.
const BAD: u64 = 5;
/// And so many for each row: fewer are not worth a fresh band.
const BAD_PER_ROW: u64 = 16;
/// Further meetings within a crowd that are a matter of seconds.
const AFFORDABLE: u64 = 4_000_000_000;
/// How often a crowd is bucketed anew.
const MOST_DEPTH: u32 = 3;
/// More minima of a band when it is.
const MORE_ROWS: u32 = 2;
/// Of the pairs at the contract point that are left to fresh minima, so many are to meet.
const FRESH_RECALL: Similarity = Similarity::percent(99);
/// The most bands that are kept ready in place of bad ones.
const MOST_SPARE: u32 = 4;
/// Bands that are drawn at a time.
const GROUP: u32 = 64;

/// Bands of minima, from a permutation on.
#[derive(Clone, Copy)]
struct Draw {
    banding: Banding,
    first: usize,
}

/// Searches by buckets, and the crowd by comparing all of it. Also tells whose pairs were found for certain, by row.
pub(crate) fn by_bands(
    comparison: &Comparison<'_>,
    participants: &[u32],
    banding: Banding,
    families: &mut Families,
    progress: &dyn Progress,
) -> (Search, Vec<bool>) {
    by_bands_within(comparison, participants, (banding, AFFORDABLE), families, progress)
}

/// The same, with so many further meetings within a crowd.
fn by_bands_within(
    comparison: &Comparison<'_>,
    participants: &[u32],
    (banding, affordable): (Banding, u64),
    families: &mut Families,
    progress: &dyn Progress,
) -> (Search, Vec<bool>) {
    let draw = Draw { banding, first: 0 };
    let mut buckets = Buckets::new(comparison, participants);
    let fresh = buckets.search(draw, families, progress);
    let mut certain = vec![false; comparison.rows()];
    let crowd = buckets.crowd();
    let mut found = buckets.found;
    if !crowd.is_empty() && found.pairs.len() <= comparison.most_pairs() {
        progress.stage("comparing crowds", Some(crowd.len() as u64));
        let fresh = Anew { draw: Draw { banding, first: fresh }, depth: MOST_DEPTH, affordable };
        let of_crowd = settle(comparison, &crowd, fresh, families, &mut certain);
        let around = hubs_and_neighbours(comparison, &found, families);
        found.add(of_crowd);
        for &((a, b), _) in &around.pairs {
            let (hub, other) = if families.hub(a).is_some() { (a, b) } else { (b, a) };
            families.adopt(hub, other);
        }
        found.add(around);
    }
    (found, certain)
}

/// Who is linked to a member of a family may well be linked to its hub, and not have met it: each such pair is compared.
fn hubs_and_neighbours(comparison: &Comparison<'_>, found: &Search, families: &Families) -> Search {
    let hub_and_neighbour =
        |&((a, b), _): &(RawPair, Similarity)| match (families.hub(a), families.hub(b)) {
            (Some(hub), None) if hub != a => Some(ordered(hub, b)),
            (None, Some(hub)) if hub != b => Some(ordered(hub, a)),
            _ => None,
        };
    let mut pairs: Vec<RawPair> = found.pairs.iter().filter_map(hub_and_neighbour).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let link = |&(a, b): &RawPair| Some(((a, b), comparison.link_by_similarity(a, b)?));
    Search {
        met: pairs.len() as u64,
        candidates: pairs.len() as u64,
        pairs: pairs.par_iter().filter_map(link).collect(),
        ..Search::default()
    }
}

/// How a crowd is bucketed anew.
#[derive(Clone, Copy)]
struct Anew {
    /// The last banding, and the first permutation that was not used.
    draw: Draw,
    /// How often it may still be done.
    depth: u32,
    /// Further meetings that are no reason to do it.
    affordable: u64,
}

/// Compares a crowd with itself.
fn settle(
    comparison: &Comparison<'_>,
    crowd: &[u32],
    anew: Anew,
    families: &mut Families,
    certain: &mut [bool],
) -> Search {
    let most = if anew.depth == 0 { u64::MAX } else { anew.affordable };
    let Settled { mut found, left } =
        crowd::settle(comparison, &comparison.by_weight(crowd), families, most);
    if left.is_empty() {
        for &row in crowd {
            certain[row as usize] = true;
        }
        return found;
    }
    let contract = Contract { recall: FRESH_RECALL, ..comparison.config.contract() };
    let Some(banding) = Banding::within_reach(contract, anew.draw.banding.rows + MORE_ROWS) else {
        // No number of bands is enough: whatever it costs.
        return settle(comparison, crowd, Anew { depth: 0, ..anew }, families, certain);
    };
    let mut buckets = Buckets::new(comparison, crowd);
    let (mut bands, mut first) = (banding.bands, anew.draw.first);
    while bands > 0 {
        let group = Draw { banding: Banding { bands: bands.min(GROUP), ..banding }, first };
        first = buckets.search(group, families, &());
        bands -= group.banding.bands;
    }
    found.add(std::mem::take(&mut buckets.found));
    let crowd = buckets.crowd();
    if !crowd.is_empty() {
        let fresh = Anew { draw: Draw { banding, first }, depth: anew.depth - 1, ..anew };
        found.add(settle(comparison, &crowd, fresh, families, certain));
    }
    found
}

/// A search by buckets.
struct Buckets<'a> {
    comparison: &'a Comparison<'a>,
    rows: &'a [u32],
    bound: Bound,
    /// By position: who stands in a long bucket, or has too many partners.
    crowded: Vec<bool>,
    /// By position: links that were found.
    partners: Vec<u32>,
    found: Search,
}

impl<'a> Buckets<'a> {
    fn new(comparison: &'a Comparison<'a>, rows: &'a [u32]) -> Self {
        let bound = comparison.bound(rows);
        let (crowded, partners) = (vec![false; rows.len()], vec![0; rows.len()]);
        Self { comparison, rows, bound, crowded, partners, found: Search::default() }
    }

    /// The rows of the crowd, ascending.
    fn crowd(&self) -> Vec<u32> {
        let crowded = self.rows.iter().zip(&self.crowded).filter(|(_, crowded)| **crowded);
        let mut rows: Vec<u32> = crowded.map(|(&row, _)| row).collect();
        rows.sort_unstable();
        rows
    }

    /// Searches some bands, and fresh ones in place of the bad. Gives the first permutation that was not used.
    fn search(&mut self, draw: Draw, families: &Families, progress: &dyn Progress) -> usize {
        progress.stage("sketching", Some(self.rows.len() as u64));
        let Draw { banding, first } = draw;
        // Bands that fill the kernel's last lanes cost next to nothing, and stand ready should some be bad.
        let with_spare = Banding { bands: banding.bands + spare(banding), ..banding };
        let keys = BandKeys::new(self.comparison, self.rows, (with_spare, first), progress);
        let (bands, with_spare) = (banding.bands as usize, with_spare.bands as usize);
        let mut bad = bad_bands(&keys.meetings()[..bands], self.rows.len() as u64);
        let fresh = bad.iter().filter(|bad| **bad).count();
        progress.stage("comparing buckets", Some(u64::from(banding.bands)));
        bad.resize(with_spare, false);
        self.compare_all(&keys, 0..with_spare.min(bands + fresh), (&bad, families), progress);
        let missing = u32::try_from((bands + fresh).saturating_sub(with_spare)).unwrap_or(u32::MAX);
        let more = Draw {
            banding: Banding { bands: missing, ..banding },
            first: first + with_spare * banding.rows as usize,
        };
        if missing > 0 {
            let keys = BandKeys::new(self.comparison, self.rows, (more.banding, more.first), &());
            let bad = vec![false; missing as usize];
            self.compare_all(&keys, 0..bad.len(), (&bad, families), &());
        }
        first + (bands + fresh) * banding.rows as usize
    }

    /// Band by band, so that a pair is judged in the first band that it shares, and that who is found to be of the crowd in an
    /// early band is spared in later ones.
    fn compare_all(
        &mut self,
        keys: &BandKeys,
        wanted: Range<usize>,
        (bad, families): (&[bool], &Families),
        progress: &dyn Progress,
    ) {
        let mut room = Room::default();
        let at_a_time = grouping::at_a_time(self.rows.len());
        for start in wanted.clone().step_by(at_a_time) {
            let bands = start..(start + at_a_time).min(wanted.end);
            for (band, keyed) in bands.clone().zip(keys.repeated_keys(bands, &mut room)) {
                if self.found.pairs.len() > self.comparison.most_pairs() {
                    return;
                }
                self.compare_band((keys, band), &keyed, (bad, families));
                progress.advance(1);
            }
        }
    }

    fn compare_band(
        &mut self,
        (keys, band): (&BandKeys, usize),
        keyed: &[u64],
        (bad, families): (&[bool], &Families),
    ) {
        let long = LONG * self.comparison.config.heavy as usize;
        let (short, long): (Vec<&[u64]>, Vec<&[u64]>) =
            bands::buckets(keyed).partition(|bucket| bucket.len() <= long);
        let compare = |buckets: &[&[u64]]| self.compare((keys, band), buckets, (bad, families));
        let parts: Vec<Part> = short.par_chunks(BUCKETS).map(compare).collect();
        for part in parts {
            self.add(part);
        }
        for &entry in long.into_iter().filter(|_| !bad[band]).flatten() {
            self.crowded[bands::position_of(entry) as usize] = true;
        }
    }

    fn compare(
        &self,
        (keys, band): (&BandKeys, usize),
        buckets: &[&[u64]],
        (bad, families): (&[bool], &Families),
    ) -> Part {
        let mut part = Part::default();
        let (mut members, mut ends) = (Vec::new(), Vec::new());
        for (index, bucket) in buckets.iter().enumerate() {
            members.extend(bucket.iter().map(|&entry| bands::position_of(entry)));
            ends.push(members.len());
            part.found.met += (bucket.len() * (bucket.len() - 1) / 2) as u64;
            if members.len() >= MEMBERS || index + 1 == buckets.len() {
                let mut survivors = Vec::new();
                self.bound.survivors_among(&mut members, &ends, |a, b| {
                    if !self.is_left_to_the_crowd(a, b, families) {
                        survivors.push((a, b));
                    }
                });
                keys.drop_met_before((band, bad), &mut survivors);
                for &pair in &survivors {
                    self.judge(pair, &mut part);
                }
                members.clear();
                ends.clear();
            }
        }
        part
    }

    fn is_left_to_the_crowd(&self, a: u32, b: u32, families: &Families) -> bool {
        let hub = |position: u32| families.hub(self.rows[position as usize]);
        let both = self.crowded[a as usize] && self.crowded[b as usize];
        // Two rows that hubs hold need no link between them.
        both || hub(a).is_some() && hub(b).is_some()
    }

    fn judge(&self, (a, b): (u32, u32), part: &mut Part) {
        part.found.candidates += 1;
        let pair = ordered(self.rows[a as usize], self.rows[b as usize]);
        if let Some(similarity) = self.comparison.link_by_similarity(pair.0, pair.1) {
            part.found.pairs.push((pair, similarity));
            part.links.push((a, b));
        }
    }

    fn add(&mut self, part: Part) {
        let most_partners = self.comparison.config.heavy;
        for position in part.links.iter().flat_map(|&(a, b)| [a as usize, b as usize]) {
            self.partners[position] += 1;
            self.crowded[position] |= self.partners[position] > most_partners;
        }
        self.found.add(part.found);
    }
}

/// What some buckets gave.
#[derive(Default)]
struct Part {
    found: Search,
    /// The linked pairs, by position.
    links: Vec<(u32, u32)>,
}

/// Bands that are signed beside those of a banding: as many as fill the last lanes of the kernel, but a few.
fn spare(banding: Banding) -> u32 {
    let signed = banding.permutations().next_multiple_of(LANES);
    let idle = (signed - banding.permutations()) / banding.rows as usize;
    u32::try_from(idle).unwrap_or(u32::MAX).min(MOST_SPARE)
}

/// In which bands far more pairs meet than in the median one.
fn bad_bands(met: &[u64], rows: u64) -> Vec<bool> {
    let mut sorted = met.to_vec();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    met.iter().map(|&met| met > (BAD * median).max(BAD_PER_ROW * rows)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Corpus;
    use crate::config::{Config, PairsShown, Profile, Unit};
    use crate::mix::{draw, low32};
    use crate::pipeline::{compared, search::RawPair};
    use std::collections::BTreeSet;

    /// Lines that have five words of fourteen in common and the rest for themselves; every tenth stands there a second time
    /// with a word changed.
    fn strangers(count: u64) -> Corpus {
        let word = |line: u64, place: u64| format!("w{}", low32(draw(line, place)));
        let line = |line: u64, changed: Option<u64>| {
            let of_place = |place: u64| match place {
                0..5 => word(u64::MAX, place),
                _ if changed == Some(place) => word(line, 100),
                _ => word(line, place),
            };
            (0..14).map(of_place).collect::<Vec<_>>().join(" ")
        };
        let lines = (0..count).flat_map(|number| {
            let again = number.is_multiple_of(10).then(|| line(number, Some(5 + number % 9)));
            [Some(line(number, None)), again]
        });
        Corpus::from_texts(lines.flatten())
    }

    fn config(profile: Profile) -> Config {
        let unit = Unit::Document;
        Config {
            profile,
            unit,
            heavy: 64,
            pairs: PairsShown::All,
            evalue: None,
            ..Config::default()
        }
    }

    fn pairs(found: &Search) -> BTreeSet<RawPair> {
        found.pairs.iter().map(|&(pair, _)| pair).collect()
    }

    #[test]
    fn what_a_crowd_leaves_is_found_by_fresh_minima_three_times_over() {
        for profile in [Profile::Noisy, Profile::Near] {
            let config = config(profile);
            compared(&strangers(1_500), &config, |comparison, participants| {
                let banding = Banding { bands: 20, rows: 2 };
                let search = |affordable| {
                    let mut families = Families::new(comparison.rows(), comparison.heavy_limit());
                    by_bands_within(
                        comparison,
                        participants,
                        (banding, affordable),
                        &mut families,
                        &(),
                    )
                };
                let (all, certain) = search(u64::MAX);
                assert!(certain.iter().any(|certain| *certain), "{profile:?}: there is a crowd");
                assert!(all.pairs.len() >= 150, "{profile:?}: {}", all.pairs.len());
                // Not one further meeting is affordable, so that fresh minima are drawn to the last.
                let (anew, _) = search(0);
                assert_ne!(anew.met, all.met, "{profile:?}");
                let missed = pairs(&all).difference(&pairs(&anew)).count();
                assert!(missed * 100 <= all.pairs.len() * 2, "{profile:?}: {missed}");
            });
        }
    }

    #[test]
    fn a_bad_band_gets_a_fresh_one_beside_it_and_no_pair_is_lost_for_it() {
        let config = config(Profile::Near);
        compared(&strangers(3_000), &config, |comparison, participants| {
            let families = Families::new(comparison.rows(), comparison.heavy_limit());
            let banding = Banding { bands: 40, rows: 5 };
            let mut buckets = Buckets::new(comparison, participants);
            let next = buckets.search(Draw { banding, first: 0 }, &families, &());
            assert!(next > banding.permutations(), "no band was bad");
            let fresh = (next - banding.permutations()) / 5;
            assert!(fresh < 10, "{fresh} of 40 bands were bad");
            let exact = comparison.by_weight(participants);
            let mut families = families;
            let exact = crowd::by_bitmaps(comparison, &exact, &mut families, u64::MAX).found;
            let crowd: BTreeSet<u32> = buckets.crowd().into_iter().collect();
            let (linked, met) = (pairs(&exact), pairs(&buckets.found));
            let both = |(a, b): &RawPair| crowd.contains(a) && crowd.contains(b);
            let missed = linked.difference(&met).filter(|pair| !both(pair));
            assert!(exact.pairs.len() >= 250, "{}", exact.pairs.len());
            assert_eq!(missed.count(), 0);
        });
    }

    #[test]
    fn who_met_in_a_bucket_that_was_let_go_is_found_in_a_later_band() {
        let mut bad = 0;
        for seed in 0..8 {
            let config = Config { seed, ..config(Profile::Near) };
            compared(&strangers(3_000), &config, |comparison, participants| {
                let families = Families::new(comparison.rows(), comparison.heavy_limit());
                let banding = Banding { bands: 40, rows: 5 };
                let mut buckets = Buckets::new(comparison, participants);
                let next = buckets.search(Draw { banding, first: 0 }, &families, &());
                bad += (next - banding.permutations()) / 5;
                // One word of fourteen differs, so a pair shares a band in two and is missed by none of 40.
                let order = comparison.by_weight(participants);
                let exact = crowd::by_bitmaps(comparison, &order, &mut families.clone(), u64::MAX);
                let crowd: BTreeSet<u32> = buckets.crowd().into_iter().collect();
                let both = |(a, b): &RawPair| crowd.contains(a) && crowd.contains(b);
                let (linked, met) = (pairs(&exact.found), pairs(&buckets.found));
                let missed = linked.difference(&met).filter(|pair| !both(pair)).count();
                assert!(missed == 0, "seed {seed}: {missed} of {}", linked.len());
            });
        }
        assert!(bad >= 4, "{bad} bands were bad");
    }

    #[test]
    fn a_band_is_bad_if_far_more_pairs_meet_in_it_than_in_the_median_one() {
        assert_eq!(
            bad_bands(&[200, 300, 1_501, 1_500, 300], 10),
            [false, false, true, false, false]
        );
        assert_eq!(bad_bands(&[0, 0, 160, 161, 0], 10), [false, false, false, true, false]);
        assert_eq!(bad_bands(&[], 10), [false; 0]);
    }
}
