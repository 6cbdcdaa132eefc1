//! How much goes, of which relation, source and file, and the decisions that were the narrowest.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Dedup, JudgedLink, Removal, Scores, reason};
use crate::corpus::Sentence;
use crate::ids::DocumentId;
use crate::pipeline::LeftByLength;
use crate::script::is_spaceless;
use crate::verify::Flag;

/// Sentences, words and bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Counts {
    /// Sentences (or lines, or documents, by the unit).
    pub sentences: u64,
    /// Words between blanks; of a script without blanks (Chinese, Japanese, Thai) its characters.
    pub words: u64,
    /// Bytes of their texts.
    pub bytes: u64,
}

impl Counts {
    fn of(text: &str) -> Self {
        let words = text.split_whitespace().map(words).sum();
        Self { sentences: 1, words, bytes: text.len() as u64 }
    }

    const fn add(&mut self, more: Self) {
        self.sentences += more.sentences;
        self.words += more.words;
        self.bytes += more.bytes;
    }
}

/// How many words stand between two blanks: one, or the characters of scripts without blanks and what else has a letter or digit
/// between them.
fn words(token: &str) -> u64 {
    if !token.chars().any(is_spaceless) {
        return 1;
    }
    let spaceless = token.chars().filter(|&c| is_spaceless(c)).count();
    let others = token.split(is_spaceless).filter(|part| part.contains(char::is_alphanumeric));
    (spaceless + others.count()) as u64
}

/// What goes of a source, a file, or by a relation.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Share {
    /// Its name.
    pub name: String,
    /// All of it.
    pub all: Counts,
    /// What goes.
    pub removed: Counts,
}

/// A pair that was decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownLink {
    /// The text that stays, or one of both.
    pub kept: String,
    /// Its place.
    pub kept_at: String,
    /// Its name.
    pub kept_id: String,
    /// The other text.
    pub other: String,
    /// Its place.
    pub other_at: String,
    /// Its name.
    pub other_id: String,
    /// How the two are related.
    pub relation: &'static str,
    /// The proof.
    pub scores: Scores,
    /// What stands beside it.
    pub flags: Vec<&'static str>,
}

/// What stays because of its length, whether it repeats or not. What has no words at all is not counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct LengthLimits {
    /// The fewest words of what may go.
    pub min_words: u32,
    /// The most, if there is a limit.
    pub max_words: Option<u32>,
    /// Sentences of fewer words.
    pub shorter: u64,
    /// Sentences of more words.
    pub longer: u64,
}

impl LengthLimits {
    fn of(dedup: &Dedup<'_>) -> Self {
        let LeftByLength { shorter, longer } = dedup.removals.left_by_length;
        Self {
            min_words: dedup.policy.minimum_words(dedup.config),
            max_words: dedup.policy.maximum_words,
            shorter,
            longer,
        }
    }
}

/// What a run removes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// What was compared: `sentence`, `line` or `document`.
    pub unit: &'static str,
    /// Documents that were read.
    pub documents: u64,
    /// Documents of which nothing is left.
    pub emptied_documents: u64,
    /// Documents that were to lose something and were left as they are, since their text was not found in their record.
    pub uncut_documents: u64,
    /// All that was read.
    pub all: Counts,
    /// What goes.
    pub removed: Counts,
    /// How many documents lose what share of their words: none, up to a tenth, up to two tenths, …, up to all of them.
    pub documents_by_share: [u64; 11],
    /// By reason and relation.
    pub by_relation: BTreeMap<String, u64>,
    /// By source, those that lose the most first.
    pub by_source: Vec<Share>,
    /// By file, those that lose the most first.
    pub by_file: Vec<Share>,
    /// Linked pairs of which both stay.
    pub kept_links: u64,
    /// What stays because of its length.
    pub left_by_length: LengthLimits,
    /// The least similar pairs of which one goes.
    pub weakest_removed: Vec<ShownLink>,
    /// The most similar pairs of which both stay.
    pub strongest_kept: Vec<ShownLink>,
}

