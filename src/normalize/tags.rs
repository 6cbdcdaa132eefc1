//! Markup that scraping left in plain text: tags of HTML, addresses of Markdown links, shortcodes. They are no words of the key.
//!
//! A tag is known by its name and its form: `<p class="x">`, `</div>`, `<br/>`; so `a < b and c > d`, `<3` and `x <b and c> y` stay. A tag inside a line
//! joins what stands beside it, as a browser does; any other is a blank. Of `[text](https://…)` the text stays; `[caption id=…]` goes, and `[video]`
//! where it is a label ("the \[video\] shows" stays).
//!
//! Cost: a search for `<`, `[` and `]`, and a look at what follows each.
//!
//! What it does not do: read what was escaped (`&lt;b&gt;` is text about a tag), find half a tag that a line end cut off, or tell scripts and styles from
//! prose.

use std::ops::Range;

use super::buffer::Buffer;

/// A piece of markup longer than this is none.
const LONGEST: usize = 2_000;

/// Tags inside a line.
const INLINE: &str = "a abbr b big cite code em font i ins mark small span strong u";

/// Tags that part words, or figures: `5<sup>6</sup>` is not 56.
const BLOCKS: &str = "article aside blockquote body br button center dd del div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 head \
    header hr html iframe img input label li link main meta nav noscript ol option p picture pre s script section select source \
    strike style sub sup svg table tbody td tfoot th thead time title tr ul video";

/// Attributes of tags, beside `data-…`, `aria-…` and what begins with `on`.
const ATTRIBUTES: &str = "action align allow alt async bgcolor border cellpadding cellspacing charset cite class color cols colspan content \
    controls datetime dir face for frameborder headers height hidden href hreflang hspace id itemprop itemscope itemtype lang loading \
    media method name nowrap onclick placeholder poster preload property rel role rows rowspan scope size sizes span src srcset start \
    style tabindex target title type valign value vspace width xmlns";

/// Names of shortcodes.
const SHORTCODES: &str =
    "audio caption embed gallery instagram playlist twitter video vimeo youtube";

/// Whether a text has markup left in it.
pub(super) fn is_left_over(text: &str) -> bool {
    places(text).next().is_some()
}

/// Takes the markup out.
pub(super) fn strip(source: &Buffer, out: &mut Buffer) {
    let mut at = 0;
    for Piece { place, joins } in places(&source.text) {
        if place.start < at {
            continue;
        }
        out.copy(source, at..place.start);
        at = place.end;
        if !joins {
            out.push(' ', &source.raw(place));
        }
    }
    out.copy(source, at..source.text.len());
}

/// A piece of markup.
struct Piece {
    place: Range<usize>,
    /// Whether what stands beside it is one word.
    joins: bool,
}

fn places(text: &str) -> impl Iterator<Item = Piece> {
    memchr::memchr3_iter(b'<', b'[', b']', text.as_bytes()).filter_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let window = window(rest);
        let (length, joins) = match rest.as_bytes() {
            [b'<', ..] => comment(window).or_else(|| tag(before, window))?,
            [b'[', ..] => (shortcode(before, window)?, false),
            _ => (address(window)?, true),
        };
        Some(Piece { place: at..at + length, joins })
    })
}

/// As much of a text as a piece of markup may have.
fn window(text: &str) -> &str {
    let ends = (0..=LONGEST.min(text.len())).rev();
    ends.take(4).find_map(|end| text.get(..end)).unwrap_or_default()
}

fn comment(text: &str) -> Option<(usize, bool)> {
    let inside = text.strip_prefix("<!--")?;
    Some(("<!--".len() + inside.find("-->")? + "-->".len(), false))
}

/// The length of the tag that a text begins with, and whether it joins.
fn tag(before: &str, text: &str) -> Option<(usize, bool)> {
    let rest = text.strip_prefix('<')?;
    let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let (name, rest) = name(rest);
    let joins = is_among(INLINE, name);
    if !joins && !is_among(BLOCKS, name) {
        return None;
    }
    let rest = if closes { rest } else { attributes(rest, is_attribute)? };
    let behind = rest.trim_ascii_start();
    let end = behind.strip_prefix('/').unwrap_or(behind).strip_prefix('>')?;
    let tag = text.get(..text.len() - end.len())?;
    // "a<b>c" compares, unless the tag is closed.
    let compares = tag.len() == "<b>".len()
        && before.ends_with(char::is_alphanumeric)
        && !is_closed(name, end);
    (!compares).then_some((tag.len(), joins))
}

fn is_closed(name: &str, text: &str) -> bool {
    text.match_indices("</").any(|(at, mark)| {
        let closing = text.get(at + mark.len()..).and_then(|rest| rest.split_once('>'));
        closing.is_some_and(|(closed, _)| closed.eq_ignore_ascii_case(name))
    })
}

