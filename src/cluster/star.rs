//! Stars: every member is linked to the representative.
//!
//! Sentences are taken in the order of links × copies, then of input; but those with very many partners come first, in the
//! order of copies, then of input, so that a search need not know how many partners a sentence has beyond that. A sentence
//! that no star holds yet becomes a representative and takes its free partners. Then each member moves to the most similar representative that it is linked to
//! (ties: the earliest), unless its star would be left with nobody. Cost: one pass over the links, after a sort.

use super::{Cluster, Link, Neighbours};
use crate::ids::SentenceId;

/// Clusters links into stars, in the order of their earliest member. `copies` is how many places a sentence stands in;
/// a sentence with more than `many` partners comes before all that have fewer.
///
/// ```
/// use twicetold::cluster::{Link, star};
/// use twicetold::ids::{SentenceId, Similarity};
/// let id = SentenceId::new;
/// let link = |a, b| Link { first: id(a), second: id(b), similarity: Similarity::ONE };
/// // A chain of four: no star holds both ends.
/// let clusters = star(&[link(0, 1), link(1, 2), link(2, 3)], |_| 1, 256);
/// assert_eq!(clusters[0].members, [id(0), id(1), id(2)]);
/// assert_eq!(clusters.len(), 1);
/// ```
pub fn star(links: &[Link], copies: impl Fn(SentenceId) -> u64, many: usize) -> Vec<Cluster> {
    let neighbours = Neighbours::new(links);
    let mut star_of = choose(&neighbours, copies, many);
    let mut sizes = vec![0_u32; star_of.len()];
    for &star in &star_of {
        sizes[star] += 1;
    }
    for node in 0..star_of.len() {
        settle(node, &neighbours, &mut star_of, &mut sizes);
    }
    gather(&neighbours, &star_of)
}

/// For each node its representative, itself for a representative.
fn choose(neighbours: &Neighbours, copies: impl Fn(SentenceId) -> u64, many: usize) -> Vec<usize> {
    const FREE: usize = usize::MAX;
    let mut star_of = vec![FREE; neighbours.sentences.len()];
    for node in neighbours.by_precedence(copies, many) {
        if star_of[node] != FREE {
            continue;
        }
        star_of[node] = node;
        for &(partner, _) in neighbours.of(node) {
            if star_of[partner as usize] == FREE {
                star_of[partner as usize] = node;
            }
        }
    }
    star_of
}

/// Moves a member to its most similar representative.
fn settle(node: usize, neighbours: &Neighbours, star_of: &mut [usize], sizes: &mut [u32]) {
    let now = star_of[node];
    if now == node || sizes[now] <= 2 {
        return;
    }
    let own = neighbours
        .of(node)
        .iter()
        .filter(|(partner, _)| star_of[*partner as usize] == *partner as usize);
    let best = own.max_by_key(|(partner, score)| (*score, std::cmp::Reverse(*partner)));
    if let Some(&(best, _)) = best {
        sizes[now] -= 1;
        sizes[best as usize] += 1;
        star_of[node] = best as usize;
    }
}

