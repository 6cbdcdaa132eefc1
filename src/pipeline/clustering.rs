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

/// So many links out of its star each sentence brings at most; hardly one has more.
const FEW: usize = 16;

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
    let copies = |sentence: SentenceId| comparison.precedence(sentence.number());
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
        PairsShown::Star => {
            let strong = comparison.config.contract().at;
            star_pairs(found, &clusters, (&members, strong), &judged)
        }
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

/// Each member with its representative, the weakest links, every contained pair, and of each sentence its strongest links out
/// of its star.
fn star_pairs(
    found: &Found,
    clusters: &[Cohesion],
    (members, strong): (&Membership, Similarity),
    judged: &[(Link, bool)],
) -> Vec<FoundPair> {
    let outside = strongest_links_outside(members, judged, strong);
    let holds = |cohesion: &Cohesion, pair: RawPair| {
        let representative = cohesion.cluster.representative.number();
        representative == pair.0 || representative == pair.1 || cohesion.weakest == pair
    };
    let is_shown = |link: &Link| {
        let pair = (link.first.number(), link.second.number());
        match members.of(link) {
            Some(cluster) => holds(&clusters[cluster], pair),
            None => outside.binary_search(&pair).is_ok(),
        }
    };
    let kept = found.pairs.par_iter().zip(judged);
    kept.filter(|(_, (link, contained))| *contained || is_shown(link))
        .map(|(found, _)| *found)
        .collect()
}

/// Of each sentence its strongest links out of its cluster (ties: the earliest), ascending: up to a few of those that the
/// contract promises to find, and where it has no cluster the strongest one whatever it is.
fn strongest_links_outside(
    members: &Membership,
    judged: &[(Link, bool)],
    strong: Similarity,
) -> Vec<RawPair> {
    let outside = |&(link, contained): &(Link, bool)| {
        let counts = move |end: &SentenceId| {
            members.0[end.index()] == Membership::NONE || link.similarity >= strong
        };
        let is_outside = !contained && members.of(&link).is_none();
        let pair = (link.first.number(), link.second.number());
        let ends = [link.first, link.second].into_iter().filter(move |_| is_outside);
        ends.filter(counts).map(move |end| (end, Reverse(link.similarity), pair))
    };
    let mut links: Vec<(SentenceId, Reverse<Similarity>, RawPair)> =
        judged.par_iter().flat_map_iter(outside).collect();
    links.par_sort_unstable();
    let of_sentence = links.chunk_by(|a, b| a.0 == b.0).flat_map(|links| {
        let few = links.iter().take(FEW).enumerate();
        few.filter(|(rank, link)| *rank == 0 || link.1.0 >= strong).map(|(_, link)| link.2)
    });
    let mut pairs: Vec<RawPair> = of_sentence.collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}
