//! What a sentence says that somebody said: the words between its quotation marks.
//!
//! Two sentences quote differently where both quote at least three words and a quotation of the one that quotes less does not stand in the other as it
//! is: a quotation that was cut short is not altered, nor is one of which words are left out with an ellipsis. A sentence of a longer quotation has no
//! marks of its own; then all of it is quoted.

/// A quotation of fewer words is a name or an irony.
const WORDS: usize = 3;
/// Marks that open, each with what closes it.
const MARKS: [(char, &[char]); 6] =
    [('“', &['”']), ('„', &['“', '”']), ('«', &['»']), ('»', &['«']), ('"', &['"']), ('‘', &['’'])];

/// The words between each pair of quotation marks, in small letters, without punctuation; an ellipsis parts a quotation in two.
pub(super) fn quoted(text: &str) -> Vec<Vec<String>> {
    let mut quotations = Vec::new();
    let mut rest = text;
    while let Some((inside, behind)) = next(rest) {
        quotations.extend(parts(inside));
        rest = behind;
    }
    quotations
}

/// The parts of a quotation around what is left out of it.
fn parts(inside: &str) -> impl Iterator<Item = Vec<String>> {
    let pieces = inside.split('…').flat_map(|piece| piece.split("..."));
    pieces.map(|piece| plain(piece).collect::<Vec<_>>()).filter(|words| !words.is_empty())
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
    if both_quotes && count(&of_a) < WORDS && count(&of_b) < WORDS {
        (of_a, of_b) = (parts(a).collect(), parts(b).collect());
    }
    if count(&of_a) < WORDS || count(&of_b) < WORDS {
        return false;
    }
    let (less, more) = if count(&of_a) <= count(&of_b) { (of_a, of_b) } else { (of_b, of_a) };
    let more = more.concat();
    !less.iter().all(|words| more.windows(words.len()).any(|run| run == words))
}

fn count(quotations: &[Vec<String>]) -> usize {
    quotations.iter().map(Vec::len).sum()
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
            ("\"We will not … this year,\" the mayor said.", false),
            ("\"We will raise taxes this year,\" the mayor said.", true),
            ("\"We will raise no taxes this year,\" the mayor said.", true),
            ("\"We will not raise rents this year,\" the mayor said.", true),
            ("The mayor said that taxes would not rise.", false),
        ] {
            assert_eq!(is_altered(said, other, false), altered, "{other}");
        }
    }

    #[test]
    fn an_apostrophe_opens_no_quotation() {
        assert!(quoted("The mayor's plan isn't the council's plan at all.").is_empty());
        assert_eq!(quoted("He said: 'It isn't mine.'"), [["it", "isnt", "mine"]]);
    }
}
