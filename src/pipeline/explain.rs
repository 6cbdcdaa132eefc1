//! Why two sentences do or do not match.

use std::ops::Range;

use super::evidence::Comparison;
use super::explanation::{
    Explanation, FindingChance, LinkReason, MatchedBlock, RuleEffect, WeighedWord,
};
use super::features::{Features, Grams, Words, overlapping};
use super::numbering::NumberTable;
use super::plan::{Method, usual_method};
use super::scores::{Gauge, difference, facts, jaccard_char4, measure};
use crate::config::{Config, Numbers, Profile, Rule};
use crate::corpus::{Corpus, SentenceKind};
use crate::error::{Error, Result};
use crate::normalize::{Normalizer, Traced};
use crate::shingle::{GramCounter, char_grams, is_spaceless_token, length, token_hash, tokens};
use crate::tables::{RowTable, StringTable};
use crate::verify::facts::Facts;
use crate::verify::{Alignment, Block, Flag, Flags, Judge, Relation, align, total_weight};
use crate::weight::{NAT, UNKNOWN_PPM, WeightModel, background_ppm};

/// What words weigh: document frequencies in a corpus, or the background table alone.
pub struct Weights {
    words: Words,
    /// N-grams, where a corpus gives their frequencies and the profile judges by them.
    grams: Option<Grams>,
    from: String,
}

impl std::fmt::Debug for Weights {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Weights({})", self.from)
    }
}

impl Weights {
    /// The weights that a run over this corpus gives its words; `from` says in words where they come from.
    ///
    /// # Errors
    /// If a setting is out of range, or the input exceeds a limit.
    pub fn of_corpus(corpus: &Corpus, config: &Config, from: &str) -> Result<Self> {
        let prepared = super::prepare::prepare(corpus, config, &())?;
        let distinct = prepared.collapse.len();
        let from = format!("{distinct} distinct sentences of {from}");
        let words = Words::new(&prepared.keys);
        let by_grams = config.profile != Profile::Paraphrase;
        let grams = by_grams.then(|| Grams::new(&prepared.keys, words.model));
        Ok(Self { words, grams, from })
    }

    /// The weights of the built-in background table.
    pub fn background() -> Self {
        let words = Words::new(&StringTable::default());
        Self { words, grams: None, from: "the built-in background table".to_owned() }
    }

    const fn model(&self) -> WeightModel {
        self.words.model
    }

    /// The weight of a token, and its place among those of the corpus, rarest first.
    fn of(&self, token: &str) -> (u32, u32) {
        let unknown = || (self.model().weight(1, background_ppm(token).max(UNKNOWN_PPM)), 0);
        let known = self.words.numbers.get(&token_hash(token));
        known.map_or_else(unknown, |&number| {
            (self.words.features.weights[number as usize], number + 1)
        })
    }

    /// The evidence of a character n-gram, in twelfths of a unit of weight.
    fn of_gram(&self, id: u64) -> u32 {
        let unknown = || overlapping(self.model().weight(1, UNKNOWN_PPM), id);
        let known = self.grams.as_ref().and_then(|grams| {
            grams.numbers.get(&id).map(|&number| grams.evidence[number as usize])
        });
        known.unwrap_or_else(unknown)
    }
}

/// A sentence that is to be explained: its text, and what it is in its article; a text alone is running text.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The raw text.
    pub text: &'a str,
    /// What it is; the key of a caption lacks remarks on the picture.
    pub kind: SentenceKind,
}

impl<'a, T: AsRef<str> + ?Sized> From<&'a T> for Said<'a> {
    fn from(text: &'a T) -> Self {
        Self { text: text.as_ref(), kind: SentenceKind::Body }
    }
}

/// One of the two sentences.
struct Side<'a> {
    raw: &'a str,
    kind: SentenceKind,
    normalizer: Normalizer,
    traced: Traced,
    facts: Facts,
}

/// The tokens of both sentences: their texts, numbered as a corpus numbers them, from the rarest.
struct Vocabulary {
    tokens: Vec<String>,
}

