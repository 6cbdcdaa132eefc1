//! How much of each document repeats: words of sentences that repeat, of all its words.

use super::assemble::Sources;
use crate::ids::Similarity;

/// By document, the share of its words that stand in sentences which repeat; `repeats` says which distinct sentences do. Words are
/// tokens of keys: in scripts without spaces pairs of characters. Cost: a pass over all places.
pub(crate) fn repeated_shares(sources: &Sources<'_>, repeats: &[bool]) -> Vec<Similarity> {
    let mut words = vec![(0_u64, 0_u64); sources.corpus.documents().len()];
    for sentence in sources.prepared.distinct() {
        let length = sources.comparison.sequences().row(sentence.index()).len() as u64;
        for place in sources.prepared.places(sentence) {
            let (repeated, all) = &mut words[place.document.index()];
            *all += length;
            if repeats[sentence.index()] {
                *repeated += length;
            }
        }
    }
    let share = |(repeated, all)| {
        if all == 0 { Similarity::ZERO } else { Similarity::ratio(repeated, all) }
    };
    words.into_iter().map(share).collect()
}
