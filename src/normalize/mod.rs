//! A sentence becomes its comparison key: what two writings of the same words have in common, and nothing that would change what they say.
//!
//! The key is words with single blanks between them, in lower case and without punctuation; a script without spaces is a run of characters. Each step is
//! a [`Rule`] that can be switched off. Facts stay: inside a number the key keeps sign, currency, per cent, decimal point and
//! exponent, so equal keys have equal numbers. Keys are compared, never shown; [`Normalizer::trace`] gives the raw bytes of every word for what is.
//!
//! | raw | key |
//! |---|---|
//! | `“Don’t co-operate,” said the U.S.` | `dont co operate said the us` |
//! | `−5 %`, `$5`, `5 €`, `10⁶`, `1½` | `-5%`, `$5`, `5€`, `10^6`, `1 1/2` |
//! | `2022年1月 ABC公司` | `2022 年 1 月 abc 公司` |
//!
//! Laws: a key is its own key; only a text without letters and digits has an empty one. (Where the rules would leave nothing of a text of apostrophe
//! letters such as `ʼ`, of tatweel or of fillers, its key is those letters as they are. What is nothing but tags has none.)
//!
//! Cost: one pass for ASCII and for alphabets that are composed already, without allocation; else three, over buffers that each thread keeps.
//!
//! What it does not do: know languages, but for remarks in English captions, and for spellings of English and the I of Turkish on request; else a dotless i is an ordinary letter.

mod buffer;
mod calm;
mod captions;
mod charwise;
mod class;
mod clean;
mod compose;
mod entities;
mod figures;
mod joints;
mod look_alikes;
mod marks;
mod mask;
mod mojibake;
mod numerals;
mod rewritten;
mod scratch;
mod spelling;
mod tags;
mod turkish;
mod words;

pub use self::mask::{Mask, Masker};

#[cfg(test)]
mod claims;
#[cfg(test)]
mod laws;

use std::ops::Range;

use self::calm::{is_calm, push_small};
use self::class::Classes;
use self::scratch::Scratch;
use self::words::Scanner;
use crate::config::{Rule, RuleSet};
use crate::corpus::SentenceKind;

/// A word of a key, or one character of a run in a script without spaces, and where it came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Atom {
    /// Its bytes in the key.
    pub key: Range<usize>,
    /// Its bytes in the raw text, with the sign, currency and per cent that belong to it.
    pub raw: Range<usize>,
    /// Whether it is a character of a script without spaces.
    pub spaceless: bool,
}

/// A key and where its words came from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Traced {
    /// The key, as [`Normalizer::key`] gives it.
    pub key: String,
    /// Its atoms in order. They cover the key but for its blanks.
    pub atoms: Vec<Atom>,
}

impl Traced {
    /// The text of an atom in the key.
    pub fn word(&self, atom: &Atom) -> &str {
        self.key.get(atom.key.clone()).unwrap_or_default()
    }
}

/// An atom before its place in the raw text is known.
struct Found {
    key: Range<usize>,
    text: Range<usize>,
    spaceless: bool,
}

/// Makes keys under a set of rules.
///
/// ```
/// use twicetold::normalize::Normalizer;
/// let normalizer = Normalizer::default();
/// let mut key = String::new();
/// normalizer.key("“Don’t,” she said: it’s −5 % …", &mut key);
/// assert_eq!(key, "dont she said its -5%");
/// let traced = normalizer.trace("It costs 5&nbsp;%.");
/// assert_eq!(&"It costs 5&nbsp;%."[traced.atoms[2].raw.clone()], "5&nbsp;%");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Normalizer {
    /// Those in force: `captions` is among them only if a caption is read.
    rules: RuleSet,
    classes: Classes,
    /// Whether captions are read by a rule of their own.
    reads_captions: bool,
}

impl Default for Normalizer {
    fn default() -> Self {
        Self::new(RuleSet::default())
    }
}

impl Normalizer {
    /// A normalizer with these rules, for sentences that are no captions.
    pub fn new(rules: RuleSet) -> Self {
        let reads_captions = rules.has(Rule::Captions);
        let rules = rules.without(Rule::Captions);
        Self { rules, classes: Classes::new(rules), reads_captions }
    }

    /// The normalizer with the same rules for sentences of this kind.
    ///
    /// ```
    /// use twicetold::{corpus::SentenceKind, normalize::Normalizer};
    /// let of = |kind| Normalizer::default().for_kind(kind).trace("The mayor (left) and a cook").key;
    /// assert_eq!(of(SentenceKind::Caption), "the mayor and a cook");
    /// assert_eq!(of(SentenceKind::Body), "the mayor left and a cook");
    /// ```
    #[must_use]
    pub fn for_kind(mut self, kind: SentenceKind) -> Self {
        let strips = self.reads_captions && kind == SentenceKind::Caption;
        let plain = self.rules.without(Rule::Captions);
        self.rules = if strips { plain.with(Rule::Captions) } else { plain };
        self
    }

    /// The normalizer that leaves capitals alone.
    fn cased(self) -> Self {
        let rules = self.rules.without(Rule::Case);
        Self { rules, classes: Classes::new(rules), ..self }
    }

