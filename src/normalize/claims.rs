//! Claims about keys, by example.

use super::laws::{key, key_by};
use super::*;

#[track_caller]
fn all_are(expected: &str, raws: &[&str]) {
    for raw in raws {
        assert_eq!(key(raw), expected, "{raw:?}");
    }
}

#[test]
fn every_way_to_write_an_apostrophe_inside_a_word_is_no_apostrophe() {
    all_are("dont", &["don't", "don’t", "donʼt", "don`t", "don´t", "don&#8217;t", "DON'T", "dont"]);
    all_are("the countries plans", &["the countries' plans", "'the countries’ plans'"]);
    all_are("tis said", &["'Tis said", "‘tis said’"]);
}

#[test]
fn quotation_marks_of_every_kind_are_punctuation() {
    all_are("he said no", &["He said: \"No.\"", "“He said «no»”", "he said ‘no’", "He said: 'No'"]);
    all_are("他说不", &["他说:「不」", "他说“不”。", "他说 不"]);
}

#[test]
fn dashes_part_words_and_a_line_end_hyphen_joins_them() {
    all_are("co ordinated", &["co-ordinated", "co–ordinated", "co—ordinated", "co‑ordinated"]);
    all_are(
        "the government",
        &["the gov-\nernment", "the gov-\r\n  ernment", "the gov\u{ad}\nernment"],
    );
    all_are("anglo saxon", &["Anglo-\nSaxon", "Anglo-Saxon"]);
}

#[test]
fn blanks_invisible_characters_and_entities_are_seen_through() {
    all_are(
        "a b",
        &["a\u{a0}b", " a\t\r\nb ", "a\u{2009}b", "a&nbsp;b", "a&amp;amp;nbsp;b", "\u{feff}a b"],
    );
    all_are(
        "soft word",
        &["so\u{ad}ft wo\u{200b}rd", "so\u{200d}ft\u{200e} word", "soft wor\u{fffd}d"],
    );
    all_are("at t", &["AT&T", "AT&amp;T", "AT&amp;amp;T"]);
}

#[test]
fn one_letter_has_one_form() {
    all_are(
        "café fix strasse",
        &["Café fix Straße", "CAFE\u{301} ﬁx STRASSE", "ｃａｆé fix strasse"],
    );
    all_are("각", &["각", "ᄀ\u{1161}\u{11a8}", "각"]);
    all_are("가", &["가", "ﾡￂ", "\u{1100}\u{1161}"]);
    all_are("ǰ", &["J\u{30c}", "ǰ", "j\u{30c}"]);
    assert_eq!(key_by(RuleSet::all(), "Café Ångström naïve"), "cafe angstrom naive");
    assert_ne!(key("café"), key("cafe"));
}

#[test]
fn arabic_and_hebrew_points_and_letter_forms_are_one() {
    all_are("كتاب الامل", &["كِتَابٌ الأمل", "کتـــاب الآمل"]);
    all_are("שלום צהל", &["שָׁלוֹם צה\"ל", "שלום צה״ל"]);
    all_are("123", &["١٢٣", "۱۲۳", "１２３", "𝟏𝟐𝟑", "१२३"]);
}

#[test]
fn a_non_joiner_is_kept_only_where_it_tells_words_apart() {
    assert_eq!(key("می\u{200c}خواهم"), "مي\u{200c}خواهم");
    assert_eq!(key("क्\u{200c}ष"), "क्\u{200c}ष");
    all_are("shelfful", &["shelf\u{200c}ful"]);
    all_are("مي", &["می\u{200c}", "\u{200c}می"]);
    all_are("漢\u{94d} क", &["漢\u{94d}\u{200c}क"]);
}

#[test]
fn acronyms_lose_their_dots_and_sentences_do_not_run_together() {
    all_are("the us said", &["the U.S. said", "the US said", "the u.s said"]);
    all_are("at 5pm", &["at 5pm", "at 5p.m.", "at 5PM."]);
    all_are("us left the room he said", &["U.S.left the room.He said"]);
    all_are("example com a b", &["example.com/a_b"]);
}

