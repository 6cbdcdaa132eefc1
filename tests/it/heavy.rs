//! What is many: corpora made of templates and boilerplate. Bands find the stars that the exact engines find, on one thread and
//! on two, and the same pairs where all are asked for.

use std::collections::BTreeSet;

use twicetold::config::{Clustering, Engine, PairsShown, Unit};
use twicetold::pipeline::{ReportedCluster, ReportedPair};
use twicetold::{Config, Corpus, Profile, Report, detect};

/// A word of its own for each number.
fn word(number: u64) -> String {
    let mut spread = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(
            ["ka", "lo", "mi", "ru", "te", "sa", "no", "vi", "pe", "du"][(spread % 10) as usize],
        );
        spread /= 10;
    }
    format!("{word}{}", number % 7)
}

fn words(from: u64, count: u64) -> Vec<String> {
    (from..from + count).map(word).collect()
}

/// `count` lines of one template of twelve words with two places that are filled anew, all alike.
fn template(number: u64, count: u64) -> Vec<String> {
    let fixed = words(number * 1_000, 12);
    let line = |i: u64| {
        let filled = [word(500_000 + number * 10_000 + i), word(900_000 + number * 10_000 + i * 3)];
        format!("{} {} {} {}", fixed[..5].join(" "), filled[0], fixed[5..].join(" "), filled[1])
    };
    (0..count).map(line).collect()
}

/// Lines that share three common words of a template and are not alike.
fn strangers(count: u64) -> Vec<String> {
    let fixed = words(77_000, 3).join(" ");
    (0..count).map(|i| format!("{fixed} {}", words(2_000_000 + i * 20, 11).join(" "))).collect()
}

/// A line, so many copies of it, and so many variants of it.
fn copies_and_variants(copies: usize, variants: u64) -> Vec<String> {
    let line = words(88_000, 14);
    let mut lines = vec![line.join(" "); copies];
    for i in 0..variants {
        let mut variant = line.clone();
        variant[(i % 14) as usize] = word(3_000_000 + i);
        lines.push(variant.join(" "));
    }
    lines
}

/// The same lines in an order that says nothing.
fn shuffled(mut lines: Vec<String>) -> Vec<String> {
    lines.sort_by_key(|line| {
        line.bytes()
            .fold(7_u64, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    });
    lines
}

fn corpora() -> Vec<(&'static str, Vec<String>)> {
    let templates: Vec<String> = (0..6).flat_map(|number| template(number, 90)).collect();
    let mut boilerplate = copies_and_variants(40, 160);
    boilerplate.extend(template(9, 120));
    boilerplate.extend(strangers(150));
    vec![
        ("templates", shuffled(templates)),
        ("boilerplate among strangers", shuffled(boilerplate)),
        ("copies and variants of one line", shuffled(copies_and_variants(100, 300))),
    ]
}

/// Lists of more than sixteen are long ones here.
fn config(profile: Profile, engine: Engine) -> Config {
    let threshold = if profile == Profile::Near { 0.5 } else { 0.4 };
    Config {
        profile,
        engine,
        heavy: 16,
        threshold: Some(threshold),
        at: Some(threshold + 0.1),
        unit: Unit::Line,
        ..Config::default()
    }
}

fn run(lines: &[String], config: &Config) -> Report {
    detect(&Corpus::from_texts(lines), config).unwrap()
}

fn id(report: &Report, sentence: usize) -> String {
    report.sentences[sentence].id.clone()
}

fn members(report: &Report, cluster: &ReportedCluster) -> BTreeSet<String> {
    cluster.members.iter().map(|&member| id(report, member)).collect()
}

/// Clusters as sets of sentences with their representatives.
fn clusters(report: &Report) -> BTreeSet<(String, BTreeSet<String>)> {
    let of =
        |cluster: &ReportedCluster| (id(report, cluster.representative), members(report, cluster));
    report.clusters.iter().map(of).collect()
}

#[test]
fn bands_find_the_stars_of_the_exact_engines_in_templates_and_boilerplate() {
    for (name, lines) in corpora() {
        for profile in [Profile::Paraphrase, Profile::Near] {
            let exact = run(&lines, &config(profile, Engine::BruteForce));
            assert!(exact.clusters.iter().any(|cluster| cluster.members.len() > 50), "{name}");
            for engine in [Engine::Prefix, Engine::Bands] {
                for threads in [1, 2] {
                    let found = run(&lines, &Config { threads, ..config(profile, engine) });
                    assert_eq!(
                        clusters(&found),
                        clusters(&exact),
                        "{name}, {profile:?}, {engine:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn all_pairs_of_templates_and_boilerplate_are_the_same_for_every_engine() {
    for (name, lines) in corpora() {
        for profile in [Profile::Paraphrase, Profile::Near] {
            let all = |engine| {
                let config = Config { pairs: PairsShown::All, ..config(profile, engine) };
                let report = run(&lines, &config);
                let ids = |pair: &ReportedPair| (id(&report, pair.a), id(&report, pair.b));
                report.pairs.iter().map(ids).collect::<BTreeSet<_>>()
            };
            let exact = all(Engine::BruteForce);
            assert!(exact.len() > 10_000, "{name}: {}", exact.len());
            assert!(all(Engine::Prefix) == exact, "{name}, {profile:?}");
            assert!(all(Engine::Bands) == exact, "{name}, {profile:?}");
        }
    }
}

#[test]
fn every_member_of_a_crowd_is_linked_to_its_representative() {
    for (name, lines) in corpora() {
        let report = run(&lines, &config(Profile::Paraphrase, Engine::Bands));
        let pairs: BTreeSet<_> = report.pairs.iter().map(|pair| (pair.a, pair.b)).collect();
        for cluster in &report.clusters {
            let center = cluster.representative;
            for &member in cluster.members.iter().filter(|&&member| member != center) {
                assert!(pairs.contains(&(member.min(center), member.max(center))), "{name}");
            }
        }
    }
}

#[test]
fn the_line_with_most_copies_stands_for_its_variants() {
    let lines = shuffled(copies_and_variants(1_000, 1_000));
    for profile in [Profile::Paraphrase, Profile::Near] {
        for engine in [Engine::BruteForce, Engine::Prefix, Engine::Bands] {
            let report = run(
                &lines,
                &Config { heavy: 64, threshold: None, at: None, ..config(profile, engine) },
            );
            assert_eq!(report.clusters.len(), 1, "{profile:?}, {engine:?}");
            let cluster = &report.clusters[0];
            assert_eq!(cluster.members.len(), 1_001, "{profile:?}, {engine:?}");
            assert_eq!(report.sentences[cluster.representative].places.len(), 1_000);
        }
    }
}

#[test]
fn components_of_a_crowd_are_whole_for_every_engine() {
    for (name, lines) in corpora() {
        let of = |engine| {
            let config =
                Config { clusters: Clustering::Components, ..config(Profile::Near, engine) };
            let report = run(&lines, &config);
            let members = |cluster| members(&report, cluster);
            report.clusters.iter().map(members).collect::<BTreeSet<_>>()
        };
        let exact = of(Engine::BruteForce);
        assert_eq!(of(Engine::Prefix), exact, "{name}");
        assert_eq!(of(Engine::Bands), exact, "{name}");
    }
}
