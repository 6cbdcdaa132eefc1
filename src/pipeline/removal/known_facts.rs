//! The facts of the sentences that were asked for last.
//!
//! Facts of all sentences would be many small allocations, as large together as the text. Links come in the order of their sentences, so that
//! most facts are asked for again soon or never.

use std::sync::{Arc, Mutex, PoisonError};

use crate::verify::facts::Facts;

/// So many sentences are known at most, each in its own place.
const PLACES: usize = 1 << 20;

/// A row and its facts.
type Known = (u32, Arc<Facts>);

/// Facts by row, forgotten when another row wants their place.
pub(super) struct KnownFacts {
    places: Vec<Mutex<Option<Known>>>,
}

impl KnownFacts {
    /// Room for the facts of so many rows, if they are not too many.
    pub(super) fn new(rows: usize) -> Self {
        let places = rows.clamp(1, PLACES);
        Self { places: (0..places).map(|_| Mutex::default()).collect() }
    }

    /// The facts of a row, read if they are not known.
    pub(super) fn get(&self, row: u32, read: impl FnOnce() -> Facts) -> Arc<Facts> {
        let place = &self.places[row as usize % self.places.len()];
        let mut known = place.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((of, facts)) if *of == row => Arc::clone(facts),
            _ => {
                let facts = Arc::new(read());
                *known = Some((row, Arc::clone(&facts)));
                facts
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Normalizer;
    use crate::pipeline::facts;

    #[test]
    fn facts_are_those_of_their_row_whoever_had_its_place_before() {
        let known = KnownFacts::new(2);
        let facts = |row: u32| {
            let denials = "not ".repeat(row as usize);
            facts(&denials, &Normalizer::default().trace(&denials))
        };
        for row in [0, 1, 2, 0, 2, 3, 3] {
            assert_eq!(known.get(row, || facts(row)).negations, row);
        }
        assert_eq!(known.get(3, || facts(9)).negations, 3, "known");
        assert_eq!(KnownFacts::new(0).get(7, || facts(7)).negations, 7);
    }
}
