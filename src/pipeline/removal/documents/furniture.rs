//! Which of the sentences that a source repeats are furniture: what stands in texts that have nothing to do with each other.
//!
//! A sentence of an article that a source has ten times is as frequent as its menu, but all its texts are of one family: a chain of
//! texts of which two neighbours share half of all their words.
//!
//! Cost: linear in the pairs, and a sort of the places of what is frequent.

use super::EDITED_PERCENT;
use super::overlap::Overlap;
use super::sets::Sets;
use crate::ids::Similarity;

/// What stands in fewer families is no furniture; what in fewer documents is not there for being frequent.
const LEAST: usize = 3;

/// By distinct sentence: whether it is furniture. `is_boilerplate` says what is frequent, or stands beside the article of a page.
pub(super) fn furniture(
    sets: &Sets,
    found: &[Overlap],
    is_boilerplate: impl Fn(u32) -> bool,
    rows: usize,
) -> Vec<bool> {
    let families = families(sets, found);
    let mut places: Vec<(u32, u32, usize)> = Vec::new();
    for ((text, rows), documents) in (0usize..).zip(sets.rows.rows()).zip(sets.documents.rows()) {
        let frequent = rows.iter().filter(|&&row| is_boilerplate(row));
        places.extend(frequent.map(|&row| (row, families[text], documents.len())));
    }
    places.sort_unstable();
    let mut furniture = vec![false; rows];
    for of_row in places.chunk_by(|one, next| one.0 == next.0) {
        let documents: usize = of_row.iter().map(|place| place.2).sum();
        let families = of_row.chunk_by(|one, next| one.1 == next.1).count();
        furniture[of_row[0].0 as usize] = families >= LEAST || documents < LEAST;
    }
    furniture
}

/// By text: the first one of its family.
fn families(sets: &Sets, found: &[Overlap]) -> Vec<u32> {
    let mut above: Vec<u32> = (0..).take(sets.len()).collect();
    let half = Similarity::ratio(EDITED_PERCENT, 100);
    for &Overlap { a, b, shared } in found {
        let words = |text: u32| sets.totals[text as usize].0;
        if half.is_reached_by(shared.words, words(a) + words(b) - shared.words) {
            let (a, b) = (top(&mut above, a), top(&mut above, b));
            above[a.max(b) as usize] = a.min(b);
        }
    }
    (0..).take(sets.len()).map(|text| top(&mut above, text)).collect()
}

fn top(above: &mut [u32], mut text: u32) -> u32 {
    while above[text as usize] != text {
        let next = above[above[text as usize] as usize];
        above[text as usize] = next;
        text = next;
    }
    text
}
