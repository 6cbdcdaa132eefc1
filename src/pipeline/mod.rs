//! The stages in order; the only module that knows them all, and beside `synth` the only one with threads.
//!
//! [`detect`] does the main job in one call: segment, normalise, collapse, weigh, propose, judge, cluster, report. Each stage
//! keeps order or sorts by id, so the same input and settings give the same report on any number of threads.

mod assemble;
mod boilerplate;
mod bound;
mod buckets;
mod check;
mod clustering;
mod crowd;
mod documents;
mod evidence;
mod explain;
mod explanation;
mod features;
mod grouping;
mod groups;
mod keep;
mod languages;
mod notes;
mod numbering;
mod parts;
mod plan;
mod pool;
mod prepare;
mod removal;
mod repeated;
mod results;
mod rows;
mod scores;
mod search;
mod shared_runs;
mod signatures;
mod split;

pub use check::{CheckedRecall, Measured, SampleCheck};
pub use explain::{Said, Weights, explain};
pub use explanation::{
    Explanation, FindingChance, LinkReason, MatchedBlock, RuleEffect, TogetherWith, WeighedWord,
};
pub use groups::{Group, Groups, grouped};
pub use plan::{MOST_ROWS, Method, Pilot, Plan, Prediction};
pub use pool::threads;
pub(crate) use pool::{in_order, pool};
pub use removal::{
    Boilerplate, Decided, JudgedLink, LeftByLength, Reason, Removable, Removal, Removals, removals,
};
pub use results::{
    InputSummary, PairScores, PlannedRun, RecallStatement, Report, ReportedCluster,
    ReportedDocument, ReportedPair, ReportedPlace, ReportedSentence, SplitInTwo,
};
pub use scores::facts;

use rayon::prelude::*;

use crate::config::{Across, Config, Numbers, PairsShown, Profile, Unit};
use crate::corpus::{Corpus, Sentence};
use crate::error::{Error, Result};
use crate::ids::SentenceId;
use crate::normalize::Normalizer;
use crate::progress::Progress;
use crate::shingle::length;
use crate::verify::facts::Number;
use crate::verify::{Flags, Judge};
use assemble::{Sources, assemble};
use clustering::cluster;
use evidence::{Comparison, Sides};
use features::{Grams, Words};
use prepare::{Prepared, prepare};
use search::{Found, search};

/// Finds, proves and clusters the near-duplicate sentences of a corpus, or its documents if that is the unit: these are compared by the
/// sentences that they share, and the report speaks of texts of documents where it else does of sentences.
///
/// ```
/// use twicetold::{Config, Corpus, detect};
/// let corpus = Corpus::from_texts([
///     "'If Antony Blinken loves history lessons so much, then he should take the following into account: when Americans \
///      are in your house, it can be difficult to stay alive and not be robbed or raped,' the ministry said.",
///     "'If Antony Blinken is so into history lessons, here's one that comes to mind: When Americans are in your house, it \
///      can be difficult to stay alive, not being robbed or raped,' the statement said.",
/// ]);
/// let report = detect(&corpus, &Config::default())?;
/// assert_eq!(report.clusters.len(), 1);
/// assert_eq!(report.pairs[0].scores.longest_run, 13);
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If a setting is out of range, or the input exceeds a limit that guards memory; if recall of documents is to be checked.
pub fn detect(corpus: &Corpus, config: &Config) -> Result<Report> {
    detect_with(corpus, config, Detail::default(), &())
}

/// What a report holds beside the findings.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Detail {
    /// Every sentence and document, not only those that a cluster or pair speaks of.
    pub all_sentences: bool,
    /// Whether recall is measured: a sample is compared with all, and edited copies are planted in a second run. Two to
    /// three times the time, twice the memory.
    pub check_recall: bool,
}

/// [`detect`], with progress.
///
/// # Errors
/// As [`detect`].
pub fn detect_with(
    corpus: &Corpus,
    config: &Config,
    detail: Detail,
    progress: &dyn Progress,
) -> Result<Report> {
    let config = config.clone().validate()?;
    pool(config.threads)?.install(|| match config.unit {
        Unit::Document => documents::report(corpus, &config, detail, progress),
        Unit::Sentence | Unit::Line => run(corpus, &config, detail, progress),
    })
}

fn run(
    corpus: &Corpus,
    config: &Config,
    detail: Detail,
    progress: &dyn Progress,
) -> Result<Report> {
    searched(corpus, config, progress, |searched| {
        let Searched { prepared, comparison, notes, found, plan, participants } = *searched;
        let checked = detail.check_recall.then(|| {
            let method = plan.method;
            check::check(
                &check::Run { corpus, prepared, comparison, participants, method, found },
                progress,
            )
        });
        let checked = checked.transpose()?;
        progress.stage("clustering", None);
        let clustered = cluster(comparison, &prepared.keys, found);
        progress.stage("proving", None);
        let sources = Sources { corpus, prepared, comparison, notes };
        let assembled = assemble(&sources, &clustered, detail.all_sentences);
        Ok(Report {
            settings: config.result_settings(),
            input: searched.input(corpus),
            recall: RecallStatement { checked, ..searched.recall() },
            documents: assembled.documents,
            sentences: assembled.sentences,
            clusters: assembled.clusters,
            pairs: assembled.pairs,
        })
    })
}

