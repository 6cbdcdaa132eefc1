//! The lines of a parsed page, in the order of the page. Walked without recursion.

use dom_query::{NodeData, NodeRef};

use super::article::Article;
use super::elements::{Layout, is_beside, is_called_beside, is_caption, layout};
use super::lines::Lines;
use crate::corpus::SentenceKind;

/// No title is longer, in bytes.
const LONGEST_TITLE: usize = 2_000;

/// What holds more of an article, in per cent of its bytes, does not stand beside it, whatever it is called.
const LARGEST_SHARE_BESIDE: usize = 30;

/// What is known of a page's text before it is read.
pub(super) struct Known<'a> {
    /// The article, if there is one.
    pub(super) article: Option<&'a Article>,
    /// The title, which an extractor leaves out of the article that it heads.
    pub(super) title: &'a str,
}

/// What the elements around a text make of it, the first of these that holds.
#[derive(Clone, Copy, Default, Eq, Ord, PartialEq, PartialOrd)]
enum Role {
    /// It stands beside the article.
    Beside,
    Caption,
    /// It repeats the title.
    Headline,
    #[default]
    Unmarked,
}

/// Where in the page the text stands.
#[derive(Clone, Copy, Default)]
struct Place {
    role: Role,
    is_data: bool,
    is_preformatted: bool,
}

/// Puts the text below `root` into lines.
pub(super) fn read(root: NodeRef<'_>, known: &Known<'_>, lines: &mut Lines) {
    let mut open: Vec<(NodeRef<'_>, Layout, Place)> = Vec::new();
    let mut place = Place::default();
    let mut next = root.first_child();
    loop {
        let Some(node) = next else {
            let Some((node, layout, outer)) = open.pop() else { return };
            border(layout, place, lines);
            place = outer;
            next = node.next_sibling();
            continue;
        };
        next = node.next_sibling();
        if node.is_text() {
            text(&node, place, known, lines);
        } else if node.is_element() {
            let layout = if is_hidden(&node) { Layout::Hidden } else { layout(&name(&node)) };
            if layout == Layout::Hidden {
                continue;
            }
            let inner = place.within(&node, known);
            border(if layout == Layout::Cell { Layout::Inline } else { layout }, inner, lines);
            open.push((node, layout, place));
            place = inner;
            next = node.first_child();
        }
    }
}

/// An element begins or ends.
fn border(layout: Layout, place: Place, lines: &mut Lines) {
    match layout {
        Layout::Cell if place.is_data => lines.end_cell(),
        Layout::Block | Layout::Break | Layout::Cell => lines.end(),
        Layout::Inline | Layout::Hidden => {}
    }
}

fn text(node: &NodeRef<'_>, place: Place, known: &Known<'_>, lines: &mut Lines) {
    let in_article = known.article.is_none_or(|article| article.holds(node.id));
    let kind = match place.role {
        Role::Beside => SentenceKind::Boilerplate,
        Role::Caption => SentenceKind::Caption,
        Role::Unmarked if !in_article => SentenceKind::Boilerplate,
        Role::Unmarked if place.is_data => SentenceKind::Table,
        Role::Headline | Role::Unmarked => SentenceKind::Body,
    };
    node.query(|node| {
        let NodeData::Text { contents } = &node.data else { return };
        if place.is_preformatted {
            lines.push_lines(contents, kind);
        } else {
            lines.push(contents, kind);
        }
    });
}

impl Place {
    /// The place inside an element here.
    fn within(self, node: &NodeRef<'_>, known: &Known<'_>) -> Self {
        let name = name(node);
        Self {
            role: if self.role == Role::Beside { Role::Beside } else { self.role_of(node, known) },
            is_data: if &*name == "table" { holds_data(node) } else { self.is_data },
            is_preformatted: self.is_preformatted || matches!(&*name, "pre" | "listing" | "xmp"),
        }
    }

    /// The role of what an element here holds.
    fn role_of(self, node: &NodeRef<'_>, known: &Known<'_>) -> Role {
        let (name, class) = (name(node), node.class().unwrap_or_default());
        let own = if (is_beside(&name) || is_called_beside(&name, &class))
            && share_of_article(node, known) <= LARGEST_SHARE_BESIDE
        {
            Role::Beside
        } else if is_caption(&name, &class) {
            Role::Caption
        } else if is_heading(&name) && is_title(node, known.title) {
            Role::Headline
        } else {
            Role::Unmarked
        };
        own.min(self.role)
    }
}

fn name(node: &NodeRef<'_>) -> String {
    node.qual_name_ref().map(|name| name.local.to_string()).unwrap_or_default()
}

/// Whether nobody sees an element because it says so.
fn is_hidden(node: &NodeRef<'_>) -> bool {
    let hides = |style: &str| {
        let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        rules.any(|(name, value)| {
            name.trim().eq_ignore_ascii_case("display")
                && value.trim_start().get(..4).is_some_and(|v| v.eq_ignore_ascii_case("none"))
        })
    };
    node.has_attr("hidden") || node.attr("style").is_some_and(|style| hides(&style))
}

/// How much of the article stands below, in per cent of its bytes.
fn share_of_article(node: &NodeRef<'_>, known: &Known<'_>) -> usize {
    let Some(article) = known.article else { return 0 };
    let here = node.descendants_it().map(|node| article.length(node.id)).sum::<usize>();
    (here * 100).div_ceil(article.total().max(1))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2")
}

fn is_title(node: &NodeRef<'_>, title: &str) -> bool {
    let mut text = String::new();
    for node in node.descendants_it().filter(NodeRef::is_text) {
        text.push_str(&node.text());
        if text.len() > LONGEST_TITLE {
            return false;
        }
    }
    !title.is_empty() && text.split_whitespace().eq(title.split_whitespace())
}

/// Whether a table holds data: it has headings or a caption, and no table within it.
fn holds_data(table: &NodeRef<'_>) -> bool {
    let mut found = false;
    for node in table.descendants_it().filter(NodeRef::is_element) {
        if node.has_name("table") {
            return false;
        }
        found |= node.has_name("th") || node.has_name("caption");
    }
    found
}
