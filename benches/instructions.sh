#!/usr/bin/env bash
# Instructions of the main jobs, base against head: counts do not depend on what else the machine does.
#   benches/instructions.sh BASE HEAD     two git revisions; needs valgrind, python3, and minutes for four builds; CARGO_TARGET_DIR saves some
# Valgrind shows no AVX-512, so the kernels run as on AVX2. "scalar" is the same source without the kernels for x86-64,
# as the compiler's baseline has it. The input is the verses of tests/data/pairs/bible_en_ot.jsonl of HEAD.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: benches/instructions.sh BASE HEAD" >&2; exit 2; }
command -v valgrind >/dev/null || { echo "benches/instructions.sh needs valgrind (apt-get install valgrind)" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
base=$(git -C "$root" rev-parse --short "$1^{commit}")
head=$(git -C "$root" rev-parse --short "$2^{commit}")
folder=$(mktemp -d)
trap 'for side in base head; do git -C "$root" worktree remove --force "$folder/$side" 2>/dev/null || true; done; rm -rf "$folder"' EXIT

git -C "$root" worktree add --quiet --detach "$folder/base" "$base"
git -C "$root" worktree add --quiet --detach "$folder/head" "$head"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$folder/target} CARGO_INCREMENTAL=0 CARGO_PROFILE_RELEASE_LTO=off
build() { # NAME: the program of this tree; Cargo takes two trees for one, so its files must look new
    find src -name '*.rs' -exec touch {} +
    cargo build --quiet --release --locked --bin twicetold
    cp "$CARGO_TARGET_DIR/release/twicetold" "$folder/$1"
}
for side in base head; do
    cd "$folder/$side"
    build "$side-avx2"
    # Kernels name their instruction sets a line each; without those of x86-64 the plain version is all that is left.
    grep -rl 'multiversion(targets(' src | xargs sed -i '/^ *"x86_64+[a-z0-9+.]*",$/d'
    build "$side-scalar"
done
python3 - "$folder/head/tests/data/pairs/bible_en_ot.jsonl" >"$folder/verses.txt" <<'PY'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    pair = json.loads(line)
    print(" ".join(pair["a"].split()), " ".join(pair["b"].split()), sep="\n")
PY

count() { # SIDE KERNELS FLAGS…: instructions, or nothing if the job failed
    local binary=$folder/$1-$2; shift 2
    valgrind --tool=callgrind --callgrind-out-file="$folder/counts" "$binary" detect --quiet --threads 1 \
        --input-format lines "$@" "$folder/verses.txt" --format json -o "$folder/report.json" >/dev/null 2>"$folder/said" || return 0
    sed -n 's/^\(summary\|totals\): //p' "$folder/counts" | head -1
}
echo "| job | kernels | base $base | head $head | head / base |"
echo "|---|---|---|---|---|"
while read -r job; do
    for kernels in avx2 scalar; do
        read -ra flags <<<"$job"
        before=$(count base $kernels "${flags[@]}")
        after=$(count head $kernels "${flags[@]}")
        ratio=$(awk -v b="${before:-0}" -v h="${after:-0}" 'BEGIN { if (b > 0 && h > 0) printf "%.4f", h / b; else print "failed" }')
        echo "| detect $job | $kernels | ${before:-failed} | ${after:-failed} | $ratio |"
    done
done <<'JOBS'
--profile paraphrase --engine bands
--profile near --engine bands
--profile near --engine brute-force
JOBS
