//! Who says the same, by sentences and places: what an audit asks of a search, without a copy of any text.
//!
//! [`grouped`] searches as [`detect`](super::detect) does and lends what came of it: every sentence at its place, which distinct
//! sentence it is, and groups of distinct sentences that are linked. A sentence that is in no cluster, but has a link that the report
//! would show (it stands inside a longer one, or its partners are in clusters of others), is in the group of its nearest partner.
//!
//! Cost: that of `detect` without its proofs; eight bytes for each sentence and each distinct sentence.

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::clustering::{Clustered, cluster};
use super::results::{InputSummary, PairScores, RecallStatement};
use super::scores::{Gauge, difference, facts, measure};
use super::{Searched, pool, searched};
use crate::config::Config;
use crate::corpus::{Corpus, Sentence};
use crate::error::Result;
use crate::ids::{DocumentId, SentenceId, Similarity};
use crate::normalize::Normalizer;
use crate::progress::Progress;
use crate::shingle::length;
use crate::verify::facts::Facts;
use crate::verify::{Flags, Relation};

/// Distinct sentences that say the same.
#[derive(Clone, Debug)]
pub struct Group {
    /// The one that the others are linked to.
    pub representative: SentenceId,
    /// All of them, ascending; one where there are but copies.
    pub members: Vec<SentenceId>,
    /// The least similarity to the representative; 1 for nothing but copies.
    pub minimum: Similarity,
    /// The mean similarity of the members to the representative; 1 for nothing but copies.
    pub mean: Similarity,
}

/// What was found, as long as it lasts.
#[derive(Clone, Copy)]
pub struct Groups<'a> {
    corpus: &'a Corpus,
    searched: &'a Searched<'a>,
    clustered: &'a Clustered,
}

impl std::fmt::Debug for Groups<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Groups").finish_non_exhaustive()
    }
}

