//! How agencies mark what they send: a table that can be printed, edited and given back.
//!
//! `mark,source,where`: the text that stands in an article, whose it is, and whether it counts `anywhere` or only in a `credit`: in a byline, a dateline,
//! a line of credits, or between brackets or slashes ("(AP)"). Short marks are words of their own elsewhere (PA is a state too).

use crate::error::{Error, Result};

/// Where a mark counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    /// Wherever it stands.
    Anywhere,
    /// In a byline, a dateline, a line of credits, or between brackets.
    Credit,
}

/// A text that credits a source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mark {
    /// The text, as it is written.
    pub text: String,
    /// Whose it is.
    pub source: String,
    /// Where it counts.
    pub scope: Scope,
}

/// A table of marks.
#[derive(Clone, Debug, Default)]
pub struct Marks(Vec<Mark>);

/// Marks by source: those of credits, those that count anywhere.
const BUILT_IN: &[(&str, &[&str], &[&str])] = &[
    ("AP", &["AP"], &["Associated Press", "The Associated Press", "apnews.com"]),
    ("Reuters", &[], &["Reuters", "Thomson Reuters", "reuters.com"]),
    ("AFP", &["AFP"], &["Agence France-Presse", "Agence France Presse", "afp.com"]),
    ("UPI", &["UPI"], &["United Press International", "upi.com"]),
    ("dpa", &["dpa", "DPA"], &["Deutsche Presse-Agentur", "dpa.com"]),
    ("PA", &["PA"], &["Press Association", "PA Media", "PA news agency", "pa.media"]),
    ("APA", &["APA"], &["Austria Presse Agentur", "apa.at"]),
    ("SDA", &["SDA", "sda"], &["Keystone-SDA"]),
    ("PTI", &["PTI"], &["Press Trust of India", "ptinews.com"]),
    ("ANI", &["ANI"], &["Asian News International", "aninews.in"]),
    ("IANS", &["IANS"], &["Indo-Asian News Service", "ians.in"]),
    ("ANSA", &["ANSA"], &["ansa.it"]),
    ("EFE", &["EFE"], &["Agencia EFE", "efe.com"]),
    ("TASS", &["TASS"], &["tass.com"]),
    ("Xinhua", &[], &["Xinhua", "xinhuanet.com", "news.cn"]),
    ("Kyodo", &["Kyodo"], &["Kyodo News", "kyodonews.net"]),
    ("Interfax", &[], &["Interfax", "interfax.com"]),
    ("Bloomberg", &["Bloomberg"], &["Bloomberg News", "bloomberg.com"]),
    ("CNN", &["CNN"], &["CNN Wire", "cnn.com"]),
    ("AAP", &["AAP"], &["Australian Associated Press", "aap.com.au"]),
    ("CP", &["CP"], &["The Canadian Press", "Canadian Press"]),
    ("PRNewswire", &["PRNewswire", "PRNewswire-USNewswire"], &["PR Newswire", "prnewswire.com"]),
    ("GlobeNewswire", &["GLOBE NEWSWIRE"], &["GlobeNewswire", "globenewswire.com"]),
    ("Business Wire", &["BUSINESS WIRE"], &["Business Wire", "businesswire.com"]),
    ("ACN Newswire", &[], &["ACN Newswire"]),
];

impl Marks {
    /// Those that are known without a table.
    pub fn built_in() -> Self {
        let mut marks = Vec::new();
        for (source, credits, anywhere) in BUILT_IN {
            let scopes = [(credits, Scope::Credit), (anywhere, Scope::Anywhere)];
            for (texts, scope) in scopes {
                marks.extend(texts.iter().map(|text| Mark {
                    text: (*text).to_owned(),
                    source: (*source).to_owned(),
                    scope,
                }));
            }
        }
        Self(marks)
    }

    /// The same, with the rows of a table: a mark that is known already changes, and is dropped where its row has no source.
    ///
    /// ```
    /// use twicetold::audit::Marks;
    /// let marks = Marks::built_in().with("mark,source,where\nVelmark Wire,velwire,anywhere\nCNN,,\n")?;
    /// let texts: Vec<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
    /// assert!(texts.contains(&"Velmark Wire") && texts.contains(&"AP") && !texts.contains(&"CNN"));
    /// # Ok::<(), twicetold::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a row has no mark, or another place than `anywhere` and `credit`.
    pub fn with(mut self, table: &str) -> Result<Self> {
        let table = table.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new();
        let mut rows = reader
            .flexible(true)
            .has_headers(false)
            .comment(Some(b'#'))
            .from_reader(table.as_bytes());
        for row in rows.records() {
            let row = row.map_err(|_| Error::record("a table in CSV: mark,source,where"))?;
            let cell = |at| row.get(at).unwrap_or_default().trim();
            let line = row.position().map_or(0, csv::Position::line);
            let (text, source) = (cell(0), cell(1));
            if text == "mark" && source == "source" {
                continue;
            }
            if text.is_empty() {
                return Err(Error::record(format!("a mark in line {line}")));
            }
            self.0.retain(|mark| mark.text != text);
            let scope = match cell(2) {
                "" | "anywhere" => Scope::Anywhere,
                "credit" => Scope::Credit,
                _ => {
                    let expected = format!("anywhere or credit under where in line {line}");
                    return Err(Error::record(expected));
                }
            };
            if !source.is_empty() {
                self.0.push(Mark { text: text.to_owned(), source: source.to_owned(), scope });
            }
        }
        Ok(self)
    }

    /// Every mark, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Mark> {
        self.0.iter()
    }
}

/// The table as it is read, in CSV.
impl std::fmt::Display for Marks {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "mark,source,where")?;
        for Mark { text, source, scope } in &self.0 {
            let scope = if *scope == Scope::Credit { "credit" } else { "anywhere" };
            let quoted = |cell: &str| {
                if cell.contains([',', '"', '\n', '\r']) || cell.starts_with('#') {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.to_owned()
                }
            };
            writeln!(out, "{},{},{scope}", quoted(text), quoted(source))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back_as_it_was() {
        let built_in = Marks::built_in();
        let read = Marks::default().with(&built_in.to_string()).unwrap();
        assert_eq!(read.0, built_in.0);
    }

    #[test]
    fn a_row_that_says_nothing_is_named() {
        for (table, wrong) in [(",AP\n", "a mark in line 1"), ("AP,AP,here\n", "in line 1")] {
            assert!(Marks::default().with(table).unwrap_err().to_string().contains(wrong));
        }
    }
}
