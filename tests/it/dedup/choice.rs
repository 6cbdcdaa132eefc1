//! Who stays and who goes.

use super::{dedup, folder, refused, text};

/// What is left of lines, by the words that say what may go.
fn left(lines: &str, words: &[&str]) -> Vec<String> {
    let folder = folder(&[("in.txt", lines)]);
    let words = [&["in.txt", "--input-format", "lines", "-q", "-o", "out.txt"], words].concat();
    dedup(folder.path(), &words);
    text(&folder, "out.txt").lines().map(str::to_owned).collect()
}

const FERRY: &str = "The ferry left the harbour of Velmark at dawn on Friday.";

#[test]
fn nothing_goes_whose_twin_gives_another_number_name_or_denial() {
    for (one, other) in [
        (
            "The council voted 12 to 9 for the new bridge over the river.",
            "The council voted 12 to 8 for the new bridge over the river.",
        ),
        (
            "The bridge over the river will be closed for repairs until June.",
            "The bridge over the river will not be closed for repairs until June.",
        ),
        (
            "The report was signed by Anna Lindqvist for the harbour board.",
            "The report was signed by Anna Bergstrom for the harbour board.",
        ),
        (
            "Lindqvist told the board that the harbour wall would be mended.",
            "Bergstrom told the board that the harbour wall would be mended.",
        ),
        (
            "Robinson, Cueto, Noon, Barkley, Lewsey, Hodgson, Ellis, Stevens",
            "Robinson, Cueto, Noon, Barkley, Lewsey, Hodgson, Ellis, Vickery",
        ),
        (
            "The ferry was late by 40 minutes on the last day of the month, its owners said.",
            "The ferry was late by nearly 40 minutes on the last day of the month, its owners said.",
        ),
        (
            "The price of bread rose in all the shops of the island in the month of May.",
            "The price of bread fell in all the shops of the island in the month of May.",
        ),
    ] {
        assert_eq!(left(&format!("{one}\n{other}\n"), &[]), [one, other]);
    }
}

#[test]
fn nothing_goes_whose_twin_says_other_words() {
    for (one, other) in [
        (
            "The council rejected the claims of the harbour board about the sale of the old mill.",
            "The council repeated the claims of the harbour board about the sale of the old mill.",
        ),
        (
            "The dose for adults is 500 mg every 8 hours for the whole week of the treatment.",
            "The dose for adults is 500 µg every 8 hours for the whole week of the treatment.",
        ),
        (
            "The sales of the mill rose from 12 million to 15 million crowns in a quarter.",
            "The sales of the mill rose from 15 million to 12 million crowns in a quarter.",
        ),
        (
            "The soldiers fired at the rebels across the river in the evening, a witness said.",
            "The rebels fired at the soldiers across the river in the evening, a witness said.",
        ),
        (
            "The alleged thief of the three paintings was seen at the harbour in the evening.",
            "The thief of the three paintings was seen at the harbour in the evening.",
        ),
        (
            "Il consiglio ha detto che il porto sarà chiuso per tutta la settimana prossima.",
            "Il consiglio ha detto che il porto non sarà chiuso per tutta la settimana prossima.",
        ),
        (
            "परिषद ने कहा कि बंदरगाह अगले पूरे सप्ताह के लिए बंद रहेगा और नावें चलेंगी।",
            "परिषद ने कहा कि बंदरगाह अगले पूरे सप्ताह के लिए बंद नहीं रहेगा और नावें चलेंगी।",
        ),
        (
            "Το συμβούλιο είπε ότι το λιμάνι θα μείνει κλειστό όλη την επόμενη εβδομάδα με πλοία.",
            "Το συμβούλιο είπε ότι το λιμάνι θα μείνει κλειστό όλη την επόμενη εβδομάδα χωρίς πλοία.",
        ),
        (
            "Will the ferry to the islands leave the harbour at nine in the evening?",
            "Will the ferry to the islands leave the harbour at nine in the evening.",
        ),
        (
            "Am Abend kamen zwanzig Leute in den Hafen, um die neue Mauer zu sehen.",
            "Am Abend kamen dreißig Leute in den Hafen, um die neue Mauer zu sehen.",
        ),
        (
            "In every run of the experiment the value of x = 7 was found by the harbour board.",
            "In every run of the experiment the value of x ≠ 7 was found by the harbour board.",
        ),
    ] {
        assert_eq!(left(&format!("{one}\n{other}\n"), &[]), [one, other]);
    }
}

