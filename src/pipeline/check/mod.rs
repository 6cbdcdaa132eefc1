//! Whether a run kept its recall contract, measured and not promised.
//!
//! Two measurements. A [sample](SampleCheck) of sentences is compared with all by brute force, and what is linked is looked up
//! among what the search found *before* clustering: recall of the pairs that this corpus has. And edited copies of its own
//! sentences are [planted](CheckedRecall::planted) at the contract point, as text, in a second run from reading to clusters: recall at the
//! very similarity that the contract names, through every stage that could lose a pair.
//!
//! Both are told with an interval (95 %, bootstrap by [kins](interval) of sentences) and beside the share that the formula expects of pairs of
//! these similarities. The contract counts as broken only if the upper bound of one of them lies under it; of an exact
//! engine, if the sample lacks a single pair. Everything is a function of input, settings and seed.
//!
//! Cost: a second run, and its memory; for the sample 2,000 comparisons of bitmaps a sentence. It does not measure precision,
//! and not rules 1 and 3 of *linked*, which are complete.

mod copies;
mod draw;
mod interval;
mod measured;
mod order;
mod planted;
mod sample;

pub use measured::Measured;
pub use sample::SampleCheck;

use super::evidence::Comparison;
use super::plan::Method;
use super::prepare::{Prepared, prepare};
use super::search::{Found, RawPair, search};
use crate::config::{Config, Contract};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::ids::Similarity;
use crate::progress::Progress;

/// What a check measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckedRecall {
    /// Sentences of the corpus, compared with all.
    pub sample: SampleCheck,
    /// Edited copies from the contract point to 0.05 above it, in a run of their own; a copy is found if it is linked with its
    /// original or stands in one cluster with it.
    pub planted: Measured,
    /// Whether what was found agrees with the contract.
    pub kept: bool,
}

/// A run whose search is done.
pub(crate) struct Run<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) prepared: &'a Prepared,
    pub(crate) comparison: &'a Comparison<'a>,
    pub(crate) participants: &'a [u32],
    pub(crate) method: Method,
    pub(crate) found: &'a Found,
}

/// Measures the recall of a run.
///
/// # Errors
/// If the corpus with its planted copies exceeds a limit.
pub(crate) fn check(run: &Run<'_>, progress: &dyn Progress) -> Result<CheckedRecall> {
    progress.stage("checking a sample", None);
    let sample = sample::sample(run);
    progress.stage("checking copies", None);
    let planted = planted::planted(run)?;
    let kept = is_kept(run.method, run.comparison.config.contract(), (&sample, &planted));
    Ok(CheckedRecall { sample, planted, kept })
}

fn is_kept(
    method: Method,
    contract: Contract,
    (sample, planted): (&SampleCheck, &Measured),
) -> bool {
    let is_exact = !matches!(method, Method::Bands(_));
    let agrees = |measured: &Measured| measured.high >= contract.recall.number();
    let misses = sample.linked.found < sample.linked.pairs;
    !(is_exact && misses) && agrees(&sample.at_contract) && agrees(planted)
}

