//! What was changed on the way.

use twicetold::audit::{Note, Notes, Policy};

use super::{Planted, audited, own};

/// What of a sentence changed from nine to ten o'clock, as it is counted for articles, sources and clusters.
fn changed(before: &str, after: &str) -> Vec<&'static str> {
    let (filler, other) = (own(1), own(2));
    let mut planted = Planted::default();
    planted.add("wire", "2026-03-02T09:00:00Z", &[&filler, before]).add(
        "herald",
        "2026-03-02T10:00:00Z",
        &[&other, after],
    );
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    let sentence = found.articles[1].sentences.last().unwrap();
    assert!(sentence.origin.is_some(), "{after}");
    let changes = |note: &Note| {
        matches!(
            note,
            Note::NumbersDiffer | Note::NegationDiffers | Note::NamesDiffer | Note::QuoteAltered
        )
    };
    let names: Vec<&str> = sentence.flags.iter().filter(changes).map(Note::name).collect();
    let edge = &found.source_edges[0];
    let altered = found.totals.altered;
    for (name, of_edge, of_all) in [
        ("numbers_differ", edge.changed_numbers, altered.numbers),
        ("negation_differs", edge.changed_negations, altered.negations),
        ("names_differ", edge.changed_names, altered.names),
        ("quote_altered", edge.changed_quotes, altered.quotes),
    ] {
        let expected = u64::from(names.contains(&name));
        assert_eq!((of_edge, of_all), (expected, expected), "{name}: {after}");
    }
    let variant = found.clusters[0].variants.last().unwrap();
    assert!(names.iter().all(|name| variant.flags.iter().any(|note| note.name() == *name)));
    names
}

#[test]
fn another_figure_denial_or_name_is_named() {
    let before =
        "The council of Velmark will spend 4.2 million crowns on a new harbour wall, Ann Lee said.";
    for (after, expected) in [
        (before, &[][..]),
        (
            "On a new harbour wall the council of Velmark will spend 4.2 million crowns, Ann Lee said.",
            &[],
        ),
        (
            "The council of Velmark will spend 4.9 million crowns on a new harbour wall, Ann Lee said.",
            &["numbers_differ"],
        ),
        (
            "The council of Velmark will not spend 4.2 million crowns on a new harbour wall, Ann Lee said.",
            &["negation_differs"],
        ),
        (
            "The council of Velmark will spend 4.2 million crowns on a new harbour wall, Ann Roy said.",
            &["names_differ"],
        ),
    ] {
        assert_eq!(changed(before, after), expected, "{after}");
    }
}

#[test]
fn a_quotation_of_other_words_is_altered_and_one_cut_short_is_not() {
    let before =
        "\"We will never again let the ferry sail in such a storm,\" the captain told reporters.";
    for (after, expected) in [
        (
            "\"We will never again let the ferry sail in such a storm,\" the captain said on Monday.",
            &[][..],
        ),
        (
            "\"We will never again let the ferry sail\" in such a storm, the captain told reporters.",
            &[],
        ),
        (
            "\"We will never again let the vessel sail in such a gale,\" the captain told reporters.",
            &["quote_altered"],
        ),
    ] {
        assert_eq!(changed(before, after), expected, "{after}");
    }
}

#[test]
fn a_wrong_figure_that_travels_is_a_variant_with_those_who_carry_it() {
    let right =
        "The fire in the old customs house of Velmark cost the lives of 12 people, police said.";
    let wrong =
        "The fire in the old customs house of Velmark cost the lives of 21 people, police said.";
    let mut planted = Planted::default();
    for (number, (source, text)) in
        (9..).zip([("wire", right), ("herald", wrong), ("star", wrong), ("net", right)])
    {
        let date = format!("2026-03-02T{number:02}:00:00Z");
        planted.add(source, &date, &[&own(number), text]);
    }
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    let variants: Vec<(u64, bool)> = found.clusters[0]
        .variants
        .iter()
        .map(|variant| (variant.count, variant.flags.has(Note::NumbersDiffer)))
        .collect();
    assert_eq!(variants, [(2, false), (2, true)]);
    // Who took it over from the herald changed nothing of what stood there.
    let edge = |from, to| {
        let found = found.source_edges.iter().find(|edge| (edge.from, edge.to) == (from, to));
        found.map(|edge| (edge.words, edge.changed_numbers)).unwrap()
    };
    assert_eq!((edge(1, 2).1, edge(0, 2).1, edge(1, 3).1), (0, 1, 1));
}

#[test]
fn where_two_sentences_were_joined_each_comes_from_its_own() {
    let first =
        "The council of Velmark will spend 42 million crowns on the old harbour wall this year.";
    let second =
        "Fishermen in the lower town have asked for the same since the great storm of autumn.";
    let joined = format!("{}, {}", first.trim_end_matches('.'), second.to_lowercase());
    let mut planted = Planted::default();
    planted
        .add("wire", "2026-03-02T09:00:00Z", &[first, second])
        .add("star", "2026-03-02T10:00:00Z", &[&joined])
        .add("herald", "2026-03-02T11:00:00Z", &[first, second]);
    let corpus = planted.corpus();
    let found = audited(&corpus, &Policy::default());
    let herald = &found.articles[2];
    assert_eq!(herald.verbatim_words, herald.reused_words);
    let origins: Vec<_> = herald.sentences.iter().map(|it| it.origin).collect();
    assert_eq!(origins, [Some((0, 0)), Some((0, 1))]);
    assert!(herald.sentences.iter().all(|it| it.flags == Notes::default()));
}
