//! Similarities by plain recomputation: sets of strings, one pair at a time.
//!
//! Nothing of candidates, sketches or joins is used. Keys, tokens and the rule from frequency to weight are those of the
//! definition; counting and comparing are done again. Cost: a hash look-up a word, some microseconds a pair.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};

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
type Counts<K> = HashMap<K, u64, BuildHasherDefault<DefaultHasher>>;

/// A run of so many words links by itself.
const RUN: u32 = 8;

/// How often words and n-grams occur, and how sentences are compared.
pub(super) struct Frequencies<'a> {
    config: &'a Config,
    normalizer: Normalizer,
    model: WeightModel,
    /// What each word of the corpus weighs.
    weights: Counts<String>,
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
        let segmenter = Segmenter::new(config.unit, config.quotes, &config.abbreviations);
        let normalizer = Normalizer::new(config.rules);
        let (mut keys, mut pieces) = (BTreeSet::new(), Vec::new());
        for document in (0..corpus.documents().len()).filter_map(DocumentId::from_index) {
            let (text, about) = (corpus.text(document), corpus.document(document));
            let declared = about.metadata().and_then(|metadata| metadata.language.as_deref());
            pieces.clear();
            let language = declared.or(config.language.as_deref());
            segmenter.segment(text, about.body(), language, &mut pieces);
            for piece in &pieces {
                keys.insert(key(&normalizer, text.get(piece.span.range()).unwrap_or_default()));
            }
        }
        Self::of_keys(&keys, config)
    }

    /// Of distinct texts, each of which is one sentence.
    pub(super) fn of_texts(texts: &[&str], config: &'a Config) -> Self {
        let normalizer = Normalizer::new(config.rules);
        Self::of_keys(&texts.iter().map(|text| key(&normalizer, text)).collect(), config)
    }

    fn of_keys(keys: &BTreeSet<String>, config: &'a Config) -> Self {
        let (mut words, mut grams) = (Counts::default(), Counts::default());
        let mut of_key = Vec::new();
        for key in keys {
            for word in word_set(key) {
                *words.entry(word).or_insert(0) += 1;
            }
            if config.profile != Profile::Paraphrase {
                char_grams(key, &mut of_key);
                for &gram in &of_key {
                    *grams.entry(gram).or_insert(0) += 1;
                }
            }
        }
        let model = WeightModel::new(keys.len() as u64);
        let weigh = |(word, frequency): (String, u64)| {
            let weight = model.weight(frequency, background_ppm(&word));
            (word, u64::from(weight))
        };
        let weights = words.into_iter().map(weigh).collect();
        Self { config, normalizer: Normalizer::new(config.rules), model, weights, grams }
    }

    /// The key of a sentence.
    pub(super) fn key(&self, text: &str) -> String {
        key(&self.normalizer, text)
    }

    fn weight(&self, word: &str) -> u64 {
        let unknown = || self.model.weight(0, background_ppm(word)).into();
        self.weights.get(word).copied().unwrap_or_else(unknown)
    }

    /// Compares two keys.
    pub(super) fn measure(&self, a: &str, b: &str) -> Measured {
        let (words_a, words_b) = (word_set(a), word_set(b));
        let weigh = |words: &mut dyn Iterator<Item = &String>| -> u64 {
            words.map(|word| self.weight(word)).sum()
        };
        let shared = weigh(&mut words_a.intersection(&words_b));
        let union = weigh(&mut words_a.union(&words_b));
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
            ..self.aligned(a, b)
        }
    }

    /// What sharing an n-gram is evidence of; n of them overlap, so each counts an n-th.
    fn gram_worth(&self, gram: u64) -> f64 {
        let frequency = self.grams.get(&gram).copied().unwrap_or(0);
        f64::from(self.model.weight(frequency, UNKNOWN_PPM)) / number(gram_characters(gram))
    }

    /// Matched blocks, the longest run and the edit distance over words.
    fn aligned(&self, a: &str, b: &str) -> Measured {
        let (mut numbers, mut weights) = (BTreeMap::new(), Vec::new());
        let mut sequence = |key: &str| {
            let mut sequence = Vec::new();
            tokens(key, |word| {
                let next = u32::try_from(weights.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(word.to_owned()).or_insert(next);
                if number == next {
                    weights.push(u32::try_from(self.weight(word)).unwrap_or(u32::MAX));
                }
                sequence.push(number);
            });
            sequence
        };
        let (first, second) = (sequence(a), sequence(b));
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
            ..Measured::default()
        }
    }

    /// The similarity that the profile judges by.
    pub(super) fn of_profile(&self, measured: &Measured) -> f64 {
        match self.config.profile {
            Profile::Paraphrase => measured.jaccard_idf,
            Profile::Noisy | Profile::Near => measured.jaccard_char4,
        }
    }

    /// By which rule two keys are linked, if by any.
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
        let by_run = self.config.runs
            && self.config.profile == Profile::Paraphrase
            && measured.longest_run >= RUN
            && measured.coverage_shorter + ROUNDING >= bounds.run_coverage.number();
        (by_run && has_evidence).then_some(Proof::Run)
    }
}

fn key(normalizer: &Normalizer, text: &str) -> String {
    let mut key = String::new();
    normalizer.key(text, &mut key);
    key
}

fn word_set(key: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    tokens(key, |word| {
        words.insert(word.to_owned());
    });
    words
}
