//! Letters of another script that look like those of the word they stand in: `pаypal` with a Cyrillic *а* is `paypal`. A rule that is off by default.
//!
//! Only words of several scripts out of Latin, Cyrillic and Greek are touched, and only if all their letters have a form in one of these scripts: the
//! whole word is then of that script, of the one that has most of its letters if there is a choice. A word of one script stays, whatever it looks like.
//! Done to the words of a finished key, so that a key stays its own key. The letters are single letters of the Unicode table of confusable characters
//! (Unicode Technical Standard #39); capitals count as their small letters, which a key has.
//!
//! Cost: a look at the script of each letter of words beyond ASCII.
//!
//! What it does not do: digits for letters (`v1agra`), words that are of another script as a whole, and letters whose capital looks like another letter
//! than the small one does (a Greek Ν is taken for v, as ν is).

use super::Found;
use super::rewritten::rewrite;

/// Cyrillic letters and what they look like. Where several look like one, the first stands for it.
const CYRILLIC: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('н', 'h'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('ӏ', 'l'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('г', 'r'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('ү', 'y'),
];

/// Greek letters and what they look like.
const GREEK: &[(char, char)] = &[
    ('α', 'a'),
    ('β', 'b'),
    ('ϲ', 'c'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('ν', 'v'),
    ('χ', 'x'),
    ('γ', 'y'),
    ('ζ', 'z'),
];

/// A script whose letters look like those of another one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

impl Script {
    /// In the order in which they are preferred.
    const ALL: [Self; 3] = [Self::Latin, Self::Cyrillic, Self::Greek];

    /// The script of a letter, if it is one of these.
    const fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'a'..='z' | 'A'..='Z' | 'ª' | 'º' | 'À'..='ʸ' | '\u{1e00}'..='\u{1eff}' => {
                Self::Latin
            }
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            _ => return None,
        })
    }

    /// Its letters, and the Latin ones that they look like.
    const fn letters(self) -> &'static [(char, char)] {
        match self {
            Self::Latin => &[],
            Self::Cyrillic => CYRILLIC,
            Self::Greek => GREEK,
        }
    }

    /// The small letter of this script that looks like a small letter.
    fn form(self, letter: char) -> Option<char> {
        let of = Self::of(letter)?;
        if of == self {
            return Some(letter);
        }
        let known = of.letters().iter().find(|(own, _)| *own == letter);
        let latin = if of == Self::Latin { letter } else { known?.1 };
        if self == Self::Latin {
            return Some(latin);
        }
        self.letters().iter().find(|(_, like)| *like == latin).map(|(own, _)| *own)
    }
}

/// Puts words of a key, from `start` on, into the script that they look like, and `words` where they then are.
pub(super) fn fold(key: &mut String, start: usize, words: &mut [Found]) {
    if key.get(start..).is_none_or(str::is_ascii) {
        return;
    }
    rewrite(key, start, words, |word, key| match folded(word) {
        Some(folded) => key.push_str(&folded),
        None => key.push_str(word),
    });
}

/// A word in the one script that it looks like; `None` if it is of one script already, or of none that holds all its letters.
fn folded(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut counts = [0_usize; Script::ALL.len()];
    for letter in word.chars().filter(|c| !c.is_ascii_digit()) {
        counts[Script::of(letter)? as usize] += 1;
    }
    if counts.iter().filter(|&&count| count > 0).count() < 2 {
        return None;
    }
    let mut best: Option<(usize, String)> = None;
    for (script, count) in Script::ALL.into_iter().zip(counts) {
        let Some(form) = in_script(word, script).filter(|_| count > 0) else { continue };
        if best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, form));
        }
    }
    best.map(|(_, form)| form)
}

/// A word in letters of one script, digits as they are, with the capitals that it has.
fn in_script(word: &str, script: Script) -> Option<String> {
    let form = |c: char| {
        if c.is_ascii_digit() {
            return Some(c);
        }
        let form = script.form(single(c.to_lowercase())?)?;
        if c.is_uppercase() { single(form.to_uppercase()) } else { Some(form) }
    };
    word.chars().map(form).collect()
}

/// The one character of some.
fn single(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_two_scripts_is_of_the_one_that_holds_all_its_letters() {
        for (mixed, plain) in [
            ("p\u{430}ypal", "paypal"),
            ("\u{441}\u{43e}\u{441}\u{430}ine", "cocaine"),
            ("m\u{3bf}dern", "modern"),
            ("\u{412}ANK", "BANK"),
            ("b\u{3bf}\u{43e}k2", "book2"),
            // A Russian and a Greek word with a Latin o.
            ("г\u{6f}род", "город"),
            ("δρ\u{6f}μος", "δρομος"),
            // Both scripts would hold it: most letters, else Latin.
            ("а\u{430}a", "ааа"),
            ("\u{430}a", "aa"),
        ] {
            assert_eq!(folded(mixed).as_deref(), Some(plain), "{mixed}");
            assert_eq!(folded(plain), None, "{plain}");
        }
    }

    #[test]
    fn words_of_one_script_and_honest_mixtures_stay() {
        // The last have letters that no one script holds.
        for word in
            ["сосна", "πυρ", "café", "raure", "5км", "iphoneы", "wifiя", "жаnsi", "aα\u{5d0}"]
        {
            let stays = folded(word).is_none_or(|form| form == word);
            assert!(stays, "{word}: {:?}", folded(word));
        }
    }
}
