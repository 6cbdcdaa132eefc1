//! `twicetold explain A B`: why two sentences do or do not match.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::args::{ExplainArgs, ExplainFormat};
use super::detect::inputs;
use super::output::write;
use super::{DONE, colored, settings, width};
use crate::config::{Config, Format, InputConfig};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::pipeline::{Explanation, Weights, explain};
use crate::read::{Input, read};
use crate::report;
use crate::segment::{Piece, Segmenter};

/// What was named on the command line, and the sentences that it may mean.
struct Given {
    label: String,
    sentences: Vec<String>,
}

impl Given {
    fn one(label: &str, sentence: &str) -> Self {
        Self { label: label.to_owned(), sentences: vec![sentence.to_owned()] }
    }
}

/// Runs the verb.
pub(super) fn run(args: &ExplainArgs) -> Result<u8> {
    let config = settings::config(&args.matching, &args.reading)?;
    let report = args.report.as_deref().map(|path| saved(path).map(|report| (path, report)));
    let report = report.transpose()?;
    let given = |word: &str| match &report {
        Some((path, report)) => in_report(word, path, report),
        None => in_file(word, &config),
    };
    let (first, second) = (given(&args.first)?, given(&args.second)?);
    let weights = match &report {
        Some((path, report)) => weights_of_report(path, report, &config)?,
        None if args.corpus.is_empty() => Weights::background(),
        None => weights_of(&inputs(&args.corpus), &config)?,
    };
    let explanation = closest(&first, &second, &weights, &config)?;
    let view = report::TextView {
        top: 0,
        color: colored(args.color, false),
        width: width(),
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

/// `FILE:LINE` is that line, if there is such a file; anything else is the sentence itself.
fn in_file(word: &str, config: &Config) -> Result<Given> {
    let Some((path, line)) = word.rsplit_once(':') else { return Ok(Given::one("", word)) };
    let Ok(number) = line.parse::<u64>() else { return Ok(Given::one("", word)) };
    if !Path::new(path).is_file() {
        return Ok(Given::one("", word));
    }
    let lines = InputConfig { format: Some(Format::Lines), ..config.input.clone() };
    let corpus = read(&[Input::Path(PathBuf::from(path))], &lines, &())?;
    let found = (0..corpus.documents().len())
        .filter_map(DocumentId::from_index)
        .find(|&id| corpus.document(id).line() == number);
    let missing =
        || Error::not_found(format!("no text on line {number}")).at(Path::new(path), None);
    let text = corpus.text(found.ok_or_else(missing)?);
    let mut pieces = Vec::new();
    let segmenter = Segmenter::new(config.unit, config.quotes, &config.abbreviations);
    segmenter.segment(text, 0, config.language.as_deref(), &mut pieces);
    let sentence = |piece: &Piece| text.get(piece.span.range()).unwrap_or_default().to_owned();
    let says = |sentence: &String| sentence.contains(char::is_alphanumeric);
    let sentences = pieces.iter().map(sentence).filter(says).collect();
    Ok(Given { label: word.to_owned(), sentences })
}

fn saved(path: &Path) -> Result<Value> {
    let report: Value = serde_json::from_reader(io::BufReader::new(crate::read::open(path)?))
        .map_err(|cause| {
            let line = u64::try_from(cause.line()).ok();
            Error::record(format!("a JSON report ({cause})")).at(path, line)
        })?;
    match report["schema"].as_str() {
        Some("twicetold.report/1") => Ok(report),
        _ => Err(Error::record("a report of schema twicetold.report/1").at(path, None)),
    }
}

fn in_report(id: &str, path: &Path, report: &Value) -> Result<Given> {
    let sentences = report["sentences"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = sentences.iter().find(|sentence| sentence["id"] == id);
    let text = found.and_then(|sentence| sentence["text"].as_str());
    let missing = || Error::not_found(format!("no sentence with id {id:?}")).at(path, None);
    Ok(Given::one(id, text.ok_or_else(missing)?))
}

/// Reads the report's inputs again; if one is gone, the sentences that the report holds must do.
fn weights_of_report(path: &Path, report: &Value, config: &Config) -> Result<Weights> {
    let files = report["input"]["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    let paths: Vec<&str> = files.iter().filter_map(|file| file["path"].as_str()).collect();
    let all_there = !paths.is_empty() && paths.iter().all(|path| Path::new(path).is_file());
    if all_there {
        let inputs: Vec<Input> =
            paths.iter().map(|path| Input::Path(PathBuf::from(path))).collect();
        let corpus = read(&inputs, &config.input, &())?;
        return Weights::of_corpus(&corpus, config, &format!("the inputs of {}", path.display()));
    }
    let sentences = report["sentences"].as_array().map(Vec::as_slice).unwrap_or_default();
    let texts = sentences.iter().filter_map(|sentence| sentence["text"].as_str());
    let corpus = Corpus::from_texts(texts);
    Weights::of_corpus(&corpus, config, &format!("{} (its inputs are not here)", path.display()))
}
