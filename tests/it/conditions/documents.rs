//! Whole documents: versions, addresses, stubs, live blogs, dates, ids.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::{stderr, stdout, twicetold_in};
use crate::documents::{SENTENCES, text};

/// What was said, what is left (ids), and the ledger's removals.
struct Outcome {
    said: String,
    left: Vec<String>,
    removed: Vec<Value>,
}

fn dedup(records: &[Value], words: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    std::fs::write(folder.path().join("in.jsonl"), lines.join("\n") + "\n").unwrap();
    run(folder.path(), &[&["in.jsonl", "-o", "out.jsonl", "--unit", "document"], words].concat())
}

fn run(folder: &Path, words: &[&str]) -> Outcome {
    let output = twicetold_in(folder, &[&["dedup"], words].concat(), b"");
    let said = stdout(&output) + &stderr(&output);
    assert!(output.status.success(), "{said}");
    let lines = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let id = |record: &Value| record["id"].as_str().unwrap().to_owned();
    let removed = lines("out.jsonl.removed.jsonl");
    Outcome {
        said,
        left: lines("out.jsonl").iter().map(id).collect(),
        removed: removed.into_iter().filter(|line| line["type"] == "removed").collect(),
    }
}

fn record(id: &str, text: &str) -> Value {
    json!({ "id": id, "text": text })
}

fn page(id: &str, url: &str, date: &str, text: &str) -> Value {
    json!({ "id": id, "url": url, "date": date, "text": text })
}

mod c32_versions {
    use super::*;

    const PAGE: &str = "https://news.example/storm";

    fn grown() -> [Value; 3] {
        let more = |numbers: std::ops::Range<usize>| text(numbers).replace("forty", "sixty");
        [
            page("one", PAGE, "2031-03-04T08:00:00Z", &text(0..6)),
            page("two", PAGE, "2031-03-04T10:00:00Z", &more(0..8)),
            page("three", PAGE, "2031-03-05", &more(0..9)),
        ]
    }

    #[test]
    fn of_a_page_that_grew_the_earliest_or_the_latest_stays_and_figures_do_not_hold_it() {
        let earliest = dedup(&grown(), &[]);
        assert_eq!(earliest.left, ["one"], "{}", earliest.said);
        let latest = dedup(&grown(), &["--keep", "latest"]);
        assert_eq!(latest.left, ["three"], "{}", latest.said);
        assert!(latest.removed.iter().any(|line| line["reason"] == "version"));
        assert!(latest.removed.iter().all(|line| line["kept"]["document"] == "three"));
    }

    #[test]
    fn a_headline_that_says_that_it_replaces_another_is_a_version_of_it() {
        let titled = |id: &str, title: &str, day: u32, text: &str| {
            let date = format!("2031-03-0{day}");
            json!({ "id": id, "title": title, "source": "wire", "date": date, "text": text })
        };
        let replaced = text(0..7).replace("nine metres", "seven metres");
        let records = [
            titled("one", "Ferry leaves Velmark", 1, &text(0..6)),
            titled("two", "UPDATE 2-Ferry leaves Velmark", 2, &replaced),
            titled("three", "CORRECTED-Ferry leaves Velmark", 3, &text([0, 1, 3, 4, 5, 6, 8])),
        ];
        assert_eq!(dedup(&records, &["--keep", "latest"]).left, ["three"]);
        // The same headline without a word of a version may be another story.
        let other = titled("two", "Ferry leaves Velmark", 2, &replaced);
        assert_eq!(dedup(&[records[0].clone(), other], &["--keep", "latest"]).left.len(), 2);
    }

    #[test]
    fn one_page_with_two_stories_does_not_change() {
        let records = [
            page("one", PAGE, "2031-03-04", &text(0..6)),
            page("two", PAGE, "2031-03-05", &text(8..14)),
        ];
        assert_eq!(dedup(&records, &["--keep", "latest"]).left, ["one", "two"]);
    }

