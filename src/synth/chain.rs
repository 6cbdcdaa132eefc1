//! Sentences by a chain of word trigrams: each word is drawn from those that follow the two before it somewhere in the seed.
//!
//! The seed is 100 sentences made up for the purpose, and 260 Bible verses in public-domain translations. Only its function
//! words and commas are kept as they are; any other word is its ending, any capitalised one a name, any figure a number. So
//! most pairs of words have many successors, and a generated sentence is not a quilt of seed sentences.

use std::collections::BTreeMap;

use super::random::Draws;
use super::sentence::{Mark, Sentence, Token};
use super::word::{Ending, Word};

const SEED: [&str; 2] = [include_str!("seed.txt"), include_str!("verses.txt")];

/// Words that have no meaning of their own, and so are kept; also the commonest verbs of reports.
const FUNCTION_WORDS: &str = "a about above according across after again against all almost although always an and another any anybody \
    are around as ask asked at away back be because been before began being below between both but by called came can cannot could \
    did do does down during each early either else even every everybody few fewer first five for former found from given goes going \
    gone had half has hath have he her here him himself his how however i if in into is it its itself last late later least less \
    let like likely little longer lot made make many may me more most much must my near neither never new next no nobody none nor \
    not nothing now of off old on once one only onto or other others our out over own part past put rather said same say saying says \
    second see seen shall she should since six so some soon still such take ten than that the thee their them then there therefore \
    these they thing things this those thou three through thus thy till to together told took two under unto until up upon us very \
    was we went were what when where which while who whose will wish with within without wrote year years yet you your";

/// What a word of the seed stands for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Kind {
    /// The function word at this place of the list.
    Fixed(u16),
    Open(Ending),
    Name,
    Number,
}

/// A word of the seed and the mark behind it; `None` is the end of a sentence.
type Symbol = Option<(Kind, Mark)>;

/// Steps behind one another: where they begin, and how many.
#[derive(Clone, Copy, Debug, Default)]
struct Steps {
    first: u32,
    count: u32,
}

/// A successor: what comes, and what may come then.
#[derive(Clone, Copy, Debug)]
struct Step {
    symbol: Symbol,
    next: Steps,
}

/// The chain.
#[derive(Debug)]
pub(super) struct Chain {
    /// What may begin a sentence.
    begin: Steps,
    /// The successors of one state are neighbours, repetitions and all.
    steps: Vec<Step>,
    fixed: Vec<Word>,
}

/// The state before the first word.
const BEGIN: usize = 0;

/// A sentence has at least so many words.
const LEAST: usize = 8;

/// So many of them are no function words; else sentences of function words alone would come again and again.
const LEAST_CONTENT: usize = 4;

/// From so many words on, a sentence ends at the next comma.
const LONG: usize = 30;

/// A sentence has at most so many words.
const MOST: usize = 40;

impl Chain {
    /// Counts the trigrams of the seed. Cost: some milliseconds.
    pub(super) fn new() -> Self {
        let fixed: Vec<&str> = FUNCTION_WORDS.split_whitespace().collect();
        let mut states: BTreeMap<(Symbol, Symbol), usize> = BTreeMap::from([((None, None), BEGIN)]);
        let mut successors: Vec<Vec<(Symbol, usize)>> = vec![Vec::new()];
        for line in SEED.iter().flat_map(|text| text.lines()) {
            let (mut at, mut before) = (BEGIN, None);
            let symbols = line.split_whitespace().enumerate();
            let symbols = symbols.map(|(place, word)| Some(symbol(word, place == 0, &fixed)));
            for symbol in symbols.chain([None]) {
                let next = states.len();
                let state = *states.entry((before, symbol)).or_insert(next);
                if state == next {
                    successors.push(Vec::new());
                }
                successors[at].push((symbol, state));
                (at, before) = (state, symbol);
            }
        }
        let fixed = fixed.into_iter().map(Word::function).collect();
        let (places, steps) = laid_out(&successors);
        Self { begin: places[BEGIN], steps, fixed }
    }

