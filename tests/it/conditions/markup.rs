//! What is left of web pages: conditions 8 and 9.

use twicetold::config::InputConfig;
use twicetold::ids::DocumentId;

use super::{bytes, different, relation, same};
use twicetold::verify::Relation;

mod c08_entities {
    use super::*;

    #[test]
    fn entities_are_what_they_stand_for_up_to_three_times_over() {
        same(&[
            ("Marks &amp; Spencer&#8217;s", "Marks & Spencer’s"),
            ("5&nbsp;%", "5 %"),
            ("Marks &amp;amp; Spencer", "Marks & Spencer"),
            ("&quot;We stay,&quot; she said", "\"We stay,\" she said"),
        ]);
    }

    #[test]
    fn an_ampersand_by_itself_stays() {
        same(&[("AT&T fell", "AT&amp;T fell")]);
        different(&[("AT&T fell", "ATT fell"), ("&amp;amp;amp;amp;lt; 5", "< 5")]);
    }
}

mod c09_markup_left_over {
    use super::*;

    const SAID: &str =
        "The ferry to the islands will not sail before Monday morning, the port said.";

    #[test]
    fn a_page_is_read_without_its_tags_and_scripts() {
        let page = format!(
            "<html><head><title>Ferry</title><script>var a = {{\"b\": 1}};</script><style>p {{}}</style></head>\
             <body><p>{}</p></body></html>",
            SAID.replace("islands", "<b>islands</b>")
        );
        let corpus = bytes(page.as_bytes(), "a.html", &InputConfig::default()).unwrap();
        let text = corpus.text(DocumentId::new(0));
        assert!(text.contains(SAID), "{text}");
        assert!(!text.contains("var a") && !text.contains('<'), "{text}");
    }

    #[test]
    fn leftovers_in_plain_text_are_words_and_the_sentence_is_still_found() {
        for other in [
            SAID.replace("Monday morning", "<strong>Monday morning</strong>"),
            SAID.replace("Monday morning", "**Monday morning**"),
            SAID.replace("Monday morning", "[Monday morning](https://port.example/times)"),
            format!("{SAID} [video]"),
        ] {
            assert!(relation(SAID, &other).is_some(), "{other}");
        }
    }

    #[test]
    fn marks_of_markdown_are_no_words_and_a_comparison_is_no_tag() {
        same(&[(SAID, &SAID.replace("Monday morning", "**Monday morning**"))]);
        assert_ne!(
            relation(SAID, &SAID.replace("the port", "the <i>port</i>")),
            Some(Relation::Exact)
        );
        different(&[("if a < b and c > d", "if a d")]);
    }
}
