//! Every pair within the length window, each behind a bound that loses nothing: exact at any threshold.
//!
//! Rows stand in the order of their weights, and a row is compared with the heavier ones that are not too heavy for it. Some
//! rows are compared at a time, tile by tile, so that the bitmaps of a tile are fetched from memory once for all of them.
//!
//! Cost: `n²/2` bounds of about a nanosecond, less what the window leaves out; the best engine for small inputs and for
//! character n-grams, whose prefixes are long. Sandes, Teodoro, Melo 2020 (bitmap filter).

use std::ops::Range;

use super::prefix::Flow;

/// Rows that are compared at a time.
const ROWS: usize = 16;
/// Rows of a tile: their bitmaps stay in the nearest cache.
const TILE: usize = 256;

/// A bound on the similarity of rows, by position in the order of their weights.
pub trait Bounds {
    /// How many rows there are.
    fn rows(&self) -> usize;
    /// The later positions whose rows are not too heavy for the one at this position.
    fn window(&self, position: usize) -> Range<usize>;
    /// Calls `each` with the positions of a range that may be linked with this one, ascending.
    fn survivors(&self, position: usize, others: Range<usize>, each: &mut dyn FnMut(usize));
}

/// Scratch of one thread: the later partners of some rows, as far as the bound tells.
#[derive(Debug, Default)]
pub struct Survivors {
    start: usize,
    of_row: Vec<Vec<usize>>,
}

impl Survivors {
    /// Proposes the later positions that the bound lets through with this one, ascending, until `each` says that it has
    /// enough. Gives how many were bounded. Positions that are probed in order share the work.
    ///
    /// ```
    /// use twicetold::candidates::{brute_force::{Bounds, Survivors}, prefix::Flow};
    /// /// Rows whose weights are their positions, and a bound that lets even ones through.
    /// struct Even(usize);
    /// impl Bounds for Even {
    ///     fn rows(&self) -> usize {
    ///         self.0
    ///     }
    ///     fn window(&self, position: usize) -> std::ops::Range<usize> {
    ///         position + 1..self.0.min(position * 2)
    ///     }
    ///     fn survivors(&self, _: usize, others: std::ops::Range<usize>, each: &mut dyn FnMut(usize)) {
    ///         others.filter(|other| other % 2 == 0).for_each(each);
    ///     }
    /// }
    /// let mut proposed = Vec::new();
    /// let bounded = Survivors::default().probe(&Even(100), 5, |other| {
    ///     proposed.push(other);
    ///     Flow::Continue
    /// });
    /// assert_eq!((bounded, proposed), (4, vec![6, 8]));
    /// ```
    pub fn probe(
        &mut self,
        bounds: &impl Bounds,
        position: usize,
        mut each: impl FnMut(usize) -> Flow,
    ) -> u64 {
        if !(self.start..self.start + self.of_row.len()).contains(&position) {
            self.fill(bounds, position);
        }
        let survivors = &self.of_row[position - self.start];
        let _ = survivors.iter().try_for_each(|&other| match each(other) {
            Flow::Continue => Some(()),
            Flow::Stop => None,
        });
        bounds.window(position).len() as u64
    }

    /// Finds the partners of the rows from this position on.
    fn fill(&mut self, bounds: &impl Bounds, start: usize) {
        let windows: Vec<Range<usize>> =
            (start..bounds.rows().min(start + ROWS)).map(|row| bounds.window(row)).collect();
        self.start = start;
        self.of_row.resize_with(windows.len(), Vec::new);
        self.of_row.iter_mut().for_each(Vec::clear);
        let end = windows.iter().map(|window| window.end).max().unwrap_or(start);
        for tile in (start + 1..end).step_by(TILE) {
            for (row, (window, survivors)) in (start..).zip(windows.iter().zip(&mut self.of_row)) {
                let others = window.start.max(tile)..window.end.min(tile + TILE);
                if !others.is_empty() {
                    bounds.survivors(row, others, &mut |other| survivors.push(other));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bound that lets pairs through whose positions add up to a multiple of seven.
    struct Sevens(usize);

    impl Bounds for Sevens {
        fn rows(&self) -> usize {
            self.0
        }

        fn window(&self, position: usize) -> Range<usize> {
            position + 1..self.0.min(position + 700).max(position + 1)
        }

        fn survivors(&self, position: usize, others: Range<usize>, each: &mut dyn FnMut(usize)) {
            others.filter(|other| (position + other).is_multiple_of(7)).for_each(each);
        }
    }

    #[test]
    fn tiles_propose_what_a_loop_over_the_window_proposes() {
        let bounds = Sevens(1_000);
        let mut survivors = Survivors::default();
        // In order, and with a jump back and forth.
        for position in (0..100).chain([990, 3, 999]) {
            let mut proposed = Vec::new();
            let bounded = survivors.probe(&bounds, position, |other| {
                proposed.push(other);
                Flow::Continue
            });
            let window = bounds.window(position);
            assert_eq!(bounded, window.len() as u64);
            let expected = window.filter(|other| (position + other).is_multiple_of(7));
            assert_eq!(proposed, expected.collect::<Vec<_>>(), "{position}");
        }
    }

    #[test]
    fn who_has_enough_is_asked_no_more() {
        let mut asked = 0;
        Survivors::default().probe(&Sevens(500), 0, |_| {
            asked += 1;
            Flow::Stop
        });
        assert_eq!(asked, 1);
    }
}
