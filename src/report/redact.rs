//! E-mail addresses and phone numbers, blacked out in what a report shows.
//!
//! A phone number is an international one (`+`), one that begins with a 0 or an area code in brackets and goes on in groups, or
//! one of the form 555-867-5309, of nine digits or more. Figures, dates, times, ISBNs and IP addresses stay, and so does a
//! national number without any of these marks, which cannot be told from a figure. Cost: linear in the text.

use std::borrow::Cow;
use std::ops::Range;

use crate::pipeline::Report;
use crate::script::is_spaceless;

/// What stands for an e-mail address.
const EMAIL: &str = "[e-mail]";
/// What stands for a phone number.
const PHONE: &str = "[phone]";

/// Digits of a phone number.
const DIGITS: std::ops::RangeInclusive<usize> = 9..=15;
/// The most digits of one within a country.
const NATIONAL: usize = 12;
/// Digits after which a row of groups is no phone number any more.
const ENOUGH: usize = 24;

/// Blacks out e-mail addresses and phone numbers in the texts of a report, its titles and sources. Names, addresses of pages,
/// offsets and scores stay: they speak of the text as it was.
///
/// ```
/// use twicetold::{Config, Corpus, detect, report};
/// let line = "For tickets to the islands write to ann@port.example or call (020) 7946 0958.";
/// let mut found = detect(&Corpus::from_texts([line, line]), &Config::default())?;
/// report::redact(&mut found);
/// let shown = "For tickets to the islands write to [e-mail] or call [phone].";
/// assert_eq!(found.sentences[0].text, shown);
/// # Ok::<(), twicetold::Error>(())
/// ```
pub fn redact(report: &mut Report) {
    for sentence in &mut report.sentences {
        black_out(&mut sentence.text);
        for place in &mut sentence.places {
            place.text.iter_mut().for_each(black_out);
            place.text.take_if(|text| *text == sentence.text);
        }
    }
    for document in &mut report.documents {
        document.title.iter_mut().chain(&mut document.source).for_each(black_out);
    }
    report.settings.insert("redacted".into(), true.into());
}

fn black_out(text: &mut String) {
    if let Cow::Owned(without) = redacted(text) {
        *text = without;
    }
}

/// A text without e-mail addresses and phone numbers.
fn redacted(text: &str) -> Cow<'_, str> {
    let addresses = emails(text);
    let mut spans: Vec<(Range<usize>, &str)> = Vec::new();
    let mut from = 0;
    for address in addresses {
        phones(text, from..address.start, &mut spans);
        from = address.end;
        spans.push((address, EMAIL));
    }
    phones(text, from..text.len(), &mut spans);
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut without = String::with_capacity(text.len());
    let mut from = 0;
    for (span, mark) in spans {
        without.push_str(text.get(from..span.start).unwrap_or_default());
        without.push_str(mark);
        from = span.end;
    }
    without.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(without)
}

fn emails(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('@') {
        if at < from {
            continue;
        }
        let before = text.get(from..at).unwrap_or_default();
        let is_local = |c: char| is_letter(c) || "._%+-'".contains(c);
        let local = before.trim_end_matches(is_local).len();
        let local = before.get(local..).unwrap_or_default().trim_start_matches(['.', '\'']);
        let after = text.get(at + 1..).unwrap_or_default();
        let is_host = |c: char| is_letter(c) || c == '-' || c == '.';
        let host = after.split(|c| !is_host(c)).next().unwrap_or_default();
        let host = host.trim_end_matches(['.', '-']);
        let mut labels = host.rsplit('.');
        let top = labels.next().unwrap_or_default();
        let is_named = top.chars().count() > 1 && top.chars().all(char::is_alphabetic);
        let is_full = labels.clone().next().is_some() && labels.all(|label| !label.is_empty());
        if !local.is_empty() && is_named && is_full {
            from = at + 1 + host.len();
            found.push(at - local.len()..from);
        }
    }
    found
}

/// A letter or digit of an address; Chinese, Japanese or Thai text stands beside one without a blank.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_spaceless(c)
}

/// Digits that stand together.
struct Group<'a> {
    digits: &'a str,
    in_brackets: bool,
    /// What stands before it, if anything does.
    joint: Option<char>,
    /// Where it ends, with its bracket.
    end: usize,
}

fn is_joint(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '.' | '/')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

fn phones(text: &str, within: Range<usize>, spans: &mut Vec<(Range<usize>, &str)>) {
    let mut from = within.start;
    while let Some(rest) = text.get(from..within.end) {
        let is_start = |c: char| c.is_ascii_digit() || c == '+' || c == '(';
        let Some(start) = rest.find(is_start).map(|start| from + start) else { return };
        let end = phone(text, start..within.end);
        if let Some(end) = end {
            spans.push((start..end, PHONE));
        }
        let number = text.get(start..within.end).unwrap_or_default();
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        from = end.unwrap_or(start + digits.max(1));
    }
}