/// Searches a corpus and lends what was found to `take`, which runs on the threads of the search.
///
/// ```
/// use twicetold::{Config, Corpus, pipeline::grouped};
/// let corpus = Corpus::from_texts(["The ferry left Velmark at dawn today.", "The ferry left Velmark at dawn today!"]);
/// let groups = grouped(&corpus, &Config::default(), &(), |found| Ok(found.groups().len()))?;
/// assert_eq!(groups, 1);
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// As [`detect`](super::detect), and what `take` fails with.
pub fn grouped<T: Send>(
    corpus: &Corpus,
    config: &Config,
    progress: &dyn Progress,
    take: impl FnOnce(&Groups<'_>) -> Result<T> + Send,
) -> Result<T> {
    let config = config.clone().validate()?;
    pool(config.threads)?.install(|| {
        searched(corpus, &config, progress, |searched| {
            progress.stage("clustering", None);
            let clustered = cluster(searched.comparison, &searched.prepared.keys, searched.found);
            take(&Groups { corpus, searched, clustered: &clustered })
        })
    })
}

impl Groups<'_> {
    /// Every setting that can change the result.
    pub fn settings(&self) -> Map<String, Value> {
        self.searched.comparison.config.result_settings()
    }

    /// What was read.
    pub fn input(&self) -> InputSummary {
        self.searched.input(self.corpus)
    }

    /// What may have been missed.
    pub fn recall(&self) -> RecallStatement {
        self.searched.recall()
    }

    /// Every sentence, document by document in the order of input.
    pub fn sentences(&self) -> &[Sentence] {
        &self.searched.prepared.sentences
    }

    /// For each sentence which distinct one it is; `None` where it has no words.
    pub fn distinct(&self) -> Vec<Option<SentenceId>> {
        let prepared = self.searched.prepared;
        let mut distinct = vec![None; prepared.sentences.len()];
        for sentence in prepared.distinct() {
            for &place in prepared.collapse.occurrences(sentence) {
                distinct[place as usize] = Some(sentence);
            }
        }
        distinct
    }

    /// The places of a distinct sentence: positions in [`sentences`](Self::sentences), in the order of input.
    pub fn places(&self, sentence: SentenceId) -> &[u32] {
        self.searched.prepared.collapse.occurrences(sentence)
    }

    /// What a distinct sentence is compared by.
    pub fn key(&self, sentence: SentenceId) -> &str {
        self.searched.prepared.keys.get(sentence.index())
    }

    /// Whether a distinct sentence has so many words that it is matched with others than its copies.
    pub fn is_long_enough(&self, sentence: SentenceId, minimum_words: u32) -> bool {
        length(self.key(sentence)).is_long_enough(minimum_words)
    }

    /// Its words; eight characters of a script without spaces are five.
    pub fn words(&self, sentence: SentenceId) -> u32 {
        let length = length(self.key(sentence));
        length.words.saturating_add(length.spaceless.saturating_mul(5).div_ceil(8))
    }

    /// The raw text of a distinct sentence at its first place.
    pub fn text(&self, sentence: SentenceId) -> &str {
        self.searched.prepared.text(self.corpus, sentence)
    }

    /// What is known of a distinct sentence by itself.
    pub fn flags(&self, sentence: SentenceId) -> Flags {
        self.searched.notes[sentence.index()]
    }

    /// A document's language, if it is declared or was found.
    pub fn language(&self, document: DocumentId) -> Option<&str> {
        self.searched.prepared.languages.name(document)
    }

    /// Whether a document is of a language that was not asked for.
    pub fn is_left_out(&self, document: DocumentId) -> bool {
        self.searched.prepared.languages.is_left_out(document)
    }

    /// What two linked sentences are called.
    pub fn relation(&self, a: SentenceId, b: SentenceId) -> Relation {
        if a == b {
            return Relation::Exact;
        }
        self.measured(a, b).1
    }

    /// How near two different linked sentences are, and what they are called.
    pub fn measured(&self, a: SentenceId, b: SentenceId) -> (PairScores, Relation) {
        let keys = (&self.searched.prepared.keys, &mut Gauge::default());
        measure(self.searched.comparison, keys, (a.number(), b.number()))
    }

    /// The numbers, negations and names of a distinct sentence, at its first place.
    pub fn facts(&self, sentence: SentenceId) -> Facts {
        let normalizer = Normalizer::new(self.searched.comparison.config.rules());
        let raw = self.searched.prepared.text(self.corpus, sentence);
        let kind = self.searched.prepared.first(sentence).kind;
        facts(raw, &normalizer.for_kind(kind).trace(raw))
    }

    /// What differs between the facts of two sentences.
    pub fn differences(&self, a: &Facts, b: &Facts) -> Flags {
        difference(self.searched.comparison.config, a, b)
    }

    /// Everything that stands in two places at least, in the order of first occurrence.
    pub fn groups(&self) -> Vec<Group> {
        let joined = self.joined();
        let mut groups: Vec<Group> = self
            .clustered
            .clusters
            .iter()
            .map(|cohesion| Group {
                representative: cohesion.cluster.representative,
                members: cohesion.cluster.members.clone(),
                minimum: cohesion.minimum,
                mean: cohesion.mean,
            })
            .collect();
        let mut group_of = vec![u32::MAX; self.searched.prepared.collapse.len()];
        for (number, group) in (0..).zip(&groups) {
            for member in &group.members {
                group_of[member.index()] = number;
            }
        }
        for (sentence, partner, similarity) in joined {
            if group_of[sentence.index()] != u32::MAX {
                continue;
            }
            if group_of[partner.index()] == u32::MAX {
                group_of[partner.index()] = u32::try_from(groups.len()).unwrap_or(u32::MAX);
                groups.push(Group { members: vec![partner], ..copies(partner) });
            }
            let group = &mut groups[group_of[partner.index()] as usize];
            group_of[sentence.index()] = group_of[partner.index()];
            group.members.push(sentence);
            group.minimum = group.minimum.min(similarity);
            group.mean = mean(group.mean, similarity, group.members.len() as u64);
        }
        let alone = self.searched.prepared.distinct().filter(|sentence| {
            group_of[sentence.index()] == u32::MAX && self.places(*sentence).len() > 1
        });
        groups.extend(alone.map(copies));
        groups.par_iter_mut().for_each(|group| group.members.sort_unstable());
        groups.par_sort_by_key(|group| group.members.first().copied());
        groups
    }

    /// Sentences in no cluster, each with the partners that it is linked to, the nearest first.
    fn joined(&self) -> Vec<(SentenceId, SentenceId, Similarity)> {
        let mut inside = vec![false; self.searched.prepared.collapse.len()];
        for member in self.clustered.clusters.iter().flat_map(|it| &it.cluster.members) {
            inside[member.index()] = true;
        }
        let mut joined = Vec::new();
        for found in &self.clustered.shown {
            let (a, b) = (SentenceId::new(found.pair.0), SentenceId::new(found.pair.1));
            for (sentence, partner) in [(a, b), (b, a)] {
                if !inside[sentence.index()] {
                    joined.push((sentence, partner, found.similarity));
                }
            }
        }
        let is_outside = |partner: SentenceId| !inside[partner.index()];
        joined.sort_by_key(|&(sentence, partner, similarity)| {
            (is_outside(partner), std::cmp::Reverse(similarity), sentence, partner)
        });
        joined
    }
}

/// The group of one sentence.
fn copies(sentence: SentenceId) -> Group {
    Group {
        representative: sentence,
        members: vec![sentence],
        minimum: Similarity::ONE,
        mean: Similarity::ONE,
    }
}

/// The mean of so many, of which one is new. The representative itself is one of them.
fn mean(mean: Similarity, new: Similarity, many: u64) -> Similarity {
    let links = many.saturating_sub(1).max(1);
    let sum = u64::from(mean.millionths()) * (links - 1) + u64::from(new.millionths());
    Similarity::ratio(sum, links * u64::from(Similarity::ONE.millionths()))
}
