//! Which format a file has: as told, by its name, else by its first bytes of text.

use crate::config::Format;

use super::archive::Archive;
use super::article;
use super::columnar;
use super::compression::Compression;
use super::json;
use super::page;

/// What a file's name says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Named {
    /// Its compression.
    pub(super) compressed: Option<Compression>,
    /// The archive that it is, by the extension below that of the compression.
    pub(super) archive: Option<Archive>,
    /// Its format, by the same.
    pub(super) format: Option<Format>,
    /// Whether it has no such extension.
    pub(super) is_bare: bool,
}

/// What a file's name says.
pub(super) fn by_name(name: &str) -> Named {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let (stem, extension) = split(&file);
    let (compressed, extension) = match (short(extension), Compression::by_extension(extension)) {
        (Some(compressed), _) => (Some(compressed), "tar"),
        (None, Some(compressed)) => (Some(compressed), split(stem).1),
        (None, None) => (None, extension),
    };
    Named {
        compressed,
        archive: Archive::by_extension(extension),
        format: by_extension(extension),
        is_bare: extension.is_empty(),
    }
}

/// The compression of a tar archive whose name says both in one word.
fn short(extension: &str) -> Option<Compression> {
    match extension {
        "tgz" | "taz" => Some(Compression::Gzip),
        "tzst" => Some(Compression::Zstd),
        "tbz" | "tbz2" | "tb2" => Some(Compression::Bzip2),
        "txz" => Some(Compression::Xz),
        "tlz" => Some(Compression::Lzma),
        _ => None,
    }
}

/// A file name without its last extension, and the extension.
fn split(file: &str) -> (&str, &str) {
    file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((file, ""))
}

fn by_extension(extension: &str) -> Option<Format> {
    match extension {
        "txt" | "text" | "md" => Some(Format::Text),
        "lines" => Some(Format::Lines),
        "jsonl" | "ndjson" | "json-lines" => Some(Format::Jsonl),
        // Of a `.json` file that is no such thing all are bad records: better than to take its syntax for prose.
        "json" => Some(Format::Json),
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "warc" | "wet" => Some(Format::Warc),
        "parquet" | "pq" => Some(Format::Parquet),
        "arrow" | "arrows" | "feather" | "ipc" => Some(Format::Arrow),
        _ => None,
    }
}

/// The format of a file that is read from its bytes, since its text has more than one encoding or says which: as told, else
/// by name, else by the first bytes.
pub(super) fn of_bytes(told: Option<Format>, named: Option<Format>, head: &[u8]) -> Option<Format> {
    match told.or(named) {
        Some(known @ (Format::Html | Format::Warc | Format::Parquet | Format::Arrow)) => {
            Some(known)
        }
        Some(Format::Text) | None if told.is_none() => match head {
            head if head.starts_with(b"WARC/") => Some(Format::Warc),
            head if page::is_page(head) => Some(Format::Html),
            head => columnar::by_content(head),
        },
        _ => None,
    }
}

/// The format of a file: as told, else by name, else by content. Text that nobody told to be text may be an article.
pub(super) fn choose(told: Option<Format>, named: Option<Format>, head: &[u8]) -> Format {
    match (told, named) {
        (Some(told), _) => told,
        // Many call a file of JSON lines `.json`.
        (None, Some(Format::Json)) if json::is_a_line(head) => Format::Jsonl,
        (None, Some(named)) if named != Format::Text => named,
        (None, None) if json::is_json(head) => Format::Json,
        (None, None) if head.trim_ascii_start().starts_with(b"{") => Format::Jsonl,
        _ if article::is_article(head) => Format::Article,
        _ => Format::Text,
    }
}

/// The name and version of the format of the ledgers that `dedup` writes.
pub const LEDGER_SCHEMA: &str = "twicetold.removed/1";

/// Whether a text begins as such a ledger does.
pub(super) fn is_ledger(head: &[u8]) -> bool {
    let begin = format!("{{\"type\":\"run\",\"schema\":\"{LEDGER_SCHEMA}\"");
    head.starts_with(begin.as_bytes())
}

