//! Lines: whatever a text format or a scraper may have used to end one.

/// The non-blank lines of `text` from byte `body` on, trimmed, each with its first byte.
pub(super) fn lines(text: &str, body: usize) -> impl Iterator<Item = (usize, &str)> {
    let rest = text.get(body..).unwrap_or_default();
    let mut next = body;
    rest.split_inclusive(is_line_end).filter_map(move |line| {
        let start = next;
        next += line.len();
        let trimmed = line.trim_start();
        let start = start + line.len() - trimmed.len();
        Some((start, trimmed.trim_end())).filter(|(_, line)| !line.is_empty())
    })
}

/// `\r\n` counts twice, which only makes a blank line.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
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
