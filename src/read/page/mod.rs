//! The format `html`: a page is a document, and its text is lines.
//!
//! All visible text is taken, in the order of the page: blocks are lines, `<br>` ends one, inline elements end none. What
//! the extractor ([`article`]) holds for the article is running text; captions, the rows of data tables, and what stands
//! beside the article are marked as such ([`Part`]). A page without an article (an index, a stub) is running text but for
//! its navigation, and counted.
//!
//! XHTML is read as HTML is. Limits: alternative texts, scripts, hidden elements and what a script would put there are not read. A page over 8 MB,
//! over 200,000 nodes or deeper than browsers go loses its tags by a plain pass, and nobody looks for an article in it.
//! Lines have no numbers in the file, for the text has lines of its own.
//!
//! Cost: some 10 MB of pages a second. Memory: the page, its text, and two trees of some hundred bytes a node.

mod article;
mod charset;
mod elements;
mod head;
mod lines;
mod linked_data;
mod parse;
mod sniff;
mod stripped;
mod tags;
mod tree;

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;

use crate::corpus::{LineOrigin, Metadata, Part};
use crate::error::Result;

use super::encoding::{Damage, Decoded};
use super::intake::Intake;

use self::lines::Lines;

pub(super) use sniff::is_page;

/// A page as a document.
#[derive(Debug)]
pub(super) struct Page {
    /// Its lines.
    pub(super) text: String,
    /// Which of them are no running text.
    pub(super) parts: Vec<Part>,
    /// What it says of itself.
    pub(super) metadata: Metadata,
    /// Whether an article was found in it.
    pub(super) has_article: bool,
}

/// Reads a file as one page; one without text is none.
pub(super) fn read(
    bytes: &mut dyn BufRead,
    encoding: Option<&'static Encoding>,
    damage: &mut Damage,
    intake: &mut Intake<'_>,
) -> Result<()> {
    let limit = intake.config().max_document;
    let whole = super::text::whole_bytes(bytes, limit).map_err(|cause| intake.failed(cause))?;
    let strict = intake.config().strict;
    let decoded = decode(&whole, None, encoding, strict).map_err(|cause| intake.failed(cause));
    let (html, found) = decoded?;
    *damage = found;
    let page = page(&html);
    intake.tally().page(page.has_article);
    if !page.text.is_empty() {
        let mut added = intake.add(&page.text, LineOrigin::Record, page.metadata);
        added.whole_file().parts(page.parts);
    }
    Ok(())
}

/// A page's text in UTF-8. `http` is a `Content-Type`, `told` the encoding of pages that declare none.
pub(super) fn decode(
    bytes: &[u8],
    http: Option<&str>,
    told: Option<&'static Encoding>,
    strict: bool,
) -> io::Result<(String, Damage)> {
    let encoding = charset::declared(bytes, http).or(told);
    let mut decoded = Decoded::new(Box::new(bytes), encoding, strict)?;
    let mut text = String::new();
    decoded.read_to_string(&mut text)?;
    Ok((text, decoded.damage()))
}

