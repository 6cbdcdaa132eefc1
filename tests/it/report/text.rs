//! The report for people.

use twicetold::{
    pipeline::{RecallStatement, Report},
    report::{TextView, text},
};

use super::{assert_snapshot, invented, written};

fn shown(report: &Report, view: &TextView) -> String {
    written(|out| text(report, view, out))
}

fn summary(report: &Report, view: &TextView) -> String {
    let unwrapped = TextView { width: 0, ..*view };
    shown(report, &unwrapped).lines().last().unwrap().to_owned()
}

#[test]
fn a_whole_report_reads_like_this() {
    assert_snapshot("text_plain", &shown(&invented::report(), &TextView::default()));
}

#[test]
fn a_whole_report_in_colour_on_a_narrow_page_reads_like_this() {
    let view = TextView { color: true, width: 72, ..TextView::default() };
    let text = shown(&invented::report(), &view);
    assert_snapshot("text_colour", &text.replace('\u{1b}', "ESC"));
}

#[test]
fn without_colour_nothing_that_acts_reaches_the_terminal() {
    let text = shown(&invented::report(), &TextView::default());
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(acts));
    assert!(text.contains(r"\x1b[2J") && text.contains(r"\u{202e}"));
}

#[test]
fn in_colour_only_our_own_codes_reach_the_terminal() {
    let view = TextView { color: true, ..TextView::default() };
    let text = shown(&invented::report(), &view);
    let own = ["[0m", "[1m", "[2m", "[9;31m", "[32m", "[33m"];
    for code in text.split('\u{1b}').skip(1) {
        assert!(own.iter().any(|own| code.starts_with(own)), "{code:?}");
    }
}

#[test]
fn the_strongest_cluster_comes_first_and_the_last_line_says_how_many_are_shown() {
    let view = TextView { top: 1, ..TextView::default() };
    let report = invented::report();
    let text = shown(&report, &view);
    assert!(text.starts_with("1  edited · similarity 0.61"), "{text}");
    assert!(!text.contains("harbour"));
    insta::assert_snapshot!(summary(&report, &view), @"3 clusters (1 shown), 6 sentences in 12 places; 1 contained pair; 1,240 sentences, 1,232 distinct, 3 without words, 4 documents; recall: exact (prefix join); 1 record skipped");
}

#[test]
fn nothing_found_is_one_line() {
    let text = shown(&invented::empty_report(), &TextView { width: 0, ..TextView::default() });
    insta::assert_snapshot!(text, @"Nothing is said twice; 1,240 sentences, 1,232 distinct, 3 without words, 4 documents; recall: exact (prefix join); 1 record skipped");
}

#[test]
fn bands_state_their_recall_at_the_contract_and_at_the_threshold() {
    let recall = RecallStatement {
        engine: "bands",
        bands: 46,
        rows: 3,
        capped: 1_204,
        ..invented::exact_recall()
    };
    let report = Report { recall, ..invented::empty_report() };
    let text = summary(&report, &TextView::default());
    assert!(
        text.contains("recall: ≥ 95 % at 0.40, 71.6 % at 0.30 (46 × 3 bands); 1,204 comparisons of long lists left to representatives"),
        "{text}"
    );
}

#[test]
fn a_cluster_of_many_members_is_cut_short() {
    let mut report = invented::report();
    let template = report.sentences[2].clone();
    let added = report.sentences.len()..report.sentences.len() + 20;
    report.sentences.extend(added.clone().map(|_| template.clone()));
    report.clusters[0].members.extend(added);
    let text = shown(&report, &TextView::default());
    assert!(text.contains("… and 11 more"), "{text}");
}

#[test]
fn a_similarity_is_the_one_that_the_profile_judges_by() {
    let mut report = invented::report();
    assert!(shown(&report, &TextView::default()).contains("edited 0.60"));
    report.settings.insert("profile".into(), "noisy".into());
    assert!(shown(&report, &TextView::default()).contains("edited 0.55"));
}

#[test]
fn a_long_sentence_is_shortened_on_request_only() {
    let mut report = invented::report();
    for sentence in &mut report.sentences {
        sentence.text = "rain ".repeat(1_000);
    }
    let whole = shown(&report, &TextView { width: 0, ..TextView::default() });
    assert!(!whole.contains("left out"));
    let short = shown(&report, &TextView { width: 0, longest: 2_000, ..TextView::default() });
    assert!(short.contains("rain … 3,000 characters left out\n"), "{short}");
    assert!(short.len() < whole.len() * 6 / 10);
}

#[test]
fn a_crowd_in_which_nothing_is_found_hints_at_the_profile_of_characters() {
    let mut report = invented::report();
    report.clusters.clear();
    report.pairs.clear();
    assert!(summary(&report, &TextView::default()).contains("Nothing is said twice;"));
    report.recall.capped = 12;
    assert!(summary(&report, &TextView::default()).contains("try --profile near"));
    assert!(
        summary(&report, &TextView::default())
            .contains("12 comparisons of long lists left to representatives")
    );
}