/// Where the phone number ends that begins here, if one does.
fn phone(text: &str, span: Range<usize>) -> Option<usize> {
    let behind_figure = may_start(text.get(..span.start)?)?;
    let (is_international, groups) = groups(text, span);
    (1..=groups.len()).rev().find_map(|count| {
        let (taken, left) = groups.split_at_checked(count)?;
        let end = taken.last()?.end;
        let ends = match left.first() {
            Some(next) => next.joint.is_some_and(is_blank),
            None => may_end(text.get(end..)?),
        };
        let is_phone = if is_international {
            is_international_number(taken)
        } else {
            is_national_number(taken, behind_figure)
        };
        (ends && is_phone).then_some(end)
    })
}

/// Whether a number may start behind this, and if so whether it stands behind a figure and a blank.
fn may_start(before: &str) -> Option<bool> {
    let mut before = before.chars().rev();
    let Some(last) = before.next() else { return Some(false) };
    let is_behind_digit = before.next().is_some_and(|c| c.is_ascii_digit());
    let is_sign = "-_=#@+/\\$€£¥&%".contains(last);
    let is_inside = ".,:'’".contains(last) && is_behind_digit;
    if last.is_ascii_alphanumeric() || is_letter(last) || is_sign || is_inside {
        return None;
    }
    Some(is_blank(last) && is_behind_digit)
}

/// Whether a number may end before this.
fn may_end(after: &str) -> bool {
    let mut after = after.chars();
    let Some(first) = after.next() else { return true };
    let next = after.next();
    if is_letter(first) || "_%@=€$£°".contains(first) {
        return false;
    }
    let goes_on = |c: char| c.is_ascii_digit() || "-/".contains(first) && is_letter(c);
    !(".,:-/'’".contains(first) && next.is_some_and(goes_on))
}

/// Groups of digits, one joint between two of them or brackets around one, and whether a `+` stands before them.
fn groups(text: &str, span: Range<usize>) -> (bool, Vec<Group<'_>>) {
    let number = text.get(span.clone()).unwrap_or_default();
    let (is_international, mut rest) = match number.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut digits_in_all = 0;
    while digits_in_all <= ENOUGH {
        let joint = rest.chars().next().filter(|&c| !groups.is_empty() && is_joint(c));
        let behind = rest.get(joint.map_or(0, char::len_utf8)..).unwrap_or_default();
        let opened = behind.strip_prefix('(');
        let inner = opened.unwrap_or(behind);
        let length = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some((digits, after)) = inner.split_at_checked(length) else { break };
        let after = if opened.is_some() { after.strip_prefix(')') } else { Some(after) };
        let is_apart = groups
            .last()
            .is_none_or(|last| joint.is_some() || last.in_brackets || opened.is_some());
        let (Some(after), false, true) = (after, digits.is_empty(), is_apart) else { break };
        rest = after;
        digits_in_all += length;
        let (in_brackets, end) = (opened.is_some(), span.end - after.len());
        groups.push(Group { digits, in_brackets, joint, end });
    }
    (is_international, groups)
}

