//! Short sentences that stand whole in longer ones: a line of a list or a heading that lost its line break.
//!
//! A run of eight words is found by its fingerprints ([`runs`](super::runs)); a sentence of five to seven words has none, and one
//! that was glued between others resembles the whole too little for any sketch. So the sequences of short rows are hashed as they
//! are, and looked up at every place of every row. What is found is read off both sequences: a hash never decides. Nothing is
//! lost.
//!
//! Cost: three look-ups in a bitmap a token, and a pair for every place at which a short row stands.

use super::runs::{Sequences, WHOLE};
use crate::mix::high32;

/// Bits of the bitmap for each short row.
const BITS: usize = 16;
/// The most bits that are addressed by half of a hash.
const MOST_BITS: usize = 1 << 31;

/// Short rows, to be looked up in longer ones.
///
/// ```
/// use twicetold::candidates::runs::{RunShape, Sequences};
/// use twicetold::candidates::wholes::Wholes;
/// use twicetold::tables::RowTable;
/// let mut rows = RowTable::default();
/// rows.push(&[9, 1, 2, 3, 4, 5, 6]);
/// rows.push(&[1, 2, 3, 4, 5]);
/// let shape = RunShape { gram: 5, least: 8 };
/// let sequences = Sequences { rows: &rows, spaceless: &[], words: shape, bigrams: shape };
/// let wholes = Wholes::new(sequences, 0..2);
/// let mut held = Vec::new();
/// wholes.held_by(0, &mut Vec::new(), |short| held.push(short));
/// assert_eq!(held, [1]);
/// ```
#[derive(Debug)]
pub struct Wholes<'a> {
    sequences: Sequences<'a>,
    /// The hash and number of each short row, sorted.
    short: Vec<(u64, u32)>,
    filter: Filter,
    /// Every length of a short row, and [`power`] of it.
    lengths: Vec<(usize, u64)>,
}

impl<'a> Wholes<'a> {
    /// The short ones of these rows. Rows of as many words as make a run of their own, or more, are none.
    pub fn new(sequences: Sequences<'a>, rows: impl IntoIterator<Item = u32>) -> Self {
        let lengths = WHOLE..sequences.words.least;
        let hashed = |short: u32| {
            let tokens = sequences.rows.row(short as usize);
            let is_short = lengths.contains(&tokens.len()) && sequences.is_of_words(tokens);
            is_short.then(|| (tokens.iter().copied().fold(0, step), short))
        };
        let mut short: Vec<(u64, u32)> = rows.into_iter().filter_map(hashed).collect();
        short.sort_unstable();
        let filter = Filter::new(&short);
        let lengths = lengths.map(|length| (length, power(length))).collect();
        Self { sequences, short, filter, lengths }
    }

    /// Calls `each` with every short row that stands whole in a longer one, once for each of its places there. `sums` is room
    /// that serves one row after the other.
    pub fn held_by(&self, long: u32, sums: &mut Vec<u64>, mut each: impl FnMut(u32)) {
        let row = |row: u32| self.sequences.rows.row(row as usize);
        let tokens = row(long);
        sums.clear();
        sums.push(0);
        sums.extend(tokens.iter().scan(0, |sum, &token| {
            *sum = step(*sum, token);
            Some(*sum)
        }));
        for &(length, power) in self.lengths.iter().filter(|(length, _)| *length < tokens.len()) {
            for (start, window) in tokens.windows(length).enumerate() {
                let hash = sums[start + length].wrapping_sub(sums[start].wrapping_mul(power));
                if self.filter.may_hold(hash) {
                    let from = self.short.partition_point(|&(other, _)| other < hash);
                    let alike = self.short[from..].iter().take_while(|&&(other, _)| other == hash);
                    alike
                        .filter(|&&(_, short)| row(short) == window)
                        .for_each(|&(_, short)| each(short));
                }
            }
        }
    }
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A sequence's hash, token by token: a polynomial, so that of a part of a sequence it is a difference.
fn step(sum: u64, token: u32) -> u64 {
    sum.wrapping_mul(BASE).wrapping_add(u64::from(token) + 1)
}

/// What the hash of what stands before is multiplied by, so many tokens on.
fn power(length: usize) -> u64 {
    (0..length).fold(1, |power: u64, _| power.wrapping_mul(BASE))
}

/// Refuses nearly all hashes that are not sought, by one bit in cache.
#[derive(Debug)]
struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

impl Filter {
    fn new(short: &[(u64, u32)]) -> Self {
        let size = (short.len() * BITS).clamp(64, MOST_BITS).next_power_of_two();
        let mut filter = Self { bits: vec![0; size / 64], shift: u32::BITS - size.ilog2() };
        for &(hash, _) in short {
            let at = filter.place(hash);
            filter.bits[at / 64] |= 1 << (at % 64);
        }
        filter
    }

    fn may_hold(&self, hash: u64) -> bool {
        let at = self.place(hash);
        self.bits[at / 64] >> (at % 64) & 1 == 1
    }

    fn place(&self, hash: u64) -> usize {
        (high32(hash.wrapping_mul(BASE)) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::candidates::runs::RunShape;
    use crate::tables::RowTable;

    fn sequences<'a>(rows: &'a RowTable, spaceless: &'a [bool]) -> Sequences<'a> {
        let shape = RunShape { gram: 5, least: 8 };
        Sequences { rows, spaceless, words: shape, bigrams: shape }
    }

    proptest! {
        #[test]
        fn every_short_row_is_found_wherever_it_stands(
            texts in prop::collection::vec(prop::collection::vec(0..3_u32, 0..12), 0..40),
            spaceless in prop::collection::vec(prop::bool::weighted(0.1), 3),
        ) {
            let texts: BTreeSet<Vec<u32>> = texts.into_iter().collect();
            let texts: Vec<Vec<u32>> = texts.into_iter().collect();
            let mut rows = RowTable::default();
            for text in &texts {
                rows.push(text);
            }
            let participants: Vec<u32> = (0..).take(texts.len()).collect();
            let mut expected = Vec::new();
            for (a, short) in (0..).zip(&texts) {
                for (b, long) in (0..).zip(&texts) {
                    let is_short = (5..8).contains(&short.len()) && a % 5 != 0;
                    let of_words = short.iter().all(|&token| !spaceless[token as usize]);
                    let stands = short.len() < long.len() && long.windows(short.len().max(1)).any(|at| at == short);
                    if is_short && of_words && stands {
                        expected.push((a.min(b), a.max(b)));
                    }
                }
            }
            expected.sort_unstable();
            let sequences = sequences(&rows, &spaceless);
            let sought = participants.iter().copied().filter(|row| row % 5 != 0);
            let wholes = Wholes::new(sequences, sought);
            let mut found = Vec::new();
            for &long in &participants {
                wholes.held_by(long, &mut Vec::new(), |short| found.push((short.min(long), short.max(long))));
            }
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
