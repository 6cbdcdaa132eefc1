//! Similarities by plain recomputation: sets of strings, one pair at a time.
//!
//! Nothing of candidates, sketches or joins is used. Keys, tokens and the rule from frequency to weight are those of the
//! definition; counting and comparing are done again. Cost: a hash look-up a word, some microseconds a pair, the keys of all sentences once.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash};

use rayon::prelude::*;

use crate::config::{Config, Profile};
use crate::corpus::Corpus;
use crate::ids::DocumentId;
use crate::normalize::Normalizer;
use crate::segment::Segmenter;
use crate::shingle::{char_grams, gram_characters, length, tokens};
use crate::verify::{align, word_edit};
use crate::weight::{NAT, UNKNOWN_PPM, WeightModel, background_ppm};

use super::share::number;

/// Tables whose order nobody sees; hashed alike in every run.
type Table<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// How often things occur.
type Counts<K> = Table<K, u64>;

/// Documents or keys of one task.
const CHUNK: usize = 4_096;

/// A run of so many words links by itself.
const RUN: u32 = 8;
/// Words of the shortest sentence that links as a whole with one that holds it.
const WHOLE: usize = 5;

/// How often words and n-grams occur, and how sentences are compared.
pub(super) struct Frequencies<'a> {
    config: &'a Config,
    normalizer: Normalizer,
    model: WeightModel,
    /// The number of each word of the corpus.
    numbers: Table<String, u32>,
    /// What each word weighs, by its number.
    weights: Vec<u32>,
    grams: Counts<u64>,
}

/// What two sentences have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measured {
    pub(super) jaccard_idf: f64,
    pub(super) jaccard_char4: f64,
    /// In nats.
    pub(super) evidence: f64,
    pub(super) coverage_shorter: f64,
    pub(super) coverage_longer: f64,
    pub(super) longest_run: u32,
    pub(super) word_edit: f64,
}

/// Why a pair is linked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Proof {
    Copies,
    Similarity,
    Run,
}

impl<'a> Frequencies<'a> {
    /// Of the distinct sentences of a corpus.
    pub(super) fn of_corpus(corpus: &Corpus, config: &'a Config) -> Self {
        let segmenter = Segmenter::new(config.unit, config.quotes, &config.abbreviations)
            .wrapped(config.wrapped);
        let normalizer = Normalizer::new(config.rules());
        let documents: Vec<DocumentId> =
            (0..corpus.documents().len()).filter_map(DocumentId::from_index).collect();
        let of_chunk = |documents: &[DocumentId]| {
            let (mut keys, mut pieces) = (Vec::new(), Vec::new());
            for &document in documents {
                let (text, about) = (corpus.text(document), corpus.document(document));
                let declared = corpus.about(document).language;
                pieces.clear();
                let language = declared.or(config.language.as_deref());
                segmenter.segment(text, about.body(), language, &mut pieces);
                let raw = pieces.iter().map(|piece| text.get(piece.span.range()));
                keys.extend(raw.map(|raw| key(&normalizer, raw.unwrap_or_default())));
            }
            keys
        };
        Self::of_keys(documents.par_chunks(CHUNK).flat_map_iter(of_chunk).collect(), config)
    }

    /// Of distinct texts, each of which is one sentence.
    pub(super) fn of_texts(texts: &[&str], config: &'a Config) -> Self {
        let normalizer = Normalizer::new(config.rules());
        Self::of_keys(texts.iter().map(|text| key(&normalizer, text)).collect(), config)
    }

    fn of_keys(mut keys: Vec<String>, config: &'a Config) -> Self {
        keys.par_sort_unstable();
        keys.dedup();
        let words = counted(&keys, |key, count| {
            let mut words = Vec::new();
            tokens(key, |word| words.push(word.to_owned()));
            words.sort_unstable();
            words.dedup();
            words.into_iter().for_each(count);
        });
        let grams = if config.profile == Profile::Paraphrase {
            Counts::default()
        } else {
            counted(&keys, |key, count| {
                let mut grams = Vec::new();
                char_grams(key, &mut grams);
                grams.into_iter().for_each(count);
            })
        };
        let model = WeightModel::new(keys.len() as u64);
        let (mut numbers, mut weights) = (Table::default(), Vec::new());
        let mut words: Vec<(String, u64)> = words.into_iter().collect();
        words.par_sort_unstable();
        for (word, frequency) in words {
            weights.push(model.weight(frequency, background_ppm(&word)));
            numbers.insert(word, place(weights.len() - 1));
        }
        Self { config, normalizer: Normalizer::new(config.rules()), model, numbers, weights, grams }
    }

