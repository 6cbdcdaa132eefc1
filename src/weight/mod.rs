//! What a shared token is worth: its rarity in nats, as an integer.
//!
//! A token that few sentences hold says more, when two share it, than one that every sentence holds (Spärck Jones 1972).
//! Its weight is w = ln(N / df), with N the number of distinct sentences and df that of those that hold the token.
//! Weights are integers in 1/65,536 nats from an integer logarithm: sums are exact, ratios are decided without
//! rounding, and no machine disagrees with another.
//!
//! A small input knows little about its language: in a single article every word is rare. Below
//! [`BACKGROUND_SENTENCES`] the missing sentences are therefore imagined: they hold each word as often as general prose
//! does ([`background_ppm`]), so that 60 lines behave like a corpus.
//!
//! Cost: two logarithms (100 ns) per distinct token. The module counts nothing; the frequencies are its caller's.

mod background;
mod bar;
mod logarithm;

pub use background::{UNKNOWN_PPM, background_ppm};
pub use bar::Bar;
pub use logarithm::natural_log;

use logarithm::natural_log_of_number;

/// The worth of a token, in 1/65,536 nats.
pub type Weight = u32;

/// One nat in units of [`Weight`].
pub const NAT: Weight = 1 << 16;

/// The least weight, 0.05 nats: a word that is everywhere still counts for something.
pub const LEAST_WEIGHT: Weight = NAT / 20;

/// Below so many distinct sentences, frequencies are blended with the background.
pub const BACKGROUND_SENTENCES: u64 = 5_000;

const MILLION: u64 = 1_000_000;

/// The rule from document frequency to weight, for a corpus of a given size.
///
/// With N sentences, N < 5,000, a token that df of them hold, and that p parts per million of general prose hold, counts
/// as df' = df + (5,000 − N)·p/10⁶ in N' = 5,000 sentences; from 5,000 on, df' = df and N' = N. Its weight is
/// ln(N'/df'), at least [`LEAST_WEIGHT`], at most ln N'.
///
/// ```
/// use twicetold::weight::{NAT, WeightModel, background_ppm};
/// let article = WeightModel::new(60);
/// let the = article.weight(40, background_ppm("the"));
/// let ministry = article.weight(2, background_ppm("ministry"));
/// assert!(the < NAT && ministry > 7 * NAT);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WeightModel {
    sentences: u64,
}

impl WeightModel {
    /// The rule for a corpus of so many distinct sentences.
    pub const fn new(sentences: u64) -> Self {
        Self { sentences }
    }

    /// The distinct sentences of the corpus.
    pub const fn sentences(self) -> u64 {
        self.sentences
    }

    /// N': the sentences of the corpus with those imagined.
    fn blended_sentences(self) -> u64 {
        self.sentences.max(BACKGROUND_SENTENCES)
    }

    /// The greatest weight a token can have: ln N'.
    pub fn greatest_weight(self) -> Weight {
        natural_log(self.blended_sentences())
    }

    /// The weight of a token that so many distinct sentences of the corpus, and so many parts per million of general
    /// prose, hold.
    pub fn weight(self, document_frequency: u64, background_ppm: u32) -> Weight {
        let imagined = BACKGROUND_SENTENCES.saturating_sub(self.sentences);
        let frequency = document_frequency
            .saturating_mul(MILLION)
            .saturating_add(imagined * u64::from(background_ppm));
        let sentences = self.blended_sentences().saturating_mul(MILLION);
        natural_log(sentences)
            .saturating_sub(natural_log(frequency))
            .clamp(LEAST_WEIGHT, self.greatest_weight())
    }

    /// The evidence, in units of [`Weight`], from which a pair's E-value is at most this: I ≥ 2·ln N' − ln E.
    ///
    /// E = N'²·e^(−I) is the number of pairs of the whole corpus that would share so much by accident if words were
    /// independent: the E-value of sequence search (Karlin & Altschul 1990), for text. Words are not independent, so it
    /// is a yardstick and no probability. Both logarithms are rounded once, to 1/65,536 nat, from the numbers' own bits.
    pub fn evidence_needed(self, evalue: f64) -> u64 {
        let needed = 2 * i64::from(self.greatest_weight()) - natural_log_of_number(evalue);
        u64::try_from(needed).unwrap_or(0)
    }

    /// The decimal logarithm of the E-value of a pair that shares this evidence, for reports.
    pub fn log10_evalue(self, evidence: u64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "sums of weights stay far below 2⁵³")]
        let evidence = evidence as f64;
        (2.0 * f64::from(self.greatest_weight()) - evidence)
            / (f64::from(NAT) * std::f64::consts::LN_10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_of_an_article_weighs_what_it_would_in_a_corpus() {
        let article = WeightModel::new(60);
        let the = article.weight(45, background_ppm("the"));
        let rare = article.weight(1, background_ppm("ministry"));
        let everywhere_here = article.weight(60, UNKNOWN_PPM);
        assert!(the < NAT, "{the}");
        assert!((7 * NAT..9 * NAT).contains(&rare), "{rare}");
        assert!((4 * NAT..5 * NAT).contains(&everywhere_here), "{everywhere_here}");
    }

    #[test]
    fn a_large_corpus_needs_no_background() {
        let model = WeightModel::new(1_000_000);
        assert_eq!(model.weight(100, 0), model.weight(100, 500_000));
        assert_eq!(model.weight(100, 0), natural_log(10_000));
    }

    #[test]
    fn weights_are_clamped_at_both_ends() {
        let model = WeightModel::new(1_000_000);
        assert_eq!(model.weight(1_000_000, 0), LEAST_WEIGHT);
        assert_eq!(model.weight(0, 0), natural_log(1_000_000));
        assert_eq!(model.weight(u64::MAX, 0), LEAST_WEIGHT);
    }

    #[test]
    fn an_evalue_of_one_asks_for_twice_the_logarithm_of_the_corpus() {
        let model = WeightModel::new(1_000_000);
        let needed = model.evidence_needed(1.0);
        assert_eq!(needed, 2 * u64::from(natural_log(1_000_000)));
        assert!(model.log10_evalue(needed).abs() < 1e-9);
        assert_eq!(model.evidence_needed(1e300), 0);
        let ten_nats = 10 * u64::from(NAT);
        assert!((model.log10_evalue(needed + ten_nats) + 10.0 / 10_f64.ln()).abs() < 1e-9);
    }

    #[test]
    fn a_smaller_evalue_asks_for_its_logarithm_more() {
        let model = WeightModel::new(10);
        let more = model.evidence_needed(0.01) - model.evidence_needed(1.0);
        assert!(more.abs_diff(u64::from(natural_log(100))) <= 1);
    }

    proptest! {
        #[test]
        fn a_rarer_token_never_weighs_less(sentences in 1_u64..10_000_000, df in 0_u64..1_000_000, ppm in 0_u32..700_000) {
            let model = WeightModel::new(sentences);
            prop_assert!(model.weight(df, ppm) >= model.weight(df + 1, ppm));
            prop_assert!(model.weight(df, ppm) >= model.weight(df, ppm + 1));
            prop_assert!(model.weight(df, ppm) >= LEAST_WEIGHT);
            prop_assert!(model.weight(df, ppm) <= model.greatest_weight());
        }
    }
}
