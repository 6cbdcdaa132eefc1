//! Where sentences are cut: conditions 19-21, 45 and 46.

use twicetold::verify::Relation;

use super::{SENTENCE, kinds, relation, sentences};

/// Sentences that are glued together are parted; names that only look like it are not.
mod c19_glued_sentences {
    use super::*;

    #[test]
    fn a_missing_blank_between_two_sentences_parts_them() {
        assert_eq!(
            sentences("The ships left the channel.The crew stayed."),
            ["The ships left the channel.", "The crew stayed."]
        );
        assert_eq!(sentences("Will they stay?Nobody knows."), ["Will they stay?", "Nobody knows."]);
    }

    #[test]
    fn glued_words_are_a_small_edit() {
        let glued = SENTENCE.replace("left the", "leftthe");
        assert!(relation(SENTENCE, &glued) <= Some(Relation::Edited));
        assert!(relation(SENTENCE, &glued).is_some());
    }

    #[test]
    fn a_name_with_a_point_inside_stays_whole() {
        for text in ["They built it with Node.js last year.", "It closed at 2.2 on the U.S. board."]
        {
            assert_eq!(sentences(text), [text]);
        }
    }
}

/// Abbreviations end no sentence, and what was split all the same is contained in the whole.
mod c20_split_sentences {
    use super::*;

