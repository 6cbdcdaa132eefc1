//! What a link between two sentences allows.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::known_facts::KnownFacts;
use super::order::Order;
use super::{Boilerplate, JudgedLink, LeftByLength, Removable, Removals};
use crate::config::Across;
use crate::corpus::{Corpus, Sentence, SentenceKind};
use crate::ids::DocumentId;
use crate::normalize::Normalizer;
use crate::pipeline::Searched;
use crate::pipeline::boilerplate::is_bare;
use crate::pipeline::evidence::Comparison;
use crate::pipeline::notes::Sources;
use crate::pipeline::prepare::Prepared;
use crate::pipeline::scores::{Gauge, asked_for, facts, measure, pair_flags};
use crate::pipeline::search::{FoundPair, RawPair};
use crate::shingle::length;
use crate::verify::facts::{Facts, one_asks};
use crate::verify::{Flag, Flags, Relation};

/// What a link allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    /// Nothing.
    BothStay,
    /// Either may go in favour of the other.
    EitherGoes,
    /// The first may go, which stands in the second.
    FirstGoes,
    /// The second may go, which stands in the first.
    SecondGoes,
}

/// Everything that choosing takes.
pub(super) struct Bench<'a> {
    pub(super) order: Order<'a>,
    pub(super) comparison: &'a Comparison<'a>,
    pub(super) removable: Removable<'a>,
    prepared: &'a Prepared,
    notes: &'a [Flags],
    facts: KnownFacts,
    normalizer: Normalizer,
    /// Keys that stay, ascending.
    protected: Vec<String>,
    /// By document, where `across` asks for two of them.
    groups: Option<Vec<u32>>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        searched: &Searched<'a>,
        removable: Removable<'a>,
    ) -> Self {
        let Searched { prepared, comparison, notes, .. } = *searched;
        let config = comparison.config;
        let normalizer = Normalizer::new(config.rules());
        let key = |text: &String| {
            let mut key = String::new();
            normalizer.key(text, &mut key);
            key
        };
        let mut protected: Vec<String> = removable.protected.iter().map(key).collect();
        protected.sort_unstable();
        let documents = 0..u32::try_from(corpus.documents().len()).unwrap_or(u32::MAX);
        let groups = match config.across {
            Across::Any => None,
            Across::Documents => Some(documents.collect()),
            Across::Sources => {
                let sources = Sources::of(corpus);
                let source = |number| sources.source(DocumentId::new(number));
                Some(documents.map(source).collect())
            }
        };
        Self {
            order: Order { corpus, prepared, keep: &config.keep },
            comparison,
            removable,
            prepared,
            notes,
            facts: KnownFacts::new(comparison.rows()),
            normalizer,
            protected,
            groups,
        }
    }

    /// The number of distinct sentences.
    pub(super) fn rows(&self) -> usize {
        self.notes.len()
    }

    /// Whether a distinct sentence stays, whatever repeats it: it is protected, too short or too long, or boilerplate that is kept.
    pub(super) fn stays(&self, row: u32) -> bool {
        let key = self.prepared.keys.get(row as usize);
        let is_kept_boilerplate = self.removable.boilerplate == Boilerplate::Keep
            && self.notes[row as usize].has(Flag::Boilerplate);
        is_kept_boilerplate || self.key_stays(key)
    }

    pub(super) fn key_stays(&self, key: &str) -> bool {
        self.beside_limits(key).is_ne()
            || self.protected.binary_search_by(|known| known.as_str().cmp(key)).is_ok()
    }

    /// Less for what is too short to go, greater for what is too long.
    pub(super) fn beside_limits(&self, key: &str) -> Ordering {
        let length = length(key);
        if !length.is_long_enough(self.removable.minimum_words) {
            return Ordering::Less;
        }
        let is_longer = |most| length.is_longer_than(most);
        if self.removable.maximum_words.is_some_and(is_longer) {
            return Ordering::Greater;
        }
        Ordering::Equal
    }

    /// Counts what stays because of its length, given each key and how many of its places are outside the reference.
    pub(super) fn left_by_length<K: AsRef<str>>(
        &self,
        keys: impl Iterator<Item = (K, u64)>,
    ) -> LeftByLength {
        let mut left = LeftByLength::default();
        for (key, places) in keys {
            let count = match self.beside_limits(key.as_ref()) {
                Ordering::Less => &mut left.shorter,
                Ordering::Greater => &mut left.longer,
                Ordering::Equal => continue,
            };
            *count += places;
        }
        left
    }

    /// How many sentences stay because of their length.
    pub(super) fn sentences_left_by_length(&self) -> LeftByLength {
        let rows = (0u32..).take(self.rows());
        self.left_by_length(rows.map(|row| {
            let is_new = |place: &&u32| !self.order.is_reference(self.order.sentence(**place));
            let places = self.order.places(row).iter().filter(is_new).count();
            (self.prepared.keys.get(row as usize), places as u64)
        }))
    }

    /// Whether a distinct sentence goes, whatever repeats it.
    pub(super) fn is_dropped(&self, row: u32) -> bool {
        let is_boilerplate = self.notes[row as usize].has(Flag::Boilerplate);
        self.removable.boilerplate == Boilerplate::Drop && is_boilerplate && !self.stays(row)
    }

    /// Whether a sentence may go in favour of this one: with a reference only if it stands there.
    pub(super) fn may_keep(&self, row: u32) -> bool {
        let mut places = self.order.places(row).iter();
        self.order.corpus.reference().is_none()
            || places.any(|&place| self.order.is_reference(self.order.sentence(place)))
    }

    /// Whether a sentence stands in the reference: it stays, so that others may go in its favour.
    pub(super) fn is_of_reference(&self, row: u32) -> bool {
        self.order.corpus.reference().is_some() && self.may_keep(row)
    }

    /// Whether a sentence stands outside the reference.
    pub(super) fn is_new(&self, row: u32) -> bool {
        let mut places = self.order.places(row).iter();
        places.any(|&place| !self.order.is_reference(self.order.sentence(place)))
    }

    /// Whether the sentence at a place stays, whatever repeats it.
    pub(super) fn place_stays(&self, place: u32) -> bool {
        self.key_stays(&self.key_of(self.order.sentence(place)))
    }

    /// The key of the text at a place.
    pub(super) fn key_of(&self, place: &Sentence) -> String {
        let mut key = String::new();
        let text = self.order.corpus.sentence_text(place);
        self.normalizer.for_kind(place.kind).key(text, &mut key);
        key
    }

    /// Whether one place may go in favour of another: they stand in two documents or sources, if that is asked for, and do not
    /// have two different signs that no key holds, nor asks one what the other states.
    pub(super) fn may_go(&self, place: u32, kept: u32) -> bool {
        let document = |place: u32| self.order.sentence(place).document;
        self.are_apart(document(place), document(kept))
            && place != kept
            && self.agree_in_signs(place, kept)
            && !self.order.is_reference(self.order.sentence(place))
    }

    /// Whether the texts at two places have no two different signs that no key holds, and none asks what the other states.
    pub(super) fn agree_in_signs(&self, place: u32, kept: u32) -> bool {
        let text = |place: u32| self.order.corpus.sentence_text(self.order.sentence(place));
        let (place, kept) = (text(place), text(kept));
        agree_in_signs(place, kept) && !one_asks(place, kept)
    }

    /// Whether two documents may repeat each other: they are two, or of two sources, if that is asked for.
    pub(super) fn are_apart(&self, a: DocumentId, b: DocumentId) -> bool {
        self.groups.as_ref().is_none_or(|groups| groups[a.index()] != groups[b.index()])
    }

    pub(super) fn flags(&self, row: u32) -> Flags {
        self.notes[row as usize]
    }

    /// What each found link allows.
    pub(super) fn verdicts(&self, pairs: &[FoundPair]) -> Vec<Verdict> {
        let verdict = |gauge: &mut Gauge, found: &FoundPair| self.verdict(gauge, found.pair);
        pairs.par_iter().map_init(Gauge::default, verdict).collect()
    }

    fn verdict(&self, gauge: &mut Gauge, (a, b): RawPair) -> Verdict {
        let (_, relation) = measure(self.comparison, (&self.prepared.keys, gauge), (a, b));
        if let Some(may_go) = self.decided(a, b) {
            return if may_go { Verdict::EitherGoes } else { Verdict::BothStay };
        }
        let allows = |flags| (self.removable.link)(relation, flags);
        // Facts are read only where they decide.
        if !allows(Flags::default()) || !allows(self.pair_flags((a, b))) {
            return Verdict::BothStay;
        }
        if relation != Relation::Contained {
            return Verdict::EitherGoes;
        }
        let words = |row: u32| self.comparison.sequences().row(row as usize).len();
        if words(a) <= words(b) { Verdict::FirstGoes } else { Verdict::SecondGoes }
    }

    fn decided(&self, a: u32, b: u32) -> Option<bool> {
        let name = |row: u32| Removals::name(self.prepared.keys.get(row as usize));
        self.removable.decided.and_then(|decided| decided(&name(a), &name(b)))
    }

    /// Whether a sentence that was not compared with another before is linked to it and may go in favour of it.
    pub(super) fn goes_unseen(&self, gauge: &mut Gauge, row: u32, kept: u32) -> bool {
        self.comparison.link_reason(row, kept).is_some()
            && matches!(self.verdict(gauge, (row, kept)), Verdict::EitherGoes | Verdict::FirstGoes)
    }

    /// The proof of a link, of the first sentence's side.
    pub(super) fn judged(&self, gauge: &mut Gauge, kept: u32, other: u32) -> JudgedLink {
        let (scores, relation) =
            measure(self.comparison, (&self.prepared.keys, gauge), (kept, other));
        let flags = self.pair_flags((kept, other));
        let (kept, other) = (self.order.preferred(kept), self.order.preferred(other));
        JudgedLink { kept, other, relation, scores, flags }
    }

    /// Whether a distinct sentence has too few words to be compared with others, or is a line of a table: no similarity tells which
    /// line of another text it belongs to.
    pub(super) fn is_stray(&self, row: u32) -> bool {
        let kind = self.prepared.first(crate::ids::SentenceId::new(row)).kind;
        kind == SentenceKind::Table || self.notes[row as usize].has(Flag::Short)
    }

    /// Whether a distinct sentence belongs to what a text says: it is no dateline, byline or credit.
    pub(super) fn is_said(&self, row: u32) -> bool {
        let kind = self.prepared.first(crate::ids::SentenceId::new(row)).kind;
        kind == SentenceKind::Table || kind.is_compared()
    }

    /// Whether a distinct sentence is a statement, or a line of a table: it has a letter, and a mark at its end. Lines of menus, titles of
    /// pages, captions and list numbers mostly have not both.
    pub(super) fn is_statement(&self, row: u32) -> bool {
        let place = self.order.sentence(self.order.preferred(row));
        let text = self.order.corpus.sentence_text(place);
        place.kind == SentenceKind::Table || text.contains(char::is_alphabetic) && !is_bare(text)
    }

    /// The flags of a pair. What may differ counts as what does, since nobody reads before it goes.
    pub(super) fn pair_flags(&self, (a, b): RawPair) -> Flags {
        let doubt = self.facts(a).possible_differences(&self.facts(b));
        let doubt = asked_for(self.comparison.config, doubt);
        pair_flags(doubt, self.flags(a), self.flags(b))
    }

    /// The facts of a distinct sentence.
    pub(super) fn facts(&self, row: u32) -> Arc<Facts> {
        self.facts.get(row, || {
            // The preferred place, since the first one depends on the order of files.
            let place = self.order.sentence(self.order.preferred(row));
            let raw = self.order.corpus.sentence_text(place);
            facts(raw, &self.normalizer.for_kind(place.kind).trace(raw))
        })
    }
}

