//! The engine's bounds, judged: where exactly to cut between two sentences, and whether to cut at all.

use super::abbreviation::Abbreviations;
use super::engine::Engine;
use super::missing_blank::parts_sentences;
use super::quotation::{Quotations, Role};

/// How far into a piece its first letter is looked for.
const OPENING: usize = 16;

/// A bound that the engine proposes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound<'a> {
    /// The line's window.
    pub(super) window: &'a str,
    /// Where the piece before it begins.
    pub(super) start: usize,
    /// Where the text before it ends: after the mark and before any quotation mark or blank.
    pub(super) end: usize,
    /// Where the text after it begins, past any blank or quotation mark.
    pub(super) next: usize,
}

impl<'a> Bound<'a> {
    /// Where to cut: closing marks stay with what they close, opening ones go with what they open.
    pub(super) fn cut(&self, quotations: &Quotations) -> usize {
        let mut cut = self.end;
        for mark in quotations.marks_in(self.end..self.next) {
            let follows = mark.at == cut;
            if mark.role == Role::Opens || (mark.role == Role::Stray && !follows) {
                return mark.at;
            }
            cut = mark.end();
        }
        cut
    }

    /// Whether no cut belongs here.
    pub(super) fn joins(&self, engine: &Engine, abbreviations: &Abbreviations) -> bool {
        let (before, after) = (self.before(), self.after());
        if is_list_number(before) {
            return true;
        }
        if before.ends_with(')') && has_outer_bracket(before) {
            return true;
        }
        if self.end == self.next {
            return !parts_sentences(self.window, self.end);
        }
        self.goes_on(before, after) || is_abbreviated(before, after, engine, abbreviations)
    }

    fn before(&self) -> &'a str {
        self.window.get(self.start..self.end).unwrap_or_default().trim_start()
    }

    fn after(&self) -> &'a str {
        self.window.get(self.next..).unwrap_or_default()
    }

    /// A small letter goes on after a quotation, an ellipsis or, where sentences begin with capitals, after any mark: in
    /// newswire that is an abbreviation or a name such as *Mamma Mia!*
    fn goes_on(&self, before: &str, after: &str) -> bool {
        let between = self.window.get(self.end..self.next).unwrap_or_default();
        let quoted = between.contains(|c: char| !c.is_whitespace());
        if quoted && is_particle(after) {
            return true;
        }
        let capitalised = || {
            before.chars().take(OPENING).find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
        };
        after.starts_with(char::is_lowercase) && (quoted || is_ellipsis(before) || capitalised())
    }
}

/// Whether what ends in a bracket began before it: `The rate (of Calif.) Friday`, unlike `(The rate fell.) On Friday`.
fn has_outer_bracket(before: &str) -> bool {
    before.find('(').is_some_and(|at| at > 0)
}

/// `1.`, `12)`, `IV.` at the head of an item.
fn is_list_number(before: &str) -> bool {
    before.len() <= 5 && !before.contains(|c: char| c.is_alphabetic() && !"ivxIVX".contains(c))
}

fn is_ellipsis(before: &str) -> bool {
    before.ends_with("..") || before.ends_with('…')
}

/// Japanese goes on after a quotation with the particle と (`…」と述べた`).
fn is_particle(after: &str) -> bool {
    after.starts_with('と') || after.starts_with("って")
}

fn is_abbreviated(
    before: &str,
    after: &str,
    engine: &Engine,
    abbreviations: &Abbreviations,
) -> bool {
    let Some(head) = before.strip_suffix('.').filter(|head| !head.ends_with('.')) else {
        return false;
    };
    let mut words = head.rsplit(|c: char| c.is_whitespace() || is_bracket_or_quote(c));
    let word = words.next().unwrap_or_default();
    let ends_company = is_company(word) && engine.opens_sentence(after);
    (abbreviations.hold(word, after, engine.code()) && !ends_company)
        || (is_initial(word, after) && !engine.opens_sentence(after))
        || (is_ordinal(word) && words.next().is_some_and(|article| asks_ordinal(article, engine)))
}

/// What a company's name ends with: before a word that opens sentences, it ends one too.
fn is_company(word: &str) -> bool {
    matches!(word, "Inc" | "Corp" | "Co" | "Ltd" | "Bros" | "Cos")
}

fn is_bracket_or_quote(c: char) -> bool {
    matches!(c, '(' | '[' | '/') || super::quotation_mark::quotation_mark(c).is_some()
}

/// One capital before a capitalised word: a name's initial, or the French *M.*
fn is_initial(word: &str, after: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none()
        && after.starts_with(char::is_uppercase)
}

fn is_ordinal(word: &str) -> bool {
    let digits = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = word.len() <= 5 && word.bytes().all(|byte| b"IVX".contains(&byte));
    !word.is_empty() && (digits || roman)
}

/// German articles and the like before an ordinal (`Die 3. Sitzung`); *am* and *den* are English words too.
fn asks_ordinal(article: &str, engine: &Engine) -> bool {
    let article = article.to_lowercase();
    let german = ["der", "die", "das", "dem", "des", "im", "vom", "zum", "zur", "beim"];
    let only_german = ["am", "den", "ab", "bis", "seit", "ihr", "sein", "ihre", "seine", "jeder"];
    german.contains(&article.as_str())
        || (engine.code() == "de" && only_german.contains(&article.as_str()))
}
