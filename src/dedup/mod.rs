//! Removing repeats: what goes, the files without it, a ledger of every removal, and the way back.
//!
//! [`Dedup::new`] decides ([`removals`]), [`Dedup::write`] copies each file without what goes, byte for byte beside it, and
//! notes each cut in the [ledger](LedgerLine), [`restore()`] puts the input together again from both.
//!
//! By default only sentences go that are equal or nearly so, and of which no number, negation or name differs from the one that
//! stays: whatever else repeats is for people to judge.

mod annotate;
mod copy;
mod cuts;
mod elements;
mod ledger;
mod passages;
mod restore;
mod review;
mod rewrite;
mod summary;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::config::{Config, Numbers, Profile, Unit};
use crate::corpus::{Corpus, DocumentLines, InputFile, Sentence, Stood};
use crate::error::{Error, Result};
use crate::ids::{DocumentId, FileId};
use crate::normalize::Normalizer;
use crate::pipeline::{Boilerplate, JudgedLink, Reason, Removable, Removal, Removals, removals};
use crate::progress::Progress;
use crate::read::FileText;
use crate::verify::{Flag, Flags, Relation};

pub use cuts::{Cut, cuts};
pub use ledger::{
    FileLine, KeptLine, LEDGER_SCHEMA, LedgerLine, RemovedLine, RowsLine, RunLine, Scores,
};
pub(crate) use restore::changed;
pub use restore::{Ledger, restore};
pub use review::Decisions;
pub use rewrite::Rewritten;
pub use summary::{Counts, LengthLimits, Share, ShownLink, Summary};
pub(crate) use table::{restore_table, table_format};

/// What keeps both sentences of a link.
const CONFLICTS: [Flag; 4] =
    [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer, Flag::WordsDiffer];

/// What may be removed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Policy {
    /// The relations of links that remove.
    pub relations: Vec<Relation>,
    /// Which of the flags that keep both do not: other numbers, other negations, other names, other words.
    pub ignored: Flags,
    /// Shorter sentences stay, in words; `None` is 5 for sentences and lines, 1 for documents.
    pub minimum_words: Option<u32>,
    /// Longer sentences stay, in words.
    pub maximum_words: Option<u32>,
    /// Texts that stay.
    pub protected: Vec<String>,
    /// Whether the one that would be kept goes too.
    pub all_copies: bool,
    /// What becomes of boilerplate.
    pub boilerplate: Boilerplate,
    /// Whether a document of which nothing is left stays, empty.
    pub keep_empty: bool,
    /// Pairs that a person decided.
    pub decisions: Decisions,
    /// How many sentences behind each other must repeat for any of them to go; 1 asks for nothing.
    pub passage: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            relations: vec![Relation::Exact, Relation::Near],
            ignored: Flags::default(),
            minimum_words: None,
            maximum_words: None,
            protected: Vec::new(),
            all_copies: false,
            boilerplate: Boilerplate::Once,
            keep_empty: false,
            decisions: Decisions::default(),
            passage: 1,
        }
    }
}

impl Policy {
    /// The profile that finds what these relations ask for: `near` where nothing looser goes, since its links do not depend on
    /// the corpus, so that removing twice removes no more than once.
    pub fn profile(&self) -> Profile {
        let is_close = |relation: &Relation| *relation <= Relation::Near;
        if self.relations.iter().all(is_close) { Profile::Near } else { Profile::Paraphrase }
    }

    /// The fewest words of what may go.
    fn minimum_words(&self, config: &Config) -> u32 {
        let least = if config.unit == Unit::Document { 1 } else { config.minimum_words };
        self.minimum_words.unwrap_or(least)
    }

