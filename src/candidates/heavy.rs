//! What is many must not cost its square: long lists are linked to representatives instead of multiplied out.
//!
//! A list of up to `limit` members is compared pair by pair. In a longer one each member is compared with the
//! *representatives* found so far and linked to all that accept it; a member that none accepts becomes a representative, up
//! to [`REPRESENTATIVES`]. Who was accepted joins the representative's *family*. In every later list a family stands as one
//! member, its hub, so a list of `m` variants of one sentence costs `m` comparisons once and none after that.
//!
//! Nothing is dropped in silence: members that found neither a representative nor room to be one are handed back to the
//! caller (who may bucket them anew by something finer), and the comparisons left out are counted.

/// Which rows are linked to a common hub. A row is of one family at most, and verified against its hub.
#[derive(Clone, Debug)]
pub struct Families {
    hub_of: Vec<u32>,
    limit: usize,
}

/// The most representatives of a long list. A list that needs more is no family but a crowd of strangers that have a few
/// common words; each would be compared with all of them for nothing.
pub const REPRESENTATIVES: usize = 128;

/// After so many members of a long list that none of its representatives accepts, the rest is not tried.
const HOPELESS: usize = 8 * REPRESENTATIVES;

/// No hub.
const NONE: u32 = u32::MAX;

/// What comparing a list gave, beside the links.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Compared {
    /// New members of families, `(hub, member)`, to be [adopted](Families::adopt).
    pub adopted: Vec<(u32, u32)>,
    /// Members that found no representative and no room to be one, or came when the list was given up as hopeless.
    pub left_over: Vec<u32>,
    /// Pairs that were judged.
    pub judged: u64,
    /// Pairs of the list that were not.
    pub skipped: u64,
}

impl Families {
    /// No row has a hub; a list of more than `limit` members is a long one.
    pub fn new(rows: usize, limit: usize) -> Self {
        Self { hub_of: vec![NONE; rows], limit }
    }

    /// From how many members a list is a long one.
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// The hub of a row's family, if it has one.
    pub fn hub(&self, row: u32) -> Option<u32> {
        let hub = self.hub_of[row as usize];
        (hub != NONE).then_some(hub)
    }

    /// Whether one hub holds both.
    pub fn share(&self, a: u32, b: u32) -> bool {
        let hub = self.hub_of[a as usize];
        hub != NONE && hub == self.hub_of[b as usize]
    }

    /// Every row that has a hub, but for hubs themselves, as `(hub, row)`, ascending.
    pub fn members(&self) -> Vec<(u32, u32)> {
        let rows = self.hub_of.iter().copied().zip(0u32..);
        let mut members: Vec<_> = rows.filter(|&(hub, row)| hub != NONE && hub != row).collect();
        members.sort_unstable();
        members
    }

    /// A row was verified to be linked to a hub: it joins its family, unless one of them is of another family already.
    pub fn adopt(&mut self, hub: u32, member: u32) {
        let of_hub = &mut self.hub_of[hub as usize];
        if *of_hub == NONE {
            *of_hub = hub;
        }
        let is_hub = *of_hub == hub;
        let of_member = &mut self.hub_of[member as usize];
        if is_hub && *of_member == NONE {
            *of_member = hub;
        }
    }

    /// Compares the members of a list (distinct rows); `accept` judges a pair, and is to keep the links that it finds.
    ///
    /// Cost: `m²/2` up to the limit, at most `m ·` [`REPRESENTATIVES`] beyond it, about `m` when the members are variants of
    /// one sentence, and one comparison a member that is of no family when the rest are of one. A list of which the first
    /// thousand accept nobody is given up.
    ///
    /// ```
    /// use twicetold::candidates::heavy::Families;
    /// // Ten variants of one sentence in a list that may have three: nine comparisons instead of forty-five.
    /// let families = Families::new(10, 3);
    /// let members: Vec<u32> = (0..10).collect();
    /// let mut links = Vec::new();
    /// let compared = families.compare(&members, |hub, member| {
    ///     links.push((hub, member));
    ///     true
    /// });
    /// assert_eq!((links.len(), compared.judged, compared.skipped), (9, 9, 36));
    /// ```
    pub fn compare(&self, members: &[u32], mut accept: impl FnMut(u32, u32) -> bool) -> Compared {
        let pairs = |members: &[u32]| (members.len() as u64 * (members.len() as u64 - 1)) / 2;
        if members.is_empty() {
            return Compared::default();
        }
        let mut done = if members.len() <= self.limit {
            self.all_pairs(members, &mut accept)
        } else {
            let heads = self.heads(members);
            if heads.len() <= self.limit {
                self.all_pairs(&heads, &mut accept)
            } else {
                self.with_representatives(&heads, &mut accept)
            }
        };
        done.skipped = pairs(members).saturating_sub(done.judged);
        done
    }

