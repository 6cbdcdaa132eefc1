//! `twicetold eval`: what a report is worth, where the truth is known.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::DONE;
use super::args::MatchingArgs;
use super::detect::inputs;
use super::explain::inherited;
use super::output::{STANDARD_OUTPUT, write};
use crate::config::{Config, Profile, Unit};
use crate::error::{Error, Result};
use crate::eval::{
    Evaluation, LabelledEvaluation, LabelledPairs, PlantedRecall, SavedReport, Truth, evaluate,
    evaluate_pairs,
};
use crate::read::{container, read};

#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold synth -n 100000 -o big.jsonl --truth truth.jsonl
  twicetold detect big.jsonl --format json -o r.json
  twicetold eval r.json --truth truth.jsonl
  twicetold eval --pairs labelled.jsonl"
)]
pub(super) struct EvalArgs {
    /// A JSON report of detect
    #[arg(value_name = "REPORT.json", required_unless_present = "pairs", requires = "truth")]
    report: Option<PathBuf>,
    /// What is true: clusters and planted pairs, as synth writes them
    #[arg(long, value_name = "TRUTH.jsonl", requires = "report")]
    truth: Option<PathBuf>,
    /// The report's inputs, if they have moved [default: as the report names them]
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "report")]
    input: Vec<PathBuf>,
    /// Labelled pairs instead: JSON lines of a, b and label (1, 0 or null)
    #[arg(long, value_name = "PAIRS.jsonl", conflicts_with = "report")]
    pairs: Option<PathBuf>,
    /// text, json [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = EvalFormat::Text)]
    format: EvalFormat,
    /// Write to a file; it appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Formats of an evaluation.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum EvalFormat {
    Text,
    Json,
}

/// Runs the verb.
pub(super) fn run(args: &EvalArgs) -> Result<u8> {
    let text = match (&args.report, &args.truth, &args.pairs) {
        (Some(report), Some(truth), _) => {
            let evaluation = planted(report, truth, &args.input)?;
            shown(args.format, &evaluation, tables)?
        }
        (_, _, Some(pairs)) => {
            let labelled = LabelledPairs::read(pairs)?;
            shown(args.format, &evaluate_pairs(&labelled, &Config::default()), worths)?
        }
        _ => return Err(Error::config("truth", "given with a report")),
    };
    write(args.output.as_deref(), |out| {
        out.write_all(text.as_bytes()).map_err(|cause| Error::io(Path::new(STANDARD_OUTPUT), cause))
    })?;
    Ok(DONE)
}

fn planted(report: &Path, truth: &Path, given: &[PathBuf]) -> Result<Evaluation> {
    let found = SavedReport::read(report)?;
    let truth = Truth::read(truth)?;
    let settings = inherited::settings(found.settings(), &MatchingArgs::default());
    let config = settings.validate().map_err(|error| error.at(report, None))?;
    if config.unit == Unit::Document {
        return Err(Error::config("unit", "sentence or line: what was planted are sentences")
            .at(report, None));
    }
    // Members of one archive stand in a row, and are one input.
    let file = |path: &String| container(Path::new(path)).unwrap_or_else(|| PathBuf::from(path));
    let mut named: Vec<_> = found.inputs().iter().map(file).collect();
    named.dedup();
    let corpus = read(&inputs(if given.is_empty() { &named } else { given }), &config.input, &())?;
    evaluate(&corpus, &config, &found, &truth)
}

fn shown<T: Serialize>(
    format: EvalFormat,
    found: &T,
    text: impl Fn(&T) -> String,
) -> Result<String> {
    if format == EvalFormat::Text {
        return Ok(text(found));
    }
    let json = serde_json::to_string_pretty(found);
    json.map(|json| json + "\n").map_err(|cause| Error::record(format!("numbers ({cause})")))
}

/// A share in per cent.
fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share))
}

/// A small share in per cent.
fn hundredths(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.2} %", 100.0 * share))
}

