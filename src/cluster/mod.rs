//! Linked pairs → clusters.
//!
//! Connected components chain: A is like B and B like C, but A is not like C. So the default is [`star()`]: every member of a
//! cluster is linked to its representative. The module takes verified links from its caller and verifies nothing itself.

mod components;
mod star;

pub use components::components;
pub use star::star;

use crate::ids::{SentenceId, Similarity};

/// A verified link between two sentences.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Link {
    /// The earlier sentence.
    pub first: SentenceId,
    /// The later sentence.
    pub second: SentenceId,
    /// How similar they are, by the profile's measure.
    pub similarity: Similarity,
}

/// A cluster of at least two sentences.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cluster {
    /// The sentence that the members are linked to; of a component, the one with the most links and copies.
    pub representative: SentenceId,
    /// Every sentence of the cluster, the representative too, ascending.
    pub members: Vec<SentenceId>,
    /// Whether members are held by links to the representative alone, and not by those among each other.
    pub is_star: bool,
}

impl Cluster {
    /// Whether a link between two of its members is one of those that hold it together.
    pub fn is_held_by(&self, link: &Link) -> bool {
        !self.is_star || link.first == self.representative || link.second == self.representative
    }
}

/// Each sentence's partners, from links.
#[derive(Debug)]
pub(crate) struct Neighbours {
    /// Sentences that have a link, ascending.
    pub(crate) sentences: Vec<SentenceId>,
    ends: Vec<usize>,
    partners: Vec<(u32, Similarity)>,
}

impl Neighbours {
    /// From links in any order, each pair once. Cost: a sort.
    pub(crate) fn new(links: &[Link]) -> Self {
        let mut sentences: Vec<_> =
            links.iter().flat_map(|link| [link.first, link.second]).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let node = |id: SentenceId| sentences.binary_search(&id).unwrap_or(0);
        let both = |link: &Link| {
            let (a, b) = (node(link.first), node(link.second));
            [(a, b, link.similarity), (b, a, link.similarity)]
        };
        let mut directed: Vec<_> = links.iter().flat_map(both).collect();
        directed.sort_unstable();
        let mut ends = vec![0; sentences.len()];
        for &(from, _, _) in &directed {
            ends[from] += 1;
        }
        for index in 1..ends.len() {
            ends[index] += ends[index - 1];
        }
        let narrow = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
        let partners = directed.iter().map(|&(_, to, score)| (narrow(to), score)).collect();
        Self { sentences, ends, partners }
    }

    /// The partners of a node and how similar they are, in the order of nodes.
    pub(crate) fn of(&self, node: usize) -> &[(u32, Similarity)] {
        let start = node.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.partners[start..self.ends[node]]
    }

    /// Nodes from the most to the least central: links × copies, then the earliest.
    pub(crate) fn by_centrality(&self, copies: impl Fn(SentenceId) -> u64) -> Vec<usize> {
        let weight =
            |&node: &usize| self.of(node).len() as u64 * copies(self.sentences[node]).max(1);
        let mut order: Vec<usize> = (0..self.sentences.len()).collect();
        order.sort_by_key(|node| (std::cmp::Reverse(weight(node)), *node));
        order
    }
}
