//! Fills a [`Corpus`], document by document.

use std::ops::Range;

use super::document::Fields;
use super::{Corpus, Document, InputFile, LineOrigin, Metadata, Part, Skip, Stood};
use crate::ids::FileId;

/// Skipped records that are kept word for word; the rest is only counted.
const SKIPS_KEPT: usize = 1_000;

/// Fills a corpus in the order of reading.
///
/// ```
/// use twicetold::corpus::{CorpusBuilder, InputFile, LineOrigin, Metadata};
/// let mut builder = CorpusBuilder::default();
/// let file = builder.begin_file(InputFile { path: "a.txt".into(), format: "text", ..InputFile::default() });
/// builder.add_document(file, "Some text.", LineOrigin::Text).whole_file();
/// builder.add_document(file, "More.", LineOrigin::Record).line(7).metadata(&Metadata::default());
/// assert_eq!(builder.finish().documents().len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct CorpusBuilder {
    corpus: Corpus,
}

/// The document that was just added, to say more about it.
#[derive(Debug)]
pub struct Added<'a> {
    document: &'a mut Document,
    metadata: &'a mut String,
}

impl Added<'_> {
    /// Its first line in the file, from 1 (the default).
    pub fn line(&mut self, line: u64) -> &mut Self {
        self.document.line = line;
        self
    }

    /// Where its body begins in its own text, in bytes.
    pub fn body(&mut self, body: usize) -> &mut Self {
        self.document.body = body.min(self.document.len());
        self
    }

    /// The bytes of its record in the file's text.
    pub fn record(&mut self, record: Range<u64>) -> &mut Self {
        self.document.record = (record.start, record.end);
        self
    }

    /// It is all of its file.
    pub fn whole_file(&mut self) -> &mut Self {
        self.document.whole_file = true;
        self
    }

    /// What the input says of it.
    pub fn metadata(&mut self, metadata: &Metadata) -> &mut Self {
        self.document.metadata = Fields::put(metadata, self.metadata);
        self
    }

    /// Where its text stood before it was removed.
    pub fn stood(&mut self, stood: Stood) -> &mut Self {
        self.document.stood = Some(Box::new(stood));
        self
    }

    /// Which of its lines are no running text, in order and apart; with none, all of it is.
    pub fn parts(&mut self, parts: Vec<Part>) -> &mut Self {
        self.document.parts = Some(parts.into_boxed_slice());
        self
    }
}

impl CorpusBuilder {
    /// A file begins; what [`add_document`](Self::add_document) adds next may name it.
    pub fn begin_file(&mut self, file: InputFile) -> FileId {
        let id = FileId::new(u32::try_from(self.corpus.files.len()).unwrap_or(u32::MAX));
        self.corpus.files.push(file);
        id
    }

    /// The file is a table whose text stands in this column, from 0.
    pub fn text_column(&mut self, id: FileId, column: usize) {
        if let Some(file) = self.corpus.files.get_mut(id.index()) {
            file.text_column = Some(column);
        }
    }

    /// A file has been read to its end: its length and digest are known now.
    pub fn end_file(&mut self, id: FileId, bytes: u64, xxh3: u64) {
        if let Some(file) = self.corpus.files.get_mut(id.index()) {
            file.bytes = bytes;
            file.xxh3 = xxh3;
        }
    }

    /// The file that was begun last, if it has this path, cannot be read to its end.
    pub fn cut_short(&mut self, path: &str) {
        if let Some(file) = self.corpus.files.last_mut().filter(|file| file.path == path) {
            file.is_cut_short = true;
        }
    }

