//! Sentences that hardly say anything: conditions 22 and 23.

use twicetold::verify::Relation;

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
    fn one_letter_is_a_word() {
        assert_eq!(groups(&["… a …", "a", "!!!"]), 1);
    }
}
