//! Articles of forty outlets whose truth is known: what an audit must find of it. `benches/audit.py` measures the same on more of them.

use std::collections::BTreeMap;

use serde_json::Value;
use twicetold::Config;
use twicetold::audit::model::{Article, Audit, Certainty, Sentence};
use twicetold::audit::{Marks, Note, Policy, SourceList, audit};
use twicetold::config::{Format, InputConfig};
use twicetold::read::read_bytes;
use twicetold::synth::{Preset, Synthesis, write_marks, write_sources};

use crate::synth::made;

/// So many of so many.
#[derive(Default)]
struct Ratio {
    part: u32,
    whole: u32,
    wrong: Vec<String>,
}

impl Ratio {
    fn add(&mut self, is_right: bool, case: impl FnOnce() -> String) {
        self.whole += 1;
        self.part += u32::from(is_right);
        if !is_right {
            self.wrong.push(case());
        }
    }

    fn assert(&self, what: &str, least: f64, many: u32) {
        let share = f64::from(self.part) / f64::from(self.whole.max(1));
        assert!(self.whole >= many, "{what}: only {} cases", self.whole);
        assert!(share >= least, "{what}: {} of {}: {:?}", self.part, self.whole, self.wrong);
    }
}

struct Measured<'a> {
    audit: &'a Audit<'a>,
    /// What is true of each article of the audit.
    truth: Vec<&'a Value>,
    stories: Vec<&'a Value>,
}

impl<'a> Measured<'a> {
    fn new(audit: &'a Audit<'a>, told: &'a [Value]) -> Self {
        let by_name: BTreeMap<&str, &Value> =
            told.iter().filter_map(|line| Some((line["article"].as_str()?, line))).collect();
        let truth = audit.articles.iter().map(|article| by_name[article.name.as_str()]).collect();
        let stories = told.iter().filter(|line| line["told"].is_number()).collect();
        Self { audit, truth, stories }
    }

    fn articles(&self) -> impl Iterator<Item = (&Article<'a>, &Value)> {
        self.audit.articles.iter().zip(self.truth.iter().copied())
    }