    /// The key of a sentence.
    pub(super) fn key(&self, text: &str) -> String {
        key(&self.normalizer, text)
    }

    /// Both sequences of words, numbered for this pair alone, and what each number weighs.
    fn sequences(&self, a: &str, b: &str) -> Sequences {
        let (mut strangers, mut found) = (Vec::<String>::new(), [Vec::new(), Vec::new()]);
        for (key, sequence) in [a, b].into_iter().zip(&mut found) {
            tokens(key, |word| {
                sequence.push(self.numbers.get(word).copied().unwrap_or_else(|| {
                    // No word of the corpus, as where a record is several sentences.
                    let known = strangers.iter().position(|stranger| stranger == word);
                    let stranger = known.unwrap_or(strangers.len());
                    if known.is_none() {
                        strangers.push(word.to_owned());
                    }
                    place(self.weights.len() + stranger)
                }));
            });
        }
        let mut words = found.concat();
        words.sort_unstable();
        words.dedup();
        let unknown = |at: usize| {
            let word = strangers.get(at - self.weights.len()).map_or("", String::as_str);
            self.model.weight(0, background_ppm(word))
        };
        let weight = |&word: &u32| {
            let at = word as usize;
            self.weights.get(at).copied().unwrap_or_else(|| unknown(at))
        };
        let weights = words.iter().map(weight).collect();
        let local = |sequence: Vec<u32>| {
            let numbers = sequence.iter().map(|word| words.partition_point(|other| other < word));
            numbers.map(place).collect()
        };
        let [first, second] = found.map(local);
        Sequences { first, second, weights }
    }

    /// The similarity that the profile judges by.
    pub(super) fn similarity(&self, a: &str, b: &str) -> f64 {
        if self.config.profile == Profile::Paraphrase {
            let (shared, all) = self.sequences(a, b).shared_and_all();
            return number(shared) / number(all.max(1));
        }
        self.of_profile(&self.scores(a, b))
    }

    /// Both similarities and the evidence; nothing of order.
    pub(super) fn scores(&self, a: &str, b: &str) -> Measured {
        let sequences = self.sequences(a, b);
        let (shared, union) = sequences.shared_and_all();
        let (mut grams_a, mut grams_b) = (Vec::new(), Vec::new());
        char_grams(a, &mut grams_a);
        char_grams(b, &mut grams_b);
        let both = grams_a.iter().filter(|gram| grams_b.binary_search(gram).is_ok());
        let both: Vec<u64> = both.copied().collect();
        let all = grams_a.len() + grams_b.len() - both.len();
        let evidence = match self.config.profile {
            Profile::Paraphrase => number(shared),
            Profile::Noisy | Profile::Near => both.iter().map(|&gram| self.gram_worth(gram)).sum(),
        };
        Measured {
            jaccard_idf: number(shared) / number(union.max(1)),
            jaccard_char4: number(both.len() as u64) / number(all.max(1) as u64),
            evidence: evidence / f64::from(NAT),
            ..Measured::default()
        }
    }

    /// Compares two keys by everything that there is.
    pub(super) fn measure(&self, a: &str, b: &str) -> Measured {
        self.aligned(a, b, self.scores(a, b))
    }

    /// What sharing an n-gram is evidence of; n of them overlap, so each counts an n-th.
    fn gram_worth(&self, gram: u64) -> f64 {
        let frequency = self.grams.get(&gram).copied().unwrap_or(0);
        f64::from(self.model.weight(frequency, UNKNOWN_PPM)) / number(gram_characters(gram))
    }