    #[test]
    fn without_two_different_dates_nobody_guesses() {
        for date in [json!(null), json!("2031-03-04"), json!("yesterday")] {
            let mut records = grown();
            records[0]["date"] = json!("2031-03-04");
            records[1]["date"] = date;
            let outcome = dedup(&records[..2], &["--keep", "latest"]);
            assert_eq!(outcome.left, ["one", "two"], "{}", outcome.said);
            assert!(outcome.said.contains("1 pair of versions of one article"), "{}", outcome.said);
        }
    }
}

mod c24_figures {
    use super::*;

    /// Who is left of two documents that differ in these lines.
    fn names_left(one: &str, other: &str) -> Vec<String> {
        let with = |id: &str, line: &str| {
            record(
                id,
                &format!("{}\n{line}\n{}", SENTENCES[..4].join("\n"), SENTENCES[4..12].join("\n")),
            )
        };
        dedup(&[with("one", one), with("other", other)], &[]).left
    }

    fn left(one: &str, other: &str) -> usize {
        names_left(one, other).len()
    }

    #[test]
    fn documents_that_differ_in_a_fact_of_a_sentence_both_stay() {
        for (one, other) in [
            ("Score: 3-1.", "Score: 2-1."),
            ("Score: 3-1", "Score: 2-1"),
            ("Toll: 12.", "Toll: 13."),
            ("It did not.", "It did."),
            ("Winner: Anna Lindqvist.", "Winner: Anna Bergstrom."),
            // A first word may be a name.
            ("Velmark won.", "Ostholm won."),
            (
                "The dyke was raised by 3 metres last year.",
                "Most of the money came from a fund that Lindqvist manages.",
            ),
            ("The dyke was raised by 3 metres last year.", "It was not known who would pay."),
        ] {
            assert_eq!(left(one, other), 2, "{one} / {other}");
        }
    }

    #[test]
    fn of_two_documents_of_which_one_says_more_that_one_stays() {
        for more in [
            "Score: 3-1.",
            "Winner: Anna Lindqvist.",
            "The dyke was raised by 3 metres last year.",
            "It was not known who would pay for the dyke.",
            "Most of the money came from a fund that Lindqvist manages.",
            // Another sentence has the name where its capital tells.
            "Velmark is to pay for most of the damage.",
        ] {
            assert_eq!(names_left(more, ""), ["one"], "{more}");
            assert_eq!(names_left("", more), ["other"], "{more}");
        }
    }

    #[test]
    fn lines_that_are_no_statements_keep_nobody() {
        let lines = ["Follow Jane Doe on Twitter", "Copyright 2016 Velmark Herald", "Page 7", "1."];
        for one in lines {
            for other in lines {
                assert_eq!(left(one, other), 1, "{one} / {other}");
            }
            let stated = "The dyke was raised by 3 metres last year.";
            assert_eq!(names_left(one, stated), ["other"], "{one}");
        }
        // But what only one has stays even so.
        assert_eq!(names_left("", lines[0]), ["other"]);
    }

    #[test]
    fn of_many_near_documents_the_one_that_says_most_stays() {
        let facts = [
            "The dyke was raised by 3 metres last year.",
            "Most of the money came from a fund that Lindqvist manages.",
            "It was not known who would pay for the rest.",
        ];
        let shared: Vec<String> = (0..60).map(sentence).collect();
        let with = |facts: &[&str]| format!("{} {}", shared.join(" "), facts.join(" "));
        let records = [
            record("none", &with(&[])),
            record("first", &with(&facts[..1])),
            record("all", &with(&facts)),
            record("second", &with(&facts[1..2])),
            record("again", &with(&[])),
        ];
        assert_eq!(dedup(&records, &[]).left, ["all"]);
        // Nobody has both facts.
        assert_eq!(dedup(&[&records[..2], &records[3..]].concat(), &[]).left, ["first", "second"]);
    }

