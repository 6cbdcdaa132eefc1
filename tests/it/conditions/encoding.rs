//! Characters and their encodings: conditions 1-5, 7, 10-13.

use twicetold::config::{InputConfig, Rule, RuleSet};
use twicetold::ids::DocumentId;
use twicetold::normalize::Normalizer;

use super::{bytes, different, key, key_under, link_in, same, with};
use crate::cli::twicetold_in;
use twicetold::{Profile, verify::Relation};

mod c01_composed_and_decomposed {
    use super::*;

    #[test]
    fn letters_with_marks_are_one_however_they_are_written() {
        same(&[
            ("caf\u{e9} in Plze\u{148}", "cafe\u{301} in Plzen\u{30c}"),
            ("Vi\u{1ec7}t Nam", "Vie\u{323}\u{302}t Nam"),
            ("\u{d55c}\u{ad6d}", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ]);
    }

    #[test]
    fn another_mark_is_another_letter() {
        different(&[("cafe\u{301}", "cafe\u{300}"), ("cafe\u{301}", "cafe")]);
    }

    #[test]
    fn places_are_those_of_the_raw_bytes() {
        let raw = "The cafe\u{301} shut.";
        let traced = Normalizer::default().trace(raw);
        assert_eq!(traced.word(&traced.atoms[1]), "caf\u{e9}");
        assert_eq!(raw.get(traced.atoms[1].raw.clone()).unwrap(), "cafe\u{301}");
    }
}

mod c02_compatibility_forms {
    use super::*;

    #[test]
    fn ligatures_full_widths_and_squared_units_are_plain_letters() {
        same(&[
            ("the ﬁnal oﬀer", "the final offer"),
            ("ＡＢＣ１２ opened", "ABC12 opened"),
            ("a walk of 3 ㎞", "a walk of 3 km"),
            ("ｶﾞﾗｽの家", "ガラスの家"),
        ]);
    }

    #[test]
    fn an_exponent_is_not_a_digit_of_its_base() {
        different(&[("a room of 15 m²", "a room of 15 m2"), ("10² of them", "102 of them")]);
    }
}

mod c03_quotation_marks {
    use super::*;

    #[test]
    fn every_mark_is_the_same() {
        let plain = "\"We stay,\" she said.";
        for other in [
            "“We stay,” she said.",
            "«We stay,» she said.",
            "„We stay,“ she said.",
            "「We stay,」 she said.",
            "`We stay,' she said.",
            "‘We stay,’ she said.",
        ] {
            same(&[(plain, other)]);
        }
    }

    #[test]
    fn what_is_quoted_is_not() {
        different(&[
            ("“We stay,” she said.", "“We stayed,” she said."),
            ("«We stay,» she said.", "«They stay,» she said."),
        ]);
    }
}

mod c04_lost_apostrophes {
    use super::*;

    #[test]
    fn an_apostrophe_inside_a_word_says_nothing() {
        same(&[
            ("They don't pay.", "They dont pay."),
            ("They don’t pay.", "They don't pay."),
            ("the company's system", "the companys system"),
        ]);
    }

    #[test]
    fn a_blank_in_its_place_is_another_key_that_letters_find() {
        let (a, b) = (
            "The harbour workers don't want to sail before the storm is over.",
            "The harbour workers don t want to sail before the storm is over.",
        );
        different(&[(a, b)]);
        for profile in [Profile::Noisy, Profile::Near] {
            assert!(link_in(profile, a, b).is_some(), "{profile:?}");
        }
        different(&[("They can't pay.", "They cart pay."), ("its tide", "it s tide")]);
    }
}

mod c05_invisible_characters {
    use super::*;

    #[test]
    fn what_shows_nothing_says_nothing() {
        same(&[
            ("gov\u{ad}ern\u{200b}ment", "government"),
            ("\u{feff}The \u{200f}tide\u{200e} is out", "The tide is out"),
            ("so\u{200d}ft", "soft"),
            ("a \u{2066}b\u{2069} c", "a b c"),
        ]);
    }

