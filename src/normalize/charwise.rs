//! Charwise texts: those that the steps before the scanner change character by character, whatever stands beside it, which is most text in any script.
//!
//! What the steps make of a character alone is asked of them once and kept in pages of 64 characters; a text is put together from that. It is right where
//! no character meets its neighbour: none composes with the one before or changes places with it, and no number melts into digits. An *ß* must stand
//! behind a letter and an *İ* before one, since in small letters they are two characters and an acronym has single letters. What is left (a decomposed
//! letter, a fraction, a non-joiner, an entity, mojibake) goes through the steps.
//!
//! It holds for the default rules. Cost: a table look-up for each character beyond ASCII; a page takes a tenth of a millisecond to build.

use std::sync::{LazyLock, OnceLock};

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_normalizer::properties::{
    CanonicalCompositionBorrowed, CanonicalDecompositionBorrowed, Decomposed,
};

use super::class::{Class, Classes};
use super::compose::folds_to_several;
use super::figures::{holds_digits, raised, spelled};
use super::marks::{combining_class, is_optional_point, plain_letter};
use super::mojibake::is_damaged;
use super::scratch::Scratch;
use crate::config::{Rule, RuleSet};

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();

/// What the steps make of a character, case aside.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Form {
    /// That depends on its neighbours.
    Open,
    /// Itself.
    Kept,
    /// Itself, unless it meets the character before.
    Joining,
    /// Itself; folded, it is these characters.
    Swelling(&'static str),
    /// Other characters, or none.
    Becomes(Box<str>),
}

/// A character in the table.
#[derive(Clone, Debug)]
struct Entry {
    form: Form,
    /// Case-folded, as a key has it.
    folded: char,
    /// Whether a mask has another small letter or one of another length.
    odd: bool,
}

/// Whether these are the rules under which the table was made.
pub(super) fn is_governed_by(rules: RuleSet) -> bool {
    rules == RuleSet::default().without(Rule::Captions)
}

/// The text that the scanner would get, with its capitals; `None` if its characters say too little.
pub(super) fn formed<'a>(raw: &'a str, copy: &'a mut String) -> Option<&'a str> {
    if memchr::memchr2(b'&', b'\n', raw.as_bytes()).is_some() || is_damaged(raw) {
        return None;
    }
    copy.clear();
    let (mut at, mut copied) = (0, 0);
    while let Some((start, c)) = next_beyond_ascii(raw, at) {
        at = start + c.len_utf8();
        let Some(entry) = entry(c) else { continue };
        let before = || {
            let kept = raw.get(copied..start).unwrap_or_default();
            kept.chars().next_back().or_else(|| copy.chars().next_back())
        };
        match &entry.form {
            Form::Kept => {}
            Form::Joining if before().is_some_and(|before| is_apart(before, c)) => {}
            Form::Swelling(_) if c == 'ß' && before().is_some_and(is_plain_letter) => {}
            Form::Swelling(_) if c == 'İ' && begins_with_letter(raw.get(at..)?) => {}
            Form::Becomes(form) => {
                copy.push_str(raw.get(copied..start)?);
                copy.push_str(form);
                copied = at;
            }
            _ => return None,
        }
    }
    if copied == 0 {
        return Some(raw);
    }
    copy.push_str(raw.get(copied..)?);
    Some(copy)
}

