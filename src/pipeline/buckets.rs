//! Channel C in a run: the buckets of every band, and what large families leave to be joined.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::bound::Bound;
use super::evidence::Comparison;
use super::search::{Search, ordered};
use super::signatures::BandKeys;
use crate::candidates::bands::{self, Banding};
use crate::candidates::heavy::Families;
use crate::progress::Progress;

/// Band by band, so that what an early band found spares later ones the work: families stand as their hubs, and a pair is
/// judged in the first band that it shares.
pub(crate) fn by_bands(
    comparison: &Comparison<'_>,
    participants: &[u32],
    banding: Banding,
    families: &mut Families,
    progress: &dyn Progress,
) -> Search {
    progress.stage("sketching", Some(participants.len() as u64));
    let keys = BandKeys::new(comparison, participants, banding, progress);
    let bound = comparison.bound(participants);
    progress.stage("comparing buckets", Some(u64::from(banding.bands)));
    // Families of positions among the participants, for that is what buckets hold.
    let mut positions = Families::new(participants.len(), families.limit());
    let mut long = vec![false; participants.len()];
    let mut found = Search::default();
    for band in 0..banding.bands as usize {
        let keyed = keys.repeated_keys(band);
        let buckets: Vec<&[u64]> = bands::buckets(&keyed).collect();
        let task = Buckets { comparison, participants, keys: &keys, bound: &bound, long: &long };
        let compare = |buckets: &[&[u64]]| task.compare(band, buckets, &positions);
        let parts: Vec<_> = buckets.par_chunks(BUCKETS).map(compare).collect();
        for (part, adopted) in parts {
            found.add(part);
            for (hub, member) in adopted {
                positions.adopt(hub, member);
            }
        }
        for bucket in buckets.iter().filter(|bucket| bucket.len() > families.limit()) {
            for &entry in *bucket {
                long[bands::position_of(entry) as usize] = true;
            }
        }
        progress.advance(1);
        if found.pairs.len() > comparison.most_pairs() {
            break;
        }
    }
    for (position, &row) in (0u32..).zip(participants) {
        if let Some(hub) = positions.hub(position) {
            families.adopt(participants[hub as usize], row);
        }
    }
    join_families(comparison, families, &mut found);
    found
}

/// One kin may have become several families, since it meets in many buckets. Where two hubs are linked, the members of the
/// smaller family are compared with the hub of the larger one, so that one star can hold them all. Cost: a comparison a
/// member and linked hub, until one accepts it.
fn join_families(comparison: &Comparison<'_>, families: &Families, found: &mut Search) {
    let members = families.members();
    let larger = larger_hubs(families, &members, found);
    let join = |&(hub, member): &(u32, u32)| {
        let mut part = Search::default();
        let from = larger.partition_point(|&(smaller, _)| smaller < hub);
        for &(_, (_, larger)) in larger[from..].iter().take_while(|&&(smaller, _)| smaller == hub) {
            part.candidates += 1;
            if let Some(similarity) = comparison.link_by_similarity(larger, member) {
                part.pairs.push((ordered(larger, member), similarity));
                break;
            }
        }
        part
    };
    let parts: Vec<Search> = members.par_iter().map(join).collect();
    for part in parts {
        found.add(part);
    }
}

/// A hub by the size of its family, the largest first.
type Rank = (Reverse<usize>, u32);

/// For each hub the hubs of larger families that it is linked to, the largest first.
fn larger_hubs(families: &Families, members: &[(u32, u32)], found: &Search) -> Vec<(u32, Rank)> {
    let rank = |hub: u32| {
        let before = members.partition_point(|&(other, _)| other < hub);
        let size = members[before..].partition_point(|&(other, _)| other == hub);
        (Reverse(size), hub)
    };
    let is_hub = |row: u32| families.hub(row) == Some(row);
    let pairs = found.pairs.iter().map(|&(pair, _)| pair);
    let between = pairs.filter(|&(a, b)| is_hub(a) && is_hub(b)).map(|(a, b)| (rank(a), rank(b)));
    let mut larger: Vec<(u32, Rank)> =
        between.map(|(a, b)| if a < b { (b.1, a) } else { (a.1, b) }).collect();
    larger.sort_unstable();
    larger.dedup();
    larger
}

/// Buckets that one task compares.
const BUCKETS: usize = 256;

/// What comparing buckets takes.
struct Buckets<'a> {
    comparison: &'a Comparison<'a>,
    participants: &'a [u32],
    keys: &'a BandKeys,
    bound: &'a Bound,
    /// Positions that stood in a long bucket, whose pairs may have met without being compared.
    long: &'a [bool],
}

impl Buckets<'_> {
    fn compare(
        &self,
        band: usize,
        buckets: &[&[u64]],
        families: &Families,
    ) -> (Search, Vec<(u32, u32)>) {
        let (mut found, mut adopted, mut members) = (Search::default(), Vec::new(), Vec::new());
        for bucket in buckets {
            members.clear();
            members.extend(bucket.iter().map(|&entry| bands::position_of(entry)));
            let is_long = members.len() > families.limit();
            let compared = families.compare(&members, |a, b| {
                if !self.bound.may_reach(a as usize, b as usize)
                    || !is_long && self.is_judged(band, a, b)
                {
                    return false;
                }
                found.candidates += 1;
                let (a, b) = (self.participants[a as usize], self.participants[b as usize]);
                let link = self.comparison.link_by_similarity(a, b);
                found.pairs.extend(link.map(|similarity| (ordered(a, b), similarity)));
                link.is_some()
            });
            found.met += compared.judged;
            found.capped += compared.skipped;
            adopted.extend(compared.adopted);
        }
        (found, adopted)
    }

    /// Whether a pair met in an earlier band and was judged there.
    fn is_judged(&self, band: usize, a: u32, b: u32) -> bool {
        let unsure = self.long[a as usize] && self.long[b as usize];
        !unsure && self.keys.met_before(band, a, b)
    }
}
