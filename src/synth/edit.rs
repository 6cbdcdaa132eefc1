//! Edits of words: what writers and editors do to a sentence that they take over.

use super::chain::Chain;
use super::class::{Decoy, Facts};
use super::random::Draws;
use super::sentence::{Mark, Sentence, Token};
use super::word::{Ending, Sort, Word};

/// Phrases that are put in front; `*` stands for a name.
const LEADS: [&str; 10] = [
    "In a statement,",
    "UPDATED:",
    "Sources told * that",
    "According to * and others,",
    "Breaking news:",
    "Earlier on Tuesday,",
    "The agency said",
    "As was reported before,",
    "In an interview with * it was said that",
    "Meanwhile,",
];

/// Verbs behind which "not" may stand.
const AUXILIARIES: &str =
    "was were is are will would has had have can could may must should shall did do does";

/// Puts a phrase in front.
pub(super) fn lead(sentence: &mut Sentence, draws: &mut Draws) -> Facts {
    let mut touched = Facts::default();
    let phrase = LEADS[draws.below(LEADS.len())];
    let words = phrase.split(' ').map(|word| {
        let word = if word == "*" { Word::name(draws) } else { Word::function(word) };
        touched.add(word);
        Token::bare(word)
    });
    sentence.tokens.splice(..0, words);
    touched
}

/// Joins another sentence to this one, behind or in front.
pub(super) fn merge(sentence: &mut Sentence, draws: &mut Draws, chain: &Chain) -> Facts {
    let (mut other, mut touched) = (Sentence::default(), Facts::default());
    chain.fill(draws, &mut other);
    // Halves of half of them make merges of all proportions.
    if draws.percent(50) {
        let kept = other.tokens.len() * draws.between(25, 75) / 100;
        other.tokens.truncate(kept.max(3));
    }
    other.close();
    other.tokens.iter().for_each(|token| touched.add(token.word));
    if draws.percent(50) {
        std::mem::swap(&mut sentence.tokens, &mut other.tokens);
    }
    sentence.tokens.append(&mut other.tokens);
    sentence.close();
    touched
}

/// Keeps the first or last 45 to 85 per cent of the words.
pub(super) fn truncate(sentence: &mut Sentence, draws: &mut Draws) -> Facts {
    let length = sentence.tokens.len();
    let kept = (length * draws.between(45, 85) / 100).max(3).min(length);
    let mut touched = Facts::default();
    if draws.percent(65) {
        sentence.tokens.drain(kept..).for_each(|token| touched.add(token.word));
        sentence.end(Mark::Ellipsis);
    } else {
        sentence.tokens.drain(..length - kept).for_each(|token| touched.add(token.word));
    }
    touched
}

/// How often a rewording does what: least and most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rewording {
    pub(super) substitutions: (usize, usize),
    pub(super) insertions_or_deletions: (usize, usize),
}

/// One or two words.
pub(super) const LIGHT: Rewording =
    Rewording { substitutions: (1, 2), insertions_or_deletions: (0, 1) };
/// Some words.
pub(super) const MEDIUM: Rewording =
    Rewording { substitutions: (2, 4), insertions_or_deletions: (1, 2) };
/// Many words.
const HEAVY: Rewording = Rewording { substitutions: (3, 6), insertions_or_deletions: (0, 0) };

/// Replaces words and puts some in or leaves some out. Names, numbers and negations stay: whoever rewords does not change facts.
pub(super) fn reword(sentence: &mut Sentence, draws: &mut Draws, amount: Rewording) -> Facts {
    let (least, most) = amount.substitutions;
    for _ in 0..draws.between(least, most) {
        substitute(sentence, draws);
    }
    let (least, most) = amount.insertions_or_deletions;
    for _ in 0..draws.between(least, most) {
        if draws.percent(50) {
            let place = draws.below(sentence.tokens.len());
            let word = Word::open(draws, Ending::Bare);
            sentence.tokens.insert(place, Token::bare(word));
        } else {
            delete(sentence, draws);
        }
    }
    Facts::default()
}

fn substitute(sentence: &mut Sentence, draws: &mut Draws) {
    let is_open = |word: Word| matches!(word.sort, Sort::Open(_));
    if let Some(place) = place_of(sentence, draws, is_open) {
        let token = &mut sentence.tokens[place];
        token.word = token.word.another(draws);
    }
}

