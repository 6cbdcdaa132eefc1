//! What is many must not cost its square: long lists are linked to representatives instead of multiplied out.
//!
//! A list of up to `limit` members is compared pair by pair. In a longer one each member is compared with the
//! representatives found so far, in order, until one accepts it; a member that none accepts becomes a representative, up to
//! `limit` of them. So a list of `m` variants of one line costs about `m` comparisons, every member is linked to the cluster
//! it belongs to, and the number of pairs that were not compared is counted and reported.

/// Compares the members of a list; calls `link` for each accepted pair and returns how many pairs were not compared.
///
/// Cost: `m²/2` up to the limit, at most `m · limit` beyond it, about `m` when the members are variants of one sentence.
pub fn compare(
    members: &[u32],
    limit: usize,
    mut accept: impl FnMut(u32, u32) -> bool,
    mut link: impl FnMut(u32, u32),
) -> u64 {
    if members.len() <= limit {
        for (position, &first) in members.iter().enumerate() {
            for &second in &members[position + 1..] {
                if accept(first, second) {
                    link(first, second);
                }
            }
        }
        return 0;
    }
    let mut representatives: Vec<u32> = Vec::new();
    let mut compared = 0;
    for &member in members {
        let found = representatives.iter().position(|&known| accept(known, member));
        compared += found.map_or(representatives.len(), |position| position + 1) as u64;
        match found {
            Some(position) => link(representatives[position], member),
            None if representatives.len() < limit => representatives.push(member),
            None => {}
        }
    }
    let members = members.len() as u64;
    members * (members - 1) / 2 - compared
}

/// Rows that have more partners than the limit, linked to hubs.
///
/// An exact engine finds each row's later partners, but stops at a row that has more than `limit`. Those rows come here, in
/// order: the first is a *hub* and gets all its partners; a later heavy row that a hub already holds skips the partners that
/// the same hub holds. A family of `m` variants of one line so costs about `m` comparisons a hub, and the skipped pairs are
/// counted.
#[derive(Debug)]
pub struct Hubs {
    hub_of: Vec<u32>,
    /// Pairs inside a hub's family that were not compared.
    pub skipped: u64,
}

/// No hub.
const NONE: u32 = u32::MAX;

impl Hubs {
    /// No row has a hub yet.
    pub fn new(rows: usize) -> Self {
        Self { hub_of: vec![NONE; rows], skipped: 0 }
    }

    /// Whether a pair of a heavy row need not be compared, since one hub holds both. Counts it if so.
    pub fn skips(&mut self, row: u32, other: u32) -> bool {
        let hub = self.hub_of[row as usize];
        let skip = hub != NONE && self.hub_of[other as usize] == hub;
        self.skipped += u64::from(skip);
        skip
    }

    /// A heavy row's partners are known: unless a hub holds it, it is a hub itself and holds the partners that have none.
    pub fn adopt(&mut self, row: u32, partners: &[u32]) {
        if self.hub_of[row as usize] != NONE {
            return;
        }
        self.hub_of[row as usize] = row;
        for &partner in partners {
            let hub = &mut self.hub_of[partner as usize];
            if *hub == NONE {
                *hub = row;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(members: &[u32], limit: usize) -> (Vec<(u32, u32)>, u64, u64) {
        let (mut found, mut comparisons) = (Vec::new(), 0);
        let same_decade = |a: u32, b: u32| a / 10 == b / 10;
        let skipped = compare(
            members,
            limit,
            |a, b| {
                comparisons += 1;
                same_decade(a, b)
            },
            |a, b| found.push((a, b)),
        );
        (found, comparisons, skipped)
    }

    #[test]
    fn a_short_list_is_compared_pair_by_pair() {
        assert_eq!(links(&[1, 2, 13, 14], 4).0, [(1, 2), (13, 14)]);
    }

    #[test]
    fn a_long_list_of_variants_costs_about_its_length_and_counts_what_it_skips() {
        let members: Vec<u32> = (0..10).collect();
        let (found, comparisons, skipped) = links(&members, 3);
        assert_eq!(found.len(), 9);
        assert_eq!(comparisons, 9);
        assert_eq!(skipped, 45 - 9);
    }

    #[test]
    fn a_hub_spares_the_pairs_of_its_family_and_no_other() {
        let mut hubs = Hubs::new(5);
        assert!(!hubs.skips(0, 1));
        hubs.adopt(0, &[1, 2]);
        assert!(hubs.skips(1, 2));
        assert!(!hubs.skips(1, 3));
        assert_eq!(hubs.skipped, 1);
    }
}
