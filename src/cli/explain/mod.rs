//! `twicetold explain A B`: why two sentences do or do not match.
//!
//! A and B are texts, lines of files, or ids of a saved report; with a report its settings are the defaults.

mod given;
mod inherited;
mod saved;

use super::args::{ExplainArgs, ExplainFormat};
use super::detect::inputs;
use super::output::write;
use super::{DONE, colored, settings, width};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::pipeline::{Explanation, Weights, explain};
use crate::read::{Input, read};
use crate::report;

use given::{Given, in_file};
use saved::Saved;

/// Runs the verb.
pub(super) fn run(args: &ExplainArgs) -> Result<u8> {
    let saved = args.report.as_deref().map(Saved::open).transpose()?;
    let base = saved.as_ref().map_or_else(Config::default, |saved| saved.settings(&args.matching));
    let config = settings::config(base, &args.matching, &args.reading)?;
    let given = |word: &str| match &saved {
        Some(saved) => saved.sentence(word),
        None => in_file(word, &config),
    };
    let (first, second) = (given(&args.first)?, given(&args.second)?);
    let weights = match &saved {
        Some(saved) => saved.weights(&config)?,
        None if args.corpus.is_empty() => Weights::background(),
        None => weights_of(&inputs(&args.corpus), &config)?,
    };
    let explanation = closest(&first, &second, &weights, &config)?;
    let view = report::TextView {
        top: 0,
        color: colored(args.color, false),
        width: width(),
        longest: 0,
        rules: config.rules,
    };
    write(None, |out| match args.format.unwrap_or_default() {
        ExplainFormat::Text => report::explanation_text(&explanation, &view, out),
        ExplainFormat::Json => report::explanation_json(&explanation, out),
    })?;
    Ok(DONE)
}

/// A line may hold several sentences: the two that are most alike are meant.
fn closest(a: &Given, b: &Given, weights: &Weights, config: &Config) -> Result<Explanation> {
    let mut best: Option<Explanation> = None;
    for first in &a.sentences {
        for second in &b.sentences {
            let explanation = explain((first, second), weights, config)?;
            if best.as_ref().is_none_or(|best| explanation.similarity > best.similarity) {
                best = Some(explanation);
            }
        }
    }
    let nothing = || Error::not_found("a text without a sentence".to_owned());
    let mut best = best.ok_or_else(nothing)?;
    best.labels = (a.label.clone(), b.label.clone());
    Ok(best)
}

fn weights_of(inputs: &[Input], config: &Config) -> Result<Weights> {
    let corpus = read(inputs, &config.input, &())?;
    Weights::of_corpus(&corpus, config, "the corpus")
}
