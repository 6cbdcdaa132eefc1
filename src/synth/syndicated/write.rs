//! Articles and the truth about them, as lines of JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::clock::{Stated, UNCERTAIN};
use super::line::Stem;
use super::outlets::OUTLETS;
use super::page::{Page, page};
use super::story::{Article, Role};
use super::truth::{Account, Origin, PARTIALLY, Told, WHOLLY, account, carried, first, named};
use super::{Numbered, Synthesis};
use crate::mix::draw;

/// The name and version of the truth's format.
pub const SYNDICATION_SCHEMA: &str = "twicetold.syndication/1";

/// Of a hundred articles so many name their source by its title and not by its domain.
const TITLED: u64 = 10;

/// Writes the head of the truth.
pub(super) fn head(synthesis: &Synthesis, truth: &mut dyn Write) -> io::Result<()> {
    let head = json!({
        "schema": SYNDICATION_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "count": synthesis.count,
        "seed": synthesis.seed,
        "preset": synthesis.preset.name(),
        "clock_seconds": UNCERTAIN,
        "wholly_percent": WHOLLY,
        "partially_percent": PARTIALLY,
    });
    writeln!(truth, "{head}")
}

/// The lines of a story: its articles, and the truth about them if it is told.
pub(super) fn story(
    number: u64,
    articles: &[Numbered],
    seed: u64,
    tells: bool,
) -> (String, String) {
    let chance = |place: usize| draw(seed ^ number.rotate_left(32), place as u64);
    let pages: Vec<Page> = (0..articles.len())
        .map(|place| page(&articles[place].1, (chance(place) >> 40) as usize))
        .collect();
    let name = |place: usize| format!("s{number}-{place}");
    let mut records = String::new();
    for (place, (_, article)) in articles.iter().enumerate() {
        let is_titled = chance(place) % 100 < TITLED;
        let record = record(number, &name(place), (article, &pages[place]), is_titled);
        push(&mut records, &record);
    }
    if !tells {
        return (records, String::new());
    }
    let all: Vec<Told<'_>> =
        articles.iter().zip(&pages).map(|((_, article), page)| (article, page)).collect();
    let places: BTreeMap<usize, usize> =
        articles.iter().enumerate().map(|(place, (made, _))| (*made, place)).collect();
    let mut truth = String::new();
    for place in 0..all.len() {
        let told = of_article(number, &all, place, &places, &name);
        push(&mut truth, &told);
    }
    push(&mut truth, &of_story(number, &all, &name));
    (records, truth)
}

fn push(lines: &mut String, value: &Value) {
    lines.push_str(&value.to_string());
    lines.push('\n');
}

fn record(number: u64, name: &str, (article, page): Told<'_>, is_titled: bool) -> Value {
    let outlet = &OUTLETS[article.outlet];
    let mut record = json!({
        "id": name,
        "source": if is_titled { outlet.name } else { outlet.domain },
        "url": format!("https://{}/news/{number}/{}", outlet.host(), article.address),
        "title": article.title,
    });
    if article.stated != Stated::Nothing {
        record["date"] = article.date.as_str().into();
    }
    record["text"] = page.text.as_str().into();
    record
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::First => "first",
        Role::Copy => "copy",
        Role::Update => "update",
        Role::Conference => "conference",
    }
}

fn of_article(
    number: u64,
    all: &[Told<'_>],
    place: usize,
    places: &BTreeMap<usize, usize>,
    name: &dyn Fn(usize) -> String,
) -> Value {
    let (article, page) = all[place];
    let account = account(all, place);
    let parent = article.parent.and_then(|parent| places.get(&parent)).map(|&parent| name(parent));
    json!({
        "article": name(place),
        "story": number,
        "source": OUTLETS[article.outlet].domain,
        "role": role(article.role),
        "published_seconds": article.at,
        "class": account.class,
        "body_words": account.body_words,
        "reused_words": account.reused_words,
        "taken_words": account.taken_words,
        "undecided_words": account.undecided_words,
        "origin": account.origin.map(name),
        "origin_source": account.origin.map(|there| OUTLETS[all[there].0.outlet].domain),
        "made_of": parent,
        "names": named(article),
        "credited": account.credited,
        "sentences": sentences(article, page, &account, name),
    })
}

fn sentences(
    article: &Article,
    page: &Page,
    account: &Account,
    name: &dyn Fn(usize) -> String,
) -> Vec<Value> {
    let lines = article.lines.iter().zip(&page.spans).zip(&account.fates);
    let told = lines.map(|((line, &(start, end)), fate)| {
        let (origin, from) = match fate.origin {
            Origin::There(there, at) => ("there", Some((name(there), at))),
            Origin::Own => ("own", None),
            Origin::Undecided => ("undecided", None),
            Origin::Here => ("here", None),
        };
        let kind = match line.stem {
            Stem::Stock => "stock",
            Stem::Said(_) => "said",
            Stem::Told(_) if line.is_quote() => "quote",
            Stem::Told(_) => "told",
        };
        json!({
            "bytes": [start, end],
            "kind": kind,
            "stem": line.stem.number(),
            "words": fate.words,
            "taken": fate.taken,
            "edit": line.class.name(),
            "origin": origin,
            "from": from,
            "altered": fate.altered,
            "blurred": fate.blurred,
        })
    });
    told.collect()
}

fn of_story(number: u64, all: &[Told<'_>], name: &dyn Fn(usize) -> String) -> Value {
    let everybody: Vec<usize> = (0..all.len()).collect();
    let earliest = everybody.iter().copied().min_by_key(|&place| (all[place].0.at, place));
    let first = |among: &[usize]| first(all, among);
    let decided = first(&everybody);
    let carried: Vec<Value> = carried(all)
        .into_iter()
        .map(|(stem, articles, first)| {
            let articles: Vec<String> = articles.into_iter().map(name).collect();
            json!({"stem": stem, "articles": articles, "first": first.map(name)})
        })
        .collect();
    json!({
        "told": number,
        "articles": all.len(),
        "first": decided.map(name),
        "first_source": decided.map(|place| OUTLETS[all[place].0.outlet].domain),
        "first_in_fact": earliest.map(name),
        "carried": carried,
    })
}
