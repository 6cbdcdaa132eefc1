#!/usr/bin/env bash
# Recall as --check-recall measures it, beside what the formula expects of the very pairs: two profiles at three thresholds;
# and how many of its intervals hold that expectation, over twelve seeds, where bands are few and much is missed.
#   benches/checked.sh VERSES [FOLDER]     VERSES as benches/verses.sh makes it; needs python3 and a release build
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
twicetold=${TWICETOLD:-$root/target/release/twicetold}
verses=$(realpath "$1")
folder=${2:-$(mktemp -d)}
mkdir -p "$folder" && cd "$folder"
head -200000 "$verses" >lines.txt
runs="paraphrase:.3:.4 paraphrase:.4:.5 paraphrase:.5:.6 noisy:.35:.45 noisy:.5:.6 noisy:.65:.75"
for run in $runs; do
    IFS=: read -r profile threshold at <<<"$run"
    "$twicetold" detect lines.txt --input-format lines --engine bands --check-recall \
        --profile "$profile" --threshold "$threshold" --at "$at" --format json --timings -o "$run.json"
done
python3 - $runs <<'PY'
import json, sys
print("| profile | contract | bands × rows | pairs | expected | found | 95 % interval | |")
print("|---|---|---|---|---|---|---|---|")
for run in sys.argv[1:]:
    report = json.load(open(f"{run}.json"))
    recall = report["recall"]
    checked, at = recall["checked"], recall["contract"]["at"]
    sample = checked["sample"]
    rows = [
        (f"{sample['pairs']:,} of the sample from {recall['threshold']:.2f} up", sample),
        (f"{sample['at_contract']['pairs']:,} of them from {at:.2f} up", sample["at_contract"]),
        (f"{checked['planted']['copies']:,} planted at {at:.2f}", checked["planted"]),
    ]
    for name, measured in rows:
        inside = "inside" if measured["low"] <= measured["expected"] <= measured["high"] else "outside"
        print(f"| `{report['config']['profile']}` | {recall['contract']['recall']:.2f} at {at:.2f} | {recall['bands']} × {recall['rows']} "
              f"| {name} | {measured['expected']:.4f} | {measured['recall']:.4f} | {measured['low']:.4f} to {measured['high']:.4f} | {inside} |")
PY
"$twicetold" synth -n 4000 --seed 5 -o records.jsonl
for profile in paraphrase:.4 noisy:.5 near:.8; do
    for seed in {0..11}; do
        "$twicetold" detect records.jsonl --engine bands --recall .5 --at "${profile#*:}" --profile "${profile%:*}" \
            --seed "$seed" --check-recall --quiet --format json -o "few:${profile%:*}:$seed.json"
    done
done
python3 - <<'PY'
import json
print("\n| profile | pairs of the sample | those from the contract point up | planted |\n|---|---|---|---|")
for profile in ("paraphrase", "noisy", "near"):
    inside = [0, 0, 0]
    for seed in range(12):
        checked = json.load(open(f"few:{profile}:{seed}.json"))["recall"]["checked"]
        for place, measured in enumerate((checked["sample"], checked["sample"]["at_contract"], checked["planted"])):
            inside[place] += measured["low"] <= measured["expected"] <= measured["high"]
    print(f"| `{profile}` | " + " | ".join(f"{count} of 12" for count in inside) + " |")
PY
