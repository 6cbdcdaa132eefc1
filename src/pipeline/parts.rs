//! Kinds that the input knows: a page marks its captions, tables and navigation, so nobody needs to guess.
//!
//! A piece that lies within a part is of the part's kind, quotations too. Elsewhere in such a document a bare line is a
//! heading and no caption: captions are marked. A piece that reaches over the end of a part (a whole document) keeps its
//! kind. Cost: one pass over pieces and parts, and none for a document without parts.

use crate::corpus::Part;
use crate::corpus::SentenceKind;
use crate::segment::Piece;

/// Gives the pieces of a document the kinds of its parts; both are in order.
pub(crate) fn mark(pieces: &mut [Piece], parts: &[Part]) {
    let mut parts = parts.iter().peekable();
    for piece in pieces {
        let range = piece.span.range();
        while parts.next_if(|part| part.range.end <= range.start).is_some() {}
        let part = parts
            .peek()
            .filter(|part| part.range.start <= range.start && range.end <= part.range.end);
        match (part, piece.kind) {
            (Some(part), _) => piece.kind = part.kind,
            (None, SentenceKind::Caption) => piece.kind = SentenceKind::Body,
            (None, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Quotes, Unit};
    use crate::segment::Segmenter;

    fn kinds(text: &str, unit: Unit, parts: &[Part]) -> Vec<&'static str> {
        let mut pieces = Vec::new();
        Segmenter::new(unit, Quotes::Inner, &[]).segment(text, 0, None, &mut pieces);
        mark(&mut pieces, parts);
        pieces.iter().map(|piece| piece.kind.name()).collect()
    }

    #[test]
    fn pieces_are_what_their_part_is_and_a_bare_line_elsewhere_is_no_caption() {
        let text = "Home News\nMayor opens the new bridge today\n'We waited,' she said. It rains.\nA tram. In Graz";
        let parts = [
            Part { range: 0..9, kind: SentenceKind::Boilerplate },
            Part { range: 76..text.len(), kind: SentenceKind::Caption },
        ];
        let expected = ["boilerplate", "body", "quote", "body", "caption", "caption"];
        assert_eq!(kinds(text, Unit::Sentence, &parts), expected);
        assert_eq!(kinds(text, Unit::Document, &parts), ["body"]);
    }
}
