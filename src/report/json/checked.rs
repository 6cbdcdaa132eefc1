//! What `--check-recall` measured.

use serde::Serialize;

use crate::pipeline::{CheckedRecall, Measured, SampleCheck};
use crate::report::decimals::rounded;

#[derive(Serialize)]
pub(super) struct Checked {
    sample: Sample,
    planted: Planted,
    kept: bool,
}

impl Checked {
    pub(super) fn new(checked: &CheckedRecall) -> Self {
        Self {
            sample: Sample::new(&checked.sample),
            planted: Planted::new(&checked.planted),
            kept: checked.kept,
        }
    }
}

#[derive(Serialize)]
struct Sample {
    sentences: u64,
    represented: u64,
    #[serde(flatten)]
    linked: Pairs,
    at_contract: Pairs,
}

impl Sample {
    fn new(sample: &SampleCheck) -> Self {
        Self {
            sentences: sample.sentences,
            represented: sample.represented,
            linked: Pairs::new(&sample.linked),
            at_contract: Pairs::new(&sample.at_contract),
        }
    }
}

#[derive(Serialize)]
struct Pairs {
    pairs: u64,
    #[serde(flatten)]
    share: Share,
}

impl Pairs {
    fn new(measured: &Measured) -> Self {
        Self { pairs: measured.pairs, share: Share::new(measured) }
    }
}

#[derive(Serialize)]
struct Planted {
    copies: u64,
    #[serde(flatten)]
    share: Share,
}

impl Planted {
    fn new(measured: &Measured) -> Self {
        Self { copies: measured.pairs, share: Share::new(measured) }
    }
}

#[derive(Serialize)]
struct Share {
    found: u64,
    recall: Option<f64>,
    low: f64,
    high: f64,
    expected: Option<f64>,
}

impl Share {
    fn new(measured: &Measured) -> Self {
        Self {
            found: measured.found,
            recall: measured.recall.map(rounded),
            low: rounded(measured.low),
            high: rounded(measured.high),
            expected: measured.expected.map(rounded),
        }
    }
}