fn digits_of(groups: &[Group<'_>]) -> String {
    groups.iter().map(|group| group.digits).collect()
}

fn is_international_number(groups: &[Group<'_>]) -> bool {
    let digits = digits_of(groups);
    let Some((first, others)) = groups.split_first() else { return false };
    let is_round = digits.ends_with("000000")
        || digits.ends_with("000") && others.iter().all(|group| group.digits.len() == 3);
    let is_decimal = matches!(others, [one] if one.joint == Some('.'));
    let is_date = others.iter().any(|group| group.joint == Some('/'));
    DIGITS.contains(&digits.len())
        && !first.in_brackets
        && !first.digits.starts_with('0')
        && !is_round
        && !is_decimal
        && !is_date
}

fn is_national_number(groups: &[Group<'_>], behind_figure: bool) -> bool {
    let digits = digits_of(groups);
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let Some((first, others)) = groups.split_first() else { return false };
    let dashed = |group: &Group<'_>| group.joint.is_some_and(|joint| !is_blank(joint));
    let area = first.digits;
    if digits.len() < *DIGITS.start() || others.iter().any(|group| group.in_brackets) {
        return false;
    }
    // North America.
    let is_area = |area: &str| area.starts_with(|c| ('2'..='9').contains(&c));
    let is_marked = first.in_brackets || others.iter().all(dashed);
    match (&lengths[..], groups) {
        ([3, 3, 4], _) if is_area(area) => return is_marked,
        ([1, 3, 3, 4], [one, code, ..]) if one.digits == "1" && is_area(code.digits) => {
            return others.iter().all(dashed);
        }
        _ => {}
    }
    // A trunk prefix.
    let is_long_distance = area.starts_with("00");
    let most = if is_long_distance { *DIGITS.end() } else { NATIONAL };
    let least = if is_long_distance { 1 } else { 2 };
    let has_one_joint = others.windows(2).all(|pair| pair[0].joint == pair[1].joint);
    let is_in_pairs = lengths == [2; 5] && has_one_joint;
    let is_of_one_length = lengths.windows(2).all(|pair| pair[0] == pair[1]);
    let is_dotted = others.iter().any(|group| group.joint == Some('.'));
    let is_shaped = is_in_pairs
        || is_long_distance
        || first.in_brackets
        || area.len() > 2 && !is_of_one_length && !is_dotted;
    let is_grouped = !others.is_empty()
        && (2..=5).contains(&area.len())
        && is_shaped
        && others.iter().all(|group| (least..=8).contains(&group.digits.len()));
    area.starts_with('0')
        && is_grouped
        && digits.len() <= most
        && (first.in_brackets || !behind_figure)
        && !is_figure(&lengths)
        && !is_date(groups)
        && !is_row(groups)
}

/// Groups of three digits, or the four numbers of an IP address.
fn is_figure(lengths: &[usize]) -> bool {
    lengths.iter().all(|&length| length == 3)
        || lengths.len() == 4 && lengths.iter().all(|&length| length <= 3)
}

/// Day, month and year, whatever follows.
fn is_date(groups: &[Group<'_>]) -> bool {
    let number = |group: &Group<'_>| group.digits.parse::<u32>().unwrap_or(u32::MAX);
    match groups {
        [day, month, year, ..] => {
            let lengths = [day, month, year].map(|group| group.digits.len());
            lengths == [2, 2, 4] && number(day) <= 31 && number(month) <= 31
        }
        _ => false,
    }
}

/// Numbers up to fifty that ascend, such as those of a lottery.
fn is_row(groups: &[Group<'_>]) -> bool {
    let numbers: Vec<u32> = groups.iter().filter_map(|group| group.digits.parse().ok()).collect();
    numbers.is_sorted() && numbers.iter().all(|&number| number <= 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_phone_numbers_go() {
        for (text, shown) in [
            ("Write to ann@port.example.", "Write to [e-mail]."),
            ("<Ann.O'Lee+news@mail.port-authority.co.uk>,", "<[e-mail]>,"),
            ("иван@почта.рф, a@b.de", "[e-mail], [e-mail]"),
            ("请联系ann@port.example谢谢", "请联系[e-mail]谢谢"),
            ("Call (020) 7946 0958 or 555-867-5309.", "Call [phone] or [phone]."),
            ("Call 020 7946 0958, 24 hours", "Call [phone], 24 hours"),
            ("Call 020 7946 0958 24 hours", "Call [phone] 24 hours"),
            ("Tel.:+43 316 555 0100", "Tel.:[phone]"),
            ("tel:+442079460958;", "tel:[phone];"),
            ("+44 (0)20 7946 0958", "[phone]"),
            ("(+1 555 867 5309)", "([phone])"),
            ("+420 123 456 789", "[phone]"),
            ("01 23 45 67 89 / 01.23.45.67.89", "[phone] / [phone]"),
            ("0316/555 0100 and 0316 5550100", "[phone] and [phone]"),
            ("1-800-555-0199", "[phone]"),
            ("(555) 867-5309, (555)867.5309", "[phone], [phone]"),
            ("0043 1 234 56 78", "[phone]"),
        ] {
            assert_eq!(redacted(text), shown);
        }
    }

    #[test]
    fn other_figures_stay() {
        for text in [
            "1,000,000 or 1 000 000 000 000 crowns, 1.000.000.000 in all",
            "2003-06-05, 05-06-2003, 05.06.2003 10:30, 05/06/2003 0930, 2003-06-05T10:30:00",
            "ISBN 978-0-306-40615-7, 0-306-40615-2, 978 0 306 40615 7, 0306406152",
            "They won 6-4 6-3 7-6, 21-19, and 102:98",
            "192.168.100.200 and 010.020.030.040",
            "+1 000 000 000, +48.8588443, +3 %",
            "The numbers 03 12 23 34 45 won",
            "@ann, ann@port, a@b, @@@, ann@.example",
            "https://port.example/555-867-5309?id=020-7946-0958",
            "order A-555-867-5309 of 1234567890123 pieces",
            "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
            "(1999) 2003-06-05, (12)",
            "3.14159265358979, 0.0123456789",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn long_rows_cost_no_more_than_their_length() {
        for piece in ["0 ", "01 ", "a@", "(", "+1", "1-", "@."] {
            let text = piece.repeat(200_000);
            assert!(redacted(&text).len() <= text.len());
        }
    }
}
