//! What is true of the articles of a story: who had which sentence first, and what was changed.
//!
//! A sentence *comes from* the earliest article of another outlet that has it, if what the pages say of their time makes that
//! article certainly earlier than everything of its own outlet with the sentence. Where it cannot be told, that is the truth.
//!
//! An article is an `update` if it is certainly later than another version of it, and a `version` if it has others and it cannot be told
//! which was first; else its class follows from its words.

use super::clock::Stated;
use super::line::{Line, Stem, taken, words};
use super::outlets::OUTLETS;
use super::page::Page;
use super::story::{Article, Role};
use crate::synth::class::Decoy;

/// An article is wholly derived from so many hundredths of its words on.
pub(super) const WHOLLY: usize = 80;
/// An article is partially derived from so many hundredths of its words on.
pub(super) const PARTIALLY: usize = 20;

/// Where a sentence comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Origin {
    /// An article of the story and a line of it.
    There(usize, usize),
    /// Its own outlet had it as early as anybody.
    Own,
    /// Others have it, and it cannot be told who was first.
    Undecided,
    /// Nobody else had it before.
    Here,
}

/// What is true of a sentence.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) origin: Origin,
    pub(super) words: usize,
    /// Words that stand in the sentence that it comes from.
    pub(super) taken: usize,
    /// What is not as it was there: `number`, `negation`, `quote`.
    pub(super) altered: Vec<&'static str>,
    /// Kinds of facts that came or went with other words, in the sentence or in that it comes from.
    pub(super) blurred: Vec<&'static str>,
}

/// What is true of an article.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) fates: Vec<Fate>,
    pub(super) body_words: usize,
    pub(super) reused_words: usize,
    pub(super) taken_words: usize,
    pub(super) undecided_words: usize,
    /// The article that most words come from.
    pub(super) origin: Option<usize>,
    pub(super) class: &'static str,
    /// Whether it credits the outlet of its origin, or one that its origin credits too.
    pub(super) credited: Option<bool>,
}

/// One of the articles that are told of, with its page.
pub(super) type Told<'a> = (&'a Article, &'a Page);

