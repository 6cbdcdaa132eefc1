//! What an article is, from where each of its sentences comes.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::articles::{Line, NONE, Piece};
use super::model::{Article, ArticleClass, Credited, MatchScores, Sentence};
use super::notes::Notes;
use super::origin::{From, Traced, View};
use super::pairs::{credited, is_quoted_only};
use super::policy::Policy;
use crate::corpus::{Corpus, SentenceKind};
use crate::pipeline::PairScores;
use crate::verify::Relation;

/// Words of an article, by what is known of them.
#[derive(Default)]
struct Words {
    reused: u64,
    verbatim: u64,
    quotes: u64,
    credited: u64,
    own: u64,
    undecided: u64,
    boilerplate: u64,
    all: u64,
    /// Of the reused those that are no stock phrases.
    telling: u64,
    longest_run: u64,
    by_third: [u64; 3],
    by_source: BTreeMap<u32, u64>,
}

/// The row of an article.
pub(super) fn row<'c>(
    corpus: &'c Corpus,
    view: &View<'_>,
    policy: &Policy,
    article: u32,
    traced: &Traced,
) -> Article<'c> {
    let piece = view.piece(article);
    let words = words(view, article, traced);
    let document = corpus.document(piece.document);
    let about = corpus.about(piece.document);
    let mut origins: Vec<(u32, u64)> = words.by_source.iter().map(|(&a, &b)| (a, b)).collect();
    origins.sort_by_key(|&(source, words)| (std::cmp::Reverse(words), source));
    let sentences = sentences(corpus, view, article, traced);
    Article {
        id: piece.id.clone(),
        source: piece.source,
        title: about.title,
        url: about.url,
        byline: sentences.iter().find(|it| it.kind == "byline").map(|it| it.text),
        published: piece.moment.map(|moment| moment.to_string()),
        precision: piece.moment.map_or("unknown", |moment| moment.precision.name()),
        basis: if piece.moment.is_some() { policy.basis.name() } else { "none" },
        language: view.groups.language(piece.document).map(str::to_owned),
        name: corpus.document_name(piece.document),
        path: document.file().map(|file| corpus.file(file).path.clone()).unwrap_or_default(),
        line: document.line(),
        words: words.all,
        body_words: piece.body_words,
        reused_words: words.reused,
        verbatim_words: words.verbatim,
        edited_words: words.reused - words.verbatim,
        reused_quote_words: words.quotes,
        credited_words: words.credited,
        own_reused_words: words.own,
        undecided_words: words.undecided,
        boilerplate_words: words.boilerplate,
        longest_run: words.longest_run,
        reused_by_third: words.by_third,
        class: class(&words, piece, policy),
        origin: origins.first().map(|&(source, _)| source),
        origins,
        credits: piece.credits.texts.clone(),
        update_of: traced.update_of,
        xxh3: format!("{:016x}", xxh3_64(corpus.text(piece.document).as_bytes())),
        sentences,
    }
}

fn words(view: &View<'_>, article: u32, traced: &Traced) -> Words {
    let (mut words, mut run, mut before) = (Words::default(), (NONE, 0), 0);
    let mut credits: BTreeMap<u32, bool> = BTreeMap::new();
    let own = view.piece(article);
    for (line, from) in view.articles.lines_of(article).iter().zip(&traced.origins) {
        let count = u64::from(line.words);
        words.all += count;
        if line.kind == SentenceKind::Boilerplate {
            words.boilerplate += count;
        }
        if !line.is_counted() {
            continue;
        }
        let there = match *from {
            From::There(there, _, variant) => {
                let is_same = is_the_same(view, line, variant);
                let is_credited = *credits
                    .entry(there)
                    .or_insert_with(|| credited(view, view.piece(there), own) == Credited::Yes);
                words.reused += count;
                words.by_third[third(before, own.body_words)] += count;
                words.verbatim += if is_same { count } else { 0 };
                words.quotes += if line.kind == SentenceKind::Quote { count } else { 0 };
                words.credited += if is_credited { count } else { 0 };
                words.telling += if line.is_template || line.is_short { 0 } else { count };
                *words.by_source.entry(view.piece(there).source).or_default() += count;
                there
            }
            From::Own => {
                words.own += count;
                NONE
            }
            From::Undecided => {
                words.undecided += count;
                NONE
            }
            From::Here => NONE,
        };
        before += count;
        run = (there, if there == run.0 { run.1 + count } else { count });
        if there != NONE {
            words.longest_run = words.longest_run.max(run.1);
        }
    }
    words
}