impl Summary {
    pub(super) fn of(dedup: &Dedup<'_>) -> Self {
        let (corpus, uncut) = (dedup.corpus, dedup.uncut());
        let (mut all, mut removed) = (Counts::default(), Counts::default());
        let mut sources: BTreeMap<&str, Share> = BTreeMap::new();
        let mut files: BTreeMap<&str, Share> = BTreeMap::new();
        let mut documents = vec![(0, 0); corpus.documents().len()];
        let reference = corpus.reference().unwrap_or_default();
        for (sentence, &number) in dedup.removals.sentences.iter().zip(&dedup.removal_of) {
            if sentence.document.index() < reference {
                continue;
            }
            let text = Counts::of(corpus.sentence_text(sentence));
            let about = corpus.document(sentence.document);
            let source = corpus.about(sentence.document).source;
            let file = about.file().map_or("", |file| corpus.file(file).path.as_str());
            let (source, file) =
                (sources.entry(source.unwrap_or("")).or_default(), files.entry(file).or_default());
            for counts in [&mut all, &mut source.all, &mut file.all] {
                counts.add(text);
            }
            let (gone, of_document) = &mut documents[sentence.document.index()];
            *of_document += text.words;
            if number > 0 && !uncut.contains(&sentence.document) {
                *gone += text.words;
                for counts in [&mut removed, &mut source.removed, &mut file.removed] {
                    counts.add(text);
                }
            }
        }
        let mut by_relation = BTreeMap::new();
        let is_cut = |removal: &&Removal| {
            let sentence = &dedup.removals.sentences[removal.sentence as usize];
            !uncut.contains(&sentence.document)
        };
        for removal in dedup.removals.removed.iter().filter(is_cut) {
            let name = match reason(removal) {
                "repeat" => removal.relation.name(),
                other => other,
            };
            *by_relation.entry(name.to_owned()).or_default() += 1;
        }
        let shown = |links: &[JudgedLink]| links.iter().map(|link| shown(dedup, link)).collect();
        Self {
            unit: dedup.config.unit.name(),
            documents: (corpus.documents().len() - reference) as u64,
            emptied_documents: emptied(dedup, &uncut),
            uncut_documents: uncut.len() as u64,
            all,
            removed,
            documents_by_share: by_share(documents.get(reference..).unwrap_or_default()),
            by_relation,
            by_source: ranked(sources),
            by_file: ranked(files),
            kept_links: dedup.removals.kept_links,
            left_by_length: LengthLimits::of(dedup),
            weakest_removed: shown(&dedup.removals.weakest_removed),
            strongest_kept: shown(&dedup.removals.strongest_kept),
        }
    }
}

/// Documents by the share of their words that goes, in tenths, rounded up.
fn by_share(documents: &[(u64, u64)]) -> [u64; 11] {
    let mut counts = [0; 11];
    for &(gone, words) in documents {
        let tenths = (gone * 10).div_ceil(words.max(1));
        counts[usize::try_from(tenths).unwrap_or(0).min(10)] += 1;
    }
    counts
}

/// Documents that had sentences and have none left.
fn emptied(dedup: &Dedup<'_>, uncut: &BTreeSet<DocumentId>) -> u64 {
    let documents = (0..dedup.corpus.documents().len()).filter_map(DocumentId::from_index);
    let is_emptied =
        |document| dedup.goes(document).is_some_and(|goes| goes.iter().all(|&goes| goes));
    documents.filter(|document| !uncut.contains(document) && is_emptied(*document)).count() as u64
}

/// Those that lose something, the most first.
fn ranked(shares: BTreeMap<&str, Share>) -> Vec<Share> {
    let named = |(name, share): (&str, Share)| Share { name: name.to_owned(), ..share };
    let mut shares: Vec<Share> = shares.into_iter().map(named).collect();
    shares.retain(|share| share.removed.sentences > 0);
    shares.sort_by_key(|share| std::cmp::Reverse(share.removed.sentences));
    shares
}

fn shown(dedup: &Dedup<'_>, link: &JudgedLink) -> ShownLink {
    let sentence = |place: u32| &dedup.removals.sentences[place as usize];
    let text = |place: u32| dedup.corpus.sentence_text(sentence(place)).to_owned();
    let at = |sentence: &Sentence| {
        let line = dedup.line_of(sentence);
        let about = dedup.corpus.document(sentence.document);
        let file = about.file().map_or("text", |file| dedup.corpus.file(file).path.as_str());
        format!("{file}:{line}")
    };
    ShownLink {
        kept: text(link.kept),
        kept_at: at(sentence(link.kept)),
        kept_id: dedup.kept_line(sentence(link.kept)).sentence,
        other: text(link.other),
        other_at: at(sentence(link.other)),
        other_id: dedup.kept_line(sentence(link.other)).sentence,
        relation: link.relation.name(),
        scores: Scores::of(&link.scores),
        flags: link.flags.iter().map(Flag::name).collect(),
    }
}
