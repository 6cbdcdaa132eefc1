//! One scoped pool, sized by the settings.

use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

/// More threads than this for each core only cost time to start.
const THREADS_A_CORE: usize = 4;

/// How many threads a run with this setting has: at most four for each core; 0 is one for each core. No result depends on it.
pub fn threads(setting: usize) -> usize {
    let cores = available_parallelism().map_or(1, NonZero::get);
    if setting == 0 { cores } else { setting.min(cores.saturating_mul(THREADS_A_CORE)) }
}

/// A pool of [so many](threads) threads.
///
/// # Errors
/// If the system gives no threads.
pub(crate) fn pool(setting: usize) -> Result<ThreadPool> {
    let built = ThreadPoolBuilder::new().num_threads(threads(setting)).build();
    built.map_err(|cause| {
        Error::config("threads", format!("a number the system can start ({cause})"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_threads_are_as_many_as_are_of_use() {
        let cores = available_parallelism().unwrap().get();
        assert_eq!(pool(1).unwrap().current_num_threads(), 1);
        assert_eq!(pool(0).unwrap().current_num_threads(), cores);
        assert_eq!(pool(usize::MAX).unwrap().current_num_threads(), cores * THREADS_A_CORE);
        assert_eq!((threads(0), threads(1)), (cores, 1));
    }
}
