//! Unicode composition (NFKC), case folding and, if asked for, no accents: one form for every way to write a letter.
//!
//! What is composed already (nearly all text) is only folded, character by character. The rest is settled by extended grapheme clusters, which keeps
//! origins fine. Folding can undo composition, and letters of neighbouring clusters can compose; where the result shows it, the text is settled again
//! by pieces between blanks, whose letters cannot meet. *Settled* is a fixed point, so a key is its own key.
//!
//! Cost: a table look-up for each character beyond ASCII. Unicode Standard Annexes #15 and #29; The Unicode Standard, section 3.13.

use std::ops::Range;

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use unicode_segmentation::UnicodeSegmentation;

use super::buffer::Buffer;
use super::marks::{is_accent, is_optional_point, plain_letter};
use crate::config::{Rule, RuleSet};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();
const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();

/// Rounds after which a piece is taken as settled; no text is known to need more than three.
const ROUNDS: usize = 6;

/// Composes and folds a text.
pub(super) fn compose(rules: RuleSet, source: &Buffer, out: &mut Buffer) {
    by_clusters(rules, source, out);
    if rules.has(Rule::Compatibility) && !NFKC.is_normalized(&out.text) {
        out.clear(source.is_traced());
        by_pieces(rules, source, out);
    }
}

fn by_clusters(rules: RuleSet, source: &Buffer, out: &mut Buffer) {
    let mut rest = source.text.as_str();
    while !rest.is_empty() {
        let at = source.text.len() - rest.len();
        let (composed, open) = already_composed(rules, rest);
        fold_stretch(rules, source, at..at + composed.len(), out);
        let at = source.text.len() - open.len();
        let cluster = open.graphemes(true).next().unwrap_or_default();
        out.push_str(&settled(rules, cluster), &source.raw(at..at + cluster.len()));
        rest = open.get(cluster.len()..).unwrap_or_default();
    }
}

/// Folds a range of a text; ASCII between other characters at once.
fn fold_stretch(rules: RuleSet, source: &Buffer, range: Range<usize>, out: &mut Buffer) {
    let mut at = range.start;
    while let Some(rest) = source.text.get(at..range.end).filter(|rest| !rest.is_empty()) {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let written = out.text.len();
        out.copy(source, at..at + ascii);
        if let (true, Some(written)) = (rules.has(Rule::Case), out.text.get_mut(written..)) {
            written.make_ascii_lowercase();
        }
        at += ascii;
        let Some(c) = rest.get(ascii..).and_then(|rest| rest.chars().next()) else { break };
        let raw = source.raw(at..at + c.len_utf8());
        fold(rules, c, |folded| out.push(folded, &raw));
        at += c.len_utf8();
    }
}

/// Whether a character is an accent, or a letter with one.
fn has_accent(c: char) -> bool {
    let decompositions = CanonicalDecompositionBorrowed::new();
    !c.is_ascii()
        && match decompositions.decompose(c) {
            Decomposed::Default => is_accent(c),
            Decomposed::Singleton(plain) => has_accent(plain),
            Decomposed::Expansion(letter, mark) => is_accent(mark) || has_accent(letter),
        }
}

/// Cuts off what needs nothing but folding.
fn already_composed(rules: RuleSet, text: &str) -> (&str, &str) {
    let composed =
        if rules.has(Rule::Compatibility) { NFKC.split_normalized(text).0 } else { text };
    let end = if rules.has(Rule::Diacritics) { composed.find(has_accent) } else { None };
    text.split_at(end.unwrap_or(composed.len()))
}

fn by_pieces(rules: RuleSet, source: &Buffer, out: &mut Buffer) {
    let mut at = 0;
    for piece in source.text.split_inclusive(' ') {
        let word = piece.trim_end_matches(' ');
        out.push_str(&settled(rules, word), &source.raw(at..at + word.len()));
        if word.len() < piece.len() {
            out.push(' ', &source.raw(at + word.len()..at + piece.len()));
        }
        at += piece.len();
    }
}

/// The full case folding of a character, and the plain form of its letter.
fn fold(rules: RuleSet, c: char, mut push: impl FnMut(char)) {
    let plain = |c| if rules.has(Rule::Compatibility) { plain_letter(c) } else { c };
    if !rules.has(Rule::Case) {
        push(plain(c));
    } else if folds_to_several(c) {
        CASES.fold_string(c.encode_utf8(&mut [0; 4])).chars().for_each(push);
    } else {
        push(plain(if c.is_ascii() { c.to_ascii_lowercase() } else { CASES.simple_fold(c) }));
    }
}

/// Whether the full folding of a character may be more than one character.
pub(super) const fn folds_to_several(c: char) -> bool {
    matches!(
        c,
        'ß' | 'İ' | 'ŉ' | 'ǰ' | '\u{390}' | '\u{3b0}' | 'և'
            | '\u{1e96}'..='\u{1e9e}'
            | '\u{1f50}'..='\u{1fff}'
            | '\u{fb00}'..='\u{fb17}'
            | '\u{1df95}'
    )
}

/// A piece in the form that further steps leave alone.
fn settled(rules: RuleSet, piece: &str) -> String {
    let mut settled = piece.to_owned();
    for _ in 0..ROUNDS {
        let next = step(rules, &settled);
        if next == settled {
            break;
        }
        settled = next;
    }
    settled
}

fn step(rules: RuleSet, piece: &str) -> String {
    let compatibility = rules.has(Rule::Compatibility);
    let composed = if compatibility { NFKC.normalize(piece) } else { piece.into() };
    let mut folded = String::with_capacity(composed.len());
    for c in composed.chars() {
        if !(compatibility && is_optional_point(c)) {
            fold(rules, c, |c| folded.push(c));
        }
    }
    if rules.has(Rule::Diacritics) {
        let bare: String = NFD.normalize(&folded).chars().filter(|&c| !is_accent(c)).collect();
        folded = NFC.normalize(&bare).into_owned();
    }
    if compatibility { NFKC.normalize(&folded).into_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_character_by_character_is_the_full_folding_of_unicode() {
        let rules = RuleSet::default().without(Rule::Compatibility);
        for c in (0..0x0011_0000).filter_map(char::from_u32) {
            let mut folded = String::new();
            fold(rules, c, |c| folded.push(c));
            assert_eq!(folded, CASES.fold_string(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    #[test]
    fn what_carries_no_accent_is_settled_but_for_folding() {
        let rules = RuleSet::default().with(Rule::Diacritics);
        // Optional points are gone before.
        let is_left = |c: &char| !is_optional_point(*c);
        for c in (0..0x0011_0000).filter_map(char::from_u32).filter(is_left) {
            let (mut source, mut out) = (Buffer::default(), Buffer::default());
            for text in [format!("{c}"), format!("é{c}x"), format!("Ж{c}\u{301} {c}")] {
                source.load(&text, false);
                out.clear(false);
                compose(rules, &source, &mut out);
                assert_eq!(settled(rules, &out.text), out.text, "{text:?}");
                assert!(!NFD.normalize(&out.text).contains(is_accent), "{text:?}");
            }
        }
    }

    #[test]
    fn every_character_settles_within_the_rounds() {
        for rules in [RuleSet::default(), RuleSet::all()] {
            for c in (0..0x0011_0000).filter_map(char::from_u32) {
                let once = settled(rules, c.encode_utf8(&mut [0; 4]));
                assert_eq!(step(rules, &once), once, "{c:?}");
            }
        }
    }
}
