#!/usr/bin/env python3
"""A WET archive and a JSONL file, both gzipped, of a million sentences: detect and dedup beside `zcat FILE | wc`.

    benches/archives.py FOLDER [SENTENCES]     needs a release build; TWICETOLD names another one

Text of `twicetold synth`, preset scraped, twenty sentences a document. Writes its table into
docs/benchmarks.md and prints it: MB/s are those of the decompressed file.
"""

import gzip
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benches/suite"))
sys.dont_write_bytecode = True

import machine  # noqa: E402
import measure  # noqa: E402

SENTENCES = 20  # of a document
LIMIT = 900  # seconds
CORES = 2
PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- archives: begin -->", "<!-- archives: end -->"


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder.mkdir(parents=True, exist_ok=True)
    binary = os.environ.get("TWICETOLD", str(ROOT / "target/release/twicetold"))
    records = folder / "synth.jsonl"
    subprocess.run([binary, "synth", "--count", str(count), "--output", records], check=True)
    files = {"WET": folder / "synth.warc.wet.gz", "JSONL": folder / "synth.jsonl.gz"}
    write(records, files["WET"], files["JSONL"])
    facts, lines = machine.facts(), []

    def say(line):
        lines.append(line)
        print(line, flush=True)

    say(f"{count:,} sentences; {facts['processor']}, {facts['cores']} cores, load {facts['load_at_start']} at the start\n")
    say("| file | command | wall | CPU | MB/s | peak memory |\n|---|---|---|---|---|---|")
    for kind, path in files.items():
        with gzip.open(path) as text:
            size = sum(len(block) for block in iter(lambda: text.read(1 << 20), b"")) / 1e6
        for name, command in commands(binary, path, folder, kind):
            done = measure.run(command, LIMIT, folder / "log", CORES)
            said = (f"{done.wall:.2f} s | {done.cpu:.2f} s | {size / done.wall:.0f} | {done.peak_mb:.0f} MB" if done.ended == "done"
                    else f"{done.ended}: {done.errors.strip()[-200:]} | | |")
            say(f"| {kind}, {size:.0f} MB, {path.stat().st_size / 1e6:.0f} MB gzipped | {name} | {said} |")
    render("\n".join(lines))


def render(table):
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}")


def commands(binary, path, folder, kind):
    out = folder / ("annotated.jsonl" if kind == "WET" else "left.jsonl.gz")
    out.unlink(missing_ok=True)
    more = ["--annotate"] if kind == "WET" else ["--ledger", str(folder / "ledger.jsonl")]
    yield "`zcat \\| wc`", ["sh", "-c", f"zcat '{path}' | wc"]
    yield "`detect --format json`", [binary, "detect", "--quiet", "--format", "json", "-o", str(folder / "report.json"), str(path)]
    yield ("`dedup --annotate`" if kind == "WET" else "`dedup`"), [binary, "dedup", "--quiet", str(path), "-o", str(out), *more]


def write(records, wet, lines):
    """The same documents as a WET archive, a gzip member a record, and as gzipped JSON lines."""
    with open(records, encoding="utf-8") as source, open(wet, "wb") as archive, gzip.open(lines, "wb", 6) as rows:
        for number in itertools.count():
            own = [json.loads(line) for line in itertools.islice(source, SENTENCES)]
            if not own:
                break
            uri = f"https://{own[0]['source']}/{own[0]['date']}/{number}"
            text = "\n".join(record["text"] for record in own)
            body = text.encode() + b"\n"
            head = ("WARC/1.0\r\nWARC-Type: conversion\r\n"
                    f"WARC-Target-URI: {uri}\r\nWARC-Date: {own[0]['date']}T00:00:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
                    f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n")
            archive.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 6, mtime=0))
            row = {"id": str(number), "url": uri, "date": own[0]["date"], "text": text}
            rows.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


if __name__ == "__main__":
    main()
