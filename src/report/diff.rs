//! What changed between two sentences, word by word, shown on their raw texts.
//!
//! Words are compared by their keys, so that case, quotation marks and the like make no change; the segments are cuts of
//! the raw texts. Joined, the [`Equal`](Change::Equal) and [`Delete`](Change::Delete) segments are the first text, the
//! `Equal` and [`Insert`](Change::Insert) segments the second, byte for byte. A single shared word between two changes is
//! counted as changed, since readers follow phrases; at the start and the end of a sentence it stays.
//!
//! Cost: near linear in the words for similar sentences, words times changed words at worst. Moved phrases are shown as
//! deleted and inserted.
//!
//! Patience diff (Bram Cohen): words that occur once in both texts are matched first, what lies between them by Myers's
//! algorithm (*An O(ND) difference algorithm*, 1986).

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::words::{Word, begins_grapheme, words};
use crate::config::RuleSet;

/// Equal runs between two changes that are shorter than this are shown as changed.
const SHORTEST_EQUAL_RUN: usize = 2;

/// What became of a segment on the way from the first text to the second.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Change {
    /// In both, with equal keys.
    Equal,
    /// In the first only.
    Delete,
    /// In the second only.
    Insert,
}

impl Change {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Delete => "delete",
            Self::Insert => "insert",
        }
    }
}

/// A run of words of one kind, as raw text.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Segment<'a> {
    /// What became of it.
    pub change: Change,
    /// Its bytes in the first text; empty for an insertion.
    pub first: &'a str,
    /// Its bytes in the second text; empty for a deletion.
    pub second: &'a str,
}

impl<'a> Segment<'a> {
    /// What a reader of the second text is shown: its own words, and where words were deleted those.
    pub const fn text(&self) -> &'a str {
        match self.change {
            Change::Delete => self.first,
            Change::Equal | Change::Insert => self.second,
        }
    }
}

/// The segments by which the first text becomes the second.
///
/// ```
/// use twicetold::{config::RuleSet, report::{Change, word_diff}};
/// let diff = word_diff(RuleSet::default(), "The bridge was closed today", "The bridge has been closed today");
/// let shown: Vec<_> = diff.iter().map(|segment| (segment.change, segment.text().trim())).collect();
/// assert_eq!(shown, [
///     (Change::Equal, "The bridge"),
///     (Change::Delete, "was"),
///     (Change::Insert, "has been"),
///     (Change::Equal, "closed today"),
/// ]);
/// ```
pub fn word_diff<'a>(rules: RuleSet, first: &'a str, second: &'a str) -> Vec<Segment<'a>> {
    diff_of_words((first, &words(first, rules)), (second, &words(second, rules)))
}

/// The diff of two texts whose words are known.
fn diff_of_words<'a>(first: (&'a str, &[Word]), second: (&'a str, &[Word])) -> Vec<Segment<'a>> {
    let (first, second) = (Tiles::new(first.0, first.1), Tiles::new(second.0, second.1));
    let mut segments = Vec::new();
    for run in readable(runs(&first.keys, &second.keys)) {
        let (old, new) = (first.text(&run.first), second.text(&run.second));
        if run.equal {
            segments.push(Segment { change: Change::Equal, first: old, second: new });
            continue;
        }
        if !old.is_empty() {
            segments.push(Segment { change: Change::Delete, first: old, second: "" });
        }
        if !new.is_empty() {
            segments.push(Segment { change: Change::Insert, first: "", second: new });
        }
    }
    segments
}

/// A raw text cut into one tile a word: the word, what opens before it, and what follows up to the next.
struct Tiles<'a> {
    raw: &'a str,
    keys: Vec<String>,
    /// Where each tile begins, and the end of the last.
    cuts: Vec<usize>,
}

impl<'a> Tiles<'a> {
    fn new(raw: &'a str, words: &[Word]) -> Self {
        if words.is_empty() && !raw.is_empty() {
            return Self { raw, keys: vec![raw.to_owned()], cuts: vec![0, raw.len()] };
        }
        let mut cuts = vec![0];
        let mut last = 0;
        for pair in words.windows(2) {
            last = cut_between(raw, &pair[0].raw, &pair[1].raw).max(last);
            cuts.push(last);
        }
        if !words.is_empty() {
            cuts.push(raw.len());
        }
        Self { raw, keys: words.iter().map(|word| word.key.clone()).collect(), cuts }
    }

    fn text(&self, tiles: &Range<usize>) -> &'a str {
        self.raw.get(self.cuts[tiles.start]..self.cuts[tiles.end]).unwrap_or_default()
    }
}

/// Where one word's tile ends and the next one's begins: after the last blank between them, so that an opening quotation
/// mark stays with its word; without a blank, at the next word.
fn cut_between(raw: &str, word: &Range<usize>, next: &Range<usize>) -> usize {
    let gap = raw.get(word.end..next.start).unwrap_or_default();
    let blank = gap.char_indices().rev().find(|(_, c)| c.is_whitespace());
    let after_blank = blank.map(|(at, c)| word.end + at + c.len_utf8());
    let cut = after_blank.filter(|&cut| begins_grapheme(raw, cut)).unwrap_or(next.start);
    raw.floor_char_boundary(cut)
}

/// Words that are equal, or that differ, in both texts.
struct Run {
    equal: bool,
    first: Range<usize>,
    second: Range<usize>,
}

/// Equal and changed runs in turn.
fn runs(first: &[String], second: &[String]) -> Vec<Run> {
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, first, second) {
        let (tag, old, new) = op.as_tag_tuple();
        push(&mut found, tag == DiffTag::Equal, old.len(), new.len());
    }
    found
}