    /// Refuses limits between which no length lies.
    ///
    /// # Errors
    /// The most words are fewer than the least.
    pub fn check(&self, config: &Config) -> Result<()> {
        let least = self.minimum_words(config);
        match self.maximum_words {
            Some(most) if most < least => {
                let which = match self.minimum_words {
                    Some(_) => "which is --min-words",
                    None => "or --min-words no more than it: shorter sentences stay",
                };
                Err(Error::config("max-words", format!("at least {least}, {which}")))
            }
            _ => Ok(()),
        }
    }

    fn allows(&self, numbers: Numbers, relation: Relation, flags: Flags) -> bool {
        let ignored = self.ignored.with_if(numbers == Numbers::Ignore, Flag::NumbersDiffer);
        // What is looser than near has other words anyway, and whoever lets that go asks for no less of what is near.
        let has_other_words = |it: &Relation| matches!(it, Relation::Edited | Relation::Reworded);
        let takes_other_words =
            relation > Relation::Near || self.relations.iter().any(has_other_words);
        let ignored = ignored.with_if(takes_other_words, Flag::WordsDiffer);
        let keeps = |&flag: &Flag| flags.has(flag) && !ignored.has(flag);
        self.relations.contains(&relation) && !CONFLICTS.iter().any(keeps)
    }
}

/// What goes of a corpus.
#[derive(Debug)]
pub struct Dedup<'a> {
    corpus: &'a Corpus,
    config: &'a Config,
    policy: &'a Policy,
    removals: Removals,
    /// By document: where its sentences end among all.
    ends: Vec<usize>,
    /// By sentence: where its removal stands, from 1; 0 if it stays.
    removal_of: Vec<u32>,
    /// By path: the path of what is written.
    outputs: BTreeMap<String, String>,
    normalizer: Normalizer,
    /// Documents that could not be cut, as far as files were written.
    uncut: Mutex<BTreeSet<DocumentId>>,
    /// By document: its lines, once somebody asks.
    lines: Vec<OnceLock<DocumentLines>>,
}

impl<'a> Dedup<'a> {
    /// Finds the repeats and decides what goes. `outputs` names what will be written, by the path of each input; a single file
    /// needs no name.
    ///
    /// ```
    /// use twicetold::dedup::{Dedup, Policy};
    /// use twicetold::{Config, config::InputConfig, read::read_bytes};
    /// let lines = b"The ferry left the harbour at dawn.\nThe ferry left the harbour at dawn!\n";
    /// let corpus = read_bytes(lines, "news.lines", &InputConfig::default())?;
    /// let (config, policy) = (Config::default(), Policy::default());
    /// let dedup = Dedup::new(&corpus, (&config, &policy), Default::default(), &())?;
    /// assert_eq!(dedup.summary().removed.sentences, 1);
    /// # Ok::<(), twicetold::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`detect`](crate::detect) and [`Policy::check`].
    pub fn new(
        corpus: &'a Corpus,
        (config, policy): (&'a Config, &'a Policy),
        outputs: BTreeMap<String, String>,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let allows = |relation, flags| policy.allows(config.numbers, relation, flags);
        let decided = |a: &str, b: &str| policy.decisions.of(a, b);
        policy.check(config)?;
        let removable = Removable {
            link: &allows,
            minimum_words: policy.minimum_words(config),
            maximum_words: policy.maximum_words,
            protected: &policy.protected,
            all_copies: policy.all_copies,
            boilerplate: policy.boilerplate,
            decided: (!policy.decisions.is_empty()).then_some(&decided),
        };
        let mut removals = removals(corpus, config, removable, progress)?;
        if policy.passage > 1 {
            let (removed, sentences) = (&removals.removed, &removals.sentences);
            removals.removed = passages::passages(removed, sentences, policy.passage);
        }
        let mut ends = vec![0; corpus.documents().len()];
        for (end, sentence) in (1..).zip(&removals.sentences) {
            ends[sentence.document.index()] = end;
        }
        let mut last = 0;
        for end in &mut ends {
            last = (*end).max(last);
            *end = last;
        }
        let mut removal_of = vec![0; removals.sentences.len()];
        for (number, removal) in (1..).zip(&removals.removed) {
            removal_of[removal.sentence as usize] = number;
        }
        Ok(Self {
            corpus,
            config,
            policy,
            removals,
            ends,
            removal_of,
            outputs,
            normalizer: Normalizer::new(config.rules()),
            uncut: Mutex::default(),
            lines: corpus.documents().iter().map(|_| OnceLock::new()).collect(),
        })
    }

