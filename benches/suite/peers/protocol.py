"""What all adapters share: a JSON job in, a JSON result and a file of pairs out, and a clock that keeps glue from core.

glue    Python of ours that a user would have to write too: reading, shingling
core    the peer's own work, from token sets or texts to pairs
"""

import importlib.metadata
import json
import os
import sys
import time
from contextlib import contextmanager

GRAM = 4
THREADS = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Clock:
    def __init__(self):
        self.seconds = {}

    @contextmanager
    def measure(self, part):
        begun = time.perf_counter()
        yield
        self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - begun


def grams(key):
    """The set of character 4-grams of a key."""
    return {key[i:i + GRAM] for i in range(max(1, len(key) - GRAM + 1))}


def jaccard(a, b):
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def read_keys(path):
    with open(path, encoding="utf-8") as keys:
        return keys.read().splitlines()


def read_sets(path):
    """Sets of tokens, a line each, tokens between tabs."""
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def grouped(buckets):
    """All pairs of each bucket, each pair once."""
    pairs = set()
    for members in buckets:
        members = sorted(set(members))
        pairs.update((a, b) for at, a in enumerate(members) for b in members[at + 1:])
    return pairs


def normal(pairs):
    return {(min(a, b), max(a, b)) for a, b in pairs if a != b}


def find_pairs(adapter, job, clock):
    with clock.measure("glue"):
        keys = read_keys(job["keys"])
    pairs = normal(adapter.pairs(keys, job, clock))
    bands, rows = adapter.setting(job) if hasattr(adapter, "setting") else (job["bands"], job["rows"])
    setting = {"bands": bands, "rows": rows}
    if "base" in job:
        return setting | {"own_pairs": len(pairs)} | family(pairs, keys, job)
    with open(job["pairs"], "w") as out:
        out.writelines(f"{a} {b}\n" for a, b in pairs)
    return setting | {"own_pairs": len(pairs)}


def family(pairs, keys, job):
    """How many members of the planted family are linked to a line equal to its base."""
    base = job["base"]
    reached = {i for pair in pairs for i in pair if base in (keys[pair[0]], keys[pair[1]])}
    return {"members": len(reached)}


def sketch(adapter, job, clock):
    """Signatures of all sets, and the estimates of the pairs of the ladder, if the peer shows any."""
    with clock.measure("glue"):
        sets = read_sets(job["sets"])
    adapter.signatures(sets, job, clock)
    ladder = read_sets(job["ladder"])
    estimates = adapter.signatures(ladder, job, Clock())
    pairs = range(0, len(ladder), 2) if estimates else ()
    return {"shingles": sum(map(len, sets)), "estimates": [float(estimates(at, at + 1)) for at in pairs]}


def find_quote(adapter, job, _clock):
    """Whether the quote is found and, where the peer takes a seed, with how many of a hundred."""
    result = {"found": bool(adapter.quote(job["quote"], job))}
    if hasattr(adapter, "seeded"):
        result["of_100_seeds"] = sum(bool(adapter.seeded(job["quote"], seed)) for seed in range(1, 101))
    return result


def main(package, adapter):
    """Runs the job of the first argument with the functions of a module; writes the result to the second."""
    with open(sys.argv[1]) as text:
        job = json.load(text)
    assert_threads(job["threads"])
    clock = Clock()
    task = {"pairs": find_pairs, "kernel": sketch, "quote": find_quote}
    result = task[job["task"]](adapter, job, clock)
    result |= {"seconds": clock.seconds, "version": importlib.metadata.version(package) if package else ""}
    assert_threads(job["threads"])
    with open(sys.argv[2], "w") as out:
        json.dump(result, out)


def assert_threads(threads):
    """The environment asks for so many threads and the kernel lends so many cores; adapters assert what their tool tells."""
    asked = {os.environ.get(name) for name in THREADS}
    assert asked == {str(threads)}, f"environment asks for {asked} threads, not {threads}"
    lent = len(os.sched_getaffinity(0))
    assert lent == threads, f"{lent} cores lent, not {threads}"