impl Vocabulary {
    /// The two keys as a corpus of two sentences with these weights.
    fn of(keys: &StringTable, weights: &Weights) -> (Self, Words) {
        let mut known: Vec<(u32, u64, String, u32)> = Vec::new();
        for key in keys.iter() {
            tokens(key, |token| {
                let (weight, place) = weights.of(token);
                known.push((place, token_hash(token), token.to_owned(), weight));
            });
        }
        known.sort_unstable();
        known.dedup();
        let hashes = known.iter().map(|token| token.1);
        let numbers: NumberTable<u64> = hashes.clone().zip(0u32..).collect();
        let (mut sets, mut sequences) = (RowTable::default(), RowTable::default());
        for key in keys.iter() {
            let mut row = Vec::new();
            tokens(key, |token| row.extend(numbers.get(&token_hash(token))));
            sequences.push(&row);
            row.sort_unstable();
            row.dedup();
            sets.push(&row);
        }
        let features = Features::new(sets, known.iter().map(|token| token.3).collect(), Vec::new());
        let spaceless = hashes.map(is_spaceless_token).collect();
        let words = Words { features, sequences, spaceless, numbers, model: weights.model() };
        (Self { tokens: known.into_iter().map(|token| token.2).collect() }, words)
    }
}

/// The n-grams of two keys as those of a corpus of two sentences with these weights.
fn grams_of(keys: &StringTable, weights: &Weights) -> Grams {
    let rows: Vec<Vec<u64>> = keys
        .iter()
        .map(|key| {
            let mut row = Vec::new();
            char_grams(key, &mut row);
            row
        })
        .collect();
    let mut ids = rows.concat();
    ids.sort_unstable();
    ids.dedup();
    let numbers: NumberTable<u64> = ids.iter().copied().zip(0u32..).collect();
    let mut sets = RowTable::default();
    for row in &rows {
        // Ids ascend, and so do their numbers.
        sets.push(&row.iter().filter_map(|id| numbers.get(id).copied()).collect::<Vec<_>>());
    }
    let evidence = ids.iter().map(|&id| weights.of_gram(id)).collect();
    Grams { features: Features::new(sets, Vec::new(), Vec::new()), evidence, numbers }
}

#[expect(clippy::cast_precision_loss, reason = "a number for people")]
fn nats(weight: u64) -> f64 {
    weight as f64 / f64::from(NAT)
}

impl<'a> Side<'a> {
    fn new(Said { text: raw, kind }: Said<'a>, config: &Config) -> Result<Self> {
        let normalizer = Normalizer::new(config.rules()).for_kind(kind);
        let traced = normalizer.trace(raw);
        if traced.key.is_empty() {
            return Err(Error::record(format!("a text with a letter or a digit, not {raw:?}")));
        }
        Ok(Self { raw, kind, normalizer, facts: facts(raw, &traced), traced })
    }

    const fn said(&self) -> Said<'a> {
        Said { text: self.raw, kind: self.kind }
    }

    /// The raw text of some of its tokens.
    fn text(&self, range: Range<usize>) -> String {
        let mut keys = Vec::new();
        let mut end = 0;
        tokens(&self.traced.key, |token| {
            let from = self.traced.key.get(end..).unwrap_or_default();
            let start = end + from.find(token).unwrap_or(0);
            // Bigrams of a script without spaces overlap: the next may begin one character later.
            end = start + token.chars().next().map_or(0, char::len_utf8);
            keys.push(start..start + token.len());
        });
        let (Some(first), Some(last)) =
            (keys.get(range.start), keys.get(range.end.saturating_sub(1)))
        else {
            return String::new();
        };
        let inside = self
            .traced
            .atoms
            .iter()
            .filter(|atom| atom.key.start >= first.start && atom.key.end <= last.end);
        let raw: Vec<Range<usize>> = inside.map(|atom| atom.raw.clone()).collect();
        let whole = raw.first().map_or(0, |r| r.start)..raw.last().map_or(0, |r| r.end);
        self.raw.get(whole).unwrap_or_default().to_owned()
    }
}

/// Explains a pair: scores, evidence, blocks, words, facts, rules, and the chance that each profile would have found it.
///
/// ```
/// use twicetold::Config;
/// use twicetold::pipeline::{Weights, explain};
/// let (a, b) = ("The mayor of Velmark left the talks early.", "The Velmark mayor left early from the talks.");
/// let explanation = explain((a, b), &Weights::background(), &Config::default())?;
/// assert!(explanation.linked.is_some());
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If a setting is out of range, or one of the texts has no letter and no digit.
pub fn explain<'a>(
    (first, second): (impl Into<Said<'a>>, impl Into<Said<'a>>),
    weights: &Weights,
    config: &Config,
) -> Result<Explanation> {
    let config = config.clone().validate()?;
    Ok(Pairing::new((first.into(), second.into()), weights, &config)?.explain())
}

