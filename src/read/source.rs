//! Who published a document, told from its address.
//!
//! `www.bbc.co.uk` and `news.bbc.co.uk` are one source, `bbc.co.uk`: the registrable domain by the Public Suffix List
//! (publicsuffix.org), which is compiled in. Its private section counts too: each `name.github.io` is a source.

use psl::Psl as _;

/// The registrable domain of an address; of a host that has none (an IP address, a name without a known suffix) the host.
pub(super) fn domain(url: &str) -> Option<String> {
    let host = host(url)?;
    let known = psl::List.domain(host.as_bytes()).filter(|domain| domain.suffix().is_known());
    let domain = known.and_then(|domain| std::str::from_utf8(domain.as_bytes()).ok());
    Some(domain.map_or_else(|| host.clone(), str::to_owned))
}

/// The host of an address in lower case, without `www.`, port and user; `None` if it has none.
fn host(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest,
        None => url.strip_prefix("//").or_else(|| url.starts_with("www.").then_some(url))?,
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = without_port(host).trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty() && !host.contains(char::is_whitespace)).then(|| host.to_owned())
}

/// A host without `:443`; the colons of `[::1]` stay.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_bare() {
        for (url, expected) in [
            ("https://www.News.Example/a/b?x=//c", Some("news.example")),
            ("http://user:pass@news.example:8080", Some("news.example")),
            ("HTTPS://news.example.#top", Some("news.example")),
            ("//cdn.example/x", Some("cdn.example")),
            ("www.news.example/a", Some("news.example")),
            ("http://[::1]:80/", Some("[::1]")),
            ("http://bücher.example", Some("bücher.example")),
            ("file:///home/a.html", None),
            ("article-17.html", None),
            ("", None),
        ] {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }
    #[test]
    fn a_source_is_the_domain_that_somebody_registered() {
        for (url, expected) in [
            ("https://www.bbc.co.uk/news", "bbc.co.uk"),
            ("https://News.BBC.co.uk./a", "bbc.co.uk"),
            ("https://a.b.city.kawasaki.jp", "city.kawasaki.jp"),
            ("http://rss.www.lemonde.fr:80/x", "lemonde.fr"),
            ("https://someone.github.io/blog", "someone.github.io"),
            ("https://www.straße.de", "straße.de"),
            ("https://co.uk/", "co.uk"),
            ("http://192.168.0.1:8000/x", "192.168.0.1"),
            ("http://[2001:db8::1]/", "[2001:db8::1]"),
            ("http://localhost:3000", "localhost"),
            ("http://a.b.intranet", "a.b.intranet"),
            ("http://..", ".."),
        ] {
            let expected = (expected != "..").then_some(expected);
            assert_eq!(domain(url).as_deref(), expected, "{url}");
        }
    }
}
