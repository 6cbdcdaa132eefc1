//! The choice among documents: who stays, and in whose favour the others go.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::compared::Court;
use super::verdict::{Goes, Judged};
use crate::ids::DocumentId;
use crate::pipeline::Searched;
use crate::pipeline::removal::chosen::last_copy;
use crate::pipeline::removal::{
    BESIDE, JudgedLink, LeftByLength, Reason, Removal, Removals, SHOWN,
};
use crate::verify::{Flags, Relation};

/// Not chosen yet.
const OPEN: u32 = u32::MAX;

/// For each text the link by which it goes.
pub(super) struct Choice {
    /// By text: the one in whose favour it goes, itself if it stays.
    keeper: Vec<u32>,
    /// By text: the position of the judged pair.
    link: Vec<usize>,
}

impl Choice {
    /// Texts are taken in the order of preference; one goes in favour of the most preferred that stays. Then what stands in another goes,
    /// unless others went in its favour, and what says less than a near one. Pairs that this judges anew come behind the others.
    pub(super) fn new(court: &Court<'_>, judged: &mut Vec<Judged>) -> Self {
        let texts = court.sets.len();
        let links = Links::new(texts, judged);
        let order = order(court, &links);
        let mut rank = vec![OPEN; texts];
        for (position, &text) in (0u32..).zip(&order) {
            rank[text as usize] = position;
        }
        let collections = collections(court, judged);
        let may_hold = |text: u32| !collections[text as usize];
        let mut choice = Self { keeper: vec![OPEN; texts], link: vec![0; texts] };
        let is_stub = |text: u32| {
            let mut of_text = links.of(text).iter();
            of_text.any(|&(partner, at)| {
                judged[at].reason == Reason::Stub && goes(&judged[at], text) && may_hold(partner)
            })
        };
        let stubs: Vec<bool> = (0u32..).take(texts).map(is_stub).collect();
        for &text in order.iter().filter(|&&text| !stubs[text as usize]) {
            let kept = |&&(partner, at): &&(u32, usize)| {
                goes_as_near(&judged[at], text) && choice.stays(partner) && may_keep(court, partner)
            };
            let found = links.of(text).iter().filter(kept);
            let found = found.min_by_key(|&&(partner, _)| rank[partner as usize]).copied();
            let found = found.filter(|_| may_go(court, text));
            choice.take(text, found);
        }
        for (text, keeper) in (0u32..).zip(&mut choice.keeper) {
            if *keeper == OPEN {
                *keeper = text;
            }
        }
        choice.drop_contained(court, judged, &rank, may_hold);
        choice
    }

    fn take(&mut self, text: u32, found: Option<(u32, usize)>) {
        let (keeper, at) = found.unwrap_or((text, 0));
        self.keeper[text as usize] = keeper;
        self.link[text as usize] = at;
    }

    fn stays(&self, text: u32) -> bool {
        self.keeper[text as usize] == text
    }

    /// What stands in another, or says less than a near one. Those that went in favour of such a near one go on in favour of the other, if
    /// they may.
    fn drop_contained(
        &mut self,
        court: &Court<'_>,
        judged: &mut Vec<Judged>,
        rank: &[u32],
        may_hold: impl Fn(u32) -> bool,
    ) {
        let mut followers = Followers::new(&self.keeper);
        let inside = |(at, pair): (usize, &Judged)| match pair.goes {
            Goes::First => Some((pair.b, pair.a, at)),
            Goes::Second => Some((pair.a, pair.b, at)),
            Goes::Either | Goes::Nobody => None,
        };
        let mut inside: Vec<(u32, u32, usize)> =
            judged.iter().enumerate().filter_map(inside).collect();
        inside.sort_unstable_by_key(|&(kept, goes, _)| (rank[kept as usize], rank[goes as usize]));
        for (kept, goes, at) in inside {
            let both_stay = self.stays(goes) && self.stays(kept);
            if !(both_stay && may_hold(kept) && may_keep(court, kept) && may_go(court, goes)) {
                continue;
            }
            let is_near = goes_as_near(&judged[at], goes);
            let Some(moved) = followers.moved(court, (goes, kept), is_near) else { continue };
            for (text, pair) in moved {
                self.take(text, Some((kept, judged.len())));
                judged.push(pair);
            }
            self.take(goes, Some((kept, at)));
        }
    }

