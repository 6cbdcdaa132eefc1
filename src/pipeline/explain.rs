//! Why two sentences do or do not match.

use std::ops::Range;

use super::explanation::{
    Explanation, FindingChance, LinkReason, MatchedBlock, RuleEffect, WeighedWord,
};
use super::features::{Grams, OVERLAP, Words};
use super::results::PairScores;
use super::scores::{difference, facts, jaccard_char4};
use crate::candidates::bands::Banding;
use crate::config::{Config, Profile, Rule};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::ids::Similarity;
use crate::normalize::{Normalizer, Traced};
use crate::shingle::{RunGrams, char_grams, length, token_hash, tokens};
use crate::tables::StringTable;
use crate::verify::facts::Facts;
use crate::verify::{
    Alignment, Flag, Flags, Judge, Measures, align, jaccard, of_profile, relation, shared_weight,
    total_weight, word_edit,
};
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

    fn of(&self, token: &str) -> u32 {
        let known = self.words.numbers.get(&token_hash(token));
        let unknown = || self.model().weight(1, background_ppm(token).max(UNKNOWN_PPM));
        known.map_or_else(unknown, |&number| self.words.features.weights[number as usize])
    }
}

impl Weights {
    /// The weight of a character n-gram.
    fn of_gram(&self, gram: u32) -> u32 {
        let unknown = || self.model().weight(1, UNKNOWN_PPM);
        let known = self.grams.as_ref().and_then(|grams| {
            grams.numbers.get(&gram).map(|&number| grams.evidence[number as usize])
        });
        known.unwrap_or_else(unknown)
    }
}

/// One of the two sentences.
struct Side<'a> {
    raw: &'a str,
    traced: Traced,
    facts: Facts,
    /// Tokens in the order of the text, numbered across both sentences.
    sequence: Vec<u32>,
    set: Vec<u32>,
    grams: Vec<u32>,
}

/// The tokens of both sentences: their texts and weights, by number.
#[derive(Default)]
struct Vocabulary {
    tokens: Vec<String>,
    weights: Vec<u32>,
}

