//! What scraping does to sentences.

use twicetold::config::{Quotes, Unit};
use twicetold::segment::Segmenter;

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).segment(text, 0, Some("en"), &mut pieces);
    pieces.iter().filter_map(|piece| text.get(piece.span.range())).collect()
}

/// Sentences that are glued together are parted; names that only look like it are not.
mod c19_glued_sentences {
    use super::sentences;

    #[test]
    fn a_missing_blank_between_two_sentences_parts_them() {
        assert_eq!(
            sentences("The ships left the channel.The crew stayed."),
            ["The ships left the channel.", "The crew stayed."]
        );
        assert_eq!(sentences("Will they stay?Nobody knows."), ["Will they stay?", "Nobody knows."]);
    }

    #[test]
    fn a_name_with_a_point_inside_stays_whole() {
        for text in ["They built it with Node.js last year.", "It closed at 2.2 on the U.S. board."]
        {
            assert_eq!(sentences(text), [text]);
        }
    }
}
