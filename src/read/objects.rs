//! The records of an array of JSON or of a table once more, each as a line of JSON that has all its fields.
//!
//! They are found by the code that found them first, so that each [begins](crate::corpus::Document::record) where it did then.
//! What is no document (an element without text, a row with a field too many) is given too. Not given is what has no end that
//! could be trusted: it was counted and said when the file was read.

use std::io;

use serde_json::Value;

use super::again::FileText;
use super::json;
use super::rows::{Row, Rows};
use crate::config::Format;

/// A record's first byte in the file's text, and its line of JSON, without a line end.
pub(crate) type Object = (u64, String);

/// The records of a file of this format, of at most `limit` bytes each; `None` if it is of a format whose records have no more
/// than their text, or are lines already.
pub(crate) fn objects<'t>(
    text: &'t mut FileText<'_>,
    format: Format,
    limit: usize,
) -> Option<Box<dyn Iterator<Item = io::Result<Object>> + 't>> {
    match format {
        Format::Json => Some(Box::new(json::lines(text, limit))),
        Format::Csv => Some(Box::new(TableLines::new(text, b',', limit))),
        Format::Tsv => Some(Box::new(TableLines::new(text, b'\t', limit))),
        _ => None,
    }
}

/// The rows of a table, as objects of its columns in their order.
struct TableLines<'a> {
    rows: Rows<'a>,
    /// The names of the columns, once the header was read.
    names: Option<Vec<String>>,
}

impl<'a> TableLines<'a> {
    fn new(text: &'a mut FileText<'_>, delimiter: u8, limit: usize) -> Self {
        Self { rows: Rows::new(text, delimiter, limit), names: None }
    }

    fn object(&self, names: &[String]) -> String {
        let fields = (0..self.rows.field_count()).map(|index| {
            let name = names.get(index).cloned().unwrap_or_else(|| numbered("", index));
            format!("{}:{}", quoted(&name), quoted(self.rows.field(index)))
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }
}

impl Iterator for TableLines<'_> {
    type Item = io::Result<Object>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.rows.next() {
                Err(cause) => return Some(Err(cause)),
                Ok(Row::End) => return None,
                Ok(Row::TooLong) => {}
                Ok(Row::Read | Row::Open) => match &self.names {
                    None => self.names = Some(names(&self.rows)),
                    Some(names) => {
                        return Some(Ok((self.rows.bytes().start, self.object(names))));
                    }
                },
            }
        }
    }
}

/// The names of the columns; one that is missing or was given before has its number.
fn names(header: &Rows<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.field_count());
    for index in 0..header.field_count() {
        let name = header.field(index).trim();
        let is_new = !name.is_empty() && !names.iter().any(|known| known == name);
        names.push(if is_new { name.to_owned() } else { numbered(name, index) });
    }
    names
}

fn numbered(name: &str, index: usize) -> String {
    let name = if name.is_empty() { "column" } else { name };
    format!("{name} {}", index + 1)
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::InputConfig;
    use crate::read::with_text_of_bytes;

    fn lines(text: &str, format: Format) -> Vec<String> {
        let config = InputConfig::default();
        let taken = with_text_of_bytes(text.as_bytes(), "in", &config, |text| {
            let found = objects(text, format, 1 << 20).unwrap();
            Ok(found.map(|object| object.unwrap().1).collect())
        });
        taken.unwrap()
    }

    #[test]
    fn a_row_is_an_object_of_all_its_columns_whatever_they_are_called() {
        let table =
            "id,text, id ,\n7,\"One, \"\"two\"\".\r\nThree.\",x,y\n8,Four.\n9,Five.,a,b,c\n";
        let expected = [
            r#"{"id":"7","text":"One, \"two\".\r\nThree.","id 3":"x","column 4":"y"}"#,
            r#"{"id":"8","text":"Four."}"#,
            r#"{"id":"9","text":"Five.","id 3":"a","column 4":"b","column 5":"c"}"#,
        ];
        assert_eq!(lines(table, Format::Csv), expected);
        assert_eq!(lines("text\tn\nOne.\t1\n", Format::Tsv), [r#"{"text":"One.","n":"1"}"#]);
    }

    #[test]
    fn an_element_is_a_line_and_keeps_its_bytes_but_for_line_breaks_and_what_they_indent() {
        let array = "[\n  {\n    \"a\": 1.50,\r\n    \"text\": \"O\\nne  two.\"\n  },\n  7, {\"b\":  null}\n]";
        let expected = [r#"{"a": 1.50,"text": "O\nne  two."}"#, "7", r#"{"b":  null}"#];
        assert_eq!(lines(array, Format::Json), expected);
    }
}
