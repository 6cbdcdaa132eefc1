//! Statements of one text that stand in the place of others of the other text.
//!
//! "The court convicted the foreman" and "The court acquitted the foreman" have no number, name or denial, and of a short sentence no
//! similarity tells what it stands for. The place does: where two texts go on alike before and behind, and each says something there that
//! the other does not, one may say the opposite of the other. What was only added is no such thing, and stays or goes as the [strays] say.
//!
//! A place is what two texts share before and behind it, or where both begin or end. There pages add what is theirs (invitations, terms), so
//! what stands there must also be alike in a third of its words. Where all words of one text's statements there
//! stand in those of the other, nothing was replaced: a sentence was cut in two, or taken further. Cost: linear in the sentences of
//! both texts, if both have such a statement at all.
//!
//! [strays]: super::strays

use std::collections::{BTreeMap, BTreeSet};

use super::strays::Texts;
use crate::pipeline::removal::judge::Bench;

/// What stands before the first sentence of a text and behind its last: no sentence.
const EDGE: u32 = u32::MAX;

/// At the beginning and the end of two texts, one of so many words must be shared.
const EDGE_SHARE: usize = 3;

/// What two texts share before and behind a place.
type Place = (u32, u32);

/// Whether a statement of one text stands in the place of one of the other. `said` are the distinct sentences of both in their order,
/// `keeper` names the one that stands for a sentence.
pub(super) fn is_any(
    bench: &Bench<'_>,
    texts: &Texts<'_>,
    said: [&mut dyn Iterator<Item = u32>; 2],
    keeper: &dyn Fn(u32) -> u32,
) -> bool {
    let is_lone = |row: u32| {
        texts.matched.binary_search(&row).is_err()
            && !texts.is_furniture[row as usize]
            && bench.is_said(row)
            && bench.is_statement(row)
    };
    let [lone_a, lone_b] = texts
        .apart
        .map(|rows| -> Vec<u32> { rows.iter().copied().filter(|&row| is_lone(row)).collect() });
    if lone_a.is_empty() || lone_b.is_empty() {
        return false;
    }
    let [said_a, said_b] = said;
    let is_shared = |apart: &[u32], rows: &[u32], row: u32| {
        apart.binary_search(&row).is_err() && rows.binary_search(&row).is_ok()
    };
    let of_a = places(said_a, &lone_a, |row| {
        is_shared(texts.apart[0], texts.rows[0], row).then(|| keeper(row))
    });
    let of_b = places(said_b, &lone_b, |row| {
        is_shared(texts.apart[1], texts.rows[1], row).then(|| keeper(row))
    });
    let words = |rows: &[u32]| -> BTreeSet<u32> {
        rows.iter().flat_map(|&row| bench.comparison.different_words(row)).copied().collect()
    };
    of_a.iter().filter_map(|(place, rows)| Some((place, rows, of_b.get(place)?))).any(
        |(&(before, behind), a, b)| {
            let (a, b) = (words(a), words(b));
            let shared = a.intersection(&b).count();
            let least = a.len().min(b.len());
            let is_at_an_edge = before == EDGE || behind == EDGE;
            shared < least && (!is_at_an_edge || shared * EDGE_SHARE >= least)
        },
    )
}

/// The lone statements of a text by their place. `shared` gives what stands for a sentence that both texts have.
fn places(
    said: &mut dyn Iterator<Item = u32>,
    lone: &[u32],
    shared: impl Fn(u32) -> Option<u32>,
) -> BTreeMap<Place, Vec<u32>> {
    let mut places: BTreeMap<Place, Vec<u32>> = BTreeMap::new();
    let (mut before, mut open) = (EDGE, Vec::new());
    let mut close = |place: Place, open: &mut Vec<u32>| {
        if !open.is_empty() {
            places.entry(place).or_default().append(open);
        }
    };
    for row in said {
        if let Some(behind) = shared(row) {
            close((before, behind), &mut open);
            before = behind;
        } else if lone.binary_search(&row).is_ok() {
            open.push(row);
        }
    }
    close((before, EDGE), &mut open);
    places
}
