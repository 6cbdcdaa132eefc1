//! Calm texts: those that no step before the scanner would change but for their case, which is most text there is.
//!
//! A calm character is one that cleaning leaves alone, that is composed, meets no neighbour and folds to one character as long as itself. Such a text is
//! scanned as it was written, and its key put into small letters afterwards, in a fifth of the time that the steps take. The scanner asks for the
//! class of a character alone, and a letter has the class of its small form, so both ways give one key.
//!
//! Cost: a table look-up for each character beyond ASCII.

use std::sync::LazyLock;

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::ComposingNormalizerBorrowed;

use super::clean::is_ordinary;
use super::compose::folds_to_several;
use super::marks::plain_letter;

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();

/// The forms of a calm character.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Forms {
    /// Case-folded, as a key has it.
    pub(super) folded: char,
    /// In lower case, as a mask has it: Greek has two small letters for one capital.
    pub(super) lower: char,
}

/// Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic, looked up once.
static ALPHABETS: LazyLock<Vec<Option<Forms>>> =
    LazyLock::new(|| (0..0x700).map(|code| by_rules(char::from_u32(code)?)).collect());

/// Whether each character of a text is calm or ASCII.
pub(super) fn is_calm(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || forms(c).is_some())
}

/// Appends the small letters of a calm text.
pub(super) fn push_small(text: &str, out: &mut String, form: impl Fn(Forms) -> char) {
    let start = out.len();
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (ascii, beyond) = rest.split_at(at);
        out.push_str(ascii);
        let mut characters = beyond.chars();
        out.extend(characters.next().map(|c| forms(c).map_or(c, &form)));
        rest = characters.as_str();
    }
    out.push_str(rest);
    if let Some(written) = out.get_mut(start..) {
        written.make_ascii_lowercase();
    }
}

/// The forms of a character beyond ASCII; `None` if it is not calm.
fn forms(c: char) -> Option<Forms> {
    match c {
        '一'..='鿿' | '가'..='힣' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' => Some(Forms::same(c)),
        '‘'..='‚' | '“'..='„' | '«' | '»' | '–' | '—' | '¿' | '¡' | '、' | '。' | '「'..='』' => {
            Some(Forms::same(c))
        }
        _ => ALPHABETS.get(c as usize).copied().flatten(),
    }
}

impl Forms {
    const fn same(c: char) -> Self {
        Self { folded: c, lower: c }
    }
}

fn by_rules(c: char) -> Option<Forms> {
    let mut small = c.to_lowercase();
    let forms = Forms { folded: CASES.simple_fold(c), lower: small.next()? };
    let is_steady = |c: char| {
        is_ordinary(c)
            && c.len_utf8() == 2
            && !folds_to_several(c)
            && plain_letter(c) == c
            && NFKC.is_normalized(c.encode_utf8(&mut [0; 4]))
    };
    // The small form of a capital sigma depends on what follows.
    let is_calm = c != 'Σ' && small.next().is_none();
    (is_calm && [c, forms.folded, forms.lower].into_iter().all(is_steady)).then_some(forms)
}

#[cfg(test)]
mod tests {
    use super::super::Normalizer;
    use super::super::joints::meets;
    use super::super::scratch::Scratch;
    use super::super::words::Scanner;
    use super::*;
    use crate::config::{Rule, RuleSet};
    use proptest::prelude::*;

    fn calm() -> impl Iterator<Item = char> {
        ('\u{80}'..=char::MAX).filter(|&c| forms(c).is_some())
    }

    /// The rules for what is no caption.
    fn rules() -> RuleSet {
        Normalizer::default().rules
    }

    fn prepared(rules: RuleSet, raw: &str) -> String {
        Scratch::with(|scratch| scratch.prepare(rules, raw, false).text.clone())
    }

    fn small(text: &str, form: impl Fn(Forms) -> char) -> String {
        let mut small = String::new();
        push_small(text, &mut small, form);
        small
    }

    #[test]
    fn the_alphabets_are_calm_but_for_what_has_rules_of_its_own() {
        assert!(
            "“Žluťoučký kůň — ça Ёж λόγος” 東京、서울".chars().all(|c| is_calm(&c.to_string()))
        );
        for c in "Σßİŉﬁµª\u{212b}½²…´٣آکー\u{301}\u{a0}\u{ad}\u{200d}\u{2010}".chars()
        {
            assert!(!is_calm(&c.to_string()), "{c:?}");
        }
    }

    #[test]
    fn the_steps_change_nothing_of_a_calm_character_but_its_case() {
        for c in calm() {
            for raw in [format!("{c}"), format!("5{c}5"), format!(".{c},"), format!("a{c}-")] {
                let cased = prepared(rules().without(Rule::Case), &raw);
                assert_eq!(cased, raw);
                let folded = small(&raw, |forms| forms.folded);
                assert_eq!(prepared(rules(), &raw), folded);
                assert_eq!(folded.len(), raw.len());
            }
            assert_eq!(small(&format!("{c}"), |forms| forms.lower), format!("{c}").to_lowercase());
        }
    }

    #[test]
    fn calm_characters_meet_no_neighbour() {
        let before = ['a', 'O', '5', 'é', 'И', 'ω', 'א', 'ا', '漢', 'か', '가', 'ᄀ'];
        for c in calm() {
            assert!(before.iter().all(|&before| !meets(before, c)), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn a_calm_text_goes_through_the_steps_as_it_is(raw in "[a-zA-Z0-9 .,'’“”–«Éßäöüñçőžœåа-юА-Яа-яёΑ-Ρα-ω東京かガ서ابجאבג-]{0,40}") {
            prop_assume!(is_calm(&raw));
            let folded = small(&raw, |forms| forms.folded);
            // The scanner puts ASCII into small letters itself.
            prop_assert_eq!(prepared(rules(), &raw).to_ascii_lowercase(), folded);
        }

        #[test]
        fn a_text_has_the_key_that_the_steps_give(raw in "[a-zA-Z0-9 .,'+:$’“”–«Éßöñçžœåа-юА-Яа-яΑ-ως東京かガ서ابאבʼ²\n-]{0,40}") {
            let normalizer = Normalizer::default();
            let (mut stepwise, mut key) = (String::new(), String::new());
            let rules = rules();
            let scanner = (&normalizer.classes, rules);
            Scanner::new(scanner, &prepared(rules, &raw), &mut stepwise, |_| ()).run();
            normalizer.key(&raw, &mut key);
            prop_assert!(stepwise.is_empty() || stepwise == key, "{stepwise:?} {key:?}");
        }
    }
}
