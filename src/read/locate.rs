//! Where the text of a document stands in its record: which bytes of a JSON line or of a table's row say which characters.
//!
//! What is cut out of a text is cut out of its record by this, so that all else of the record stays as it was, byte for byte.
//! Cost: 4 bytes for each byte of the text, one pass.

use std::ops::Range;

use super::jsonl;
use crate::config::{Fields, Format, InputConfig};

/// A text, and where each of its bytes begins in a record.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Located {
    /// The text.
    pub text: String,
    /// For each byte of it, and for its end, the byte of the record at which that begins.
    pub starts: Vec<u32>,
    /// The parts of it that stand in one value each, in order. What is between them, a line break, stands nowhere.
    pub values: Vec<Range<usize>>,
}

impl Located {
    /// Adds text that stands at this byte of the record; a character may take more room there.
    fn push(&mut self, text: &str, start: usize) {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        self.starts.extend((start..).take(text.len()));
        self.text.push_str(text);
    }

    /// Adds a character that is written in another way, at this byte of the record.
    fn push_written(&mut self, written: char, start: usize) {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        self.text.push(written);
        self.starts.resize(self.text.len(), start);
    }

    /// The text ends here, in the one value that it has.
    fn end(mut self, end: usize) -> Self {
        self.starts.push(u32::try_from(end).unwrap_or(u32::MAX));
        self.values.push(0..self.text.len());
        self
    }

    /// The bytes of the record that say this part of the text, value by value: what ends one value ends where it is closed.
    pub fn places(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let at = |byte: usize| self.starts.get(byte).map_or(0, |&start| start as usize);
        self.within(range).map(move |part| at(part.start)..at(part.end))
    }

    /// The parts of a part of the text that stand in one value each.
    pub fn within(&self, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let parts =
            self.values.iter().map(|value| value.start.max(range.start)..value.end.min(range.end));
        parts.filter(|part| !part.is_empty())
    }
}

/// Finds the text of a record; `column` is that of a table. `None` where the record has none, or another format than is known
/// here.
///
/// ```
/// use twicetold::config::{Format, InputConfig};
/// use twicetold::read::text_of_record;
/// let record = r#"{"id": 7, "text": "Caf\u00e9 \"A\""}"#;
/// let located = text_of_record(record, Format::Jsonl, &InputConfig::default(), None).unwrap();
/// assert_eq!(located.text, "Café \"A\"");
/// let of = |byte: usize| located.starts[byte] as usize;
/// assert_eq!(&record[of(3)..of(5)], r"\u00e9");
/// assert_eq!(&record[of(0)..of(9)], r#"Caf\u00e9 \"A\""#);
/// ```
pub fn text_of_record(
    record: &str,
    format: Format,
    config: &InputConfig,
    column: Option<usize>,
) -> Option<Located> {
    match format {
        Format::Text | Format::Article => Some(whole(record)),
        Format::Lines => Some(whole(record.trim_end_matches('\n').trim_end_matches('\r'))),
        Format::Jsonl | Format::Json => in_json(record, &config.fields),
        Format::Html | Format::Warc | Format::Parquet | Format::Arrow => None,
        Format::Csv | Format::Tsv => in_row(record, config.delimiter_of(format)?, column?),
    }
}

fn whole(record: &str) -> Located {
    let mut located = Located::default();
    located.push(record, 0);
    located.end(record.len())
}

/// The values of the text: the line break between two of them stands where the first is closed.
fn in_json(record: &str, fields: &Fields) -> Option<Located> {
    let mut located = Located::default();
    let mut end = None;
    for (value, start) in jsonl::values_of_text(record, fields)? {
        if let Some(end) = end {
            located.push_written('\n', end);
        }
        let begun = located.text.len();
        end = Some(in_value(value, start, &mut located)?);
        located.values.push(begun..located.text.len());
    }
    located.starts.push(u32::try_from(end?).unwrap_or(u32::MAX));
    Some(located)
}

