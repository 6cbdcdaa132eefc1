//! A file without what was removed from it: the rest byte for byte, and a line of the ledger for each cut.
//!
//! The file is read once more and copied as a stream; only a record that loses something is held, to find the text in it.
//! A record whose text is not found where it should be (a stray quotation mark in a CSV file) stays as it is and is counted.

use std::io::Write;
use std::ops::Range;

use super::Dedup;
use super::copy::Copy;
use super::cuts::{Cut, cuts};
use super::elements::Elements;
use super::ledger::{FileLine, LedgerLine};
use crate::config::Format;
use crate::corpus::InputFile;
use crate::error::{Error, ErrorKind, Result};
use crate::ids::DocumentId;
use crate::read::{FileText, text_of_record};

/// What a file lost.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Rewritten {
    /// Whether anything of it is left.
    pub is_left: bool,
    /// Whether anything of it went.
    pub is_changed: bool,
    /// Whether its bytes (decompressed) are what its text says: UTF-8 without damage.
    pub is_exact: bool,
    /// Documents that were to lose something and whose text was not found in their records.
    pub unlocated: u64,
}

/// Writes a file without what goes.
pub(super) fn rewrite(
    dedup: &Dedup<'_>,
    (file, documents): (&InputFile, Range<usize>),
    text: &mut FileText<'_>,
    (out, ledger): (&mut dyn Write, &mut dyn Write),
) -> Result<Rewritten> {
    let mut copy = Copy::new(text, (out, &file.path))?;
    let (mut unlocated, mut is_changed) = (0, false);
    let mut elements = Elements::new(file, dedup.config.input.max_record);
    for document in documents.filter_map(DocumentId::from_index) {
        let Some(goes) = dedup.goes(document) else { continue };
        let range = dedup.corpus.document(document).record();
        elements.up_to(range.start, &mut copy, ledger)?;
        let record = copy.take(range.end - range.start)?;
        let start = copy.position - record.len() as u64;
        let Some(found) = record_cuts(dedup, file, (document, &record, &goes)) else {
            unlocated += 1;
            dedup.leave(document);
            elements.end(&mut copy, ledger)?;
            copy.put(record.as_bytes())?;
            continue;
        };
        is_changed = true;
        let line = |Cut { sentence, range }: Cut| {
            let at = start + range.start as u64;
            let cut = record.get(range).unwrap_or_default();
            dedup.ledger_line((document, sentence), at, cut)
        };
        let cut_bytes: usize = found.iter().map(|cut| cut.range.len()).sum();
        if cut_bytes == record.len() {
            let lines = found.into_iter().map(line).collect();
            elements.whole(lines, &mut copy, ledger)?;
            continue;
        }
        elements.end(&mut copy, ledger)?;
        let mut kept = 0;
        for cut in found {
            copy.put(&record.as_bytes()[kept..cut.range.start])?;
            kept = cut.range.end;
            put_line(ledger, &LedgerLine::Removed(Box::new(line(cut))))?;
        }
        copy.put(&record.as_bytes()[kept..])?;
    }
    elements.end(&mut copy, ledger)?;
    copy.up_to(u64::MAX)?;
    let (line, is_left) = copy.finish(file);
    let is_exact = line.exact;
    let is_left = is_left || dedup.policy.keep_empty;
    let line = FileLine { output: dedup.output_of(file), left: is_left, ..line };
    put_line(ledger, &LedgerLine::File(line))?;
    Ok(Rewritten { is_left, is_changed, is_exact, unlocated })
}

pub(super) fn put_line(ledger: &mut dyn Write, line: &LedgerLine) -> Result<()> {
    let written = ledger.write_all(line.written()?.as_bytes());
    written.map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

/// The cuts of a record, in its bytes; `None` if its text is not found in it.
fn record_cuts(
    dedup: &Dedup<'_>,
    file: &InputFile,
    (document, record, goes): (DocumentId, &str, &[bool]),
) -> Option<Vec<Cut>> {
    let format: Format = file.format.parse().ok()?;
    let located = text_of_record(record, format, &dedup.config.input, file.text_column)?;
    let text = dedup.corpus.text(document);
    if located.text != text || located.starts.len() != text.len() + 1 {
        return None;
    }
    let sentences = dedup.sentences_of(document);
    let is_one_value = located.values.len() == 1;
    if goes.iter().all(|&goes| goes) && (is_one_value || !dedup.policy.keep_empty) {
        let at = |byte: usize| located.starts[byte] as usize;
        let whole = if dedup.policy.keep_empty { at(0)..at(text.len()) } else { 0..record.len() };
        let begins = sentences.iter().map(|sentence| at(sentence.span.range().start));
        return Some(shared_out(&whole, begins));
    }
    let found = cuts(text, sentences, goes);
    let parts = |cut: &Cut, parts: Vec<Range<usize>>| {
        let sentence = cut.sentence;
        parts.into_iter().map(move |range| Cut { sentence, range })
    };
    let in_text = found.iter().flat_map(|cut| parts(cut, located.within(&cut.range).collect()));
    let left = without(text, &in_text.collect::<Vec<Cut>>());
    let in_record = found.iter().flat_map(|cut| parts(cut, located.places(&cut.range).collect()));
    let mut found: Vec<Cut> = in_record.collect();
    // The values of a text may stand in another order in the record.
    found.sort_by_key(|cut| cut.range.start);
    // What is left must read as what is left: a bare field of a table that now begins with a quotation mark would not.
    let record = without(record, &found);
    let read = text_of_record(&record, format, &dedup.config.input, file.text_column);
    read.is_some_and(|read| read.text == left).then_some(found)
}

/// A text without what was cut out of it.
pub(super) fn without(text: &str, cuts: &[Cut]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut kept = 0;
    for Cut { range, .. } in cuts {
        left.push_str(text.get(kept..range.start).unwrap_or_default());
        kept = range.end;
    }
    left.push_str(text.get(kept..).unwrap_or_default());
    left
}

/// A range, shared out among sentences that begin in it.
pub(super) fn shared_out(whole: &Range<usize>, begins: impl Iterator<Item = usize>) -> Vec<Cut> {
    let mut begins: Vec<(usize, usize)> =
        begins.enumerate().map(|(sentence, begin)| (begin, sentence)).collect();
    // The values of a text may stand in another order in the record.
    begins.sort_unstable();
    let ends = begins.iter().skip(1).map(|&(begin, _)| begin).chain([whole.end]);
    let mut start = whole.start;
    let cut = |(&(_, sentence), end): (&(usize, usize), usize)| {
        let range = std::mem::replace(&mut start, end)..end;
        Cut { sentence, range }
    };
    begins.iter().zip(ends).map(cut).collect()
}
