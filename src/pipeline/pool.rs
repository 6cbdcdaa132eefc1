//! Scoped pools, sized by the settings, and lists made on one of them and handed on in order.

use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

/// More threads than this for each core only cost time to start.
const THREADS_A_CORE: usize = 4;

/// Items of a chunk, and chunks of a thread that are made before any is handed on.
const CHUNK: usize = 1_024;
const CHUNKS_A_THREAD: usize = 8;

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

/// Makes pieces of bytes from the chunks of a list on [so many](threads) threads and hands them on in order. No more than a few
/// chunks a thread wait in memory; on one thread nothing else runs.
///
/// # Errors
/// If the system gives no threads, or the first error of `write`.
pub(crate) fn in_order<'i, T: Sync>(
    setting: usize,
    items: &'i [T],
    make: impl Fn(&'i [T]) -> Result<Vec<u8>> + Sync,
    mut write: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    if items.len() <= CHUNK || threads(setting) == 1 {
        return items.chunks(CHUNK).try_for_each(|chunk| write(&make(chunk)?));
    }
    let pool = pool(setting)?;
    items.chunks(CHUNK * CHUNKS_A_THREAD * threads(setting)).try_for_each(|round| {
        let made: Vec<_> = pool.install(|| round.par_chunks(CHUNK).map(&make).collect());
        made.into_iter().try_for_each(|bytes| write(&bytes?))
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
