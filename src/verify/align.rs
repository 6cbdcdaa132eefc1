//! Where two token sequences say the same: matched blocks, coverage, the longest run, the word edit distance.
//!
//! Blocks are laid by greedy string tiling: the longest run that both sequences still have free becomes a block (ties: the
//! earliest in the first, then in the second sequence), until no run of two tokens is left. Unlike a longest common
//! subsequence it finds a clause that moved. Wise 1993, *String similarity via greedy string tiling*.
//!
//! Cost: `O(|a| · |b|)` a block. Above four million cells the blocks come from the suffix-free order of a patience diff, which
//! is near-linear and misses what moved.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::ids::Similarity;

/// The least block, in tokens.
const LEAST_BLOCK: usize = 2;
/// The largest table of greedy tiling, in cells.
const LARGEST_TABLE: usize = 4_000_000;

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
    let mut alignment =
        if a.len() * b.len() <= LARGEST_TABLE { tile(a, b) } else { follow_diff(a, b) };
    if alignment.longest_run == 0 && a.iter().any(|token| b.contains(token)) {
        alignment.longest_run = 1;
    }
    alignment.blocks.sort_unstable();
    alignment
}

/// Greedy string tiling.
fn tile(a: &[u32], b: &[u32]) -> Alignment {
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let mut alignment = Alignment::default();
    while let Some(block) = longest_free_run((a, &free_a), (b, &free_b)) {
        alignment.longest_run = alignment.longest_run.max(block.length);
        free_a[block.start_a..block.start_a + block.length].fill(false);
        free_b[block.start_b..block.start_b + block.length].fill(false);
        alignment.blocks.push(block);
    }
    alignment
}

/// The longest common run of free tokens, of at least [`LEAST_BLOCK`].
fn longest_free_run(a: (&[u32], &[bool]), b: (&[u32], &[bool])) -> Option<Block> {
    let mut best: Option<Block> = None;
    let mut previous = vec![0; b.0.len() + 1];
    let mut current = vec![0; b.0.len() + 1];
    for (i, token) in a.0.iter().enumerate() {
        for (j, other) in b.0.iter().enumerate() {
            current[j + 1] = if token == other && a.1[i] && b.1[j] { previous[j] + 1 } else { 0 };
            let length = current[j + 1];
            if length >= LEAST_BLOCK && best.is_none_or(|best| length > best.length) {
                best = Some(Block { start_a: i + 1 - length, start_b: j + 1 - length, length });
            }
        }
        std::mem::swap(&mut previous, &mut current);
    }
    best
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

    /// Tokens inside blocks.
    pub fn matched_tokens(&self) -> usize {
        self.blocks.iter().map(|block| block.length).sum()
    }
}

/// 1 − Levenshtein distance over tokens / the longer length; 1 for two empty sequences.
///
/// ```
/// use twicetold::verify::word_edit;
/// assert_eq!(word_edit(&[1, 2, 3, 4], &[1, 2, 4]).to_string(), "0.7500");
/// ```
pub fn word_edit(a: &[u32], b: &[u32]) -> Similarity {
    let longer = a.len().max(b.len());
    if longer == 0 {
        return Similarity::ONE;
    }
    let distance = rapidfuzz::distance::levenshtein::distance(a.iter(), b.iter());
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

    proptest! {
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
