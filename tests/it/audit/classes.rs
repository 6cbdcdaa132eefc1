//! Which articles derive from others, and which only look so.

use twicetold::Config;
use twicetold::audit::model::{ArticleClass, PairClass};
use twicetold::audit::{Policy, SourceList, audit};
use twicetold::config::{Across, Config as Settings};

use super::{Planted, audited, edges, lent, own, story};

const NINE: &str = "2026-03-02T09:00:00Z";
const TEN: &str = "2026-03-02T10:00:00Z";

#[test]
fn an_article_is_wholly_partially_or_not_derived_by_the_share_of_its_words() {
    let told = story(0, 10);
    for (taken, class) in [
        (9, ArticleClass::Wholly),
        (8, ArticleClass::Wholly),
        (7, ArticleClass::Partially),
        (2, ArticleClass::Partially),
        (1, ArticleClass::NonDerived),
        (0, ArticleClass::NonDerived),
    ] {
        let copy: Vec<String> =
            told[..taken].iter().cloned().chain(story(90, 10 - taken as u64)).collect();
        let mut planted = Planted::default();
        planted.add("wire", NINE, &lent(&told)).add("herald", TEN, &lent(&copy));
        let corpus = planted.corpus();
        let found = audited(&corpus, &Policy::default());
        assert_eq!(found.articles[1].class, class, "{taken}");
        assert_eq!(found.articles[1].reused_words, 13 * taken as u64);
        assert_eq!(found.articles[0].class, ArticleClass::NonDerived);
        assert_eq!(found.passages.len(), usize::from(taken > 0), "{taken}");
    }
}

#[test]
fn two_who_quote_one_press_conference_do_not_copy_each_other() {
    let quotes = [
        "\"The harbour wall of Velmark has served us well for more than eighty years,\" the mayor said.",
        "\"But nobody who saw the water rise last night would want to trust it again,\" she added.",
        "\"We will build a new one, and we will build it before the autumn storms return,\" she said.",
    ];
    let (one, other) = (story(0, 5), story(40, 5));
    let with = |own: &[String]| -> Vec<String> {
        let quotes = quotes.iter().map(|quote| (*quote).to_owned());
        own.iter().cloned().chain(quotes).collect()
    };
    let mut planted = Planted::default();
    planted.add("herald", NINE, &lent(&with(&one))).add("star", TEN, &lent(&with(&other)));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    assert_eq!(found.articles[1].class, ArticleClass::CommonSource);
    assert_eq!(found.article_pairs[0].class, PairClass::CommonSource);
    assert!(found.articles[1].reused_quote_words > 0);
    // Who takes the narrative too has copied.
    let mut planted = Planted::default();
    planted.add("herald", NINE, &lent(&with(&one))).add("star", TEN, &lent(&with(&one)));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    assert_eq!(found.articles[1].class, ArticleClass::Wholly);
    assert_eq!(found.article_pairs[0].class, PairClass::Wholly);
}

#[test]
fn two_who_carry_an_agency_that_is_not_there_have_a_common_source() {
    let told = story(0, 5);
    let with = |own: u64| -> Vec<String> {
        let head = format!("VELMARK (Reuters) - {}", told[0]);
        std::iter::once(head).chain(told[1..].iter().cloned()).chain(story(own, 1)).collect()
    };
    let mut planted = Planted::default();
    planted.add("herald", NINE, &lent(&with(40))).add("star", TEN, &lent(&with(50)));
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    assert_eq!(found.article_pairs[0].class, PairClass::CommonSource);
    assert_eq!(found.article_pairs[0].credited.name(), "yes");
}

#[test]
fn what_stands_on_every_page_of_a_site_is_no_reuse() {
    let footer = "Sign up to our newsletter for the headlines of the morning and of the evening.";
    let mut planted = Planted::default();
    for number in 0..12 {
        let date = format!("2026-03-{:02}T09:00:00Z", number + 1);
        let text = [own(number), own(number + 100), footer.to_owned()];
        planted.add("herald", &date, &lent(&text));
        let text = [own(number + 200), own(number + 300), footer.to_owned()];
        planted.add("star", &date, &lent(&text));
    }
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    assert_eq!((found.totals.reused_words, found.totals.undecided_words), (0, 0));
    assert!(found.source_edges.is_empty() && found.clusters.is_empty());
    assert_eq!(found.boilerplate.len(), 1);
    assert_eq!((found.boilerplate[0].text, found.boilerplate[0].articles), (footer, 24));
    assert_eq!(found.articles[0].boilerplate_words, 15);
    assert_eq!(found.articles[0].body_words, 26);
}

#[test]
fn a_short_sentence_counts_beside_one_that_is_reused_and_not_by_itself() {
    let (long, short) = (own(0), "He declined to comment.");
    for (copy, words) in
        [(vec![long.clone(), short.to_owned()], 17), (vec![own(5), short.to_owned()], 0)]
    {
        let mut planted = Planted::default();
        planted.add("wire", NINE, &[&long, short]).add("herald", TEN, &lent(&copy));
        let corpus = planted.corpus();
        assert_eq!(audited(&corpus, &Policy::default()).articles[1].reused_words, words);
    }
}

#[test]
fn sources_of_one_family_count_as_one_where_that_is_asked_for() {
    let told = story(0, 4);
    let mut planted = Planted::default();
    planted.add("a.example", NINE, &lent(&told)).add("B Post", TEN, &lent(&told));
    let corpus = planted.corpus();
    let table = "id,name,aliases,kind,family\na,The A,a.example,newspaper,House\nb,B Post,,newspaper,House\n";
    let sources = SourceList::read(table).unwrap();
    let apart = Policy { sources, ..Policy::default() };
    let found = audited(&corpus, &apart);
    assert_eq!(edges(&found, "a", "b"), 1);
    assert_eq!(
        (found.sources[0].name.as_str(), found.sources[0].kind.as_str()),
        ("The A", "newspaper")
    );
    let merged = Policy { merges_families: true, ..apart };
    let found = audited(&corpus, &merged);
    assert_eq!((edges(&found, "a", "b"), found.totals.reused_words), (0, 0));
}

#[test]
fn every_article_can_be_a_source_of_its_own() {
    let told = story(0, 4);
    let mut planted = Planted::default();
    planted.add("a", NINE, &lent(&told)).add("a", TEN, &lent(&told));
    let corpus = planted.corpus();
    let policy = Policy { across_documents: true, ..Policy::default() };
    let config: Settings = Config { across: Across::Documents, ..Config::default() };
    let found = audit(&corpus, &config, &policy, &()).unwrap();
    assert_eq!(found.articles[1].reused_words, 52);
    assert_eq!(edges(&found, "a", "a"), 1);
}
