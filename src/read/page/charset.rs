//! The encoding of a page: its byte order mark, else what HTTP says, else what the page says, else what the user says.
//!
//! The page says it in a `<meta charset>`, in a `<meta http-equiv>` with a content type, or in its XML declaration, within
//! its first four kilobytes. Who says UTF-16 there is wrong, or the bytes could not have been read: it is UTF-8 then, as in
//! browsers. Encodings are never guessed.

use encoding_rs::Encoding;

/// Bytes in which a page may declare its encoding.
const PRESCAN: usize = 4 << 10;

/// The encoding of a page without a byte order mark, if it is known; `http` is a `Content-Type`.
pub(super) fn declared(bytes: &[u8], http: Option<&str>) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes);
    http.and_then(in_content_type).or_else(|| in_page(&String::from_utf8_lossy(head)))
}

/// The encoding in `text/html; charset=…`.
pub(super) fn in_content_type(header: &str) -> Option<&'static Encoding> {
    let header = header.to_ascii_lowercase();
    let (_, behind) = header.split_once("charset")?;
    labelled(behind.trim_start().strip_prefix('=')?)
}

fn in_page(head: &str) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let xml = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let xml = xml.and_then(|(declaration, _)| declaration.split_once("encoding"));
    let xml = xml.and_then(|(_, rest)| labelled(rest.trim_start().strip_prefix('=')?));
    let metas = head.split("<meta").skip(1);
    let mut metas = metas.filter_map(|rest| rest.split('>').next()).filter_map(in_content_type);
    let encoding = metas.next().or(xml)?;
    Some(if encoding.is_ascii_compatible() { encoding } else { encoding_rs::UTF_8 })
}

/// The encoding that a value begins with, in quotation marks or not.
fn labelled(value: &str) -> Option<&'static Encoding> {
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>');
    let label = value.split(ends).next()?;
    Encoding::for_label_no_replacement(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(head: &str, http: Option<&str>) -> Option<&'static str> {
        declared(head.as_bytes(), http).map(Encoding::name)
    }

    #[test]
    fn http_comes_before_the_page_and_the_page_in_any_of_its_ways() {
        let page = "<html><META name=a><meta charset='ISO-8859-1'>";
        assert_eq!(name(page, Some("text/html; Charset=\"Shift_JIS\"; x")), Some("Shift_JIS"));
        assert_eq!(name(page, Some("text/html")), Some("windows-1252"));
        let http_equiv =
            "<meta http-equiv=content-type content=\"text/html; charset=koi8-r\"><p>charset=utf-8";
        assert_eq!(name(http_equiv, None), Some("KOI8-R"));
        let xml = "<?xml version='1.0' encoding='windows-1251'?><html>";
        assert_eq!(name(xml, None), Some("windows-1251"));
        assert_eq!(name("<meta charset=utf-16>", None), Some("UTF-8"));
        assert_eq!(name("<meta charset=nonsense>", None), None);
        assert_eq!(name("<p>charset=koi8-r", None), None);
    }
}
