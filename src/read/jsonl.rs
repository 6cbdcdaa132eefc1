//! The format `jsonl`: a JSON object a line.
//!
//! Only the fields that mean something are taken; the rest is passed over without being built. The first of a field's names
//! that a record has with a value wins; `null` is no value.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead};

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::config::Fields;
use crate::corpus::{LineOrigin, Metadata};
use crate::error::{Error, Result};

use super::intake::Intake;
use super::lines;
use super::reach;
use super::record::{Field, PerField};

/// Reads a document a line; blank lines are none.
pub(super) fn read(text: &mut dyn BufRead, intake: &mut Intake<'_>) -> Result<()> {
    if is_array(text).map_err(|cause| intake.failed(cause))? {
        let expected = "a JSON object a line, found a JSON array over several lines (--input-format json reads it)";
        return intake.bad_record(1, Error::record(expected));
    }
    let mut chosen = Chosen::default();
    lines::each(text, intake, |line, json, intake| {
        match record(json, line, &intake.config().fields) {
            Ok((text, metadata)) => {
                chosen.found();
                intake.add(&text, LineOrigin::Record, metadata).line(line);
                Ok(())
            }
            Err(error) => {
                chosen.note(json, &intake.config().fields);
                intake.bad_record(line, error)
            }
        }
    })?;
    chosen.check(intake)
}

/// Whether a file is one array, which begins on its first line and does not end there.
fn is_array(text: &mut dyn BufRead) -> io::Result<bool> {
    let head = text.fill_buf()?.trim_ascii_start();
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let is_whole_line = first.len() < head.len();
    let opens = first.starts_with(b"[") && is_whole_line;
    Ok(opens && serde_json::from_slice::<IgnoredAny>(first).is_err())
}

/// Whether a name of the text is in the file at all: the one that was chosen, or one of the usual ones.
#[derive(Default)]
pub(super) struct Chosen {
    is_found: bool,
    /// The names in the first record that lacks it.
    others: Option<Vec<String>>,
}

impl Chosen {
    /// A record that has a text.
    pub(super) fn found(&mut self) {
        self.is_found = true;
    }

    /// A record that was refused: perhaps it lacks the name.
    pub(super) fn note(&mut self, json: &str, fields: &Fields) {
        if self.is_found {
            return;
        }
        let Ok(object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(json) else { return };
        let reaches = reach::chosen(fields).is_some_and(|name| reach::is_there(json, name));
        self.is_found =
            reaches || object.keys().any(|name| Field::Text.rank(fields, name).is_some());
        self.others.get_or_insert_with(|| names(object));
    }

    /// A chosen name that no record has is an error of the file: it was mistyped, or another file was meant. Of the usual ones it is one
    /// of the input, where nothing else has a text: a folder holds records of many kinds.
    pub(super) fn check(self, intake: &mut Intake<'_>) -> Result<()> {
        let Some(others) = self.others.filter(|_| !self.is_found) else { return Ok(()) };
        let names = &intake.config().fields.text;
        let found = if others.is_empty() { "none".to_owned() } else { others.join(", ") };
        let name = Field::Text.name(&intake.config().fields);
        if names.len() != 1 {
            intake.lack_text(format!(
                "expected a field \"{name}\" (or {}) in some record, found {found} in the first; --text-field NAME says where the \
                 text is",
                names.iter().skip(1).map(String::as_str).collect::<Vec<_>>().join(", ")
            ));
            return Ok(());
        }
        let expected =
            format!("expected a field \"{name}\" in some record, found {found} in the first");
        Err(intake.failed(io::Error::new(io::ErrorKind::InvalidData, expected)))
    }
}

/// The names of a record's fields; of one that is an object also those in it, as they are reached.
fn names(record: BTreeMap<String, &RawValue>) -> Vec<String> {
    let inner = |(name, value): (String, &RawValue)| {
        let fields = serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get());
        match fields {
            Ok(fields) if !fields.is_empty() => {
                fields.into_keys().map(|field| format!("{name}.{field}")).collect()
            }
            _ => vec![name],
        }
    };
    record.into_iter().flat_map(inner).take(20).collect()
}

