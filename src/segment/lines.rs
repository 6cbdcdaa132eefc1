//! Lines: whatever a text format or a scraper may have used to end one.

/// The non-blank lines of `text` from byte `body` on, trimmed, each with its first byte.
pub(super) fn lines(text: &str, body: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut next = body;
    std::iter::from_fn(move || {
        let start = next;
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        next += line_length(rest.as_bytes());
        let line = text.get(start..next).unwrap_or_default();
        let trimmed = line.trim_start();
        Some((next - trimmed.len(), trimmed.trim_end()))
    })
    .filter(|(_, line)| !line.is_empty())
}

/// The length of the first line with its end. `\r\n` counts twice, which only makes a blank line.
fn line_length(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let may_end = |byte: &u8| matches!(byte, b'\n'..=b'\r' | 0xC2 | 0xE2);
        let rest = text.get(at..).unwrap_or_default();
        let Some(found) = rest.iter().position(may_end) else { return text.len() };
        at += found;
        match rest.get(found..).unwrap_or_default() {
            [b'\n'..=b'\r', ..] => return at + 1,
            // U+0085, next line.
            [0xC2, 0x85, ..] => return at + 2,
            // U+2028 and U+2029, line and paragraph separator.
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => return at + 3,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_parts_lines_and_blank_lines_are_left_out() {
        let text = "head\none \r\n\r\n two\rthree\u{b}four\u{c}five\u{85}six\u{2028}seven\u{2029}";
        let found: Vec<_> = lines(text, 5).collect();
        let words: Vec<_> = found.iter().map(|(_, line)| *line).collect();
        assert_eq!(words, ["one", "two", "three", "four", "five", "six", "seven"]);
        assert!(found.iter().all(|(at, line)| text.get(*at..).unwrap().starts_with(line)));
    }
}
