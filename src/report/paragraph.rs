//! A paragraph on a terminal: pieces of text in a few styles, wrapped at the page's width with hanging indents.
//!
//! Every piece is escaped when it is added, so nothing from outside reaches a terminal by another way. Lines break at
//! blanks and between wide characters (scripts without spaces); what is longer than a line is cut. Styles are closed
//! before every line break. Cost: linear in the text.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::escape::escape_for_terminal;

/// The narrowest page that is worth wrapping for.
const NARROWEST: usize = 40;

/// What a piece of text is, hence how it looks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Style {
    /// As the terminal has it.
    Plain,
    /// A heading.
    Strong,
    /// Where something stands, and what is said beside the matter.
    Faint,
    /// A deleted word.
    Deleted,
    /// An inserted word.
    Inserted,
    /// What a reader should not miss.
    Flagged,
}

impl Style {
    /// The terminal's code for it (ECMA-48, select graphic rendition).
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\x1b[1m",
            Self::Faint => "\x1b[2m",
            Self::Deleted => "\x1b[9;31m",
            Self::Inserted => "\x1b[32m",
            Self::Flagged => "\x1b[33m",
        }
    }
}

/// The page that is written on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    width: usize,
    color: bool,
    longest: usize,
}

impl Page {
    /// A page of so many columns; 0 never wraps.
    pub(super) fn new(width: usize, color: bool) -> Self {
        Self {
            width: if width == 0 { usize::MAX } else { width.max(NARROWEST) },
            color,
            longest: 0,
        }
    }

    /// The same, with texts of more than so many characters shortened; 0 shortens none.
    pub(super) const fn shortening(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// How many characters of a text are shown; 0 is all.
    pub(super) const fn longest(self) -> usize {
        self.longest
    }

    /// Whether styles are seen; without them deletions and insertions need marks of their own.
    pub(super) const fn has_color(self) -> bool {
        self.color
    }
}

/// Text in styles with its indents.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    label: Option<(Style, String)>,
    pieces: Vec<(Style, String)>,
    first_indent: usize,
    indent: usize,
}

impl Paragraph {
    /// An empty paragraph: the first line begins at one column, the others at another.
    pub(super) const fn new(first_indent: usize, indent: usize) -> Self {
        Self { label: None, pieces: Vec::new(), first_indent, indent }
    }

    /// An empty paragraph with our own label in its margin, which is at least a blank wider than the label.
    pub(super) fn labelled(style: Style, label: &str, margin: usize) -> Self {
        let label = Some((style, label.to_owned()));
        Self { label, ..Self::new(margin, margin) }
    }

    /// Appends a piece, escaped.
    pub(super) fn add(mut self, style: Style, text: &str) -> Self {
        self.pieces.push((style, escape_for_terminal(text).into_owned()));
        self
    }

    /// Appends pieces with a dot between them.
    pub(super) fn add_items(
        mut self,
        items: impl IntoIterator<Item = (Style, impl AsRef<str>)>,
    ) -> Self {
        for (position, (style, text)) in items.into_iter().enumerate() {
            if position > 0 {
                self = self.add(Style::Faint, " · ");
            }
            self = self.add(style, text.as_ref());
        }
        self
    }

    /// Whether it has no text, label aside.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|(_, text)| text.is_empty())
    }

    /// Writes its lines.
    pub(super) fn write(&self, page: Page, out: &mut dyn Write) -> io::Result<()> {
        for (number, line) in self.lines(page.width).iter().enumerate() {
            let mut margin = if number == 0 { self.first_indent } else { self.indent };
            if let Some((style, text)) = self.label.as_ref().filter(|_| number == 0) {
                let label = Glyph { style: *style, text, width: text.width() };
                write_line(&[label], page, out)?;
                margin = margin.saturating_sub(label.width);
            }
            write!(out, "{:margin$}", "")?;
            write_line(line, page, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn lines(&self, width: usize) -> Vec<Vec<Glyph<'_>>> {
        let room = |line: usize| {
            width.saturating_sub(if line == 0 { self.first_indent } else { self.indent }).max(1)
        };
        let mut lines = vec![Vec::new()];
        let mut used = 0;
        for chunk in chunks(&self.pieces) {
            let last = lines.len() - 1;
            let blank = usize::from(chunk.after_blank && used > 0);
            if used > 0 && used + blank + chunk.width() > room(last) {
                lines.push(Vec::new());
                used = 0;
            } else if blank > 0 {
                let style = blank_style(lines[last].last(), chunk.glyphs.first());
                lines[last].push(Glyph { style, text: " ", width: 1 });
                used += 1;
            }
            for glyph in chunk.glyphs {
                if used > 0 && used + glyph.width > room(lines.len() - 1) {
                    lines.push(Vec::new());
                    used = 0;
                }
                used += glyph.width;
                let last = lines.len() - 1;
                lines[last].push(glyph);
            }
        }
        lines
    }
}

/// What a reader sees as one character.
#[derive(Clone, Copy)]
struct Glyph<'a> {
    style: Style,
    text: &'a str,
    width: usize,
}