/// The two sentences, as rows 0 and 1 of a corpus.
struct Pairing<'a> {
    a: Side<'a>,
    b: Side<'a>,
    keys: StringTable,
    vocabulary: Vocabulary,
    words: Words,
    grams: Grams,
    weights: &'a Weights,
    config: &'a Config,
}

impl<'a> Pairing<'a> {
    fn new(
        (first, second): (Said<'a>, Said<'a>),
        weights: &'a Weights,
        config: &'a Config,
    ) -> Result<Self> {
        let (a, b) = (Side::new(first, config)?, Side::new(second, config)?);
        let mut keys = StringTable::default();
        keys.push(&a.traced.key);
        keys.push(&b.traced.key);
        let (vocabulary, words) = Vocabulary::of(&keys, weights);
        let grams = grams_of(&keys, weights);
        Ok(Self { a, b, keys, vocabulary, words, grams, weights, config })
    }

    /// How a run with these settings compares the two.
    fn comparison<'c>(&'c self, config: &'c Config) -> Comparison<'c> {
        let numbers = [&self.a, &self.b].map(|side| side.facts.numbers.clone());
        Comparison {
            config,
            words: &self.words,
            grams: (config.profile != Profile::Paraphrase).then_some(&self.grams),
            sole: vec![None; 2],
            languages: Vec::new(),
            numbers: if config.numbers == Numbers::Veto { numbers.to_vec() } else { Vec::new() },
            copies: vec![1; 2],
            sides: Vec::new(),
            judge: Judge::new(config, self.words.model),
        }
    }

    fn explain(&self) -> Explanation {
        let comparison = self.comparison(self.config);
        let (scores, relation) = measure(&comparison, (&self.keys, &mut Gauge::default()), (0, 1));
        let linked = self.link_reason(self.config);
        let needed = self.config.evalue.map(|evalue| self.weights.model().evidence_needed(evalue));
        let (a, b) = (&self.a, &self.b);
        let (first, second) = (self.words.features.sets.row(0), self.words.features.sets.row(1));
        let only = |row: &[u32], other: &[u32]| {
            self.weigh(row.iter().copied().filter(|token| !other.contains(token)))
        };
        Explanation {
            labels: (String::new(), String::new()),
            texts: (a.raw.to_owned(), b.raw.to_owned()),
            keys: (a.traced.key.clone(), b.traced.key.clone()),
            rules: self.config.rules(),
            rules_that_mattered: self.rules_that_mattered(),
            linked,
            relation: linked.map(|reason| match reason {
                LinkReason::EqualKeys => Relation::Exact,
                LinkReason::Similarity | LinkReason::SharedRun => relation,
            }),
            flags: self.flags(),
            scores,
            similarity: comparison.similarity(0, 1),
            threshold: self.config.threshold(),
            evidence: nats(comparison.evidence(0, 1)),
            evidence_needed: needed.map(nats),
            weights_from: self.weights.from.clone(),
            blocks: self.blocks(&align(self.words.sequences.row(0), self.words.sequences.row(1))),
            shared: self.weigh(first.iter().copied().filter(|token| second.contains(token))),
            missing: (only(first, second), only(second, first)),
            numbers: (numbers(&a.facts), numbers(&b.facts)),
            negations: (a.facts.negations, b.facts.negations),
            names: (a.facts.names.clone(), b.facts.names.clone()),
            split: None,
            probabilities: Profile::ALL.iter().map(|&profile| self.chance(profile)).collect(),
        }
    }

    /// Words with their weights, the heaviest first.
    fn weigh(&self, numbers: impl IntoIterator<Item = u32>) -> Vec<WeighedWord> {
        let word = |number: u32| WeighedWord {
            word: self.vocabulary.tokens[number as usize].clone(),
            weight: nats(u64::from(self.words.features.weights[number as usize])),
        };
        let mut words: Vec<WeighedWord> = numbers.into_iter().map(word).collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        words
    }

    /// By which rule a run with these settings links the two.
    fn link_reason(&self, config: &Config) -> Option<LinkReason> {
        if self.a.traced.key == self.b.traced.key {
            return Some(LinkReason::EqualKeys);
        }
        let long_enough = |key: &str| length(key).is_long_enough(config.minimum_words);
        let compared = self.keys.iter().all(long_enough);
        compared.then(|| self.comparison(config).link_reason(0, 1)).flatten()
    }

