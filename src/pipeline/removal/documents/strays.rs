//! Facts of short sentences and lines of tables that two texts do not share.
//!
//! No similarity tells that "Score: 3-1." stands for "Score: 2-1.", so those of each text are taken together: the two must give
//! the same numbers, deny as often and name the same. Of two that are *near* a figure that only one of them gives counts too, for the
//! other would lose it; of others it counts only where both have such sentences, since the longer one says more anyway. Two
//! that share a word are compared by themselves too, for names that a first word hides.
//!
//! Cost: linear in those sentences, and a comparison for each pair that shares a word, up to a bound.

use super::akin;
use super::verdict::{MOST_LOOKED_THROUGH, facts};
use crate::config::Numbers;
use crate::pipeline::removal::judge::Bench;
use crate::verify::facts::numbers_differ;
use crate::verify::{Flag, Flags, Relation};

/// What differs between the stray sentences among those that only `a` and only `b` have.
pub(super) fn differences(bench: &Bench<'_>, a: &[u32], b: &[u32], relation: Relation) -> Flags {
    let strays = |rows: &[u32]| -> Vec<u32> {
        rows.iter().copied().filter(|&row| bench.is_stray(row)).collect()
    };
    let (a, b) = (strays(a), strays(b));
    let is_one_sided = a.is_empty() || b.is_empty();
    if a.is_empty() && b.is_empty() || is_one_sided && relation != Relation::Near {
        return Flags::default();
    }
    let words = |row: u32| bench.comparison.different_words(row);
    let Some(pairs) = akin::meetings(&a, &b, words, MOST_LOOKED_THROUGH) else { return facts() };
    let flags = pairs.into_iter().map(|(a, b)| facts_of(bench.pair_flags((a.min(b), a.max(b)))));
    let (a, b) = (Told::new(bench, &a), Told::new(bench, &b));
    let is_asked = bench.comparison.config.numbers != Numbers::Ignore;
    flags
        .fold(Flags::default(), Flags::union)
        .with_if(is_asked && numbers_differ(&a.numbers, &b.numbers), Flag::NumbersDiffer)
        .with_if(a.negations != b.negations, Flag::NegationDiffers)
        .with_if(a.names != b.names, Flag::NamesDiffer)
}

/// The flags that say that a fact differs.
fn facts_of(flags: Flags) -> Flags {
    let facts = [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer];
    facts.into_iter().fold(Flags::default(), |some, flag| some.with_if(flags.has(flag), flag))
}

/// What sentences tell together.
struct Told {
    numbers: Vec<crate::verify::facts::Number>,
    negations: u32,
    names: std::collections::BTreeSet<String>,
}

impl Told {
    fn new(bench: &Bench<'_>, rows: &[u32]) -> Self {
        let facts = || rows.iter().map(|&row| bench.facts(row));
        let mut numbers: Vec<_> = facts().flat_map(|it| it.numbers.iter().cloned()).collect();
        numbers.sort();
        Self {
            numbers,
            negations: facts().map(|it| it.negations).sum(),
            names: facts().flat_map(|it| it.names.iter().cloned()).collect(),
        }
    }
}
