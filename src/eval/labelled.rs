//! Labelled pairs: how well each measure tells pairs that are the same from pairs that are not.

use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ranking::Separation;
use super::words::{Frequencies, Measured};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::read::open;

/// Pairs of sentences, some of which are labelled.
#[derive(Clone, Debug, Default)]
pub struct LabelledPairs {
    pairs: Vec<(String, String, Option<bool>)>,
}

/// A line as it stands in the file; it may have other fields.
#[derive(Deserialize)]
struct Line {
    a: String,
    b: String,
    label: Option<u8>,
}

impl LabelledPairs {
    /// Reads JSON lines of `a`, `b` and `label`, which is 1, 0 or null. Pairs without a label count as text only.
    ///
    /// # Errors
    /// The file cannot be read, or a line is no such pair; with file and line.
    pub fn read(path: &Path) -> Result<Self> {
        let (mut found, mut lines) = (Self::default(), BufReader::new(open(path)?));
        let (mut bytes, mut number) = (Vec::new(), 0);
        loop {
            bytes.clear();
            let read = lines.read_until(b'\n', &mut bytes);
            if read.map_err(|cause| Error::io(path, cause))? == 0 {
                return Ok(found);
            }
            number += 1;
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let bad = |expected: String| Error::record(expected).at(path, Some(number));
            let line: Line = serde_json::from_slice(&bytes)
                .map_err(|cause| bad(format!("an object with a, b and label ({cause})")))?;
            let label = match line.label {
                None => None,
                Some(0) => Some(false),
                Some(1) => Some(true),
                Some(_) => return Err(bad("label 0, 1 or null".to_owned())),
            };
            found.pairs.push((line.a, line.b, label));
        }
    }
}

/// What a measure is worth.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MeasureWorth {
    /// The measure's name.
    pub measure: &'static str,
    /// How well it separates.
    #[serde(flatten)]
    pub separation: Separation,
}

/// What every measure is worth on labelled pairs.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LabelledEvaluation {
    /// Pairs labelled 1.
    pub same: u64,
    /// Pairs labelled 0.
    pub different: u64,
    /// The measures; none unless there are both labels.
    pub measures: Vec<MeasureWorth>,
}

/// A measure: its name, and how it is taken.
type Measure = (&'static str, fn(&Measured) -> f64);

const MEASURES: [Measure; 7] = [
    ("jaccard_idf", |measured| measured.jaccard_idf),
    ("jaccard_char4", |measured| measured.jaccard_char4),
    ("coverage_shorter", |measured| measured.coverage_shorter),
    ("coverage_longer", |measured| measured.coverage_longer),
    ("word_edit", |measured| measured.word_edit),
    ("longest_run", |measured| f64::from(measured.longest_run)),
    ("evidence", |measured| measured.evidence),
];

/// Evaluates every measure. Words weigh what they weigh among all texts of the pairs.
pub fn evaluate_pairs(labelled: &LabelledPairs, config: &Config) -> LabelledEvaluation {
    let texts = labelled.pairs.iter().flat_map(|(a, b, _)| [a.as_str(), b.as_str()]);
    let texts: Vec<&str> = texts.collect();
    let frequencies = Frequencies::of_texts(&texts, config);
    let measured: Vec<(Measured, bool)> = labelled
        .pairs
        .iter()
        .filter_map(|(a, b, label)| {
            let (a, b) = (frequencies.key(a), frequencies.key(b));
            Some((frequencies.measure(&a, &b), (*label)?))
        })
        .collect();
    let same = measured.iter().filter(|(_, label)| *label).count() as u64;
    let worth = |(measure, take): Measure| {
        let scored: Vec<(f64, bool)> =
            measured.iter().map(|(measured, label)| (take(measured), *label)).collect();
        Some(MeasureWorth { measure, separation: Separation::of(&scored)? })
    };
    LabelledEvaluation {
        same,
        different: measured.len() as u64 - same,
        measures: MEASURES.into_iter().filter_map(worth).collect(),
    }
}
