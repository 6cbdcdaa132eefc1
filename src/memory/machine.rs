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
    let limits = [unified_limit(&groups), limit_of_version_1(&groups)].into_iter().flatten();
    Some(limits.fold(machine, u64::min))
}

/// The least limit of the control group (version 2) and of those that it is in. Inside a container the group is the root of what can be seen.
fn unified_limit(groups: &str) -> Option<u64> {
    let group = group(groups, "0::").unwrap_or_default();
    let files = above(group).map(|group| format!("/sys/fs/cgroup{group}/memory.max"));
    files.filter_map(|file| told(&file)?.trim().parse().ok()).min()
}

/// The limit of the control group for memory (version 1) and those that it is in.
fn limit_of_version_1(groups: &str) -> Option<u64> {
    let group = group(groups, ":memory:").unwrap_or_default();
    above(group).find_map(|group| {
        let statistics = told(&format!("/sys/fs/cgroup/memory{group}/memory.stat"))?;
        limit_of_hierarchy(&statistics)
    })
}

/// The least limit of a group and those that it is in, as its statistics have it.
fn limit_of_hierarchy(statistics: &str) -> Option<u64> {
    let limits = statistics.lines();
    limits
        .filter_map(|line| line.strip_prefix("hierarchical_memory_limit "))
        .find_map(|it| it.parse().ok())
}

/// A group's path, and the paths of those that it is in, up to the root, which is empty.
fn above(group: &str) -> impl Iterator<Item = &str> {
    let group = group.trim_end_matches('/');
    std::iter::successors(Some(group), |path| path.rsplit_once('/').map(|(above, _)| above))
}

/// The total of `/proc/meminfo` in bytes.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// The path of the control group on the line that has this mark.
fn group<'a>(groups: &'a str, mark: &str) -> Option<&'a str> {
    groups.lines().find_map(|line| line.split_once(mark).map(|(_, path)| path))
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
        let groups = "10:cpu:/\n4:memory:/jobs/7\n0::/user.slice\n";
        assert_eq!(group(groups, "0::"), Some("/user.slice"));
        assert_eq!(group(groups, ":memory:"), Some("/jobs/7"));
        assert_eq!(above("/jobs/7").collect::<Vec<_>>(), ["/jobs/7", "/jobs", ""]);
        assert_eq!(above("/").collect::<Vec<_>>(), [""]);
        assert_eq!(limit_of_hierarchy("cache 0\nhierarchical_memory_limit 4096\n"), Some(4096));
    }
}
