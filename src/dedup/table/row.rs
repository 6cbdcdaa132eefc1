//! The text of a row, string by string: a cell holds one, a list several, and joined columns are cells behind each other.
//!
//! Between two strings the text has a line break that stands nowhere. What is cut out of the text is cut out of its strings,
//! so that a list keeps its length and a column its cells.

use std::borrow::Cow;
use std::ops::Range;

use arrow_array::RecordBatch;

use super::cells::Cells;
use crate::dedup::cuts::Cut;
use crate::dedup::restore::Piece;
use crate::dedup::rewrite::without;
use crate::read::{Chosen, cell_strings};

/// A string of a row's text.
struct Part<'a> {
    /// Its column, among those of the text, and its place there.
    column: usize,
    place: usize,
    text: Cow<'a, str>,
    /// Its bytes in the row's text.
    range: Range<usize>,
}

/// The text of a row.
pub(super) struct RowText<'a> {
    parts: Vec<Part<'a>>,
}

impl<'a> RowText<'a> {
    pub(super) fn new(batch: &'a RecordBatch, chosen: &Chosen, row: usize) -> Self {
        let columns = chosen.text.iter().enumerate();
        let strings = columns.flat_map(|(column, name)| {
            let strings = cell_strings(batch, name, row).unwrap_or_default();
            strings.into_iter().map(move |(place, text)| (column, place, text))
        });
        let mut start = 0;
        let parts = strings.map(|(column, place, text)| {
            let range = start..start + text.len();
            start = range.end + 1;
            Part { column, place, text, range }
        });
        Self { parts: parts.collect() }
    }

    /// Whether it stands in one string.
    pub(super) fn is_one(&self) -> bool {
        self.parts.len() == 1
    }

    /// Whether it is this text as it is stored: bytes that were replaced in the text cannot be cut.
    pub(super) fn is(&self, text: &str) -> bool {
        let has = |part: &Part<'_>| {
            matches!(part.text, Cow::Borrowed(_))
                && text.get(part.range.clone()) == Some(&part.text)
        };
        let end = self.parts.last().map_or(0, |part| part.range.end);
        end == text.len() && self.parts.iter().all(has)
    }

    /// The parts of cuts that stand in one string each; both are in order.
    pub(super) fn within(&self, cuts: &[Cut]) -> Vec<Cut> {
        let parts = self.parts.iter().flat_map(|part| {
            let Range { start, end } = part.range;
            behind(cuts, start).take_while(move |cut| cut.range.start < end).map(move |cut| Cut {
                sentence: cut.sentence,
                range: cut.range.start.max(start)..cut.range.end.min(end),
            })
        });
        parts.filter(|cut| !cut.range.is_empty()).collect()
    }

    /// Notes what is left of the strings when these cuts are made, each of which stands in one.
    pub(super) fn cut(&self, cuts: &[Cut], cells: &mut [Cells]) {
        for part in &self.parts {
            let Range { start, end } = part.range;
            let own = behind(cuts, start).take_while(|cut| cut.range.start < end);
            let own = own.map(|cut| Cut {
                sentence: cut.sentence,
                range: cut.range.start - start..cut.range.end - start,
            });
            let own: Vec<Cut> = own.collect();
            if !own.is_empty() {
                cells[part.column].insert(part.place, without(&part.text, &own));
            }
        }
    }

    /// Notes the strings with the pieces that were cut out of them; `None` if they do not fit.
    pub(super) fn put_back(&self, pieces: &[&Piece], cells: &mut [Cells]) -> Option<()> {
        let mut pieces = pieces.iter().peekable();
        let mut start = 0;
        for part in &self.parts {
            let (mut whole, mut at, mut is_changed) = (String::new(), 0, false);
            // A piece that begins behind the line break that follows is of the next string.
            let length = |piece: &Piece, end: usize| {
                usize::try_from(piece.start).ok()?.checked_sub(start + end)
            };
            while let Some(piece) = pieces.peek() {
                let between = length(piece, whole.len())?;
                if between > part.text.len() - at {
                    break;
                }
                whole.push_str(part.text.get(at..at + between)?);
                whole.push_str(&piece.cut);
                at += between;
                is_changed = true;
                pieces.next();
            }
            whole.push_str(part.text.get(at..)?);
            start += whole.len() + 1;
            if is_changed {
                cells[part.column].insert(part.place, whole);
            }
        }
        pieces.peek().is_none().then_some(())
    }
}

/// The cuts that reach behind a byte.
fn behind(cuts: &[Cut], start: usize) -> impl Iterator<Item = &Cut> {
    let first = cuts.partition_point(|cut| cut.range.end <= start);
    cuts.iter().skip(first)
}