/// The length of the shortcode that a text begins with. One that is only a name may be a word that somebody put in: it must be a label at the
/// beginning of a text or behind the end of a sentence.
fn shortcode(before: &str, text: &str) -> Option<usize> {
    let rest = text.strip_prefix('[')?;
    let closes = rest.starts_with('/');
    let (name, rest) = name(rest.strip_prefix('/').unwrap_or(rest));
    let is_one = SHORTCODES.split_ascii_whitespace().any(|known| known == name);
    let behind = is_one.then(|| attributes(rest, |_| true))??.trim_ascii_start();
    let end = behind.strip_prefix('/').unwrap_or(behind).strip_prefix(']')?;
    let is_word = !closes && behind.len() == rest.len();
    let is_label =
        before.chars().rev().find(|c| !c.is_whitespace()).is_none_or(|c| {
            !c.is_alphanumeric() && !matches!(c, ',' | ';' | ':' | '-' | '–' | '—')
        });
    (!is_word || is_label).then_some(text.len() - end.len())
}

/// The address of a link, with the bracket before it.
fn address(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("](")?;
    let begins = ["https://", "http://", "www.", "mailto:"].iter().any(|it| rest.starts_with(it));
    let end = rest.find(|c: char| c == ')' || c.is_whitespace()).filter(|_| begins)?;
    rest.get(end..)?.starts_with(')').then_some("](".len() + end + ")".len())
}

fn is_attribute(name: &str) -> bool {
    let begins =
        |with: &str| name.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
    is_among(ATTRIBUTES, name) || ["data-", "aria-", "on"].into_iter().any(begins)
}

fn is_among(names: &str, name: &str) -> bool {
    names.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(name))
}

fn name(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    let (name, rest) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
    (name, rest)
}

/// What follows attributes, of which the first is known and has a value; `None` where something else stands.
fn attributes(text: &str, is_known: impl Fn(&str) -> bool) -> Option<&str> {
    let (mut rest, mut is_first) = (text, true);
    loop {
        let behind = rest.trim_ascii_start();
        if behind.starts_with(['>', ']', '/']) {
            return Some(behind);
        }
        let (name, value) = name(behind);
        if name.is_empty() || behind.len() == rest.len() {
            return None;
        }
        rest = match value.strip_prefix('=') {
            _ if is_first && !is_known(name) => return None,
            Some(value) => behind_value(value)?,
            None if is_first => return None,
            None => value,
        };
        is_first = false;
    }
}

fn behind_value(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).map(|(_, rest)| rest);
        }
    }
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '>' | ']'))?;
    value.get(end..).filter(|_| end > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        let (mut source, mut out) = (Buffer::default(), Buffer::default());
        source.load(text, true);
        out.clear(true);
        strip(&source, &mut out);
        out.text
    }

    #[test]
    fn markup_is_taken_out() {
        for (text, plain) in [
            ("<p class=\"x\">The tide</p>", " The tide "),
            ("the <a href='/x' rel=me hidden>is<b>land</b></a>s", "the islands"),
            ("one<br/>two<BR />three", "one two three"),
            ("a <!-- x > y --> b", "a   b"),
            ("[Monday](https://port.example/a_b?c=1) is", "[Monday is"),
            ("![x](www.port.example)", "![x"),
            ("It sank. [video]", "It sank.  "),
            ("<a data-x=\"1 > 0\">b", "b"),
            ("a<b>c</B>d", "acd"),
            ("<p>it", " it"),
            ("10<sup>6</sup>, <s>5</s>6", "10 6 ,  5 6"),
            ("[video] It [caption id=\"a\" width=5]sank[/caption]", "  It  sank "),
            ("m<sup>2</sup>", "m 2 "),
        ] {
            assert_eq!(stripped(text), plain);
            assert!(is_left_over(text));
        }
    }

    #[test]
    fn what_is_no_markup_stays() {
        for text in [
            "a < b and c > d",
            "<3",
            "x <b and c> y",
            "x <b c=5> y",
            "a<b>c",
            "x<y>z",
            "i<p>q and q</ b>r",
            "Vec<T>",
            "the [video] shows",
            "as seen in [video], he said",
            "[Video] shows",
            "<name>",
            "<p",
            "<p class=\"x",
            "[video of the ferry]",
            "[sic](he said)",
            "a[1](x) [the port]",
            "->",
            "<é>",
            "&lt;b&gt;",
        ] {
            assert_eq!(stripped(text), text);
            assert!(!is_left_over(text));
        }
    }

    #[test]
    fn what_is_longer_than_any_tag_is_none() {
        let long = "é".repeat(LONGEST);
        for text in [format!("<!--{long}-->"), format!("<p class='{long}'>")] {
            assert!(!is_left_over(&text));
        }
    }
}
