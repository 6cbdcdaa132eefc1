//! Which planted pairs a report found: by similarity, by class of edit, and decoys and flags.

use std::collections::BTreeMap;

use serde::Serialize;

use super::saved::FactFlags;
use super::share::{rounded, share};
use super::truth::{DecoyKind, PlantedPair};

/// What a report says of a planted pair.
#[derive(Clone, Debug)]
pub(super) struct Outcome<'a> {
    pub(super) pair: &'a PlantedPair,
    /// The similarity that the profile judges by.
    pub(super) similarity: f64,
    pub(super) finding: Finding,
    /// The flags of their link, where it is among the pairs.
    pub(super) flags: Option<FactFlags>,
}

/// Whether a report has a planted pair, and why not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Finding {
    /// Both records are copies, in one cluster, or linked.
    Together,
    /// No rule links them: too little similarity or evidence, or too short.
    NoRule,
    /// A rule links them and each stands in a cluster, but not in the same one; star output shows such links from the contract
    /// point up, and not all.
    OtherClusters,
    /// A rule links them and the report does not have it.
    Missed,
}

impl Outcome<'_> {
    fn is_found(&self) -> bool {
        self.finding == Finding::Together
    }
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
    /// Those that no rule links: too little evidence or similarity, or too few words.
    pub no_rule: u64,
    /// Those that a rule links but that stand in different clusters; `--pairs all` reports their link.
    pub other_clusters: u64,
    /// Those that a rule links and that were not found at all.
    pub missed: u64,
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
    /// Their share of the linked ones.
    pub share: Option<f64>,
}

/// How often links of planted duplicates are said to differ in a kind of facts.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct FlagCount {
    /// Flagged links of planted duplicates, whatever the edit did.
    pub flagged: u64,
    /// Their share of all links of planted duplicates.
    pub share: Option<f64>,
    /// Links whose edit left these facts alone.
    pub untouched: u64,
    /// Those of them that are flagged all the same: these flags warn of nothing.
    pub falsely_flagged: u64,
    /// Their share.
    pub false_share: Option<f64>,
}

/// Flags on links of planted duplicates. Merging, truncating, captions, leads and OCR touch facts; then a flag is right.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct FalseFlags {
    /// Links of planted duplicates among the pairs.
    pub linked: u64,
    /// Those said to differ in numbers.
    pub numbers_differ: FlagCount,
    /// Those said to differ in names.
    pub names_differ: FlagCount,
    /// Those said to differ in negation.
    pub negation_differs: FlagCount,
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
    pub(super) fn of(outcomes: &[Outcome<'_>]) -> Self {
        let duplicates: Vec<&Outcome<'_>> =
            outcomes.iter().filter(|pair| pair.pair.decoy.is_none()).collect();
        let found = duplicates.iter().filter(|pair| pair.is_found()).count() as u64;
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

fn bands(duplicates: &[&Outcome<'_>]) -> Vec<Band> {
    let empty = |band| Band {
        from: edge(band),
        to: edge((band + 1).min(BANDS - 1)),
        pairs: 0,
        found: 0,
        recall: None,
        no_rule: 0,
        other_clusters: 0,
        missed: 0,
    };
    let mut bands: Vec<Band> = (0..BANDS).map(empty).collect();
    for pair in duplicates {
        let band = (1..BANDS).rev().find(|&band| pair.similarity >= edge(band)).unwrap_or(0);
        let band = &mut bands[band];
        band.pairs += 1;
        *match pair.finding {
            Finding::Together => &mut band.found,
            Finding::NoRule => &mut band.no_rule,
            Finding::OtherClusters => &mut band.other_clusters,
            Finding::Missed => &mut band.missed,
        } += 1;
    }
    for band in &mut bands {
        band.recall = share(band.found, band.pairs);
    }
    bands
}

/// Where a band begins.
fn edge(band: usize) -> f64 {
    u32::try_from(band).map_or(1.0, |band| f64::from(band) / 10.0)
}

fn classes(duplicates: &[&Outcome<'_>]) -> Vec<ClassRecall> {
    let mut by_class: BTreeMap<&str, Vec<&Outcome<'_>>> = BTreeMap::new();
    for pair in duplicates {
        by_class.entry(&pair.pair.class).or_default().push(pair);
    }
    let class = |(class, members): (&str, Vec<&Outcome<'_>>)| {
        let found = members.iter().filter(|pair| pair.is_found()).count() as u64;
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

fn decoys(outcomes: &[Outcome<'_>], decoy: DecoyKind) -> DecoyOutcome {
    let mut outcome = DecoyOutcome {
        decoy: decoy.name(),
        pairs: 0,
        together: 0,
        linked: 0,
        flagged: 0,
        share: None,
    };
    for pair in outcomes.iter().filter(|pair| pair.pair.decoy == Some(decoy)) {
        outcome.pairs += 1;
        outcome.together += u64::from(pair.is_found());
        outcome.linked += u64::from(pair.flags.is_some());
        outcome.flagged += u64::from(pair.flags.is_some_and(|flags| flags.has(decoy)));
    }
    outcome
}

fn false_flags(duplicates: &[&Outcome<'_>]) -> FalseFlags {
    let count = |kind| {
        let mut count = FlagCount::default();
        let mut linked = 0;
        for (pair, flags) in duplicates.iter().filter_map(|pair| Some((pair.pair, pair.flags?))) {
            let is_untouched = !pair.touched.contains(&kind);
            linked += 1;
            count.flagged += u64::from(flags.has(kind));
            count.untouched += u64::from(is_untouched);
            count.falsely_flagged += u64::from(is_untouched && flags.has(kind));
        }
        count.share = share(count.flagged, linked);
        count.false_share = share(count.falsely_flagged, count.untouched);
        count
    };
    FalseFlags {
        linked: duplicates.iter().filter(|pair| pair.flags.is_some()).count() as u64,
        numbers_differ: count(DecoyKind::Numbers),
        names_differ: count(DecoyKind::Names),
        negation_differs: count(DecoyKind::Negation),
    }
}
