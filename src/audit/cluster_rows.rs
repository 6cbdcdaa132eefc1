//! The rows of what travels, and of what stays on its site.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::articles::Articles;
use super::carried::Member;
use super::first::{adoption, first};
use super::model::{BoilerplateText, Cluster, SentenceKey, Variant};
use super::notes::{Note, Notes};
use super::origin::View;
use super::values::values;
use crate::corpus::{Corpus, SentenceKind};
use crate::ids::SentenceId;
use crate::pipeline::Groups;

/// The row of every cluster.
pub(super) fn clusters<'c>(corpus: &'c Corpus, view: &View<'_>) -> Vec<Cluster<'c>> {
    let all = 0..u32::try_from(view.carried.stories.len()).unwrap_or(u32::MAX);
    all.into_par_iter().map(|story| cluster(corpus, view, story)).collect()
}

fn cluster<'c>(corpus: &'c Corpus, view: &View<'_>, story: u32) -> Cluster<'c> {
    let (about, members) = (&view.carried.stories[story as usize], view.carried.members(story));
    let variants = variants(corpus, view, story);
    let articles = members.chunk_by(|a, b| a.article == b.article).count() as u64;
    let groups: BTreeSet<u32> =
        members.iter().map(|member| view.piece(member.article).group).collect();
    let last = members.iter().rev().find_map(|member| view.piece(member.article).moment);
    let [second, fifth, tenth] = adoption(view.articles, view.carried, story);
    let flags = variants.iter().fold(Notes::default(), |notes, it| notes.union(it.flags));
    Cluster {
        id: format!("c{:016x}", about.id),
        kind: about.kind.name(),
        articles,
        sources: groups.len() as u64,
        first: first(view.articles, view.carried, story, view.clock),
        last_published: last.map(|moment| moment.to_string()),
        to_second_source: second,
        to_fifth_source: fifth,
        to_tenth_source: tenth,
        members: members.iter().map(|it| (it.article, it.line, it.variant)).collect(),
        values: if flags.has(Note::NumbersDiffer) { values(view, story) } else { Vec::new() },
        flags,
        variants,
        min_similarity: about.minimum.rounded(),
        mean_similarity: about.mean.rounded(),
    }
}

fn variants<'c>(corpus: &'c Corpus, view: &View<'_>, story: u32) -> Vec<Variant<'c>> {
    let members = view.carried.members(story);
    let mut places: Vec<Vec<&Member>> = vec![Vec::new(); view.carried.variants(story).len()];
    for member in members {
        places[member.variant as usize].push(member);
    }
    let variant = |(number, (&sentence, places)): (u32, (&SentenceId, Vec<&Member>))| {
        let first = places[0];
        let line = view.articles.lines_of(first.article)[first.line as usize];
        let groups: BTreeSet<u32> =
            places.iter().map(|place| view.piece(place.article).group).collect();
        let changes = view.carried.differences(view.groups, story, (0, number));
        Variant {
            id: SentenceKey(xxh3_64(view.groups.key(sentence).as_bytes())),
            text: corpus.sentence_text(&view.groups.sentences()[line.place as usize]),
            count: places.len() as u64,
            sources: groups.len() as u64,
            first: (first.article, first.line),
            relation: view.carried.relation(view.groups, story, (0, number)).name(),
            flags: Notes::of_sentence(view.groups.flags(sentence)).union(changes),
        }
    };
    (0..).zip(view.carried.variants(story).iter().zip(places)).map(variant).collect()
}

/// The row of every text of boilerplate, the most carried first.
pub(super) fn boilerplate<'c>(
    corpus: &'c Corpus,
    groups: &Groups<'_>,
    articles: &Articles,
) -> Vec<BoilerplateText<'c>> {
    #[derive(Default)]
    struct Text {
        place: u32,
        articles: BTreeSet<u32>,
        words: u64,
        is_counted: bool,
    }
    let mut texts: BTreeMap<SentenceId, Text> = BTreeMap::new();
    for (number, piece) in (0..).zip(&articles.pieces) {
        let lines = &articles.lines[piece.lines.start as usize..piece.lines.end as usize];
        for line in lines {
            let Some(sentence) = line.sentence else { continue };
            if line.kind != SentenceKind::Boilerplate && !articles.texts.contains_key(&sentence) {
                continue;
            }
            let text = texts
                .entry(sentence)
                .or_insert_with(|| Text { place: line.place, ..Text::default() });
            text.is_counted = line.kind != SentenceKind::Boilerplate;
            text.articles.insert(number);
            text.words += u64::from(line.words);
        }
    }
    let row = |(sentence, text): (SentenceId, Text)| {
        let mut sources: BTreeMap<u32, u64> = BTreeMap::new();
        for &article in &text.articles {
            *sources.entry(articles.pieces[article as usize].source).or_default() += 1;
        }
        let mut sources: Vec<(u32, u64)> = sources.into_iter().collect();
        sources.sort_by_key(|&(source, count)| (std::cmp::Reverse(count), source));
        BoilerplateText {
            id: format!("b{:016x}", xxh3_64(groups.key(sentence).as_bytes())),
            text: corpus.sentence_text(&groups.sentences()[text.place as usize]),
            kind: if text.is_counted { SentenceKind::Body } else { SentenceKind::Boilerplate }
                .name(),
            sources,
            articles: text.articles.len() as u64,
            words: text.words,
        }
    };
    let mut rows: Vec<BoilerplateText<'c>> = texts.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.articles));
    rows
}
