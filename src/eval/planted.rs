//! Which planted pairs a report found: by similarity, by class of edit, and decoys and flags.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::share::{rounded, share};
use super::truth::DecoyKind;

/// What a report says of a planted pair.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) class: String,
    pub(super) decoy: Option<DecoyKind>,
    /// The similarity that the profile judges by.
    pub(super) similarity: f64,
    /// Whether both records are copies, in one cluster, or linked.
    pub(super) together: bool,
    /// The flags of their link, where it is among the pairs.
    pub(super) flags: Option<BTreeSet<String>>,
}

/// Planted duplicates of a band of similarity, and how many were found.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Band {
    /// The least similarity.
    pub from: f64,
    /// The similarity below which the band ends; the last band is 1 itself.
    pub to: f64,
    /// Planted pairs.
    pub pairs: u64,
    /// Those that were found.
    pub found: u64,
    /// Their share.
    pub recall: Option<f64>,
}

/// Planted duplicates of a class of edit, and how many were found.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ClassRecall {
    /// The class.
    pub class: String,
    /// Planted pairs.
    pub pairs: u64,
    /// Those that were found.
    pub found: u64,
    /// Their share.
    pub recall: Option<f64>,
    /// The median of their similarity.
    pub median_similarity: f64,
}

/// Decoys, which are no duplicates, and whether the report warns of them.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct DecoyOutcome {
    /// What was changed.
    pub decoy: &'static str,
    /// Planted decoys.
    pub pairs: u64,
    /// Those that stand with their original: as copies, in one cluster, or linked.
    pub together: u64,
    /// Those that are linked among the pairs, so that there is a place for a flag.
    pub linked: u64,
    /// Those whose link has the flag for what was changed.
    pub flagged: u64,
}

/// Flags on links of planted duplicates, whose facts nobody changed but by merging, truncating or sticking words on.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct FalseFlags {
    /// Links of planted duplicates among the pairs.
    pub linked: u64,
    /// Those said to differ in numbers.
    pub numbers_differ: u64,
    /// Those said to differ in names.
    pub names_differ: u64,
    /// Those said to differ in negation.
    pub negation_differs: u64,
}

/// What became of what was planted.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PlantedRecall {
    /// Planted duplicates.
    pub pairs: u64,
    /// Those that were found.
    pub found: u64,
    /// Their share.
    pub recall: Option<f64>,
    /// By similarity, from 0 up.
    pub bands: Vec<Band>,
    /// By class, in alphabetical order.
    pub classes: Vec<ClassRecall>,
    /// Decoys.
    pub decoys: Vec<DecoyOutcome>,
    /// Flags that warn of nothing.
    pub false_flags: FalseFlags,
}

/// Bands are tenths; a similarity of 1 is a band of its own.
const BANDS: usize = 11;

impl PlantedRecall {
    pub(super) fn of(outcomes: &[Outcome]) -> Self {
        let duplicates: Vec<&Outcome> =
            outcomes.iter().filter(|pair| pair.decoy.is_none()).collect();
        let found = duplicates.iter().filter(|pair| pair.together).count() as u64;
        let pairs = duplicates.len() as u64;
        Self {
            pairs,
            found,
            recall: share(found, pairs),
            bands: bands(&duplicates),
            classes: classes(&duplicates),
            decoys: DecoyKind::ALL.iter().map(|&decoy| decoys(outcomes, decoy)).collect(),
            false_flags: false_flags(&duplicates),
        }
    }
}

fn bands(duplicates: &[&Outcome]) -> Vec<Band> {
    let mut counts = [(0, 0); BANDS];
    for pair in duplicates {
        let band = (1..BANDS).rev().find(|&band| pair.similarity >= edge(band)).unwrap_or(0);
        counts[band].0 += 1;
        counts[band].1 += u64::from(pair.together);
    }
    let band = |(band, (pairs, found))| Band {
        from: edge(band),
        to: edge((band + 1).min(BANDS - 1)),
        pairs,
        found,
        recall: share(found, pairs),
    };
    counts.into_iter().enumerate().map(band).collect()
}

/// Where a band begins.
fn edge(band: usize) -> f64 {
    u32::try_from(band).map_or(1.0, |band| f64::from(band) / 10.0)
}

fn classes(duplicates: &[&Outcome]) -> Vec<ClassRecall> {
    let mut by_class: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for pair in duplicates {
        by_class.entry(&pair.class).or_default().push(pair);
    }
    let class = |(class, members): (&str, Vec<&Outcome>)| {
        let found = members.iter().filter(|pair| pair.together).count() as u64;
        let mut similarities: Vec<f64> = members.iter().map(|pair| pair.similarity).collect();
        similarities.sort_unstable_by(f64::total_cmp);
        ClassRecall {
            class: class.to_owned(),
            pairs: members.len() as u64,
            found,
            recall: share(found, members.len() as u64),
            median_similarity: similarities.get(members.len() / 2).copied().map_or(0.0, rounded),
        }
    };
    by_class.into_iter().map(class).collect()
}

fn decoys(outcomes: &[Outcome], decoy: DecoyKind) -> DecoyOutcome {
    let mut outcome =
        DecoyOutcome { decoy: decoy.name(), pairs: 0, together: 0, linked: 0, flagged: 0 };
    for pair in outcomes.iter().filter(|pair| pair.decoy == Some(decoy)) {
        outcome.pairs += 1;
        outcome.together += u64::from(pair.together);
        outcome.linked += u64::from(pair.flags.is_some());
        outcome.flagged +=
            u64::from(pair.flags.as_ref().is_some_and(|flags| flags.contains(decoy.flag())));
    }
    outcome
}

fn false_flags(duplicates: &[&Outcome]) -> FalseFlags {
    let mut flagged = FalseFlags::default();
    for flags in duplicates.iter().filter_map(|pair| pair.flags.as_ref()) {
        flagged.linked += 1;
        flagged.numbers_differ += u64::from(flags.contains("numbers_differ"));
        flagged.names_differ += u64::from(flags.contains("names_differ"));
        flagged.negation_differs += u64::from(flags.contains("negation_differs"));
    }
    flagged
}