    /// Adds matched blocks, the longest run and the edit distance over words.
    fn aligned(&self, a: &str, b: &str, scores: Measured) -> Measured {
        let Sequences { first, second, weights } = self.sequences(a, b);
        let alignment = align(&first, &second);
        let (of_a, of_b) = alignment.coverage(&first, &second, &weights);
        let shorter = alignment.coverage_of_shorter(&first, &second, &weights);
        let longer = match first.len().cmp(&second.len()) {
            Ordering::Equal => of_a.min(of_b),
            Ordering::Greater => of_a,
            Ordering::Less => of_b,
        };
        Measured {
            coverage_shorter: shorter.number(),
            coverage_longer: longer.number(),
            longest_run: u32::try_from(alignment.longest_run).unwrap_or(u32::MAX),
            word_edit: word_edit(&first, &second).number(),
            ..scores
        }
    }

    /// The similarity that the profile judges by.
    pub(super) fn of_profile(&self, measured: &Measured) -> f64 {
        match self.config.profile {
            Profile::Paraphrase => measured.jaccard_idf,
            Profile::Noisy | Profile::Near => measured.jaccard_char4,
        }
    }

    /// By which rule two keys are linked, if by any. The scores may lack what is aligned.
    pub(super) fn proof(&self, a: &str, b: &str, measured: &Measured) -> Option<Proof> {
        const ROUNDING: f64 = 2e-6;
        if a == b {
            return Some(Proof::Copies);
        }
        let is_long = |key| length(key).is_long_enough(self.config.minimum_words);
        if !is_long(a) || !is_long(b) {
            return None;
        }
        let needed = self.config.evalue.map_or(0, |evalue| self.model.evidence_needed(evalue));
        let has_evidence = measured.evidence + ROUNDING >= number(needed) / f64::from(NAT);
        let similarity = self.of_profile(measured) + ROUNDING;
        let bounds = self.config.relations;
        if similarity >= self.config.threshold().number()
            && (has_evidence || similarity >= bounds.no_evidence_needed.number())
        {
            return Some(Proof::Similarity);
        }
        if !has_evidence || !self.config.runs || self.config.profile != Profile::Paraphrase {
            return None;
        }
        let aligned = self.aligned(a, b, *measured);
        let Sequences { first, second, .. } = self.sequences(a, b);
        let (shorter, longer) = (first.len().min(second.len()), first.len().max(second.len()));
        let run = aligned.longest_run as usize;
        let is_whole = run >= WHOLE && run == shorter && shorter < longer;
        let is_run = (is_whole || aligned.longest_run >= RUN)
            && aligned.coverage_shorter + ROUNDING >= bounds.run_coverage.number();
        is_run.then_some(Proof::Run)
    }
}

/// Two sequences of words by their numbers, and what each number weighs.
struct Sequences {
    first: Vec<u32>,
    second: Vec<u32>,
    weights: Vec<u32>,
}

impl Sequences {
    /// What the words of both weigh, and what those of either do.
    fn shared_and_all(&self) -> (u64, u64) {
        let (mut shared, mut all) = (0, 0);
        for (word, &weight) in (0..).zip(&self.weights) {
            all += u64::from(weight);
            if self.first.contains(&word) && self.second.contains(&word) {
                shared += u64::from(weight);
            }
        }
        (shared, all)
    }
}

/// Counts what `each` tells of every key.
fn counted<K: Eq + Hash + Send>(
    keys: &[String],
    each: impl Fn(&str, &mut dyn FnMut(K)) + Sync,
) -> Counts<K> {
    let count = |mut counts: Counts<K>, key: &String| {
        each(key, &mut |item| *counts.entry(item).or_insert(0) += 1);
        counts
    };
    // Sums do not depend on the order in which they grow.
    let add = |mut sums: Counts<K>, (item, frequency)| {
        *sums.entry(item).or_insert(0) += frequency;
        sums
    };
    let summed = |sums: Counts<K>, counts: Counts<K>| counts.into_iter().fold(sums, add);
    let parts = keys.len() / rayon::current_num_threads() + 1;
    let parts = keys.par_chunks(parts).map(|part| part.iter().fold(Counts::default(), count));
    parts.collect::<Vec<_>>().into_iter().reduce(summed).unwrap_or_default()
}

/// A place in a list of words as a number.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn key(normalizer: &Normalizer, text: &str) -> String {
    let mut key = String::new();
    normalizer.key(text, &mut key);
    key
}
