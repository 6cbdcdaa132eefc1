//! Reading: bytes in, documents out.
//!
//! A file goes through four layers, each a stream: the bytes as they are stored (counted and hashed), the bytes without
//! their compression (bounded, against bombs), the text in UTF-8 (bad bytes replaced and counted), and the records of its
//! format. Pages and web archives leave out the third layer, since each page says in which encoding it is. Nothing but
//! `text`, `article` and `html` files is held whole beside the corpus itself. Where the bytes without compression are an archive,
//! each of its members goes through the same layers.
//!
//! What is wrong with one record is counted and skipped, with its file and line; what is wrong with a whole file is an
//! error. [`InputConfig`] makes the first stricter (`strict`) and the second milder (`keep_going`).
//!
//! Cost: one pass over the bytes, plus a second pass over the text to check it. Memory: the corpus, one record, and some
//! hundred kilobytes of buffers (Zstandard and xz: their window, at most 128 MB).
//!
//! It does not look for sentences, does not repair text, and does not guess encodings: without a byte order mark or a
//! declared encoding, text is UTF-8. What it knows of the kind of lines (captions of a page) it hands on with the document.

mod again;
mod archive;
mod article;
mod budget;
mod columnar;
mod compression;
mod encoding;
mod failure;
mod format;
mod given_ids;
mod glob;
mod input;
mod intake;
mod json;
mod jsonl;
mod ledger;
mod lines;
mod locate;
mod objects;
mod open;
mod page;
mod peeked;
mod reach;
mod record;
mod rows;
mod source;
mod stored;
mod streams;
mod table;
mod tally;
mod tar;
mod tar_header;
#[cfg(test)]
mod tests;
mod text;
mod top_folder;
mod walk;
mod warc;
mod zip;
mod zstd;

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::mem;
use std::path::Path;

use encoding_rs::Encoding;

use crate::config::{Format, InputConfig};
use crate::corpus::{Corpus, CorpusBuilder, Skip};
use crate::error::{Error, ErrorKind, Result};
use crate::ids::{DocumentId, FileId};
use crate::progress::Progress;

use archive::Archive;
use budget::Budget;
use encoding::{Damage, Decoded};
use format::Named;
use given_ids::GivenIds;
use input::Entry;
use intake::Intake;
use peeked::Peeked;
use stored::Stored;
use tally::Tally;

pub use again::{FileText, with_text, with_text_of_bytes};
pub(crate) use again::{plain_digest, with_table, with_table_of_bytes};
pub use archive::container;
#[cfg(test)]
pub(crate) use columnar::written;
pub(crate) use columnar::{
    Chosen, Name, Stored as StoredTable, Table, bytes as cell_bytes, in_utc, is_binary,
    is_contained, strings as cell_strings, text as cell_text,
};
pub use compression::Compression;
pub use format::LEDGER_SCHEMA;
pub use input::Input;
pub use locate::{Located, text_of_record};
pub(crate) use objects::objects;
pub use open::{open, read_to_string};

/// So much of a file's text is looked at to tell its format.
const HEAD: usize = 8 << 10;
/// So many of its bytes are looked at to tell whether they are a page or a web archive.
const BYTES_HEAD: u64 = 1 << 10;

/// Reads files, folders and standard input into a corpus, in the order given; folders sorted by path.
///
/// ```
/// use twicetold::config::InputConfig;
/// use twicetold::read::{Input, read};
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("news.jsonl");
/// std::fs::write(&path, "{\"text\": \"One.\"}\n{\"text\": 2}\n{\"text\": \"Three.\"}\n")?;
/// let corpus = read(&[Input::Path(path)], &InputConfig::default(), &())?;
/// assert_eq!(corpus.documents().len(), 2);
/// assert_eq!(corpus.skipped()[0].line, Some(2));
/// assert_eq!(corpus.skipped()[0].reason, "expected a string under \"text\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A file that is missing, unreadable, ends early or exceeds a limit, unless `keep_going`; a bad record or a binary file, if
/// `strict`; records of JSON of which none has a text, where nothing else has one, unless `keep_going`; an encoding that nobody knows. Each names the file, and the line where there is one.
pub fn read(inputs: &[Input], config: &InputConfig, progress: &dyn Progress) -> Result<Corpus> {
    read_into(&mut Reading::new(config, progress)?, inputs)
}

