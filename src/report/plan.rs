//! What a run would do, for people and for machines.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::decimals::rounded;
use super::phrase::{counted, engine_words, grouped, percent, two_decimals};
use crate::error::{Error, Result};
use crate::pipeline::{Method, PlannedRun, Prediction};

/// The schema of the JSON plan.
pub const PLAN_SCHEMA: &str = "twicetold.plan/1";

/// Writes the plan as a table: what was sampled, what each engine would do, which is chosen and why.
///
/// # Errors
/// If writing fails.
pub fn plan_text(planned: &PlannedRun, out: &mut dyn Write) -> Result<()> {
    table(planned, out).map_err(|cause| Error::io(Path::new("plan"), cause))
}

fn table(planned: &PlannedRun, out: &mut dyn Write) -> io::Result<()> {
    let (input, pilot) = (&planned.input, &planned.plan.pilot);
    writeln!(
        out,
        "{}, {} distinct, {} long enough to be compared",
        counted(input.sentences, "sentence"),
        grouped(input.distinct),
        grouped(pilot.sentences as u64),
    )?;
    writeln!(
        out,
        "links from {}; {} of the pairs at {} to be found",
        two_decimals(planned.threshold),
        percent(planned.contract.recall.number()),
        two_decimals(planned.contract.at),
    )?;
    writeln!(
        out,
        "sampled {}: {:.1} features each, {} of the pairs near enough in length",
        counted(pilot.sampled as u64, "sentence"),
        pilot.items,
        percent(pilot.lengths_fit),
    )?;
    let (at, threshold) = (two_decimals(planned.contract.at), two_decimals(planned.threshold));
    writeln!(out)?;
    writeln!(
        out,
        "  {:<16}{:>16}{:>16}{:>12}{:>10}{:>10}{:>10}",
        "engine",
        "pairs met",
        "compared",
        "core time",
        format!("at {at}"),
        format!("at {threshold}"),
        "expected",
    )?;
    for prediction in &planned.plan.predictions {
        line(prediction, prediction.method == planned.plan.method, out)?;
    }
    writeln!(out)?;
    writeln!(out, "→ {}: {}", method_words(planned.plan.method), planned.plan.reason)
}

fn line(prediction: &Prediction, is_chosen: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{} {:<16}{:>16}{:>16}{:>12}{:>10}{:>10}{:>10}",
        if is_chosen { "→" } else { " " },
        method_words(prediction.method),
        about(prediction.met),
        about(prediction.candidates),
        seconds(prediction.seconds),
        percent(prediction.at_contract),
        percent(prediction.at_threshold),
        percent(prediction.expected),
    )
}

/// `46 × 3 bands`, `prefix join`.
fn method_words(method: Method) -> String {
    match method {
        Method::Bands(banding) => format!("{} × {} bands", banding.bands, banding.rows),
        exact => engine_words(exact.name()).to_owned(),
    }
}

/// A count that is only about right: three digits, and a word for the rest.
fn about(count: f64) -> String {
    let (scaled, word) = match count {
        count if count < 1e4 => return format!("{count:.0}"),
        count if count < 1e6 => (count / 1e3, "thousand"),
        count if count < 1e9 => (count / 1e6, "million"),
        count => (count / 1e9, "billion"),
    };
    let decimals = if scaled < 10.0 { 2 } else { usize::from(scaled < 100.0) };
    format!("{scaled:.decimals$} {word}")
}

fn seconds(seconds: f64) -> String {
    if seconds < 0.1 { "< 0.1 s".to_owned() } else { format!("{seconds:.1} s") }
}

/// Writes the plan as JSON, documented in `docs/plan.schema.json`.
///
/// # Errors
/// If writing fails.
pub fn plan_json(planned: &PlannedRun, out: &mut dyn Write) -> Result<()> {
    let written = serde_json::to_writer_pretty(&mut *out, &Plan::new(planned));
    let written = written.map_err(io::Error::from).and_then(|()| out.write_all(b"\n"));
    written.map_err(|cause| Error::io(Path::new("plan"), cause))
}

#[derive(Serialize)]
struct Plan<'a> {
    schema: &'static str,
    version: &'static str,
    sentences: u64,
    distinct: u64,
    compared: usize,
    threshold: f64,
    recall: f64,
    at: f64,
    pilot: Pilot,
    engines: Vec<Engine>,
    chosen: usize,
    reason: &'a str,
}

#[derive(Serialize)]
struct Pilot {
    sampled: usize,
    features: f64,
    lengths_fit: f64,
}

#[derive(Serialize)]
struct Engine {
    #[serde(rename = "engine")]
    name: &'static str,
    bands: u32,
    rows: u32,
    met: f64,
    candidates: f64,
    seconds: f64,
    at_contract: f64,
    at_threshold: f64,
    expected: f64,
}

impl<'a> Plan<'a> {
    fn new(planned: &'a PlannedRun) -> Self {
        let plan = &planned.plan;
        let chosen = plan.predictions.iter().position(|it| it.method == plan.method);
        Self {
            schema: PLAN_SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            sentences: planned.input.sentences,
            distinct: planned.input.distinct,
            compared: plan.pilot.sentences,
            threshold: planned.threshold.rounded(),
            recall: planned.contract.recall.rounded(),
            at: planned.contract.at.rounded(),
            pilot: Pilot {
                sampled: plan.pilot.sampled,
                features: rounded(plan.pilot.items),
                lengths_fit: rounded(plan.pilot.lengths_fit),
            },
            engines: plan.predictions.iter().map(Engine::new).collect(),
            chosen: chosen.unwrap_or_default(),
            reason: &plan.reason,
        }
    }
}

impl Engine {
    fn new(prediction: &Prediction) -> Self {
        let (bands, rows) = match prediction.method {
            Method::Bands(banding) => (banding.bands, banding.rows),
            Method::BruteForce | Method::Prefix => (0, 0),
        };
        Self {
            name: prediction.method.name(),
            bands,
            rows,
            met: prediction.met.round(),
            candidates: prediction.candidates.round(),
            seconds: rounded(prediction.seconds),
            at_contract: rounded(prediction.at_contract),
            at_threshold: rounded(prediction.at_threshold),
            expected: rounded(prediction.expected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_to_three_digits() {
        for (count, told) in [
            (9_999.4, "9999"),
            (41_260.0, "41.3 thousand"),
            (9_601_240.0, "9.60 million"),
            (691_000_000_000.0, "691 billion"),
        ] {
            assert_eq!(about(count), told);
        }
    }
}
