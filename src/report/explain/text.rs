//! The explanation for people: the verdict, both texts with their diff, then fact by fact.

use std::io;

use super::verdict;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Explanation, FindingChance, MatchedBlock, WeighedWord};
use crate::report::diff::{Change, word_diff};
use crate::report::marked::add_diff;
use crate::report::paragraph::{Page, Paragraph, Style};
use crate::report::phrase::{by_chance, counted, engine_words, flag_words, percent, two_decimals};
use crate::report::text::TextView;

/// Where the facts begin, to the right of their names.
const MARGIN: usize = 14;
/// The most words of a list.
const WORDS_SHOWN: usize = 20;

/// Writes the explanation for people. Of the view, colour and width count; the rules are the explanation's own.
///
/// # Errors
/// If `out` takes no more.
pub fn explanation_text(
    explanation: &Explanation,
    view: &TextView,
    out: &mut dyn io::Write,
) -> Result<()> {
    let page = Page::new(view.width, view.color);
    write(explanation, page, out).map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

fn write(explanation: &Explanation, page: Page, out: &mut dyn io::Write) -> io::Result<()> {
    headline(explanation).write(page, out)?;
    writeln!(out)?;
    for paragraph in texts(explanation, page) {
        paragraph.write(page, out)?;
    }
    writeln!(out)?;
    for (name, items) in facts(explanation) {
        fact(name).add_items(items).write(page, out)?;
    }
    Ok(())
}

fn headline(explanation: &Explanation) -> Paragraph {
    let mut line = Paragraph::new(0, 2).add(Style::Strong, verdict::heading(explanation));
    if let Some(relation) = explanation.relation {
        line = line.add(Style::Plain, ", ").add(Style::Strong, relation.name());
    }
    line = line.add(Style::Plain, &format!(": {}", verdict::reason(explanation)));
    for flag in explanation.flags.iter() {
        line = line.add(Style::Faint, " · ").add(Style::Flagged, flag_words(flag));
    }
    line
}

/// The first text, and the second as a diff against it.
fn texts(explanation: &Explanation, page: Page) -> Vec<Paragraph> {
    let Explanation { texts, labels, rules, .. } = explanation;
    let first = fact("first").add(Style::Plain, &texts.0);
    let changed =
        word_diff(*rules, &texts.0, &texts.1).iter().any(|segment| segment.change != Change::Equal);
    let second = if changed {
        add_diff(fact("second"), *rules, page, (&texts.0, &texts.1))
    } else {
        fact("second").add(Style::Plain, &texts.1)
    };
    let place = |label: &str| Paragraph::new(MARGIN, MARGIN + 2).add(Style::Faint, label);
    let mut paragraphs = vec![first, place(&labels.0), second, place(&labels.1)];
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// A paragraph with the name of a fact in its margin.
fn fact(name: &str) -> Paragraph {
    Paragraph::labelled(Style::Strong, name, MARGIN)
}

type Items = Vec<(Style, String)>;

/// The facts that there are, in order, each with its items.
fn facts(explanation: &Explanation) -> Vec<(&'static str, Items)> {
    let Explanation { keys, missing, numbers, names, .. } = explanation;
    let mut facts = vec![
        ("scores", scores(explanation)),
        ("first key", plain([keys.0.clone()])),
        ("second key", plain((keys.0 != keys.1).then(|| keys.1.clone()))),
        ("blocks", plain(block_lines(explanation))),
        ("shared", weighed(&explanation.shared)),
        ("only first", weighed(&missing.0)),
        ("only second", weighed(&missing.1)),
        ("numbers", both(&numbers.0, &numbers.1)),
        ("names", both(&names.0, &names.1)),
        ("negations", negations(explanation.negations)),
    ];
    let effects = explanation.rules_that_mattered.iter();
    facts.push(("rules", plain(effects.map(|it| format!("{}: {}", it.rule.name(), it.effect)))));
    let together = explanation.split.iter().map(|it| {
        format!("{} with the sentence beside it: {}", two_decimals(it.similarity), it.text)
    });
    facts.push(("together", plain(together)));
    facts.push(("found by", plain(explanation.probabilities.iter().map(chance))));
    facts.push(("weights", plain([format!("from {}", explanation.weights_from)])));
    facts.retain(|(_, items)| !items.is_empty());
    facts
}

fn plain(items: impl IntoIterator<Item = String>) -> Items {
    items.into_iter().map(|item| (Style::Plain, item)).collect()
}

fn scores(explanation: &Explanation) -> Items {
    let scores = &explanation.scores;
    let shares = [
        ("words by rarity", scores.jaccard_idf),
        ("characters", scores.jaccard_char4),
        ("word edit", scores.word_edit),
    ];
    let mut items: Vec<_> =
        shares.into_iter().map(|(name, share)| format!("{name} {}", two_decimals(share))).collect();
    let (first, second) = (two_decimals(scores.coverage_a), two_decimals(scores.coverage_b));
    items.push(format!("covered {first} and {second}"));
    items.push(format!("{} in a row", counted(u64::from(scores.longest_run), "word")));
    items.push(by_chance(scores.log10_evalue));
    plain(items)
}

fn block_lines(explanation: &Explanation) -> Vec<String> {
    let line = |block: &MatchedBlock| {
        let words = u64::from(block.first.end.saturating_sub(block.first.start));
        format!("“{}” ({}, {:.1} nats)", block.text, counted(words, "word"), block.weight)
    };
    explanation.blocks.iter().map(line).collect()
}

fn weighed(words: &[WeighedWord]) -> Items {
    let mut items: Vec<_> = words
        .iter()
        .take(WORDS_SHOWN)
        .map(|word| (Style::Plain, format!("{} {:.1}", word.word, word.weight)))
        .collect();
    let more = words.len().saturating_sub(WORDS_SHOWN);
    if more > 0 {
        items.push((Style::Faint, format!("and {more} more")));
    }
    items
}

/// A list of each: said once if they are the same, nothing if both are empty.
fn both(first: &[String], second: &[String]) -> Items {
    let list = |words: &[String]| match words {
        [] => "none".to_owned(),
        words => words.join(", "),
    };
    match (first, second) {
        ([], []) => Vec::new(),
        (first, second) if first == second => plain([format!("{} in both", list(first))]),
        (first, second) => {
            vec![(Style::Flagged, format!("{} against {}", list(first), list(second)))]
        }
    }
}

fn negations((first, second): (u32, u32)) -> Items {
    if first == second {
        plain((first > 0).then(|| format!("{first} in both")))
    } else {
        vec![(Style::Flagged, format!("{first} against {second}"))]
    }
}

fn chance(chance: &FindingChance) -> String {
    if chance.probability <= 0.0 {
        return format!("{}: not linked", chance.profile.name());
    }
    let engine = match chance.bands {
        0 => engine_words(chance.engine).to_owned(),
        bands => format!("{bands} × {} bands", chance.rows),
    };
    format!("{}, {engine}: {}", chance.profile.name(), percent(chance.probability))
}