    #[test]
    fn a_non_joiner_tells_words_apart_in_persian() {
        different(&[("نامه\u{200c}ای", "نامهای")]);
    }
}

mod c07_blanks {
    use super::*;

    #[test]
    fn every_run_of_blanks_is_one() {
        same(&[
            ("The\u{a0}tide is out", "The tide is out"),
            ("The\t tide\u{2009}is  out ", "The tide is out"),
            ("The tide\r\nis out", "The tide is out"),
            ("The tide\u{3000}is\u{2028}out", "The tide is out"),
        ]);
    }

    #[test]
    fn no_blank_is_none() {
        different(&[("The tide is out", "Thetide is out"), ("The to day", "The today")]);
    }
}

mod c10_mojibake {
    use super::*;

    #[test]
    fn a_replacement_character_says_nothing() {
        same(&[("soft wor\u{fffd}d", "soft word"), ("\u{fffd}soft word", "soft word")]);
    }

    #[test]
    fn text_read_in_a_wrong_encoding_once_or_twice_is_what_it_was() {
        same(&[
            (
                "The café owners don’t want to close, they said.",
                "The cafÃ© owners donâ€™t want to close, they said.",
            ),
            (
                "Die Bürgermeisterin eröffnete die neue Straßenbahn.",
                "Die BÃ¼rgermeisterin erÃ¶ffnete die neue StraÃŸenbahn.",
            ),
            ("They don’t pay.", "They donÃ¢â‚¬â„¢t pay."),
            ("They don’t pay.", "They don\u{e2}\u{80}\u{99}t pay."),
            ("Москва", "ÐœÐ¾Ñ\u{81}ÐºÐ²Ð°"),
        ]);
        let rules = RuleSet::default().without(Rule::Mojibake);
        assert_ne!(key_under(rules, "cafÃ©s"), key_under(rules, "cafés"));
    }

    #[test]
    fn places_are_those_of_the_damaged_bytes() {
        let raw = "Two cafÃ©s shut.";
        let traced = Normalizer::default().trace(raw);
        assert_eq!(traced.word(&traced.atoms[1]), "cafés");
        assert_eq!(raw.get(traced.atoms[1].raw.clone()).unwrap(), "cafÃ©s");
    }

    #[test]
    fn valid_text_is_never_turned_into_other_text() {
        same(&[("Ã é", "ã é"), ("NÃO", "não"), ("AMANHÃ…", "amanhã"), ("Ç’ka", "çka")]);
        different(&[("Ã\u{a9}", "é"), ("cafÃ© or café", "café or café"), ("â€", "”")]);
    }
}

mod c11_encodings {
    use super::*;

    const TEXT: &str = "Zoë paid 5 €.\n";

    fn text(file: &[u8], encoding: Option<&str>) -> String {
        let encoding = encoding.map(str::to_owned);
        let config = InputConfig { encoding, ..InputConfig::default() };
        let corpus = bytes(file, "a.txt", &config).unwrap();
        corpus.text(DocumentId::new(0)).to_owned()
    }

    #[test]
    fn a_byte_order_mark_or_a_declaration_decides() {
        let utf_16: Vec<u8> =
            "\u{feff}Zoë paid 5 €.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf_16, None), TEXT);
        assert_eq!(text(b"Zo\xeb paid 5 \x80.\n", Some("windows-1252")), TEXT);
        assert_eq!(text(TEXT.as_bytes(), None), TEXT);
    }

    #[test]
    fn bad_bytes_are_replaced_and_counted() {
        let corpus = bytes(b"Zo\xeb paid 5.\n", "a.txt", &InputConfig::default()).unwrap();
        assert_eq!(corpus.text(DocumentId::new(0)), "Zo\u{fffd} paid 5.\n");
        assert!(corpus.warnings().iter().any(|it| it.contains("a.txt") && it.contains('1')));
    }

