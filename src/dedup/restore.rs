//! The way back: a file as it was, from what was written of it and the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::copy::MARK;
use super::ledger::{FileLine, LedgerLine, RemovedLine, RowsLine, RunLine};
use crate::error::{Error, ErrorKind, Result};

/// A cut of a file: where it began, and what it was.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Piece {
    /// Its line, which is a row of a table of columns.
    pub(super) line: u64,
    pub(super) start: u64,
    pub(super) cut: String,
}

/// A ledger that was read: what was done, and the files with what was cut out of each.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What was done.
    pub run: RunLine,
    /// The files, in order.
    pub files: Vec<FileLine>,
    pieces: BTreeMap<String, Vec<Piece>>,
    rows: BTreeMap<String, Vec<RowsLine>>,
}

impl Ledger {
    /// Reads a ledger.
    ///
    /// # Errors
    /// A line is none of a ledger, the first one is missing, or the file is cut off; with the line.
    pub fn read(ledger: &mut dyn BufRead, name: &Path) -> Result<Self> {
        let (mut run, mut files) = (None, Vec::new());
        let mut pieces: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
        let mut rows: BTreeMap<String, Vec<RowsLine>> = BTreeMap::new();
        let (mut open, mut known) = (0_usize, BTreeSet::new());
        for (number, line) in (1..).zip(ledger.lines()) {
            let line = line.map_err(|cause| Error::io(name, cause))?;
            match LedgerLine::read(&line).map_err(|error| error.at(name, Some(number)))? {
                LedgerLine::Run(line) => run = Some(line),
                LedgerLine::Removed(line) => {
                    let RemovedLine { file, line, start, cut, .. } = *line;
                    pieces.entry(file).or_default().push(Piece { line, start, cut });
                    open += 1;
                }
                LedgerLine::Rows(line) => {
                    rows.entry(line.file.clone()).or_default().push(line);
                    open += 1;
                }
                LedgerLine::File(line) => {
                    let is_known = !known.insert(line.path.clone());
                    let count = pieces.get(&line.path).map_or(0, Vec::len)
                        + rows.get(&line.path).map_or(0, Vec::len);
                    let Some(left) = open.checked_sub(count).filter(|_| !is_known) else {
                        let expected = "a ledger that speaks of each file once";
                        return Err(Error::record(expected).at(name, Some(number)));
                    };
                    open = left;
                    files.push(line);
                }
            }
        }
        // Lines of a record may wait for what stands behind it.
        for pieces in pieces.values_mut() {
            pieces.sort_by_key(|piece| piece.start);
        }
        let Some(run) = run else {
            return Err(
                Error::record("a ledger, which begins with a line on the run").at(name, Some(1))
            );
        };
        if open != 0 || files.is_empty() {
            return Err(Error::record("a whole ledger, and this one is cut off").at(name, None));
        }
        Ok(Self { run, files, pieces, rows })
    }

    /// What was cut out of a file, in order.
    pub(super) fn pieces_of(&self, file: &FileLine) -> &[Piece] {
        self.pieces.get(&file.path).map_or(&[], Vec::as_slice)
    }

    /// The rows that a table of columns lost, in order.
    pub(super) fn rows_of(&self, file: &FileLine) -> &[RowsLine] {
        self.rows.get(&file.path).map_or(&[], Vec::as_slice)
    }
}

/// Writes a file as it was. `text` is that of what was written of it, without a byte order mark; nothing, if nothing was left.
///
/// ```
/// use twicetold::dedup::{Dedup, Ledger, Policy, restore};
/// use twicetold::ids::FileId;
/// use twicetold::{Config, config::InputConfig};
/// use twicetold::read::{read_bytes, with_text_of_bytes};
/// let lines = b"The ferry left the harbour at dawn.\nThe ferry left the harbour at dawn!\n";
/// let reading = InputConfig::default();
/// let corpus = read_bytes(lines, "news.lines", &reading)?;
/// let (config, policy) = (Config::default(), Policy::default());
/// let dedup = Dedup::new(&corpus, (&config, &policy), Default::default(), &())?;
/// let (mut out, mut ledger) = (Vec::new(), Vec::new());
/// dedup.begin(true, &mut ledger)?;
/// with_text_of_bytes(lines, "news.lines", &reading, |text| {
///     dedup.write(FileId::new(0), text, &mut out, &mut ledger)
/// })?;
/// assert_eq!(out, b"The ferry left the harbour at dawn.\n");
/// let ledger = Ledger::read(&mut ledger.as_slice(), "news.removed.jsonl".as_ref())?;
/// let mut back = Vec::new();
/// restore(&ledger, &ledger.files[0], &mut out.as_slice(), &mut back)?;
/// assert_eq!(back, lines);
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// What was written has changed since, the ledger speaks of another file, or the output cannot be written.
pub fn restore(
    ledger: &Ledger,
    file: &FileLine,
    text: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<()> {
    let mut back = Back { out, digest: Xxh3::new(), position: 0 };
    if file.mark {
        back.put(MARK)?;
        back.position = 0;
    }
    let mut read = Xxh3::new();
    if file.mark && file.output_bytes > 0 {
        read.update(MARK);
    }
    for piece in ledger.pieces_of(file) {
        back.copy(text, piece.start, (&mut read, file))?;
        if back.position != piece.start {
            return Err(changed(file));
        }
        back.put(piece.cut.as_bytes())?;
    }
    back.copy(text, u64::MAX, (&mut read, file))?;
    let is_same = |digest: u64, expected: &str| format!("{digest:016x}") == expected;
    if !is_same(read.digest(), &file.output_xxh3) || !is_same(back.digest.digest(), &file.xxh3) {
        return Err(changed(file));
    }
    Ok(())
}

pub(crate) fn changed(file: &FileLine) -> Error {
    let path = file.output.as_deref().unwrap_or(&file.path);
    Error::record("the file as it was written by dedup; it was changed since")
        .at(Path::new(path), None)
}

struct Back<'a> {
    out: &'a mut dyn Write,
    digest: Xxh3,
    /// Bytes of the text that were written, without its mark.
    position: u64,
}

impl Back<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.digest.update(bytes);
        self.position += bytes.len() as u64;
        self.out.write_all(bytes).map_err(|cause| Error::new(ErrorKind::Io(cause)))
    }

    /// Copies until so much was written, or the text ends.
    fn copy(
        &mut self,
        text: &mut dyn BufRead,
        end: u64,
        (read, file): (&mut Xxh3, &FileLine),
    ) -> Result<()> {
        while self.position < end {
            let waiting = text.fill_buf().map_err(|cause| {
                Error::io(Path::new(file.output.as_deref().unwrap_or(&file.path)), cause)
            })?;
            if waiting.is_empty() {
                return Ok(());
            }
            let count =
                usize::try_from(end - self.position).unwrap_or(usize::MAX).min(waiting.len());
            let chunk = waiting[..count].to_vec();
            read.update(&chunk);
            text.consume(count);
            self.put(&chunk)?;
        }
        Ok(())
    }
}
