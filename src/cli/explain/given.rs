//! What a word names: a line of a file, or the sentence itself.

use std::path::{Path, PathBuf};

use crate::cli::output::say;
use crate::config::Config;
use crate::corpus::{Corpus, SentenceKind};
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::pipeline::Said;
use crate::read::{Input, container, read};
use crate::segment::{Piece, Segmenter};

/// What was named on the command line, and the sentences that it may mean.
pub(super) struct Given {
    pub(super) label: String,
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence and what it is in its article.
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) kind: SentenceKind,
}

impl Sentence {
    fn new(text: &str, kind: SentenceKind) -> Self {
        Self { text: text.to_owned(), kind }
    }

    pub(super) fn said(&self) -> Said<'_> {
        Said { text: &self.text, kind: self.kind }
    }
}

impl Given {
    /// One sentence.
    pub(super) fn one(label: &str, text: &str, kind: SentenceKind) -> Self {
        Self { label: label.to_owned(), sentences: vec![Sentence::new(text, kind)] }
    }
}

/// `FILE:LINE` is what stands there, if there is such a file; anything else is the sentence itself. What looks like a name
/// and is taken as a text is said on standard error.
pub(super) fn in_file(word: &str, config: &Config) -> Result<Given> {
    let Some((path, line)) = file_and_line(word) else {
        if is_id(word) {
            say(&format!(
                "{word}: looks like a sentence's id; taken as text, for there is no --report"
            ))?;
        }
        return Ok(Given::one("", word, SentenceKind::Body));
    };
    let Some(file) = container(&path) else {
        if !word.contains(char::is_whitespace) {
            say(&format!("{}: no such file; {word} is taken as text", path.display()))?;
        }
        return Ok(Given::one("", word, SentenceKind::Body));
    };
    let is_member = file != path;
    let corpus = read(&[Input::Path(file)], &config.input, &())?;
    let member = if is_member { path.to_str() } else { None };
    let sentences = sentences(&corpus, member, line, config);
    if sentences.is_empty() {
        return Err(Error::not_found(format!("no text on line {line}")).at(&path, None));
    }
    Ok(Given { label: word.to_owned(), sentences })
}

fn file_and_line(word: &str) -> Option<(PathBuf, u64)> {
    let (path, line) = word.rsplit_once(':')?;
    Some((Path::new(path).to_owned(), line.parse().ok()?))
}

/// Whether a word has the form of the ids that reports give to sentences.
fn is_id(word: &str) -> bool {
    let digits = word.strip_prefix('s').filter(|digits| matches!(digits.len(), 16 | 32));
    digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The sentences that stand on a line, wholly or in part: of a record those of its text, of a text those that reach the
/// line; where no sentence does (the head of an article) the line itself. Of an archive only the `member` counts.
fn sentences(corpus: &Corpus, member: Option<&str>, line: u64, config: &Config) -> Vec<Sentence> {
    let reaches = |id: &DocumentId| {
        let document = corpus.document(*id);
        let path = document.file().map(|file| corpus.file(file).path.as_str());
        let is_there =
            document.line() == line || (document.is_whole_file() && document.line() < line);
        is_there && (member.is_none() || path == member)
    };
    let documents = (0..corpus.documents().len()).filter_map(DocumentId::from_index);
    let Some(document) = documents.into_iter().find(reaches) else { return Vec::new() };
    let text = corpus.text(document);
    let says = |sentence: &Sentence| sentence.text.contains(char::is_alphanumeric);
    let cut =
        |piece: &Piece| Sentence::new(text.get(piece.span.range()).unwrap_or_default(), piece.kind);
    let found: Vec<_> =
        pieces(corpus, document, line, config).iter().map(cut).filter(says).collect();
    if !found.is_empty() || !corpus.document(document).is_whole_file() {
        return found;
    }
    let before = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let line = text.lines().nth(before).map(|line| Sentence::new(line.trim(), SentenceKind::Body));
    line.filter(says).into_iter().collect()
}

/// The pieces of a document that reach a line.
fn pieces(corpus: &Corpus, id: DocumentId, line: u64, config: &Config) -> Vec<Piece> {
    let document = corpus.document(id);
    let declared = corpus.about(id).language;
    let mut pieces = Vec::new();
    let segmenter =
        Segmenter::new(config.unit, config.quotes, &config.abbreviations).wrapped(config.wrapped);
    let language = declared.or(config.language.as_deref());
    segmenter.segment(corpus.text(id), document.body(), language, &mut pieces);
    let lines = corpus.lines(id);
    pieces.retain(|piece| {
        let last = piece.span.end.saturating_sub(1).max(piece.span.start);
        (lines.line_of(piece.span.start)..=lines.line_of(last)).contains(&line)
    });
    pieces
}
