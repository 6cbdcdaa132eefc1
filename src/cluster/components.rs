//! Connected components: whatever a chain of links reaches. They chain, and are there for those who want that.
//!
//! Cost: near-linear in the links (union-find with path halving).

use super::{Cluster, Link, Neighbours};
use crate::ids::SentenceId;

/// Clusters links into components, in the order of their earliest member; the representative is the member with the most
/// links × copies.
///
/// ```
/// use twicetold::cluster::{Link, components};
/// use twicetold::ids::{SentenceId, Similarity};
/// let id = SentenceId::new;
/// let link = |a, b| Link { first: id(a), second: id(b), similarity: Similarity::ONE };
/// let clusters = components(&[link(0, 1), link(1, 2), link(2, 3)], |_| 1);
/// assert_eq!(clusters[0].members.len(), 4);
/// ```
pub fn components(links: &[Link], copies: impl Fn(SentenceId) -> u64) -> Vec<Cluster> {
    let neighbours = Neighbours::new(links);
    let mut parents: Vec<usize> = (0..neighbours.sentences.len()).collect();
    for node in 0..parents.len() {
        for &(partner, _) in neighbours.of(node) {
            let (a, b) = (find(&mut parents, node), find(&mut parents, partner as usize));
            parents[a.max(b)] = a.min(b);
        }
    }
    let roots: Vec<usize> = (0..parents.len()).map(|node| find(&mut parents, node)).collect();
    let mut clusters: Vec<Option<Cluster>> = vec![None; roots.len()];
    for node in neighbours.by_centrality(copies) {
        let sentence = neighbours.sentences[node];
        clusters[roots[node]]
            .get_or_insert_with(|| Cluster {
                representative: sentence,
                members: Vec::new(),
                is_star: false,
            })
            .members
            .push(sentence);
    }
    let mut clusters: Vec<Cluster> = clusters.into_iter().flatten().collect();
    for cluster in &mut clusters {
        cluster.members.sort_unstable();
    }
    clusters
}

/// The root of a node, halving the path to it.
fn find(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Similarity;

    #[test]
    fn a_chain_is_one_component() {
        let id = SentenceId::new;
        let link = |a, b| Link { first: id(a), second: id(b), similarity: Similarity::ONE };
        let clusters = components(&[link(4, 5), link(0, 1), link(1, 2), link(2, 3)], |_| 1);
        assert_eq!(clusters.len(), 2);
        assert_eq!(clusters[0].members, [id(0), id(1), id(2), id(3)]);
        assert_eq!(clusters[0].representative, id(1));
    }
}