/// A string, or an array of strings, which are lines: the line break between two stands for what is written from the end of
/// one to the beginning of the other. Gives where the last is closed.
fn in_value(value: &str, start: usize, located: &mut Located) -> Option<usize> {
    let (mut at, mut is_first, mut end) = (0, true, 0);
    while let Some(open) = value.get(at..)?.find('"') {
        if !is_first {
            located.push_written('\n', start + end);
        }
        end = in_string(value, at + open + 1, start, located)?;
        (at, is_first) = (end + 1, false);
    }
    Some(start + end)
}

/// Reads a JSON string from behind its opening quotation mark; gives where its closing one stands.
fn in_string(json: &str, mut at: usize, offset: usize, located: &mut Located) -> Option<usize> {
    loop {
        let rest = json.get(at..)?;
        let plain = rest.find(['"', '\\'])?;
        located.push(rest.get(..plain)?, offset + at);
        at += plain;
        if json.as_bytes().get(at) == Some(&b'"') {
            return Some(at);
        }
        let (written, length) = escape(json.get(at..)?)?;
        located.push_written(written, offset + at);
        at += length;
    }
}

/// The character that an escape at the beginning of this text writes, and the length of the escape.
fn escape(json: &str) -> Option<(char, usize)> {
    let written = match json.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return hexadecimal(json),
        &other => char::from(other),
    };
    Some((written, 2))
}

fn hexadecimal(json: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u32::from_str_radix(json.get(at..at + 4)?, 16).ok();
    let high = unit(2)?;
    if let Some(written) = char::from_u32(high) {
        return Some((written, 6));
    }
    let low = unit(8).filter(|_| json.get(6..8) == Some("\\u"))?;
    let code = 0x1_0000 + ((high.checked_sub(0xd800)? & 0x3ff) << 10) + (low & 0x3ff);
    char::from_u32(code).map(|written| (written, 12))
}

/// A field of a row, as RFC 4180 has it: inside quotation marks two of them are one.
fn in_row(record: &str, delimiter: u8, column: usize) -> Option<Located> {
    let bytes = record.as_bytes();
    let (mut at, mut field) = (0, 0);
    let mut located = Located::default();
    loop {
        let (mut is_quoted, mut is_at_start) = (false, true);
        let wanted = field == column;
        while let Some(&byte) = bytes.get(at) {
            let ends = byte == delimiter || byte == b'\n' || byte == b'\r';
            if !is_quoted && ends {
                break;
            }
            if byte == b'"' && (is_quoted || is_at_start) {
                if is_quoted && bytes.get(at + 1) == Some(&b'"') {
                    if wanted {
                        located.push_written('"', at);
                    }
                    at += 2;
                } else {
                    is_quoted = !is_quoted;
                    at += 1;
                    if wanted && !is_quoted && is_end(bytes.get(at), delimiter) {
                        return Some(located.end(at - 1));
                    }
                }
            } else {
                let run = bytes[at..].iter().skip(1);
                let run = 1 + run.take_while(|&&next| !is_special(next, delimiter)).count();
                if wanted {
                    located.push(record.get(at..at + run)?, at);
                }
                at += run;
            }
            is_at_start = false;
        }
        if wanted {
            return Some(located.end(at));
        }
        if bytes.get(at) != Some(&delimiter) {
            return None;
        }
        (at, field) = (at + 1, field + 1);
    }
}

fn is_special(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r')
}

