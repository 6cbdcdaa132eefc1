//! Whether one sentence says in other words what the other says: a word stands in the place of another, a word that only one of them has
//! stands among those of both, or figures stand in another order.
//!
//! "Rejected claims" and "repeated claims" are as close as any two sentences that a scraper made of one, and so are "the wife of the
//! mayor was arrested" and "the mayor was arrested". No list of words that turn a statement is long enough for one language, let alone all.
//! So the question is the other way round: what certainly says the same? Forms of one word ("focus", "focused"; "organise", "organize"),
//! articles, and what stands beside a sentence as a piece of its own, with a mark between (a lead, a source, "he said"), unless
//! it turns the statement. All else is doubt.
//!
//! Cost: a diff of the words, for pairs that would go.

use std::borrow::Cow;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::beside::Beside;
use super::figures::letters_left;
use super::forms::is_form;
use super::numbers::{numbers_in_order, read_as_numbers};
use super::telling::TELLING;
use crate::verify::relation::{Flag, Flags};

/// Products of lengths up to which words are compared one by one; what is longer is in doubt.
const MOST: usize = 4_000_000;

/// Words of which one may stand for another, or be left out, without saying anything else.
const BENIGN: &[&str] =
    &["a", "an", "and", "its", "that", "the", "their", "these", "this", "those", "which", "who"];

/// Words that a sentence may begin with or not.
const BEGINNINGS: &[&str] =
    &["also", "and", "but", "however", "meanwhile", "so", "then", "well", "yes", "yet"];

/// Words that announce where a picture or a line is from, with a mark behind them, at the beginning of what was glued to a sentence.
const LABELS: &[&str] = &[
    "breaking",
    "caption",
    "credit",
    "exclusive",
    "file",
    "image",
    "photo",
    "photograph",
    "pictured",
    "picture",
    "source",
    "video",
    "watch",
];

/// Where in a picture somebody stands, which a caption says between marks.
const IN_PICTURE: &[&str] = &[
    "above", "below", "bottom", "center", "centre", "far", "l", "left", "pictured", "r", "right",
    "top",
];

/// What a word may begin with that says the opposite of its rest, or something else: a blank behind it was perhaps never lost.
const PREFIXES: &[&str] =
    &["anti", "dis", "ex", "im", "in", "ir", "mis", "non", "pre", "pro", "re", "un"];

/// Denials that are one word with what they deny.
const CONTRACTIONS: &[(&str, &str)] = &[
    ("arent", "are"),
    ("cannot", "can"),
    ("cant", "can"),
    ("couldnt", "could"),
    ("didnt", "did"),
    ("doesnt", "does"),
    ("dont", "do"),
    ("hadnt", "had"),
    ("hasnt", "has"),
    ("havent", "have"),
    ("isnt", "is"),
    ("shouldnt", "should"),
    ("wasnt", "was"),
    ("werent", "were"),
    ("wont", "will"),
    ("wouldnt", "would"),
];

/// How a sentence ends, where it has a mark.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ending {
    Question,
    Statement,
}

impl Ending {
    pub(super) fn of(raw: &str) -> Option<Self> {
        let is_behind = |c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']')
        };
        match raw.trim_end_matches(is_behind).chars().next_back()? {
            '?' | '？' | '؟' | '\u{37e}' => Some(Self::Question),
            // In Greek it asks.
            ';' if raw.contains(|c: char| matches!(c, 'α'..='ω')) => Some(Self::Question),
            '.' | '!' | '。' | '！' | '।' | '۔' => Some(Self::Statement),
            _ => None,
        }
    }
}

/// Whether one text asks and the other states, by their last marks.
pub fn one_asks(one: &str, other: &str) -> bool {
    are_two(Ending::of(one), Ending::of(other))
}

fn are_two(one: Option<Ending>, other: Option<Ending>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// What may differ since words do.
pub(super) fn reworded(beside: &Beside<'_>) -> Flags {
    let (one, other) = (beside.one, beside.other);
    let asks = are_two(one.ending, other.ending);
    let apart = beside.words_apart();
    let may_have_moved = apart.is_some() || one.numbers.len() > 1 && one.numbers == other.numbers;
    let [mine, theirs] =
        apart.unwrap_or_else(|| [one.words.iter().collect(), other.words.iter().collect()]);
    let have_moved = may_have_moved && numbers_change_places(&mine, &theirs);
    let (mine, theirs) = (Said::new(mine, &one.breaks), Said::new(theirs, &other.breaks));
    let says_other = asks || loses_prefix(beside) || says_other_words(&mine, &theirs);
    Flags::default().with_if(have_moved, Flag::NumbersDiffer).with_if(says_other, Flag::WordsDiffer)
}

/// A word that is read as several of the other sentence begins with a prefix.
fn loses_prefix(beside: &Beside<'_>) -> bool {
    let begins = |word: &str| PREFIXES.iter().any(|prefix| word.starts_with(prefix));
    let is_first = |words: &[&str], word: &str| {
        let mut pairs = words.windows(2);
        pairs.any(|pair| {
            PREFIXES.contains(&pair[0])
                && word.starts_with(pair[0])
                && word.get(pair[0].len()..).is_some_and(|rest| rest.starts_with(pair[1]))
        })
    };
    let [one, other] = beside.apart();
    let mut lost = one.into_iter().flat_map(|words| beside.gone().map(move |word| (words, word)));
    let mut come = other.into_iter().flat_map(|words| beside.come().map(move |word| (words, word)));
    let is_lost = |(words, word): (&[&str], &str)| begins(word) && is_first(words, word);
    lost.any(is_lost) || come.any(is_lost)
}

/// The words of a sentence, which of them are read as numbers, and before which a mark stands.
struct Said<'a> {
    words: Vec<&'a str>,
    are_numbers: Vec<bool>,
    follow_mark: Vec<bool>,
}

