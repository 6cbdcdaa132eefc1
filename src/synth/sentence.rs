//! A generated sentence: words with the marks behind them, before it is written out.

use super::word::Word;

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
    pub(super) fn write(&self, out: &mut String) {
        let start = out.len();
        for (place, token) in self.tokens.iter().enumerate() {
            if place > 0 {
                out.push(' ');
            }
            token.word.write(out);
            out.push_str(token.mark.letters());
        }
        if let Some(first) = out.get_mut(start..start + 1) {
            first.make_ascii_uppercase();
        }
    }

    /// The sentence as it is written.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}
