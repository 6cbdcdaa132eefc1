//! Keys and facts together: what the words of two raw sentences say.

use twicetold::normalize::Normalizer;
use twicetold::pipeline;
use twicetold::verify::facts::Facts;

fn facts(raw: &str) -> Facts {
    pipeline::facts(raw, &Normalizer::default().trace(raw))
}

/// Which flags two sentences raise: numbers, negation, names.
fn flags(a: &str, b: &str) -> [bool; 3] {
    let (a, b) = (facts(a), facts(b));
    [a.numbers_differ(&b), a.negation_differs(&b), a.names_differ(&b)]
}

#[test]
fn the_same_facts_in_other_writing_raise_no_flag() {
    for (a, b) in [
        (
            "On Jan. 8, 2022 at 5 p.m. Ann Lee didn’t pay the $2m.",
            "At 17:00 on 8 January Ann Lee did not pay the $2 million.",
        ),
        ("It fell −5&nbsp;% to 1½ points.", "It fell -5 percent to 1.5 points."),
        ("No. 5 paid £600m (3rd time).", "№ 5 paid 600 million pounds, a third time."),
        (
            "When Americans are in your house, it can be difficult to stay alive and not be robbed or raped",
            "When Americans are in your house, it can be difficult to stay alive, not being robbed or raped",
        ),
    ] {
        assert_eq!(flags(a, b), [false; 3], "{a} | {b}");
    }
}

#[test]
fn each_changed_fact_raises_its_flag() {
    let base = "The bank said Ann Lee paid 5% on June 5.";
    for (other, expected) in [
        ("The bank said Ann Lee paid −5% on June 5.", [true, false, false]),
        ("The bank said Ann Lee paid $5 on June 5.", [true, false, false]),
        ("The bank said Ann Lee paid 5% on 6 June.", [true, false, false]),
        ("The bank said Ann Lee never paid 5% on June 5.", [false, true, false]),
        ("The bank said Ann Roy paid 5% on June 5.", [false, false, true]),
    ] {
        assert_eq!(flags(base, other), expected, "{other}");
    }
}
