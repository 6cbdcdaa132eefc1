//! Claims about numbers, by example: which writings are one number, and which are not.

use super::*;

fn read(sentence: &str) -> Vec<Number> {
    numbers(&sentence.split(' ').collect::<Vec<_>>())
}

fn shown(sentence: &str) -> String {
    read(sentence).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn are_one(expected: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert_eq!(shown(sentence), expected, "{sentence}");
    }
}

#[test]
fn separators_of_thousands_say_nothing() {
    are_one("1000", &["1,000", "1000", "one thousand", "a thousand", "1k"]);
    are_one(
        "1000000",
        &[
            "1,000,000",
            "1.000.000",
            "1 million",
            "one million",
            "1mn",
            "10,00,000",
            "1 000 000",
            "1 millions",
        ],
    );
    are_one("2469/2", &["1,234.5", "1.234,5", "1234.50"]);
    are_one("3/2", &["1.5", "1,5", "1 1/2", "one and a half", "3/2"]);
    are_one("-3/2%", &["-1.5%", "-1 1/2%"]);
    for other in ["1", "1,000", "1.0", "2.000"] {
        assert!(
            numbers_differ(&read("1.000"), &read(other)),
            "nobody can tell what 1.000 is: {other}"
        );
    }
    assert!(numbers_differ(&read("120/80"), &read("150/100")), "a blood pressure is no fraction");
}

#[test]
fn number_words_are_numbers() {
    are_one("12", &["12", "twelve", "a dozen"]);
    are_one("25", &["twenty five", "25"]);
    are_one("205", &["two hundred and five", "two hundred five", "205"]);
    are_one("300000", &["three hundred thousand", "300 thousand", "300k", "300,000"]);
    are_one("2000 5000", &["two thousand and five thousand", "two thousand five thousand"]);
    are_one("2300000", &["two million three hundred thousand"]);
    are_one("20 20", &["twenty twenty"]);
    are_one("1/2", &["half", "1/2", "one half", "0.5", ".5"]);
    are_one("500000", &["half a million", "half million", "500,000"]);
    are_one("2/3", &["two thirds", "2/3"]);
    are_one("1/5", &["one fifth", "a fifth of them", "1/5"]);
    are_one("2500000", &["two and a half million", "2.5 million"]);
}

#[test]
fn units_belong_to_their_number_however_they_are_written() {
    are_one("5%", &["5%", "5 percent", "5 per cent", "five per cent", "5 pct", "five percent"]);
    are_one("$5", &["$5", "5 dollars", "us $5", "5 us dollars", "5$", "usd 5", "five dollars"]);
    are_one(
        "$2000000",
        &["$2m", "$2 million", "2 million dollars", "$2mn", "$2,000,000", "usd 2 million"],
    );
    are_one("£600000000", &["£600m", "£600 million", "600 million pounds"]);
    are_one("€3/2", &["1.5€", "€1.5", "1.5 euros", "1,5€"]);
    are_one("5", &["5km", "5 km", "5 kilometres"]);
}

#[test]
fn sign_unit_exponent_and_point_tell_numbers_apart() {
    let apart = [
        "5", "-5", "5%", "-5%", "$5", "€5", "15", "1.5", "10^6", "106", "5th", "±5", "5:10", "<5",
        ">5", "≤5",
    ];
    for (at, a) in apart.iter().enumerate() {
        for b in apart.iter().skip(at + 1) {
            assert!(numbers_differ(&read(a), &read(b)), "{a} and {b}");
        }
    }
    are_one("1000000", &["10^6", "1,000,000"]);
    are_one("8", &["2^3"]);
    assert!(!numbers_differ(&read("+5"), &read("5")));
    are_one("<$2000000", &["<$2m", "<$2 million", "<2 million dollars"]);
    are_one("5", &["5°", "5 degrees", "5° c"]);
    are_one("2 3%", &["2-3%", "2 to 3%"]);
}

#[test]
fn a_bare_one_first_or_second_is_no_number() {
    are_one("", &["one of them", "no one", "first of all", "a second time", "somebody"]);
    are_one("1%", &["one percent", "1 percent"]);
    are_one("3.", &["third", "3rd"]);
    are_one("21.", &["twenty first", "21st"]);
}

#[test]
fn a_date_is_one_however_it_is_written() {
    are_one(
        "-06-05",
        &["june 5", "5 june", "june 5th", "5th of june", "the fifth of june", "june the 5th"],
    );
    are_one(
        "2003-06-05",
        &["june 5 2003", "5 june 2003", "2003 06 05", "2003-06-05", "5.6.2003", "jun 5 2003"],
    );
    are_one("2022-01-08", &["jan 8 2022", "january 8 2022"]);
    are_one("2003-06", &["june 2003"]);
    are_one("", &["in june", "november oscar", "they may march", "decide by may"]);
    are_one("-05-05", &["on 5 may", "may 5"]);
    are_one("5", &["the 5 may go"]);
    are_one("5%", &["june 5 percent"]);
}

