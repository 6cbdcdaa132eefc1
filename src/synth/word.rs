//! Words of generated text: function words as they stand in the seed, and open-class words, names and numbers that are made
//! from a rank.
//!
//! A seed of a few hundred sentences has too few words for a million: two of three sentences would share a phrase. So nouns,
//! verbs and adjectives are invented: 130,000 words of syllables, drawn by Zipf's law, with the seed's own endings.

use std::sync::LazyLock;

use super::class::Decoy;
use super::letters::{Short, digit};
use super::random::Draws;

/// Open-class words have ranks from 2^4 to 2^17: the commonest is one in two hundred.
const WORD_OCTAVES: (u32, u32) = (4, 17);
/// Names have ranks from 2^3 to 2^13.
const NAME_OCTAVES: (u32, u32) = (3, 13);

/// Function words that are numbers, and those that deny.
const COUNTS: [&str; 5] = ["two", "three", "five", "six", "ten"];
const DENIALS: [&str; 10] =
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without"];

/// The grammar of an open-class word, as far as its ending tells.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Ending {
    Bare,
    S,
    Ed,
    Ing,
    Ly,
}

impl Ending {
    /// The ending of a word of the seed.
    pub(super) fn of(word: &str) -> Self {
        let endings = [("ing", Self::Ing), ("ed", Self::Ed), ("ly", Self::Ly), ("s", Self::S)];
        let found = endings.into_iter().find(|(letters, _)| word.ends_with(letters));
        found.map_or(Self::Bare, |(_, ending)| ending)
    }

    pub(super) const fn letters(self) -> &'static str {
        match self {
            Self::Bare => "",
            Self::S => "s",
            Self::Ed => "ted",
            Self::Ing => "ning",
            Self::Ly => "rly",
        }
    }
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Writing {
    /// 2 to 999
    Plain,
    /// 1,000 to 999,999, with a comma
    Grouped,
    /// 1.1 to 99.9
    Decimal,
    /// 1% to 99%
    Percent,
    /// 1900 to 2029
    Year,
}

impl Writing {
    const ALL: [Self; 5] = [Self::Plain, Self::Grouped, Self::Decimal, Self::Percent, Self::Year];

    /// The least value and how many there are.
    const fn range(self) -> (u32, u32) {
        match self {
            Self::Plain => (2, 998),
            Self::Grouped => (1_000, 999_000),
            Self::Decimal => (11, 989),
            Self::Percent => (1, 99),
            Self::Year => (1_900, 130),
        }
    }

    /// Some number, written so.
    fn draw(self, draws: &mut Draws) -> Short {
        let (least, count) = self.range();
        let value = u64::from(least + draws.below32(count));
        match self {
            Self::Plain | Self::Year => digits(value),
            Self::Grouped => {
                let thousands = digits(value / 1_000).with(b',');
                [100, 10, 1].iter().fold(thousands, |word, unit| word.with(digit(value / unit)))
            }
            Self::Decimal => digits(value / 10).with(b'.').with(digit(value)),
            Self::Percent => digits(value).with(b'%'),
        }
    }
}

/// A number of up to six digits.
fn digits(value: u64) -> Short {
    let units = [100_000, 10_000, 1_000, 100, 10, 1];
    let written = units.iter().filter(|&&unit| value >= unit || unit == 1);
    written.fold(Short::default(), |word, unit| word.with(digit(value / unit)))
}

/// What kind of word it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sort {
    /// A function word, or one that an edit puts in.
    Function,
    /// A function word that is a number.
    Count,
    /// A function word that denies.
    Denial,
    /// An invented noun, verb, adjective or adverb.
    Open(Ending),
    /// An invented name.
    Name,
    /// A number.
    Number(Writing),
}

/// A word of generated text: its stem as it is written, and what it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Word {
    pub(super) stem: Short,
    pub(super) sort: Sort,
}

impl Word {
    /// A function word, or one that an edit puts in.
    pub(super) fn function(word: &str) -> Self {
        let sort = if COUNTS.contains(&word) {
            Sort::Count
        } else if DENIALS.contains(&word) {
            Sort::Denial
        } else {
            Sort::Function
        };
        Self { stem: Short::new(word), sort }
    }

    /// Some open-class word.
    #[inline]
    pub(super) fn open(draws: &mut Draws, ending: Ending) -> Self {
        let rank = draws.zipf(WORD_OCTAVES.0, WORD_OCTAVES.1);
        Self { stem: VOCABULARY.stems[rank as usize], sort: Sort::Open(ending) }
    }

    /// Some name.
    pub(super) fn name(draws: &mut Draws) -> Self {
        let rank = draws.zipf(NAME_OCTAVES.0, NAME_OCTAVES.1);
        Self { stem: VOCABULARY.names[rank as usize], sort: Sort::Name }
    }

    /// Some number.
    pub(super) fn number(draws: &mut Draws) -> Self {
        let writing = Writing::ALL[draws.below(Writing::ALL.len())];
        Self { stem: writing.draw(draws), sort: Sort::Number(writing) }
    }

