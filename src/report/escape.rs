//! Text from outside, made safe to print: what could move the cursor, turn the line around or hide is written out.
//!
//! A scraped page may hold terminal commands, marks that reverse the direction of writing, and characters of no width. On
//! a terminal they could rewrite what was printed before, or show a sentence that is not there. They are shown as `\x1b`
//! or `\u{202e}` instead. Tabs and line breaks become one blank. The joiners that Arabic and Indic scripts and emoji are
//! spelled with stay as they are where they join such letters.
//!
//! Cost: one pass; text that needs no change is not copied. HTML has its own escaping.

use std::{borrow::Cow, fmt::Write as _};

/// The text as it may be printed on a terminal. Escaping twice changes nothing more.
///
/// ```
/// use twicetold::report::escape_for_terminal;
/// assert_eq!(escape_for_terminal("plain text"), "plain text");
/// assert_eq!(escape_for_terminal("a\u{1b}[2Jb\u{202e}c"), r"a\x1b[2Jb\u{202e}c");
/// assert_eq!(escape_for_terminal("two\r\n\tlines"), "two lines");
/// ```
pub fn escape_for_terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| must_go(c) || is_joiner(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_blank(c) {
            let mut only_spaces = c == ' ';
            let mut count = 1;
            while let Some(blank) = rest.next_if(|&next| is_blank(next)) {
                only_spaces &= blank == ' ';
                count += 1;
            }
            shown.extend(std::iter::repeat_n(' ', if only_spaces { count } else { 1 }));
        } else if must_go(c) || (is_joiner(c) && !joins(before, c, rest.peek().copied())) {
            write_out(c, &mut shown);
        } else {
            shown.push(c);
        }
        before = Some(c);
    }
    Cow::Owned(shown)
}

/// The blank of a line, and what is shown as one: tab, line feed, vertical tab, form feed, carriage return.
const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

/// Control characters, and characters that are not seen but change what is.
pub(super) const fn must_go(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'         // controls, C0 and C1
        | '\u{ad}' | '\u{34f}' | '\u{61c}'            // soft hyphen, grapheme joiner, Arabic letter mark
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}'        // inherent vowels, Mongolian vowel separator
        | '\u{200b}' | '\u{200e}' | '\u{200f}'        // zero-width space, directional marks
        | '\u{2028}'..='\u{202e}'                     // line and paragraph separators, embeddings, overrides
        | '\u{2060}'..='\u{206f}'                     // word joiner, invisible operators, isolates
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'        // byte order mark, interlinear annotation
        | '\u{1d173}'..='\u{1d17a}'                   // musical formatting
        | '\u{e0000}'..='\u{e0fff}'                   // tags and supplementary variation selectors
    )
}

/// Zero-width non-joiner and joiner.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner stands where spelling needs it: between letters of a joining script, or (U+200D) between emoji.
fn joins(before: Option<char>, joiner: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let emoji = |c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    let sign = |c| matches!(c, '\u{2640}' | '\u{2642}' | '\u{2190}'..='\u{21ff}');
    let script = |c| {
        matches!(c, '\u{600}'..='\u{61b}' | '\u{61d}'..='\u{8ff}' | '\u{900}'..='\u{109f}'
            | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17ff}' | '\u{1800}'..='\u{180d}'
            | '\u{1820}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
    };
    (script(before) && script(after))
        || (joiner == '\u{200d}' && emoji(before) && (emoji(after) || sign(after)))
}

fn write_out(c: char, shown: &mut String) {
    let number = u32::from(c);
    let written = if number < 0x100 {
        write!(shown, "\\x{number:02x}")
    } else {
        write!(shown, "\\u{{{number:x}}}")
    };
    debug_assert!(written.is_ok(), "a string takes everything");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_moves_hides_or_turns_is_written_out() {
        for (raw, shown) in [
            ("\u{9b}31m", r"\x9b31m"),
            ("\u{7f}", r"\x7f"),
            ("a\u{200b}b", r"a\u{200b}b"),
            ("pay\u{ad}pal", r"pay\xadpal"),
            ("\u{2067}x\u{2069}", r"\u{2067}x\u{2069}"),
            ("one\u{2028}two", r"one\u{2028}two"),
            ("\u{e0041}", r"\u{e0041}"),
            ("\u{feff}start", r"\u{feff}start"),
            ("rub\u{8}out", r"rub\x08out"),
        ] {
            assert_eq!(escape_for_terminal(raw), shown);
        }
    }

    #[test]
    fn blanks_stay_and_line_breaks_among_them_make_one() {
        assert_eq!(escape_for_terminal("a  b"), "a  b");
        assert_eq!(escape_for_terminal("a \r\n\t b\nc"), "a b c");
    }

    #[test]
    fn joiners_stay_only_where_spelling_needs_them() {
        let persian = "می\u{200c}خواهم";
        assert_eq!(escape_for_terminal(persian), persian);
        let family = "👩\u{200d}👧";
        assert_eq!(escape_for_terminal(family), family);
        assert_eq!(escape_for_terminal("pass\u{200d}word"), r"pass\u{200d}word");
        assert_eq!(escape_for_terminal("\u{200c}می"), r"\u{200c}می");
    }

    #[test]
    fn other_scripts_and_accents_are_left_alone() {
        for text in ["Ünïcödé — “quoted”", "三つの教訓。", "ไทย", "שלום", "👍🏽 ❤\u{fe0f}"]
        {
            assert!(matches!(escape_for_terminal(text), Cow::Borrowed(_)));
        }
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_left_and_escaping_twice_changes_nothing(text in any::<String>()) {
            let shown = escape_for_terminal(&text);
            prop_assert!(!shown.chars().any(must_go));
            prop_assert_eq!(escape_for_terminal(&shown), shown.clone());
        }

        #[test]
        fn the_blocks_of_formatting_characters_do_not_pass(
            text in "[\u{0}-\u{20}\u{7f}-\u{ad}\u{200b}-\u{206f}a-b]{0,20}"
        ) {
            prop_assert!(!escape_for_terminal(&text).chars().any(must_go));
        }
    }
}