/// Whether the signs of comparison and pictographs of two texts are the same ones, where both have some: a key holds none, but
/// "x = 7" is not "x ≠ 7", nor a thumb up one down. A text may have lost all of them on its way.
fn agree_in_signs(one: &str, other: &str) -> bool {
    let is_sign = |c: &char| {
        let is_modifier = ('\u{1F3FB}'..='\u{1F3FF}').contains(c);
        let is_listed = matches!(c, '=' | '\u{2190}'..='\u{22FF}' | '\u{2600}'..='\u{27FF}' | '\u{1F300}'..='\u{1FAFF}');
        is_listed && !is_modifier
    };
    let signs = |text: &str| -> Vec<char> {
        let may_have = text.bytes().any(|byte| byte == b'=' || byte >= 0xE2);
        let mut signs: Vec<char> =
            if may_have { text.chars().filter(is_sign).collect() } else { Vec::new() };
        signs.sort_unstable();
        signs.dedup();
        signs
    };
    let (one_signs, other_signs) = (signs(one), signs(other));
    let agree = one_signs.is_empty() || other_signs.is_empty() || one_signs == other_signs;
    agree && bounds(one) == bounds(other) && !are_countries_and_us(one, other)
}

/// Whether one text says "US" where the other says "us", and capitals tell one from the other.
fn are_countries_and_us(one: &str, other: &str) -> bool {
    let spelled = |text: &str| -> Vec<bool> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| word.eq_ignore_ascii_case("us"));
        words.map(|word| word == "US").collect()
    };
    let has_small = |text: &str| text.contains(char::is_lowercase);
    let (mine, theirs) = (spelled(one), spelled(other));
    mine.len() == theirs.len() && mine != theirs && has_small(one) && has_small(other)
}

