//! Text that arrives later, against what an earlier run left and what it removed: condition 54.

mod c54_what_arrives_later {
    use serde_json::Value;

    use crate::dedup::{dedup, folder, text};

    const FIRST: &str =
        "The ferry left the harbour at dawn with forty passengers and a cargo of timber.";
    const SECOND: &str = "The ferry left the harbour at dawn with forty passengers and a cargo of timber, he said today.";
    const THIRD: &str = "As we hear, the ferry left the harbour at dawn with forty passengers and a cargo of timber, he said today.";
    const OTHER: &str = "Nobody was hurt in the storm, the police of the island said.";

    fn lines(texts: &[&str]) -> String {
        let line = |text: &&str| format!("{{\"text\":\"{text}\"}}\n");
        texts.iter().map(line).collect()
    }

    /// A folder in which the second sentence went in favour of the first, and a file with what came later.
    fn after_a_first_run(later: &[&str]) -> tempfile::TempDir {
        let folder =
            folder(&[("old.jsonl", &lines(&[FIRST, SECOND])), ("new.jsonl", &lines(later))]);
        dedup(folder.path(), &["old.jsonl", "-o", "clean.jsonl"]);
        assert_eq!(text(&folder, "clean.jsonl"), lines(&[FIRST]));
        folder
    }

    fn left(folder: &tempfile::TempDir, against: &[&str]) -> String {
        let against = against.iter().flat_map(|name| ["--against", name]);
        let words: Vec<&str> =
            ["new.jsonl", "-o", "left.jsonl"].into_iter().chain(against).collect();
        dedup(folder.path(), &words);
        text(folder, "left.jsonl")
    }

    const LEDGER: &str = "clean.jsonl.removed.jsonl";

    #[test]
    fn what_is_near_to_what_was_removed_goes_and_says_why() {
        let folder = after_a_first_run(&[THIRD, OTHER]);
        assert_eq!(left(&folder, &["clean.jsonl"]), lines(&[THIRD, OTHER]));
        assert_eq!(left(&folder, &["clean.jsonl", LEDGER]), lines(&[OTHER]));
        let ledger = text(&folder, "left.jsonl.removed.jsonl");
        let removed: Vec<Value> =
            ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let removed = removed.iter().find(|line| line["type"] == "removed").unwrap();
        assert_eq!(
            (removed["text"].as_str(), removed["relation"].as_str()),
            (Some(THIRD), Some("near"))
        );
        // The twin has the place that it had before it was removed.
        let kept = &removed["kept"];
        assert_eq!((kept["file"].as_str(), kept["line"].as_u64()), (Some("old.jsonl"), Some(2)));
        assert_eq!(
            (kept["document"].as_str(), kept["text"].as_str()),
            (Some("old.jsonl:2"), Some(SECOND))
        );
        dedup(
            folder.path(),
            &["--restore", "left.jsonl.removed.jsonl", "left.jsonl", "-o", "back.jsonl"],
        );
        assert_eq!(text(&folder, "back.jsonl"), lines(&[THIRD, OTHER]));
    }

    #[test]
    fn what_is_near_to_neither_stays_and_a_copy_of_what_was_removed_goes() {
        let folder = after_a_first_run(&[
            OTHER,
            SECOND,
            "The old harbour was rebuilt with a new wall of stone.",
        ]);
        let stays = [OTHER, "The old harbour was rebuilt with a new wall of stone."];
        assert_eq!(left(&folder, &[LEDGER]), lines(&stays));
    }

    #[test]
    fn a_ledger_in_a_folder_is_passed_over_as_ever() {
        let folder = after_a_first_run(&[THIRD, OTHER]);
        std::fs::create_dir(folder.path().join("archive")).unwrap();
        std::fs::copy(folder.path().join(LEDGER), folder.path().join("archive/removed.jsonl"))
            .unwrap();
        std::fs::copy(folder.path().join("clean.jsonl"), folder.path().join("archive/clean.jsonl"))
            .unwrap();
        assert_eq!(left(&folder, &["archive"]), lines(&[THIRD, OTHER]));
    }
}
