//! Words as typed → a checked [`Config`].

use super::args::{MatchingArgs, ReadingArgs};
use super::language;
use crate::config::{Config, Engine, Fields, InputConfig, Profile, Rule, RuleSet, Unit};
use crate::error::{Error, Result};

/// The settings that the command line asks for; where it says nothing, those of `base`.
pub(super) fn config(
    base: Config,
    matching: &MatchingArgs,
    reading: &ReadingArgs,
) -> Result<Config> {
    matching.lang.iter().try_for_each(|code| language::check("lang", code))?;
    matching.only_language.iter().try_for_each(|code| language::check("only-language", code))?;
    if matching.abbreviation.iter().any(|word| !word.contains(char::is_alphanumeric)) {
        return Err(Error::config("abbreviation", "a word, with or without its full stop"));
    }
    let typed_or = |typed: &[String], base: Vec<String>| {
        if typed.is_empty() { base } else { typed.to_vec() }
    };
    let profile = parsed(matching.profile.as_ref(), base.profile)?;
    Config {
        profile,
        threshold: matching.threshold.or(base.threshold),
        recall: matching.recall.or(base.recall),
        at: matching.at.or(base.at),
        engine: if matching.exact {
            Engine::Exact
        } else {
            parsed(matching.engine.as_ref(), base.engine)?
        },
        evalue: evalue(matching.evalue.as_deref(), base.evalue)?,
        runs: matching.runs || (base.runs && !matching.no_runs),
        clusters: parsed(matching.clusters.as_ref(), base.clusters)?,
        pairs: parsed(matching.pairs.as_ref(), base.pairs)?,
        max_pairs: matching.max_pairs.unwrap_or(base.max_pairs),
        unit: parsed(matching.unit.as_ref(), base.unit)?,
        across: parsed(matching.across.as_ref(), base.across)?,
        keep: parsed(matching.keep.as_ref(), base.keep)?,
        numbers: parsed(matching.numbers.as_ref(), base.numbers)?,
        quotes: parsed(matching.quotes.as_ref(), base.quotes)?,
        wrapped: parsed(matching.wrapped.as_ref(), base.wrapped)?,
        rules: rules(matching, base.rules, profile)?,
        abbreviations: typed_or(&matching.abbreviation, base.abbreviations),
        language: matching.lang.clone().or(base.language),
        languages: parsed(matching.languages.as_ref(), base.languages)?,
        only_languages: typed_or(&matching.only_language, base.only_languages),
        minimum_words: matching.minimum_words.unwrap_or(base.minimum_words),
        relations: base.relations,
        heavy: matching.heavy.unwrap_or(base.heavy),
        seed: matching.seed.unwrap_or(base.seed),
        threads: matching.threads.unwrap_or(base.threads),
        input: input(reading, base.input)?,
    }
    .validate()
}

/// The settings of a search where nothing is typed: documents are compared by sentences that are nearly equal.
pub(super) fn base(matching: &MatchingArgs) -> Config {
    let is_of_documents = matching.unit.as_deref() == Some(Unit::Document.name());
    let profile = if is_of_documents { Profile::Near } else { Profile::default() };
    Config { profile, ..Config::default() }
}

/// A word as a choice, or the default.
fn parsed<T: std::str::FromStr<Err = Error>>(word: Option<&String>, default: T) -> Result<T> {
    word.map_or(Ok(default), |word| word.parse())
}

fn evalue(word: Option<&str>, base: Option<f64>) -> Result<Option<f64>> {
    match word {
        None => Ok(base),
        Some("off") => Ok(None),
        Some(word) => {
            let number =
                word.parse().map_err(|_| Error::config("evalue", "a number more than 0, or off"));
            number.map(Some)
        }
    }
}

/// The rules that were asked for: those of `base`, or of the profile, with the changes typed. `None` leaves them to the profile.
fn rules(
    matching: &MatchingArgs,
    base: Option<RuleSet>,
    profile: Profile,
) -> Result<Option<RuleSet>> {
    let both = |names: &[String], name: &String| names.contains(name);
    for (position, name) in matching.with_rule.iter().enumerate() {
        let before = matching.with_rule.get(..position).unwrap_or_default();
        if both(before, name) || both(&matching.without_rule, name) {
            let expected = format!("a rule once, and {name} is given twice");
            return Err(Error::config("with-rule", expected));
        }
    }
    if matching.with_rule.is_empty() && matching.without_rule.is_empty() {
        return Ok(base);
    }
    let mut rules = base.unwrap_or_else(|| RuleSet::of_profile(profile));
    for name in &matching.with_rule {
        rules = rules.with(rule("with-rule", name)?);
    }
    for name in &matching.without_rule {
        rules = rules.without(rule("without-rule", name)?);
    }
    Ok(Some(rules))
}

/// The rule with this name; an error names the option that it was given to.
fn rule(option: &'static str, name: &str) -> Result<Rule> {
    let names = || Rule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(", ");
    RuleSet::named(name).map_err(|_| Error::config(option, format!("one of {}", names())))
}

fn input(reading: &ReadingArgs, base: InputConfig) -> Result<InputConfig> {
    let names =
        |typed: &Option<String>, base: Vec<String>| typed.clone().map_or(base, |name| vec![name]);
    let format = reading.input_format.as_deref().map(str::parse).transpose()?;
    Ok(InputConfig {
        format: format.or(base.format),
        fields: Fields {
            text: names(&reading.text_field, base.fields.text),
            id: names(&reading.id_field, base.fields.id),
            source: names(&reading.source_field, base.fields.source),
            date: names(&reading.date_field, base.fields.date),
            url: names(&reading.url_field, base.fields.url),
            title: names(&reading.title_field, base.fields.title),
            language: names(&reading.language_field, base.fields.language),
        },
        delimiter: match &reading.delimiter {
            Some(word) => InputConfig::delimiter_named(word)?,
            None => base.delimiter,
        },
        has_header: base.has_header && !reading.no_header,
        encoding: reading.encoding.clone().or(base.encoding),
        strict: reading.strict || base.strict,
        keep_going: reading.keep_going || base.keep_going,
        max_ratio: reading.max_ratio.unwrap_or(base.max_ratio),
        warc_types: if reading.warc_type.is_empty() {
            base.warc_types
        } else {
            reading.warc_type.iter().map(|name| name.parse()).collect::<Result<_>>()?
        },
        warc_statuses: if reading.warc_status.is_empty() {
            base.warc_statuses
        } else {
            reading.warc_status.clone()
        },
        ..base
    })
}
