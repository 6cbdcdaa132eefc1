//! Numbers and names as people read them.

use crate::ids::Similarity;
use crate::verify::Flag;

/// `1,204 clusters`, `1 cluster`.
pub(super) fn counted(count: u64, thing: &str) -> String {
    format!("{} {thing}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A whole number with a comma every three digits.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() * 4 / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A similarity with two decimals, rounded down: what is shown was reached.
pub(super) fn two_decimals(similarity: Similarity) -> String {
    let hundredths = similarity.millionths() / 10_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A share from 0 to 1 in per cent, rounded down to a tenth: `95 %`, `99.8 %`.
pub(super) fn percent(share: f64) -> String {
    // A share such as 0.95 lies a hair under its decimal; the hair is added before rounding down.
    let tenths = (share * 1000.0 + 1e-6).floor() / 10.0;
    format!("{tenths} %")
}

/// What an E-value means: how often chance alone would share so much.
pub(super) fn by_chance(log10_evalue: f64) -> String {
    let power = log10_evalue.round();
    if power >= 4.0 {
        return format!("10^{power} such pairs by chance");
    }
    if power >= 0.0 {
        let pairs = 10_f64.powf(log10_evalue).round().max(1.0);
        let plural = if pairs < 1.5 { "" } else { "s" };
        return format!("about {pairs} such pair{plural} by chance");
    }
    match -power {
        small if small < 2.5 => format!("by chance once in {} corpora", 10_f64.powf(small).round()),
        large => format!("by chance once in 10^{large} corpora"),
    }
}

/// A flag in plain words.
pub(super) const fn flag_words(flag: Flag) -> &'static str {
    match flag {
        Flag::NumbersDiffer => "numbers differ",
        Flag::NegationDiffers => "negation differs",
        Flag::NamesDiffer => "names differ",
        Flag::WordsDiffer => "words differ",
        Flag::Template => "template",
        Flag::Quote => "quote",
        Flag::Boilerplate => "boilerplate",
        Flag::Caption => "caption",
        Flag::Short => "short",
        Flag::LookAlikes => "look-alike letters",
        Flag::Split => "split in two",
        Flag::Version => "version",
        Flag::Stub => "stub",
    }
}

/// An engine by the name that people use.
pub(super) fn engine_words(engine: &str) -> &str {
    match engine {
        "brute_force" => "brute force",
        "prefix" => "prefix join",
        "equal" => "equal keys",
        "runs" => "a shared run",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas_and_plurals() {
        assert_eq!(counted(1, "cluster"), "1 cluster");
        assert_eq!(counted(0, "place"), "0 places");
        assert_eq!(counted(1_234_567, "pair"), "1,234,567 pairs");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(100_000), "100,000");
    }

    #[test]
    fn a_similarity_is_never_shown_higher_than_it_is() {
        assert_eq!(two_decimals(Similarity::ratio(2_999, 10_000)), "0.29");
        assert_eq!(two_decimals(Similarity::ONE), "1.00");
    }

    #[test]
    fn a_share_is_shown_in_per_cent() {
        for (share, shown) in
            [(0.95, "95 %"), (0.9987, "99.8 %"), (1.0, "100 %"), (0.0, "0 %"), (0.29, "29 %")]
        {
            assert_eq!(percent(share), shown);
        }
    }

    #[test]
    fn an_evalue_is_told_in_words() {
        for (log10, words) in [
            (-21.3, "by chance once in 10^21 corpora"),
            (-3.2, "by chance once in 10^3 corpora"),
            (-1.6, "by chance once in 100 corpora"),
            (-0.9, "by chance once in 10 corpora"),
            (-0.2, "about 1 such pair by chance"),
            (0.5, "about 3 such pairs by chance"),
            (9.0, "10^9 such pairs by chance"),
        ] {
            assert_eq!(by_chance(log10), words);
        }
    }
}
