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
            page.text.push_str(&format!("By {writer}, {}\n", party.name));
        }
        None if pick % 5 == 0 => page.text.push_str(&format!("By {writer}\n")),
        _ => {}
    }
    let place = PLACES[pick / 7 % PLACES.len()];
    match form {
        Some((Form::Dateline, party)) => {
            page.text.push_str(&format!("{place} ({}) \u{2014} ", party.mark));
        }
        None if !outlet.mark.is_empty() => {
            page.text.push_str(&format!("{place} ({}) \u{2014} ", outlet.mark));
        }
        _ => {}
    }
    for (number, line) in article.lines.iter().enumerate() {
        if number > 0 {
            page.text.push_str(if (pick + number) % 3 == 0 { "\n" } else { " " });
        }
        let span = page.write(&line.text);
        page.spans.push(span);
    }
    page.behind(article, pick);
    page
}

impl Page {
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
                Form::Behind if party.mark.is_empty() || pick % 2 == 0 => {
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
            self.text.push_str(&format!("\nPhoto: {}", OUTLETS[agency].name));
        }
        for line in phrases::under(article.outlet) {
            self.text.push('\n');
            self.text.push_str(line);
        }
    }
}
