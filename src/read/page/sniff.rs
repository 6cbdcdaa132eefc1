//! Whether bytes begin like a page.

/// Whether the first bytes are a page's: its document type or its first tag, behind nothing but blanks, comments and an XML
/// declaration.
pub(in crate::read) fn is_page(head: &[u8]) -> bool {
    // Of UTF-16 every other byte is zero.
    let bytes: Vec<u8> = head.iter().copied().filter(|&byte| byte != 0).collect();
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe"];
    let mut rest = bytes.as_slice();
    if let Some(mark) = marks.into_iter().find(|mark| rest.starts_with(mark)) {
        rest = rest.get(mark.len()..).unwrap_or_default();
    } else if bytes.len() < head.len() {
        return false;
    }
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b"?>",
            _ => break,
        };
        let Some(at) = memchr::memmem::find(rest, end) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or_default();
    }
    starts_with(rest, b"<!doctype html") || starts_with(rest, b"<html")
}

/// Whether bytes begin with a word, in any case, that ends there.
fn starts_with(bytes: &[u8], word: &[u8]) -> bool {
    let start = bytes.get(..word.len());
    let ends = bytes.get(word.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    ends && start.is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_by_its_first_tag() {
        let utf16: Vec<u8> =
            "\u{feff}<!DOCTYPE html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for head in [
            &b"<!doctype HTML>"[..],
            b"\xef\xbb\xbf\r\n <html lang=en>",
            b"<?xml version=\"1.0\"?>\n<!-- a --><!DOCTYPE html PUBLIC \"-//W3C//DTD\">",
            &utf16,
        ] {
            assert!(is_page(head), "{}", String::from_utf8_lossy(head));
        }
        for head in [
            &b""[..],
            b"<p>One",
            b"<htmlx>",
            b"<?xml version=\"1.0\"?><rss>",
            b"a <html>",
            b"<!-- x",
            b"<\0html>",
        ] {
            assert!(!is_page(head), "{}", String::from_utf8_lossy(head));
        }
    }
}
