#!/usr/bin/env python3
"""Whole documents must not cost their square: what `dedup --unit document` takes where many share something.

    benches/documents.py FOLDER [PROGRAM]     needs /usr/bin/time, and a release build or another PROGRAM

Sentences are those of `twicetold synth -n 1000000 --preset scraped`.
"""

import json
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHOWN = "%e s, %U s of user time, %M kB at most"


def main():
    folder = pathlib.Path(sys.argv[1])
    program = sys.argv[2] if len(sys.argv) > 2 else ROOT / "target/release/twicetold"
    folder.mkdir(parents=True, exist_ok=True)
    sentences = folder / "sentences.jsonl"
    if not sentences.exists():
        command = [program, "synth", "-n", "1000000", "--preset", "scraped", "-o", sentences]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(sentences) as lines:
        text = [json.loads(line)["text"].strip() for line in lines]
    text = [one if one[-1] in ".!?" else one + "." for one in text if one]
    for name, documents in inputs(text):
        path = folder / f"{name}.jsonl"
        with open(path, "w") as out:
            for number, (source, said) in enumerate(documents):
                out.write(json.dumps({"id": f"d{number}", "source": source, "text": " ".join(said)}) + "\n")
        command = ["/usr/bin/time", "-f", SHOWN, program, "dedup", "--unit", "document", "--dry-run", path]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        removed = [line for line in done.stdout.splitlines() if line.startswith("removed")]
        print(f"{name}: {len(documents)} documents, {done.stderr.splitlines()[-1]}; {removed[0]}", flush=True)


def inputs(text):
    random.seed(2026)
    taken = 0

    def own(count):
        nonlocal taken
        taken += count
        return text[taken - count : taken]

    def with_own(base, count):
        """Some of the sentences are others."""
        said = list(base)
        for at, one in zip(random.sample(range(len(base)), count), own(count)):
            said[at] = one
        return said

    yield "joined", [("s", text[at : at + 20]) for at in range(0, len(text), 20)]
    copied, base = own(20), own(20)
    some = [("s", copied)] * 10_000 + [("s", with_own(base, 1)) for _ in range(10_000)]
    some += [("s", own(20)) for _ in range(10_000)]
    random.shuffle(some)
    yield "copies", some
    taken = 0
    frames = [own(8) for _ in range(20)]
    yield "boilerplate", [(f"s{n % 20}", own(12) + frames[n % 20]) for n in range(20_000)]
    taken = 0
    common = own(100)
    yield "one_common", [("s", own(5) + [common[n // 200]] + own(5)) for n in range(20_000)]
    taken = 0
    pools = [own(40) for _ in range(100)]
    yield "half_common", [("s", random.sample(pools[n // 200], 10) + own(10)) for n in range(20_000)]
    taken = 0
    base = own(3_000)
    family = [("s", with_own(base, 110)) for _ in range(200)]
    yield "long", family + [("s", own(2)) for _ in range(30_000)]


main()
