//! The records of an array of JSON or of a table once more, each as a line of JSON that has all its fields.
//!
//! They are found by the code that found them first, so that each [begins](crate::corpus::Document::record) where it did then.
//! What is no document (an element without text, a row with a field too many) is given too. Not given is what has no end that
//! could be trusted: it was counted and said when the file was read.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;

use serde_json::Value;

use super::again::FileText;
use super::json;
use super::rows::{Row, Rows};
use crate::config::{Format, InputConfig};

/// A record's first byte in the file's text, and its line of JSON, without a line end.
pub(crate) type Object = (u64, String);

/// The records of a file of this format, of at most so many bytes each as the settings say; `None` if it is of a format whose records have no more
/// than their text, or are lines already.
pub(crate) fn objects<'t>(
    text: &'t mut FileText<'_>,
    format: Format,
    config: &InputConfig,
) -> Option<Box<dyn Iterator<Item = io::Result<Object>> + 't>> {
    if format == Format::Json {
        return Some(Box::new(json::lines(text, config.max_record)));
    }
    let delimiter = config.delimiter_of(format)?;
    Some(Box::new(TableLines::new(text, delimiter, config)))
}

/// The rows of a table, as objects of its columns in their order.
struct TableLines<'a> {
    rows: Rows<'a>,
    /// The names of the columns, once the header was read.
    names: Option<Names>,
}

impl<'a> TableLines<'a> {
    fn new(text: &'a mut FileText<'_>, delimiter: u8, config: &InputConfig) -> Self {
        let rows = Rows::new(text, delimiter, config.max_record);
        Self { rows, names: (!config.has_header).then(Names::default) }
    }

    fn object(&self, names: &Names) -> String {
        let fields = (0..self.rows.field_count()).map(|index| {
            format!("{}:{}", quoted(&names.of(index)), quoted(self.rows.field(index)))
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
                    None => self.names = Some(Names::of_header(&self.rows)),
                    Some(names) => {
                        return Some(Ok((self.rows.bytes().start, self.object(names))));
                    }
                },
            }
        }
    }
}

/// The names of columns, each of which is called otherwise.
#[derive(Default)]
struct Names {
    /// Those of the header; empty where there is none.
    names: Vec<String>,
    taken: HashSet<String>,
}

impl Names {
    /// A column whose name is missing or was given before has its number; where a real column is called so, with a dash.
    fn of_header(header: &Rows<'_>) -> Self {
        let given: Vec<&str> =
            (0..header.field_count()).map(|at| header.field(at).trim()).collect();
        let mut taken: HashSet<String> = HashSet::new();
        let is_first: Vec<bool> =
            given.iter().map(|name| !name.is_empty() && taken.insert((*name).to_owned())).collect();
        let mut names = Vec::with_capacity(given.len());
        for (index, (name, is_first)) in given.into_iter().zip(is_first).enumerate() {
            let name = if is_first { name.to_owned() } else { numbered(name, index, &taken) };
            taken.insert(name.clone());
            names.push(name);
        }
        Self { names, taken }
    }

    /// The name of a column; one behind the header's has its number.
    fn of(&self, index: usize) -> Cow<'_, str> {
        match self.names.get(index) {
            Some(name) => Cow::Borrowed(name),
            None if self.names.is_empty() => Cow::Owned((index + 1).to_string()),
            None => Cow::Owned(numbered("", index, &self.taken)),
        }
    }
}

fn numbered(name: &str, index: usize, taken: &HashSet<String>) -> String {
    let name = if name.is_empty() { "column" } else { name };
    let mut numbered = format!("{name} {}", index + 1);
    while taken.contains(&numbered) {
        numbered.push('-');
    }
    numbered
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::with_text_of_bytes;

    fn lines(text: &str, format: Format) -> Vec<String> {
        lines_by(&InputConfig::default(), text, format)
    }

    fn lines_by(config: &InputConfig, text: &str, format: Format) -> Vec<String> {
        let taken = with_text_of_bytes(text.as_bytes(), "in", config, |text| {
            let found = objects(text, format, config).unwrap();
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
    fn a_number_that_stands_for_a_name_is_no_other_column() {
        let expected = [r#"{"column 2":"1","column 2-":"2","column 3":"3"}"#];
        assert_eq!(lines("column 2,,column 3\n1,2,3\n", Format::Csv), expected);
    }

    #[test]
    fn without_a_header_columns_have_numbers_and_any_character_may_part_them() {
        let config = InputConfig { delimiter: b';', has_header: false, ..InputConfig::default() };
        let expected = [r#"{"1":"7","2":"One, two."}"#, r#"{"1":"8","2":"Three."}"#];
        assert_eq!(lines_by(&config, "7;One, two.\n8;Three.\n", Format::Csv), expected);
    }

    #[test]
    fn an_element_is_a_line_and_keeps_its_bytes_but_for_line_breaks_and_what_they_indent() {
        let array = "[\n  {\n    \"a\": 1.50,\r\n    \"text\": \"O\\nne  two.\"\n  },\n  7, {\"b\":  null}\n]";
        let expected = [r#"{"a": 1.50,"text": "O\nne  two."}"#, "7", r#"{"b":  null}"#];
        assert_eq!(lines(array, Format::Json), expected);
    }
}
