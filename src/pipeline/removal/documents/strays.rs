//! Facts of sentences that two texts do not share, and that stand for none of the other text.
//!
//! No similarity tells that "Score: 3-1." stands for "Score: 2-1.", so short sentences and lines of tables are taken together: the two
//! texts must give the same numbers, deny as often and name the same. Of two that are *near* a fact that only one of them gives counts
//! too, in whatever sentence, for the other would lose it. Of others it counts only in short ones, and where both have such sentences,
//! since the longer one says more anyway. Two short ones that share a word are compared by themselves too, for names that a first word hides.
//! A first word is a name if it is one elsewhere in the texts.
//!
//! Cost: linear in those sentences, of near texts in all, and a comparison for each pair that shares a word, up to a bound.

use std::collections::BTreeSet;

use super::akin;
use super::verdict::{MOST_LOOKED_THROUGH, facts};
use crate::config::Numbers;
use crate::pipeline::removal::judge::Bench;
use crate::verify::facts::{Number, numbers_differ};
use crate::verify::{Flag, Flags, Relation};

/// Distinct sentences of two texts.
pub(super) struct Texts<'a> {
    /// Those that only one of them has.
    pub(super) apart: [&'a [u32]; 2],
    /// Those of them that are nearly equal to one of the other text, ascending.
    pub(super) matched: &'a [u32],
    /// All.
    pub(super) rows: [&'a [u32]; 2],
}

/// What differs between the sentences that stand for none of the other text.
pub(super) fn differences(bench: &Bench<'_>, texts: &Texts<'_>, relation: Relation) -> Flags {
    let is_near = relation == Relation::Near;
    let [a, b] = texts.apart.map(|rows| -> Vec<u32> {
        rows.iter().copied().filter(|&row| bench.is_stray(row)).collect()
    });
    if !is_near && (a.is_empty() || b.is_empty()) {
        return Flags::default();
    }
    // What they tell together mostly tells them apart, and costs no comparison of two.
    let told = if is_near {
        told_of_lone(bench, texts)
    } else {
        Told::new(bench, &a).differences(bench, &Told::new(bench, &b))
    };
    if !(bench.removable.link)(relation, told) {
        return told;
    }
    let words = |row: u32| bench.comparison.different_words(row);
    let Some(pairs) = akin::meetings(&a, &b, words, MOST_LOOKED_THROUGH) else { return facts() };
    let flags = pairs.into_iter().map(|(a, b)| facts_of(bench.pair_flags((a.min(b), a.max(b)))));
    flags.fold(told, Flags::union)
}

/// What differs between all that stands for nothing in the other of two near texts.
fn told_of_lone(bench: &Bench<'_>, texts: &Texts<'_>) -> Flags {
    let is_lone = |&row: &u32| {
        bench.is_stray(row) || bench.is_said(row) && texts.matched.binary_search(&row).is_err()
    };
    let [a, b] = texts
        .apart
        .map(|rows| -> Vec<u32> { rows.iter().copied().filter(|row| is_lone(row)).collect() });
    if a.is_empty() && b.is_empty() {
        return Flags::default();
    }
    let [mut told_a, mut told_b] = [&a, &b].map(|rows| Told::new(bench, rows));
    let all = texts.rows.iter().copied().flatten();
    let names: BTreeSet<&str> = all.flat_map(|&row| names_of(bench, row)).collect();
    told_a.add_names(bench, &a, &names);
    told_b.add_names(bench, &b, &names);
    told_a.differences(bench, &told_b)
}

/// The flags that say that a fact differs.
fn facts_of(flags: Flags) -> Flags {
    let facts = [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer];
    facts.into_iter().fold(Flags::default(), |some, flag| some.with_if(flags.has(flag), flag))
}

/// The names of a sentence, and of a headline what might be some.
fn names_of<'a>(bench: &'a Bench<'_>, row: u32) -> impl Iterator<Item = &'a str> {
    let facts = bench.facts(row);
    facts.names.iter().chain(facts.possible_names()).map(String::as_str)
}

/// What sentences tell together.
struct Told {
    numbers: Vec<Number>,
    negations: u32,
    names: BTreeSet<String>,
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

    /// Adds what might be names: of a headline, and first words that are `known` as such.
    fn add_names(&mut self, bench: &Bench<'_>, rows: &[u32], known: &BTreeSet<&str>) {
        for &row in rows {
            let facts = bench.facts(row);
            self.names.extend(facts.possible_names().iter().cloned());
            let first = facts.first_word().filter(|first| known.contains(first));
            self.names.extend(first.map(str::to_owned));
        }
    }

    fn differences(&self, bench: &Bench<'_>, other: &Self) -> Flags {
        let is_asked = bench.comparison.config.numbers != Numbers::Ignore;
        Flags::default()
            .with_if(is_asked && numbers_differ(&self.numbers, &other.numbers), Flag::NumbersDiffer)
            .with_if(self.negations != other.negations, Flag::NegationDiffers)
            .with_if(self.names != other.names, Flag::NamesDiffer)
    }
}
