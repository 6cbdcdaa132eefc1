//! The main job, end to end through the library.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use twicetold::config::{Across, Clustering, Engine, InputConfig, Keep, Numbers, PairsShown};
use twicetold::read::{Input, read};
use twicetold::verify::{Flag, Relation};
use twicetold::{Config, Corpus, Profile, Report, detect};

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

pub(crate) fn article() -> Corpus {
    let input = Input::Path(fixture("examples/article.txt"));
    read(&[input], &InputConfig::default(), &()).unwrap()
}

/// The first words of each group's members.
fn gold() -> Vec<Vec<String>> {
    let lines = std::fs::read_to_string(fixture("tests/data/article.gold.jsonl")).unwrap();
    let group = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        let members = record["members"].as_array().unwrap().iter();
        members.map(|member| member.as_str().unwrap().to_owned()).collect()
    };
    lines.lines().map(group).collect()
}

/// The texts of each cluster's members.
fn clusters(report: &Report) -> Vec<BTreeSet<&str>> {
    let texts =
        |members: &[usize]| members.iter().map(|&m| report.sentences[m].text.as_str()).collect();
    report.clusters.iter().map(|cluster| texts(&cluster.members)).collect()
}

fn assert_the_seven_groups(report: &Report) {
    let clusters = clusters(report);
    for group in gold() {
        let holds = |cluster: &&BTreeSet<&str>| {
            cluster.len() == group.len()
                && group.iter().all(|start| cluster.iter().any(|text| text.starts_with(start)))
        };
        assert!(
            clusters.iter().any(|cluster| holds(&cluster)),
            "no cluster holds {group:#?}: {clusters:#?}"
        );
    }
    assert_eq!(clusters.len(), gold().len(), "{clusters:#?}");
}

#[test]
fn the_article_says_seven_things_twice_and_no_more() {
    assert_the_seven_groups(&detect(&article(), &Config::default()).unwrap());
}

#[test]
fn every_engine_finds_the_seven_groups() {
    for engine in [Engine::Exact, Engine::Prefix, Engine::BruteForce, Engine::Bands] {
        let config = Config { engine, ..Config::default() };
        assert_the_seven_groups(&detect(&article(), &config).unwrap());
    }
}

#[test]
fn a_quote_in_two_translations_is_one_pair_with_a_run_of_thirteen_words() {
    let report = detect(&article(), &Config::default()).unwrap();
    let is_quote =
        |sentence: usize| report.sentences[sentence].text.starts_with("'If Antony Blinken");
    let pair = report.pairs.iter().find(|pair| is_quote(pair.a) && is_quote(pair.b)).unwrap();
    assert_eq!(pair.scores.longest_run, 13);
    assert!(pair.scores.log10_evalue < -10.0);
    assert!(!pair.flags.has(Flag::NumbersDiffer));
}

#[test]
fn the_report_is_the_same_for_one_thread_and_two() {
    let json = |threads, profile| {
        let config = Config { threads, profile, ..Config::default() };
        let mut out = Vec::new();
        let report = detect(&article(), &config).unwrap();
        twicetold::report::json(&report, &twicetold::report::JsonView::default(), &mut out)
            .unwrap();
        out
    };
    for &profile in Profile::ALL {
        assert_eq!(json(1, profile), json(2, profile));
    }
}

#[test]
fn the_order_of_documents_changes_ids_and_nothing_else() {
    let article = article();
    let text = article.text(twicetold::ids::DocumentId::new(0));
    let mut lines: Vec<&str> = text.lines().skip(3).collect();
    let forward = detect(&Corpus::from_texts(&lines), &Config::default()).unwrap();
    lines.reverse();
    let backward = detect(&Corpus::from_texts(&lines), &Config::default()).unwrap();
    let set = |report: &Report| {
        clusters(report)
            .into_iter()
            .map(|c| c.into_iter().map(str::to_owned).collect())
            .collect::<BTreeSet<BTreeSet<String>>>()
    };
    assert_eq!(set(&forward), set(&backward));
}

