//! Nothing removed: the same records, each with what would go of it, so that others can cut later.
//!
//! A record of JSON lines stays as it is, byte for byte, but for one field more, `twicetold`; an element of a JSON array becomes
//! such a line, a row of a table an object of its columns, and a document of any other format a record with its text. A field
//! `twicetold` is replaced if an earlier run wrote it; one of the record's own is an error. Cost: one more reading.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::copy::Copy;
use super::{Dedup, KeptLine, Scores, reason};
use crate::corpus::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::ids::{DocumentId, FileId};
use crate::read::{FileText, objects};
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

/// A document of a format whose records have no more than their text.
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

    /// The same for a JSON array or a table of text, whose records keep all their fields. `text` is the file's text once more;
    /// whether its format is one of these.
    ///
    /// # Errors
    /// The file cannot be read again, or is not as it was; a record has a field `twicetold` of its own; the output cannot be written.
    pub fn annotate_objects(
        &self,
        file: FileId,
        text: &mut FileText<'_>,
        out: &mut dyn Write,
    ) -> Result<bool> {
        let about = self.corpus.file(file);
        let format = about.format.parse()?;
        let Some(objects) = objects(text, format, &self.config.input) else { return Ok(false) };
        let documents = self.documents_of(file).filter_map(DocumentId::from_index);
        let mut documents = documents.peekable();
        for object in objects {
            let (start, object) =
                object.map_err(|cause| Error::io(Path::new(&about.path), cause))?;
            let begins = |&id: &DocumentId| self.corpus.document(id).record().start == start;
            let annotated = match documents.next_if(begins) {
                Some(document) => self.with_annotation(document, &object)?,
                None => None,
            };
            let line = annotated.unwrap_or_else(|| object + "\n");
            let written = out.write_all(line.as_bytes());
            written.map_err(|cause| Error::new(ErrorKind::Io(cause)))?;
        }
        if documents.next().is_some() {
            let expected = "the file as it was when it was read";
            return Err(Error::record(expected).at(Path::new(&about.path), None));
        }
        Ok(true)
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
        let without = without_field(line).map_err(|error| {
            let about = self.corpus.document(document);
            let path = about.file().map_or("", |file| self.corpus.file(file).path.as_str());
            error.at(Path::new(path), Some(about.line()))
        })?;
        let Some(open) = without.strip_suffix('}') else { return Ok(None) };
        let comma = if open.trim_end().ends_with('{') { "" } else { "," };
        let annotation = json(&self.annotation(document))?;
        let end = record.get(line.len()..).filter(|end| !end.is_empty()).unwrap_or("\n");
        Ok(Some(format!("{open}{comma}\"{FIELD}\":{annotation}}}{end}")))
    }

    fn record<'a>(&'a self, id: DocumentId, document: &'a Document) -> Record<'a> {
        let about = self.corpus.about(id);
        let file = document.file().map(|file| self.corpus.file(file));
        Record {
            id: self.corpus.document_name(id),
            path: file.map_or("", |file| file.path.as_str()),
            line: document.line(),
            source: about.source,
            title: about.title,
            date: about.date,
            url: about.url,
            language: about.language,
            text: self.corpus.text(id),
            twicetold: self.annotation(id),
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

/// What an earlier run wrote. Anything else under that name is the record's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Earlier {
    #[serde(rename = "sentences")]
    _sentences: usize,
    #[serde(rename = "removed")]
    _removed: Vec<IgnoredAny>,
}

/// A record without what an earlier run said of it.
///
/// # Errors
/// It has a field of this name that no run wrote.
fn without_field(line: &str) -> Result<Cow<'_, str>> {
    #[derive(Default, Deserialize)]
    struct Known<'a> {
        #[serde(borrow, default, deserialize_with = "given")]
        twicetold: Option<&'a RawValue>,
    }
    fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<&'de RawValue>, D::Error> {
        <&RawValue>::deserialize(value).map(Some)
    }
    let own = || {
        let expected = format!("no field \"{FIELD}\" but what --annotate wrote; rename it");
        Err(Error::record(expected))
    };
    let known = match serde_json::from_str::<Known<'_>>(line) {
        Ok(known) => known,
        // Given twice.
        Err(cause) if cause.is_data() && line.starts_with('{') => return own(),
        Err(_) => return Ok(line.into()),
    };
    let Some(value) = known.twicetold.map(RawValue::get) else { return Ok(line.into()) };
    if value != "null" && serde_json::from_str::<Earlier>(value).is_err() {
        return own();
    }
    // It is a part of the line.
    let start = value.as_ptr() as usize - line.as_ptr() as usize;
    let before = line.get(..start).unwrap_or_default().trim_end();
    let name = format!("\"{FIELD}\"");
    let before = before.strip_suffix(':').and_then(|rest| rest.trim_end().strip_suffix(&name));
    let Some(before) = before.map(str::trim_end) else { return Ok(line.into()) };
    let behind = line.get(start + value.len()..).unwrap_or_default();
    if let Some(before) = before.strip_suffix(',') {
        return Ok(format!("{before}{behind}").into());
    }
    let rest = behind.trim_start();
    Ok(format!("{before}{}", rest.strip_prefix(',').unwrap_or(rest)).into())
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::record(format!("JSON ({cause})")))
}
