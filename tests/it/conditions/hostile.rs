//! Input that is wrong, or meant to deceive or to break: conditions 14, 38, 50, 51.

use twicetold::config::{InputConfig, Rule};
use twicetold::pipeline::{Weights, explain};
use twicetold::verify::Flag;
use twicetold::{Config, Corpus, detect};

use super::{bytes, different, key, key_under, link_in, linked, same, with};
use crate::cli::{stderr, stdout, twicetold_in};
use twicetold::Profile;

mod c14_look_alikes {
    use super::*;

    #[test]
    fn invisible_characters_hide_nothing() {
        same(&[
            ("vi\u{200b}agra", "viagra"),
            ("v\u{2060}iagra", "viagra"),
            ("v\u{ad}i\u{200d}agra", "viagra"),
        ]);
    }

    #[test]
    fn letters_of_another_script_are_others_and_their_sentence_is_found_by_the_rest() {
        let (plain, hidden) = (
            "The modern government of the islands returned the money to the fishermen.",
            "The m\u{43e}dern government of the isl\u{430}nds returned the money to the fishermen.",
        );
        different(&[(plain, hidden)]);
        assert!(linked(plain, hidden));
        assert!(link_in(Profile::Noisy, plain, hidden).is_some());
        let other =
            "A storm kept \u{430}ll boats of the coast in their harbours until the weekend.";
        assert!(!linked(plain, other) && !linked(hidden, other));
    }

    #[test]
    fn on_request_a_word_is_of_the_script_that_it_looks_like() {
        let folded = |raw| key_under(with(Rule::LookAlikes), raw);
        for (hidden, plain) in [
            ("Your p\u{430}yp\u{430}l account", "Your paypal account"),
            ("\u{412}ANK of Lind", "BANK of Lind"),
            ("The m\u{3bf}d\u{435}rn town", "The modern town"),
            ("Старый г\u{6f}род", "Старый город"),
        ] {
            different(&[(hidden, plain)]);
            assert_eq!(folded(hidden), key(plain));
        }
        // Words of one script stay, whatever they look like, and so do mixtures that no one script holds.
        for raw in
            ["сосна у реки", "ο χορός", "The café’s \u{43e}", "смс-ка из iPhoneы", "Åse og Øyvind"]
        {
            assert_eq!(folded(raw), key(raw));
        }
    }

    #[test]
    fn on_request_links_say_that_a_side_has_some() {
        let texts = [
            "The mod\u{435}rn government of the islands returned the money to the fishermen.",
            "The modern government of the islands returned the money to all fishermen.",
        ];
        let rules = Some(with(Rule::LookAlikes));
        let config = Config { rules, ..Config::default() };
        let flagged = |texts: [&str; 2]| {
            let report = detect(&Corpus::from_texts(texts), &config).unwrap();
            report.clusters[0].flags.has(Flag::LookAlikes)
        };
        assert!(flagged(texts) && flagged([texts[0], &texts[0].replace('\u{435}', "e")]));
        assert!(!flagged([texts[1], &texts[1].replace("all", "the")]));
        let explained = explain((texts[0], texts[1]), &Weights::background(), &config).unwrap();
        assert!(explained.flags.has(Flag::LookAlikes));
        assert!(explained.rules_that_mattered.iter().any(|it| it.rule == Rule::LookAlikes));
    }
}

mod c38_long_lines {
    use super::*;

    #[test]
    fn a_line_without_end_is_cut_and_said_to_be() {
        let line = "One more sentence of a line that never seems to end. ".repeat(40_000);
        for text in [line.as_str(), &"x".repeat(2_000_000), &"function(){a=1}".repeat(100_000)] {
            let report = detect(&Corpus::from_texts([text]), &Config::default()).unwrap();
            assert!(report.input.sentences > 100, "{}", report.input.sentences);
            assert!(report.input.warnings.iter().any(|it| it.contains("over 1 MB cut")));
        }
    }

    #[test]
    fn a_line_of_some_kilobytes_is_not() {
        let text = "word ".repeat(1_000);
        let report = detect(&Corpus::from_texts([&text]), &Config::default()).unwrap();
        assert_eq!((report.input.sentences, report.input.warnings.len()), (1, 0));
    }
}

mod c50_malformed_input {
    use super::*;

    #[test]
    fn a_bad_record_is_skipped_by_file_and_line_and_the_others_are_read() {
        let lines = b"{\"text\": \"One.\"}\n{\"text\": \n\n{\"text\": \"Two.\"}\r\n";
        let corpus = bytes(lines, "a.jsonl", &InputConfig::default()).unwrap();
        assert_eq!(corpus.documents().len(), 2);
        let skip = &corpus.skipped()[0];
        assert_eq!((skip.path.as_str(), skip.line), ("a.jsonl", Some(2)));
        let strict = InputConfig { strict: true, ..InputConfig::default() };
        let error = bytes(lines, "a.jsonl", &strict).unwrap_err().to_string();
        assert!(error.contains("a.jsonl:2"), "{error}");
    }