fn is_end(byte: Option<&u8>, delimiter: u8) -> bool {
    byte.is_none_or(|&byte| byte == delimiter || matches!(byte, b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::InputConfig;
    use crate::ids::DocumentId;
    use crate::read::read_bytes;

    fn json(record: &str) -> Located {
        text_of_record(record, Format::Jsonl, &InputConfig::default(), None).unwrap()
    }

    #[test]
    fn an_array_of_strings_is_cut_at_its_commas() {
        let record = r#"{"text": ["One.", "Two.", "Three."]}"#;
        let located = json(record);
        assert_eq!(located.text, "One.\nTwo.\nThree.");
        // The second line with its break: what is left is an array of two.
        let (from, to) = (located.starts[5] as usize, located.starts[10] as usize);
        let mut left = record.to_owned();
        left.replace_range(from..to, "");
        assert_eq!(left, r#"{"text": ["One.", "Three."]}"#);
    }

    #[test]
    fn an_escape_is_one_character() {
        let located = json(r#"{"text": "a\ud83d\ude00\\\/\n\u0041"}"#);
        assert_eq!(located.text, "a😀\\/\nA");
        assert_eq!(located.starts.len(), located.text.len() + 1);
    }

    #[test]
    fn a_field_of_a_row_is_found_behind_quoted_ones() {
        let field = |record, column| in_row(record, b',', column).map(|located| located.text);
        let row = "\"a,\"\"b\n\",c d,,\"e\"\"\"\r\n";
        assert_eq!(field(row, 0).as_deref(), Some("a,\"b\n"));
        assert_eq!(field(row, 1).as_deref(), Some("c d"));
        assert_eq!(field(row, 2).as_deref(), Some(""));
        assert_eq!(field(row, 3).as_deref(), Some("e\""));
        assert_eq!(field(row, 4), None);
    }

    /// The text of the first document as the reader reads it, and as it is located.
    fn both(file: &str, format: Format) -> Option<(String, Option<Located>, String)> {
        let config = InputConfig { format: Some(format), ..InputConfig::default() };
        let corpus = read_bytes(file.as_bytes(), "x", &config).ok()?;
        let document = corpus.documents().first()?;
        let record = document.record();
        let bytes = usize::try_from(record.start).unwrap()..usize::try_from(record.end).unwrap();
        let record = file.get(bytes)?.to_owned();
        let column = corpus.file(document.file()?).text_column;
        let located = text_of_record(&record, format, &config, column);
        Some((corpus.text(DocumentId::new(0)).to_owned(), located, record))
    }

    proptest! {
        #[test]
        fn a_table_s_text_is_located_as_it_is_read(field in "[ab,\"\n é]{0,20}", other in "[ab,\"\né]{0,8}", is_first in any::<bool>()) {
            let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            let (header, row) = if is_first {
                ("text,id", format!("{},{}", quoted(&field), quoted(&other)))
            } else {
                ("id,text", format!("{},{}", quoted(&other), quoted(&field)))
            };
            let file = format!("{header}\r\n{row}\r\nz,z\r\n");
            let (text, located, record) = both(&file, Format::Csv).unwrap();
            let located = located.unwrap();
            prop_assert_eq!(&text, &field);
            prop_assert_eq!(&located.text, &text);
            prop_assert!(record.starts_with(&row));
        }

        #[test]
        fn a_bare_field_is_located_as_it_is_read_or_not_at_all(row in "[ab\"é ]{1,6},[ab\"é ]{0,6}") {
            let file = format!("text,id\n{row}\nz,z\n");
            if let Some((text, Some(located), _)) = both(&file, Format::Csv) {
                // Stray quotation marks may be read in another way; whoever cuts compares both texts first.
                prop_assert!(located.text == text || row.contains('"'));
            }
        }

        #[test]
        fn a_json_text_is_located_as_it_is_read(text in "\\PC{0,20}", ascii in any::<bool>()) {
            let value = serde_json::to_string(&text).unwrap();
            let value = if ascii {
                let escaped = |c: char| {
                    let mut units = [0; 2];
                    let units = c.encode_utf16(&mut units).iter();
                    let units: Vec<String> = units.map(|unit| format!("\\u{unit:04x}")).collect();
                    units.concat()
                };
                value.chars().map(|c| if c.is_ascii() { c.to_string() } else { escaped(c) }).collect()
            } else {
                value
            };
            let file = format!("{{\"n\": 1, \"text\": {value}, \"b\": [\"text\"]}}\n");
            let (read, located, record) = both(&file, Format::Jsonl).unwrap();
            let located = located.unwrap();
            prop_assert_eq!(&read, &text);
            prop_assert_eq!(&located.text, &text);
            let whole = located.starts[0] as usize..*located.starts.last().unwrap() as usize;
            prop_assert_eq!(record.get(whole).unwrap(), value.get(1..value.len() - 1).unwrap());
        }
    }
}
