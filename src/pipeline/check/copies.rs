//! Edited copies of the corpus's own sentences, as similar to their originals as the contract point asks.
//!
//! Words are replaced by words of other sentences, or letters by letters where the profile judges by characters or a script
//! has no spaces. The similarity falls with every replacement, so bisection finds how many of a drawn order it takes; where
//! one step leaps over the aim another order is drawn.
//!
//! Cost: some ten keys an order. Sentences that cannot be edited so, or that would not be one sentence by themselves, are left out.

use rayon::prelude::*;

use super::Run;
use super::draw::{Purpose, drawn};
use super::order::{Order, Original, letters, words};
use crate::config::Profile;
use crate::ids::{SentenceId, Similarity};
use crate::normalize::Normalizer;
use crate::segment::Segmenter;
use crate::shingle::{char_grams, token_hashes};
use crate::verify::{shared_weight, total_weight};
use crate::weight::UNKNOWN_PPM;

/// Copies that are made, of at most a tenth of the sentences: more would change what words weigh.
const COPIES: usize = 1_000;
const COPIES_OF: usize = 10;
/// Sentences that are drawn for each copy, since not every one can be edited as it should.
const DRAWN: usize = 3;
/// Sentences whose words stand in for others.
const LENDERS: usize = 2_000;
/// Orders of replacement that are tried.
const ORDERS: u64 = 24;
/// Copies lie from the contract point to so much above it.
const WIDTH: u32 = 50_000;
/// What a copy brings makes the words that it shares less rare, so those of words are aimed a little higher.
const DRIFT: u32 = 10_000;
/// Fewer words than this to replace, and letters are replaced.
const FEWEST_WORDS: usize = 4;

/// An edited copy.
#[derive(Debug)]
pub(super) struct EditedCopy {
    /// The number of the distinct sentence that it was made of.
    pub(super) original: u32,
    pub(super) text: String,
    /// As it was aimed at, by the weights of the corpus without copies.
    pub(super) similarity: Similarity,
    /// The language that the original's document declares.
    pub(super) language: Option<String>,
}

/// The similarities at which copies count.
pub(super) fn window(at: Similarity) -> (Similarity, Similarity) {
    (at, above(at, WIDTH))
}

fn above(at: Similarity, millionths: u32) -> Similarity {
    Similarity::ratio(u64::from(at.millionths() + millionths), 1_000_000)
}

/// Makes copies of drawn sentences.
pub(super) fn copies(run: &Run<'_>) -> Vec<EditedCopy> {
    let wanted = COPIES.min(run.participants.len().div_ceil(COPIES_OF));
    let rows = drawn(run, Purpose::Copies, (DRAWN * wanted).max(LENDERS));
    let editor = Editor::new(run, &rows);
    let edited = |&row: &u32| editor.copy(row);
    let mut copies: Vec<EditedCopy> =
        rows[..rows.len().min(DRAWN * wanted)].par_iter().filter_map(edited).collect();
    copies.truncate(wanted);
    copies
}

/// What making copies takes.
struct Editor<'a> {
    run: &'a Run<'a>,
    normalizer: Normalizer,
    segmenter: Segmenter,
    words: Vec<&'a str>,
    letters: Vec<&'a str>,
}

impl<'a> Editor<'a> {
    fn new(run: &'a Run<'a>, lenders: &[u32]) -> Self {
        let config = run.comparison.config;
        let texts = lenders.iter().take(LENDERS).map(|&row| text(run, row));
        let words: Vec<&str> =
            texts.flat_map(|raw| words(raw).into_iter().filter_map(|word| raw.get(word))).collect();
        let letters = words
            .iter()
            .flat_map(|word| letters(0..word.len(), word).filter_map(|letter| word.get(letter)))
            .collect();
        Self {
            run,
            normalizer: Normalizer::new(config.rules()),
            segmenter: Segmenter::new(config.unit, config.quotes, &config.abbreviations)
                .wrapped(config.wrapped),
            words,
            letters,
        }
    }

