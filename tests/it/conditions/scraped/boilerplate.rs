//! What a site repeats: conditions 29-31.

use twicetold::Corpus;
use twicetold::config::Config;
use twicetold::corpus::{CorpusBuilder, InputFile, LineOrigin, Metadata};

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
            builder.add_document(file, &text, LineOrigin::Record).metadata(&metadata);
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

/// What a firm says of itself below its press releases.
mod c31_press_releases {
    use super::c29_boilerplate::{kind, site};

    const ABOUT: &str =
        "About Velmark Lines: Velmark Lines is a leading provider of ferries for islands.";

    #[test]
    fn a_paragraph_below_every_release_is_boilerplate() {
        assert_eq!(kind(&site(|_| ABOUT.into()), "About Velmark"), "boilerplate");
    }

    #[test]
    fn below_one_release_of_twenty_it_is_a_sentence_as_any_other() {
        let corpus = site(|number| if number == 0 { ABOUT.into() } else { "It rained.".into() });
        assert_eq!(kind(&corpus, "About Velmark"), "body");
    }

    #[test]
    fn what_is_told_of_the_firm_in_two_releases_is_none() {
        let told = "Velmark Lines will build two ferries for the northern islands by the spring.";
        let corpus = site(|number| if number < 2 { told.into() } else { ABOUT.into() });
        assert_eq!(kind(&corpus, "Velmark Lines will"), "body");
        assert_eq!(kind(&corpus, "About Velmark"), "boilerplate");
    }
}