#[test]
fn a_corpus_without_sentences_has_an_empty_report() {
    for texts in [vec![], vec![""], vec![" \n ", "…", "!!!"]] {
        for engine in Engine::ALL {
            let config = Config { engine: *engine, ..Config::default() };
            let report = detect(&Corpus::from_texts(&texts), &config).unwrap();
            assert_eq!((report.clusters.len(), report.pairs.len()), (0, 0));
        }
    }
}

#[test]
fn texts_without_a_letter_or_digit_are_never_equal_to_each_other() {
    let report = detect(&Corpus::from_texts(["…", "…", "☺", "☺"]), &Config::default()).unwrap();
    assert!(report.clusters.is_empty());
}

#[test]
fn copies_are_one_sentence_with_several_places() {
    let report = detect(
        &Corpus::from_texts(["He declined to say.", "Other words.", "“He declined to say”"]),
        &Config::default(),
    )
    .unwrap();
    assert_eq!(report.clusters.len(), 1);
    let cluster = &report.clusters[0];
    assert_eq!((cluster.members.len(), cluster.places, cluster.relation), (1, 2, Relation::Exact));
    assert!(cluster.flags.has(Flag::Short));
    assert_eq!(
        report.sentences[cluster.members[0]].places[1].text.as_deref(),
        Some("“He declined to say”")
    );
}

#[test]
fn short_sentences_match_by_equal_keys_only() {
    let texts = ["He declined to say.", "He declined to say more?"];
    let config = Config { minimum_words: 6, ..Config::default() };
    assert!(detect(&Corpus::from_texts(texts), &config).unwrap().clusters.is_empty());
}

const FIGURES: [&str; 2] = [
    "The harbour council of Velmark will spend 1,200 crowns on the repair of the old customs house this winter.",
    "The harbour council of Velmark will spend 1,500 crowns on the repair of the old customs house this winter.",
];

#[test]
fn a_changed_figure_is_flagged_and_can_veto_the_link() {
    let run = |numbers| {
        detect(&Corpus::from_texts(FIGURES), &Config { numbers, ..Config::default() }).unwrap()
    };
    assert!(run(Numbers::Flag).pairs[0].flags.has(Flag::NumbersDiffer));
    assert!(run(Numbers::Veto).pairs.is_empty());
    assert!(!run(Numbers::Ignore).pairs[0].flags.has(Flag::NumbersDiffer));
}

#[test]
fn a_negation_is_flagged() {
    let texts = [
        "The governor of the province did say that the soldiers would leave before the spring.",
        "The governor of the province did not say that the soldiers would leave before the spring.",
    ];
    let report = detect(&Corpus::from_texts(texts), &Config::default()).unwrap();
    assert!(report.pairs[0].flags.has(Flag::NegationDiffers));
}

#[test]
fn across_documents_leaves_out_repeats_of_one_document() {
    let both = FIGURES.join("\n");
    let corpus = Corpus::from_texts([both.as_str(), "Something else is said here."]);
    let run =
        |across| detect(&corpus, &Config { across, ..Config::default() }).unwrap().clusters.len();
    assert_eq!((run(Across::Any), run(Across::Documents)), (1, 0));
    let apart = Corpus::from_texts(FIGURES);
    let config = Config { across: Across::Documents, ..Config::default() };
    assert_eq!(detect(&apart, &config).unwrap().clusters.len(), 1);
}

#[test]
fn the_survivor_is_the_one_asked_for_and_membership_stays() {
    let longer = format!("{} It said so twice.", FIGURES[1].trim_end_matches('.'));
    let corpus = Corpus::from_texts([FIGURES[0], &longer]);
    let run = |keep| {
        let config = Config { keep, unit: twicetold::config::Unit::Line, ..Config::default() };
        detect(&corpus, &config).unwrap()
    };
    let (first, longest) = (run(Keep::First), run(Keep::Longest));
    assert_eq!(first.clusters[0].members, [0, 1]);
    assert_eq!(longest.clusters[0].members, [1, 0]);
    assert_eq!(first.clusters[0].representative, longest.clusters[0].representative);
}

