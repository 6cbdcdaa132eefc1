//! A diff as one line of text for people: `the bridge [-was-]{+has been+} closed`, or the same in colour.

use super::diff::{Change, Segment, word_diff};
use super::paragraph::{Page, Paragraph, Style};
use super::shortened::Room;
use crate::config::RuleSet;

/// Appends what changed from the first text to the second.
pub(super) fn add_diff(
    mut paragraph: Paragraph,
    rules: RuleSet,
    page: Page,
    texts: (&str, &str),
) -> Paragraph {
    let mut blanks = Blanks::default();
    let mut room = Room::new(page.longest(), &[texts.0, texts.1]);
    for segment in word_diff(rules, texts.0, texts.1) {
        let shown = room.take(segment.text());
        if blanks.is_missing_before(&segment) && !shown.is_empty() {
            paragraph = paragraph.add(Style::Plain, " ");
        }
        blanks.follow(&segment);
        paragraph = add_segment(paragraph, (segment.change, shown), page);
    }
    room.close(paragraph)
}

/// Appends a segment; the marks stand close to its words.
fn add_segment(paragraph: Paragraph, (change, text): (Change, &str), page: Page) -> Paragraph {
    let (style, open, close) = match change {
        Change::Equal => return paragraph.add(Style::Plain, text),
        Change::Delete => (Style::Deleted, "[-", "-]"),
        Change::Insert => (Style::Inserted, "{+", "+}"),
    };
    let words = text.trim();
    let Some((before, after)) = text.split_once(words).filter(|_| !words.is_empty()) else {
        return paragraph.add(Style::Plain, text);
    };
    let marked = if page.has_color() { words.to_owned() } else { format!("{open}{words}{close}") };
    paragraph.add(Style::Plain, before).add(style, &marked).add(Style::Plain, after)
}

/// Whether each text, and what is shown of both, has come to a blank. The last word of a text has none behind it, so words
/// of the other text that are shown after it would stick to it.
struct Blanks {
    texts: (bool, bool),
    shown: bool,
}

impl Default for Blanks {
    /// The start of a line needs no blank.
    fn default() -> Self {
        Self { texts: (true, true), shown: true }
    }
}

impl Blanks {
    fn is_missing_before(&self, segment: &Segment<'_>) -> bool {
        let own = match segment.change {
            Change::Delete => self.texts.0,
            Change::Equal | Change::Insert => self.texts.1,
        };
        own && !self.shown
    }

    fn follow(&mut self, segment: &Segment<'_>) {
        let ends = |text: &str| text.ends_with(char::is_whitespace);
        if !segment.first.is_empty() {
            self.texts.0 = ends(segment.first);
        }
        if !segment.second.is_empty() {
            self.texts.1 = ends(segment.second);
        }
        self.shown = ends(segment.text());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(first: &str, second: &str) -> String {
        let page = Page::new(0, false);
        let line = add_diff(Paragraph::new(0, 0), RuleSet::default(), page, (first, second));
        let mut out = Vec::new();
        line.write(page, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim_end().to_owned()
    }

    #[test]
    fn marks_stand_close_to_the_words_that_changed() {
        assert_eq!(
            marked("the old bridge was closed today", "the old bridge has been closed today"),
            "the old bridge [-was-] {+has been+} closed today"
        );
    }

    #[test]
    fn a_long_diff_closes_its_marks_and_says_what_is_left_out() {
        let page = Page::new(0, false).shortening(20);
        let texts = ("the old bridge was closed today", "the old bridge has never been closed");
        let line = add_diff(Paragraph::new(0, 0), RuleSet::default(), page, texts);
        let mut out = Vec::new();
        line.write(page, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert!(shown.starts_with("the old bridge [-was c-] … "), "{shown}");
        assert!(shown.ends_with(" characters left out\n"), "{shown}");
    }

    #[test]
    fn words_at_the_end_of_either_text_do_not_stick_together() {
        assert_eq!(marked("one two three four", "one two three"), "one two three [-four-]");
        assert_eq!(marked("one two three", "one two three four"), "one two three {+four+}");
        assert_eq!(marked("one two three.", "one two four."), "one two [-three.-] {+four.+}");
    }

    #[test]
    fn parts_of_a_compound_stay_together() {
        assert_eq!(
            marked("they co-operated well there", "they co-ordinated well there"),
            "they co-[-operated-] {+ordinated+} well there"
        );
    }
}