    /// What the audit says of the bytes of a planted sentence.
    fn beside<'b>(article: &'b Article<'a>, planted: &Value) -> Vec<&'b Sentence<'a>> {
        let [start, end] = [0, 1].map(|end| planted["bytes"][end].as_u64().unwrap());
        let shared = |it: &Sentence<'_>| {
            let (from, to) = (u64::from(it.start).max(start), u64::from(it.end).min(end));
            2 * to.saturating_sub(from) >= (end - start).min(u64::from(it.end - it.start))
        };
        article.sentences.iter().filter(|it| shared(it)).collect()
    }

    fn reuse(&self) -> f64 {
        let share = |words: u64, body: u64| {
            f64::from(u32::try_from(words).unwrap())
                / f64::from(u32::try_from(body.max(1)).unwrap())
        };
        let apart = |(found, truth): (&Article<'_>, &Value)| {
            let word = |name: &str| truth[name].as_u64().unwrap();
            let planted = share(word("reused_words"), word("body_words"));
            (share(found.reused_words, found.body_words) - planted).abs()
        };
        let sum: f64 = self.articles().map(apart).sum();
        sum / f64::from(u32::try_from(self.truth.len()).unwrap())
    }

    fn classes(&self) -> Ratio {
        let mut ratio = Ratio::default();
        for (found, truth) in self.articles().filter(|(_, truth)| truth["class"] != "version") {
            let said = if found.update_of.is_some() { "update" } else { found.class.name() };
            ratio.add(truth["class"] == said, || {
                format!("{} {} {said}", found.name, truth["class"])
            });
        }
        ratio
    }

    fn altered(&self, kind: &str, blurred: &str, note: Note) -> Ratio {
        let mut ratio = Ratio::default();
        for (found, truth) in self.articles() {
            for planted in truth["sentences"].as_array().unwrap() {
                let has = |list: &str, name: &str| {
                    planted[list].as_array().unwrap().iter().any(|it| it == name)
                };
                if has("altered", kind) && !has("blurred", blurred) {
                    let is_said = Self::beside(found, planted)
                        .iter()
                        .any(|it| it.origin.is_some() && it.flags.has(note));
                    ratio.add(is_said, || format!("{} {planted}", found.name));
                }
            }
        }
        ratio
    }

    /// Sentences whose truth is that it cannot be told who was first.
    fn directions(&self) -> Ratio {
        let mut ratio = Ratio::default();
        for (found, truth) in self.articles() {
            for planted in truth["sentences"].as_array().unwrap() {
                if planted["origin"] == "undecided" {
                    let said = Self::beside(found, planted);
                    let is_silent = said.iter().all(|it| it.origin.is_none());
                    ratio.add(is_silent, || format!("{} {planted}", found.name));
                }
            }
        }
        ratio
    }

    /// First publishers of carried sentences, where times decide.
    fn firsts(&self) -> Ratio {
        let mut ratio = Ratio::default();
        let places: BTreeMap<&str, usize> = (0..self.truth.len())
            .map(|place| (self.truth[place]["article"].as_str().unwrap(), place))
            .collect();
        for story in &self.stories {
            for carried in story["carried"].as_array().unwrap() {
                let Some(first) = carried["first"].as_str() else { continue };
                let mut clusters: BTreeMap<u32, u32> = BTreeMap::new();
                for name in carried["articles"].as_array().unwrap() {
                    let place = places[name.as_str().unwrap()];
                    let sentences = self.truth[place]["sentences"].as_array().unwrap();
                    let planted =
                        sentences.iter().find(|it| it["stem"] == carried["stem"]).unwrap();
                    let said = Self::beside(&self.audit.articles[place], planted);
                    for cluster in said.iter().filter_map(|it| it.cluster) {
                        *clusters.entry(cluster).or_default() += 1;
                    }
                }
                let most = clusters.iter().max_by_key(|&(&cluster, &many)| (many, !cluster));
                let said = most.map(|(&cluster, _)| self.audit.clusters[cluster as usize].first);
                let is_right = said.is_some_and(|said| {
                    let article = said.article as usize;
                    said.certainty == Certainty::Certain
                        && self.truth[article]["source"] == self.truth[places[first]]["source"]
                });
                ratio.add(is_right, || format!("{first} {}", carried["stem"]));
            }
        }
        ratio
    }

    /// Articles that are said to credit their origin, beside those that do.
    fn credits(&self) -> (Ratio, Ratio) {
        let (mut found, mut right) = (Ratio::default(), Ratio::default());
        let name = |article: u32| self.audit.articles[article as usize].name.as_str();
        let pairs: BTreeMap<(&str, &str), bool> = (self.audit.article_pairs.iter())
            .map(|pair| ((name(pair.a), name(pair.b)), pair.credited.name() == "yes"))
            .collect();
        for truth in &self.truth {
            let (Some(origin), Some(is_credited)) =
                (truth["origin"].as_str(), truth["credited"].as_bool())
            else {
                continue;
            };
            if ["update", "version"].iter().any(|class| truth["class"] == *class) {
                continue;
            }
            let article = truth["article"].as_str().unwrap();
            let is_said = pairs.get(&(origin, article)).copied().unwrap_or(false);
            let case = || format!("{article} of {origin}, names {}", truth["names"]);
            if is_credited {
                found.add(is_said, case);
            }
            if is_said {
                right.add(is_credited, case);
            }
        }
        (found, right)
    }
}

#[test]
fn a_planted_syndication_is_found_as_it_was_planted() {
    let synthesis = Synthesis { count: 800, seed: 31, preset: Preset::Syndicated, threads: 2 };
    let (records, truth) = made(&synthesis);
    let told: Vec<Value> = truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (mut sources, mut marks) = (Vec::new(), Vec::new());
    write_sources(&mut sources).unwrap();
    write_marks(&mut marks).unwrap();
    let input = InputConfig { format: Some(Format::Jsonl), ..InputConfig::default() };
    let corpus = read_bytes(records.as_bytes(), "planted.jsonl", &input).unwrap();
    let policy = Policy {
        sources: SourceList::read(&String::from_utf8(sources).unwrap()).unwrap(),
        marks: Marks::built_in().with(&String::from_utf8(marks).unwrap()).unwrap(),
        clock_tolerance: told[0]["clock_seconds"].as_i64().unwrap(),
        ..Policy::default()
    };
    let audit = audit(&corpus, &Config::default(), &policy, &()).unwrap();
    let measured = Measured::new(&audit, &told);
    assert!(measured.reuse() <= 0.02, "{}", measured.reuse());
    measured.classes().assert("classes", 0.95, 600);
    measured.firsts().assert("first publishers", 0.98, 300);
    measured.directions().assert("directions where times tie", 1.0, 300);
    measured.altered("number", "numbers", Note::NumbersDiffer).assert("figures", 0.95, 20);
    measured.altered("negation", "negation", Note::NegationDiffers).assert("denials", 0.95, 20);
    measured.altered("quote", "", Note::QuoteAltered).assert("quotations", 0.95, 20);
    let (found, right) = measured.credits();
    found.assert("credits found", 0.95, 100);
    right.assert("credits that are some", 0.95, 100);
}
