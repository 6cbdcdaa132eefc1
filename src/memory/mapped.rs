//! Files without a name, mapped into memory, a file for each large table.
//!
//! Disk space is reserved before a table is given out, so that a full disk is an allocation that stays in memory instead of a write that kills the
//! process.

#![expect(
    unsafe_code,
    reason = "mapping files is unsafe: nobody else may change them, and these have no name"
)]

use std::ffi::c_void;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::fs::{FallocateFlags, Mode, OFlags, fallocate, fstatfs, openat};
use rustix::mm::{Advice, MapFlags, MremapFlags, ProtFlags, madvise, mmap, mremap, munmap};

use super::Files;

/// So many tables may be mapped at a time: each is an open file, of which a process usually has 1,024.
const MOST: usize = 400;

/// Large allocations that may be in memory, in bytes.
static SHARE: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Bytes of tables for which no file was to be had.
static REFUSED: AtomicU64 = AtomicU64::new(0);

/// File systems that are memory, by the numbers that Linux gives them: `tmpfs` and `ramfs`.
const OF_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];

/// How many tables are mapped, to be asked without a lock.
static COUNT: AtomicUsize = AtomicUsize::new(0);

static MAPPED: Mutex<Mapped> =
    Mutex::new(Mapped { folder: None, tables: [const { None }; MOST], next: 0 });

struct Mapped {
    folder: Option<OwnedFd>,
    tables: [Option<Table>; MOST],
    /// Whose pages are given back next.
    next: usize,
}

struct Table {
    /// An exposed address.
    start: usize,
    length: usize,
    file: OwnedFd,
}

/// What became of an allocation that is to have another size.
pub(super) enum Resized {
    /// It begins here now.
    Moved(*mut u8),
    /// It is not mapped.
    NotMapped,
    /// It is mapped and cannot be resized.
    Failed,
}

/// From now on there are files in this folder for what does not fit into a quarter of the bound.
pub(super) fn open(folder: &Path, bound: u64) -> io::Result<Files> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = rustix::fs::open(folder, flags, Mode::empty())?;
    // Not every file system reserves space; without that a full disk would kill the process.
    let file = unnamed(&folder)?;
    fallocate(&file, FallocateFlags::empty(), 0, 1)?;
    let is_memory = u64::try_from(fstatfs(&file)?.f_type).is_ok_and(|it| OF_MEMORY.contains(&it));
    lock().folder = Some(folder);
    SHARE.store(usize::try_from(bound / 4).unwrap_or(usize::MAX), Ordering::Relaxed);
    Ok(if is_memory { Files::InMemory } else { Files::OnDisk })
}

/// No more tables are mapped.
#[cfg(test)]
pub(super) fn close() {
    SHARE.store(usize::MAX, Ordering::Relaxed);
    lock().folder = None;
}

/// How many bytes of large allocations may be in memory.
pub(super) fn share() -> usize {
    SHARE.load(Ordering::Relaxed)
}

/// Bytes of tables that are in memory since no file was to be had.
pub(super) fn refused() -> u64 {
    REFUSED.load(Ordering::Relaxed)
}

/// Room for so many bytes in a file, all zeroes; `None` where there is none to be had.
pub(super) fn take(length: usize) -> Option<*mut u8> {
    let taken = in_file(length);
    if taken.is_none() {
        REFUSED.fetch_add(length as u64, Ordering::Relaxed);
    }
    taken
}

fn in_file(length: usize) -> Option<*mut u8> {
    // Whoever gives pages back wants the lock soon; reserving space on a disk takes its time.
    let file = unnamed(lock().folder.as_ref()?).ok()?;
    fallocate(&file, FallocateFlags::empty(), 0, length as u64).ok()?;
    if COUNT.fetch_add(1, Ordering::Relaxed) >= MOST {
        COUNT.fetch_sub(1, Ordering::Relaxed);
        return None;
    }
    let (rights, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::SHARED);
    // SAFETY: a new mapping at a place of the system's choice touches no memory that is in use.
    let start = unsafe { mmap(std::ptr::null_mut(), length, rights, flags, &file, 0) };
    let Ok(start) = start else {
        COUNT.fetch_sub(1, Ordering::Relaxed);
        return None;
    };
    lock().put(Table { start: start.expose_provenance(), length, file });
    Some(start.cast())
}

