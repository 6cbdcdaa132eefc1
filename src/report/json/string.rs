//! Strings of JSON, safe to look at: the bytes of [`Safe`](super::safe::Safe), found by a look at each byte.

use crate::report::escape::must_go;

/// Appends a text as a JSON string.
pub(super) fn push_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = suspect(rest.as_bytes()) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.extend_from_slice(plain.as_bytes());
        let Some(c) = from.chars().next() else { break };
        push_suspect(c, out);
        rest = from.get(c.len_utf8()..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

/// The first byte of what may have to be escaped.
fn suspect(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    // Plain stretches are told many bytes at once.
    while let Some(stretch) = bytes.get(start..).and_then(<[u8]>::first_chunk::<STRETCH>)
        && stretch.iter().fold(true, |plain, &byte| plain & is_plain(byte))
    {
        start += STRETCH;
    }
    let rest = bytes.get(start..).unwrap_or_default();
    let found = rest.iter().position(|&byte| SUSPECT[usize::from(byte)]);
    found.map(|at| start + at)
}

const STRETCH: usize = 32;

/// Whether a byte is a character of ASCII that stands for itself.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Bytes that are escaped, or begin a character that may have to be.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        suspect[byte as usize] = !is_plain(byte);
        byte += 1;
    }
    let leads = [0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf0, 0xf3];
    let mut at = 0;
    while at < leads.len() {
        suspect[leads[at]] = true;
        at += 1;
    }
    suspect
};

/// Appends a character that may have to be escaped.
fn push_suspect(c: char, out: &mut Vec<u8>) {
    let short = match c {
        '"' => b'"',
        '\\' => b'\\',
        '\u{8}' => b'b',
        '\t' => b't',
        '\n' => b'n',
        '\u{c}' => b'f',
        '\r' => b'r',
        _ if must_go(c) => return push_units(c, out),
        _ => return out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Appends a character as `\u` escapes.
fn push_units(c: char, out: &mut Vec<u8>) {
    let digit = |number: u16| b"0123456789abcdef"[usize::from(number & 15)];
    for &unit in &*c.encode_utf16(&mut [0; 2]) {
        out.extend_from_slice(b"\\u");
        out.extend([12, 8, 4, 0].map(|shift| digit(unit >> shift)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::json::lay_out;

    fn by_serde(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        lay_out(&text, false, &mut out).unwrap();
        out
    }

    fn pushed(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        push_string(text, &mut out);
        out
    }

    #[test]
    fn every_character_is_written_as_by_serde() {
        for c in (0..0x0011_0000).filter_map(char::from_u32) {
            let text = c.encode_utf8(&mut [0; 4]).to_owned();
            let needs_escape = pushed(&text).contains(&b'\\');
            assert_eq!(needs_escape, must_go(c) || matches!(c, '"' | '\\'), "{c:?}");
            if needs_escape {
                assert_eq!(pushed(&text), by_serde(&text), "{c:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_string_is_written_as_by_serde(text in any::<String>(), plain in "[a-z ]{0,70}") {
            prop_assert_eq!(pushed(&text), by_serde(&text));
            let text = format!("{plain}{text}{plain}\u{7f}{plain}\u{202e}“{plain}");
            prop_assert_eq!(pushed(&text), by_serde(&text));
        }
    }
}
