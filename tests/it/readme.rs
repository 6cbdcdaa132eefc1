//! The README tells the truth: what it shows is what the program prints.

use crate::cli::{stdout, twicetold};
use crate::pipeline::fixture;

const AUDIT: [&str; 4] =
    ["audit", "examples/syndication.jsonl", "--sources", "examples/sources.csv"];

/// The text blocks of a page, cut where it leaves something out.
fn shown(page: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(fixture(page)).unwrap();
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
        stdout(&twicetold(&["dedup", "examples/feed.jsonl", "--dry-run"])),
        stdout(&twicetold(&AUDIT)),
    ];
    assert_printed("README.md", &printed);
}

#[test]
fn what_the_page_on_audits_shows_is_what_the_program_prints() {
    let article = twicetold(&[&AUDIT[..], &["--article", "dn-1"]].concat());
    assert_printed("docs/audit.md", &[stdout(&twicetold(&AUDIT)), stdout(&article)]);
}

fn assert_printed(page: &str, printed: &[String]) {
    let shown = shown(page);
    assert_eq!(shown.len(), printed.len());
    for (shown, printed) in shown.iter().zip(printed) {
        for part in shown.split("\n…\n").flat_map(|part| part.split("\n\n")) {
            assert!(printed.contains(part.trim()), "not printed:\n{part}");
        }
    }
}
