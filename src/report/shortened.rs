//! Long texts cut for a terminal, and how much was cut. Characters are what a reader sees as one (grapheme clusters).
//!
//! Cost: linear in the text.

use unicode_segmentation::UnicodeSegmentation as _;

use super::paragraph::{Paragraph, Style};
use super::phrase::counted;

/// How many characters may still be shown, and how many were left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    left: usize,
    over: usize,
}

impl Room {
    /// Room for so many characters where one of the texts is longer; else, and for 0, for everything.
    pub(super) fn new(longest: usize, texts: &[&str]) -> Self {
        // A text has no more characters than bytes, so short ones are not counted.
        let is_longer =
            |text: &&str| text.len() > longest && text.graphemes(true).nth(longest).is_some();
        let cut = longest > 0 && texts.iter().any(is_longer);
        Self { left: if cut { longest } else { usize::MAX }, over: 0 }
    }

    /// The part of a text that is shown.
    pub(super) fn take<'a>(&mut self, text: &'a str) -> &'a str {
        if self.left == usize::MAX {
            return text;
        }
        let mut characters = text.grapheme_indices(true);
        let taken = characters.by_ref().take(self.left).count();
        self.left -= taken;
        let rest = characters.as_str();
        self.over += rest.graphemes(true).count();
        text.get(..text.len() - rest.len()).unwrap_or(text)
    }

    /// Appends how much was left out, if any.
    pub(super) fn close(self, paragraph: Paragraph) -> Paragraph {
        if self.over == 0 {
            return paragraph;
        }
        let told = format!(" … {} left out", counted(self.over as u64, "character"));
        paragraph.add(Style::Faint, &told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_between_characters_and_counted() {
        let mut room = Room::new(3, &["ที่ดีมาก"]);
        assert_eq!((room.take("ที่ดี"), room.take("มาก"), room.take("x")), ("ที่ดี", "ม", ""));
        assert_eq!(room.over, 3);
    }

    #[test]
    fn nothing_is_cut_where_no_text_is_too_long() {
        for mut room in [Room::new(3, &["abc", "x"]), Room::new(0, &["abcdef"])] {
            assert_eq!(room.take("abcdef"), "abcdef");
            assert_eq!(room.over, 0);
        }
    }
}
