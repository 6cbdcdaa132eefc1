//! Tokens: words, or overlapping character bigrams where a script has no spaces.
//!
//! Bigrams stand in for words because two thirds of Chinese words are two characters long and because they need no
//! dictionary (Nie, Gao, Zhang & Zhou, *On the use of words and n-grams for Chinese information retrieval*, 2000).

use super::pieces::{grams, pieces};
use crate::script::is_spaceless;
use xxhash_rust::xxh3::xxh3_64;

/// Calls `each` with every token of a key, in order, repetitions and all.
///
/// ```
/// let mut seen = Vec::new();
/// twicetold::shingle::tokens("the 東京都 tower", |token| seen.push(token.to_owned()));
/// assert_eq!(seen, ["the", "東京", "京都", "tower"]);
/// ```
pub fn tokens(key: &str, mut each: impl FnMut(&str)) {
    if is_spaced(key) {
        return words(key).for_each(each);
    }
    for piece in pieces(key) {
        if piece.spaceless {
            grams(piece.text, 2).for_each(&mut each);
        } else {
            words(piece.text).for_each(&mut each);
        }
    }
}

/// The hash by which a token is known: 63 bits of XXH3, and in the lowest whether the token is of a script without spaces.
pub fn token_hash(token: &str) -> u64 {
    let spaceless = token.chars().next().is_some_and(is_spaceless);
    xxh3_64(token.as_bytes()) & !1 | u64::from(spaceless)
}

/// Whether the token with this hash is of a script without spaces: a bigram of characters or a lone character.
pub const fn is_spaceless_token(hash: u64) -> bool {
    hash & 1 == 1
}

/// Replaces the content of `out` by the hashes of a key's tokens, in order.
pub fn token_hashes(key: &str, out: &mut Vec<u64>) {
    out.clear();
    if is_spaced(key) {
        out.extend(words(key).map(|word| xxh3_64(word.as_bytes()) & !1));
    } else {
        tokens(key, |token| out.push(token_hash(token)));
    }
}

/// How long a key is: words, and characters of scripts without spaces.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Length {
    /// Words of scripts with spaces.
    pub words: u32,
    /// Characters of scripts without spaces.
    pub spaceless: u32,
}

impl Length {
    /// Whether the key says enough to be compared: so many words, or eight fifths as many characters without spaces, or
    /// the like of both. Exact, in fortieths of a word.
    ///
    /// ```
    /// use twicetold::shingle::length;
    /// assert!(length("five words are just enough").is_long_enough(5));
    /// assert!(length("東京都知事選挙").is_long_enough(4) && !length("東京都知事選挙").is_long_enough(5));
    /// ```
    pub const fn is_long_enough(self, minimum_words: u32) -> bool {
        let eighths = self.words as u64 * 8 + self.spaceless as u64 * 5;
        eighths >= minimum_words as u64 * 8
    }

    /// Whether the key has more than so many words, counted alike.
    ///
    /// ```
    /// use twicetold::shingle::length;
    /// assert!(length("five words are just enough").is_longer_than(4));
    /// assert!(!length("東京都知事選挙").is_longer_than(5));
    /// ```
    pub const fn is_longer_than(self, maximum_words: u32) -> bool {
        let eighths = self.words as u64 * 8 + self.spaceless as u64 * 5;
        eighths > maximum_words as u64 * 8
    }
}

/// The length of a key.
pub fn length(key: &str) -> Length {
    let mut length = Length::default();
    if is_spaced(key) {
        length.words = u32::try_from(count_words(key)).unwrap_or(u32::MAX);
        return length;
    }
    for piece in pieces(key) {
        let units =
            if piece.spaceless { piece.text.chars().count() } else { words(piece.text).count() };
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        let counter = if piece.spaceless { &mut length.spaceless } else { &mut length.words };
        *counter = counter.saturating_add(units);
    }
    length
}

/// Whether a text plainly has no run: the scripts without spaces begin past U+0800, whose characters begin with these bytes.
fn is_spaced(text: &str) -> bool {
    text.bytes().all(|byte| byte < 0xE0)
}

/// The words of a text without runs. Byte by byte: words are shorter than a search is worth.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| byte != b' ')?;
        let (_, word) = rest.split_at_checked(start)?;
        let end = word.bytes().position(|byte| byte == b' ').unwrap_or(word.len());
        let (word, after) = word.split_at_checked(end)?;
        rest = after;
        Some(word)
    })
}

/// How many words there are, by where they begin.
fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let inner = bytes.windows(2).filter(|pair| pair[0] == b' ' && pair[1] != b' ').count();
    inner + usize::from(bytes.first().is_some_and(|&byte| byte != b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn collect(key: &str) -> Vec<String> {
        let mut seen = Vec::new();
        tokens(key, |token| seen.push(token.to_owned()));
        seen
    }

    #[test]
    fn words_are_tokens_in_order_with_repetitions() {
        assert_eq!(collect("on and on"), ["on", "and", "on"]);
        assert_eq!(collect("été à l été"), ["été", "à", "l", "été"]);
        assert!(collect("").is_empty());
    }

    #[test]
    fn a_run_is_bigrams_and_a_lone_character_is_itself() {
        assert_eq!(collect("3月に 雨"), ["3", "月に", "雨"]);
        assert_eq!(collect("ไป"), ["ไป"]);
    }

    #[test]
    fn length_counts_words_and_characters_apart() {
        assert_eq!(length("the 東京都 tower"), Length { words: 2, spaceless: 3 });
        assert_eq!(length(""), Length::default());
        assert!(!Length::default().is_long_enough(1));
        assert!(Length { words: 0, spaceless: 8 }.is_long_enough(5));
        assert!(!Length { words: 0, spaceless: 7 }.is_long_enough(5));
        assert!(Length { words: 2, spaceless: 5 }.is_long_enough(5));
    }

    #[test]
    fn a_hash_tells_the_kind_of_its_token() {
        assert!(is_spaceless_token(token_hash("月に")) && is_spaceless_token(token_hash("ไ")));
        assert!(!is_spaceless_token(token_hash("moon")) && !is_spaceless_token(token_hash("3")));
    }

    proptest! {
        #[test]
        fn tokens_cover_every_letter_of_the_key(key in "[a-c東京ไ ]{0,20}") {
            let seen: String = collect(&key).concat();
            for character in key.chars().filter(|&character| character != ' ') {
                prop_assert!(seen.contains(character));
            }
            prop_assert!(!seen.contains(' '));
        }

        #[test]
        fn words_are_what_blanks_part(text in "[a-cé東ߐ ]{0,30}") {
            let expected: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), &expected[..]);
            prop_assert_eq!(count_words(&text), expected.len());
            let mut hashes = Vec::new();
            token_hashes(&text, &mut hashes);
            let mut one_by_one = Vec::new();
            tokens(&text, |token| one_by_one.push(token_hash(token)));
            prop_assert_eq!(hashes, one_by_one);
        }

        #[test]
        fn words_of_any_key_are_its_tokens_where_scripts_have_spaces(words in prop::collection::vec("[a-zäé0-9]{1,8}", 0..12)) {
            prop_assert_eq!(collect(&words.join(" ")), words);
        }
    }
}
