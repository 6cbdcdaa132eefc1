//! Datelines, credits and captions: conditions 15-18.

use twicetold::config::Wrapped;
use twicetold::verify::Relation;

use super::{SENTENCE, kinds, pieces, relation, report};

/// The wire's head and its credits are pieces of their own: the rest is the sentence that others print without them.
mod c15_datelines {
    use super::*;

    #[test]
    fn a_sentence_with_a_dateline_is_the_sentence_without_it() {
        for head in ["WASHINGTON (Reuters) - ", "LONDON, June 5 — ", "GRAZ, Austria (AP) — "] {
            let report = report(&[&format!("{head}{SENTENCE}"), SENTENCE]);
            assert_eq!(report.sentences.len(), 1, "{head}");
            assert_eq!(
                (report.sentences[0].text.as_str(), report.sentences[0].places.len()),
                (SENTENCE, 2)
            );
        }
    }

    #[test]
    fn bylines_and_credits_are_told_and_not_compared() {
        let text = "By Jane Doe and John Roe\nGRAZ, June 5 — The ferry left at dawn, police said.\n\
                    Associated Press writer Jane Doe contributed to this report.";
        assert_eq!(kinds(text), ["byline", "dateline", "body", "credit"]);
        let other = "Associated Press writer John Roe contributed to this report.";
        assert_eq!(
            relation("Associated Press writer Jane Doe contributed to this report.", other),
            None
        );
    }

    #[test]
    fn a_dash_or_a_by_in_a_sentence_is_none() {
        for text in [
            "NASA — the space agency — said on Friday that it would go.",
            "By noon the ferry had left the harbour of the town.",
            "The mayor - an old man with a hat - said so.",
        ] {
            assert_eq!(pieces(text, Wrapped::Auto), [(text, "body")]);
        }
    }
}

/// Marks of agencies.
mod c16_agency_marks {
    use super::*;

    #[test]
    fn a_mark_before_a_sentence_is_cut_off() {
        for (mark, kind) in [
            ("(AP) — ", "credit"),
            ("(Reuters) - ", "credit"),
            ("NEW YORK, June 5, 2019 /PRNewswire/ -- ", "dateline"),
        ] {
            let text = format!("{mark}{SENTENCE}");
            assert_eq!(pieces(&text, Wrapped::Auto), [(mark.trim_end(), kind), (SENTENCE, "body")]);
        }
    }

    #[test]
    fn an_agency_that_is_spoken_of_stays() {
        for text in [
            "Reuters said on Friday that it would open an office.",
            "He sold (AP) wires — And more — for years.",
        ] {
            assert_eq!(pieces(text, Wrapped::Auto), [(text, "body")]);
        }
    }
}

/// Words that only say where in a picture somebody stands.
mod c17_captions {
    use super::*;

    #[test]
    fn where_somebody_stands_is_a_small_edit() {
        let plain = "Mayor Ann Lind and harbour master John Hill open the new ferry terminal in Graz on Friday";
        for marked in [
            "Mayor Ann Lind (left) and harbour master John Hill open the new ferry terminal in Graz on Friday",
            "Mayor Ann Lind and harbour master John Hill (L-R) open the new ferry terminal in Graz on Friday",
            "Mayor Ann Lind, pictured, and harbour master John Hill open the new ferry terminal in Graz on Friday",
        ] {
            let found = relation(plain, marked);
            assert!(
                matches!(found, Some(Relation::Near | Relation::Edited)),
                "{marked}: {found:?}"
            );
        }
    }

    #[test]
    fn another_picture_is_another_caption() {
        for (a, b) in [
            ("Mayor Ann Lind (left) in her office", "Harbour master John Hill (left) at sea"),
            ("Mayor Ann Lind, pictured, in her office", "A burnt bus, pictured, before the hall"),
        ] {
            assert_eq!(relation(a, b), None);
        }
    }
}

/// One sentence that captions share is found, whatever stands before it.
mod c18_shared_captions {
    use super::*;

    #[test]
    fn the_shared_sentence_is_one_with_a_place_in_each_caption() {
        let shared = "Protests over rising prices began in the harbour towns on Sunday and spread across the country";
        let first = format!("A long queue waits outside a bank. {shared}");
        let second = format!("A burnt bus stands before the town hall. {shared}");
        let report = report(&[&first, &second]);
        assert_eq!(report.sentences.len(), 1);
        assert_eq!(
            (report.sentences[0].text.as_str(), report.sentences[0].places.len()),
            (shared, 2)
        );
    }

    #[test]
    fn what_only_one_caption_says_is_not_matched() {
        assert!(
            report(&["A long queue waits outside a bank.", "A burnt bus stands before the hall."])
                .sentences
                .is_empty()
        );
    }
}
