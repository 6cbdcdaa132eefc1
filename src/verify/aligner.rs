//! Pair after pair aligned without allocation: sequences of up to 64 tokens as the bits of a word.
//!
//! For each token of one sequence a mask says where the other, the *pattern*, has it. Where common runs begin is then two
//! shifts of neighbouring masks, what tiling has taken is a mask of each sequence, and the edit distance takes a dozen
//! operations a token. A pattern is learned once for all that stand beside it one after the other. Results are those of
//! [`align`] and [`word_edit`], to which longer sequences go.
//!
//! Hyyrö 2003, *A bit-vector algorithm for computing Levenshtein and Damerau edit distances*.

use std::collections::BinaryHeap;

use super::align::{Alignment, Block, LEAST_BLOCK, align, share_kept, word_edit};
use crate::ids::Similarity;

/// The most tokens of a sequence.
const MOST: usize = 64;
/// Places of the table of tokens, the half of which stay empty.
const SLOTS: usize = 2 * MOST;

/// Aligns sequences, keeping its memory.
///
/// ```
/// use twicetold::verify::{Aligner, align, word_edit};
/// let mut aligner = Aligner::default();
/// let (a, b) = ([1, 2, 3, 7, 8], [7, 8, 9, 1, 2, 3]);
/// assert_eq!(aligner.align(&a, &b), &align(&a, &b));
/// assert_eq!(aligner.word_edit(&a, &b), word_edit(&a, &b));
/// ```
#[derive(Debug)]
pub struct Aligner {
    pattern: Vec<u32>,
    text: Vec<u32>,
    tokens: [u32; SLOTS],
    /// Where the pattern has each token; 0 where a slot is empty.
    places: [u64; SLOTS],
    /// The same for each token of the text.
    matches: Vec<u64>,
    waiting: BinaryHeap<Waiting>,
    alignment: Alignment,
}

impl Default for Aligner {
    fn default() -> Self {
        Self {
            pattern: Vec::new(),
            text: Vec::new(),
            tokens: [0; SLOTS],
            places: [0; SLOTS],
            matches: Vec::new(),
            waiting: BinaryHeap::new(),
            alignment: Alignment::default(),
        }
    }
}

impl Aligner {
    /// What [`align`] gives.
    pub fn align(&mut self, a: &[u32], b: &[u32]) -> &Alignment {
        if self.meet(a, b) {
            self.tile((a.len(), a) <= (b.len(), b));
        } else {
            self.alignment = align(a, b);
        }
        &self.alignment
    }

    /// What [`word_edit`] gives.
    pub fn word_edit(&mut self, a: &[u32], b: &[u32]) -> Similarity {
        if self.meet(a, b) {
            share_kept(distance(a.len(), &self.matches), a.len().max(b.len()))
        } else {
            word_edit(a, b)
        }
    }

    /// Learns the first as the pattern and matches the second with it; `false` for sequences that are too long.
    fn meet(&mut self, a: &[u32], b: &[u32]) -> bool {
        if a.len().max(b.len()) > MOST {
            return false;
        }
        let is_known = self.pattern == a;
        if !is_known {
            self.learn(a);
        }
        if !is_known || self.text != b {
            self.text.clear();
            self.text.extend_from_slice(b);
            self.matches.clear();
            let (tokens, places) = (&self.tokens, &self.places);
            self.matches.extend(b.iter().map(|&token| places[slot(tokens, places, token)]));
        }
        true
    }

    fn learn(&mut self, pattern: &[u32]) {
        self.pattern.clear();
        self.pattern.extend_from_slice(pattern);
        self.places.fill(0);
        for (place, &token) in pattern.iter().enumerate() {
            let slot = slot(&self.tokens, &self.places, token);
            self.tokens[slot] = token;
            self.places[slot] |= 1 << place;
        }
    }

    /// Greedy string tiling. Of runs of one length the order depends on the shorter sequence.
    fn tile(&mut self, pattern_is_shorter: bool) {
        self.wait_for_runs(pattern_is_shorter);
        let (mut free_a, mut free_b) = (u64::MAX, u64::MAX);
        self.alignment.blocks.clear();
        self.alignment.longest_run = usize::from(self.matches.iter().any(|&places| places != 0));
        while let Some(run) = self.waiting.pop() {
            let (length, start_a, start_b) = run.place(pattern_is_shorter);
            let mut free = free_a >> start_a & free_b >> start_b & ones(length);
            if free == ones(length) {
                free_a &= !(free << start_a);
                free_b &= !(free << start_b);
                self.lay(length, (start_a, start_b));
                continue;
            }
            while free != 0 {
                let from = free.trailing_zeros();
                let length = (free >> from).trailing_ones();
                self.wait(length, (start_a + from, start_b + from), pattern_is_shorter);
                free &= !(ones(length) << from);
            }
        }
        self.alignment.blocks.sort_unstable();
    }

    fn lay(&mut self, length: u32, (start_a, start_b): (u32, u32)) {
        let [length, start_a, start_b] = [length, start_a, start_b].map(|number| number as usize);
        self.alignment.longest_run = self.alignment.longest_run.max(length);
        self.alignment.blocks.push(Block { start_a, start_b, length });
    }

