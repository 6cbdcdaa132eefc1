//! Whole files through [`read`](super::read).

mod archives;
mod damage;
mod folders;
mod formats;
mod pages;
mod tables;
mod web_archives;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::config::InputConfig;
use crate::corpus::{Corpus, Metadata};
use crate::error::Result;
use crate::ids::DocumentId;

use super::input::Entry;
use super::{GivenIds, Input, Reading, encoding};

/// A folder that lives as long as its test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        folder.write(name, bytes);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn read(&self, config: &InputConfig) -> Result<Corpus> {
        read(&[self.0.path()], config)
    }
}

fn read(paths: &[&Path], config: &InputConfig) -> Result<Corpus> {
    let inputs: Vec<_> = paths.iter().map(|&path| Input::Path(path.to_owned())).collect();
    super::read(&inputs, config, &())
}

/// Reads a file of this name and content, given by itself.
fn read_file(name: &str, bytes: impl AsRef<[u8]>, config: &InputConfig) -> Result<Corpus> {
    let folder = Folder::with(name, bytes);
    read(&[&folder.path(name)], config)
}

fn read_plainly(name: &str, bytes: impl AsRef<[u8]>) -> Corpus {
    read_file(name, bytes, &InputConfig::default()).unwrap()
}

/// Reads bytes as standard input.
fn read_stdin(bytes: &[u8], config: &InputConfig) -> Result<Corpus> {
    let mut reading = Reading {
        takes_ledgers: false,
        has_ledger: false,
        config,
        encoding: encoding::declared(config)?,
        progress: &(),
        corpus: crate::corpus::CorpusBuilder::default(),
        ids: GivenIds::default(),
        tally: super::tally::Tally::default(),
        file: None,
    };
    let outcome = reading.stream(&Entry::stdin(), bytes);
    outcome.or_else(|error| reading.forgive("-", error))?;
    Ok(reading.corpus.finish())
}

fn texts(corpus: &Corpus) -> Vec<&str> {
    (0..corpus.documents().len())
        .map(|index| corpus.text(DocumentId::from_index(index).unwrap()))
        .collect()
}

fn lines(corpus: &Corpus) -> Vec<u64> {
    corpus.documents().iter().map(crate::corpus::Document::line).collect()
}

fn metadata(corpus: &Corpus, index: usize) -> Metadata {
    let about = corpus.about(DocumentId::from_index(index).unwrap());
    let [id, source, title, date, url, language] =
        [about.id, about.source, about.title, about.date, about.url, about.language]
            .map(|field| field.map(str::to_owned));
    Metadata { id, source, title, date, url, language }
}

fn reasons(corpus: &Corpus) -> Vec<(Option<u64>, &str)> {
    corpus.skipped().iter().map(|skip| (skip.line, skip.reason.as_str())).collect()
}
