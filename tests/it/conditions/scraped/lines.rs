//! Line ends, wrapped paragraphs, and rows of figures: conditions 6 and 36.

use twicetold::config::{Config, Wrapped};
use twicetold::verify::Relation;
use twicetold::{Corpus, detect};

use super::{kinds, pieces, relation, report, sentences};

/// A word that is hyphenated over a line end is the word; a hyphen that belongs to it stays one.
mod c06_line_end_hyphens {
    use super::*;

    #[test]
    fn a_hyphen_at_a_line_end_is_taken_back() {
        let whole = "The government has announced a new programme for the harbour towns.";
        let broken = "The gov-\nernment has announced a new pro-\ngramme for the harbour towns.";
        let config = Config { wrapped: Wrapped::Yes, ..Config::default() };
        let report = detect(&Corpus::from_texts([whole, broken]), &config).unwrap();
        assert_eq!(report.sentences[0].places.len(), 2);
    }

    #[test]
    fn dashes_of_every_kind_are_one_and_a_hyphen_inside_a_line_stays() {
        let of =
            |dash: &str| format!("The ferry {dash} an old one {dash} left the harbour at dawn.");
        assert_eq!(relation(&of("—"), &of("–")), Some(Relation::Exact));
        let (hyphen, apart) =
            ("He re-signed the contract at noon today.", "He resigned the contract at noon today.");
        assert_ne!(relation(hyphen, apart), Some(Relation::Exact));
    }
}

/// Rows of figures.
mod c36_tables {
    use super::*;

    #[test]
    fn rows_are_told_and_only_matched_where_they_are_equal() {
        assert_eq!(
            kinds("36 Andy Seuss 9 0 0 0 0\nAcme Ltd 12.5 13.1 +0.6 4.8%"),
            ["table", "table"]
        );
        let (a, b) = ("Acme Ltd Graz 12.5 13.1 0.6 4.8 7.1", "Acme Ltd Graz 12.5 13.1 0.6 4.8 9.9");
        assert_eq!(relation(a, b), None);
        assert_eq!(relation(a, a), Some(Relation::Exact));
    }

    #[test]
    fn a_sentence_with_figures_is_none() {
        for text in [
            "They won 3 games of 4 in 2019 and 2 of 5 in 2020.",
            "The index closed at 4,012 on Friday after a fall of 3.1 percent in a week.",
        ] {
            assert_eq!(kinds(text), ["body"]);
        }
    }
}

/// Paragraphs that were broken into lines of one width.
mod c06_hard_wrapped_lines {
    use super::*;

    const WRAPPED: &str = "The council voted on Tuesday night to close the old\nferry terminal, which has \
                           served the harbour for more\nthan a century, and to build a bridge in its\nplace. \
                           Nobody spoke against it.\n\n* The harbour\n* The town hall\n";

    #[test]
    fn lines_of_one_paragraph_are_joined_with_honest_places() {
        let found = sentences(WRAPPED);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].starts_with("The council") && found[0].ends_with("in its\nplace."));
        let whole = found[0].replace('\n', " ");
        let report = report(&[WRAPPED, &whole]);
        let places = &report.sentences[0].places;
        assert_eq!((places.len(), places[0].line), (2, 1));
        assert_eq!(report.sentences[0].text, found[0]);
    }

    #[test]
    fn it_can_be_forced_and_forbidden() {
        let short = "The ferry left\nthe harbour at dawn.";
        assert_eq!(sentences(short).len(), 2);
        assert_eq!(pieces(short, Wrapped::Yes).len(), 1);
        assert_eq!(pieces(WRAPPED, Wrapped::No).len(), 7);
    }

    #[test]
    fn verse_and_a_sentence_a_line_stay() {
        let verse = "the tide went out\nand nobody came to see\nthe boats on the sand before noon\nor heard \
                     the bell\nthat rang at the quay";
        assert_eq!(sentences(verse).len(), 5);
        let lines =
            "The tide went out at noon.\nNobody came to see it go.\nThe boats lay on the sand.";
        assert_eq!(sentences(lines).len(), 3);
    }
}
