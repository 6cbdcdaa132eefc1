//! The way of one file's documents into the corpus.

use std::io;
use std::ops::Range;
use std::path::Path;

use crate::config::{Format, InputConfig};
use crate::corpus::{Added, CorpusBuilder, InputFile, LineOrigin, Metadata, Skip};
use crate::error::{Error, Result};
use crate::ids::FileId;

use super::Reading;
use super::encoding::Damage;
use super::failure;
use super::given_ids::GivenIds;
use super::input::Entry;
use super::source;
use super::tally::Tally;

/// Takes the documents of one file, and what is wrong with it.
pub(super) struct Intake<'a> {
    config: &'a InputConfig,
    corpus: &'a mut CorpusBuilder,
    ids: &'a mut GivenIds,
    tally: &'a mut Tally,
    entry: &'a Entry,
    file: FileId,
    /// The bytes of the record that is read, in the file's text.
    record: Range<u64>,
    repeated: Option<Repeated>,
}

/// An id that the file gave although it was taken, and how often such a thing happened with other ids.
struct Repeated {
    id: String,
    times: u64,
    others: u64,
}

impl<'a> Intake<'a> {
    /// A file begins.
    pub(super) fn begin(reading: &'a mut Reading<'_>, entry: &'a Entry, format: Format) -> Self {
        let file = reading.corpus.begin_file(InputFile {
            path: entry.name.clone(),
            format: format.name(),
            ..InputFile::default()
        });
        reading.file = Some(file);
        reading.tally.file(format);
        Self {
            config: reading.config,
            corpus: &mut reading.corpus,
            ids: &mut reading.ids,
            tally: &mut reading.tally,
            entry,
            file,
            record: 0..0,
            repeated: None,
        }
    }

    /// How the file is read.
    pub(super) fn config(&self) -> &'a InputConfig {
        self.config
    }

    /// The record with these bytes of the file's text is read next.
    pub(super) fn begin_record(&mut self, bytes: Range<u64>) {
        self.record = bytes;
    }

    /// The text of the file's records stands in this column.
    pub(super) fn text_column(&mut self, column: usize) {
        self.corpus.text_column(self.file, column);
    }

    /// What is counted over all files.
    pub(super) fn tally(&mut self) -> &mut Tally {
        self.tally
    }

    /// Adds a document; its id is made unique, and its source found if none is given.
    pub(super) fn add(
        &mut self,
        text: &str,
        lines: LineOrigin,
        mut metadata: Metadata,
    ) -> Added<'_> {
        if let Some(id) = &mut metadata.id {
            let given = id.clone();
            let times = self.ids.admit(id);
            if times > 1 {
                note(&mut self.repeated, given, times);
            }
        }
        if metadata.source.is_none() {
            let domain = metadata.url.as_deref().and_then(source::domain);
            metadata.source = domain.or_else(|| self.entry.folder.clone());
        }
        let mut added = self.corpus.add_document(self.file, text, lines);
        added.metadata(&metadata).record(self.record.clone());
        added
    }

    /// A record is not what it should be: a counted skip, or an error if the settings are strict.
    pub(super) fn bad_record(&mut self, line: u64, error: Error) -> Result<()> {
        if self.config.strict {
            return Err(error.at(Path::new(&self.entry.name), Some(line)));
        }
        let reason = error.kind().to_string();
        self.corpus.skip(Skip { path: self.entry.name.clone(), line: Some(line), reason });
        Ok(())
    }

    /// A record of a file that should have no bad one: an error, or with `keep_going` a counted skip.
    pub(super) fn damaged(&mut self, line: u64, error: Error) -> Result<()> {
        if self.config.keep_going {
            return self.bad_record(line, error);
        }
        Err(error.at(Path::new(&self.entry.name), Some(line)))
    }

    /// No record of the file has a text under one of its usual names.
    pub(super) fn lack_text(&mut self, expected: String) {
        self.tally.lack_text(&self.entry.name, expected);
    }

    /// The error for a read that failed.
    pub(super) fn failed(&self, cause: io::Error) -> Error {
        failure::at(self.entry, cause)
    }

    /// The file ends: says what a user should know of it.
    pub(super) fn finish(self, damage: Damage) {
        let name = &self.entry.name;
        if damage.sequences > 0 {
            let Damage { sequences, first_line } = damage;
            let plural = if sequences == 1 { "" } else { "s" };
            self.corpus.warn(format!(
                "{name}: {sequences} invalid byte sequence{plural} replaced (first in line {first_line})"
            ));
        }
        if let Some(Repeated { id, times, others }) = self.repeated {
            let others =
                if others == 0 { String::new() } else { format!(", {others} others again") };
            self.corpus.warn(format!(
                "{name}: id \"{id}\" given {times} times{others}; later ones are numbered (\"{id}#2\")"
            ));
        }
    }
}

fn note(repeated: &mut Option<Repeated>, id: String, times: u64) {
    match repeated {
        None => *repeated = Some(Repeated { id, times, others: 0 }),
        Some(known) if known.id == id => known.times = times,
        Some(known) => known.others += 1,
    }
}
