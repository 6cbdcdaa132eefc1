//! An invented report: a cluster whose survivor is not its representative, one of nothing but copies, one of hostile
//! texts, and a contained pair.

use twicetold::{
    config::{Config, Contract},
    corpus::{InputFile, SentenceKind, Skip},
    ids::Similarity,
    pipeline::{
        InputSummary, PairScores, RecallStatement, Report, ReportedCluster, ReportedDocument,
        ReportedPair, ReportedPlace, ReportedSentence,
    },
    verify::{Channel, Channels, Flag, Flags, Relation},
};

/// Terminal codes, a reversed direction, a character of no width, markup and a formula.
pub(super) const HOSTILE: &str = "=HYPERLINK(\"http://lamps.example/\",\"Go\") the \u{1b}[2J\u{1b}[31mmuseum reopens\u{202e} on Friday <b>with new lamps</b>\u{200b} & a\r\n\tgift shop";

const TEXTS: [(&str, SentenceKind); 8] = [
    (
        "The harbour authority said on Tuesday that 14 ferries would stay in port until the storm had passed.",
        SentenceKind::Body,
    ),
    (
        "On Tuesday the harbour authority said 12 ferries would not leave port until the storm had passed over.",
        SentenceKind::Body,
    ),
    (
        "“Fourteen ferries will stay in port until the storm has passed,” the harbour authority said.",
        SentenceKind::Quote,
    ),
    ("Take our evening letter and never miss a tide table again.", SentenceKind::Body),
    (HOSTILE, SentenceKind::Caption),
    (
        "The museum reopens on Saturday <script>alert(1)</script> with new lamps & a gift shop",
        SentenceKind::Body,
    ),
    (
        "The old lighthouse keeper wound the great clock every morning before sunrise.",
        SentenceKind::Body,
    ),
    (
        "Neighbours remember that the old lighthouse keeper wound the great clock every morning before sunrise, and that his daughter polished the brass until it shone.",
        SentenceKind::Body,
    ),
];

/// Sentence, document, line.
const PLACES: [(usize, usize, u64); 15] = [
    (0, 0, 4),
    (1, 1, 9),
    (2, 0, 11),
    (3, 1, 2),
    (3, 1, 30),
    (3, 1, 61),
    (3, 1, 95),
    (3, 1, 120),
    (3, 1, 158),
    (3, 2, 1),
    (4, 3, 7),
    (5, 1, 77),
    (6, 1, 40),
    (7, 2, 2),
    (7, 1, 41),
];

pub(super) fn report() -> Report {
    Report {
        settings: Config::default().result_settings(),
        input: input(),
        recall: exact_recall(),
        documents: documents(),
        sentences: sentences(),
        clusters: clusters(),
        pairs: pairs(),
    }
}

/// What a run over the same texts that found nothing would say.
pub(super) fn empty_report() -> Report {
    Report {
        documents: Vec::new(),
        sentences: Vec::new(),
        clusters: Vec::new(),
        pairs: Vec::new(),
        ..report()
    }
}

pub(super) fn exact_recall() -> RecallStatement {
    RecallStatement {
        engine: "prefix",
        bands: 0,
        rows: 0,
        threshold: share(30),
        contract: Contract { recall: share(95), at: share(40) },
        expected: 1.0,
        checked: None,
        capped: 0,
        met: 30,
        candidates: 12,
        reason: "few sentences".into(),
    }
}

pub(super) fn share(percent: u64) -> Similarity {
    Similarity::ratio(percent, 100)
}

fn input() -> InputSummary {
    let file = |path: &str, format, documents, bytes| InputFile {
        path: path.into(),
        format,
        documents,
        bytes,
        xxh3: 0x00c0_ffee_0000_0000 + bytes,
        is_cut_short: false,
        text_column: None,
    };
    InputSummary {
        reference_documents: 0,
        files: vec![
            file("coast.jsonl", "jsonl", 2, 5_310),
            file("notes/tides.txt", "text", 1, 20_417),
        ],
        documents: 4,
        sentences: 1_240,
        distinct: 1_232,
        without_words: 3,
        skipped: vec![Skip {
            path: "coast.jsonl".into(),
            line: Some(3),
            reason: "expected a string under \"text\"".into(),
        }],
        skipped_total: 1,
        warnings: Vec::new(),
    }
}

