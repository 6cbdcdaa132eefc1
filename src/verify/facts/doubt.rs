//! What might differ between two sentences although no fact is seen to: names where capitals do not tell, figures that one of
//! them qualifies, words that mean the opposite of one another, denials of something else, other words at all.
//!
//! Flags stand beside a score for a reader, and are right more often than they are complete; whoever removes a sentence
//! without a reader asks here too. The lists are English; names, and words in the place of others, are of any language. Nothing is
//! asked of sentences that say the same words.

use std::collections::BTreeSet;

use super::Facts;
use super::beside::Beside;
use super::negation::denied;
use super::reworded::reworded;
use super::words::Words;
use crate::verify::relation::{Flag, Flags};

/// Words that make another figure of a number that stands beside them.
const QUALIFIERS: &[&str] = &[
    "about",
    "above",
    "almost",
    "approximately",
    "around",
    "barely",
    "below",
    "between",
    "beyond",
    "double",
    "exactly",
    "exceeding",
    "fewer",
    "half",
    "halved",
    "hardly",
    "just",
    "least",
    "less",
    "maximum",
    "minimum",
    "more",
    "most",
    "nearly",
    "only",
    "over",
    "quarter",
    "roughly",
    "some",
    "third",
    "triple",
    "twice",
    "under",
    "up",
    "within",
];

impl Facts {
    /// The differences that are possible: those of [`differences`](Self::differences), and what may hide behind them.
    ///
    /// ```
    /// use twicetold::verify::Flag;
    /// use twicetold::{normalize::Normalizer, pipeline::facts};
    /// let of = |raw: &str| facts(raw, &Normalizer::default().trace(raw));
    /// let doubt = |a: &str, b: &str| of(a).possible_differences(&of(b));
    /// assert!(doubt("Thompson, Stevens, Grewcock", "Thompson, Vickery, Grewcock").has(Flag::NamesDiffer));
    /// assert!(doubt("Blinken spoke to them.", "Lavrov spoke to them.").has(Flag::NamesDiffer));
    /// assert!(doubt("Brondby beat Malmo.", "Malmo beat Brondby.").has(Flag::NamesDiffer));
    /// assert!(doubt("It took 5 hours.", "It took nearly 5 hours.").has(Flag::NumbersDiffer));
    /// assert!(doubt("Prices rose in May.", "Prices fell in May.").has(Flag::NegationDiffers));
    /// assert!(doubt("They have not left and will return.", "They have left and will not return.").has(Flag::NegationDiffers));
    /// assert!(doubt("He rejected the claims.", "He repeated the claims.").has(Flag::WordsDiffer));
    /// assert!(doubt("POLICE SPOKE TO THEM", "Police spoke to them").iter().next().is_none());
    /// ```
    pub fn possible_differences(&self, other: &Self) -> Flags {
        let beside = &Beside::new(self, other);
        let names_differ = self.names_may_differ(other) || beside.names_change_places();
        let negation_differs =
            beside.may_be_opposite() || denied(self.words.iter()) != denied(other.words.iter());
        self.differences_beside(beside)
            .with_if(names_differ, Flag::NamesDiffer)
            .with_if(beside.numbers_may_differ(), Flag::NumbersDiffer)
            .with_if(negation_differs, Flag::NegationDiffers)
            .union(reworded(beside))
    }

    /// A capitalised word of a headline is not in the other sentence, or they begin with two words neither of which is.
    fn names_may_differ(&self, other: &Self) -> bool {
        let lacks = |doubtful: &[String], words: &Words| {
            let has = |name: &String| words.contains(name) || words.contains(&format!("{name}s"));
            doubtful.iter().any(|name| !has(name))
        };
        let first = |facts: &Self| facts.words.iter().next().unwrap_or_default().to_owned();
        lacks(&self.doubtful, &other.words)
            || lacks(&other.doubtful, &self.words)
            || !other.words.contains(&first(self)) && !self.words.contains(&first(other))
    }
}

impl Beside<'_> {
    /// The names that both have stand in another order: who beat whom.
    fn names_change_places(&self) -> bool {
        let (one, other) = (self.one, self.other);
        let lists = [&one.names, &other.names, &one.doubtful, &other.doubtful];
        let is_named = |word: &str| {
            let is = |name: &String| name == word || word.strip_suffix('s') == Some(name.as_str());
            lists.iter().any(|names| names.iter().any(is))
        };
        // Names that both have are among the words that both have, unless one of them has an "s".
        if !self.lacking().any(is_named) && self.keep_order() {
            return false;
        }
        let named: BTreeSet<&str> = lists.into_iter().flatten().map(String::as_str).collect();
        if named.len() < 2 {
            return false;
        }
        let name = |word: &str| {
            let stem = named.get(word).or_else(|| named.get(word.strip_suffix('s')?));
            stem.copied()
        };
        let order = |facts: &Facts, both: &BTreeSet<&str>| -> Vec<String> {
            let mut seen = BTreeSet::new();
            let names = facts.words.iter().filter_map(name);
            let first = names.filter(|&name| both.contains(name) && seen.insert(name));
            first.map(str::to_owned).collect()
        };
        let of =
            |facts: &Facts| -> BTreeSet<&str> { facts.words.iter().filter_map(name).collect() };
        let both: BTreeSet<&str> = of(one).intersection(&of(other)).copied().collect();
        both.len() > 1 && order(one, &both) != order(other, &both)
    }

    /// Both give numbers, and one qualifies them by a word that the other lacks.
    fn numbers_may_differ(&self) -> bool {
        let both_have = !self.one.numbers.is_empty() && !self.other.numbers.is_empty();
        both_have && self.lacking().any(|word| QUALIFIERS.binary_search(&word).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::facts::RawWord;

    fn facts(raw: &str) -> Facts {
        let raw = raw.trim_end_matches('.');
        let keys: Vec<String> = raw.split(' ').map(str::to_lowercase).collect();
        let words = raw.split(' ').zip(&keys).enumerate();
        let words = words.map(|(index, (raw, key))| RawWord {
            raw,
            key,
            begins: index == 0,
            follows_mark: false,
        });
        Facts::read(&words.collect::<Vec<_>>())
    }

    #[test]
    fn an_edit_that_changes_no_fact_raises_no_doubt() {
        for (one, other) in [
            (
                "He then changed his mind in June 2004.",
                "But he then changed his mind in June 2004.",
            ),
            ("The films focus on people under siege.", "The films focused on people under siege."),
            ("The accused were Altria and Liggett.", "Accused were Altria and Liggett."),
            ("It cost 5 crowns.", "It cost five crowns."),
        ] {
            let doubt = facts(one).possible_differences(&facts(other));
            assert_eq!(doubt, Flags::default(), "{one} {other}");
        }
    }

    #[test]
    fn qualifiers_are_sorted_to_be_found() {
        assert!(QUALIFIERS.is_sorted());
    }
}
