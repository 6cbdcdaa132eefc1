//! A JSON report that was saved: its sentences, its settings, and what words weighed there.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::given::Given;
use super::inherited;
use crate::cli::args::MatchingArgs;
use crate::cli::output::say;
use crate::config::Config;
use crate::corpus::{Corpus, SentenceKind};
use crate::error::{Error, Result};
use crate::pipeline::Weights;
use crate::read::{Input, container, read};
use crate::report::REPORT_SCHEMA;

/// A report and the file that it stands in.
pub(super) struct Saved {
    path: PathBuf,
    report: Value,
}

impl Saved {
    /// Reads a report.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = io::BufReader::new(crate::read::open(path)?);
        let report: Value = serde_json::from_reader(file).map_err(|cause| {
            let line = u64::try_from(cause.line()).ok();
            Error::record(format!("a JSON report ({cause})")).at(path, line)
        })?;
        if report["config"]["redacted"] == true {
            let expected = "a report without --redact, whose sentences are as they were compared";
            return Err(Error::record(expected).at(path, None));
        }
        if report["schema"].as_str() == Some(REPORT_SCHEMA) {
            return Ok(Self { path: path.to_owned(), report });
        }
        Err(Error::record(format!("a report of schema {REPORT_SCHEMA}")).at(path, None))
    }

    /// The settings that it was made with, as far as the command line does not replace them.
    pub(super) fn settings(&self, typed: &MatchingArgs) -> Config {
        inherited::settings(&self.report["config"], typed)
    }

    /// The sentence with an id.
    pub(super) fn sentence(&self, id: &str) -> Result<Given> {
        let found = list(&self.report["sentences"]).iter().find(|sentence| sentence["id"] == id);
        let text = found.and_then(|sentence| sentence["text"].as_str());
        let missing =
            || Error::not_found(format!("no sentence with id {id:?}")).at(&self.path, None);
        let is_caption = found.is_some_and(|sentence| sentence["kind"] == "caption");
        let kind = if is_caption { SentenceKind::Caption } else { SentenceKind::Body };
        Ok(Given::one(id, text.ok_or_else(missing)?, kind))
    }

    /// What words weigh in its inputs, which are read again; if one is gone, in the sentences that it holds.
    pub(super) fn weights(&self, config: &Config) -> Result<Weights> {
        // Members of one archive stand in a row, and are one input.
        let paths: Option<Vec<_>> =
            self.inputs().map(|(path, _)| container(Path::new(path))).collect();
        let mut paths = paths.unwrap_or_default();
        paths.dedup();
        let name = self.path.display();
        if paths.is_empty() {
            let sentences = list(&self.report["sentences"]);
            let texts = sentences.iter().filter_map(|sentence| sentence["text"].as_str());
            let from = format!("{name} (its inputs are not here)");
            return Weights::of_corpus(&Corpus::from_texts(texts), config, &from);
        }
        let inputs: Vec<_> = paths.into_iter().map(Input::Path).collect();
        let corpus = read(&inputs, &config.input, &())?;
        self.tell_changes(&corpus)?;
        Weights::of_corpus(&corpus, config, &format!("the inputs of {name}"))
    }

    /// The files it was made from: their paths and digests.
    fn inputs(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = list(&self.report["input"]["files"]).iter();
        files.filter_map(|file| {
            Some((file["path"].as_str()?, file["xxh3"].as_str().unwrap_or_default()))
        })
    }

    /// Says which inputs are not what they were.
    fn tell_changes(&self, corpus: &Corpus) -> Result<()> {
        for file in corpus.files() {
            let digest = format!("{:016x}", file.xxh3);
            let known = self.inputs().find(|(path, _)| *path == file.path);
            if known.is_some_and(|(_, known)| !known.is_empty() && known != digest) {
                let report = self.path.display();
                say(&format!(
                    "{}: changed since {report} was written, and so may weights",
                    file.path
                ))?;
            }
        }
        Ok(())
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
