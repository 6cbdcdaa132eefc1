//! `twicetold explain A B`: why two sentences do or do not match.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::args::{ExplainArgs, ExplainFormat};
use super::detect::inputs;
use super::output::write;
use super::{DONE, colored, settings, width};
use crate::config::{Config, InputConfig};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::pipeline::{Weights, explain};
use crate::read::{Input, read};
use crate::report;

/// A sentence and where it was found.
struct Given {
    label: String,
    text: String,
}

/// Runs the verb.
pub(super) fn run(args: &ExplainArgs) -> Result<u8> {
    let config = settings::config(&args.matching, &args.reading)?;
    let report = args.report.as_deref().map(|path| saved(path).map(|report| (path, report)));
    let report = report.transpose()?;
    let given = |word: &str| match &report {
        Some((path, report)) => in_report(word, path, report),
        None => in_file(word, &config.input),
    };
    let (first, second) = (given(&args.first)?, given(&args.second)?);
    let weights = match &report {
        Some((path, report)) => weights_of_report(path, report, &config)?,
        None if args.corpus.is_empty() => Weights::background(),
        None => weights_of(&inputs(&args.corpus), &config)?,
    };
    let mut explanation = explain((&first.text, &second.text), &weights, &config)?;
    explanation.labels = (first.label, second.label);
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

fn weights_of(inputs: &[Input], config: &Config) -> Result<Weights> {
    let corpus = read(inputs, &config.input, &())?;
    Weights::of_corpus(&corpus, config, "the corpus")
}

/// `FILE:LINE` is that line, if there is such a file; anything else is the sentence itself.
fn in_file(word: &str, input: &InputConfig) -> Result<Given> {
    let typed = || Given { label: String::new(), text: word.to_owned() };
    let Some((path, line)) = word.rsplit_once(':') else { return Ok(typed()) };
    let Ok(number) = line.parse::<u64>() else { return Ok(typed()) };
    if !Path::new(path).is_file() {
        return Ok(typed());
    }
    let lines = InputConfig { format: Some(crate::config::Format::Lines), ..input.clone() };
    let corpus = read(&[Input::Path(PathBuf::from(path))], &lines, &())?;
    let found = (0..corpus.documents().len())
        .filter_map(crate::ids::DocumentId::from_index)
        .find(|&id| corpus.document(id).line() == number);
    let missing =
        || Error::not_found(format!("no text on line {number}")).at(Path::new(path), None);
    let id = found.ok_or_else(missing)?;
    Ok(Given { label: word.to_owned(), text: corpus.text(id).to_owned() })
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
    let text = text.ok_or_else(missing)?.to_owned();
    Ok(Given { label: id.to_owned(), text })
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
