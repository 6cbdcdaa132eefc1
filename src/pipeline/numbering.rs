//! Items of every key, numbered from the rarest to the commonest (ties by hash), so that a sorted row begins with its rarest
//! item, which the prefix join needs. Numbers depend on the keys alone, never on threads.
//!
//! Each thread numbers the items of its keys as it meets them and counts in how many rows each stands; that takes the one
//! look-up in a table that an item of a row costs. Ranks are known when all are counted, and then a look-up in a list of
//! numbers turns one into the other.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use rayon::prelude::*;

use crate::tables::{RowTable, StringTable};

/// Parts of the keys that a thread numbers, so that threads end together.
const PARTS: usize = 4;
/// A part has at least so many keys.
const LEAST: usize = 4_096;

/// A hasher for keys that are hashes, or ids whose bits still want spreading.
#[derive(Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _bytes: &[u8]) {}
    fn write_u64(&mut self, id: u64) {
        // The table takes its groups from the top seven bits and its places from the lowest.
        let product = id.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
}

/// A map from hashes, ids or numbers.
pub(crate) type NumberTable<K> = HashMap<K, u32, BuildHasherDefault<Spread>>;

/// What a row keeps of its items.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Keep {
    /// All of them, in the order of the key.
    Sequence,
    /// Each once, ascending.
    Set,
}

/// Items by rank, and the rows of their ranks.
pub(crate) struct Numbered {
    /// By rank: in how many rows an item stands, and its hash.
    pub(crate) by_rank: Vec<(u32, u64)>,
    /// The rank of each item, by hash.
    pub(crate) numbers: NumberTable<u64>,
    /// A row for each key.
    pub(crate) rows: RowTable,
}

/// Numbers the items that `items` leaves in its buffer for a key. Cost: one look-up an item.
pub(crate) fn number(
    keys: &StringTable,
    items: impl Fn(&str, &mut Vec<u64>) + Sync,
    keep: Keep,
) -> Numbered {
    let length = keys.len().div_ceil(rayon::current_num_threads() * PARTS).max(LEAST);
    let starts: Vec<usize> = (0..keys.len()).step_by(length).collect();
    let part =
        |start: usize| Part::new(keys, start..(start + length).min(keys.len()), &items, keep);
    let mut parts: Vec<Part> = starts.into_par_iter().map(part).collect();
    let mut by_rank = united(&parts);
    by_rank.par_sort_unstable();
    let mut numbers = NumberTable::default();
    numbers.reserve(by_rank.len());
    numbers.extend(by_rank.iter().zip(0_u32..).map(|(&(_, hash), rank)| (hash, rank)));
    parts.par_iter_mut().for_each(|part| part.renumber(&numbers, keep));
    let rows = parts.into_iter().map(|part| part.rows).collect();
    Numbered { by_rank, numbers, rows: RowTable::concat(rows) }
}

/// An item of a part.
struct Item {
    hash: u64,
    /// In how many rows it stands.
    rows: u32,
    /// The last of them, from 1, in which it counts once.
    last: u32,
}

/// The rows of some keys, in numbers of their own.
struct Part {
    items: Vec<Item>,
    rows: RowTable,
}

impl Part {
    fn new(
        keys: &StringTable,
        range: Range<usize>,
        items: &impl Fn(&str, &mut Vec<u64>),
        keep: Keep,
    ) -> Self {
        let mut numbers = NumberTable::default();
        let mut part = Self { items: Vec::new(), rows: RowTable::default() };
        let (mut hashes, mut row) = (Vec::new(), Vec::new());
        for (key, at) in range.zip(1_u32..) {
            items(keys.get(key), &mut hashes);
            row.clear();
            for &hash in &hashes {
                let number = part.number(hash, &mut numbers);
                let item = &mut part.items[number as usize];
                let is_first = item.last != at;
                item.rows += u32::from(is_first);
                item.last = at;
                if is_first || keep == Keep::Sequence {
                    row.push(number);
                }
            }
            part.rows.push(&row);
        }
        part
    }

    fn number(&mut self, hash: u64, numbers: &mut NumberTable<u64>) -> u32 {
        *numbers.entry(hash).or_insert_with(|| {
            self.items.push(Item { hash, rows: 0, last: 0 });
            u32::try_from(self.items.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Puts ranks in the place of its own numbers.
    fn renumber(&mut self, numbers: &NumberTable<u64>, keep: Keep) {
        let rank = |item: &Item| numbers.get(&item.hash).copied().unwrap_or(u32::MAX);
        let ranks: Vec<u32> = self.items.iter().map(rank).collect();
        self.rows.each_row_mut(|row| {
            for item in &mut *row {
                *item = ranks[*item as usize];
            }
            if keep == Keep::Set {
                row.sort_unstable();
            }
        });
    }
}

/// In how many rows of all parts each item stands, and its hash, in any order.
fn united(parts: &[Part]) -> Vec<(u32, u64)> {
    let mut sums = NumberTable::default();
    for item in parts.iter().flat_map(|part| &part.items) {
        *sums.entry(item.hash).or_insert(0) += item.rows;
    }
    sums.into_iter().map(|(hash, rows)| (rows, hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::mix64;
    use crate::shingle::token_hashes;
    use std::collections::{BTreeMap, BTreeSet};

    /// More keys than a part has, of words that repeat within a key and between keys.
    fn keys() -> StringTable {
        let mut keys = StringTable::default();
        for key in 0..3 * LEAST as u64 + 5 {
            let words: Vec<String> =
                (0..7).map(|at| format!("w{}", mix64(key * 7 + at) % (1 << (2 * at)))).collect();
            keys.push(&words.join(" "));
        }
        keys
    }

    fn hashes(key: &str) -> Vec<u64> {
        let mut hashes = Vec::new();
        token_hashes(key, &mut hashes);
        hashes
    }

    #[test]
    fn numbers_and_rows_are_those_of_a_plain_count_on_any_number_of_threads() {
        let keys = keys();
        let mut counts = BTreeMap::<u64, u32>::new();
        for key in keys.iter() {
            for hash in hashes(key).into_iter().collect::<BTreeSet<u64>>() {
                *counts.entry(hash).or_default() += 1;
            }
        }
        let mut by_rank: Vec<(u32, u64)> =
            counts.into_iter().map(|(hash, rows)| (rows, hash)).collect();
        by_rank.sort_unstable();
        let rank: BTreeMap<u64, u32> =
            by_rank.iter().zip(0..).map(|(&(_, hash), rank)| (hash, rank)).collect();
        for (threads, keep) in
            [(1, Keep::Sequence), (2, Keep::Sequence), (1, Keep::Set), (3, Keep::Set)]
        {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let numbered = pool.install(|| number(&keys, token_hashes, keep));
            assert!(numbered.by_rank == by_rank);
            assert_eq!(numbered.numbers.len(), by_rank.len());
            for (row, key) in numbered.rows.rows().zip(keys.iter()) {
                let mut expected: Vec<u32> = hashes(key).iter().map(|hash| rank[hash]).collect();
                if keep == Keep::Set {
                    expected.sort_unstable();
                    expected.dedup();
                }
                assert_eq!(row, expected, "{keep:?} on {threads} threads");
            }
        }
    }
}
