//! Whether one sentence says in other words what the other says: a word stands in the place of another, or figures stand in
//! another order, or one of a few words that turn a statement is in one of them only. A word that only moved is not seen.
//!
//! "Rejected claims" and "repeated claims" are as close as any two sentences that a scraper made of one, and so are "the
//! soldiers fired at the rebels" and "the rebels fired at the soldiers". No list of opposites is long enough. But what happens
//! to a text on its way (lost marks and blanks, a caption's words between, a lead before it) does not replace a word by
//! another; so that alone is doubt. Forms of one word ("focus", "focused"; "organise", "organize") are no others.
//!
//! Cost: a diff of the words, for pairs that would go.

use std::borrow::Cow;
use std::sync::LazyLock;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::beside::Beside;
use super::numbers::{is_read_as_number, numbers_in_order};
use super::word_list::WordList;
use crate::verify::relation::{Flag, Flags};

/// Products of lengths up to which words are compared one by one; what is longer is in doubt.
const MOST: usize = 4_000_000;

/// Letters that two forms of a word begin with, at least.
const STEM: usize = 4;
/// Letters that one form may have more than the other, at most.
const ENDING: usize = 3;

/// Endings of one word in two forms or spellings, where both have one.
const ENDINGS: &[&[&str]] = &[
    &["e", "ed", "es", "ing"],
    &["y", "ied", "ies"],
    &["se", "ze"],
    &["sed", "zed"],
    &["ses", "zes"],
    &["sing", "zing"],
    &["er", "re"],
    &["ur", "r"],
];

/// Words of which one may stand for another without saying anything else.
const BENIGN: &[&str] = &[
    "a", "an", "and", "but", "its", "that", "the", "their", "these", "this", "those", "which",
    "who",
];

static TELLING: LazyLock<WordList> =
    LazyLock::new(|| WordList::new(TURNS.iter().chain(DENIALS).copied()));

/// Words that turn what is said into something else by being there.
const TURNS: &[&str] = &[
    "acting",
    "alleged",
    "allegedly",
    "almost",
    "assistant",
    "attempted",
    "barely",
    "can",
    "could",
    "denied",
    "denies",
    "deputy",
    "ex",
    "except",
    "failed",
    "fake",
    "few",
    "former",
    "formerly",
    "hardly",
    "if",
    "impossible",
    "lack",
    "lacks",
    "likely",
    "may",
    "maybe",
    "might",
    "mock",
    "must",
    "nearly",
    "perhaps",
    "planned",
    "possible",
    "possibly",
    "potential",
    "probably",
    "proposed",
    "rarely",
    "refused",
    "reportedly",
    "scarcely",
    "seldom",
    "should",
    "supposed",
    "supposedly",
    "suspected",
    "unless",
    "unlikely",
    "until",
    "vice",
    "whether",
    "would",
];

/// Denials beside those that are counted: of more languages, and such as mean something else in another language.
const DENIALS: &[&str] = &[
    // French, Italian, Spanish, Portuguese, Romanian
    "ne",
    "ni",
    "non",
    "né",
    "mai",
    "sin",
    "nem",
    "sem",
    "nu",
    "fără",
    // Dutch, Swedish, Danish, Norwegian
    "niet",
    "geen",
    "nooit",
    "zonder",
    "inte",
    "ej",
    "aldrig",
    "ingen",
    "inga",
    "utan",
    "ikke",
    "aldri",
    "uden",
    "uten",
    // Finnish, Hungarian, Turkish
    "ei",
    "eivät",
    "ilman",
    "nincs",
    "soha",
    "değil",
    "yok",
    // Polish, Czech, Ukrainian, Greek
    "nie",
    "bez",
    "nigdy",
    "není",
    "nikdy",
    "ні",
    "немає",
    "δεν",
    "όχι",
    "χωρίσ",
    // Hindi, Persian, Hebrew, Arabic
    "नहीं",
    "मत",
    "बिना",
    "نه",
    "نيست",
    "بدون",
    "לא",
    "אין",
    "בלי",
    "غير",
    // Indonesian, Vietnamese, Korean
    "tidak",
    "bukan",
    "belum",
    "tanpa",
    "không",
    "chưa",
    "안",
    "못",
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
            '?' | '？' | '؟' => Some(Self::Question),
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
    Flags::default()
        .with_if(have_moved, Flag::NumbersDiffer)
        .with_if(asks || says_other_words(&mine, &theirs), Flag::WordsDiffer)
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

fn says_other_words(one: &[&str], other: &[&str]) -> bool {
    if one.len().saturating_mul(other.len()) > MOST {
        return one != other;
    }
    let changed = |op: &DiffOp| {
        let (_, before, after) = op.as_tag_tuple();
        let (before, after) = (&one[before], &other[after]);
        before != after && is_other(before, after)
    };
    capture_diff_slices(Algorithm::Myers, one, other).iter().any(changed)
}

/// Whether these words in the place of those say something else.
fn is_other(before: &[&str], after: &[&str]) -> bool {
    let (before, after) = (said(before), said(after));
    let lacking = |words: &[Cow<'_, str>], others: &[Cow<'_, str>]| -> Vec<String> {
        let is_new = |word: &&Cow<'_, str>| !others.iter().any(|other| is_form(word, other));
        words.iter().filter(is_new).map(|word| word.clone().into_owned()).collect()
    };
    let (gone, come) = (lacking(&before, &after), lacking(&after, &before));
    let mut both = gone.iter().chain(&come);
    if gone.is_empty() || come.is_empty() {
        both.any(|word| TELLING.contains(word))
    } else {
        !both.all(|word| BENIGN.contains(&word.as_str()))
    }
}

/// The words but for numbers, which are compared by themselves; of figures the letters, which are units.
fn said<'a>(words: &[&'a str]) -> Vec<Cow<'a, str>> {
    let word = |word: &&'a str| {
        if !is_read_as_number(word) {
            return Some(Cow::Borrowed(*word));
        }
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        let has_digits = word.contains(|c: char| c.is_numeric());
        (has_digits && !letters.is_empty()).then_some(Cow::Owned(letters))
    };
    words.iter().filter_map(word).collect()
}

/// Whether two words are forms of one: equal, or one stem with endings of a few letters.
fn is_form(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().skip(common).collect::<String>();
    let (mine, theirs) = (rest(one), rest(other));
    let is_longer = (mine.is_empty() || theirs.is_empty())
        && mine.chars().count().max(theirs.chars().count()) <= ENDING;
    let is_ending =
        |endings: &&&[&str]| endings.contains(&mine.as_str()) && endings.contains(&theirs.as_str());
    common >= STEM && (is_longer || ENDINGS.iter().any(|endings| is_ending(&endings)))
        || one == other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(one: &str, other: &str) -> bool {
        let (one, other): (Vec<&str>, Vec<&str>) =
            (one.split(' ').collect(), other.split(' ').collect());
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
        assert!(!other("the killer was seen in march", "the killer was seen"));
        assert!(!other(
            "he told them so it was late he said",
            "it was late he said he told them so"
        ));
    }

    #[test]
    fn forms_of_a_word_and_articles_are_no_other_words() {
        for (a, b) in [
            ("they focus on people", "they focused on people"),
            ("they organise the match", "they organize the matches"),
            ("the plan failed", "a plan failed"),
            ("it cost 5 crowns", "it cost five crowns"),
            ("it cost $2m", "it cost $2 million"),
            ("it lies 5km away", "it lies 5 km away"),
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
