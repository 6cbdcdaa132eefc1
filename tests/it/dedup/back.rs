//! The way back: what was written and its ledger are the input again, byte for byte; and twice is once.

use std::io::{Read as _, Write as _};

use proptest::prelude::*;
use twicetold::config::{Config, Format, InputConfig, Keep, Unit};
use twicetold::dedup::{Dedup, Ledger, Policy, restore};
use twicetold::ids::FileId;
use twicetold::pipeline::Boilerplate;
use twicetold::read::{read_bytes, with_text_of_bytes};
use twicetold::verify::Relation;

use super::{dedup, folder, names};

const SENTENCES: [&str; 9] = [
    "The ferry left the harbour of Velmark at dawn on Friday.",
    "The ferry left the harbour of Velmark at dawn on Friday!",
    "The ferry left the harbour of Velmark at dawn on friday evening.",
    "Prices rose by 5 per cent in May, the council of the island said.",
    "Prices rose by 6 per cent in May, the council of the island said.",
    "\"We stay,\" said the “mayor”, née Lindqvist\\Berg, and\tleft the hall.",
    "He declined.",
    "Nobody was hurt in the storm, and nobody knew why it had come so early.",
    "警方表示，周五的风暴中没有人受伤，但港口已经关闭了三天。",
];

/// A file of a format out of documents of sentences, with line ends of one kind.
fn file(format: Format, documents: &[Vec<usize>], end: &str, is_pretty: bool) -> String {
    let text = |document: &Vec<usize>, between: &str| {
        document.iter().map(|&at| SENTENCES[at]).collect::<Vec<_>>().join(between)
    };
    let json = |text: &str| serde_json::to_string(text).unwrap();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let records: Vec<String> = match format {
        Format::Lines => {
            documents.iter().map(|document| text(document, " ").replace('\t', " ")).collect()
        }
        Format::Csv | Format::Tsv => {
            let comma = if format == Format::Csv { "," } else { "\t" };
            let row = |(number, document): (usize, &Vec<usize>)| {
                format!(
                    "{number}{comma}{}{comma}\"a\"\"b\"",
                    quoted(&text(document, if is_pretty { "\n" } else { " " }))
                )
            };
            let rows = documents.iter().enumerate().map(row);
            std::iter::once(format!("id{comma}text{comma}note")).chain(rows).collect()
        }
        Format::Jsonl => {
            let record = |(number, document): (usize, &Vec<usize>)| {
                if is_pretty {
                    let parts: Vec<String> =
                        document.iter().map(|&at| json(SENTENCES[at])).collect();
                    format!("{{\"sentences\" : [ {} ], \"id\":{number}}}", parts.join(" , "))
                } else {
                    format!(
                        "{{\"id\":{number},\"text\":{},\"z\":[1, 2]}}",
                        json(&text(document, "  "))
                    )
                }
            };
            documents.iter().enumerate().map(record).collect()
        }
        Format::Json => {
            let blank = if is_pretty { end } else { "" };
            let record = |(number, document): (usize, &Vec<usize>)| {
                let text = json(&text(document, "  "));
                format!("{{{blank}\"text\" : {text},{blank} \"id\":{number}}}")
            };
            let records: Vec<String> = documents.iter().enumerate().map(record).collect();
            let comma = if is_pretty { format!("{end}  ,{end}  ") } else { ",".to_owned() };
            return format!("[{blank}{}{blank}]", records.join(&comma));
        }
        _ => documents.iter().map(|document| text(document, " ") + end).collect(),
    };
    records.join(end)
}

/// What is written, and its ledger.
fn written(bytes: &[u8], config: &Config, policy: &Policy) -> (Vec<u8>, Vec<u8>) {
    let corpus = read_bytes(bytes, "in", &config.input).unwrap();
    let dedup =
        Dedup::new(&corpus, (config, policy), std::collections::BTreeMap::new(), &()).unwrap();
    let (mut out, mut ledger) = (Vec::new(), Vec::new());
    dedup.begin(true, &mut ledger).unwrap();
    with_text_of_bytes(bytes, "in", &config.input, |text| {
        let rewritten = dedup.write(FileId::new(0), text, &mut out, &mut ledger)?;
        assert_eq!(rewritten.unlocated, 0);
        Ok(())
    })
    .unwrap();
    (out, ledger)
}

