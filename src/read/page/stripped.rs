//! A page without its tags: for pages that are too deep or too large for a parser. One pass, constant memory.
//!
//! Blocks are lines, scripts and comments are out, navigation and captions are told by their elements; no article is
//! looked for. End tags are taken at their word.

use html_escape::decode_html_entities;

use super::elements::{Layout, is_beside, is_caption, layout};
use super::lines::Lines;
use super::tags::{Tags, Token};
use crate::corpus::SentenceKind;

/// Puts the text of a page into lines.
pub(super) fn read(html: &str, lines: &mut Lines) {
    let (mut beside, mut captions) = (0_usize, 0_usize);
    for token in Tags::new(html) {
        match token {
            Token::Text(text) => lines.push(&decode_html_entities(text), kind(beside, captions)),
            Token::Hidden => {}
            Token::Open { name, .. } => {
                let name = name.to_ascii_lowercase();
                ends_line(&name, lines);
                beside += usize::from(is_beside(&name));
                captions += usize::from(is_caption(&name, ""));
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                ends_line(&name, lines);
                beside = beside.saturating_sub(usize::from(is_beside(&name)));
                captions = captions.saturating_sub(usize::from(is_caption(&name, "")));
            }
        }
    }
}

const fn kind(beside: usize, captions: usize) -> SentenceKind {
    match (beside, captions) {
        (1.., _) => SentenceKind::Boilerplate,
        (0, 1..) => SentenceKind::Caption,
        (0, 0) => SentenceKind::Body,
    }
}

fn ends_line(name: &str, lines: &mut Lines) {
    if matches!(layout(name), Layout::Block | Layout::Break | Layout::Cell) {
        lines.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_navigation_and_captions_are_known() {
        let html = "<title>No</title><nav><a>Home</a></nav><h1>Head</h1><p>One <b>t</b>wo &amp;\nthree<br>four\
                    <style>p {}</style><figcaption>A tram</figcaption></nav><footer>Terms";
        let mut lines = Lines::default();
        read(html, &mut lines);
        let (text, parts) = lines.finish();
        assert_eq!(text, "Home\nHead\nOne two & three\nfour\nA tram\nTerms\n");
        let kinds: Vec<_> =
            parts.iter().map(|part| (text.get(part.range.clone()).unwrap(), part.kind)).collect();
        let expected = [
            ("Home", SentenceKind::Boilerplate),
            ("A tram", SentenceKind::Caption),
            ("Terms", SentenceKind::Boilerplate),
        ];
        assert_eq!(kinds, expected);
    }
}
