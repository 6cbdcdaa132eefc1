//! Web archives: which records are documents, what is known of them, and what is wrong with others.

use super::super::streams::tests::gzip;
use super::*;
use crate::config::WarcType;
use crate::error::ErrorKind;

const PAGE: &str = "<html lang=de><title>Ferry stays in port today</title><nav>Home</nav><p>The ferry to the islands \
                    stays in port, for the wind is too strong, the captain says, and nobody knows until when it will \
                    blow from the north, where the storm is. The mail waits too.</p>";

fn record(kind: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let header =
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
    [header.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(status: u16, media_type: &str, body: &[u8]) -> Vec<u8> {
    let header = format!("HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n\r\n");
    let fields = "WARC-Target-URI: https://www.a.example/1\r\nWARC-Date: 2024-03-05T06:00:00Z\r\n";
    record("response", fields, &[header.as_bytes(), body].concat())
}

/// One record of each sort.
fn records() -> Vec<Vec<u8>> {
    let wet = "WARC-Record-ID: <urn:uuid:7>\r\nWARC-Target-URI: http://b.example/\r\nContent-Type: text/plain\r\n\
               WARC-Identified-Content-Language: deu,eng\r\n";
    vec![
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        record("request", "", b"GET / HTTP/1.1\r\n\r\n"),
        response(200, "text/html; charset=utf-8", PAGE.as_bytes()),
        response(404, "text/html", b"<p>Not here"),
        response(200, "image/png", b"\x89PNG"),
        record("conversion", wet, "Grüße vom Hafen.\nZwei Zeilen.\n".as_bytes()),
        record("resource", "Content-Type: text/plain; charset=latin1\r\n", b"caf\xe9"),
        record("resource", "Content-Type: image/png\r\n", b"\x89PNG"),
        record(
            "resource",
            "WARC-Target-URI: <metadata://gnu.org/wget.log>\r\nContent-Type: text/plain\r\n",
            b"--2024-- GET",
        ),
        record("revisit", "", b""),
        response(200, "text/plain", b" \n"),
    ]
}

fn archive() -> Vec<u8> {
    records().concat()
}

#[test]
fn documents_are_what_pages_and_texts_say_and_the_rest_is_counted_in_one_line() {
    let members: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("a.warc", archive()), ("a.warc.gz", members), ("unnamed", archive())] {
        let corpus = read_plainly(name, bytes);
        assert_eq!(corpus.files()[0].format, "warc");
        assert_eq!(lines(&corpus), [3, 6, 7]);
        assert!(texts(&corpus)[0].starts_with("Home\nThe ferry"));
        assert_eq!(texts(&corpus)[1..], ["Grüße vom Hafen.\nZwei Zeilen.\n", "café"]);
        assert_eq!(corpus.skipped_total(), 0);
        let passed = "8 WARC records passed over: 2 image/png, 1 request, 1 resource about the crawl, 1 response with status 404, 1 revisit, \
                      1 warcinfo, 1 without text";
        assert_eq!(corpus.warnings(), [passed]);
    }
}

#[test]
fn a_page_says_itself_when_it_was_published_and_the_archive_where_it_does_not() {
    let head = "<meta property=\"article:published_time\" content=\"2024-03-01T08:00:00Z\">";
    let dated = PAGE.replace("<nav>", &format!("{head}<nav>"));
    let pages = [PAGE, &dated].map(|page| response(200, "text/html", page.as_bytes()));
    let corpus = read_plainly("a.warc", pages.concat());
    let dates = [0, 1].map(|number| metadata(&corpus, number).date.clone());
    let [fetched, published] = dates.map(Option::unwrap);
    assert_eq!(fetched, "2024-03-05T06:00:00Z");
    assert!(published.starts_with("2024-03-01"), "{published}");
}

#[test]
fn the_archive_and_the_page_say_what_a_document_is() {
    let corpus = read_plainly("a.warc", archive());
    let page = metadata(&corpus, 0);
    assert_eq!(page.url.as_deref(), Some("https://www.a.example/1"));
    assert_eq!(page.source.as_deref(), Some("a.example"));
    assert_eq!(page.date.as_deref(), Some("2024-03-05T06:00:00Z"));
    assert_eq!(page.title.as_deref(), Some("Ferry stays in port today"));
    assert_eq!(page.language.as_deref(), Some("de"));
    let text = metadata(&corpus, 1);
    assert_eq!(text.id.as_deref(), Some("urn:uuid:7"));
    assert_eq!(
        (text.source.as_deref(), text.language.as_deref()),
        (Some("b.example"), Some("deu"))
    );
    assert!(corpus.documents()[0].parts().is_some() && corpus.documents()[1].parts().is_none());
    assert!(corpus.document_name(DocumentId::new(0)).ends_with("a.warc:3"));
}

#[test]
fn the_settings_choose_types_and_statuses() {
    let read = |warc_types: &[WarcType], warc_statuses: &[u16]| {
        let config = InputConfig {
            warc_types: warc_types.to_vec(),
            warc_statuses: warc_statuses.to_vec(),
            ..InputConfig::default()
        };
        lines(&read_file("a.warc", archive(), &config).unwrap())
    };
    assert_eq!(read(&[WarcType::Conversion], &[200]), [6]);
    assert_eq!(read(&[WarcType::Response], &[200, 404]), [3, 4]);
    assert_eq!(read(&[WarcType::Resource, WarcType::Response], &[]), [7]);
}

#[test]
fn a_bad_record_is_a_skip_with_its_number_and_an_error_if_strict() {
    let broken = String::from_utf8(record("conversion", "", b"text")).unwrap();
    let broken = broken.replace("h: 4", "h: 3");
    let gzipped = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let cut = [gzipped.as_bytes(), &gzip(PAGE.as_bytes())[..60]].concat();
    let bytes = [archive(), broken.into_bytes(), record("response", "", &cut), archive()].concat();
    let corpus = read_file("a.warc", &bytes, &InputConfig::default()).unwrap();
    let [(first, wrong), (second, torn)] = reasons(&corpus)[..] else { panic!() };
    assert_eq!((first, second), (Some(12), Some(13)));
    let start = archive().len();
    let expected =
        format!("expected a record behind the 3 bytes of this one (it begins at byte {start})");
    assert_eq!(wrong, expected);
    assert!(torn.starts_with("expected a body as its header says ("), "{torn}");
    assert_eq!(lines(&corpus), [3, 6, 7, 16, 19, 20]);
    let strict = InputConfig { strict: true, ..InputConfig::default() };
    let error = read_file("a.warc", &bytes, &strict).unwrap_err();
    assert!(error.to_string().contains("a.warc:12: expected a record behind"), "{error}");
}

#[test]
fn a_file_that_ends_within_a_record_ends_early() {
    let bytes = [archive(), archive()].concat();
    let cut = &bytes[..bytes.len() - 12];
    let error = read_file("a.warc", cut, &InputConfig::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io(_)));
    assert!(error.to_string().contains("a.warc: ends early: record 22 is cut off"), "{error}");
    let patient = InputConfig { keep_going: true, ..InputConfig::default() };
    let corpus = read_file("a.warc", cut, &patient).unwrap();
    assert_eq!((corpus.documents().len(), corpus.skipped_total()), (6, 1));
    let stored = gzip(&bytes);
    let error = read_file("a.warc.gz", &stored[..stored.len() - 9], &InputConfig::default());
    assert!(error.unwrap_err().to_string().contains("ends early"));
}

#[test]
fn a_record_over_the_limit_is_a_skip_in_its_archive_and_out_of_its_compression() {
    let gzipped = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n";
    let bomb = [gzipped.as_bytes(), &gzip(&vec![b'a'; 1 << 20])].concat();
    let long = response(200, "text/plain", &vec![b'a'; 20_000]);
    let bytes = [long, record("response", "", &bomb), response(200, "text/plain", b"One.")];
    let config = InputConfig { max_record: 10_000, ..InputConfig::default() };
    let corpus = read_file("a.warc", bytes.concat(), &config).unwrap();
    assert_eq!((texts(&corpus), lines(&corpus)), (vec!["One."], vec![3]));
    let limit = "longer than 10000 bytes, the limit of a record (`max_record`)";
    assert_eq!(reasons(&corpus), [(Some(1), limit), (Some(2), limit)]);
}
