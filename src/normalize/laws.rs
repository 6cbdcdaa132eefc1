//! Laws of keys, for any text and any rules.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

pub(super) fn key(raw: &str) -> String {
    key_by(RuleSet::default(), raw)
}

pub(super) fn key_by(rules: RuleSet, raw: &str) -> String {
    let mut key = String::new();
    Normalizer::new(rules).key(raw, &mut key);
    key
}

/// Characters that have a rule of their own, or that meet others in odd ways.
const NASTY: &[&str] = &[
    "a",
    "S",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{345}",
    "\u{30c}",
    "j",
    "ß",
    "İ",
    "ΐ",
    "ŉ",
    "ﬁ",
    "5",
    "0",
    "12",
    "٣",
    "５",
    "²",
    "⁻",
    "½",
    "①",
    "₂",
    "№",
    "™",
    "㎡",
    ".",
    ",",
    ":",
    "/",
    "^",
    "-",
    "–",
    "—",
    "−",
    "+",
    "±",
    "$",
    "€",
    "%",
    "٪",
    "٫",
    " ",
    "\u{a0}",
    "\n",
    "-\n",
    "\t",
    "'",
    "’",
    "´",
    "`",
    "\"",
    "“",
    "(",
    ")",
    "&",
    "&amp;",
    "&nbsp;",
    "<",
    "[",
    "]",
    "<b>",
    "</b>",
    "<p class=x>",
    "<br/>",
    "[video]",
    "](www.a.b)",
    "Ã©",
    "â€™",
    "ðŸ˜€",
    "Ã",
    ";",
    "#",
    "_",
    "\u{ad}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fe0f}",
    "😀",
    "🅰",
    "漢",
    "か",
    "\u{3099}",
    "ｶ",
    "ﾞ",
    "・",
    "〇",
    "年",
    "ก",
    "\u{e48}",
    "\u{e38}",
    "\u{e33}",
    "ဥ",
    "\u{102e}",
    "ᄀ",
    "\u{1161}",
    "\u{11a8}",
    "ﾡ",
    "ￂ",
    "각",
    "ا",
    "أ",
    "\u{654}",
    "\u{64e}",
    "ـ",
    "ی",
    "ک",
    "ﹰ",
    "ﳲ",
    "ש",
    "שׁ",
    "\u{5c1}",
    "״",
    "क",
    "\u{94d}",
    "\u{93c}",
    "\u{9c7}",
    "\u{9be}",
    "I",
    "Å",
    "ǆ",
    "ᾳ",
    "ᾼ",
    "ʼ",
    "ۥ",
    "ﱞ",
    "②",
    "❶",
    "𝋀",
    "𐩀",
    "¼",
    "ی\u{200c}ک",
    "ͺ",
    "Colour",
    "travelled",
    "U.S.",
    "p.m.",
    "Ⅳ",
    "〈",
    "㋀",
];

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => vec(select(NASTY), 0..14).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[ -~]{0,40}",
        1 => "[a-zA-Z0-9 .,'$%:/^+()-]{0,30}",
    ]
}

fn rule_sets() -> impl Strategy<Value = RuleSet> {
    vec(select(Rule::ALL), 0..3)
        .prop_map(|off| off.into_iter().fold(RuleSet::all(), RuleSet::without))
}

/// Every character alone.
fn characters() -> impl Iterator<Item = char> {
    (0..=u32::from(char::MAX)).filter_map(char::from_u32)
}

