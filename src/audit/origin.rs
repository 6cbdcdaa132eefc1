//! Where each sentence of each article comes from, and which articles share how much with it.
//!
//! Article by article: for each of its sentences that others carry, every carrier is looked at once, in the order of time. The earliest that is
//! certainly before it and of another source is the sentence's *origin*. What its own source carried before any other is its own and no reuse. Where a
//! carrier of another source cannot be told to be later, and none is certainly earlier, the words are *undecided*. A short sentence ("He declined.") has
//! an origin only beside a sentence that comes from the same article.
//!
//! No pair is kept but those that the audit lists; sources are added up over all of them. Cost: for each place of a sentence its other places, so the
//! sum of squares of what stories have: a sentence of 10,000 articles is 5·10⁷ looks. Memory: 32 bytes for each article and thread.

use super::articles::{Articles, Line, Piece};
use super::carried::{Carried, Member};
use super::first::{Clock, lag};
use super::moment::Moment;
use super::notes::Notes;
use super::ruled::Ruled;
use super::scratch::{Scratch, Seen};
use crate::pipeline::Groups;

/// What a trace reads.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) groups: &'a Groups<'a>,
    pub(super) articles: &'a Articles,
    pub(super) carried: &'a Carried,
    pub(super) ruled: &'a Ruled,
    pub(super) clock: Clock,
}

impl View<'_> {
    pub(super) fn piece(&self, article: u32) -> &Piece {
        &self.articles.pieces[article as usize]
    }
}

/// What is known of where a sentence comes from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum From {
    /// Nobody else had it before, as far as is known.
    #[default]
    Here,
    /// Another source had it before: article and sentence.
    There(u32, u32, u32),
    /// Its own source had it before.
    Own,
    /// Others have it, and who was first cannot be told.
    Undecided,
}

/// Text of one source in one later article.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    pub(super) source: u32,
    pub(super) words: u64,
    pub(super) verbatim: u64,
    /// Articles that share something and are certainly earlier, each with the time between in minutes.
    pub(super) earlier: Vec<(u32, Option<u32>)>,
    pub(super) first_only: u64,
    pub(super) undecided: u64,
    /// Sentences in which something changed, by [`Notes::CHANGES`].
    pub(super) changed: [u64; 4],
}

/// Where an article has its text.
#[derive(Debug, Default)]
pub(super) struct Traced {
    /// For each sentence.
    pub(super) origins: Vec<From>,
    /// Articles to be listed beside it, ascending, each with whether it is certainly earlier.
    pub(super) partners: Vec<(u32, bool)>,
    pub(super) update_of: Option<u32>,
    /// By source, ascending.
    pub(super) drawn: Vec<Drawn>,
}

/// Traces one article.
pub(super) fn trace(view: &View<'_>, article: u32, scratch: &mut Scratch) -> Traced {
    scratch.begin();
    let lines = view.articles.lines_of(article);
    let mut traced = Traced { origins: vec![From::Here; lines.len()], ..Traced::default() };
    let mut undecided = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.is_carried() && !line.is_short {
            let (from, tie) = sentence(view, article, index, scratch);
            traced.origins[index] = from;
            undecided.extend(tie);
        }
    }
    short_ones(view, article, &mut traced, scratch);
    traced.update_of = update_of(view, article, scratch);
    traced.partners = partners(view, &traced, undecided, scratch);
    add_ruled(view, article, &mut traced.partners);
    traced.drawn = drawn(view, article, &traced, scratch);
    traced
}