    /// Replaces the content of a sentence by a new one of 8 to 40 words.
    pub(super) fn fill(&self, draws: &mut Draws, sentence: &mut Sentence) {
        sentence.tokens.clear();
        let (mut next, mut content) = (self.begin, 0);
        while sentence.tokens.len() < MOST {
            let place = next.first + draws.below32(next.count);
            let Some(step) = self.steps.get(place as usize) else { break };
            next = step.next;
            if let Some((kind, mark)) = step.symbol {
                let word = self.word(kind, draws);
                sentence.tokens.push(Token { word, mark });
                content += usize::from(!matches!(kind, Kind::Fixed(_)));
                if sentence.tokens.len() >= LONG && matches!(mark, Mark::Comma | Mark::Semicolon) {
                    break;
                }
            } else if sentence.tokens.len() < LEAST || content < LEAST_CONTENT {
                sentence.tokens.push(Token::bare(Word::function("and")));
                next = self.begin;
            } else {
                break;
            }
        }
        sentence.close();
    }

    #[inline]
    fn word(&self, kind: Kind, draws: &mut Draws) -> Word {
        match kind {
            Kind::Fixed(place) => self.fixed[usize::from(place)],
            Kind::Open(ending) => Word::open(draws, ending),
            Kind::Name => Word::name(draws),
            Kind::Number => Word::number(draws),
        }
    }
}

/// The successors of all states in one list, and where each state's are.
fn laid_out(successors: &[Vec<(Symbol, usize)>]) -> (Vec<Steps>, Vec<Step>) {
    let count = |steps: &Vec<(Symbol, usize)>| u32::try_from(steps.len()).unwrap_or(0);
    let places = successors.iter().scan(0, |end, steps| {
        let first = *end;
        *end += count(steps);
        Some(Steps { first, count: count(steps) })
    });
    let places: Vec<Steps> = places.collect();
    let step = |&(symbol, state): &(Symbol, usize)| Step { symbol, next: places[state] };
    let steps = successors.iter().flatten().map(step).collect();
    (places, steps)
}

/// What a word of the seed stands for; the first word's capital says nothing.
fn symbol(written: &str, is_first: bool, fixed: &[&str]) -> (Kind, Mark) {
    let mark = match written.chars().next_back() {
        Some(',') => Mark::Comma,
        Some(';' | ':') => Mark::Semicolon,
        _ => Mark::None,
    };
    let bare = written.trim_matches(|letter: char| letter.is_ascii_punctuation());
    let (bare, mark) = match bare.strip_suffix("'s") {
        Some(owner) if mark == Mark::None => (owner, Mark::Possessive),
        _ => (bare, mark),
    };
    let lower = bare.to_ascii_lowercase();
    let place = fixed.iter().position(|&word| word == lower);
    if let Some(place) = place.and_then(|place| u16::try_from(place).ok()) {
        return (Kind::Fixed(place), mark);
    }
    let mut letters = bare.chars();
    let kind = match letters.next() {
        Some(first) if first.is_ascii_digit() => Kind::Number,
        Some(first) if first.is_ascii_uppercase() && !is_first => Kind::Name,
        _ => Kind::Open(Ending::of(&lower)),
    };
    (kind, mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::random::Purpose;
    use std::collections::BTreeSet;

    #[test]
    fn sentences_have_eight_to_forty_words_and_hardly_ever_come_twice() {
        let (chain, mut sentence) = (Chain::new(), Sentence::default());
        let mut seen = BTreeSet::new();
        for number in 0..5_000 {
            chain.fill(&mut Draws::new(1, Purpose::Base, number), &mut sentence);
            assert!((LEAST..=MOST).contains(&sentence.tokens.len()));
            seen.insert(sentence.text());
        }
        assert!(seen.len() >= 4_999, "{}", seen.len());
    }

    #[test]
    fn two_words_mostly_have_several_successors() {
        let chain = Chain::new();
        let choices = chain.steps.iter().filter(|step| step.next.count > 1).count();
        assert!(choices * 10 > chain.steps.len() * 6, "{choices} of {}", chain.steps.len());
    }

    #[test]
    fn the_seed_is_read_by_words_names_numbers_and_marks() {
        let fixed: Vec<&str> = FUNCTION_WORDS.split_whitespace().collect();
        assert_eq!(symbol("About", true, &fixed), (Kind::Fixed(1), Mark::None));
        assert_eq!(symbol("Velmark,", false, &fixed), (Kind::Name, Mark::Comma));
        assert_eq!(symbol("1,200", false, &fixed), (Kind::Number, Mark::None));
        assert_eq!(symbol("waters;", false, &fixed), (Kind::Open(Ending::S), Mark::Semicolon));
    }
}