#[test]
fn facts_stay_in_the_key() {
    for (raw, expected) in [
        ("5 % / −5 %", "5% -5%"),
        ("$5 €5 £600m ¥3", "$5 €5 £600m ¥3"),
        ("5 € and 5€", "5€ and 5€"),
        ("cost 5 $10 notes", "cost 5 $10 notes"),
        ("US$5 or $ 5", "us $5 or $5"),
        ("-$5, $-5 and (-5)", "-$5 -$5 and -5"),
        ("10⁶ 10^6 10⁻⁶ m² ㎡", "10^6 10^6 10^-6 m^2 m^2"),
        ("1.5 15 1,5 1,000 .5", "1.5 15 1,5 1,000 .5"),
        ("1½ ½ 1/2 5①", "1 1/2 1/2 1/2 5 1"),
        ("①② 12 ①2 1② ₁₂ ⅩⅡ", "1 2 12 1 2 1 2 12 xii"),
        ("<5 >5 ≤5 <=5 >= 5 x > 5 &lt;$5 5<6", "<5 >5 ≤5 ≤5 ≥5 x >5 <$5 5 <6"),
        ("<b>5</b> -> 5 =>5 <3", "b 5 b 5 5 <3"),
        ("> 5 people", "5 people"),
        ("5° 5 °C 5℃ −5° %5° 5", "5° 5° c 5° c -5° 5% 5"),
        ("C++, C#, A+ and C; a+b #5 C+++", "c++ c# a+ and c a b 5 c"),
        ("2022-06-05, 737-800, covid-19", "2022-06-05 737-800 covid 19"),
        ("₀𝋀 𐩀`¼", "0𝋀 𐩀 1/4"),
        ("10-12 10–12 10—12 10−12 10 - 12", "10-12 10-12 10 12 10-12 10 12"),
        ("“-5 degrees” +3 ±2", "-5 degrees +3 ±2"),
        ("at 17:00, 3:1", "at 17:00 3:1"),
        ("№ 5 and No. 5", "5 and no 5"),
        ("H₂O at 10₂", "h2o at 10 2"),
        ("١٫٥ و ٥٪", "1.5 و 5%"),
        ("5′10″ tall", "5 10 tall"),
        ("Google™ costs nothing", "google costs nothing"),
        ("artış %5 oldu, ٪5, 5 oldu", "artış 5% oldu 5% 5 oldu"),
        ("left: ⁻5 or ⁻⁵ or 5", "left -5 or -5 or 5"),
        ("temperature:-5 and 3:-5", "temperature -5 and 3 5"),
    ] {
        assert_eq!(key(raw), expected, "{raw:?}");
    }
}

#[test]
fn scripts_without_spaces_are_runs() {
    all_are("abc 公司", &["ABC公司", "ABC 公司", "abc-公司"]);
    all_are("2022 年 1 月", &["2022年1月", "２０２２年１月", "2022 年 1 月"]);
    all_are("ジョンスミス", &["ジョン・スミス", "ジョン スミス", "ｼﾞｮﾝ･ｽﾐｽ"]);
    all_are("ภาษาไทย", &["ภาษา ไทย", "ภาษา\u{200b}ไทย"]);
    let atoms = Normalizer::default().trace("ABC公 司").atoms;
    assert_eq!(atoms.iter().map(|atom| atom.spaceless).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(atoms[2].raw, 7..10);
}

#[test]
fn origins_point_at_the_raw_text() {
    let raw = "“Cafe\u{301}s” cost 5&nbsp;% more: 10⁶ … don’t";
    let traced = Normalizer::default().trace(raw);
    let both = |atom: &Atom| (traced.word(atom).to_owned(), raw.get(atom.raw.clone()).unwrap());
    let words: Vec<_> = traced.atoms.iter().map(both).collect();
    assert_eq!(
        words,
        [
            ("cafés".to_owned(), "Cafe\u{301}s"),
            ("cost".to_owned(), "cost"),
            ("5%".to_owned(), "5&nbsp;%"),
            ("more".to_owned(), "more"),
            ("10^6".to_owned(), "10⁶"),
            ("dont".to_owned(), "don’t"),
        ]
    );
}

#[test]
fn each_rule_can_be_switched_off() {
    let without = |rule, raw| key_by(RuleSet::default().without(rule), raw);
    assert_eq!(without(Rule::Entities, "a&nbsp;b"), "a nbsp b");
    assert_eq!(without(Rule::Mojibake, "donâ€™t"), "donâ t");
    assert_eq!(without(Rule::Invisible, "so\u{ad}ft"), "so\u{ad}ft");
    assert_eq!(without(Rule::Compatibility, "ﬁx e\u{301} 10²"), "fix e\u{301} 10²");
    assert_eq!(without(Rule::Quotes, "don’t don't"), "don t dont");
    assert_eq!(without(Rule::Apostrophes, "don’t"), "don't");
    assert_eq!(without(Rule::Dashes, "co-op 10–12"), "co-op 10-12");
    assert_eq!(without(Rule::Blanks, "a\tb c"), "a␣b c");
    assert_eq!(without(Rule::Case, "Ab ß"), "Ab ß");
    assert_eq!(without(Rule::Digits, "٣"), "٣");
}

#[test]
fn rules_that_are_off_can_be_switched_on() {
    let with = |rule, raw| key_by(RuleSet::default().with(rule), raw);
    assert_eq!(with(Rule::Tags, "<b>5</b> a <3"), "5 a <3");
    assert_eq!(with(Rule::Diacritics, "Café"), "cafe");
    assert_eq!(with(Rule::LookAlikes, "p\u{430}y \u{430} п\u{430}р"), "pay \u{430} пар");
    assert_eq!(with(Rule::TurkishI, "SIKI İş I\u{307}n ıi Í I\u{301}"), "sıkı iş in ıi í í");
    assert_eq!(with(Rule::Spelling, "The COLOUR’s 4 hours"), "the colors 4 hours");
}
