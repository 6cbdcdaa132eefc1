//! The truth file, checked line by line.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::read::open;

/// The format of truth files that is understood.
const TRUTH_SCHEMA: &str = "twicetold.truth/1";

/// What a decoy changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DecoyKind {
    /// A number.
    Numbers,
    /// A name.
    Names,
    /// Whether the sentence denies.
    Negation,
}

impl DecoyKind {
    /// Every kind, in the order of tables.
    pub const ALL: &[Self] = &[Self::Numbers, Self::Names, Self::Negation];

    /// Its name in truth files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Names => "names",
            Self::Negation => "negation",
        }
    }

    /// The flag that warns of it.
    pub const fn flag(self) -> &'static str {
        match self {
            Self::Numbers => "numbers_differ",
            Self::Names => "names_differ",
            Self::Negation => "negation_differs",
        }
    }
}

/// A planted pair.
#[derive(Clone, Debug)]
pub struct PlantedPair {
    /// The original: a position among the records.
    pub a: usize,
    /// The copy.
    pub b: usize,
    /// What was done to the copy.
    pub class: String,
    /// What a decoy changes; a decoy is no duplicate.
    pub decoy: Option<DecoyKind>,
    /// The kinds of facts that the copy does not have as the original has them.
    pub touched: Vec<DecoyKind>,
    /// The true similarity by characters.
    pub jaccard_char4: f64,
}

/// What is true of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// The ids of all records.
    pub records: Vec<String>,
    /// Each record's cluster, as a number.
    pub clusters: Vec<u64>,
    /// Planted pairs.
    pub pairs: Vec<PlantedPair>,
}

/// A line as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    schema: Option<String>,
    #[serde(rename = "version")]
    _version: Option<String>,
    #[serde(rename = "count")]
    _count: Option<u64>,
    #[serde(rename = "seed")]
    _seed: Option<u64>,
    #[serde(rename = "preset")]
    _preset: Option<String>,
    record: Option<String>,
    cluster: Option<String>,
    a: Option<String>,
    b: Option<String>,
    class: Option<String>,
    decoy: Option<String>,
    #[serde(default)]
    facts: Vec<String>,
    jaccard_char4: Option<f64>,
}

/// Names that become numbers in the order in which they come.
#[derive(Default)]
struct Names(HashMap<String, usize, BuildHasherDefault<DefaultHasher>>);

impl Names {
    fn number(&mut self, name: String) -> (usize, bool) {
        let next = self.0.len();
        let number = *self.0.entry(name).or_insert(next);
        (number, number == next)
    }
}

/// Pairs whose records may still come, with their lines.
type Pending = (u64, [String; 2], PlantedPair);

impl Truth {
    /// Reads a truth file.
    ///
    /// # Errors
    /// The file cannot be read, or a line is none of a truth; with file and line.
    pub fn read(path: &Path) -> Result<Self> {
        let mut lines = BufReader::new(open(path)?);
        let (mut truth, mut bytes, mut number) = (Self::default(), Vec::new(), 0);
        let (mut records, mut clusters, mut pending) =
            (Names::default(), Names::default(), Vec::new());
        loop {
            bytes.clear();
            let read = lines.read_until(b'\n', &mut bytes);
            if read.map_err(|cause| Error::io(path, cause))? == 0 {
                break;
            }
            number += 1;
            let at = |error: Error| error.at(path, Some(number));
            let line: Line = serde_json::from_slice(&bytes)
                .map_err(|cause| at(Error::record(format!("a line of a truth file ({cause})"))))?;
            if number == 1 {
                check_head(&line).map_err(at)?;
            } else if let (Some(record), Some(cluster)) = (&line.record, &line.cluster) {
                let (_, is_new) = records.number(record.clone());
                if !is_new {
                    return Err(at(Error::record(format!("record {record:?} only once"))));
                }
                truth.records.push(record.clone());
                truth.clusters.push(clusters.number(cluster.clone()).0 as u64);
            } else {
                let (ends, pair) = planted(line).map_err(at)?;
                pending.push((number, ends, pair));
            }
        }
        if number == 0 {
            return Err(head_expected().at(path, Some(1)));
        }
        truth.resolve(pending, &records).map_err(|(line, error)| error.at(path, Some(line)))?;
        Ok(truth)
    }

    fn resolve(&mut self, pending: Vec<Pending>, records: &Names) -> Result<(), (u64, Error)> {
        for (line, [a, b], mut pair) in pending {
            let place = |name: &String| {
                let unknown = || Error::record(format!("a record of the file instead of {name:?}"));
                records.0.get(name).copied().ok_or_else(|| (line, unknown()))
            };
            (pair.a, pair.b) = (place(&a)?, place(&b)?);
            self.pairs.push(pair);
        }
        Ok(())
    }
}

fn head_expected() -> Error {
    Error::record(format!("a first line with schema {TRUTH_SCHEMA}"))
}

fn check_head(line: &Line) -> Result<()> {
    if line.schema.as_deref() == Some(TRUTH_SCHEMA) { Ok(()) } else { Err(head_expected()) }
}

/// A pair, whose records are still names.
fn planted(line: Line) -> Result<([String; 2], PlantedPair)> {
    let missing = || Error::record("record and cluster, or a, b, class, decoy and jaccard_char4");
    let (Some(a), Some(b), Some(class)) = (line.a, line.b, line.class) else {
        return Err(missing());
    };
    let jaccard_char4 = line.jaccard_char4.ok_or_else(missing)?;
    if !(0.0..=1.0).contains(&jaccard_char4) {
        return Err(Error::record("jaccard_char4 from 0 to 1"));
    }
    if class.is_empty() || !class.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        return Err(Error::record("a class of small letters"));
    }
    let kind = |name: &String, expected: &'static str| {
        let known = DecoyKind::ALL.iter().copied().find(|decoy| decoy.name() == *name);
        known.ok_or_else(|| Error::record(expected))
    };
    let decoy = line.decoy.as_ref();
    let decoy = decoy.map(|name| kind(name, "decoy: null, numbers, names or negation"));
    let touched = line.facts.iter().map(|name| kind(name, "facts: numbers, names or negation"));
    let (decoy, touched) = (decoy.transpose()?, touched.collect::<Result<_>>()?);
    let pair = PlantedPair { a: 0, b: 0, class, decoy, touched, jaccard_char4 };
    Ok(([a, b], pair))
}
