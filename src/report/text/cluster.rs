//! One cluster for people: a heading, the survivor, and each other member as a diff.

use std::io;

use super::{place, sheet::Sheet};
use crate::pipeline::{ReportedCluster, ReportedPair};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{by_chance, counted, flag_words, grouped, two_decimals};
use crate::verify::Flag;

/// The most members that are shown of one cluster.
const MEMBERS_SHOWN: usize = 12;
/// What a pair's own line repeats of its flags; the rest stands in the heading.
const DIFFERENCES: [Flag; 6] = [
    Flag::NumbersDiffer,
    Flag::NegationDiffers,
    Flag::NamesDiffer,
    Flag::WordsDiffer,
    Flag::Version,
    Flag::Stub,
];

/// Writes the cluster that is shown at this rank, out of so many.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    cluster: &ReportedCluster,
    rank: usize,
    ranks: usize,
) -> io::Result<()> {
    let digits = ranks.to_string().len();
    let indent = digits + 2;
    let label = format!("{rank:>digits$}");
    let heading =
        Paragraph::labelled(Style::Strong, &label, indent).add_items(heading(sheet, cluster));
    sheet.paragraph(&heading)?;
    let order = shown_order(cluster);
    for &member in order.iter().take(MEMBERS_SHOWN) {
        write_member(sheet, cluster, member, indent)?;
    }
    let more = order.len().saturating_sub(MEMBERS_SHOWN);
    if more > 0 {
        let line = format!("… and {} more", grouped(more as u64));
        sheet.paragraph(&Paragraph::new(indent, indent).add(Style::Faint, &line))?;
    }
    Ok(())
}

fn heading(sheet: &Sheet<'_>, cluster: &ReportedCluster) -> Vec<(Style, String)> {
    let (thing, place) = sheet.units();
    let size = counted(cluster.members.len() as u64, thing);
    let mut items = if cluster.members.len() == 1 {
        vec![(Style::Strong, "copies".to_owned())]
    } else {
        vec![(Style::Strong, cluster.relation.to_string()), (Style::Plain, similarity(cluster))]
    };
    items.push((Style::Plain, format!("{size} in {}", counted(cluster.places, place))));
    items.extend(cluster.flags.iter().map(|flag| (Style::Flagged, flag_words(flag).to_owned())));
    items
}

fn similarity(cluster: &ReportedCluster) -> String {
    let least = two_decimals(cluster.min_similarity);
    if cluster.members.len() == 2 {
        format!("similarity {least}")
    } else {
        format!("similarity {least} or more, {} on average", two_decimals(cluster.mean_similarity))
    }
}

/// The survivor, then the sentence that the others are compared with, then the rest.
fn shown_order(cluster: &ReportedCluster) -> Vec<usize> {
    let survivor = cluster.members.first().copied();
    let first = survivor.into_iter().chain([cluster.representative]);
    let rest = cluster.members.iter().copied().skip(1);
    let rest = rest.filter(|&member| member != cluster.representative);
    let mut order: Vec<_> = first.chain(rest).collect();
    order.dedup();
    order
}

fn write_member(
    sheet: &mut Sheet<'_>,
    cluster: &ReportedCluster,
    member: usize,
    indent: usize,
) -> io::Result<()> {
    let representative = sheet.sentence(cluster.representative);
    let sentence = sheet.sentence(member);
    let survives = cluster.members.first() == Some(&member);
    let paragraph = Paragraph::new(indent, indent);
    let paragraph = if survives || member == cluster.representative {
        sheet.add_text(paragraph, &sentence.text)
    } else {
        sheet.add_diff(paragraph, &representative.text, &sentence.text)
    };
    sheet.paragraph(&paragraph)?;
    let items = details(sheet, cluster, member);
    if !items.is_empty() {
        sheet.paragraph(&Paragraph::new(indent + 2, indent + 4).add_items(items))?;
    }
    let link = sheet.link(member, cluster.representative);
    if let Some(split) = link.and_then(|pair| pair.split) {
        sheet.paragraph(&sheet.other_half(Paragraph::new(indent + 2, indent + 4), split))?;
    }
    place::write(sheet, sentence, indent + 2)
}

/// What is said of a member beside its text: its role where that is not plain, and its link.
fn details(sheet: &Sheet<'_>, cluster: &ReportedCluster, member: usize) -> Vec<(Style, String)> {
    let survivor_elsewhere = cluster.members.first() != Some(&cluster.representative);
    if member == cluster.representative {
        let role = "representative: the others are compared with it".to_owned();
        return survivor_elsewhere.then_some((Style::Faint, role)).into_iter().collect();
    }
    let link = sheet.link(member, cluster.representative);
    let mut items = link.map_or_else(Vec::new, |pair| link_items(sheet, cluster, pair));
    if cluster.members.first() == Some(&member) {
        items.insert(0, (Style::Faint, "survivor".to_owned()));
    }
    items
}

fn link_items(
    sheet: &Sheet<'_>,
    cluster: &ReportedCluster,
    pair: &ReportedPair,
) -> Vec<(Style, String)> {
    // With two members the heading has said relation, similarity and flags.
    let alone = cluster.members.len() == 2;
    let mut told = Vec::new();
    if !alone {
        told.push(format!("{} {}", pair.relation, two_decimals(sheet.similarity(pair))));
    }
    if pair.scores.longest_run > 1 || sheet.is_of_documents {
        told.push(sheet.shared(pair));
    }
    if !sheet.is_of_documents {
        told.push(by_chance(pair.scores.log10_evalue));
    }
    let differences = DIFFERENCES.into_iter().filter(|&flag| !alone && pair.flags.has(flag));
    let differences = differences.map(|flag| (Style::Flagged, flag_words(flag).to_owned()));
    told.into_iter().map(|item| (Style::Faint, item)).chain(differences).collect()
}