/// The same, with equal runs that are too short for a reader counted as changed.
fn readable(runs: Vec<Run>) -> Vec<Run> {
    let last = runs.len().saturating_sub(1);
    let mut merged = Vec::with_capacity(runs.len());
    for (position, run) in runs.into_iter().enumerate() {
        let inside = position > 0 && position < last;
        let equal = run.equal && (!inside || run.first.len() >= SHORTEST_EQUAL_RUN);
        push(&mut merged, equal, run.first.len(), run.second.len());
    }
    merged
}

/// Appends so many words of each text, to the last run if it is of the same kind.
fn push(runs: &mut Vec<Run>, equal: bool, old: usize, new: usize) {
    if let Some(run) = runs.last_mut().filter(|run| run.equal == equal) {
        run.first.end += old;
        run.second.end += new;
        return;
    }
    let (old_start, new_start) = runs.last().map_or((0, 0), |run| (run.first.end, run.second.end));
    runs.push(Run { equal, first: old_start..old_start + old, second: new_start..new_start + new });
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    fn marked(first: &str, second: &str) -> String {
        let show = |segment: Segment<'_>| match segment.change {
            Change::Equal => segment.second.to_owned(),
            Change::Delete => format!("[{}]", segment.first),
            Change::Insert => format!("{{{}}}", segment.second),
        };
        word_diff(RuleSet::default(), first, second).into_iter().map(show).collect()
    }

    #[test]
    fn an_opening_quotation_mark_stays_with_its_word() {
        assert_eq!(
            marked("He said: \"Go home\" now", "He said: \"Stay\" now"),
            "He said: [\"Go home\" ]{\"Stay\" }now"
        );
    }

    #[test]
    fn case_and_punctuation_are_no_change_and_the_second_text_is_shown() {
        assert_eq!(marked("Rain, they said", "rain they said"), "rain they said");
    }

    #[test]
    fn a_lone_word_between_two_changes_is_changed_too() {
        assert_eq!(
            marked("we saw an old and tired dog there", "we saw a young and lively dog there"),
            "we saw [an old and tired ]{a young and lively }dog there"
        );
    }

    #[test]
    fn a_lone_word_at_either_end_stays() {
        assert_eq!(
            marked("Today it rained hard", "Today we swam hard"),
            "Today [it rained ]{we swam }hard"
        );
    }

    #[test]
    fn a_letter_is_not_parted_from_the_signs_that_it_carries() {
        assert_eq!(marked("เขาดีมากวันนี้", "เขาดูมากวันนี้"), "เขา[ดี]{ดู}มากวันนี้");
        assert_eq!(marked("यह किताब है", "यह कीताब है"), "यह [किताब ]{कीताब }है");
    }

    #[test]
    fn texts_without_words_are_compared_whole() {
        assert_eq!(marked("!!!", "???"), "[!!!]{???}");
        assert_eq!(marked("!!!", "!!!"), "!!!");
        assert_eq!(marked("", "word"), "{word}");
        assert!(word_diff(RuleSet::default(), "", "").is_empty());
    }

    #[test]
    fn words_whose_bytes_overlap_or_split_a_character_do_no_harm() {
        let word = |key: &str, raw| Word { key: key.into(), raw };
        let raw = "½ é";
        let overlapping = [word("1", 0..2), word("2", 0..2), word("e", 4..5)];
        let diff = diff_of_words((raw, &overlapping), ("x", &[word("x", 0..1)]));
        let first: String = diff.iter().map(|segment| segment.first).collect();
        assert_eq!(first, raw);
    }

    /// A sentence, and one made of it by dropping, doubling and replacing words.
    fn near_duplicates() -> impl Strategy<Value = (String, String)> {
        let words = [
            "the",
            "ferry",
            "«late»",
            "said",
            "it's",
            "五",
            "left",
            "(port)",
            "no",
            "\u{301}e",
            "ที่ดี",
            "ทีดู",
        ];
        let blanks = [" ", "  ", "\n", ", ", "—", ""];
        let word = (select(words.to_vec()), select(blanks.to_vec()));
        vec((word, 0_u8..8), 0..25).prop_map(|drawn| {
            let (mut first, mut second) = (String::new(), String::new());
            for ((word, blank), fate) in drawn {
                let text = format!("{word}{blank}");
                first.push_str(if fate == 0 { "" } else { &text });
                match fate {
                    1 => {}
                    2 => second.push_str("other "),
                    3 => second.push_str(&text.to_uppercase()),
                    _ => second.push_str(&text),
                }
            }
            (first, second)
        })
    }

    fn assert_restores(first: &str, second: &str) {
        let diff = word_diff(RuleSet::default(), first, second);
        assert_eq!(diff.iter().map(|segment| segment.first).collect::<String>(), first);
        assert_eq!(diff.iter().map(|segment| segment.second).collect::<String>(), second);
        let (mut in_first, mut in_second) = (0, 0);
        for segment in diff {
            in_first += segment.first.len();
            in_second += segment.second.len();
            assert!(begins_grapheme(first, in_first), "{first:?} is cut at {in_first}");
            assert!(begins_grapheme(second, in_second), "{second:?} is cut at {in_second}");
        }
    }

    proptest! {
        #[test]
        fn the_segments_restore_both_texts((first, second) in near_duplicates()) {
            assert_restores(&first, &second);
        }

        #[test]
        fn the_segments_restore_any_two_texts(first in any::<String>(), second in any::<String>()) {
            assert_restores(&first, &second);
        }

        #[test]
        fn a_text_and_itself_are_one_equal_segment(text in "\\PC{1,40}") {
            let diff = word_diff(RuleSet::default(), &text, &text);
            prop_assert_eq!(diff, [Segment { change: Change::Equal, first: &text, second: &text }]);
        }
    }
}
