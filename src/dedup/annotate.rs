//! Nothing removed: the same records, each with what would go of it, so that others can cut later.
//!
//! A record of JSON lines stays as it is, byte for byte, but for one field more, `twicetold`; a document of any other format
//! becomes a record with its text. Cost: one more reading of JSON lines.

use std::borrow::Cow;
use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::copy::Copy;
use super::{Dedup, KeptLine, Scores, reason};
use crate::corpus::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::ids::{DocumentId, FileId};
use crate::read::FileText;
use crate::verify::Flag;

/// The field that is added to a record.
const FIELD: &str = "twicetold";

/// What would go of a document.
#[derive(Serialize)]
struct Annotation {
    /// How many sentences it has.
    sentences: usize,
    removed: Vec<Span>,
}

/// A sentence that would go.
#[derive(Serialize)]
struct Span {
    /// Its bytes in the document's text.
    start: usize,
    end: usize,
    /// Its characters (Unicode scalar values) there.
    start_character: usize,
    end_character: usize,
    sentence: String,
    reason: &'static str,
    relation: &'static str,
    flags: Vec<&'static str>,
    scores: Option<Scores>,
    kept: Option<KeptLine>,
}

/// A document of another format than JSON lines.
#[derive(Serialize)]
struct Record<'a> {
    id: String,
    path: &'a str,
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    text: &'a str,
    twicetold: Annotation,
}

impl Dedup<'_> {
    /// Writes the documents of a file, each as a record of JSON lines with what would go of it.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn annotate(&self, file: FileId, out: &mut dyn Write) -> Result<()> {
        for document in self.documents_of(file).filter_map(DocumentId::from_index) {
            let about = self.corpus.document(document);
            let written = json(&self.record(document, about))?;
            let written = out.write_all(written.as_bytes()).and_then(|()| out.write_all(b"\n"));
            written.map_err(|cause| Error::new(ErrorKind::Io(cause)))?;
        }
        Ok(())
    }

    /// The same for a file of JSON lines, whose records stay as they are. `text` is the file's text once more.
    ///
    /// # Errors
    /// The file cannot be read again, or is not as it was; the output cannot be written.
    pub fn annotate_lines(
        &self,
        file: FileId,
        text: &mut FileText<'_>,
        out: &mut dyn Write,
    ) -> Result<()> {
        let mut copy = Copy::without_mark(text, (out, &self.corpus.file(file).path));
        for document in self.documents_of(file).filter_map(DocumentId::from_index) {
            let record = self.corpus.document(document).record();
            copy.up_to(record.start)?;
            let record = copy.take(record.end - record.start)?;
            let annotated = self.with_annotation(document, &record)?;
            copy.put(annotated.as_deref().unwrap_or(&record).as_bytes())?;
        }
        copy.up_to(u64::MAX)?;
        // A record of the next file must not stand in the last line of this one.
        if copy.ends_inside_a_line() { copy.put(b"\n") } else { Ok(()) }
    }

    /// A line that is a JSON object, with what would go of it as its last field, and a line end. `None` if it is no object.
    pub(super) fn with_annotation(
        &self,
        document: DocumentId,
        record: &str,
    ) -> Result<Option<String>> {
        let line = record.trim_end();
        let without = without_field(line);
        let Some(open) = without.strip_suffix('}') else { return Ok(None) };
        let comma = if open.trim_end().ends_with('{') { "" } else { "," };
        let annotation = json(&self.annotation(document))?;
        let end = record.get(line.len()..).filter(|end| !end.is_empty()).unwrap_or("\n");
        Ok(Some(format!("{open}{comma}\"{FIELD}\":{annotation}}}{end}")))
    }

    fn record<'a>(&'a self, document: DocumentId, about: &'a Document) -> Record<'a> {
        let metadata = about.metadata();
        let file = about.file().map(|file| self.corpus.file(file));
        Record {
            id: self.corpus.document_name(document),
            path: file.map_or("", |file| file.path.as_str()),
            line: about.line(),
            source: metadata.and_then(|metadata| metadata.source.as_deref()),
            title: metadata.and_then(|metadata| metadata.title.as_deref()),
            date: metadata.and_then(|metadata| metadata.date.as_deref()),
            url: metadata.and_then(|metadata| metadata.url.as_deref()),
            language: metadata.and_then(|metadata| metadata.language.as_deref()),
            text: self.corpus.text(document),
            twicetold: self.annotation(document),
        }
    }

    fn annotation(&self, document: DocumentId) -> Annotation {
        let text = self.corpus.text(document);
        let range = self.range_of(document);
        let sentences = range.len();
        // Counted on from the span before, so that a long text is gone through once.
        let (mut byte, mut character) = (0, 0);
        let mut characters = |to: usize| {
            character += text.get(byte..to).map_or(0, |part| part.chars().count());
            byte = to;
            character
        };
        let removed = range.filter(|&place| self.removal_of[place] > 0).map(|place| {
            let removal = &self.removals.removed[self.removal_of[place] as usize - 1];
            let sentence = &self.removals.sentences[place];
            let kept = removal.kept.map(|kept| &self.removals.sentences[kept as usize]);
            let span = sentence.span.range();
            Span {
                start: span.start,
                end: span.end,
                start_character: characters(span.start),
                end_character: characters(span.end),
                sentence: self.kept_line(sentence).sentence,
                reason: reason(removal),
                relation: removal.relation.name(),
                flags: removal.flags.iter().map(Flag::name).collect(),
                scores: removal.scores.as_ref().map(Scores::of),
                kept: kept.map(|kept| self.kept_line(kept)),
            }
        });
        Annotation { sentences, removed: removed.collect() }
    }
}

/// A record without what an earlier run said of it.
fn without_field(line: &str) -> Cow<'_, str> {
    #[derive(Deserialize)]
    struct Known<'a> {
        #[serde(borrow, default)]
        twicetold: Option<&'a RawValue>,
    }
    let known = serde_json::from_str::<Known<'_>>(line).ok().and_then(|known| known.twicetold);
    let Some(value) = known.map(RawValue::get) else { return line.into() };
    // It is a part of the line.
    let start = value.as_ptr() as usize - line.as_ptr() as usize;
    let before = line.get(..start).unwrap_or_default().trim_end();
    let name = format!("\"{FIELD}\"");
    let before = before.strip_suffix(':').and_then(|rest| rest.trim_end().strip_suffix(&name));
    let Some(before) = before.map(str::trim_end) else { return line.into() };
    let behind = line.get(start + value.len()..).unwrap_or_default();
    if let Some(before) = before.strip_suffix(',') {
        return format!("{before}{behind}").into();
    }
    let rest = behind.trim_start();
    format!("{before}{}", rest.strip_prefix(',').unwrap_or(rest)).into()
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::record(format!("JSON ({cause})")))
}
