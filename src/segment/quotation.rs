//! Quotations: where they begin and end in a line, and a copy of the line without their marks.
//!
//! One pass with a stack of open marks. Straight marks are told apart by the blanks around them; a mark that finds no partner
//! is a stray and changes nothing but its own place. Cost: O(line), as a family of marks is on the stack at most once.

use std::ops::Range;

use super::quotation_mark::{Family, Lean, is_inside_word, is_unspaced, next_mark};
use super::script::is_letter;

/// What a quotation mark does in its line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// Begins a quotation.
    Opens,
    /// Ends one.
    Closes,
    /// Has no partner.
    Stray,
}

/// A quotation mark at its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) at: usize,
    pub(super) sign: char,
    pub(super) role: Role,
}

impl Mark {
    pub(super) const fn end(self) -> usize {
        self.at + self.sign.len_utf8()
    }
}

#[derive(Clone, Copy, Debug)]
struct Opened {
    family: Family,
    sign: char,
    at: usize,
}

/// A mark with its surroundings, while its role is being found.
#[derive(Clone, Copy)]
struct Seen {
    family: Family,
    lean: Lean,
    sign: char,
    at: usize,
    before: Option<char>,
    after: Option<char>,
}

impl Seen {
    /// A blank, a bracket or nothing before, and something after: the place of an opening mark.
    fn at_word_start(&self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || "([{—–".contains(c)) && !self.blank_after()
    }

    /// As above, but any sign before will do, as in `He said:"No."`
    fn may_open(&self) -> bool {
        self.before.is_none_or(|c| !c.is_alphanumeric() || is_unspaced(c)) && !self.blank_after()
    }

    fn blank_before(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    fn blank_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }
}

/// The quotations of one window of a line. Kept between windows for its buffers.
#[derive(Debug, Default)]
pub(super) struct Quotations {
    marks: Vec<Mark>,
    open: Vec<Opened>,
    closed: Vec<Range<usize>>,
    unclosed: Option<Range<usize>>,
}

impl Quotations {
    /// Finds the marks and quotations of `window`.
    pub(super) fn read(&mut self, window: &str) {
        self.clear();
        let mut from = 0;
        while let Some((at, sign, (family, lean))) = next_mark(window, from) {
            from = at + sign.len_utf8();
            let (before, after) = neighbours(window, at..from);
            if !is_inside_word(family, before, after) {
                let role = self.role(window, Seen { family, lean, sign, at, before, after });
                self.marks.push(Mark { at, sign, role });
            }
        }
        self.finish(window);
    }

    fn clear(&mut self) {
        self.marks.clear();
        self.open.clear();
        self.closed.clear();
        self.unclosed = None;
    }

    fn role(&mut self, window: &str, seen: Seen) -> Role {
        let open = self.open.iter().rposition(|opened| opened.family == seen.family);
        let mirrored = open.is_some_and(|open| "„‚»›‟".contains(self.open[open].sign));
        let closes = open.is_some()
            && match seen.lean {
                Lean::Opens => false,
                Lean::Closes | Lean::Right => true,
                Lean::Left => mirrored || (!seen.blank_before() && seen.blank_after()),
                Lean::None => !seen.at_word_start() && !is_possessive(window, seen),
            };
        let opens = match seen.lean {
            Lean::Opens => true,
            Lean::Closes => false,
            Lean::Left => open.is_none() || !closes,
            Lean::Right => seen.at_word_start(),
            Lean::None if open.is_some() => seen.at_word_start(),
            Lean::None => seen.may_open(),
        };
        match open {
            Some(open) if closes => self.close(open, seen),
            _ if opens => self.begin(open, seen),
            _ => Role::Stray,
        }
    }

    fn close(&mut self, open: usize, seen: Seen) -> Role {
        self.closed.push(self.open[open].at..seen.at + seen.sign.len_utf8());
        self.open.truncate(open);
        Role::Closes
    }

    /// A second opening mark of a family means that the first was never closed.
    fn begin(&mut self, open: Option<usize>, seen: Seen) -> Role {
        self.open.truncate(open.unwrap_or(self.open.len()));
        self.open.push(Opened { family: seen.family, sign: seen.sign, at: seen.at });
        Role::Opens
    }

    /// A quotation that runs on in the next paragraph is not closed: it counts from an opening mark before a capital on.
    fn finish(&mut self, window: &str) {
        let opened = self.open.iter().find(|opened| {
            let inside = window.get(opened.at + opened.sign.len_utf8()..).unwrap_or_default();
            inside.chars().next().is_some_and(char::is_uppercase)
        });
        self.unclosed = opened.map(|opened| opened.at..window.len());
        self.closed.sort_unstable_by_key(|quotation| quotation.start);
        self.closed.dedup_by(|inner, outer| inner.end <= outer.end);
    }

    /// Whether the window has no quotation mark.
    pub(super) const fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The marks within a range, in order.
    pub(super) fn marks_in(&self, range: Range<usize>) -> &[Mark] {
        let from = self.marks.partition_point(|mark| mark.at < range.start);
        let to = self.marks.partition_point(|mark| mark.at < range.end);
        self.marks.get(from..to).unwrap_or_default()
    }

    /// Whether a cut here would part a quotation that is closed.
    pub(super) fn parts_quotation(&self, cut: usize) -> bool {
        let next = self.closed.partition_point(|quotation| quotation.start < cut);
        next.checked_sub(1).is_some_and(|index| cut < self.closed[index].end)
    }

