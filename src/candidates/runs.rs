//! Channel B: every pair of sentences that shares a run of eight words, with a guarantee.
//!
//! The shingling stage winnows word 5-grams with window 4, so two sentences that share a run of 5 + 4 − 1 = 8 words share a
//! fingerprint *at the run*. Here equal fingerprints meet; the run is read off the two token sequences on both sides of the
//! place, so a hash never decides. A list longer than the limit is linked to its first members instead of multiplied out,
//! and what was not compared is counted.
//!
//! Cost: a sort of the fingerprints (about a quarter of the words), plus the pairs. Schleimer, Wilkerson, Aiken 2003,
//! *Winnowing: local algorithms for document fingerprinting*.

use super::heavy::compare;
use crate::tables::RowTable;

/// A fingerprint and where it stands: `position` counts tokens.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Fingerprint {
    /// Hash of the n-gram.
    pub hash: u64,
    /// The sentence.
    pub row: u32,
    /// The n-gram's first token.
    pub position: u32,
}

/// The length of the common run of two sequences around a pair of places: equal tokens to the left and to the right.
///
/// ```
/// use twicetold::candidates::runs::run_around;
/// assert_eq!(run_around((&[9, 1, 2, 3], 2), (&[1, 2, 3, 4], 1)), 3);
/// assert_eq!(run_around((&[1], 0), (&[2], 0)), 0);
/// ```
pub fn run_around(a: (&[u32], usize), b: (&[u32], usize)) -> usize {
    let same = |(x, y): &(&u32, &u32)| x == y;
    let after = a.0[a.1..].iter().zip(&b.0[b.1..]).take_while(same).count();
    let before = a.0[..a.1].iter().rev().zip(b.0[..b.1].iter().rev());
    if after == 0 { 0 } else { before.take_while(same).count() + after }
}

/// Calls `link` for the pairs of rows that share a run of `minimum` tokens at one list of equal fingerprints; returns how
/// many pairs of places were not compared because the list is longer than `limit`.
pub fn pairs_of_list(
    list: &[Fingerprint],
    sequences: &RowTable,
    minimum: usize,
    limit: usize,
    mut link: impl FnMut(u32, u32),
) -> u64 {
    let place = |entry: u32| {
        let found = &list[entry as usize];
        (sequences.row(found.row as usize), found.position as usize)
    };
    let row = |entry: u32| list[entry as usize].row;
    let entries: Vec<u32> = (0u32..).take(list.len()).collect();
    compare(
        &entries,
        limit,
        |a, b| row(a) != row(b) && run_around(place(a), place(b)) >= minimum,
        |a, b| link(row(a), row(b)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_meet_where_they_share_a_run_and_nowhere_else() {
        let mut sequences = RowTable::default();
        sequences.push(&[1, 2, 3, 4, 5, 6]);
        sequences.push(&[9, 1, 2, 3, 4, 5]);
        sequences.push(&[9, 9, 1, 2, 8, 8]);
        let list = [0, 1, 2].map(|row| Fingerprint { hash: 7, row, position: row });
        let mut found = Vec::new();
        pairs_of_list(&list, &sequences, 5, 10, |a, b| found.push((a, b)));
        assert_eq!(found, [(0, 1)]);
    }
}