#[test]
fn more_pairs_than_allowed_are_refused_with_their_number() {
    let texts: Vec<String> = (0..20).map(|i| format!("{} number {i}", FIGURES[0])).collect();
    let config = Config {
        pairs: PairsShown::All,
        max_pairs: 100,
        profile: Profile::Near,
        ..Config::default()
    };
    let error = detect(&Corpus::from_texts(&texts), &config).unwrap_err();
    assert!(
        error.to_string().starts_with("at least 190 linked pairs are more than --max-pairs 100"),
        "{error}"
    );
}

/// A family of variants of one line, far above the limit of a heavy list.
fn variants(count: usize) -> Vec<String> {
    (0..count)
        .map(|i| {
            format!("{} It was item {i:05} of the long list.", FIGURES[0].trim_end_matches('.'))
        })
        .collect()
}

#[test]
fn a_heavy_family_is_one_cluster_for_every_engine_and_nothing_is_left_out() {
    let texts = variants(600);
    for engine in [Engine::BruteForce, Engine::Prefix, Engine::Bands] {
        let config = Config {
            profile: Profile::Near,
            engine,
            heavy: 50,
            unit: twicetold::config::Unit::Line,
            ..Config::default()
        };
        let report = detect(&Corpus::from_texts(&texts), &config).unwrap();
        assert_eq!(report.clusters.len(), 1, "{engine:?}");
        assert_eq!(report.clusters[0].members.len(), texts.len(), "{engine:?}");
        assert_eq!(report.recall.capped, 0);
    }
}

#[test]
fn components_chain_and_stars_do_not() {
    let words: Vec<String> = (0..40).map(|i| format!("word{i}")).collect();
    let text = |from: usize| words[from..from + 20].join(" ");
    let texts = [text(0), text(8), text(16)];
    let run = |clusters| {
        let config = Config { clusters, runs: false, evalue: None, ..Config::default() };
        detect(&Corpus::from_texts(&texts), &config).unwrap()
    };
    assert_eq!(run(Clustering::Components).clusters[0].members.len(), 3);
    let stars = run(Clustering::Star);
    let representative = stars.clusters[0].representative;
    for &member in stars.clusters[0].members.iter().filter(|&&member| member != representative) {
        let (a, b) = (member.min(representative), member.max(representative));
        assert!(stars.pairs.iter().any(|pair| (pair.a, pair.b) == (a, b)));
    }
}

#[test]
fn public_types_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Corpus>();
    crosses::<Config>();
    crosses::<Report>();
    crosses::<twicetold::Error>();
}

#[test]
fn a_link_to_a_sentence_of_another_star_is_reported() {
    // A chain of four: the star takes three, and the fourth is linked to one of them.
    let words: Vec<String> = (0..40).map(|i| format!("word{i}")).collect();
    let text = |from: usize| words[from..from + 16].join(" ");
    let texts = [text(0), text(6), text(12), text(19)];
    let config = Config { runs: false, evalue: None, ..Config::default() };
    let report = detect(&Corpus::from_texts(&texts), &config).unwrap();
    let in_clusters: usize = report.clusters.iter().map(|cluster| cluster.members.len()).sum();
    assert_eq!((report.clusters.len(), in_clusters), (1, 3));
    let mut spoken: Vec<usize> = report.pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    spoken.sort_unstable();
    spoken.dedup();
    assert_eq!(spoken.len(), 4);
}

#[test]
fn too_many_pairs_are_refused_before_they_are_all_found() {
    let texts = variants(300);
    for engine in [Engine::BruteForce, Engine::Prefix, Engine::Bands] {
        let config = Config {
            profile: Profile::Near,
            engine,
            pairs: PairsShown::All,
            max_pairs: 1_000,
            unit: twicetold::config::Unit::Line,
            ..Config::default()
        };
        let error = detect(&Corpus::from_texts(&texts), &config).unwrap_err().to_string();
        assert!(error.contains("more than --max-pairs 1000"), "{engine:?}: {error}");
    }
}
