//! One article, several addresses: what an address says beside which page it is, folded away.
//!
//! Folded are: the scheme, `www.`, `m.`, `mobile.` and `amp.` before the host and its default port; the fragment; what tracks a reader
//! (`utm_…`, `fbclid`, …) or asks for another view of the same page (`amp`, `print`, `output=amp`); a last `/amp`, `/print` or
//! `index.html`, an `/amp/` in front, a last slash. All else stays, other parameters in their order by name: `?id=7` and `?id=8` are two pages.

/// Parameters that say nothing of the page.
const TRACKING: [&str; 16] = [
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_ga", "cmpid",
    "cmp", "ncid", "ref_src", "ref_url", "smid", "ocid",
];
/// Parameters that ask for another view.
const VIEWS: [&str; 5] = ["amp", "print", "printable", "printview", "mobile"];
/// Last parts of a path that do.
const LAST_PARTS: [&str; 10] = [
    "",
    "amp",
    "amp.html",
    "print",
    "print.html",
    "index.html",
    "index.htm",
    "index.php",
    "index.shtml",
    "default.aspx",
];
/// Hosts of views.
const HOSTS: [&str; 5] = ["www.", "m.", "mobile.", "amp.", "mobi."];

/// The page that an address leads to; `None` for what is no address of the web.
pub(super) fn folded(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host);
    let mut host = host.trim_end_matches('.');
    while let Some(inner) = HOSTS.iter().find_map(|view| host.strip_prefix(view)) {
        // `m.com` and `amp.dev` are hosts of their own.
        if !inner.contains('.') {
            break;
        }
        host = inner;
    }
    if host.is_empty() {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    while parts
        .last()
        .is_some_and(|last| LAST_PARTS.iter().any(|view| last.eq_ignore_ascii_case(view)))
    {
        parts.pop();
    }
    if parts.len() > 1 && parts.first() == Some(&"amp") {
        parts.remove(0);
    }
    let mut path = parts.join("/");
    for (view, end) in [(".amp.html", ".html"), (".amp", ""), (".print.html", ".html")] {
        if let Some(page) = path.strip_suffix(view) {
            path = format!("{page}{end}");
        }
    }
    let mut kept: Vec<&str> = query.split('&').filter(|parameter| says_which(parameter)).collect();
    kept.sort_unstable();
    let query = kept.join("&");
    Some(if query.is_empty() { format!("{host}/{path}") } else { format!("{host}/{path}?{query}") })
}

/// Whether a parameter may say which page it is.
fn says_which(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_lowercase();
    let is_view = VIEWS.contains(&name.as_str()) && matches!(value, "" | "1" | "true" | "yes")
        || matches!(name.as_str(), "output" | "outputtype" | "view" | "mode")
            && matches!(value.to_lowercase().as_str(), "amp" | "print" | "mobile");
    let is_tracking = name.starts_with("utm_")
        || name.starts_with("at_")
        || name.starts_with("pk_")
        || TRACKING.contains(&name.as_str());
    !name.is_empty() && !is_view && !is_tracking
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::folded;

    #[test]
    fn views_of_one_page_are_one_page() {
        let page = "news.example/2031/03/storm";
        for address in [
            "https://news.example/2031/03/storm",
            "http://www.news.example/2031/03/storm/",
            "https://m.news.example/2031/03/storm",
            "https://mobile.news.example:443/2031/03/storm",
            "https://amp.news.example/2031/03/storm",
            "https://www.m.news.example/2031/03/storm",
            "HTTPS://News.Example/2031/03/storm#comments",
            "https://news.example/2031/03/storm/amp",
            "https://news.example/2031/03/storm/amp/",
            "https://news.example/amp/2031/03/storm",
            "https://news.example/2031/03/storm.amp",
            "https://news.example/2031/03/storm/print",
            "https://news.example/2031/03/storm/index.html",
            "https://news.example/2031/03/storm?print=1",
            "https://news.example/2031/03/storm?amp",
            "https://news.example/2031/03/storm?output=amp",
            "https://news.example/2031/03/storm?outputType=amp&utm_source=x&utm_medium=y",
            "https://news.example/2031/03/storm?fbclid=AbC#top",
            " https://news.example./2031/03/storm?gclid=1&mc_cid=2&cmpid=3 ",
        ] {
            assert_eq!(folded(address).as_deref(), Some(page), "{address}");
        }
    }

    #[test]
    fn two_pages_stay_two() {
        for (one, other) in [
            ("https://news.example/a", "https://news.example/b"),
            ("https://news.example/a?id=7", "https://news.example/a?id=8"),
            ("https://news.example/a?id=7", "https://news.example/a"),
            ("https://news.example/a?page=2&utm_source=x", "https://news.example/a?page=1"),
            ("https://news.example/a", "https://sport.news.example/a"),
            ("https://news.example/Storm", "https://news.example/storm"),
            ("https://news.example/amplifier", "https://news.example/lifier"),
            ("https://news.example/a?print=2", "https://news.example/a"),
            ("https://m.com/a", "https://com/a"),
        ] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }

    #[test]
    fn the_order_of_parameters_says_nothing() {
        let (one, other) = ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&utm_x=3&b=2");
        assert_eq!(folded(one), folded(other));
    }

    #[test]
    fn what_is_no_address_of_the_web_is_none() {
        for address in
            ["", "news", "ftp://a.example/x", "https://", "https:///x", "mailto:a@b.example"]
        {
            assert_eq!(folded(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(path in "[a-z/.?&=#]{0,30}", text in any::<String>()) {
            for address in [format!("https://www.a.example/{path}"), text] {
                let once = folded(&address);
                let again = once.as_ref().and_then(|page| folded(&format!("https://{page}")));
                prop_assert_eq!(again, once);
            }
        }
    }
}
