//! One scoped pool, sized by the settings.

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

/// A pool of so many threads; 0 is one for each core.
///
/// # Errors
/// If the system gives no threads.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool> {
    let built = ThreadPoolBuilder::new().num_threads(threads).build();
    built.map_err(|cause| {
        Error::config("threads", format!("a number the system can start ({cause})"))
    })
}