/// The text of a page and what is what in it.
pub(super) fn page(html: &str) -> Page {
    let mut lines = Lines::default();
    let (mut metadata, mut has_article) = (Metadata::default(), false);
    if let Some(document) = parse::parse(html) {
        let extracted = article::extract(&document);
        has_article = extracted.article.is_some();
        metadata = head::metadata(&document, &extracted);
        let article = extracted.article.as_ref();
        let known = tree::Known { article, title: &extracted.title };
        tree::read(document.root(), &known, &mut lines);
    } else {
        stripped::read(html, &mut lines);
    }
    let (text, parts) = lines.finish();
    Page { text, parts, metadata, has_article }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use proptest::prelude::*;

    use super::*;
    use crate::corpus::SentenceKind;

    /// A page of an invented newspaper.
    const PAGE: &str = include_str!("../../../tests/data/pages/harbour.html");

    const PARAGRAPHS: &str = "<p>The ferry to the islands stays in port, for the wind is too strong, the captain says. \
                              <p>Nobody knows until when it will blow from the north, where the storm is, or why.";

    /// The lines of a page, with the first letter of their kinds.
    fn lines(html: &str) -> Vec<String> {
        let Page { text, parts, .. } = page(html);
        let kind = |start: usize| {
            let part = parts.iter().find(|part| part.range.contains(&start));
            part.map_or(SentenceKind::Body, |part| part.kind).name()
        };
        let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        text.lines().map(|line| format!("{} {line}", kind(start(line)))).collect()
    }

    #[test]
    fn an_article_is_told_from_what_stands_beside_it() {
        let page = page(PAGE);
        assert!(page.has_article);
        let metadata = page.metadata;
        assert_eq!(metadata.title.as_deref(), Some("Harbour bridge reopens after nine months"));
        assert_eq!(metadata.date.as_deref(), Some("2024-03-05T06:00:00Z"));
        assert_eq!(metadata.url.as_deref(), Some("https://www.coast.example/news/bridge"));
        assert_eq!(metadata.source.as_deref(), Some("The Coast Courier"));
        assert_eq!(metadata.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn every_line_of_a_page_is_kept_with_its_kind() {
        let lines = lines(PAGE);
        let kinds: Vec<_> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
        let (beside, body, table) = ("boilerplate", "body", "table");
        let article = [body, body, "caption", body, body, body, table, table, table, table, body];
        assert_eq!(kinds, [&[beside; 3][..], &article, &[beside; 5]].concat(), "{lines:#?}");
        assert_eq!(
            lines[4],
            "body The harbour bridge in Lower Tarn reopened on Tuesday after nine months of repairs, and the first \
             tram crossed it at 6 a.m. with the mayor, Ilse\u{a0}Varn, at the controls."
        );
        assert_eq!(lines[10], "table Part\tCrowns");
        assert!(lines[14].ends_with("Read more") && lines[18].contains('©'), "{lines:#?}");
    }

    #[test]
    fn blocks_and_breaks_end_lines_and_inline_elements_none() {
        let html = "<div>One <b>t</b>wo<div>three</div>four<br>fi<wbr>ve<pre>six\n  seven</pre><span>ei</span>ght\
                    <table><tr><td>nine<td>ten</table><p hidden>no<p style='display: none'>no<svg><text>no</svg>\
                    <template><p>no</template><textarea>no</textarea><p>&lt;eleven&gt; &amp;amp;";
        let text = page(html).text;
        let expected = "One two\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n<eleven> &amp;\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_page_without_an_article_is_taken_whole() {
        let html = "<nav>Home</nav><h1>News</h1><ul><li><a href=/1>Mayor opens bridge</a><li><a href=/2>Storm nears</a></ul>";
        assert!(!page(html).has_article);
        let expected =
            ["boilerplate Home", "body News", "body Mayor opens bridge", "body Storm nears"];
        assert_eq!(lines(html), expected);
    }

    #[test]
    fn a_page_that_is_called_by_a_word_for_boxes_is_still_read() {
        let paragraph = "<p>The ferry to the islands stays in port, for the wind is too strong, the captain says, \
                         and nobody knows until when it will blow from the north.</p>";
        let html = format!("<div class=newsletter-post>{}</div>", paragraph.repeat(5));
        assert!(lines(&html).iter().all(|line| line.starts_with("body ")));
    }

    #[test]
    fn what_no_parser_should_meet_is_stripped_of_its_tags() {
        let deep = format!("{}<p>One</p> two{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(page(&deep).text, "One\ntwo\n");
        let large = "<div>x".repeat(2 << 20);
        assert_eq!(page(&large).text.len(), 4 << 20);
    }

    #[test]
    fn pages_near_the_limits_take_no_time() {
        let list: Vec<_> = (0..30_000).map(|n| format!("<li><a href=x>word{n}</a>")).collect();
        let words = "one two ".repeat(50_000);
        let linked = format!(
            "<script type=application/ld+json>{{\"@context\":\"https://schema.org\",\"@type\":\"Article\",\
             \"name\":\"{words}\",\"headline\":\"{words}x\"}}</script><title>{words}y</title>"
        );
        for html in [
            "<br>".repeat(150_000),
            format!("<ul>{}</ul>", list.concat()),
            "<div class=related>".repeat(200) + &"<p>One, two, three".repeat(20_000),
            format!("{}{}", "<div>One, two".repeat(400), "</div>".repeat(400)).repeat(40),
            linked,
            "<script type=application/ld+json>{}</script>".repeat(20_000),
            format!("<p class='{}'>One", "share-a ".repeat(200_000)),
            "<meta property=og:title content=x>".repeat(50_000),
        ] {
            let start = Instant::now();
            page(&html);
            let seconds = start.elapsed().as_secs_f64();
            assert!(seconds < 20.0, "{seconds} s: {html:.40}");
        }
    }

    proptest! {
        #[test]
        fn no_page_panics(
            html in "(<[a-z]{1,3}( [a-z]+=['\"]?[a-z]*)?>|</[a-z]{1,3}>|<(table|tr|td|select|svg|template|form|p|h1|br|nav|figcaption|article)>|</(table|p|form|svg|template|article)>|&[a-z#0-9]{0,5};?|<!--|-->|\u{0}|One, two. ){0,60}|\\PC{0,60}",
        ) {
            let Page { text, parts, .. } = page(&html);
            for part in &parts {
                prop_assert!(text.get(part.range.clone()).is_some_and(|lines| !lines.is_empty()));
            }
            prop_assert!(parts.is_sorted_by(|a, b| a.range.end < b.range.start));
        }

        #[test]
        fn no_value_panics(
            values in proptest::collection::vec("[a-z:/?#%., é\\[\\]@;+0-9-]{0,16}", 12),
            linked in "[{}\\[\\]\":,@a-z\\\\é]{0,40}",
        ) {
            let [v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11] = &values[..] else { return Ok(()) };
            let html = format!(
                "<base href='{v0}'><title>{v1}</title><meta property='{v2}' content='{v3}'><meta property=og:url content='{v3}'>\
                 <script type=application/ld+json>{linked}</script><link rel='icon canonical' href='{v4}' sizes='{v5}'>\
                 <article class='{v6}'>{PARAGRAPHS}<a href='{v7}'>One</a><img src='{v8}' srcset='{v9}' style='{v10}'>\
                 <table><tr><td colspan='{v11}' rowspan='{v5}'>One</table></article>"
            );
            page(&html);
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (text, _) = decode(&bytes, None, None, false).unwrap();
            page(&text);
        }
    }
}
