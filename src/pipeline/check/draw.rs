//! Sentences drawn by the hash of their keys: a function of what they say and of the seed, whatever stands around them.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Run;

/// What sentences are drawn for, so that one draw says nothing of another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// To be compared with all.
    Sample = 0x7361_6d70,
    /// To be copied.
    Copies = 0x636f_7069,
}

/// So many participants (or all) whose keys have the least hashes, in the order of the hashes.
pub(super) fn drawn(run: &Run<'_>, purpose: Purpose, count: usize) -> Vec<u32> {
    let seed = run.comparison.config.seed ^ purpose as u64;
    let hashed = run.participants.par_iter().map(|&row| {
        let key = run.prepared.keys.get(row as usize);
        (xxh3_64_with_seed(key.as_bytes(), seed), row)
    });
    let mut hashed: Vec<(u64, u32)> = hashed.collect();
    hashed.par_sort_unstable();
    hashed.truncate(count);
    hashed.into_iter().map(|(_, row)| row).collect()
}
