//! Numbers, templates, denials and names: conditions 24-28.

use twicetold::config::{Config, Numbers, Unit};
use twicetold::{Corpus, detect};

use super::{flags, linked};

mod c24_only_numbers_differ {
    use super::*;

    #[test]
    fn the_pair_is_flagged() {
        for (a, b) in [
            (
                "The harbour town scored 3 goals against the islanders on Sunday evening.",
                "The harbour town scored 5 goals against the islanders on Sunday evening.",
            ),
            (
                "A barrel of the northern oil cost 81.20 dollars at the end of the day.",
                "A barrel of the northern oil cost 81.90 dollars at the end of the day.",
            ),
            (
                "Please read field manual FM 1506 before the engine is started again.",
                "Please read field manual FM 1507 before the engine is started again.",
            ),
        ] {
            assert_eq!(flags(a, b), ["numbers_differ"], "{a}");
        }
    }

    #[test]
    fn it_is_no_pair_on_request_and_no_flag_on_another() {
        let texts = [
            "The harbour town scored 3 goals against the islanders on Sunday evening.",
            "The harbour town scored 5 goals against the islanders on Sunday evening.",
        ];
        let pairs = |numbers| {
            let config = Config { numbers, unit: Unit::Line, ..Config::default() };
            detect(&Corpus::from_texts(texts), &config).unwrap().pairs
        };
        assert!(pairs(Numbers::Veto).is_empty());
        assert_eq!(pairs(Numbers::Ignore)[0].flags.iter().count(), 0);
    }
}

mod c25_writings_of_numbers {
    use super::*;

    #[test]
    fn the_same_number_in_another_writing_is_no_difference() {
        for (a, b) in [
            ("the 1,000 men", "the 1000 men"),
            ("all twelve of the men", "all 12 of the men"),
            ("some $2m of debts", "some $2 million of debts"),
            ("at 5 p.m. of that day", "at 17:00 of that day"),
            ("on 2003-06-05 at last", "on June 5, 2003 at last"),
        ] {
            let say = |it| format!("The harbour office paid the crew of the sunken ferry {it}.");
            assert!(!flags(&say(a), &say(b)).contains(&"numbers_differ"), "{a} | {b}");
        }
    }

    #[test]
    fn another_number_is() {
        for (a, b) in
            [("the 1,000 men", "the 1,001 men"), ("all twelve of the men", "all ten of the men")]
        {
            let say = |it| format!("The harbour office paid the crew of the sunken ferry {it}.");
            assert!(flags(&say(a), &say(b)).contains(&"numbers_differ"), "{a} | {b}");
        }
    }
}

mod c26_templates {
    use super::*;

    fn flagged(texts: &[String]) -> bool {
        let config = Config { unit: Unit::Line, ..Config::default() };
        let report = detect(&Corpus::from_texts(texts), &config).unwrap();
        report.clusters.iter().any(|it| it.flags.iter().any(|flag| flag.name() == "template"))
    }

    #[test]
    fn five_sentences_of_one_form_are_a_template() {
        let weather =
            |i| format!("Tomorrow it will be cloudy with up to {i} degrees on the coast.");
        let shares =
            |i| format!("Shares of the harbour company closed at {i}.40 crowns on the exchange.");
        assert!(flagged(&(11..17).map(weather).collect::<Vec<_>>()));
        assert!(flagged(&(11..17).map(shares).collect::<Vec<_>>()));
        assert!(!flagged(&(11..13).map(weather).collect::<Vec<_>>()));
    }

    #[test]
    fn identifiers_that_differ_in_a_digit_differ() {
        assert!(
            flags(
                "Safety recall SR-2023-052 concerns the steering of all ferries of that yard.",
                "Safety recall SR-2023-053 concerns the steering of all ferries of that yard.",
            )
            .contains(&"numbers_differ")
        );
        assert!(
            !flags(
                "Safety recall SR-2023-052 concerns the steering of all ferries of that yard.",
                "The safety recall SR-2023-052 concerns the steering of all ferries of that yard.",
            )
            .contains(&"numbers_differ")
        );
    }
}

mod c27_denials {
    use super::*;

    #[test]
    fn one_that_denies_is_flagged() {
        for (a, b) in [
            (
                "The minister did not sign the treaty with the northern islands on Friday.",
                "The minister did sign the treaty with the northern islands on Friday.",
            ),
            (
                "The crew never left the burning ferry before the coast guard came.",
                "The crew left the burning ferry before the coast guard came.",
            ),
            (
                "Die Regierung wird den Vertrag mit den Inseln im Norden nicht unterschreiben.",
                "Die Regierung wird den Vertrag mit den Inseln im Norden unterschreiben.",
            ),
        ] {
            assert!(flags(a, b).contains(&"negation_differs"), "{a}");
        }
    }

    #[test]
    fn an_opposite_in_the_place_of_its_word_is_flagged() {
        let shares =
            |it| format!("On the northern exchange {it} shares outnumbered all others on Friday.");
        assert!(flags(&shares("advancing"), &shares("declining")).contains(&"negation_differs"));
        let vote =
            |it| format!("The council of the northern islands {it} the plan for the harbour.");
        assert!(flags(&vote("backed"), &vote("opposed")).contains(&"negation_differs"));
        // The opposite of a word that did not go says nothing.
        let ferry = "The old ferry left the harbour of the northern islands at dawn.";
        let both = "The old ferry left the new harbour of the northern islands at dawn.";
        assert!(!flags(ferry, both).contains(&"negation_differs"));
    }

    #[test]
    fn a_contraction_is_the_same_denial_and_a_synonym_is_none() {
        let say =
            |it| format!("The minister {it} sign the treaty with the northern islands on Friday.");
        assert!(!flags(&say("did not"), &say("didn't")).contains(&"negation_differs"));
        assert!(!flags(&say("did"), &say("had to")).contains(&"negation_differs"));
    }
}

mod c28_names {
    use super::*;

    #[test]
    fn another_name_is_flagged() {
        for (a, b) in [("Scalia", "Thomas"), ("Ann Lee", "Ann Roy"), ("Graz", "Linz")] {
            let say =
                |it| format!("The court heard what {it} had to say about the ferry that sank.");
            assert!(flags(&say(a), &say(b)).contains(&"names_differ"), "{a} | {b}");
        }
    }

    #[test]
    fn names_that_change_places_are_flagged_and_a_moved_phrase_is_not() {
        let (a, b) = (
            "Brondby beat Malmo in the last game of the northern season on Sunday.",
            "Malmo beat Brondby in the last game of the northern season on Sunday.",
        );
        assert!(linked(a, b));
        assert!(flags(a, b).contains(&"names_differ"));
        super::super::different(&[(a, b)]);
        let both = |it| format!("In the last game of the northern season {it} met Graz on Sunday.");
        assert!(
            !flags(&both("Brondby and Malmo"), &both("Malmo and Brondby"))
                .contains(&"names_differ")
        );
        let moved = "On Sunday Brondby beat Malmo in the last game of the northern season.";
        assert!(!flags(a, moved).contains(&"names_differ"));
    }
}
