//! A sentence of an article, and what became of it on its way.

use crate::synth::chain::Chain;
use crate::synth::class::{Class, Decoy, Facts};
use crate::synth::damage;
use crate::synth::edit::{self, Rewording};
use crate::synth::letters::Letters;
use crate::synth::random::Draws;
use crate::synth::sentence::{Mark, Sentence};
use crate::synth::word::{Sort, Word};

/// Of a hundred sentences in a copy that was edited so many are looked at by the editor.
const TOUCHED: usize = 50;
/// Of a hundred carried sentences so many have another figure, where they have one.
const FIGURES: usize = 5;
/// The same for a "not" put in or left out.
const NEGATIONS: usize = 3;
/// The same for words of a quotation.
const QUOTES: usize = 8;
/// Function words that may stand behind each other.
const PHRASE: usize = 4;
/// Sentences that are tried until one has no longer phrase.
const TRIES: usize = 60;
/// One or two words of a quotation.
const MISQUOTED: Rewording = Rewording { substitutions: (1, 2), insertions_or_deletions: (0, 0) };

/// Whose words a sentence has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stem {
    /// Those of the story's sentence of this number.
    Told(u32),
    /// The same, and it was said to several outlets at once.
    Said(u32),
    /// A phrase that everybody uses.
    Stock,
}

impl Stem {
    /// The number in its story.
    pub(super) const fn number(self) -> Option<u32> {
        match self {
            Self::Told(number) | Self::Said(number) => Some(number),
            Self::Stock => None,
        }
    }
}

/// What was changed on the way; numbers of changes, so that two sentences have the same ones only if one comes from the other.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Changes {
    pub(super) figures: Vec<u32>,
    pub(super) negations: Vec<u32>,
    pub(super) quotes: Vec<u32>,
}

/// A sentence of an article.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) stem: Stem,
    sentence: Sentence,
    /// Who says it, if somebody does.
    speaker: Option<[Word; 2]>,
    /// As it is written.
    pub(super) text: String,
    pub(super) changes: Changes,
    /// Facts that came or went with other words.
    pub(super) blurred: Facts,
    /// The last edit.
    pub(super) class: Class,
}

impl Line {
    /// A new sentence.
    pub(super) fn told(number: u32, chain: &Chain, draws: &mut Draws) -> Self {
        Self::new(Stem::Told(number), telling(chain, draws), None)
    }

    /// A new quotation.
    pub(super) fn quoted(stem: Stem, chain: &Chain, draws: &mut Draws) -> Self {
        let sentence = telling(chain, draws);
        let speaker = [Word::name(draws), Word::name(draws)];
        Self::new(stem, sentence, Some(speaker))
    }

    /// A stock phrase.
    pub(super) fn stock(text: String) -> Self {
        let mut line = Self::new(Stem::Stock, Sentence::default(), None);
        line.text = text;
        line
    }

    fn new(stem: Stem, sentence: Sentence, speaker: Option<[Word; 2]>) -> Self {
        let (text, changes) = (String::new(), Changes::default());
        let (blurred, class) = (Facts::default(), Class::Exact);
        let mut line = Self { stem, sentence, speaker, text, changes, blurred, class };
        line.write();
        line
    }

    pub(super) const fn is_quote(&self) -> bool {
        self.speaker.is_some()
    }

    /// The figures and the denials of its words, in order.
    pub(super) fn facts(&self) -> (Vec<Word>, usize) {
        let words = self.sentence.tokens.iter().map(|token| token.word);
        let figures = words.clone().filter(|word| matches!(word.sort, Sort::Number(_))).collect();
        (figures, words.filter(|word| word.sort == Sort::Denial).count())
    }

    fn write(&mut self) {
        let mut letters = Letters::default();
        match self.speaker {
            None => self.sentence.write(&mut letters),
            Some([first, last]) => {
                let mut said = self.sentence.clone();
                said.end(Mark::Comma);
                letters.extend(b"\"");
                let start = letters.as_bytes().len();
                said.write(&mut letters);
                letters.capitalise(start);
                letters.extend(b"\" said ");
                letters.push(first.stem);
                letters.extend(b" ");
                letters.push(last.stem);
                letters.extend(b".");
            }
        }
        letters.as_str().clone_into(&mut self.text);
    }

