//! What stands around the sentences of an article and says where it comes from: datelines, bylines and credits.
//!
//! `LONDON, June 5 —`, `WASHINGTON (Reuters) -` and `NEW YORK, /PRNewswire/ --` at the head of a line are cut off as its dateline,
//! a lone `(AP) —` as its credit, so that the rest is the sentence that another outlet prints without them. `By Jane Doe` is a line
//! by itself, and so is `Associated Press writer Jane Doe contributed to this report.`
//!
//! Cost: a look at the first 80 bytes of a line, and at the last 24 of a sentence.

use crate::corpus::SentenceKind;

/// A head is not longer than this, in bytes.
const HEAD: usize = 80;
/// A byline has no more words.
const BYLINE_WORDS: usize = 12;
/// What follows a place that nothing else marks as one has at least so many words.
const REST_WORDS: usize = 4;
/// The dashes that end a dateline.
const DASHES: &[&str] = &["—", "–", " - ", "--"];
/// Who marks what it sends.
const AGENCIES: &[&str] = &[
    "AP",
    "Reuters",
    "AFP",
    "UPI",
    "dpa",
    "PA",
    "PTI",
    "ANI",
    "IANS",
    "ANSA",
    "EFE",
    "TASS",
    "Xinhua",
    "Kyodo",
    "Interfax",
    "Bloomberg",
    "CNN",
    "PRNewswire",
    "PRNewswire-USNewswire",
    "GLOBE NEWSWIRE",
    "BUSINESS WIRE",
    "Business Wire",
    "Associated Press",
    "The Associated Press",
    "Thomson Reuters Foundation",
];

/// The head of a line that is no part of its sentence: its length in bytes, and what it is.
pub(super) fn head(line: &str) -> Option<(usize, SentenceKind)> {
    let window = line.get(..line.floor_char_boundary(HEAD)).unwrap_or_default();
    if !window.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let found = DASHES.iter().filter_map(|dash| Some((window.find(dash)?, *dash)));
    let (at, dash) = found.min_by_key(|&(at, _)| at)?;
    let (head, length) = (window.get(..at)?.trim_end(), at + dash.trim_end().len());
    let rest = line.get(length..)?.trim_start_matches('-').trim_start();
    let begins = rest.starts_with(|c: char| !c.is_lowercase() && !c.is_ascii_digit());
    let says = rest.split_whitespace().nth(REST_WORDS - 1).is_some();
    let kind = kind_of_head(head)?;
    (begins && says).then_some((line.len() - rest.len(), kind))
}

fn kind_of_head(head: &str) -> Option<SentenceKind> {
    let (place, agency) = without_agency(head);
    if place.is_empty() {
        return agency.then_some(SentenceKind::Credit);
    }
    let mut parts = place.trim_end_matches(',').split(',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let is_place = if agency { is_name(first) } else { is_in_capitals(first) };
    let parts_fit = parts.clone().count() <= 4 && parts.all(is_name_or_date);
    (is_place && parts_fit).then_some(SentenceKind::Dateline)
}

/// The head without the agency behind it, and whether there is one.
fn without_agency(head: &str) -> (&str, bool) {
    let bare = head.strip_suffix(')').and_then(|head| head.rsplit_once('('));
    let bare = bare.or_else(|| head.strip_suffix('/').and_then(|head| head.rsplit_once('/')));
    match bare {
        Some((place, name)) if AGENCIES.contains(&name.trim()) => (place.trim_end(), true),
        _ => (head, false),
    }
}

/// Three words at most, all in capitals, of four letters or more: `LONDON`, `NEW YORK`; not `NBA`.
fn is_in_capitals(place: &str) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic());
    let is_letter = |c: char| c.is_uppercase() || matches!(c, '.' | '-' | '\'' | '’' | ' ' | '/');
    place.chars().all(is_letter) && letters.count() >= 4 && place.split(' ').count() <= 3
}

