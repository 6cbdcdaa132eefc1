#!/usr/bin/env bash
# What is many must not cost its square: families, one number that changes, and a crowd of which hardly anything is linked.
# The last case is copies and variants of one line among as many others: what one of them costs, against one of the others.
#   benches/crowds.sh [FOLDER]     needs python3, /usr/bin/time, and a release build
#   EACH=10000 benches/crowds.sh   so many copies, variants and others instead of a million each
#   ROUNDS=5 benches/crowds.sh     so many rounds of this last case instead of one
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export EACH=${EACH:-1000000} ROUNDS=${ROUNDS:-1}
folder=${1:-$(mktemp -d)}
mkdir -p "$folder" && cd "$folder" && rm -f others.seconds one_line.seconds
python3 - <<'PY'
import os
import random

random.seed(2026)
words = [f"word{n}" for n in range(40_000)]


def stranger():
    return " ".join(random.choice(words) for _ in range(18))


def write(name, lines):
    random.shuffle(lines)
    with open(f"{name}.txt", "w") as out:
        out.write("\n".join(lines) + "\n")


templates = [stranger() for _ in range(60)]
write("families", [f"{t} item {n}" for t in templates for n in range(1_000)])
base = "the harbour wall of velmark will be finished before the winter says the council in its report number"
write("number", [f"{base} {n}" for n in range(30_000)] + [stranger() for _ in range(30_000)])


def variant(n):
    own = base.split()
    for _ in range(2):
        own[random.randrange(len(own))] = f"v{random.randrange(100_000)}"
    return " ".join(own) + f" item {n}"


write("crowd", [variant(n) for n in range(100_000)] + [stranger() for _ in range(100_000)])

each = int(os.environ["EACH"])
others = [" ".join(random.choices(words, k=18)) for _ in range(each)]
write("others", others)
write("one_line", others + [base] * each + [variant(n) for n in range(each)])
PY
for name in families number crowd; do
    /usr/bin/time -f "$name: %e s, %M kB at most" \
        "$root/target/release/twicetold" detect --quiet --input-format lines "$name.txt" --format json -o "$name.json"
done
python3 - <<'PY'
import json
for name in ("families", "number", "crowd"):
    report = json.load(open(f"{name}.json"))
    clusters = report["clusters"]
    members = sum(cluster["size"] for cluster in clusters)
    print(name, report["input"]["distinct"], "sentences", len(clusters), "clusters of", members, report["recall"]["engine"])
    # The sixty families must be found whole.
    assert name != "families" or len(clusters) == 60 and members == 60_000, (len(clusters), members)
PY

# User seconds, for they are quieter than the clock's; the median of some rounds, for they are noisy too.
for round in $(seq "$ROUNDS"); do
    for name in others one_line; do
        /usr/bin/time -f %U -o seconds \
            "$root/target/release/twicetold" detect --quiet --input-format lines "$name.txt" --format json -o "$name.json"
        cat seconds >>"$name.seconds"
    done
done
python3 - <<'PY'
import os
from statistics import median

each = int(os.environ["EACH"])
alone, together = ([float(line) / each for line in open(f"{name}.seconds")] for name in ("others", "one_line"))
costs = [((b - a) / 2, a) for a, b in zip(alone, together)]
times = sorted(one / other for one, other in costs if other)
one_line, others = (median(column) for column in zip(*costs))
print(f"one line: {1e6 * one_line:.2f} user us a copy or variant, {1e6 * others:.2f} a line of the others", end="")
print(f", {median(times):.2f} times ({times[0]:.2f} - {times[-1]:.2f})" if times else ", too few lines to measure")
PY
