//! Linked pairs → clusters with their cohesion, and the pairs that a report shows.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::evidence::Comparison;
use super::scores::{Gauge, is_contained};
use super::search::{Found, FoundPair, RawPair};
use crate::cluster::{Cluster, Link, components, star};
use crate::config::{Clustering, PairsShown};
use crate::ids::{SentenceId, Similarity};
use crate::tables::StringTable;

/// Clusters, and the pairs to be proved.
pub(crate) struct Clustered {
    /// Clusters of at least two sentences, in the order of their earliest member.
    pub(crate) clusters: Vec<Cohesion>,
    /// The pairs that the report holds, ascending.
    pub(crate) shown: Vec<FoundPair>,
}

/// A cluster and how well it holds together.
pub(crate) struct Cohesion {
    pub(crate) cluster: Cluster,
    pub(crate) minimum: Similarity,
    pub(crate) mean: Similarity,
    pub(crate) weakest: RawPair,
}

/// Clusters what was found.
pub(crate) fn cluster(comparison: &Comparison<'_>, keys: &StringTable, found: &Found) -> Clustered {
    let judged: Vec<(Link, bool)> = found
        .pairs
        .par_iter()
        .map_init(Gauge::default, |gauge, &FoundPair { pair: (a, b), similarity, .. }| {
            let (first, second) = (SentenceId::new(a), SentenceId::new(b));
            let contained = is_contained(comparison, (keys, gauge), (a, b), similarity);
            (Link { first, second, similarity }, contained)
        })
        .collect();
    let links: Vec<Link> =
        judged.iter().filter(|(_, contained)| !contained).map(|(link, _)| *link).collect();
    let copies = |sentence: SentenceId| u64::from(comparison.copies[sentence.index()]);
    let clusters = match comparison.config.clusters {
        Clustering::Star => star(&links, copies, comparison.heavy_limit()),
        Clustering::Components => components(&links, copies),
    };
    let members = Membership::new(comparison.rows(), &clusters);
    let weakest = members.weakest_links(&clusters, &links);
    let clusters: Vec<Cohesion> = clusters
        .into_par_iter()
        .zip(weakest)
        .map(|(cluster, weakest)| cohesion(comparison, cluster, weakest))
        .collect();
    let shown = match comparison.config.pairs {
        PairsShown::All => found.pairs.clone(),
        PairsShown::Star => star_pairs(found, &clusters, &members, &judged),
    };
    Clustered { clusters, shown }
}

/// In which cluster each sentence is.
struct Membership(Vec<u32>);

impl Membership {
    const NONE: u32 = u32::MAX;

    fn new(rows: usize, clusters: &[Cluster]) -> Self {
        let mut cluster_of = vec![Self::NONE; rows];
        for (number, cluster) in (0..).zip(clusters) {
            for member in &cluster.members {
                cluster_of[member.index()] = number;
            }
        }
        Self(cluster_of)
    }

    /// The cluster that holds both ends of a link.
    fn of(&self, link: &Link) -> Option<usize> {
        let (a, b) = (self.0[link.first.index()], self.0[link.second.index()]);
        (a == b && a != Self::NONE).then_some(a as usize)
    }

    /// The weakest link that holds each cluster together: in a star one to the representative, in a component any.
    fn weakest_links(&self, clusters: &[Cluster], links: &[Link]) -> Vec<RawPair> {
        let mut weakest: Vec<Option<(Similarity, RawPair)>> = vec![None; clusters.len()];
        for link in links {
            let Some(number) = self.of(link) else { continue };
            let cluster = &clusters[number];
            if cluster.is_held_by(link) {
                let found = (link.similarity, (link.first.number(), link.second.number()));
                let known = &mut weakest[number];
                *known = Some(known.map_or(found, |known| known.min(found)));
            }
        }
        weakest.into_iter().map(|weakest| weakest.unwrap_or_default().1).collect()
    }
}

/// Minimum and mean of the members' similarities to the representative, and the weakest link.
fn cohesion(comparison: &Comparison<'_>, cluster: Cluster, weakest: RawPair) -> Cohesion {
    let representative = cluster.representative;
    let others = cluster.members.iter().filter(|&&member| member != representative);
    let scores: Vec<Similarity> = others
        .map(|member| comparison.similarity(member.number(), representative.number()))
        .collect();
    let sum: u64 = scores.iter().map(|score| u64::from(score.millionths())).sum();
    let mean = Similarity::ratio(sum, scores.len() as u64 * 1_000_000);
    let minimum = scores.iter().min().copied().unwrap_or_default();
    Cohesion { cluster, minimum, mean, weakest }
}

/// Each member with its representative, the weakest links, every contained pair, and of each sentence whose partners are all
/// in the stars of others its strongest link.
fn star_pairs(
    found: &Found,
    clusters: &[Cohesion],
    members: &Membership,
    judged: &[(Link, bool)],
) -> Vec<FoundPair> {
    let alone = strongest_links_outside(members, judged);
    let holds = |cohesion: &Cohesion, pair: RawPair| {
        let representative = cohesion.cluster.representative.number();
        representative == pair.0 || representative == pair.1 || cohesion.weakest == pair
    };
    let is_shown = |link: &Link| {
        let pair = (link.first.number(), link.second.number());
        let is_strongest = |end: u32| alone[end as usize].is_some_and(|(_, known)| known.0 == pair);
        members.of(link).is_some_and(|cluster| holds(&clusters[cluster], pair))
            || is_strongest(pair.0)
            || is_strongest(pair.1)
    };
    let kept = found.pairs.par_iter().zip(judged);
    kept.filter(|(_, (link, contained))| *contained || is_shown(link))
        .map(|(found, _)| *found)
        .collect()
}

/// A link by its strength, then the earliest.
type Strength = (Similarity, Reverse<RawPair>);

/// For each sentence that is linked and in no cluster its strongest link.
fn strongest_links_outside(members: &Membership, judged: &[(Link, bool)]) -> Vec<Option<Strength>> {
    let mut strongest: Vec<Option<Strength>> = vec![None; members.0.len()];
    for (link, _) in judged.iter().filter(|(_, contained)| !contained) {
        let pair = (link.first.number(), link.second.number());
        let found = (link.similarity, Reverse(pair));
        for end in [link.first, link.second] {
            if members.0[end.index()] == Membership::NONE {
                let known = &mut strongest[end.index()];
                *known = (*known).max(Some(found));
            }
        }
    }
    strongest
}
