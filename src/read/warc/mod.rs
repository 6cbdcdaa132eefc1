//! The format `warc`: web archives, and WET files, in which a crawler has left the text of their pages.
//!
//! Of a `response` the page or text is taken that it carries, with the status that is asked for; of a `conversion` (WET) and
//! a `resource` what stands in it. The record gives the address, the date, the language and the id, the page the title and
//! the rest. Other records (requests, metadata, revisits, pictures) are passed over and counted by what they are, over all
//! files, for they are no errors.
//!
//! A document's line is the number of its record in the file, from 1: records that are passed over count. Bad records are
//! skipped with their number and their first byte in the decompressed file. A `.warc.gz` holds a member for each record;
//! that layer is taken off before, as of any file.
//!
//! Cost: that of the pages. Memory: one record, at most `max_record`, and its page.

mod again;
mod header;
mod http;
mod records;

use std::io::{self, BufRead};

use encoding_rs::Encoding;

use crate::config::InputConfig;
use crate::config::WarcType;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::encoding::Damage;
use super::intake::Intake;
use super::lines::too_long;
use super::page;

use self::header::Header;
use self::http::Response;
use self::records::{Found, Record, Records};

/// How text stands in a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Content {
    Page,
    Text,
}

impl Content {
    fn of(media_type: &str) -> Option<Self> {
        match media_type {
            "text/html" | "application/xhtml+xml" => Some(Self::Page),
            "text/plain" => Some(Self::Text),
            _ => None,
        }
    }
}

/// The text in a record.
struct Payload {
    content: Content,
    /// The type as it is written, with its encoding.
    media_type: Option<String>,
    bytes: Vec<u8>,
}

/// Why a record holds no text.
enum Refused {
    /// It is none of those that are asked for.
    PassedOver(String),
    /// Something is wrong with it.
    Bad(Error),
}

/// Reads a document a record, and notes what was wrong with the bytes of their texts.
pub(super) fn read(
    bytes: &mut dyn BufRead,
    encoding: Option<&'static Encoding>,
    damage: &mut Damage,
    intake: &mut Intake<'_>,
) -> Result<()> {
    let config = intake.config();
    let mut records = Records::new(bytes, config.max_record);
    loop {
        let found = records.next(|header| refused(header, config).is_none());
        let number = records.number();
        match found.map_err(|cause| intake.failed(cause))? {
            Found::End => return Ok(()),
            Found::Bad(expected) => intake.bad_record(number, Error::record(expected))?,
            Found::TooLong => intake.bad_record(number, too_long(config.max_record))?,
            Found::Record(record) => match payload(record, config) {
                Ok((header, payload)) => {
                    let of_record = add((number, &header), &payload, encoding, intake)?;
                    note(damage, of_record, number);
                }
                Err(Refused::PassedOver(kind)) => intake.tally().pass_over(&kind),
                Err(Refused::Bad(error)) => intake.bad_record(number, error)?,
            },
        }
    }
}

/// Damage is counted over all records; the line of the first is its record.
fn note(damage: &mut Damage, of_record: Damage, number: u64) {
    if damage.sequences == 0 {
        damage.first_line = number;
    }
    damage.sequences += of_record.sequences;
}

/// What a record is called that its header shows to hold no text that is asked for.
fn refused(header: &Header, config: &InputConfig) -> Option<String> {
    let Some(name) = header.word("warc-type") else { return Some("without a type".to_owned()) };
    let asked = config.warc_types.iter().find(|asked| asked.name() == name);
    match asked {
        None => Some(name),
        Some(WarcType::Response) => None,
        // Wget keeps its own log and arguments as resources, under addresses of this scheme.
        Some(_) if target(header).is_some_and(|address| address.starts_with("metadata:")) => {
            Some(format!("{name} about the crawl"))
        }
        Some(_) => {
            let media_type = header.word("content-type").unwrap_or_default();
            Content::of(&media_type).is_none().then(|| kind(&name, &media_type))
        }
    }
}

fn kind(record: &str, media_type: &str) -> String {
    if media_type.is_empty() { format!("{record} without a type") } else { media_type.to_owned() }
}