#[test]
fn a_text_that_was_damaged_on_its_way_goes() {
    for damaged in [
        "The ferry (pictured) left the harbour of Velmark at dawn on Friday with nine men.",
        "The ferry left theharbour of Velmark at dawn on Friday with nine men.",
        "The ferry left the harbour of Velmark at dawn on Friday with 9 men.",
        "The ferry left a harbour of Velmark at dawn on Friday with nine men.",
    ] {
        let whole = "The ferry left the harbour of Velmark at dawn on Friday with nine men.";
        assert_eq!(left(&format!("{whole}\n{damaged}\n"), &["--threshold", "0.7"]), [whole]);
    }
    let lines = "The council rejected the claims of the harbour board about the sale of the old mill.\n\
                 The council repeated the claims of the harbour board about the sale of the old mill.\n";
    assert_eq!(left(lines, &["--ignore-differences", "words"]).len(), 1);
}

#[test]
fn an_edited_twin_goes_and_what_is_ignored_keeps_nobody() {
    let edited = FERRY.replace("Friday", "Friday, again");
    assert_eq!(left(&format!("{FERRY}\n{edited}\n"), &[]), [FERRY]);
    let (one, other) = (
        "The council voted 12 to 9 for the new bridge over the river on the last day of the session.",
        "The council voted 12 to 8 for the new bridge over the river on the last day of the session.",
    );
    let both = format!("{one}\n{other}\n");
    assert_eq!(left(&both, &["--ignore-differences", "numbers"]), [one]);
    assert_eq!(left(&both, &["--numbers", "ignore"]), [one]);
    assert_eq!(left(&format!("{FERRY}\n{edited}\n"), &["--relations", "exact"]), [FERRY, &edited]);
}

#[test]
fn short_sentences_stay_unless_asked_for() {
    let lines = "He declined to comment.\nHe declined to comment.\n";
    assert_eq!(left(lines, &[]).len(), 2);
    assert_eq!(left(lines, &["--min-words", "1"]).len(), 1);
    // A document is one, however short.
    assert_eq!(left(lines, &["--unit", "document"]).len(), 1);
}

#[test]
fn long_sentences_stay_where_that_is_asked_for() {
    let long = "The ferry left the harbour of Velmark at dawn on Friday with nobody on board.";
    let lines = format!("{FERRY}\n{long}\n{FERRY}\n{long}\nIt rains.\n!!!\n");
    assert_eq!(left(&lines, &[]), [FERRY, long, "It rains.", "!!!"]);
    assert_eq!(left(&lines, &["--max-words", "11"]), [FERRY, long, long, "It rains.", "!!!"]);
    assert_eq!(left(&lines, &["--max-words", "10"]).len(), 6);
    assert_eq!(left(&lines, &["--max-words", "11", "--drop-all-copies"])[..2], [long, long]);

    let folder = folder(&[
        ("in.lines", &lines),
        ("least.toml", "max-words = 11\n"),
        ("wrong.toml", "min-words = 12\nmax-words = 11\n"),
    ]);
    let said = dedup(folder.path(), &["in.lines", "--dry-run", "--config", "least.toml"]);
    let left = "left     1 sentence of fewer than 5 words, 2 of more than 11 words\n";
    assert!(said.contains(left), "{said}");
    let words = ["in.lines", "--dry-run", "--format", "json", "--config", "least.toml"];
    let said = dedup(folder.path(), &words);
    let summary: serde_json::Value = serde_json::from_str(&said).unwrap();
    let left = serde_json::json!({"min_words": 5, "max_words": 11, "shorter": 1, "longer": 2});
    assert_eq!(summary["left_by_length"], left);
    let words = ["in.lines", "--unit", "document", "--dry-run", "--max-words", "11"];
    let said = dedup(folder.path(), &words);
    assert!(said.contains("left     2 documents of more than 11 words\n"), "{said}");

    let error = refused(folder.path(), &["in.lines", "--dry-run", "--max-words", "4"]);
    assert!(
        error.contains("`max-words` must be at least 5, or --min-words no more than it"),
        "{error}"
    );
    let error = refused(folder.path(), &["in.lines", "--dry-run", "--config", "wrong.toml"]);
    assert!(error.contains("wrong.toml:2"), "{error}");
}

#[test]
fn protected_sentences_stay() {
    let folder = folder(&[("in.txt", &format!("{FERRY}\n{FERRY}\n")), ("protect.txt", FERRY)]);
    let words =
        ["in.txt", "--input-format", "lines", "-q", "-o", "out.txt", "--protect", "protect.txt"];
    dedup(folder.path(), &words);
    assert_eq!(text(&folder, "out.txt").lines().count(), 2);
}

#[test]
fn of_everything_that_repeats_all_may_go() {
    let other = "Nobody was hurt in the storm, the police of the island said.";
    let lines = format!("{FERRY}\n{other}\n{FERRY}\n{}\n", FERRY.replace("dawn", "Dawn"));
    assert_eq!(left(&lines, &["--drop-all-copies"]), [other]);
}

