//! Pages: which files are some, and what their bytes mean.

use super::*;
use crate::config::Format;
use crate::corpus::SentenceKind;

const ARTICLE: &str = "<p>The ferry to the islands stays in port, for the wind is too strong, the captain says, and \
                       nobody knows until when it will blow from the north, where the storm is. The mail waits too.</p>";

fn page(head: &str) -> String {
    format!("<!DOCTYPE html><html><head>{head}</head><body><nav>Home</nav>{ARTICLE}</body></html>")
}

#[test]
fn pages_are_known_by_name_by_content_and_by_the_settings() {
    let plain = InputConfig::default();
    let html = page("");
    let format = |name: &str, bytes: &str, config: &InputConfig| {
        read_file(name, bytes, config).unwrap().files()[0].format
    };
    for name in ["a.html", "a.HTM.gz", "a.xhtml"] {
        assert_eq!(format(name, "<p>One", &plain), "html", "{name}");
    }
    assert_eq!(format("page", &html, &plain), "html");
    assert_eq!(format("page.txt", &html, &plain), "html");
    assert_eq!(format("page.lines", &html, &plain), "lines");
    let told = |format| InputConfig { format: Some(format), ..InputConfig::default() };
    assert_eq!(format("page", "<p>One", &told(Format::Html)), "html");
    assert_eq!(format("a.html", &html, &told(Format::Text)), "text");
}

#[test]
fn a_page_is_one_document_with_its_parts_and_metadata() {
    let html = page(
        "<title>Ferry stays in port today</title><link rel=canonical href=https://www.a.co.uk/1>",
    );
    let corpus = read_plainly("a.html", html);
    assert!(texts(&corpus)[0].starts_with("Home\nThe ferry"));
    let document = &corpus.documents()[0];
    assert!(document.is_whole_file());
    let parts = document.parts().unwrap();
    assert_eq!((&parts[0].range, parts[0].kind), (&(0..4), SentenceKind::Boilerplate));
    let about = metadata(&corpus, 0);
    assert_eq!(about.source.as_deref(), Some("a.co.uk"));
    assert_eq!(about.title.as_deref(), Some("Ferry stays in port today"));
    assert!(read_plainly("a.html", "<nav></nav>").documents().is_empty());
}

#[test]
fn a_page_is_decoded_by_its_mark_then_by_its_word_then_as_told_then_as_utf_8() {
    let first = |bytes: &[u8], config: &InputConfig| {
        texts(&read_file("a.html", bytes, config).unwrap())[0].trim_end().to_owned()
    };
    let plain = InputConfig::default();
    let told = InputConfig { encoding: Some("koi8-r".into()), ..InputConfig::default() };
    for config in [&plain, &told] {
        assert_eq!(first(b"<meta charset=latin1><p>caf\xe9", config), "café");
        assert_eq!(first("\u{feff}<meta charset=latin1><p>café".as_bytes(), config), "café");
        let wide: Vec<u8> = "\u{feff}<p>café".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(first(&wide, config), "café");
    }
    assert_eq!(first("<p>café".as_bytes(), &plain), "café");
    assert_eq!(first(b"<p>\xd7\xcf\xd4", &told), "вот");
}

#[test]
fn bad_bytes_are_counted_and_pages_without_an_article_too() {
    let folder = Folder::with("a.html", b"<p>caf\xe9\n<p>\xff");
    folder.write("b.html", page(""));
    folder.write("c.html", "<p>Two words");
    let corpus = folder.read(&InputConfig::default()).unwrap();
    let warnings = corpus.warnings();
    assert!(warnings[0].ends_with("a.html: 2 invalid byte sequences replaced (first in line 1)"));
    assert_eq!(warnings[1], "no article in 2 of 3 pages: all text was taken");
    let strict = InputConfig { strict: true, ..InputConfig::default() };
    let error = read_file("a.html", b"<p>\n\xff", &strict).unwrap_err().to_string();
    assert!(
        error.ends_with("a.html:2: expected valid UTF-8 (at byte 4, counted from 0)"),
        "{error}"
    );
}

#[test]
fn pictures_and_pages_over_the_limit_are_no_pages() {
    let corpus = read_plainly("a.html", b"\x89PNG\0\0\0\x0d\0\0\0\x01\0\0");
    assert_eq!(corpus.skipped_total(), 1);
    let small = InputConfig { max_document: 10, ..InputConfig::default() };
    let error = read_file("a.html", "<p>123456789", &small).unwrap_err().to_string();
    assert!(error.contains("max_document"), "{error}");
}

#[test]
fn a_page_that_ends_early_is_an_error() {
    let stored = super::super::streams::tests::gzip(page("").as_bytes());
    let cut = &stored[..stored.len() - 9];
    let error = read_file("a.html.gz", cut, &InputConfig::default()).unwrap_err();
    assert!(error.to_string().contains("ends early"), "{error}");
}
