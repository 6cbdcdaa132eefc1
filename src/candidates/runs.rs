//! Channel B: every pair of sentences that shares a run of eight words, with a guarantee.
//!
//! The shingling stage winnows word 5-grams with window 4, so two sentences that share a run of 5 + 4 − 1 = 8 words share a
//! fingerprint *at the run*. Here equal fingerprints meet; the run is read off the two token sequences on both sides of the
//! place, so a hash never decides. A list longer than the limit goes to representatives ([`heavy`](super::heavy)), shortest
//! sentences first since they are the ones that a run covers; who finds none is bucketed anew by the two tokens after the
//! gram and by the two before it (a run of eight goes on for two on one side of any of its 5-grams), and what is not
//! compared after that is counted.
//!
//! Cost: a sort of the fingerprints (about a quarter of the words), plus the pairs. Schleimer, Wilkerson, Aiken 2003,
//! *Winnowing: local algorithms for document fingerprinting*.

use super::heavy::{Compared, Families};
use crate::tables::RowTable;

/// Words of the shortest row of which all is a run, though it is shorter than others ([`Wholes`](super::wholes::Wholes)).
pub const WHOLE: usize = 5;

/// A fingerprint and where it stands: `position` counts tokens.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Fingerprint {
    /// Hash of the n-gram.
    pub hash: u64,
    /// The sentence.
    pub row: u32,
    /// The n-gram's first token.
    pub position: u32,
}

/// Token sequences and the kind of each token.
#[derive(Clone, Copy, Debug)]
pub struct Sequences<'a> {
    /// The tokens of each row, in the order of the text.
    pub rows: &'a RowTable,
    /// For each token whether it is of a script without spaces; a run has tokens of one kind.
    pub spaceless: &'a [bool],
    /// How runs of words are fingerprinted.
    pub words: RunShape,
    /// How runs of bigrams of scripts without spaces are.
    pub bigrams: RunShape,
}

/// How runs of one kind of token are fingerprinted.
#[derive(Clone, Copy, Debug)]
pub struct RunShape {
    /// Tokens of a gram.
    pub gram: usize,
    /// Tokens of the least run.
    pub least: usize,
}

impl Sequences<'_> {
    fn kind(&self, token: u32) -> bool {
        self.spaceless.get(token as usize).copied().unwrap_or(false)
    }

    /// How a run at this place is fingerprinted.
    fn shape(&self, token: u32) -> RunShape {
        if self.kind(token) { self.bigrams } else { self.words }
    }

    /// Whether two rows share a run, around a place in each, that is long enough.
    pub fn share_run_at(&self, a: Fingerprint, b: Fingerprint) -> bool {
        let place =
            |print: Fingerprint| (self.rows.row(print.row as usize), print.position as usize);
        let (a, b) = (place(a), place(b));
        let Some(&token) = a.0.get(a.1) else { return false };
        let kind = self.kind(token);
        let least = self.shape(token).least;
        run_around(within(a, least), within(b, least), |token| self.kind(token) == kind) >= least
    }

    /// Whether two rows share a run that is long enough, wherever it stands, or one [holds the whole](Self::hold_whole) other.
    /// Cost: `|a| · |b|`.
    pub fn share_run(&self, a: u32, b: u32) -> bool {
        self.hold_whole(a, b) || self.share_long_run(a, b)
    }

    /// Whether the whole of the shorter row stands in the longer one, word by word, and has [enough](WHOLE) of them.
    pub fn hold_whole(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.rows.row(a as usize), self.rows.row(b as usize));
        let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
        shorter.len() >= WHOLE
            && shorter.len() < longer.len()
            && self.is_of_words(shorter)
            && longer.windows(shorter.len()).any(|window| window == shorter)
    }

    /// Whether no token is of a script without spaces.
    pub(super) fn is_of_words(&self, tokens: &[u32]) -> bool {
        tokens.iter().all(|&token| !self.kind(token))
    }

    fn share_long_run(&self, a: u32, b: u32) -> bool {
        let (first, second) = (self.rows.row(a as usize), self.rows.row(b as usize));
        let at = |row, position: usize| Fingerprint {
            hash: 0,
            row,
            position: u32::try_from(position).unwrap_or(u32::MAX),
        };
        let alike = |i: usize, j: usize| first[i] == second[j];
        (0..first.len()).any(|i| {
            (0..second.len()).any(|j| alike(i, j) && self.share_run_at(at(a, i), at(b, j)))
        })
    }
}

/// A sequence around a place, no further on either side than so many tokens: a run that is long enough shows there.
fn within((row, at): (&[u32], usize), least: usize) -> (&[u32], usize) {
    let start = at.saturating_sub(least);
    (&row[start..row.len().min(at + least)], at - start)
}

