//! Ids that the input gives, made unique over the whole corpus.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_128;

/// The ids given so far, by 128-bit hash. Two ids with one hash would only be told apart by a number for no need.
#[derive(Debug, Default)]
pub(super) struct GivenIds(HashMap<u128, Given>);

#[derive(Clone, Copy, Debug, Default)]
struct Given {
    /// How often the input gave it.
    times: u64,
    /// The last number that told copies of it apart.
    number: u64,
}

impl GivenIds {
    /// Makes an id unique by a number, `x#2`, if it was given before; says how often it was given by now.
    pub(super) fn admit(&mut self, id: &mut String) -> u64 {
        let hash = xxh3_128(id.as_bytes());
        let mut given = self.0.get(&hash).copied().unwrap_or_default();
        given.times += 1;
        given.number += 1;
        if given.number > 1 {
            while self.is_taken(&format!("{id}#{}", given.number)) {
                given.number += 1;
            }
            *id = format!("{id}#{}", given.number);
            self.0.insert(xxh3_128(id.as_bytes()), Given { times: 1, number: 1 });
        }
        self.0.insert(hash, given);
        given.times
    }

    fn is_taken(&self, id: &str) -> bool {
        self.0.contains_key(&xxh3_128(id.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn admitted(ids: &[&str]) -> Vec<String> {
        let mut given = GivenIds::default();
        ids.iter()
            .map(|&id| {
                let mut id = id.to_owned();
                given.admit(&mut id);
                id
            })
            .collect()
    }

    #[test]
    fn copies_are_numbered_past_names_that_are_taken() {
        assert_eq!(admitted(&["x", "x", "y", "x"]), ["x", "x#2", "y", "x#3"]);
        assert_eq!(admitted(&["x#2", "x", "x", "x#3", "x"]), ["x#2", "x", "x#3", "x#3#2", "x#4"]);
    }

    #[test]
    fn how_often_an_id_was_given_is_known() {
        let mut given = GivenIds::default();
        let times: Vec<_> = (0..3).map(|_| given.admit(&mut "x".to_owned())).collect();
        assert_eq!(times, [1, 2, 3]);
    }

    proptest! {
        #[test]
        fn ids_are_unique_whatever_is_given(ids in proptest::collection::vec("x(#[23]){0,2}", 0..20)) {
            let ids: Vec<_> = ids.iter().map(String::as_str).collect();
            let unique: BTreeSet<_> = admitted(&ids).into_iter().collect();
            prop_assert_eq!(unique.len(), ids.len());
        }
    }
}
