//! Who was first, and where times do not tell.

use twicetold::audit::Policy;
use twicetold::audit::model::{ArticleClass, Certainty};

use super::{Planted, audited, edges, lent, source, story};

const NINE: &str = "2026-03-02T09:00:00Z";

#[test]
fn the_earliest_of_three_is_the_origin_whatever_the_order_of_input() {
    let story = story(0, 4);
    let mut planted = Planted::default();
    planted
        .add("late", "Mon, 02 Mar 2026 14:00:00 +0200", &lent(&story))
        .add("first", NINE, &lent(&story))
        .add("middle", "2026-03-02T10:00:00Z", &lent(&story));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    let first = source(&found, "first");
    assert_eq!(found.articles[0].origins, [(first, 52)]);
    assert_eq!(found.articles[2].origins, [(first, 52)]);
    assert_eq!(found.articles[0].class, ArticleClass::Wholly);
    assert_eq!(found.articles[1].reused_words, 0);
    assert!(found.clusters.iter().all(|it| it.first.certainty == Certainty::Certain));
    assert_eq!(found.sources[1].first_count, 4);
    assert_eq!(found.sources[0].median_lag_seconds, Some(3 * 3_600));
    // All pairs count, in the direction of time.
    for (from, to, many) in
        [("first", "middle", 1), ("first", "late", 1), ("middle", "late", 1), ("late", "first", 0)]
    {
        assert_eq!(edges(&found, from, to), many, "{from} {to}");
    }
    assert_eq!(found.clusters[0].to_second_source, Some(3_600));
    assert_eq!(found.clusters[0].to_fifth_source, None);
}

#[test]
fn times_too_near_to_each_other_are_a_tie_without_a_direction() {
    let story = story(0, 4);
    for (other, tolerance, certain) in [
        ("2026-03-02T09:04:00Z", 300, false),
        ("2026-03-02T09:06:00Z", 300, true),
        ("2026-03-02T09:06:00Z", 3_600, false),
        ("2026-03-02", 300, false),
        ("2026-03-02T00:00:00Z", 300, false),
        ("2026-03-03", 300, true),
        ("20260303", 300, true),
    ] {
        let mut planted = Planted::default();
        planted.add("a", NINE, &lent(&story)).add("b", other, &lent(&story));
        let corpus = planted.corpus();
        let policy = Policy { clock_tolerance: tolerance, ..Policy::default() };
        let found = audited(&corpus, &policy);
        let [a, b] = &found.articles[..] else { panic!() };
        assert_eq!(a.reused_words, 0, "{other}");
        assert_eq!(b.reused_words, if certain { 52 } else { 0 }, "{other}");
        assert_eq!(edges(&found, "a", "b"), u64::from(certain), "{other}");
        assert_eq!(found.article_pairs.len(), 1);
        let pair = &found.article_pairs[0];
        assert_eq!(pair.certainty == Certainty::Certain, certain, "{other}");
        assert_eq!(found.clusters[0].first.certainty, pair.certainty);
        if !certain {
            assert_eq!((a.undecided_words, b.undecided_words), (52, 52));
            assert_eq!((a.class, b.class), (ArticleClass::Undecided, ArticleClass::Undecided));
            assert!(found.source_edges.iter().all(|edge| edge.undecided_edges == 1));
            assert_eq!(found.totals.reused_words, 0);
        }
    }
}

#[test]
fn without_a_date_who_was_first_is_unknown() {
    let story = story(0, 4);
    let mut planted = Planted::default();
    planted.add("a", NINE, &lent(&story)).add("b", "last Tuesday", &lent(&story));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    assert_eq!(found.clusters[0].first.certainty, Certainty::Unknown);
    assert_eq!(found.article_pairs[0].certainty, Certainty::Unknown);
    assert_eq!(found.article_pairs[0].lag_seconds, None);
    assert_eq!(found.articles[1].precision, "unknown");
    assert!(found.run.warnings.iter().any(|it| it.contains("could not be read")));
}

#[test]
fn those_who_publish_when_an_embargo_ends_are_a_tie_and_later_ones_are_not() {
    let story = story(0, 4);
    let mut planted = Planted::default();
    planted
        .add("wire", NINE, &lent(&story))
        .add("herald", "2026-03-02T09:20:00Z", &lent(&story))
        .add("star", "2026-03-02T13:00:00Z", &lent(&story));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy { embargo: 1_800, ..Policy::default() });
    assert_eq!(found.clusters[0].first.certainty, Certainty::Tie);
    assert_eq!((edges(&found, "wire", "herald"), edges(&found, "wire", "star")), (0, 1));
    let found = audited(&corpus, &Policy::default());
    assert_eq!((edges(&found, "wire", "herald"), edges(&found, "wire", "star")), (1, 1));
}