/// The length of the common run of two sequences around a pair of places: equal tokens that belong to it, to the left and to
/// the right.
///
/// ```
/// use twicetold::candidates::runs::run_around;
/// assert_eq!(run_around((&[9, 1, 2, 3], 2), (&[1, 2, 3, 4], 1), |_| true), 3);
/// assert_eq!(run_around((&[9, 1, 2, 3], 2), (&[1, 2, 3, 4], 1), |token| token != 1), 2);
/// assert_eq!(run_around((&[1], 0), (&[2], 0), |_| true), 0);
/// ```
pub fn run_around(a: (&[u32], usize), b: (&[u32], usize), belongs: impl Fn(u32) -> bool) -> usize {
    let same = |(x, y): &(&u32, &u32)| x == y && belongs(**x);
    let after = a.0[a.1..].iter().zip(&b.0[b.1..]).take_while(same).count();
    let before = a.0[..a.1].iter().rev().zip(b.0[..b.1].iter().rev());
    if after == 0 { 0 } else { before.take_while(same).count() + after }
}

/// Compares the rows that share a fingerprint: `may_link` says quickly whether two rows are worth a look, and `accept` judges
/// the rows of two entries, which are known to share a run at it, and is to keep the pairs that it links. `list` is one fingerprint's. Returns how many comparisons were left out.
///
/// Cost: as [`Families::compare`], twice more for who is left over.
///
/// ```
/// use twicetold::candidates::heavy::Families;
/// use twicetold::candidates::runs::{Fingerprint, RunShape, Sequences, compare_list};
/// use twicetold::tables::RowTable;
/// let mut rows = RowTable::default();
/// rows.push(&[1, 2, 3, 4, 5, 6]);
/// rows.push(&[9, 1, 2, 3, 4, 5]);
/// let shape = RunShape { gram: 3, least: 5 };
/// let sequences = Sequences { rows: &rows, spaceless: &[], words: shape, bigrams: shape };
/// // Both hold the gram 1 2 3, at their first and second token.
/// let list = [(0, 0), (1, 1)].map(|(row, position)| Fingerprint { hash: 7, row, position });
/// let mut met = Vec::new();
/// let accept = |a, b| {
///     met.push((a, b));
///     true
/// };
/// compare_list(&list, sequences, &Families::new(2, 100), |_, _| true, accept);
/// assert_eq!(met, [(0, 1)]);
/// ```
pub fn compare_list(
    list: &[Fingerprint],
    sequences: Sequences<'_>,
    families: &Families,
    may_link: impl Fn(u32, u32) -> bool,
    mut accept: impl FnMut(u32, u32) -> bool,
) -> u64 {
    let mut meet = |a: Fingerprint, b: Fingerprint| {
        let worth_it = a.row != b.row && may_link(a.row, b.row);
        worth_it && sequences.share_run_at(a, b) && accept(a.row, b.row)
    };
    if list.len() <= families.limit() {
        let mut left = 0;
        for (position, &first) in list.iter().enumerate() {
            for &second in &list[position + 1..] {
                if first.row != second.row && families.share(first.row, second.row) {
                    left += 1;
                } else {
                    meet(first, second);
                }
            }
        }
        return left;
    }
    let heads = heads(list, sequences, families);
    let compared = among(&heads, families.limit(), &mut meet);
    let mut left = compared.skipped;
    for beside in [Beside::After, Beside::Before] {
        let left_over = compared.left_over.iter().map(|&entry| heads[entry as usize]);
        let mut left_over: Vec<(Option<u64>, Fingerprint)> =
            left_over.map(|print| (beside.tokens(print, sequences), print)).collect();
        left_over.sort_unstable();
        for bucket in left_over.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            let bucket: Vec<Fingerprint> = bucket.iter().map(|&(_, print)| print).collect();
            left = left.saturating_sub(among(&bucket, families.limit(), &mut meet).judged);
        }
    }
    left
}

/// One entry of each family and every entry without a family, shortest rows first.
fn heads(list: &[Fingerprint], sequences: Sequences<'_>, families: &Families) -> Vec<Fingerprint> {
    let length = |print: &Fingerprint| sequences.rows.row(print.row as usize).len();
    let mut heads: Vec<(usize, Fingerprint)> =
        list.iter().map(|print| (length(print), *print)).collect();
    heads.sort_unstable();
    let mut seen = std::collections::BTreeSet::new();
    let heads = heads.into_iter().map(|(_, print)| print);
    heads.filter(|print| families.hub(print.row).is_none_or(|hub| seen.insert(hub))).collect()
}