fn read_into(reading: &mut Reading<'_>, inputs: &[Input]) -> Result<Corpus> {
    let entries = walk::entries(inputs, reading)?;
    reading.progress.stage("reading", entries.iter().map(|entry| entry.size).sum());
    for entry in &entries {
        reading.entry(entry)?;
    }
    reading.finish()
}

/// Reads a reference, as [`read`] does. A ledger of `dedup` that is named itself gives the sentences that were removed, each with
/// the [place](crate::corpus::Document::stood) that it had.
///
/// # Errors
/// As [`read`]; unless `keep_going`, a folder without files, or a ledger with a line that is none of its kind; always, a reference
/// without a text, unless it is of ledgers alone: compared with nothing, everything would seem new.
pub fn read_reference(
    inputs: &[Input],
    config: &InputConfig,
    progress: &dyn Progress,
) -> Result<Corpus> {
    let mut reading = Reading { takes_ledgers: true, ..Reading::new(config, progress)? };
    let corpus = read_into(&mut reading, inputs)?;
    let has_text = (0..corpus.documents().len())
        .filter_map(DocumentId::from_index)
        .any(|document| !corpus.text(document).trim().is_empty());
    if has_text || reading.has_ledger {
        return Ok(corpus);
    }
    let name = |input: &Input| match input {
        Input::Path(path) => input::shown(path),
        Input::Stdin => "-".to_owned(),
    };
    let names: Vec<String> = inputs.iter().map(name).collect();
    Err(Error::config("against", format!("inputs with text, found none in {}", names.join(", "))))
}

/// Reads what stands in memory as if it were a file of this name.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(bytes: &[u8], name: &str, config: &InputConfig) -> Result<Corpus> {
    let mut reading = Reading::new(config, &())?;
    reading.stream(&Entry { name: name.to_owned(), ..Entry::stdin() }, bytes)?;
    reading.finish()
}

/// A corpus in the making.
struct Reading<'a> {
    config: &'a InputConfig,
    encoding: Option<&'static Encoding>,
    progress: &'a dyn Progress,
    corpus: CorpusBuilder,
    ids: GivenIds,
    tally: Tally,
    /// The file that is being read, once it has begun.
    file: Option<FileId>,
    /// Whether ledgers that are named give what was removed.
    takes_ledgers: bool,
    /// Whether one was read.
    has_ledger: bool,
}

impl<'a> Reading<'a> {
    fn new(config: &'a InputConfig, progress: &'a dyn Progress) -> Result<Self> {
        Ok(Self {
            config,
            encoding: encoding::declared(config)?,
            progress,
            corpus: CorpusBuilder::default(),
            ids: GivenIds::default(),
            tally: Tally::default(),
            file: None,
            takes_ledgers: false,
            has_ledger: false,
        })
    }

    /// The corpus. Records of which none has a text are an error: another field was meant.
    fn finish(&mut self) -> Result<Corpus> {
        if let Some(error) = self.tally.without_text().filter(|_| !self.config.keep_going)
            && self.corpus.document_count() == 0
        {
            return Err(error);
        }
        if self.config.delimiter != b',' && !self.takes_ledgers && self.tally.lacks(Format::Csv) {
            self.corpus.warn("no input is CSV, which alone --delimiter is for".to_owned());
        }
        self.tally.warnings().into_iter().for_each(|warning| self.corpus.warn(warning));
        let corpus = mem::take(&mut self.corpus);
        Ok(corpus.finish())
    }

    /// Reads one file.
    fn entry(&mut self, entry: &Entry) -> Result<()> {
        let outcome = match &entry.input {
            Input::Stdin => self.stream(entry, io::stdin().lock()),
            Input::Path(path) => open(path).and_then(|file| self.opened(entry, file)),
        };
        self.settle(entry, outcome)
    }

