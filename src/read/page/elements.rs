//! What the elements of a page do to its lines.

/// How an element stands among others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Layout {
    /// On lines of its own.
    Block,
    /// It ends a line.
    Break,
    /// A cell: a line of its own, unless the table holds data, whose rows are lines.
    Cell,
    /// Within a line; unknown elements too.
    Inline,
    /// Nobody sees it.
    Hidden,
}

/// The layout of an element, by the style sheet that browsers begin with.
pub(super) fn layout(name: &str) -> Layout {
    match name {
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details"
        | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
        | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup"
        | "html" | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "ol" | "optgroup"
        | "p" | "plaintext" | "pre" | "search" | "section" | "summary" | "table" | "caption"
        | "tbody" | "thead" | "tfoot" | "tr" | "ul" | "xmp" => Layout::Block,
        "br" | "hr" => Layout::Break,
        "td" | "th" => Layout::Cell,
        "head" | "title" | "script" | "style" | "noscript" | "template" | "iframe" | "object"
        | "embed" | "svg" | "canvas" | "audio" | "video" | "noembed" | "noframes" | "select"
        | "datalist" | "textarea" => Layout::Hidden,
        _ => Layout::Inline,
    }
}

/// Whether what an element holds stands beside the text of a page, wherever it is.
pub(super) fn is_beside(name: &str) -> bool {
    matches!(name, "nav" | "footer" | "aside")
}

/// Whether the class of an element says that it stands beside the text: one that begins with such a word.
pub(super) fn is_called_beside(name: &str, class: &str) -> bool {
    let says = |class: &str| {
        let first = class.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        BESIDE.contains(&first.as_str())
    };
    !matches!(name, "html" | "body" | "main" | "article")
        && class.split_ascii_whitespace().any(says)
}

/// Words that pages call by what stands beside their text.
const BESIDE: [&str; 15] = [
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "newsletter",
    "promo",
    "recommended",
    "related",
    "share",
    "signup",
    "subscribe",
];

/// Whether an element is a caption: `figcaption`, or a class that says so.
pub(super) fn is_caption(name: &str, class: &str) -> bool {
    let says = |class: &str| {
        let class = class.to_ascii_lowercase();
        let parts = class.split(['-', '_']);
        parts.into_iter().any(|part| matches!(part, "caption" | "figcaption"))
            && !class.contains("closed")
    };
    name == "figcaption" || class.split_ascii_whitespace().any(says)
}

/// Whether all up to an element's end tag is text to a parser.
pub(super) fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_is_told_by_the_first_word_of_a_class() {
        assert!(is_called_beside("div", "box newsletter-signup"));
        assert!(is_called_beside("ul", "Related"));
        assert!(!is_called_beside("div", "has-newsletter"));
        assert!(!is_called_beside("body", "newsletter"));
    }

    #[test]
    fn captions_are_told_by_element_or_by_class() {
        assert!(is_caption("figcaption", ""));
        assert!(is_caption("p", "small wp-caption-text"));
        assert!(is_caption("div", "image__caption"));
        assert!(!is_caption("div", "captions-off"));
        assert!(!is_caption("div", "closed-caption"));
    }
}
