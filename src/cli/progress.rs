//! Progress on standard error: a line that is drawn only on a terminal. It keeps when each stage began.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::Progress;

/// Work shorter than this draws nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Draws the current stage and keeps the time of each.
pub(super) struct Shown {
    bar: ProgressBar,
    /// Whether the line may be seen, and is by now.
    is_quiet: bool,
    is_seen: AtomicBool,
    started: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Shown {
    /// Progress that is drawn after a while, unless it is to be quiet; steps are counted from the beginning.
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            is_quiet: quiet,
            is_seen: AtomicBool::new(false),
            started: Instant::now(),
            stages: Mutex::new(Vec::new()),
        }
    }

    /// Begins to draw once the work has taken long enough.
    fn show_in_time(&self) {
        if self.is_quiet || self.is_seen.load(Relaxed) || self.started.elapsed() < PATIENCE {
            return;
        }
        if !self.is_seen.swap(true, Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(120));
        }
    }

    /// Clears the line.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Seconds of each stage in order, each up to the next one's beginning and the last up to now, and seconds of all.
    pub(super) fn seconds(&self) -> (Vec<(&'static str, f64)>, f64) {
        let stages = self.stages.lock().map_or_else(|_| Vec::new(), |stages| stages.clone());
        let ends = stages.iter().skip(1).map(|next| next.1).chain([Instant::now()]);
        let stage = |(&(name, begun), ended): (&(&'static str, Instant), Instant)| {
            (name, (ended - begun).as_secs_f64())
        };
        (stages.iter().zip(ends).map(stage).collect(), self.started.elapsed().as_secs_f64())
    }
}

impl Progress for Shown {
    fn stage(&self, name: &'static str, total: Option<u64>) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((name, Instant::now()));
        }
        let template = match (name, total) {
            ("reading", Some(_)) => {
                "{msg:20} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}"
            }
            (_, Some(_)) => "{msg:20} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}",
            ("reading", None) => "{msg:20} {spinner} {bytes} {bytes_per_sec}",
            (_, None) => "{msg:20} {spinner} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.reset();
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
        self.bar.set_message(name);
        self.show_in_time();
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
        self.show_in_time();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_count_from_the_beginning_and_nothing_is_drawn_at_first() {
        let shown = Shown::new(false);
        shown.stage("reading", Some(10));
        shown.advance(3);
        shown.advance(4);
        assert_eq!((shown.bar.position(), shown.bar.is_hidden()), (7, true));
        assert!(!shown.is_seen.load(Relaxed));
        shown.stage("segmenting", Some(5));
        assert_eq!(shown.bar.position(), 0);
    }

    #[test]
    fn long_work_is_seen_from_its_next_step_on_unless_it_is_quiet() {
        for quiet in [false, true] {
            let begun = Instant::now().checked_sub(PATIENCE * 2).unwrap();
            let shown = Shown { started: begun, ..Shown::new(quiet) };
            shown.advance(1);
            assert_eq!(shown.is_seen.load(Relaxed), !quiet);
            shown.finish();
        }
    }
}
