//! Sentences that several articles carry, each with its places in the order of time and its wordings.

use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::articles::{Articles, NONE};
use super::notes::Notes;
use super::quotations::is_altered;
use crate::corpus::SentenceKind;
use crate::ids::{SentenceId, Similarity};
use crate::pipeline::{Group, Groups, PairScores};
use crate::verify::facts::{Facts, Number};
use crate::verify::{Flag, Relation};

/// A place of a cluster.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Member {
    pub(super) article: u32,
    /// Position among the article's sentences.
    pub(super) line: u32,
    pub(super) variant: u32,
}

/// A sentence that several articles carry.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) id: u64,
    /// Its places, in the table of all.
    members: Range<usize>,
    /// Its wordings by their first place, in the table of all.
    variants: Range<usize>,
    pub(super) kind: SentenceKind,
    pub(super) minimum: Similarity,
    pub(super) mean: Similarity,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(super) stories: Vec<Story>,
    members: Vec<Member>,
    variants: Vec<SentenceId>,
    /// The facts of wordings, where a story has several.
    facts: Vec<Option<Box<Facts>>>,
}

impl Carried {
    /// The places of a story: by time, then by article, then down the article.
    pub(super) fn members(&self, story: u32) -> &[Member] {
        &self.members[self.stories[story as usize].members.clone()]
    }

    /// Its wordings, in the order of their first place.
    pub(super) fn variants(&self, story: u32) -> &[SentenceId] {
        &self.variants[self.stories[story as usize].variants.clone()]
    }

    /// The places of a story in one article.
    pub(super) fn in_article(&self, story: u32, article: u32, articles: &Articles) -> &[Member] {
        let rank = |member: &Member| articles.pieces[member.article as usize].rank;
        let wanted = articles.pieces[article as usize].rank;
        let members = self.members(story);
        let from = members.partition_point(|member| rank(member) < wanted);
        let rest = &members[from..];
        &rest[..rest.partition_point(|member| rank(member) == wanted)]
    }

    /// What differs between two wordings of a story.
    pub(super) fn differences(&self, groups: &Groups<'_>, story: u32, (a, b): (u32, u32)) -> Notes {
        if a == b {
            return Notes::default();
        }
        let first = self.stories[story as usize].variants.start;
        let at = |variant: u32| first + variant as usize;
        let (Some(of_a), Some(of_b)) = (&self.facts[at(a)], &self.facts[at(b)]) else {
            return Notes::default();
        };
        let (sentence_a, sentence_b) = (self.variants[at(a)], self.variants[at(b)]);
        let is_quote = |sentence| groups.flags(sentence).has(Flag::Quote);
        let both = is_quote(sentence_a) && is_quote(sentence_b);
        let altered = is_altered(groups.text(sentence_a), groups.text(sentence_b), both);
        Notes::of_pair(groups.differences(of_a, of_b))
            .with_if(altered, super::notes::Note::QuoteAltered)
    }

    /// The numbers of a wording, where its story has several wordings.
    pub(super) fn numbers(&self, story: u32, variant: usize) -> Option<&[Number]> {
        let first = self.stories[story as usize].variants.start;
        self.facts.get(first + variant)?.as_ref().map(|facts| facts.numbers.as_slice())
    }

    /// How near two wordings of a story are, and what they are to each other.
    pub(super) fn measured(
        &self,
        groups: &Groups<'_>,
        story: u32,
        (a, b): (u32, u32),
    ) -> (PairScores, Relation) {
        let variants = self.variants(story);
        groups.measured(variants[a as usize], variants[b as usize])
    }

    /// What two wordings of a story are to each other.
    pub(super) fn relation(&self, groups: &Groups<'_>, story: u32, (a, b): (u32, u32)) -> Relation {
        let variants = self.variants(story);
        groups.relation(variants[a as usize], variants[b as usize])
    }
}