fn policy(seed: u8) -> Policy {
    Policy {
        relations: if seed & 0b1 == 0 {
            Policy::default().relations
        } else {
            Relation::ALL.to_vec()
        },
        minimum_words: (seed & 0b10 != 0).then_some(1),
        all_copies: seed & 0b1100 == 0b1100,
        keep_empty: seed & 0b1_0000 != 0,
        boilerplate: if seed & 0b110_0000 == 0b110_0000 {
            Boilerplate::Drop
        } else {
            Boilerplate::Once
        },
        ..Policy::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn what_was_written_and_its_ledger_are_the_input_again(
        documents in prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 0..5), 0..7),
        format in prop::sample::select(vec![Format::Text, Format::Lines, Format::Jsonl, Format::Json, Format::Csv, Format::Tsv]),
        (crlf, is_pretty, mark, ends) in any::<(bool, bool, bool, bool)>(),
        seed in any::<u8>(),
        unit in prop::sample::select(Unit::ALL.to_vec()),
        keep in prop::sample::select(vec![Keep::Earliest, Keep::Latest, Keep::First, Keep::Longest, Keep::Central]),
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let body = file(format, &documents, end, is_pretty);
        let bytes = format!("{}{body}{}", if mark { "\u{feff}" } else { "" }, if ends { end } else { "" });
        let input = InputConfig { format: Some(format), ..InputConfig::default() };
        let policy = policy(seed);
        let config = Config { profile: policy.profile(), unit, keep, input, ..Config::default() };
        prop_assume!(read_bytes(bytes.as_bytes(), "in", &config.input).is_ok_and(|corpus| corpus.files().len() == 1));
        let (out, ledger) = written(bytes.as_bytes(), &config, &policy);
        if format == Format::Json && !mark {
            prop_assert!(serde_json::from_slice::<Vec<serde_json::Value>>(&out).is_ok());
        }
        let ledger = Ledger::read(&mut ledger.as_slice(), "ledger".as_ref()).unwrap();
        let mut back = Vec::new();
        let line = &ledger.files[0];
        with_text_of_bytes(&out, "out", &config.input, |text| restore(&ledger, line, text, &mut back)).unwrap();
        prop_assert_eq!(String::from_utf8(back).unwrap(), bytes);
        prop_assert!(line.exact);
    }

    #[test]
    fn removing_twice_removes_no_more_than_once(
        documents in prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 1..5), 1..7),
        format in prop::sample::select(vec![Format::Text, Format::Lines, Format::Jsonl, Format::Json, Format::Csv]),
        is_pretty in any::<bool>(),
        unit in prop::sample::select(Unit::ALL.to_vec()),
    ) {
        let bytes = file(format, &documents, "\n", is_pretty) + "\n";
        let input = InputConfig { format: Some(format), ..InputConfig::default() };
        let policy = Policy::default();
        let config = Config { profile: policy.profile(), unit, input, ..Config::default() };
        let (once, _) = written(bytes.as_bytes(), &config, &policy);
        let (twice, _) = written(&once, &config, &policy);
        prop_assert_eq!(String::from_utf8(twice).unwrap(), String::from_utf8(once).unwrap());
    }
}

#[test]
fn a_folder_of_formats_comes_back() {
    let documents = [vec![0, 3, 7], vec![1], vec![4, 7], vec![2, 5, 6, 5]];
    let files = [
        ("in/a.jsonl", file(Format::Jsonl, &documents, "\n", false)),
        ("in/deep/b.csv", file(Format::Csv, &documents, "\r\n", true)),
        ("in/deep/c.txt", "\u{feff}".to_owned() + SENTENCES[0]),
        ("in/d.lines", file(Format::Lines, &documents, "\n", false)),
        ("in/e.txt", String::new()),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&files);
    let packed = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(files[0].1.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    std::fs::write(folder.path().join("in/f.jsonl.gz"), packed).unwrap();
    dedup(folder.path(), &["in", "-o", "out", "-q"]);
    dedup(folder.path(), &["--restore", "out.removed.jsonl", "out", "-o", "back", "-q"]);
    for (name, text) in &files {
        let back = std::fs::read_to_string(folder.path().join(name.replacen("in", "back", 1)));
        assert_eq!(&back.unwrap(), text, "{name}");
    }
    // What was compressed is written so, and restored as it was inside.
    assert!(!names(&folder.path().join("out")).contains(&"deep/c.txt".to_owned()));
    let back = std::fs::read_to_string(folder.path().join("back/f.jsonl")).unwrap();
    assert_eq!(back, files[0].1);
    if let Ok(packed) = std::fs::read(folder.path().join("out/f.jsonl.gz")) {
        let mut plain = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut plain).unwrap();
        assert!(plain.len() < files[0].1.len());
    }
}