/// In which third of an article a sentence begins that so many words stand before.
fn third(before: u64, body_words: u64) -> usize {
    usize::try_from(before * 3 / body_words.max(1)).map_or(2, |third| third.min(2))
}

/// Whether a sentence has the very wording of its origin.
fn is_the_same(view: &View<'_>, line: &Line, variant: u32) -> bool {
    let variants = view.carried.variants(line.cluster);
    Some(variants[variant as usize]) == line.sentence
}

fn class(words: &Words, piece: &Piece, policy: &Policy) -> ArticleClass {
    let reaches = |part: u64, bound: crate::ids::Similarity| {
        part > 0 && bound.is_reached_by(part, piece.body_words)
    };
    if reaches(words.reused, policy.partially) {
        if is_quoted_only((words.reused, words.quotes), piece) {
            ArticleClass::CommonSource
        } else if words.telling == 0 {
            ArticleClass::Incidental
        } else if reaches(words.reused, policy.wholly) {
            ArticleClass::Wholly
        } else {
            ArticleClass::Partially
        }
    } else if reaches(words.reused + words.undecided, policy.partially) {
        ArticleClass::Undecided
    } else if words.reused > 0 && words.telling == 0 {
        ArticleClass::Incidental
    } else {
        ArticleClass::NonDerived
    }
}

fn sentences<'c>(
    corpus: &'c Corpus,
    view: &View<'_>,
    article: u32,
    traced: &Traced,
) -> Vec<Sentence<'c>> {
    let lines = view.articles.lines_of(article).iter().zip(&traced.origins);
    lines.map(|(line, from)| sentence(corpus, view, line, *from)).collect()
}

fn sentence<'c>(corpus: &'c Corpus, view: &View<'_>, line: &Line, from: From) -> Sentence<'c> {
    let place = &view.groups.sentences()[line.place as usize];
    let own = line.sentence.map(|it| Notes::of_sentence(view.groups.flags(it)));
    let carried = line.cluster != NONE;
    let (origin, (relation, scores), changes) = match from {
        From::There(there, at, variant) if is_the_same(view, line, variant) => {
            (Some((there, at)), (Some(Relation::Exact.name()), None), Notes::default())
        }
        From::There(there, at, variant) => {
            let both = (variant, line.variant);
            let (scores, relation) = view.carried.measured(view.groups, line.cluster, both);
            let changes = view.carried.differences(view.groups, line.cluster, both);
            (Some((there, at)), (Some(relation.name()), Some(nearness(&scores))), changes)
        }
        _ => (None, (None, None), Notes::default()),
    };
    Sentence {
        text: corpus.sentence_text(place),
        kind: line.kind.name(),
        start: place.span.start,
        end: place.span.end,
        words: line.words,
        cluster: carried.then_some(line.cluster),
        variant: carried.then_some(line.variant),
        origin,
        relation,
        scores,
        flags: own.unwrap_or_default().union(changes),
    }
}

const fn nearness(scores: &PairScores) -> MatchScores {
    MatchScores {
        jaccard_idf: scores.jaccard_idf,
        jaccard_char4: scores.jaccard_char4,
        coverage_a: scores.coverage_a,
        coverage_b: scores.coverage_b,
        longest_run: scores.longest_run,
    }
}
