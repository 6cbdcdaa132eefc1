//! The thread that gives pages of mapped tables back when the process holds more memory than it may.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::machine::Resident;
use super::mapped;

/// How often it looks.
const INTERVAL: Duration = Duration::from_millis(1);

/// What the program's own files take, in bytes, or a little more.
const OWN: u64 = 16 << 20;

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
    loop {
        std::thread::sleep(INTERVAL);
        let bound = BOUND.load(Ordering::Relaxed);
        // Pages come back faster than they can be given away, so that it begins early. What is not mapped cannot be given back.
        let (half, eighth) = (bound / 2, bound / 8);
        let held = resident.pages();
        let room = OWN + eighth.max(half.saturating_sub(held.others));
        if held.mapped > room {
            let _ = mapped::release_until(OWN + room / 4, || resident.pages().mapped);
        }
    }
}
