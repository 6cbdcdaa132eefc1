//! What a similarity cannot see: whether two sentences give other numbers, deny other things or name other people.
//!
//! Facts are read from the words of the keys, and names from the raw words beside them. They are compared as multisets (names as sets) and become flags
//! that stand beside a score. Cost: linear in the words, with small tables; for reported pairs only.
//!
//! Number words, months and units are read in English; digits in any language. Negation knows the commonest words of eleven languages. What is not
//! seen: antonyms, "unable", "hardly", "failed to", and names that changed places.

#[cfg(test)]
mod claims;
mod dates;
mod figures;
mod names;
mod negation;
mod number;
mod numbers;
mod spelled;
mod word_list;

pub use names::{RawWord, names};
pub use negation::negations;
pub use number::{Number, Ratio, Unit};
pub use numbers::{numbers, numbers_differ};

/// The facts of one sentence.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// Its numbers, sorted.
    pub numbers: Vec<Number>,
    /// How often it denies.
    pub negations: u32,
    /// Its names, sorted, each once.
    pub names: Vec<String>,
    /// All its words: a name may stand where its capital says nothing.
    words: Words,
}

/// Words behind each other, and where each ends: two allocations a sentence instead of one a word.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Words {
    text: String,
    ends: Vec<usize>,
}

impl Words {
    fn new<S: AsRef<str>>(words: impl Iterator<Item = S>) -> Self {
        let mut known = Self::default();
        for word in words {
            known.text.push_str(word.as_ref());
            known.ends.push(known.text.len());
        }
        known
    }

    fn contains(&self, word: &str) -> bool {
        let starts = [0].iter().chain(&self.ends);
        starts.zip(&self.ends).any(|(&start, &end)| self.text.get(start..end) == Some(word))
    }
}

impl Facts {
    /// Reads the facts from the words of a key and their raw forms.
    ///
    /// ```
    /// use twicetold::verify::facts::{Facts, RawWord};
    /// let read = |sentence: &'static str| {
    ///     let keys: Vec<String> = sentence.split(' ').map(|word| word.to_lowercase()).collect();
    ///     let words = sentence.split(' ').zip(&keys).enumerate();
    ///     let words = words.map(|(index, (raw, key))| RawWord { raw, key, begins: index == 0 });
    ///     Facts::read(&words.collect::<Vec<_>>())
    /// };
    /// let (a, b) = (read("On June 5 Ann did not pay $2m"), read("Ann did pay 2 million dollars on 5 June"));
    /// assert!(!a.numbers_differ(&b) && !a.names_differ(&b));
    /// assert!(a.negation_differs(&b));
    /// ```
    pub fn read(raw_words: &[RawWord<'_>]) -> Self {
        let keys: Vec<&str> = raw_words.iter().map(|word| word.key).collect();
        Self {
            numbers: numbers(&keys),
            negations: negations(&keys),
            names: names(raw_words),
            words: Words::new(raw_words.iter().map(RawWord::stem)),
        }
    }

    /// Whether the multisets of numbers differ; a date without a year agrees with any year.
    pub fn numbers_differ(&self, other: &Self) -> bool {
        numbers_differ(&self.numbers, &other.numbers)
    }

    /// Whether one denies more often than the other.
    pub const fn negation_differs(&self, other: &Self) -> bool {
        self.negations != other.negations
    }

    /// Whether one has a name that is nowhere in the other, in whatever case.
    pub fn names_differ(&self, other: &Self) -> bool {
        self.misses_name_of(other) || other.misses_name_of(self)
    }

    fn misses_name_of(&self, other: &Self) -> bool {
        other.names.iter().any(|name| !self.words.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_fact_raises_one_flag() {
        let read = |sentence: &str| {
            let keys: Vec<_> = sentence.split(' ').map(str::to_lowercase).collect();
            let words = sentence.split(' ').zip(&keys).enumerate();
            let words = words.map(|(index, (raw, key))| RawWord { raw, key, begins: index == 0 });
            Facts::read(&words.collect::<Vec<_>>())
        };
        let base = read("Then Ann Lee said 5 dogs did not bark");
        for (sentence, flags) in [
            ("Ann Lee then said five dogs did not bark", [false, false, false]),
            ("Then Ann Lee said 6 dogs did not bark", [true, false, false]),
            ("Then Ann Lee said 5 dogs did bark", [false, true, false]),
            ("Then Ann Roy said 5 dogs did not bark", [false, false, true]),
        ] {
            let other = read(sentence);
            let found = [
                base.numbers_differ(&other),
                base.negation_differs(&other),
                base.names_differ(&other),
            ];
            assert_eq!(found, flags, "{sentence}");
        }
    }
}