    /// Changes a fact now and then, as copying does. `next` numbers changes.
    pub(super) fn alter(&mut self, draws: &mut Draws, next: &mut u32) {
        let (figure, negation) = (draws.percent(FIGURES), draws.percent(NEGATIONS));
        if self.stem == Stem::Stock {
            return;
        }
        *next += 1;
        if self.is_quote() {
            let before = self.sentence.clone();
            if draws.percent(QUOTES) {
                edit::reword(&mut self.sentence, draws, MISQUOTED);
            }
            if before != self.sentence {
                self.changes.quotes.push(*next);
                self.write();
            }
        } else if figure && edit::alter(&mut self.sentence, draws, Decoy::Numbers) {
            self.changes.figures.push(*next);
            self.write();
        } else if negation && edit::alter(&mut self.sentence, draws, Decoy::Negation) {
            self.changes.negations.push(*next);
            self.write();
        }
    }

    /// Edits it now and then, as a desk does. What somebody said is left as it is, and so is what was changed already.
    pub(super) fn edit(&mut self, draws: &mut Draws, chain: &Chain) {
        let is_touched = draws.percent(TOUCHED);
        if !is_touched || self.is_quote() || self.stem == Stem::Stock {
            return;
        }
        if self.changes != Changes::default() {
            return;
        }
        let class =
            Class::at(super::Preset::Scraped, draws.below(Class::total(super::Preset::Scraped)));
        if class == Class::Exact {
            return;
        }
        self.class = class;
        let sentence = &mut self.sentence;
        let touched = match class {
            Class::Lead => edit::lead(sentence, draws),
            Class::Merge => edit::merge(sentence, draws, chain),
            Class::Trunc => edit::truncate(sentence, draws),
            Class::Light => edit::reword(sentence, draws, edit::LIGHT),
            Class::Medium => edit::reword(sentence, draws, edit::MEDIUM),
            Class::Rewrite => edit::rewrite(sentence, draws),
            _ => Facts::default(),
        };
        self.write();
        let damaged = match class {
            Class::Glue => damage::glue(&mut self.text, draws),
            Class::Ocr => damage::ocr(&mut self.text, &self.sentence, draws),
            Class::Typography => {
                let text = std::mem::take(&mut self.text);
                damage::typography(&text, &mut self.text, draws);
                Facts::default()
            }
            _ => Facts::default(),
        };
        for facts in [touched, damaged] {
            self.blurred = self.blurred.union(facts);
        }
    }
}

/// A new sentence without a long phrase of the chain's seed: in many articles such phrases would come again, and articles would share what nobody planted.
fn telling(chain: &Chain, draws: &mut Draws) -> Sentence {
    let mut sentence = Sentence::default();
    for _ in 0..TRIES {
        chain.fill(draws, &mut sentence);
        let words = sentence.tokens.iter().map(|token| token.word.sort);
        let is_phrase = |sort| matches!(sort, Sort::Function | Sort::Count | Sort::Denial);
        let longest = words.fold((0, 0), |(longest, run), sort| {
            let run = if is_phrase(sort) { run + 1 } else { 0 };
            (run.max(longest), run)
        });
        // "I." and "a." at an end are read as initials.
        let ends = sentence.tokens.last().is_some_and(|token| token.word.stem.len() > 1);
        if longest.0 <= PHRASE && ends {
            break;
        }
    }
    sentence
}

/// The words of a text, in small letters without marks.
pub(super) fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// How many words of a text stand in another one, each as often as there.
pub(super) fn taken(text: &str, from: &str) -> usize {
    let mut there = words(from);
    let mut count = 0;
    for word in words(text) {
        if let Some(place) = there.iter().position(|other| *other == word) {
            there.swap_remove(place);
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_as_often_as_they_are_there() {
        assert_eq!(taken("The red barn, the barn", "A barn: the RED one."), 3);
    }
}
