//! The figures of a sentence that changed: who carried which, since when, and how long after it was corrected.

use twicetold::audit::Policy;

use super::{Planted, audited, own};

fn of(figure: &str) -> String {
    format!(
        "The council of Velmark will spend {figure} crowns on a new harbour wall in May, it said."
    )
}

fn planted(articles: &[(&str, u32, &str)]) -> Planted {
    let mut planted = Planted::default();
    for (at, (source, hour, figure)) in (0..).zip(articles) {
        let date = format!("2026-03-02T{hour:02}:00:00Z");
        planted.add(source, &date, &[&own(at), &of(figure)]);
    }
    planted
}

#[test]
fn who_carried_an_error_after_it_was_corrected_is_counted() {
    let corpus = planted(&[
        ("wire", 6, "4.2 million"),
        ("herald", 7, "4.2 million"),
        ("wire", 9, "2.4 million"),
        ("star", 10, "4,200,000"),
        ("net", 11, "2.4 million"),
        ("echo", 12, "4.2 million"),
    ])
    .corpus();
    let found = audited(&corpus, &Policy::default());
    let cluster = found.clusters.iter().find(|it| !it.values.is_empty()).unwrap();
    let shown: Vec<_> = cluster
        .values
        .iter()
        .map(|it| {
            (
                it.value.as_str(),
                it.articles,
                it.sources,
                it.first.0,
                it.corrected_by,
                it.articles_after,
            )
        })
        .collect();
    assert_eq!(shown, [("4200000", 4, 4, 0, Some(2), 2), ("2400000", 2, 2, 2, None, 0)]);
    assert_eq!(cluster.values[0].last_published.as_deref(), Some("2026-03-02T12:00:00Z"));
}

#[test]
fn another_sources_figure_is_no_correction_and_equal_figures_are_no_values() {
    let corpus = planted(&[("wire", 6, "4.2 million"), ("herald", 7, "4.9 million")]).corpus();
    let found = audited(&corpus, &Policy::default());
    let values = &found.clusters[0].values;
    assert_eq!(values.len(), 2);
    assert!(values.iter().all(|it| it.corrected_by.is_none() && it.articles_after == 0));
    let corpus = planted(&[("wire", 6, "4.2 million"), ("herald", 7, "4,200,000")]).corpus();
    let found = audited(&corpus, &Policy::default());
    assert!(found.clusters.iter().all(|it| it.values.is_empty()));
}

#[test]
fn a_figure_is_shown_as_people_write_it() {
    let corpus = planted(&[("wire", 6, "4.25"), ("herald", 7, "4.5")]).corpus();
    let found = audited(&corpus, &Policy::default());
    let values: Vec<&str> = found.clusters[0].values.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(values, ["4.25", "4.5"]);
}