    /// Whether a text has words of several scripts that look like words of one, and that is asked for.
    pub fn has_look_alikes(&self, raw: &str) -> bool {
        if raw.is_ascii() || !self.rules.has(Rule::LookAlikes) {
            return false;
        }
        let mut keys = [String::new(), String::new()];
        for (rules, key) in
            [self.rules, self.rules.without(Rule::LookAlikes)].into_iter().zip(&mut keys)
        {
            Self { rules, ..*self }.key(raw, key);
        }
        keys[0] != keys[1]
    }

    /// Appends the key of a text. Nothing is put between it and what is there already.
    pub fn key(&self, raw: &str, key: &mut String) {
        self.scan(raw, key, |_, _| ());
    }

    /// Appends the key of a text and tells each of its words: its bytes in the key, and whether it is a character of a
    /// script without spaces. Answers whether the text was ready, so that its key with capitals differs in case alone.
    fn scan(&self, raw: &str, key: &mut String, mut each: impl FnMut(Range<usize>, bool)) -> bool {
        key.reserve(raw.len());
        let mut record = |found: Found| each(found.key, found.spaceless);
        if self.is_ready(raw) && self.scan_ready(raw, key, &mut record) {
            return true;
        }
        Scratch::with(|scratch| {
            let prepared = scratch.prepare(self.rules, raw, false);
            let start = key.len();
            self.scan_prepared(&prepared.text, key, &mut record);
            if key.len() == start {
                scratch.bare_letters(self.rules, raw, false).append(key, record);
            }
        });
        false
    }

    /// Appends the key of a text that went through the steps.
    fn scan_prepared(&self, text: &str, key: &mut String, record: impl FnMut(Found)) {
        let scanner = (&self.classes, self.rules);
        let (folds, respells) = (self.rules.has(Rule::LookAlikes), self.rules.has(Rule::Spelling));
        if !folds && !respells {
            Scanner::new(scanner, text, key, record).run();
            return;
        }
        let (start, mut words) = (key.len(), Vec::new());
        Scanner::new(scanner, text, key, |found| words.push(found)).run();
        if folds {
            look_alikes::fold(key, start, &mut words);
        }
        if respells {
            spelling::respell(key, start, &mut words);
        }
        words.into_iter().for_each(record);
    }

    /// Appends the key of a text that is ready; answers whether that is its key, as it is unless nothing came of letters.
    fn scan_ready(&self, raw: &str, key: &mut String, record: impl FnMut(Found)) -> bool {
        let start = key.len();
        Scanner::new((&self.classes, self.rules), raw, key, record).run();
        if raw.is_ascii() {
            return true;
        }
        if self.rules.has(Rule::Case) {
            let cased = key.split_off(start);
            push_small(&cased, key, |forms| forms.folded);
        }
        key.len() > start
    }

    /// The key of a text with the origin of each of its atoms. Some three times the cost of [`key`](Self::key).
    pub fn trace(&self, raw: &str) -> Traced {
        let mut traced = Traced::default();
        if self.is_ready(raw) {
            let atoms = &mut traced.atoms;
            let record = |found: Found| {
                let (key, raw) = (found.key, found.text);
                atoms.push(Atom { key, raw, spaceless: found.spaceless });
            };
            if self.scan_ready(raw, &mut traced.key, record) {
                return traced;
            }
        }
        Scratch::with(|scratch| {
            let Traced { key, atoms } = &mut traced;
            let prepared = scratch.prepare(self.rules, raw, true);
            let record = |found| atoms.push(prepared.atom(found));
            self.scan_prepared(&prepared.text, key, record);
            if key.is_empty() {
                let letters = scratch.bare_letters(self.rules, raw, true);
                letters.append(key, |found| atoms.push(letters.atom(found)));
            }
        });
        traced
    }

    /// Whether a text needs no step before the scanner but to be put into small letters: it is ASCII or calm, without entities,
    /// tags and words cut in two by a line end, and was read in the right encoding.
    fn is_ready(&self, raw: &str) -> bool {
        let is_cut = |end: usize| raw.get(..end).is_some_and(|line| line.ends_with(['-', '\r']));
        let asks_for_steps = [Rule::LookAlikes, Rule::Spelling, Rule::TurkishI]
            .iter()
            .any(|&rule| self.rules.has(rule));
        self.rules.has(Rule::Blanks)
            && !asks_for_steps
            && memchr::memchr(b'&', raw.as_bytes()).is_none()
            && !memchr::memchr_iter(b'\n', raw.as_bytes()).any(is_cut)
            && !(self.rules.has(Rule::Tags) && tags::is_left_over(raw))
            && !(self.rules.has(Rule::Captions) && captions::has_remark(raw))
            && (raw.is_ascii() || self.leaves_calm_alone() && !self.repairs(raw) && is_calm(raw))
    }

    /// Whether a text was read in a wrong encoding, and that is to be repaired.
    fn repairs(&self, raw: &str) -> bool {
        self.rules.has(Rule::Mojibake) && mojibake::is_damaged(raw)
    }

    /// Whether these rules are among those under which calm characters are told.
    const fn leaves_calm_alone(&self) -> bool {
        self.rules.has(Rule::Compatibility) && !self.rules.has(Rule::Diacritics)
    }
}
