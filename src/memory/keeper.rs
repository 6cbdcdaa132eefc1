//! The thread that gives pages of mapped tables back when the process holds more memory than it may.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::mapped;

/// How often it looks.
const INTERVAL: Duration = Duration::from_millis(1);

/// The bound in bytes; 0 while nothing is kept.
static BOUND: AtomicU64 = AtomicU64::new(0);

/// Keeps this process within so many bytes of memory, as far as mapped tables can be given back.
pub(super) fn start(bound: u64) -> io::Result<()> {
    if BOUND.swap(bound, Ordering::Relaxed) > 0 {
        return Ok(());
    }
    let resident = Resident::open()?;
    std::thread::Builder::new().name("memory".to_owned()).spawn(move || keep(&resident))?;
    Ok(())
}

fn keep(resident: &Resident) {
    // What cannot be given back is no reason to look for it all the time.
    let mut stuck = 0;
    loop {
        std::thread::sleep(INTERVAL);
        let bound = BOUND.load(Ordering::Relaxed);
        let quarter = bound / 4;
        if resident.bytes() > bound.max(stuck + quarter) {
            let _ = mapped::release_until(bound - quarter, || resident.bytes());
            stuck = resident.bytes();
        }
    }
}

/// What the system says about this process's memory.
struct Resident(File);

impl Resident {
    fn open() -> io::Result<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "not an input, and the module stands before `read`"
        )]
        File::open("/proc/self/statm").map(Self)
    }

    /// Bytes that are held in memory; 0 where that cannot be known.
    fn bytes(&self) -> u64 {
        let mut text = [0; 128];
        let length = self.0.read_at(&mut text, 0).unwrap_or(0);
        let text = text.get(..length).and_then(|text| std::str::from_utf8(text).ok());
        let pages = text.and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
        pages.unwrap_or(0) * rustix::param::page_size() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_process_holds_is_some_megabytes() {
        let bytes = Resident::open().unwrap().bytes();
        assert!((1 << 20..1 << 40).contains(&bytes), "{bytes}");
    }
}