    #[test]
    fn a_line_break_inside_a_quoted_field_is_no_damage() {
        let table = b"id,text\r\n1,\"One\nline more.\"\r\n2,Two.\r\n";
        let corpus = bytes(table, "a.csv", &InputConfig::default()).unwrap();
        assert_eq!((corpus.documents().len(), corpus.skipped_total()), (2, 0));
    }

    #[test]
    fn a_record_that_is_too_long_is_skipped() {
        let config = InputConfig { max_record: 100, ..InputConfig::default() };
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Two.\"}}\n", "x".repeat(200));
        let corpus = bytes(long.as_bytes(), "a.jsonl", &config).unwrap();
        assert_eq!((corpus.documents().len(), corpus.skipped_total()), (1, 1));
    }

    #[test]
    fn the_exit_code_tells() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.jsonl"), "{\"text\": \n{\"text\": \"Two.\"}\n")
            .unwrap();
        let run = |words: &[&str]| twicetold_in(folder.path(), words, b"");
        assert_eq!(run(&["detect", "a.jsonl"]).status.code(), Some(0));
        let strict = run(&["detect", "a.jsonl", "--strict"]);
        assert_eq!(strict.status.code(), Some(2));
        assert!(stderr(&strict).contains("a.jsonl:1"), "{}", stderr(&strict));
    }
}

mod c51_personal_data {
    use super::*;

    /// What is said by a report in one format, on a page that never wraps.
    fn said(line: &str, words: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("{line}\n{}\n", line.replace("northern", "Northern"));
        let words = [&["detect", "--input-format", "lines", "-q"], words].concat();
        let output = twicetold_in(folder.path(), &words, text.as_bytes());
        assert!(output.status.success(), "{}", stderr(&output));
        let tables = ["pairs.csv", "clusters.csv"].map(|name| folder.path().join("out").join(name));
        let tables = tables.iter().filter_map(|path| std::fs::read_to_string(path).ok());
        tables.fold(stdout(&output), |said, table| said + &table)
    }

    const FORMATS: [&[&str]; 4] = [
        &["--format", "text"],
        &["--format", "json"],
        &["--format", "jsonl"],
        &["--format", "csv", "-o", "out"],
    ];

    #[test]
    fn addresses_and_numbers_are_blacked_out_where_that_is_asked_for() {
        for (personal, shown) in [
            ("ann@port.example", "[e-mail]"),
            ("+43 316 555 0100", "[phone]"),
            ("1,000,000 on 2003-06-05", "1,000,000 on 2003-06-05"),
        ] {
            let line = format!("For the northern islands write to {personal} soon");
            for format in FORMATS {
                assert!(said(&line, format).contains(personal), "{format:?}");
                let redacted = said(&line, &[format, &["--redact"]].concat());
                assert!(redacted.contains(shown), "{redacted}");
                assert_eq!(redacted.contains(personal), personal == shown, "{redacted}");
            }
        }
    }

    #[test]
    fn offsets_are_those_of_the_raw_text() {
        let line = "For the northern islands write to ann@port.example or bob@port.example soon";
        let [raw, redacted] = [&["--format", "json"][..], &["--format", "json", "--redact"]]
            .map(|words| serde_json::from_str::<serde_json::Value>(&said(line, words)).unwrap());
        let at = |report: &serde_json::Value, name: &str| {
            report["sentences"][0]["places"][1][name].as_u64().unwrap()
        };
        for name in ["start", "end", "line"] {
            assert_eq!(at(&raw, name), at(&redacted, name), "{name}");
        }
        assert_eq!(raw["clusters"], redacted["clusters"]);
        assert_eq!(redacted["config"]["redacted"], true);
        assert!(raw["config"]["redacted"].is_null());
    }

    #[test]
    fn a_report_without_its_texts_explains_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let line = "Write to ann@port.example about the northern islands";
        let path = folder.path().join("r.json");
        let words = ["explain", "--report", "r.json", "s0000000000000000", "s0000000000000000"];
        for (more, expected) in
            [(&["--redact"][..], "without --redact"), (&[], "no sentence with id")]
        {
            let report = said(line, &[FORMATS[1], more].concat());
            std::fs::write(&path, report).unwrap();
            let error = stderr(&twicetold_in(folder.path(), &words, b""));
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn addresses_are_compared_as_they_stand() {
        different(&[("Write to ann@port.example", "Write to bob@port.example")]);
    }
}
