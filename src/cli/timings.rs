//! What `--timings` says: threads, seconds of each stage and of all, and pairs compared.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::progress::Shown;

/// How long a run took, from its first byte read to its last result; writing is not in it.
pub(super) struct Timings {
    threads: usize,
    /// In the order in which they began.
    stages: Vec<(&'static str, f64)>,
    /// Pairs that were compared on the texts themselves.
    candidates: u64,
    seconds: f64,
}

impl Timings {
    /// The times up to now.
    pub(super) fn of(progress: &Shown, threads: usize, candidates: u64) -> Self {
        let (stages, seconds) = progress.seconds();
        Self { threads, stages, candidates, seconds }
    }

    /// The object of the JSON report; seconds to the millisecond.
    pub(super) fn object(&self) -> Map<String, Value> {
        let mut stages = Map::new();
        for &(name, seconds) in &self.stages {
            stages.insert(name.to_owned(), json!(to_milliseconds(seconds)));
        }
        Map::from_iter([
            ("threads".to_owned(), json!(self.threads)),
            ("stages".to_owned(), Value::Object(stages)),
            ("candidates".to_owned(), json!(self.candidates)),
            ("seconds".to_owned(), json!(to_milliseconds(self.seconds))),
        ])
    }

    /// Writes a table: a line a stage, then all.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, seconds) in &self.stages {
            writeln!(out, "{name:<20} {seconds:>9.3} s")?;
        }
        let (candidates, threads) = (self.candidates, self.threads);
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        writeln!(
            out,
            "{:<20} {:>9.3} s, {threads} thread{}, {candidates} pair{} compared",
            "all",
            self.seconds,
            plural(threads as u64),
            plural(candidates),
        )
    }
}

fn to_milliseconds(seconds: f64) -> f64 {
    (seconds * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_stages_in_their_order_and_then_all() {
        let timings = Timings {
            threads: 2,
            stages: vec![("weighing", 0.25), ("noting", 1.0)],
            candidates: 1,
            seconds: 1.25,
        };
        let mut out = Vec::new();
        timings.write(&mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        weighing                 0.250 s
        noting                   1.000 s
        all                      1.250 s, 2 threads, 1 pair compared
        ");
    }
}
