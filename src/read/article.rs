//! A scraped article: a title, a date and an address, each on a line, then the body.

/// The head of an article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Head<'a> {
    /// Its title.
    pub(super) title: &'a str,
    /// Its date as written: eight digits.
    pub(super) date: &'a str,
    /// Its address.
    pub(super) url: &'a str,
    /// Where the body begins, in bytes.
    pub(super) body: usize,
}

/// The head of a text, if it is an article's.
pub(super) fn head(text: &str) -> Option<Head<'_>> {
    let mut lines = text.split_inclusive('\n');
    let (first, second, third) = (lines.next()?, lines.next()?, lines.next()?);
    let (title, date, url) = (first.trim(), second.trim(), third.trim());
    let is_head = !title.is_empty() && is_date(date) && is_address(url);
    is_head.then_some(Head { title, date, url, body: first.len() + second.len() + third.len() })
}

/// Whether the first bytes of a text are an article's head.
pub(super) fn is_article(bytes: &[u8]) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        // The bytes may end within a character.
        Err(error) => {
            bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok())
        }
    };
    valid.and_then(head).is_some()
}

/// Whether a line is a day of the calendar, `YYYYMMDD`.
fn is_date(line: &str) -> bool {
    if line.len() != 8 || !line.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let number: u32 = line.parse().unwrap_or(0);
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    year > 0 && (1..=days(year, month)).contains(&day)
}

/// Days of a month; 0 if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    let every = |years: u32| year.is_multiple_of(years);
    let is_leap = every(4) && (!every(100) || every(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap),
        _ => 0,
    }
}

fn is_address(line: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = line.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_gives_title_date_address_and_where_the_body_begins() {
        let text = "Storm nears\r\n20240229\r\nhttps://www.a.example/storm\r\nIt rains.\r\n";
        let head = head(text).unwrap();
        assert_eq!((head.title, head.date), ("Storm nears", "20240229"));
        assert_eq!(head.url, "https://www.a.example/storm");
        assert_eq!(text.get(head.body..), Some("It rains.\r\n"));
    }

    #[test]
    fn an_article_may_have_no_body() {
        let text = "T\n20240101\nhttp://a.example";
        assert_eq!(head(text).unwrap().body, text.len());
    }

    #[test]
    fn what_only_resembles_a_head_is_none() {
        for text in [
            "",
            "T\n20240101",
            "\n20240101\nhttp://a.example\n",
            "T\n20230229\nhttp://a.example\n",
            "T\n20241301\nhttp://a.example\n",
            "T\n00000101\nhttp://a.example\n",
            "T\n2024-01-01\nhttp://a.example\n",
            "T\n20240101\nftp://a.example\n",
            "T\n20240101\nhttp://a.example is a site\n",
            "T\n20240101\nhttps://\n",
        ] {
            assert_eq!(head(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_head_is_seen_in_bytes_that_end_within_a_character() {
        let bytes = "T\n20240101\nhttp://a.example\nÉ".as_bytes();
        assert!(is_article(&bytes[..bytes.len() - 1]));
    }
}
