//! How much memory there is, and how much of it this process holds.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Reads a file of the system; `None` if it is not there.
fn told(path: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "not an input, and the module stands before `read`"
    )]
    std::fs::read_to_string(path).ok()
}

/// Bytes that this process may have: the machine's memory, or the limit of its control group if that is less.
pub(super) fn memory() -> Option<u64> {
    let machine = total(&told("/proc/meminfo")?)?;
    let groups = told("/proc/self/cgroup").unwrap_or_default();
    let limit = group(&groups).and_then(|path| told(&format!("/sys/fs/cgroup{path}/memory.max")));
    // Inside a container the group is the root of what can be seen.
    let limit = limit.or_else(|| told("/sys/fs/cgroup/memory.max"));
    let limit = limit.and_then(|limit| limit.trim().parse().ok());
    Some(limit.map_or(machine, |limit: u64| limit.min(machine)))
}

/// The total of `/proc/meminfo` in bytes.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// The path of the control group (version 2).
fn group(groups: &str) -> Option<&str> {
    groups.lines().find_map(|line| line.strip_prefix("0::"))
}

/// What the system says about this process's memory.
pub(super) struct Resident(File);

impl Resident {
    pub(super) fn open() -> io::Result<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "not an input, and the module stands before `read`"
        )]
        File::open("/proc/self/statm").map(Self)
    }

    /// What is held in memory; nothing where that cannot be known.
    pub(super) fn pages(&self) -> Held {
        let mut text = [0; 128];
        let length = self.0.read_at(&mut text, 0).unwrap_or(0);
        let text = text.get(..length).and_then(|text| std::str::from_utf8(text).ok());
        let mut pages = text.unwrap_or_default().split(' ').skip(1).map_while(|it| it.parse().ok());
        let mut next = || pages.next().unwrap_or(0) * rustix::param::page_size() as u64;
        let (all, mapped) = (next(), next());
        Held { mapped, others: all.saturating_sub(mapped) }
    }
}

/// Bytes that are held in memory.
pub(super) struct Held {
    /// Pages of files.
    pub(super) mapped: u64,
    /// All others.
    pub(super) others: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_process_holds_is_some_megabytes_of_what_there_is() {
        let Held { mapped, others } = Resident::open().unwrap().pages();
        assert!((1 << 20..memory().unwrap()).contains(&others), "{others}");
        assert!((1 << 16..memory().unwrap()).contains(&mapped), "{mapped}");
    }

    #[test]
    fn totals_and_groups_are_read_as_the_system_writes_them() {
        assert_eq!(total("MemTotal:       24 kB\nMemFree: 1 kB\n"), Some(24 << 10));
        assert_eq!(total("MemFree: 1 kB\n"), None);
        assert_eq!(group("1:cpu:/\n0::/user.slice\n"), Some("/user.slice"));
    }
}