#[test]
fn a_version_of_an_own_article_is_no_reuse_and_takes_nothing_back_from_who_copied_it() {
    let told = story(0, 6);
    let longer: Vec<String> = told.iter().cloned().chain(story(50, 2)).collect();
    let mut planted = Planted::default();
    planted
        .add("herald", NINE, &lent(&told))
        .add("star", "2026-03-02T10:00:00Z", &lent(&told))
        .add("herald", "2026-03-02T11:00:00Z", &lent(&longer));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    let update = &found.articles[2];
    assert_eq!((update.reused_words, update.own_reused_words), (0, 78));
    assert_eq!((update.update_of, update.class), (Some(0), ArticleClass::NonDerived));
    assert_eq!((edges(&found, "star", "herald"), edges(&found, "herald", "star")), (0, 1));
    assert_eq!(found.totals.own_update_pairs, 1);
    let pair = found.article_pairs.iter().find(|pair| pair.is_update).unwrap();
    assert_eq!((pair.a, pair.b, pair.certainty), (0, 2, Certainty::Certain));
    assert_eq!(found.articles[1].reused_words, 78);
}

#[test]
fn versions_under_one_address_are_one_article_however_much_was_rewritten() {
    let (told, anew) = (story(0, 6), story(50, 7));
    let later: Vec<String> = told[..1].iter().cloned().chain(anew).collect();
    for (url, update) in [
        ("https://www.herald.example/a?utm_source=x#top", Some(0)),
        ("https://www.herald.example/other", None),
    ] {
        let mut planted = Planted::default();
        planted.at("herald", NINE, "http://herald.example/a/", &lent(&told)).at(
            "herald",
            "2026-03-02T11:00:00Z",
            url,
            &lent(&later),
        );
        let corpus = planted.corpus();
        assert_eq!(audited(&corpus, &Policy::default()).articles[1].update_of, update, "{url}");
    }
}

#[test]
fn an_article_that_was_taken_many_times_is_no_boilerplate() {
    let told = story(0, 6);
    let mut planted = Planted::default();
    planted.add("star", "2026-03-02T22:00:00Z", &lent(&told));
    for number in 0..8_u64 {
        let date = format!("2026-03-02T{:02}:00:00Z", 9 + number);
        let other = story(100 + number * 10, 6);
        planted.at("herald", &date, "https://herald.example/told", &lent(&told)).at(
            "herald",
            &date,
            &format!("https://herald.example/{number}"),
            &lent(&other),
        );
    }
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    assert!(found.boilerplate.is_empty());
    assert_eq!(found.articles[0].reused_words, 78);
    assert_eq!(edges(&found, "herald", "star"), 8);
}

#[test]
fn a_window_leaves_out_what_lies_outside_and_what_has_no_date() {
    let story = story(0, 4);
    let mut planted = Planted::default();
    planted
        .add("a", "2026-03-01T23:00:00Z", &lent(&story))
        .add("b", "2026-03-02T10:00:00Z", &lent(&story))
        .add("c", "2026-03-03T22:00:00Z", &lent(&story))
        .add("d", "", &lent(&story));
    let corpus = planted.corpus();
    let date = |date| twicetold::audit::Moment::read(date);
    let policy =
        Policy { since: date("2026-03-02"), until: date("2026-03-03"), ..Policy::default() };
    let found = audited(&corpus, &policy);
    let sources: Vec<&str> = found.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(sources, ["b", "c"]);
    assert_eq!(edges(&found, "b", "c"), 1);
}

#[test]
fn a_version_without_a_date_may_have_been_before_everybody() {
    let story = story(0, 4);
    let mut planted = Planted::default();
    planted
        .add("wire", NINE, &lent(&story))
        .add("herald", "2026-03-02T12:00:00Z", &lent(&story))
        .add("herald", "", &lent(&story))
        .add("star", "2026-03-02T13:00:00Z", &lent(&story));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    for herald in &found.articles[1..3] {
        assert_eq!(herald.reused_words, 0, "{}", herald.name);
        assert_eq!(herald.undecided_words, 52, "{}", herald.name);
    }
    assert_eq!(edges(&found, "wire", "herald"), 0);
    assert_eq!(found.articles[3].reused_words, 52);
}