    #[test]
    fn documents_that_differ_in_a_sentence_without_a_fact_are_one() {
        for (one, other) in [
            ("He declined.", ""),
            ("", "He agreed."),
            ("", ""),
            ("Volunteers filled sandbags behind the old town hall.", ""),
            // What was cut in two, or taken further, is not replaced.
            ("He declined, and it rained.", "He declined. And it rained."),
            ("He declined.", "He declined politely."),
        ] {
            assert_eq!(left(one, other), 1, "{one} / {other}");
        }
    }

    #[test]
    fn documents_in_which_one_statement_stands_in_the_place_of_another_both_stay() {
        for (one, other) in [
            (
                "The court convicted the foreman and sent him to prison.",
                "The court acquitted the foreman and sent him home with an apology.",
            ),
            (
                "The judge found the foreman guilty of theft.",
                "The judge found the foreman innocent of theft.",
            ),
            ("The foreman died.", "The foreman survived."),
            ("He was shot dead.", "He was let go."),
            (
                "The hall will stay closed until the roof has been repaired by the owner.",
                "The hall will stay open while the roof is being repaired by the owner.",
            ),
            ("Volunteers filled sandbags behind the old hall.", "It rained all day and all night."),
            ("Sie lehnte ab.", "Sie sagte zu."),
        ] {
            let place = |id: &str, at: usize, line: &str| {
                let text = [SENTENCES[..at].join("\n"), SENTENCES[at..12].join("\n")];
                record(id, &format!("{}\n{line}\n{}", text[0], text[1]))
            };
            let outcome = |at| dedup(&[place("one", at, one), place("other", at, other)], &[]).left;
            assert_eq!(outcome(4), ["one", "other"], "{one} / {other}");
            // At the beginning and the end pages add what is theirs, which is like nothing in the other.
            let is_alike = !one.starts_with("Volunteers");
            for at in [0, 12] {
                assert_eq!(
                    outcome(at).len(),
                    if is_alike { 2 } else { 1 },
                    "{one} / {other} at {at}"
                );
            }
            // In different places both were only added.
            let outcome = dedup(&[place("one", 4, one), place("other", 8, other)], &[]);
            assert_eq!(outcome.left.len(), 1, "{one} / {other}");
            let told = ["--ignore-differences", "words"];
            let outcome = dedup(&[place("one", 4, one), place("other", 4, other)], &told);
            assert_eq!(outcome.left.len(), 1, "{one} / {other}");
        }
    }

    #[test]
    fn a_fact_that_only_one_of_two_near_documents_has_decides_who_stays_unless_that_is_ignored() {
        let extra = format!("{} The dyke was raised by 3 metres last year.", text(0..12));
        let records = [record("short", &text(0..12)), record("long", &extra)];
        let outcome = dedup(&records, &[]);
        assert_eq!(outcome.left, ["long"]);
        assert_eq!(outcome.removed[0]["relation"], "near");
        assert_eq!(outcome.removed[0]["flags"], json!([]));
        assert_eq!(dedup(&records, &["--ignore-differences", "numbers"]).left, ["short"]);
    }

    #[test]
    fn what_only_the_full_text_says_does_not_keep_its_stub() {
        let full = format!("{} The dyke was raised by 3 metres last year.", text(0..12));
        let stub = format!("{} The dyke was… Read more", text(0..12));
        let outcome = dedup(&[record("stub", &stub), record("full", &full)], &[]);
        assert_eq!(outcome.left, ["full"], "{}", outcome.said);
    }
}

/// A sentence of invented words, in small letters and without figures, that are those of no other number.
fn sentence(number: usize) -> String {
    let letters = |mut rest: usize| {
        let mut word = String::new();
        for _ in 0..4 {
            word.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
            rest /= 26;
        }
        word
    };
    let words: Vec<String> = (0..6).map(|at| letters(number * 6 + at) + "o").collect();
    format!("the {}.", words.join(" "))
}

mod many_copies {
    use super::*;

