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
    /// From links in any order, each pair once. Cost: linear in links that are sorted already, else a sort.
    pub(crate) fn new(links: &[Link]) -> Self {
        if links.is_sorted() {
            return Self::from_sorted(links);
        }
        let mut sorted = links.to_vec();
        sorted.sort_unstable();
        Self::from_sorted(&sorted)
    }

    /// Links in the order of their first sentences give every node its earlier partners first, in order, then the later ones.
    fn from_sorted(links: &[Link]) -> Self {
        let highest = links.iter().map(|link| link.second.max(link.first).index()).max();
        let mut degrees = vec![0_usize; highest.map_or(0, |highest| highest + 1)];
        for link in links {
            degrees[link.first.index()] += 1;
            degrees[link.second.index()] += 1;
        }
        let (mut sentences, mut ends, mut next) = (Vec::new(), Vec::new(), Vec::new());
        let mut nodes = vec![0_u32; degrees.len()];
        let mut end = 0;
        for (index, &degree) in degrees.iter().enumerate().filter(|(_, degree)| **degree > 0) {
            nodes[index] = u32::try_from(sentences.len()).unwrap_or(u32::MAX);
            sentences.extend(SentenceId::from_index(index));
            next.push(end);
            end += degree;
            ends.push(end);
        }
        let mut partners = vec![(0, Similarity::ZERO); end];
        for link in links {
            let (a, b) = (nodes[link.first.index()], nodes[link.second.index()]);
            for (from, to) in [(a, b), (b, a)] {
                let slot = &mut next[from as usize];
                partners[*slot] = (to, link.similarity);
                *slot += 1;
            }
        }
        Self { sentences, ends, partners }
    }

    /// The partners of a node and how similar they are, in the order of nodes.
    pub(crate) fn of(&self, node: usize) -> &[(u32, Similarity)] {
        let start = node.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.partners[start..self.ends[node]]
    }

    /// Nodes in the order in which they may become representatives: those with more than `many` partners by copies, then the
    /// earliest; behind them the others, the most central first.
    pub(crate) fn by_precedence(
        &self,
        copies: impl Fn(SentenceId) -> u64,
        many: usize,
    ) -> Vec<usize> {
        let weight = |node: usize| {
            let (partners, copies) = (self.of(node).len(), copies(self.sentences[node]).max(1));
            if partners > many { (1, copies) } else { (0, partners as u64 * copies) }
        };
        let mut order: Vec<usize> = (0..self.sentences.len()).collect();
        order.sort_by_key(|&node| (std::cmp::Reverse(weight(node)), node));
        order
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
