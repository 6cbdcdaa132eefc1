//! What a sentence says that somebody said: the words between its quotation marks.
//!
//! Two sentences quote differently where both quote at least three words and neither quotation is a part of the other: a quotation that
//! was cut short is not altered. A sentence of a longer quotation has no marks of its own; then all of it is quoted.

/// A quotation of fewer words is a name or an irony.
const WORDS: usize = 3;
/// Marks that open, each with what closes it.
const MARKS: [(char, &[char]); 6] =
    [('“', &['”']), ('„', &['“', '”']), ('«', &['»']), ('»', &['«']), ('"', &['"']), ('‘', &['’'])];

/// The words between quotation marks, in small letters, without punctuation.
pub(super) fn quoted(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some((inside, behind)) = next(rest) {
        words.extend(plain(inside));
        rest = behind;
    }
    words
}

/// The first quotation, and what stands behind it. A single mark inside a word is an apostrophe.
fn next(text: &str) -> Option<(&str, &str)> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let behind = text.get(at + c.len_utf8()..)?;
        let opens = !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        let closing = match c {
            '\'' if opens => &['\''][..],
            _ => match MARKS.iter().find(|(open, _)| *open == c) {
                Some((_, closing)) => closing,
                None => continue,
            },
        };
        if let Some(end) = closes(behind, closing) {
            let length = behind.get(end..)?.chars().next().map_or(0, char::len_utf8);
            return Some((behind.get(..end)?, behind.get(end + length..)?));
        }
        // Quoted to the end: the quotation goes on in the next sentence.
        if opens && behind.contains(' ') && c != '\'' {
            return Some((behind, ""));
        }
    }
    None
}

/// Where one of these marks closes: not inside a word.
fn closes(text: &str, closing: &[char]) -> Option<usize> {
    let marks = text.char_indices().filter(|(_, c)| closing.contains(c));
    let mut ends = marks.filter(|(at, c)| {
        let after = text.get(at + c.len_utf8()..).and_then(|text| text.chars().next());
        !after.is_some_and(char::is_alphanumeric)
    });
    ends.next().map(|(at, _)| at)
}

fn plain(text: &str) -> impl Iterator<Item = String> {
    let words = text.split_whitespace().map(|word| {
        let kept = word.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect::<String>()
    });
    words.filter(|word| !word.is_empty())
}

/// Whether two sentences of a cluster quote other words; `both_quotes` says that both are (parts of) quotations as a whole.
pub(super) fn is_altered(a: &str, b: &str, both_quotes: bool) -> bool {
    let (mut of_a, mut of_b) = (quoted(a), quoted(b));
    if both_quotes && of_a.len() < WORDS && of_b.len() < WORDS {
        (of_a, of_b) = (plain(a).collect(), plain(b).collect());
    }
    if of_a.len() < WORDS || of_b.len() < WORDS {
        return false;
    }
    let (short, long) = if of_a.len() <= of_b.len() { (of_a, of_b) } else { (of_b, of_a) };
    !is_part(&short, &long)
}

/// Whether the words stand in the others, in order; words between them may be left out (…).
fn is_part(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    let kept = short.iter().all(|word| rest.any(|other| other == word));
    kept && short.len() * 2 >= long.len() || long.windows(short.len()).any(|run| run == short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_of_other_words_is_altered() {
        let said = "\"We will not raise taxes this year,\" the mayor said.";
        for (other, altered) in [
            ("The mayor said: “We will not raise taxes this year.”", false),
            ("'We will not raise taxes this year,' she said on Monday.", false),
            ("\"We will not raise taxes,\" the mayor said.", false),
            ("\"We will raise no taxes this year,\" the mayor said.", true),
            ("\"We will not raise rents this year,\" the mayor said.", true),
            ("The mayor said that taxes would not rise.", false),
        ] {
            assert_eq!(is_altered(said, other, false), altered, "{other}");
        }
    }

    #[test]
    fn an_apostrophe_opens_no_quotation() {
        assert_eq!(quoted("The mayor's plan isn't the council's plan at all."), [""; 0]);
        assert_eq!(quoted("He said: 'It isn't mine.'"), ["it", "isnt", "mine"]);
    }
}