impl Vocabulary {
    fn number(&mut self, token: &str, weights: &Weights) -> u32 {
        let found = self.tokens.iter().position(|known| known == token);
        let number = found.unwrap_or_else(|| {
            self.tokens.push(token.to_owned());
            self.weights.push(weights.of(token));
            self.tokens.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    fn weigh(&self, numbers: impl IntoIterator<Item = u32>) -> Vec<WeighedWord> {
        let word = |number: u32| WeighedWord {
            word: self.tokens[number as usize].clone(),
            weight: nats(u64::from(self.weights[number as usize])),
        };
        let mut words: Vec<WeighedWord> = numbers.into_iter().map(word).collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        words
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number for people")]
fn nats(weight: u64) -> f64 {
    weight as f64 / f64::from(NAT)
}

impl<'a> Side<'a> {
    fn new(raw: &'a str, config: &Config, weights: &Weights, vocabulary: &mut Vocabulary) -> Self {
        let traced = Normalizer::new(config.rules).trace(raw);
        let (mut sequence, mut grams) = (Vec::new(), Vec::new());
        tokens(&traced.key, |token| sequence.push(vocabulary.number(token, weights)));
        char_grams(&traced.key, &mut grams);
        let mut set = sequence.clone();
        set.sort_unstable();
        set.dedup();
        Self { raw, facts: facts(raw, &traced), traced, sequence, set, grams }
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
pub fn explain(
    (first, second): (&str, &str),
    weights: &Weights,
    config: &Config,
) -> Result<Explanation> {
    let config = config.clone().validate()?;
    let mut vocabulary = Vocabulary::default();
    let a = Side::new(first, &config, weights, &mut vocabulary);
    let b = Side::new(second, &config, weights, &mut vocabulary);
    for side in [&a, &b] {
        if side.traced.key.is_empty() {
            return Err(Error::record(format!(
                "a text with a letter or a digit, not {:?}",
                side.raw
            )));
        }
    }
    Ok(Pairing { a, b, vocabulary, weights, config: &config }.explain())
}

struct Pairing<'a> {
    a: Side<'a>,
    b: Side<'a>,
    vocabulary: Vocabulary,
    weights: &'a Weights,
    config: &'a Config,
}

impl Pairing<'_> {
    fn explain(&self) -> Explanation {
        let alignment = align(&self.a.sequence, &self.b.sequence);
        let measures = self.measures(&alignment);
        let evidence = self.evidence();
        let linked = self.linked(&measures, &alignment, evidence);
        let needed = self.config.evalue.map(|evalue| self.weights.model().evidence_needed(evalue));
        let (a, b) = (&self.a, &self.b);
        let only = |x: &Side<'_>, y: &Side<'_>| {
            self.vocabulary.weigh(x.set.iter().copied().filter(|token| !y.set.contains(token)))
        };
        Explanation {
            labels: (String::new(), String::new()),
            texts: (a.raw.to_owned(), b.raw.to_owned()),
            keys: (a.traced.key.clone(), b.traced.key.clone()),
            rules: self.config.rules,
            rules_that_mattered: self.rules_that_mattered(),
            linked,
            relation: linked.map(|reason| match reason {
                LinkReason::EqualKeys => crate::verify::Relation::Exact,
                _ => relation(&measures, &self.config.relations),
            }),
            flags: self.flags(),
            scores: self.scores(&measures, &alignment, evidence),
            similarity: measures.similarity,
            threshold: self.config.threshold(),
            evidence: nats(evidence),
            evidence_needed: needed.map(nats),
            weights_from: self.weights.from.clone(),
            blocks: self.blocks(&alignment),
            shared: self.vocabulary.weigh(a.set.iter().copied().filter(|t| b.set.contains(t))),
            missing: (only(a, b), only(b, a)),
            numbers: (numbers(&a.facts), numbers(&b.facts)),
            negations: (a.facts.negations, b.facts.negations),
            names: (a.facts.names.clone(), b.facts.names.clone()),
            probabilities: self.probabilities(),
        }
    }

    fn jaccard_idf(&self) -> Similarity {
        let weights = &self.vocabulary.weights;
        let shared = shared_weight(&self.a.set, &self.b.set, weights);
        jaccard(shared, total_weight(&self.a.set, weights), total_weight(&self.b.set, weights))
    }

    /// The weight of what both share; in the profiles of characters that of their n-grams, which overlap.
    fn evidence(&self) -> u64 {
        match self.config.profile {
            Profile::Paraphrase => {
                shared_weight(&self.a.set, &self.b.set, &self.vocabulary.weights)
            }
            Profile::Noisy | Profile::Near => {
                let shared = self.a.grams.iter().filter(|gram| self.b.grams.contains(gram));
                shared.map(|&gram| u64::from(self.weights.of_gram(gram))).sum::<u64>() / OVERLAP
            }
        }
    }

    fn measures(&self, alignment: &Alignment) -> Measures {
        let (a, b) = (&self.a.sequence, &self.b.sequence);
        let coverage = alignment.coverage(a, b, &self.vocabulary.weights);
        let char4 = jaccard_char4(&self.a.traced.key, &self.b.traced.key);
        let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
        Measures {
            similarity: of_profile(self.config.profile, self.jaccard_idf(), char4),
            jaccard_char4: char4,
            word_edit: word_edit(a, b),
            coverage_of_shorter: if a.len() <= b.len() { coverage.0 } else { coverage.1 },
            shared_words: alignment.matched_tokens(),
            length_ratio: Similarity::ratio(shorter as u64, longer as u64),
        }
    }

    fn scores(&self, measures: &Measures, alignment: &Alignment, evidence: u64) -> PairScores {
        let (a, b) = (&self.a.sequence, &self.b.sequence);
        let (coverage_a, coverage_b) = alignment.coverage(a, b, &self.vocabulary.weights);
        PairScores {
            jaccard_idf: self.jaccard_idf(),
            jaccard_char4: measures.jaccard_char4,
            coverage_a,
            coverage_b,
            longest_run: u32::try_from(alignment.longest_run).unwrap_or(u32::MAX),
            word_edit: measures.word_edit,
            log10_evalue: self.weights.model().log10_evalue(evidence),
        }
    }

    fn linked(
        &self,
        measures: &Measures,
        alignment: &Alignment,
        evidence: u64,
    ) -> Option<LinkReason> {
        if self.a.traced.key == self.b.traced.key {
            return Some(LinkReason::EqualKeys);
        }
        let minimum = self.config.minimum_words;
        let lengths = [length(&self.a.traced.key), length(&self.b.traced.key)];
        let vetoed = self.config.numbers == crate::config::Numbers::Veto
            && self.a.facts.numbers_differ(&self.b.facts);
        if vetoed || lengths.iter().any(|length| !length.is_long_enough(minimum)) {
            return None;
        }
        let judge = Judge::new(self.config, self.weights.model());
        let (shared, union) = self.shares();
        if judge.links_by_similarity(shared, union, evidence) {
            return Some(LinkReason::Similarity);
        }
        let runs = self.config.runs && self.config.profile == Profile::Paraphrase;
        let both_spaceless = lengths.iter().all(|length| length.is_mostly_spaceless());
        let least = if both_spaceless {
            RunGrams::CHARACTERS.guarantee() - 1
        } else {
            RunGrams::WORDS.guarantee()
        };
        (runs
            && alignment.longest_run >= least
            && judge.links_by_run(measures.coverage_of_shorter, evidence))
        .then_some(LinkReason::SharedRun)
    }

    /// The shared and the united weight by the profile's features.
    fn shares(&self) -> (u64, u64) {
        let (a, b) = (&self.a, &self.b);
        let (first, second, weights): (_, _, &[u32]) = match self.config.profile {
            Profile::Paraphrase => (&a.set, &b.set, &self.vocabulary.weights),
            Profile::Noisy | Profile::Near => (&a.grams, &b.grams, &[]),
        };
        let shared = shared_weight(first, second, weights);
        (shared, total_weight(first, weights) + total_weight(second, weights) - shared)
    }

    fn flags(&self) -> Flags {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let short = [&self.a, &self.b]
            .iter()
            .any(|side| !length(&side.traced.key).is_long_enough(self.config.minimum_words));
        difference(self.config, a, b).with_if(short, Flag::Short)
    }

    fn blocks(&self, alignment: &Alignment) -> Vec<MatchedBlock> {
        let narrow = |range: Range<usize>| {
            let end = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            end(range.start)..end(range.end)
        };
        let block = |block: &crate::verify::Block| {
            let first = block.start_a..block.start_a + block.length;
            let second = block.start_b..block.start_b + block.length;
            let tokens = &self.a.sequence[first.clone()];
            MatchedBlock {
                text: self.a.text(first.clone()),
                weight: nats(total_weight(tokens, &self.vocabulary.weights)),
                first: narrow(first),
                second: narrow(second),
            }
        };
        alignment.blocks.iter().map(block).collect()
    }

    /// The rules without which the two keys would be further apart.
    fn rules_that_mattered(&self) -> Vec<RuleEffect> {
        let key = |rules, raw| Normalizer::new(rules).trace(raw).key;
        let now = jaccard_char4(&self.a.traced.key, &self.b.traced.key);
        let equal_now = self.a.traced.key == self.b.traced.key;
        let effect = |rule: Rule| {
            let rules = self.config.rules.without(rule);
            let (a, b) = (key(rules, self.a.raw), key(rules, self.b.raw));
            let without = jaccard_char4(&a, &b);
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
        self.config.rules.iter().filter_map(effect).collect()
    }

    fn probabilities(&self) -> Vec<FindingChance> {
        let char4 = jaccard_char4(&self.a.traced.key, &self.b.traced.key);
        let chance = |&profile: &Profile| {
            let config = Config { profile, ..Config::default() };
            let rows = super::plan::rows(profile, 1_000_000);
            let banding = Banding::for_contract(config.contract(), rows);
            let similarity = of_profile(profile, self.jaccard_idf(), char4);
            FindingChance {
                profile,
                engine: "bands",
                bands: banding.bands,
                rows: banding.rows,
                probability: banding.probability(similarity),
            }
        };
        Profile::ALL.iter().map(chance).collect()
    }
}

fn numbers(facts: &Facts) -> Vec<String> {
    facts.numbers.iter().map(ToString::to_string).collect()
}
