//! The articles that are audited, their sentences, and whom they credit.

use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::address::canonical;
use super::credit::{CreditFinder, Credits};
use super::moment::{Moment, Precision};
use super::policy::Policy;
use super::ruled::{Texts, texts};
use super::sources::Found;
use super::versions::sentences_of_versions;
use crate::corpus::{Corpus, Sentence, SentenceKind};
use crate::ids::{DocumentId, SentenceId};
use crate::pipeline::Groups;
use crate::verify::Flag;

/// No cluster.
pub(super) const NONE: u32 = u32::MAX;

/// An article.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// `a` and sixteen hexadecimal digits of its name and source.
    pub(super) id: String,
    pub(super) document: DocumentId,
    /// Its source, and who counts as one with it.
    pub(super) source: u32,
    pub(super) group: u32,
    pub(super) moment: Option<Moment>,
    /// Its sentences, in the table of all.
    pub(super) lines: Range<u32>,
    pub(super) body_words: u64,
    /// Of them those of quotations.
    pub(super) quote_words: u64,
    /// Its position in the order of time; articles without a date come last, in the order of input.
    pub(super) rank: u32,
    pub(super) credits: Credits,
    /// A hash of its source and its address.
    address: Option<u64>,
}

/// A sentence of an article.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Position among the sentences of the search.
    pub(super) place: u32,
    /// Which distinct one.
    pub(super) sentence: Option<SentenceId>,
    pub(super) words: u32,
    pub(super) cluster: u32,
    pub(super) variant: u32,
    pub(super) kind: SentenceKind,
    /// Too short to be matched by itself.
    pub(super) is_short: bool,
    /// One of many of one make.
    pub(super) is_template: bool,
    /// Somebody decided that its cluster is none.
    pub(super) is_rejected: bool,
}

impl Line {
    /// Whether its words are body words.
    pub(super) const fn is_counted(&self) -> bool {
        matches!(self.kind, SentenceKind::Body | SentenceKind::Quote)
    }

    /// Whether it stands in a cluster and its words are body words.
    pub(super) const fn is_carried(&self) -> bool {
        self.cluster != NONE && self.is_counted() && !self.is_rejected
    }
}

/// Everything that is audited.
#[derive(Debug, Default)]
pub(super) struct Articles {
    pub(super) sources: Found,
    pub(super) pieces: Vec<Piece>,
    pub(super) lines: Vec<Line>,
    /// For each document its article.
    pub(super) of_document: Vec<u32>,
    pub(super) warnings: Vec<String>,
    /// Texts of which somebody decided whether they are boilerplate.
    pub(super) texts: Texts,
    /// Addresses with their articles, in order of both.
    addresses: Vec<(u64, u32)>,
}

impl Articles {
    /// The sentences of an article.
    pub(super) fn lines_of(&self, article: u32) -> &[Line] {
        let Range { start, end } = self.pieces[article as usize].lines;
        &self.lines[start as usize..end as usize]
    }

    /// The latest article of the same source and address that comes before in the order of time.
    pub(super) fn earlier_at_address(&self, article: u32) -> Option<u32> {
        let own = &self.pieces[article as usize];
        let address = own.address?;
        let from = self.addresses.partition_point(|&(known, _)| known < address);
        let here = self.addresses[from..].iter().take_while(|&&(known, _)| known == address);
        let rank = |article: u32| self.pieces[article as usize].rank;
        here.map(|&(_, other)| other).filter(|&it| rank(it) < own.rank).max_by_key(|&it| rank(it))
    }
}

