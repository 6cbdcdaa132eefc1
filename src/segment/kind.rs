//! What a piece is: running text, a quotation, a caption, or a row of figures.

use crate::corpus::SentenceKind;

use super::quotation::Quotations;

/// Fewer words than this make a heading, not a caption.
const CAPTION_WORDS: usize = 5;
/// A row of figures has at least so many.
const ROW_FIGURES: usize = 4;

/// What the pieces of a line are unless they are quotations.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineKind(SentenceKind);

impl LineKind {
    /// In a document of several lines, one of five words or more that begins with a capital and ends without any punctuation
    /// stands under a picture, all sentences of it.
    pub(super) fn of(line: &str, several: bool) -> Self {
        if is_row(line) {
            return Self(SentenceKind::Table);
        }
        let ends_bare =
            || line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '）'));
        let is_long = || line.split_whitespace().nth(CAPTION_WORDS - 1).is_some();
        let caption = several && line.starts_with(char::is_uppercase) && ends_bare() && is_long();
        Self(if caption { SentenceKind::Caption } else { SentenceKind::Body })
    }

    /// The kind of a piece.
    pub(super) const fn piece(self, quoted: bool) -> SentenceKind {
        if quoted { SentenceKind::Quote } else { self.0 }
    }

    /// The kind of the line as one piece.
    pub(super) fn whole(self, line: &str) -> SentenceKind {
        let mut quotations = Quotations::default();
        quotations.read(line);
        self.piece(quotations.hold_most_of(line, 0..line.len()))
    }
}

/// Whether a line is a row of a table: at least four figures, more of them than words.
fn is_row(line: &str) -> bool {
    if !line.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '|' | ')' | '-' | '+')) {
        return false;
    }
    let (mut figures, mut words) = (0, 0);
    for word in line.split_whitespace() {
        let is_figure =
            word.contains(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic);
        figures += usize::from(is_figure);
        words += usize::from(word.contains(char::is_alphabetic));
    }
    figures >= ROW_FIGURES && figures > words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_mostly_figures() {
        let kind = |line| LineKind::of(line, true).piece(false);
        assert_eq!(kind("36 Andy Seuss 9 0 0 0 0"), SentenceKind::Table);
        assert_eq!(kind("Acme Ltd 12.5 13.1 +0.6 4.8%"), SentenceKind::Table);
        assert_ne!(kind("They won 3 games of 4 in 2019 and 2020"), SentenceKind::Table);
        assert_ne!(kind("Call 0316 12 34 today"), SentenceKind::Table);
        assert_ne!(kind("1 2 3 4 and they were out."), SentenceKind::Table);
    }

    #[test]
    fn a_caption_is_a_bare_line_of_prose_among_others() {
        let kind = |line| LineKind::of(line, true).piece(false);
        assert_eq!(kind("Workers leave the mine after their shift"), SentenceKind::Caption);
        assert_eq!(kind("A lone tram in Graz (archive picture)"), SentenceKind::Caption);
        assert_eq!(kind("Workers leave the mine after their shift."), SentenceKind::Body);
        assert_eq!(kind("Workers leave the mine 'for good'"), SentenceKind::Body);
        assert_eq!(kind("workers leave the mine after their shift"), SentenceKind::Body);
        assert_eq!(kind("Workers leave"), SentenceKind::Body);
        let alone = LineKind::of("Workers leave the mine after their shift", false);
        assert_eq!(alone.piece(false), SentenceKind::Body);
        assert_eq!(alone.piece(true), SentenceKind::Quote);
    }
}