    fn flags(&self) -> Flags {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let short = |key: &str| !length(key).is_long_enough(self.config.minimum_words);
        let short = self.keys.iter().any(short);
        let look_alike = |side: &Side<'_>| side.normalizer.has_look_alikes(side.raw);
        difference(self.config, a, b)
            .with_if(short, Flag::Short)
            .with_if(look_alike(&self.a) || look_alike(&self.b), Flag::LookAlikes)
    }

    fn blocks(&self, alignment: &Alignment) -> Vec<MatchedBlock> {
        let narrow = |range: Range<usize>| {
            let end = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            end(range.start)..end(range.end)
        };
        let block = |block: &Block| {
            let first = block.start_a..block.start_a + block.length;
            let second = block.start_b..block.start_b + block.length;
            let tokens = &self.words.sequences.row(0)[first.clone()];
            MatchedBlock {
                text: self.a.text(first.clone()),
                weight: nats(total_weight(tokens, &self.words.features.weights)),
                first: narrow(first),
                second: narrow(second),
            }
        };
        alignment.blocks.iter().map(block).collect()
    }

    /// The rules without which the two keys would be further apart.
    fn rules_that_mattered(&self) -> Vec<RuleEffect> {
        let key =
            |rules, side: &Side<'_>| Normalizer::new(rules).for_kind(side.kind).trace(side.raw).key;
        let char4 = |a: &str, b: &str| jaccard_char4(&mut GramCounter::default(), a, b);
        let now = char4(&self.a.traced.key, &self.b.traced.key);
        let equal_now = self.a.traced.key == self.b.traced.key;
        let effect = |rule: Rule| {
            let rules = self.config.rules().without(rule);
            let (a, b) = (key(rules, &self.a), key(rules, &self.b));
            let without = char4(&a, &b);
            let parted = equal_now && a != b;
            (without < now || parted).then(|| RuleEffect {
                rule,
                effect: if parted {
                    "without it the keys would not be equal".to_owned()
                } else {
                    format!("without it the character similarity would be {without}, not {now}")
                },
            })
        };
        self.config.rules().iter().filter_map(effect).collect()
    }

    /// How likely a run with this profile over a large corpus reports the pair: never, if it would not link it; for certain by
    /// equal keys, a shared run or an exact engine; else by the bands of its contract.
    fn chance(&self, profile: Profile) -> FindingChance {
        let own = profile == self.config.profile;
        let config = if own {
            self.config.clone()
        } else {
            // A threshold and a contract mean something else in another profile.
            Config { profile, threshold: None, recall: None, at: None, ..self.config.clone() }
        };
        if config.rules() != self.config.rules() {
            let said = (self.a.said(), self.b.said());
            if let Ok(pairing) = Pairing::new(said, self.weights, &config) {
                return pairing.chance(profile);
            }
        }
        let method = usual_method(&config);
        let comparison = self.comparison(&config);
        let is_exact = method.is_some_and(Method::is_exact);
        let meets_by_run =
            comparison.runs_propose(is_exact) && comparison.run_sequences().share_run(0, 1);
        let banding = match method {
            Some(Method::Bands(banding)) => Some(banding),
            Some(Method::BruteForce | Method::Prefix) | None => None,
        };
        let linked = self.link_reason(&config);
        let certain =
            |engine| FindingChance { profile, engine, bands: 0, rows: 0, probability: 1.0 };
        match (linked, banding) {
            (Some(LinkReason::EqualKeys), _) => certain("equal"),
            (Some(LinkReason::SharedRun), _) => certain("runs"),
            (Some(LinkReason::Similarity), _) if meets_by_run => certain("runs"),
            (Some(LinkReason::Similarity), None) => certain(method.map_or("prefix", Method::name)),
            (_, banding) => FindingChance {
                profile,
                engine: method.map_or("bands", Method::name),
                bands: banding.map_or(0, |banding| banding.bands),
                rows: banding.map_or(0, |banding| banding.rows),
                probability: banding
                    .filter(|_| linked.is_some())
                    .map_or(0.0, |banding| banding.probability(comparison.similarity(0, 1))),
            },
        }
    }
}

fn numbers(facts: &Facts) -> Vec<String> {
    facts.numbers.iter().map(ToString::to_string).collect()
}
