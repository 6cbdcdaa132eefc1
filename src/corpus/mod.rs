//! The texts, held once: files, documents and sentence spans. Everything later speaks of ids and spans.
//!
//! All document texts stand behind each other in one string, so a corpus of a million lines is a handful of allocations. A
//! sentence is a span of a document; nothing copies it. What the input says of documents stands in another string.

mod builder;
mod document;
mod sentence;

pub use builder::{Added, CorpusBuilder};
pub use document::{
    About, Document, DocumentLines, InputFile, LineOrigin, Metadata, Part, Skip, Stood,
};
pub use sentence::{Sentence, SentenceKind, Span};

use crate::ids::{DocumentId, FileId};

/// Documents and where they came from.
///
/// ```
/// use twicetold::corpus::Corpus;
/// let corpus = Corpus::from_texts(["One lesson. Another lesson.", "A third."]);
/// assert_eq!(corpus.documents().len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct Corpus {
    text: String,
    /// The metadata of all documents.
    metadata: String,
    files: Vec<InputFile>,
    documents: Vec<Document>,
    /// The first so many documents are only compared with.
    reference: Option<usize>,
    skipped: Vec<Skip>,
    skipped_total: u64,
    warnings: Vec<String>,
}

impl Corpus {
    /// A corpus of texts that come from no file.
    pub fn from_texts<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Self {
        let mut builder = CorpusBuilder::default();
        for text in texts {
            builder.add_text(text.as_ref());
        }
        builder.finish()
    }

    /// The files that were read, in order.
    pub fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// The documents, in order; a [`DocumentId`] is a position in this slice.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// How many of the first documents are the *reference*, which the others are compared with: where there is one, only what
    /// the others share with it counts.
    pub const fn reference(&self) -> Option<usize> {
        self.reference
    }

    /// Whether a document is of the reference.
    pub fn is_reference(&self, id: DocumentId) -> bool {
        self.reference.is_some_and(|reference| id.index() < reference)
    }

    /// One document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()]
    }

    /// One file.
    pub fn file(&self, id: FileId) -> &InputFile {
        &self.files[id.index()]
    }

    /// A document's raw text, as read (after decoding to UTF-8).
    pub fn text(&self, id: DocumentId) -> &str {
        self.text.get(self.document(id).bytes()).unwrap_or_default()
    }

    /// What the input says of a document beside its text. Cost: six slices of a string.
    pub fn about(&self, id: DocumentId) -> About<'_> {
        self.document(id).metadata.of(&self.metadata)
    }

    /// A sentence's raw text.
    pub fn sentence_text(&self, sentence: &Sentence) -> &str {
        self.text(sentence.document).get(sentence.span.range()).unwrap_or_default()
    }

    /// Where a document's lines break, for the line of each of its places. Cost: a scan of the document.
    pub fn lines(&self, id: DocumentId) -> DocumentLines {
        let document = self.document(id);
        let breaks = match document.line_origin() {
            LineOrigin::Record => Vec::new(),
            LineOrigin::Text => memchr::memchr_iter(b'\n', self.text(id).as_bytes()).collect(),
        };
        DocumentLines { first: document.line(), breaks }
    }

    /// The name that reports give a document: its own id, else its file (and line, where a file holds many).
    pub fn document_name(&self, id: DocumentId) -> String {
        let document = self.document(id);
        if let Some(name) = self.about(id).id {
            return name.to_owned();
        }
        let Some(file) = document.file() else { return format!("text:{}", id.index() + 1) };
        let path = &self.file(file).path;
        if document.is_whole_file() { path.clone() } else { format!("{path}:{}", document.line()) }
    }

    /// The first thousand records that were skipped, in order.
    pub fn skipped(&self) -> &[Skip] {
        &self.skipped
    }

    /// How many records were skipped in all.
    pub const fn skipped_total(&self) -> u64 {
        self.skipped_total
    }

    /// What a user should know about the input, in order: bytes replaced, giant lines cut, ids given twice.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Length of all texts, in bytes.
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }
}
