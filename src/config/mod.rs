//! Every setting, its default and its range, checked once; the only door for settings.
//!
//! No environment variable, clock or random seed reaches a stage but through [`Config`]. The report prints what can change
//! the result ([`Config::result_settings`]); threads and output are not among it.

mod choice;
mod input;
mod rules;

pub use choice::{
    Across, Clustering, Engine, Format, Languages, Numbers, PairsShown, Profile, Quotes, Unit,
    WarcType, Wrapped,
};
pub use input::{Fields, InputConfig};
pub use rules::{Rule, RuleSet};

use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::ids::Similarity;

/// Which copy of a cluster is its survivor: the one that is shown first and kept.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Keep {
    /// The earliest by date where dates are known, else by order of input.
    #[default]
    Earliest,
    /// The latest by date where dates are known, else by order of input.
    Latest,
    /// The first in the order of input.
    First,
    /// The longest.
    Longest,
    /// The one that the clustering chose: most links and copies.
    Central,
    /// The first that comes from this source, else the earliest.
    Source(String),
}

impl Keep {
    /// The word on the command line and in reports.
    pub fn name(&self) -> String {
        match self {
            Self::Earliest => "earliest".to_owned(),
            Self::Latest => "latest".to_owned(),
            Self::First => "first".to_owned(),
            Self::Longest => "longest".to_owned(),
            Self::Central => "central".to_owned(),
            Self::Source(name) => format!("source:{name}"),
        }
    }
}

impl std::str::FromStr for Keep {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        match (word, word.strip_prefix("source:")) {
            ("earliest", _) => Ok(Self::Earliest),
            ("latest", _) => Ok(Self::Latest),
            ("first", _) => Ok(Self::First),
            ("longest", _) => Ok(Self::Longest),
            ("central", _) => Ok(Self::Central),
            (_, Some(name)) if !name.is_empty() => Ok(Self::Source(name.to_owned())),
            _ => {
                let expected = "one of earliest, latest, first, longest, central, source:NAME";
                Err(Error::config("keep", expected))
            }
        }
    }
}

/// More threads than this are a slip of the keyboard, and cost memory before they do any work.
const MOST_THREADS: usize = 1_024;

/// A recall contract: of the pairs at this similarity, at least this share is found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Contract {
    /// The share that is found.
    pub recall: Similarity,
    /// The similarity at which it is promised.
    pub at: Similarity,
}

/// Objects as one.
fn merged(objects: [Value; 2]) -> Map<String, Value> {
    let mut merged = Map::new();
    for object in objects {
        if let Value::Object(object) = object {
            merged.extend(object);
        }
    }
    merged
}

/// The bounds between relations.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RelationBounds {
    /// `near` from this `jaccard_char4`.
    pub near_char4: Similarity,
    /// `near` from this `word_edit`.
    pub near_word_edit: Similarity,
    /// `edited` from this similarity of the profile.
    pub edited: Similarity,
    /// `contained` from this coverage of the shorter sentence.
    pub contained_coverage: Similarity,
    /// `contained` from so many shared words.
    pub contained_words: u32,
    /// `contained` below this ratio of lengths.
    pub contained_length: Similarity,
    /// A shared run links from this coverage of the shorter sentence.
    pub run_coverage: Similarity,
    /// From this similarity a pair needs no evidence beyond it.
    pub no_evidence_needed: Similarity,
}

impl Default for RelationBounds {
    fn default() -> Self {
        let share = |percent| Similarity::ratio(percent, 100);
        Self {
            near_char4: share(80),
            near_word_edit: share(85),
            edited: share(50),
            contained_coverage: share(80),
            contained_words: 8,
            contained_length: share(70),
            run_coverage: share(40),
            no_evidence_needed: share(80),
        }
    }
}

impl RelationBounds {
    /// As a report states them.
    fn settings(&self) -> Value {
        let Self {
            near_char4,
            near_word_edit,
            edited,
            contained_coverage,
            contained_words,
            contained_length,
            run_coverage,
            no_evidence_needed,
        } = self;
        json!({
            "near_char4": near_char4.number(),
            "near_word_edit": near_word_edit.number(),
            "edited": edited.number(),
            "contained_coverage": contained_coverage.number(),
            "contained_words": contained_words,
            "contained_length": contained_length.number(),
            "run_coverage": run_coverage.number(),
            "no_evidence_needed": no_evidence_needed.number(),
        })
    }
}