    /// Three hundred documents of three hundred sentences, to which each adds one of its own, somewhere else.
    fn reprints(source: impl Fn(usize) -> String) -> Vec<Value> {
        let text = |own: usize| {
            let said = (0..own).chain([1_000 + own]).chain(own..300);
            said.map(sentence).collect::<Vec<_>>().join("\n")
        };
        let record =
            |own| json!({ "id": format!("r{own}"), "source": source(own), "text": text(own) });
        (0..300).map(record).collect()
    }

    #[test]
    fn what_hundreds_of_sources_print_with_a_sentence_of_their_own_is_one_text() {
        let records = reprints(|own| format!("s{own}"));
        assert_eq!(dedup(&records, &[]).left, ["r0"]);
        // The preferred one is the one that all are compared with.
        let at_last = dedup(&records, &["--keep", "source:s299"]).left;
        assert_eq!(at_last, ["r299"]);
    }

    #[test]
    fn what_hundreds_of_one_source_have_around_a_sentence_of_their_own_is_its_form() {
        let records = reprints(|_| "bank".to_owned());
        assert_eq!(dedup(&records, &[]).left.len(), 300);
    }
}

mod signs {
    use super::*;

    fn left(one: &str, other: &str) -> usize {
        let with = |line: &str| format!("{}\n{line}\n{}", SENTENCES[0], SENTENCES[1]);
        dedup(&[record("one", &with(one)), record("other", &with(other))], &[]).left.len()
    }

    #[test]
    fn documents_whose_sentences_differ_in_a_sign_that_no_key_holds_both_stay() {
        for (one, other) in [
            ("In the proof x = 7 holds for y.", "In the proof x ≠ 7 holds for y."),
            ("The council agreed to all of it 👍", "The council agreed to all of it 👎"),
            ("The council agreed to all of it.", "The council agreed to all of it?"),
        ] {
            assert_eq!(left(one, other), 2, "{one} / {other}");
        }
    }

    #[test]
    fn copies_are_one_whatever_signs_they_have_or_lost() {
        for (one, other) in [
            ("In the proof x ≠ 7 holds for y.", "In the proof x ≠ 7 holds for y."),
            ("In the proof x = 7 holds for y.", "In the proof x 7 holds for y."),
            ("It did it again? It did it again.", "It did it again? It did it again."),
        ] {
            assert_eq!(left(one, other), 1, "{one} / {other}");
        }
    }
}

mod c31_long_documents {
    use super::*;

    #[test]
    fn four_hundred_sentences_of_their_own_each_are_looked_through() {
        // In places of their own: none stands in the place of another.
        let with = |before: std::ops::Range<usize>, behind: std::ops::Range<usize>| {
            let lines: Vec<String> = before.chain(0..4_000).chain(behind).map(sentence).collect();
            lines.join("\n")
        };
        for (own, left) in [
            (6_000..6_400, &["one"][..]),
            (5_000..5_400, &["one"]),
            // Half of what it says is its own.
            (6_000..10_000, &["one", "other"]),
        ] {
            let one = record("one", &with(0..0, 5_000..5_400));
            let records = [one, record("other", &with(own, 0..0))];
            assert_eq!(dedup(&records, &[]).left, left);
        }
    }
}

mod c33_many_urls {
    use super::*;

    #[test]
    fn copies_of_one_page_under_several_addresses_are_one() {
        let day = "2031-03-04";
        let records = [
            page("page", "https://www.news.example/storm?id=7", day, &text(0..6)),
            page("amp", "https://amp.news.example/storm/amp?id=7", day, &text(0..6)),
            page("print", "http://news.example/storm?id=7&print=1", day, &text(0..6)),
            page("shared", "https://m.news.example/storm?fbclid=x&id=7#top", day, &text(0..6)),
        ];
        assert_eq!(dedup(&records, &[]).left.len(), 1);
    }

