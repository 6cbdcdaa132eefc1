//! What a page says of its article in JSON-LD, the data that search engines read: headline and date.
//!
//! Read by `serde_json`, which bounds how deep it goes, and not by the extractor's own reader, which is no match for whatever
//! stands in a page.

use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Scripts that are looked at, and the longest of them, in bytes.
const SCRIPTS: usize = 20;
const LONGEST: usize = 1 << 20;

/// What is said of an article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Its headline.
    pub(super) headline: Option<String>,
    /// When it was published.
    pub(super) date: Option<String>,
}

/// What a page says of the first article that it names.
pub(super) fn read(page: &Document) -> Linked {
    let scripts = page.select("script[type='application/ld+json']");
    let texts = scripts.nodes().iter().take(SCRIPTS).map(NodeRef::text);
    let mut short = texts.filter(|text| text.len() <= LONGEST);
    short.find_map(|text| article(&serde_json::from_str(&text).ok()?)).unwrap_or_default()
}

/// The first article in a value: itself, one of a list, or one of a graph.
fn article(value: &Value) -> Option<Linked> {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        let graph = value.get("@graph").and_then(Value::as_array);
        open.extend(value.as_array().or(graph).into_iter().flatten().rev());
        if value.get("@type").is_some_and(is_article) {
            let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
            let headline = text("headline").or_else(|| text("name"));
            return Some(Linked { headline, date: text("datePublished") });
        }
    }
    None
}

/// Whether a type, or one of several, is one of articles.
fn is_article(kind: &Value) -> bool {
    let says = |kind: &Value| {
        let name = kind.as_str().unwrap_or_default();
        name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report"
    };
    says(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(says))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(scripts: &[&str]) -> (Option<String>, Option<String>) {
        let script = |json| format!("<script type=application/ld+json>{json}</script>");
        let html = scripts.iter().map(script).collect::<Vec<_>>().concat();
        let Linked { headline, date } = read(&Document::from(html));
        (headline, date)
    }

    #[test]
    fn the_first_article_is_found_alone_in_a_list_and_in_a_graph() {
        let article =
            r#"{"@type": ["NewsArticle"], "headline": "H", "datePublished": "2024-03-05"}"#;
        let site = r#"{"@type": "WebSite", "name": "S"}"#;
        let graph =
            format!(r#"{{"@context": "https://schema.org", "@graph": [{site}, {article}]}}"#);
        let list = format!("[{site}, {article}, {site}]");
        for scripts in [&[article][..], &[site, &list], &["no JSON", &graph]] {
            assert_eq!(linked(scripts), (Some("H".into()), Some("2024-03-05".into())));
        }
        assert_eq!(linked(&[site, &"[".repeat(100_000)]), (None, None));
    }
}