fn documents() -> Vec<ReportedDocument> {
    let document = |id: &str, path: &str, told: [Option<&str>; 4]| {
        let [source, title, date, url] = told.map(|text| text.map(str::to_owned));
        ReportedDocument {
            id: id.into(),
            path: path.into(),
            source,
            title,
            date,
            url,
            language: None,
            is_reference: false,
            repeated: Similarity::ratio(1, 4),
            sentences: 12,
        }
    };
    vec![
        document(
            "coast-1",
            "coast.jsonl",
            [
                Some("coast.example"),
                Some("Storm keeps ferries in port"),
                Some("2031-03-04"),
                Some("https://coast.example/storm"),
            ],
        ),
        document("notes/tides.txt", "notes/tides.txt", [None; 4]),
        document("text:3", "", [None; 4]),
        document(
            "\u{1b}]0;gone\u{7}",
            "coast.jsonl",
            [Some("lamps.example"), Some("=1+1|' /C lamp'!A0\u{2066}"), None, None],
        ),
    ]
}

fn sentences() -> Vec<ReportedSentence> {
    let sentence = |(position, &(text, kind)): (usize, &(&str, SentenceKind))| ReportedSentence {
        id: sentence_id(position),
        text: text.to_owned(),
        kind,
        flags: Flags::default(),
        places: places(position),
    };
    TEXTS.iter().enumerate().map(sentence).collect()
}

fn sentence_id(position: usize) -> String {
    format!("s{:016x}", 0x5eed_0000_0000_0000_u64 + position as u64)
}

fn places(sentence: usize) -> Vec<ReportedPlace> {
    let here = PLACES.iter().filter(|place| place.0 == sentence);
    here.map(|&(_, document, line)| ReportedPlace {
        document,
        index: u32::try_from(line).unwrap() - 1,
        line,
        start: 100,
        end: 100 + u32::try_from(TEXTS[sentence].0.len()).unwrap(),
        text: (line == 61)
            .then(|| "TAKE OUR EVENING LETTER and never miss a tide table again.".into()),
    })
    .collect()
}

fn clusters() -> Vec<ReportedCluster> {
    vec![
        ReportedCluster {
            id: "c5eed000000000000".into(),
            members: vec![1, 0, 2],
            representative: 0,
            places: 3,
            relation: Relation::Reworded,
            min_similarity: share(44),
            mean_similarity: share(52),
            weakest: (0, 2),
            flags: Flags::default().with(Flag::NumbersDiffer).with(Flag::Quote),
            strength: 71.5,
        },
        ReportedCluster {
            id: "c5eed000000000003".into(),
            members: vec![3],
            representative: 3,
            places: 7,
            relation: Relation::Exact,
            min_similarity: Similarity::ONE,
            mean_similarity: Similarity::ONE,
            weakest: (3, 3),
            flags: Flags::default().with(Flag::Boilerplate),
            strength: 12.25,
        },
        ReportedCluster {
            id: "c5eed000000000004".into(),
            members: vec![4, 5],
            representative: 4,
            places: 2,
            relation: Relation::Edited,
            min_similarity: share(61),
            mean_similarity: share(61),
            weakest: (4, 5),
            flags: Flags::default(),
            strength: 80.0,
        },
    ]
}

fn pairs() -> Vec<ReportedPair> {
    let pair = |a, b, relation, scores, flags| ReportedPair {
        a,
        b,
        relation,
        scores,
        flags,
        channels: Channels::of(Channel::Runs).union(Channels::of(Channel::Prefix)),
        split: None,
    };
    let scores = |idf, char4, longest_run, log10_evalue| PairScores {
        jaccard_idf: share(idf),
        jaccard_char4: share(char4),
        coverage_a: Similarity::ratio(2, 3),
        coverage_b: share(58),
        longest_run,
        word_edit: share(41),
        log10_evalue,
    };
    let numbers = Flags::default().with(Flag::NumbersDiffer);
    let inside = PairScores { coverage_a: Similarity::ONE, ..scores(45, 43, 12, -19.0) };
    vec![
        pair(0, 1, Relation::Edited, scores(60, 55, 6, -14.260_49), numbers),
        pair(0, 2, Relation::Reworded, scores(44, 48, 4, -9.5), Flags::default()),
        pair(4, 5, Relation::Edited, scores(61, 52, 5, -1.8), Flags::default()),
        pair(6, 7, Relation::Contained, inside, Flags::default()),
    ]
}