/// A corpus up to the links that were found.
#[derive(Clone, Copy)]
struct Searched<'a> {
    prepared: &'a Prepared,
    comparison: &'a Comparison<'a>,
    notes: &'a [Flags],
    participants: &'a [u32],
    plan: &'a Plan,
    found: &'a Found,
}

impl Searched<'_> {
    fn input(&self, corpus: &Corpus) -> InputSummary {
        input(corpus, self.prepared)
    }

    fn recall(&self) -> RecallStatement {
        recall(self.comparison.config, self.plan, self.found)
    }
}

/// Segments, normalises, weighs and searches, and hands what came of it to `take`.
fn searched<T>(
    corpus: &Corpus,
    config: &Config,
    progress: &dyn Progress,
    take: impl FnOnce(&Searched<'_>) -> Result<T>,
) -> Result<T> {
    let mut prepared = prepare(corpus, config, progress)?;
    let (words, grams) = features(&prepared, config, progress);
    progress.stage("noting", None);
    boilerplate::mark(corpus, &mut prepared);
    let participants = participants(&prepared, config);
    let notes = notes::notes((corpus, &prepared), &participants, config);
    let comparison = comparison(corpus, &prepared, config, (&words, grams.as_ref()));
    progress.stage("planning", None);
    let plan = Plan::new(config, Pilot::new(&comparison, &prepared.keys, &participants))?;
    let found = search(&comparison, &participants, plan.method, progress);
    refuse_too_many(config, found.pairs.len())?;
    take(&Searched {
        prepared: &prepared,
        comparison: &comparison,
        notes: &notes,
        participants: &participants,
        plan: &plan,
        found: &found,
    })
}

/// What a run would do with a corpus, and what it rests on. Reads, segments and weighs as [`detect`] does, and searches nothing.
/// Where documents are compared it is the search for their sentences that is planned.
///
/// ```
/// use twicetold::{Config, Corpus};
/// use twicetold::pipeline::{Method, plan};
/// let corpus = Corpus::from_texts(["The ferry left the harbour at dawn with forty passengers."]);
/// let planned = plan(&corpus, &Config::default(), &())?;
/// assert!(planned.plan.method.is_exact());
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// As [`detect`].
pub fn plan(corpus: &Corpus, config: &Config, progress: &dyn Progress) -> Result<PlannedRun> {
    let config = match config.clone().validate()? {
        config if config.unit == Unit::Document => removal::documents::by_sentence(&config),
        config => config,
    };
    pool(config.threads)?.install(|| {
        let prepared = prepare(corpus, &config, progress)?;
        let (words, grams) = features(&prepared, &config, progress);
        let comparison = comparison(corpus, &prepared, &config, (&words, grams.as_ref()));
        progress.stage("planning", None);
        let participants = participants(&prepared, &config);
        let plan = Plan::new(&config, Pilot::new(&comparison, &prepared.keys, &participants))?;
        Ok(PlannedRun {
            input: input(corpus, &prepared),
            threshold: config.threshold(),
            contract: config.contract(),
            plan,
        })
    })
}

fn features(
    prepared: &Prepared,
    config: &Config,
    progress: &dyn Progress,
) -> (Words, Option<Grams>) {
    progress.stage("weighing", None);
    let words = Words::new(&prepared.keys);
    let grams = match config.profile {
        Profile::Paraphrase => None,
        Profile::Noisy | Profile::Near => Some(Grams::new(&prepared.keys, words.model)),
    };
    (words, grams)
}

/// Distinct sentences that are long enough to be compared, and of a kind that is.
fn participants(prepared: &Prepared, config: &Config) -> Vec<u32> {
    let long_enough =
        |index: &usize| length(prepared.keys.get(*index)).is_long_enough(config.minimum_words);
    let is_compared = |index: &usize| {
        SentenceId::from_index(*index)
            .is_some_and(|sentence| prepared.first(sentence).kind.is_compared())
    };
    let rows = (0..prepared.keys.len()).into_par_iter().filter(long_enough).filter(is_compared);
    rows.filter_map(|index| u32::try_from(index).ok()).collect()
}

fn comparison<'a>(
    corpus: &Corpus,
    prepared: &Prepared,
    config: &'a Config,
    (words, grams): (&'a Words, Option<&'a Grams>),
) -> Comparison<'a> {
    Comparison {
        config,
        words,
        grams,
        sole: sole(corpus, prepared, config.across),
        languages: prepared.languages.of_sentences(prepared),
        sides: sides(corpus, prepared),
        numbers: if config.numbers == Numbers::Veto {
            numbers(corpus, prepared, config)
        } else {
            Vec::new()
        },
        copies: copies(prepared),
        judge: Judge::new(config, words.model),
    }
}

