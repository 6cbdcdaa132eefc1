//! Tags and the text between them, for pages that must not meet a parser: one pass, no stack, no memory.

use super::elements::is_raw;

/// A piece of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token<'a> {
    /// Text, its entities as they are.
    Text(&'a str),
    /// A start tag.
    Open {
        /// Its name, as it is written.
        name: &'a str,
        /// How many attributes it has, or a few more.
        attributes: usize,
    },
    /// An end tag.
    Close(&'a str),
    /// What nobody sees: a comment, a script, a declaration.
    Hidden,
}

/// The tokens of a page.
#[derive(Clone, Debug)]
pub(super) struct Tags<'a> {
    rest: &'a str,
    /// The element whose text runs up to its end tag.
    raw: Option<&'a str>,
}

impl<'a> Tags<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html, raw: None }
    }

    /// Takes so many bytes, or all there are.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn tag(&mut self, tag: &Tag) -> Token<'a> {
        let taken = self.take(tag.length);
        let from = if tag.is_end { 2 } else { 1 };
        let name = taken.get(from..).unwrap_or_default();
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
        if tag.is_end {
            return Token::Close(name);
        }
        self.raw = Some(name).filter(|name| is_raw(&name.to_ascii_lowercase()));
        Token::Open { name, attributes: tag.attributes }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let length = raw_length(self.rest, name);
            self.take(length);
            return Some(Token::Hidden);
        }
        let bytes = self.rest.as_bytes();
        let token = match *bytes {
            [] => return None,
            [b'<', b'!', b'-', b'-', ..] => {
                self.take(comment_length(self.rest));
                Token::Hidden
            }
            [b'<', b'!' | b'?', ..] => {
                let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |end| end + 1);
                self.take(end);
                Token::Hidden
            }
            [b'<', b'/', byte, ..] if byte.is_ascii_alphabetic() => {
                self.tag(&Tag::read(bytes, true))
            }
            [b'<', byte, ..] if byte.is_ascii_alphabetic() => self.tag(&Tag::read(bytes, false)),
            [_, ref behind @ ..] => {
                let end = memchr::memchr(b'<', behind).map_or(bytes.len(), |end| end + 1);
                Token::Text(self.take(end))
            }
        };
        Some(token)
    }
}

/// The length of a comment with its end: `-->` or `--!>`; `<!-->` and `<!--->` are whole comments.
fn comment_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let inside = bytes.get(2..).unwrap_or_default();
    let end = memchr::memmem::find_iter(inside, b"--").find_map(|at| {
        // The search goes on behind what it found, so that of `--->` it finds the first two.
        let behind = inside.get(at + 2..).unwrap_or_default();
        let dashes = behind.iter().take_while(|&&byte| byte == b'-').count();
        match behind.get(dashes..).unwrap_or_default() {
            [b'>', ..] => Some(at + dashes + 3),
            [b'!', b'>', ..] if at > 0 => Some(at + dashes + 4),
            _ => None,
        }
    });
    end.map_or(rest.len(), |end| end + 2)
}

/// How far the text of a raw element runs: up to its end tag.
fn raw_length(rest: &str, name: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut ends = memchr::memmem::find_iter(bytes, b"</");
    let is_end = |&at: &usize| {
        let found = bytes.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    ends.find(is_end).unwrap_or(rest.len())
}

/// How far a tag runs, and what was counted on the way.
struct Tag {
    length: usize,
    attributes: usize,
    is_end: bool,
}

impl Tag {
    /// A quotation mark counts behind an equals sign only, and hides the end of the tag until it is closed.
    fn read(bytes: &[u8], is_end: bool) -> Self {
        let (mut attributes, mut before, mut at) = (0, b'<', 1);
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'>' => break,
                b'"' | b'\'' if before == b'=' => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    at += memchr::memchr(byte, rest).map_or(rest.len(), |end| end + 1);
                    before = b' ';
                }
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' if before == b'=' => {}
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' => before = b' ',
                _ => {
                    attributes += usize::from(before == b' ' && byte != b'=');
                    before = byte;
                }
            }
        }
        Self { length: at, attributes, is_end }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(html: &str) -> Vec<&str> {
        let text = |token| if let Token::Text(text) = token { Some(text) } else { None };
        Tags::new(html).filter_map(text).collect()
    }

    #[test]
    fn text_is_what_stands_between_tags_comments_and_scripts() {
        let html = "<!DOCTYPE html><p title=\"a > b\">One<!-- no --><br/> two</P><script>if (a<b) \"</p>\"</SCRIPT >3 < 4<!-->5<a b'c>6";
        assert_eq!(texts(html), ["One", " two", "3 ", "< 4", "5", "6"]);
    }

    #[test]
    fn what_is_never_closed_runs_to_the_end() {
        for html in ["<p a=\"x>y", "<!-- x", "<script>x", "<p", "</p", "<!x"] {
            assert!(texts(html).is_empty(), "{html}");
        }
    }

    #[test]
    fn comments_end_as_in_a_browser() {
        for html in ["<!-- - -- --->x", "<!---->x", "<!--a--!>x", "<!--->x", "<!--a--b-->x"] {
            assert_eq!(texts(html), ["x"], "{html}");
        }
    }

    #[test]
    fn attributes_are_counted() {
        let count = |html| match Tags::new(html).next() {
            Some(Token::Open { name, attributes }) => (name, attributes),
            _ => ("", 0),
        };
        assert_eq!(count("<a>"), ("a", 0));
        assert_eq!(count("<IMG src=x alt = \"a b c\" hidden/>"), ("IMG", 3));
    }

    proptest! {
        #[test]
        fn every_byte_is_passed_once(html in "[<>/!\\-= \"'aés]{0,40}|.{0,40}") {
            let mut tags = Tags::new(&html);
            let mut left = html.len();
            while let Some(token) = tags.next() {
                prop_assert!(tags.rest.len() < left || token == Token::Hidden);
                left = tags.rest.len();
            }
            prop_assert_eq!(left, 0);
        }
    }
}