/// Appends the folded form of a text that [`formed`] gave; answers whether that is its form in lower case too, at the same places.
pub(super) fn push_folded(text: &str, out: &mut String) -> bool {
    let written = out.len();
    let (mut at, mut copied, mut odd) = (0, 0, false);
    while let Some((start, c)) = next_beyond_ascii(text, at) {
        at = start + c.len_utf8();
        let Some(entry) = entry(c) else { continue };
        odd |= entry.odd;
        if entry.folded != c || entry.odd {
            out.push_str(text.get(copied..start).unwrap_or_default());
            match entry.form {
                Form::Swelling(folded) => out.push_str(folded),
                _ => out.push(entry.folded),
            }
            copied = at;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    if let Some(written) = out.get_mut(written..) {
        written.make_ascii_lowercase();
    }
    !odd
}

/// The first character beyond ASCII from a place on.
#[inline]
fn next_beyond_ascii(text: &str, at: usize) -> Option<(usize, char)> {
    let rest = text.get(at..)?;
    let ascii = rest.bytes().position(|byte| !byte.is_ascii())?;
    Some((at + ascii, rest.get(ascii..)?.chars().next()?))
}

/// Whether a joining character stays apart from the one before it, with capitals and without.
fn is_apart(before: char, c: char) -> bool {
    let compositions = CanonicalCompositionBorrowed::new();
    let meets = |before| compositions.compose(before, c).is_some();
    let folded = match entry(before) {
        _ if before.is_ascii() => before.to_ascii_lowercase(),
        Some(Entry { form: Form::Swelling(_), .. }) => return false,
        Some(entry) => entry.folded,
        None => before,
    };
    // Of two marks on a letter, one may belong before the other: À and a dot below are Ạ and a grave.
    let is_whole =
        || matches!(CanonicalDecompositionBorrowed::new().decompose(before), Decomposed::Default);
    (combining_class(c) == 0 || combining_class(before) == 0 && is_whole())
        && !meets(before)
        && !meets(folded)
}

fn begins_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(is_plain_letter)
}

/// Whether a character is a letter that stays what it is.
fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || entry(c).is_some_and(|entry| entry.form == Form::Kept) && CLASSES.of(c) == Class::Letter
}

static CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes::new(RuleSet::default()));

/// The entry of a character beyond ASCII; `None` for a letter of the two large scripts, which the steps leave alone.
#[inline]
fn entry(c: char) -> Option<&'static Entry> {
    static PAGES: [OnceLock<Vec<Entry>>; 1025] = [const { OnceLock::new() }; 1025];
    if matches!(c, '一'..='鿿' | '가'..='힣') {
        return None;
    }
    // Past the pages all characters are open, and so is the last page.
    let code = u32::from(c).min(LAST);
    let page = PAGES.get((code / PAGE) as usize)?.get_or_init(|| {
        let first = code - code % PAGE;
        let characters = (first..first + PAGE).map(char::from_u32);
        characters.map(|c| c.map_or(Entry::open('\0'), Entry::by_steps)).collect()
    });
    page.get((code % PAGE) as usize)
}

/// How many characters a page holds.
const PAGE: u32 = 64;

/// A character of the page past the pages.
const LAST: u32 = 0x1_0000;

impl Entry {
    const fn open(c: char) -> Self {
        Self { form: Form::Open, folded: c, odd: true }
    }

    fn by_steps(c: char) -> Self {
        let rules = RuleSet::default();
        let prepared = |rules| {
            let text = c.encode_utf8(&mut [0; 4]).to_owned();
            Scratch::with(|scratch| scratch.prepare(rules, &text, false).text.clone())
        };
        if asks_neighbours(c) {
            return Self::open(c);
        }
        let (cased, folded) = (prepared(rules.without(Rule::Case)), prepared(rules));
        let is_itself = cased.chars().eq([c]);
        match (c, folded.as_str()) {
            ('ß', "ss") if is_itself => return Self::swelling(c, "ss"),
            ('İ', "i\u{307}") if is_itself => return Self::swelling(c, "i\u{307}"),
            _ => {}
        }
        let is_folded = cased.chars().map(small).eq(folded.chars().map(small));
        if !is_folded || !cased.chars().all(is_steady) {
            return Self::open(c);
        }
        let is_joining = cased.starts_with(|c| combining_class(c) > 0 || is_second(c));
        let form = match (is_itself, is_joining) {
            (true, false) => Form::Kept,
            (true, true) if small(c) == c => Form::Joining,
            (false, false) => Form::Becomes(cased.into()),
            _ => Form::Open,
        };
        let mut lower = c.to_lowercase();
        let odd = lower.next() != Some(small(c)) || lower.next().is_some() || c == 'Σ';
        Self { form, folded: small(c), odd: odd || small(c).len_utf8() != c.len_utf8() }
    }

    const fn swelling(c: char, folded: &'static str) -> Self {
        Self { form: Form::Swelling(folded), folded: c, odd: true }
    }
}

fn small(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { CASES.simple_fold(c) }
}

/// Whether what a step makes of a character depends on its neighbours.
fn asks_neighbours(c: char) -> bool {
    let is_several = folds_to_several(c) && !matches!(c, 'ß' | 'İ');
    is_several
        || c == '\u{200c}'
        || u32::from(c) >= LAST
        || is_jamo(c)
        || holds_digits(c)
        || raised(c).is_some()
        || spelled(c).is_some()
}