impl<'a> Said<'a> {
    /// `breaks` counts the bytes of the words in front of each mark.
    fn new(words: Vec<&'a str>, breaks: &[usize]) -> Self {
        let mut before = 0;
        let follows_mark = |word: &&str| {
            let at = before;
            before += word.len();
            breaks.binary_search(&at).is_ok()
        };
        let follow_mark = words.iter().map(follows_mark).collect();
        Self { are_numbers: read_as_numbers(&words), follow_mark, words }
    }

    /// The words of a place but for numbers, which are compared by themselves; of figures the letters, which are units. A denial
    /// and what it denies are two.
    fn words(&self, place: Range<usize>) -> Vec<Cow<'a, str>> {
        let mut said = Vec::new();
        for at in place {
            let word = self.words[at];
            if self.are_numbers[at] {
                // Marked, since the "a" of "12a" is no article.
                let letters = Some(letters_left(word)).filter(|letters| !letters.is_empty());
                said.extend(letters.map(|letters| Cow::Owned(format!("-{letters}"))));
            } else if let Some((_, denied)) = CONTRACTIONS.iter().find(|(whole, _)| *whole == word)
            {
                said.extend([Cow::Borrowed(*denied), Cow::Borrowed("not")]);
            } else {
                said.push(Cow::Borrowed(word));
            }
        }
        said
    }

    /// Whether the words of a place may be left out: they are articles and the like, or say where in a picture somebody stands, or stand
    /// at the beginning or the end, with a mark between them and the rest or a label, and neither turn a statement nor belong to a
    /// figure.
    fn may_lack(&self, place: &Range<usize>) -> bool {
        let words = self.words(place.clone());
        let are_in = |list: &[&str]| words.iter().all(|word| list.contains(&word.as_ref()));
        let is_number = |at: usize| self.are_numbers.get(at) == Some(&true);
        let beside_number = place.clone().any(is_number)
            || place.start.checked_sub(1).is_some_and(is_number)
            || is_number(place.end);
        let follows_mark = |at: usize| self.follow_mark.get(at) == Some(&true);
        let begins = place.start == 0 && follows_mark(place.end);
        let ends = place.end == self.words.len() && follows_mark(place.start);
        let is_label = self.words.first().is_some_and(|word| LABELS.contains(word));
        let is_labelled = place.start == 0 && is_label && follows_mark(1);
        let is_remark = follows_mark(place.start) && (follows_mark(place.end) || ends);
        words.is_empty()
            || are_in(BENIGN)
            || place.start == 0 && are_in(BEGINNINGS)
            || is_remark && are_in(IN_PICTURE)
            || (begins || ends || is_labelled)
                && !beside_number
                && !words.iter().any(|word| TELLING.contains(word))
    }
}

/// Both give the same numbers in another order.
fn numbers_change_places(one: &[&str], other: &[&str]) -> bool {
    let (one, other) = (numbers_in_order(one), numbers_in_order(other));
    let sorted = |numbers: &[_]| {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable();
        sorted
    };
    one.len() > 1 && one != other && sorted(&one) == sorted(&other)
}

fn says_other_words(one: &Said<'_>, other: &Said<'_>) -> bool {
    if one.words.len().saturating_mul(other.words.len()) > MOST {
        return one.words != other.words;
    }
    let changed = |op: &DiffOp| {
        let (_, before, after) = op.as_tag_tuple();
        one.words[before.clone()] != other.words[after.clone()]
            && is_other((one, before), (other, after))
    };
    capture_diff_slices(Algorithm::Myers, &one.words, &other.words).iter().any(changed)
}