/// Takes the articles that the policy asks for out of the corpus.
pub(super) fn articles(corpus: &Corpus, groups: &Groups<'_>, policy: &Policy) -> Articles {
    let distinct = groups.distinct();
    let of_versions = sentences_of_versions(corpus, groups, &distinct);
    let mut articles = Articles {
        of_document: vec![NONE; corpus.documents().len()],
        texts: texts(groups, &distinct, &policy.decisions),
        ..Articles::default()
    };
    let mut ids = Ids::default();
    let mut counts = Counts::default();
    for (document, places) in documents(groups.sentences(), corpus.documents().len()) {
        let about = corpus.about(document);
        let moment = about.date.and_then(Moment::read);
        counts.unread += u64::from(about.date.is_some() && moment.is_none());
        if groups.is_left_out(document) {
            continue;
        }
        if !policy.has_in_window(moment) {
            counts.outside += u64::from(moment.is_some());
            counts.undated_outside += u64::from(moment.is_none());
            continue;
        }
        counts.add(moment, about.source.is_some());
        let number = u32::try_from(articles.pieces.len()).unwrap_or(NONE);
        let source = articles.sources.number(about.source, &policy.sources, policy.merges_families);
        let group =
            if policy.across_documents { number } else { articles.sources.group[source as usize] };
        let start = u32::try_from(articles.lines.len()).unwrap_or(NONE);
        let line = |place: usize| {
            let line = line(groups, policy, (place, &groups.sentences()[place]), distinct[place]);
            let is_text = line.sentence.is_some_and(|it| of_versions.contains(&it));
            let kind = kind(&line, is_text, &articles.texts);
            Line { kind, ..line }
        };
        let lines: Vec<Line> = places.map(line).collect();
        articles.lines.extend(lines);
        let end = u32::try_from(articles.lines.len()).unwrap_or(NONE);
        articles.of_document[document.index()] = number;
        let id =
            ids.id(&corpus.document_name(document), &articles.sources.records[source as usize].id);
        articles.pieces.push(Piece {
            id,
            document,
            source,
            group,
            moment,
            lines: start..end,
            body_words: 0,
            quote_words: 0,
            rank: 0,
            credits: Credits::default(),
            address: about.url.map(|url| address(source, url)),
        });
    }
    count_words(&mut articles);
    rank(&mut articles.pieces);
    list_addresses(&mut articles);
    credit(corpus, groups, &mut articles, policy);
    articles.warnings = counts.warnings(&articles);
    articles
}

/// A hash of a source and of an address in it.
fn address(source: u32, url: &str) -> u64 {
    xxh3_64(format!("{source} {}", canonical(url)).as_bytes())
}

fn list_addresses(articles: &mut Articles) {
    let addresses =
        (0..).zip(&articles.pieces).filter_map(|(it, piece)| Some((piece.address?, it)));
    articles.addresses = addresses.collect();
    articles.addresses.sort_unstable();
}

/// Every document with the positions of its sentences; one without sentences is an article too.
fn documents(
    sentences: &[Sentence],
    documents: usize,
) -> impl Iterator<Item = (DocumentId, Range<usize>)> {
    let mut at = 0;
    (0..documents).filter_map(DocumentId::from_index).map(move |document| {
        let rest = &sentences[at..];
        let many = rest.iter().take_while(|sentence| sentence.document == document).count();
        at += many;
        (document, at - many..at)
    })
}

/// What a sentence is, where that was decided, or where it is the text of versions of an article.
fn kind(line: &Line, is_text: bool, texts: &Texts) -> SentenceKind {
    match line.sentence.and_then(|it| texts.get(&it)) {
        Some(true) => SentenceKind::Boilerplate,
        Some(false) if line.kind == SentenceKind::Boilerplate => SentenceKind::Body,
        None if is_text => SentenceKind::Body,
        _ => line.kind,
    }
}

fn line(
    groups: &Groups<'_>,
    policy: &Policy,
    (place, sentence): (usize, &Sentence),
    distinct: Option<SentenceId>,
) -> Line {
    let least = policy.minimum_words;
    Line {
        place: u32::try_from(place).unwrap_or(NONE),
        sentence: distinct,
        words: distinct.map_or(0, |distinct| groups.words(distinct)),
        cluster: NONE,
        variant: 0,
        kind: sentence.kind,
        is_short: distinct.is_none_or(|distinct| !groups.is_long_enough(distinct, least)),
        is_template: distinct.is_some_and(|it| groups.flags(it).has(Flag::Template)),
        is_rejected: false,
    }
}

/// The ids of articles; those of one name and source get numbers.
#[derive(Default)]
struct Ids(std::collections::BTreeMap<u64, u32>);

impl Ids {
    fn id(&mut self, name: &str, source: &str) -> String {
        let hash = xxh3_64(format!("{name}\n{source}").as_bytes());
        let times = self.0.entry(hash).or_default();
        *times += 1;
        if *times > 1 { format!("a{hash:016x}-{times}") } else { format!("a{hash:016x}") }
    }
}

