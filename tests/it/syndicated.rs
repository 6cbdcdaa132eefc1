//! Planted syndication: the truth about articles, computed again from their text and dates by naive means.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;
use twicetold::synth::{Preset, Synthesis, write_marks, write_sources};

use crate::cli::{stderr, twicetold};
use crate::synth::made;

const SYNTHESIS: Synthesis =
    Synthesis { count: 1_500, seed: 21, preset: Preset::Syndicated, threads: 2 };

fn parsed(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Articles by their ids, the lines of the truth about them, and those about stories.
struct Planted {
    articles: BTreeMap<String, Value>,
    truth: Vec<Value>,
    stories: Vec<Value>,
}

fn planted() -> Planted {
    let (records, truth) = made(&SYNTHESIS);
    let id = |article: Value| (article["id"].as_str().unwrap().to_owned(), article);
    let articles = parsed(&records).into_iter().map(id).collect();
    let (stories, truth) =
        parsed(&truth).into_iter().skip(1).partition(|line| line["told"].is_number());
    Planted { articles, truth, stories }
}

impl Planted {
    /// The bytes of a sentence.
    fn text(&self, article: &str, sentence: &Value) -> &str {
        let place = |end: usize| usize::try_from(sentence["bytes"][end].as_u64().unwrap()).unwrap();
        self.articles[article]["text"].as_str().unwrap().get(place(0)..place(1)).unwrap()
    }

    fn told(&self, article: &Value) -> &Value {
        self.truth.iter().find(|line| line["article"] == *article).unwrap()
    }

    /// Whether one article is certainly earlier, by what both pages say.
    fn is_before(&self, a: &Value, b: &Value) -> bool {
        let moment = |article: &Value| self.articles[article.as_str().unwrap()]["date"].as_str();
        let (Some(a), Some(b)) = (moment(a), moment(b)) else { return false };
        let day = |date: &str| -> Date {
            if date.len() == 10 { date.parse().unwrap() } else { on(date).date() }
        };
        if a.len() > 10 && b.len() > 10 {
            return seconds(b) - seconds(a) > 300;
        }
        day(a) < day(b)
    }
}

fn seconds(date: &str) -> i64 {
    let iso = date.parse::<Timestamp>().ok();
    let moment = iso.or_else(|| DateTimeParser::new().parse_timestamp(date).ok());
    moment.unwrap().as_second()
}

fn on(date: &str) -> jiff::civil::DateTime {
    jiff::tz::Offset::UTC.to_datetime(Timestamp::from_second(seconds(date)).unwrap())
}

#[test]
fn a_short_corpus_of_articles_is_the_beginning_of_a_long_one() {
    let short = made(&Synthesis { count: 200, threads: 1, ..SYNTHESIS }).0;
    let long = made(&SYNTHESIS).0;
    assert_eq!(short.lines().count(), 200);
    assert_eq!(long.lines().count(), 1_500);
    assert!(long.starts_with(&short));
    assert_ne!(short, made(&Synthesis { count: 200, seed: 22, ..SYNTHESIS }).0);
}

#[test]
fn everything_that_is_asked_of_a_planted_corpus_is_in_it() {
    let planted = planted();
    let count = |keep: &dyn Fn(&Value) -> bool| planted.truth.iter().filter(|it| keep(it)).count();
    assert_eq!(planted.truth.len(), 1_500);
    for class in [
        "wholly",
        "partially",
        "non_derived",
        "common_source",
        "incidental",
        "update",
        "version",
        "undecided",
    ] {
        assert!(count(&|it| it["class"] == class) >= 5, "{class}");
    }
    for credited in [true, false] {
        assert!(count(&|it| it["credited"] == credited) > 100, "{credited}");
    }
    for kind in ["number", "negation", "quote"] {
        let is_altered =
            |sentence: &Value| sentence["altered"].as_array().unwrap().iter().any(|it| it == kind);
        let has = |it: &Value| it["sentences"].as_array().unwrap().iter().any(is_altered);
        assert!(count(&has) >= 20, "{kind}: {}", count(&has));
    }
    for (decided, least) in [(true, 40), (false, 40)] {
        let stories = planted.stories.iter().filter(|it| it["first"].is_string() == decided);
        assert!(stories.count() >= least, "{decided}");
    }
    let outlets = |it: &Value| {
        it["carried"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["articles"].as_array().unwrap().len())
            .max()
    };
    assert!(planted.stories.iter().filter_map(outlets).any(|many| many >= 35));
}

#[test]
fn who_had_a_sentence_first_follows_from_what_the_pages_say() {
    let planted = planted();
    let mut carriers: BTreeMap<(u64, u64), Vec<(&Value, &Value)>> = BTreeMap::new();
    for line in &planted.truth {
        for sentence in line["sentences"].as_array().unwrap() {
            if let Some(stem) = sentence["stem"].as_u64() {
                let key = (line["story"].as_u64().unwrap(), stem);
                carriers.entry(key).or_default().push((line, sentence));
            }
        }
    }
    let mut seen = BTreeMap::<&str, usize>::new();
    for members in carriers.values() {
        for (line, sentence) in members {
            let own: Vec<&Value> = members
                .iter()
                .filter(|other| other.0["source"] == line["source"])
                .map(|other| &other.0["article"])
                .collect();
            let others: Vec<&Value> = members
                .iter()
                .filter(|other| other.0["source"] != line["source"])
                .map(|other| &other.0["article"])
                .collect();
            let here = &line["article"];
            let is_origin = |other: &&&Value| own.iter().all(|own| planted.is_before(other, own));
            let origins: Vec<&&Value> = others.iter().filter(is_origin).collect();
            let expected = if !origins.is_empty() {
                "there"
            } else if own.iter().any(|own| planted.is_before(own, here)) {
                "own"
            } else if others.iter().any(|other| !planted.is_before(here, other)) {
                "undecided"
            } else {
                "here"
            };
            assert_eq!(sentence["origin"], expected, "{here} {sentence}");
            *seen.entry(expected).or_default() += 1;
            if expected == "there" {
                let from = &sentence["from"][0];
                assert!(origins.contains(&&from), "{here} {sentence}");
                // Nobody is certainly before the origin.
                assert!(!origins.iter().any(|other| planted.is_before(other, from)), "{here}");
            }
        }
    }
    assert!(["there", "own", "undecided", "here"].iter().all(|it| seen[it] > 50), "{seen:?}");
}

#[test]
fn words_add_up_and_what_was_altered_can_be_seen() {
    let planted = planted();
    let figures = |text: &str| -> Vec<String> {
        let digits = |c: char| !(c.is_ascii_digit() || c == '.' || c == ',');
        let runs = text.split(digits).map(|run| run.trim_matches(['.', ',']).to_owned());
        let mut runs: Vec<String> = runs.filter(|run| !run.is_empty()).collect();
        runs.sort();
        runs
    };
    let quoted = |text: &str| text.split('"').nth(1).map(str::to_owned);
    let (mut reused, mut same) = (0, 0);
    for line in &planted.truth {
        let article = line["article"].as_str().unwrap();
        let mut sum = 0;
        for sentence in line["sentences"].as_array().unwrap() {
            let text = planted.text(article, sentence);
            assert_eq!(sentence["words"], text.split_whitespace().count(), "{text}");
            if sentence["origin"] != "there" {
                continue;
            }
            sum += sentence["words"].as_u64().unwrap();
            reused += 1;
            let place = usize::try_from(sentence["from"][1].as_u64().unwrap()).unwrap();
            let origin = &planted.told(&sentence["from"][0])["sentences"][place];
            let from = planted.text(sentence["from"][0].as_str().unwrap(), origin);
            let altered: Vec<&str> = sentence["altered"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it.as_str().unwrap())
                .collect();
            let is_plain = sentence["edit"] == "exact" && origin["edit"] == "exact";
            if is_plain && altered.is_empty() {
                assert_eq!(text, from, "{article}");
                same += 1;
            }
            if altered.contains(&"number") {
                assert_ne!(figures(text), figures(from), "{article}: {text}");
            } else if is_plain {
                assert_eq!(figures(text), figures(from), "{article}: {text}");
            }
            if altered.contains(&"quote") {
                assert_ne!(quoted(text).unwrap(), quoted(from).unwrap(), "{article}");
            }
            if altered.contains(&"negation") {
                assert_ne!(text.to_lowercase(), from.to_lowercase(), "{article}");
            }
        }
        assert_eq!(line["reused_words"], sum, "{article}");
        let taken = line["taken_words"].as_u64().unwrap();
        assert!(taken <= sum && sum <= line["body_words"].as_u64().unwrap(), "{article}");
    }
    assert!(reused > 5_000 && same > reused / 2, "{same} of {reused}");
}

#[test]
fn a_credit_stands_in_the_text_and_nobody_else_is_named() {
    let planted = planted();
    let (mut sources, mut marks) = (Vec::new(), Vec::new());
    write_sources(&mut sources).unwrap();
    write_marks(&mut marks).unwrap();
    let (sources, marks) = (String::from_utf8(sources).unwrap(), String::from_utf8(marks).unwrap());
    assert_eq!(sources.lines().count(), 41);
    let rows = sources.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    let names: BTreeMap<String, Vec<String>> = rows
        .map(|row| {
            let marked = marks.lines().filter_map(|line| line.split_once(','));
            let marked = marked.filter(|(_, rest)| rest.starts_with(row[1]));
            let marked = marked.map(|(mark, _)| format!("({mark})"));
            let names = [row[0].to_owned(), row[1].to_owned()].into_iter().chain(marked);
            (row[0].to_owned(), names.collect())
        })
        .collect();
    for line in &planted.truth {
        let text = planted.articles[line["article"].as_str().unwrap()]["text"].as_str().unwrap();
        // A picture's credit is none for the text.
        let text = text.lines().filter(|line| !line.starts_with("Photo: "));
        let text = text.collect::<Vec<_>>().join("\n");
        for (source, names) in &names {
            let is_named = names.iter().any(|name| text.contains(name));
            let is_own = line["source"] == source.as_str();
            assert!(is_own || is_named == (line["names"] == source.as_str()), "{source}: {text}");
        }
    }
}

#[test]
fn sources_and_marks_are_written_for_articles_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let run = |preset: &str| {
        twicetold(&[
            "synth",
            "-n",
            "40",
            "--preset",
            preset,
            "-o",
            &path("a.jsonl"),
            "--sources",
            &path("sources.csv"),
            "--marks",
            &path("marks.csv"),
        ])
    };
    let refused = run("scraped");
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("syndicated"), "{}", stderr(&refused));
    assert!(!folder.path().join("a.jsonl").exists());
    assert!(run("syndicated").status.success());
    let sources = std::fs::read_to_string(path("sources.csv")).unwrap();
    assert!(sources.starts_with("id,name,aliases,kind,family,"), "{sources}");
    assert!(std::fs::read_to_string(path("marks.csv")).unwrap().starts_with("mark,source,where\n"));
}