/// Whether a character is a part of a Korean syllable, which composes with its neighbours.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}')
}

/// Whether a character that the steps gave is one that they leave alone and that is, to the scanner, what its small letter is.
fn is_steady(c: char) -> bool {
    let small = small(c);
    let stays = |c: char| {
        u32::from(c) < LAST
            && !is_jamo(c)
            && !folds_to_several(c)
            && plain_letter(c) == c
            && !is_optional_point(c)
            && NFKC.is_normalized(c.encode_utf8(&mut [0; 4]))
    };
    c.is_ascii() || stays(c) && stays(small) && CLASSES.of(c) == CLASSES.of(small)
}

/// Whether a character is the second of two that compose.
fn is_second(c: char) -> bool {
    static SECONDS: LazyLock<Vec<char>> = LazyLock::new(|| {
        let decompositions = CanonicalDecompositionBorrowed::new();
        let mut seconds: Vec<_> = ('\u{c0}'..'\u{3400}')
            .filter_map(|c| match decompositions.decompose(c) {
                Decomposed::Expansion(_, second) => Some(second),
                _ => None,
            })
            .collect();
        seconds.sort_unstable();
        seconds.dedup();
        seconds
    });
    SECONDS.binary_search(&c).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn prepared(rules: RuleSet, raw: &str) -> String {
        Scratch::with(|scratch| scratch.prepare(rules, raw, false).text.clone())
    }

    /// Holds a text that is charwise to what the steps make of it; answers whether it is.
    fn check(raw: &str) -> bool {
        let (mut copy, mut folded) = (String::new(), String::new());
        let rules = RuleSet::default();
        let Some(text) = formed(raw, &mut copy) else { return false };
        assert_eq!(text, prepared(rules.without(Rule::Case), raw), "{raw:?}");
        let is_lower = push_folded(text, &mut folded);
        // The scanner puts ASCII into small letters itself.
        assert_eq!(folded, prepared(rules, raw).to_ascii_lowercase(), "{raw:?}");
        assert!(
            !is_lower || folded == text.to_lowercase() && folded.len() == text.len(),
            "{raw:?}"
        );
        true
    }

    #[test]
    fn texts_in_most_scripts_are_charwise() {
        for text in [
            "“Žluťoučký kůň — ça” Ёж… λόγος Σοφία",
            "Und er hieß Strauß\u{a0}; İsa",
            "Đức Chúa Trời, ấy",
            "कटोरे बने। ये सब पात्र जिन्हें हूराम ने लड़का",
            "জয়ধ্বনি কর হে ধার্মিকবৃন্দ, প্রভু",
            "خیمه کوکب، كِتَابٌ الأمل ۱۲۳",
            "שָׁלוֹם",
            "推罗王，大卫：为他！「民は」、서울 ４x",
            "ภาษาไทย",
        ] {
            assert!(check(text), "{text}");
        }
        // The last are parts of syllables by way of their compatible, narrow or circled forms.
        for text in [
            "ﬁ",
            "e\u{301}",
            "À\u{323}",
            "½",
            "10²",
            "a\u{200c}b",
            "a&b",
            "ß",
            "5ß",
            "İ",
            "a-\nb",
            "ㄱㅏ",
            "ㅋㅋㅠㅠ",
            "ﾡￂ",
            "가ㄳ",
            "㉠㉮",
        ] {
            assert!(!check(text), "{text}");
        }
    }

    #[test]
    fn every_character_is_what_the_steps_make_of_it_beside_others() {
        for c in '\u{80}'..='\u{1_ffff}' {
            for raw in
                [format!("{c}"), format!("5{c}5"), format!("a{c}, K{c}"), format!("é{c}{c}Ж")]
            {
                check(&raw);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn a_charwise_text_is_what_the_steps_make_of_it(
            raw in "[a-cK5 .,'\u{80}-\u{24f}\u{300}-\u{3ff}Ж\u{590}-\u{6ff}\u{900}-\u{9ff}\u{b80}-\u{bff}\u{d00}-\u{dff}\u{1000}-\u{11ff}\u{1e00}-\u{206f}\u{2100}-\u{216f}\u{3000}-\u{30ff}\u{3130}-\u{318f}\u{3260}-\u{327f}漢가\u{ffa0}-\u{ffdc}\u{fb00}-\u{ffff}]{0,6}"
        ) {
            check(&raw);
        }
    }
}