/// How often a figure is said to be a bound or a guess: "500+", "~50", "±5".
fn bounds(text: &str) -> usize {
    let is_digit = |at: Option<char>| at.is_some_and(char::is_numeric);
    let found = text.match_indices(['+', '~', '≈', '±']);
    let bounds = found.filter(|&(at, sign)| {
        let (before, behind) = (text.get(..at), text.get(at + sign.len()..));
        is_digit(before.and_then(|text| text.chars().next_back())) && sign == "+"
            || is_digit(behind.and_then(|text| text.chars().next())) && sign != "+"
    });
    bounds.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_no_key_holds_tell_texts_apart_where_both_have_some() {
        assert!(!agree_in_signs("x = 7", "x ≠ 7") && !agree_in_signs("Yes 👍", "Yes 👎"));
        assert!(agree_in_signs("x = 7", "x  7") && agree_in_signs("Yes 👍👍", "Yes 👍"));
        assert!(agree_in_signs("“Yes”", "Yes…"));
        assert!(!agree_in_signs("500+ ran", "500 ran") && !agree_in_signs("~50 ran", "50 ran"));
        assert!(agree_in_signs("call +44 20", "call 44 20"));
        assert!(!agree_in_signs("They want US to go", "They want us to go"));
        assert!(agree_in_signs("THEY WANT US TO GO", "They want us to go"));
    }
}