#[test]
fn a_year_counts_only_if_both_give_it() {
    let differ = |a, b| numbers_differ(&read(a), &read(b));
    assert!(!differ("june 5 2003", "5 june"));
    assert!(differ("june 5 2003", "june 5 2004"));
    assert!(differ("june 5", "june 6"));
    assert!(!differ("june 5 2003 and june 5", "june 5 and june 5 2004"));
    assert!(differ("june 5 2003 and june 5 2004", "june 5 2003 and june 5 2005"));
    assert!(differ("june 5 and june 5", "june 5"));
}

#[test]
fn a_time_is_one_on_both_clocks() {
    are_one("17:00", &["5 pm", "5pm", "17:00", "5:00 pm", "5 p m", "5.00pm"]);
    are_one("17:30", &["5:30pm", "5.30 pm", "17:30", "5:30 pm"]);
    are_one("00:00", &["12 am", "24:00"]);
    are_one("12:00", &["12pm"]);
    are_one("17:00", &["17:00 pm", "17:00"]);
    are_one("2:1", &["2:1"]);
}

#[test]
fn identifiers_are_compared_letter_by_letter() {
    let differ = |a, b| numbers_differ(&read(a), &read(b));
    assert!(differ("fm1506", "fm1507"));
    assert!(differ("sr 2023 052/053", "sr 2023 052/054"));
    assert!(differ("052", "52"));
    are_one("2023 052/053", &["sr 2023 052/053"]);
    are_one("1990s", &["the 1990s"]);
    are_one("5", &["no 5"]);
}

#[test]
fn a_number_given_twice_counts_twice() {
    assert!(numbers_differ(&read("5 and 5"), &read("5")));
    assert!(misses_number(&read("5"), &read("5 and 5")));
    assert!(!misses_number(&read("5 and 5"), &read("5")));
    assert!(!numbers_differ(&read("5 and 6"), &read("6 and 5")));
}

#[test]
fn numbers_too_large_to_count_are_identifiers() {
    let digits = "9".repeat(60);
    assert_eq!(shown(&digits), digits);
}

mod laws {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const WORDS: &[&str] = &[
        "one", "two", "twenty", "five", "hundred", "thousand", "million", "and", "a", "half",
        "third", "thirds", "per", "cent", "percent", "june", "may", "of", "the", "5", "05", "2003",
        "1,000", "$5", "5%", "-5", "1/2", "5pm", "pm", "17:00", "10^6", "1.2.3", "2-3", "<5", "5°",
        "5.6.2003", "dollars", "us", "usd", "fm1506", "nor", "neither", "not", "t", "don", "不",
    ];

    fn sentences() -> impl Strategy<Value = Vec<&'static str>> {
        vec(select(WORDS), 0..12)
    }

    proptest! {
        #[test]
        fn whole_numbers_read_as_themselves(number in 0_u64..=u64::MAX) {
            let grouped: Vec<_> = number.to_string().bytes().rev().collect::<Vec<_>>().chunks(3)
                .map(|group| group.iter().rev().map(|&digit| char::from(digit)).collect::<String>())
                .collect();
            let grouped = grouped.into_iter().rev().collect::<Vec<_>>().join(",");
            prop_assert_eq!(shown(&grouped), number.to_string());
            prop_assert_eq!(shown(&number.to_string()), number.to_string());
        }

        #[test]
        fn differing_is_symmetric_and_never_holds_of_the_same(a in sentences(), b in sentences()) {
            let (a, b) = (numbers(&a), numbers(&b));
            prop_assert_eq!(numbers_differ(&a, &b), numbers_differ(&b, &a));
            prop_assert!(!numbers_differ(&a, &a));
            prop_assert_eq!(numbers_differ(&a, &b), misses_number(&a, &b) || misses_number(&b, &a));
        }

        #[test]
        fn any_words_are_read_without_panic(words in vec("[0-9a-z$%€.,:/^+<>≤°-]{1,8}", 0..8)) {
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let found = numbers(&words);
            prop_assert!(found.is_sorted());
            prop_assert!(found.len() <= words.concat().chars().filter(char::is_ascii_digit).count().max(words.len()));
            prop_assert!(negations(&words) as usize <= words.len());
        }

        #[test]
        fn every_word_with_digits_gives_a_number(word in "[0-9a-z$%€.,:/^+<>≤°-]{1,8}") {
            let has_digit = word.contains(|c: char| c.is_ascii_digit());
            prop_assert_eq!(!numbers(&[&word]).is_empty(), has_digit);
        }
    }
}
