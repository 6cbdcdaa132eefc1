#!/usr/bin/env python3
"""A WET archive, gzipped JSONL and Parquet, of a million sentences or more: detect and dedup beside `zcat FILE | wc`.

    benches/archives.py FOLDER [--sentences N,N] [--memory SIZE,SIZE] [--only-dedup]

Needs a release build (TWICETOLD names another one), and pyarrow for Parquet (`pip install pyarrow`; without it there is none).
Text of `twicetold synth`, preset scraped, twenty sentences a document; a Parquet row group of 5,000 documents. Each size is read without
--memory, unless that says something, and with each of its sizes. Writes its table into docs/benchmarks.md and prints it: MB/s are those of the
decompressed text.
"""

import argparse
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
GROUP = 5000  # documents of a row group
LIMIT = 1800  # seconds
CORES = 2
PAGE = ROOT / "docs/benchmarks.md"
BEGIN, END = "<!-- archives: begin -->", "<!-- archives: end -->"


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=Path)
    words.add_argument("--sentences", default="1000000")
    words.add_argument("--memory", default="none")
    words.add_argument("--only-dedup", action="store_true")
    asked = words.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    binary = os.environ.get("TWICETOLD", str(ROOT / "target/release/twicetold"))
    facts, lines = machine.facts(), []

    def say(line):
        lines.append(line)
        print(line, flush=True)

    say(f"{facts['processor']}, {facts['cores']} cores, load {facts['load_at_start']} at the start\n")
    say("| sentences | file | command | `--memory` | wall | CPU | MB/s | peak memory |\n|---|---|---|---|---|---|---|---|")
    for count in map(int, asked.sentences.split(",")):
        records = asked.folder / "synth.jsonl"
        subprocess.run([binary, "synth", "--count", str(count), "--output", records], check=True)
        files = {"WET": "synth.warc.wet.gz", "JSONL": "synth.jsonl.gz", "Parquet": "synth.parquet"}
        files = {kind: asked.folder / name for kind, name in files.items()}
        size = write(records, files["WET"], files["JSONL"], files["Parquet"]) / 1e6
        records.unlink()
        for kind, path in files.items():
            if not path.exists():
                continue
            stored = f"{kind}, {path.stat().st_size / 1e6:.0f} MB of {size:.0f}"
            for bound in asked.memory.split(","):
                more = [] if bound == "none" else ["--memory", bound, "--tmp", str(asked.folder)]
                for name, command in commands(binary, path, asked.folder, kind):
                    if asked.only_dedup and "detect" in name:
                        continue
                    is_ours = command[0] == binary
                    done = measure.run(command + more * is_ours, LIMIT, asked.folder / "log", CORES)
                    said = (f"{done.wall:.2f} s | {done.cpu:.2f} s | {size / done.wall:.0f} | {done.peak_mb:.0f} MB" if done.ended == "done"
                            else f"{done.ended}: {done.errors.strip()[-200:]} | | |")
                    say(f"| {count:,} | {stored} | {name} | {bound if is_ours else ''} | {said} |")
            path.unlink()
    render("\n".join(lines))


def render(table):
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}")


def commands(binary, path, folder, kind):
    out = folder / {"WET": "annotated.jsonl", "JSONL": "left.jsonl.gz", "Parquet": "left.parquet"}[kind]
    for left in [out, folder / "ledger.jsonl"]:
        left.unlink(missing_ok=True)
    more = ["--annotate"] if kind == "WET" else ["--ledger", str(folder / "ledger.jsonl")]
    if kind != "Parquet":
        yield "`zcat \\| wc`", ["sh", "-c", f"zcat '{path}' | wc"]
    yield "`detect --format json`", [binary, "detect", "--quiet", "--format", "json", "-o", str(folder / "report.json"), str(path)]
    yield ("`dedup --annotate`" if kind == "WET" else "`dedup`"), [binary, "dedup", "--quiet", str(path), "-o", str(out), *more]


def write(records, wet, lines, table):
    """The same documents as a WET archive, a gzip member a record, as gzipped JSON lines, and as Parquet; gives the bytes of their texts."""
    parquet, size = Parquet(table), 0
    with open(records, encoding="utf-8") as source, open(wet, "wb") as archive, gzip.open(lines, "wb", 6) as rows:
        for number in itertools.count():
            own = [json.loads(line) for line in itertools.islice(source, SENTENCES)]
            if not own:
                break
            uri = f"https://{own[0]['source']}/{own[0]['date']}/{number}"
            text = "\n".join(record["text"] for record in own)
            body = text.encode() + b"\n"
            size += len(body)
            head = ("WARC/1.0\r\nWARC-Type: conversion\r\n"
                    f"WARC-Target-URI: {uri}\r\nWARC-Date: {own[0]['date']}T00:00:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
                    f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n")
            archive.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 6, mtime=0))
            row = {"id": str(number), "url": uri, "date": own[0]["date"], "text": text}
            rows.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            parquet.add(row)
    parquet.end()
    return size


class Parquet:
    """Rows into a file, a row group at a time; nothing where pyarrow is not there."""

    def __init__(self, path):
        self.path, self.rows, self.writer = path, [], None
        path.unlink(missing_ok=True)
        try:
            import pyarrow
            import pyarrow.parquet
            self.arrow = pyarrow
        except ModuleNotFoundError:
            self.arrow = None

    def add(self, row):
        self.rows.append(row)
        if len(self.rows) == GROUP:
            self.flush()

    def flush(self):
        if self.arrow and self.rows:
            group = self.arrow.Table.from_pylist(self.rows)
            self.writer = self.writer or self.arrow.parquet.ParquetWriter(self.path, group.schema, compression="zstd")
            self.writer.write_table(group)
        self.rows = []

    def end(self):
        self.flush()
        if self.writer:
            self.writer.close()


if __name__ == "__main__":
    main()
