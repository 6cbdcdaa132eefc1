//! A sample of sentences, each compared with all, and whether the search had found what comes of it.
//!
//! What is linked by similarity (rule 2, of which alone the contract speaks) is found by brute force over bitmaps that lose
//! nothing. A pair counts once, for the sampled sentence that was drawn first. It was found if the search itself linked it;
//! that both of its sentences came into one cluster by way of a third does not count, for the contract speaks of pairs.
//! What is many is never multiplied out: a pair of which both sentences stand behind representatives was not meant to be met, and is
//! no part of the sample, and one that does is found if its representative is. How many of its sentences stand so is told.
//!
//! Cost: a comparison of bitmaps for each sampled sentence and each sentence, and a verification for each pair that passes.

use rayon::prelude::*;

use super::draw::{Purpose, drawn};
use super::measured::{Case, Measured};
use super::{Run, chance};
use crate::candidates::brute_force::Bounds;
use crate::cluster::{Link, components};
use crate::ids::{SentenceId, Similarity};
use crate::pipeline::search::{RawPair, ordered};

/// Sentences that are drawn.
const SENTENCES: usize = 2_000;

/// What a sample says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleCheck {
    /// Sentences that were compared with all.
    pub sentences: u64,
    /// Those of them that stand behind a representative of many, whose pairs among each other do not count.
    pub represented: u64,
    /// Their pairs from the threshold up.
    pub linked: Measured,
    /// Those from the contract point up.
    pub at_contract: Measured,
}

/// Draws sentences, compares them with all, and looks up what was found.
pub(super) fn sample(run: &Run<'_>) -> SampleCheck {
    let mut rows = drawn(run, Purpose::Sample, SENTENCES);
    let sentences = rows.len();
    let mut is_drawn = vec![false; run.comparison.rows()];
    for &row in &rows {
        is_drawn[row as usize] = true;
    }
    // The drawn come first: what is later than one of them is every partner that has not met it yet.
    rows.extend(run.participants.iter().filter(|&&row| !is_drawn[row as usize]));
    let bound = run.comparison.bound(&rows);
    let of_sentence = |position: usize| {
        let mut pairs = Vec::new();
        bound.survivors(position, position + 1..rows.len(), &mut |other| {
            pairs.extend(linked(run, rows[position], rows[other]));
        });
        pairs
    };
    let pairs: Vec<Vec<Link>> = (0..sentences).into_par_iter().map(of_sentence).collect();
    let cases = cases(run, &pairs.concat());
    let represented = rows[..sentences].iter().filter(|&&row| is_represented(run, row)).count();
    let at = run.comparison.config.contract().at;
    let from = |least: Similarity| -> Vec<Case> {
        cases.iter().filter(|case| case.similarity >= least).copied().collect()
    };
    SampleCheck {
        sentences: sentences as u64,
        represented: represented as u64,
        linked: Measured::of(&cases),
        at_contract: Measured::of(&from(at)),
    }
}

fn is_represented(run: &Run<'_>, row: u32) -> bool {
    run.found.families.hub(row).is_some()
}

/// The pair of a drawn sentence and another one, if it is linked by similarity.
fn linked(run: &Run<'_>, row: u32, other: u32) -> Option<Link> {
    if is_represented(run, row) && is_represented(run, other) {
        return None;
    }
    let (a, b) = ordered(row, other);
    let similarity = run.comparison.link_by_similarity(a, b)?;
    Some(Link { first: SentenceId::new(a), second: SentenceId::new(b), similarity })
}

/// Whether the search linked a pair, or the one sentence with the representative that the other stands behind.
fn is_found(run: &Run<'_>, (a, b): RawPair) -> bool {
    let head = |row| run.found.families.hub(row).unwrap_or(row);
    let linked = |pair| run.found.pairs.binary_search_by_key(&pair, |found| found.pair).is_ok();
    linked((a, b)) || linked(ordered(head(a), head(b)))
}

/// What became of the pairs, those of one kin behind each other: sentences that pairs of the sample join, directly or in a chain.
fn cases(run: &Run<'_>, pairs: &[Link]) -> Vec<Case> {
    let mut kin_of = vec![0; run.comparison.rows()];
    for (number, kin) in (0..).zip(components(pairs, |_| 1)) {
        for member in kin.members {
            kin_of[member.index()] = number;
        }
    }
    let case = |link: &Link| {
        let pair = (link.first.number(), link.second.number());
        let is_found = is_found(run, pair);
        let chance = chance(run, pair, link.similarity);
        Case { bundle: kin_of[link.first.index()], similarity: link.similarity, is_found, chance }
    };
    let mut cases: Vec<Case> = pairs.par_iter().map(case).collect();
    cases.sort_by_key(|case| case.bundle);
    cases
}