    /// Every common run of at least [`LEAST_BLOCK`] tokens that goes on at neither end.
    fn wait_for_runs(&mut self, pattern_is_shorter: bool) {
        self.waiting.clear();
        let mut before = 0;
        for at in 0..self.matches.len() {
            let here = self.matches[at];
            let after = self.matches.get(at + 1).copied().unwrap_or(0);
            let mut starts = here & !(before << 1) & after >> 1;
            while starts != 0 {
                let start_a = starts.trailing_zeros();
                let length = run_length(start_a, &self.matches[at..]);
                let start_b = u32::try_from(at).unwrap_or(u32::MAX);
                self.wait(length, (start_a, start_b), pattern_is_shorter);
                starts &= starts - 1;
            }
            before = here;
        }
    }

    fn wait(&mut self, length: u32, starts: (u32, u32), pattern_is_shorter: bool) {
        if length as usize >= LEAST_BLOCK {
            self.waiting.push(Waiting::new(length, starts, pattern_is_shorter));
        }
    }
}

/// The length of the run that begins at a place of the pattern and with the first of these tokens.
fn run_length(start: u32, matches: &[u64]) -> u32 {
    let mut length = 0;
    for places in matches {
        if start + length >= u64::BITS || places >> (start + length) & 1 == 0 {
            break;
        }
        length += 1;
    }
    length
}

/// The slot of a token, or the empty one that it would have.
fn slot(tokens: &[u32; SLOTS], places: &[u64; SLOTS], token: u32) -> usize {
    let [.., highest] = token.wrapping_mul(0x9e37_79b1).to_le_bytes();
    let mut at = usize::from(highest >> 1);
    while places[at] != 0 && tokens[at] != token {
        at = (at + 1) % SLOTS;
    }
    at
}

/// So many bits, from the lowest on; at least one.
const fn ones(bits: u32) -> u64 {
    u64::MAX >> (u64::BITS - bits)
}

/// A run that waits to be laid, in the order in which runs are: the longest first, then that of the least sum of both starts,
/// of the least difference, and the earliest in the shorter sequence.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Waiting(u32);

/// The last place of a sequence.
const LAST: u32 = u64::BITS - 1;

impl Waiting {
    /// A length takes 7 bits as a sum does, a place and a difference of places take 6.
    const fn new(length: u32, (start_a, start_b): (u32, u32), pattern_is_shorter: bool) -> Self {
        let (shorter, longer) =
            if pattern_is_shorter { (start_a, start_b) } else { (start_b, start_a) };
        let (sum, difference) = (2 * LAST - start_a - start_b, LAST - start_a.abs_diff(start_b));
        Self(length << 25 | sum << 18 | difference << 12 | (LAST - shorter) << 6 | longer)
    }

    /// Its length, and its starts in the pattern and in the text.
    const fn place(self, pattern_is_shorter: bool) -> (u32, u32, u32) {
        let (shorter, longer) = (LAST - (self.0 >> 6 & LAST), self.0 & LAST);
        if pattern_is_shorter {
            (self.0 >> 25, shorter, longer)
        } else {
            (self.0 >> 25, longer, shorter)
        }
    }
}

/// The Levenshtein distance of a pattern of so many tokens and a text, of which each token tells where the pattern has it.
fn distance(pattern: usize, matches: &[u64]) -> usize {
    let Some(last) = pattern.checked_sub(1) else { return matches.len() };
    let (mut more, mut less) = (u64::MAX, 0);
    let mut distance = pattern;
    for &places in matches {
        let same = ((places & more).wrapping_add(more) ^ more) | places | less;
        let (rises, falls) = (less | !(same | more), same & more);
        distance += usize::from(rises >> last & 1 == 1);
        distance -= usize::from(falls >> last & 1 == 1);
        let rises = rises << 1 | 1;
        more = falls << 1 | !(same | rises);
        less = rises & same;
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    proptest! {
        #[test]
        fn a_pair_is_aligned_as_without_masks(
            pairs in vec((vec(0_u32..9, 0..70), vec(0_u32..9, 0..70)), 1..4), alphabet in 1_u32..9,
        ) {
            let mut aligner = Aligner::default();
            for (mut a, mut b) in pairs {
                a.iter_mut().chain(&mut b).for_each(|token| *token %= alphabet);
                for (a, b) in [(&a, &b), (&a, &a), (&b, &a)] {
                    prop_assert_eq!(aligner.align(a, b), &align(a, b));
                    prop_assert_eq!(aligner.word_edit(a, b), word_edit(a, b));
                }
            }
        }

        #[test]
        fn whatever_the_tokens(a in vec(any::<u32>(), 0..65), b in vec(any::<u32>(), 0..65), at in 0_usize..65) {
            let mixed: Vec<u32> = a.iter().take(at).chain(&b).copied().take(MOST).collect();
            let mut aligner = Aligner::default();
            prop_assert_eq!(aligner.align(&a, &mixed), &align(&a, &mixed));
            prop_assert_eq!(aligner.word_edit(&mixed, &b), word_edit(&mixed, &b));
        }
    }
}
