//! Whether an article says where it has its text.

use twicetold::audit::model::Credited;
use twicetold::audit::{Marks, Policy, SourceList};

use super::{Planted, audited, lent, own, story};

/// Whether the later of two is told to credit the earlier, whose source is the AP.
fn credited(last: &str, policy: &Policy) -> (Credited, u64) {
    let told = story(0, 5);
    let copy: Vec<String> = told.iter().cloned().chain([last.to_owned()]).collect();
    let mut planted = Planted::default();
    planted.add("apnews.com", "2026-03-02T09:00:00Z", &lent(&told)).add(
        "herald.example",
        "2026-03-02T10:00:00Z",
        &lent(&copy),
    );
    let corpus = planted.corpus();
    let found = audited(&corpus, policy);
    let edge = &found.source_edges[0];
    let pair = &found.article_pairs[0];
    assert_eq!(edge.credited_edges == 1, pair.credited == Credited::Yes);
    (pair.credited, found.articles[1].credited_words)
}

#[test]
fn an_agency_is_credited_by_its_mark_its_name_or_a_link() {
    let policy = Policy::default();
    for (last, expected) in [
        ("Associated Press writer Jane Doe contributed to this report.", Credited::Yes),
        (
            "The mayor told The Associated Press that nobody had seen it coming at all.",
            Credited::Yes,
        ),
        (
            "Read more of this story at https://apnews.com/article/velmark-ferry today.",
            Credited::Yes,
        ),
        ("The mayor told Reuters that nobody had seen it coming at all last night.", Credited::No),
        ("Nobody had seen it coming at all last night, the mayor of Velmark said.", Credited::No),
    ] {
        let (credited, words) = credited(last, &policy);
        assert_eq!(credited, expected, "{last}");
        assert_eq!(words, if expected == Credited::Yes { 65 } else { 0 }, "{last}");
    }
}

#[test]
fn marks_of_a_table_count_and_those_that_it_drops_do_not() {
    let last = "This story came to us over the Velmark Wire on a stormy night in March.";
    let marks = Marks::built_in().with("mark,source,where\nVelmark Wire,AP,anywhere\n").unwrap();
    assert_eq!(credited(last, &Policy { marks, ..Policy::default() }).0, Credited::Yes);
    let last = "The mayor told The Associated Press that nobody had seen it coming at all.";
    let dropped = "Associated Press,,\nThe Associated Press,,\n";
    let marks = Marks::built_in().with(dropped).unwrap();
    assert_eq!(credited(last, &Policy { marks, ..Policy::default() }).0, Credited::No);
}

#[test]
fn names_of_a_table_of_sources_are_credits() {
    let sources = SourceList::read("id,name,aliases\nher,The Velmark Herald,herald\n").unwrap();
    let policy = Policy { sources, ..Policy::default() };
    let told = story(0, 5);
    let line = "As The Velmark Herald first reported, nobody had seen it coming at all.".to_owned();
    let copy: Vec<String> = told.iter().cloned().chain([line]).collect();
    let mut planted = Planted::default();
    planted
        .add("herald", "2026-03-02T09:00:00Z", &lent(&told))
        .add("star", "2026-03-02T10:00:00Z", &lent(&copy))
        .add("net", "2026-03-02T11:00:00Z", &[&told[0], &told[1], &own(77)]);
    let corpus = planted.corpus();
    let found = audited(&corpus, &policy);
    let by_article: Vec<&str> =
        found.article_pairs.iter().map(|pair| pair.credited.name()).collect();
    assert_eq!(by_article, ["yes", "no"]);
    assert_eq!(found.articles[1].credits, ["The Velmark Herald"]);
}
