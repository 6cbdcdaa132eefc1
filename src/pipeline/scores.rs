//! The proof of a linked pair: every score, the relation and the flags, from the texts.

use super::evidence::Comparison;
use super::results::PairScores;
use crate::config::{Config, Numbers};
use crate::ids::Similarity;
use crate::normalize::{Atom, Traced};
use crate::shingle::GramCounter;
use crate::tables::StringTable;
use crate::verify::facts::{Facts, RawWord};
use crate::verify::{Aligner, Flag, Flags, Measures, Relation, jaccard, relation};

/// The tables of measuring pair after pair, which serve all pairs of a thread.
#[derive(Debug, Default)]
pub(crate) struct Gauge {
    grams: GramCounter,
    pub(crate) aligner: Aligner,
}

/// Jaccard over character n-grams of two keys.
pub(crate) fn jaccard_char4(grams: &mut GramCounter, a: &str, b: &str) -> Similarity {
    let counts = grams.count(a, b);
    jaccard(counts.shared, counts.of_a, counts.of_b)
}

/// Every score of a pair and what it is called.
pub(crate) fn measure(
    comparison: &Comparison<'_>,
    (keys, gauge): (&StringTable, &mut Gauge),
    (a, b): (u32, u32),
) -> (PairScores, Relation) {
    let words = comparison.words_of_both(a, b);
    let total = |row: u32| comparison.words.features.totals[row as usize];
    let idf = jaccard(words.weight, total(a), total(b));
    // Where n-grams judge they are known already; else words do, and their weight is the evidence.
    let (char4, evidence) = if comparison.grams.is_some() {
        (comparison.similarity(a, b), comparison.evidence(a, b))
    } else {
        let (key_a, key_b) = (keys.get(a as usize), keys.get(b as usize));
        (jaccard_char4(&mut gauge.grams, key_a, key_b), words.weight)
    };
    let coverages = comparison.coverages(&mut gauge.aligner, a, b);
    let sequences = comparison.sequences();
    let (row_a, row_b) = (sequences.row(a as usize), sequences.row(b as usize));
    let edit = gauge.aligner.word_edit(row_a, row_b);
    let measures = Measures {
        similarity: comparison.of_profile(idf, char4),
        jaccard_char4: char4,
        word_edit: edit,
        coverage_of_shorter: coverages.of_shorter,
        shared_words: words.items,
        holds_whole: comparison.run_sequences().hold_whole(a, b),
        length_ratio: coverages.length_ratio,
    };
    let scores = PairScores {
        jaccard_idf: idf,
        jaccard_char4: char4,
        coverage_a: coverages.of_a,
        coverage_b: coverages.of_b,
        longest_run: u32::try_from(coverages.longest_run).unwrap_or(u32::MAX),
        word_edit: edit,
        log10_evalue: comparison.words.model.log10_evalue(evidence),
    };
    (scores, relation(&measures, &comparison.config.relations))
}

/// Whether the relation of a linked pair is `contained`; most pairs are told by their similarity or their lengths alone.
pub(crate) fn is_contained(
    comparison: &Comparison<'_>,
    (keys, gauge): (&StringTable, &mut Gauge),
    (a, b): (u32, u32),
    similarity: Similarity,
) -> bool {
    let bounds = &comparison.config.relations;
    // The cheaper measures first: most pairs share too few words or are covered too little.
    comparison.may_be_contained(a, b, similarity)
        && (comparison.shared_words(a, b) >= u64::from(bounds.contained_words)
            || comparison.run_sequences().hold_whole(a, b))
        && comparison.coverages(&mut gauge.aligner, a, b).of_shorter >= bounds.contained_coverage
        && measure(comparison, (keys, gauge), (a, b)).1 == Relation::Contained
}

/// Whether what stands between two words lets the next begin with a capital that says nothing: a colon, a quotation mark.
fn announces(gap: &str) -> bool {
    gap != " " && gap.contains([':', '"', '\'', '“', '”', '„', '‘', '«', '»', '‹', '›', '「', '『'])
}

/// Whether what stands between two words ends a piece of a sentence. A full stop does not: it may be that of an abbreviation.
fn ends_piece(gap: &str) -> bool {
    const MARKS: &str = ",;:!?()[]{}|\"–—―“”„«»…•·，；：、！？（）【】「」『』،؛؟।";
    gap.contains(" - ") || gap.contains(|c: char| MARKS.contains(c))
}

/// The facts of a traced sentence: its numbers, negations and names.
///
/// ```
/// use twicetold::{normalize::Normalizer, pipeline::facts};
/// let of = |raw: &str| facts(raw, &Normalizer::default().trace(raw));
/// assert!(of("It cost 5 pounds.").numbers_differ(&of("It cost six pounds.")));
/// assert!(!of("It cost £5.").numbers_differ(&of("It cost five pounds.")));
/// ```
pub fn facts(raw: &str, traced: &Traced) -> Facts {
    let mut end = None;
    let word = |atom: &Atom| {
        let gap = end.map(|end| raw.get(end..atom.raw.start).unwrap_or_default());
        end = Some(atom.raw.end);
        RawWord {
            raw: raw.get(atom.raw.clone()).unwrap_or_default(),
            key: traced.word(atom),
            begins: gap.is_none_or(announces),
            follows_mark: gap.is_some_and(ends_piece),
        }
    };
    let words: Vec<RawWord<'_>> = traced.atoms.iter().map(word).collect();
    Facts::read(&words).ending_as(raw)
}

/// The flags of a pair: what differs between the two, and what both of them are by their own flags.
pub(crate) fn pair_flags(differences: Flags, own_a: Flags, own_b: Flags) -> Flags {
    let both = |flag| own_a.has(flag) && own_b.has(flag);
    let either = |flag| own_a.has(flag) || own_b.has(flag);
    differences
        .with_if(either(Flag::Template), Flag::Template)
        .with_if(both(Flag::Quote), Flag::Quote)
        .with_if(either(Flag::Boilerplate), Flag::Boilerplate)
        .with_if(both(Flag::Caption), Flag::Caption)
        .with_if(either(Flag::Short), Flag::Short)
        .with_if(either(Flag::LookAlikes), Flag::LookAlikes)
}

/// What differs between the facts of two sentences.
pub(crate) fn difference(config: &Config, a: &Facts, b: &Facts) -> Flags {
    asked_for(config, a.differences(b))
}

/// Those differences that are asked for.
pub(crate) fn asked_for(config: &Config, differences: Flags) -> Flags {
    let is_asked = |flag| flag != Flag::NumbersDiffer || config.numbers != Numbers::Ignore;
    let asked = differences.iter().filter(|&flag| is_asked(flag));
    asked.fold(Flags::default(), Flags::with)
}
