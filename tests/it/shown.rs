//! Which linked pairs a report holds: of stars not all, but what the contract promises.

use std::collections::{BTreeMap, BTreeSet};

use twicetold::config::{Engine, Format, InputConfig, PairsShown};
use twicetold::ids::Similarity;
use twicetold::pipeline::ReportedPair;
use twicetold::read::read_bytes;
use twicetold::synth::{Preset, Synthesis, synthesize};
use twicetold::verify::Relation;
use twicetold::{Config, Corpus, Profile, Report, detect};

fn generated(count: u64) -> Corpus {
    let mut records = Vec::new();
    let synthesis = Synthesis { count, seed: 3, preset: Preset::Scraped, threads: 1 };
    synthesize(&synthesis, &mut records, None).unwrap();
    let input = InputConfig { format: Some(Format::Jsonl), ..InputConfig::default() };
    read_bytes(&records, "generated.jsonl", &input).unwrap()
}

/// The pairs of a report by the names of their sentences.
fn pairs(report: &Report) -> BTreeMap<(&str, &str), &ReportedPair> {
    let name = |sentence: usize| report.sentences[sentence].id.as_str();
    report.pairs.iter().map(|pair| ((name(pair.a), name(pair.b)), pair)).collect()
}

/// The cluster of each sentence, by name.
fn cluster_of(report: &Report) -> BTreeMap<&str, usize> {
    let members = |(number, members): (usize, &Vec<usize>)| {
        let named = move |&member: &usize| (report.sentences[member].id.as_str(), number);
        members.iter().map(named).collect::<Vec<_>>()
    };
    report.clusters.iter().map(|cluster| &cluster.members).enumerate().flat_map(members).collect()
}

#[test]
fn a_link_that_the_contract_promises_is_shown_though_its_ends_are_in_different_stars() {
    let corpus = generated(6_000);
    let config = Config { engine: Engine::Prefix, ..Config::default() };
    let stars = detect(&corpus, &config).unwrap();
    let all = detect(&corpus, &Config { pairs: PairsShown::All, ..config.clone() }).unwrap();
    let (shown, clusters) = (pairs(&stars), cluster_of(&stars));
    let is_across = |(a, b): (&str, &str)| match (clusters.get(a), clusters.get(b)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    let mut promised = 0;
    for (ends, pair) in pairs(&all) {
        let is_strong = pair.scores.jaccard_idf >= config.contract().at;
        if is_strong && is_across(ends) {
            promised += 1;
            assert!(shown.contains_key(&ends), "{ends:?} of {}", pair.scores.jaccard_idf);
        }
    }
    assert!(promised >= 20, "{promised} such links");
    assert!(shown.len() * 2 < all.pairs.len(), "stars do not show everything");
}

#[test]
fn no_weak_link_leads_out_of_a_star_but_for_contained_ones() {
    let config = Config { engine: Engine::Prefix, ..Config::default() };
    let report = detect(&generated(6_000), &config).unwrap();
    let clusters = cluster_of(&report);
    let is_across = |(a, b): &(&str, &str)| clusters.get(a) != clusters.get(b);
    let both = |(a, b): &(&str, &str)| clusters.contains_key(a) && clusters.contains_key(b);
    let across = pairs(&report).into_iter().filter(|(ends, _)| both(ends) && is_across(ends));
    for (ends, pair) in across {
        let is_strong = pair.scores.jaccard_idf >= config.contract().at;
        assert!(is_strong || pair.relation == Relation::Contained, "{ends:?}");
    }
}

#[test]
fn in_noisy_no_pair_that_shares_a_run_depends_on_bands() {
    let corpus = generated(6_000);
    let noisy = Config { profile: Profile::Noisy, pairs: PairsShown::All, ..Config::default() };
    let exact = detect(&corpus, &Config { engine: Engine::BruteForce, ..noisy.clone() }).unwrap();
    // Half of what stands at .60 may be missed, so that bands alone miss much.
    let bands = Config {
        engine: Engine::Bands,
        recall: Some(0.5),
        at: Some(Similarity::percent(60).number()),
        ..noisy
    };
    let with_runs = detect(&corpus, &bands).unwrap();
    let without = detect(&corpus, &Config { runs: false, ..bands }).unwrap();
    let exact = pairs(&exact);
    let sharing: BTreeSet<(&str, &str)> = exact
        .iter()
        .filter(|(_, pair)| pair.scores.longest_run >= 8)
        .map(|(ends, _)| *ends)
        .collect();
    let missed = |report: &Report| {
        let found = pairs(report);
        sharing.iter().filter(|ends| !found.contains_key(*ends)).count()
    };
    assert!(missed(&without) >= 20, "bands alone miss {} of {}", missed(&without), sharing.len());
    assert_eq!(missed(&with_runs), 0);
}

#[test]
fn thousands_of_sentences_give_the_same_bytes_on_any_number_of_threads() {
    let corpus = generated(9_000);
    let json = |threads, profile| {
        let config = Config { threads, profile, engine: Engine::Bands, ..Config::default() };
        let report = detect(&corpus, &config).unwrap();
        assert!(report.input.distinct > 4_096, "{}: more than one part", report.input.distinct);
        let mut out = Vec::new();
        twicetold::report::json(&report, &twicetold::report::JsonView::default(), &mut out)
            .unwrap();
        out
    };
    for &profile in Profile::ALL {
        let one = json(1, profile);
        assert!(one == json(2, profile) && one == json(3, profile), "{profile:?}");
    }
}