fn tables(found: &Evaluation) -> String {
    let PlantedRecall { pairs, found: hits, recall, bands, classes, .. } = &found.planted;
    let similarity =
        if found.profile == Profile::Paraphrase.name() { "words" } else { "characters" };
    let mut lines = vec![
        format!("{} records, profile {}", found.records, found.profile),
        format!("planted pairs found: {hits} of {pairs}, {}", percent(*recall)),
        String::new(),
        format!(
            "{:<14}{:>9}{:>9}{:>9}{:>9}{:>16}{:>9}",
            similarity, "planted", "found", "recall", "no rule", "other clusters", "missed"
        ),
    ];
    for band in bands.iter().filter(|band| band.pairs > 0) {
        let name = if band.from < band.to {
            format!("{:.1} – {:.1}", band.from, band.to)
        } else {
            "1".to_owned()
        };
        let recall = percent(band.recall);
        lines.push(format!(
            "{name:<14}{:>9}{:>9}{recall:>9}{:>9}{:>16}{:>9}",
            band.pairs, band.found, band.no_rule, band.other_clusters, band.missed
        ));
    }
    lines.push(format!(
        "\n{:<14}{:>9}{:>9}{:>9}{:>9}",
        "edit", "planted", "found", "recall", "median"
    ));
    for class in classes {
        let (name, median) = (&class.class, class.median_similarity);
        let recall = percent(class.recall);
        lines.push(format!(
            "{name:<14}{:>9}{:>9}{recall:>9}{median:>9.2}",
            class.pairs, class.found
        ));
    }
    facts(found, &mut lines);
    agreement(found, &mut lines);
    lines.join("\n") + "\n"
}

/// Decoys, and flags that warn of nothing.
fn facts(found: &Evaluation, lines: &mut Vec<String>) {
    lines.push(format!(
        "\n{:<14}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "decoy", "planted", "together", "linked", "flagged", "share"
    ));
    for decoy in &found.planted.decoys {
        let (together, linked, share) = (decoy.together, decoy.linked, percent(decoy.share));
        lines.push(format!(
            "{:<14}{:>9}{together:>9}{linked:>9}{:>9}{share:>9}",
            decoy.decoy, decoy.pairs, decoy.flagged
        ));
    }
    let flags = found.planted.false_flags;
    lines.push(format!(
        "\n{:<14}{:>9}{:>9}{:>9}{:>11}{:>9}{:>9}",
        "duplicates", "linked", "flagged", "share", "untouched", "flagged", "share"
    ));
    let counts = [
        ("numbers", flags.numbers_differ),
        ("names", flags.names_differ),
        ("negation", flags.negation_differs),
    ];
    for (name, count) in counts {
        let (share, false_share) = (hundredths(count.share), hundredths(count.false_share));
        lines.push(format!(
            "{name:<14}{:>9}{:>9}{share:>9}{:>11}{:>9}{false_share:>9}",
            flags.linked, count.flagged, count.untouched, count.falsely_flagged
        ));
    }
}

fn agreement(found: &Evaluation, lines: &mut Vec<String>) {
    let links = found.links;
    lines.push(format!(
        "\nlinks computed again: {} of {} hold ({} by a shared run), scores differ by at most {:.4}",
        links.by_similarity + links.by_run, links.pairs, links.by_run, links.greatest_difference
    ));
    let Some(clusters) = found.clusters else { return };
    lines.push(format!("\n{:<14}{:>10}{:>10}{:>10}", "clusters", "precision", "recall", "F1"));
    let mut row = |name, [precision, recall, f1]: [f64; 3]| {
        lines.push(format!("{name:<14}{precision:>10.4}{recall:>10.4}{f1:>10.4}"));
    };
    row("B-cubed", [clusters.bcubed_precision, clusters.bcubed_recall, clusters.bcubed_f1]);
    row("pairs", [clusters.pair_precision, clusters.pair_recall, clusters.pair_f1]);
    lines.push(format!("adjusted Rand index {:.4}", clusters.adjusted_rand));
}

fn worths(found: &LabelledEvaluation) -> String {
    let mut lines = vec![
        format!("{} pairs labelled 1, {} labelled 0", found.same, found.different),
        format!(
            "\n{:<18}{:>8}{:>9}{:>11}{:>9}{:>9}",
            "measure", "AUC", "best F1", "threshold", "R@P.90", "R@P.95"
        ),
    ];
    for worth in &found.measures {
        let of = &worth.separation;
        lines.push(format!(
            "{:<18}{:>8.4}{:>9.4}{:>11.4}{:>9.4}{:>9.4}",
            worth.measure, of.auc, of.best_f1, of.threshold, of.recall_at_90, of.recall_at_95
        ));
    }
    lines.join("\n") + "\n"
}
