#!/usr/bin/env bash
# dedup of a file inside a control group with less memory, beside the same without one: the same bytes?
#
#   benches/group.sh FILE LIMIT [DEDUP OPTION]…       e.g. benches/group.sh synth.jsonl 1G
#
# Needs root (it makes a control group), GNU time and a release build (TWICETOLD names another one). What the group counts is everything: the
# process's own memory, its tables, and the system's cache of what it reads and writes.
set -euo pipefail
file=$1 limit=$2
shift 2
binary=${TWICETOLD:-$(dirname "$0")/../target/release/twicetold}
folder=$(mktemp -d -p .)

if [ -d /sys/fs/cgroup/memory ]; then
    group=/sys/fs/cgroup/memory/twicetold-$$ bound=memory.limit_in_bytes peak=memory.max_usage_in_bytes
else
    group=/sys/fs/cgroup/twicetold-$$ bound=memory.max peak=memory.peak
fi
mkdir "$group"
trap 'rm -rf "$folder"; rmdir "$group"' EXIT
echo "$limit" >"$group/$bound"

run() {
    command time -f "$1: %e s wall, %U s user, %S s system, at most %M kB resident" \
        "$binary" dedup "$file" -o "$folder/$1" --ledger "$folder/$1.removed" --quiet "${@:2}"
}

run without "$@"
(
    echo $BASHPID >"$group/cgroup.procs"
    run "within-$limit" "$@"
)
echo "counted by the group at most: $(($(cat "$group/$peak") / 1000000)) MB"
cmp "$folder/without" "$folder/within-$limit"
cmp "$folder/without.removed" "$folder/within-$limit.removed"
echo "the same bytes"
