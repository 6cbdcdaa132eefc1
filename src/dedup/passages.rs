//! Passages: of what repeats, only runs of sentences that stand behind each other in both documents.
//!
//! A sentence that somebody else has too may be a formula; several in a row were copied. Sentences between the twins of a run
//! may be missing, but their order is kept.

use crate::corpus::Sentence;
use crate::pipeline::Removal;

/// The removals that stand in runs of at least so many, in order.
pub(super) fn passages(removed: &[Removal], sentences: &[Sentence], least: usize) -> Vec<Removal> {
    let document = |place: u32| sentences[place as usize].document;
    let follows = |a: &Removal, b: &Removal| {
        let twins = a.kept.zip(b.kept);
        let in_order = twins.is_some_and(|(a, b)| document(a) == document(b) && a < b);
        b.sentence == a.sentence + 1 && document(a.sentence) == document(b.sentence) && in_order
    };
    let runs = removed.chunk_by(follows).filter(|run| run.len() >= least);
    runs.flatten().cloned().collect()
}