    /// Whether more than half of a piece's letters stand between quotation marks.
    pub(super) fn hold_most_of(&self, window: &str, piece: Range<usize>) -> bool {
        let letters = |range: Range<usize>| {
            let text = window.get(range).unwrap_or_default();
            text.chars().filter(|&c| is_letter(c)).count()
        };
        let from = self.closed.partition_point(|quotation| quotation.end <= piece.start);
        let to = self.closed.partition_point(|quotation| quotation.start < piece.end);
        let closed = self.closed.get(from..to).unwrap_or_default();
        let open = self.unclosed.as_ref().map_or(piece.end, |open| open.start);
        let open = open.clamp(piece.start, piece.end);
        let clipped = |q: &Range<usize>| q.start.max(piece.start)..q.end.min(open);
        let closed = closed.iter().map(clipped).filter(|range| !range.is_empty());
        let quoted = closed.map(letters).sum::<usize>() + letters(open..piece.end);
        quoted > 0 && quoted * 2 > letters(piece)
    }

    /// Puts into `copy` the window with a blank of the same length for each mark.
    pub(super) fn blank(&self, window: &str, copy: &mut String) {
        copy.clear();
        let mut from = 0;
        for mark in &self.marks {
            copy.push_str(window.get(from..mark.at).unwrap_or_default());
            copy.push_str(blank_of(mark.sign));
            from = mark.end();
        }
        copy.push_str(window.get(from..).unwrap_or_default());
    }
}

/// The characters before and behind a range.
fn neighbours(text: &str, range: Range<usize>) -> (Option<char>, Option<char>) {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    (before, text.get(range.end..).and_then(|text| text.chars().next()))
}

const fn blank_of(sign: char) -> &'static str {
    match sign.len_utf8() {
        1 => " ",
        2 => "\u{A0}",
        _ => "\u{3000}",
    }
}

/// Whether a straight single mark after an *s* belongs to the word, as in `the players' union`: it does if the next mark of
/// its kind could still close the quotation.
fn is_possessive(window: &str, seen: Seen) -> bool {
    if seen.family != Family::Single || !matches!(seen.before, Some('s' | 'S')) {
        return false;
    }
    let rest = window.get(seen.at + seen.sign.len_utf8()..).unwrap_or_default();
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    goes_on && next_single_mark_closes(rest)
}

fn next_single_mark_closes(rest: &str) -> bool {
    let mut from = 0;
    while let Some((at, sign, (family, _))) = next_mark(rest, from) {
        from = at + sign.len_utf8();
        let (before, after) = neighbours(rest, at..from);
        if family == Family::Single && !is_inside_word(Family::Single, before, after) {
            return !before.is_none_or(char::is_whitespace);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(line: &str) -> Vec<&str> {
        let mut quotations = Quotations::default();
        quotations.read(line);
        quotations.closed.iter().map(|range| line.get(range.clone()).unwrap()).collect()
    }

    #[test]
    fn quotations_are_found_in_the_marks_of_many_languages() {
        let cases: [(&str, &[&str]); 14] = [
            ("He said 'it isn't so,' and 'no'.", &["'it isn't so,'", "'no'"]),
            ("'The players' union is for it,' he said.", &["'The players' union is for it,'"]),
            (r#"She said:"No."Then "Yes"."#, &[r#""No.""#, r#""Yes""#]),
            (r#"The 5'10" man said "no"."#, &[r#""no""#]),
            ("“One,” and “two”", &["“One,”", "“two”"]),
            ("„Eins“, sagt er, und »zwei«.", &["„Eins“", "»zwei«"]),
            ("« Un », dit-il, et «deux».", &["« Un »", "«deux»"]),
            ("”Ett”, sade han, ”och två.”", &["”Ett”", "”och två.”"]),
            ("他说：“我们去。”她走了。", &["“我们去。”"]),
            ("彼は「行く。『はい』と」と言った。", &["「行く。『はい』と」"]),
            ("\"He said 'no' twice\"", &["\"He said 'no' twice\""]),
            ("He said \"no. Then he left. \"Yes,\" he said.", &["\"Yes,\""]),
            ("צה\"ל אמר \"לא\".", &["\"לא\""]),
            ("The '90s ended", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(closed(line), expected, "{line}");
        }
    }

    #[test]
    fn a_blanked_copy_keeps_every_offset_and_the_apostrophes() {
        let line = "'It's “so” «là» 「はい」,' she said";
        let mut quotations = Quotations::default();
        quotations.read(line);
        let mut copy = String::new();
        quotations.blank(line, &mut copy);
        assert_eq!(copy.len(), line.len());
        assert!(copy.contains("It's"), "{copy}");
        assert!(!copy.contains(['“', '”', '«', '»', '「', '」']), "{copy}");
        assert_eq!(copy.find("she"), line.find("she"));
    }

    #[test]
    fn a_piece_is_a_quotation_if_most_of_its_letters_are_quoted() {
        let holds = |line: &str| {
            let mut quotations = Quotations::default();
            quotations.read(line);
            quotations.hold_most_of(line, 0..line.len())
        };
        assert!(holds("'We will stay where we are,' she said."));
        assert!(holds("'We will stay where we are, she said in a paragraph of several"));
        assert!(!holds("She called it 'odd' and went away again."));
        assert!(!holds("She went away again."));
        assert!(!holds("''"));
    }
}