/// Compares entries by their positions in the list.
fn among(
    list: &[Fingerprint],
    limit: usize,
    meet: &mut impl FnMut(Fingerprint, Fingerprint) -> bool,
) -> Compared {
    let entries: Vec<u32> = (0u32..).take(list.len()).collect();
    Families::new(list.len(), limit)
        .compare(&entries, |a, b| meet(list[a as usize], list[b as usize]))
}

/// On which side of a gram two tokens make a finer bucket.
#[derive(Clone, Copy)]
enum Beside {
    After,
    Before,
}

impl Beside {
    /// Both tokens in one number.
    fn tokens(self, print: Fingerprint, sequences: Sequences<'_>) -> Option<u64> {
        let row = sequences.rows.row(print.row as usize);
        let at = print.position as usize;
        let after = at + sequences.shape(*row.get(at)?).gram;
        let tokens = match self {
            Self::After => row.get(after..after + 2),
            Self::Before => row.get(at.checked_sub(2)?..at),
        }?;
        Some(tokens.iter().fold(0, |both, &token| both << 32 | u64::from(token)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences<'a>(rows: &'a RowTable, spaceless: &'a [bool], least: usize) -> Sequences<'a> {
        let shape = |least| RunShape { gram: 5, least };
        Sequences { rows, spaceless, words: shape(least), bigrams: shape(least + 1) }
    }

    fn print(row: u32, position: u32) -> Fingerprint {
        Fingerprint { hash: 7, row, position }
    }

    #[test]
    fn rows_meet_where_they_share_a_run_and_nowhere_else() {
        let mut rows = RowTable::default();
        rows.push(&[1, 2, 3, 4, 5, 6]);
        rows.push(&[9, 1, 2, 3, 4, 5]);
        rows.push(&[9, 9, 1, 2, 8, 8]);
        let sequences = sequences(&rows, &[], 5);
        let list = [0, 1, 2].map(|row| print(row, row));
        let mut found = Vec::new();
        compare_list(
            &list,
            sequences,
            &Families::new(3, 10),
            |_, _| true,
            |a, b| {
                found.push((a, b));
                true
            },
        );
        assert_eq!(found, [(0, 1)]);
        assert!(sequences.share_run(0, 1) && !sequences.share_run(0, 2));
    }

    #[test]
    fn a_run_has_tokens_of_one_kind() {
        let mut rows = RowTable::default();
        rows.push(&[0, 1, 2, 3]);
        rows.push(&[0, 1, 2, 3]);
        let spaceless = [false, false, true, true];
        assert!(!sequences(&rows, &spaceless, 3).share_run(0, 1));
        assert!(sequences(&rows, &spaceless, 2).share_run(0, 1));
    }

    /// A list of `long` sentences that share a run and nothing else, and `short` ones that are the run.
    fn heavy_list(long: u32, short: u32) -> (RowTable, Vec<Fingerprint>) {
        let (run, mut rows, mut list) = ([0, 1, 2, 3, 4, 5, 6, 7], RowTable::default(), Vec::new());
        for row in 0..long + short {
            let own: Vec<u32> = (0..12).map(|at| 100 + row * 12 + at).collect();
            let tail = if row < long { &own[..] } else { &own[..1] };
            rows.push(&[&run, tail].concat());
            list.push(print(row, 0));
        }
        (rows, list)
    }

    #[test]
    fn a_long_list_keeps_every_link_of_a_short_sentence() {
        let (rows, list) = heavy_list(60, 1);
        let sequences = sequences(&rows, &[], 8);
        let mut found = Vec::new();
        let left = compare_list(
            &list,
            sequences,
            &Families::new(61, 50),
            |_, _| true,
            |a, b| {
                let linked = a.max(b) == 60;
                if linked {
                    found.push((a, b));
                }
                linked
            },
        );
        assert_eq!(found.len(), 60);
        assert!(left > 0, "two long ones of one family were not compared");
    }

    #[test]
    fn who_finds_no_representative_is_bucketed_by_what_stands_beside_the_gram() {
        // Forty sentences share a gram; the last two share their whole run, and nobody links with anybody else.
        let mut rows = RowTable::default();
        for row in 0..40_u32 {
            let own = if row < 38 { 100 + row * 4 } else { 90 };
            rows.push(&[0, 1, 2, 3, 4, own, own + 1, own + 2]);
        }
        let list: Vec<Fingerprint> = (0..40).map(|row| print(row, 0)).collect();
        let sequences = sequences(&rows, &[], 8);
        let mut found = Vec::new();
        compare_list(
            &list,
            sequences,
            &Families::new(40, 10),
            |_, _| true,
            |a, b| {
                found.push((a, b));
                true
            },
        );
        assert_eq!(found, [(38, 39)]);
    }
}
