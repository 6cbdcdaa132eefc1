#!/usr/bin/env bash
# What is found of planted duplicates: synth, detect and eval, with the time and memory of each.
#   benches/planted.sh [N] [FOLDER] [options of detect]     needs /usr/bin/time and a release build
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
count=${1:-100000}
folder=${2:-$(mktemp -d)}
mkdir -p "$folder" && cd "$folder"
run() {
    /usr/bin/time -f "$1: %U s of user time, %e s, %M kB at most" "$root/target/release/twicetold" "$@"
}
run synth -n "$count" --preset scraped -o planted.jsonl --truth planted.truth
run detect planted.jsonl --format json -o planted.json "${@:3}"
run eval planted.json --truth planted.truth
