//! Progress on standard error: a line that is drawn only on a terminal, and the time of each stage for `--timings`.

use std::io::{self, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Map, Value};

use crate::progress::Progress;

/// Work shorter than this draws nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Draws the current stage and keeps the time of each.
pub(super) struct Shown {
    bar: ProgressBar,
    started: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Shown {
    /// Progress that is drawn, unless it is to be quiet.
    pub(super) fn new(quiet: bool) -> Self {
        let target =
            if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        Self { bar, started: Instant::now(), stages: Mutex::new(Vec::new()) }
    }

    /// Clears the line.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Seconds of each stage and of all, to the millisecond.
    pub(super) fn timings(&self) -> Map<String, Value> {
        let Ok(stages) = self.stages.lock() else { return Map::new() };
        let ends = stages.iter().skip(1).map(|next| next.1).chain([Instant::now()]);
        let seconds = |time: Duration| Value::from((time.as_secs_f64() * 1e3).round() / 1e3);
        let stage = |(&(name, begun), ended): (&(&str, Instant), Instant)| {
            (name.to_owned(), seconds(ended - begun))
        };
        let mut timings: Map<String, Value> = stages.iter().zip(ends).map(stage).collect();
        timings.insert("all".to_owned(), seconds(self.started.elapsed()));
        timings
    }

    /// Writes the time that each stage took to standard error.
    pub(super) fn write_timings(&self) -> io::Result<()> {
        let mut out = io::stderr().lock();
        for (name, seconds) in &self.timings() {
            writeln!(out, "{name:<20} {:8.3} s", seconds.as_f64().unwrap_or_default())?;
        }
        Ok(())
    }
}

impl Progress for Shown {
    fn stage(&self, name: &'static str, total: Option<u64>) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((name, Instant::now()));
        }
        let (template, length) = match (name, total) {
            ("reading", Some(_)) => {
                ("{msg:20} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}", total)
            }
            (_, Some(_)) => ("{msg:20} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}", total),
            ("reading", None) => ("{msg:20} {spinner} {bytes} {bytes_per_sec}", None),
            (_, None) => ("{msg:20} {spinner} {elapsed}", None),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.reset();
        match length {
            Some(length) => self.bar.set_length(length),
            None => self.bar.unset_length(),
        }
        self.bar.set_message(name);
        if self.started.elapsed() > PATIENCE {
            self.bar.enable_steady_tick(Duration::from_millis(120));
        }
    }

    fn advance(&self, steps: u64) {
        if self.started.elapsed() > PATIENCE {
            self.bar.inc(steps);
        }
    }
}