/// Whether these words in the place of those say something else.
fn is_other(
    (one, before): (&Said<'_>, Range<usize>),
    (other, after): (&Said<'_>, Range<usize>),
) -> bool {
    if after.is_empty() {
        return !one.may_lack(&before);
    }
    if before.is_empty() {
        return !other.may_lack(&after);
    }
    let (said, said_there) = (one.words(before), other.words(after));
    let lacks = |words: &[Cow<'_, str>], others: &[Cow<'_, str>]| {
        let is_new = |word: &&Cow<'_, str>| !others.iter().any(|other| is_form(word, other));
        !words.iter().filter(is_new).all(|word| BENIGN.contains(&word.as_ref()))
    };
    lacks(&said, &said_there) || lacks(&said_there, &said)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words, with commas as marks before the next.
    fn said(text: &str) -> Said<'_> {
        let words: Vec<&str> = text.split(' ').map(|word| word.trim_end_matches(',')).collect();
        let mut follow_mark: Vec<bool> = text.split(' ').map(|word| word.ends_with(',')).collect();
        follow_mark.rotate_right(1);
        Said { are_numbers: read_as_numbers(&words), words, follow_mark }
    }

    fn other(one: &str, other: &str) -> bool {
        let (one, other) = (said(one), said(other));
        assert_eq!(says_other_words(&one, &other), says_other_words(&other, &one));
        says_other_words(&one, &other)
    }

    #[test]
    fn a_word_in_the_place_of_another_is_doubt() {
        for (a, b) in [
            ("he rejected claims of fraud", "he repeated claims of fraud"),
            ("the patient was stable", "the patient was unstable"),
            ("the soldiers fired at the rebels", "the rebels fired at the soldiers"),
            ("a dose of 500 mg a day", "a dose of 500 g a day"),
            ("a dose of 5mg a day", "a dose of 5kg a day"),
            ("it could close the plant", "it would close the plant"),
            ("er sprach über zwanzig prozent", "er sprach über dreißig prozent"),
            ("his grandfather drove", "his grandmother drove"),
            ("the employer came late", "the employee came late"),
            ("the worker came late", "the work came late"),
            ("the banker must pay", "the bank must pay"),
            ("the minister came late", "the ministry came late"),
            ("house 12 a in the road", "house 12 b in the road"),
        ] {
            assert!(other(a, b), "{a} {b}");
        }
    }

    #[test]
    fn what_turns_a_statement_is_doubt_and_what_is_added_is_not() {
        assert!(other("the alleged killer was seen", "the killer was seen"));
        assert!(other("non è vero", "è vero"));
        assert!(!other("the killer was seen, they said", "the killer was seen"));
        assert!(!other("photo of the day, the killer was seen", "the killer was seen"));
        assert!(!other("but the killer was seen", "the killer was seen"));
        assert!(!other("credit, ann lee the killer was seen", "the killer was seen"));
        assert!(!other("the killer, left, was seen", "the killer was seen"));
        assert!(other("the left killer was seen", "the killer was seen"));
        assert!(other("the killer was seen, allegedly", "the killer was seen"));
    }

    #[test]
    fn a_word_that_only_one_has_is_doubt_among_the_words_of_both() {
        for (a, b) in [
            ("the wife of the mayor was arrested", "the mayor was arrested"),
            ("a spokesman for the mayor agreed", "the mayor agreed"),
            ("it was minus 12 degrees", "it was 12 degrees"),
            ("they walked 40 square kilometres", "they walked 40 kilometres"),
            ("they paid 90,000, a day", "they paid 90,000"),
            ("he was jailed twice", "he was jailed"),
            ("der ehemalige richter kam", "der richter kam"),
            ("三十人死亡", "三人死亡"),
            ("he says he will go", "says he he will go"),
            ("flat 12a burned", "flat 12 burned"),
            ("5m people came", "5 people came"),
            ("all but the mayor voted", "all and the mayor voted"),
        ] {
            assert!(other(a, b), "{a} {b}");
        }
    }

    #[test]
    fn ordinals_months_and_one_are_words_where_they_are_no_numbers() {
        for (a, b) in [
            ("guilty of first degree murder", "guilty of second degree murder"),
            ("they vote in june", "they vote in july"),
            ("the vaccine may protect", "the vaccine protects"),
            ("one player left", "every player left"),
            ("the second man was seen", "the man was seen"),
        ] {
            assert!(other(a, b), "{a} {b}");
        }
    }

    #[test]
    fn forms_of_a_word_and_articles_are_no_other_words() {
        for (a, b) in [
            ("they focus on people", "they focused on people"),
            ("they organise the match", "they organize the matches"),
            ("the plan failed", "a plan failed"),
            ("it cost 5 crowns", "it cost five crowns"),
            ("it cost $2m", "it cost $2 million"),
            ("he didnt come", "he did not come"),
        ] {
            assert!(!other(a, b), "{a} {b}");
        }
    }

    #[test]
    fn figures_that_change_places_are_other_figures() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert!(numbers_change_places(&words("from 12 to 15"), &words("from 15 to 12")));
        assert!(numbers_change_places(&words("won 3-5"), &words("won 5-3")));
        assert!(!numbers_change_places(&words("from 12 to 15"), &words("from twelve to 15")));
    }

    #[test]
    fn endings_are_read_behind_quotation_marks() {
        assert_eq!(Ending::of("He asked: “Why?” "), Some(Ending::Question));
        assert_eq!(Ending::of("He left."), Some(Ending::Statement));
        assert_eq!(Ending::of("He left"), None);
    }
}