/// Looks at every carrier of a sentence; with the first carrier that may be earlier, if that cannot be told.
fn sentence(
    view: &View<'_>,
    article: u32,
    index: usize,
    scratch: &mut Scratch,
) -> (From, Option<u32>) {
    let (own, line) = (view.piece(article), view.articles.lines_of(article)[index]);
    let members = view.carried.members(line.cluster);
    let begin = view.piece(members[0].article).moment;
    let counts = |member: &Member| !view.ruled.excludes(view.carried, (article, &line), member);
    let (since, reference) = since(view, article, members, counts);
    let (mut origin, mut may_be, mut tie) = (None, false, None);
    scratch.next_sentence();
    for member in members {
        let other = view.piece(member.article);
        if member.article == article || !counts(member) {
            continue;
        }
        if other.group == own.group {
            if other.rank < own.rank {
                scratch.own(member.article, line.words);
            }
            continue;
        }
        if let (Some(moment), Some(reference)) = (other.moment, reference)
            && view.clock.is_past(moment, reference)
        {
            // Everything behind is later too, but for what has no date.
            if scratch.knows_all_dated(view.articles, members) {
                break;
            }
            continue;
        }
        match view.clock.order(other.moment, reference, begin) {
            std::cmp::Ordering::Less => {
                let seen = Seen {
                    article: member.article,
                    source: other.source,
                    variant: member.variant,
                    is_same: member.variant == line.variant,
                    words: line.words,
                };
                scratch.earlier(&seen);
                origin.get_or_insert((member.article, member.line, member.variant));
            }
            std::cmp::Ordering::Equal => {
                may_be = true;
                if member.article < article {
                    scratch.undecided(member.article);
                    tie = Some(tie.map_or(member.article, |known: u32| known.min(member.article)));
                }
            }
            std::cmp::Ordering::Greater => {}
        }
    }
    let changes =
        |variant| view.carried.differences(view.groups, line.cluster, (variant, line.variant));
    scratch.end_sentence(line.words, changes);
    let is_before = view.clock.order(view.piece(since).moment, own.moment, begin).is_lt();
    let is_own_before = since != article && is_before;
    match origin {
        Some(there) => (same_wording(view, &line, there), None),
        None if is_own_before => (From::Own, None),
        None if may_be => (From::Undecided, tie),
        None if since != article => (From::Own, None),
        None => (From::Here, None),
    }
}

/// The article since which its own source has a sentence, and its date; none if an article of the source has none, which may have been before everything.
fn since(
    view: &View<'_>,
    article: u32,
    members: &[Member],
    counts: impl Fn(&Member) -> bool,
) -> (u32, Option<Moment>) {
    let group = view.piece(article).group;
    let is_own = |member: &&Member| view.piece(member.article).group == group && counts(member);
    let since = members.iter().find(is_own).map_or(article, |member| member.article);
    // What has no date comes last.
    let is_undated = |member: &&Member| view.piece(member.article).moment.is_none();
    let mut undated = members.iter().rev().take_while(is_undated);
    let known = undated.all(|member| !is_own(&member));
    (since, view.piece(since).moment.filter(|_| known))
}

/// A place of an origin, or the one in the same article that has the sentence's wording: who joined two sentences of it put both into one cluster.
fn same_wording(view: &View<'_>, line: &Line, (there, at, variant): (u32, u32, u32)) -> From {
    let several = view.carried.in_article(line.cluster, there, view.articles);
    let same = several.iter().find(|member| member.variant == line.variant);
    let (at, variant) = same.map_or((at, variant), |it| (it.line, it.variant));
    From::There(there, at, variant)
}

/// Short sentences come from where the sentence beside them does, if that stands beside the same one there.
fn short_ones(view: &View<'_>, article: u32, traced: &mut Traced, scratch: &mut Scratch) {
    let lines = view.articles.lines_of(article);
    let forward = (0..lines.len()).map(|index| (index, index.checked_sub(1)));
    let backward = (0..lines.len()).rev().map(|index| (index, Some(index + 1)));
    for (index, beside) in forward.chain(backward) {
        let line = lines[index];
        if !line.is_carried() || !line.is_short || traced.origins[index] != From::Here {
            continue;
        }
        let beside = beside.and_then(|beside| traced.origins.get(beside)).copied();
        let Some(From::There(there, at, _)) = beside else { continue };
        let members = view.carried.in_article(line.cluster, there, view.articles);
        let is_here = |member: &&Member| {
            member.line.abs_diff(at) <= 1
                && !view.ruled.excludes(view.carried, (article, &line), member)
        };
        let Some(member) = members.iter().find(is_here) else { continue };
        traced.origins[index] = From::There(there, member.line, member.variant);
        let seen = Seen {
            article: there,
            source: view.piece(there).source,
            variant: member.variant,
            is_same: member.variant == line.variant,
            words: line.words,
        };
        scratch.next_sentence();
        scratch.earlier(&seen);
        scratch.end_sentence(line.words, |_| Notes::default());
    }
}

