//! The names of a sentence: capitalised words that begin neither it nor a quotation, where the script has case.

use super::dates::{month, weekday};

/// Capitalised words that are no names.
const NO_NAMES: &[&str] = &["i", "im", "id", "ill", "ive"];

/// A word of a key and the raw text it came from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RawWord<'a> {
    /// As written, with its capital.
    pub raw: &'a str,
    /// In the key.
    pub key: &'a str,
    /// Whether it begins the sentence, a quotation or what a colon announces, so that its capital says nothing.
    pub begins: bool,
    /// Whether a mark stands before it that ends a piece of a sentence: a comma, a dash between blanks, a bracket.
    pub follows_mark: bool,
}

impl<'a> RawWord<'a> {
    /// The key without the `s` of a written possessive.
    fn stem(&self) -> &'a str {
        self.owner().unwrap_or(self.key)
    }

    /// Who owns, if the word is written as a possessive.
    pub(super) fn owner(&self) -> Option<&'a str> {
        let is_possessive = || ["'s", "’s", "'S", "’S"].iter().any(|end| self.raw.ends_with(end));
        self.key.strip_suffix('s').filter(|_| is_possessive())
    }

    fn is_capitalised(&self) -> bool {
        self.raw.starts_with(char::is_uppercase) && !NO_NAMES.contains(&self.key)
    }
}

/// The names of a sentence, sorted, each once. Months and days of the week are dates, not names. Where most words are capitalised (headlines), names cannot be told: none.
///
/// ```
/// use twicetold::verify::facts::{RawWord, names};
/// let words = [("Then", "then"), ("Ann’s", "anns"), ("dog", "dog"), ("bit", "bit"), ("Lee", "lee")];
/// let word = |(raw, key)| RawWord { raw, key, begins: raw == "Then", follows_mark: false };
/// assert_eq!(names(&words.map(word)), ["ann", "lee"]);
/// ```
pub fn names(raw_words: &[RawWord<'_>]) -> Vec<String> {
    told(raw_words).map_or_else(|_| Vec::new(), |capitalised| stems(&capitalised))
}

/// What might be names of a sentence in which they cannot be told: its capitalised words, where most words are; sorted, each once.
pub(super) fn doubtful_names(raw_words: &[RawWord<'_>]) -> Vec<String> {
    told(raw_words).map_or_else(|capitalised| stems(&capitalised), |_| Vec::new())
}

/// The capitalised words that begin nothing; as an error, where most words are capitalised.
fn told<'w, 'a>(
    raw_words: &'w [RawWord<'a>],
) -> Result<Vec<&'w RawWord<'a>>, Vec<&'w RawWord<'a>>> {
    let mut names = Vec::new();
    let mut cased = 0;
    for word in raw_words.iter().filter(|word| !word.begins) {
        cased += usize::from(word.raw.starts_with(char::is_alphabetic));
        if word.is_capitalised() {
            names.push(word);
        }
    }
    if names.len() * 2 > cased { Err(names) } else { Ok(names) }
}

/// The words without possessives, sorted, each once; no months, days and numbers.
fn stems(names: &[&RawWord<'_>]) -> Vec<String> {
    let is_name = |word: &&&RawWord<'_>| {
        month(word.key).is_none()
            && weekday(word.key).is_none()
            && !word.key.contains(|c: char| c.is_ascii_digit())
    };
    let mut names: Vec<_> =
        names.iter().filter(is_name).map(|word| word.stem().to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(sentence: &str) -> Vec<String> {
        let keys: Vec<_> =
            sentence.split(' ').map(|word| word.to_lowercase().replace('\'', "")).collect();
        let words = sentence.split(' ').zip(&keys).enumerate();
        let words = words.map(|(index, (raw, key))| RawWord {
            raw,
            key,
            begins: index == 0,
            follows_mark: false,
        });
        names(&words.collect::<Vec<_>>())
    }

    #[test]
    fn the_first_word_the_pronoun_months_and_days_are_no_names() {
        let names = names_of("Yesterday I met Ann on the last Tuesday of June at Lee's house");
        assert_eq!(names, ["ann", "lee"]);
    }

    #[test]
    fn headlines_and_scripts_without_case_have_none() {
        assert!(names_of("Police Arrest Man in London").is_empty());
        assert!(names_of("POLICE ARREST MAN").is_empty());
        assert!(names_of("警察 在 伦敦").is_empty());
    }
}