    /// What goes, document by document.
    pub(super) fn into_removals(
        self,
        court: &Court<'_>,
        judged: &[Judged],
        searched: &Searched<'_>,
    ) -> Removals {
        let mut removed = Vec::new();
        let mut kept_for: BTreeSet<u32> = BTreeSet::new();
        for text in (0u32..).take(self.keeper.len()) {
            let keeper = self.keeper[text as usize];
            let gone = self.of_text(court, judged, text);
            if !gone.is_empty() {
                kept_for.insert(keeper);
            }
            removed.extend(gone);
        }
        if court.bench.removable.all_copies {
            let known: BTreeSet<u32> = removed.iter().map(|removal| removal.sentence).collect();
            let copies = kept_for
                .iter()
                .filter(|&&text| may_go(court, text))
                .flat_map(|&text| court.sets.documents.row(text as usize).iter().copied());
            let copies = copies.map(|document| court.places.of(document));
            removed.extend(copies.filter(|place| !known.contains(place)).map(last_copy));
        }
        removed.sort_unstable_by_key(|removal| removal.sentence);
        let mut input = searched.input(court.bench.order.corpus);
        let undated = judged
            .iter()
            .filter(|pair| pair.is_undated && self.stays(pair.a) && self.stays(pair.b));
        let undated = undated.count();
        if undated > 0 {
            let pairs = if undated == 1 { "1 pair" } else { &format!("{undated} pairs") };
            let warning = format!(
                "{pairs} of versions of one article without two different dates: both stay"
            );
            input.warnings.push(warning);
        }
        let (strongest_kept, kept_links) = self.strongest_kept(court, judged);
        Removals {
            settings: serde_json::Map::new(),
            input,
            recall: searched.recall(),
            sentences: court.places.wholes.clone(),
            removed,
            weakest_removed: self.weakest_removed(court, judged),
            strongest_kept,
            kept_links,
            left_by_length: left_by_length(court),
        }
    }

    fn of_text(&self, court: &Court<'_>, judged: &[Judged], text: u32) -> Vec<Removal> {
        let keeper = self.keeper[text as usize];
        let kept = court.preferred(keeper);
        let documents = court.sets.documents.row(text as usize).iter().copied();
        let gone = documents.filter(|&document| {
            document != kept
                && court.bench.are_apart(DocumentId::new(document), DocumentId::new(kept))
                && !court.bench.order.is_reference(court.places.whole(document))
                && court.agree_in_signs(document, kept)
        });
        let repeat = |document: u32, pair: Option<&Judged>| Removal {
            sentence: court.places.of(document),
            kept: Some(court.places.of(kept)),
            reason: pair.map_or(Reason::Repeat, |pair| pair.reason),
            relation: pair.map_or(Relation::Exact, |pair| pair.relation),
            scores: pair.map(|pair| court.scores(keeper, text, pair.shared)),
            flags: pair.map_or(Flags::default(), |pair| pair.flags),
        };
        if keeper != text {
            let pair = &judged[self.link[text as usize]];
            return gone.map(|document| repeat(document, Some(pair))).collect();
        }
        let exact = (court.bench.removable.link)(Relation::Exact, Flags::default());
        let documents = court.sets.documents.row(text as usize);
        if documents.len() < 2 || !exact || !may_keep(court, text) || is_protected(court, text) {
            return Vec::new();
        }
        gone.map(|document| repeat(document, None)).collect()
    }

    fn shown(&self, court: &Court<'_>, pair: &Judged) -> JudgedLink {
        let (kept, other) = if self.stays(pair.a) { (pair.a, pair.b) } else { (pair.b, pair.a) };
        JudgedLink {
            kept: court.places.of(court.preferred(kept)),
            other: court.places.of(court.preferred(other)),
            relation: pair.relation,
            scores: court.scores(kept, other, pair.shared),
            flags: pair.flags,
        }
    }

    fn weakest_removed(&self, court: &Court<'_>, judged: &[Judged]) -> Vec<JudgedLink> {
        let gone = (0u32..).take(self.keeper.len()).filter(|&text| !self.stays(text));
        let mut pairs: Vec<&Judged> = gone.map(|text| &judged[self.link[text as usize]]).collect();
        pairs.sort_by_key(|pair| {
            (court.scores(pair.a, pair.b, pair.shared).jaccard_idf, pair.a, pair.b)
        });
        pairs.into_iter().take(SHOWN).map(|pair| self.shown(court, pair)).collect()
    }

    fn strongest_kept(&self, court: &Court<'_>, judged: &[Judged]) -> (Vec<JudgedLink>, u64) {
        let mut pairs: Vec<&Judged> =
            judged.iter().filter(|pair| self.stays(pair.a) && self.stays(pair.b)).collect();
        let count = pairs.len() as u64;
        let overlap = |pair: &Judged| court.scores(pair.a, pair.b, pair.shared).jaccard_idf;
        pairs.sort_by_key(|pair| (Reverse(overlap(pair)), pair.a, pair.b));
        (pairs.into_iter().take(SHOWN).map(|pair| self.shown(court, pair)).collect(), count)
    }
}

/// Whether a pair lets this text of it go.
fn goes(pair: &Judged, text: u32) -> bool {
    match pair.goes {
        Goes::Nobody => false,
        Goes::Either => true,
        Goes::First => pair.a == text,
        Goes::Second => pair.b == text,
    }
}

/// Whether a pair lets this text of it go for more than that it stands in the other.
fn goes_as_near(pair: &Judged, text: u32) -> bool {
    pair.goes == Goes::Either || pair.relation == Relation::Near && goes(pair, text)
}