    /// What becomes of a file or a member that could not be read to its end.
    fn settle(&mut self, entry: &Entry, outcome: Result<()>) -> Result<()> {
        outcome.or_else(|error| match error.kind() {
            // As with pictures and programs, nobody said that all files of a folder can be read.
            ErrorKind::Io(cause)
                if cause.kind() == io::ErrorKind::Unsupported
                    && !entry.is_named
                    && !self.config.strict =>
            {
                let reason = cause.to_string();
                self.skip(&entry.name, &reason);
                Ok(())
            }
            _ => self.forgive(&entry.name, error),
        })
    }

    /// Reads an open file: from its beginning to its end, but a zip archive by its directory.
    fn opened(&mut self, entry: &Entry, mut file: File) -> Result<()> {
        let named = format::by_name(&entry.name);
        if entry.size.is_some() && self.may_be_parquet(named) {
            match columnar::is_parquet(&mut file) {
                Err(cause) => return Err(failure::at(entry, cause)),
                Ok(true) => return columnar::read_file(self, entry, file),
                Ok(false) => {}
            }
        }
        if entry.size.is_none() || !zip::may_be(named) {
            return self.stream(entry, file);
        }
        match zip::begins(&mut file) {
            Err(cause) => Err(failure::at(entry, cause)),
            Ok(false) => self.stream(entry, file),
            Ok(true) => {
                let budget = Budget::new(self.config.max_ratio);
                let size = entry.size.unwrap_or(0);
                budget.taken().set(size);
                self.progress.advance(size);
                zip::read(self, entry, file, &budget)
            }
        }
    }

    /// Whether a file of this name can be Parquet as it stands.
    fn may_be_parquet(&self, named: Named) -> bool {
        let told = self.config.format.or(named.format.filter(|&format| format != Format::Text));
        named.compressed.is_none() && matches!(told, None | Some(Format::Parquet))
    }

    /// Reads one file's bytes.
    fn stream(&mut self, entry: &Entry, bytes: impl Read) -> Result<()> {
        let budget = Budget::new(self.config.max_ratio);
        self.pass(entry, Stored::new(bytes, budget.taken(), self.progress), &budget)
    }

    /// Reads a member of an archive, whose bytes are no news for progress and budget.
    fn member(&mut self, entry: &Entry, bytes: impl Read, budget: &Budget) -> Result<()> {
        self.pass(entry, Stored::new(bytes, &Cell::new(0), &()), budget)
    }

    /// Reads bytes to their end, so that length and digest speak of all of them.
    fn pass(
        &mut self,
        entry: &Entry,
        mut stored: Stored<'_, impl Read>,
        budget: &Budget,
    ) -> Result<()> {
        self.file = None;
        let mut outcome = self.layers(entry, &mut stored, budget);
        if outcome.is_ok() || (self.config.keep_going && entry.size.is_some()) {
            let drained = io::copy(&mut stored, &mut io::sink());
            outcome = outcome.and(drained.map(drop).map_err(|cause| failure::at(entry, cause)));
        }
        if let Some(file) = self.file.take() {
            self.corpus.end_file(file, stored.count(), stored.digest());
        }
        outcome
    }

