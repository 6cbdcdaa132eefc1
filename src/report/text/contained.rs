//! Sentences that stand inside longer ones: they join no cluster and are listed beside them.

use std::collections::BTreeMap;
use std::io;

use super::{place, sheet::Sheet};
use crate::pipeline::{Report, ReportedPair};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{by_chance, counted, flag_words};
use crate::verify::Relation;

/// The contained pairs that no cluster holds, the strongest first. Cost: linear in members and pairs.
pub(super) fn beside_clusters(report: &Report) -> Vec<&ReportedPair> {
    let mut cluster_of = BTreeMap::new();
    for (position, cluster) in report.clusters.iter().enumerate() {
        cluster_of.extend(cluster.members.iter().map(|&member| (member, position)));
    }
    let together = |pair: &ReportedPair| {
        cluster_of.get(&pair.a).is_some_and(|cluster| cluster_of.get(&pair.b) == Some(cluster))
    };
    let contained = report.pairs.iter().filter(|pair| pair.relation == Relation::Contained);
    let mut contained: Vec<_> = contained.filter(|pair| !together(pair)).collect();
    contained.sort_by(|a, b| a.scores.log10_evalue.total_cmp(&b.scores.log10_evalue));
    contained
}

/// Writes the first so many.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    contained: &[&ReportedPair],
    shown: usize,
) -> io::Result<()> {
    let heading = Paragraph::new(0, 0).add(Style::Strong, "Contained").add(
        Style::Plain,
        &format!(
            ": {}; the words without marks are the shorter sentence",
            counted(contained.len() as u64, "pair")
        ),
    );
    sheet.paragraph(&heading)?;
    contained.iter().take(shown).try_for_each(|pair| write_pair(sheet, pair))
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
