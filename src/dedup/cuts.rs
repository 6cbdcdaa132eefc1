//! What is cut out of a document's text when some of its sentences go.
//!
//! A sentence goes with the blanks behind it, up to the next one of its line; at the end of a line with those before it. A line
//! of which nothing is left goes with its line break. All else stays as it was, blank lines too.
//!
//! Law: the cuts are in order and apart, each holds its sentence, and what they hold beside the sentences is blank.

use std::ops::Range;

use crate::corpus::Sentence;

/// What goes with one sentence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cut {
    /// The sentence's position among those of its document.
    pub sentence: usize,
    /// The bytes of the document's text that go.
    pub range: Range<usize>,
}

/// The cuts of a document of which some sentences go: `goes` says which, one for each of its sentences.
///
/// ```
/// use twicetold::corpus::{Sentence, Span};
/// use twicetold::dedup::cuts;
/// use twicetold::ids::DocumentId;
/// let text = "One. Two. Three.\nFour.\n";
/// let sentence = |range: std::ops::Range<usize>| Sentence {
///     document: DocumentId::new(0),
///     index: 0,
///     span: Span::new(range).unwrap(),
///     kind: Default::default(),
/// };
/// let sentences = [0..4, 5..9, 10..16, 17..22].map(sentence);
/// let found = cuts(text, &sentences, &[false, true, false, true]);
/// assert_eq!(&text[found[0].range.clone()], "Two. ");
/// assert_eq!(&text[found[1].range.clone()], "Four.\n");
/// ```
pub fn cuts(text: &str, sentences: &[Sentence], goes: &[bool]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut lines = lines(text, sentences, goes);
    move_last_breaks(text, &mut lines);
    for line in lines {
        if line.is_gone {
            whole_line(&line, sentences, &mut cuts);
        } else {
            parts(&line, sentences, goes, &mut cuts);
        }
    }
    cuts
}

/// The sentences that stand in one line, or together in several.
struct Line {
    sentences: Range<usize>,
    /// Its bytes, with its line break.
    range: Range<usize>,
    /// Whether none of its sentences stays.
    is_gone: bool,
}

fn lines(text: &str, sentences: &[Sentence], goes: &[bool]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let span = sentence.span.range();
        let end = || {
            let end = memchr::memchr(b'\n', &text.as_bytes()[span.end..]);
            end.map_or(text.len(), |at| span.end + at + 1)
        };
        if let Some(line) = lines.last_mut().filter(|line| span.start < line.range.end) {
            line.sentences.end = number + 1;
            line.is_gone &= goes[number];
            // The end of a line is looked for once, and not for each of a million sentences in it.
            if span.end > line.range.end {
                line.range.end = end();
            }
        } else {
            let start = memchr::memrchr(b'\n', &text.as_bytes()[..span.start]);
            let range = start.map_or(0, |at| at + 1)..end();
            lines.push(Line { sentences: number..number + 1, range, is_gone: goes[number] });
        }
    }
    lines
}

/// Where the last line goes and has no line break of its own, it takes that of the line before, and so on upwards: else a text
/// that ended without a break would end with one.
fn move_last_breaks(text: &str, lines: &mut [Line]) {
    if text.ends_with('\n') {
        return;
    }
    let (mut touching, mut end) = (text.len(), text.len());
    for line in lines.iter_mut().rev() {
        if !line.is_gone || line.range.end != touching {
            return;
        }
        touching = line.range.start;
        let before = text.get(..touching).unwrap_or_default();
        let unbroken = before.strip_suffix('\n').unwrap_or(before);
        let start = unbroken.strip_suffix('\r').unwrap_or(unbroken).len();
        line.range = start..end;
        end = start;
    }
}

/// A line that goes is shared out among its sentences.
fn whole_line(line: &Line, sentences: &[Sentence], cuts: &mut Vec<Cut>) {
    let mut start = line.range.start;
    for number in line.sentences.clone() {
        let is_last = number + 1 == line.sentences.end;
        let end = if is_last { line.range.end } else { sentences[number + 1].span.range().start };
        cuts.push(Cut { sentence: number, range: start..end });
        start = end;
    }
}