/// In how many places each sentence stands.
fn copies(prepared: &Prepared) -> Vec<u32> {
    let copies = |sentence| prepared.collapse.occurrences(sentence).len();
    prepared.distinct().map(|it| u32::try_from(copies(it)).unwrap_or(u32::MAX)).collect()
}

/// For each sentence the one document (or source) that holds all its places, if there is only one; empty where nobody asks.
fn sole(corpus: &Corpus, prepared: &Prepared, across: Across) -> Vec<Option<u32>> {
    let sources = notes::Sources::of(corpus);
    let group = |document| match across {
        Across::Sources => sources.source(document),
        Across::Any | Across::Documents => document.number(),
    };
    let sole = |sentence| {
        let mut groups = prepared.places(sentence).map(|place| group(place.document));
        let first = groups.next()?;
        groups.all(|group| group == first).then_some(first)
    };
    match across {
        Across::Any => Vec::new(),
        Across::Documents | Across::Sources => prepared.distinct().map(sole).collect(),
    }
}

/// On which side of the reference each sentence stands; empty where there is none.
fn sides(corpus: &Corpus, prepared: &Prepared) -> Vec<Sides> {
    let side = |sides: Sides, place: &Sentence| {
        let is_reference = corpus.is_reference(place.document);
        Sides {
            is_reference: sides.is_reference || is_reference,
            is_new: sides.is_new || !is_reference,
        }
    };
    let sides = |sentence| prepared.places(sentence).fold(Sides::default(), side);
    match corpus.reference() {
        None => Vec::new(),
        Some(_) => prepared.distinct().map(sides).collect(),
    }
}

fn numbers(corpus: &Corpus, prepared: &Prepared, config: &Config) -> Vec<Vec<Number>> {
    let normalizer = Normalizer::new(config.rules());
    let numbers = |sentence| {
        let raw = prepared.text(corpus, sentence);
        let kind = prepared.first(sentence).kind;
        facts(raw, &normalizer.for_kind(kind).trace(raw)).numbers
    };
    prepared.distinct().collect::<Vec<_>>().into_par_iter().map(numbers).collect()
}

/// `pairs = all` is quadratic in what it reports, so it is counted first.
fn refuse_too_many(config: &Config, count: usize) -> Result<()> {
    if config.pairs == PairsShown::All && count as u64 > config.max_pairs {
        return Err(Error::limit(format!(
            "at least {count} linked pairs are more than --max-pairs {}; raise it, or use --pairs star",
            config.max_pairs
        )));
    }
    Ok(())
}

fn input(corpus: &Corpus, prepared: &Prepared) -> InputSummary {
    let mut warnings = corpus.warnings().to_vec();
    warnings.extend(prepared.warnings.iter().cloned());
    InputSummary {
        files: corpus.files().to_vec(),
        documents: corpus.documents().len() as u64,
        reference_documents: corpus.reference().unwrap_or_default() as u64,
        sentences: prepared.sentences.len() as u64,
        distinct: prepared.collapse.len() as u64,
        without_words: prepared.without_words,
        skipped: corpus.skipped().to_vec(),
        skipped_total: corpus.skipped_total(),
        warnings,
    }
}

fn recall(config: &Config, plan: &Plan, found: &Found) -> RecallStatement {
    let (bands, rows) = match plan.method {
        Method::BruteForce | Method::Prefix => (0, 0),
        Method::Bands(banding) => (banding.bands, banding.rows),
    };
    RecallStatement {
        engine: plan.method.name(),
        bands,
        rows,
        threshold: config.threshold(),
        contract: config.contract(),
        expected: plan.chosen().map_or(1.0, |prediction| prediction.expected),
        checked: None,
        capped: found.capped,
        met: found.met,
        candidates: found.candidates,
        reason: plan.reason.clone(),
    }
}

/// Everything up to the search, for tests of what searches.
#[cfg(test)]
fn compared<T>(
    corpus: &Corpus,
    config: &Config,
    search: impl FnOnce(&Comparison<'_>, &[u32]) -> T,
) -> T {
    let config = config.clone().validate().unwrap();
    let prepared = prepare(corpus, &config, &()).unwrap();
    let (words, grams) = features(&prepared, &config, &());
    let comparison = comparison(corpus, &prepared, &config, (&words, grams.as_ref()));
    search(&comparison, &participants(&prepared, &config))
}