/// Every setting. Build it from [`Config::default`], change what matters, and [`validate`](Self::validate) it.
///
/// ```
/// use twicetold::config::{Config, Profile};
/// let config = Config { profile: Profile::Near, ..Config::default() }.validate().unwrap();
/// assert_eq!(config.threshold().to_string(), "0.8000");
/// let error = Config { threshold: Some(0.0), ..Config::default() }.validate().unwrap_err();
/// assert_eq!(error.to_string(), "`threshold` must be more than 0, at most 1");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// What two sentences are compared by.
    pub profile: Profile,
    /// The least similarity of a linked pair, 0 to 1; `None` is the profile's own.
    pub threshold: Option<f64>,
    /// The recall of the contract, 0 to 1; `None` is the profile's own.
    pub recall: Option<f64>,
    /// The similarity at which the contract holds; `None` is the profile's own.
    pub at: Option<f64>,
    /// How candidate pairs are found.
    pub engine: Engine,
    /// Accidental pairs expected in the corpus per link that may be accepted; `None` asks for no evidence.
    pub evalue: Option<f64>,
    /// Whether shared runs of eight words link by themselves (`paraphrase`), or propose pairs beside bands (`noisy`).
    pub runs: bool,
    /// How linked pairs become clusters.
    pub clusters: Clustering,
    /// Which linked pairs a report holds.
    pub pairs: PairsShown,
    /// The most pairs that `pairs = all` may report.
    pub max_pairs: u64,
    /// What is compared with what.
    pub unit: Unit,
    /// Which places may repeat each other.
    pub across: Across,
    /// Which copy is the survivor.
    pub keep: Keep,
    /// What becomes of pairs whose numbers differ.
    pub numbers: Numbers,
    /// Whether a quotation of several sentences is one.
    pub quotes: Quotes,
    /// Whether lines of one paragraph are joined.
    pub wrapped: Wrapped,
    /// The rules of the comparison key; `None` is the profile's own.
    pub rules: Option<RuleSet>,
    /// Abbreviations after which no sentence ends, beside those that are built in.
    pub abbreviations: Vec<String>,
    /// The language of documents that declare none (`en`, `de`, …); `None` goes by script.
    pub language: Option<String>,
    /// Whether sentences of two languages are compared.
    pub languages: Languages,
    /// Documents known to be of another language than these are left out; empty is all.
    pub only_languages: Vec<String>,
    /// Sentences of fewer words (in scripts without spaces: of fewer than eight fifths as many characters) are matched by equal keys only.
    pub minimum_words: u32,
    /// The bounds between relations.
    pub relations: RelationBounds,
    /// A list of sentences that share a run, or a bucket, longer than this is linked to representatives instead of multiplied out.
    pub heavy: u32,
    /// The seed of every hash function that signatures use.
    pub seed: u64,
    /// How inputs are read.
    pub input: InputConfig,
    /// Threads; 0 is one for each core. Never changes a result.
    pub threads: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            threshold: None,
            recall: None,
            at: None,
            engine: Engine::default(),
            evalue: Some(1.0),
            runs: true,
            clusters: Clustering::default(),
            pairs: PairsShown::default(),
            max_pairs: 10_000_000,
            unit: Unit::default(),
            across: Across::default(),
            keep: Keep::default(),
            numbers: Numbers::default(),
            quotes: Quotes::default(),
            wrapped: Wrapped::default(),
            rules: None,
            abbreviations: Vec::new(),
            language: None,
            languages: Languages::default(),
            only_languages: Vec::new(),
            minimum_words: 5,
            relations: RelationBounds::default(),
            heavy: 256,
            seed: 0,
            input: InputConfig::default(),
            threads: 0,
        }
    }
}

