//! Words as typed → a checked [`Config`].

use super::args::{MatchingArgs, ReadingArgs};
use crate::config::{Config, Engine, Fields, InputConfig, Rule, RuleSet};
use crate::error::{Error, Result};

/// The settings that the command line asks for.
pub(super) fn config(matching: &MatchingArgs, reading: &ReadingArgs) -> Result<Config> {
    let default = Config::default();
    Config {
        profile: parsed(matching.profile.as_ref(), default.profile)?,
        threshold: matching.threshold,
        recall: matching.recall,
        at: matching.at,
        engine: if matching.exact {
            Engine::Exact
        } else {
            parsed(matching.engine.as_ref(), default.engine)?
        },
        evalue: evalue(matching.evalue.as_deref())?,
        runs: !matching.no_runs,
        clusters: parsed(matching.clusters.as_ref(), default.clusters)?,
        pairs: parsed(matching.pairs.as_ref(), default.pairs)?,
        max_pairs: matching.max_pairs.unwrap_or(default.max_pairs),
        unit: parsed(matching.unit.as_ref(), default.unit)?,
        across: parsed(matching.across.as_ref(), default.across)?,
        keep: parsed(matching.keep.as_ref(), default.keep)?,
        numbers: parsed(matching.numbers.as_ref(), default.numbers)?,
        quotes: parsed(matching.quotes.as_ref(), default.quotes)?,
        rules: rules(matching)?,
        abbreviations: matching.abbreviation.clone(),
        language: matching.lang.clone(),
        minimum_words: matching.minimum_words.unwrap_or(default.minimum_words),
        relations: default.relations,
        heavy: matching.heavy.unwrap_or(default.heavy),
        seed: matching.seed.unwrap_or(default.seed),
        threads: matching.threads.unwrap_or(default.threads),
        input: input(reading)?,
    }
    .validate()
}

/// A word as a choice, or the default.
fn parsed<T: std::str::FromStr<Err = Error>>(word: Option<&String>, default: T) -> Result<T> {
    word.map_or(Ok(default), |word| word.parse())
}

fn evalue(word: Option<&str>) -> Result<Option<f64>> {
    match word {
        None => Ok(Config::default().evalue),
        Some("off") => Ok(None),
        Some(word) => {
            let number =
                word.parse().map_err(|_| Error::config("evalue", "a number more than 0, or off"));
            number.map(Some)
        }
    }
}

fn rules(matching: &MatchingArgs) -> Result<RuleSet> {
    let mut rules = RuleSet::default();
    for name in &matching.with_rule {
        rules = rules.with(rule("with-rule", name)?);
    }
    for name in &matching.without_rule {
        rules = rules.without(rule("without-rule", name)?);
    }
    Ok(rules)
}

/// The rule with this name; an error names the option that it was given to.
fn rule(option: &'static str, name: &str) -> Result<Rule> {
    let names = || Rule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(", ");
    RuleSet::named(name).map_err(|_| Error::config(option, format!("one of {}", names())))
}

fn input(reading: &ReadingArgs) -> Result<InputConfig> {
    let default = InputConfig::default();
    let names =
        |given: &Option<String>, usual: Vec<String>| given.clone().map_or(usual, |name| vec![name]);
    let usual = Fields::default();
    Ok(InputConfig {
        format: reading.input_format.as_deref().map(str::parse).transpose()?,
        fields: Fields {
            text: names(&reading.text_field, usual.text),
            id: names(&reading.id_field, usual.id),
            source: names(&reading.source_field, usual.source),
            date: names(&reading.date_field, usual.date),
            url: names(&reading.url_field, usual.url),
            title: names(&reading.title_field, usual.title),
            language: usual.language,
        },
        encoding: reading.encoding.clone(),
        strict: reading.strict,
        keep_going: reading.keep_going,
        max_ratio: reading.max_ratio.unwrap_or(default.max_ratio),
        ..default
    })
}