    #[test]
    fn abbreviations_figures_and_addresses_stay_whole() {
        for text in [
            "A U.S. convoy left the base with Mr. Adams at 9 a.m. on Friday.",
            "The rate fell by 2.2 percent to J. K. Lind's surprise.",
            "Then he went... and came back, says www.example.org today.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }

    #[test]
    fn a_piece_of_a_sentence_is_contained_in_it() {
        let whole = "The convoy crossed the border at noon with forty lorries of grain and medicine, and the \
                     ministry in Graz said on Friday that nobody had been hurt by the shelling of the old bridge.";
        let piece = "The ministry in Graz said on Friday that nobody had been hurt by the shelling";
        assert_eq!(relation(whole, piece), Some(Relation::Contained));
    }

    #[test]
    fn two_sentences_are_two() {
        assert_eq!(sentences("He went to the U.S. embassy. She stayed.").len(), 2);
    }
}

/// Quotations are cut where their sentences end, and the speaker may stand on either side.
mod c21_quotations {
    use super::*;

    #[test]
    fn the_sentences_of_a_quotation_count_by_themselves() {
        for text in [
            "'We will stay in the harbour until dawn. Nobody will leave,' she said.",
            "“We will stay in the harbour until dawn. Nobody will leave,” she said.",
            "She said: \"We will stay in the harbour until dawn. Nobody will leave.\"",
        ] {
            assert_eq!(kinds(text), ["quote", "quote"], "{text}");
        }
    }

    #[test]
    fn the_speaker_may_stand_before_or_after() {
        let quote =
            "the bridge over the harbour is too old to carry the heavy lorries of the new terminal";
        let after = format!("'{quote},' the mayor of Graz said.");
        let before = format!("The mayor of Graz said: '{quote}.'");
        assert!(relation(&after, &before).is_some_and(|relation| relation <= Relation::Edited));
    }

    #[test]
    fn an_apostrophe_opens_no_quotation() {
        assert_eq!(kinds("It's the players' house, and they don't sell it."), ["body"]);
    }
}

/// What was cut from the end, or added.
mod c45_abridgement {
    use super::*;

    #[test]
    fn a_sentence_of_five_words_inside_another_is_contained() {
        let whole = "Subscribe Sign in Home Weather Sport Mayor opens ferry terminal in harbour Contact Careers \
                     Archives Newsletters Obituaries Puzzles Comics Horoscopes Recipes Travel Classifieds";
        assert_eq!(
            relation(whole, "Mayor opens ferry terminal in harbour"),
            Some(Relation::Contained)
        );
    }

    #[test]
    fn what_was_cut_from_an_end_is_contained_whichever_comes_first() {
        let whole = "The convoy crossed the border at noon with forty lorries of grain and medicine, and the ministry in Graz said on \
                     Friday that nobody had been hurt by the shelling of the old bridge over the river.";
        for part in [
            "The convoy crossed the border at noon with forty lorries of grain and medicine.",
            "The ministry in Graz said on Friday that nobody had been hurt by the shelling of the old bridge.",
        ] {
            assert_eq!(relation(whole, part), Some(Relation::Contained), "{part}");
            assert_eq!(relation(part, whole), Some(Relation::Contained), "{part}");
        }
    }

    #[test]
    fn two_reports_of_one_subject_are_not() {
        assert_eq!(
            relation(
                "Mayor opens ferry terminal in harbour",
                "Storm closes ferry terminal for days"
            ),
            None
        );
    }
}

/// One sentence in two, two in one.
mod c46_merged_sentences {
    use super::*;
    use twicetold::verify::Flag;
    use twicetold::{Corpus, Profile, config::Config, detect};

    #[test]
    fn both_halves_of_a_merged_sentence_are_linked_to_it() {
        let first =
            "The council voted on Tuesday night to close the old ferry terminal in the harbour";
        let second =
            "The fishermen of the island want a stone bridge to be built in its place by spring";
        let merged = format!("{first}, and {second}.");
        for half in [first, second] {
            let found = relation(&merged, half);
            assert!(
                found.is_some_and(|relation| relation <= Relation::Contained),
                "{half}: {found:?}"
            );
        }
        assert_eq!(relation(first, second), None);
        let other =
            "The fishermen of the island sold their boats to a museum of the capital by spring";
        assert_eq!(relation(&merged, other), None);
    }

    const FIRST: &str =
        "The council voted on Tuesday night to close the old ferry terminal in the harbour";
    const SECOND: &str =
        "The fishermen of the island want a stone bridge to be built in its place by spring";
    const BEFORE: &str = "Nobody had expected a storm like this one in the middle of summer.";

    /// The halves that a report names: the shorter sentence of each flagged pair, its neighbour, and their similarity together.
    fn halves(profile: Profile, texts: &[&str]) -> Vec<(String, String, f64)> {
        let config = Config { profile, ..Config::default() };
        let report = detect(&Corpus::from_texts(texts), &config).unwrap();
        let text = |sentence: usize| report.sentences[sentence].text.clone();
        let half = |pair: &twicetold::pipeline::ReportedPair| {
            assert_eq!(pair.flags.has(Flag::Split), pair.split.is_some());
            let split = pair.split?;
            let (a, b) = (text(pair.a), text(pair.b));
            let shorter = if a.len() < b.len() { a } else { b };
            Some((shorter, text(split.with), split.similarity.number()))
        };
        report.pairs.iter().filter_map(half).collect()
    }

    #[test]
    fn each_half_is_named_with_the_other_one() {
        let merged = format!("{FIRST}, and {}.", SECOND.replacen('T', "t", 1));
        let (first, second) = (format!("{FIRST}."), format!("{SECOND}."));
        let apart = format!("{BEFORE} {first} {second}");
        for texts in [[&merged, &apart], [&apart, &merged]] {
            let mut found = halves(Profile::Paraphrase, &texts.map(String::as_str));
            found.sort_by(|a, b| a.0.cmp(&b.0));
            let named: Vec<(&str, &str)> =
                found.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
            assert_eq!(
                named,
                [(first.as_str(), second.as_str()), (second.as_str(), first.as_str())]
            );
            assert!(found.iter().all(|it| it.2 > 0.9), "{found:?}");
        }
        // A half that is linked by its characters is named too.
        let found = halves(Profile::Noisy, &[&merged, &apart]);
        assert!(!found.is_empty() && found.iter().all(|it| it.2 > 0.8), "{found:?}");
    }

    #[test]
    fn lines_of_a_list_are_no_halves_of_another_line() {
        let line = |town: &str, names: &str| {
            format!(
                "The jury of {town} gave its prize for the film to Ann Lee and for the music to {names} this spring."
            )
        };
        let (list, other) = (
            format!("{}\n{}", line("Graz", "Bo Roy"), line("Linz", "Kim Day")),
            line("Wels", "Bo Roy and Kim Day"),
        );
        assert!(relation(&other, &line("Graz", "Bo Roy")).is_some());
        assert_eq!(halves(Profile::Paraphrase, &[&list, &other]), []);
    }

    #[test]
    fn a_neighbour_that_says_something_else_is_no_half() {
        let merged = format!("{FIRST}, and {}.", SECOND.replacen('T', "t", 1));
        for apart in [
            format!("{FIRST}. {BEFORE}"),
            format!("{BEFORE} {SECOND}."),
            // Both halves are there, but not beside each other.
            format!("{FIRST}. {BEFORE} {SECOND}."),
            format!("{FIRST}."),
        ] {
            assert_eq!(halves(Profile::Paraphrase, &[&merged, &apart]), [], "{apart}");
        }
    }

    #[test]
    fn a_piece_of_an_over_split_sentence_is_joined_to_the_next() {
        let whole = "The convoy of the U.N. Mission crossed the river at noon with forty lorries of grain and medicine.";
        let pieces = "The convoy of the U.N.\nMission crossed the river at noon with forty lorries of grain and medicine.";
        let found = halves(Profile::Paraphrase, &[whole, pieces]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, "The convoy of the U.N.");
    }

    #[test]
    fn nothing_more_goes_and_people_see_both_halves() {
        let merged = format!("{FIRST}, and {}.", SECOND.replacen('T', "t", 1));
        let text = format!("{merged}\n{FIRST}. {SECOND}.\n");
        let folder = crate::dedup::folder(&[("a.lines", &text)]);
        crate::dedup::dedup(folder.path(), &["a.lines", "-o", "b.lines"]);
        assert_eq!(crate::dedup::text(&folder, "b.lines"), text);
        let shown = crate::cli::twicetold_in(folder.path(), &["detect", "a.lines"], b"");
        let shown = crate::cli::stdout(&shown);
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains("split in two"), "{shown}");
        assert!(shown.contains(&format!("with the sentence beside it: {SECOND}.")), "{shown}");
    }
}
