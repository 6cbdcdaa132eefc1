//! Sentences that hardly say anything: conditions 22 and 23.

use twicetold::config::{Config, Unit};
use twicetold::report::{TextView, text};
use twicetold::verify::Relation;
use twicetold::{Corpus, detect};

use super::{groups, linked, relation};

mod c22_very_short_sentences {
    use super::*;

    #[test]
    fn they_match_by_equal_keys_only() {
        for (a, b) in [("He declined.", "He declined!"), ("Yes.", "yes"), ("cat", "Cat")] {
            assert_eq!(relation(a, b), Some(Relation::Exact), "{a}");
        }
        for (a, b) in
            [("He declined.", "He declines."), ("cat", "dog"), ("a", "b"), ("是的", "不是")]
        {
            assert!(!linked(a, b), "{a} | {b}");
        }
    }

    #[test]
    fn a_long_one_matches_by_its_words_and_another_does_not() {
        assert!(!linked(
            "He declined to say when the ferry would sail again.",
            "She refused any comment on the fire in the old theatre.",
        ));
        assert!(linked(
            "He declined to say when the ferry would sail again.",
            "He declined to say when the ferries would sail again.",
        ));
    }
}

mod c23_lines_without_words {
    use super::*;

    #[test]
    fn they_repeat_nothing() {
        assert_eq!(groups(&["", "", " \n ", "\t"]), 0);
        assert_eq!(groups(&["…", "…", "!!!", "!!!", "- - -", "- - -"]), 0);
        assert_eq!(groups(&["😀😀", "😀😀", "👩‍👩‍👧", "👩‍👩‍👧"]), 0);
    }

    #[test]
    fn they_are_counted() {
        let config = Config { unit: Unit::Line, ..Config::default() };
        for (texts, without_words) in [
            (["…", "- - -", "The ferry sails."], 2),
            (["😀😀", "The ferry sails.", "👩‍👩‍👧 !!!"], 2),
            (["… a …", "7", "是"], 0),
        ] {
            let report = detect(&Corpus::from_texts(texts), &config).unwrap();
            assert_eq!(report.input.sentences, 3, "{texts:?}");
            assert_eq!(report.input.without_words, without_words, "{texts:?}");
            let mut said = Vec::new();
            text(&report, &TextView { width: 0, ..TextView::default() }, &mut said).unwrap();
            let said = String::from_utf8(said).unwrap();
            assert_eq!(said.contains(", 2 without words, "), without_words == 2, "{said}");
            assert_eq!(said.contains("without words"), without_words > 0, "{said}");
        }
    }

    #[test]
    fn one_letter_is_a_word() {
        assert_eq!(groups(&["… a …", "a", "!!!"]), 1);
    }
}