#[test]
fn the_survivor_is_the_one_that_was_asked_for() {
    let record = |id: u32, source: &str, date: &str, text: &str| {
        format!(r#"{{"id": "{id}", "source": "{source}", "date": "{date}", "text": "{text}"}}"#)
    };
    let longer = FERRY.replace("Friday.", "Friday, again.");
    let lines = [
        record(1, "one", "2022-01-09", FERRY),
        record(2, "two", "2022-01-08", FERRY),
        record(3, "three", "2022-01-10", &longer),
        record(4, "three", "2022-01-10", FERRY),
    ]
    .join("\n");
    for (keep, expected) in [
        ("earliest", "2"),
        ("first", "1"),
        ("longest", "3"),
        ("central", "1"),
        ("source:three", "3"),
    ] {
        let folder = folder(&[("in.jsonl", &lines)]);
        dedup(folder.path(), &["in.jsonl", "-q", "-o", "out.jsonl", "--keep", keep]);
        let left = text(&folder, "out.jsonl");
        let id = format!(r#"{{"id": "{expected}","#);
        assert!(left.starts_with(&id) && left.lines().count() == 1, "{keep}: {left}");
    }
}

#[test]
fn the_survivor_does_not_depend_on_the_order_of_files() {
    let lines = |from: u32| {
        let line = |n| format!("{FERRY} Ship number {} of the fleet came back.\n", n % 25);
        (from..from + 40).map(line).collect::<Vec<_>>().concat()
    };
    let folder = folder(&[("b.txt", &lines(0)), ("a.txt", &lines(11))]);
    for (output, inputs) in [("one", ["a.txt", "b.txt"]), ("two", ["b.txt", "a.txt"])] {
        let words = [&inputs[..], &["--input-format", "lines", "-q", "-o", output]].concat();
        dedup(folder.path(), &words);
    }
    let left = |name: &str| std::fs::read_to_string(folder.path().join(name)).ok();
    assert!(left("one/a.txt").is_some());
    for name in ["a.txt", "b.txt"] {
        assert_eq!(left(&format!("one/{name}")), left(&format!("two/{name}")));
    }
}

#[test]
fn protected_sentences_stay_where_all_copies_go_too() {
    let near = FERRY.replace("Friday", "Friday, again");
    let folder = folder(&[("in.lines", &format!("{FERRY}\n{near}\n")), ("protect.txt", FERRY)]);
    let words = ["in.lines", "-q", "-o", "out", "--protect", "protect.txt", "--drop-all-copies"];
    dedup(folder.path(), &words);
    assert_eq!(text(&folder, "out"), format!("{FERRY}\n"));
}

#[test]
fn whatever_repeats_any_line_of_the_reference_goes() {
    let near = FERRY.replace("Friday.", "Friday, again.");
    let nearer = near.replace("again.", "again, sadly.");
    let folder = folder(&[("old.lines", &format!("{FERRY}\n{near}\n")), ("new.lines", &nearer)]);
    let said = dedup(folder.path(), &["new.lines", "--against", "old.lines", "--dry-run"]);
    assert!(said.starts_with("read     1 sentence in 1 document"), "{said}");
    assert!(said.contains("removed  1 sentence (100 %)"), "{said}");
}

#[test]
fn a_field_that_would_begin_with_a_quotation_mark_is_not_cut() {
    let folder = folder(&[(
        "in.tsv",
        &format!("id\ttext\n1\t{FERRY}\n2\t{FERRY} \"It was cold,\" she said. He left.\n"),
    )]);
    dedup(folder.path(), &["in.tsv", "-q", "-o", "out.tsv"]);
    assert_eq!(text(&folder, "out.tsv"), text(&folder, "in.tsv"));
}

#[test]
fn against_a_reference_only_what_it_has_goes_and_it_loses_nothing() {
    let other = "Nobody was hurt in the storm, the police of the island said.";
    let folder = folder(&[
        ("old/a.txt", &format!("{FERRY}\n{FERRY}\n")),
        ("new.txt", &format!("{other}\n{FERRY}\n{other}\n")),
    ]);
    let words = ["new.txt", "--against", "old", "--input-format", "lines", "-q", "-o", "out.txt"];
    dedup(folder.path(), &words);
    assert_eq!(text(&folder, "out.txt"), format!("{other}\n{other}\n"));
}

#[test]
fn across_documents_a_refrain_stays_and_its_copy_elsewhere_goes() {
    let song = format!("{{\"text\": \"{FERRY} It rains. {FERRY}\"}}\n");
    let folder = folder(&[("in.jsonl", &song.repeat(2))]);
    dedup(folder.path(), &["in.jsonl", "-q", "-o", "out.jsonl", "--across", "documents"]);
    assert_eq!(text(&folder, "out.jsonl"), format!("{song}{{\"text\": \"It rains.\"}}\n"));
}

#[test]
fn across_documents_of_what_repeats_in_another_no_copy_is_left_where_all_go() {
    let song = format!("{{\"text\": \"{FERRY} It rains. {FERRY}\"}}\n");
    let alone =
        "{\"text\": \"Nobody was hurt in the storm. It rains. Nobody was hurt in the storm.\"}\n";
    let folder = folder(&[("in.jsonl", &format!("{}{alone}", song.repeat(2)))]);
    let words = ["in.jsonl", "-q", "-o", "out.jsonl", "--across", "documents", "--drop-all-copies"];
    dedup(folder.path(), &words);
    assert_eq!(
        text(&folder, "out.jsonl"),
        format!("{}{alone}", "{\"text\": \"It rains.\"}\n".repeat(2))
    );
}

#[test]
fn what_could_not_be_cut_is_not_counted_as_removed() {
    let folder = folder(&[(
        "in.tsv",
        &format!(
            "id\ttext\n1\t{FERRY}\n2\t{FERRY} \"It was cold,\" she said. He left.\n3\t{FERRY}\n"
        ),
    )]);
    let said = dedup(folder.path(), &["in.tsv", "-o", "out.tsv", "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(summary["removed"]["sentences"], 1);
    assert_eq!(summary["by_relation"]["exact"], 1);
    assert_eq!(summary["uncut_documents"], 1);
    assert_eq!(summary["documents_by_share"], serde_json::json!([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
}

#[test]
fn a_shorter_sentence_goes_in_favour_of_the_one_that_holds_it_and_not_the_other_way() {
    let short = "The harbour wall of Velmark will be finished before the winter storms.";
    let long = format!(
        "In a statement that came sooner than was planned, the council of the island said late last night: {short}"
    );
    for lines in [format!("{short}\n{long}\n"), format!("{long}\n{short}\n")] {
        let words = ["--relations", "exact,near,contained", "--ignore-differences", "names"];
        assert_eq!(left(&lines, &words), [long.as_str()]);
    }
}

#[test]
fn of_passages_only_runs_of_sentences_go() {
    let song = [
        "The ferry left the harbour of Velmark at dawn on Friday.",
        "Nobody was hurt in the storm, the police of the island said.",
        "The council will spend four million crowns on a new wall.",
    ];
    let [one, two, three] = song;
    let whole = song.join(" ");
    let lines = format!(
        "{whole}\n{one} Its crew slept.\nIt rained. {whole} The wind fell.\n{one} {three} {two}\n"
    );
    let left = |words: &[&str]| left(&lines, &[&["--unit", "passage"], words].concat());
    let swapped = format!("{one} {three} {two}");
    let expected = [
        whole.clone(),
        format!("{one} Its crew slept."),
        "It rained. The wind fell.".to_owned(),
        swapped,
    ];
    assert_eq!(left(&[]), expected);
    // The last line repeats the first and the third sentence in that order.
    assert_eq!(left(&["--passage-sentences", "2"])[3], two);
    assert_eq!(left(&["--passage-sentences", "4"]).join("\n") + "\n", lines);
}

#[test]
fn the_reference_does_not_go_in_favour_of_what_holds_it() {
    let short = "The harbour wall of Velmark will be finished before the winter storms.";
    let long = format!(
        "In a statement that came sooner than was planned, the council of the island said: {short}"
    );
    let folder = folder(&[("old.lines", short), ("new.lines", &long)]);
    let words = ["new.lines", "--against", "old.lines", "--dry-run", "--relations", "contained"];
    let said = dedup(folder.path(), &[&words[..], &["--ignore-differences", "names"]].concat());
    assert!(said.contains("removed  0 sentences"), "{said}");
    assert!(!said.contains("Removed, the least similar"), "{said}");
}

#[test]
fn what_nobody_knows_is_refused_by_name() {
    let folder = folder(&[("in.txt", FERRY)]);
    for (words, expected) in [
        (["--relations", "similar"], "`relations` must be some of exact, near"),
        (["--ignore-differences", "dates"], "`ignore-differences` must be some of numbers"),
        (["--boilerplate", "some"], "`boilerplate` must be one of once, keep, drop"),
        (["--empty", "maybe"], "`empty` must be drop or keep"),
        (["--unit=passage", "--drop-all-copies"], "`unit` must be another one than passage"),
    ] {
        let error = refused(folder.path(), &[&["in.txt", "--dry-run"], &words[..]].concat());
        assert!(error.contains(expected), "{error}");
    }
}
