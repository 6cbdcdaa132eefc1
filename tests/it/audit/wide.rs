//! Copy that everybody carries, and results that do not depend on how they were found.

use twicetold::Config;
use twicetold::audit::{Policy, audit};

use super::{Planted, audited, lent, own, story};

#[test]
fn copy_that_three_thousand_articles_carry_is_counted_in_every_pair() {
    let told = story(0, 2);
    let mut planted = Planted::default();
    for number in 0..3_000_u64 {
        let (day, hour, minute) = (number / 144 + 1, number / 6 % 24, number % 6 * 10);
        let date = format!("2026-03-{day:02}T{hour:02}:{minute:02}:30Z");
        let text = [told[0].clone(), told[1].clone(), own(1_000 + number)];
        planted.add(&format!("s{}", number % 600), &date, &lent(&text));
    }
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    let edges: u64 = found.source_edges.iter().map(|edge| edge.edges).sum();
    // Each of the five articles of a source with everybody who had it before that source.
    assert_eq!(edges, 5 * 600 * 599 / 2);
    assert_eq!(found.source_edges.len(), 600 * 599 / 2);
    assert_eq!(found.clusters[0].articles, 3_000);
    assert_eq!(found.clusters[0].sources, 600);
    assert_eq!(found.clusters[0].to_tenth_source, Some(9 * 600));
    // Each source had it from the first, also where it said it again; only what the first said again was its own.
    assert_eq!(found.totals.reused_words, 599 * 5 * 26);
    assert_eq!(found.sources[0].first_count, 2);
    let twice = |article: usize| found.articles[article].own_reused_words;
    assert_eq!((twice(0), twice(600), twice(2_999)), (0, 26, 0));
}

#[test]
fn threads_and_runs_change_no_byte() {
    let mut planted = Planted::default();
    for number in 0..200_u64 {
        let date = format!("2026-03-{:02}T{:02}:00:00Z", number / 20 + 1, number % 20);
        let told = story(number / 10 * 3, 4);
        planted.add(&format!("s{}", number % 13), &date, &lent(&told));
    }
    let corpus = planted.corpus();
    let bytes = |threads| {
        let config = Config { threads, ..Config::default() };
        let found = audit(&corpus, &config, &Policy::default(), &()).unwrap();
        serde_json::to_string(&found).unwrap()
    };
    let one = bytes(1);
    assert_eq!(one, bytes(2));
    assert_eq!(one, bytes(1));
}
