//! Who published a document, told from its address.

/// The host of an address in lower case, without `www.`, port and user; `None` if it has none.
pub(super) fn host(url: &str) -> Option<String> {
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
}
