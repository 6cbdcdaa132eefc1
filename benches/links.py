#!/usr/bin/env python3
"""Links to be read by eye: the same corpus at three sizes, some links of each band of similarity, drawn by a fixed seed.

    benches/links.py VERSES [FOLDER]     VERSES as benches/verses.sh makes it; needs a release build
"""
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile

SEED = 2026
SIZES = (10_000, 100_000, None)
BANDS = ((0.30, 0.35, 6), (0.35, 0.40, 6), (0.40, 0.50, 5), (0.50, 0.60, 5), (0.60, 0.80, 5), (0.80, 1.01, 5))
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main():
    lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
    folder = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    drawn = sorted(range(len(lines)), key=lambda at: hashlib.sha256(b"%d:%d" % (SEED, at)).digest())
    for size in SIZES:
        sample = os.path.join(folder, f"{size or len(lines)}.txt")
        with open(sample, "w", encoding="utf-8") as out:
            out.writelines(lines[at] + "\n" for at in sorted(drawn[:size]))
        report = json.loads(subprocess.run(
            [f"{ROOT}/target/release/twicetold", "detect", "--quiet", "--input-format", "lines", "--format", "json", sample],
            check=True, capture_output=True).stdout)
        show(report, size or len(lines))


def show(report, size):
    texts = {sentence["id"]: sentence["text"] for sentence in report["sentences"]}
    chance = random.Random(SEED)
    print(f"# {size:,} lines, {len(report['pairs']):,} links")
    for low, high, wanted in BANDS:
        links = [pair for pair in report["pairs"] if low <= pair["jaccard_idf"] < high]
        print(f"## {low:.2f} to {min(high, 1):.2f}: {len(links):,} links")
        for pair in chance.sample(links, min(wanted, len(links))):
            print(f"{pair['a']} {pair['b']} {pair['jaccard_idf']:.3f} {pair['relation']} {' '.join(pair['flags'])}")
            print(f"    {texts[pair['a']]}\n    {texts[pair['b']]}")


main()
