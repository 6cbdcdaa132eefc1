//! A chosen name of the text that reaches into a record: `article.body` is the field of a field, `title+body` are several
//! fields, each on lines of its own. A field that has such a name itself is taken first.
//!
//! Only the text may be named so, and only by somebody: the usual names are plain. Cost: the record is parsed again, a level
//! for each dot.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::config::Fields;
use crate::error::{Error, Result};

use super::jsonl;

/// The name that was chosen for the text, if it reaches into a record.
pub(super) fn chosen(fields: &Fields) -> Option<&str> {
    match fields.text.as_slice() {
        [name] if name.contains(['.', '+']) => Some(name),
        _ => None,
    }
}

/// The names that a name joins.
pub(super) fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split('+').filter(|part| !part.is_empty())
}

/// The texts under a name, one behind another on lines of their own; those that a record lacks are left out.
pub(super) fn text(json: &str, name: &str) -> Result<String> {
    let texts = values(json, name).map(|(part, value)| jsonl::string(value, part));
    let texts = texts.collect::<Result<Vec<String>>>()?;
    if texts.is_empty() {
        return Err(Error::record(format!("a string under \"{name}\"")));
    }
    Ok(texts.join("\n"))
}

/// The values under a name, in its order, each with its part of the name; those that a record lacks are left out.
pub(super) fn values<'a, 'n>(
    json: &'a str,
    name: &'n str,
) -> impl Iterator<Item = (&'n str, &'a RawValue)> {
    parts(name).filter_map(move |part| Some((part, value(json, part)?)))
}

/// Whether a record has something under a name.
pub(super) fn is_there(json: &str, name: &str) -> bool {
    values(json, name).next().is_some()
}

/// The value under a path; `null` is none. A field with a dot in its name is found as it is written.
fn value<'a>(json: &'a str, path: &str) -> Option<&'a RawValue> {
    let object: BTreeMap<String, &'a RawValue> = serde_json::from_str(json).ok()?;
    let inside = || {
        let (first, rest) = path.split_once('.')?;
        value(object.get(first)?.get(), rest)
    };
    let found = object.get(path).copied().or_else(inside);
    found.filter(|value| value.get() != "null")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        r#"{"title": "T", "article": {"body": ["One.", "Two."], "a.b": "dot"}, "n": null, "5": 5}"#;

    #[test]
    fn a_dot_is_a_field_of_a_field_and_a_plus_joins_lines() {
        for (name, expected) in [
            ("article.body", "One.\nTwo."),
            ("title+article.body", "T\nOne.\nTwo."),
            ("title+none+n", "T"),
            ("article.a.b", "dot"),
        ] {
            assert_eq!(text(RECORD, name).unwrap(), expected, "{name}");
            assert!(is_there(RECORD, name));
        }
    }

    #[test]
    fn what_is_not_there_or_no_string_is_named() {
        for (name, named) in [
            ("none.body", "none.body"),
            ("title.body", "title.body"),
            ("n+.", "n+."),
            ("title+5", "5"),
        ] {
            let error = text(RECORD, name).unwrap_err().to_string();
            assert_eq!(error, format!("expected a string under \"{named}\""), "{name}");
        }
    }

    #[test]
    fn usual_and_plain_names_reach_nowhere() {
        assert_eq!(chosen(&Fields::default()), None);
        let named = |name: &str| Fields { text: vec![name.to_owned()], ..Fields::default() };
        assert_eq!(chosen(&named("body")), None);
        assert_eq!(chosen(&named("a.b")), Some("a.b"));
    }
}
