//! Where two token sequences say the same: matched blocks, coverage, the longest run, the word edit distance.
//!
//! Blocks are laid by greedy string tiling: the longest run that both sequences still have free becomes a block, until no run
//! of two tokens is left. Of runs of one length the earliest is laid first (the least sum of both starts, then the least
//! difference, then the earliest in the shorter sequence), so that swapping the two changes nothing. Unlike a longest common
//! subsequence tiling finds a clause that moved. Wise 1993, *String similarity via greedy string tiling*.
//!
//! Cost: the runs are read off once, in the number of *matches* (places of the first × places of the second sequence that
//! hold the same token), and laid from the longest, each cut anew where an earlier block covers a part of it. Above four
//! million matches the blocks are those of a patience diff, which is near-linear and misses what moved. The edit distance
//! costs `|a| · |b| / 64`.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::ids::Similarity;

/// The least block, in tokens.
pub(super) const LEAST_BLOCK: usize = 2;
/// The most matches that greedy tiling takes.
const MOST_MATCHES: usize = 4_000_000;

/// A run of tokens that both sequences have.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Block {
    /// Its first token in the first sequence.
    pub start_a: usize,
    /// Its first token in the second sequence.
    pub start_b: usize,
    /// Its tokens.
    pub length: usize,
}

/// Two aligned sequences.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Alignment {
    /// The matched blocks of at least two tokens, in the order of the first sequence; they overlap in neither.
    pub blocks: Vec<Block>,
    /// The longest run of tokens that both have, in tokens (1 if single tokens are all they share).
    pub longest_run: usize,
}

/// Aligns two sequences.
///
/// ```
/// use twicetold::verify::align;
/// let alignment = align(&[1, 2, 3, 7, 8], &[7, 8, 9, 1, 2, 3]);
/// assert_eq!(alignment.longest_run, 3);
/// assert_eq!(alignment.blocks.len(), 2);
/// ```
pub fn align(a: &[u32], b: &[u32]) -> Alignment {
    if (b.len(), b) < (a.len(), a) {
        return mirrored(align(b, a));
    }
    let places = Places::of(b);
    let matches: usize = a.iter().map(|&token| places.of_token(token).len()).sum();
    let mut alignment =
        if matches <= MOST_MATCHES { tile(a, b, &places) } else { follow_diff(a, b) };
    if matches > 0 {
        alignment.longest_run = alignment.longest_run.max(1);
    }
    alignment.blocks.sort_unstable();
    alignment
}

/// The alignment of the second sequence with the first.
fn mirrored(mut alignment: Alignment) -> Alignment {
    for block in &mut alignment.blocks {
        std::mem::swap(&mut block.start_a, &mut block.start_b);
    }
    alignment.blocks.sort_unstable();
    alignment
}

/// Where each token stands in a sequence: `(token, position)`, sorted.
struct Places(Vec<(u32, usize)>);

impl Places {
    fn of(sequence: &[u32]) -> Self {
        let mut places: Vec<_> = sequence.iter().copied().zip(0..).collect();
        places.sort_unstable();
        Self(places)
    }

    fn of_token(&self, token: u32) -> &[(u32, usize)] {
        let from = self.0.partition_point(|&(other, _)| other < token);
        let rest = &self.0[from..];
        let length = rest.iter().take_while(|&&(other, _)| other == token).count();
        &rest[..length]
    }
}

/// A run that waits to be laid: its length, and its starts by the order in which runs of one length are laid.
type Waiting = (usize, Reverse<(usize, usize, usize, usize)>);

fn wait(length: usize, start_a: usize, start_b: usize) -> Waiting {
    (length, Reverse((start_a + start_b, start_a.abs_diff(start_b), start_a, start_b)))
}