/// A run up to its search, by a method that stands already; what is to be known of it is taken from it at its end.
fn searched<T>(
    corpus: &Corpus,
    config: &Config,
    method: Method,
    then: impl FnOnce(&Run<'_>) -> T,
) -> Result<T> {
    let prepared = prepare(corpus, config, &())?;
    let (words, grams) = super::features(&prepared, config, &());
    let comparison = super::comparison(corpus, &prepared, config, (&words, grams.as_ref()));
    let participants = super::participants(&prepared, config);
    let found = search(&comparison, &participants, method, &());
    Ok(then(&Run {
        corpus,
        prepared: &prepared,
        comparison: &comparison,
        participants: &participants,
        method,
        found: &found,
    }))
}

/// With what probability a run finds a pair: for certain if it shares a run or both are of a crowd, else as its similarity
/// says.
fn chance(run: &Run<'_>, (a, b): RawPair, similarity: Similarity) -> f64 {
    let shares_run = || run.comparison.run_sequences().share_run(a, b);
    let by_similarity = chance_by_similarity(run, similarity);
    let is_of_crowd = |row: u32| run.found.certain.get(row as usize) == Some(&true);
    let is_certain = is_of_crowd(a) && is_of_crowd(b)
        || by_similarity < 1.0
            && run.comparison.runs_propose(run.method.is_exact())
            && shares_run();
    if is_certain { 1.0 } else { by_similarity }
}

/// With what probability the engine finds a pair of this similarity.
fn chance_by_similarity(run: &Run<'_>, similarity: Similarity) -> f64 {
    match run.method {
        Method::Bands(banding) => banding.probability(similarity),
        Method::BruteForce | Method::Prefix => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::bands::Banding;
    use crate::config::{Across, Profile};
    use crate::mix::{draw, high32, low32};
    use std::collections::BTreeSet;

    /// Invented sentences; every other one is the one before it with three or four words changed.
    fn corpus(sentences: u64) -> Corpus {
        let word = |random: u64| {
            // Halved range by halved range, so that some words are common.
            let rank = low32(random) >> (16 + high32(random) % 12);
            let syllable = |at: u32| {
                ["ka", "lo", "mi", "ru", "te", "sa", "no", "vi"][(rank >> (3 * at) & 7) as usize]
            };
            (0..6).map(syllable).collect::<String>()
        };
        let sentence = |number: u64| {
            let of_word = |place: u64| {
                let is_changed = number % 2 == 1 && draw(number, 100 + place).is_multiple_of(4);
                word(draw(if is_changed { number } else { number / 2 * 2 } + 7, place))
            };
            format!("{}.", (0..14).map(of_word).collect::<Vec<_>>().join(" "))
        };
        Corpus::from_texts((0..sentences).map(sentence))
    }

    fn bands(bands: u32, rows: u32) -> Method {
        Method::Bands(Banding { bands, rows })
    }

    fn checked(config: &Config, method: Method) -> CheckedRecall {
        searched(&corpus(1_500), config, method, |run| check(run, &())).unwrap().unwrap()
    }

    #[test]
    fn bands_too_few_for_the_contract_are_found_out_and_enough_are_not() {
        for profile in [Profile::Paraphrase, Profile::Noisy, Profile::Near] {
            let config = Config { profile, ..Config::default() }.validate().unwrap();
            let broken = checked(&config, bands(2, 3));
            assert!(!broken.kept, "{profile:?} {broken:?}");
            let contract = config.contract();
            assert!(broken.planted.high < contract.recall.number(), "{profile:?} {broken:?}");
            let banding = Banding::for_contract(contract, 3).unwrap();
            let kept = checked(&config, bands(banding.bands, banding.rows));
            assert!(kept.kept, "{profile:?} {kept:?}");
        }
    }

    #[test]
    fn an_exact_engine_that_misses_a_pair_of_the_sample_has_broken_its_contract() {
        let measured = |found| Measured {
            pairs: 1_000,
            found,
            recall: Some(0.999),
            low: 0.99,
            high: 1.0,
            expected: Some(1.0),
        };
        let contract = Config::default().contract();
        let sample = |found| SampleCheck {
            sentences: 10,
            represented: 0,
            linked: measured(found),
            at_contract: measured(1_000),
        };
        let judged = |method, found| is_kept(method, contract, (&sample(found), &measured(1_000)));
        assert!(judged(Method::Prefix, 1_000) && !judged(Method::Prefix, 999));
        assert!(judged(bands(46, 3), 999));
    }

    #[test]
    fn a_sample_of_all_sentences_has_every_linked_pair_once() {
        let config = Config::default().validate().unwrap();
        let (sample, naive) = searched(&corpus(600), &config, bands(4, 3), |run| {
            let pairs = run
                .participants
                .iter()
                .flat_map(|&a| run.participants.iter().map(move |&b| (a, b)));
            let linked =
                pairs.filter(|&(a, b)| a < b && run.comparison.link_by_similarity(a, b).is_some());
            let found: BTreeSet<RawPair> = run.found.pairs.iter().map(|found| found.pair).collect();
            let (met, missed): (Vec<RawPair>, Vec<RawPair>) =
                linked.partition(|pair| found.contains(pair));
            assert_eq!(sample::sample(run).sentences, run.participants.len() as u64);
            (sample::sample(run), (met.len() as u64, missed.len() as u64))
        })
        .unwrap();
        assert_eq!((sample.linked.found, sample.linked.pairs - sample.linked.found), naive);
        assert!(naive.0 > 50 && naive.1 > 5, "{naive:?}");
    }

    #[test]
    fn copies_are_new_texts_that_the_run_would_link_where_the_contract_speaks() {
        for profile in [Profile::Paraphrase, Profile::Noisy, Profile::Near] {
            let config = Config { profile, ..Config::default() }.validate().unwrap();
            searched(&corpus(2_000), &config, bands(2, 3), |run| {
                let copies = copies::copies(run);
                assert!(copies.len() > 150, "{profile:?}: {}", copies.len());
                let (least, most) = copies::window(config.contract().at);
                let originals: BTreeSet<u32> = copies.iter().map(|copy| copy.original).collect();
                assert_eq!(originals.len(), copies.len());
                assert!(copies.iter().all(|copy| (least..=most).contains(&copy.similarity)));
            })
            .unwrap();
        }
    }

    #[test]
    fn copies_come_from_a_source_of_their_own() {
        // All sentences are of one source, so that nothing of the corpus itself may be linked.
        let config = Config { across: Across::Sources, ..Config::default() }.validate().unwrap();
        let checked = checked(&config, bands(46, 3));
        assert_eq!(checked.sample.linked.pairs, 0);
        assert!(checked.planted.pairs > 80 && checked.kept, "{checked:?}");
    }
}
