//! What a run found, owned and complete: everything that a report may show, in the order in which it shows it.

use serde_json::{Map, Value};

use super::Plan;
use super::check::CheckedRecall;
use crate::candidates::bands::Banding;
use crate::config::Contract;
use crate::corpus::{InputFile, SentenceKind, Skip};
use crate::ids::Similarity;
use crate::verify::{Channels, Flags, Relation};

/// The result of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// Every setting that can change the result.
    pub settings: Map<String, Value>,
    /// What was read.
    pub input: InputSummary,
    /// What may have been missed.
    pub recall: RecallStatement,
    /// The documents that a reported sentence stands in (or all of them), in the order of input.
    pub documents: Vec<ReportedDocument>,
    /// The distinct sentences that a cluster or pair speaks of (or all of them), in the order of first occurrence.
    pub sentences: Vec<ReportedSentence>,
    /// The clusters, in the order of their first member. A report for people sorts by [`strength`](ReportedCluster::strength).
    pub clusters: Vec<ReportedCluster>,
    /// The links between distinct sentences, in the order of their sentences.
    pub pairs: Vec<ReportedPair>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct InputSummary {
    /// The files, in order.
    pub files: Vec<InputFile>,
    /// Documents in all.
    pub documents: u64,
    /// Those of them that are the reference, which the others are compared with; 0 where there is none.
    pub reference_documents: u64,
    /// Sentences in all.
    pub sentences: u64,
    /// Distinct sentences (keys).
    pub distinct: u64,
    /// Sentences without a letter or a digit (marks, emoji): they have no key and repeat nothing.
    pub without_words: u64,
    /// The first skipped records.
    pub skipped: Vec<Skip>,
    /// Skipped records in all.
    pub skipped_total: u64,
    /// What a user should know about the input.
    pub warnings: Vec<String>,
}

/// How the candidates were found, and what that may have missed.
#[derive(Clone, Debug)]
pub struct RecallStatement {
    /// `brute_force`, `prefix` or `bands`.
    pub engine: &'static str,
    /// Bands of the signatures; 0 for an exact engine.
    pub bands: u32,
    /// Rows of a band; 0 for an exact engine.
    pub rows: u32,
    /// The least similarity of a linked pair.
    pub threshold: Similarity,
    /// What was asked for.
    pub contract: Contract,
    /// The mean recall over the pairs of the plan's sample that reach the threshold, each at its own similarity; 1 where it
    /// has none.
    pub expected: f64,
    /// What was measured, where that was asked for.
    pub checked: Option<CheckedRecall>,
    /// Comparisons of long lists of sentences that share a run which were left to representatives; a pair counts in every list
    /// that held it.
    pub capped: u64,
    /// Pairs that the engine met before any bound: entries of lists, members of buckets, or all pairs; a pair once for each list.
    pub met: u64,
    /// Pairs that were compared on the texts themselves.
    pub candidates: u64,
    /// Why this engine, these bands and rows: one line for people.
    pub reason: String,
}

impl RecallStatement {
    /// The probability that a pair of this similarity is proposed: 1 with an exact engine, else the S-curve of the bands.
    pub fn probability(&self, similarity: Similarity) -> f64 {
        let banding = Banding { bands: self.bands, rows: self.rows };
        if self.bands == 0 { 1.0 } else { banding.probability(similarity) }
    }
}

/// What a run would do.
#[derive(Clone, Debug)]
pub struct PlannedRun {
    /// What was read.
    pub input: InputSummary,
    /// The least similarity of a linked pair.
    pub threshold: Similarity,
    /// What was asked for.
    pub contract: Contract,
    /// The choice, and what every engine would do.
    pub plan: Plan,
}