/// Greedy string tiling.
fn tile(a: &[u32], b: &[u32], places: &Places) -> Alignment {
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let mut alignment = Alignment::default();
    let mut waiting = maximal_runs(a, b, places);
    while let Some((length, Reverse((_, _, start_a, start_b)))) = waiting.pop() {
        let free = |step: usize| free_a[start_a + step] && free_b[start_b + step];
        if (0..length).all(free) {
            alignment.longest_run = alignment.longest_run.max(length);
            free_a[start_a..start_a + length].fill(false);
            free_b[start_b..start_b + length].fill(false);
            alignment.blocks.push(Block { start_a, start_b, length });
        } else {
            free_stretches(length, free, |from, length| {
                waiting.push(wait(length, start_a + from, start_b + from));
            });
        }
    }
    alignment
}

/// Every common run of at least [`LEAST_BLOCK`] tokens that goes on at neither end.
fn maximal_runs(a: &[u32], b: &[u32], places: &Places) -> BinaryHeap<Waiting> {
    let mut runs = Vec::new();
    for (i, &token) in a.iter().enumerate() {
        for &(_, j) in places.of_token(token) {
            let goes_on_before = i > 0 && j > 0 && a[i - 1] == b[j - 1];
            let goes_on_after = a.get(i + 1).is_some_and(|next| b.get(j + 1) == Some(next));
            if !goes_on_before && goes_on_after {
                let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                runs.push(wait(length, i, j));
            }
        }
    }
    BinaryHeap::from(runs)
}

/// Calls `each` with the start and length of every maximal stretch of free steps of at least [`LEAST_BLOCK`].
fn free_stretches(length: usize, free: impl Fn(usize) -> bool, mut each: impl FnMut(usize, usize)) {
    let mut from = 0;
    for step in 0..=length {
        if step == length || !free(step) {
            if step - from >= LEAST_BLOCK {
                each(from, step - from);
            }
            from = step + 1;
        }
    }
}

/// The equal runs of a patience diff.
fn follow_diff(a: &[u32], b: &[u32]) -> Alignment {
    let mut alignment = Alignment::default();
    for operation in capture_diff_slices(Algorithm::Patience, a, b) {
        if let DiffOp::Equal { old_index, new_index, len } = operation {
            alignment.longest_run = alignment.longest_run.max(len);
            if len >= LEAST_BLOCK {
                alignment.blocks.push(Block {
                    start_a: old_index,
                    start_b: new_index,
                    length: len,
                });
            }
        }
    }
    alignment
}

impl Alignment {
    /// The shares of both sequences inside blocks, by the weight of their tokens.
    pub fn coverage(&self, a: &[u32], b: &[u32], weights: &[u32]) -> (Similarity, Similarity) {
        let weigh = |tokens: &[u32]| -> u64 {
            tokens
                .iter()
                .map(|&token| weights.get(token as usize).map_or(1, |&w| u64::from(w)))
                .sum()
        };
        let covered: u64 =
            self.blocks.iter().map(|k| weigh(&a[k.start_a..k.start_a + k.length])).sum();
        (Similarity::ratio(covered, weigh(a)), Similarity::ratio(covered, weigh(b)))
    }

    /// The coverage of the shorter sequence; of two of one length that of the better covered one, so that order says nothing.
    pub fn coverage_of_shorter(&self, a: &[u32], b: &[u32], weights: &[u32]) -> Similarity {
        of_shorter((a.len(), b.len()), self.coverage(a, b, weights))
    }
}

/// Of the coverages of two sequences of these lengths that of the shorter one; of two of one length the greater.
pub(crate) fn of_shorter(
    (a, b): (usize, usize),
    (of_a, of_b): (Similarity, Similarity),
) -> Similarity {
    match a.cmp(&b) {
        Ordering::Less => of_a,
        Ordering::Equal => of_a.max(of_b),
        Ordering::Greater => of_b,
    }
}

/// 1 − Levenshtein distance over tokens / the longer length; 1 for two empty sequences.
///
/// ```
/// use twicetold::verify::word_edit;
/// assert_eq!(word_edit(&[1, 2, 3, 4], &[1, 2, 4]).to_string(), "0.7500");
/// ```
pub fn word_edit(a: &[u32], b: &[u32]) -> Similarity {
    share_kept(rapidfuzz::distance::levenshtein::distance(a.iter(), b.iter()), a.len().max(b.len()))
}