/// Why the start of a file shows that it is no text. Of a file whose format is known a stray NUL byte is believed, but not
/// one in four bytes.
pub(super) fn binary(head: &[u8], is_known: bool) -> Option<&'static str> {
    let zeros = memchr::memchr_iter(0, head).count();
    if zeros == 0 {
        None
    } else if !is_known {
        Some("binary file")
    } else if zeros * 4 >= head.len() {
        Some("binary file, or UTF-16 without a byte order mark (then declare the encoding)")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_below_the_compression_decides() {
        let format = |name| by_name(name).format;
        assert_eq!(format("a/b.JSONL.gz"), Some(Format::Jsonl));
        assert_eq!(format("a.json-lines"), Some(Format::Jsonl));
        assert_eq!(format("a.csv/b"), None);
        assert_eq!(format("b.lines.zst"), Some(Format::Lines));
        assert_eq!(format(".txt"), None);
        let bare = by_name("x.gz");
        assert_eq!((bare.compressed, bare.format), (Some(Compression::Gzip), None));
        assert!(bare.is_bare && !by_name("a.docx").is_bare);
    }

    #[test]
    fn archives_are_known_under_all_their_names() {
        let named = |name| (by_name(name).archive, by_name(name).compressed);
        assert_eq!(named("a.tar"), (Some(Archive::Tar), None));
        assert_eq!(named("b/A.TAR.XZ"), (Some(Archive::Tar), Some(Compression::Xz)));
        assert_eq!(named("a.tgz"), (Some(Archive::Tar), Some(Compression::Gzip)));
        assert_eq!(named("a.tbz2"), (Some(Archive::Tar), Some(Compression::Bzip2)));
        assert_eq!(named("a.zip"), (Some(Archive::Zip), None));
        assert_eq!(named("a.tar!/b.txt"), (None, None));
    }

    #[test]
    fn content_decides_where_the_name_does_not() {
        let article = b"A title\n20220108\nhttps://a.example/1\nBody.\n";
        assert_eq!(choose(None, None, b" \n{\"text\": 1}"), Format::Jsonl);
        assert_eq!(choose(None, None, b"{\n  \"text\": 1\n}"), Format::Json);
        assert_eq!(choose(None, Some(Format::Json), b"{\"text\": 1}\n"), Format::Jsonl);
        assert_eq!(choose(None, Some(Format::Json), b"[{\"text\": 1}]"), Format::Json);
        assert_eq!(choose(None, Some(Format::Jsonl), b"[{\"text\": 1}]"), Format::Jsonl);
        assert_eq!(choose(None, None, article), Format::Article);
        assert_eq!(choose(None, Some(Format::Text), article), Format::Article);
        assert_eq!(choose(None, Some(Format::Text), b"{curly}"), Format::Text);
        assert_eq!(choose(Some(Format::Text), None, article), Format::Text);
        assert_eq!(choose(Some(Format::Lines), Some(Format::Csv), b"{"), Format::Lines);
        assert_eq!(choose(None, None, b""), Format::Text);
    }

    #[test]
    fn pages_and_archives_are_known_before_their_bytes_are_text() {
        assert_eq!(by_name("a.HTM").format, Some(Format::Html));
        assert_eq!(by_name("CC-1.warc.wet.gz").format, Some(Format::Warc));
        let page = b"<!DOCTYPE html><p>";
        assert_eq!(of_bytes(None, None, page), Some(Format::Html));
        assert_eq!(of_bytes(None, Some(Format::Text), page), Some(Format::Html));
        assert_eq!(of_bytes(None, Some(Format::Lines), page), None);
        assert_eq!(of_bytes(Some(Format::Text), Some(Format::Html), page), None);
        assert_eq!(of_bytes(None, None, b"WARC/1.1\r\n"), Some(Format::Warc));
        assert_eq!(of_bytes(Some(Format::Warc), Some(Format::Csv), b""), Some(Format::Warc));
        assert_eq!(of_bytes(None, None, b""), None);
    }

    #[test]
    fn a_stray_zero_is_text_only_where_text_is_expected() {
        assert!(binary(b"one\0two and more words", false).is_some());
        assert!(binary(b"one\0two and more words", true).is_none());
        assert!(binary(b"o\0n\0e\0", true).is_some());
        assert!(binary(b"", false).is_none());
    }
}