fn is_name(part: &str) -> bool {
    part.split(' ').count() <= 4 && part.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// `Calif.`, `June 5`, `2019`, `5 June`.
fn is_name_or_date(part: &str) -> bool {
    let fits = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    part.split(' ').count() <= 3 && part.split(' ').all(fits)
}

/// What a sentence is if it only says who wrote, took or sent something.
pub(super) fn kind(sentence: &str) -> Option<SentenceKind> {
    if is_byline(sentence) {
        return Some(SentenceKind::Byline);
    }
    let bare = sentence.trim_matches(['(', ')', '.', ' ', '*', '—', '-', '[', ']']);
    let contributes = ["to this report", "to this story", "to this article"]
        .iter()
        .any(|end| bare.ends_with(end) && bare.contains("contributed"));
    let reports = ["Reporting by ", "Editing by ", "Additional reporting by "]
        .iter()
        .any(|start| bare.starts_with(start));
    let name = bare.trim_matches('/');
    let names = AGENCIES.contains(&name) && name.len() < sentence.len();
    (contributes || reports || names).then_some(SentenceKind::Credit)
}

/// `By Jane Doe`, `By Jane Doe and John Roe, Staff Writers`.
fn is_byline(sentence: &str) -> bool {
    let Some(names) = sentence.strip_prefix("By ").or_else(|| sentence.strip_prefix("BY ")) else {
        return false;
    };
    let mut words = names.split_whitespace();
    let joins = |word: &str| {
        matches!(word, "and" | "of" | "for" | "the" | "in" | "de" | "van" | "von" | "&" | "|")
    };
    let count = words.clone().count();
    let times = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    (2..=BYLINE_WORDS).contains(&count)
        && !sentence.ends_with(['.', '!', '?', ':', ','])
        && !words.clone().next().is_some_and(|word| times.contains(&word))
        && words.all(|word| word.starts_with(char::is_uppercase) || joins(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use SentenceKind::{Byline, Credit, Dateline};

    #[test]
    fn heads_of_wire_copy_are_cut_off() {
        for (head_text, expected) in [
            ("WASHINGTON (Reuters) - ", Dateline),
            ("LONDON, June 5 — ", Dateline),
            ("SACRAMENTO, Calif. (AP) — ", Dateline),
            ("NEW YORK, June 5, 2019 /PRNewswire/ -- ", Dateline),
            ("Graz (dpa) - ", Dateline),
            ("(AP) — ", Credit),
            ("(Reuters) - ", Credit),
        ] {
            let line = format!("{head_text}The ferry left the harbour at dawn.");
            assert_eq!(head(&line), Some((head_text.len(), expected)), "{line}");
        }
    }

    #[test]
    fn dashes_in_sentences_are_no_datelines() {
        for line in [
            "NASA — the space agency — said on Friday that it would go.",
            "The mayor - An old man with a hat - said so.",
            "NBA - Lakers win the third game in a row.",
            "LONDON - Autumn.",
            "Paris, Texas - The film of the year is shown again.",
            "A well-known man came by.",
            "The plan (AP) — The rest is said.",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn who_wrote_and_sent_is_told_from_what_is_said() {
        assert_eq!(kind("By Jane Doe"), Some(Byline));
        assert_eq!(kind("By Jane Doe and John Roe, Staff Writers"), Some(Byline));
        assert_eq!(
            kind("Associated Press writer Jane Doe contributed to this report."),
            Some(Credit)
        );
        assert_eq!(kind("(Reporting by Jane Doe; Editing by John Roe)"), Some(Credit));
        assert_eq!(kind("/PRNewswire/"), Some(Credit));
        assert_eq!(kind("(AP)"), Some(Credit));
        for body in [
            "By Friday Morning",
            "By noon the ferry had left",
            "By Jane Doe.",
            "Reuters",
            "He contributed to this town.",
            "Jane Doe said that she had contributed to this report and to others.",
        ] {
            assert_eq!(kind(body), None, "{body}");
        }
    }
}
