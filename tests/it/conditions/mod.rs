//! What scraped text does to sentences, condition by condition, and what the tool does about it: a module for each.
//!
//! The numbers are those of the table in `docs/conditions.md`.

mod documents;
mod encoding;
mod hostile;
mod languages;
mod later;
mod markup;
mod numbers;
mod scraped;
mod scripts;
mod short;
mod stability;
mod wording;

use twicetold::config::{Config, InputConfig, Profile, Rule, RuleSet, Unit};
use twicetold::normalize::Normalizer;
use twicetold::read::read_bytes;
use twicetold::verify::{Flag, Flags, Relation};
use twicetold::{Corpus, detect};

/// A sentence's comparison key under the default rules.
fn key(raw: &str) -> String {
    key_under(RuleSet::default(), raw)
}

fn key_under(rules: RuleSet, raw: &str) -> String {
    let mut key = String::new();
    Normalizer::new(rules).key(raw, &mut key);
    key
}

fn with(rule: Rule) -> RuleSet {
    RuleSet::default().with(rule)
}

/// Each pair is one sentence to the tool.
#[track_caller]
fn same(pairs: &[(&str, &str)]) {
    for (a, b) in pairs {
        assert_eq!(key(a), key(b), "{a:?} | {b:?}");
        assert!(!key(a).is_empty(), "{a:?}");
    }
}

/// Each pair is two sentences to the tool.
#[track_caller]
fn different(pairs: &[(&str, &str)]) {
    for (a, b) in pairs {
        assert_ne!(key(a), key(b), "{a:?} | {b:?}");
    }
}

/// The relation of two sentences and the flags between them; nothing where they are not linked.
fn link_in(profile: Profile, a: &str, b: &str) -> Option<(Relation, Flags)> {
    let config = Config { profile, unit: Unit::Line, ..Config::default() };
    let report = detect(&Corpus::from_texts([a, b]), &config).unwrap();
    let exact = report.clusters.first().map(|cluster| (cluster.relation, cluster.flags));
    report.pairs.first().map(|pair| (pair.relation, pair.flags)).or(exact)
}

fn link(a: &str, b: &str) -> Option<(Relation, Flags)> {
    link_in(Profile::default(), a, b)
}

fn relation(a: &str, b: &str) -> Option<Relation> {
    link(a, b).map(|(relation, _)| relation)
}

/// Whether two sentences are linked.
fn linked(a: &str, b: &str) -> bool {
    link(a, b).is_some()
}

/// The names of the flags between two linked sentences.
#[track_caller]
fn flags(a: &str, b: &str) -> Vec<&'static str> {
    let (_, flags) = link(a, b).unwrap();
    flags.iter().map(Flag::name).collect()
}

/// How many groups of repeats a corpus of one sentence a text has.
fn groups(texts: &[&str]) -> usize {
    let config = Config { unit: Unit::Line, ..Config::default() };
    detect(&Corpus::from_texts(texts), &config).unwrap().clusters.len()
}

/// The corpus in some bytes.
fn bytes(bytes: &[u8], name: &str, config: &InputConfig) -> twicetold::Result<Corpus> {
    read_bytes(bytes, name, config)
}