impl Config {
    /// Checks every setting once and fills what the profile decides.
    ///
    /// # Errors
    /// Names the first setting that is out of range, and the range.
    pub fn validate(self) -> Result<Self> {
        // Judged as it will be used: less than half a millionth is nothing.
        let is_open_unit =
            |number| Similarity::from_number(number).is_some_and(|share| share > Similarity::ZERO);
        let open_unit = |setting, number: Option<f64>| match number {
            Some(number) if !is_open_unit(number) => {
                Err(Error::config(setting, "more than 0, at most 1"))
            }
            _ => Ok(()),
        };
        open_unit("threshold", self.threshold)?;
        open_unit("at", self.at)?;
        let is_certain = |recall| Similarity::from_number(recall) == Some(Similarity::ONE);
        if self.recall.is_some_and(|recall| !is_open_unit(recall) || is_certain(recall)) {
            return Err(Error::config(
                "recall",
                "more than 0, less than 1 (for 1 choose an exact engine)",
            ));
        }
        if self.evalue.is_some_and(|evalue| !(evalue > 0.0 && evalue.is_finite())) {
            return Err(Error::config("evalue", "more than 0, or off"));
        }
        if self.minimum_words == 0 {
            return Err(Error::config("minimum-words", "at least 1"));
        }
        if self.threads > MOST_THREADS {
            return Err(Error::config(
                "threads",
                format!("at most {MOST_THREADS}, or 0 for one a core"),
            ));
        }
        if self.heavy < 2 {
            return Err(Error::config("heavy", "at least 2"));
        }
        if self.input.max_ratio == 0 {
            return Err(Error::config("max-ratio", "at least 1"));
        }
        if self.contract().at < self.threshold() {
            return Err(Error::config(
                "at",
                format!("at least the threshold, {}", self.threshold()),
            ));
        }
        Ok(self)
    }

    /// The least similarity of a linked pair.
    pub fn threshold(&self) -> Similarity {
        let own = match self.profile {
            Profile::Paraphrase => Similarity::ratio(30, 100),
            Profile::Noisy => Similarity::ratio(35, 100),
            Profile::Near => Similarity::ratio(80, 100),
        };
        self.threshold.and_then(Similarity::from_number).unwrap_or(own)
    }

    /// The rules of the comparison key.
    pub fn rules(&self) -> RuleSet {
        self.rules.unwrap_or_else(|| RuleSet::of_profile(self.profile))
    }

    /// The recall contract. A threshold above the profile's own contract point moves the point up to it.
    pub fn contract(&self) -> Contract {
        let (recall, at) = match self.profile {
            Profile::Paraphrase => (95, 40),
            Profile::Noisy => (95, 45),
            Profile::Near => (99, 80),
        };
        let given = |number: Option<f64>| number.and_then(Similarity::from_number);
        Contract {
            recall: given(self.recall).unwrap_or(Similarity::ratio(recall, 100)),
            at: given(self.at).unwrap_or(Similarity::ratio(at, 100).max(self.threshold())),
        }
    }

    /// Everything that can change the result, by the names of the command line, for reports and indexes.
    pub fn result_settings(&self) -> Map<String, Value> {
        // Every field is named here, so that a new setting cannot be forgotten.
        let Self {
            profile,
            threshold: _,
            recall: _,
            at: _,
            engine,
            evalue,
            runs,
            clusters,
            pairs,
            max_pairs,
            unit,
            across,
            keep,
            numbers,
            quotes,
            wrapped,
            rules: _,
            abbreviations,
            language,
            languages,
            only_languages,
            minimum_words,
            relations,
            heavy,
            seed,
            input,
            threads: _,
        } = self;
        let contract = self.contract();
        let settings = json!({
            "profile": profile.name(),
            "threshold": self.threshold().number(),
            "recall": contract.recall.number(),
            "at": contract.at.number(),
            "engine": engine.name(),
            "evalue": evalue,
            "runs": runs,
            "clusters": clusters.name(),
            "pairs": pairs.name(),
            "max_pairs": max_pairs,
            "unit": unit.name(),
            "across": across.name(),
            "keep": keep.name(),
            "numbers": numbers.name(),
            "quotes": quotes.name(),
            "wrapped": wrapped.name(),
            "rules": self.rules().iter().map(Rule::name).collect::<Vec<_>>(),
            "abbreviations": abbreviations,
            "language": language,
            "languages": languages.name(),
            "only_languages": only_languages,
            "minimum_words": minimum_words,
            "relations": relations.settings(),
            "heavy": heavy,
            "seed": seed,
        });
        merged([settings, input.settings()])
    }
}
