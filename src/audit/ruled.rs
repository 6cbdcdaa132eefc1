//! What persons decided, found again in a corpus.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::articles::{Articles, Line};
use super::carried::{Carried, Member};
use super::decisions::{Decision, Decisions, Subject, Verdict};
use crate::ids::SentenceId;
use crate::pipeline::Groups;

/// What was decided of texts, by the sentences that have them: whether they are boilerplate.
pub(super) type Texts = BTreeMap<SentenceId, bool>;

/// What does not count.
#[derive(Debug, Default)]
pub(super) struct Ruled {
    /// Wordings that do not say the same, the lesser first.
    wordings: BTreeSet<(SentenceId, SentenceId)>,
    /// Articles that have nothing from each other, the lesser first.
    articles: BTreeSet<(u32, u32)>,
    /// The same by the second of the decision.
    beside: BTreeMap<u32, Vec<u32>>,
    /// Decisions of what is not here.
    pub(super) missing: u64,
}

/// Finds the texts that somebody decided about. Cost: a hash of each distinct sentence, if there is such a decision.
pub(super) fn texts(
    groups: &Groups<'_>,
    distinct: &[Option<SentenceId>],
    decisions: &Decisions,
) -> Texts {
    let wanted: BTreeMap<u64, bool> = of_kind(decisions, Subject::Boilerplate)
        .filter(|it| it.decision != Verdict::Relabel)
        .filter_map(|it| Some((hash(&it.id, 'b')?, it.decision == Verdict::Accept)))
        .collect();
    if wanted.is_empty() {
        return Texts::new();
    }
    let all: BTreeSet<SentenceId> = distinct.iter().copied().flatten().collect();
    let found = |it: SentenceId| Some((it, *wanted.get(&xxh3_64(groups.key(it).as_bytes()))?));
    all.into_iter().filter_map(found).collect()
}

impl Ruled {
    /// Finds what decisions are of; sentences of rejected clusters are told so.
    pub(super) fn new(
        groups: &Groups<'_>,
        articles: &mut Articles,
        carried: &Carried,
        decisions: &Decisions,
    ) -> Self {
        let mut ruled = Self::default();
        if decisions.is_empty() {
            return ruled;
        }
        let known = Known::new(groups, articles, carried, decisions);
        for decision in decisions.iter() {
            let is_rejected = decision.decision == Verdict::Reject;
            let both = decision.a.as_deref().zip(decision.b.as_deref());
            let is_here = match decision.kind {
                Subject::Cluster => {
                    let story = hash(&decision.id, 'c').and_then(|it| known.stories.get(&it));
                    if let (Some(&story), true) = (story, is_rejected) {
                        reject(articles, carried, story);
                    }
                    story.is_some()
                }
                Subject::Pair => {
                    let find = |id: &str| known.wordings.get(&hash(id, 's')?).copied();
                    let found = both.and_then(|(a, b)| Some(ordered(find(a)?, find(b)?)));
                    ruled.wordings.extend(found.filter(|_| is_rejected));
                    found.is_some()
                }
                Subject::ArticlePair => {
                    let find = |id: &str| known.articles.get(id).copied();
                    let found = both.and_then(|(a, b)| Some((find(a)?, find(b)?)));
                    if let (Some((a, b)), true) = (found, is_rejected) {
                        ruled.articles.insert(ordered(a, b));
                        ruled.beside.entry(b).or_default().push(a);
                    }
                    found.is_some()
                }
                Subject::Boilerplate => {
                    hash(&decision.id, 'b').is_some_and(|it| known.texts.contains(&it))
                }
            };
            ruled.missing += u64::from(!is_here);
        }
        ruled
    }

    /// Whether two wordings were said to be different things.
    pub(super) fn tells_apart(&self, carried: &Carried, line: &Line, variant: u32) -> bool {
        if self.wordings.is_empty() {
            return false;
        }
        let other = carried.variants(line.cluster)[variant as usize];
        line.sentence.is_some_and(|it| self.wordings.contains(&ordered(it, other)))
    }

    /// Whether two articles were said to have nothing from each other.
    pub(super) fn parts(&self, a: u32, b: u32) -> bool {
        !self.articles.is_empty() && self.articles.contains(&ordered(a, b))
    }

    /// Whether a carrier of a sentence counts for nothing there.
    pub(super) fn excludes(
        &self,
        carried: &Carried,
        (article, line): (u32, &Line),
        member: &Member,
    ) -> bool {
        self.parts(article, member.article) || self.tells_apart(carried, line, member.variant)
    }

    /// The articles of which it was decided that this one has nothing from them.
    pub(super) fn beside(&self, article: u32) -> &[u32] {
        self.beside.get(&article).map_or(&[], Vec::as_slice)
    }
}

/// What decisions may be of, by hashes and ids.
struct Known<'a> {
    stories: BTreeMap<u64, u32>,
    wordings: BTreeMap<u64, SentenceId>,
    articles: BTreeMap<String, u32>,
    texts: BTreeSet<u64>,
    decisions: &'a Decisions,
}

impl<'a> Known<'a> {
    fn new(
        groups: &Groups<'_>,
        articles: &Articles,
        carried: &Carried,
        decisions: &'a Decisions,
    ) -> Self {
        let key = |sentence: SentenceId| xxh3_64(groups.key(sentence).as_bytes());
        let mut known = Self {
            stories: (0..).zip(&carried.stories).map(|(at, story)| (story.id, at)).collect(),
            wordings: BTreeMap::new(),
            articles: BTreeMap::new(),
            texts: BTreeSet::new(),
            decisions,
        };
        if known.has(Subject::Pair) {
            let all = (0..).zip(&carried.stories).flat_map(|(at, _)| carried.variants(at));
            known.wordings = all.map(|&it| (key(it), it)).collect();
        }
        if known.has(Subject::ArticlePair) {
            let all = (0..).zip(&articles.pieces);
            known.articles = all.map(|(at, piece)| (piece.id.clone(), at)).collect();
        }
        if known.has(Subject::Boilerplate) {
            let all: BTreeSet<SentenceId> =
                articles.lines.iter().filter_map(|line| line.sentence).collect();
            known.texts = all.into_iter().map(key).collect();
        }
        known
    }

    fn has(&self, kind: Subject) -> bool {
        of_kind(self.decisions, kind).next().is_some()
    }
}

fn of_kind(decisions: &Decisions, kind: Subject) -> impl Iterator<Item = &Decision> {
    decisions.iter().filter(move |it| it.kind == kind)
}

/// The hash in an id.
fn hash(id: &str, prefix: char) -> Option<u64> {
    u64::from_str_radix(id.strip_prefix(prefix)?, 16).ok()
}

fn ordered<T: Ord>(a: T, b: T) -> (T, T) {
    if a <= b { (a, b) } else { (b, a) }
}

fn reject(articles: &mut Articles, carried: &Carried, story: u32) {
    for member in carried.members(story) {
        let start = articles.pieces[member.article as usize].lines.start;
        articles.lines[(start + member.line) as usize].is_rejected = true;
    }
}