/// 1 − a distance / the longer length.
pub(super) fn share_kept(distance: usize, longer: usize) -> Similarity {
    if longer == 0 {
        return Similarity::ONE;
    }
    Similarity::ratio((longer - distance.min(longer)) as u64, longer as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    #[test]
    fn a_moved_clause_is_a_block() {
        let alignment = align(&[1, 2, 3, 4, 5, 6], &[4, 5, 6, 1, 2, 3]);
        let block = |start_a, start_b| Block { start_a, start_b, length: 3 };
        assert_eq!(alignment.blocks, [block(0, 3), block(3, 0)]);
    }

    #[test]
    fn single_shared_words_are_no_block_but_a_run_of_one() {
        let alignment = align(&[1, 8, 2], &[1, 9, 2]);
        assert_eq!((alignment.blocks.len(), alignment.longest_run), (0, 1));
        assert_eq!(align(&[1], &[2]).longest_run, 0);
    }

    /// The tiling by its definition: every free run is looked at for every block.
    fn tiled_by_definition(a: &[u32], b: &[u32]) -> Vec<Block> {
        let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
        let mut blocks = Vec::new();
        loop {
            let starts = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
            let run = |(i, j): (usize, usize)| {
                let free = |k: &usize| free_a[i + k] && free_b[j + k] && a[i + k] == b[j + k];
                ((0..(a.len() - i).min(b.len() - j)).take_while(free).count(), i, j)
            };
            let order = |&(length, i, j): &(usize, usize, usize)| {
                (length, Reverse((i + j, i.abs_diff(j), i)))
            };
            let Some((length, start_a, start_b)) =
                starts.map(run).filter(|run| run.0 > 1).max_by_key(order)
            else {
                blocks.sort_unstable();
                return blocks;
            };
            free_a[start_a..start_a + length].fill(false);
            free_b[start_b..start_b + length].fill(false);
            blocks.push(Block { start_a, start_b, length });
        }
    }

    #[test]
    fn a_pair_of_long_documents_is_aligned_in_no_time() {
        let words = |seed| (0..20_000).map(move |at| crate::mix::draw(seed, at) % 3_000);
        let words = |seed| -> Vec<u32> { words(seed).map(|w| u32::try_from(w).unwrap()).collect() };
        let (a, mut b) = (words(1), words(2));
        b[5_000..9_000].copy_from_slice(&a[11_000..15_000]);
        let alignment = align(&a, &b);
        assert!(alignment.longest_run >= 4_000);
    }

    proptest! {
        #[test]
        fn tiling_is_what_its_definition_says(a in vec(0_u32..4, 0..24), b in vec(0_u32..4, 24..30)) {
            prop_assert_eq!(align(&a, &b).blocks, tiled_by_definition(&a, &b));
        }

        #[test]
        fn swapping_the_two_changes_nothing(a in vec(0_u32..4, 1..20), b in vec(0_u32..4, 1..20)) {
            let weights = [3, 1, 4, 1];
            let (there, back) = (align(&a, &b), align(&b, &a));
            prop_assert_eq!(&there, &mirrored(back.clone()));
            prop_assert_eq!(there.coverage_of_shorter(&a, &b, &weights), back.coverage_of_shorter(&b, &a, &weights));
        }

        #[test]
        fn blocks_are_equal_runs_that_never_overlap(a in vec(0_u32..6, 0..30), b in vec(0_u32..6, 0..30)) {
            let alignment = align(&a, &b);
            let mut used = (vec![0; a.len()], vec![0; b.len()]);
            for block in &alignment.blocks {
                for step in 0..block.length {
                    prop_assert_eq!(a[block.start_a + step], b[block.start_b + step]);
                    used.0[block.start_a + step] += 1;
                    used.1[block.start_b + step] += 1;
                }
            }
            prop_assert!(used.0.iter().chain(&used.1).all(|&times| times <= 1));
        }

        #[test]
        fn the_longest_run_is_the_longest_common_substring(a in vec(0_u32..4, 0..20), b in vec(0_u32..4, 0..20)) {
            let naive = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)))
                .map(|(i, j)| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count())
                .max().unwrap_or(0);
            prop_assert_eq!(align(&a, &b).longest_run, naive);
        }
    }
}
