//! Words of generated text: function words as they stand in the seed, and open-class words, names and numbers that are made
//! from a rank.
//!
//! A seed of a few hundred sentences has too few words for a million: two of three sentences would share a phrase. So nouns,
//! verbs and adjectives are invented: 130,000 words of syllables, drawn by Zipf's law, with the seed's own endings.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::random::Draws;

/// Open-class words have ranks from 2^4 to 2^17: the commonest is one in two hundred.
const WORD_OCTAVES: (u32, u32) = (4, 17);
/// Names have ranks from 2^3 to 2^13.
const NAME_OCTAVES: (u32, u32) = (3, 13);

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

    const fn letters(self) -> &'static str {
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
}

/// A word of generated text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Word {
    /// A function word, or a phrase that an edit puts in.
    Fixed(&'static str),
    /// An invented noun, verb, adjective or adverb.
    Open(u32, Ending),
    /// An invented name.
    Name(u32),
    /// A number.
    Number(u32, Writing),
}

impl Word {
    /// Some open-class word.
    pub(super) fn open(draws: &mut Draws, ending: Ending) -> Self {
        Self::Open(draws.zipf(WORD_OCTAVES.0, WORD_OCTAVES.1), ending)
    }

    /// Some name.
    pub(super) fn name(draws: &mut Draws) -> Self {
        Self::Name(draws.zipf(NAME_OCTAVES.0, NAME_OCTAVES.1))
    }

    /// Some number.
    pub(super) fn number(draws: &mut Draws) -> Self {
        let writing = Writing::ALL[draws.below(Writing::ALL.len())];
        let (least, count) = writing.range();
        Self::Number(least + draws.below32(count), writing)
    }

    /// Another word of the same kind; a function word stays what it is.
    pub(super) fn another(self, draws: &mut Draws) -> Self {
        for _ in 0..8 {
            let other = match self {
                Self::Fixed(_) => return self,
                Self::Open(_, ending) => Self::open(draws, ending),
                Self::Name(_) => Self::name(draws),
                Self::Number(_, writing) => {
                    let (least, count) = writing.range();
                    Self::Number(least + draws.below32(count), writing)
                }
            };
            if other != self {
                return other;
            }
        }
        self
    }

    /// Appends the word.
    pub(super) fn write(self, out: &mut String) {
        match self {
            Self::Fixed(word) => out.push_str(word),
            Self::Open(rank, ending) => {
                out.push_str(VOCABULARY.stem(rank));
                out.push_str(ending.letters());
            }
            Self::Name(rank) => out.push_str(VOCABULARY.name(rank)),
            Self::Number(value, writing) => push_number(value, writing, out),
        }
    }
}

const ONSETS: [&str; 16] =
    ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "br", "h"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ou", "ea"];
const CODAS: [&str; 4] = ["", "n", "l", "r"];

/// Every stem and name by its rank, spelled once.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

/// Words behind each other, and where each begins.
struct Vocabulary {
    letters: String,
    stems: Vec<usize>,
    names: Vec<usize>,
}

impl Vocabulary {
    /// Spells some 140,000 words, in a few milliseconds.
    fn new() -> Self {
        let mut letters = String::new();
        let mut begin = |rank, push: fn(u32, &mut String)| {
            let start = letters.len();
            push(rank, &mut letters);
            start
        };
        let stems = (0..1 << WORD_OCTAVES.1).map(|rank| begin(rank, push_stem)).collect();
        // One more name: the end of the last is the beginning of the next.
        let names = (0..=1 << NAME_OCTAVES.1).map(|rank| begin(rank, push_name)).collect();
        Self { letters, stems, names }
    }

    fn stem(&self, rank: u32) -> &str {
        let (rank, first_name) = (rank as usize, self.names[0]);
        let end = self.stems.get(rank + 1).copied().unwrap_or(first_name);
        self.letters.get(self.stems[rank]..end).unwrap_or_default()
    }

    fn name(&self, rank: u32) -> &str {
        let rank = rank as usize;
        self.letters.get(self.names[rank]..self.names[rank + 1]).unwrap_or_default()
    }
}

/// One of 128 syllables: consonants, then vowels, so that a row of them can be read in one way only.
fn push_syllable(number: u32, out: &mut String) {
    out.push_str(ONSETS[(number & 15) as usize]);
    out.push_str(VOWELS[(number >> 4 & 7) as usize]);
}

/// The invented word of a rank: two syllables for the 4,096 commonest, three for others. Different ranks, different words.
fn push_stem(rank: u32, out: &mut String) {
    // An odd factor permutes the numbers of so many bits: neighbouring ranks are then no neighbours in spelling.
    let (bits, syllables) = if rank < 1 << 12 { (14, 2) } else { (21, 3) };
    let scattered = rank.wrapping_mul(0x9e37_79b1) & ((1 << bits) - 1);
    for syllable in 0..syllables {
        push_syllable(scattered >> (7 * syllable), out);
    }
    out.push_str(CODAS[(rank.wrapping_mul(0x85eb_ca6b) >> 30) as usize]);
}

/// The name of a rank; no open-class word ends like one.
fn push_name(rank: u32, out: &mut String) {
    let start = out.len();
    let scattered = rank.wrapping_mul(0x9e37_79b1) & ((1 << 14) - 1);
    push_syllable(scattered, out);
    push_syllable(scattered >> 7, out);
    out.push_str(["nd", "rk", "lm", "x"][(rank & 3) as usize]);
    if let Some(first) = out.get_mut(start..start + 1) {
        first.make_ascii_uppercase();
    }
}

fn push_number(value: u32, writing: Writing, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match writing {
        Writing::Plain | Writing::Year => write!(out, "{value}"),
        Writing::Grouped => write!(out, "{},{:03}", value / 1_000, value % 1_000),
        Writing::Decimal => write!(out, "{}.{}", value / 10, value % 10),
        Writing::Percent => write!(out, "{value}%"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn written(word: Word) -> String {
        let mut out = String::new();
        word.write(&mut out);
        out
    }

    #[test]
    fn different_ranks_are_different_words() {
        let ranks = 1 << WORD_OCTAVES.0..1 << WORD_OCTAVES.1;
        let words: BTreeSet<_> =
            ranks.clone().map(|rank| written(Word::Open(rank, Ending::Bare))).collect();
        assert_eq!(words.len(), ranks.len());
        let ranks = 1 << NAME_OCTAVES.0..1 << NAME_OCTAVES.1;
        let names: BTreeSet<_> =
            ranks.clone().map(|rank| written(Word::Name(rank)).to_lowercase()).collect();
        assert_eq!(names.len(), ranks.len());
        assert!(names.is_disjoint(&words));
    }

    #[test]
    fn numbers_are_written_as_newspapers_do() {
        assert_eq!(written(Word::Number(1_004, Writing::Grouped)), "1,004");
        assert_eq!(written(Word::Number(37, Writing::Decimal)), "3.7");
        assert_eq!(written(Word::Number(12, Writing::Percent)), "12%");
    }
}
