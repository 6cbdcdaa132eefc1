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

#[test]
fn a_lost_blank_changes_no_fact() {
    let base = "By 1989 Ann Lee had not paid the three lenders 799,100 crowns.";
    for other in [
        "By1989 Ann Lee had not paid the three lenders 799,100 crowns.",
        "By 1989 Ann Leehad notpaid the threelenders 799,100 crowns.",
        "By 1989Ann Lee hadnot paid the three lenders799,100 crowns.",
        "By 1989 AnnLee had not paid thethreelenders 799,100crowns.",
    ] {
        assert_eq!(flags(base, other), [false; 3], "{other}");
    }
}

#[test]
fn a_lost_blank_hides_no_changed_fact() {
    let base = "By 1989 Ann Lee had not paid the three lenders 799,100 crowns.";
    for (other, expected) in [
        ("By1998 Ann Lee had not paid the three lenders 799,100 crowns.", [true, false, false]),
        ("By 1989 Ann Lee hadpaid the three lenders 799,100 crowns.", [false, true, false]),
        ("By 1989 Ann Leahad not paid the three lenders 799,100 crowns.", [false, false, true]),
        ("By 1989 Ann Lee had not paid thefour lenders 799,100 crowns.", [true, false, false]),
    ] {
        assert_eq!(flags(base, other), expected, "{other}");
    }
}

#[test]
fn a_lost_apostrophe_makes_no_other_name_of_an_owner() {
    let base = "The roof of the barn fell on Adam's cart.";
    assert_eq!(flags(base, "The roof of the barn fell on Adams cart."), [false; 3]);
    assert_eq!(flags(base, "The roof of the barn fell on the cart of Adam."), [false; 3]);
    let base = "The roof of the barn fell on Adam and his cart.";
    let other = "The roof of the barn fell on Adams and his cart.";
    assert_eq!(flags(base, other), [false, false, true]);
}

#[test]
fn a_day_of_the_week_counts_only_if_both_sentences_name_one() {
    let base = "The ferry to the island was cancelled.";
    let (tuesday, friday) = (
        "Earlier on Tuesday, the ferry to the island was cancelled.",
        "Earlier on Friday, the ferry to the island was cancelled.",
    );
    assert_eq!(flags(base, tuesday), [false; 3]);
    assert_eq!(flags(tuesday, friday), [false, false, true]);
    assert_eq!(flags(tuesday, &tuesday.to_lowercase()), [false; 3]);
}
