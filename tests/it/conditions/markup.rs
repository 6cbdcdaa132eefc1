//! What is left of web pages: conditions 8 and 9.

use twicetold::config::{InputConfig, Rule, RuleSet};
use twicetold::ids::DocumentId;
use twicetold::normalize::Normalizer;

use super::{bytes, different, key_under, same};

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

    /// The rules with the one that drops tags.
    fn stripped() -> RuleSet {
        RuleSet::default().with(Rule::Tags)
    }

    #[test]
    fn unless_asked_for_a_tag_in_plain_text_is_what_the_text_says() {
        different(&[(
            "Use the <article> element to mark up the main content.",
            "Use the <section> element to mark up the main content.",
        )]);
    }

    #[test]
    fn tags_addresses_and_shortcodes_left_in_plain_text_are_no_words() {
        for other in [
            SAID.replace("Monday morning", "<strong>Monday morning</strong>"),
            SAID.replace("islands", "is<b>land</b>s"),
            SAID.replace("The ferry", "<p class=\"lead\">The <a href='/ferry' rel=me>ferry</a>"),
            SAID.replace("not sail", "not<br />sail<!-- ad -->"),
            SAID.replace("Monday morning", "[Monday morning](https://port.example/times?a=1)"),
            SAID.replace("Monday morning", "**Monday morning**"),
            format!("{SAID} [video]"),
            format!("[caption id=\"a1\" width=300]{SAID}[/caption]"),
        ] {
            assert_eq!(key_under(stripped(), SAID), key_under(stripped(), &other), "{other}");
        }
        let rules = RuleSet::default();
        assert_ne!(key_under(rules, "the <i>port</i>"), key_under(rules, "the port"));
    }

    #[test]
    fn places_are_those_of_the_words() {
        let raw = "The <b>port</b> and <p>is<i>land</i>s";
        let traced = Normalizer::new(stripped()).trace(raw);
        let places: Vec<_> =
            traced.atoms.iter().map(|atom| raw.get(atom.raw.clone()).unwrap()).collect();
        assert_eq!(places, ["The", "port", "and", "is<i>land</i>s"]);
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        let key = |raw: &str| key_under(stripped(), raw);
        assert_eq!(key("I <3 it"), "i <3 it");
        assert_eq!(key("x<y>z"), "x y z");
        assert_eq!(key("if a <b and c> d"), "if a b and c d");
        assert_eq!(key("where a<b>c holds"), "where a b c holds");
        assert_eq!(
            key("He put the [video] there [sic](again)."),
            "he put the video there sic again"
        );
        assert_ne!(key("if a < b and c > d"), key("if a d"));
        assert_ne!(key("a Vec<T> here"), key("a Vec here"));
        assert_eq!(key("write &lt;b&gt; for bold"), "write b for bold");
    }
}
