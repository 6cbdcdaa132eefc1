//! The allocator: small things and what fits are the system's, large things beyond that lie in files.

#![expect(unsafe_code, reason = "an allocator is an unsafe trait")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::mapped;

/// Allocations of so many bytes are large.
const LARGE: usize = 1 << 20;
/// Mapped memory begins at a page, which is a multiple of every smaller alignment.
const PAGE: usize = 4096;

/// Bytes of large allocations that the system's allocator has given.
static IN_MEMORY: AtomicUsize = AtomicUsize::new(0);

/// The allocator of a process whose memory can be bounded ([`Bound::hold`](super::Bound::hold)); without a bound all is as the system's.
///
/// Cost: for allocations of less than a megabyte one comparison; for larger ones beyond a quarter of the bound some system calls, and no copying when
/// they grow.
#[derive(Debug)]
pub struct Allocator;

const fn is_large(layout: &Layout) -> bool {
    layout.size() >= LARGE && layout.align() <= PAGE
}

/// Whether so many more bytes may be had from the system's allocator.
fn fits(more: usize) -> bool {
    IN_MEMORY.load(Ordering::Relaxed).saturating_add(more) <= mapped::share()
}

fn note(layout: &Layout, start: *mut u8) -> *mut u8 {
    if is_large(layout) && !start.is_null() {
        IN_MEMORY.fetch_add(layout.size(), Ordering::Relaxed);
    }
    start
}

// SAFETY: what is mapped is as large as asked for (`mapped`), aligned to a page, and belongs to nobody else until it is given back; all other calls are
// passed to the system's allocator with their own layouts. Neither panics nor allocates on the way.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_large(&layout)
            && !fits(layout.size())
            && let Some(start) = mapped::take(layout.size())
        {
            return start;
        }
        // SAFETY: the caller's promise about the layout is the one that the system's allocator wants.
        note(&layout, unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // New files read as zeroes.
        if is_large(&layout)
            && !fits(layout.size())
            && let Some(start) = mapped::take(layout.size())
        {
            return start;
        }
        // SAFETY: as in `alloc`.
        note(&layout, unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        if is_large(&layout) {
            if mapped::give_back(start) {
                return;
            }
            IN_MEMORY.fetch_sub(layout.size(), Ordering::Relaxed);
        }
        // SAFETY: what is not mapped came from the system's allocator, with this layout.
        unsafe { System.dealloc(start, layout) }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the size does not overflow when rounded up to the alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if is_large(&layout) && is_large(&wanted) {
            match mapped::resize(start, size) {
                mapped::Resized::Moved(moved) => return moved,
                mapped::Resized::NotMapped => {}
                mapped::Resized::Failed => {
                    // SAFETY: as the caller of `realloc` promises.
                    return unsafe { self.moved(start, layout, wanted) };
                }
            }
        }
        let grows = size.saturating_sub(if is_large(&layout) { layout.size() } else { 0 });
        let changes = is_large(&layout) && !is_large(&wanted) && mapped::is_mapped(start);
        if changes || (is_large(&wanted) && size > layout.size() && !fits(grows)) {
            // SAFETY: as above.
            return unsafe { self.moved(start, layout, wanted) };
        }
        if is_large(&layout) {
            IN_MEMORY.fetch_sub(layout.size(), Ordering::Relaxed);
        }
        // SAFETY: what is not mapped came from the system's allocator, with this layout.
        let moved = unsafe { System.realloc(start, layout, size) };
        // A failed call leaves the old allocation.
        note(
            if moved.is_null() { &layout } else { &wanted },
            if moved.is_null() { start } else { moved },
        );
        moved
    }
}

impl Allocator {
    /// A copy in an allocation of its own, in the place of the old one; null, and the old one as it was, if there is no memory.
    unsafe fn moved(&self, start: *mut u8, layout: Layout, wanted: Layout) -> *mut u8 {
        // SAFETY: the caller of `realloc` promises that the size is not zero.
        let copy = unsafe { self.alloc(wanted) };
        if !copy.is_null() {
            let length = layout.size().min(wanted.size());
            // SAFETY: both are at least so long, and the new one is no part of the old.
            unsafe { start.copy_to_nonoverlapping(copy, length) };
            // SAFETY: the old one came from this allocator, with this layout, and nobody uses it after this.
            unsafe { self.dealloc(start, layout) };
        }
        copy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: usize = 1 << 20;

    /// An allocation, looked at in some places.
    struct Held {
        start: *mut u8,
        size: usize,
    }

    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 8).unwrap()
    }

    fn places(size: usize) -> impl Iterator<Item = usize> {
        (0..size).step_by(509)
    }

    impl Held {
        fn new(size: usize) -> Self {
            // SAFETY: the size is not zero.
            Self { start: unsafe { Allocator.alloc_zeroed(layout(size)) }, size }
        }

        fn resize(&mut self, size: usize) {
            // SAFETY: the layout is that of the allocation, whose place is forgotten.
            self.start = unsafe { Allocator.realloc(self.start, layout(self.size), size) };
            self.size = size;
        }

        /// A byte in one place.
        fn at(&mut self, place: usize) -> &mut u8 {
            assert!(place < self.size && !self.start.is_null());
            let place = self.start.wrapping_add(place);
            // SAFETY: the place is inside the allocation, which is all zeroes or written.
            unsafe { &mut *place }
        }

        /// Writes bytes that depend on their places.
        fn fill(&mut self) {
            places(self.size).for_each(|place| *self.at(place) = byte(place));
        }

        fn is_filled(&mut self, size: usize) -> bool {
            places(size.min(self.size)).all(|place| *self.at(place) == byte(place))
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            // SAFETY: the layout is that of the allocation, and nobody uses it after this.
            unsafe { Allocator.dealloc(self.start, layout(self.size)) }
        }
    }

    fn byte(place: usize) -> u8 {
        u8::try_from(place % 251).unwrap()
    }

    /// One test, since the bound is the process's.
    #[test]
    fn large_things_beyond_the_bound_lie_in_files_and_keep_their_bytes_wherever_they_move() {
        let folder = tempfile::tempdir().unwrap();
        mapped::open(folder.path(), 16 * MIB as u64).unwrap();
        assert!(mapped::take(1 << 50).is_none(), "no disk has so much room");
        assert_eq!(mapped::refused(), 1 << 50);
        let mut held = Held::new(1000);
        held.fill();
        let mut before = 1000;
        for (size, is_mapped) in [
            (2 * MIB, false),
            (8 * MIB, true),
            (64 * MIB, true),
            (20 * MIB, true),
            (2 * MIB, true),
            (40 * MIB, true),
            (500, false),
        ] {
            held.resize(size);
            assert_eq!(mapped::is_mapped(held.start), is_mapped, "{size}");
            assert!(held.is_filled(before), "{size}");
            held.fill();
            mapped::release_until(0, || 1);
            assert!(held.is_filled(size), "{size}");
            before = size;
        }
        let mut zeroed = Held::new(32 * MIB);
        assert!(mapped::is_mapped(zeroed.start));
        assert!(places(32 * MIB).all(|place| *zeroed.at(place) == 0));
        zeroed.fill();
        assert!(mapped::release_until(0, || 1) > 0 && zeroed.is_filled(32 * MIB));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "files have no names");
        let start = zeroed.start;
        drop(zeroed);
        assert!(!mapped::is_mapped(start));
        mapped::close();
    }
}
