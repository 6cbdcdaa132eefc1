//! What a page says of itself in its head: address, site, language, date.

use dom_query::Document;

use super::article::Extracted;
use crate::corpus::Metadata;

/// The longest value that is believed, in bytes.
const LONGEST: usize = 2_000;

/// What a page says of itself.
pub(super) fn metadata(page: &Document, extracted: &Extracted) -> Metadata {
    let first = |places: &[(&str, &str)]| {
        places.iter().find_map(|(selector, attribute)| value(page, selector, attribute))
    };
    let address = |places: &[(&str, &str)]| {
        places
            .iter()
            .filter_map(|(selector, attribute)| value(page, selector, attribute))
            .find(|url| is_whole(url))
    };
    let shown = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let some = |text: String| Some(text).filter(|text| !text.is_empty() && text.len() <= LONGEST);
    Metadata {
        title: some(shown(&extracted.title)),
        date: extracted.date.as_deref().map(shown).and_then(some).or_else(|| {
            first(&[
                ("[itemprop=datePublished]", "content"),
                ("[itemprop=datePublished]", "datetime"),
                ("meta[name=date]", "content"),
                ("time[pubdate]", "datetime"),
            ])
        }),
        url: address(&[("link[rel~=canonical]", "href"), ("meta[property='og:url']", "content")]),
        source: first(&[("meta[property='og:site_name']", "content")]),
        language: first(&[("html", "lang"), ("html", "xml:lang")]),
        ..Metadata::default()
    }
}

/// The value of an attribute of the first such element.
fn value(page: &Document, selector: &str, attribute: &str) -> Option<String> {
    let selection = page.select(selector);
    let value = selection.nodes().first()?.attr(attribute)?;
    let value = value.trim();
    (!value.is_empty() && value.len() <= LONGEST).then(|| value.to_owned())
}

/// Whether an address says where it is, and not only from where one stands.
fn is_whole(url: &str) -> bool {
    let mut schemes = ["http://", "https://"].into_iter();
    schemes.any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