    /// Adds a document of a file.
    pub fn add_document(&mut self, file: FileId, text: &str, lines: LineOrigin) -> Added<'_> {
        if let Some(file) = self.corpus.files.get_mut(file.index()) {
            file.documents += 1;
        }
        self.push(Some(file), text, lines)
    }

    /// Adds a text that comes from no file.
    pub fn add_text(&mut self, text: &str) -> Added<'_> {
        self.push(None, text, LineOrigin::Text)
    }

    /// Adds all that another corpus holds, behind what is there; its reference is one only where nothing stands before it. Cost: a
    /// copy of its texts.
    pub fn add_corpus(&mut self, other: &Corpus) {
        let (bytes, files) = (self.corpus.text.len(), self.corpus.files.len());
        let metadata = self.corpus.metadata.len();
        if self.corpus.documents.is_empty() && self.corpus.reference.is_none() {
            self.corpus.reference = other.reference;
        }
        self.corpus.text.push_str(&other.text);
        self.corpus.metadata.push_str(&other.metadata);
        self.corpus.files.extend_from_slice(&other.files);
        self.corpus.documents.extend(other.documents.iter().cloned().map(|document| Document {
            start: document.start + bytes,
            end: document.end + bytes,
            file: document.file.and_then(|file| FileId::from_index(file.index() + files)),
            metadata: document.metadata.behind(metadata),
            ..document
        }));
        other.skipped.iter().cloned().for_each(|skip| self.skip(skip));
        self.corpus.skipped_total += other.skipped_total - other.skipped.len() as u64;
        other.warnings.iter().cloned().for_each(|warning| self.warn(warning));
    }

    /// What was added so far is the reference; what follows is compared with it alone.
    pub fn end_reference(&mut self) {
        self.corpus.reference = Some(self.corpus.documents.len());
    }

    fn push(&mut self, file: Option<FileId>, text: &str, line_origin: LineOrigin) -> Added<'_> {
        let start = self.corpus.text.len();
        self.corpus.text.push_str(text);
        let end = self.corpus.text.len();
        self.corpus.documents.push(Document {
            start,
            end,
            file,
            line: 1,
            line_origin,
            ..Document::default()
        });
        let last = self.corpus.documents.len() - 1;
        Added { document: &mut self.corpus.documents[last], metadata: &mut self.corpus.metadata }
    }

    /// Counts a record that did not become a document.
    pub fn skip(&mut self, skip: Skip) {
        self.corpus.skipped_total += 1;
        if self.corpus.skipped.len() < SKIPS_KEPT {
            self.corpus.skipped.push(skip);
        }
    }

    /// Notes what a user should know about the input.
    pub fn warn(&mut self, warning: String) {
        if self.corpus.warnings.len() < SKIPS_KEPT {
            self.corpus.warnings.push(warning);
        }
    }

    /// Documents added so far.
    pub fn document_count(&self) -> usize {
        self.corpus.documents.len()
    }

    /// The corpus.
    pub fn finish(self) -> Corpus {
        self.corpus
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DocumentId;

    #[test]
    fn a_corpus_behind_another_keeps_its_texts_files_and_what_was_skipped() {
        let one = |path: &str, text: &str| {
            let mut builder = CorpusBuilder::default();
            let file = builder.begin_file(InputFile { path: path.into(), ..InputFile::default() });
            let metadata = Metadata { title: Some(text.to_uppercase()), ..Metadata::default() };
            builder.add_document(file, text, LineOrigin::Text).line(4).metadata(&metadata);
            builder.skip(Skip { path: path.into(), line: None, reason: "torn".into() });
            builder.finish()
        };
        let mut both = CorpusBuilder::default();
        both.add_corpus(&one("a.txt", "The quay is wet."));
        both.add_corpus(&one("b.txt", "The tide is out."));
        let both = both.finish();
        let named = |number| {
            (both.document_name(DocumentId::new(number)), both.text(DocumentId::new(number)))
        };
        assert_eq!(named(0), ("a.txt:4".to_owned(), "The quay is wet."));
        assert_eq!(named(1), ("b.txt:4".to_owned(), "The tide is out."));
        assert_eq!(both.about(DocumentId::new(1)).title, Some("THE TIDE IS OUT."));
        assert_eq!(
            (both.skipped().len(), both.skipped_total(), both.files()[1].documents),
            (2, 2, 1)
        );
    }
}
