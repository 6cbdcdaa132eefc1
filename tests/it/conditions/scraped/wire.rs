//! Datelines, credits and captions: conditions 15-18.

use twicetold::config::{Config, Wrapped};
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
    use twicetold::pipeline::{Said, Weights, explain};
    use twicetold::{config::Rule, corpus::SentenceKind};

    const PLAIN: &str =
        "Mayor Ann Lind and harbour master John Hill open the new ferry terminal in Graz on Friday";
    const MARKED: [&str; 4] = [
        "Mayor Ann Lind (left) and harbour master John Hill open the new ferry terminal in Graz on Friday",
        "Mayor Ann Lind and harbour master John Hill (L-R) open the new ferry terminal in Graz on Friday",
        "Mayor Ann Lind, pictured, and harbour master John Hill open the new ferry terminal in Graz on Friday",
        "From left: Mayor Ann Lind and harbour master John Hill open the new ferry terminal in Graz on Friday",
    ];

    /// A line that stands under a picture, since another one follows that ends as a sentence does.
    fn article(caption: &str, body: &str) -> String {
        format!("{caption}\n{body}\n")
    }

    #[test]
    fn where_somebody_stands_is_no_part_of_a_caption() {
        let first = article(PLAIN, "The boats to the islands leave every hour.");
        for marked in MARKED {
            let second = article(marked, "A second terminal follows in the spring of next year.");
            let report = report(&[&first, &second]);
            assert_eq!(report.sentences.len(), 1, "{marked}");
            assert_eq!(report.sentences[0].places.len(), 2, "{marked}");
        }
    }

    #[test]
    fn in_a_sentence_it_is_a_small_edit() {
        for marked in MARKED {
            let found = relation(&format!("{PLAIN}."), &format!("{marked}."));
            assert!(
                matches!(found, Some(Relation::Near | Relation::Edited)),
                "{marked}: {found:?}"
            );
        }
    }

    #[test]
    fn what_a_caption_says_stays() {
        for (said, other) in [
            (
                "The harbour master left the old ferry terminal",
                "The harbour master the old ferry terminal",
            ),
            (
                "Ann Lind, pictured at sea, on the left bank of the Mur",
                "Ann Lind, at sea, on the bank of the Mur",
            ),
        ] {
            let report = report(&[&article(said, "One."), &article(other, "Two.")]);
            assert!(report.sentences.iter().all(|it| it.places.len() == 1), "{said}");
        }
    }

    #[test]
    fn an_explanation_knows_what_a_caption_is() {
        let said = |text, kind| Said { text, kind };
        let explained = |kind| {
            let pair = (said(MARKED[0], kind), said(PLAIN, kind));
            explain(pair, &Weights::background(), &Config::default()).unwrap()
        };
        let captions = explained(SentenceKind::Caption);
        assert_eq!(captions.relation, Some(Relation::Exact));
        assert!(captions.rules_that_mattered.iter().any(|it| it.rule == Rule::Captions));
        let sentences = explained(SentenceKind::Body);
        assert_ne!(sentences.relation, Some(Relation::Exact));
        assert!(sentences.rules_that_mattered.iter().all(|it| it.rule != Rule::Captions));
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
        let third = format!("{shared}. A tram waits in the rain.");
        for (texts, places) in
            [(&[&first, &second][..], 2), (&[&first, &second, &third], 3), (&[&second, &third], 2)]
        {
            let report = report(&texts.iter().map(|text| text.as_str()).collect::<Vec<_>>());
            assert_eq!(report.sentences.len(), 1);
            assert!(report.sentences[0].text.starts_with(shared));
            assert_eq!(report.sentences[0].places.len(), places);
        }
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
