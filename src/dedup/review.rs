//! What a person decided of pairs, read from a table that was marked.
//!
//! A row is a pair. Whoever writes `keep` or `remove` into its column `decision` decides it, for every run that finds it: sentences
//! are named by their keys, in `kept_id` and `other_id`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

/// Marked pairs, by the names of their sentences, the lesser first: whether one of them may go.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions(BTreeMap<(String, String), bool>);

impl Decisions {
    /// Reads a table that was marked; rows without a mark decide nothing.
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
    /// A column is missing, a mark is none, or a row is broken; with the line.
    pub fn read(table: &mut dyn Read, name: &Path) -> Result<Self> {
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(table);
        let broken = |cause: csv::Error| {
            let line = cause.position().map(csv::Position::line);
            Error::record(format!("a row of a review ({cause})")).at(name, line)
        };
        let header = rows.headers().map_err(broken)?.clone();
        let column = |wanted: &str| {
            let found =
                header.iter().position(|column| column.trim_start_matches('\u{feff}') == wanted);
            found.ok_or_else(|| Error::record(format!("a column \"{wanted}\"")).at(name, Some(1)))
        };
        let (decision, kept, other) =
            (column("decision")?, column("kept_id")?, column("other_id")?);
        let mut decisions = BTreeMap::new();
        for row in rows.records() {
            let row = row.map_err(broken)?;
            let line = row.position().map(csv::Position::line);
            let cell = |column: usize| row.get(column).unwrap_or_default().trim();
            let may_go = match cell(decision).to_ascii_lowercase().as_str() {
                "" => continue,
                "keep" => false,
                "remove" => true,
                _ => {
                    return Err(
                        Error::record("keep, remove or nothing as a decision").at(name, line)
                    );
                }
            };
            decisions.insert(ordered(cell(kept), cell(other)), may_go);
        }
        Ok(Self(decisions))
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many pairs are decided.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether one of two sentences may go in favour of the other, if that is decided.
    pub fn of(&self, a: &str, b: &str) -> Option<bool> {
        self.0.get(&ordered(a, b)).copied()
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    (first.to_owned(), second.to_owned())
}