    /// What was found and decided.
    pub const fn removals(&self) -> &Removals {
        &self.removals
    }

    /// The first line of the ledger; `one_file` says that the output is a file and no folder.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin(&self, one_file: bool, ledger: &mut dyn Write) -> Result<()> {
        let run = RunLine {
            schema: LEDGER_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            one_file,
            settings: self.settings(),
        };
        rewrite::put_line(ledger, &LedgerLine::Run(run))
    }

    /// Writes a file of the corpus without what goes, and its lines of the ledger. `text` is the file's text once more.
    ///
    /// # Errors
    /// The file cannot be read again, or is not as it was; the output or the ledger cannot be written.
    pub fn write(
        &self,
        file: FileId,
        text: &mut FileText<'_>,
        out: &mut dyn Write,
        ledger: &mut dyn Write,
    ) -> Result<Rewritten> {
        let documents = self.documents_of(file);
        rewrite::rewrite(self, (self.corpus.file(file), documents), text, (out, ledger))
    }

    /// How many decisions are of texts of which one is not among those that were compared.
    pub fn strange_decisions(&self) -> usize {
        let decisions = &self.policy.decisions;
        let mut missing = decisions.names();
        let mut key = String::new();
        for sentence in &self.removals.sentences {
            if missing.is_empty() {
                return 0;
            }
            key.clear();
            let text = self.corpus.sentence_text(sentence);
            self.normalizer.for_kind(sentence.kind).key(text, &mut key);
            missing.remove(Removals::name(&key).as_str());
        }
        decisions.with_any_of(&missing)
    }

    /// A file is not written: what was to go of it stays.
    pub fn pass_over(&self, file: FileId) {
        let documents = self.documents_of(file).filter_map(DocumentId::from_index);
        documents.filter(|&document| self.goes(document).is_some()).for_each(|id| self.leave(id));
    }

    /// The settings of the search and of the removal.
    fn settings(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut settings = self.removals.settings.clone();
        let Policy {
            relations,
            ignored,
            minimum_words,
            maximum_words,
            protected,
            all_copies,
            boilerplate,
            keep_empty,
            decisions,
            passage,
        } = self.policy;
        let relations: Vec<&str> = relations.iter().map(|relation| relation.name()).collect();
        let ignored: Vec<&str> = ignored.iter().map(Flag::name).collect();
        let boilerplate = match boilerplate {
            Boilerplate::Once => "once",
            Boilerplate::Keep => "keep",
            Boilerplate::Drop => "drop",
        };
        let more = serde_json::json!({
            "relations": relations,
            "ignored_differences": ignored,
            "min_words": minimum_words,
            "max_words": maximum_words,
            "protected": protected.len(),
            "drop_all_copies": all_copies,
            "boilerplate": boilerplate,
            "keep_empty": keep_empty,
            "reference_documents": self.corpus.reference(),
            "decisions": decisions.len(),
            "passage_sentences": passage,
        });
        if let serde_json::Value::Object(more) = more {
            settings.extend(more);
        }
        settings
    }

    /// The documents of a file, which stand together.
    fn documents_of(&self, file: FileId) -> Range<usize> {
        let documents = self.corpus.documents();
        let of = |document: &crate::corpus::Document| document.file().map_or(0, FileId::index);
        let start = documents.partition_point(|document| of(document) < file.index());
        let end = documents.partition_point(|document| of(document) <= file.index());
        start..end
    }

    fn range_of(&self, document: DocumentId) -> Range<usize> {
        let start = document.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[document.index()].max(start)
    }

    fn sentences_of(&self, document: DocumentId) -> &[Sentence] {
        &self.removals.sentences[self.range_of(document)]
    }

    /// Which sentences of a document go; `None` if all stay.
    fn goes(&self, document: DocumentId) -> Option<Vec<bool>> {
        let goes: Vec<bool> =
            self.removal_of[self.range_of(document)].iter().map(|&number| number > 0).collect();
        goes.contains(&true).then_some(goes)
    }

    fn output_of(&self, file: &InputFile) -> Option<String> {
        self.outputs.get(&file.path).cloned()
    }

    /// Where a sentence begins, as a line of its file.
    fn line_of(&self, sentence: &Sentence) -> u64 {
        let lines = &self.lines[sentence.document.index()];
        lines.get_or_init(|| self.corpus.lines(sentence.document)).line_of(sentence.span.start)
    }

    /// The ledger's line for a sentence of a document.
    fn ledger_line(
        &self,
        (document, number): (DocumentId, usize),
        start: u64,
        cut: &str,
    ) -> RemovedLine {
        let place = self.range_of(document).start + number;
        let removal = &self.removals.removed[self.removal_of[place] as usize - 1];
        let kept = removal.kept.map(|kept| self.kept_line(&self.removals.sentences[kept as usize]));
        let KeptLine { file, line, document, sentence, text } =
            self.kept_line(&self.removals.sentences[place]);
        RemovedLine {
            file,
            line,
            document,
            sentence,
            text,
            start,
            cut: cut.to_owned(),
            reason: reason(removal).to_owned(),
            relation: removal.relation.name().to_owned(),
            flags: removal.flags.iter().map(|flag| flag.name().to_owned()).collect(),
            scores: removal.scores.as_ref().map(Scores::of),
            kept,
        }
    }

    fn kept_line(&self, sentence: &Sentence) -> KeptLine {
        let about = self.corpus.document(sentence.document);
        let text = self.corpus.sentence_text(sentence);
        let mut key = String::new();
        self.normalizer.for_kind(sentence.kind).key(text, &mut key);
        let Stood { file, line, document } = match about.stood() {
            // It was removed before: whoever reads the entry wants to find it where it was.
            Some(stood) => stood.clone(),
            None => Stood {
                file: about.file().map_or_else(String::new, |it| self.corpus.file(it).path.clone()),
                line: self.line_of(sentence),
                document: self.corpus.document_name(sentence.document),
            },
        };
        KeptLine { file, line, document, sentence: Removals::name(&key), text: text.to_owned() }
    }

    /// A document stays as it is, since its text was not found in its record.
    fn leave(&self, document: DocumentId) {
        self.uncut.lock().unwrap_or_else(PoisonError::into_inner).insert(document);
    }

    /// Documents that were to lose something and were left as they are, in what was written so far.
    fn uncut(&self) -> BTreeSet<DocumentId> {
        self.uncut.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How much goes, of what, and what decided narrowly; what could not be cut out of files that were written does not go.
    pub fn summary(&self) -> Summary {
        Summary::of(self)
    }
}

fn reason(removal: &Removal) -> &'static str {
    match removal.reason {
        Reason::Repeat => "repeat",
        Reason::AllCopies => "all_copies",
        Reason::Boilerplate => "boilerplate",
        Reason::Version => "version",
        Reason::Stub => "stub",
    }
}

impl Scores {
    fn of(scores: &crate::pipeline::PairScores) -> Self {
        Self {
            jaccard_idf: scores.jaccard_idf.rounded(),
            jaccard_char4: scores.jaccard_char4.rounded(),
            coverage_kept: scores.coverage_a.rounded(),
            coverage_removed: scores.coverage_b.rounded(),
            longest_run: scores.longest_run,
            word_edit: scores.word_edit.rounded(),
        }
    }
}
