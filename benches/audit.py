#!/usr/bin/env python3
"""What `twicetold audit` says of planted articles, beside what is true of them; and what it costs beside `detect`.

    benches/audit.py BINARY [FOLDER] [-n N] [--seeds S,S] [--large N] [--cases] [--check]

Makes N articles of forty outlets for each seed (`twicetold synth --preset syndicated`), audits them with the sources and marks that are written
beside them, compares (`planted_audit.py`), and writes its table into docs/benchmarks.md. `--large N` runs `audit` and `detect` on so many
articles, one after the other, and writes their times and most memory. `--cases` prints cases that are not right, and `--check` ends with 1 if a
target is missed; neither of these writes the page unless `--write` is there.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benches"))
sys.path.insert(0, str(ROOT / "benches/suite"))
sys.dont_write_bytecode = True

import machine  # noqa: E402
import measure  # noqa: E402
from planted_audit import Comparison  # noqa: E402

LIMIT = 3600  # seconds
CORES = 2
PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- audit: begin -->", "<!-- audit: end -->"


def main():
    words = argparse.ArgumentParser()
    words.add_argument("binary", type=Path)
    words.add_argument("folder", type=Path, nargs="?")
    words.add_argument("-n", type=int, default=20000)
    words.add_argument("--seeds", default="11,12")
    words.add_argument("--large", type=int, default=0)
    words.add_argument("--cases", action="store_true")
    words.add_argument("--check", action="store_true")
    words.add_argument("--write", action="store_true")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as given:
        folder = asked.folder or Path(given)
        folder.mkdir(parents=True, exist_ok=True)
        columns = [compared(asked, folder, seed) for seed in asked.seeds.split(",")]
        lines = table(asked, columns)
        if asked.large:
            lines += cost(asked, folder)
    print("\n".join(lines))
    if asked.write or not (asked.cases or asked.check):
        render("\n".join(lines))
    missed = [row[0] for column in columns for row in column["rows"] if row[3] is False]
    if asked.check and missed:
        sys.exit(f"missed: {', '.join(missed)}")


def made(binary, folder, count, seed):
    """Articles with their truth, sources and marks."""
    files = {name: folder / f"planted-{name}" for name in ("articles.jsonl", "truth.jsonl", "sources.csv", "marks.csv")}
    articles, truth, sources, marks = files.values()
    subprocess.run([binary, "synth", "--preset", "syndicated", "-n", str(count), "--seed", str(seed), "-o", articles,
                    "--truth", truth, "--sources", sources, "--marks", marks], check=True)
    return articles, truth, sources, marks


def audit(binary, folder, articles, sources, marks, tolerance):
    out = folder / "audit"
    shutil.rmtree(out, ignore_errors=True)
    command = [binary, "audit", articles, "--quiet", "--sources", sources, "--marks", marks,
               "--clock-tolerance", f"{tolerance}s", "--export", "jsonl", "-o", out]
    return out, [str(word) for word in command]


def compared(asked, folder, seed):
    articles, truth, sources, marks = made(asked.binary, folder, asked.n, seed)
    with open(truth, encoding="utf-8") as lines:
        head = json.loads(next(lines))
    out, command = audit(asked.binary, folder, articles, sources, marks, head["clock_seconds"])
    subprocess.run(command, check=True)
    comparison = Comparison(articles, truth, out / "audit.json")
    if asked.cases:
        show(comparison)
    totals = comparison.audit["totals"]
    shutil.rmtree(out)
    return {"seed": seed, "rows": list(comparison.rows()), "totals": totals, "confused": comparison.confused}


def show(comparison):
    kinds = {"first": comparison.first, "stories": comparison.stories, "claimed": comparison.claimed, "untrue": comparison.untrue,
             "classes": comparison.classes, "origins": comparison.origins, "linked": comparison.linked,
             "credits missed": comparison.credit_found, "credits that are none": comparison.credit_right,
             **{f"{kind} missed": ratio for kind, ratio in comparison.altered.items()},
             **{f"{kind} that is none": ratio for kind, ratio in comparison.said.items()}}
    for name, ratio in kinds.items():
        for case in ratio.cases[:12]:
            print(f"{name}: {case}")
    print("largest differences of reuse:", sorted(comparison.reuse)[-12:])


def table(asked, columns):
    seeds = " | ".join(f"seed {column['seed']}" for column in columns)
    lines = [f"{asked.n:,} articles of 40 outlets; {columns[0]['totals']['sentences']:,} sentences with seed {columns[0]['seed']}.", "",
             f"| what | target | {seeds} |", "|---|---|" + "---|" * len(columns)]
    for rows in zip(*(column["rows"] for column in columns)):
        said = " | ".join(found + (" **missed**" if enough is False else "") for _, _, found, enough in rows)
        lines.append(f"| {rows[0][0]} | {rows[0][1]} | {said} |")
    lines += ["", "Classes that were not said as they are, over all seeds:", "", "| true | said | articles |", "|---|---|---|"]
    confused = sum((column["confused"] for column in columns), start=type(columns[0]["confused"])())
    wrong = sorted(((count, pair) for pair, count in confused.items() if pair[0] not in (pair[1], "version")), reverse=True)
    return lines + [f"| {true} | {said} | {count:,} |" for count, (true, said) in wrong]


def cost(asked, folder):
    """`audit` beside `detect` on the same articles."""
    articles, truth, sources, marks = made(asked.binary, folder, asked.large, 1)
    out, command = audit(asked.binary, folder, articles, sources, marks, 300)
    report = folder / "report.json"
    detect = [str(asked.binary), "detect", "--quiet", "--format", "json", "-o", str(report), str(articles)]
    facts = machine.facts()
    lines = ["", f"{asked.large:,} articles, {articles.stat().st_size / 1e6:.0f} MB; {facts['processor']}, {facts['cores']} cores, load "
             f"{facts['load_at_start']} at the start.", "", "| command | wall | CPU | peak memory | written |", "|---|---|---|---|---|"]
    for name, words in (("`detect --format json`", detect), ("`audit --export jsonl`", command)):
        done = measure.run(words, LIMIT, folder / "log", CORES)
        written = report if name.startswith("`detect") else out
        size = sum(path.stat().st_size for path in ([written] if written.is_file() else written.rglob("*")) if path.is_file())
        said = (f"{done.wall:.1f} s | {done.cpu:.1f} s | {done.peak_mb:,.0f} MB | {size / 1e6:,.0f} MB" if done.ended == "done"
                else f"{done.ended}: {done.errors.strip()[-200:]} | | |")
        lines.append(f"| {name} | {said} |")
    report.unlink(missing_ok=True)
    shutil.rmtree(out, ignore_errors=True)
    return lines


def render(text):
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    main()
