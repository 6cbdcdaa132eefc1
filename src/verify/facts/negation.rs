//! How often a sentence denies: words that do nothing else, counted.
//!
//! One list for all languages, of words that are a negation wherever they occur; so Italian "non" (English "non-profit"), Spanish "sin", French "ne" (it
//! comes with "pas") and "ni" are left out. "Neither … nor" is one negation, "No. 5" none. In Chinese, Japanese and Thai the characters count. Where an
//! apostrophe was lost as a blank, "don t" counts as "dont".

use std::sync::LazyLock;

use super::word_list::WordList;
use crate::script::is_spaceless;

static DENIALS: LazyLock<WordList> =
    LazyLock::new(|| WordList::new(LANGUAGES.iter().copied().flatten().copied()));

const LANGUAGES: &[&[&str]] = &[ENGLISH, GERMAN, ROMANCE, RUSSIAN, ARABIC];

const ENGLISH: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without",
    "cannot", "cant", "dont", "doesnt", "didnt", "wont", "isnt", "arent", "wasnt", "werent",
    "hasnt", "havent", "hadnt", "wouldnt", "couldnt", "shouldnt", "mustnt", "neednt", "mightnt",
    "shant", "aint",
];

const GERMAN: &[&str] = &[
    "nicht", "nichts", "nie", "niemals", "niemand", "ohne", "kein", "keine", "keinen", "keinem",
    "keiner", "keines", "weder",
];

/// French, Spanish, Portuguese, Italian.
const ROMANCE: &[&str] = &[
    "pas", "jamais", "sans", "aucun", "aucune", "nunca", "ningún", "ninguno", "ninguna", "tampoco",
    "não", "nenhum", "nenhuma", "senza", "nessun", "nessuno", "nessuna",
];

const RUSSIAN: &[&str] = &["не", "нет", "ни", "без", "никогда", "никто", "ничего", "нельзя"];

const ARABIC: &[&str] = &["لا", "لم", "لن", "ليس", "ليست"];

/// What is left of a contraction before a lone "t".
const STEMS: &[&str] = &[
    "don", "doesn", "didn", "won", "isn", "aren", "wasn", "weren", "hasn", "haven", "hadn",
    "wouldn", "couldn", "shouldn", "mustn", "needn", "can", "ain",
];

/// Negations in scripts without spaces: Chinese, Japanese, Thai.
const IN_RUNS: &[&str] = &["不", "没", "沒", "無", "无", "未", "ない", "なかった", "ません", "ไม่"];

/// How often the words of a key deny. Spaceless runs may come whole or character by character.
///
/// ```
/// use twicetold::verify::facts::negations;
/// assert_eq!(negations(&["he", "did", "not", "say", "no", "5"]), 1);
/// ```
pub fn negations(words: &[&str]) -> u32 {
    let mut count = 0;
    let mut run = String::new();
    for (at, &word) in words.iter().enumerate() {
        if word.starts_with(is_spaceless) {
            run.push_str(word);
            continue;
        }
        count += in_run(&run);
        run.clear();
        let next = words.get(at + 1).copied().unwrap_or_default();
        let is_number = word == "no" && next.starts_with(|c: char| c.is_numeric());
        let is_second_half = word == "nor" && words.contains(&"neither");
        let denies = DENIALS.contains(word) && !is_number && !is_second_half
            || next == "t" && STEMS.contains(&word);
        count += u32::from(denies);
    }
    count + in_run(&run)
}

/// The words that stand right behind a denial, sorted: what is denied, as far as one word says it.
pub(super) fn denied<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let (mut denied, mut is_denied) = (Vec::new(), false);
    for word in words {
        if is_denied {
            denied.push(word);
        }
        is_denied = DENIALS.contains(word);
    }
    denied.sort_unstable();
    denied
}

fn in_run(run: &str) -> u32 {
    if run.is_empty() {
        return 0;
    }
    let count: usize = IN_RUNS.iter().map(|negation| run.matches(negation).count()).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn counts(expected: u32, sentences: &[&str]) {
        for sentence in sentences {
            let words: Vec<_> = sentence.split(' ').collect();
            assert_eq!(negations(&words), expected, "{sentence}");
        }
    }

    #[test]
    fn contractions_deny_with_and_without_their_apostrophe() {
        counts(1, &["he did not", "he didnt", "he didn t", "he can not", "he cannot", "he can t"]);
        counts(0, &["he did", "he can", "a tin can", "won a prize"]);
    }

    #[test]
    fn the_abbreviation_of_number_denies_nothing() {
        counts(0, &["no 5 won", "no 10 said"]);
        counts(1, &["no five", "no dog", "no"]);
    }

    #[test]
    fn neither_nor_is_one_negation() {
        counts(1, &["neither here nor there", "nor there, and here neither", "not here or there"]);
        counts(2, &["not here nor there", "not here and not there"]);
    }

    #[test]
    fn the_two_translations_of_the_ministry_deny_alike() {
        counts(1, &["stay alive and not be robbed", "stay alive not being robbed"]);
    }

    #[test]
    fn other_languages_deny() {
        counts(
            1,
            &[
                "er kommt nicht",
                "il ne vient pas",
                "no viene",
                "ele não vem",
                "он не придёт",
                "لم يأت",
                "他不来",
                "他 不 来",
                "来 な い",
                "彼は来ない",
                "เขาไม่มา",
            ],
        );
        counts(0, &["er kommt", "il vient", "он придёт", "他来", "彼は来る", "เขามา"]);
    }
}
