//! HTML entities, which scraping leaves behind, often escaped twice.
//!
//! Only a whole reference, from `&` to `;`, is decoded: "AT&T" and "fish & chips;" stay. The references `&#128;` to `&#159;` mean what they meant in
//! windows-1252, as in browsers.

use encoding_rs::WINDOWS_1252;

use super::buffer::Buffer;

/// The longest reference: `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 33;

/// How often a text may have been escaped.
pub(super) const ROUNDS: usize = 3;

/// Decodes each entity once.
pub(super) fn decode(source: &Buffer, out: &mut Buffer) {
    let mut at = 0;
    while let Some(rest) = source.text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.copy(source, at..at + plain);
        at += plain;
        let Some(rest) = rest.get(plain..).filter(|rest| !rest.is_empty()) else { break };
        let length = if let Some((decoded, length)) = reference(rest) {
            out.push_str(&decoded, &source.raw(at..at + length));
            length
        } else {
            out.push('&', &source.raw(at..at + 1));
            1
        };
        at += length;
    }
}

/// The reference that this text begins with: what it stands for, and its length.
fn reference(text: &str) -> Option<(String, usize)> {
    let window = text.as_bytes().get(..LONGEST).unwrap_or(text.as_bytes());
    let length = memchr::memchr(b';', window)? + 1;
    let written = text.get(..length)?;
    let decoded = html_escape::decode_html_entities(written);
    (decoded != written).then(|| (repaired(&decoded), length))
}

/// A C1 control is a windows-1252 character that somebody numbered by its byte.
fn repaired(decoded: &str) -> String {
    let mut characters = decoded.chars();
    match (characters.next(), characters.next()) {
        (Some(c @ '\u{80}'..='\u{9f}'), None) => {
            let byte = u8::try_from(u32::from(c)).unwrap_or(b' ');
            WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned()
        }
        _ => decoded.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(raw: &str) -> (String, Vec<std::ops::Range<usize>>) {
        let (mut source, mut out) = (Buffer::default(), Buffer::default());
        source.load(raw, true);
        out.clear(true);
        decode(&source, &mut out);
        let origins = (0..out.text.len()).map(|at| out.raw(at..at + 1)).collect();
        (out.text, origins)
    }

    #[test]
    fn an_entity_is_one_character_that_remembers_all_its_bytes() {
        assert_eq!(decoded("a&lt;b"), ("a<b".to_owned(), vec![0..1, 1..5, 5..6]));
    }

    #[test]
    fn what_only_looks_like_an_entity_stays() {
        for text in ["AT&T", "fish & chips; salad", "&;", "&", "&&amp", "a&é;"] {
            assert_eq!(decoded(text).0, text);
        }
    }

    #[test]
    fn references_to_windows_1252_bytes_are_read_as_browsers_do() {
        assert_eq!(decoded("don&#146;t &#150; &#x93;no&#x94;").0, "don’t – “no”");
    }
}