/// Glyphs between which no line breaks.
#[derive(Default)]
struct Chunk<'a> {
    glyphs: Vec<Glyph<'a>>,
    after_blank: bool,
}

impl Chunk<'_> {
    fn width(&self) -> usize {
        self.glyphs.iter().map(|glyph| glyph.width).sum()
    }
}

fn chunks(pieces: &[(Style, String)]) -> Vec<Chunk<'_>> {
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    let mut after_blank = false;
    for (style, text) in pieces {
        for text in text.graphemes(true) {
            if text.chars().all(|c| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}') {
                after_blank = true;
                continue;
            }
            let glyph = Glyph { style: *style, text, width: text.width() };
            let before = chunks.last().and_then(|chunk| chunk.glyphs.last());
            if after_blank || before.is_none_or(|before| may_break(before, &glyph)) {
                chunks.push(Chunk { glyphs: Vec::new(), after_blank });
                after_blank = false;
            }
            if let Some(chunk) = chunks.last_mut() {
                chunk.glyphs.push(glyph);
            }
        }
    }
    chunks
}

/// Whether a line may break between two characters without a blank: around wide ones, but not before a closing mark nor
/// after an opening one.
fn may_break(before: &Glyph<'_>, after: &Glyph<'_>) -> bool {
    let closes = |text: &str| {
        text.starts_with(|c: char| {
            c.is_ascii_punctuation() || "、。，．！？；：」』）】》”’".contains(c)
        })
    };
    let opens = |text: &str| text.starts_with(|c| "「『（【《“‘[{(-+".contains(c));
    (before.width > 1 || after.width > 1) && !closes(after.text) && !opens(before.text)
}

/// A blank inside a styled phrase is of its style, another one is plain.
fn blank_style(before: Option<&Glyph<'_>>, after: Option<&Glyph<'_>>) -> Style {
    match (before, after) {
        (Some(before), Some(after)) if before.style == after.style => before.style,
        _ => Style::Plain,
    }
}

/// Writes glyphs, with the codes of their styles where the page has colour.
fn write_line(line: &[Glyph<'_>], page: Page, out: &mut dyn Write) -> io::Result<()> {
    for run in line.chunk_by(|before, after| before.style == after.style) {
        let code = if page.color { run[0].style.code() } else { "" };
        out.write_all(code.as_bytes())?;
        for glyph in run {
            out.write_all(glyph.text.as_bytes())?;
        }
        if !code.is_empty() {
            out.write_all(b"\x1b[0m")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(paragraph: &Paragraph, width: usize, color: bool) -> String {
        let mut out = Vec::new();
        paragraph.write(Page::new(width, color), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_break_at_blanks_and_hang() {
        let paragraph = Paragraph::new(2, 4)
            .add(Style::Plain, "The harbour master said on Monday that the ferry would sail.");
        insta::assert_snapshot!(written(&paragraph, 40, false), @r"
          The harbour master said on Monday that
            the ferry would sail.
        ");
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_and_a_page_of_no_width_never_wraps() {
        let paragraph = Paragraph::new(0, 2).add(Style::Plain, &"x".repeat(90));
        let lines =
            [&"x".repeat(40), &format!("  {}", "x".repeat(38)), &format!("  {}", "x".repeat(12))];
        assert_eq!(
            written(&paragraph, 40, false),
            format!("{}\n{}\n{}\n", lines[0], lines[1], lines[2])
        );
        assert_eq!(written(&paragraph, 0, false).lines().count(), 1);
    }

    #[test]
    fn wide_characters_count_twice_and_break_anywhere_but_before_a_full_stop() {
        let paragraph = Paragraph::new(0, 0).add(Style::Plain, &format!("{}。", "港".repeat(20)));
        let text = written(&paragraph, 40, false);
        assert_eq!(text, format!("{}\n港。\n", "港".repeat(19)));
    }

    #[test]
    fn a_style_is_closed_before_the_line_ends_and_opened_again_after() {
        let paragraph = Paragraph::new(0, 0)
            .add(Style::Inserted, "aaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb");
        assert_eq!(
            written(&paragraph, 40, true),
            "\x1b[32maaaaaaaaaaaaaaaaaaaaaaaaa\x1b[0m\n\x1b[32mbbbbbbbbbbbbbbbbbbbb\x1b[0m\n"
        );
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page(text in "[a-z 港。é\u{1b}]{0,200}", width in 40_usize..100) {
            let paragraph = Paragraph::new(4, 6).add(Style::Plain, &text);
            for line in written(&paragraph, width, false).lines() {
                prop_assert!(line.width() <= width, "{line:?}");
                prop_assert!(!line.chars().any(char::is_control));
            }
        }
    }
}