/// A document that the report speaks of.
#[derive(Clone, Debug)]
pub struct ReportedDocument {
    /// Its unique name: the id given by the input, else its path (and line).
    pub id: String,
    /// Its file; empty for a text that came from none.
    pub path: String,
    /// Who published it.
    pub source: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its date as written.
    pub date: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language, if it is declared or was found.
    pub language: Option<String>,
    /// Whether it is of the reference, which the other documents are compared with.
    pub is_reference: bool,
    /// Words of its sentences that repeat, of all its words.
    pub repeated: Similarity,
    /// Sentences in it.
    pub sentences: u64,
}

/// A distinct sentence and every place it stands in.
#[derive(Clone, Debug)]
pub struct ReportedSentence {
    /// A name that depends on its key alone, so that it is the same in every run: `s` and 16 hexadecimal digits.
    pub id: String,
    /// The raw text at its first place.
    pub text: String,
    /// What it is at its first place.
    pub kind: SentenceKind,
    /// Flags of the sentence by itself: `template`, `quote`, `boilerplate`, `caption`, `short`.
    pub flags: Flags,
    /// Its places, in the order of input; at least one.
    pub places: Vec<ReportedPlace>,
}

/// One place of a sentence.
#[derive(Clone, Debug)]
pub struct ReportedPlace {
    /// Position in [`Report::documents`].
    pub document: usize,
    /// Position among the document's sentences, from 0.
    pub index: u32,
    /// First line in the file, from 1.
    pub line: u64,
    /// First byte in the document's raw text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The raw text here, if it differs from the sentence's.
    pub text: Option<String>,
}

/// A cluster.
#[derive(Clone, Debug)]
pub struct ReportedCluster {
    /// `c` and the hexadecimal digits of its representative's id.
    pub id: String,
    /// Positions in [`Report::sentences`]: the survivor (`keep`) first, the rest in the order of input.
    pub members: Vec<usize>,
    /// Position in [`Report::sentences`] of the sentence that the members are linked to.
    pub representative: usize,
    /// Places of all members together.
    pub places: u64,
    /// The weakest link's relation; `exact` for a cluster of nothing but copies.
    pub relation: Relation,
    /// The least similarity of a member to the representative; 1 for nothing but copies.
    pub min_similarity: Similarity,
    /// The mean similarity of the members to the representative; 1 for nothing but copies.
    pub mean_similarity: Similarity,
    /// The two sentences of the weakest link; the representative twice for nothing but copies.
    pub weakest: (usize, usize),
    /// Flags of its members and of its links.
    pub flags: Flags,
    /// Rank for people: evidence that the repeats carry, in nats; higher is shown earlier.
    pub strength: f64,
}

/// A linked pair, with its proof.
#[derive(Clone, Debug)]
pub struct ReportedPair {
    /// Position of the earlier sentence in [`Report::sentences`].
    pub a: usize,
    /// Position of the later one.
    pub b: usize,
    /// What the pair is called.
    pub relation: Relation,
    /// Its scores.
    pub scores: PairScores,
    /// What stands beside them.
    pub flags: Flags,
    /// Who proposed it.
    pub channels: Channels,
    /// The other half of the shorter sentence, where both together are nearer to the longer one.
    pub split: Option<SplitInTwo>,
}

/// A sentence that stands beside the shorter one of a pair, and says more of the longer one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SplitInTwo {
    /// Position in [`Report::sentences`].
    pub with: usize,
    /// Of both together and the longer one, by the measure of the profile.
    pub similarity: Similarity,
}

/// The scores of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairScores {
    /// Weighted Jaccard over word tokens.
    pub jaccard_idf: Similarity,
    /// Jaccard over character 4-grams.
    pub jaccard_char4: Similarity,
    /// Share of the earlier sentence (by weight) inside matched blocks.
    pub coverage_a: Similarity,
    /// Share of the later sentence inside matched blocks.
    pub coverage_b: Similarity,
    /// Consecutive tokens shared.
    pub longest_run: u32,
    /// 1 − Levenshtein distance over words / longer length.
    pub word_edit: Similarity,
    /// log10 of the accidental pairs expected in the corpus that share so much.
    pub log10_evalue: f64,
}
