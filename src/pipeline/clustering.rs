//! Linked pairs → clusters with their cohesion, and the pairs that a report shows.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::evidence::Comparison;
use super::scores::{Gauge, is_contained};
use super::search::{Found, FoundPair, RawPair};
use crate::cluster::{Cluster, Link, components, star};
use crate::config::{Clustering, Config, PairsShown};
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

/// What a linked pair means for clusters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Standing {
    /// It holds them together.
    Joins,
    /// It joins none, and is shown if it is one of the strongest.
    Beside,
    /// It joins none, and is always shown.
    Shown,
}

/// A linked pair, and what it means.
pub(crate) type Judged = (Link, Standing);

/// What clustering asks of what was compared.
pub(crate) struct Items<'a> {
    /// How many there are.
    pub(crate) count: usize,
    /// Who comes first where stars are chosen.
    pub(crate) precedence: &'a (dyn Fn(u32) -> u64 + Sync),
    /// Of any two.
    pub(crate) similarity: &'a (dyn Fn(u32, u32) -> Similarity + Sync),
    /// Links out of clusters from here on are shown, as far as they are few.
    pub(crate) strong: Similarity,
    /// One that has more partners does not come first for having many.
    pub(crate) many: usize,
}

/// Clusters the sentences that were found.
pub(crate) fn cluster(comparison: &Comparison<'_>, keys: &StringTable, found: &Found) -> Clustered {
    let judged: Vec<Judged> = found
        .pairs
        .par_iter()
        .map_init(Gauge::default, |gauge, found| {
            let FoundPair { pair: (a, b), similarity, .. } = *found;
            let is_contained = is_contained(comparison, (keys, gauge), (a, b), similarity);
            (link(found), if is_contained { Standing::Shown } else { Standing::Joins })
        })
        .collect();
    let items = Items {
        count: comparison.rows(),
        precedence: &|row| comparison.precedence(row),
        similarity: &|a, b| comparison.similarity(a, b),
        strong: comparison.config.contract().at,
        many: comparison.heavy_limit(),
    };
    cluster_judged(comparison.config, &items, (&found.pairs, &judged))
}

/// A found pair as a link.
pub(crate) fn link(found: &FoundPair) -> Link {
    let (first, second) = (SentenceId::new(found.pair.0), SentenceId::new(found.pair.1));
    Link { first, second, similarity: found.similarity }
}

/// Clusters what is linked, given for each pair what it means.
pub(crate) fn cluster_judged(
    config: &Config,
    items: &Items<'_>,
    (pairs, judged): (&[FoundPair], &[Judged]),
) -> Clustered {
    let joins = judged.iter().filter(|(_, standing)| *standing == Standing::Joins);
    let links: Vec<Link> = joins.map(|(link, _)| *link).collect();
    let precedence = |id: SentenceId| (items.precedence)(id.number());
    let clusters = match config.clusters {
        Clustering::Star => star(&links, precedence, items.many),
        Clustering::Components => components(&links, precedence),
    };
    let members = Membership::new(items.count, &clusters);
    let weakest = members.weakest_links(&clusters, &links);
    let clusters: Vec<Cohesion> = clusters
        .into_par_iter()
        .zip(weakest)
        .map(|(cluster, weakest)| cohesion(items, cluster, weakest))
        .collect();
    let shown = match config.pairs {
        PairsShown::All => pairs.to_vec(),
        PairsShown::Star => star_pairs(pairs, &clusters, (&members, items.strong), judged),
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
fn cohesion(items: &Items<'_>, cluster: Cluster, weakest: RawPair) -> Cohesion {
    let representative = cluster.representative;
    let others = cluster.members.iter().filter(|&&member| member != representative);
    let scores: Vec<Similarity> =
        others.map(|member| (items.similarity)(member.number(), representative.number())).collect();
    let sum: u64 = scores.iter().map(|score| u64::from(score.millionths())).sum();
    let mean = Similarity::ratio(sum, scores.len() as u64 * 1_000_000);
    let minimum = scores.iter().min().copied().unwrap_or_default();
    Cohesion { cluster, minimum, mean, weakest }
}

/// Each member with its representative, the weakest links, every contained pair, and of each sentence its strongest links out
/// of its star.
fn star_pairs(
    pairs: &[FoundPair],
    clusters: &[Cohesion],
    (members, strong): (&Membership, Similarity),
    judged: &[Judged],
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
    let kept = pairs.par_iter().zip(judged);
    kept.filter(|(_, (link, standing))| *standing == Standing::Shown || is_shown(link))
        .map(|(found, _)| *found)
        .collect()
}

/// Of each sentence its strongest links out of its cluster (ties: the earliest), ascending: up to a few of those that the
/// contract promises to find, and where it has no cluster the strongest one whatever it is.
fn strongest_links_outside(
    members: &Membership,
    judged: &[Judged],
    strong: Similarity,
) -> Vec<RawPair> {
    let outside = |&(link, standing): &Judged| {
        let counts = move |end: &SentenceId| {
            members.0[end.index()] == Membership::NONE || link.similarity >= strong
        };
        let is_outside = standing != Standing::Shown && members.of(&link).is_none();
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