fn gather(neighbours: &Neighbours, star_of: &[usize]) -> Vec<Cluster> {
    let mut order: Vec<usize> = (0..star_of.len()).collect();
    order.sort_by_key(|&node| (star_of[node], node));
    let clusters = order.chunk_by(|&a, &b| star_of[a] == star_of[b]);
    let mut clusters: Vec<Cluster> = clusters
        .filter(|nodes| nodes.len() > 1)
        .map(|nodes| Cluster {
            representative: neighbours.sentences[star_of[nodes[0]]],
            members: nodes.iter().map(|&node| neighbours.sentences[node]).collect(),
            is_star: true,
        })
        .collect();
    clusters.sort_by_key(|cluster| cluster.members[0]);
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Similarity;
    use proptest::{collection::btree_map, prelude::*};

    fn link(a: u32, b: u32, percent: u64) -> Link {
        Link {
            first: SentenceId::new(a),
            second: SentenceId::new(b),
            similarity: Similarity::ratio(percent, 100),
        }
    }

    #[test]
    fn a_member_goes_to_the_representative_that_it_is_most_like() {
        // 0 and 9 are hubs; 5 is linked to both and more like 9.
        let links = [
            link(0, 1, 50),
            link(0, 2, 50),
            link(0, 3, 50),
            link(0, 5, 40),
            link(5, 9, 90),
            link(6, 9, 50),
            link(7, 9, 50),
        ];
        let clusters = star(&links, |_| 1, 256);
        let members =
            |at: usize| clusters[at].members.iter().map(|id| id.number()).collect::<Vec<_>>();
        assert_eq!(members(0), [0, 1, 2, 3]);
        assert_eq!(members(1), [5, 6, 7, 9]);
    }

    #[test]
    fn of_those_with_very_many_partners_the_one_with_most_copies_comes_first() {
        // Both 1 and 2 have many partners, 2 fewer of them but more copies.
        let links: Vec<Link> = (3..13)
            .flat_map(|other| [link(1, other, 50), link(2, other, 50)])
            .filter(|link| link.second.number() != 12 || link.first.number() == 1)
            .chain([link(1, 2, 50)])
            .collect();
        let copies = |id: SentenceId| if id.number() == 2 { 2 } else { 1 };
        let representatives = |many, copies: &dyn Fn(SentenceId) -> u64| {
            let clusters = star(&links, copies, many);
            clusters.iter().map(|cluster| cluster.representative.number()).collect::<Vec<_>>()
        };
        assert_eq!(representatives(5, &copies), [2]);
        assert_eq!(representatives(5, &|_| 1), [1]);
        // Nobody has so many: links × copies decide.
        assert_eq!(representatives(50, &copies), [2]);
    }

    proptest! {
        /// A search that lets the partners of a hub go finds the stars of all links: here by leaving out every link between
        /// two sentences that hubs have taken.
        #[test]
        fn links_between_members_of_hubs_do_not_matter(
            edges in btree_map((0_u32..24, 0_u32..24), 30_u64..100, 0..160), many in 2_usize..8,
        ) {
            let links: Vec<Link> = edges.iter().filter(|((a, b), _)| a < b).map(|(&(a, b), &s)| link(a, b, s)).collect();
            let partners = |row: u32| -> Vec<u32> {
                let ends = links.iter().map(|link| (link.first.number(), link.second.number()));
                ends.filter_map(|(a, b)| if a == row { Some(b) } else if b == row { Some(a) } else { None }).collect()
            };
            let mut hub_of = [None; 24];
            for row in 0..24 {
                let partners = partners(row);
                if hub_of[row as usize].is_none() && partners.len() > many {
                    hub_of[row as usize] = Some(row);
                    for other in partners {
                        hub_of[other as usize].get_or_insert(row);
                    }
                }
            }
            let is_taken = |row: u32| hub_of[row as usize].is_some_and(|hub| hub != row);
            let needed: Vec<Link> = links
                .iter()
                .filter(|link| !(is_taken(link.first.number()) && is_taken(link.second.number())))
                .copied()
                .collect();
            prop_assert_eq!(star(&needed, |_| 1, many), star(&links, |_| 1, many));
        }

        #[test]
        fn every_member_is_linked_to_its_representative_and_nobody_is_in_two(
            edges in btree_map((0_u32..30, 0_u32..30), 30_u64..100, 0..60),
        ) {
            let mut links: Vec<Link> = edges.iter().filter(|((a, b), _)| a < b).map(|(&(a, b), &s)| link(a, b, s)).collect();
            let clusters = star(&links, |_| 1, 256);
            let mut seen = std::collections::BTreeSet::new();
            for cluster in &clusters {
                prop_assert!(cluster.members.len() > 1);
                for &member in &cluster.members {
                    prop_assert!(seen.insert(member));
                    let (a, b) = (member.min(cluster.representative), member.max(cluster.representative));
                    prop_assert!(a == b || links.iter().any(|l| (l.first, l.second) == (a, b)));
                }
            }
            links.reverse();
            prop_assert_eq!(star(&links, |_| 1, 256), clusters);
        }
    }
}
