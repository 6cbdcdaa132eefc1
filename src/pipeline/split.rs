//! One sentence that another text says in two: a linked pair whose shorter sentence and one that stands beside it are, taken together, nearer to the longer
//! one than the shorter one is alone.
//!
//! Both taken together are the union of their features; what crosses the joint is not among them. The neighbour must say something
//! else, half of it at least, and bring something: half of what it has beyond its sentence stands in the longer one, and that is a tenth of it at least. Nothing is linked by this; it is noted of links that are there.
//!
//! Cost: linear in the sentences, the places of those that are asked about, and some merges a pair. What stands beside many different sentences, as what a
//! site repeats does, is asked for none of them.
//!
//! What it does not do: find a sentence neither half of which is linked to it.

use rayon::prelude::*;

use super::assemble::Sources;
use super::search::FoundPair;
use crate::ids::{SentenceId, Similarity};
use crate::tables::RowTable;
use crate::verify::{shared_weight, total_weight};

/// A sentence with more different neighbours has none here.
const MOST_NEIGHBOURS: usize = 16;
/// The share of the longer sentence that the neighbour must bring.
const LEAST_SHARE: u64 = 10;

/// The other half of a sentence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct OtherHalf {
    /// The distinct sentence that stands beside the shorter one of the pair.
    pub(super) row: u32,
    /// Of both together and the longer one, by the measure of the profile.
    pub(super) similarity: Similarity,
}

/// For each pair the other half of its shorter sentence, if it has one.
pub(super) fn other_halves(sources: &Sources<'_>, pairs: &[FoundPair]) -> Vec<Option<OtherHalf>> {
    let halves: Vec<Option<(u32, u32)>> = pairs.iter().map(|it| shorter(sources, it)).collect();
    let mut rows: Vec<u32> = halves.iter().flatten().map(|&(half, _)| half).collect();
    rows.par_sort_unstable();
    rows.dedup();
    let rows_of_places = rows_of_places(sources);
    let neighbours: Vec<Vec<u32>> =
        rows.par_iter().map(|&row| neighbours(sources, &rows_of_places, row)).collect();
    let other = |(found, half): (&FoundPair, &Option<(u32, u32)>)| {
        let (half, whole) = (*half)?;
        let neighbours = &neighbours[rows.binary_search(&half).ok()?];
        let others = neighbours.iter().filter(|&&row| row != whole);
        let together = others.filter_map(|&row| {
            let similarity = together(sources, (half, row), whole)?;
            Some(OtherHalf { row, similarity }).filter(|_| similarity > found.similarity)
        });
        // Numbers depend on the order of files, keys do not.
        let key = |row: u32| sources.prepared.keys.get(row as usize);
        together
            .max_by(|a, b| a.similarity.cmp(&b.similarity).then_with(|| key(b.row).cmp(key(a.row))))
    };
    pairs.par_iter().zip(&halves).map(other).collect()
}

/// The shorter sentence of a pair, and the longer one; none where both are as long.
fn shorter(sources: &Sources<'_>, found: &FoundPair) -> Option<(u32, u32)> {
    let (a, b) = found.pair;
    let length = |row: u32| sources.comparison.sequences().row(row as usize).len();
    match length(a).cmp(&length(b)) {
        std::cmp::Ordering::Less => Some((a, b)),
        std::cmp::Ordering::Greater => Some((b, a)),
        std::cmp::Ordering::Equal => None,
    }
}

/// The distinct sentence at each place; none where nothing is said.
fn rows_of_places(sources: &Sources<'_>) -> Vec<Option<u32>> {
    let mut rows = vec![None; sources.prepared.sentences.len()];
    for sentence in sources.prepared.distinct() {
        for &place in sources.prepared.collapse.occurrences(sentence) {
            rows[place as usize] = Some(sentence.number());
        }
    }
    rows
}

/// The different sentences that stand right before or behind a sentence in some document; none if they are many.
fn neighbours(sources: &Sources<'_>, rows_of_places: &[Option<u32>], row: u32) -> Vec<u32> {
    let sentences = &sources.prepared.sentences;
    let mut found = Vec::new();
    for &place in sources.prepared.collapse.occurrences(SentenceId::new(row)) {
        let place = place as usize;
        for beside in [place.checked_sub(1), place.checked_add(1)].into_iter().flatten() {
            let is_beside = sentences.get(beside).is_some_and(|it| {
                it.document == sentences[place].document && it.kind.is_compared()
            });
            let Some(other) = rows_of_places.get(beside).copied().flatten() else { continue };
            if !is_beside || other == row || found.contains(&other) {
                continue;
            }
            if found.len() == MOST_NEIGHBOURS {
                return Vec::new();
            }
            found.push(other);
        }
    }
    found
}

/// The similarity of two sentences together with a longer one; nothing if it is below the threshold, or the second brings too little.
fn together(sources: &Sources<'_>, (half, other): (u32, u32), whole: u32) -> Option<Similarity> {
    let features = sources.comparison.features();
    let (sets, weights): (&RowTable, &[u32]) = (&features.sets, &features.weights);
    let (half, other, whole) =
        (sets.row(half as usize), sets.row(other as usize), sets.row(whole as usize));
    let mut both = [half, other].concat();
    both.sort_unstable();
    both.dedup();
    let (total, of_half) = (total_weight(&both, weights), total_weight(half, weights));
    // Lines of a list say much the same, one beside the other; two halves of a sentence do not.
    if (total - of_half) * 2 < total_weight(other, weights) {
        return None;
    }
    let shared = shared_weight(&both, whole, weights);
    let (brought, added) = (shared - shared_weight(half, whole, weights), total - of_half);
    let of_whole = total_weight(whole, weights);
    let brings = brought * 2 >= added && brought * LEAST_SHARE >= of_whole && brought > 0;
    let similarity = Similarity::ratio(shared, total + of_whole - shared);
    (brings && similarity >= sources.comparison.threshold()).then_some(similarity)
}
