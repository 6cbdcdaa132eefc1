//! Which sentences two articles share, which runs they make, and whether their order was kept.
//!
//! A *passage* is a run of shared sentences in the same order in which two sentences at most are left out on either side: one case for people, not five
//! fragments. Order is measured by Kendall's tau (1938). Cost: `O(n log n)` for `n` shared sentences.

use super::articles::Line;
use super::notes::{Note, Notes};
use super::origin::View;
use crate::corpus::SentenceKind;

/// So many sentences may be left out inside a passage.
const GAP: u32 = 2;

/// A sentence that both have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// Its position in the earlier, and in the later.
    pub(super) a: u32,
    pub(super) b: u32,
    /// Its words there.
    pub(super) words_a: u32,
    pub(super) words: u32,
    pub(super) is_same: bool,
    /// What differs, and what it is in the later.
    pub(super) notes: Notes,
}

/// A run of them: positions in the list of shared sentences.
pub(super) type Run = std::ops::Range<usize>;

/// The sentences of the later article that the earlier one has, in order. A short one counts beside another only.
pub(super) fn shared(view: &View<'_>, a: u32, b: u32) -> Vec<Shared> {
    let of_a = view.articles.lines_of(a);
    let mut shared: Vec<Shared> = Vec::new();
    for (index, line) in (0..).zip(view.articles.lines_of(b)) {
        if !line.is_carried() {
            continue;
        }
        let members = view.carried.in_article(line.cluster, a, view.articles);
        let next = shared.last().map_or(0, |last| last.a + 1);
        let members =
            members.iter().filter(|it| !view.ruled.tells_apart(view.carried, line, it.variant));
        let nearest = members.min_by_key(|member| (member.line.abs_diff(next), member.line));
        if let Some(member) = nearest {
            let (there, variants) = (&of_a[member.line as usize], (member.variant, line.variant));
            let notes = view.carried.differences(view.groups, line.cluster, variants);
            shared.push(one((member.line, there), (index, line), notes));
        }
    }
    let beside =
        |it: &Shared, other: &Shared| it.a.abs_diff(other.a) == 1 && it.b.abs_diff(other.b) == 1;
    let kept: Vec<bool> = (0..shared.len())
        .map(|at| {
            let it = &shared[at];
            let before = at.checked_sub(1).map(|before| &shared[before]);
            let neighbours = before.into_iter().chain(shared.get(at + 1));
            !it.notes.has(Note::Short) || neighbours.into_iter().any(|other| beside(it, other))
        })
        .collect();
    let mut kept = kept.into_iter();
    shared.retain(|_| kept.next().unwrap_or_default());
    shared
}

fn one((a, there): (u32, &Line), (b, here): (u32, &Line), notes: Notes) -> Shared {
    Shared {
        a,
        b,
        words_a: there.words,
        words: here.words,
        is_same: there.sentence == here.sentence,
        notes: notes
            .with_if(here.is_template, Note::Template)
            .with_if(here.is_short, Note::Short)
            .with_if(here.kind == SentenceKind::Quote, Note::Quote),
    }
}

/// The runs of shared sentences, in the order of the later article.
pub(super) fn passages(shared: &[Shared]) -> Vec<Run> {
    let follows = |before: &Shared, next: &Shared| {
        next.a > before.a && next.a - before.a <= GAP + 1 && next.b - before.b <= GAP + 1
    };
    let mut end = 0;
    shared
        .chunk_by(follows)
        .map(|run| {
            let start = end;
            end += run.len();
            start..end
        })
        .collect()
}

/// Kendall's tau of the positions; `None` for fewer than two sentences.
pub(super) fn order_kept(shared: &[Shared]) -> Option<f64> {
    let positions: Vec<u32> = shared.iter().map(|shared| shared.a).collect();
    let count = positions.len() as u64;
    let pairs = count * count.saturating_sub(1) / 2;
    if pairs == 0 {
        return None;
    }
    let mut sorted = positions.clone();
    sorted.sort_unstable();
    let same = sorted.chunk_by(|a, b| a == b).map(|run| run.len() as u64);
    let ties: u64 = same.map(|many| many * (many - 1) / 2).sum();
    let discordant = inversions(positions);
    let concordant = pairs - discordant - ties;
    let apart = concordant.abs_diff(discordant);
    let size = super::model::share(apart, pairs);
    Some(if concordant >= discordant { size } else { -size })
}

/// Pairs that stand the other way round, by merging.
fn inversions(positions: Vec<u32>) -> u64 {
    let mut runs: Vec<Vec<u32>> = positions.into_iter().map(|position| vec![position]).collect();
    let mut turned = 0;
    while runs.len() > 1 {
        let merged = runs.chunks(2).map(|pair| match pair {
            [left, right] => {
                let (merged, count) = merge(left, right);
                turned += count;
                merged
            }
            rest => rest.concat(),
        });
        runs = merged.collect();
    }
    turned
}

fn merge(left: &[u32], right: &[u32]) -> (Vec<u32>, u64) {
    let (mut merged, mut turned) = (Vec::with_capacity(left.len() + right.len()), 0);
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] <= right[j] {
            merged.push(left[i]);
            i += 1;
        } else {
            turned += (left.len() - i) as u64;
            merged.push(right[j]);
            j += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    (merged, turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(places: &[(u32, u32)]) -> Vec<Shared> {
        let one = |&(a, b): &(u32, u32)| Shared {
            a,
            b,
            words_a: 10,
            words: 10,
            is_same: true,
            notes: Notes::default(),
        };
        places.iter().map(one).collect()
    }

    #[test]
    fn a_gap_of_two_sentences_is_one_passage_and_one_of_three_is_two() {
        assert_eq!(passages(&shared(&[(0, 4), (1, 5), (4, 8)])), vec![0..3]);
        assert_eq!(passages(&shared(&[(0, 4), (1, 5), (5, 6)])), vec![0..2, 2..3]);
        assert_eq!(passages(&shared(&[(3, 0), (2, 1)])), vec![0..1, 1..2]);
    }

    #[test]
    fn order_is_one_where_it_is_kept_and_minus_one_where_it_is_turned_round() {
        for (places, tau) in [
            (&[(0, 0), (1, 1), (2, 2)][..], Some(1.0)),
            (&[(2, 0), (1, 1), (0, 2)], Some(-1.0)),
            (&[(0, 0), (2, 1), (1, 2)], Some(0.3333)),
            (&[(0, 0)], None),
        ] {
            assert_eq!(order_kept(&shared(places)), tau);
        }
    }
}
