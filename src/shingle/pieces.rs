//! Where a key changes between scripts with and without spaces, and n-grams of characters.

use crate::script::is_spaceless;

/// A stretch of text of one kind.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    /// Whether it is a run of a script without spaces.
    pub spaceless: bool,
}

/// The maximal stretches of one kind, in order. Blanks belong to the spaced kind, so spaced words stay together.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let spaceless = is_spaceless(rest.chars().next()?);
        let end = rest.find(|character| is_spaceless(character) != spaceless).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(Piece { text, spaceless })
    })
}

/// The overlapping n-grams of characters, in order; a shorter text is one gram, an empty one none.
pub(super) fn grams(text: &str, characters: usize) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().map(|(start, _)| start);
    let ends = starts.clone().skip(characters).chain([text.len()]);
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_its_script_changes_kind() {
        let cut: Vec<_> = pieces("the 東京 tower 3月").map(|piece| piece.text).collect();
        assert_eq!(cut, ["the ", "東京", " tower 3", "月"]);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn a_text_shorter_than_a_gram_is_one_gram() {
        assert_eq!(grams("été", 4).collect::<Vec<_>>(), ["été"]);
        assert_eq!(grams("étés", 4).collect::<Vec<_>>(), ["étés"]);
        assert_eq!(grams("l été", 4).collect::<Vec<_>>(), ["l ét", " été"]);
        assert_eq!(grams("", 4).count(), 0);
    }
}