#[test]
fn every_letter_and_digit_alone_has_a_key_which_is_its_own() {
    for rules in [RuleSet::default(), RuleSet::all()] {
        let normalizer = Normalizer::new(rules);
        for c in characters().filter(|c| c.is_alphanumeric()) {
            let traced = normalizer.trace(c.encode_utf8(&mut [0; 4]));
            assert!(!traced.key.is_empty() && !traced.atoms.is_empty(), "{c:?}");
            assert_eq!(key_by(rules, &traced.key), traced.key, "{c:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_trace_has_the_key_and_its_atoms_cover_it(raw in nasty(), rules in rule_sets()) {
        let normalizer = Normalizer::new(rules);
        let traced = normalizer.trace(&raw);
        prop_assert_eq!(&traced.key, &key_by(rules, &raw));
        let (mut at, mut raw_at) = (0, 0);
        for atom in &traced.atoms {
            prop_assert!(["", " "].contains(&traced.key.get(at..atom.key.start).unwrap()));
            prop_assert!(!atom.key.is_empty());
            prop_assert!(raw.get(atom.raw.clone()).is_some_and(|raw| !raw.is_empty()), "{:?}", atom);
            prop_assert!(atom.raw.start >= raw_at, "{:?}", traced);
            (at, raw_at) = (atom.key.end, atom.raw.start);
        }
        prop_assert_eq!(at, traced.key.len());
    }

    #[test]
    fn a_key_is_its_own_key(raw in nasty()) {
        for rules in [RuleSet::default(), RuleSet::all()] {
            let once = key_by(rules, &raw);
            prop_assert_eq!(key_by(rules, &once), once);
        }
    }

    #[test]
    fn only_a_text_without_letters_and_digits_has_an_empty_key(raw in nasty()) {
        // A byte order mark that was read in a wrong encoding has a letter.
        let rules = RuleSet::default().without(Rule::Mojibake);
        if raw.contains(char::is_alphanumeric) && !raw.contains('&') {
            prop_assert_ne!(key_by(rules, &raw), "");
        }
    }

    #[test]
    fn a_key_has_single_blanks_between_words(raw in nasty()) {
        let key = key(&raw);
        prop_assert!(!key.contains("  ") && key.trim() == key, "{:?}", key);
    }

    #[test]
    fn words_are_those_of_uax_29(raw in "[a-zA-Zäéжщ0-9कगعب ]{0,40}") {
        let words: Vec<_> = raw.unicode_words().map(key).collect();
        prop_assert_eq!(key(&raw), words.join(" "));
    }

    #[test]
    fn numbers_are_those_of_uax_29_but_for_colon_and_slash(raw in "([0-9]{1,3}[.,;!? ]?){0,9}") {
        let words: Vec<_> = raw.replace(';', " ").unicode_words().map(str::to_owned).collect();
        prop_assert_eq!(key(&raw.replace(';', " ")).replace(" .", " "), words.join(" ").replace(" .", " "));
    }

    #[test]
    fn equal_keys_have_equal_numbers(a in written_number(), b in written_number()) {
        if key(&a.0) == key(&b.0) {
            prop_assert_eq!(a.1, b.1);
        }
    }

    #[test]
    fn equal_keys_have_equal_negation(a in negated(), b in negated()) {
        if key(&a.0) == key(&b.0) {
            prop_assert_eq!(a.1, b.1);
        }
    }
}

/// A way to write a number in a sentence, and what it says.
fn written_number() -> impl Strategy<Value = (String, String)> {
    let sign = select(
        &[
            ("", ""),
            ("—", ""),
            ("-", "-"),
            ("−", "-"),
            ("+", "+"),
            ("<", "<"),
            ("&gt;", ">"),
            ("> ", ">"),
            ("<=", "≤"),
            ("≤", "≤"),
        ][..],
    );
    let amount = select(
        &[
            ("5", "5"),
            ("15", "15"),
            ("1.5", "1.5"),
            ("10⁶", "10^6"),
            ("10^6", "10^6"),
            ("106", "106"),
            ("٥", "5"),
            ("1½", "1 1/2"),
            ("11/2", "11/2"),
            ("1/2", "1/2"),
            ("12", "12"),
            ("①②", "1 2"),
            ("1 2", "1 2"),
            ("1-2", "1-2"),
            ("1–2", "1-2"),
        ][..],
    );
    let unit = select(
        &[
            ("", "", ""),
            ("$", "", "$"),
            ("€", "", "€"),
            ("", " €", "€"),
            ("", "€", "€"),
            ("", " %", "%"),
            ("", "%", "%"),
            ("", "&nbsp;%", "%"),
            ("", "°", "°"),
            ("", " °C", "° c"),
            ("", "℃", "° c"),
        ][..],
    );
    (sign, amount, unit).prop_map(|(sign, amount, unit)| {
        let raw = format!("It was {}{}{}{} in all", sign.0, unit.0, amount.0, unit.1);
        (raw, format!("{} {} {}", sign.1, amount.1, unit.2))
    })
}

fn negated() -> impl Strategy<Value = (String, usize)> {
    let verb = select(
        &[("did", 0), ("did not", 1), ("didn't", 1), ("didn’t", 1), ("DIDN'T", 1), ("Did", 0)][..],
    );
    let object = select(&[("it", 0), ("nothing", 1), ("«it»", 0), ("it.", 0), ("Nothing!", 1)][..]);
    (verb, object)
        .prop_map(|(verb, object)| (format!("They {} {}", verb.0, object.0), verb.1 + object.1))
}
