//! Linked pairs → clusters with their cohesion, and the pairs that a report shows.

use rayon::prelude::*;

use super::evidence::Comparison;
use super::features::HashTable;
use super::scores::{is_contained, link_similarity};
use super::search::{Found, RawPair};
use crate::cluster::{Cluster, Link, components, star};
use crate::config::{Clustering, PairsShown};
use crate::ids::{SentenceId, Similarity};
use crate::tables::StringTable;
use crate::verify::Channels;

/// Clusters, and the pairs to be proved.
pub(crate) struct Clustered {
    /// Clusters of at least two sentences, in the order of their earliest member.
    pub(crate) clusters: Vec<Cohesion>,
    /// The pairs that the report holds, ascending.
    pub(crate) shown: Vec<(RawPair, Channels)>,
}

/// A cluster and how well it holds together.
pub(crate) struct Cohesion {
    pub(crate) cluster: Cluster,
    pub(crate) minimum: Similarity,
    pub(crate) mean: Similarity,
    pub(crate) weakest: RawPair,
}

/// Clusters what was found. `copies` is how many places a sentence stands in.
pub(crate) fn cluster(
    comparison: &Comparison<'_>,
    keys: &StringTable,
    found: &Found,
    copies: impl Fn(SentenceId) -> u64,
) -> Clustered {
    let judged: Vec<(Link, bool)> = found
        .pairs
        .par_iter()
        .map(|&((a, b), _)| {
            let similarity = link_similarity(comparison, (a, b));
            let (first, second) = (SentenceId::new(a), SentenceId::new(b));
            let contained = is_contained(comparison, keys, (a, b), similarity);
            (Link { first, second, similarity }, contained)
        })
        .collect();
    let links: Vec<Link> =
        judged.iter().filter(|(_, contained)| !contained).map(|(link, _)| *link).collect();
    let clusters = match comparison.config.clusters {
        Clustering::Star => star(&links, copies),
        Clustering::Components => components(&links, copies),
    };
    let clusters: Vec<Cohesion> =
        clusters.into_par_iter().map(|cluster| cohesion(comparison, cluster)).collect();
    let shown = match comparison.config.pairs {
        PairsShown::All => found.pairs.clone(),
        PairsShown::Star => star_pairs(found, &clusters, &judged),
    };
    Clustered { clusters, shown }
}

/// Minimum, mean and weakest of the members' similarities to the representative.
fn cohesion(comparison: &Comparison<'_>, cluster: Cluster) -> Cohesion {
    let representative = cluster.representative;
    let links = cluster.members.iter().filter(|&&member| member != representative).map(|&member| {
        let pair = ordered(member, representative);
        (link_similarity(comparison, pair), pair)
    });
    let links: Vec<(Similarity, RawPair)> = links.collect();
    let sum: u64 = links.iter().map(|(score, _)| u64::from(score.millionths())).sum();
    let mean = Similarity::ratio(sum, links.len() as u64 * 1_000_000);
    let (minimum, weakest) = links.iter().min().copied().unwrap_or_default();
    Cohesion { cluster, minimum, mean, weakest }
}

fn ordered(a: SentenceId, b: SentenceId) -> RawPair {
    (a.number().min(b.number()), a.number().max(b.number()))
}

/// Each member with its representative, and every contained pair.
fn star_pairs(
    found: &Found,
    clusters: &[Cohesion],
    judged: &[(Link, bool)],
) -> Vec<(RawPair, Channels)> {
    let mut representative_of = HashTable::<u32>::default();
    for cohesion in clusters {
        let representative = cohesion.cluster.representative.number();
        for member in &cohesion.cluster.members {
            representative_of.insert(member.number(), representative);
        }
    }
    let with_representative = |(a, b): RawPair| {
        representative_of.get(&a) == Some(&b) || representative_of.get(&b) == Some(&a)
    };
    let kept = found.pairs.par_iter().zip(judged);
    let kept = kept.filter(|((pair, _), (_, contained))| *contained || with_representative(*pair));
    kept.map(|(pair, _)| *pair).collect()
}