/// By text: whether it holds two texts that have nothing of their own in common. What one holds alone is no collection.
fn collections(court: &Court<'_>, judged: &[Judged]) -> Vec<bool> {
    let sets = court.sets;
    let inside = |pair: &Judged| match pair.goes {
        Goes::First => Some((pair.b, Reverse(sets.totals[pair.a as usize].0), pair.a)),
        Goes::Second => Some((pair.a, Reverse(sets.totals[pair.b as usize].0), pair.b)),
        Goes::Either | Goes::Nobody => None,
    };
    let contained = judged.iter().filter(|pair| pair.relation == Relation::Contained);
    let mut held: Vec<_> = contained.filter_map(inside).collect();
    held.sort_unstable();
    let mut collections = vec![false; sets.len()];
    for group in held.chunk_by(|a, b| a.0 == b.0) {
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        for &(holder, _, text) in group {
            let own = sets.of_text.row(text as usize).iter().copied();
            let own: Vec<u32> = own.filter(|&it| !sets.is_common[it as usize]).collect();
            let is_strange = !seen.is_empty() && !own.iter().any(|element| seen.contains(element));
            collections[holder as usize] |= is_strange && !own.is_empty();
            seen.extend(own);
        }
    }
    collections
}

fn is_protected(court: &Court<'_>, text: u32) -> bool {
    court.bench.key_stays(&court.key(text))
}

/// How many documents stay because of their length.
fn left_by_length(court: &Court<'_>) -> LeftByLength {
    let texts = (0u32..).take(court.sets.len());
    court.bench.left_by_length(texts.map(|text| {
        let order = &court.bench.order;
        let is_new = |document: &&u32| !order.is_reference(court.places.whole(**document));
        let documents = court.sets.documents.row(text as usize).iter().filter(is_new).count();
        (court.key(text), documents as u64)
    }))
}

/// Whether a text may go at all.
fn may_go(court: &Court<'_>, text: u32) -> bool {
    let is_reference =
        |document: &u32| court.bench.order.is_reference(court.places.whole(*document));
    !court.sets.documents.row(text as usize).iter().any(is_reference) && !is_protected(court, text)
}

/// Whether others may go in favour of a text: with a reference only if it stands there.
fn may_keep(court: &Court<'_>, text: u32) -> bool {
    court.bench.order.corpus.reference().is_none()
        || court
            .sets
            .documents
            .row(text as usize)
            .iter()
            .any(|&document| court.bench.order.is_reference(court.places.whole(document)))
}

/// Texts in the order of preference.
fn order(court: &Court<'_>, links: &Links) -> Vec<u32> {
    let texts = (0u32..).take(court.sets.len()).filter(|&text| !links.of(text).is_empty());
    let mut keyed: Vec<_> = texts.map(|text| (court.preference(text), text)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, text)| text).collect()
}

/// By text: those that went in its favour.
struct Followers {
    of: BTreeMap<u32, Vec<u32>>,
    /// By text: how often they were to go on.
    tried: BTreeMap<u32, usize>,
}

impl Followers {
    fn new(keeper: &[u32]) -> Self {
        let mut of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (text, &keeper) in (0u32..).zip(keeper).filter(|&(text, &keeper)| keeper != text) {
            of.entry(keeper).or_default().push(text);
        }
        Self { of, tried: BTreeMap::new() }
    }

    /// A text goes, and its followers with it: the pairs by which each of them goes in favour of the same one. `None` if one may not, or
    /// others were tried before; then none does.
    fn moved(
        &mut self,
        court: &Court<'_>,
        (goes, kept): (u32, u32),
        is_near: bool,
    ) -> Option<Vec<(u32, Judged)>> {
        let followers = self.of.get(&goes).map_or(&[][..], Vec::as_slice);
        if !followers.is_empty() {
            let tried = self.tried.entry(goes).or_default();
            if !is_near || *tried == BESIDE {
                return None;
            }
            *tried += 1;
        }
        let pair = |&text: &u32| {
            let pair = court.judge_two(text, kept).filter(|pair| goes_as_near(pair, text));
            Some((text, pair?))
        };
        let moved: Vec<(u32, Judged)> = followers.iter().map(pair).collect::<Option<_>>()?;
        let followers = self.of.remove(&goes).unwrap_or_default();
        let of_kept = self.of.entry(kept).or_default();
        of_kept.extend(followers);
        of_kept.push(goes);
        Some(moved)
    }
}

/// By text: its partners, and the positions of the pairs.
struct Links(Vec<Vec<(u32, usize)>>);

impl Links {
    fn new(texts: usize, judged: &[Judged]) -> Self {
        let mut links = vec![Vec::new(); texts];
        for (at, pair) in judged.iter().enumerate() {
            links[pair.a as usize].push((pair.b, at));
            links[pair.b as usize].push((pair.a, at));
        }
        Self(links)
    }

    fn of(&self, text: u32) -> &[(u32, usize)] {
        &self.0[text as usize]
    }
}
