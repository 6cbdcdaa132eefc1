//! Links beside the clusters: sentences that stand inside longer ones, which join no cluster, and sentences that are like a
//! sentence of a cluster but not like its representative.

use std::collections::BTreeMap;
use std::io;

use super::{place, sheet::Sheet};
use crate::pipeline::{Report, ReportedPair};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{by_chance, counted, flag_words};
use crate::verify::Relation;

/// Links that no cluster holds, the strongest first.
#[derive(Default)]
pub(super) struct Beside<'a> {
    /// Pairs of which the shorter sentence stands inside the longer one.
    pub(super) contained: Vec<&'a ReportedPair>,
    /// Other pairs, of which one sentence is in no cluster.
    pub(super) alone: Vec<&'a ReportedPair>,
}

impl<'a> Beside<'a> {
    /// Cost: a sort of the members, and a look-up a pair.
    pub(super) fn of(report: &'a Report) -> Self {
        let mut cluster_of = BTreeMap::new();
        for (position, cluster) in report.clusters.iter().enumerate() {
            cluster_of.extend(cluster.members.iter().map(|&member| (member, position)));
        }
        let mut beside = Self::default();
        for pair in &report.pairs {
            let (a, b) = (cluster_of.get(&pair.a), cluster_of.get(&pair.b));
            if pair.relation == Relation::Contained {
                if a.is_none() || a != b {
                    beside.contained.push(pair);
                }
            } else if a.is_none() || b.is_none() {
                beside.alone.push(pair);
            }
        }
        for pairs in [&mut beside.contained, &mut beside.alone] {
            pairs.sort_by(|a, b| a.scores.log10_evalue.total_cmp(&b.scores.log10_evalue));
        }
        beside
    }
}

/// Writes the first so many contained pairs.
pub(super) fn write_contained(
    sheet: &mut Sheet<'_>,
    pairs: &[&ReportedPair],
    shown: usize,
) -> io::Result<()> {
    let count = counted(pairs.len() as u64, "pair");
    let heading = format!(": {count}; the words without marks are the shorter sentence");
    write(sheet, ("Contained", &heading), pairs.get(..shown).unwrap_or(pairs))
}

/// Writes the first so many pairs of which one sentence is in no cluster.
pub(super) fn write_alone(
    sheet: &mut Sheet<'_>,
    pairs: &[&ReportedPair],
    shown: usize,
) -> io::Result<()> {
    let count = counted(pairs.len() as u64, "pair");
    let heading = format!(": {count}; like a sentence of a cluster, but not like its first");
    write(sheet, ("Beside the clusters", &heading), pairs.get(..shown).unwrap_or(pairs))
}

fn write(
    sheet: &mut Sheet<'_>,
    (title, heading): (&str, &str),
    pairs: &[&ReportedPair],
) -> io::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let heading = Paragraph::new(0, 0).add(Style::Strong, title).add(Style::Plain, heading);
    sheet.paragraph(&heading)?;
    pairs.iter().try_for_each(|pair| write_pair(sheet, pair))?;
    sheet.blank_line()
}

/// The longer sentence, with what it has beyond the shorter one marked, and where both stand.
fn write_pair(sheet: &mut Sheet<'_>, pair: &ReportedPair) -> io::Result<()> {
    let first_is_shorter = pair.scores.coverage_a >= pair.scores.coverage_b;
    let (shorter, longer) = if first_is_shorter { (pair.a, pair.b) } else { (pair.b, pair.a) };
    let (shorter, longer) = (sheet.sentence(shorter), sheet.sentence(longer));
    let text = sheet.add_diff(Paragraph::new(2, 2), &shorter.text, &longer.text);
    sheet.paragraph(&text)?;
    let told = [
        format!("{} in a row", counted(u64::from(pair.scores.longest_run), "word")),
        by_chance(pair.scores.log10_evalue),
    ];
    let flags = pair.flags.iter().map(|flag| (Style::Flagged, flag_words(flag).to_owned()));
    let items = told.into_iter().map(|item| (Style::Faint, item)).chain(flags);
    sheet.paragraph(&Paragraph::new(4, 6).add_items(items))?;
    for (role, sentence) in [("shorter", shorter), ("longer", longer)] {
        let line = format!("{role}: {}", place::first(sheet, sentence));
        sheet.paragraph(&Paragraph::new(4, 6).add(Style::Faint, &line))?;
    }
    Ok(())
}
