//! The article of a page, by `dom_smoothie`, a port of the extractor behind Firefox's reader view.
//!
//! The extractor works on a copy of the tree in which nodes keep their numbers, so that the text nodes which it keeps are
//! known in the page itself: nothing is compared by its words, and what it drops is not lost.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::linked_data;
use super::linked_data::Linked;

/// Shorter articles are none, in bytes that are no blanks: a stub, a list of links. Bytes, since Chinese says as much in a
/// third of the characters.
const SHORTEST: usize = 140;

/// The text nodes of an article, ascending, and how much each says: bytes that are no blanks.
pub(super) struct Article(Vec<(NodeId, usize)>);

impl Article {
    /// Whether a node is one of them.
    pub(super) fn holds(&self, node: NodeId) -> bool {
        self.0.binary_search_by_key(&node, |(known, _)| *known).is_ok()
    }

    /// How much a node says to the article.
    pub(super) fn length(&self, node: NodeId) -> usize {
        let found = self.0.binary_search_by_key(&node, |(known, _)| *known);
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, length)| *length)
    }

    /// How much the article says.
    pub(super) fn total(&self) -> usize {
        self.0.iter().map(|(_, length)| length).sum()
    }
}

/// What the extractor makes of a page.
#[derive(Default)]
pub(super) struct Extracted {
    /// The article; `None` if there is none.
    pub(super) article: Option<Article>,
    /// The title without the site's name.
    pub(super) title: String,
    /// When the page was published, as it says.
    pub(super) date: Option<String>,
}

/// Extracts the article of a page. A page at which the extractor panics has none: one strange page must not end a run over
/// a million.
pub(super) fn extract(page: &Document) -> Extracted {
    let page = page.clone();
    let extracted = catch_unwind(AssertUnwindSafe(|| extract_from(page)));
    extracted.ok().flatten().unwrap_or_default()
}

fn extract_from(page: Document) -> Option<Extracted> {
    let Linked { headline, date } = linked_data::read(&page);
    let linked = dom_smoothie::Metadata {
        title: headline.unwrap_or_default(),
        published_time: date,
        ..dom_smoothie::Metadata::default()
    };
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(page, None, Some(config)).ok()?;
    let known = reader.get_article_metadata(Some(linked));
    let article = reader.parse().is_ok().then(|| text_nodes(&reader.doc)).flatten();
    Some(Extracted { article, title: known.title, date: known.published_time })
}

/// The text nodes of what the extractor left, if it is enough.
fn text_nodes(extracted: &Document) -> Option<Article> {
    let roots = extracted.select("#readability-page-1");
    // A page that was saved from a reader view may have such an element itself; the extractor's is the outermost.
    let root = roots.nodes().first()?;
    let length = |node: &NodeRef<'_>| node.text().split_whitespace().map(str::len).sum();
    let texts = root.descendants_it().filter(NodeRef::is_text);
    let mut nodes: Vec<_> = texts.map(|node| (node.id, length(&node))).collect();
    nodes.sort_unstable();
    Some(Article(nodes)).filter(|article| article.total() >= SHORTEST)
}