    /// Another word of the same kind; a function word stays what it is.
    pub(super) fn another(self, draws: &mut Draws) -> Self {
        for _ in 0..8 {
            let other = match self.sort {
                Sort::Function | Sort::Count | Sort::Denial => return self,
                Sort::Open(ending) => Self::open(draws, ending),
                Sort::Name => Self::name(draws),
                Sort::Number(writing) => Self { stem: writing.draw(draws), ..self },
            };
            if other != self {
                return other;
            }
        }
        self
    }

    /// The kind of fact that it is.
    pub(super) const fn fact(self) -> Option<Decoy> {
        match self.sort {
            Sort::Count | Sort::Number(_) => Some(Decoy::Numbers),
            Sort::Denial => Some(Decoy::Negation),
            Sort::Name => Some(Decoy::Names),
            Sort::Function | Sort::Open(_) => None,
        }
    }

    /// The ending that follows the stem.
    #[inline]
    pub(super) const fn ending(self) -> Ending {
        if let Sort::Open(ending) = self.sort { ending } else { Ending::Bare }
    }
}

const ONSETS: [&str; 16] =
    ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "br", "h"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ou", "ea"];
const CODAS: [&str; 4] = ["", "n", "l", "r"];

/// Every stem and name by its rank, spelled once.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

struct Vocabulary {
    stems: Vec<Short>,
    names: Vec<Short>,
}

impl Vocabulary {
    /// Spells some 140,000 words, in a few milliseconds.
    fn new() -> Self {
        Self {
            stems: (0..1 << WORD_OCTAVES.1).map(stem).collect(),
            names: (0..1 << NAME_OCTAVES.1).map(name).collect(),
        }
    }
}

/// A word with more letters.
fn with(word: Short, letters: &str) -> Short {
    letters.bytes().fold(word, Short::with)
}

/// A word with one of 128 syllables: consonants, then vowels, so that a row of them can be read in one way only.
fn with_syllable(word: Short, number: u32) -> Short {
    let onset = with(word, ONSETS[(number & 15) as usize]);
    with(onset, VOWELS[(number >> 4 & 7) as usize])
}

/// The invented word of a rank: two syllables for the 4,096 commonest, three for others. Different ranks, different words.
fn stem(rank: u32) -> Short {
    // An odd factor permutes the numbers of so many bits: neighbouring ranks are then no neighbours in spelling.
    let (bits, syllables) = if rank < 1 << 12 { (14, 2) } else { (21, 3) };
    let scattered = rank.wrapping_mul(0x9e37_79b1) & ((1 << bits) - 1);
    let syllables = (0..syllables).map(|syllable| scattered >> (7 * syllable));
    let word = syllables.fold(Short::default(), with_syllable);
    with(word, CODAS[(rank.wrapping_mul(0x85eb_ca6b) >> 30) as usize])
}

/// The name of a rank; no open-class word ends like one.
fn name(rank: u32) -> Short {
    let scattered = rank.wrapping_mul(0x9e37_79b1) & ((1 << 14) - 1);
    let word = with_syllable(with_syllable(Short::default(), scattered), scattered >> 7);
    with(word, ["nd", "rk", "lm", "x"][(rank & 3) as usize]).capitalised()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn different_ranks_are_different_words() {
        let stems: BTreeSet<Short> =
            VOCABULARY.stems[1 << WORD_OCTAVES.0..].iter().copied().collect();
        assert_eq!(stems.len(), (1 << WORD_OCTAVES.1) - (1 << WORD_OCTAVES.0));
        let names: BTreeSet<Short> =
            VOCABULARY.names[1 << NAME_OCTAVES.0..].iter().copied().collect();
        assert_eq!(names.len(), (1 << NAME_OCTAVES.1) - (1 << NAME_OCTAVES.0));
        let small = names.iter().map(|name| name.as_bytes().to_ascii_lowercase());
        let small: BTreeSet<Vec<u8>> = small.collect();
        assert!(!stems.iter().any(|stem| small.contains(stem.as_bytes())));
        assert!(stems.iter().chain(&names).all(|word| word.len() < Short::MOST));
    }

    #[test]
    fn numbers_are_written_as_newspapers_do() {
        let mut draws = Draws::new(1, crate::synth::random::Purpose::Base, 0);
        let mut shapes = BTreeSet::new();
        for _ in 0..2_000 {
            let written =
                String::from_utf8(Word::number(&mut draws).stem.as_bytes().to_vec()).unwrap();
            let plain: u32 = written.replace([',', '.', '%'], "").parse().unwrap();
            assert!(plain > 0 && !written.starts_with('0'), "{written}");
            shapes.insert(written.replace(|c: char| c.is_ascii_digit(), "9"));
        }
        for shape in
            ["9", "99", "999", "9,999", "99,999", "999,999", "9.9", "99.9", "9%", "99%", "9999"]
        {
            assert!(shapes.contains(shape), "{shape}: {shapes:?}");
        }
        assert_eq!(shapes.len(), 11);
    }

    #[test]
    fn counts_denials_names_and_numbers_are_facts() {
        let facts = ["three", "neither", "that"].map(|word| Word::function(word).fact());
        assert_eq!(facts, [Some(Decoy::Numbers), Some(Decoy::Negation), None]);
    }
}
