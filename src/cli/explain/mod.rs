//! `twicetold explain A B`: why two sentences do or do not match.
//!
//! A and B are texts, lines of files, or ids of a saved report; with a report its settings are the defaults.

mod given;
pub(super) mod inherited;
mod saved;

use super::args::{ExplainArgs, ExplainFormat};
use super::detect::inputs;
use super::output::write;
use super::{DONE, colored, settings, width};
use crate::config::{Config, Unit};
use crate::error::{Error, Result};
use crate::ids::Similarity;
use crate::normalize::Normalizer;
use crate::pipeline::{Explanation, Said, TogetherWith, Weights, explain};
use crate::read::{Input, read};
use crate::report;
use crate::shingle::char_grams;
use crate::verify::{Flag, shared_items};

use given::{Given, Sentence, in_file};
use saved::Saved;

/// Runs the verb.
pub(super) fn run(args: &ExplainArgs) -> Result<u8> {
    let saved = args.report.as_deref().map(Saved::open).transpose()?;
    let base = saved.as_ref().map_or_else(Config::default, |saved| saved.settings(&args.matching));
    let config = settings::config(base, &args.matching, &args.reading)?;
    if config.unit == Unit::Document {
        let expected =
            "sentence or line: documents are compared by their sentences, which can be explained";
        return Err(Error::config("unit", expected));
    }
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
        rules: config.rules(),
    };
    write(None, |out| match args.format.unwrap_or_default() {
        ExplainFormat::Text => report::explanation_text(&explanation, &view, out),
        ExplainFormat::Json => report::explanation_json(&explanation, out),
    })?;
    Ok(DONE)
}

/// A line may hold several sentences: the two that are most alike are meant. Cost: a merge of two sets a pair.
fn closest(a: &Given, b: &Given, weights: &Weights, config: &Config) -> Result<Explanation> {
    let (first, second) = (grams(a, config), grams(b, config));
    let mut best: Option<(Similarity, usize, usize)> = None;
    for (i, one) in first.iter().enumerate() {
        for (j, other) in second.iter().enumerate() {
            let shared = shared_items(one, other);
            let score = Similarity::ratio(shared, (one.len() + other.len()) as u64 - shared);
            if best.is_none_or(|(best, ..)| score > best) {
                best = Some((score, i, j));
            }
        }
    }
    let (_, i, j) = best.ok_or_else(|| Error::not_found("a text without a sentence".to_owned()))?;
    let mut explanation = explain((a.sentences[i].said(), b.sentences[j].said()), weights, config)?;
    explanation.labels = (a.label.clone(), b.label.clone());
    let halves = [
        other_half((a, i), (b, j), (&explanation, weights), config)?,
        other_half((b, j), (a, i), (&explanation, weights), config)?,
    ];
    explanation.split = halves.into_iter().flatten().max_by_key(|half| half.similarity);
    if explanation.split.is_some() {
        explanation.flags = explanation.flags.with(Flag::Split);
    }
    Ok(explanation)
}

/// The sentence beside the first that is, together with it, plainly nearer to the other one; nothing where the first one is the longer.
fn other_half(
    (given, at): (&Given, usize),
    (other, place): (&Given, usize),
    (alone, weights): (&Explanation, &Weights),
    config: &Config,
) -> Result<Option<TogetherWith>> {
    let (half, whole) = (&given.sentences[at], &other.sentences[place]);
    if alone.linked.is_none() || half.text.len() >= whole.text.len() {
        return Ok(None);
    }
    let mut best: Option<TogetherWith> = None;
    for beside in [at.checked_sub(1), at.checked_add(1)].into_iter().flatten() {
        let Some(next) = given.sentences.get(beside) else { continue };
        let (first, second) = if beside < at { (next, half) } else { (half, next) };
        let both = format!("{} {}", first.text, second.text);
        let both = Said { text: &both, kind: half.kind };
        let together = explain((both, whole.said()), weights, config)?;
        let least = best.as_ref().map_or(alone.similarity, |best| best.similarity);
        if together.linked.is_some() && together.similarity > least && brings(alone, &together) {
            best = Some(TogetherWith { text: next.text.clone(), similarity: together.similarity });
        }
    }
    Ok(best)
}

/// Whether a sentence that was added makes a tenth more of a pair alike.
fn brings(alone: &Explanation, together: &Explanation) -> bool {
    together.similarity.number() - alone.similarity.number() >= 0.1
}

/// The character n-grams of each sentence.
fn grams(given: &Given, config: &Config) -> Vec<Vec<u64>> {
    let normalizer = Normalizer::new(config.rules());
    let grams = |sentence: &Sentence| {
        let (mut key, mut grams) = (String::new(), Vec::new());
        normalizer.for_kind(sentence.kind).key(&sentence.text, &mut key);
        char_grams(&key, &mut grams);
        grams
    };
    given.sentences.iter().map(grams).collect()
}

fn weights_of(inputs: &[Input], config: &Config) -> Result<Weights> {
    let corpus = read(inputs, &config.input, &())?;
    Weights::of_corpus(&corpus, config, "the corpus")
}
