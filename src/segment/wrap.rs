//! Hard-wrapped text: paragraphs that a mailer or a converter broke into lines of one width.
//!
//! A line was broken at a width if the first word of the next line would not have fitted behind it. A text counts as wrapped if
//! at least three of its lines go on in lower case without having ended a sentence, a fifth of its long lines do, and half of
//! those were broken at one width of at most 120 characters. In such a text a line is joined with the next if it was broken at
//! that width, or goes on in lower case; never over a blank line, before the item of a list, nor behind a heading or a row.
//! Verse has its words to spare at line ends, and captions and sentences a line each seldom go on in lower case: they stay.
//!
//! Cost: the first 4,096 lines are looked at.

use crate::config::Wrapped;

use super::lines::lines;

/// Lines that are looked at.
const SEEN: usize = 4_096;
/// Lines of fewer words say nothing of a width.
const LONG_WORDS: usize = 5;
/// So many lines that go on make a wrapped text …
const LEAST: usize = 3;
/// … if they are at least one long line in so many …
const ONE_IN: usize = 5;
/// … and not broken later than here.
const WIDEST: usize = 120;

/// The width at which a text is wrapped, in characters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Wrapping {
    width: usize,
}

impl Wrapping {
    /// Of a text from byte `body` on; `None` if its lines are lines.
    pub(super) fn of(text: &str, body: usize, wrapped: Wrapped) -> Option<Self> {
        if wrapped == Wrapped::No {
            return None;
        }
        let forced = wrapped == Wrapped::Yes;
        let (mut long, mut going) = (0, Vec::new());
        let mut previous: Option<(usize, &str)> = None;
        for (start, line) in lines(text, body).take(SEEN) {
            if let Some((at, before)) = previous.filter(|(_, line)| forced || is_long(line)) {
                long += 1;
                if touch(text, at + before.len(), start) && goes_on(before, line) {
                    going.push((characters(before), characters(first_word(line))));
                }
            }
            previous = Some((start, line));
        }
        let mut widths: Vec<usize> = going.iter().map(|&(line, _)| line).collect();
        widths.sort_unstable();
        // One line in twenty may be over the width: an address does not break.
        let width = *widths.get((widths.len() * 19 / 20).min(widths.len().saturating_sub(1)))?;
        let broken = going.iter().filter(|&&(line, word)| line + 1 + word > width).count();
        let looks_wrapped = going.len() >= LEAST
            && going.len() * ONE_IN >= long
            && width <= WIDEST
            && broken * 2 >= going.len();
        (looks_wrapped || forced).then_some(Self { width })
    }

    /// Whether the line that ends at byte `end` goes on in the one that begins at `start`.
    pub(super) fn joins(
        self,
        text: &str,
        (end, line): (usize, &str),
        (start, next): (usize, &str),
    ) -> bool {
        touch(text, end, start)
            && !is_heading_or_row(line)
            && !is_item(next)
            && (goes_on(line, next)
                || characters(line) + 1 + characters(first_word(next)) > self.width)
    }
}

/// Puts into `joined` several lines as one: a blank for each byte of a line break.
pub(super) fn join(lines: &str, joined: &mut String) {
    joined.clear();
    for c in lines.chars() {
        joined.push(if matches!(c, '\r' | '\n') { ' ' } else { c });
    }
}

/// Whether nothing but one line break stands between two lines.
fn touch(text: &str, end: usize, start: usize) -> bool {
    let gap = text.get(end..start).unwrap_or_default();
    gap.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        && gap.bytes().filter(|&byte| byte == b'\n').count() == 1
}

fn goes_on(line: &str, next: &str) -> bool {
    next.starts_with(char::is_lowercase) && !ends_sentence(line) && !is_item(next)
}

fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

fn is_heading_or_row(line: &str) -> bool {
    line.starts_with(['#', '|'])
}

/// Whether a line begins an item of a list, a heading or a row.
fn is_item(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match first {
        "*" | "-" | "+" | "•" | "o" | "·" => true,
        "–" | "—" => !second.starts_with(char::is_lowercase),
        _ => is_heading_or_row(line) || is_number_of_item(first),
    }
}

/// `1.`, `12)`, `[3]:`.
fn is_number_of_item(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')', ':']);
    let number = number.map(|number| number.trim_matches(['[', ']', '(']));
    number.is_some_and(|number| {
        !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_long(line: &str) -> bool {
    line.split_whitespace().nth(LONG_WORDS - 1).is_some()
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "The council voted on Tuesday night to close the old\nferry terminal, which has \
                        served the harbour for more\nthan a century, and to build a bridge in its\nplace. \
                        Nobody spoke against it.";

    fn width(text: &str, wrapped: Wrapped) -> Option<usize> {
        Wrapping::of(text, 0, wrapped).map(|wrapping| wrapping.width)
    }

    #[test]
    fn lines_that_were_broken_at_one_width_are_wrapped() {
        assert_eq!(width(MAIL, Wrapped::Auto), Some(53));
        assert_eq!(width(MAIL, Wrapped::No), None);
    }

    #[test]
    fn verse_sentences_and_captions_are_lines() {
        let verse = "the tide went out\nand nobody came to see\nthe boats on the sand before noon\nor \
                     heard the bell\nthat rang at the quay\nfor the men who had gone out to sea in the night";
        let sentences =
            "The tide went out at noon.\nNobody came to see it.\nthe boats lay on the sand.";
        for text in [verse, sentences, "Workers leave the mine after dusk\nA lone tram in Graz", ""]
        {
            assert_eq!(width(text, Wrapped::Auto), None, "{text}");
        }
    }

    #[test]
    fn joining_keeps_every_offset() {
        let mut joined = String::new();
        join("é one\r\n  two\nthree", &mut joined);
        assert_eq!(joined, "é one    two three");
    }

    #[test]
    fn items_headings_rows_and_paragraphs_stay_apart() {
        let wrapping = Wrapping { width: 20 };
        let joins = |text: &str| {
            let (line, next) = text.split_once('\n').unwrap();
            let next = next.trim_start();
            let start = text.len() - next.len();
            wrapping.joins(text, (line.len(), line), (start, next))
        };
        assert!(joins("The harbour of the\nTown was closed"));
        assert!(joins("He left\nin the evening"));
        assert!(joins("The old harbour – long\n– but closed – was"));
        for apart in [
            "The harbour of the\n* Town",
            "The harbour of the\n12. Town",
            "# The harbour of the\ntown hall",
            "The harbour\n\nin the town",
            "He left.\nThe end",
            "He left\nThe end",
        ] {
            assert!(!joins(apart), "{apart}");
        }
    }
}