/// The text and the metadata of one object, which begins on this line.
pub(super) fn record(json: &str, line: u64, fields: &Fields) -> Result<(String, Metadata)> {
    // Said here and not by the parser, whose message would quote the whole line.
    match json.trim_start().as_bytes().first() {
        Some(b'{') => {}
        Some(b'[') => return Err(Error::record("a JSON object, found a JSON array")),
        _ => return Err(Error::record("a JSON object")),
    }
    let values = object(json, fields).map_err(|cause| broken(&cause, line))?;
    let found = values[Field::Text.index()];
    let text = match reach::chosen(fields).filter(|_| found.is_none()) {
        Some(name) => reach::text(json, name)?,
        None => text(found, fields)?,
    };
    let mut metadata = Metadata::default();
    for field in Field::ALL {
        if let Some((rank, value)) = values[field.index()] {
            let name = field.ranked(fields, rank);
            field.set(&mut metadata, scalar(value, name)?.unwrap_or_default());
        }
    }
    Ok((text, metadata))
}

/// The values of which the text is made, as they are written in a record, and where each begins there.
pub(super) fn values_of_text<'a>(json: &'a str, fields: &Fields) -> Option<Vec<(&'a str, usize)>> {
    let found = object(json, fields).ok()?[Field::Text.index()];
    let values: Vec<&RawValue> = match (found, reach::chosen(fields)) {
        (Some((_, value)), _) => vec![value],
        (None, Some(name)) => reach::values(json, name).map(|(_, value)| value).collect(),
        (None, None) => return None,
    };
    // Each value is a part of the record.
    let place = |value: &'a RawValue| {
        let value = value.get();
        let start = (value.as_ptr() as usize).checked_sub(json.as_ptr() as usize)?;
        (json.get(start..start + value.len()) == Some(value)).then_some((value, start))
    };
    values.into_iter().map(place).collect()
}

/// What is wrong with the syntax, and in which column; of an object over several lines in which line too.
fn broken(cause: &serde_json::Error, first: u64) -> Error {
    let message = cause.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    let column = cause.column();
    Error::record(match cause.line().saturating_sub(1) as u64 {
        0 => format!("a JSON object ({what}, column {column})"),
        behind => format!("a JSON object ({what}, line {}, column {column})", first + behind),
    })
}

/// A value and how far its name is behind the preferred one.
type Found<'a> = Option<(usize, &'a RawValue)>;

fn object<'a>(json: &'a str, fields: &Fields) -> serde_json::Result<PerField<Found<'a>>> {
    let mut parser = serde_json::Deserializer::from_str(json);
    let values = Object(fields).deserialize(&mut parser)?;
    parser.end()?;
    Ok(values)
}

/// The text under the name that was found.
fn text(value: Found<'_>, fields: &Fields) -> Result<String> {
    let Some((rank, value)) = value else {
        let name = Field::Text.name(fields);
        return Err(Error::record(format!("a string under \"{name}\"")));
    };
    string(value, Field::Text.ranked(fields, rank))
}

/// A string, or an array of strings, which become its lines.
pub(super) fn string(value: &RawValue, name: &str) -> Result<String> {
    let parsed = match value.get().as_bytes().first() {
        Some(b'[') => {
            serde_json::from_str::<Vec<String>>(value.get()).map(|parts| parts.join("\n"))
        }
        _ => serde_json::from_str::<String>(value.get()),
    };
    parsed.map_err(|cause| {
        if cause.is_data() {
            Error::record(format!("a string under \"{name}\""))
        } else {
            lone(name)
        }
    })
}

/// A string whose syntax is right and that is none: the escapes `\ud800` to `\udfff` are letters only in pairs.
fn lone(name: &str) -> Error {
    Error::record(format!(
        "Unicode under \"{name}\", found half of a surrogate pair (\\ud800 to \\udfff)"
    ))
}

/// A string, or a number as it is written; nothing else says something of a record.
fn scalar(value: &RawValue, name: &str) -> Result<Option<String>> {
    let json = value.get();
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str(json).map(Some).map_err(|_| lone(name)),
        Some(b'-' | b'0'..=b'9') => Ok(Some(json.to_owned())),
        _ => Ok(None),
    }
}

/// Whether a value can be one of a field: any but `null` for a text, a string or number that is not empty for the rest.
fn is_value(field: Field, json: &str) -> bool {
    match json.as_bytes().first() {
        Some(b'n') => false,
        _ if field == Field::Text => true,
        Some(b'"') => json != "\"\"",
        first => matches!(first, Some(b'-' | b'0'..=b'9')),
    }
}

/// Reads an object for the values of its fields.
struct Object<'n>(&'n Fields);

