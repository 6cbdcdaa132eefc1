//! Two articles that share text: how much, what it is, and whether it is said.

use xxhash_rust::xxh3::Xxh3;

use super::articles::Piece;
use super::credit::is_telling;
use super::first::lag;
use super::model::{ArticlePair, Certainty, Credited, PairClass, Passage, share};
use super::notes::{Note, Notes};
use super::origin::View;
use super::passages::{Shared, order_kept, passages, shared};
use super::policy::Policy;
use super::sources::UNKNOWN;

/// What of a text is not quoted counts as shared from this share on, in per cent: less is chance among what was quoted.
const NARRATIVE: u64 = 10;

/// Compares two articles; passages have no pair yet, and the pair none of them. `None` if they share nothing that counts.
pub(super) fn pair(
    view: &View<'_>,
    policy: &Policy,
    (a, b): (u32, u32),
    (is_earlier, is_update): (bool, bool),
) -> Option<(ArticlePair, Vec<Passage>)> {
    let shared = shared(view, a, b);
    if shared.is_empty() {
        return None;
    }
    let (of_a, of_b) = (view.piece(a), view.piece(b));
    let words = |keep: fn(&Shared) -> bool| -> u64 {
        shared.iter().filter(|it| keep(it)).map(|it| u64::from(it.words)).sum()
    };
    let total = words(|_| true);
    let third = third(of_a, of_b);
    let is_common = is_quoted_only((total, words(|it| it.notes.has(Note::Quote))), of_b) || third;
    let class = if is_common {
        PairClass::CommonSource
    } else if shared.iter().all(|it| it.notes.has(Note::Template) || it.notes.has(Note::Short)) {
        PairClass::Incidental
    } else {
        let reaches = |bound: crate::ids::Similarity| bound.is_reached_by(total, of_b.body_words);
        match () {
            () if reaches(policy.wholly) => PairClass::Wholly,
            () if reaches(policy.partially) => PairClass::Partially,
            () => PairClass::NonDerived,
        }
    };
    let runs = passages(&shared);
    let pair = ArticlePair {
        id: pair_id(&of_a.id, &of_b.id),
        a,
        b,
        lag_seconds: lag(of_a, of_b),
        certainty: certainty(view, (of_a, of_b), (is_earlier, is_update)),
        words_shared: total,
        verbatim_words: words(|it| it.is_same),
        share_of_a: share(words_of_a(&shared), of_a.body_words),
        share_of_b: share(total, of_b.body_words),
        order_kept: order_kept(&shared),
        class,
        credited: if is_update { Credited::Unknown } else { credited(view, of_a, of_b) },
        is_update,
        flags: notes(&shared),
        passages: (0, 0),
    };
    let passages = runs.into_iter().map(|run| passage(&shared[run])).collect();
    Some((pair, passages))
}

fn certainty(
    view: &View<'_>,
    (a, b): (&Piece, &Piece),
    (is_earlier, is_update): (bool, bool),
) -> Certainty {
    if is_earlier || is_update && view.clock.order(a.moment, b.moment, None).is_lt() {
        Certainty::Certain
    } else if a.moment.is_some() && b.moment.is_some() {
        Certainty::Tie
    } else {
        Certainty::Unknown
    }
}

/// Words of sentences of the earlier article, each once.
fn words_of_a(shared: &[Shared]) -> u64 {
    let mut lines: Vec<(u32, u32)> = shared.iter().map(|it| (it.a, it.words_a)).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().map(|(_, words)| u64::from(words)).sum()
}

fn notes(shared: &[Shared]) -> Notes {
    shared.iter().fold(Notes::default(), |notes, it| notes.union(it.notes))
}

fn passage(run: &[Shared]) -> Passage {
    let words = |it: &Shared| u64::from(it.words);
    let (first, last) = (&run[0], &run[run.len() - 1]);
    Passage {
        pair: 0,
        a: (first.a, last.a),
        b: (first.b, last.b),
        words: run.iter().map(words).sum(),
        verbatim_words: run.iter().filter(|it| it.is_same).map(words).sum(),
        flags: notes(run),
    }
}

/// Whether the words that an article shares are those that somebody said, and hardly any of what it tells itself.
pub(super) fn is_quoted_only((words, quoted): (u64, u64), article: &Piece) -> bool {
    let narrative = article.body_words - article.quote_words.min(article.body_words);
    quoted * 2 >= words && (words - quoted) * 100 <= narrative * NARRATIVE && quoted > 0
}

/// Whether both say that they have their text from a third.
fn third(a: &Piece, b: &Piece) -> bool {
    let mut both = a.credits.parties.iter().filter(|party| b.credits.parties.contains(party));
    both.any(|&party| party != a.source && party != b.source)
}

/// Whether the later says where it has its text.
pub(super) fn credited(view: &View<'_>, a: &Piece, b: &Piece) -> Credited {
    let sources = &view.articles.sources;
    let is_house = |party: u32| sources.group.get(party as usize) == Some(&a.group);
    let names = |party: u32| party == a.source || is_house(party);
    if b.credits.parties.iter().any(|&party| names(party)) || third(a, b) {
        return Credited::Yes;
    }
    let mut known = sources.names(a.source as usize);
    let can_be_named = known.any(|name| name != UNKNOWN && is_telling(name));
    if can_be_named { Credited::No } else { Credited::Unknown }
}

/// The id of a pair: a hash of the ids of both.
pub(super) fn pair_id(a: &str, b: &str) -> String {
    let mut hash = Xxh3::new();
    for id in [a, b] {
        hash.update(id.as_bytes());
        hash.update(b"\n");
    }
    format!("p{:016x}", hash.digest())
}
