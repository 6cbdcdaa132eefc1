//! What a similarity cannot see: whether two sentences give other numbers, deny other things or name other people.
//!
//! Facts are read from the words of the keys, and names from the raw words beside them. They are compared as multisets (names as sets) and become flags
//! that stand beside a score. Cost: linear in the words, with small tables; for reported pairs only.
//!
//! Number words, months and units are read in English; digits in any language. Negation knows the commonest words of eleven languages. An opposite
//! counts where it stands in the place of its word, and names that change places where the words around them are the same. What is not
//! seen: "unable", "hardly", "failed to".

mod beside;
#[cfg(test)]
mod claims;
mod dates;
mod doubt;
mod figures;
mod forms;
mod head;
mod names;
mod negation;
mod number;
mod numbers;
mod reworded;
mod spelled;
mod telling;
mod turned;
mod word_list;
mod words;

pub use names::{RawWord, names};
pub use negation::negations;
pub use number::{Number, Ratio, Unit};
pub use numbers::{misses_number, numbers, numbers_differ};
pub use reworded::one_asks;

use self::beside::Beside;
use self::reworded::Ending;
use self::words::Words;
use super::relation::{Flag, Flags};

/// The facts of one sentence.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// Its numbers, sorted.
    pub numbers: Vec<Number>,
    /// How often it denies.
    pub negations: u32,
    /// Its names, sorted, each once.
    pub names: Vec<String>,
    /// The days of the week that it names, a bit each.
    weekdays: u8,
    /// All its words: a name may stand where its capital says nothing.
    words: Words,
    /// Where a mark stands between two words: the place of the second one among the bytes of all.
    breaks: Vec<usize>,
    /// Words that are written as possessives, without their `s`.
    owners: Vec<String>,
    /// What might be names, where those cannot be told.
    doubtful: Vec<String>,
    /// Whether it asks or states, where a mark says so.
    ending: Option<Ending>,
}

impl Facts {
    /// Reads the facts from the words of a key and their raw forms.
    ///
    /// ```
    /// use twicetold::verify::facts::{Facts, RawWord};
    /// let read = |sentence: &'static str| {
    ///     let keys: Vec<String> = sentence.split(' ').map(|word| word.to_lowercase()).collect();
    ///     let words = sentence.split(' ').zip(&keys).enumerate();
    ///     let words = words.map(|(index, (raw, key))| RawWord { raw, key, begins: index == 0, follows_mark: false });
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
            weekdays: dates::weekdays(&keys),
            words: Words::new(&keys),
            breaks: breaks(raw_words),
            owners: raw_words.iter().filter_map(RawWord::owner).map(str::to_owned).collect(),
            doubtful: names::doubtful_names(raw_words),
            ending: None,
        }
    }

    /// The same facts, and how the sentence ends.
    #[must_use]
    pub fn ending_as(self, raw: &str) -> Self {
        Self { ending: Ending::of(raw), ..self }
    }

    /// What might be names of a headline, where they cannot be told; sorted, each once.
    pub fn possible_names(&self) -> &[String] {
        &self.doubtful
    }

    /// The first word, whose capital does not tell whether it is a name.
    pub fn first_word(&self) -> Option<&str> {
        self.words.iter().next()
    }

    /// Whether the multisets of numbers differ; a date without a year agrees with any year. A blank that one of them lost makes no difference.
    pub fn numbers_differ(&self, other: &Self) -> bool {
        self.differences(other).has(Flag::NumbersDiffer)
    }

    /// Whether one denies more often than the other, or says the opposite in the same place. A blank that one of them lost makes no difference.
    pub fn negation_differs(&self, other: &Self) -> bool {
        self.differences(other).has(Flag::NegationDiffers)
    }

    /// Whether one has a name that is nowhere in the other, in whatever case, both name days of the week, but others, or their names stand in each
    /// other's places.
    pub fn names_differ(&self, other: &Self) -> bool {
        self.differences(other).has(Flag::NamesDiffer)
    }

    /// What differs between the two: the flags of the three questions above.
    pub fn differences(&self, other: &Self) -> Flags {
        self.differences_beside(&Beside::new(self, other))
    }

    fn differences_beside(&self, beside: &Beside<'_>) -> Flags {
        let other = beside.other;
        let names = self.misses_name_of(other) || other.misses_name_of(self);
        let seen = Flags::default()
            .with_if(numbers_differ(&self.numbers, &other.numbers), Flag::NumbersDiffer)
            .with_if(self.negations != other.negations, Flag::NegationDiffers)
            .with_if(names, Flag::NamesDiffer);
        let told = if seen == Flags::default() { seen } else { self.confirmed(beside, seen) };
        let both_have_days = self.weekdays != 0 && other.weekdays != 0;
        told.with_if(both_have_days && self.weekdays != other.weekdays, Flag::NamesDiffer)
            .union(beside.turns())
    }

    /// Those differences that are left with the blanks that one of the two lost; where none was lost, all.
    fn confirmed(&self, beside: &Beside<'_>, seen: Flags) -> Flags {
        let Some([words, others]) = beside.words_apart() else { return seen };
        let other = beside.other;
        let left = |flag| {
            seen.has(flag)
                && match flag {
                    Flag::NumbersDiffer => numbers_differ(&numbers(&words), &numbers(&others)),
                    Flag::NegationDiffers => negations(&words) != negations(&others),
                    _ => self.misses(other, &words, &others) || other.misses(self, &others, &words),
                }
        };
        let all = [Flag::NumbersDiffer, Flag::NegationDiffers, Flag::NamesDiffer];
        all.into_iter().fold(Flags::default(), |flags, flag| flags.with_if(left(flag), flag))
    }

    fn misses_name_of(&self, other: &Self) -> bool {
        other.names.iter().any(|name| !self.has(name, other, |word| self.words.contains(word)))
    }

    /// The same with lost blanks restored. A name that is several words of this sentence is none.
    fn misses(&self, other: &Self, words: &[&str], others: &[&str]) -> bool {
        let is_whole = |name: &str| {
            let stands = |word: &&str| *word == name || word.strip_suffix('s') == Some(name);
            others.iter().any(stands)
        };
        other
            .names
            .iter()
            .any(|name| is_whole(name) && !self.has(name, other, |word| words.contains(&word)))
    }

    /// Whether a name of the other stands here, where an apostrophe may be lost: "Ann's" is "Ann" and "Anns".
    fn has(&self, name: &String, other: &Self, has_word: impl Fn(&str) -> bool) -> bool {
        has_word(name)
            || self.owners.contains(name)
            || other.owners.contains(name) && has_word(&format!("{name}s"))
    }
}

/// The bytes of the keys in front of each word before which a mark stands.
fn breaks(words: &[RawWord<'_>]) -> Vec<usize> {
    let mut before = 0;
    let mut breaks = Vec::new();
    for word in words {
        if word.follows_mark {
            breaks.push(before);
        }
        before += word.key.len();
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_fact_raises_one_flag() {
        let read = |sentence: &str| {
            let keys: Vec<_> = sentence.split(' ').map(str::to_lowercase).collect();
            let words = sentence.split(' ').zip(&keys).enumerate();
            let words = words.map(|(index, (raw, key))| RawWord {
                raw,
                key,
                begins: index == 0,
                follows_mark: false,
            });
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
