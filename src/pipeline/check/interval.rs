//! An interval for a share whose cases come in bundles: variants of one sentence bring all their pairs.
//!
//! Pairs of kindred sentences are found or missed together, for they share words and hence minima, so whole kins of
//! sentences are resampled and not pairs (Efron 1979; Field & Welsh, *Bootstrapping clustered data*, 2007): a thousand resamples, and between the
//! 2.5th and the 97.5th percentile of their shares lies the interval. Resampling sentence by sentence would claim twice as much as it
//! knows where one line has thirty variants. Where nothing was missed every resample says 1, which would be a claim of
//! certainty; Wilson's interval for that many kins stands in its place, and likewise where nothing was found.
//!
//! Cost: a thousand numbers and additions a kin. It does not know how the sentences were drawn.

use crate::mix::{draw, high32};

/// What one kin of sentences brought.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Bundle {
    /// Cases; at least one.
    pub(super) cases: u32,
    /// Those that were found.
    pub(super) found: u32,
}

/// How often a sample is drawn from the sample.
const RESAMPLES: u32 = 1_000;
/// Resamples beyond each end of the interval.
const BEYOND: usize = 25;
/// The stream of the resamples.
const SEED: u64 = 0x0063_6865_636b;
/// The square of the normal quantile at 97.5 %.
const QUANTILE_SQUARED: f64 = 3.841_459;

/// The bounds that hold the share with a confidence of 95 %: 0 and 1 if there is nothing to tell from.
pub(super) fn interval(bundles: &[Bundle]) -> (f64, f64) {
    let Ok(kins @ 1..) = u32::try_from(bundles.len()) else { return (0.0, 1.0) };
    let all = sum(bundles.iter().copied());
    // Wilson's bound, where every one of so many is alike.
    let unlike = QUANTILE_SQUARED / (f64::from(kins) + QUANTILE_SQUARED);
    if all.found == all.cases {
        return (1.0 - unlike, 1.0);
    }
    if all.found == 0 {
        return (0.0, unlike);
    }
    let mut shares: Vec<f64> = (0..RESAMPLES).map(|number| resampled(bundles, number)).collect();
    shares.sort_unstable_by(f64::total_cmp);
    // The share itself always lies inside, however skewed the bundles.
    let own = share(all);
    (shares[BEYOND].min(own), shares[shares.len() - 1 - BEYOND].max(own))
}

/// The share in one sample of as many bundles, drawn with replacement.
fn resampled(bundles: &[Bundle], number: u32) -> f64 {
    let drawn = (0..bundles.len() as u64).map(|position| {
        let random = u64::from(high32(draw(SEED + u64::from(number), position)));
        // Fewer than 2³² bundles: the product fits, and its upper half is a position.
        bundles[high32(random * bundles.len() as u64) as usize]
    });
    share(sum(drawn))
}

fn sum(bundles: impl Iterator<Item = Bundle>) -> Bundle {
    bundles.fold(Bundle::default(), |sum, bundle| Bundle {
        cases: sum.cases.saturating_add(bundle.cases),
        found: sum.found.saturating_add(bundle.found),
    })
}

fn share(bundle: Bundle) -> f64 {
    f64::from(bundle.found) / f64::from(bundle.cases.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bundles() -> impl Strategy<Value = Vec<Bundle>> {
        let bundle = (1_u32..9).prop_flat_map(|cases| (Just(cases), 0..=cases));
        let bundle = bundle.prop_map(|(cases, found)| Bundle { cases, found });
        prop::collection::vec(bundle, 1..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_interval_holds_its_share_and_stays_between_nothing_and_all(bundles in bundles()) {
            let (low, high) = interval(&bundles);
            let own = share(sum(bundles.iter().copied()));
            prop_assert!(0.0 <= low && low <= own && own <= high && high <= 1.0);
            let are_alike = |two: &[Bundle]| two[0].found * two[1].cases == two[1].found * two[0].cases;
            prop_assert!(low < high || bundles.windows(2).all(are_alike));
        }

        #[test]
        fn cases_that_all_come_twice_tell_nothing_new(bundles in bundles()) {
            let twice = |bundle: &Bundle| Bundle { cases: 2 * bundle.cases, found: 2 * bundle.found };
            let doubled: Vec<Bundle> = bundles.iter().map(twice).collect();
            prop_assert_eq!(interval(&bundles), interval(&doubled));
        }

        #[test]
        fn found_and_missed_change_places_with_the_ends(found in 1_u32..40, missed in 1_u32..40) {
            let one = |found| Bundle { cases: 1, found };
            let row = |first: u32| -> Vec<Bundle> {
                (0..found + missed).map(|at| one(if at < found { first } else { 1 - first })).collect()
            };
            let (low, high) = interval(&row(1));
            let (other_low, other_high) = interval(&row(0));
            prop_assert!((low - (1.0 - other_high)).abs() < 1e-9 && (high - (1.0 - other_low)).abs() < 1e-9);
        }

        #[test]
        fn without_a_miss_nothing_is_certain_and_more_kins_say_more(few in 1_usize..500, more in 1_usize..500) {
            let all_found = |kins| interval(&vec![Bundle { cases: 3, found: 3 }; kins]);
            let none_found = |kins| interval(&vec![Bundle { cases: 3, found: 0 }; kins]);
            let ((low, high), (lower, _)) = (all_found(few + more), all_found(few));
            prop_assert!(lower < low && low < 1.0 && high.to_bits() == 1.0_f64.to_bits());
            let ((low, high), (_, higher)) = (none_found(few + more), none_found(few));
            prop_assert!(0.0 < high && high < higher && low.to_bits() == 0.0_f64.to_bits());
        }
    }

    #[test]
    fn of_a_hundred_true_shares_about_ninety_five_lie_inside() {
        // 300 kins of one to four pairs, which are found with one luck a kin of 90 %.
        let sample = |number: u64| -> Vec<Bundle> {
            let bundle = |kin| {
                let random = draw(1_000 + number, kin);
                let cases = 1 + high32(random) % 4;
                let found = if random % 10 < 9 { cases } else { 0 };
                Bundle { cases, found }
            };
            (0..300).map(bundle).collect()
        };
        let inside = (0..100).filter(|&number| {
            let (low, high) = interval(&sample(number));
            (low..=high).contains(&0.9)
        });
        assert!((90..=99).contains(&inside.count()));
    }

    #[test]
    fn bundles_that_stick_together_widen_the_interval() {
        let apart: Vec<Bundle> =
            (0..200).map(|at| Bundle { cases: 1, found: u32::from(at % 5 > 0) }).collect();
        let together: Vec<Bundle> =
            (0..20).map(|at| Bundle { cases: 10, found: 10 * u32::from(at % 5 > 0) }).collect();
        let width = |bundles: &[Bundle]| {
            let (low, high) = interval(bundles);
            high - low
        };
        assert!(width(&together) > 2.0 * width(&apart));
        assert_eq!(interval(&[]), (0.0, 1.0));
    }
}
