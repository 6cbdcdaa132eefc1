//! Settings from the `config` of a JSON report.
//!
//! Read leniently: a setting that is missing, or that another version wrote in its own way, is the default.

use std::str::FromStr;

use serde_json::Value;

use crate::cli::args::MatchingArgs;
use crate::config::{Config, Fields, InputConfig, Keep, Profile, RuleSet, WarcType};

/// The report's settings. The bounds of a profile do not outlive it when another one is typed, nor the contract's point a
/// threshold.
pub(in crate::cli) fn settings(report: &Value, typed: &MatchingArgs) -> Config {
    let mut config = all(report);
    let other: Option<Profile> = typed.profile.as_deref().and_then(|name| name.parse().ok());
    if other.is_some_and(|other| other != config.profile) {
        (config.threshold, config.recall, config.at) = (None, None, None);
        config.rules = config.rules.filter(|&rules| rules != RuleSet::of_profile(config.profile));
    }
    if typed.threshold.is_some() {
        config.at = None;
    }
    config
}

fn all(report: &Value) -> Config {
    let default = Config::default();
    let number = |name: &str| report[name].as_f64();
    Config {
        profile: word(report, "profile").unwrap_or(default.profile),
        threshold: number("threshold"),
        recall: number("recall"),
        at: number("at"),
        engine: word(report, "engine").unwrap_or(default.engine),
        evalue: report.get("evalue").map_or(default.evalue, Value::as_f64),
        runs: report["runs"].as_bool().unwrap_or(default.runs),
        unit: word(report, "unit").unwrap_or(default.unit),
        across: word(report, "across").unwrap_or(default.across),
        keep: word::<Keep>(report, "keep").unwrap_or(default.keep),
        numbers: word(report, "numbers").unwrap_or(default.numbers),
        quotes: word(report, "quotes").unwrap_or(default.quotes),
        wrapped: word(report, "wrapped").unwrap_or(default.wrapped),
        rules: rules(report),
        abbreviations: names(report, "abbreviations").unwrap_or(default.abbreviations),
        language: text(report, "language"),
        languages: word(report, "languages").unwrap_or(default.languages),
        minimum_words: small(report, "minimum_words").unwrap_or(default.minimum_words),
        heavy: small(report, "heavy").unwrap_or(default.heavy),
        seed: report["seed"].as_u64().unwrap_or(default.seed),
        input: input(report),
        ..default
    }
}

fn input(report: &Value) -> InputConfig {
    let default = InputConfig::default();
    let usual = Fields::default();
    let field = |name: &str, usual: Vec<String>| names(report, name).unwrap_or(usual);
    InputConfig {
        format: word(report, "input_format"),
        fields: Fields {
            text: field("text_field", usual.text),
            id: field("id_field", usual.id),
            source: field("source_field", usual.source),
            date: field("date_field", usual.date),
            url: field("url_field", usual.url),
            title: field("title_field", usual.title),
            language: field("language_field", usual.language),
        },
        delimiter: text(report, "delimiter")
            .and_then(|word| InputConfig::delimiter_named(&word).ok())
            .unwrap_or(default.delimiter),
        has_header: report["no_header"].as_bool().map_or(default.has_header, |none| !none),
        encoding: text(report, "encoding"),
        strict: report["strict"].as_bool().unwrap_or(default.strict),
        keep_going: report["keep_going"].as_bool().unwrap_or(default.keep_going),
        max_ratio: report["max_ratio"].as_u64().unwrap_or(default.max_ratio),
        warc_types: warc_types(report).unwrap_or(default.warc_types),
        warc_statuses: warc_statuses(report).unwrap_or(default.warc_statuses),
        ..default
    }
}

fn warc_types(report: &Value) -> Option<Vec<WarcType>> {
    names(report, "warc_type")?.iter().map(|name| name.parse().ok()).collect()
}

fn warc_statuses(report: &Value) -> Option<Vec<u16>> {
    let statuses = report["warc_status"].as_array()?.iter();
    statuses.map(|status| u16::try_from(status.as_u64()?).ok()).collect()
}

fn text(report: &Value, name: &str) -> Option<String> {
    report[name].as_str().map(str::to_owned)
}

fn word<T: FromStr>(report: &Value, name: &str) -> Option<T> {
    report[name].as_str()?.parse().ok()
}

fn small(report: &Value, name: &str) -> Option<u32> {
    u32::try_from(report[name].as_u64()?).ok()
}

/// A list of names, or a single one.
fn names(report: &Value, name: &str) -> Option<Vec<String>> {
    match &report[name] {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(all) => {
            Some(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => None,
    }
}

fn rules(report: &Value) -> Option<RuleSet> {
    let known = |name: &String| RuleSet::named(name).ok();
    let none = crate::config::Rule::ALL.iter().fold(RuleSet::all(), |set, &rule| set.without(rule));
    Some(names(report, "rules")?.iter().filter_map(known).fold(none, RuleSet::with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Engine, Rule};

    #[test]
    fn the_settings_of_a_report_come_back() {
        let mut config =
            Config { profile: Profile::Noisy, runs: false, evalue: None, ..Config::default() };
        config.engine = Engine::BruteForce;
        config.rules = Some(config.rules().without(Rule::Case));
        config.abbreviations = vec!["Ltd".to_owned()];
        config.input.fields.language = vec!["sprache".to_owned()];
        config.minimum_words = 3;
        let report = Value::Object(config.result_settings());
        let back = settings(&report, &MatchingArgs::default());
        assert_eq!(Value::Object(back.result_settings()), report);
        assert_eq!(back.rules, config.rules);
    }

    #[test]
    fn what_a_report_does_not_say_is_the_default() {
        let odd = serde_json::json!({"profile": "of tomorrow", "unit": 7, "rules": null});
        assert_eq!(settings(&odd, &MatchingArgs::default()), Config::default());
    }

    #[test]
    fn another_profile_brings_its_own_threshold() {
        let report = Value::Object(Config::default().result_settings());
        let typed = MatchingArgs { profile: Some("near".to_owned()), ..MatchingArgs::default() };
        assert_eq!(settings(&report, &typed).threshold, None);
        let typed = MatchingArgs { threshold: Some(0.5), ..MatchingArgs::default() };
        assert_eq!(settings(&report, &typed).at, None);
    }

    #[test]
    fn the_names_of_fields_are_one_or_several() {
        let report = serde_json::json!({"text_field": "words", "id_field": ["a", "b"]});
        let fields = settings(&report, &MatchingArgs::default()).input.fields;
        assert_eq!((fields.text, fields.id), (vec!["words".into()], vec!["a".into(), "b".into()]));
        assert_eq!(fields.url, Fields::default().url);
    }
}