/// Whether an allocation is mapped.
pub(super) fn is_mapped(start: *mut u8) -> bool {
    COUNT.load(Ordering::Relaxed) > 0 && lock().find(start).is_some()
}

/// Ends a mapping; whether it was one.
pub(super) fn give_back(start: *mut u8) -> bool {
    let Some(table) = taken(start) else { return false };
    COUNT.fetch_sub(1, Ordering::Relaxed);
    // SAFETY: the owner gives it back, so nobody uses it; it was mapped with this length. If it fails, it stays mapped and is lost.
    let _ = unsafe { munmap(start.cast(), table.length) };
    true
}

/// Makes a mapping longer or shorter. Nothing is copied.
pub(super) fn resize(start: *mut u8, length: usize) -> Resized {
    let Some(mut table) = taken(start) else { return Resized::NotMapped };
    let resized = table.resize(start, length);
    lock().put(table);
    resized.map_or(Resized::Failed, Resized::Moved)
}

/// Takes a table off the list, so that nobody gives its pages back; it is still counted, so that there is room for it.
fn taken(start: *mut u8) -> Option<Table> {
    if COUNT.load(Ordering::Relaxed) == 0 {
        return None;
    }
    let mut mapped = lock();
    let at = mapped.find(start)?;
    mapped.tables[at].take()
}

impl Table {
    /// Where it begins with another length; the table is as it was if that cannot be had.
    fn resize(&mut self, start: *mut u8, length: usize) -> Option<*mut u8> {
        if length > self.length {
            let (from, more) = (self.length as u64, (length - self.length) as u64);
            fallocate(&self.file, FallocateFlags::empty(), from, more).ok()?;
        }
        // SAFETY: it was mapped with this length, and its owner uses it at the new place alone.
        let moved = unsafe { mremap(start.cast(), self.length, length, MremapFlags::MAYMOVE) };
        let moved = moved.ok()?;
        if length < self.length {
            // Disk space that nobody needs. If it fails, it comes back with the file.
            let _ = rustix::fs::ftruncate(&self.file, length as u64);
        }
        self.start = moved.expose_provenance();
        self.length = length;
        Some(moved.cast())
    }
}

/// Takes the pages of one table after the other out of this process's memory; each time `held` bytes says how many are held still, until these are no
/// more than `bound`. Returns how many tables were released.
pub(super) fn release_until(bound: u64, held: impl Fn() -> u64) -> usize {
    let mut released = 0;
    for _ in 0..MOST {
        if COUNT.load(Ordering::Relaxed) == 0 || held() <= bound {
            break;
        }
        released += lock().release_next();
    }
    released
}

impl Mapped {
    /// Puts a table on the list, which has room for all that are counted.
    fn put(&mut self, table: Table) {
        if let Some(free) = self.tables.iter_mut().find(|table| table.is_none()) {
            *free = Some(table);
        }
    }

    fn find(&self, start: *mut u8) -> Option<usize> {
        let begins =
            |table: &Option<Table>| table.as_ref().is_some_and(|table| table.start == start.addr());
        self.tables.iter().position(begins)
    }

    /// Releases the pages of the next table there is.
    fn release_next(&mut self) -> usize {
        let order = (self.next..MOST).chain(0..self.next);
        let found = order.clone().find_map(|at| self.tables[at].as_ref().map(|table| (at, table)));
        let Some((at, table)) = found else { return 0 };
        let start: *mut c_void = std::ptr::with_exposed_provenance_mut(table.start);
        // SAFETY: the range is mapped while the lock is held, shared and from a file: its bytes stay in the file, and are read again when they are touched.
        let released = unsafe { madvise(start, table.length, Advice::LinuxDontNeed) }.is_ok();
        self.next = (at + 1) % MOST;
        usize::from(released)
    }
}

/// A new file of a folder, without a name.
fn unnamed(folder: &OwnedFd) -> rustix::io::Result<OwnedFd> {
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    openat(folder, c".", flags, Mode::RUSR | Mode::WUSR)
}

fn lock() -> MutexGuard<'static, Mapped> {
    MAPPED.lock().unwrap_or_else(PoisonError::into_inner)
}