    #[test]
    fn strict_refuses_them_by_file_and_place() {
        let config = InputConfig { strict: true, ..InputConfig::default() };
        let error = bytes(b"One.\nZo\xeb paid 5.\n", "a.txt", &config).unwrap_err().to_string();
        assert!(error.contains("a.txt:2"), "{error}");
        assert!(bytes(TEXT.as_bytes(), "a.txt", &config).is_ok());
    }
}

mod c12_case {
    use super::*;

    #[test]
    fn capitals_say_nothing() {
        same(&[
            ("LONDON – The TIDE is out", "London – the tide is out"),
            ("Mayor Opens New Bridge", "Mayor opens new bridge"),
            ("DIE STRASSE", "Die Straße"),
            ("ΟΔΟΣ", "οδος"),
        ]);
    }

    #[test]
    fn a_dotless_i_is_its_own_letter_and_the_rule_can_be_switched_off() {
        different(&[("sıkıldım", "sikildim")]);
        let cased = RuleSet::default().without(Rule::Case);
        assert_ne!(key_under(cased, "The TIDE"), key_under(cased, "The tide"));
    }

    #[test]
    fn capitals_say_nothing_in_turkish_on_request() {
        let turkish = with(Rule::TurkishI);
        for (capitals, small) in [
            ("KAPI AÇILDI", "kapı açıldı"),
            ("İSTANBUL’DA SIKILDIM", "İstanbul’da sıkıldım"),
            ("DI\u{307}YARBAKIR", "Diyarbakır"),
            ("ILIK", "ılık"),
        ] {
            different(&[(capitals, small)]);
            assert_eq!(key_under(turkish, capitals), key_under(turkish, small));
            let masked = |raw| Normalizer::new(turkish).masked(raw);
            assert_eq!(
                masked(&format!("{capitals} {capitals}")),
                key_under(turkish, &format!("{small} {small}"))
            );
        }
        assert_ne!(key_under(turkish, "SIKILDIM"), key_under(turkish, "sikildim"));
    }
}

mod c13_accents {
    use super::*;

    #[test]
    fn they_count_by_default() {
        different(&[("café", "cafe"), ("résumé", "resume"), ("Müller", "Muller")]);
    }

    #[test]
    fn they_do_not_on_request() {
        for (a, b) in [("café", "cafe"), ("résumé", "resume"), ("Müller", "Muller")] {
            assert_eq!(key_under(with(Rule::Diacritics), a), key(b));
        }
        assert_ne!(key_under(with(Rule::Diacritics), "café"), key("cave"));
    }

    #[test]
    fn recognised_text_is_compared_without_them() {
        let (with_accents, without) = (
            "Žluťoučký kůň skákal přes potok u starého mlýna",
            "Zlutoucky kun skakal pres potok u stareho mlyna",
        );
        assert_eq!(link_in(Profile::Noisy, with_accents, without).unwrap().0, Relation::Exact);
        for profile in [Profile::Near, Profile::Paraphrase] {
            assert_ne!(
                link_in(profile, with_accents, without).map(|it| it.0),
                Some(Relation::Exact)
            );
        }
        let other = "Mladý kůň se napil vody pod starým mostem za městem";
        assert_eq!(link_in(Profile::Noisy, with_accents, other), None);
    }

    #[test]
    fn what_is_asked_of_the_rules_wins_over_the_profile() {
        let rules = |words: &[&str]| {
            let words = [&["detect", "--format=json", "--profile=noisy"], words].concat();
            let report: serde_json::Value =
                serde_json::from_slice(&twicetold_in(".".as_ref(), &words, b"Caf\xc3\xa9.").stdout)
                    .unwrap();
            report["config"]["rules"].to_string()
        };
        assert!(rules(&[]).contains("diacritics"));
        assert!(rules(&["--without-rule=case"]).contains("diacritics"));
        assert!(!rules(&["--without-rule=diacritics"]).contains("diacritics"));
        assert!(!rules(&["--profile=near"]).contains("diacritics"));
    }
}