impl<'a> DeserializeSeed<'a> for Object<'_> {
    type Value = PerField<Found<'a>>;

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Object<'_> {
    type Value = PerField<Found<'a>>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values: PerField<Found<'a>> = [None; Field::ALL.len()];
        while let Some(ranks) = map.next_key_seed(Key(self.0))? {
            if ranks.iter().all(Option::is_none) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value::<&RawValue>()?;
            for (field, rank) in Field::ALL.into_iter().zip(ranks) {
                let best = &mut values[field.index()];
                if let Some(rank) = rank.filter(|_| is_value(field, value.get()))
                    && best.is_none_or(|(known, _)| rank <= known)
                {
                    *best = Some((rank, value));
                }
            }
        }
        Ok(values)
    }
}

/// Reads a key for its rank in each field.
struct Key<'n>(&'n Fields);

impl<'a> DeserializeSeed<'a> for Key<'_> {
    type Value = PerField<Option<usize>>;

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = PerField<Option<usize>>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Field::ALL.map(|field| field.rank(self.0, name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(json: &str) -> Result<(String, Metadata)> {
        record(json, 1, &Fields::default())
    }

    fn refused(json: &str) -> String {
        parsed(json).unwrap_err().to_string()
    }

    #[test]
    fn the_first_name_with_a_value_wins() {
        let (text, metadata) = parsed(
            r#"{"content": "second", "headline": "H", "text": "first", "source": null, "site": "s"}"#,
        )
        .unwrap();
        assert_eq!(text, "first");
        assert_eq!(metadata.title.as_deref(), Some("H"));
        assert_eq!(metadata.source.as_deref(), Some("s"));
        assert_eq!(parsed(r#"{"text": null, "body": "b"}"#).unwrap().0, "b");
    }

    #[test]
    fn an_array_of_strings_becomes_lines() {
        let (text, _) = parsed(r#"{"sentences": ["One.", "Two \u00e9."]}"#).unwrap();
        assert_eq!(text, "One.\nTwo é.");
    }

    #[test]
    fn a_number_is_kept_as_it_is_written() {
        let id = |json| parsed(json).unwrap().1.id;
        assert_eq!(
            id(r#"{"text": "", "id": 123456789012345678901234567890}"#).as_deref(),
            Some("123456789012345678901234567890")
        );
        assert_eq!(id(r#"{"text": "", "id": -1.50}"#).as_deref(), Some("-1.50"));
        assert_eq!(id(r#"{"text": "", "id": true, "uid": "u"}"#).as_deref(), Some("u"));
        assert_eq!(id(r#"{"text": "", "id": " "}"#), None);
    }

    #[test]
    fn other_fields_are_ignored_however_deep() {
        let json =
            r#"{"a": {"text": "no"}, "b": [1, {"c": []}], "text": "yes", "source": {"name": "n"}}"#;
        let (text, metadata) = parsed(json).unwrap();
        assert_eq!((text.as_str(), metadata.source), ("yes", None));
    }

    #[test]
    fn one_name_may_serve_two_fields_and_may_be_escaped() {
        let fields = Fields { text: vec!["title".into()], ..Fields::default() };
        let (text, metadata) = record(r#"{"t\u0069tle": "Both"}"#, 1, &fields).unwrap();
        assert_eq!((text.as_str(), metadata.title.as_deref()), ("Both", Some("Both")));
    }

    #[test]
    fn a_bad_record_says_what_was_expected() {
        assert_eq!(refused("[1]"), "expected a JSON object, found a JSON array");
        assert_eq!(refused("5"), "expected a JSON object");
        assert_eq!(refused("{}"), "expected a string under \"text\"");
        assert_eq!(refused(r#"{"content": 5}"#), "expected a string under \"content\"");
        assert_eq!(refused(r#"{"text": ["a", 5]}"#), "expected a string under \"text\"");
        for (json, name) in [
            (r#"{"text": "\ud800"}"#, "text"),
            (r#"{"text": ["a", "\udc00b"]}"#, "text"),
            (r#"{"text": "x", "title": "\udc00"}"#, "title"),
        ] {
            let expected = format!("expected Unicode under \"{name}\", found half of a surrogate");
            assert!(refused(json).starts_with(&expected), "{}", refused(json));
        }
        assert_eq!(
            refused(r#"{"text": "cut of"#),
            "expected a JSON object (EOF while parsing a string, column 16)"
        );
        assert!(refused(r#"{"text": "x"} {"text": "y"}"#).contains("trailing characters"));
        assert!(refused(&"{\"a\":".repeat(10_000)).contains("column"));
    }
}
