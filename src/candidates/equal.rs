//! Channel A: all copies of a key collapse to one distinct sentence before anything else runs.
//!
//! Keys are grouped by a 128-bit hash (XXH3-128) and then compared byte for byte, so a collision can never join two
//! sentences. Cost: a sort of 24 bytes a sentence; a million copies cost what each line costs.

use crate::ids::SentenceId;
use crate::tables::StringTable;

/// Where each distinct sentence occurs.
#[derive(Clone, Debug, Default)]
pub struct Collapse {
    /// For each distinct sentence its occurrences, in order: positions in the table of keys.
    occurrences: Vec<u32>,
    ends: Vec<usize>,
}

impl Collapse {
    /// The number of distinct sentences.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no sentence.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The occurrences of a distinct sentence, in the order of input; at least one.
    pub fn occurrences(&self, sentence: SentenceId) -> &[u32] {
        let index = sentence.index();
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.occurrences[start..self.ends[index]]
    }

    /// The first occurrence of a distinct sentence.
    pub fn first(&self, sentence: SentenceId) -> usize {
        self.occurrences(sentence)[0] as usize
    }
}

/// A key's hash and its occurrence, to be sorted.
pub type HashedKey = (u128, u32);

/// Collapses keys, given their hashes in any order of sorting by `(hash, occurrence)`; distinct sentences are numbered in the
/// order of their first occurrence. Occurrences without a key (empty) are left out by the caller.
///
/// ```
/// use twicetold::candidates::equal::collapse;
/// use twicetold::{ids::SentenceId, tables::StringTable};
/// let mut keys = StringTable::default();
/// for key in ["the gate is shut", "the gate is open", "the gate is shut"] {
///     keys.push(key);
/// }
/// // All hashes collide here, and still only equal keys are one sentence.
/// let collapse = collapse(&keys, &[(7, 0), (7, 1), (7, 2)]);
/// assert_eq!(collapse.len(), 2);
/// assert_eq!(collapse.occurrences(SentenceId::new(0)), [0, 2]);
/// ```
pub fn collapse(keys: &StringTable, sorted: &[HashedKey]) -> Collapse {
    let mut groups = Vec::new();
    for same_hash in sorted.chunk_by(|a, b| a.0 == b.0) {
        split_by_bytes(keys, same_hash, &mut groups);
    }
    groups.sort_unstable_by_key(|group| group.first);
    number(&groups)
}

struct Group {
    first: u32,
    members: Vec<u32>,
}

/// One hash is one key, unless two keys collide: then each key is a group of its own.
fn split_by_bytes(keys: &StringTable, same_hash: &[HashedKey], groups: &mut Vec<Group>) {
    let begin = groups.len();
    for &(_, occurrence) in same_hash {
        let key = keys.get(occurrence as usize);
        let found = groups[begin..].iter_mut().find(|group| keys.get(group.first as usize) == key);
        match found {
            Some(group) => group.members.push(occurrence),
            None => groups.push(Group { first: occurrence, members: Vec::new() }),
        }
    }
}

fn number(groups: &[Group]) -> Collapse {
    let mut collapse = Collapse::default();
    for group in groups {
        collapse.occurrences.push(group.first);
        collapse.occurrences.extend(&group.members);
        collapse.ends.push(collapse.occurrences.len());
    }
    collapse
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(keys: &[&str]) -> StringTable {
        let mut table = StringTable::default();
        for key in keys {
            table.push(key);
        }
        table
    }

    #[test]
    fn copies_become_one_sentence_in_the_order_of_first_occurrence() {
        let keys = table(&["b", "a", "b", "a", "c"]);
        let mut hashed: Vec<HashedKey> = (0..5)
            .map(|i| (xxhash_rust::xxh3::xxh3_128(keys.get(i as usize).as_bytes()), i))
            .collect();
        hashed.sort_unstable();
        let collapse = collapse(&keys, &hashed);
        assert_eq!(collapse.len(), 3);
        assert_eq!(collapse.occurrences(SentenceId::new(0)), [0, 2]);
        assert_eq!(collapse.occurrences(SentenceId::new(1)), [1, 3]);
        assert_eq!(collapse.occurrences(SentenceId::new(2)), [4]);
    }

    #[test]
    fn equal_hashes_of_different_keys_join_nothing() {
        let keys = table(&["one", "two", "one"]);
        let collapse = collapse(&keys, &[(7, 0), (7, 1), (7, 2)]);
        assert_eq!(collapse.len(), 2);
        assert_eq!(collapse.occurrences(SentenceId::new(0)), [0, 2]);
    }
}
