//! Many copies, any order, any number of threads, and chains: conditions 37, 52 and 53.

use std::collections::BTreeSet;

use twicetold::config::{Clustering, Config};
use twicetold::{Corpus, Report, detect};

/// The texts of each group.
fn grouped(report: &Report) -> BTreeSet<BTreeSet<&str>> {
    let texts =
        |members: &[usize]| members.iter().map(|&it| report.sentences[it].text.as_str()).collect();
    report.clusters.iter().map(|cluster| texts(&cluster.members)).collect()
}

mod c37_one_sentence_thousands_of_times {
    use super::*;

    #[test]
    fn copies_are_one_sentence_with_a_count() {
        let line = "Please sign up for our letter from the harbour to hear more about ferries.";
        for (copies, others) in [(20_000, 0), (20_000, 1), (1, 0)] {
            let mut texts = vec![line; copies];
            texts.extend(vec![
                "The tide on the northern islands is out until four in the afternoon.";
                others
            ]);
            let report = detect(&Corpus::from_texts(&texts), &Config::default()).unwrap();
            assert_eq!(report.clusters.len(), usize::from(copies > 1));
            assert_eq!(report.input.distinct, 1 + others as u64);
            assert!(report.recall.candidates < 10, "{}", report.recall.candidates);
            if let Some(cluster) = report.clusters.first() {
                assert_eq!((cluster.places, cluster.members.len()), (copies as u64, 1));
            }
        }
    }
}

mod c52_order_and_threads {
    use super::*;

    const TEXTS: [&str; 6] = [
        "The ferry to the northern islands will not sail before Monday morning, the port said.",
        "The ferry to the northern islands will not sail before Monday, the port said.",
        "A storm kept all boats of the coast in their harbours until the weekend was over.",
        "A storm kept all the boats of the coast in their harbours until the weekend.",
        "Forty passengers of the ferry slept in the school of the harbour town on Friday.",
        "The ferry to the northern islands will not sail before Tuesday, the port has said.",
    ];

    #[test]
    fn the_groups_depend_on_neither() {
        let groups = |texts: &[&str], threads| {
            let config = Config { threads, ..Config::default() };
            let report = detect(&Corpus::from_texts(texts), &config).unwrap();
            grouped(&report)
                .into_iter()
                .map(|it| it.into_iter().map(str::to_owned).collect())
                .collect::<BTreeSet<BTreeSet<String>>>()
        };
        let expected = groups(&TEXTS, 1);
        assert_eq!(expected.len(), 2);
        for turn in 0..TEXTS.len() {
            let mut texts = TEXTS;
            texts.rotate_left(turn);
            assert_eq!(groups(&texts, 2), expected);
            texts.reverse();
            assert_eq!(groups(&texts, 1), expected);
        }
        assert_ne!(groups(&TEXTS[2..], 1), expected);
    }
}

mod c53_chains {
    use super::*;

    const CHAIN: [&str; 4] = [
        "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima",
        "golf hotel india juliett kilo lima mike november oscar papa quebec romeo",
        "mike november oscar papa quebec romeo sierra tango uniform victor whiskey yankee",
        "sierra tango uniform victor whiskey yankee amber bronze copper marble ebony ivory",
    ];

    fn sizes(texts: &[&str], clusters: Clustering) -> Vec<usize> {
        let config = Config { clusters, ..Config::default() };
        let report = detect(&Corpus::from_texts(texts), &config).unwrap();
        report.clusters.iter().map(|cluster| cluster.members.len()).collect()
    }

    #[test]
    fn every_member_is_linked_to_its_representative() {
        let config = Config::default();
        let report = detect(&Corpus::from_texts(CHAIN), &config).unwrap();
        let linked: BTreeSet<_> = report.pairs.iter().map(|pair| (pair.a, pair.b)).collect();
        assert!(!report.clusters.is_empty());
        for cluster in &report.clusters {
            for &member in cluster.members.iter().filter(|&&it| it != cluster.representative) {
                let pair = (member.min(cluster.representative), member.max(cluster.representative));
                assert!(linked.contains(&pair));
            }
        }
        assert_eq!(sizes(&[CHAIN[0], CHAIN[2]], Clustering::Star), [0; 0]);
    }

    #[test]
    fn components_chain_on_request() {
        assert_eq!(sizes(&CHAIN, Clustering::Components), [4]);
        assert!(sizes(&CHAIN, Clustering::Star).iter().all(|&members| members < 4));
        assert_eq!(sizes(&[CHAIN[0], CHAIN[3]], Clustering::Components), [0; 0]);
    }
}
