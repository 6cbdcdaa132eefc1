//! Brackets, where the engine is too trusting: it cuts nothing between an opening bracket and the next closing one.

/// An opening bracket without a closing one so many bytes further on was never closed.
const FAR: usize = 400;

/// The text with a blank for each opening bracket that was never closed; `None` if each was, or if it has none.
///
/// Otherwise a stray bracket would hold all sentences up to some closing bracket far below together.
pub(super) fn without_unclosed(text: &str) -> Option<String> {
    let unclosed = unclosed(text.as_bytes());
    if unclosed.is_empty() {
        return None;
    }
    let mut positions = unclosed.into_iter().rev().peekable();
    let signs = text.char_indices();
    Some(signs.map(|(at, c)| if positions.next_if_eq(&at).is_some() { ' ' } else { c }).collect())
}

/// Where brackets open that no bracket closes soon, last first.
fn unclosed(bytes: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut closing = usize::MAX;
    let mut rest = bytes;
    while let Some(at) = rest.iter().rposition(|byte| b"([{<)]}>".contains(byte)) {
        if b"([{<".contains(&bytes[at]) {
            if closing - at > FAR {
                found.push(at);
            }
        } else {
            closing = at;
        }
        rest = &bytes[..at];
    }
    found
}

/// Adds the ends of sentences that stand in brackets: the engine cuts nothing there either.
pub(super) fn add_bracketed_ends(text: &str, bounds: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    let found = bounds.len();
    for at in memchr::memchr_iter(b')', bytes) {
        let ends = at > 0 && matches!(bytes[at - 1], b'.' | b'!' | b'?');
        if ends && bytes.get(at + 1) == Some(&b' ') {
            bounds.push(at + 2);
        }
    }
    if bounds.len() > found {
        bounds.sort_unstable();
        bounds.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_that_nothing_closes_becomes_a_blank() {
        let far = format!("é (lost, (kept) {} [end]", "x".repeat(FAR));
        assert_eq!(without_unclosed(&far), None, "each finds a closing bracket near");
        let far = format!("é (lost {} [end]", "x".repeat(FAR));
        let cleared = without_unclosed(&far).unwrap();
        assert_eq!(cleared.len(), far.len());
        assert!(cleared.starts_with("é  lost") && cleared.ends_with("[end]"));
        assert_eq!(without_unclosed("all (is) well"), None);
    }

    #[test]
    fn a_sentence_in_brackets_ends_after_the_bracket() {
        let mut bounds = vec![3];
        add_bracketed_ends("(a. b.) c (d) e.", &mut bounds);
        assert_eq!(bounds, [3, 8]);
    }
}
