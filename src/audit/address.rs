//! Addresses that lead to one page: what is told apart is the page, not the way to it.

/// Parameters that say how a reader came.
const TRACKING: [&str; 9] =
    ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ref", "ref_src", "ns_"];

/// An address without its scheme, `www.`, fragment, tracking parameters and last slash, its host in small letters.
///
/// `http://www.Herald.example/a/?utm_source=x#top` is `herald.example/a`.
pub(super) fn canonical(url: &str) -> String {
    let url = url.trim();
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split('#').next().unwrap_or_default();
    let (page, query) = bare.split_once('?').unwrap_or((bare, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_kept = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default();
        let tracks = |known: &str| {
            if known.ends_with('_') { name.starts_with(known) } else { name == known }
        };
        !name.is_empty() && !TRACKING.into_iter().any(tracks)
    };
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    let path = path.trim_end_matches('/');
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{host}/{path}{mark}{}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_one_page_are_one_address_and_pages_are_not() {
        let page = canonical("https://herald.example/a");
        for same in [
            "http://www.Herald.example/a/",
            "https://herald.example/a#top",
            "https://herald.example/a?utm_source=x&fbclid=1",
        ] {
            assert_eq!(canonical(same), page, "{same}");
        }
        for other in
            ["https://herald.example/b", "https://herald.example/a?id=5", "https://star.example/a"]
        {
            assert_ne!(canonical(other), page, "{other}");
        }
    }
}