fn count_words(articles: &mut Articles) {
    let Articles { pieces, lines, .. } = articles;
    for piece in pieces {
        for line in &lines[piece.lines.start as usize..piece.lines.end as usize] {
            let words = u64::from(line.words);
            piece.body_words += if line.is_counted() { words } else { 0 };
            piece.quote_words += if line.kind == SentenceKind::Quote { words } else { 0 };
        }
    }
}

/// Puts articles in the order of time; those of one moment in the order of input.
fn rank(pieces: &mut [Piece]) {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|&index| {
        let moment = pieces[index].moment;
        (moment.is_none(), moment.map(|moment| (moment.seconds, moment.precision)), index)
    });
    for (rank, index) in (0..).zip(order) {
        pieces[index].rank = rank;
    }
}

fn credit(corpus: &Corpus, groups: &Groups<'_>, articles: &mut Articles, policy: &Policy) {
    let finder = CreditFinder::new(&policy.marks, &articles.sources);
    let find = |piece: &Piece| {
        let lines = &articles.lines[piece.lines.start as usize..piece.lines.end as usize];
        let span = |line: &Line| groups.sentences()[line.place as usize].span;
        let is_credit = |at: usize| {
            let next = lines.partition_point(|line| span(line).start as usize <= at);
            let here = next.checked_sub(1).map(|before| &lines[before]);
            here.is_some_and(|line| {
                at < span(line).end as usize
                    && matches!(
                        line.kind,
                        SentenceKind::Byline | SentenceKind::Dateline | SentenceKind::Credit
                    )
            })
        };
        let body = corpus.document(piece.document).body();
        let text = corpus.text(piece.document);
        // The head of an article is what the page says of itself.
        let (head, said) = text.split_at_checked(body).unwrap_or(("", text));
        finder.find(said, piece.source, |at| is_credit(at + head.len()))
    };
    let credits: Vec<Credits> = articles.pieces.par_iter().map(find).collect();
    for (piece, credits) in articles.pieces.iter_mut().zip(credits) {
        piece.credits = credits;
    }
}

/// Articles that nearly all were published at the same second of their days were not: that is when somebody collected them.
fn one_time_of_day(pieces: &[Piece]) -> Option<String> {
    /// So many times are no chance.
    const LEAST: usize = 10;
    let exact = pieces.iter().filter_map(|piece| piece.moment);
    let exact = exact.filter(|moment| moment.precision == Precision::Minute);
    let mut times: Vec<i64> = exact.map(|moment| moment.seconds.rem_euclid(86_400)).collect();
    times.sort_unstable();
    let most = times.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
    (most.len() >= LEAST && most.len() * 10 >= times.len() * 9).then(|| {
        let (hour, minute) = (most[0] / 3_600, most[0] / 60 % 60);
        format!(
            "{} of {} times are {hour:02}:{minute:02} UTC: they tell when articles were collected, not when they were published \
             (--dates crawled)",
            most.len(),
            times.len(),
        )
    })
}

/// What is said of dates and sources.
#[derive(Default)]
struct Counts {
    unread: u64,
    outside: u64,
    undated_outside: u64,
    without_zone: u64,
    without_date: u64,
    without_source: u64,
}

impl Counts {
    /// An article that is audited.
    fn add(&mut self, moment: Option<Moment>, has_source: bool) {
        let is_guessed = |it: Moment| it.precision == Precision::Minute && !it.has_zone;
        self.without_zone += u64::from(moment.is_some_and(is_guessed));
        self.without_date += u64::from(moment.is_none());
        self.without_source += u64::from(!has_source);
    }

    fn warnings(&self, articles: &Articles) -> Vec<String> {
        let all = articles.pieces.len() as u64;
        let lines = [
            (self.unread, "dates could not be read and count as unknown"),
            (self.outside, "articles lie outside the window and are left out"),
            (
                self.undated_outside,
                "articles without a date are left out, since a window was asked for",
            ),
            (self.without_zone, "times have no zone and count as UTC"),
            (
                self.without_date,
                "articles have no date: who was before them or after them is unknown",
            ),
            (self.without_source, "articles have no source and count as one source"),
        ];
        let mut warnings: Vec<String> = lines
            .into_iter()
            .filter(|&(count, _)| count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        warnings.extend(one_time_of_day(&articles.pieces));
        if all > 0 && articles.sources.records.len() == 1 {
            warnings.push(
                "all articles are of one source, so that nothing is reuse; --source-field or --across documents may help".to_owned(),
            );
        }
        warnings
    }
}
