//! The figures of a sentence that changed on the way: who carried which, since when, and for how long after it was corrected.
//!
//! Of the wordings of a cluster those are beside each other that give as many numbers as the first one; what all of them give is left out. Numbers are
//! compared as [`detect`](crate::detect) compares them, so that "2 million" and "2,000,000" are one. A *correction* is a later article of the source that had the
//! figure first, with another one.

use std::collections::{BTreeMap, BTreeSet};

use super::carried::Member;
use super::model::Value;
use super::origin::View;
use crate::verify::facts::Number;

/// The values of a cluster, in the order of their first carriers; none if all are the same.
pub(super) fn values(view: &View<'_>, story: u32) -> Vec<Value> {
    let variants = view.carried.variants(story).len();
    let numbers: Vec<Option<&[Number]>> =
        (0..variants).map(|at| view.carried.numbers(story, at)).collect();
    let Some(Some(first)) = numbers.first() else { return Vec::new() };
    let is_beside = |numbers: &&[Number]| numbers.len() == first.len();
    let compared: Vec<Option<&[Number]>> =
        numbers.iter().map(|numbers| numbers.filter(is_beside)).collect();
    let common = compared.iter().flatten().fold(first.to_vec(), |common, it| shared(&common, it));
    let value_of: Vec<Option<Vec<&Number>>> =
        compared.iter().map(|it| it.map(|numbers| rest(numbers, &common))).collect();
    let mut values: BTreeMap<&[&Number], Vec<&Member>> = BTreeMap::new();
    for member in view.carried.members(story) {
        if let Some(value) = &value_of[member.variant as usize] {
            values.entry(value).or_default().push(member);
        }
    }
    if values.len() < 2 {
        return Vec::new();
    }
    let all: Vec<(u32, Option<&[&Number]>)> = view
        .carried
        .members(story)
        .iter()
        .map(|member| (member.article, value_of[member.variant as usize].as_deref()))
        .collect();
    let mut found: Vec<Value> =
        values.into_iter().map(|(value, members)| one(view, (value, &members), &all)).collect();
    found.sort_by_key(|value| (view.piece(value.first.0).rank, value.first));
    found
}

fn one(
    view: &View<'_>,
    (value, members): (&[&Number], &[&Member]),
    all: &[(u32, Option<&[&Number]>)],
) -> Value {
    let first = members[0];
    let own = view.piece(first.article);
    let is_later = |article: u32, than: u32| {
        let (a, b) = (view.piece(than), view.piece(article));
        a.moment.is_some() && view.clock.order(a.moment, b.moment, None).is_lt()
    };
    let correction = all.iter().find(|&&(article, other)| {
        other.is_some_and(|other| other != value)
            && view.piece(article).group == own.group
            && is_later(article, first.article)
    });
    let corrected_by = correction.map(|&(article, _)| article);
    let articles: BTreeSet<u32> = members.iter().map(|member| member.article).collect();
    let sources: BTreeSet<u32> = articles.iter().map(|&it| view.piece(it).group).collect();
    let after = corrected_by.map_or(0, |correction| {
        articles.iter().filter(|&&article| is_later(article, correction)).count()
    });
    let mut variants: Vec<u32> = members.iter().map(|member| member.variant).collect();
    variants.sort_unstable();
    variants.dedup();
    let words: Vec<String> = value.iter().map(|number| number.in_decimals()).collect();
    let last = members.iter().rev().find_map(|member| view.piece(member.article).moment);
    Value {
        value: words.join(" · "),
        articles: articles.len() as u64,
        sources: sources.len() as u64,
        first: (first.article, first.line),
        last_published: last.map(|moment| moment.to_string()),
        variants,
        corrected_by,
        articles_after: after as u64,
    }
}

/// What two sorted lists have both.
fn shared(a: &[Number], b: &[Number]) -> Vec<Number> {
    let mut rest = b.iter().peekable();
    let mut both = Vec::new();
    for number in a {
        while rest.next_if(|other| *other < number).is_some() {}
        both.extend(rest.next_if_eq(&number).cloned());
    }
    both
}

/// What of a sorted list is not among the common.
fn rest<'n>(numbers: &'n [Number], common: &[Number]) -> Vec<&'n Number> {
    let mut common = common.iter().peekable();
    numbers.iter().filter(|number| common.next_if_eq(number).is_none()).collect()
}