/// Finds what several articles carry, and tells each sentence its cluster and its wording.
pub(super) fn carried(groups: &Groups<'_>, articles: &mut Articles) -> Carried {
    let mut line_of = vec![NONE; groups.sentences().len()];
    for (line, number) in articles.lines.iter().zip(0..) {
        line_of[line.place as usize] = number;
    }
    let found = groups.groups();
    let ordered: Vec<Vec<(u32, SentenceId)>> =
        found.par_iter().map(|group| places(groups, articles, &line_of, group)).collect();
    let mut carried = Carried::default();
    for (group, places) in found.iter().zip(ordered) {
        if !places.is_empty() {
            add(groups, articles, &mut carried, (group, &places));
        }
    }
    let several: Vec<bool> = carried
        .stories
        .iter()
        .flat_map(|story| std::iter::repeat_n(story.variants.len() > 1, story.variants.len()))
        .collect();
    let facts = carried.variants.par_iter().zip(several);
    carried.facts =
        facts.map(|(&it, several)| several.then(|| Box::new(groups.facts(it)))).collect();
    carried
}

/// The lines that carry a group, in the order of time; none if all are of one article.
fn places(
    groups: &Groups<'_>,
    articles: &Articles,
    line_of: &[u32],
    group: &Group,
) -> Vec<(u32, SentenceId)> {
    let of_sentence = |&sentence: &SentenceId| {
        let lines = groups.places(sentence).iter().map(|&place| line_of[place as usize]);
        lines.filter(|&line| line != NONE && is_copy(articles, line)).map(move |it| (it, sentence))
    };
    let mut places: Vec<(u32, SentenceId)> = group.members.iter().flat_map(of_sentence).collect();
    places.sort_unstable_by_key(|&(line, _)| (rank(articles, line), line));
    let first = places.first().map(|&(line, _)| rank(articles, line));
    let are_several = places.iter().any(|&(line, _)| Some(rank(articles, line)) != first);
    if are_several { places } else { Vec::new() }
}

/// Whether it is text that somebody may copy.
fn is_copy(articles: &Articles, line: u32) -> bool {
    let kind = articles.lines[line as usize].kind;
    matches!(kind, SentenceKind::Body | SentenceKind::Quote | SentenceKind::Caption)
}

/// The article of a line.
fn article(articles: &Articles, line: u32) -> u32 {
    let next = articles.pieces.partition_point(|piece| piece.lines.start <= line);
    // Articles without sentences share their start with the next one, which holds the line.
    u32::try_from(next.saturating_sub(1)).unwrap_or(NONE)
}

fn rank(articles: &Articles, line: u32) -> u32 {
    articles.pieces[article(articles, line) as usize].rank
}

fn add(
    groups: &Groups<'_>,
    articles: &mut Articles,
    carried: &mut Carried,
    (group, places): (&Group, &[(u32, SentenceId)]),
) {
    let number = u32::try_from(carried.stories.len()).unwrap_or(NONE);
    let (first_member, first_variant) = (carried.members.len(), carried.variants.len());
    let mut variants: std::collections::BTreeMap<SentenceId, u32> =
        std::collections::BTreeMap::new();
    for &(line, sentence) in places {
        let next = u32::try_from(variants.len()).unwrap_or(NONE);
        let variant = *variants.entry(sentence).or_insert_with(|| {
            carried.variants.push(sentence);
            next
        });
        let article = article(articles, line);
        let start = articles.pieces[article as usize].lines.start;
        carried.members.push(Member { article, line: line - start, variant });
        let line = &mut articles.lines[line as usize];
        (line.cluster, line.variant) = (number, variant);
    }
    let kind = articles.lines[places[0].0 as usize].kind;
    carried.stories.push(Story {
        id: xxh3_64(groups.key(group.representative).as_bytes()),
        members: first_member..carried.members.len(),
        variants: first_variant..carried.variants.len(),
        kind,
        minimum: group.minimum,
        mean: group.mean,
    });
}
