//! The lines of a page: blanks as a browser shows them, and for each line what it is.

use crate::corpus::Part;
use crate::corpus::SentenceKind;

/// Lines in the making. A line is of the kind that most of its bytes are of.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    parts: Vec<Part>,
    /// Where the line begins that is not finished.
    start: usize,
    /// What stands before the next word of the line, if it gets one.
    gap: Option<char>,
    /// Bytes of the line, by kind.
    shares: Vec<(SentenceKind, usize)>,
}

impl Lines {
    /// Text within a line: a run of blanks is one, and none where a line begins or ends.
    pub(super) fn push(&mut self, text: &str, kind: SentenceKind) {
        let mut before = false;
        for word in text.split(is_blank) {
            if before {
                self.gap.get_or_insert(' ');
            }
            before = true;
            self.word(word, kind);
        }
    }

    /// Text whose line ends count.
    pub(super) fn push_lines(&mut self, text: &str, kind: SentenceKind) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end();
            }
            self.push(line, kind);
        }
    }

    /// The cell of a row ends.
    pub(super) fn end_cell(&mut self) {
        self.gap = Some('\t');
    }

    /// The line ends, if it has begun.
    pub(super) fn end(&mut self) {
        self.gap = None;
        let range = self.start..self.text.len();
        if range.is_empty() {
            return;
        }
        let largest = self.shares.iter().rev().max_by_key(|(_, bytes)| *bytes);
        let kind = largest.map(|&(kind, _)| kind).unwrap_or_default();
        self.shares.clear();
        self.text.push('\n');
        self.start = self.text.len();
        match self.parts.last_mut() {
            _ if kind == SentenceKind::Body => {}
            Some(last) if last.kind == kind && last.range.end + 1 == range.start => {
                last.range.end = range.end;
            }
            _ => self.parts.push(Part { range, kind }),
        }
    }

    /// All lines, and which of them are no running text.
    pub(super) fn finish(mut self) -> (String, Vec<Part>) {
        self.end();
        (self.text, self.parts)
    }

    fn word(&mut self, word: &str, kind: SentenceKind) {
        if word.is_empty() {
            return;
        }
        let gap = self.gap.take();
        if self.text.len() > self.start {
            self.text.extend(gap);
        }
        self.text.push_str(word);
        match self.shares.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, bytes)) => *bytes += word.len(),
            None => self.shares.push((kind, word.len())),
        }
    }
}

/// The blanks of HTML, and NUL, which no text means.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    use SentenceKind::{Body, Boilerplate, Caption};

    #[test]
    fn blanks_are_one_and_none_at_the_ends_of_a_line() {
        let mut lines = Lines::default();
        lines.push(" \n One\t\tt", Body);
        lines.push("wo ", Body);
        lines.push(" three ", Body);
        lines.end();
        lines.end();
        lines.push_lines("four\n\n five", Body);
        assert_eq!(lines.finish(), ("One two three\nfour\nfive\n".to_owned(), Vec::new()));
    }

    #[test]
    fn a_line_is_what_most_of_it_is_and_neighbours_of_a_kind_are_one_part() {
        let mut lines = Lines::default();
        for (text, kind) in [("Home", Boilerplate), ("News", Boilerplate), ("It rains.", Body)] {
            lines.push(text, kind);
            lines.end();
        }
        lines.push("A long caption,", Caption);
        lines.push(" more", Boilerplate);
        let (text, parts) = lines.finish();
        assert_eq!(text, "Home\nNews\nIt rains.\nA long caption, more\n");
        let expected =
            [Part { range: 0..9, kind: Boilerplate }, Part { range: 20..40, kind: Caption }];
        assert_eq!(parts, expected);
    }
}