fn delete(sentence: &mut Sentence, draws: &mut Draws) {
    if sentence.tokens.len() < 5 {
        return;
    }
    if let Some(place) = place_of(sentence, draws, |word| word.fact().is_none()) {
        let removed = sentence.tokens.remove(place);
        if removed.mark == Mark::Full {
            sentence.close();
        }
    }
}

/// Moves the clauses about, replaces many words, and may add who says so.
pub(super) fn rewrite(sentence: &mut Sentence, draws: &mut Draws) -> Facts {
    let ends_clause = |token: &Token| matches!(token.mark, Mark::Comma | Mark::Semicolon);
    let commas: Vec<usize> = (0..sentence.tokens.len().saturating_sub(1))
        .filter(|&place| ends_clause(&sentence.tokens[place]))
        .collect();
    let turn = match commas.get(draws.below(commas.len())) {
        Some(&comma) => comma + 1,
        None => sentence.tokens.len() / 2,
    };
    sentence.tokens.rotate_left(turn);
    sentence.close();
    let touched = reword(sentence, draws, HEAVY);
    if draws.percent(40) {
        let speaker =
            [Word::function("said"), Word::function("a"), Word::open(draws, Ending::Bare)];
        sentence.end(Mark::Comma);
        sentence.tokens.extend(speaker.map(Token::bare));
        sentence.close();
    }
    touched
}

/// Changes one fact. Which kind was changed; `None` where the sentence has none that could be.
pub(super) fn decoy(sentence: &mut Sentence, draws: &mut Draws) -> Option<Decoy> {
    let first = draws.below(Decoy::ALL.len());
    let order = Decoy::ALL.iter().cycle().skip(first).take(Decoy::ALL.len()).copied();
    order.into_iter().find(|&kind| alter(sentence, draws, kind))
}

/// Changes a fact of one kind. Whether the sentence had one that could be.
pub(super) fn alter(sentence: &mut Sentence, draws: &mut Draws, kind: Decoy) -> bool {
    match kind {
        Decoy::Numbers => change(sentence, draws, |word| matches!(word.sort, Sort::Number(_))),
        Decoy::Names => change(sentence, draws, |word| word.sort == Sort::Name),
        Decoy::Negation => negate(sentence, draws),
    }
}

/// Replaces every occurrence of one word of a kind by another of its kind.
fn change(sentence: &mut Sentence, draws: &mut Draws, is_meant: impl Fn(Word) -> bool) -> bool {
    // A name that begins the sentence is seen as one only by its capital, which any word has there.
    let place = place_of_some(sentence, draws, |place, word| place > 0 && is_meant(word));
    let Some(old) = place.map(|place| sentence.tokens[place].word) else { return false };
    let new = old.another(draws);
    for token in sentence.tokens.iter_mut().filter(|token| token.word == old) {
        token.word = new;
    }
    new != old
}

fn negate(sentence: &mut Sentence, draws: &mut Draws) -> bool {
    if let Some(place) = place_of(sentence, draws, |word| word == Word::function("not")) {
        sentence.tokens.remove(place);
        sentence.close();
        return true;
    }
    let is_auxiliary = |word: Word| {
        word.sort == Sort::Function
            && AUXILIARIES.split(' ').any(|other| other.as_bytes() == word.stem.as_bytes())
    };
    let Some(place) = place_of(sentence, draws, is_auxiliary) else { return false };
    let mark = std::mem::replace(&mut sentence.tokens[place].mark, Mark::None);
    sentence.tokens.insert(place + 1, Token { word: Word::function("not"), mark });
    true
}

/// The place of some word of a kind.
fn place_of(
    sentence: &Sentence,
    draws: &mut Draws,
    is_meant: impl Fn(Word) -> bool,
) -> Option<usize> {
    place_of_some(sentence, draws, |_, word| is_meant(word))
}

fn place_of_some(
    sentence: &Sentence,
    draws: &mut Draws,
    is_meant: impl Fn(usize, Word) -> bool,
) -> Option<usize> {
    let places = || {
        let tokens = sentence.tokens.iter().enumerate();
        tokens.filter(|(place, token)| is_meant(*place, token.word)).map(|(place, _)| place)
    };
    let count = places().count();
    if count == 0 { None } else { places().nth(draws.below(count)) }
}
