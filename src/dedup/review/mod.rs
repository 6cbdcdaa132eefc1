//! What a person decided of pairs, read from a table that was marked, or from what was saved in a page.
//!
//! A row of a table is a pair. Whoever writes `keep` or `remove` into its column `decision` decides it, for every run that finds it:
//! sentences are named by their keys, in `kept_id` and `other_id`. What a page saved is a JSON object a line.

mod saved;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

/// Marked pairs, by the names of their sentences, the lesser first: whether one of them may go.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions(BTreeMap<(String, String), bool>);

impl Decisions {
    /// Reads a table that was marked, or the lines that a page saved; rows without a mark, and what is not of pairs of sentences, decide
    /// nothing.
    ///
    /// ```
    /// use twicetold::dedup::Decisions;
    /// let table = "decision,kept_id,other_id\nkeep,s02,s01\n,s03,s04\n";
    /// let decisions = Decisions::read(&mut table.as_bytes(), "review.csv".as_ref())?;
    /// assert_eq!(decisions.of("s01", "s02"), Some(false));
    /// assert_eq!(decisions.of("s03", "s04"), None);
    /// # Ok::<(), twicetold::Error>(())
    /// ```
    ///
    /// # Errors
    /// A column is missing, a mark is none, a pair is marked in two ways, or a row or line is broken; with the line.
    pub fn read(table: &mut dyn Read, name: &Path) -> Result<Self> {
        let mut text = Vec::new();
        table.read_to_end(&mut text).map_err(|cause| Error::io(name, cause))?;
        let is_saved = text.trim_ascii_start().starts_with(b"{");
        let marks = if is_saved { saved::marks(&text, name)? } else { marks(&text, name)? };
        let mut decisions = BTreeMap::new();
        for Mark { pair, may_go, line } in marks {
            let (before, at) = *decisions.entry(pair).or_insert((may_go, line.unwrap_or_default()));
            if before != may_go {
                let expected =
                    format!("one decision of a pair; line {at} says otherwise of this one");
                return Err(Error::record(expected).at(name, line));
            }
        }
        Ok(Self(decisions.into_iter().map(|(pair, (may_go, _))| (pair, may_go)).collect()))
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many pairs are decided.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The names of all sentences that are decided about.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.0.keys().flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect()
    }

    /// How many pairs have one of these sentences.
    pub(super) fn with_any_of(&self, names: &BTreeSet<&str>) -> usize {
        let has_one =
            |(a, b): &&(String, String)| names.contains(a.as_str()) || names.contains(b.as_str());
        self.0.keys().filter(has_one).count()
    }

    /// Whether one of two sentences may go in favour of the other, if that is decided.
    pub fn of(&self, a: &str, b: &str) -> Option<bool> {
        self.0.get(&ordered(a, b)).copied()
    }
}

/// What was decided of a pair, and where that stands.
struct Mark {
    pair: (String, String),
    may_go: bool,
    line: Option<u64>,
}

/// The rows of a table that are marked.
fn marks(text: &[u8], name: &Path) -> Result<Vec<Mark>> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let broken = |cause: csv::Error| {
        let line = cause.position().map(|at| line_at(text, at));
        Error::record(format!("a row of a review ({cause})")).at(name, line)
    };
    let header = rows.headers().map_err(broken)?.clone();
    let column = |wanted: &str| {
        let found =
            header.iter().position(|column| column.trim_start_matches('\u{feff}') == wanted);
        found.ok_or_else(|| Error::record(format!("a column \"{wanted}\"")).at(name, Some(1)))
    };
    let (decision, kept, other) = (column("decision")?, column("kept_id")?, column("other_id")?);
    let mut marks = Vec::new();
    for row in rows.records() {
        let row = row.map_err(broken)?;
        let line = row.position().map(|at| line_at(text, at));
        let cell = |column: usize| row.get(column).unwrap_or_default().trim();
        let may_go = match cell(decision).to_ascii_lowercase().as_str() {
            "" => continue,
            "keep" => false,
            "remove" => true,
            other => {
                let expected = format!("keep, remove or nothing as a decision, found {other:?}");
                return Err(Error::record(expected).at(name, line));
            }
        };
        marks.push(Mark { pair: ordered(cell(kept), cell(other)), may_go, line });
    }
    Ok(marks)
}

/// The line on which a row begins. The reader counts the line feed that ends a row to the next one, if it does not stand alone.
fn line_at(text: &[u8], at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX).min(text.len());
    let (before, rest) = text.split_at(start);
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let breaks = before.iter().chain(ends).filter(|&&byte| byte == b'\n').count();
    1 + breaks as u64
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    (first.to_owned(), second.to_owned())
}
