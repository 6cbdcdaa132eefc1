//! *Linked* is a definition, not an accident of the engine; so is what a link is called.

use super::relation::Relation;
use crate::config::{Config, Profile, RelationBounds};
use crate::ids::Similarity;
use crate::weight::WeightModel;

/// The bar that a pair must reach.
///
/// ```
/// use twicetold::{config::Config, verify::Judge, weight::WeightModel};
/// let model = WeightModel::new(1_000_000);
/// let judge = Judge::new(&Config::default(), model);
/// // Half of the union is shared; what it weighs must be worth twice the logarithm of the corpus.
/// let needed = model.evidence_needed(1.0);
/// assert!(judge.links_by_similarity(needed, 2 * needed, needed));
/// assert!(!judge.links_by_similarity(needed - 1, 2 * needed, needed - 1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Judge {
    /// The least similarity.
    pub threshold: Similarity,
    /// The least evidence, in units of weight; 0 asks for none.
    pub evidence: u64,
    /// From this similarity no evidence is asked for.
    pub no_evidence_needed: Similarity,
    /// The least coverage of the shorter sentence for a shared run to link.
    pub run_coverage: Similarity,
}

impl Judge {
    /// The bar that the settings set, in a corpus with this model of weights.
    pub fn new(config: &Config, model: WeightModel) -> Self {
        Self {
            threshold: config.threshold(),
            evidence: config.evalue.map_or(0, |evalue| model.evidence_needed(evalue)),
            no_evidence_needed: config.relations.no_evidence_needed,
            run_coverage: config.relations.run_coverage,
        }
    }

    /// Whether similarity alone links a pair that shares `shared` of a union of `union`, with so much evidence.
    pub fn links_by_similarity(&self, shared: u64, union: u64, evidence: u64) -> bool {
        self.threshold.is_reached_by(shared, union)
            && (evidence >= self.evidence || self.no_evidence_needed.is_reached_by(shared, union))
    }

    /// Whether a shared run links a pair whose shorter sentence it covers so far, with so much evidence.
    pub fn links_by_run(&self, coverage_of_shorter: Similarity, evidence: u64) -> bool {
        coverage_of_shorter >= self.run_coverage && evidence >= self.evidence
    }
}

/// What is measured of a linked pair to name its relation.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    /// The similarity that the profile judges by.
    pub similarity: Similarity,
    /// Jaccard over character n-grams.
    pub jaccard_char4: Similarity,
    /// 1 − word edit distance.
    pub word_edit: Similarity,
    /// Coverage of the shorter sentence.
    pub coverage_of_shorter: Similarity,
    /// Different words that both hold.
    pub shared_words: u64,
    /// Whether the longer holds the whole of the shorter, word by word.
    pub holds_whole: bool,
    /// Shorter length / longer length, in tokens.
    pub length_ratio: Similarity,
}

/// The relation of a linked pair of different keys: the first that fits.
///
/// ```
/// use twicetold::config::RelationBounds;
/// use twicetold::{ids::Similarity, verify::{Measures, Relation, relation}};
/// let measures = Measures {
///     similarity: Similarity::percent(55),
///     jaccard_char4: Similarity::percent(60),
///     word_edit: Similarity::percent(50),
///     coverage_of_shorter: Similarity::percent(70),
///     shared_words: 9,
///     holds_whole: false,
///     length_ratio: Similarity::percent(90),
/// };
/// assert_eq!(relation(&measures, &RelationBounds::default()), Relation::Edited);
/// ```
pub fn relation(measures: &Measures, bounds: &RelationBounds) -> Relation {
    if measures.jaccard_char4 >= bounds.near_char4 || measures.word_edit >= bounds.near_word_edit {
        Relation::Near
    } else if measures.similarity >= bounds.edited {
        Relation::Edited
    } else if is_contained(measures, bounds) {
        Relation::Contained
    } else {
        Relation::Reworded
    }
}

/// Whether the shorter sentence stands inside the longer one.
pub fn is_contained(measures: &Measures, bounds: &RelationBounds) -> bool {
    measures.coverage_of_shorter >= bounds.contained_coverage
        && (measures.holds_whole || measures.shared_words >= u64::from(bounds.contained_words))
        && measures.length_ratio < bounds.contained_length
}

/// The profile's similarity out of both.
pub const fn of_profile(profile: Profile, idf: Similarity, char4: Similarity) -> Similarity {
    match profile {
        Profile::Paraphrase => idf,
        Profile::Noisy | Profile::Near => char4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLANK: Measures = Measures {
        similarity: Similarity::ZERO,
        jaccard_char4: Similarity::ZERO,
        word_edit: Similarity::ZERO,
        coverage_of_shorter: Similarity::ZERO,
        shared_words: 0,
        holds_whole: false,
        length_ratio: Similarity::ONE,
    };

    #[test]
    fn the_closest_relation_that_fits_is_the_name() {
        let bounds = RelationBounds::default();
        let share = |percent| Similarity::ratio(percent, 100);
        let contained = Measures {
            coverage_of_shorter: share(90),
            shared_words: 9,
            length_ratio: share(50),
            ..BLANK
        };
        assert_eq!(relation(&BLANK, &bounds), Relation::Reworded);
        assert_eq!(relation(&contained, &bounds), Relation::Contained);
        let edited = Measures { similarity: share(50), ..contained };
        assert_eq!(relation(&edited, &bounds), Relation::Edited);
        assert_eq!(relation(&Measures { word_edit: share(85), ..edited }, &bounds), Relation::Near);
    }

    #[test]
    fn a_high_similarity_needs_no_evidence_and_a_low_one_does() {
        let share = |percent| Similarity::ratio(percent, 100);
        let judge = Judge {
            threshold: share(30),
            evidence: 100,
            no_evidence_needed: share(80),
            run_coverage: share(40),
        };
        assert!(judge.links_by_similarity(80, 100, 0));
        assert!(!judge.links_by_similarity(79, 100, 99));
        assert!(judge.links_by_similarity(30, 100, 100));
        assert!(!judge.links_by_similarity(29, 100, 100));
        assert!(judge.links_by_run(share(40), 100) && !judge.links_by_run(share(39), 100));
    }
}
