//! The text of an article as it stands on its page, and where its sentences are.

use super::credit::Form;
use super::outlets::OUTLETS;
use super::phrases;
use super::story::Article;

/// Names of places and of writers.
const PLACES: [&str; 8] =
    ["TARNBY", "FENWOLD", "PELLERIN", "LINDGATE", "QUARRYTOWN", "DUNMOOR", "OSTRA", "SKERRY"];
const WRITERS: [&str; 8] = [
    "Anna Berg",
    "Tomas Hale",
    "Ines Morrow",
    "Karl Wend",
    "Judith Orme",
    "Paul Ashdown",
    "Mara Lindqvist",
    "Simon Vane",
];

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    /// For each line of the article its bytes in the text.
    pub(super) spans: Vec<(usize, usize)>,
    /// The sentence that credits somebody, where one does: words of the body that are the outlet's own.
    pub(super) told: Option<(usize, usize)>,
}

/// Writes the page of an article. `pick` scatters what does not matter: places, writers, paragraphs.
pub(super) fn page(article: &Article, pick: usize) -> Page {
    let mut page = Page::default();
    let outlet = &OUTLETS[article.outlet];
    let writer = WRITERS[pick % WRITERS.len()];
    let form = article.credit.map(|credit| (credit.form, credit.party()));
    match form {
        Some((Form::Byline, party)) => {
            page.push(&["By ", writer, ", ", party.name, "\n"]);
        }
        None if pick.is_multiple_of(5) => page.push(&["By ", writer, "\n"]),
        _ => {}
    }
    let place = PLACES[pick / 7 % PLACES.len()];
    match form {
        Some((Form::Dateline, party)) => {
            page.push(&[place, " (", party.mark, ") \u{2014} "]);
        }
        None if !outlet.mark.is_empty() => {
            page.push(&[place, " (", outlet.mark, ") \u{2014} "]);
        }
        _ => {}
    }
    for (number, line) in article.lines.iter().enumerate() {
        if number > 0 {
            page.push(&[if (pick + number).is_multiple_of(3) { "\n" } else { " " }]);
        }
        let span = page.write(&line.text);
        page.spans.push(span);
    }
    page.behind(article, pick);
    page
}

impl Page {
    fn push(&mut self, pieces: &[&str]) {
        self.text.extend(pieces.iter().copied());
    }

    /// The bytes of a place.
    pub(super) fn bytes(&self, (start, end): (usize, usize)) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn write(&mut self, text: &str) -> (usize, usize) {
        let start = self.text.len();
        self.text.push_str(text);
        (start, self.text.len())
    }

    /// What stands behind the text: credits, pictures, lines that stand under every page.
    fn behind(&mut self, article: &Article, pick: usize) {
        if let Some(credit) = article.credit {
            let party = credit.party();
            let line = match credit.form {
                Form::Dateline | Form::Byline => String::new(),
                Form::Behind if party.mark.is_empty() || pick.is_multiple_of(2) => {
                    format!("Source: {}", party.name)
                }
                Form::Behind => format!("({})", party.mark),
                Form::Link => format!("More: https://{}/news/", party.host()),
                Form::Told => format!("The {} reported this first in its own pages.", party.name),
            };
            if !line.is_empty() {
                self.text.push('\n');
                let span = self.write(&line);
                self.told = (credit.form == Form::Told).then_some(span);
            }
        }
        if let Some(agency) = article.picture {
            self.push(&["\nPhoto: ", OUTLETS[agency].name]);
        }
        for line in phrases::under(article.outlet) {
            self.push(&["\n", line]);
        }
    }
}
