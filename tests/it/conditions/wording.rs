//! Other words for the same: conditions 43, 44 and 47.

use twicetold::Profile;
use twicetold::config::Rule;
use twicetold::normalize::Normalizer;
use twicetold::verify::Relation;

use super::{different, key_under, link_in, linked, relation, with};

mod c43_translations_and_spellings {
    use super::*;

    #[test]
    fn two_translations_and_two_spellings_are_linked() {
        for (a, b) in [
            (
                "'If Antony Blinken loves history lessons so much, then he should take the following into account: when \
                 Americans are in your house, it can be difficult to stay alive and not be robbed or raped,' the ministry said.",
                "'If Antony Blinken is so into history lessons, here's one that comes to mind: When Americans are in your \
                 house, it can be difficult to stay alive, not being robbed or raped,' the statement said.",
            ),
            (
                "The two programmes were co-ordinated by the labour ministry in the harbour town.",
                "The two programs were coordinated by the labor ministry in the harbour town.",
            ),
            (
                "The grey theatre at the harbour was honoured for its defence of free speech.",
                "The gray theater at the harbour was honored for its defense of free speech.",
            ),
        ] {
            different(&[(a, b)]);
            assert!(linked(a, b), "{a}");
        }
    }

    #[test]
    fn two_spellings_are_one_on_request() {
        let spelled = with(Rule::Spelling);
        for (a, b) in [
            (
                "The two programmes were organised by the Labour ministry in the harbour town.",
                "The two programs were organized by the Labor ministry in the harbor town.",
            ),
            (
                "The grey theatre at the harbour was honoured for its defence of free speech.",
                "The gray theater at the harbor was honored for its defense of free speech.",
            ),
            (
                "She travelled ten kilometres to the jeweller’s.",
                "SHE TRAVELED TEN KILOMETERS TO THE JEWELER'S",
            ),
        ] {
            different(&[(a, b)]);
            assert_eq!(key_under(spelled, a), key_under(spelled, b));
        }
    }

    #[test]
    fn a_word_that_only_looks_like_a_spelling_stays() {
        let spelled = with(Rule::Spelling);
        for raw in ["advise", "four", "hour", "size", "prize", "rise", "your tour", "exercise"] {
            assert_eq!(key_under(spelled, raw), raw);
        }
        assert_ne!(key_under(spelled, "the prise"), key_under(spelled, "the prize"));
    }

    #[test]
    fn places_are_those_of_the_words_as_written() {
        let raw = "The colour’s “grey”, they said.";
        let traced = Normalizer::new(with(Rule::Spelling)).trace(raw);
        let words =
            traced.atoms.iter().map(|atom| (traced.word(atom), raw.get(atom.raw.clone()).unwrap()));
        let expected = [
            ("the", "The"),
            ("colors", "colour’s"),
            ("gray", "grey"),
            ("they", "they"),
            ("said", "said"),
        ];
        assert!(words.eq(expected), "{traced:?}");
    }

    #[test]
    fn another_sentence_about_the_same_is_not() {
        for other in [
            "Officials in the harbour town spoke of nothing but work and money for weeks.",
            "The grey theatre at the harbour was honoured for its defence of free speech.",
        ] {
            assert!(!linked(
                "The two programmes were co-ordinated by the labour ministry in the harbour town.",
                other
            ));
        }
    }
}

mod c44_word_order {
    use super::*;

    #[test]
    fn the_same_words_in_another_order_are_linked() {
        for (a, b) in [
            (
                "He told the harbour radio: 'The ferry will not sail before Monday morning.'",
                "'The ferry will not sail before Monday morning,' he told the harbour radio.",
            ),
            (
                "On Monday the northern islands signed the long awaited treaty on fishing.",
                "The northern islands signed the long awaited treaty on fishing on Monday.",
            ),
            (
                "According to the coast guard, forty passengers were saved from the ferry.",
                "Forty passengers were saved from the ferry, according to the coast guard.",
            ),
        ] {
            different(&[(a, b)]);
            assert!(linked(a, b), "{a}");
        }
    }

    #[test]
    fn common_words_alone_are_not() {
        for other in [
            "On Friday the mayor of a small town in the south opened a school for cooks.",
            "On Monday the ferry left the harbour of the town with forty passengers.",
        ] {
            assert!(!linked(
                "On Monday the northern islands signed the long awaited treaty on fishing.",
                other
            ));
        }
    }
}

mod c47_recognised_characters {
    use super::*;

    const CLEAN: &str = "The modern government of the islands returned the money to the fishermen.";

    #[test]
    fn damaged_letters_are_found_by_their_neighbours() {
        for noisy in [
            "The modem govemment of the is1ands retumed the rnoney to the fisherrnen.",
            "The mod ern gov ernment of the islands ret urned the money to the fish ermen.",
            "Themodern governmentof the islandsreturned the moneyto the fishermen.",
        ] {
            different(&[(CLEAN, noisy)]);
            assert!(link_in(Profile::Noisy, CLEAN, noisy).is_some(), "{noisy}");
        }
    }

    #[test]
    fn a_short_one_must_match_better_and_another_does_not_match() {
        assert!(link_in(Profile::Noisy, "rn1l", "ml1").is_none());
        let other = "A storm kept all boats of the coast in their harbours until the weekend.";
        assert!(link_in(Profile::Noisy, CLEAN, other).is_none());
        assert_eq!(relation(CLEAN, other), None::<Relation>);
    }
}
