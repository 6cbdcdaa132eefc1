//! How files are found, opened and cut into documents.

use serde_json::{Value, json};

use super::choice::{Format, WarcType};
use crate::error::{Error, Result};

/// The names of a record's fields; the first name that a record has is taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fields {
    /// The text.
    pub text: Vec<String>,
    /// The id.
    pub id: Vec<String>,
    /// The source.
    pub source: Vec<String>,
    /// The date.
    pub date: Vec<String>,
    /// The address.
    pub url: Vec<String>,
    /// The title.
    pub title: Vec<String>,
    /// The language.
    pub language: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
        Self {
            text: names(&["text", "content", "body", "article", "maintext", "sentences"]),
            id: names(&["id", "_id", "doc_id", "document_id", "uid"]),
            source: names(&["source", "publisher", "outlet", "site", "domain"]),
            date: names(&["date", "published", "published_at", "publish_date", "timestamp"]),
            url: names(&["url", "link", "canonical_url"]),
            title: names(&["title", "headline"]),
            language: names(&["lang", "language"]),
        }
    }
}

/// How inputs are read.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
#[derive(Clone, Debug, PartialEq)]
pub struct InputConfig {
    /// The format; `None` goes by extension, then by content.
    pub format: Option<Format>,
    /// The names of a record's fields.
    pub fields: Fields,
    /// What parts the columns of the format `csv`: an ASCII character that is no letter, digit, quotation mark or line end.
    pub delimiter: u8,
    /// Whether the first row of a table of text names its columns; else they are called 1, 2, 3, ….
    pub has_header: bool,
    /// The encoding of text without a byte order mark, and of pages that declare none (`windows-1252`, `utf-16le`, …); `None`
    /// is UTF-8.
    pub encoding: Option<String>,
    /// Whether a bad record is an error instead of a counted skip.
    pub strict: bool,
    /// Whether a file that cannot be read to its end is a counted skip instead of an error.
    pub keep_going: bool,
    /// The largest ratio of decompressed to compressed bytes past the first 64 MB.
    pub max_ratio: u64,
    /// The longest record (a JSON object, a CSV row, a line of a line-per-document file, a record of a web archive) in bytes.
    pub max_record: usize,
    /// The longest document of a `text`, `article` or `html` file, in bytes.
    pub max_document: usize,
    /// Which records of a web archive are read.
    pub warc_types: Vec<WarcType>,
    /// Responses of a web archive are read if they have one of these statuses.
    pub warc_statuses: Vec<u16>,
}

impl Default for InputConfig {
    fn default() -> Self {
        Self {
            format: None,
            fields: Fields::default(),
            delimiter: b',',
            has_header: true,
            encoding: None,
            strict: false,
            keep_going: false,
            max_ratio: 200,
            max_record: 256 << 20,
            max_document: 1 << 30,
            warc_types: WarcType::ALL.to_vec(),
            warc_statuses: vec![200],
        }
    }
}

impl InputConfig {
    /// What parts the columns of a table of text in this format; `None` for other formats.
    pub const fn delimiter_of(&self, format: Format) -> Option<u8> {
        match format {
            Format::Csv => Some(self.delimiter),
            Format::Tsv => Some(b'\t'),
            _ => None,
        }
    }

    /// The delimiter that a word stands for: itself, or `tab`.
    ///
    /// ```
    /// use twicetold::config::InputConfig;
    /// assert_eq!(InputConfig::delimiter_named(";").unwrap(), b';');
    /// assert_eq!(InputConfig::delimiter_named("tab").unwrap(), b'\t');
    /// assert!(InputConfig::delimiter_named("\"").is_err());
    /// ```
    ///
    /// # Errors
    /// If it is none.
    pub fn delimiter_named(word: &str) -> Result<u8> {
        let can_part = |byte: u8| {
            byte.is_ascii()
                && !byte.is_ascii_alphanumeric()
                && !matches!(byte, b'"' | b'\n' | b'\r' | 0)
        };
        match word.as_bytes() {
            b"tab" | b"\\t" => Ok(b'\t'),
            &[byte] if can_part(byte) => Ok(byte),
            _ => Err(Error::config(
                "delimiter",
                "one character that is no letter, digit, quotation mark or line end, or tab",
            )),
        }
    }

    /// As a report states them, by the names of the command line.
    pub(super) fn settings(&self) -> Value {
        let Self {
            format,
            fields,
            delimiter,
            has_header,
            encoding,
            strict,
            keep_going,
            max_ratio,
            max_record,
            max_document,
            warc_types,
            warc_statuses,
        } = self;
        let Fields { text, id, source, date, url, title, language } = fields;
        json!({
            "input_format": format.map(Format::name),
            "text_field": text,
            "id_field": id,
            "source_field": source,
            "date_field": date,
            "url_field": url,
            "title_field": title,
            "language_field": language,
            "delimiter": char::from(*delimiter).to_string(),
            "no_header": !has_header,
            "encoding": encoding,
            "strict": strict,
            "keep_going": keep_going,
            "max_ratio": max_ratio,
            "max_record": max_record,
            "max_document": max_document,
            "warc_type": warc_types.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
            "warc_status": warc_statuses,
        })
    }
}
