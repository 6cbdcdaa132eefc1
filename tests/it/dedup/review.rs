//! Pairs that a person marks, and what becomes of the marks.

use serde_json::json;

use super::{dedup, folder, refused, text};

const LINES: &str =
    "The council voted 12 to 9 for the new bridge over the river on the last day of the session.
The council voted 12 to 8 for the new bridge over the river on the last day of the session.
=The ferry left the harbour of Velmark at dawn on Friday.
=The ferry left the harbour of Velmark at dawn on Friday, again.
";

#[test]
fn a_marked_pair_is_decided_as_it_is_marked() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "--review", "review.csv", "-q"]);
    let review = text(&folder, "review.csv");
    assert!(review.contains(",'=The ferry left"), "{review}");
    let marked: String = review
        .lines()
        .map(|row| match row {
            row if row.starts_with(",removed") => format!("keep{row}\r\n"),
            row if row.starts_with(",kept") => format!("Remove {row}\r\n"),
            row => format!("{row}\r\n"),
        })
        .collect();
    std::fs::write(folder.path().join("marked.csv"), marked).unwrap();
    let words = ["in.lines", "-o", "again.lines", "--decisions", "marked.csv", "-q"];
    dedup(folder.path(), &words);
    let left: Vec<&str> = LINES.lines().collect();
    let again = text(&folder, "again.lines");
    assert_eq!(text(&folder, "out.lines").lines().collect::<Vec<_>>(), [left[0], left[1], left[2]]);
    assert_eq!(again.lines().collect::<Vec<_>>(), [left[0], left[2], left[3]]);
}

#[test]
fn a_mark_that_is_none_is_shown_with_its_line() {
    let folder = folder(&[
        ("in.lines", LINES),
        ("odd.csv", "decision,kept_id,other_id\nkeep,a,b\nperhaps,a,b\n"),
        ("crlf.csv", "decision,kept_id,other_id\r\nkeep,a,b\r\nperhaps,a,b\r\n"),
        ("quoted.csv", "decision,kept_id,other_id\n\"\",a,\"b\"\nperhaps,a,b\n"),
        ("twice.csv", "decision,kept_id,other_id\nkeep,a,b\nremove,b,a\n"),
        ("none.csv", "mark,kept_id\n"),
    ]);
    let refused =
        |name: &str| refused(folder.path(), &["in.lines", "--dry-run", "--decisions", name]);
    assert!(refused("odd.csv").contains("odd.csv:3: expected keep, remove or nothing"));
    assert!(refused("odd.csv").contains("found \"perhaps\""));
    for name in ["crlf.csv", "quoted.csv"] {
        assert!(refused(name).contains(&format!("{name}:3: expected keep, remove")), "{name}");
    }
    let twice = refused("twice.csv");
    assert!(twice.contains("twice.csv:3: expected one decision of a pair; line 2 says"), "{twice}");
    assert!(refused("none.csv").contains("none.csv:1: expected a column \"decision\""));
    assert!(refused("no.csv").contains("no.csv"));
}

#[test]
fn what_was_decided_of_pairs_in_a_page_decides_them_here() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "--review", "review.csv", "-q"]);
    let review = text(&folder, "review.csv");
    let mut saved = String::new();
    for row in review.lines().skip(1) {
        let decision = if row.starts_with(",removed") { "reject" } else { "accept" };
        let mut cells = row.rsplit(',');
        let (b, a) = (cells.next().unwrap(), cells.next().unwrap());
        let line = json!({ "kind": "pair", "id": format!("{a}:{b}"), "decision": decision, "a": a, "b": b });
        saved += &line.to_string();
        saved.push('\n');
    }
    let others = "{\"kind\":\"cluster\",\"id\":\"c1\",\"decision\":\"reject\"}\n\n{\"kind\":\"pair\",\"decision\":\"relabel\",\"a\":\"s0\",\"b\":\"s1\"}\n";
    std::fs::write(folder.path().join("decisions.jsonl"), saved + others).unwrap();
    dedup(
        folder.path(),
        &["in.lines", "-o", "again.lines", "--decisions", "decisions.jsonl", "-q"],
    );
    let left: Vec<&str> = LINES.lines().collect();
    assert_eq!(
        text(&folder, "again.lines").lines().collect::<Vec<_>>(),
        [left[0], left[2], left[3]]
    );
    for (line, expected) in [
        ("{\"decision\":\"perhaps\"}", "odd.jsonl:2: expected accept, reject or relabel"),
        ("{\"decision\":", "odd.jsonl:2: expected a decision of a page"),
    ] {
        std::fs::write(
            folder.path().join("odd.jsonl"),
            format!("{{\"decision\":\"accept\"}}\n{line}\n"),
        )
        .unwrap();
        let refused =
            refused(folder.path(), &["in.lines", "--dry-run", "--decisions", "odd.jsonl"]);
        assert!(refused.contains(expected), "{refused}");
    }
}

#[test]
fn decisions_about_nothing_that_was_read_are_counted() {
    let folder = folder(&[("in.lines", LINES)]);
    dedup(folder.path(), &["in.lines", "-o", "out.lines", "--review", "review.csv", "-q"]);
    let review = text(&folder, "review.csv").replace("\n,", "\nkeep,");
    let marks = review.matches("\nkeep,").count();
    std::fs::write(folder.path().join("review.csv"), &review).unwrap();
    let header = "decision,kept_id,other_id\nkeep,s0,s1\nremove,s2,s3\n";
    std::fs::write(folder.path().join("other.csv"), header).unwrap();
    let said = |words: &[&str]| {
        let words = [&["dedup", "in.lines", "--dry-run", "--decisions"], words].concat();
        let output = crate::cli::twicetold_in(folder.path(), &words, b"");
        assert!(output.status.success());
        crate::cli::stderr(&output)
    };
    let expected = |count: usize| {
        format!(
            "twicetold: {count} of {count} decisions are about texts that the input does not have\n"
        )
    };
    assert_eq!(said(&["review.csv"]), "");
    assert_eq!(said(&["other.csv"]), expected(2));
    assert_eq!(said(&["other.csv", "-q"]), "");
    assert_eq!(
        said(&["review.csv", "--unit", "document", "--input-format", "text"]),
        expected(marks)
    );
}
