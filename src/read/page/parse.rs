//! A page becomes a tree, within limits that no honest page reaches.
//!
//! The parser looks through all open elements for many a tag, so its time grows with the depth, and with the square of the
//! attributes of one tag. It is therefore fed piece by piece, and the tree is looked at in between: where it is deeper or
//! larger than the limits, parsing ends there. A page of a hundred thousand open elements costs as much as one of a thousand.

use dom_query::{Document, NodeRef};
use html5ever::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::StrTendril;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;

use super::tags::{Tags, Token};

/// The longest page that is parsed, in bytes.
const LONGEST: usize = 8 << 20;
/// The most attributes of a tag.
const MOST_ATTRIBUTES: usize = 1_000;
/// The most nodes of a tree.
const MOST_NODES: usize = 200_000;
/// The deepest tree; browsers stop at 512.
const DEEPEST: usize = 512;
/// Bytes that are parsed between two looks at the tree.
const PIECE: usize = 4 << 10;

/// The tree of a page; `None` if it would be too deep or too large.
pub(super) fn parse(html: &str) -> Option<Document> {
    let is_dense =
        |token| matches!(token, Token::Open { attributes, .. } if attributes > MOST_ATTRIBUTES);
    if html.len() > LONGEST || Tags::new(html).any(is_dense) {
        return None;
    }
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = parse_document(Document::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = behind;
        let tree = &parser.tokenizer.sink.sink.tree;
        if tree.len() > MOST_NODES || is_deep(tree.root()) {
            return None;
        }
    }
    Some(parser.finish())
}

/// Whether the elements that are open reach too deep. They are the last ones of their parents, but for what a browser takes
/// out of a table and puts before it, and for the contents of templates, which are trees of their own.
fn is_deep(root: NodeRef<'_>) -> bool {
    let mut open = vec![(root, 0)];
    let mut looked_at = 0;
    while let Some((node, depth)) = open.pop() {
        looked_at += 1;
        if depth > DEEPEST || looked_at > 4 * DEEPEST {
            return true;
        }
        let contents = node.element_ref().and_then(|element| element.template_contents);
        open.extend(contents.and_then(|id| node.tree.get(&id)).map(|node| (node, depth + 1)));
        let Some(last) = node.last_child() else { continue };
        open.push((last, depth + 1));
        let before = last.prev_sibling().filter(|_| last.has_name("table"));
        open.extend(before.map(|node| (node, depth + 1)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honest_pages_are_parsed() {
        let html = "<p>One".repeat(10_000);
        assert!(parse(&html).is_some());
        assert!(parse(&"<div>".repeat(400)).is_some());
        assert!(parse("").is_some());
    }

    #[test]
    fn pages_that_are_too_deep_are_not_however_they_hide_it() {
        let deep = "<div>".repeat(100_000);
        for before in ["", "<table>", "<template>", "<svg>", "<table><tr><td><table>"] {
            assert!(parse(&format!("{before}{deep}")).is_none(), "{before}");
        }
        assert!(parse(&"<b><p>".repeat(50_000)).is_none());
        assert!(parse(&"<template>".repeat(50_000)).is_none());
        assert!(parse(&"<table><tr><td>".repeat(50_000)).is_none());
        let fonts: Vec<_> = (0..20_000).map(|size| format!("<p><font size={size}>")).collect();
        assert!(parse(&fonts.concat()).is_none());
    }

    #[test]
    fn a_tag_of_a_million_attributes_is_not_parsed() {
        let attributes: Vec<_> = (0..1_000_000).map(|number| format!(" a{number}")).collect();
        assert!(parse(&format!("<p{}>", attributes.concat())).is_none());
    }
}