/// The text that a record carries.
fn payload(record: Record, config: &InputConfig) -> Result<(Header, Payload), Refused> {
    let Record { header, body } = record;
    if let Some(kind) = refused(&header, config) {
        return Err(Refused::PassedOver(kind));
    }
    let bytes = body.unwrap_or_default();
    if header.word("warc-type").as_deref() == Some(WarcType::Response.name()) {
        let payload = response(bytes, &header, config)?;
        return Ok((header, payload));
    }
    let media_type = header.word("content-type").unwrap_or_default();
    let content = Content::of(&media_type).unwrap_or(Content::Text);
    let media_type = header.get("content-type").map(str::to_owned);
    Ok((header, Payload { content, media_type, bytes }))
}

/// The text that a response carries.
fn response(bytes: Vec<u8>, header: &Header, config: &InputConfig) -> Result<Payload, Refused> {
    let Some(response) = Response::read(bytes) else {
        return Err(Refused::PassedOver("response without HTTP".to_owned()));
    };
    if !config.warc_statuses.contains(&response.status) {
        return Err(Refused::PassedOver(format!("response with status {}", response.status)));
    }
    let declared = response.header.word("content-type");
    let declared = declared.or_else(|| header.word("warc-identified-payload-type"));
    let declared = declared.unwrap_or_default();
    if let Some(encoding) = response.unknown_encoding().filter(|_| Content::of(&declared).is_some())
    {
        return Err(Refused::PassedOver(format!("response in {encoding}")));
    }
    let media_type = response.header.get("content-type").map(str::to_owned);
    let is_known = Content::of(&declared).is_some() || declared.is_empty();
    if !is_known {
        return Err(Refused::PassedOver(declared));
    }
    let bytes = response.into_body(config.max_record).map_err(|cause| bad_body(&cause))?;
    if bytes.len() > config.max_record {
        return Err(Refused::Bad(too_long(config.max_record)));
    }
    let guessed = page::is_page(bytes.get(..1_000).unwrap_or(&bytes)).then_some(Content::Page);
    match Content::of(&declared).or(guessed) {
        Some(content) => Ok(Payload { content, media_type, bytes }),
        None => Err(Refused::PassedOver(kind("response", &declared))),
    }
}

fn bad_body(cause: &io::Error) -> Refused {
    Refused::Bad(Error::record(format!("a body as its header says ({cause})")))
}

/// Adds the text of a record as a document; says what was wrong with its bytes.
fn add(
    (number, header): (u64, &Header),
    payload: &Payload,
    encoding: Option<&'static Encoding>,
    intake: &mut Intake<'_>,
) -> Result<Damage> {
    let strict = intake.config().strict;
    let decoded = page::decode(&payload.bytes, payload.media_type.as_deref(), encoding, strict);
    let Ok((text, damage)) = decoded else {
        let error = Error::record("text in the encoding that it declares");
        intake.bad_record(number, error)?;
        return Ok(Damage::default());
    };
    let (text, parts, about_page) = match payload.content {
        Content::Text => (text, None, Metadata::default()),
        Content::Page => {
            let page = page::page(&text);
            intake.tally().page(page.has_article);
            (page.text, Some(page.parts), page.metadata)
        }
    };
    if text.trim().is_empty() {
        intake.tally().pass_over("without text");
        return Ok(damage);
    }
    let mut added = intake.add(&text, LineOrigin::Record, metadata(header, about_page));
    added.line(number);
    if let Some(parts) = parts {
        added.parts(parts);
    }
    Ok(damage)
}

/// What the archive says of a record comes before what a page says of itself, but for the date: a page knows when it was published, an
/// archive when it was fetched.
fn metadata(header: &Header, page: Metadata) -> Metadata {
    let field = |name| header.get(name).map(|value| bare(value).to_owned());
    let languages = field("warc-identified-content-language");
    let language = languages.as_deref().and_then(|list| list.split(',').next());
    Metadata {
        id: field("warc-record-id"),
        url: target(header).map(str::to_owned).or(page.url),
        date: page.date.or_else(|| field("warc-date")),
        language: language.map(|code| code.trim().to_owned()).or(page.language),
        ..page
    }
}

/// The address of a record.
fn target(header: &Header) -> Option<&str> {
    header.get("warc-target-uri").map(bare)
}

/// A value without the angle brackets around ids and, in old archives, addresses.
fn bare(value: &str) -> &str {
    value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(value)
}