    /// Peels the layers off a file and reads its format.
    fn layers(&mut self, entry: &Entry, stored: &mut dyn Read, budget: &Budget) -> Result<()> {
        let failed = |cause| failure::at(entry, cause);
        let named = format::by_name(&entry.name);
        let plain = compression::peel(stored, named.compressed, budget).map_err(failed)?;
        let plain = Peeked::new(plain, BYTES_HEAD);
        if let Some(archive) = Archive::of(named, plain.head()) {
            return archive::read(self, entry, archive, plain, budget);
        }
        if let Some(format) = format::of_bytes(self.config.format, named.format, plain.head()) {
            if matches!(format, Format::Parquet | Format::Arrow) {
                return columnar::read_bytes(self, entry, format, plain, budget);
            }
            return self.bytes(entry, format, plain);
        }
        let decoded = Decoded::new(Box::new(plain), self.encoding, self.config.strict);
        let mut decoded = decoded.map_err(failed)?;
        let told = self.config.format.or(named.format);
        let head = decoded.peek(HEAD).map_err(failed)?;
        if let Some(reason) = self.binary(head, told) {
            return self.skip_binary(entry, reason);
        }
        if !entry.is_named && format::is_ledger(head) {
            // Its sentences are those that were removed, and their twins.
            self.skip(&entry.name, "a ledger of `twicetold dedup`");
            return Ok(());
        }
        if self.takes_ledgers && format::is_ledger(head) {
            self.has_ledger = true;
            let mut intake = Intake::begin(self, entry, Format::Jsonl);
            let outcome = ledger::read(&mut decoded, &mut intake);
            intake.finish(decoded.damage());
            return outcome;
        }
        let format = format::choose(self.config.format, named.format, head);
        self.documents(entry, format, &mut decoded)
    }

    /// Reads the documents of a file whose bytes are no text yet.
    fn bytes(&mut self, entry: &Entry, format: Format, bytes: Peeked<'_>) -> Result<()> {
        let has_mark = Encoding::for_bom(bytes.head()).is_some();
        if format == Format::Html
            && !has_mark
            && let Some(reason) = self.binary(bytes.head(), Some(format))
        {
            return self.skip_binary(entry, reason);
        }
        let encoding = self.encoding;
        let mut intake = Intake::begin(self, entry, format);
        let (mut bytes, mut damage) = (BufReader::with_capacity(HEAD, bytes), Damage::default());
        let outcome = match format {
            Format::Warc => warc::read(&mut bytes, encoding, &mut damage, &mut intake),
            _ => page::read(&mut bytes, encoding, &mut damage, &mut intake),
        };
        intake.finish(damage);
        outcome
    }

    /// Reads a file's documents in its format.
    fn documents(&mut self, entry: &Entry, format: Format, text: &mut Decoded<'_>) -> Result<()> {
        let delimiter = self.config.delimiter;
        let mut intake = Intake::begin(self, entry, format);
        let outcome = match format {
            // Pages, archives and tables of columns were read from their bytes.
            Format::Text
            | Format::Article
            | Format::Html
            | Format::Warc
            | Format::Parquet
            | Format::Arrow => text::read(text, format, &mut intake),
            Format::Lines => lines::read(text, &mut intake),
            Format::Json => json::read(text, &mut intake),
            Format::Jsonl => jsonl::read(text, &mut intake),
            Format::Csv => table::read(text, delimiter, &mut intake),
            Format::Tsv => table::read(text, b'\t', &mut intake),
        };
        intake.finish(text.damage());
        outcome
    }

    /// Why a file is no text, if it is none. A declared encoding is believed.
    fn binary(&self, head: &[u8], told: Option<Format>) -> Option<&'static str> {
        if self.encoding.is_some() { None } else { format::binary(head, told.is_some()) }
    }

    fn skip_binary(&mut self, entry: &Entry, reason: &str) -> Result<()> {
        if self.config.strict {
            let error = Error::record(format!("text, found a {reason}"));
            return Err(error.at(Path::new(&entry.name), None));
        }
        self.skip(&entry.name, reason);
        Ok(())
    }

    /// Turns what is wrong with a whole file into a counted skip, if the settings say so.
    fn forgive(&mut self, name: &str, error: Error) -> Result<()> {
        let of_a_record = error.place().is_some_and(|place| place.line.is_some());
        let of_a_file = matches!(error.kind(), ErrorKind::Io(_) | ErrorKind::Limit { .. });
        if !self.config.keep_going || of_a_record || !of_a_file {
            return Err(error);
        }
        self.skip(name, &error.kind().to_string());
        self.corpus.cut_short(name);
        Ok(())
    }

    fn skip(&mut self, name: &str, reason: &str) {
        let reason = reason.to_owned();
        self.corpus.skip(Skip { path: name.to_owned(), line: None, reason });
    }
}
