//! Every pair, each behind a bound that loses nothing: exact at any threshold.
//!
//! Cost: `n²/2` bounds of about a nanosecond, a few bytes of bitmap each; the best engine for small inputs and for character
//! n-grams, whose prefixes are long. Sandes, Teodoro, Melo 2020 (bitmap filter).

use super::prefix::Flow;

/// Proposes the later rows that pass the bound with the row at this position, until `each` says that it has enough.
///
/// `survivors` calls back with the later positions that the bound lets through, in order.
pub fn probe(
    rows: &[u32],
    position: usize,
    survivors: impl FnOnce(usize, &mut dyn FnMut(usize)),
    mut each: impl FnMut(u32) -> Flow,
) {
    let mut flow = Flow::Continue;
    survivors(position, &mut |later| {
        if flow == Flow::Continue {
            flow = each(rows[later]);
        }
    });
}
