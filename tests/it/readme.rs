//! The documents tell the truth: what they show is what the program prints, and their figures are computed.

use twicetold::candidates::bands::Banding;
use twicetold::{Config, Profile};

use crate::cli::{stdout, twicetold};
use crate::pipeline::fixture;

/// The text blocks of the README, cut where it leaves something out.
fn shown() -> Vec<String> {
    let readme = std::fs::read_to_string(fixture("README.md")).unwrap();
    let blocks = readme
        .split("```text\n")
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned());
    blocks.collect()
}

#[test]
fn what_the_readme_shows_is_what_the_program_prints() {
    let printed = [
        stdout(&twicetold(&["detect", "examples/article.txt"])),
        stdout(&twicetold(&["explain", "examples/article.txt:9", "examples/article.txt:18"])),
    ];
    let shown = shown();
    assert_eq!(shown.len(), printed.len());
    for (shown, printed) in shown.iter().zip(&printed) {
        for part in shown.split("\n…\n").flat_map(|part| part.split("\n\n")) {
            assert!(printed.contains(part.trim()), "not printed:\n{part}");
        }
    }
}

#[test]
fn the_table_of_recall_is_computed() {
    let document = std::fs::read_to_string(fixture("docs/recall.md")).unwrap();
    for (&profile, rows) in Profile::ALL.iter().zip([3, 4, 5]) {
        let config = Config { profile, ..Config::default() };
        let contract = config.contract();
        let banding = Banding::for_contract(contract, rows).unwrap();
        let two = |number: f64| format!("{number:.2}").trim_start_matches('0').to_owned();
        let row = format!(
            "| `{}` | {} at {} | {} × {} | {} at {} |",
            profile.name(),
            two(contract.recall.number()),
            two(contract.at.number()),
            banding.bands,
            banding.rows,
            two(banding.probability(config.threshold())),
            two(config.threshold().number()),
        );
        assert!(document.contains(&row), "{row}");
    }
}
