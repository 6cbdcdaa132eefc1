//! CSV and JSON lines.

use serde_json::Value;
use twicetold::report::{csv_clusters, csv_pairs, jsonl};

use super::{assert_snapshot, invented, written};

/// The header and the rows of a table.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let record = |record: csv::Result<csv::StringRecord>| {
        record.unwrap().iter().map(str::to_owned).collect()
    };
    reader.records().map(record).collect()
}

/// The cell of a row under a heading.
fn cell<'a>(rows: &'a [Vec<String>], row: usize, heading: &str) -> &'a str {
    let column = rows[0].iter().position(|name| name == heading).unwrap();
    &rows[row][column]
}

#[test]
fn pairs_come_back_from_csv_row_by_row() {
    let report = invented::report();
    let text = written(|out| csv_pairs(&report, out));
    let rows = rows(&text);
    assert_eq!(rows.len(), 1 + report.pairs.len());
    for (row, pair) in (1..).zip(&report.pairs) {
        assert_eq!(cell(&rows, row, "a"), report.sentences[pair.a].id);
        assert_eq!(cell(&rows, row, "relation"), pair.relation.name());
        let text = &report.sentences[pair.a].text;
        let guarded = if text.starts_with('=') { format!("'{text}") } else { text.clone() };
        assert_eq!(cell(&rows, row, "text_a"), guarded);
        assert_eq!(cell(&rows, row, "text_b"), report.sentences[pair.b].text);
    }
    assert_eq!(cell(&rows, 1, "log10_evalue"), "-14.2605");
    assert_eq!(cell(&rows, 1, "channels"), "runs prefix");
    assert_eq!(cell(&rows, 1, "line_b"), "9");
}

#[test]
fn clusters_have_a_row_for_each_place_of_each_member() {
    let report = invented::report();
    let text = written(|out| csv_clusters(&report, out));
    let rows = rows(&text);
    let places: u64 = report.clusters.iter().map(|cluster| cluster.places).sum();
    assert_eq!(rows.len() as u64, 1 + places);
    assert_eq!(cell(&rows, 1, "survivor"), "true");
    assert_eq!(cell(&rows, 1, "representative"), "false");
    assert_eq!(cell(&rows, 2, "representative"), "true");
    assert_eq!(
        cell(&rows, 6, "text"),
        "TAKE OUR EVENING LETTER and never miss a tide table again."
    );
    assert_eq!(cell(&rows, 11, "title"), "'=1+1|' /C lamp'!A0\u{2066}");
    assert_eq!(cell(&rows, 11, "text"), format!("'{}", invented::HOSTILE));
}

#[test]
fn rows_end_in_crlf_and_no_cell_begins_as_a_formula() {
    let report = invented::report();
    for text in [written(|out| csv_pairs(&report, out)), written(|out| csv_clusters(&report, out))]
    {
        assert!(text.ends_with("\r\n"));
        for cell in rows(&text).concat() {
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn an_empty_report_is_a_table_with_its_header_alone() {
    let text = written(|out| csv_pairs(&invented::empty_report(), out));
    assert_eq!(text.matches("\r\n").count(), 1);
}

#[test]
fn each_json_line_stands_by_itself() {
    let report = invented::report();
    let text = written(|out| jsonl(&report, out));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), report.clusters.len() + report.pairs.len());
    let (clusters, pairs) = lines.split_at(report.clusters.len());
    for (line, cluster) in clusters.iter().zip(&report.clusters) {
        assert_eq!(line["type"], "cluster");
        for (member, &position) in line["members"].as_array().unwrap().iter().zip(&cluster.members)
        {
            assert_eq!(member["text"], report.sentences[position].text);
            let places = member["places"].as_array().unwrap();
            assert_eq!(places.len(), report.sentences[position].places.len());
            assert!(places.iter().all(|place| place["path"].is_string()));
        }
    }
    for (line, pair) in pairs.iter().zip(&report.pairs) {
        assert_eq!(line["type"], "pair");
        assert_eq!(line["text_a"], report.sentences[pair.a].text);
        assert_eq!(line["text_b"], report.sentences[pair.b].text);
    }
    assert!(text.lines().all(|line| line.starts_with("{\"type\":\"")));
    assert_snapshot("jsonl", &text);
}