    #[test]
    fn a_view_that_lost_a_third_is_a_version_where_dates_tell() {
        let short = text(0..6).replace("nine metres", "seven metres");
        let address = |view: &str| format!("https://news.example/storm{view}");
        for view in ["/amp", "?utm_source=feed", "/index.html", "#comments"] {
            let records = [
                page("long", &address(""), "2031-03-04", &text(0..9)),
                page("short", &address(view), "2031-03-05", &short),
            ];
            assert_eq!(dedup(&records, &[]).left, ["long"], "{view}");
        }
    }

    #[test]
    fn two_pages_of_one_site_do_not_change() {
        let short = text(0..6).replace("nine metres", "seven metres");
        for (one, other) in [("?id=7", "?id=8"), ("/a", "/b"), ("?page=1", "?page=2")] {
            let records = [
                page("one", &format!("https://news.example/{one}"), "2031-03-04", &text(0..9)),
                page("other", &format!("https://news.example/{other}"), "2031-03-05", &short),
            ];
            assert_eq!(dedup(&records, &[]).left, ["one", "other"], "{one}");
        }
    }
}

mod c34_stubs {
    use super::*;

    #[test]
    fn a_text_that_breaks_off_goes_in_favour_of_the_full_one() {
        let full = record("full", &text(0..8));
        let [one, two] = [SENTENCES[0], SENTENCES[1]];
        for stub in [
            format!("{one} {two} Waves of nine metres were… Read the full story"),
            format!("{one} {two} Waves of nine metres were measured [...]"),
            format!("{one}\n{two}\nContinue reading"),
        ] {
            let outcome = dedup(&[record("stub", &stub), full.clone()], &[]);
            assert_eq!(outcome.left, ["full"], "{stub}: {}", outcome.said);
            assert_eq!(outcome.removed[0]["reason"], "stub");
            assert_eq!(outcome.removed[0]["kept"]["document"], "full");
        }
    }

    #[test]
    fn a_stub_whose_full_text_is_not_there_does_not_change() {
        let stub = format!("{} {} The museum lends its… Read more", SENTENCES[8], SENTENCES[9]);
        assert_eq!(dedup(&[record("stub", &stub), record("full", &text(0..8))], &[]).left.len(), 2);
    }

    #[test]
    fn a_whole_text_that_stands_in_a_longer_one_goes_only_if_that_is_asked_for() {
        let records = [record("short", &text(0..4)), record("long", &text(0..12))];
        assert_eq!(dedup(&records, &[]).left.len(), 2);
        let outcome = dedup(&records, &["--relations", "exact,near,contained"]);
        assert_eq!(outcome.left, ["long"]);
        let scores = &outcome.removed[0]["scores"];
        assert_eq!(scores["coverage_removed"], 1.0);
        assert!(scores["coverage_kept"].as_f64().unwrap() < 0.5, "{scores}");
    }
}

mod c35_live_blogs {
    use super::*;

    const CONTAINED: [&str; 2] = ["--relations", "exact,near,contained"];

    #[test]
    fn stories_that_a_round_up_holds_stay() {
        let records = [
            record("storm", &text(0..4)),
            record("cod", &text(8..12)),
            record("all", &text(0..16)),
        ];
        assert_eq!(dedup(&records, &CONTAINED).left, ["storm", "cod", "all"]);
    }

    #[test]
    fn copies_of_a_round_up_are_one_and_its_stories_stay() {
        let records = [
            record("storm", &text(0..4)),
            record("all", &text(0..16)),
            record("again", &text(0..16)),
            record("vote", &text(12..15)),
        ];
        assert_eq!(dedup(&records, &CONTAINED).left, ["storm", "all", "vote"]);
    }

    #[test]
    fn stubs_of_a_live_blogs_stories_stay() {
        let stub = |numbers| format!("{} Nobody knows what… Read more", text(numbers));
        let records =
            [record("one", &stub(0..2)), record("two", &stub(8..10)), record("all", &text(0..16))];
        assert_eq!(dedup(&records, &[]).left, ["one", "two", "all"]);
    }
}

mod c48_dates {
    use super::*;

