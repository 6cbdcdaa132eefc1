//! Links beside the clusters: sentences that stand inside longer ones, which join no cluster, and sentences that are like a
//! sentence of a cluster but not like its representative.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io;

use super::{place, sheet::Sheet};
use crate::ids::Similarity;
use crate::pipeline::{Report, ReportedPair};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{by_chance, counted, flag_words, percent};
use crate::verify::Relation;

/// Links that no cluster holds, the strongest first.
#[derive(Default)]
pub(super) struct Beside<'a> {
    /// Pairs of which the shorter sentence stands inside the longer one.
    pub(super) contained: Vec<&'a ReportedPair>,
    /// Other pairs, of which one sentence is in no cluster, or each in one of its own.
    pub(super) across: Vec<&'a ReportedPair>,
}

impl<'a> Beside<'a> {
    /// Cost: a sort of the members, and a look-up a pair.
    pub(super) fn of(report: &'a Report, is_of_documents: bool) -> Self {
        let mut cluster_of = BTreeMap::new();
        for (position, cluster) in report.clusters.iter().enumerate() {
            cluster_of.extend(cluster.members.iter().map(|&member| (member, position)));
        }
        let mut beside = Self::default();
        for pair in &report.pairs {
            let (a, b) = (cluster_of.get(&pair.a), cluster_of.get(&pair.b));
            if a.is_some() && a == b {
                continue;
            }
            if pair.relation == Relation::Contained {
                beside.contained.push(pair);
            } else {
                beside.across.push(pair);
            }
        }
        for pairs in [&mut beside.contained, &mut beside.across] {
            // Of documents nobody knows what they share by chance: those that share most sentences come first.
            pairs.sort_by(|a, b| {
                let by_chance = a.scores.log10_evalue.total_cmp(&b.scores.log10_evalue);
                let longest = |pair: &ReportedPair| std::cmp::Reverse(pair.scores.longest_run);
                by_chance.then_with(|| {
                    if is_of_documents { longest(a).cmp(&longest(b)) } else { Ordering::Equal }
                })
            });
        }
        beside
    }
}

/// What a list of pairs beside the clusters is called.
pub(super) type Heading = (&'static str, &'static str);

/// Pairs of which the shorter sentence stands inside the longer one.
pub(super) const CONTAINED: Heading =
    ("Contained", "the words without marks are the shorter sentence");
/// The same of documents.
pub(super) const CONTAINED_DOCUMENTS: Heading =
    ("Contained", "nine tenths of the shorter text stand in the longer one");
/// Pairs of which one sentence is in no cluster, or each in one of its own.
pub(super) const ACROSS: Heading =
    ("Beside the clusters", "like a sentence of a cluster, but not like its first");
/// The same of documents.
pub(super) const ACROSS_DOCUMENTS: Heading =
    ("Beside the clusters", "they share sentences, but are not one text");

/// Writes the first so many pairs under their heading; nothing if none is to be shown.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    (title, explained): Heading,
    pairs: &[&ReportedPair],
    shown: usize,
) -> io::Result<()> {
    if shown == 0 {
        return Ok(());
    }
    let heading = format!(": {}; {explained}", counted(pairs.len() as u64, "pair"));
    let heading = Paragraph::new(0, 0).add(Style::Strong, title).add(Style::Plain, &heading);
    sheet.paragraph(&heading)?;
    pairs.iter().take(shown).try_for_each(|pair| write_pair(sheet, pair))?;
    sheet.blank_line()
}

/// The longer sentence, with what it has beyond the shorter one marked, and where both stand.
fn write_pair(sheet: &mut Sheet<'_>, pair: &ReportedPair) -> io::Result<()> {
    let first_is_shorter = pair.scores.coverage_a >= pair.scores.coverage_b;
    let (shorter, longer) = if first_is_shorter { (pair.a, pair.b) } else { (pair.b, pair.a) };
    let (shorter, longer) = (sheet.sentence(shorter), sheet.sentence(longer));
    let text = if sheet.is_of_documents {
        sheet.add_text(Paragraph::new(2, 2), &shorter.text)
    } else {
        sheet.add_diff(Paragraph::new(2, 2), &shorter.text, &longer.text)
    };
    sheet.paragraph(&text)?;
    let mut told = vec![sheet.shared(pair)];
    if sheet.is_of_documents {
        let share = |score: Similarity| percent(score.number());
        let (a, b) = (pair.scores.coverage_a, pair.scores.coverage_b);
        told.push(format!("{} of the shorter, {} of the longer", share(a.max(b)), share(a.min(b))));
    } else {
        told.push(by_chance(pair.scores.log10_evalue));
    }
    let flags = pair.flags.iter().map(|flag| (Style::Flagged, flag_words(flag).to_owned()));
    let items = told.into_iter().map(|item| (Style::Faint, item)).chain(flags);
    sheet.paragraph(&Paragraph::new(4, 6).add_items(items))?;
    if let Some(split) = pair.split {
        sheet.paragraph(&sheet.other_half(Paragraph::new(4, 6), split))?;
    }
    for (role, sentence) in [("shorter", shorter), ("longer", longer)] {
        let line = format!("{role}: {}", place::first(sheet, sentence));
        sheet.paragraph(&Paragraph::new(4, 6).add(Style::Faint, &line))?;
    }
    Ok(())
}