/// The article of the same source that this one is a later version of: it has its address, or most of its words.
fn update_of(view: &View<'_>, article: u32, scratch: &Scratch) -> Option<u32> {
    let own = view.piece(article);
    let versions = scratch.owned().filter(|&(other, words)| {
        view.piece(other).source == own.source && words * 2 >= own.body_words.max(1)
    });
    let nearest = versions.max_by_key(|&(other, words)| (words, view.piece(other).rank));
    let at_address = view.articles.earlier_at_address(article);
    at_address.filter(|&it| !view.ruled.parts(it, article)).or(nearest.map(|(other, _)| other))
}

/// The articles that are listed beside this one: origins, the earlier one that is nearest if it is nearer, its earlier version, and where nothing is
/// certain the first that may have been before.
fn partners(
    view: &View<'_>,
    traced: &Traced,
    mut undecided: Vec<u32>,
    scratch: &Scratch,
) -> Vec<(u32, bool)> {
    let mut partners: Vec<u32> = origins(traced).collect();
    let words = |article: u32| scratch.words(article);
    let best_origin = partners.iter().map(|&article| words(article)).max().unwrap_or(0);
    let nearest = scratch.touched().max_by_key(|&other| (words(other), view.piece(other).rank));
    partners.extend(nearest.filter(|&other| words(other) > best_origin));
    partners.extend(traced.update_of);
    partners.append(&mut undecided);
    partners.sort_unstable();
    partners.dedup();
    let is_earlier = |other: u32| words(other) > 0;
    partners.into_iter().map(|other| (other, is_earlier(other))).collect()
}

/// Articles that somebody parted from this one stay listed, with what was decided beside them.
fn add_ruled(view: &View<'_>, article: u32, partners: &mut Vec<(u32, bool)>) {
    let moment = |article: u32| view.piece(article).moment;
    for &other in view.ruled.beside(article) {
        let is_earlier = view.clock.order(moment(other), moment(article), None).is_lt();
        partners.push((other, is_earlier));
    }
    partners.sort_unstable();
    partners.dedup_by_key(|&mut (other, _)| other);
}

/// The articles that sentences come from.
fn origins(traced: &Traced) -> impl Iterator<Item = u32> {
    traced.origins.iter().filter_map(|from| match from {
        From::There(there, ..) => Some(*there),
        _ => None,
    })
}

/// By source, what of it stands here.
fn drawn(view: &View<'_>, article: u32, traced: &Traced, scratch: &mut Scratch) -> Vec<Drawn> {
    let mut drawn = scratch.sources();
    drawn.sort_by_key(|drawn| drawn.source);
    let mut firsts: Vec<u32> = origins(traced).collect();
    firsts.sort_unstable();
    let own = view.piece(article);
    let others: Vec<u32> = scratch.all().collect();
    for &other in &others {
        let source = view.piece(other).source;
        if let Err(at) = drawn.binary_search_by_key(&source, |drawn| drawn.source) {
            drawn.insert(at, Drawn { source, ..Drawn::default() });
        }
    }
    for other in others {
        let source = view.piece(other).source;
        let at = drawn.partition_point(|drawn| drawn.source < source);
        if scratch.words(other) > 0 {
            let piece = view.piece(other);
            drawn[at]
                .earlier
                .push((other, lag(piece, own).and_then(|lag| u32::try_from(lag / 60).ok())));
            drawn[at].first_only += u64::from(firsts.binary_search(&other).is_ok());
        } else {
            drawn[at].undecided += 1;
        }
    }
    drawn
}