/// Of a line of which something stays, runs of sentences go: with what is behind each, or at its end with what is before.
fn parts(line: &Line, sentences: &[Sentence], goes: &[bool], cuts: &mut Vec<Cut>) {
    let span = |number: usize| sentences[number].span.range();
    let last_kept = line.sentences.clone().rev().find(|&number| !goes[number]);
    for number in line.sentences.clone().filter(|&number| goes[number]) {
        let range = if Some(number) < last_kept {
            span(number).start..span(number + 1).start
        } else {
            let before =
                number.checked_sub(1).map_or(span(number).start, |before| span(before).end);
            before..span(number).end
        };
        cuts.push(Cut { sentence: number, range });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::{Quotes, Unit};
    use crate::corpus::Span;
    use crate::ids::DocumentId;
    use crate::segment::Segmenter;

    fn sentences(text: &str) -> Vec<Sentence> {
        let mut pieces = Vec::new();
        Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).segment(
            text,
            0,
            Some("en"),
            &mut pieces,
        );
        let document = DocumentId::new(0);
        let sentence = |(index, piece): (u32, &crate::segment::Piece)| Sentence {
            document,
            index,
            span: piece.span,
            kind: piece.kind,
        };
        (0..).zip(&pieces).map(sentence).collect()
    }

    /// What is left of a text when the sentences that contain a word go.
    fn left(text: &str, word: &str) -> String {
        let sentences = sentences(text);
        let goes: Vec<bool> =
            sentences.iter().map(|it| text.get(it.span.range()).unwrap().contains(word)).collect();
        let mut left = text.to_owned();
        for cut in cuts(text, &sentences, &goes).into_iter().rev() {
            left.replace_range(cut.range, "");
        }
        left
    }

    #[test]
    fn a_sentence_goes_with_its_blanks_and_a_line_with_its_break() {
        for (text, expected) in [
            ("It left. X went. It came.", "It left. It came."),
            ("X went. It came.", "It came."),
            ("It left. X went.", "It left."),
            ("It left. X went.\n", "It left.\n"),
            ("It left. X went. X was seen.\nIt came.\n", "It left.\nIt came.\n"),
            ("It left.\nX went. X was seen.\nIt came.\n", "It left.\nIt came.\n"),
            ("It left.\r\n\r\nX went.\r\n\r\nIt came.\r\n", "It left.\r\n\r\n\r\nIt came.\r\n"),
            ("It left.\nX went.\nX was seen.", "It left."),
            ("It left.\r\nX went.", "It left."),
            ("  It left.  X went.  ", "  It left.  "),
            ("X went.", ""),
            ("X went.\nX was seen.", ""),
        ] {
            assert_eq!(left(text, "X"), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_of_many_sentences_takes_time_in_proportion() {
        // A search to the end of the line for each of them would read a terabyte.
        let text = "It left. X went. ".repeat(300_000);
        let document = DocumentId::new(0);
        let sentence = |number: usize| Sentence {
            document,
            index: 0,
            span: Span::new(number / 2 * 17 + number % 2 * 9..number / 2 * 17 + 8 + number % 2 * 8)
                .unwrap(),
            kind: crate::corpus::SentenceKind::Body,
        };
        let sentences: Vec<Sentence> = (0..600_000).map(sentence).collect();
        let goes: Vec<bool> = (0..600_000).map(|number| number % 2 == 1).collect();
        let cuts = cuts(&text, &sentences, &goes);
        assert_eq!(cuts.len(), 300_000);
        assert_eq!(text.get(cuts[7].range.clone()), Some("X went. "));
    }

    #[test]
    fn nothing_goes_where_everything_stays() {
        assert_eq!(left("It left. It came.\n\n", "X"), "It left. It came.\n\n");
    }

    proptest! {
        #[test]
        fn cuts_are_in_order_hold_their_sentences_and_else_only_blanks(
            words in prop::collection::vec("(It left\\.|X went!|So what\\?|\\n|\\r\\n|\\n\\n| |  )", 0..24), mask in any::<u32>(),
        ) {
            let text = words.join(" ");
            let sentences = sentences(&text);
            let goes: Vec<bool> = (0..sentences.len()).map(|at| mask >> (at % 32) & 1 == 1).collect();
            let cuts = cuts(&text, &sentences, &goes);
            let gone: Vec<usize> = (0..goes.len()).filter(|&at| goes[at]).collect();
            prop_assert_eq!(cuts.iter().map(|cut| cut.sentence).collect::<Vec<_>>(), gone);
            let mut end = 0;
            for cut in &cuts {
                prop_assert!(end <= cut.range.start, "{:?}", cuts);
                end = cut.range.end;
                let span: Span = sentences[cut.sentence].span;
                let span = span.range();
                prop_assert!(cut.range.start <= span.start && span.end <= cut.range.end);
                let before = text.get(cut.range.start..span.start).unwrap();
                let beside = before.to_owned() + text.get(span.end..cut.range.end).unwrap();
                prop_assert!(beside.trim().is_empty(), "{:?}", beside);
            }
        }
    }
}
