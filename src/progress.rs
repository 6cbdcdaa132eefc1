//! The seam through which long work tells how far it is; it can never change a result.

/// Hears how far the work is. The default implementation for `()` hears nothing.
pub trait Progress: Sync {
    /// A stage begins; `total` is the number of steps it will take, where known.
    fn stage(&self, name: &'static str, total: Option<u64>);
    /// So many more steps of the current stage are done.
    fn advance(&self, steps: u64);
}

impl Progress for () {
    fn stage(&self, _name: &'static str, _total: Option<u64>) {}
    fn advance(&self, _steps: u64) {}
}
