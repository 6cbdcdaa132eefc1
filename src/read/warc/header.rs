//! Named fields, as WARC, HTTP and mail write them: `Name: value`, up to a blank line.
//!
//! Read leniently: lines end in CRLF or LF, a line that begins with a blank goes on with the one before, a line without a
//! colon says nothing, names count in any case, and of a field that comes twice the first one holds.

/// Fields by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Header(Vec<(String, String)>);

impl Header {
    /// The fields in some lines.
    pub(super) fn read(lines: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(lines).lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self(fields)
    }

    /// The value of a field that has one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.0.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let (_, value) = named.find(|(_, value)| !value.is_empty())?;
        Some(value)
    }

    /// The value of a field in small letters, without its parameters: `text/html` of `Text/HTML; charset=utf-8`.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        let value = self.get(name)?.split(';').next()?.trim();
        (!value.is_empty()).then(|| value.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_all_the_ways_they_are_written() {
        let header = Header::read(b"WARC-Type : response\r\nX: \nx: one\n  two\r\n\tthree\nno colon\nContent-Type:Text/HTML; charset=x\n");
        assert_eq!(header.get("warc-type"), Some("response"));
        assert_eq!(header.get("X"), Some("one two three"));
        assert_eq!(header.word("content-type").as_deref(), Some("text/html"));
        assert_eq!(header.get("no colon"), None);
    }
}
