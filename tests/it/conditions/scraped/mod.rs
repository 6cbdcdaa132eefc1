//! What scraping does to sentences.

use twicetold::config::{Config, Quotes, Unit, Wrapped};
use twicetold::corpus::{CorpusBuilder, InputFile, LineOrigin, Metadata};
use twicetold::segment::Segmenter;
use twicetold::verify::Relation;
use twicetold::{Corpus, Report, detect};

/// The sentences of a text and what they are.
fn pieces(text: &str, wrapped: Wrapped) -> Vec<(&str, &'static str)> {
    let mut pieces = Vec::new();
    let segmenter = Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).wrapped(wrapped);
    segmenter.segment(text, 0, Some("en"), &mut pieces);
    let piece = |piece: &twicetold::segment::Piece| {
        (text.get(piece.span.range()).unwrap_or_default(), piece.kind.name())
    };
    pieces.iter().map(piece).collect()
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    pieces(text, Wrapped::Auto).into_iter().map(|(sentence, _)| sentence).collect()
}

/// What each sentence of a text is.
fn kinds(text: &str) -> Vec<&'static str> {
    pieces(text, Wrapped::Auto).into_iter().map(|(_, kind)| kind).collect()
}

fn report(texts: &[&str]) -> Report {
    detect(&Corpus::from_texts(texts.iter().copied()), &Config::default()).unwrap()
}

/// The relation of two texts of one sentence each, if they are linked.
fn relation(a: &str, b: &str) -> Option<Relation> {
    let report = report(&[a, b]);
    let equal = report.sentences.iter().any(|sentence| sentence.places.len() == 2);
    let pair = report.pairs.iter().map(|pair| pair.relation).next();
    pair.or_else(|| equal.then_some(Relation::Exact))
}

const SENTENCE: &str = "The ferry left the harbour at dawn with forty passengers on board.";

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
        let (a, b) =
            ("Mayor Ann Lind (left) in her office", "Harbour master John Hill (left) at sea");
        assert_eq!(relation(a, b), None);
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
        let text = "'We will stay in the harbour until dawn. Nobody will leave,' she said.";
        assert_eq!(kinds(text), ["quote", "quote"]);
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

/// What many pages of a source carry is boilerplate.
mod c29_boilerplate {
    use super::*;

    /// A corpus of articles of one source, each a sentence of its own and lines beside it.
    pub(super) fn site(lines: impl Fn(usize) -> String) -> Corpus {
        let mut builder = CorpusBuilder::default();
        let file =
            builder.begin_file(InputFile { path: "site.jsonl".into(), ..InputFile::default() });
        for number in 0..20 {
            let text = format!("Ship number {number} sank.\n{}", lines(number));
            let metadata = Metadata { source: Some("site".into()), ..Metadata::default() };
            builder.add_document(file, &text, LineOrigin::Record).metadata(metadata);
        }
        builder.finish()
    }

    /// The kind of the sentence that begins so.
    pub(super) fn kind(corpus: &Corpus, start: &str) -> &'static str {
        let detail = twicetold::pipeline::Detail { all_sentences: true, ..Default::default() };
        let report =
            twicetold::pipeline::detect_with(corpus, &Config::default(), detail, &()).unwrap();
        let sentence = report.sentences.iter().find(|sentence| sentence.text.starts_with(start));
        sentence.unwrap().kind.name()
    }

    #[test]
    fn a_sentence_on_every_page_is_boilerplate() {
        let corpus =
            site(|_| "Sign up to our newsletter to get the news of the day by noon.".into());
        assert_eq!(kind(&corpus, "Sign up"), "boilerplate");
        assert_eq!(kind(&corpus, "Ship number 7"), "body");
    }

    #[test]
    fn a_line_of_a_menu_is_from_three_pages_on() {
        let corpus =
            site(
                |number| {
                    if number < 3 { "Read more".into() } else { format!("Page {number} ends.") }
                },
            );
        assert_eq!(kind(&corpus, "Read more"), "boilerplate");
    }

    #[test]
    fn what_three_articles_of_many_say_and_a_line_on_two_pages_are_not() {
        let said = "The harbour of the town has been closed since the storm of last week.";
        let corpus = site(|number| if number < 3 { said.into() } else { "It rained.".into() });
        assert_eq!(kind(&corpus, "The harbour"), "body");
        let corpus =
            site(
                |number| {
                    if number < 2 { "Read more".into() } else { format!("Page {number} ends.") }
                },
            );
        assert_eq!(kind(&corpus, "Read more"), "body");
    }
}

/// Boilerplate with a counter or a date in it.
mod c30_counters {
    use super::c29_boilerplate::{kind, site};

    #[test]
    fn lines_that_differ_in_a_figure_are_one_form() {
        let corpus = site(|number| format!("1.{number}k shares"));
        assert_eq!(kind(&corpus, "1.7k shares"), "boilerplate");
        let corpus = site(|number| format!("Published on the site at 10:{number:02}, 5 June 2019"));
        assert_eq!(kind(&corpus, "Published on the site at 10:07"), "boilerplate");
    }

    #[test]
    fn a_sentence_with_a_figure_is_none() {
        let corpus = site(|number| format!("The share rose by {number} percent on Friday."));
        assert_eq!(kind(&corpus, "The share rose by 7"), "body");
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
        let text = "They won 3 games of 4 in 2019 and 2 of 5 in 2020.";
        assert_eq!(kinds(text), ["body"]);
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
