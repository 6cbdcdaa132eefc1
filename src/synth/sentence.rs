//! A generated sentence: words with the marks behind them, before it is written out.

use std::sync::LazyLock;

use super::letters::{Letters, Short};
use super::word::{Ending, Word};

/// The mark behind a word.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Mark {
    None,
    /// `'s`
    Possessive,
    Comma,
    Semicolon,
    Full,
    Ellipsis,
}

impl Mark {
    const ALL: [Self; 6] =
        [Self::None, Self::Possessive, Self::Comma, Self::Semicolon, Self::Full, Self::Ellipsis];

    const fn letters(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Possessive => "'s",
            Self::Comma => ",",
            Self::Semicolon => ";",
            Self::Full => ".",
            Self::Ellipsis => "…",
        }
    }
}

/// What follows a stem, by the ending of the word and its mark: both, and a blank.
static TAILS: LazyLock<[[Short; 6]; 5]> = LazyLock::new(|| {
    let endings = [Ending::Bare, Ending::S, Ending::Ed, Ending::Ing, Ending::Ly];
    endings.map(|ending| {
        Mark::ALL.map(|mark| Short::new(&format!("{}{} ", ending.letters(), mark.letters())))
    })
});

/// A word and the mark behind it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) mark: Mark,
}

impl Token {
    /// A word without a mark.
    pub(super) const fn bare(word: Word) -> Self {
        Self { word, mark: Mark::None }
    }
}

/// A sentence.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Sentence {
    pub(super) tokens: Vec<Token>,
}

impl Sentence {
    /// Ends the sentence with a full stop.
    pub(super) fn close(&mut self) {
        self.end(Mark::Full);
    }

    /// Ends the sentence with a mark, and turns ends before it into commas.
    pub(super) fn end(&mut self, mark: Mark) {
        for token in &mut self.tokens {
            if token.mark == Mark::Full {
                token.mark = Mark::Comma;
            }
        }
        if let Some(last) = self.tokens.last_mut() {
            last.mark = mark;
        }
    }

    /// Appends the sentence as it is written.
    pub(super) fn write(&self, out: &mut Letters) {
        let tails = &*TAILS;
        let start = out.as_bytes().len();
        for token in &self.tokens {
            out.push(token.word.stem);
            out.push(tails[token.word.ending() as usize][token.mark as usize]);
        }
        out.shorten(out.as_bytes().len().saturating_sub(1).max(start));
        out.capitalise(start);
    }

    /// The sentence as it is written.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let mut out = Letters::default();
        self.write(&mut out);
        out.as_str().to_owned()
    }
}
