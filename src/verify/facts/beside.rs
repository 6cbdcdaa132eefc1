//! Two sentences beside each other, and what each says that the other lacks.
//!
//! Most of what is asked of a pair depends on a few words, those that only one of the two has. They are looked for once a pair; where they
//! and the order of the others settle a question, it is not asked of the whole sentences.

use std::cell::OnceCell;

use super::Facts;

/// Two sentences.
#[derive(Debug)]
pub(super) struct Beside<'a> {
    pub(super) one: &'a Facts,
    pub(super) other: &'a Facts,
    /// Positions of the first one's words that the second lacks, ascending.
    gone: Vec<usize>,
    /// Positions of the second one's words that the first lacks, ascending.
    come: Vec<usize>,
    apart: OnceCell<[Option<Vec<&'a str>>; 2]>,
}

impl<'a> Beside<'a> {
    pub(super) fn new(one: &'a Facts, other: &'a Facts) -> Self {
        let gone = one.words.lacking_in(&other.words);
        let come = other.words.lacking_in(&one.words);
        Self { one, other, gone, come, apart: OnceCell::new() }
    }

    /// The words that the second sentence lacks.
    pub(super) fn gone(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.gone.iter().map(|&at| self.one.words.word(at))
    }

    /// The words that the first sentence lacks.
    pub(super) fn come(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.come.iter().map(|&at| self.other.words.word(at))
    }

    /// The words that one of the two lacks.
    pub(super) fn lacking(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.gone().chain(self.come())
    }

    /// Whether the words that both have stand in one order, as often here as there.
    pub(super) fn keep_order(&self) -> bool {
        self.one.words.without(&self.gone).eq(self.other.words.without(&self.come))
    }

    /// The words of both, where each that is several words of the other sentence in one is read as those; `None` for a sentence in which
    /// none is.
    pub(super) fn apart(&self) -> [Option<&[&'a str]>; 2] {
        let taken = || {
            let (one, other) = (&self.one.words, &self.other.words);
            [one.apart(&self.gone, other), other.apart(&self.come, one)]
        };
        let [one, other] = self.apart.get_or_init(taken);
        [one.as_deref(), other.as_deref()]
    }

    /// The same with all words of a sentence in which none is taken apart; `None` if none is in either.
    pub(super) fn words_apart(&self) -> Option<[Vec<&'a str>; 2]> {
        let [one, other] = self.apart();
        if one.is_none() && other.is_none() {
            return None;
        }
        let whole = |facts: &'a Facts| facts.words.iter().collect();
        let one = one.map_or_else(|| whole(self.one), <[_]>::to_vec);
        Some([one, other.map_or_else(|| whole(self.other), <[_]>::to_vec)])
    }
}
