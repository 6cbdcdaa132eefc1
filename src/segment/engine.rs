//! The engine: [`sentencex`] behind the few calls that we need.

use std::fmt;

use sentencex::language_factory;
use sentencex::languages::Language;

/// The rules of one language.
pub(super) struct Engine {
    code: String,
    rules: Box<dyn Language>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Engine").field("code", &self.code).finish_non_exhaustive()
    }
}

impl Engine {
    /// The rules for a code; those of a related language or of English if it has none.
    ///
    /// Its Italian and Spanish lists are acronyms and prefixes by the hundred, among them everyday words (*fa*, *mai*, *Rai*;
    /// *bien*, *contra*), and would hold many sentences together. Those languages get the English rules and our own lists.
    pub(super) fn new(code: &str) -> Self {
        let rules = if matches!(code, "es" | "it") { "en" } else { code };
        Self { code: code.to_owned(), rules: language_factory(rules) }
    }

    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// Puts into `bounds` where the engine would begin each sentence but the first.
    pub(super) fn bounds(&self, window: &str, bounds: &mut Vec<usize>) {
        bounds.clear();
        let mut end = 0;
        bounds.extend(self.rules.segment(window).into_iter().map(|sentence| {
            end += sentence.len();
            end
        }));
        bounds.pop();
    }

    /// Whether a text begins with a word that hardly ever stands capitalised inside a sentence (known for English alone).
    pub(super) fn opens_sentence(&self, next: &str) -> bool {
        self.rules.next_word_is_sentence_starter(next)
    }
}