    fn kept(dates: &[Value; 2], keep: &str) -> Vec<String> {
        let one = json!({ "id": "one", "date": dates[0], "text": text(0..6) });
        let two = json!({ "id": "two", "date": dates[1], "text": text(0..6) });
        dedup(&[one, two], &["--keep", keep]).left
    }

    #[test]
    fn what_has_no_date_comes_behind_what_has_one_both_ways() {
        for keep in ["earliest", "latest"] {
            assert_eq!(kept(&[json!(null), json!("2031-03-04")], keep), ["two"], "{keep}");
            assert_eq!(kept(&[json!("2031-03-04"), json!("soon")], keep), ["one"], "{keep}");
        }
    }

    #[test]
    fn dates_of_any_precision_are_sorted() {
        let dates = || [json!("2031-03-04T09:30:00+02:00"), json!("20310305")];
        assert_eq!(kept(&dates(), "earliest"), ["one"]);
        assert_eq!(kept(&dates(), "latest"), ["two"]);
    }

    #[test]
    fn different_texts_do_not_change_whatever_their_dates() {
        let records = [
            json!({ "id": "one", "date": "2031-03-04", "text": text(0..6) }),
            json!({ "id": "two", "date": "2031-03-04", "text": text(8..14) }),
        ];
        assert_eq!(dedup(&records, &["--keep", "latest"]).left, ["one", "two"]);
    }
}

mod c49_ids {
    use super::*;

    fn files(files: &[(&str, String)]) -> (String, Vec<Value>) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let words = [&["detect"], &names[..], &["--format", "json"]].concat();
        let output = twicetold_in(folder.path(), &words, b"");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (stderr(&output), report["documents"].as_array().unwrap().clone())
    }

    #[test]
    fn an_id_that_is_given_twice_is_said_and_names_stay_unique() {
        let line = record("7", SENTENCES[0]).to_string();
        let (said, documents) = files(&[("a.jsonl", format!("{line}\n{line}\n"))]);
        assert!(said.contains("id"), "{said}");
        assert_ne!(documents[0]["id"], documents[1]["id"]);
    }

    #[test]
    fn what_has_no_id_is_named_by_its_place_in_every_run() {
        let line = json!({ "text": SENTENCES[0] }).to_string();
        let lines = || [("a.jsonl", format!("{line}\n")), ("b.jsonl", format!("{line}\n"))];
        let (said, documents) = files(&lines());
        assert_eq!(said, "");
        assert_eq!(documents, files(&lines()).1);
        assert_ne!(documents[0]["id"], documents[1]["id"]);
    }

    #[test]
    fn a_file_that_is_named_twice_is_read_once_and_said() {
        let named = |words: &[&str]| {
            let folder = tempfile::tempdir().unwrap();
            for name in ["a.txt", "b.txt"] {
                std::fs::write(folder.path().join(name), text(0..2)).unwrap();
            }
            let detect = ["detect", "--format", "json"];
            let output = twicetold_in(folder.path(), &[&detect[..], words].concat(), b"");
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            (stderr(&output), report["input"]["documents"].as_u64().unwrap())
        };
        for words in [["a.txt", "./a.txt"], ["a.txt", "a*.txt"]] {
            let (said, documents) = named(&words);
            assert!(said.contains("a.txt: given twice, read once"), "{said}");
            assert_eq!(documents, 1);
        }
        // One text under two names is two documents: finding that is what the tool is for.
        assert_eq!(named(&["a.txt", "b.txt"]), (String::new(), 2));
        // A folder and a file of it.
        let (said, documents) = named(&[".", "b.txt"]);
        assert!(said.contains("b.txt: given twice, read once"), "{said}");
        assert_eq!(documents, 2);
    }

    #[test]
    fn documents_with_different_ids_and_texts_do_not_change() {
        let outcome = dedup(&[record("1", &text(0..4)), record("2", &text(8..12))], &[]);
        assert_eq!(outcome.left, ["1", "2"]);
        assert!(outcome.removed.is_empty());
    }
}