    /// A copy of a sentence, if one can be made that lies where copies count.
    fn copy(&self, row: u32) -> Option<EditedCopy> {
        let raw = text(self.run, row);
        let language = self.language(row);
        if !self.run.comparison.meets_new(row) || !self.stands_alone(row, language.as_deref()) {
            return None;
        }
        let original = self.original(row, raw);
        let (text, similarity) = (0..ORDERS).find_map(|order| self.edited(&original, order))?;
        Some(EditedCopy { original: row, text, similarity, language })
    }

    fn original(&self, row: u32, raw: &'a str) -> Original<'_> {
        let words = words(raw);
        let by_words = self.run.comparison.config.profile == Profile::Paraphrase
            && words.len() >= FEWEST_WORDS;
        if by_words {
            return Original { row, raw, places: words, lent: &self.words };
        }
        let places = words.into_iter().flat_map(|word| letters(word, raw)).collect();
        Original { row, raw, places, lent: &self.letters }
    }

    /// The language of a sentence's document, as `prepare` takes it but for the settings.
    fn language(&self, row: u32) -> Option<String> {
        let place = self.run.prepared.first(SentenceId::new(row));
        self.run.corpus.about(place.document).language.map(str::to_owned)
    }

    /// Whether a sentence taken out of its document is the same one sentence.
    fn stands_alone(&self, row: u32, language: Option<&str>) -> bool {
        let language = language.or(self.run.comparison.config.language.as_deref());
        let (raw, mut pieces, mut key) = (text(self.run, row), Vec::new(), String::new());
        self.segmenter.segment(raw, 0, language, &mut pieces);
        let [piece] = pieces.as_slice() else { return false };
        self.normalizer.key(raw.get(piece.span.range()).unwrap_or_default(), &mut key);
        key == self.run.prepared.keys.get(row as usize)
    }

    /// A copy with as few replacements in this order as bring it down to where copies count, if it does not fall below.
    fn edited(&self, original: &Original<'_>, number: u64) -> Option<(String, Similarity)> {
        let config = self.run.comparison.config;
        let drift = if config.profile == Profile::Paraphrase { DRIFT } else { 0 };
        let (least, most) = window(config.contract().at);
        let order = Order::new(original, config.seed, number)?;
        let edited = |replaced| {
            let text = order.applied(original, replaced);
            let similarity = self.similarity(original.row, &text);
            (text, similarity)
        };
        let (mut few, mut many) = (0, original.places.len());
        let mut last = edited(many);
        while many - few > 1 {
            let middle = few.midpoint(many);
            let found = edited(middle);
            if found.1 > most {
                few = middle;
            } else {
                (many, last) = (middle, found);
            }
        }
        (above(least, drift)..=most).contains(&last.1).then_some(last)
    }

    /// The similarity, by the profile's measure and today's weights, of a sentence and a text.
    fn similarity(&self, row: u32, text: &str) -> Similarity {
        let comparison = self.run.comparison;
        let (mut key, mut hashes) = (String::new(), Vec::new());
        self.normalizer.key(text, &mut key);
        let (numbers, unknown) = if let Some(grams) = comparison.grams {
            char_grams(&key, &mut hashes);
            (&grams.numbers, 1)
        } else {
            token_hashes(&key, &mut hashes);
            (&comparison.words.numbers, comparison.words.model.weight(1, UNKNOWN_PPM))
        };
        hashes.sort_unstable();
        hashes.dedup();
        let features = comparison.features();
        let mut known: Vec<u32> =
            hashes.iter().filter_map(|hash| numbers.get(hash).copied()).collect();
        known.sort_unstable();
        let shared = shared_weight(features.sets.row(row as usize), &known, &features.weights);
        let strange = (hashes.len() - known.len()) as u64 * u64::from(unknown);
        let total = total_weight(&known, &features.weights) + strange;
        Similarity::ratio(shared, features.totals[row as usize] + total - shared)
    }
}

fn text<'a>(run: &Run<'a>, row: u32) -> &'a str {
    run.prepared.text(run.corpus, SentenceId::new(row))
}