/// The account of one of them.
pub(super) fn account(all: &[Told<'_>], article: usize) -> Account {
    let (own, page) = all[article];
    let fates: Vec<Fate> = (0..own.lines.len()).map(|line| fate(all, article, line)).collect();
    let sum = |keep: fn(&Fate) -> usize| fates.iter().map(keep).sum::<usize>();
    let told = page.told.map_or(0, |span| words(page.bytes(span)).len());
    let is_there = |fate: &Fate| matches!(fate.origin, Origin::There(..));
    let reused_words = sum(|fate| match fate.origin {
        Origin::There(..) => fate.words,
        _ => 0,
    });
    let undecided_words = sum(|fate| if fate.origin == Origin::Undecided { fate.words } else { 0 });
    let body_words = sum(|fate| fate.words) + told;
    let mut by_article = vec![0; all.len()];
    for fate in &fates {
        if let Origin::There(there, _) = fate.origin {
            by_article[there] += fate.words;
        }
    }
    let most = by_article.iter().copied().max().filter(|&words| words > 0);
    let origin = most.and_then(|most| by_article.iter().position(|&words| words == most));
    let reaches = |part: usize, share: usize| part > 0 && part * 100 >= body_words * share;
    let is_said =
        |(line, fate): (&Line, &Fate)| !is_there(fate) || matches!(line.stem, Stem::Said(_));
    let class = if let Some(version) = version(all, article) {
        version
    } else if reaches(reused_words, PARTIALLY) {
        match own.lines.iter().zip(&fates).all(is_said) {
            true => "common_source",
            false if reaches(reused_words, WHOLLY) => "wholly",
            false => "partially",
        }
    } else if reaches(reused_words + undecided_words, PARTIALLY) {
        "undecided"
    } else if reused_words == 0 && own.lines.iter().any(|line| line.stem == Stem::Stock) {
        "incidental"
    } else {
        "non_derived"
    };
    let credited = origin.map(|origin| {
        let there = all[origin].0;
        let credits = |article: &Article| article.credit.map(|credit| credit.outlet);
        credits(own).is_some_and(|outlet| outlet == there.outlet || Some(outlet) == credits(there))
    });
    let taken_words = sum(|fate| fate.taken);
    Account {
        fates,
        body_words,
        reused_words,
        taken_words,
        undecided_words,
        origin,
        class,
        credited,
    }
}

/// What an article is to the other versions of it that are told of.
fn version(all: &[Told<'_>], article: usize) -> Option<&'static str> {
    let own = all[article].0;
    let of_one_text = |other: &Article| [own.role, other.role].contains(&Role::Update);
    let mut versions = all
        .iter()
        .map(|(other, _)| *other)
        .filter(|other| other.outlet == own.outlet && other.at != own.at && of_one_text(other));
    let is_before = |other: &Article| other.stated.is_before(own.stated);
    if versions.clone().any(is_before) {
        return Some("update");
    }
    versions.any(|other| !own.stated.is_before(other.stated)).then_some("version")
}

/// Every article and line with a sentence of a number.
fn carriers<'a>(all: &'a [Told<'a>], number: u32) -> impl Iterator<Item = (usize, usize)> + 'a {
    all.iter().enumerate().filter_map(move |(article, (it, _))| {
        let line = it.lines.iter().position(|line| line.stem.number() == Some(number));
        line.map(|line| (article, line))
    })
}

fn fate(all: &[Told<'_>], article: usize, at: usize) -> Fate {
    let line = &all[article].0.lines[at];
    let mut fate = Fate {
        origin: Origin::Here,
        words: line.text.split_whitespace().count(),
        taken: 0,
        altered: Vec::new(),
        blurred: Vec::new(),
    };
    let Some(number) = line.stem.number() else { return fate };
    fate.origin = origin(all, article, number);
    if let Origin::There(there, place) = fate.origin {
        let from = &all[there].0.lines[place];
        fate.taken = taken(&line.text, &from.text);
        let (here, there) = (line.facts(), from.facts());
        let changed = [
            ("number", line.changes.figures != from.changes.figures && here.0 != there.0),
            ("negation", line.changes.negations != from.changes.negations && here.1 != there.1),
            ("quote", line.changes.quotes != from.changes.quotes),
        ];
        fate.altered = changed.into_iter().filter(|it| it.1).map(|it| it.0).collect();
        fate.blurred = line.blurred.union(from.blurred).kinds().map(Decoy::name).collect();
    }
    fate
}

fn origin(all: &[Told<'_>], article: usize, number: u32) -> Origin {
    let said = |article: usize| all[article].0.stated;
    let is_own = |&(other, _): &(usize, usize)| all[other].0.outlet == all[article].0.outlet;
    let (own, others): (Vec<_>, Vec<_>) = carriers(all, number).partition(is_own);
    let is_before_own =
        |&(other, _): &(usize, usize)| own.iter().all(|&(own, _)| said(other).is_before(said(own)));
    let earlier = others.iter().copied().filter(is_before_own);
    if let Some((there, line)) = earlier.min_by_key(|&(other, _)| (key(said(other)), other)) {
        Origin::There(there, line)
    } else if own.iter().any(|&(own, _)| said(own).is_before(said(article))) {
        Origin::Own
    } else if others.iter().any(|&(other, _)| !said(article).is_before(said(other))) {
        Origin::Undecided
    } else {
        Origin::Here
    }
}

/// The order of what is said of times; what is not said comes last, a day before its hours.
fn key(stated: Stated) -> (bool, i64, bool) {
    match stated {
        Stated::Minute(seconds) => (false, seconds, true),
        Stated::Day(day) => (false, day * super::clock::DAY, false),
        Stated::Nothing => (true, 0, false),
    }
}

/// The article that is earlier than those of all other outlets among some, if that can be told.
pub(super) fn first(all: &[Told<'_>], among: &[usize]) -> Option<usize> {
    let said = |article: usize| all[article].0.stated;
    let first = among.iter().copied().min_by_key(|&article| (key(said(article)), article))?;
    let is_later = |&other: &usize| {
        all[other].0.outlet == all[first].0.outlet || said(first).is_before(said(other))
    };
    among.iter().all(is_later).then_some(first)
}

/// Sentences that several outlets have: the number, the articles, and the first if it can be told.
pub(super) fn carried(all: &[Told<'_>]) -> Vec<(u32, Vec<usize>, Option<usize>)> {
    let numbers = all.iter().flat_map(|(article, _)| article.lines.iter());
    let mut numbers: Vec<u32> = numbers.filter_map(|line| line.stem.number()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let of = |number: u32| {
        let articles: Vec<usize> = carriers(all, number).map(|(article, _)| article).collect();
        let several = articles.iter().any(|&it| all[it].0.outlet != all[articles[0]].0.outlet);
        let first = first(all, &articles);
        several.then_some((number, articles, first))
    };
    numbers.into_iter().filter_map(of).collect()
}

/// The names of the outlets that an article credits.
pub(super) fn named(article: &Article) -> Option<&'static str> {
    article.credit.map(|credit| OUTLETS[credit.outlet].domain)
}
