//! Stubs: a text that breaks off, or leads on to the full story.
//!
//! Words that lead on are known in English, German, French and Spanish; a text that ends in dots is known in every language.

use crate::corpus::{Corpus, Sentence};

/// What leads on to the full text.
const LEADS: [&str; 15] = [
    "read the full story",
    "read the full article",
    "read full story",
    "read full article",
    "read the whole story",
    "read the rest",
    "read more",
    "continue reading",
    "subscribe to read",
    "subscribe to continue",
    "sign in to read",
    "weiterlesen",
    "lire la suite",
    "seguir leyendo",
    "leer más",
];

/// Words of a line that only leads on, at most.
const LEAD_WORDS: usize = 12;

/// How many of a document's last sentences are cut off or lead on to the full text; 0 where it is whole.
pub(super) fn cut_sentences(corpus: &Corpus, sentences: &[Sentence]) -> usize {
    let texts = sentences.iter().rev().map(|sentence| corpus.sentence_text(sentence).trim());
    let mut cut = 0;
    for text in texts {
        if leads_on(text) {
            cut += 1;
        } else if breaks_off(text) {
            return cut + 1;
        } else {
            return cut;
        }
    }
    cut
}

/// Whether a sentence does no more than lead on to the full text, or breaks off and leads on.
fn leads_on(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lead = LEADS.iter().find_map(|lead| lower.find(lead).map(|at| (at, lead.len())));
    let Some((at, length)) = lead else { return false };
    let before = lower.get(..at).unwrap_or_default().trim_end_matches([' ', '[', '(', '»', '>']);
    let behind = lower.get(at + length..).unwrap_or_default();
    let is_last = behind.split_whitespace().count() <= 4;
    let is_short = lower.split_whitespace().count() <= LEAD_WORDS && before.is_empty();
    is_last && (is_short || breaks_off(before))
}

/// Whether a text ends in dots, with or without brackets.
fn breaks_off(text: &str) -> bool {
    let text = text.trim_end_matches([']', ')', ' ']);
    text.ends_with('…') || text.ends_with("...") || text.ends_with(". . .")
}

#[cfg(test)]
mod tests {
    use super::{breaks_off, leads_on};

    #[test]
    fn texts_that_break_off_are_told_from_whole_ones() {
        for text in ["The ferry left the harbour of…", "The ferry left the [...]", "He said (…)"]
        {
            assert!(breaks_off(text), "{text}");
        }
        for text in ["The ferry left.", "“Well…” he said.", "", "..", "It cost 3.50"] {
            assert!(!breaks_off(text), "{text}");
        }
    }

    #[test]
    fn a_line_that_leads_on_is_told_from_a_sentence_about_reading() {
        for text in [
            "Read the full story",
            "Read more »",
            "… Read the full story",
            "The ferry left the harbour of… Continue reading on the site",
            "Weiterlesen",
        ] {
            assert!(leads_on(text), "{text}");
        }
        for text in [
            "The minister said that children should read more books.",
            "Read more than twenty books in a summer, and the library of Velmark gives you one.",
            "Nobody was hurt.",
        ] {
            assert!(!leads_on(text), "{text}");
        }
    }
}
