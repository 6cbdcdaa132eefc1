//! Facts of sentences that two texts do not share, and that stand for none of the other text.
//!
//! No similarity tells that "Score: 3-1." stands for "Score: 2-1.", so short sentences and lines of tables are taken together: the two
//! texts must give the same numbers, deny as often and name the same, where both have such sentences. Two of them that share a word are
//! compared by themselves too, for names that a first word hides.
//!
//! Of two that are *near* every sentence counts, and who goes: what only the one that stays tells is not lost. So one may not go
//! if it gives a number, a negation or a name that the other does not. Where that holds of both, only what is stated counts: titles of
//! pages, menus, captions and buttons have no mark at their end, and differ wherever a text was taken from a page in two ways. A
//! first word is a name if it is one elsewhere in the texts.
//!
//! Cost: linear in those sentences, of near texts in all, and a comparison for each pair that shares a word, up to a bound.

use std::collections::BTreeSet;

use super::akin;
use super::compared::{Differences, MOST_LOOKED_THROUGH, facts};
use crate::config::Numbers;
use crate::pipeline::removal::judge::Bench;
use crate::verify::facts::{Number, misses_number, numbers_differ};
use crate::verify::{Flag, Flags, Relation};

/// Distinct sentences of two texts.
pub(super) struct Texts<'a> {
    /// Those that only one of them has.
    pub(super) apart: [&'a [u32]; 2],
    /// Those of them that are nearly equal to one of the other text, ascending.
    pub(super) matched: &'a [u32],
    /// All.
    pub(super) rows: [&'a [u32]; 2],
    /// By sentence: whether it is what a source repeats, which says nothing of the text.
    pub(super) is_furniture: &'a [bool],
}

/// What differs between the sentences that stand for none of the other text.
pub(super) fn differences(bench: &Bench<'_>, texts: &Texts<'_>, relation: Relation) -> Differences {
    let is_near = relation == Relation::Near;
    let lost = if is_near { lost(bench, texts) } else { [Flags::default(); 2] };
    let [a, b] = texts.apart.map(|rows| -> Vec<u32> {
        let is_asked = |&row: &u32| bench.is_stray(row) && !texts.is_furniture[row as usize];
        rows.iter().copied().filter(is_asked).collect()
    });
    if a.is_empty() || b.is_empty() {
        return Differences { both: Flags::default(), lost };
    }
    // What they tell together mostly tells them apart, and costs no comparison of two.
    let (told_a, told_b) = (Told::new(bench, &a), Told::new(bench, &b));
    let mut told = told_a.differences(bench, &told_b);
    if is_near {
        // What each gives that the other does not is known already; but what one denies the other may state.
        let denied = [&a, &b].map(|rows| -> u32 {
            let stated = rows.iter().filter(|&&row| bench.is_statement(row));
            stated.map(|&row| bench.facts(row).negations).sum()
        });
        told = Flags::default().with_if(denied[0] != denied[1], Flag::NegationDiffers);
    }
    let allows = |lost| (bench.removable.link)(relation, told.union(lost));
    if !lost.into_iter().any(allows) {
        return Differences { both: told, lost };
    }
    let words = |row: u32| bench.comparison.different_words(row);
    let Some(pairs) = akin::meetings(&a, &b, words, MOST_LOOKED_THROUGH) else {
        return Differences { both: facts(), lost };
    };
    let flags = pairs.into_iter().map(|(a, b)| facts_of(bench.pair_flags((a.min(b), a.max(b)))));
    Differences { both: flags.fold(told, Flags::union), lost }
}

/// What would be lost with each of two near texts: the facts that it gives in sentences that stand for nothing in the other, and the
/// other does not give in such. Where each has some, lines that are no statements do not count.
fn lost(bench: &Bench<'_>, texts: &Texts<'_>) -> [Flags; 2] {
    let is_lone = |&row: &u32| {
        let is_matched = texts.matched.binary_search(&row).is_ok();
        let counts = bench.is_stray(row) || bench.is_said(row) && !is_matched;
        counts && !texts.is_furniture[row as usize]
    };
    let [a, b] = texts
        .apart
        .map(|rows| -> Vec<u32> { rows.iter().copied().filter(|row| is_lone(row)).collect() });
    if a.is_empty() && b.is_empty() {
        return [Flags::default(); 2];
    }
    let [mut told_a, mut told_b] = [&a, &b].map(|rows| Told::new(bench, rows));
    let all = texts.rows.iter().copied().flatten();
    let names: BTreeSet<String> = all.flat_map(|&row| names_of(bench, row)).collect();
    told_a.add_names(bench, &a, &names);
    told_b.add_names(bench, &b, &names);
    let lost = [told_b.misses(bench, &told_a), told_a.misses(bench, &told_b)];
    let may_go = |&lost: &Flags| (bench.removable.link)(Relation::Near, lost);
    if lost.iter().any(may_go) {
        return lost;
    }
    // Each has something of its own: only statements count.
    let stated = |rows: &[u32]| {
        let rows: Vec<u32> = rows.iter().copied().filter(|&row| bench.is_statement(row)).collect();
        let mut told = Told::new(bench, &rows);
        told.add_names(bench, &rows, &names);
        told
    };
    [told_b.misses(bench, &stated(&a)), told_a.misses(bench, &stated(&b))]
}

/// The flags that say that a fact differs.
fn facts_of(flags: Flags) -> Flags {
    let facts = [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer];
    facts.into_iter().fold(Flags::default(), |some, flag| some.with_if(flags.has(flag), flag))
}

/// The names of a sentence, and of a headline what might be some.
fn names_of(bench: &Bench<'_>, row: u32) -> Vec<String> {
    let facts = bench.facts(row);
    facts.names.iter().chain(facts.possible_names()).cloned().collect()
}

/// What sentences tell together.
struct Told {
    numbers: Vec<Number>,
    negations: u32,
    names: BTreeSet<String>,
}

impl Told {
    fn new(bench: &Bench<'_>, rows: &[u32]) -> Self {
        let (mut numbers, mut negations, mut names) = (Vec::new(), 0, BTreeSet::new());
        for &row in rows {
            let facts = bench.facts(row);
            numbers.extend_from_slice(&facts.numbers);
            negations += facts.negations;
            names.extend(facts.names.iter().cloned());
        }
        numbers.sort();
        Self { numbers, negations, names }
    }

    /// Adds what might be names: of a headline, and first words that are `known` as such.
    fn add_names(&mut self, bench: &Bench<'_>, rows: &[u32], known: &BTreeSet<String>) {
        for &row in rows {
            let facts = bench.facts(row);
            self.names.extend(facts.possible_names().iter().cloned());
            let first = facts.first_word().filter(|&first| known.contains(first));
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

    /// What the other tells and this does not.
    fn misses(&self, bench: &Bench<'_>, other: &Self) -> Flags {
        let is_asked = bench.comparison.config.numbers != Numbers::Ignore;
        Flags::default()
            .with_if(is_asked && misses_number(&self.numbers, &other.numbers), Flag::NumbersDiffer)
            .with_if(self.negations < other.negations, Flag::NegationDiffers)
            .with_if(!other.names.is_subset(&self.names), Flag::NamesDiffer)
    }
}
