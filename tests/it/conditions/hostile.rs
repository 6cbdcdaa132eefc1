//! Input that is wrong, or meant to deceive or to break: conditions 14, 38, 50, 51.

use twicetold::config::InputConfig;
use twicetold::{Config, Corpus, detect};

use super::{bytes, different, link_in, linked, same};
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

    /// Nothing is blacked out: what a sentence says is shown as it stands.
    #[test]
    fn addresses_and_numbers_are_shown_as_they_stand() {
        let folder = tempfile::tempdir().unwrap();
        for said in ["ann@port.example", "+43 316 555 0100", "Ann Lee"] {
            let line =
                format!("For tickets to the northern islands write to {said} before Monday.\n");
            let words = ["detect", "--input-format", "lines"];
            let output = twicetold_in(folder.path(), &words, line.repeat(2).as_bytes());
            assert!(stdout(&output).contains(said), "{}", stdout(&output));
        }
        different(&[("Write to ann@port.example", "Write to bob@port.example")]);
    }
}
