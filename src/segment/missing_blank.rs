//! A sentence mark with no blank after it: two sentences that a scraper glued (`channel.The`), or one name (`Node.js`)?

/// Endings of file and domain names that are no words to begin a sentence with.
const NAME_ENDINGS: &[&str] = &[
    "avi", "com", "csv", "dll", "doc", "docx", "edu", "exe", "gif", "gov", "htm", "html", "io",
    "jar", "jpeg", "jpg", "js", "json", "jsx", "md", "mp", "mpeg", "net", "org", "pdf", "php",
    "png", "py", "rs", "ru", "svg", "ts", "tsx", "txt", "uk", "xls", "xlsx", "xml", "yaml", "yml",
    "zip",
];

/// Whether the sentence mark that ends at `at` parts two sentences although no blank follows.
///
/// A lower-case letter, a closing bracket or a year before it, a capitalised word of prose after it; in scripts without case,
/// words of two letters on both sides. Marks that are not ASCII always do.
pub(super) fn parts_sentences(line: &str, at: usize) -> bool {
    let (head, tail) = (line.get(..at).unwrap_or_default(), line.get(at..).unwrap_or_default());
    if !head.ends_with(['.', '!', '?']) {
        return true;
    }
    let before = head.trim_end_matches(['.', '!', '?']);
    let word = tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ends_prose(before) && begins_prose(word, tail) && !is_name(last_token(before), word)
}

fn last_token(head: &str) -> &str {
    head.rsplit(char::is_whitespace).next().unwrap_or_default()
}

fn ends_prose(before: &str) -> bool {
    let mut letters = before.chars().rev();
    let (last, previous) = (letters.next(), letters.next());
    last.is_some_and(|last| {
        last.is_lowercase()
            || ")]%»”’".contains(last)
            || (is_caseless(last) && previous.is_some_and(is_caseless))
            || before.get(before.len().saturating_sub(4)..).is_some_and(is_year)
    })
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// `Then`, `A` before a blank, `NATO` before a blank; not `X=1`, `IO(`.
fn begins_prose(word: &str, tail: &str) -> bool {
    let mut letters = word.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return false };
    if is_caseless(first) {
        return second.is_some_and(is_caseless);
    }
    let rest = tail.get(word.len()..).unwrap_or_default();
    let stands_alone = rest.is_empty() || rest.starts_with([' ', ',', '\'', '’', '\u{A0}']);
    first.is_uppercase() && (second.is_some_and(char::is_lowercase) || stands_alone)
}

/// Addresses, domains, file names and identifiers: `http://a.b/C.Html`, `java.util.List`, `foo_bar.Baz`, `left.ClassName`.
fn is_name(token: &str, word: &str) -> bool {
    let address = token.contains("://") || token.contains('@') || starts_with_www(token);
    let identifier = token.contains(['_', '\\', '=', '#']) || has_inner_dot(token);
    address || identifier || is_name_ending(word) || is_camel_case(word)
}

fn starts_with_www(token: &str) -> bool {
    token.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// A lower-case letter on both sides of a full stop.
fn has_inner_dot(token: &str) -> bool {
    token.as_bytes().windows(3).any(|bytes| {
        bytes[1] == b'.' && bytes[0].is_ascii_lowercase() && bytes[2].is_ascii_lowercase()
    })
}

fn is_name_ending(word: &str) -> bool {
    NAME_ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(word))
}

/// A capital inside, but for names in Mc and Mac, and acronyms.
fn is_camel_case(word: &str) -> bool {
    let inner = word.strip_prefix("Mac").or(word.strip_prefix("Mc"));
    let inner = inner.unwrap_or(word).trim_start_matches(char::is_uppercase);
    inner.contains(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_sentences_are_told_from_names() {
        let parted = [
            ("the channel.", "The end"),
            ("he left!", "She stayed"),
            ("at all?", "I think"),
            ("in 2014.", "The army"),
            ("(as ever).", "The army"),
            ("he left.", "McCain said"),
            ("the area.", "NATO said"),
            ("그는 말했다.", "그리고 갔다"),
            ("走了。", "他"),
        ];
        let names = [
            ("runs on Node.", "Js now"),
            ("by Booking.", "Com today"),
            ("see http://a.b/page.", "The end"),
            ("mail me@there.", "Com"),
            ("use java.util.", "List here"),
            ("call left.", "ClassName"),
            ("in foo_bar.", "Then"),
            ("version 2.", "Beta"),
            ("if x=1?", "Y=2"),
            ("x.html?", "X=1"),
            ("the U.S.", "Army"),
            ("د.", "أحمد"),
        ];
        for (head, tail) in parted {
            assert!(parts_sentences(&format!("{head}{tail}"), head.len()), "{head}{tail}");
        }
        for (head, tail) in names {
            assert!(!parts_sentences(&format!("{head}{tail}"), head.len()), "{head}{tail}");
        }
    }
}
