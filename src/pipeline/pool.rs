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

/// Makes pieces of bytes from the chunks of a list on [so many](threads) threads and hands them on in order, while the next ones
/// are made. No more than some chunks a thread wait in memory, which serves again; on one thread nothing else runs.
///
/// # Errors
/// If the system gives no threads, or the first error of `write`.
pub(crate) fn in_order<'i, T: Sync>(
    setting: usize,
    items: &'i [T],
    make: impl Fn(&'i [T], &mut Vec<u8>) + Sync,
    mut write: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    if items.len() <= CHUNK || threads(setting) == 1 {
        let mut made = Vec::new();
        return items.chunks(CHUNK).try_for_each(|chunk| {
            made.clear();
            make(chunk, &mut made);
            write(&made)
        });
    }
    let pool = pool(setting)?;
    let (mut ready, mut next): (Vec<Vec<u8>>, Vec<Vec<u8>>) = Default::default();
    let rounds = items.chunks(CHUNK * CHUNKS_A_THREAD * threads(setting));
    for round in rounds.map(Some).chain([None]) {
        pool.in_place_scope(|scope| {
            if let Some(round) = round {
                scope.spawn(|_| make_round(round, &mut next, &make));
            }
            ready.iter().try_for_each(|bytes| write(bytes))
        })?;
        std::mem::swap(&mut ready, &mut next);
    }
    Ok(())
}

/// Makes the pieces of some chunks, in memory that earlier ones left.
fn make_round<'i, T: Sync>(
    round: &'i [T],
    pieces: &mut Vec<Vec<u8>>,
    make: impl Fn(&'i [T], &mut Vec<u8>) + Sync,
) {
    pieces.resize_with(round.len().div_ceil(CHUNK), Vec::new);
    pieces.par_iter_mut().zip(round.par_chunks(CHUNK)).for_each(|(piece, chunk)| {
        piece.clear();
        make(chunk, piece);
    });
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

    #[test]
    fn pieces_come_in_order_and_an_error_ends_them() {
        let items: Vec<u8> =
            (0..40 * CHUNK).map(|item| u8::try_from(item % 251).unwrap()).collect();
        for threads in [1, 2, 3] {
            let mut written = Vec::new();
            let copy = |chunk: &[u8], made: &mut Vec<u8>| made.extend_from_slice(chunk);
            let write = |piece: &[u8]| {
                written.extend_from_slice(piece);
                Ok(())
            };
            in_order(threads, &items, copy, write).unwrap();
            assert!(written == items);
            let mut calls = 0;
            let fail = |_: &[u8]| {
                calls += 1;
                Err(Error::config("threads", "none"))
            };
            assert!(in_order(threads, &items, copy, fail).is_err());
            assert_eq!(calls, 1);
        }
    }
}