    fn all_pairs(&self, members: &[u32], accept: &mut impl FnMut(u32, u32) -> bool) -> Compared {
        let mut done = Compared::default();
        for (position, &first) in members.iter().enumerate() {
            for &second in &members[position + 1..] {
                if !self.share(first, second) {
                    done.judged += 1;
                    accept(first, second);
                }
            }
        }
        done
    }

    /// Each family's hub, whether or not it is a member, and every member without a family, in the order of the list.
    fn heads(&self, members: &[u32]) -> Vec<u32> {
        let mut heads: Vec<(u32, usize)> =
            members.iter().map(|&member| self.hub(member).unwrap_or(member)).zip(0..).collect();
        heads.sort_unstable();
        heads.dedup_by_key(|&mut (head, _)| head);
        heads.sort_unstable_by_key(|&(_, position)| position);
        heads.into_iter().map(|(head, _)| head).collect()
    }

    fn with_representatives(
        &self,
        heads: &[u32],
        accept: &mut impl FnMut(u32, u32) -> bool,
    ) -> Compared {
        let mut representatives: Vec<u32> = Vec::new();
        let mut done = Compared::default();
        for (position, &head) in heads.iter().enumerate() {
            if done.adopted.is_empty() && position >= HOPELESS {
                done.left_over.push(head);
                continue;
            }
            done.judged += representatives.len() as u64;
            let mut first = None;
            for &known in &representatives {
                if accept(known, head) {
                    first = first.or(Some(known));
                }
            }
            match first {
                Some(hub) => done.adopted.push((hub, head)),
                None if representatives.len() < REPRESENTATIVES.min(self.limit) => {
                    representatives.push(head);
                }
                None => done.left_over.push(head),
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links of a list in which rows of one decade are alike, and the comparisons it took.
    fn compare(families: &Families, members: &[u32]) -> (Vec<(u32, u32)>, Compared) {
        let mut found = Vec::new();
        let compared = families.compare(members, |a, b| {
            let alike = a / 10 == b / 10;
            if alike {
                found.push((a, b));
            }
            alike
        });
        (found, compared)
    }

    #[test]
    fn a_short_list_is_compared_pair_by_pair() {
        let (found, compared) = compare(&Families::new(20, 4), &[1, 2, 13, 14]);
        assert_eq!(found, [(1, 2), (13, 14)]);
        assert_eq!((compared.judged, compared.skipped), (6, 0));
    }

    #[test]
    fn a_long_list_of_variants_costs_about_its_length_and_counts_what_it_skips() {
        let members: Vec<u32> = (0..10).collect();
        let (found, compared) = compare(&Families::new(10, 3), &members);
        assert_eq!((found.len(), compared.adopted.len()), (9, 9));
        assert_eq!((compared.judged, compared.skipped), (9, 45 - 9));
    }

    #[test]
    fn a_family_stands_as_its_hub_in_the_next_list() {
        let mut families = Families::new(30, 3);
        (1..10).for_each(|member| families.adopt(0, member));
        let members = [1, 2, 3, 4, 5, 11, 12];
        let (found, compared) = compare(&families, &members);
        assert_eq!(found, [(11, 12)]);
        assert_eq!((compared.judged, compared.skipped), (3, 21 - 3));
    }

    #[test]
    fn who_finds_no_representative_is_handed_back() {
        let (found, compared) = compare(&Families::new(90, 2), &[5, 15, 25, 26, 6]);
        assert_eq!(found, [(5, 6)]);
        assert_eq!(compared.left_over, [25, 26]);
    }

    #[test]
    fn a_row_is_of_one_family_and_only_a_hub_adopts() {
        let mut families = Families::new(4, 2);
        families.adopt(0, 1);
        families.adopt(1, 2);
        families.adopt(3, 1);
        assert!(families.share(0, 1) && !families.share(1, 2) && !families.share(3, 1));
        assert_eq!(families.hub(2), None);
    }
}
